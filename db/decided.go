package db

import (
	"context"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// decidedOrder makes the order of a case of long ago, unless it is there.
const decidedOrder = `
	WITH o AS (
	    INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, history, judged, content)
	    VALUES ($1, $2, $3, $4, $5, $6, jsonb_array_length($7), true, true, '') ON CONFLICT (order_no) DO NOTHING RETURNING id)
	INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount)
	SELECT o.id, l.no, l.product, l.quantity, l.quantity, l.price, l.amount
	FROM o, jsonb_to_recordset($7) l (no int, product text, quantity bigint, price bigint, amount bigint)`

// decidedCase makes the case with its anomaly and who had it; decidedRecord one of its
// records. A record that was taken back has the write and its reversal, too.
const (
	decidedCase = `
	WITH o AS (SELECT id, store FROM cleardesk.orders WHERE order_no = $1), c AS (
	    INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search, state, claim_no, opened_at, closed_at)
	    SELECT o.store, o.id, $2, $3, $4, $5, CASE WHEN $6::timestamptz IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_object('what', 'picking', 'at', $6::timestamptz)) END,
	           1e11, lower($1 || ' ' || o.store), 'closed', CASE WHEN $7::timestamptz IS NULL THEN 0 ELSE 1 END, $8, $9 FROM o RETURNING id, order_id
	), a AS (
	    INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, product, evidence, rule, rule_version, order_version, at_risk, hard, blocks,
	        raised_at, outcome, closed_at)
	    SELECT c.id, $3, c.order_id, $10, nullif($11, ''), $4, $12, $13, 1, $5, false, $14, $8, $15, $9 FROM c RETURNING id, case_id
	), k AS (
	    INSERT INTO cleardesk.claim (case_id, claim_no, holder, what, at)
	    SELECT c.id, 1, $16, x.what, x.at FROM c, (VALUES ('claimed', $7::timestamptz), ('closed', $9::timestamptz)) x (what, at)
	    WHERE $7::timestamptz IS NOT NULL)
	SELECT a.id, a.case_id FROM a`
	decidedRecord = `
	INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, answers, effects, changed, by_login, at)
	VALUES ($1, $2, $3, $4, $5, $6, 'other', '{}', $7, $8, $9, $10) RETURNING id`
	decidedBack = `
	WITH w AS (INSERT INTO cleardesk.written (op, case_id, order_id, found, by_login, at)
	    SELECT $1, c.id, c.order_id, '{}', $3, $4 FROM cleardesk.cases c WHERE c.id = $2 RETURNING id)
	INSERT INTO cleardesk.reversal (op, written_id, case_id, records, changed, reason, by_login, at)
	SELECT gen_random_uuid(), w.id, $2, ARRAY[$5::bigint], '[]', 'the store rang again', $3, $4 FROM w`
	pastLesson = `
	INSERT INTO cleardesk.training (store, dept, topic, held_on, note, by_login) VALUES ($1, $2, $3, $4, $5, $6)`
)

// PutDecided gives a made-up platform a past: cases that were decided, and trainings that
// were held. The Store must be the administrator's. On a platform that works, people write
// these.
func (s *Store) PutDecided(ctx context.Context, all []domain.DecidedCase, lessons []domain.Lesson) error {
	const op = "write the past"
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return fail(ctx, op, err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `SET LOCAL ROLE cleardesk_owner`); err != nil {
		return fail(ctx, op, err)
	}
	for i := range all {
		if err := putDecided(ctx, tx, &all[i]); err != nil {
			return fail(ctx, op, err)
		}
	}
	for _, l := range lessons {
		if _, err := tx.ExecContext(ctx, pastLesson, orNull(string(l.Store)), orNull(string(l.With)), string(l.Topic), dateArg(l.On), l.Note, string(l.By)); err != nil {
			return fail(ctx, op, err)
		}
	}
	return fail(ctx, op, tx.Commit())
}

func putDecided(ctx context.Context, tx *sqlx.Tx, c *domain.DecidedCase) error {
	type line struct {
		No       int             `json:"no"`
		Product  string          `json:"product"`
		Quantity domain.Quantity `json:"quantity"`
		Price    domain.Money    `json:"price"`
		Amount   domain.Money    `json:"amount"`
	}
	lines := make([]line, len(c.Order.Lines))
	for i, l := range c.Order.Lines {
		lines[i] = line{l.No, string(l.Product), l.Quantity, l.Price, l.Amount}
	}
	args := map[string]any{"lines": lines, "why": c.Evidence, "effects": append([]domain.Effect{}, c.Effects...), "changed": map[string]any{}}
	if len(c.Changed) > 0 {
		args["changed"] = map[string]any{"lines": c.Changed}
	}
	raw := map[string]string{}
	for name, v := range args {
		text, err := jsonArg(v)
		if err != nil {
			return err
		}
		raw[name] = text
	}
	o := c.Order
	if _, err := tx.ExecContext(ctx, decidedOrder, string(o.No), string(o.Store), o.PlacedAt, dateArg(o.BusinessDay), string(o.State), o.Total, raw["lines"]); err != nil {
		return err
	}
	var made struct {
		ID     int64
		CaseID int64 `db:"case_id"`
	}
	var last, claimed any
	if !c.Last.IsZero() {
		last = c.Last
	}
	if !c.Claimed.IsZero() {
		claimed = c.Claimed
	}
	if err := tx.GetContext(ctx, &made, decidedCase, string(o.No), string(c.With), string(c.Kind), raw["why"], c.AtRisk, last, claimed, c.Raised, c.Closed,
		c.Line, string(c.Product), c.Rule, c.Version, c.Blocks, string(c.Outcome), string(c.By)); err != nil {
		return err
	}
	if c.Outcome == domain.Lapsed {
		return nil
	}
	record := func(op uuid.UUID) (id int64, err error) {
		err = tx.GetContext(ctx, &id, decidedRecord, op, made.CaseID, made.ID, string(c.Kind), string(c.Outcome), string(c.Reason), raw["effects"], raw["changed"],
			string(c.By), c.Closed)
		return id, err
	}
	if c.Reopened {
		op := uuid.New()
		id, err := record(op)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, decidedBack, op, made.CaseID, string(c.By), c.Closed, id); err != nil {
			return err
		}
	}
	_, err := record(uuid.New())
	return err
}
