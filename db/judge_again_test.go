package db

import "testing"

// corrected does to a line what an act that sets its quantity does: the hold stays,
// pending, until the judge has seen the line again.
func (w *judgeWorld) corrected(no string, line, quantity int) {
	w.t.Helper()
	const order = `(SELECT id FROM cleardesk.orders WHERE order_no = $1)`
	w.exec(`UPDATE cleardesk.order_line SET quantity = $3::bigint * 1000, amount = $3::bigint * price, waiting = true
		WHERE order_id = `+order+` AND line_no = $2`, no, line, quantity)
	w.exec(`UPDATE cleardesk.hold SET pending = true WHERE order_id = `+order+` AND line_no IN (0, $2)`, no, line)
	w.exec(`UPDATE cleardesk.anomaly SET outcome = 'quantity_corrected', closed_at = now() WHERE order_id = `+order+` AND line_no IN (0, $2)`, no, line)
	w.exec(`UPDATE cleardesk.cases SET state = 'closed', closed_at = now() WHERE order_id = `+order+`
		AND NOT EXISTS (SELECT FROM cleardesk.anomaly a WHERE a.case_id = cases.id AND a.closed_at IS NULL)`, no)
	w.exec(`UPDATE cleardesk.orders SET version = version + 1 WHERE order_no = $1`, no)
	w.exec(`INSERT INTO cleardesk.waiting (what, order_id) VALUES ('recheck', `+order+`)`, no)
}

// lastDecisions lists what was decided on an order.
const lastDecisions = `SELECT string_agg(what || ' ' || coalesce(line_no::text, detail ->> 'lines', '-'), ', ' ORDER BY n)
	FROM cleardesk.decision WHERE order_no = $1`

func TestCorrectedLineIsAcceptedWhenClean(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.product SET stock = 500000")
	usual := []testLine{{product: "P1", quantity: 10}, {product: "P2", quantity: 10, price: 50_000}}
	w.learnt(20, usual...)
	no := w.order(testLine{product: "P1", quantity: 100}, usual[1])
	w.run()
	w.want("line_held 1, order_accepted [2]", `SELECT string_agg(what || ' ' || coalesce(line_no::text, detail ->> 'lines'), ', ' ORDER BY what) FROM cleardesk.decision WHERE order_no = $1`, no)
	w.corrected(no, 1, 10)
	w.run()
	w.want("order_accepted [2], line_held 1, line_accepted 1", lastDecisions, no)
	w.want("0 judge", `SELECT count(*) FILTER (WHERE released_at IS NULL) || ' ' || max(released_by) FROM cleardesk.hold`)
	w.want("510000 2 0", `SELECT o.total || ' ' || (SELECT count(*) FROM cleardesk.order_line l WHERE l.order_id = o.id AND l.reserved AND NOT l.waiting)
		|| ' ' || (SELECT count(*) FROM cleardesk.waiting) FROM cleardesk.orders o WHERE order_no = $1`, no)
	w.want("10000 10000", `SELECT string_agg(reserved::text, ' ') FROM cleardesk.product WHERE code IN ('P1', 'P2')`)
}

func TestCorrectedOrderIsAcceptedAsAWhole(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	usual := []testLine{{product: "P1", quantity: 10}, {product: "P2", quantity: 10}}
	w.learnt(20, usual...)
	no := w.order(testLine{product: "P1", quantity: 100}, usual[1])
	w.run()
	w.want("amount_surge 0, quantity_surge 1", anomalies, no)
	w.corrected(no, 1, 11)
	w.run()
	w.want("order_held -, line_held 1, order_accepted [1, 2]", lastDecisions, no)
	w.want("accepted 21000", `SELECT state || ' ' || total FROM cleardesk.orders WHERE order_no = $1`, no)
}

