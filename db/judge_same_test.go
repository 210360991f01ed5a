package db

import (
	"fmt"
	"testing"
	"time"
)

// An order that repeats one of the same day is held as a whole: whether the earlier one is
// of the same batch, was judged by the same judge, or by another.
func TestRepeatOfTheSameDay(t *testing.T) {
	t.Parallel()
	lines := func(n int) (out []testLine) {
		for i := range n {
			out = append(out, testLine{product: fmt.Sprintf("P%d", i+1), quantity: int64(3 + i)})
		}
		return out
	}
	changed := lines(10)
	changed[9].quantity = 50
	more := append(lines(10), testLine{product: "P11", quantity: 9})
	for name, c := range map[string]struct {
		first, second []testLine
		after         time.Duration
		between       string // done to the first order
		want          string
	}{
		"the same again":         {lines(2), lines(2), time.Hour, "", "O000001 2 2"},
		"in another order":       {lines(2), []testLine{lines(2)[1], lines(2)[0]}, time.Hour, "", "O000001 2 2"},
		"nearly the same":        {lines(10), changed, time.Hour, "", "O000001 10 9"},
		"with a line more":       {lines(10), more, time.Hour, "", "O000001 10 10"},
		"less":                   {lines(10), lines(8), time.Hour, "", "null"},
		"on the next day":        {lines(2), lines(2), 18 * time.Hour, "", "null"},
		"after it was cancelled": {lines(2), lines(2), time.Hour, `UPDATE cleardesk.orders SET state = 'cancelled', version = version + 1`, "null"},
		"after a line was":       {lines(2), lines(2), time.Hour, `UPDATE cleardesk.order_line SET cancelled = true WHERE line_no = 2; UPDATE cleardesk.orders SET version = version + 1`, "null"},
		"after it was made to be": {lines(2), changed[8:], time.Hour, `UPDATE cleardesk.order_line SET product = 'P' || line_no + 8, quantity = CASE line_no WHEN 1 THEN 11000 ELSE 50000 END
			WHERE order_id = (SELECT id FROM cleardesk.orders WHERE order_no = 'O000001');
			UPDATE cleardesk.orders SET version = version + 1; INSERT INTO cleardesk.waiting (what, order_id) SELECT 'recheck', id FROM cleardesk.orders WHERE order_no = 'O000001'`, "O000001 2 2"},
		"one that the desk ordered": {lines(2), lines(2), time.Hour, `UPDATE cleardesk.orders SET link = 'reorder' WHERE id = (SELECT max(id) FROM cleardesk.orders)`, "null"},
	} {
		for _, how := range []string{"in one batch", "by one judge", "by two judges"} {
			if c.between != "" && c.want == "null" && name != "one that the desk ordered" && how == "in one batch" {
				continue // it is changed between the two verdicts
			}
			t.Run(name+" "+how, func(t *testing.T) {
				t.Parallel()
				w := newJudgeWorld(t)
				w.catalogue(2, 11, 0)
				w.exec(`UPDATE cleardesk.product SET stock = NULL, step = NULL`)
				j := w.judge(JudgeOptions{})
				if _, err := j.acquire(t.Context(), false); err != nil {
					t.Fatal(err)
				}
				j.engine, j.facts, j.known = nil, newFacts(), newKnown()
				judged := func() {
					t.Helper()
					if how == "by two judges" {
						w.run()
						return
					}
					for n := 1; n > 0; {
						var err error
						if n, err = j.batch(t.Context()); err != nil {
							t.Fatal(err)
						}
					}
				}
				if how == "by two judges" {
					w.exec(`UPDATE cleardesk.judge SET lease_until = now()`)
				}
				// Yesterday's, so that the first order of the session is not the store's first.
				w.n = 8
				w.put(testOrder{store: "S1", at: firstOrder.AddDate(0, 0, -1), history: true, lines: lines(6)[5:]})
				w.n = 0
				w.put(testOrder{store: "S1", at: firstOrder, lines: c.first})
				if how != "in one batch" {
					judged()
				}
				second := testOrder{store: "S1", at: firstOrder.Add(c.after), lines: c.second}
				if name == "one that the desk ordered" || how == "in one batch" {
					w.put(second)
				}
				if c.between != "" {
					w.exec(c.between)
				}
				if w.n == 1 {
					w.put(second)
				}
				judged()
				w.want(c.want, `SELECT evidence ->> 'repeats' || ' ' || (evidence ->> 'repeats_of') || ' ' || (evidence ->> 'same_lines') FROM cleardesk.anomaly WHERE rule = 'repeat'`)
				state := map[bool]string{true: "accepted", false: "placed"}[c.want == "null"]
				w.want(state, `SELECT state FROM cleardesk.orders WHERE order_no = 'O000002'`)
			})
		}
	}
}

// The evidence of a repeat has its order's whole amount at stake, and the case is customer
// service's.
func TestRepeatIsACase(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.order(testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 3})
	no := w.order(testLine{product: "P2", quantity: 3}, testLine{product: "P1", quantity: 10})
	w.run()
	w.want(no+" wrong_order 0 customer_service 13000 window_close,picking,departure", asCases)
	w.want("order_held", `SELECT what FROM cleardesk.decision WHERE order_no = $1`, no)
}

// The step a store was shown is set against the one the catalogue had when it ordered.
func TestStepThatWasCorrectedSince(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec(`INSERT INTO cleardesk.staff (login, name, roles) VALUES ('zhao', '赵', '{procurement}')`)
	w.exec(`UPDATE cleardesk.product SET step = 2000 WHERE code = 'P1'`)
	w.exec(`INSERT INTO cleardesk.correction (op, product, what, old_value, new_value, reason, by_login, at)
		VALUES (gen_random_uuid(), 'P1', 'step', '5000', '2000', 'entry', 'zhao', $1)`, firstOrder.Add(90*time.Minute))
	before := w.order(testLine{product: "P1", quantity: 10, seen: 5})
	after := w.order(testLine{product: "P1", quantity: 20, seen: 5})
	w.run()
	w.want("null", `SELECT string_agg(kind, ' ') FROM cleardesk.anomaly a JOIN cleardesk.orders o ON o.id = a.order_id WHERE o.order_no = $1`, before)
	w.want("step_mismatch", `SELECT string_agg(kind, ' ') FROM cleardesk.anomaly a JOIN cleardesk.orders o ON o.id = a.order_id WHERE o.order_no = $1`, after)
}
