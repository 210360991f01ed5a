package db

import (
	"context"
	"hash/maphash"
	"slices"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

const (
	// pastOrders is how many earlier orders of a store are looked through: judge_past
	// has the same number.
	pastOrders = 200
	// knownLines bounds the memory of what is known; past it everything is forgotten.
	knownLines = 2_000_000
)

// known remembers the last orders of the stores, as far as this session has judged
// them: reading them back takes longer than judging. What it cannot tell for certain
// is left to the database.
type known struct {
	stores   map[domain.StoreCode]*knownStore
	products map[domain.ProductCode]uint32
	touched  map[*knownStore]bool // since the last trim
	lines    int
	seed     maphash.Seed // of prints
}

// knownStore is what is known of a store: all its orders, or all placed after floor.
type knownStore struct {
	whole  bool
	floor  time.Time
	orders []knownOrder // by time and number
}

type knownOrder struct {
	id      domain.OrderID
	no      domain.OrderNo
	placed  time.Time
	day     time.Time
	version int64 // once its batch is written; 0 when it was changed since
	total   domain.Money
	blocked bool // it was held, as a whole or in some line
	lines   []knownLine
	prints  prints
}

type knownLine struct {
	product  uint32
	no       int32
	quantity domain.Quantity
}

func newKnown() *known {
	return &known{
		stores: map[domain.StoreCode]*knownStore{}, products: map[domain.ProductCode]uint32{},
		touched: map[*knownStore]bool{}, seed: maphash.MakeSeed(),
	}
}

// meet asks for the newest order before the new ones at hand, of stores that are not
// known. Other items are of orders that came earlier: they tell nothing of it.
func (k *known) meet(ctx context.Context, s *Store, items []item) error {
	if k.lines > knownLines {
		*k = *newKnown()
	}
	var codes pq.StringArray
	var first pq.Int64Array
	for i := range items {
		o := &items[i].order
		if items[i].what == newOrder && k.stores[o.Store] == nil {
			k.stores[o.Store] = &knownStore{whole: true}
			codes, first = append(codes, string(o.Store)), append(first, int64(o.ID))
		}
	}
	if len(codes) == 0 {
		return nil
	}
	var rows []struct {
		Store  domain.StoreCode
		Placed time.Time `db:"placed_at"`
	}
	err := s.db.SelectContext(ctx, &rows, `SELECT store, placed_at FROM cleardesk.judge_newest($1, $2)`, codes, first)
	for _, r := range rows {
		at := k.stores[r.Store]
		at.whole, at.floor = false, r.Placed
	}
	return fail(ctx, "read past orders", err)
}

// judged notes an order that was judged for the first time.
func (k *known) judged(it *item, blocked bool) {
	o := &it.order
	if o.State == domain.Cancelled || o.State == domain.Refused {
		return
	}
	at := k.stores[o.Store]
	order := knownOrder{
		id: o.ID, no: o.No, placed: o.PlacedAt, day: o.BusinessDay, version: o.Version + 1, total: o.Total, blocked: blocked,
		lines: make([]knownLine, 0, len(o.Lines)), prints: it.prints,
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		if l.Cancelled {
			continue
		}
		p, met := k.products[l.Product]
		if !met {
			p = uint32(len(k.products))
			k.products[l.Product] = p
		}
		order.lines = append(order.lines, knownLine{product: p, no: int32(l.No), quantity: l.Quantity})
	}
	place := len(at.orders)
	for place > 0 && order.before(&at.orders[place-1]) {
		place--
	}
	at.orders = slices.Insert(at.orders, place, order)
	k.touched[at] = true
	k.lines += len(order.lines)
}

func (o *knownOrder) before(other *knownOrder) bool {
	if c := o.placed.Compare(other.placed); c != 0 {
		return c < 0
	}
	return o.id < other.id
}

// blocked notes that an order is held since it was judged.
func (k *known) blocked(o *domain.Order) {
	if k.stores[o.Store] == nil {
		return
	}
	if e := k.find(o.Store, o.ID); e != nil {
		e.blocked = true
	}
}

// changed notes that an order is not as it was judged first.
func (k *known) changed(o *domain.Order) {
	at := k.stores[o.Store]
	if at == nil {
		return
	}
	orders := at.orders
	for i := range orders {
		if orders[i].id == o.ID {
			orders[i].version = 0
		}
	}
}

// trim forgets what no later order can want, as far as they come in time's order.
func (k *known) trim() {
	for at := range k.touched {
		if over := len(at.orders) - pastOrders; over > pastOrders {
			for i := range over {
				k.lines -= len(at.orders[i].lines)
			}
			at.whole, at.floor = false, at.orders[over-1].placed
			at.orders = slices.Delete(at.orders, 0, over)
		}
	}
	clear(k.touched)
}

// knownPast is one row of the past and the order it is of.
type knownPast struct {
	pastRow
	of *knownOrder
}

// past gives what judge_past would, if that is known: what the store ordered before
// the order, of a product, or in all for "".
func (k *known) past(o *domain.Order, product domain.ProductCode) ([]knownPast, bool) {
	at := k.stores[o.Store]
	if at == nil {
		return nil, false
	}
	wanted, met := k.products[product]
	var out []knownPast
	seen := 0
	for i := len(at.orders) - 1; i >= 0; i-- {
		e := &at.orders[i]
		if e.placed.After(o.PlacedAt) || e.id >= o.ID {
			continue
		}
		if !at.whole && !e.placed.After(at.floor) {
			return nil, false
		}
		row := pastRow{Order: e.id, Day: e.day, Placed: e.placed, Amount: e.total}
		if product == "" {
			out = append(out, knownPast{row, e})
		}
		for n := len(e.lines) - 1; n >= 0 && met && product != ""; n-- {
			if l := &e.lines[n]; l.product == wanted && len(out) < pastRead {
				row.Line, row.Qty = int(l.no), l.quantity
				out = append(out, knownPast{row, e})
			}
		}
		if seen++; len(out) == pastRead || seen == pastOrders {
			return out, true
		}
	}
	return out, at.whole
}

// stands asks which of the orders that were written are not as they were any more,
// and which places of those that were held are held still.
func (k *known) stands(ctx context.Context, s *Store, orders []*knownOrder) (moved map[domain.OrderID]bool, held map[place]bool, err error) {
	ids, versions, blocked := pq.Int64Array{}, pq.Int64Array{}, pq.BoolArray{}
	for _, o := range orders {
		ids, versions, blocked = append(ids, int64(o.id)), append(versions, o.version), append(blocked, o.blocked)
	}
	var rows []struct {
		Order domain.OrderID `db:"order_id"`
		Line  *int           `db:"line_no"`
	}
	if len(ids) > 0 {
		err = s.db.SelectContext(ctx, &rows, `SELECT order_id, line_no FROM cleardesk.judge_moved($1, $2, $3)`, ids, versions, blocked)
	}
	moved, held = map[domain.OrderID]bool{}, map[place]bool{}
	for _, r := range rows {
		if r.Line == nil {
			moved[r.Order] = true
		} else {
			held[place{r.Order, *r.Line}] = true
		}
	}
	return moved, held, fail(ctx, "read past orders", err)
}
