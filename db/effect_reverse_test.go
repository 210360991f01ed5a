package db_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// asBeside is asWas with all that effects leave beside an order: money by what it comes to,
// the plan and the limit by the newest.
const asBeside = `SELECT md5(concat_ws('; ', (` + asWas + `),
	(SELECT string_agg(concat_ws(' ', code, stock, gone), ',' ORDER BY code) FROM cleardesk.product),
	(SELECT coalesce(sum(amount), 0)::text FROM cleardesk.adjustment),
	(SELECT due::text FROM cleardesk.delivery_plan ORDER BY id DESC LIMIT 1),
	(SELECT string_agg(w::text, ',') FROM cleardesk.order_watch w),
	coalesce((SELECT value FROM cleardesk.setting WHERE name = 'limit.cod' ORDER BY id DESC LIMIT 1), '20000.00')))`

// What stays of what was taken back: linked orders and substitutes, cancelled.
const gone = `DELETE FROM cleardesk.order_line l USING cleardesk.orders o WHERE o.id = l.order_id AND l.cancelled AND (o.link IS NOT NULL OR l.line_no > 2);
	DELETE FROM cleardesk.orders WHERE link IS NOT NULL AND state = 'cancelled'`

// Every outcome is taken back to what was before, but a delivery that was told.
func TestEveryOutcomeIsTakenBack(t *testing.T) {
	t.Parallel()
	for _, r := range domain.Rules() {
		name := string(r.Kind) + " " + string(r.Outcome)
		if everyOutcome()[name].refused {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			e := w.ready(r.Kind)
			if r.Outcome == domain.Returned {
				w.approve(e, 0)
			}
			if r.Outcome == domain.Rescheduled {
				w.exec(`INSERT INTO cleardesk.delivery_plan (order_id, due, by_login) VALUES ($1, now() - interval '1 hour', $2)`, e.order, string(w.login("wu")))
			}
			who, with := writer(r)
			e = w.claimed(who, with, e)
			before := w.text(asBeside)
			wrote, err := w.stores[who].Resolve(t.Context(), uuid.New(), e.handledAs(r))
			if err != nil {
				t.Fatal(err)
			}
			plan, _ := w.plan(who, e.deskCase)
			if r.Outcome == domain.WasDelivered {
				w.refusedFor(who, e.deskCase, domain.Conflict, domain.BarLinked)
				return
			}
			if len(plan.Undone) != len(wrote.Did) {
				t.Errorf("foretold %+v, did %+v", plan.Undone, wrote.Did)
			}
			back, err := w.takeBack(who, e.deskCase)
			if err != nil {
				t.Fatal(err)
			}
			asForetold(t, plan, back)
			w.breaches()
			w.exec(`ALTER TABLE cleardesk.order_line DISABLE TRIGGER order_line_kept; ALTER TABLE cleardesk.orders DISABLE TRIGGER orders_kept; ` + gone)
			w.want(before, asBeside)
			if len(back.Undone) != len(wrote.Did) || back.State != domain.CaseOpen {
				t.Errorf("%+v", back)
			}
		})
	}
}

// What came of a write stands against taking it back, as foretold.
func TestWhatWasSetOffIsNotTakenBack(t *testing.T) {
	t.Parallel()
	rule := func(k domain.Kind, o domain.Outcome) domain.Rule {
		r, _ := domain.RuleFor(k, o)
		return r
	}
	for name, x := range map[string]struct {
		rule domain.Rule
		then string
		bar  domain.ReversalBar
	}{
		"supplement shipped": {rule(domain.ShortWeight, domain.SupplementCreated), `UPDATE cleardesk.orders SET state = 'shipped' WHERE link IS NOT NULL`, domain.BarLinked},
		"re-order flagged": {rule(domain.OrderChange, domain.CancelledReordered), `INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
			SELECT 'S1', id, 'customer_service', 'quantity_surge', '{}', 1, '[]', 1, '' FROM cleardesk.orders WHERE link IS NOT NULL`, domain.BarLinked},
		"return seen": {rule(domain.Exchange, domain.ConvertedToReturn), `INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, event_id, evidence, rule, rule_version, order_version, at_risk, hard, blocks)
			SELECT c.id, 'return', c.order_id, 1, e.id, '{}', 'r', 1, 9, 1, false, false FROM cleardesk.cases c, cleardesk.event e`, domain.BarLinked},
		"limit set again": {rule(domain.AmountSurge, domain.LimitRaised), `INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
			VALUES ('limit.cod', 'store', 'S1', now(), '900.00', 'x')`, domain.BarChanged},
		"goods gone":      {rule(domain.Overweight, domain.SurplusReturned), `UPDATE cleardesk.product SET stock = 1999 WHERE code = 'P1'`, domain.BarStock},
		"week over":       {rule(domain.ShortWeight, domain.Credited), `UPDATE cleardesk.cases SET moments = '[{"what": "week_ends", "at": "2026-01-01T00:00:00Z"}]'`, domain.BarPicking},
		"delivery passed": {rule(domain.SlowFulfilment, domain.OrderCancelled), `UPDATE cleardesk.cases SET moments = '[]'`, domain.BarPicking},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			e, _, err := w.written(x.rule)
			if err != nil {
				t.Fatal(err)
			}
			w.exec(x.then)
			before := w.rows()
			who, _ := writer(x.rule)
			w.refusedFor(who, e.deskCase, domain.Conflict, x.bar)
			if after := w.rows(); after["orders"] != before["orders"] || after["adjustment"] != before["adjustment"] || after["setting"] != before["setting"] {
				t.Error("something was taken back")
			}
		})
	}
}

