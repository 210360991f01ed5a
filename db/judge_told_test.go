package db

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// tell puts an event in as intake does, and gives its number. An event without a time is
// told an hour after the last order.
func (w *judgeWorld) tell(no string, e domain.Event) int64 {
	w.t.Helper()
	if e.At.IsZero() {
		e.At = w.at.Add(time.Hour)
	}
	store, at := "S1", e.At
	if e.Store != "" {
		store = string(e.Store)
	}
	e.Store, e.At = "", time.Time{}
	detail, err := json.Marshal(e)
	if err != nil {
		w.t.Fatal(err)
	}
	w.n++
	var id int64
	err = w.admin.GetContext(w.t.Context(), &id, `
		WITH told AS (
		    INSERT INTO cleardesk.event (what, key, store, order_id, at, detail)
		    VALUES ($1, $2, coalesce((SELECT store FROM cleardesk.orders WHERE order_no = $3), $4), (SELECT id FROM cleardesk.orders WHERE order_no = $3), $5,
		            $6::jsonb - '{what,key,store,at}'::text[])
		    RETURNING id, order_id
		), queued AS (INSERT INTO cleardesk.waiting (what, order_id, event_id, at) SELECT 'event', order_id, id, $5 FROM told)
		SELECT id FROM told`, string(e.What), fmt.Sprintf("k%d", w.n), no, store, at, string(detail))
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func of(q domain.Quantity) *domain.Quantity { return &q }

// asCases lists cases as people see them, one a line, those of several anomalies by the worst.
const asCases = `SELECT coalesce(string_agg(concat_ws(' ', coalesce(o.order_no, c.store), c.kind, c.more, c.lies_with, c.at_risk,
	(SELECT string_agg(m ->> 'what', ',' ORDER BY (m ->> 'at')::timestamptz) FROM jsonb_array_elements(c.moments) m), regexp_replace(c.complaint, '-[0-9]{4}-', '-')), E'\n' ORDER BY c.id), '')
	FROM cleardesk.cases c LEFT JOIN cleardesk.orders o ON o.id = c.order_id`

// eventWorld has one order that was accepted, of rice and pork.
func eventWorld(t *testing.T) (*judgeWorld, string) {
	t.Helper()
	w := newJudgeWorld(t)
	w.exec(`INSERT INTO cleardesk.product (code, name, weighed, step, stock, price, tolerance_permille, tolerance_abs)
		VALUES ('PW', '猪肉', true, NULL, NULL, 2000, 20, 100), ('PS', '鸡蛋', false, 12000, 500000, 300, 0, 0), ('PZ', '虾', false, NULL, 0, 900, 0, 0)`)
	no := w.order(testLine{product: "P1", quantity: 10}, testLine{product: "PW", quantity: 20, price: 2000})
	w.run()
	w.want("accepted", `SELECT state FROM cleardesk.orders WHERE order_no = $1`, no)
	return w, no
}

// Every kind of event that says something is amiss becomes a case with its department,
// its money and its moments.
func TestEventsBecomeCases(t *testing.T) {
	t.Parallel()
	rice, pork := domain.EventLine{Line: 1, Product: "P1"}, domain.EventLine{Line: 2, Product: "PW"}
	with := func(l domain.EventLine, q, weight *domain.Quantity, why domain.WhyTold) []domain.EventLine {
		l.Quantity, l.Weight, l.Why = q, weight, why
		return []domain.EventLine{l}
	}
	for name, c := range map[string]struct {
		state string // of the order
		event domain.Event
		want  string // of all cases; %s is the order's number
		held  string // what is decided with it
	}{
		"exchange": {
			"delivered",
			domain.Event{What: domain.EventExchange, Lines: with(rice, of(4000), nil, domain.ToldDamaged)},
			"%s exchange 0 customer_service 4000 promise,week_ends", "",
		},
		"return": {
			"delivered",
			domain.Event{What: domain.EventReturn, Lines: with(rice, of(2000), nil, domain.ToldExpiry)},
			"%s return 0 customer_service 2000 promise,week_ends", "",
		},
		"change": {
			"accepted",
			domain.Event{What: domain.EventChange, Lines: with(rice, of(3000), nil, domain.ToldTooMany)},
			"%s order_change 0 customer_service 7000 picking,departure", "order_held",
		},
		"change, shipped": {
			"shipped",
			domain.Event{What: domain.EventChange, Lines: with(rice, of(3000), nil, "")},
			"%s order_change 0 customer_service 7000 picking,departure", "",
		},
		"wrong order": {
			"allocated",
			domain.Event{What: domain.EventWrongOrder, Why: domain.ToldCancel},
			"%s wrong_order 0 customer_service 50000 window_close,picking,departure", "order_held",
		},
		"short weight": {
			"delivered",
			domain.Event{What: domain.EventReceipt, Slip: "GB-1", Lines: with(pork, nil, of(19_500), "")},
			"%s short_weight 0 customer_service 1000 promise,week_ends,claim_ends TS-001", "",
		},
		"short within the tolerance": {"delivered", domain.Event{What: domain.EventReceipt, Lines: with(pork, nil, of(19_600), "")}, "", ""},
		"overweight": {
			"delivered",
			domain.Event{What: domain.EventReceipt, Lines: with(pork, nil, of(20_401), "")},
			"%s overweight 0 customer_service 802 promise,week_ends,claim_ends TS-001", "",
		},
		"short by the piece, beside overweight": {
			"delivered",
			domain.Event{
				What:  domain.EventReceipt,
				Lines: append(with(rice, of(9000), nil, ""), with(pork, nil, of(21_000), "")...),
			},
			"%s overweight 1 customer_service 2000 promise,week_ends,claim_ends TS-001", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, no := eventWorld(t)
			w.exec(`UPDATE cleardesk.orders SET state = $2 WHERE order_no = $1`, no, c.state)
			c.event.OrderNo, c.event.Caller = domain.OrderNo(no), "许诺"
			id := w.tell(no, c.event)
			w.run()
			want := c.want
			if strings.Contains(want, "%s") {
				want = fmt.Sprintf(want, no)
			}
			w.want(want, asCases)
			w.want(c.held, `SELECT coalesce(max(what), '') FROM cleardesk.decision WHERE what <> 'order_accepted'`)
			w.want(map[bool]string{true: "1", false: "0"}[c.held != ""], `SELECT count(*) FROM cleardesk.hold WHERE line_no = 0 AND released_at IS NULL`)
			if c.want != "" {
				w.want(fmt.Sprintf("%d %d 许诺", id, id), `SELECT concat_ws(' ', min(event_id), min(evidence ->> 'event'), min(evidence ->> 'caller')) FROM cleardesk.anomaly`)
			}
			w.want("0", `SELECT count(*) FROM cleardesk.waiting`)
			// The same event judged once more raises nothing more.
			before := w.text(asCases)
			w.exec(`INSERT INTO cleardesk.waiting (what, order_id, event_id) SELECT 'event', order_id, id FROM cleardesk.event`)
			w.run()
			w.want(before, asCases)
			w.exec(`UPDATE cleardesk.anomaly SET outcome = 'withdrawn', closed_at = now()`)
			w.exec(`UPDATE cleardesk.cases SET state = 'closed', closed_at = now()`)
			w.exec(`INSERT INTO cleardesk.waiting (what, order_id, event_id) SELECT 'event', order_id, id FROM cleardesk.event`)
			w.run()
			w.want("0", `SELECT count(*) FROM cleardesk.cases WHERE state <> 'closed'`)
		})
	}
}

