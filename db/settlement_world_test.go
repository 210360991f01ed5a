package db_test

import (
	"fmt"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// settleWeek is the Monday of the week these tests settle: four weeks ago, so that some
// weeks after it are over too.
func settleWeek() time.Time { return domain.WeekOf(time.Now().In(shanghai()).AddDate(0, 0, -28)) }

func shanghai() *time.Location { return time.FixedZone("Asia/Shanghai", 8*3600) }

// settleDay is noon of a day of that week, from 0 for Monday; 7 is the next week's.
func settleDay(n int) time.Time {
	y, m, d := settleWeek().AddDate(0, 0, n).Date()
	return time.Date(y, m, d, 12, 0, 0, 0, shanghai())
}

// delivered makes an order over an amount in fen that a store received at a time.
func (w *deskWorld) delivered(store string, amount int64, at time.Time) deskCase {
	w.Helper()
	return w.arrived(store, amount, at, domain.StageReceived)
}

// arrived makes an order of which the last that was told is a stage.
func (w *deskWorld) arrived(store string, amount int64, at time.Time, stage domain.Stage) deskCase {
	w.Helper()
	w.orders++
	c := deskCase{no: fmt.Sprintf("O%05d", w.orders)}
	w.scan(&c.order, `INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content, accepted_at)
		VALUES ($1, $2, $3::timestamptz - interval '1 day', ($3::timestamptz)::date, 'shipped', $4, 1, true, '', $3) RETURNING id`, c.no, store, at, amount)
	w.exec(`INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount) VALUES ($1, 1, 'P3', 1000, 1000, $2, $2)`,
		c.order, amount)
	w.told(c, stage, at)
	return c
}

// told tells of a stage of an order, as logistics does at the desk.
func (w *deskWorld) told(c deskCase, stage domain.Stage, at time.Time) {
	w.Helper()
	_, err := w.stores["wu"].Report(w.Context(), uuid.New(), domain.Event{What: domain.EventStage, OrderNo: domain.OrderNo(c.no), At: at, Stage: stage})
	if err != nil {
		w.Fatal(err)
	}
}

// collected enters money taken for an order, as the accountant does; gao is one.
func (w *deskWorld) collected(c deskCase, amount int64, at time.Time) {
	w.Helper()
	m := domain.Money(amount)
	_, err := w.stores["gao"].Report(w.Context(), uuid.New(), domain.Event{What: domain.EventCollection, OrderNo: domain.OrderNo(c.no), At: at, Amount: &m})
	if err != nil {
		w.Fatal(err)
	}
}

// settlement reads a week as somebody.
func (w *deskWorld) settlement(who string, week time.Time) *domain.Settlement {
	w.Helper()
	out, err := w.stores[who].Settlement(w.Context(), week)
	if err != nil {
		w.Fatal(err)
	}
	return &out
}

// stateOf is what a store's week needs, with its difference.
func (w *deskWorld) stateOf(week time.Time, store domain.StoreCode) string {
	w.Helper()
	s := w.settlement("gao", week)
	for i := range s.Stores {
		if x := &s.Stores[i]; x.Store == store {
			return fmt.Sprintf("%s %d", x.State(s.Rounding), x.Diff())
		}
	}
	return "nothing"
}

// credited writes a credit of some fen on an order by an agent, with its case and record,
// at a time.
func (w *deskWorld) adjusted(who string, c deskCase, kind domain.Kind, amount int64, at time.Time) int64 {
	w.Helper()
	var id int64
	w.scan(&id, `WITH c AS (
		    INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search, state, closed_at)
		    SELECT store, id, 'customer_service', $3, '{}', abs($4::bigint), '[]', 1, '', 'closed', now() FROM cleardesk.orders WHERE id = $2 RETURNING id
		), a AS (
		    INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version, at_risk, hard, blocks, outcome, closed_at, raised_at)
		    SELECT id, $3, $2, 1, '{}', 'r', (SELECT count(*)::int FROM cleardesk.anomaly) + 1, 1, 1, false, false, 'credited', now(), now() FROM c RETURNING id, case_id
		), r AS (
		    INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, answers, effects, changed, by_login, at)
		    SELECT gen_random_uuid(), case_id, id, $3, 'credited', 'real_error', 'other', '{}',
		           jsonb_build_array(jsonb_build_object('op', 'adjust', 'line', 1, 'amount', $4::bigint)), '{}', $1, $5 FROM a RETURNING id)
		INSERT INTO cleardesk.adjustment (store, order_id, line_no, what, amount, record_id, by_login, at)
		SELECT o.store, o.id, 1, CASE $3 WHEN 'overweight' THEN 'charge' WHEN 'return' THEN 'return' ELSE 'credit' END, $4, r.id, $1, $5
		FROM r, cleardesk.orders o WHERE o.id = $2 RETURNING id`, string(w.login(who)), c.order, string(kind), amount, at)
	return id
}

// reversed takes an adjustment back by a counter-entry at a time.
func (w *deskWorld) reversed(adjustment int64, at time.Time) {
	w.Helper()
	w.exec(`INSERT INTO cleardesk.adjustment (store, order_id, line_no, what, amount, record_id, reverses, by_login, at)
		SELECT store, order_id, line_no, what, -amount, record_id, id, by_login, $2 FROM cleardesk.adjustment WHERE id = $1`, adjustment, at)
}
