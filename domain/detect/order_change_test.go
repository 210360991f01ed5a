package detect

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

// What a store wants of its order is told line by line, what moves most money first.
func TestOrderChange(t *testing.T) {
	t.Parallel()
	in := eventInput(t, domain.EventChange,
		domain.EventLine{Line: 2, Quantity: ptr(domain.Units(10))}, // two less of 24.00
		domain.EventLine{Product: "rice", Quantity: ptr(domain.Units(30))},
		domain.EventLine{Line: 1, Quantity: ptr(domain.Quantity(0))})
	in.Order.State, in.Event.Why = domain.Allocated, domain.ToldTooMany
	flags := JudgeEvent(in)
	if len(flags) != 1 {
		t.Fatalf("flags %+v, want one of the order", flags)
	}
	f := flags[0]
	want := in.begun(ChangeRule)
	want.Told, want.Amount, want.Lines = domain.ToldTooMany, 99_000, 3
	want.Items = []domain.Item{
		{Line: 1, Product: "pork", Quantity: 20_000, Price: 2790},
		{Product: "rice", Wanted: domain.Units(30), Price: 500},
		{Line: 2, Product: "eggs", Quantity: domain.Units(12), Wanted: domain.Units(10), Price: 2400},
	}
	want.ItemsInAll = 3
	if diff := cmp.Diff(want, f.Evidence); diff != "" {
		t.Error(diff)
	}
	if f.Kind != domain.OrderChange || f.Line != 0 || !f.Blocks || f.AtRisk != 55_800+15_000+4800 {
		t.Errorf("flag %+v, want the whole order held with 756.00 at risk", f)
	}
	if diff := cmp.Diff([]string{"picking 11-22 15:30", "departure 11-23 05:00"}, saying(f.Moments)); diff != "" {
		t.Error(diff)
	}
}

// A change and a report hold the order until it has left; after that they only tell.
func TestWishesHoldWhatHasNotLeft(t *testing.T) {
	t.Parallel()
	for _, what := range []domain.EventKind{domain.EventChange, domain.EventWrongOrder} {
		for _, state := range domain.OrderStates() {
			in := eventInput(t, what)
			in.Order.State = state
			f := JudgeEvent(in)[0]
			if want := state == domain.Placed || state == domain.Accepted || state == domain.Allocated; f.Blocks != want {
				t.Errorf("a %s of an order that is %s blocks: %v, want %v", what, state, f.Blocks, want)
			}
			if total := domain.TotalOf(in.Order.Lines); f.AtRisk != total || f.Evidence.Amount != total || len(f.Evidence.Items) != 0 {
				t.Errorf("flag %+v, want the whole order told with %s at risk", f, total)
			}
		}
	}
}

// However many lines a change has, the evidence keeps the dearest and says how many
// there were; the money is that of all.
func TestAChangeOfManyLines(t *testing.T) {
	t.Parallel()
	in := eventInput(t, domain.EventChange)
	for n := range domain.MaxItems + 1 {
		code := domain.ProductCode(fmt.Sprintf("P%03d", n))
		in.Products[code] = domain.Product{Code: code, Price: domain.Money(n + 1)}
		in.Event.Lines = append(in.Event.Lines, domain.EventLine{Product: code, Quantity: ptr(domain.Units(1))})
	}
	f := JudgeEvent(in)[0]
	n := len(f.Evidence.Items)
	if n != domain.MaxItems || f.Evidence.ItemsInAll != n+1 || f.Evidence.Items[0].Product != "P100" || f.Evidence.Items[n-1].Product != "P001" {
		t.Errorf("%d of %d items, %s to %s; want 100 of 101, P100 to P001", n, f.Evidence.ItemsInAll, f.Evidence.Items[0].Product, f.Evidence.Items[n-1].Product)
	}
	if want := domain.Money(101 * 102 / 2); f.AtRisk != want {
		t.Errorf("at risk %s, want %s: all of them", f.AtRisk, want)
	}
}

// What is no anomaly by itself, and what is about no order that is known, is not one.
func TestEventsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, what := range domain.EventKinds() {
		in := eventInput(t, what, domain.EventLine{Line: 2, Quantity: ptr(domain.Units(1))})
		in.Event.Stage = domain.StageShipped
		none := what == domain.EventStage || what == domain.EventCollection
		if got := JudgeEvent(in); (len(got) == 0) != none {
			t.Errorf("%s: flags %+v, want none: %v", what, got, none)
		}
		if in.Order = nil; what == domain.EventAttempt {
			continue // has no order
		}
		if got := JudgeEvent(in); len(got) != 0 {
			t.Errorf("%s without its order: flags %+v, want none", what, got)
		}
	}
}