func TestCorrectedLineThatIsStillOdd(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]bool{"the case is closed": false, "the case is open": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newJudgeWorld(t)
			if open {
				w.exec("UPDATE cleardesk.product SET step = 7000 WHERE code = 'P2'")
			}
			usual := []testLine{{product: "P1", quantity: 10}, {product: "P2", quantity: 7, price: 50_000}}
			w.learnt(20, usual...)
			second := usual[1]
			if open {
				second.quantity = 8
			}
			no := w.order(testLine{product: "P1", quantity: 100}, second)
			w.run()
			if open {
				w.exec(`UPDATE cleardesk.cases SET state = 'snoozed', snooze_until = '2090-01-01'`)
			}
			w.corrected(no, 1, 90)
			w.run()
			w.want("1 1", `SELECT count(*) || ' ' || count(*) FILTER (WHERE NOT h.pending) FROM cleardesk.hold h WHERE released_at IS NULL AND line_no = 1`)
			w.want("2", `SELECT count(*) FROM cleardesk.anomaly WHERE line_no = 1`)
			if open {
				w.want("1 open true 90000", `SELECT (SELECT count(*) FROM cleardesk.cases) || ' ' || max(c.state) || ' ' || (max(c.more) + 1 = count(*) FILTER (WHERE a.closed_at IS NULL))
					|| ' ' || max(a.evidence ->> 'quantity') FILTER (WHERE a.line_no = 1 AND a.closed_at IS NULL)
					FROM cleardesk.cases c, cleardesk.anomaly a WHERE a.case_id = c.id GROUP BY c.id`)
			} else {
				w.want("closed, open", `SELECT string_agg(state, ', ' ORDER BY id) FROM cleardesk.cases`)
			}
		})
	}
}

func TestRecheckRaisesNothingThatIsStillOpen(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.store SET cod_limit = 100")
	no := w.order(testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 10})
	w.run()
	w.want("amount_surge 0 hard", anomalies, no)
	w.exec(`UPDATE cleardesk.order_line SET quantity = 9000, waiting = true WHERE line_no = 1`)
	w.exec(`UPDATE cleardesk.orders SET version = version + 1`)
	w.exec(`INSERT INTO cleardesk.waiting (what, order_id) SELECT 'recheck', id FROM cleardesk.orders`)
	w.run()
	w.want("amount_surge 0 hard", anomalies, no)
	w.want("placed", `SELECT state FROM cleardesk.orders`)
}

func TestReleasedAmountIsNotRaisedAgain(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.store SET cod_limit = 100")
	no := w.order(testLine{product: "P1", quantity: 10})
	w.run()
	w.exec(`UPDATE cleardesk.anomaly SET outcome = 'confirmed_genuine', closed_at = now()`)
	w.exec(`UPDATE cleardesk.hold SET released_at = now(), released_by = 'lin'`)
	w.exec(`UPDATE cleardesk.order_line SET quantity = 9000, waiting = true`)
	w.exec(`UPDATE cleardesk.orders SET version = version + 1`)
	w.exec(`INSERT INTO cleardesk.waiting (what, order_id) SELECT 'recheck', id FROM cleardesk.orders`)
	w.run()
	w.want("order_held -, order_accepted [1]", lastDecisions, no)
}

// What a person confirms is learnt: the next order knows of it.
func TestConfirmedQuantityIsLearnt(t *testing.T) {
	t.Parallel()
	for confirmed, want := range map[int]string{0: "6", 3: "9"} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			w := newJudgeWorld(t)
			w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
				VALUES ('limit.quantity', 'platform', '', '2020-01-01', '20', 'mao')`)
			w.learnt(6, testLine{product: "P1", quantity: 10})
			no := w.order(testLine{product: "P1", quantity: 40})
			w.run()
			for range confirmed {
				w.exec(`INSERT INTO cleardesk.waiting (what, order_id, line_no) SELECT 'learn', id, 1 FROM cleardesk.orders WHERE order_no = $1`, no)
			}
			w.order(testLine{product: "P1", quantity: 40})
			w.run()
			w.want(want, `SELECT evidence ->> 'earlier' FROM cleardesk.anomaly WHERE kind = 'quantity_surge' ORDER BY id DESC LIMIT 1`)
		})
	}
}

// What was agreed with the store since goes by the step of now: the other step it saw
// when it ordered is no news any more.
func TestCorrectedLineForgetsTheStepThatWasSeen(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec(`UPDATE cleardesk.product SET step = 10000 WHERE code = 'P1'`)
	w.learnt(20, testLine{product: "P1", quantity: 10})
	no := w.order(testLine{product: "P1", quantity: 12, seen: 2})
	w.run()
	w.want("step_mismatch 1", anomalies, no)
	w.corrected(no, 1, 10)
	w.run()
	w.want("accepted 1", `SELECT o.state || ' ' || count(*) FROM cleardesk.orders o JOIN cleardesk.anomaly a ON a.order_id = o.id
		WHERE order_no = $1 GROUP BY o.state`, no)
}