// An attempt has no order: its case is of the store, the kind and the product.
func TestAttemptsBecomeCasesOfTheStore(t *testing.T) {
	t.Parallel()
	w, _ := eventWorld(t)
	try := func(product string, quantity int64, why domain.WhyTold) {
		w.tell("", domain.Event{What: domain.EventAttempt, Lines: []domain.EventLine{
			{Product: domain.ProductCode(product), Quantity: of(domain.Units(quantity)), Why: why},
		}})
	}
	try("PS", 10, domain.ToldStep)
	try("PZ", 5, domain.ToldStock)
	try("PS", 10, domain.ToldStep) // again: to the same case
	try("P1", 10, domain.ToldWindow)
	w.run()
	w.want(strings.Join([]string{
		"S1 not_orderable 1 procurement 3000 window_close,picking",
		"S1 zero_stock 0 procurement 4500 window_close,picking",
		"S1 replenishment 0 customer_service 0 window_close,picking",
	}, "\n"), asCases)
	w.want("1, 2", `SELECT string_agg(evidence ->> 'refusals', ', ' ORDER BY id) FROM cleardesk.anomaly WHERE kind = 'not_orderable'`)
	w.want("true", `SELECT bool_and(search LIKE '%梧桐路店%' AND search LIKE '%鸡蛋%')::text FROM cleardesk.cases WHERE kind = 'not_orderable'`)
	w.want("attempt PS step|attempt PS step|stock PZ|null", `SELECT string_agg(coalesce(cause, 'null'), '|' ORDER BY cause) FROM cleardesk.anomaly`)
}

