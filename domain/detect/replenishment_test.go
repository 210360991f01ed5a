package detect

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

var gapDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func habits(h ...Habit) HabitInput {
	return HabitInput{
		Store: domain.Store{Code: "S021"}, Day: gapDay, Habits: h, Ordered: map[domain.ProductCode]bool{},
		Settings: domain.Settings{}, Calendar: domain.Settings{}.Calendar(),
	}
}

// Regular is what was ordered on three of four days like this, of at least four.
func TestRegular(t *testing.T) {
	t.Parallel()
	share := func(n string) domain.Settings {
		s := domain.Settings{}
		s.Put(domain.Setting{Name: gapShare, Scope: domain.ScopePlatform, Value: n})
		return s
	}
	for _, c := range []struct {
		name      string
		times, of int
		settings  domain.Settings
		want      bool
	}{
		{"just the share", 6, 8, domain.Settings{}, true},
		{"below the share", 5, 7, domain.Settings{}, false},
		{"above the share", 7, 9, domain.Settings{}, true},
		{"just enough chances", 4, 4, domain.Settings{}, true},
		{"a chance too few", 3, 3, domain.Settings{}, false},
		{"never", 0, 8, domain.Settings{}, false},
		{"never, where any is enough", 0, 8, share("0"), false},
		{"once, where any is enough", 1, 8, share("0"), true},
		{"always wanted", 7, 8, share("100"), false},
		{"always", 8, 8, share("100"), true},
		{"no chance yet", 0, 0, share("0"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := habits(Habit{Product: "milk", Times: c.times, Of: c.of, Median: domain.Units(36), Price: 1200})
			in.Settings = c.settings
			if f := Replenishment(in); (f != nil) != c.want {
				t.Errorf("flag %+v, want one: %v", f, c.want)
			}
		})
	}
}

// One flag a store, with its items, the dearest first; what was ordered or cannot be had
// is no gap, and what was dropped is told as that.
func TestReplenishment(t *testing.T) {
	t.Parallel()
	in := habits(
		Habit{"eggs", 7, 8, domain.Units(8), 3000}, Habit{"milk", 8, 8, domain.Units(36), 1200}, Habit{"rice", 8, 8, domain.Units(10), 2500},
		Habit{"pork", 8, 8, 20_000, 2790}, Habit{"salt", 8, 8, domain.Units(30), 200})
	in.Ordered["rice"], in.Ordered["tofu"] = true, true
	in.Orderable = func(p domain.ProductCode) bool { return p != "pork" && p != "fish" }
	in.Dropped = []domain.Item{
		{Line: 2, Product: "eggs", Quantity: domain.Units(20), Price: 3000},
		{Line: 3, Product: "tofu", Quantity: domain.Units(9), Price: 400},
		{Line: 4, Product: "fish", Quantity: domain.Units(9), Price: 400},
	}
	in.Orders, in.Late = 1, []domain.OrderNo{"1123-0001"}
	want := &Flag{
		Kind: domain.Replenishment, AtRisk: 60_000 + 43_200 + 6000,
		Evidence: domain.Evidence{
			Amount: 109_200, ItemsInAll: 3, Day: "2026-11-23", Orders: 1, LateOrders: in.Late, Rule: GapRule, RuleVersion: GapVersion,
			Items: []domain.Item{
				{Line: 2, Product: "eggs", Quantity: domain.Units(20), Price: 3000, Gap: domain.GapDropped},
				{Product: "milk", Wanted: domain.Units(36), Price: 1200, Times: 8, Of: 8},
				{Product: "salt", Wanted: domain.Units(30), Price: 200, Times: 8, Of: 8},
			},
		},
		Moments: []domain.Moment{{What: domain.WindowClose, At: clock(t, "15:00").UTC()}, {What: domain.Picking, At: clock(t, "15:30").UTC()}},
	}
	if diff := cmp.Diff(want, Replenishment(in)); diff != "" {
		t.Error(diff)
	}
	in.Foreseen = true
	if ev := Replenishment(in).Evidence; !ev.Foreseen || ev.LateOrders != nil || len(ev.Items) != 3 {
		t.Errorf("foreseen %+v, want the same items, and late orders left for the close", ev)
	}
}

// An order outside the window is told at the close, also when nothing is missing.
func TestLateOrders(t *testing.T) {
	t.Parallel()
	in := habits()
	if f := Replenishment(in); f != nil {
		t.Fatalf("flag %+v of a store that lacks nothing", f)
	}
	in.Late = []domain.OrderNo{"1123-0001"}
	if f := Replenishment(in); f == nil || f.AtRisk != 0 || len(f.Evidence.LateOrders) != 1 {
		t.Errorf("flag %+v, want one of the late order", f)
	}
	in.Foreseen = true
	if f := Replenishment(in); f != nil {
		t.Errorf("flag %+v before the close, want none", f)
	}
}

// An attempt outside the window is a gap of its own: what the store wanted is missing.
func TestAttemptOutsideTheWindow(t *testing.T) {
	t.Parallel()
	in := attemptInput(t, domain.Product{Price: 2200, Status: domain.ProductPaused}, domain.ToldWindow, ptr(domain.Units(4)), nil)
	in.Event.At = clock(t, "15:10")
	f := JudgeEvent(in)[0]
	ev := f.Evidence
	item := domain.Item{Product: "P3001", Wanted: domain.Units(4), Price: 2200, Gap: domain.GapLate}
	if diff := cmp.Diff([]domain.Item{item}, ev.Items); diff != "" {
		t.Error(diff)
	}
	if ev.Day != "2026-11-23" || ev.Told != domain.ToldWindow || ev.Amount != 8800 || f.AtRisk != 8800 || ev.Rule != GapRule || f.Blocks {
		t.Errorf("flag %+v, want 88.00 of the day missing", f)
	}
}
