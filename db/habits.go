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

// storeDays reads how stores usually order on such a day and what they ordered on it, by
// store: what a replenishment gap is found by (§3.1.8). Of the named stores those that
// ordered, and for nil all there are: who usually orders and has not lacks everything.
func (s *Store) storeDays(ctx context.Context, day time.Time, stores []string, settings domain.Settings) ([]detect.HabitInput, error) {
	out, err := s.dayOrders(ctx, day, stores)
	if err == nil && stores == nil {
		out, err = s.addSilent(ctx, day, out)
	}
	if err != nil || len(out) == 0 {
		return nil, err
	}
	at := make(map[domain.StoreCode]int, len(out))
	codes := make(pq.StringArray, len(out))
	for i := range out {
		out[i].Settings, out[i].Calendar = settings, settings.Calendar()
		at[out[i].Store.Code], codes[i] = i, string(out[i].Store.Code)
	}
	var rows []struct {
		Store   domain.StoreCode
		Product domain.ProductCode
		Times   int
		Chances int
		Median  domain.Quantity
	}
	err = s.db.SelectContext(ctx, &rows, `SELECT store, product, times, chances, median FROM cleardesk.store_habits($1, $2, $3, $4)`,
		codes, day, settings.Int("gap.chances"), settings.Int("gap.share"))
	if err != nil {
		return nil, fail(ctx, "read habits", err)
	}
	for _, r := range rows {
		in := &out[at[r.Store]]
		in.Habits = append(in.Habits, detect.Habit{Product: r.Product, Times: r.Times, Of: r.Chances, Median: r.Median})
	}
	return out, nil
}

// addSilent adds the stores that have not ordered on the day.
func (s *Store) addSilent(ctx context.Context, day time.Time, ordered []detect.HabitInput) ([]detect.HabitInput, error) {
	codes := make(pq.StringArray, len(ordered))
	for i := range ordered {
		codes[i] = string(ordered[i].Store.Code)
	}
	var silent []domain.StoreCode
	if err := s.db.SelectContext(ctx, &silent, `SELECT code FROM cleardesk.store WHERE code <> ALL ($1) ORDER BY code`, codes); err != nil {
		return nil, fail(ctx, "read stores", err)
	}
	for _, code := range silent {
		ordered = append(ordered, detect.HabitInput{Store: domain.Store{Code: code}, Day: day, Ordered: map[domain.ProductCode]bool{}})
	}
	slices.SortFunc(ordered, func(a, b detect.HabitInput) int { return cmp.Compare(a.Store.Code, b.Store.Code) })
	return ordered, nil
}

// dayOrders reads which stores ordered on a day, how often, and what: held lines and those
// a person took out included.
func (s *Store) dayOrders(ctx context.Context, day time.Time, stores []string) ([]detect.HabitInput, error) {
	var rows []struct {
		Store    domain.StoreCode
		Orders   int
		Products pq.StringArray
	}
	where, args := ``, []any{day}
	if stores != nil {
		where, args = ` AND o.store = ANY ($2) AND o.placed_at > $1::date - interval '2 days'`, append(args, pq.StringArray(stores))
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT o.store, count(DISTINCT o.id) AS orders, array_agg(DISTINCT l.product::text) AS products
		FROM cleardesk.orders o JOIN cleardesk.order_line l ON l.order_id = o.id
		WHERE o.business_day = $1 AND NOT o.history AND o.state NOT IN ('cancelled', 'refused')`+where+`
		GROUP BY o.store ORDER BY o.store`, args...)
	out := make([]detect.HabitInput, len(rows))
	for i, r := range rows {
		out[i] = detect.HabitInput{
			Store: domain.Store{Code: r.Store}, Day: day, Orders: r.Orders, Ordered: make(map[domain.ProductCode]bool, len(r.Products)),
		}
		for _, p := range r.Products {
			out[i].Ordered[domain.ProductCode(p)] = true
		}
	}
	return out, fail(ctx, "read orders of the day", err)
}

// priced fills in what the habits' products cost now and whether they can be had: a gap is
// of what is for sale and in stock.
func priced(in *detect.HabitInput, products map[domain.ProductCode]domain.Product) {
	for i := range in.Habits {
		in.Habits[i].Price = products[in.Habits[i].Product].Price
	}
	in.Orderable = func(code domain.ProductCode) bool {
		p := products[code]
		free, known := p.Available()
		return p.Status == domain.ProductNormal && (!known || free > 0)
	}
}
