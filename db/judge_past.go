package db

import (
	"cmp"
	"context"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

	"github.com/lib/pq"
)

const (
	// pastShown is how many earlier orders the evidence speaks of.
	pastShown = 26
	// pastRead is how many are looked at, since those that are held do not count.
	pastRead = 40
)

// place names a line, or an order by line 0.
type place struct {
	order domain.OrderID
	line  int
}

// holdings tell which places the batch at hand holds, and from which verdict on. The
// database knows it only once the batch is written, and the evidence must not depend
// on where one batch ends and the next begins.
type holdings map[place]int

// pastRow is one earlier order as judge_past tells of it.
type pastRow struct {
	N      int
	Order  domain.OrderID  `db:"order_id"`
	Line   int             `db:"line_no"`
	Day    time.Time       `db:"business_day"`
	Qty    domain.Quantity `db:"quantity"`
	Amount domain.Money
	Held   bool
	Placed time.Time `db:"placed_at"`
}

// wanted is a flag whose evidence tells of the past, on verdict number at.
type wanted struct {
	flag  *detect.Flag
	order *domain.Order
	at    int
	known []knownPast
}

// finish completes the evidence of the batch's flags with the stores' last orders.
// Flags on what the store never ordered before have none.
func (j *Judge) finish(ctx context.Context, b *batch) error {
	defer j.known.trim()
	var known, unknown []wanted
	for i := range b.flagged {
		f := &b.flagged[i]
		for k := range f.flags {
			w := wanted{flag: &f.flags[k], order: f.order, at: f.at}
			if w.flag.Evidence.Earlier == 0 && !w.flag.Kind.ShowsPast() {
				continue
			}
			var certain bool
			if w.known, certain = j.known.past(f.order, w.flag.Evidence.Product); certain {
				known = append(known, w)
			} else {
				unknown = append(unknown, w)
			}
		}
	}
	moved, err := j.finishKnown(ctx, b, known)
	if err != nil {
		return err
	}
	return j.finishRead(ctx, b, append(unknown, moved...))
}

// finishKnown completes what the session knows the past of. It gives back those whose
// past was changed by others.
func (j *Judge) finishKnown(ctx context.Context, b *batch, flags []wanted) (changed []wanted, err error) {
	asked := map[domain.OrderID]bool{}
	var ask []*knownOrder
	for _, w := range flags {
		for i := range w.known {
			if o := w.known[i].of; !b.seen[o.id] && !asked[o.id] {
				asked[o.id] = true
				ask = append(ask, o)
			}
		}
	}
	moved, held, err := j.known.stands(ctx, j.store, ask)
	if err != nil {
		return nil, err
	}
	for _, w := range flags {
		if slices.ContainsFunc(w.known, func(p knownPast) bool { return p.of.version == 0 || moved[p.Order] }) {
			changed = append(changed, w)
			continue
		}
		rows := make([]pastRow, len(w.known))
		for i, p := range w.known {
			rows[i] = p.pastRow
			rows[i].Held = held[place{p.Order, p.Line}]
		}
		detect.Finish(w.flag, b.holdings.stood(rows, w.at))
	}
	return changed, nil
}

// finishRead completes the flags with what the database tells of the past.
func (j *Judge) finishRead(ctx context.Context, b *batch, flags []wanted) error {
	if len(flags) == 0 {
		return nil
	}
	var orders pq.Int64Array
	var products pq.StringArray
	for _, w := range flags {
		orders = append(orders, int64(w.order.ID))
		products = append(products, string(w.flag.Evidence.Product))
	}
	var rows []pastRow
	err := j.store.db.SelectContext(ctx, &rows, `
		SELECT n, order_id, line_no, business_day, quantity, amount, held, placed_at FROM cleardesk.judge_past($1, $2, $3)`,
		orders, products, pastRead)
	if err != nil {
		return fail(ctx, "read past orders", err)
	}
	past := make([][]pastRow, len(flags))
	for _, r := range rows {
		past[r.N-1] = append(past[r.N-1], r)
	}
	for i, w := range flags {
		detect.Finish(w.flag, b.holdings.stood(past[i], w.at))
	}
	return nil
}

// stood gives those that no hold was on when verdict number at was given, oldest
// first; of more than are shown the newest.
func (h holdings) stood(rows []pastRow, at int) []detect.Past {
	slices.SortFunc(rows, func(a, b pastRow) int {
		return cmp.Or(b.Placed.Compare(a.Placed), cmp.Compare(b.Order, a.Order), cmp.Compare(b.Line, a.Line))
	})
	var out []detect.Past
	for _, r := range rows {
		since, here := h[place{r.Order, r.Line}]
		if r.Held || here && since < at || len(out) == pastShown {
			continue
		}
		out = append(out, detect.Past{Day: r.Day, Quantity: r.Qty, Amount: r.Amount})
	}
	slices.Reverse(out)
	return out
}
