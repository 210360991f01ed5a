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
	SELECT a.kind, coalesce(a.order_id, 0) AS order_id, a.case_id, coalesce(o.order_no, '') AS order_no, coalesce(c.store, '') AS store,
	       coalesce(s.name, '') AS name, coalesce(s.name_en, '') AS name_en, c.lies_with, a.line_no, a.raised_at, a.closed_at, coalesce(a.outcome = 'lapsed', false) AS lapsed,
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
	FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id LEFT JOIN cleardesk.orders o ON o.id = a.order_id
	LEFT JOIN cleardesk.store s ON s.code = c.store
	WHERE a.raised_at >= $1 AND a.raised_at < $2 ORDER BY a.id`

// creditQuery reads what was credited, and what of it was taken back, as a loss.
const creditQuery = `
	SELECT r.kind, x.at, -x.amount AS amount, r.case_id, coalesce(x.order_id, 0) AS order_id, coalesce(o.order_no, '') AS order_no, x.store,
	       s.name, s.name_en, c.lies_with
	FROM cleardesk.adjustment x JOIN cleardesk.resolution_record r ON r.id = x.record_id JOIN cleardesk.cases c ON c.id = r.case_id
	JOIN cleardesk.store s ON s.code = x.store LEFT JOIN cleardesk.orders o ON o.id = x.order_id
	WHERE x.what = 'credit' AND x.at >= $1 AND x.at < $2 ORDER BY x.id`

// refusalQuery reads the orders that were refused at the door, with what they come to.
const refusalQuery = `
	SELECT 'none' AS kind, min(e.at) AS at, o.total AS amount, 0 AS case_id, o.id AS order_id, o.order_no, o.store, coalesce(s.name, '') AS name,
	       coalesce(s.name_en, '') AS name_en, '' AS lies_with
	FROM cleardesk.event e JOIN cleardesk.orders o ON o.id = e.order_id AND o.state = 'refused' LEFT JOIN cleardesk.store s ON s.code = o.store
	WHERE e.what = 'stage' AND e.detail ->> 'stage' = 'refused' AND e.at >= $1 AND e.at < $2 GROUP BY o.id, s.code ORDER BY o.id`

// placeRow is where something happened.
type placeRow struct {
	CaseID   domain.CaseID  `db:"case_id"`
	OrderID  domain.OrderID `db:"order_id"`
	OrderNo  domain.OrderNo `db:"order_no"`
	Store    domain.StoreCode
	Name     string
	NameEn   string            `db:"name_en"`
	LiesWith domain.Department `db:"lies_with"`
}

func (r *placeRow) place() domain.Place {
	return domain.Place{Case: r.CaseID, Order: r.OrderID, OrderNo: r.OrderNo, Store: r.Store, Name: r.Name, NameEn: r.NameEn, With: r.LiesWith}
}

// moneyRow is money that moved.
type moneyRow struct {
	placeRow
	Kind   domain.Kind
	At     time.Time
	Amount domain.Money
}

func (s *Store) moneyMoved(ctx context.Context, query string, from, to time.Time) ([]domain.MoneyMoved, error) {
	var rows []moneyRow
	err := s.db.SelectContext(ctx, &rows, query, from, to)
	var out []domain.MoneyMoved
	for i := range rows {
		r := &rows[i]
		out = append(out, domain.MoneyMoved{Kind: r.Kind, At: r.At, Amount: r.Amount, Of: r.place()})
	}
	return out, err
}

// WeekFacts reads what a report of the time from one moment to before another is counted
// from.
func (s *Store) WeekFacts(ctx context.Context, from, to time.Time) (domain.WeekFacts, error) {
	var out domain.WeekFacts
	var raised []struct {
		placeRow
		Kind     domain.Kind
		LineNo   int        `db:"line_no"`
		RaisedAt time.Time  `db:"raised_at"`
		ClosedAt *time.Time `db:"closed_at"`
		Lapsed   bool
		Blocks   bool
		AtRisk   domain.Money `db:"at_risk"`
		Touched  *time.Time
	}
	if err := s.db.SelectContext(ctx, &raised, raisedQuery, from, to); err != nil {
		return out, fail(ctx, "read what was raised", err)
	}
	for i := range raised {
		r := &raised[i]
		out.Anomalies = append(out.Anomalies, domain.RaisedAnomaly{
			Kind: r.Kind, Order: r.OrderID, Line: r.LineNo, Raised: r.RaisedAt, Touched: r.Touched, Closed: r.ClosedAt,
			Lapsed: r.Lapsed, Blocks: r.Blocks, AtRisk: r.AtRisk, Of: r.place(),
		})
	}
	var err error
	if out.Writes, err = s.standingWrites(ctx, from, to); err != nil {
		return out, err
	}
	if out.Credits, err = s.moneyMoved(ctx, creditQuery, from, to); err != nil {
		return out, fail(ctx, "read credits", err)
	}
	out.Refusals, err = s.moneyMoved(ctx, refusalQuery, from, to)
	return out, fail(ctx, "read refusals", err)
}

// standingWrites reads what was written and not taken back. All records of a write have
// the lines that it changed.
func (s *Store) standingWrites(ctx context.Context, from, to time.Time) ([]domain.StandingWrite, error) {
	var rows []struct {
		placeRow
		Op      string
		At      time.Time
		Kind    domain.Kind
		Reason  domain.CloseReason `db:"close_reason"`
		Effects []byte
		Lines   []byte
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT r.op, r.case_id, r.at, r.kind, r.close_reason, r.effects, coalesce(r.changed -> 'lines', '[]') AS lines,
		       coalesce(c.order_id, 0) AS order_id, coalesce(o.order_no, '') AS order_no, coalesce(c.store, '') AS store,
		       coalesce(s.name, '') AS name, coalesce(s.name_en, '') AS name_en, c.lies_with
		FROM cleardesk.standing_record r JOIN cleardesk.cases c ON c.id = r.case_id LEFT JOIN cleardesk.orders o ON o.id = c.order_id
		LEFT JOIN cleardesk.store s ON s.code = c.store
		WHERE r.at >= $1 AND r.at < $2 ORDER BY r.op, r.case_id, r.id`, from, to)
	if err != nil {
		return nil, fail(ctx, "read what was written", err)
	}
	var out []domain.StandingWrite
	for i := range rows {
		r := &rows[i]
		if i == 0 || rows[i-1].Op != r.Op || rows[i-1].CaseID != r.CaseID {
			w := domain.StandingWrite{At: r.At, Of: r.place()}
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
