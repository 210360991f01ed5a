package db_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawnOrder is an order of a random day, with the line it has to stand in.
type drawnOrder struct {
	state            domain.OrderState
	placed, now      int64
	held             int // 0: not, 1: a line, 2: the order, 3: it was released
	planned, linked  bool
	line             domain.DayLine
	history, reorder bool
}

func drawOrder(rt *rapid.T) drawnOrder {
	o := drawnOrder{
		state: rapid.SampledFrom([]domain.OrderState{
			domain.Placed, domain.Accepted, domain.Accepted, domain.Allocated, domain.Shipped, domain.Delivered, domain.Received, domain.Settled,
			domain.Cancelled, domain.Refused,
		}).Draw(rt, "state"),
		placed: rapid.Int64Range(1, 90_000).Draw(rt, "placed"), held: rapid.IntRange(0, 3).Draw(rt, "held"),
		planned: rapid.Bool().Draw(rt, "planned"), linked: rapid.IntRange(0, 5).Draw(rt, "linked") == 0,
		history: rapid.IntRange(0, 9).Draw(rt, "history") == 0, reorder: rapid.Bool().Draw(rt, "reorder"),
	}
	o.now = o.placed
	if rapid.IntRange(0, 2).Draw(rt, "changed") == 0 {
		o.now = rapid.Int64Range(1, 90_000).Draw(rt, "now")
	}
	switch {
	case o.state == domain.Cancelled:
		o.line = domain.DayCancelled
	case o.state == domain.Refused:
		o.line = domain.DayRefused
	case o.state == domain.Placed, (o.held == 2) && (o.state == domain.Accepted || o.state == domain.Allocated):
		o.line = domain.DayPast
	case o.state == domain.Accepted || o.state == domain.Allocated:
		o.line = domain.DayUnscheduled
		if o.planned {
			o.line = domain.DayScheduled
		}
	default:
		o.line = domain.DayScheduled
	}
	return o
}

// Over days of whatever orders, every one is in exactly one line, and the lines are what
// came in, what was changed of it and what the desk made, in orders and in money.
func TestEveryOrderIsInOneLine(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	tries := 0
	rapid.Check(t, func(rt *rapid.T) {
		tries++
		day := deliveryDay(2 + tries)
		want := domain.DeliveryDay{Lines: map[domain.DayLine]domain.DayCount{}}
		var orders []drawnOrder
		for range rapid.IntRange(0, 6).Draw(rt, "orders") {
			orders = append(orders, drawOrder(rt))
		}
		w.putDrawn(day, orders)
		for _, o := range orders {
			if o.history {
				continue
			}
			amount := domain.Money(o.now)
			if o.state == domain.Cancelled {
				amount = domain.Money(o.placed) // whatever is left of it
			}
			c := want.Lines[o.line]
			want.Lines[o.line] = domain.DayCount{Orders: c.Orders + 1, Amount: c.Amount + amount}
			if o.state == domain.Cancelled && o.reorder {
				want.Reordered.Orders, want.Reordered.Amount = want.Reordered.Orders+1, want.Reordered.Amount+amount
			}
			if o.linked {
				want.Made.Orders, want.Made.Amount = want.Made.Orders+1, want.Made.Amount+amount
				continue
			}
			want.Here.Orders, want.Here.Amount = want.Here.Orders+1, want.Here.Amount+domain.Money(o.placed)
			want.Changed.Amount += amount - domain.Money(o.placed)
			if amount != domain.Money(o.placed) {
				want.Changed.Orders++
			}
		}
		d := w.deliveries(day)
		got := domain.DeliveryDay{Lines: d.Lines, Here: d.Here, Made: d.Made, Changed: d.Changed, Reordered: d.Reordered}
		if diff := cmp.Diff(want, got); diff != "" || !d.Proven() {
			rt.Fatalf("proven %v: %s", d.Proven(), diff)
		}
		open := want.Lines[domain.DayUnscheduled].Orders + want.Lines[domain.DayPast].Orders
		if n := d.Open(); n[domain.RowUnscheduled]+n[domain.RowPast] != open {
			rt.Fatalf("to handle %v, want %d", n, open)
		}
	})
}

// putDrawn writes the orders of a day in one statement.
func (w *deskWorld) putDrawn(day time.Time, orders []drawnOrder) {
	w.Helper()
	rows := []map[string]any{}
	for n, o := range orders {
		rows = append(rows, map[string]any{
			"no": fmt.Sprintf("%s-%c", day.Format("20060102"), 'a'+n), "state": o.state, "placed": o.placed, "now": o.now, "linked": o.linked,
			"history": o.history, "planned": o.planned, "held": o.held, "reorder": o.reorder && o.state == domain.Cancelled,
		})
	}
	raw, err := json.Marshal(rows)
	ok(w, err)
	w.exec(`WITH x AS (
		    SELECT * FROM jsonb_to_recordset($1) AS r (no text, state text, placed bigint, now bigint, linked boolean, history boolean, planned boolean,
		        held integer, reorder boolean)
		), o AS (
		    INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, link, history, judged, content)
		    SELECT no, 'S1', $2::date + time '05:00', $2::date, state, now, 1, CASE WHEN linked THEN 'supplement' END, history, true, '' FROM x RETURNING id, order_no
		), i AS (SELECT o.id, x.* FROM o JOIN x ON x.no = o.order_no), l AS (
		    INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount, cancelled)
		    SELECT id, 1, 'P3', 1000, 1000, placed, placed, state = 'cancelled' FROM i
		), p AS (
		    INSERT INTO cleardesk.delivery_plan (order_id, due) SELECT id, now() FROM i WHERE planned
		), c AS (
		    INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
		    SELECT 'S1', id, 'customer_service', 'amount_surge', '{}', 1, '[]', 1, '' FROM i WHERE held > 0 RETURNING id, order_id
		), a AS (
		    INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version, at_risk, hard, blocks)
		    SELECT c.id, 'amount_surge', i.id, (i.held = 1)::integer, '{}', 'r', 1, 1, 1, false, true FROM c JOIN i ON i.id = c.order_id RETURNING id, order_id
		), h AS (
		    INSERT INTO cleardesk.hold (order_id, line_no, anomaly_id, released_at, released_by)
		    SELECT i.id, (i.held = 1)::integer, a.id, CASE i.held WHEN 3 THEN now() END, CASE i.held WHEN 3 THEN 'x' END FROM a JOIN i ON i.id = a.order_id
		)
		INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, link, linked_to, judged, content)
		SELECT no || '-R1', 'S1', now(), '2020-01-01', 'accepted', 1, 1, 'reorder', id, true, '' FROM i WHERE reorder`, string(raw), day.Format(time.DateOnly))
}
