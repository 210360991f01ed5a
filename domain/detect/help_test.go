package detect

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"
)

var firstDay = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

// item is one line as tests write it: a product, units, yuan a unit.
type item struct {
	product domain.ProductCode
	units   int64
	yuan    int64
}

func orderOf(store domain.StoreCode, day int, items ...item) domain.Order {
	at := firstDay.AddDate(0, 0, day)
	o := domain.Order{No: domain.OrderNo(fmt.Sprintf("%s-%d", store, day)), Store: store, PlacedAt: at, BusinessDay: at}
	for i, it := range items {
		q, price := domain.Units(it.units), domain.Money(it.yuan)*domain.Yuan
		o.Lines = append(o.Lines, domain.Line{
			No: i + 1, Product: it.product, Quantity: q, Original: q, Price: price, Amount: domain.Amount(q, price),
		})
	}
	o.Total = domain.TotalOf(o.Lines)
	return o
}

// milk and its companions are what the taught stores order every day.
func usualItems(day int) []item {
	return []item{
		{"milk", []int64{24, 36, 48, 36, 60, 36}[day%6], 12},
		{"eggs", []int64{6, 8, 6, 10}[day%4], 30},
		{"rice", []int64{10, 10, 15}[day%3], 25},
		{"salt", []int64{20, 30}[day%2], 2},
	}
}

// taught gives an engine that has seen days of calm orders of eight stores.
func taught(tb testing.TB, s Settings, days int) *Engine {
	tb.Helper()
	e := New(s)
	for day := range days {
		for n := range 8 {
			o := orderOf(domain.StoreCode(fmt.Sprintf("S%d", n)), day, usualItems(day+n)...)
			o.History = true
			e.Judge(Input{Order: o})
		}
	}
	return e
}

// find gives the flags of a kind.
func find(v Verdict, kind domain.Kind) []Flag {
	var out []Flag
	for _, f := range v.Flags {
		if f.Kind == kind {
			out = append(out, f)
		}
	}
	return out
}
