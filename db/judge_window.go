package db

import (
	"context"
	"maps"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

	"github.com/lib/pq"
)

// window is what a day's close, or the time before it, is judged by.
type window struct {
	days  []detect.HabitInput // by store
	gaps  []gapRow
	early map[domain.StoreCode][]domain.OrderNo // orders since the last close that came before the window opened
}

// gapRow is a gap of the day that was raised before.
type gapRow struct {
	ID       int64
	Store    domain.StoreCode
	Foreseen bool
	Outcome  *domain.Outcome
	Products pq.StringArray
}

// products lists what the habits are of.
func (w *window) products() []domain.ProductCode {
	var out []domain.ProductCode
	for i := range w.days {
		for _, h := range w.days[i].Habits {
			out = append(out, h.Product)
		}
	}
	return out
}

// readWindow reads what the first window among the items is judged by: the batch ends
// with it.
func (f *facts) readWindow(ctx context.Context, s *Store, items []item) error {
	f.window = window{}
	at := slices.IndexFunc(items, func(it item) bool { return it.what == windowClose || it.what == foreseeGaps })
	if at < 0 {
		return nil
	}
	it, r := &items[at], f.at(items[at].at)
	var err error
	if f.window.days, err = s.storeDays(ctx, it.day, nil, r.settings); err != nil {
		return err
	}
	if err = s.db.SelectContext(ctx, &f.window.gaps, `SELECT id, store, foreseen, outcome, products FROM cleardesk.judge_gaps($1)`, it.day); err != nil {
		return fail(ctx, "read gaps", err)
	}
	if it.what == windowClose {
		f.window.early, err = s.outsideWindow(ctx, it.day, r.calendar)
	}
	return err
}

// outsideWindow reads the orders of stores that came since the last close and before the
// window opened; those the desk made are none.
func (s *Store) outsideWindow(ctx context.Context, day time.Time, c domain.Calendar) (map[domain.StoreCode][]domain.OrderNo, error) {
	y, m, d := day.Date()
	noon := time.Date(y, m, d, 12, 0, 0, 0, c.Zone)
	var rows []struct {
		Store domain.StoreCode
		No    domain.OrderNo `db:"order_no"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT store, order_no FROM cleardesk.orders
		WHERE business_day BETWEEN $1::date - 1 AND $1 AND NOT history AND link IS NULL AND state NOT IN ('cancelled', 'refused')
		  AND placed_at >= $2 AND placed_at < $3 ORDER BY placed_at, id`,
		day, c.Closes.On(noon.AddDate(0, 0, -1), c.Zone), c.Opens.On(noon, c.Zone))
	out := map[domain.StoreCode][]domain.OrderNo{}
	for _, r := range rows {
		out[r.Store] = append(out[r.Store], r.No)
	}
	return out, fail(ctx, "read orders outside the window", err)
}

// judgeWindow finds what stores lack of what they usually order, one row a store. What was
// foreseen before the close lapses where the store has ordered since, and is confirmed at
// it otherwise; what somebody has asked the store about is not raised again.
func (j *Judge) judgeWindow(b *batch, it *item, r *rules) {
	w := &j.facts.window
	days := slices.Clone(w.days)
	for _, code := range slices.Sorted(maps.Keys(w.early)) {
		if !slices.ContainsFunc(days, func(d detect.HabitInput) bool { return d.Store.Code == code }) {
			days = append(days, detect.HabitInput{
				Store: domain.Store{Code: code}, Day: it.day, Settings: r.settings, Calendar: r.calendar,
			})
		}
	}
	before := w.sort(it.what == windowClose)
	for _, in := range days {
		code := in.Store.Code
		in.Foreseen, in.Late = it.what == foreseeGaps, w.early[code]
		in.Habits = slices.DeleteFunc(slices.Clone(in.Habits), func(h detect.Habit) bool { return before.asked[code][h.Product] })
		priced(&in, j.facts.products)
		if f := detect.Replenishment(in); f != nil && !before.stands[code] {
			at := *it
			at.order.Store = code
			j.raise(b, &at, before.foreseen[code], []detect.Flag{*f})
			delete(before.foreseen, code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(before.foreseen)) {
		b.told = append(b.told, toldRecord{Ends: before.foreseen[code]})
	}
}

// gapsBefore are the gaps of the day that were raised before, by store.
type gapsBefore struct {
	foreseen map[domain.StoreCode][]int64                     // open, and the close decides on them
	stands   map[domain.StoreCode]bool                        // open otherwise: nothing is added
	asked    map[domain.StoreCode]map[domain.ProductCode]bool // what somebody has ended
}

func (w *window) sort(closes bool) gapsBefore {
	out := gapsBefore{
		foreseen: map[domain.StoreCode][]int64{}, stands: map[domain.StoreCode]bool{},
		asked: map[domain.StoreCode]map[domain.ProductCode]bool{},
	}
	for _, g := range w.gaps {
		switch {
		case g.Outcome == nil && g.Foreseen && closes:
			out.foreseen[g.Store] = append(out.foreseen[g.Store], g.ID)
		case g.Outcome == nil:
			out.stands[g.Store] = true
		case *g.Outcome != domain.Lapsed:
			if out.asked[g.Store] == nil {
				out.asked[g.Store] = map[domain.ProductCode]bool{}
			}
			for _, p := range g.Products {
				out.asked[g.Store][domain.ProductCode(p)] = true
			}
		}
	}
	return out
}
