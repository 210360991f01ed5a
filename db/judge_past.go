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

// finish completes the evidence of the batch's flags with the stores' last orders.
// Flags on what the store never ordered before have none.
func (j *Judge) finish(ctx context.Context, b *batch) error {
	var orders pq.Int64Array
	var products pq.StringArray
	type wanted struct {
		flag *detect.Flag
		at   int
	}
	var flags []wanted
	for i := range b.flagged {
		f := &b.flagged[i]
		for k := range f.flags {
			flag := &f.flags[k]
			if flag.Evidence.Earlier == 0 && flag.Kind != domain.ZeroStock {
				continue
			}
			orders = append(orders, int64(f.order.ID))
			products = append(products, string(flag.Evidence.Product))
			flags = append(flags, wanted{flag, f.at})
		}
	}
	if len(flags) == 0 {
		return nil
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
