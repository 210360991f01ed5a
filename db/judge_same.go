package db

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

	"github.com/lib/pq"
)

// alike is an earlier order of the same store and day that has enough in common with one
// at hand to be looked at.
type alike struct {
	of    domain.OrderID // the order at hand
	other domain.OrderID
	same  detect.SameDay
}

// readSame finds the earlier orders of their day that new orders may repeat. What this
// session has judged and the batch itself are known; those of the days that began before
// are read, and so are those that were changed since they were judged.
func (j *Judge) readSame(ctx context.Context, items []item) error {
	j.facts.same = map[domain.OrderID][]detect.SameDay{}
	batch := map[domain.StoreCode][]*item{}
	var remembered []alike
	var ask pq.Int64Array // orders whose day is not known as a whole
	for i := range items {
		it, o := &items[i], &items[i].order
		if it.what != newOrder {
			continue
		}
		it.prints = j.known.printsOf(o)
		if !o.History && o.Link == domain.NotLinked && o.State == domain.Placed {
			for _, other := range batch[o.Store] {
				if other.order.BusinessDay.Equal(o.BusinessDay) && it.prints.like(other.prints) {
					j.facts.addSame(o, other.order.No, other.order.PlacedAt, other.order.Lines)
				}
			}
			if j.known.knowsDay(o) {
				remembered = j.known.alikes(it, remembered)
			} else {
				ask = append(ask, int64(o.ID))
			}
		}
		if o.State != domain.Cancelled && o.State != domain.Refused {
			batch[o.Store] = append(batch[o.Store], it)
		}
	}
	if err := j.addRemembered(ctx, items, remembered); err != nil {
		return err
	}
	return j.facts.addRead(ctx, j.store, items, batch, ask)
}

// addSame notes an earlier order of the day with what the two have in common.
func (f *facts) addSame(o *domain.Order, no domain.OrderNo, placed time.Time, lines []domain.Line) {
	standing := 0
	for i := range lines {
		if !lines[i].Cancelled {
			standing++
		}
	}
	if n := detect.SameLines(o.Lines, lines); n > 0 {
		f.same[o.ID] = append(f.same[o.ID], detect.SameDay{No: no, PlacedAt: placed, Lines: standing, SameLines: n})
	}
}

// prints are one number for each line of an order that stands, of its product and
// quantity, sorted: what two orders have in common is told by them quickly.
type prints []uint64

func (k *known) printsOf(o *domain.Order) prints {
	out := make(prints, 0, len(o.Lines))
	for i := range o.Lines {
		if l := &o.Lines[i]; !l.Cancelled {
			// Odd, so that no two quantities of a product are one number.
			out = append(out, maphash.String(k.seed, string(l.Product))+uint64(l.Quantity)*0x9e3779b97f4a7c15)
		}
	}
	slices.Sort(out)
	return out
}

// like tells whether half of the longer order's lines are in both: no rule takes one for
// the other that has less.
func (p prints) like(q prints) bool {
	longer, n := max(len(p), len(q)), 0
	if 2*min(len(p), len(q)) < longer {
		return false
	}
	for i, k := 0, 0; i < len(p) && k < len(q); {
		switch {
		case p[i] == q[k]:
			n, i, k = n+1, i+1, k+1
		case p[i] < q[k]:
			i++
		default:
			k++
		}
	}
	return n > 0 && 2*n >= longer
}

// addRemembered notes those remembered that stand as they were judged, and reads the others.
func (j *Judge) addRemembered(ctx context.Context, items []item, found []alike) error {
	if len(found) == 0 {
		return nil
	}
	var ask []*knownOrder
	orders := map[domain.OrderID]*domain.Order{}
	for i := range items {
		orders[items[i].order.ID] = &items[i].order
	}
	seen := map[domain.OrderID]*knownOrder{}
	for _, a := range found {
		if seen[a.other] == nil {
			seen[a.other] = j.known.find(orders[a.of].Store, a.other)
			ask = append(ask, seen[a.other])
		}
	}
	moved, _, err := j.known.stands(ctx, j.store, ask)
	if err != nil {
		return err
	}
	var changed pq.Int64Array
	for _, o := range ask {
		if o.version == 0 || moved[o.id] {
			moved[o.id] = true
			changed = append(changed, int64(o.id))
		}
	}
	now, err := j.store.sameDayOrders(ctx, `SELECT id, id AS of FROM cleardesk.orders WHERE id = ANY ($1)`, changed)
	if err != nil {
		return err
	}
	for _, a := range found {
		o := orders[a.of]
		if !moved[a.other] {
			j.facts.same[o.ID] = append(j.facts.same[o.ID], a.same)
			continue
		}
		for i := range now {
			if now[i].ID == a.other {
				j.facts.addSame(o, now[i].No, now[i].PlacedAt, now[i].Lines)
			}
		}
	}
	return nil
}

