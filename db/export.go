package db

import (
	"context"
	"time"

	"cleardesk/domain"
)

// Stretch is what of a list is given out: what has a number above After, and a time from
// From on and before To.
type Stretch struct {
	After    int64
	From, To time.Time
}

// RecordRow is one resolution record.
type RecordRow struct {
	ID          domain.RecordID
	At          time.Time
	Case        domain.CaseID `db:"case_id"`
	Anomaly     int64         `db:"anomaly_id"`
	OrderNo     string        `db:"order_no"` // empty: of a case without one
	Store       string
	StoreName   string `db:"store_name"`
	Line        int    `db:"line_no"` // 0: the whole order
	Product     string
	Kind        domain.Kind
	Outcome     domain.Outcome
	CloseReason domain.CloseReason `db:"close_reason"`
	Reason      string
	ReasonText  string `db:"reason_text"`
	Note        string
	By          domain.Login  `db:"by_login"`
	Second      string        `db:"second"` // who signed it; empty: it took no second person
	AtRisk      domain.Money  `db:"at_risk"`
	RaisedAt    time.Time     `db:"raised_at"`
	OldTotal    *domain.Money `db:"old_total"` // of the order; nil: there is none
	NewTotal    *domain.Money `db:"new_total"`
	Effects     string        // names of what was done, in turn
	Answers     string        // JSON
	ReversedAt  *time.Time    `db:"reversed_at"` // nil: it stands
	ReversedBy  string        `db:"reversed_by"`
}

const recordsQuery = `
	SELECT r.id, r.at, r.case_id, r.anomaly_id, coalesce(o.order_no, '') AS order_no, coalesce(c.store, '') AS store,
	       coalesce(s.name, '') AS store_name, a.line_no, coalesce(a.product, l.product, '') AS product, r.kind, r.outcome, r.close_reason,
	       r.reason, r.reason_text, r.note, r.by_login, coalesce(r.answers -> 'second' ->> 'by', '') AS second, a.at_risk, a.raised_at,
	       (r.changed ->> 'old_total')::bigint AS old_total, (r.changed ->> 'new_total')::bigint AS new_total,
	       coalesce((SELECT string_agg(e.e ->> 'op', ' ' ORDER BY e.ord) FROM jsonb_array_elements(r.effects) WITH ORDINALITY e (e, ord)), '') AS effects,
	       r.answers::text AS answers, v.at AS reversed_at, coalesce(v.by_login, '') AS reversed_by
	FROM cleardesk.resolution_record r JOIN cleardesk.anomaly a ON a.id = r.anomaly_id JOIN cleardesk.cases c ON c.id = r.case_id
	LEFT JOIN cleardesk.orders o ON o.id = a.order_id LEFT JOIN cleardesk.store s ON s.code = c.store
	LEFT JOIN cleardesk.order_line l ON l.order_id = a.order_id AND l.line_no = a.line_no
	LEFT JOIN cleardesk.written w ON w.op = r.op LEFT JOIN cleardesk.reversal v ON v.written_id = w.id
	WHERE r.id > $1 AND r.at >= $2 AND r.at < $3 ORDER BY r.id LIMIT $4`

// EachRecord gives every resolution record of a stretch to each, by their numbers, some
// at a time.
func (s *Store) EachRecord(ctx context.Context, f Stretch, each func([]RecordRow) error) error {
	return eachPage(ctx, s, recordsQuery, f, func(r RecordRow) int64 { return int64(r.ID) }, each)
}

// AnomalyRow is one anomaly, open or not.
type AnomalyRow struct {
	ID          int64
	RaisedAt    time.Time     `db:"raised_at"`
	Case        domain.CaseID `db:"case_id"`
	OrderNo     string        `db:"order_no"` // empty: there is none
	Store       string
	StoreName   string `db:"store_name"`
	Line        int    `db:"line_no"` // 0: the whole order
	Product     string
	Kind        domain.Kind
	Rule        string
	RuleVersion int          `db:"rule_version"`
	AtRisk      domain.Money `db:"at_risk"`
	Hard        bool
	Blocks      bool
	Cause       string
	With        domain.Department  `db:"lies_with"` // its case
	Outcome     domain.Outcome     // "": open
	CloseReason domain.CloseReason `db:"close_reason"`
	ClosedAt    *time.Time         `db:"closed_at"`
	Evidence    string             // JSON
}

