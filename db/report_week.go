package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"
)

// raisedQuery reads the anomalies raised from $1 on and before $2. Who claimed the case
// earlier and had it still has it in hands from the start.
const raisedQuery = `
	SELECT a.kind, coalesce(a.order_id, 0) AS order_id, a.line_no, a.raised_at, a.closed_at, coalesce(a.outcome = 'lapsed', false) AS lapsed,
	       a.blocks, a.at_risk, (
	    SELECT min(t.at) FROM (
	        SELECT greatest(c.at, a.raised_at) AS at FROM cleardesk.claim c
	        WHERE c.case_id = a.case_id AND c.what = 'claimed' AND NOT EXISTS (
	            SELECT FROM cleardesk.claim e
	            WHERE e.case_id = c.case_id AND e.claim_no = c.claim_no AND e.what <> 'claimed' AND e.at <= a.raised_at)
	        UNION ALL
	        SELECT k.at FROM cleardesk.call_case kc JOIN cleardesk.call_record k ON k.id = kc.call_id
	        WHERE kc.case_id = a.case_id AND k.at >= a.raised_at
	        UNION ALL
	        SELECT r.at FROM cleardesk.resolution_record r WHERE r.anomaly_id = a.id) t) AS touched
	FROM cleardesk.anomaly a WHERE a.raised_at >= $1 AND a.raised_at < $2 ORDER BY a.id`

// creditQuery reads what was credited, and what of it was taken back, as a loss.
const creditQuery = `
	SELECT r.kind, x.at, -x.amount AS amount FROM cleardesk.adjustment x JOIN cleardesk.resolution_record r ON r.id = x.record_id
	WHERE x.what = 'credit' AND x.at >= $1 AND x.at < $2 ORDER BY x.id`

// refusalQuery reads the orders that were refused at the door, with what they come to.
const refusalQuery = `
	SELECT 'none' AS kind, min(e.at) AS at, o.total AS amount FROM cleardesk.event e
	JOIN cleardesk.orders o ON o.id = e.order_id AND o.state = 'refused'
	WHERE e.what = 'stage' AND e.detail ->> 'stage' = 'refused' AND e.at >= $1 AND e.at < $2 GROUP BY o.id ORDER BY o.id`

// WeekFacts reads what a report of the time from one moment to before another is counted
// from.
func (s *Store) WeekFacts(ctx context.Context, from, to time.Time) (domain.WeekFacts, error) {
	var out domain.WeekFacts
	var raised []struct {
		Kind     domain.Kind
		OrderID  domain.OrderID `db:"order_id"`
		LineNo   int            `db:"line_no"`
		RaisedAt time.Time      `db:"raised_at"`
		ClosedAt *time.Time     `db:"closed_at"`
		Lapsed   bool
		Blocks   bool
		AtRisk   domain.Money `db:"at_risk"`
		Touched  *time.Time
	}
	if err := s.db.SelectContext(ctx, &raised, raisedQuery, from, to); err != nil {
		return out, fail(ctx, "read what was raised", err)
	}
	for _, r := range raised {
		out.Anomalies = append(out.Anomalies, domain.RaisedAnomaly{
			Kind: r.Kind, Order: r.OrderID, Line: r.LineNo, Raised: r.RaisedAt, Touched: r.Touched, Closed: r.ClosedAt,
			Lapsed: r.Lapsed, Blocks: r.Blocks, AtRisk: r.AtRisk,
		})
	}
	var err error
	if out.Writes, err = s.standingWrites(ctx, from, to); err != nil {
		return out, err
	}
	if err = s.db.SelectContext(ctx, &out.Credits, creditQuery, from, to); err != nil {
		return out, fail(ctx, "read credits", err)
	}
	return out, fail(ctx, "read refusals", s.db.SelectContext(ctx, &out.Refusals, refusalQuery, from, to))
}

// standingWrites reads what was written and not taken back. All records of a write have
// the lines that it changed.
func (s *Store) standingWrites(ctx context.Context, from, to time.Time) ([]domain.StandingWrite, error) {
	var rows []struct {
		Op      string
		CaseID  int64 `db:"case_id"`
		At      time.Time
		Kind    domain.Kind
		Reason  domain.CloseReason `db:"close_reason"`
		Effects []byte
		Lines   []byte
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT r.op, r.case_id, r.at, r.kind, r.close_reason, r.effects, coalesce(r.changed -> 'lines', '[]') AS lines
		FROM cleardesk.standing_record r WHERE r.at >= $1 AND r.at < $2 ORDER BY r.op, r.case_id, r.id`, from, to)
	if err != nil {
		return nil, fail(ctx, "read what was written", err)
	}
	var out []domain.StandingWrite
	for i, r := range rows {
		if i == 0 || rows[i-1].Op != r.Op || rows[i-1].CaseID != r.CaseID {
			w := domain.StandingWrite{At: r.At}
			if err := json.Unmarshal(r.Lines, &w.Lines); err != nil {
				return nil, &domain.Error{Code: domain.Internal, Op: "read changed lines", Err: err}
			}
			out = append(out, w)
		}
		rec := domain.StandingRecord{Kind: r.Kind, Reason: r.Reason}
		if err := json.Unmarshal(r.Effects, &rec.Effects); err != nil {
			return nil, &domain.Error{Code: domain.Internal, Op: "read effects", Err: err}
		}
		w := &out[len(out)-1]
		w.Records = append(w.Records, rec)
	}
	return out, nil
}
