package db_test

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// Over weeks of whatever deliveries, cases, reversals and collections, signed or not in
// between: every week's columns are what its records say and what is behind each store,
// and all weeks together are all orders, all adjustments and all money taken.
func TestAllWeeksTogetherAreAllThereIs(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	first := settleWeek()
	signed, tries := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		day := func() int { return rapid.IntRange(0, 20).Draw(rt, "day") }
		for range rapid.IntRange(1, 3).Draw(rt, "orders") {
			at := settleDay(day())
			store := rapid.SampledFrom([]string{"S1", "S2", "S3"}).Draw(rt, "store")
			c := w.delivered(store, rapid.Int64Range(10_000, 90_000).Draw(rt, "total"), at)
			if rapid.Bool().Draw(rt, "paid") {
				w.collected(c, rapid.Int64Range(0, 90_000).Draw(rt, "taken"), settleDay(day()))
			}
			for range rapid.IntRange(0, 2).Draw(rt, "cases") {
				kind := rapid.SampledFrom([]domain.Kind{domain.ShortWeight, domain.Overweight, domain.Return}).Draw(rt, "kind")
				amount := rapid.Int64Range(1, 2_000).Draw(rt, "amount")
				if kind != domain.Overweight {
					amount = -amount
				}
				when := max(day(), 7*signed) // nobody writes into the past
				id := w.adjusted("lin", c, kind, amount, settleDay(when))
				if rapid.Bool().Draw(rt, "back") {
					w.reversed(id, settleDay(max(when, day())))
				}
			}
		}
		week := first.AddDate(0, 0, 7*signed)
		if signed < 2 && rapid.IntRange(0, 3).Draw(rt, "sign") == 0 {
			for _, s := range w.settlement("gao", week).ToLook() {
				what := rapid.SampledFrom([]domain.ReviewWhat{domain.ReviewSent, domain.ReviewAccepted}).Draw(rt, "review")
				if err := w.review("gao", week, s.Store, what, s.Diff(), "查"); err != nil {
					rt.Fatal(err)
				}
			}
			if err := w.stores["gao"].SignWeek(w.Context(), uuid.New(), week, w.settlement("gao", week).Seen()); err != nil {
				rt.Fatal(err)
			}
			signed++
			tries = 0 // at once
		}
		if tries%8 == 0 { // what is there grows, and all of it is read
			w.wantIdentity(rt, signed)
		}
		tries++
	})
	w.wantIdentity(t, signed)
}

// wantIdentity checks weeks of three from the first, and this one, to which late facts go.
func (w *deskWorld) wantIdentity(rt rapid.TB, signed int) {
	rt.Helper()
	var delivered, adjusted, collected domain.Money
	weeks := []int{0, 1, 2, 3, 4}
	for _, n := range weeks {
		week := settleWeek().AddDate(0, 0, 7*n)
		s := w.settlement("gao", week)
		t := s.Total()
		if !s.Proven() {
			rt.Fatalf("week %d, %d signed: records %+v, columns %+v", n, signed, s.Records, t)
		}
		for i := range s.Stores {
			x := &s.Stores[i]
			f, err := w.stores["gao"].StoreWeek(w.Context(), week, x.Store)
			if err != nil {
				rt.Fatal(err)
			}
			d, a, c, carried := f.Sums()
			if d != x.Delivered || a != x.Credits+x.Charges+x.Returns || c != x.Collected || carried != x.Carried {
				rt.Fatalf("week %d of %s: %+v, behind it %d %d %d %d", n, x.Store, *x, d, a, c, carried)
			}
		}
		delivered, adjusted, collected = delivered+t.Delivered, adjusted+t.Credits+t.Charges+t.Returns, collected+t.Collected
	}
	var want struct{ Delivered, Adjusted, Collected domain.Money }
	w.scan(&want, `SELECT (SELECT sum(total) FROM cleardesk.orders) AS delivered, coalesce((SELECT sum(amount) FROM cleardesk.adjustment), 0) AS adjusted,
		coalesce((SELECT sum((detail ->> 'amount')::bigint) FROM cleardesk.event WHERE what = 'collection'), 0) AS collected`)
	if delivered != want.Delivered || adjusted != want.Adjusted || collected != want.Collected {
		rt.Fatalf("%d signed: weeks say %d %d %d, all there is %+v", signed, delivered, adjusted, collected, want)
	}
}