// Two products of one attempt are two anomalies, though both are of no line.
func TestOneAttemptAtTwoProducts(t *testing.T) {
	t.Parallel()
	w, _ := eventWorld(t)
	w.tell("", domain.Event{What: domain.EventAttempt, Why: domain.ToldOther, Lines: []domain.EventLine{
		{Product: "P1", Quantity: of(1000)}, {Product: "P2", Quantity: of(1000)},
	}})
	w.run()
	w.want("P1 P2 2", `SELECT string_agg(product, ' ' ORDER BY product) || ' ' || count(DISTINCT case_id) FROM cleardesk.anomaly WHERE kind = 'not_orderable'`)
}

// A second report about an order is not lost because the first is open; what is of another
// department is a case of its own, and each is summed up by itself.
func TestEventsGoToTheCaseOfTheirDepartment(t *testing.T) {
	t.Parallel()
	w, no := eventWorld(t)
	w.exec(`WITH c AS (INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search, version)
		    SELECT 'S1', id, 'logistics', 'slow_fulfilment', '{}', 77, '[]', 1, '', 5 FROM cleardesk.orders WHERE order_no = $1 RETURNING id, order_id)
		INSERT INTO cleardesk.anomaly (case_id, kind, order_id, evidence, rule, rule_version, order_version, at_risk, hard, blocks)
		SELECT id, 'slow_fulfilment', order_id, '{"stage": "planned"}', 'promise', 1, 1, 77, false, false FROM c`, no)
	for range 2 {
		w.tell(no, domain.Event{What: domain.EventChange, OrderNo: domain.OrderNo(no), Lines: []domain.EventLine{{Line: 1, Quantity: of(3000)}}})
	}
	w.run()
	w.want(strings.Join([]string{
		no + " slow_fulfilment 0 logistics 77",
		no + " order_change 1 customer_service 7000 picking,departure",
	}, "\n"), asCases)
	w.want("5", `SELECT version FROM cleardesk.cases WHERE kind = 'slow_fulfilment'`)
	w.want("2", `SELECT count(*) FROM cleardesk.hold WHERE released_at IS NULL`)
	// Put off, and lying elsewhere: what comes then wakes it there, where it lay first.
	w.exec(`UPDATE cleardesk.cases SET lies_with = 'expansion', state = 'snoozed', snooze_until = '2090-01-01' WHERE kind = 'order_change'`)
	w.exec(`UPDATE cleardesk.orders SET state = 'delivered' WHERE order_no = $1`, no)
	w.tell(no, domain.Event{What: domain.EventReturn, OrderNo: domain.OrderNo(no), Lines: []domain.EventLine{{Line: 2, Quantity: of(5000)}}})
	w.run()
	w.want(no+" return 2 expansion 10000 picking,promise,departure,week_ends", asCases+` WHERE c.state = 'open' AND c.kind = 'return'`)
}

// Complaints are counted on through the day.
func TestComplaintsAreNumbered(t *testing.T) {
	t.Parallel()
	w, first := eventWorld(t)
	second := w.order(testLine{product: "PW", quantity: 20, price: 2000})
	w.run()
	for i, no := range []string{first, second, first} {
		line := 2
		if no == second {
			line = 1
		}
		w.exec(`UPDATE cleardesk.orders SET state = 'delivered' WHERE order_no = $1`, no)
		w.tell(no, domain.Event{What: domain.EventReceipt, OrderNo: domain.OrderNo(no), Lines: []domain.EventLine{{Line: line, Product: "PW", Weight: of(domain.Units(int64(10 + i)))}}})
	}
	w.exec(`INSERT INTO cleardesk.cases (store, lies_with, kind, why, at_risk, moments, rank, search, complaint)
		SELECT 'S1', 'customer_service', 'short_weight', '{}', 0, '[]', 0, '', 'TS-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'MMDD') || '-999'`)
	w.run()
	w.want("1000 1001", `SELECT string_agg(split_part(complaint, '-', 3), ' ' ORDER BY id) FROM cleardesk.cases WHERE order_id IS NOT NULL`)
	w.want("true", `SELECT (min(complaint) = 'TS-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'MMDD') || '-1000')::text FROM cleardesk.cases WHERE order_id IS NOT NULL`)
}

