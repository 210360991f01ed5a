package db

import (
	"context"
	"encoding/json"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// Report enters at the desk what a store reports, as the login of the Store, and gives
// the event's number. Every kind but an attempt names its order, by id or number; of At,
// Store and the lines' numbers what is not told is found. Key and By are not read. A stage
// brings its order on (process.md, "Order life"); the judge sees the rest.
// Errors: Forbidden, NotFound (order, store or product), Invalid.
func (s *Store) Report(ctx context.Context, op uuid.UUID, e domain.Event) (domain.EventID, error) {
	raw, err := eventArg(e)
	if err != nil {
		return 0, err
	}
	var done struct {
		Event domain.EventID `json:"event"`
	}
	err = s.act(ctx, &done, "report", op, raw)
	return done.Event, err
}

// eventArg is an event as report takes it: what was not told is left out.
func eventArg(e domain.Event) (string, error) {
	raw, err := jsonArg(e)
	if err != nil || !e.At.IsZero() {
		return raw, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(raw), &fields); err != nil {
		return "", &domain.Error{Code: domain.Internal, Op: "write argument", Err: err}
	}
	delete(fields, "at")
	return jsonArg(fields)
}
