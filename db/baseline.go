package db

import (
	"context"

	"cleardesk/domain/detect"

	"github.com/lib/pq"
)

// baselines reads everything the engine has learnt.
func (s *Store) baselines(ctx context.Context) ([]detect.State, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT scope, key, state FROM cleardesk.baseline`)
	if err != nil {
		return nil, fail(ctx, "read baselines", err)
	}
	defer rows.Close()
	var out []detect.State
	for rows.Next() {
		var st detect.State
		if err := rows.Scan(&st.Scope, &st.Key, &st.Data); err != nil {
			return nil, fail(ctx, "read baselines", err)
		}
		out = append(out, st)
	}
	return out, fail(ctx, "read baselines", rows.Err())
}

// learnt is what changed of the baselines, as the arguments of apply_verdicts.
type learnt struct {
	scopes, keys pq.StringArray
	sizes        pq.Int64Array
	states       []byte
}

func packStates(states []detect.State) learnt {
	out := learnt{scopes: pq.StringArray{}, keys: pq.StringArray{}, sizes: pq.Int64Array{}, states: []byte{}}
	for _, st := range states {
		out.scopes = append(out.scopes, string(st.Scope))
		out.keys = append(out.keys, st.Key)
		out.sizes = append(out.sizes, int64(len(st.Data)))
		out.states = append(out.states, st.Data...)
	}
	return out
}