// A stage told of an order that waits for the judge takes effect once it is accepted.
func TestStageToldBeforeTheVerdict(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec(`UPDATE cleardesk.product SET stock = 100000 WHERE code = 'P1'`)
	no := w.order(testLine{product: "P1", quantity: 10})
	w.tell(no, domain.Event{What: domain.EventStage, OrderNo: domain.OrderNo(no), Stage: domain.StageShipped})
	second := w.order(testLine{product: "P1", quantity: 20})
	w.run()
	w.want("shipped accepted", `SELECT string_agg(state, ' ' ORDER BY id) FROM cleardesk.orders`)
	w.want("90000 20000", `SELECT stock || ' ' || reserved FROM cleardesk.product WHERE code = 'P1'`)
	w.want("order_accepted", `SELECT string_agg(what, ' ') FROM cleardesk.decision WHERE order_no = $1`, second)
}

// A stream with events among its orders gives the same whoever judges it, in whatever
// batches.
func TestTakeOverWithEventsBetween(t *testing.T) {
	t.Parallel()
	prepared := func() *judgeWorld {
		w := newJudgeWorld(t)
		w.catalogue(6, 40, 900)
		all := stream(17, 6, 40, 400, 6)
		for part := 0; part < len(all); part += 40 {
			w.put(all[part : part+40]...)
			w.at = all[part+39].at
			no := fmt.Sprintf("O%06d", w.n)
			line := domain.EventLine{Line: 1, Quantity: of(1000)}
			at := w.n
			w.tell(no, domain.Event{What: domain.EventChange, OrderNo: domain.OrderNo(no), Lines: []domain.EventLine{line}})
			w.tell(no, domain.Event{What: domain.EventReceipt, OrderNo: domain.OrderNo(no), Lines: []domain.EventLine{line}})
			w.tell(no, domain.Event{What: domain.EventWrongOrder, OrderNo: domain.OrderNo(no)})
			w.tell(no, domain.Event{What: domain.EventStage, OrderNo: domain.OrderNo(no), Stage: domain.StageAllocated})
			w.tell("", domain.Event{What: domain.EventAttempt, Lines: []domain.EventLine{{Product: "P10", Quantity: of(1000), Why: domain.ToldStep}}})
			w.n = at + 5
		}
		return w
	}
	// How often an order was written, and when it was accepted, depends on the batches.
	told := func(w *judgeWorld) map[string]string {
		out := w.verdicts()
		out["anomalies"] = w.text(`SELECT string_agg(concat_ws(' ', a.kind, a.order_id, c.store, c.kind, a.event_id, a.line_no, a.at_risk, a.blocks, a.cause, a.outcome, a.evidence - 'since'), E'\n'
			ORDER BY a.order_id, a.event_id, a.line_no, a.kind) FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id`)
		out["cases"] = w.text(`SELECT string_agg(concat_ws(' ', c.order_id, c.store, c.cause, c.kind, c.more, c.lies_with, c.at_risk, c.moments, c.complaint, c.members, c.members_open, c.search), E'\n'
			ORDER BY c.order_id, c.store, c.cause, c.kind) FROM cleardesk.cases c`)
		out["orders"] = w.text(`SELECT string_agg(concat_ws(' ', order_no, state, judged), E'\n' ORDER BY id) FROM cleardesk.orders`)
		out["watches"] = w.text(`SELECT coalesce(string_agg(concat_ws(' ', order_id, stage, due, next_check), E'\n' ORDER BY order_id), '') FROM cleardesk.order_watch`)
		return out
	}
	whole := prepared()
	whole.run()
	want := told(whole)
	for _, part := range []string{"short_weight", "wrong_order", "order_change", "not_orderable", "slow_fulfilment"} {
		if n := strings.Count(want["anomalies"], part+" "); n < 5 {
			t.Fatalf("the stream is no test: %d times %s", n, part)
		}
	}
	w := prepared()
	takeOvers := 0
	for n := 1; n > 0; takeOvers++ {
		j := w.takeOver(JudgeOptions{BatchLines: 30 + 17*(takeOvers%7), KindWords: testWords()})
		items, err := j.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(items) > 0 && takeOvers%2 == 0 {
			j.verdictsOn(t, items) // and never written
			continue
		}
		if n, err = j.batch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(want, told(w)); d != "" {
		t.Errorf("%d take-overs changed the verdicts (-undisturbed +taken over):\n%s", takeOvers, d)
	}
}
