package db_test

import (
	"fmt"
	"slices"
	"testing"

	"cleardesk/domain"

	"pgregory.net/rapid"
)

// stagesAddUp are the rules that hold whatever was told of orders; each row is a breach.
// The stock was 2,000 of P1 and 900 of P2 when all began.
const stagesAddUp = `
	SELECT o.order_no || ' is ' || o.state || ', and nobody told' AS breach FROM cleardesk.orders o
	WHERE o.state NOT IN ('placed', 'accepted', 'cancelled') AND NOT EXISTS (
	    SELECT FROM cleardesk.event e WHERE e.order_id = o.id AND e.detail ->> 'stage' = o.state)
	UNION ALL SELECT 'stock of ' || p.code FROM cleardesk.product p
	WHERE p.stock + p.gone <> CASE p.code WHEN 'P1' THEN 2000000 WHEN 'P2' THEN 900000 END
	   OR p.reserved <> (SELECT coalesce(sum(l.quantity), 0) FROM cleardesk.order_line l WHERE l.product = p.code AND l.reserved)
	   OR p.gone <> -(SELECT coalesce(sum(m.delta), 0) FROM cleardesk.stock_move m WHERE m.product = p.code)
	UNION ALL SELECT o.order_no || ' has left, and has stock reserved' FROM cleardesk.orders o JOIN cleardesk.order_line l ON l.order_id = o.id
	WHERE o.state IN ('shipped', 'delivered', 'received', 'refused') AND l.reserved
	UNION ALL SELECT o.order_no || ' keeps what it does not have' FROM cleardesk.orders o
	WHERE o.state NOT IN ('shipped', 'delivered', 'received') AND (
	    SELECT coalesce(sum(m.delta), 0) FROM cleardesk.stock_move m WHERE m.order_id = o.id) <> 0
	UNION ALL SELECT 'event ' || e.id || ' is not before the judge' FROM cleardesk.event e
	WHERE NOT EXISTS (SELECT FROM cleardesk.waiting w WHERE w.event_id = e.id AND w.order_id = e.order_id)
	UNION ALL SELECT o.order_no || ' was passed by without a word' FROM cleardesk.orders o JOIN cleardesk.cases c ON c.order_id = o.id
	WHERE o.state = 'placed' AND EXISTS (SELECT FROM cleardesk.event e WHERE e.order_id = o.id)
	  AND NOT EXISTS (SELECT FROM cleardesk.case_note n WHERE n.case_id = c.id AND n.what = 'conflict')`

// toldOrder is an order as the domain says it must stand.
type toldOrder struct {
	deskCase

	state  domain.OrderState
	held   bool
	stages []domain.Stage
}

// advance brings an order as far as what was told of it allows.
func (o *toldOrder) advance() {
	if o.held {
		return
	}
	for _, s := range domain.Stages()[1:] { // after plans, in their order
		if slices.Contains(o.stages, s) && o.state.CanFollow(s.State()) {
			o.state = s.State()
		}
	}
}

// Stages told in any order, of orders held, freed and cancelled in between: an order is
// where the domain says, and no state is reached without its path.
func TestNoStateIsReachedWithoutItsPath(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	reached := map[domain.OrderState]int{}
	rapid.Check(t, func(rt *rapid.T) {
		var orders []*toldOrder
		for range rapid.IntRange(1, 2).Draw(rt, "orders") {
			orders = append(orders, w.putTold(rt))
		}
		for range rapid.IntRange(2, 7).Draw(rt, "acts") {
			o := orders[rapid.IntRange(0, len(orders)-1).Draw(rt, "order")]
			w.toldAny(rt, o)
			var breaches []string
			if err := w.admin.Select(&breaches, stagesAddUp); err != nil {
				t.Fatal(err)
			}
			if len(breaches) > 0 {
				rt.Fatalf("%v", breaches)
			}
			for _, o := range orders {
				if got := w.text(`SELECT state FROM cleardesk.orders WHERE id = $1`, o.order); got != string(o.state) {
					rt.Fatalf("%s is %s, want %s: held %v, told %v", o.no, got, o.state, o.held, o.stages)
				}
				reached[o.state]++
			}
		}
		w.exec(`UPDATE cleardesk.order_line SET reserved = false, cancelled = true WHERE reserved; UPDATE cleardesk.product SET reserved = 0`)
	})
	for _, s := range domain.OrderStates() {
		if s != domain.Settled && reached[s] == 0 {
			t.Errorf("nothing was ever %s", s)
		}
	}
}

// putTold makes an order that is held as a whole, in a line, or not at all.
func (w *deskWorld) putTold(rt *rapid.T) *toldOrder {
	whole := rapid.SampledFrom([]domain.Kind{"", "", domain.AmountSurge}).Draw(rt, "whole")
	odd := rapid.SampledFrom([]domain.Kind{"", surge}).Draw(rt, "odd")
	quantity := rapid.Int64Range(1, 20)
	o := &toldOrder{state: domain.Accepted, held: whole != ""}
	if o.held {
		o.state = domain.Placed
	}
	o.deskCase = w.put("S1", whole, deskLine{"P1", quantity.Draw(rt, "P1"), odd}, deskLine{"P2", quantity.Draw(rt, "P2"), ""},
		deskLine{"P1", quantity.Draw(rt, "more"), ""})
	return o
}

// toldAny tells of a stage, holds the order, frees it, or cancels it.
func (w *deskWorld) toldAny(rt *rapid.T, o *toldOrder) {
	act := rapid.SampledFrom([]string{"stage", "stage", "stage", "hold", "free", "accept", "cancel"}).Draw(rt, "act")
	switch {
	case act == "hold" && o.state.CanFollow(domain.Cancelled) && !o.held:
		o.held = true
		if w.text(`SELECT count(*) FROM cleardesk.hold WHERE order_id = $1 AND line_no = 0`, o.order) == "0" {
			w.flag(o.deskCase, 0, domain.WrongOrder)
			return
		}
		w.exec(`INSERT INTO cleardesk.hold (order_id, line_no, anomaly_id) SELECT order_id, 0, min(anomaly_id) FROM cleardesk.hold
			WHERE order_id = $1 AND line_no = 0 GROUP BY order_id`, o.order)
	case act == "free" && o.held:
		o.held = false
		w.exec(`UPDATE cleardesk.hold SET released_at = now(), released_by = 'lin' WHERE order_id = $1 AND line_no = 0 AND released_at IS NULL`, o.order)
		w.exec(`SELECT cleardesk.advance_order($1)`, o.order)
		o.advance()
	case act == "accept" && o.state == domain.Placed && !o.held:
		o.state = domain.Accepted
		w.exec(`UPDATE cleardesk.orders SET state = 'accepted' WHERE id = $1`, o.order)
		w.exec(`SELECT cleardesk.advance_order($1)`, o.order)
		o.advance()
	case act == "cancel" && o.state.CanFollow(domain.Cancelled) && rapid.IntRange(0, 3).Draw(rt, "really") == 0:
		o.state, o.held = domain.Cancelled, false
		w.exec(fmt.Sprintf(`UPDATE cleardesk.orders SET state = 'cancelled' WHERE id = %d; SELECT cleardesk.unship_lines(%[1]d);
			UPDATE cleardesk.hold SET released_at = now(), released_by = 'lin' WHERE order_id = %[1]d AND released_at IS NULL`, o.order))
	default:
		s := rapid.SampledFrom(domain.Stages()[1:]).Draw(rt, "stage")
		o.stages = append(o.stages, s)
		w.stage(o.deskCase, s)
		o.advance()
	}
}