// addRead reads the earlier orders of the days that are not known as a whole.
func (f *facts) addRead(ctx context.Context, s *Store, items []item, batch map[domain.StoreCode][]*item, ask pq.Int64Array) error {
	rows, err := s.sameDayOrders(ctx, `
		SELECT x.id, t.id AS of
		FROM unnest($1::bigint[]) q (id) JOIN cleardesk.orders t ON t.id = q.id
		CROSS JOIN LATERAL (
		    SELECT e.id FROM cleardesk.orders e
		    WHERE e.store = t.store AND e.placed_at BETWEEN t.placed_at - interval '2 days' AND t.placed_at + interval '2 days'
		      AND e.business_day = t.business_day AND e.id < t.id
		    ORDER BY e.placed_at DESC, e.id DESC LIMIT 50) x`, ask)
	if err != nil || len(rows) == 0 {
		return err
	}
	orders, here := map[domain.OrderID]*domain.Order{}, map[domain.OrderID]bool{}
	for i := range items {
		orders[items[i].order.ID] = &items[i].order
	}
	for _, all := range batch {
		for _, it := range all {
			here[it.order.ID] = true
		}
	}
	for i := range rows {
		if r := &rows[i]; !here[r.ID] {
			f.addSame(orders[r.of], r.No, r.PlacedAt, r.Lines)
		}
	}
	return nil
}

// sameDay is an order that was read beside one at hand.
type sameDay struct {
	domain.Order

	of domain.OrderID
}

// sameDayOrders reads the orders a query names that stand, each beside the order at hand,
// in the order they came in.
func (s *Store) sameDayOrders(ctx context.Context, which string, ids pq.Int64Array) ([]sameDay, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []struct {
		ID       domain.OrderID
		Of       domain.OrderID
		No       domain.OrderNo `db:"order_no"`
		PlacedAt time.Time      `db:"placed_at"`
		Lines    string
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT w.id, w.of, o.order_no, o.placed_at, (
		    SELECT string_agg(concat_ws(E'\t', l.line_no, l.product, l.quantity, l.price, l.cancelled::int), E'\n' ORDER BY l.line_no)
		    FROM cleardesk.order_line l WHERE l.order_id = w.id) AS lines
		FROM (`+which+`) w JOIN cleardesk.orders o ON o.id = w.id
		WHERE o.state NOT IN ('cancelled', 'refused') ORDER BY w.of, w.id`, ids)
	var out []sameDay
	for _, r := range rows {
		o := sameDay{of: r.Of, Order: domain.Order{ID: r.ID, No: r.No, PlacedAt: r.PlacedAt}}
		for row := range strings.SplitSeq(r.Lines, "\n") {
			l, _, ok := readLine(row)
			if !ok {
				return nil, domain.Errorf(domain.Internal, "read orders of the day", "the lines of order %s cannot be read", r.No)
			}
			o.Lines = append(o.Lines, l)
		}
		out = append(out, o)
	}
	return out, fail(ctx, "read orders of the day", err)
}

// knowsDay tells whether all orders of the store and day that came before o are known.
func (k *known) knowsDay(o *domain.Order) bool {
	at := k.stores[o.Store]
	// An order is placed within a day and a half of its business day's midnight in UTC,
	// whatever the platform's zone.
	return at.whole || at.floor.Before(o.BusinessDay.Add(-14*time.Hour))
}

// alikes adds the known orders of the same store and day that are like the new one.
func (k *known) alikes(it *item, found []alike) []alike {
	o := &it.order
	at := k.stores[o.Store]
	var lines map[knownLine]int
	for i := len(at.orders) - 1; i >= 0; i-- {
		e := &at.orders[i]
		if e.day.Before(o.BusinessDay) {
			break
		}
		if e.id >= o.ID || !e.day.Equal(o.BusinessDay) {
			continue
		}
		if e.version == 0 { // it was changed since: what it has is read
			found = append(found, alike{of: o.ID, other: e.id})
			continue
		}
		if !it.prints.like(e.prints) {
			continue
		}
		if lines == nil {
			lines = k.linesOf(o)
		}
		if n := sharedLines(lines, e.lines); n > 0 {
			found = append(found, alike{
				of: o.ID, other: e.id, same: detect.SameDay{No: e.no, PlacedAt: e.placed, Lines: len(e.lines), SameLines: n},
			})
		}
	}
	return found
}

// linesOf counts the lines of an order by product and quantity.
func (k *known) linesOf(o *domain.Order) map[knownLine]int {
	out := make(map[knownLine]int, len(o.Lines))
	for i := range o.Lines {
		l := &o.Lines[i]
		if p, met := k.products[l.Product]; met && !l.Cancelled {
			out[knownLine{product: p, quantity: l.Quantity}]++
		}
	}
	return out
}

// sharedLines counts the lines that are among those counted, each once.
func sharedLines(counted map[knownLine]int, lines []knownLine) int {
	n := 0
	for i, l := range lines {
		have := counted[knownLine{product: l.product, quantity: l.quantity}]
		if have == 0 {
			continue
		}
		before := 0
		for _, e := range lines[:i] {
			if e.product == l.product && e.quantity == l.quantity {
				before++
			}
		}
		if have > before {
			n++
		}
	}
	return n
}

// find gives a known order, nil where it is not known any more.
func (k *known) find(store domain.StoreCode, id domain.OrderID) *knownOrder {
	orders := k.stores[store].orders
	for i := range orders {
		if orders[i].id == id {
			return &orders[i]
		}
	}
	return nil
}
