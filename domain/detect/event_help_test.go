package detect

import (
	"testing"
	"time"

	"cleardesk/domain"
)

// clock gives a time of the day the tests are about, Monday 2026-11-23 in Shanghai.
func clock(tb testing.TB, s string) time.Time {
	tb.Helper()
	return on(tb, "2026-11-23 "+s)
}

// on gives a time in Shanghai.
func on(tb testing.TB, s string) time.Time {
	tb.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", s, domain.Settings{}.Calendar().Zone)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// eventInput is an event about an order of four lines: pork by weight, eggs, milk that was
// cancelled, and a second line of eggs.
func eventInput(tb testing.TB, what domain.EventKind, lines ...domain.EventLine) EventInput {
	tb.Helper()
	o := domain.Order{
		ID: 7, No: "1122-0377", Store: "S008", PlacedAt: on(tb, "2026-11-22 13:05"), State: domain.Received,
		Lines: []domain.Line{
			{No: 1, Product: "pork", Quantity: 20_000, Price: 2790},
			{No: 2, Product: "eggs", Quantity: domain.Units(12), Price: 2400},
			{No: 3, Product: "milk", Quantity: domain.Units(48), Price: 1200, Cancelled: true},
			{No: 4, Product: "eggs", Quantity: domain.Units(6), Price: 2400},
		},
	}
	for i := range o.Lines {
		o.Lines[i].Amount = domain.Amount(o.Lines[i].Quantity, o.Lines[i].Price)
	}
	return EventInput{
		Event: domain.Event{
			ID: 31, What: what, Key: "k1", Store: o.Store, OrderID: o.ID, OrderNo: o.No, At: clock(tb, "13:31"),
			By: "zhao", Text: "as the store says", Caller: "Xu Nuo", Slip: "GB-0712", Lines: lines,
		},
		Order: &o,
		Products: map[domain.ProductCode]domain.Product{
			"pork": {Code: "pork", Category: "fresh", Weighed: true, Price: 2990, ToleranceRate: 10, ToleranceAbs: 100},
			"eggs": {Code: "eggs", Price: 2400},
			"milk": {Code: "milk", Price: 1200},
			"rice": {Code: "rice", Price: 500},
		},
		Settings: domain.Settings{}, Calendar: domain.Settings{}.Calendar(),
	}
}

// begun is the evidence every event of eventInput begins with.
func (in *EventInput) begun(rule string) domain.Evidence {
	return domain.Evidence{
		Event: 31, Text: "as the store says", Caller: "Xu Nuo", Slip: "GB-0712", By: "zhao", Rule: rule, RuleVersion: 1,
	}
}

// saying tells moments as "kind month-day hour:minute" in Shanghai.
func saying(moments []domain.Moment) []string {
	var out []string
	for _, m := range moments {
		out = append(out, string(m.What)+" "+m.At.In(domain.Settings{}.Calendar().Zone).Format("01-02 15:04"))
	}
	return out
}
