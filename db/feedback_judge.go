package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// quietKey names what an exemption is about: an empty product is the order's amount.
type quietKey struct {
	store   domain.StoreCode
	product domain.ProductCode
}

// quiet are the exemptions that may hold for what a batch has.
type quiet map[quietKey][]domain.Exemption

// readQuiet reads the exemptions that hold at any time in which the items came in, for
// their stores. They are read with every batch, and hold for what came in from their
// beginning on, so that a late judge judges as a punctual one.
func (f *facts) readQuiet(ctx context.Context, s *Store, items []item) error {
	f.quiet = nil
	stores := pq.StringArray{}
	seen := map[domain.StoreCode]bool{}
	first, last := items[0].at, items[0].at
	for i := range items {
		if code := items[i].order.Store; code != "" && !seen[code] {
			seen[code] = true
			stores = append(stores, string(code))
		}
		if at := items[i].at; at.Before(first) {
			first = at
		} else if at.After(last) {
			last = at
		}
	}
	var rows []struct {
		Store    domain.StoreCode
		Product  domain.ProductCode
		Quantity domain.Quantity
		Amount   domain.Money
		Ratio100 int64      `db:"ratio_100"`
		From     time.Time  `db:"from_at"`
		Until    time.Time  `db:"until_at"`
		EndedAt  *time.Time `db:"ended_at"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT x.store, coalesce(x.product, '') AS product, coalesce(x.quantity, 0) AS quantity, coalesce(x.amount, 0) AS amount,
		       x.ratio_100, x.from_at, x.until_at, e.at AS ended_at
		FROM cleardesk.exemption x LEFT JOIN cleardesk.exemption_end e ON e.exemption_id = x.id
		WHERE x.until_at > $1 AND x.from_at <= $2 AND x.store = ANY ($3) ORDER BY x.id`, first, last, stores)
	if err != nil {
		return fail(ctx, "read exemptions", err)
	}
	for _, r := range rows {
		if f.quiet == nil {
			f.quiet = quiet{}
		}
		k := quietKey{r.Store, r.Product}
		f.quiet[k] = append(f.quiet[k], domain.Exemption{
			Store: r.Store, Product: r.Product, Quantity: r.Quantity, Amount: r.Amount, Ratio100: r.Ratio100,
			From: r.From, Until: r.Until, EndedAt: r.EndedAt,
		})
	}
	return nil
}

// of gives what holds for an order that came in at a time: by line number, 0 for its
// amount.
func (q quiet) of(o *domain.Order, at time.Time) map[int]domain.Exemption {
	if len(q) == 0 {
		return nil
	}
	out := map[int]domain.Exemption{}
	add := func(line int, product domain.ProductCode) {
		for _, x := range q[quietKey{o.Store, product}] {
			if have, ok := out[line]; x.HoldsAt(at) && (!ok || x.Wider(have)) {
				out[line] = x
			}
		}
	}
	add(0, "")
	for i := range o.Lines {
		add(o.Lines[i].No, o.Lines[i].Product)
	}
	return out
}