// Money on the settlement is not barred by what became of the order since.
func TestCreditIsTakenBackThoughTheOrderWentOn(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	r, _ := domain.RuleFor(domain.ShortWeight, domain.Credited)
	e, _, err := w.written(r)
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE cleardesk.orders SET state = 'settled' WHERE id = $1`, e.order)
	back, err := w.takeBack("lin", e.deskCase)
	if err != nil || back.Order.State != domain.Settled {
		t.Fatalf("%+v %v", back, err)
	}
	w.want("credit -2400, credit 2400 1", `SELECT string_agg(concat_ws(' ', what, amount, reverses), ', ' ORDER BY id) FROM cleardesk.adjustment`)
	w.want("settlement_adjusted 2400 1", `SELECT what || ' ' || (detail ->> 'amount') || ' ' || (detail ->> 'reverses') FROM cleardesk.decision ORDER BY n DESC LIMIT 1`)
	// It can be credited again, and is the same money.
	e.claim = back.Claim
	if _, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), e.handledAs(r)); err != nil {
		t.Fatal(err)
	}
	w.want("-2400", `SELECT sum(amount) FROM cleardesk.adjustment`)
}

// A re-order the judge has accepted gives its stock back before the first order takes it
// again.
func TestReorderGivesItsStockBackFirst(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.exec(`UPDATE cleardesk.product SET stock = 40000 WHERE code = 'P1'`)
	r, _ := domain.RuleFor(domain.OrderChange, domain.CancelledReordered)
	e, _, err := w.written(r)
	if err != nil {
		t.Fatal(err)
	}
	w.judged()
	w.want("accepted 12000", `SELECT o.state || ' ' || p.reserved FROM cleardesk.orders o, cleardesk.product p WHERE o.link IS NOT NULL AND p.code = 'P1'`)
	plan, _ := w.plan("lin", e.deskCase)
	back, err := w.takeBack("lin", e.deskCase)
	if err != nil {
		t.Fatal(err)
	}
	asForetold(t, plan, back)
	w.want("accepted cancelled 40000", `SELECT string_agg(state, ' ' ORDER BY id) || ' ' || (SELECT reserved FROM cleardesk.product WHERE code = 'P1') FROM cleardesk.orders`)
	w.breaches()
}

// A plan that is taken back leaves the one before, and the order is looked at when it was.
func TestThePlanBeforeCountsAgain(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	r, _ := domain.RuleFor(domain.SlowFulfilment, domain.Rescheduled)
	e, out, err := w.written(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Did) != 1 || out.Did[0].At == nil || time.Until(*out.Did[0].At) < 2*time.Hour || out.Did[0].BeforeAt != nil {
		t.Errorf("%+v", out.Did)
	}
	w.want("delivered true", `SELECT stage || ' ' || (next_check > now() + interval '2 hours') FROM cleardesk.order_watch`)
	if _, err := w.takeBack("wu", e.deskCase); err != nil {
		t.Fatal(err)
	}
	w.want("shipped", `SELECT stage FROM cleardesk.order_watch WHERE next_check IS NULL`)
	w.want("true", `SELECT (p.due = x.due)::text FROM cleardesk.delivery_plan p, cleardesk.order_watch x ORDER BY p.id DESC LIMIT 1`)
}