const anomaliesQuery = `
	SELECT a.id, a.raised_at, a.case_id, coalesce(o.order_no, '') AS order_no, coalesce(c.store, '') AS store,
	       coalesce(s.name, '') AS store_name, a.line_no, coalesce(a.product, l.product, '') AS product, a.kind, a.rule, a.rule_version, a.at_risk,
	       a.hard, a.blocks, coalesce(a.cause, '') AS cause, c.lies_with, coalesce(a.outcome, '') AS outcome,
	       coalesce(r.close_reason, '') AS close_reason, a.closed_at, a.evidence::text AS evidence
	FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id
	LEFT JOIN cleardesk.orders o ON o.id = a.order_id LEFT JOIN cleardesk.store s ON s.code = c.store
	LEFT JOIN cleardesk.order_line l ON l.order_id = a.order_id AND l.line_no = a.line_no
	LEFT JOIN LATERAL (
	    SELECT x.close_reason FROM cleardesk.resolution_record x
	    WHERE x.anomaly_id = a.id AND a.closed_at IS NOT NULL ORDER BY x.id DESC LIMIT 1) r ON true
	WHERE a.id > $1 AND a.raised_at >= $2 AND a.raised_at < $3 ORDER BY a.id LIMIT $4`

// EachAnomaly gives every anomaly of a stretch to each, by their numbers, some at a time.
// Its time is when it was raised.
func (s *Store) EachAnomaly(ctx context.Context, f Stretch, each func([]AnomalyRow) error) error {
	return eachPage(ctx, s, anomaliesQuery, f, func(r AnomalyRow) int64 { return r.ID }, each)
}

// CorrectionRow is one correction of the catalogue.
type CorrectionRow struct {
	ID          int64
	At          time.Time
	Product     string
	ProductName string `db:"product_name"`
	Unit        string
	What        domain.CorrectionKind
	Old         string           `db:"old_value"` // thousandths of the unit, or a status; empty: there was none
	New         string           `db:"new_value"`
	Delta       *domain.Quantity // of a stock
	CountedAt   *time.Time       `db:"counted_at"`
	Reason      string
	Note        string
	Case        *int64       `db:"case_id"` // that called for it
	By          domain.Login `db:"by_login"`
}

const correctionsQuery = `
	SELECT k.id, k.at, k.product, p.name AS product_name, p.unit, k.what, k.old_value, k.new_value, k.delta, k.counted_at, k.reason, k.note,
	       k.case_id, k.by_login
	FROM cleardesk.correction k JOIN cleardesk.product p ON p.code = k.product
	WHERE k.id > $1 AND k.at >= $2 AND k.at < $3 ORDER BY k.id LIMIT $4`

// EachCorrection gives every correction of a stretch to each, by their numbers, some at a
// time.
func (s *Store) EachCorrection(ctx context.Context, f Stretch, each func([]CorrectionRow) error) error {
	return eachPage(ctx, s, correctionsQuery, f, func(r CorrectionRow) int64 { return r.ID }, each)
}

// exportPage is how many rows are read at once.
const exportPage = 1000

// eachPage reads a list by its numbers and holds one page of it at a time.
func eachPage[R any](ctx context.Context, s *Store, query string, f Stretch, number func(R) int64, each func([]R) error) error {
	for {
		var page []R
		if err := s.db.SelectContext(ctx, &page, query, f.After, f.From, f.To, exportPage); err != nil {
			return fail(ctx, "read a page", err)
		}
		if len(page) == 0 {
			return nil
		}
		if err := each(page); err != nil {
			return err
		}
		f.After = number(page[len(page)-1])
	}
}
