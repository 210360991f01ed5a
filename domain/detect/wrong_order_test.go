package detect

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cleardesk/domain"
)

// A store's own word holds the order and says what was meant.
func TestWrongOrderReport(t *testing.T) {
	t.Parallel()
	in := eventInput(t, domain.EventWrongOrder, domain.EventLine{Line: 2, Quantity: ptr(domain.Units(2))})
	in.Order.State, in.Event.Why = domain.Placed, domain.ToldDigit
	f := JudgeEvent(in)[0]
	want := in.begun(ReportRule)
	want.Told, want.Amount, want.Lines, want.ItemsInAll = domain.ToldDigit, 99_000, 3, 1
	want.Items = []domain.Item{{Line: 2, Product: "eggs", Quantity: domain.Units(12), Wanted: domain.Units(2), Price: 2400}}
	if diff := cmp.Diff(want, f.Evidence); diff != "" {
		t.Error(diff)
	}
	if f.Kind != domain.WrongOrder || f.Line != 0 || !f.Blocks || f.AtRisk != 24_000 {
		t.Errorf("flag %+v, want the order held with the ten too many at risk: 240.00", f)
	}
	if diff := cmp.Diff([]string{"window_close 11-22 15:00", "picking 11-22 15:30", "departure 11-23 05:00"}, saying(f.Moments)); diff != "" {
		t.Error(diff)
	}
}

// Repeats are told on both sides of each limit.
func TestRepeats(t *testing.T) {
	t.Parallel()
	hour, later := time.Hour, time.Hour+time.Second
	for _, c := range []struct {
		name              string
		lines, then, same int
		after             time.Duration
		want              bool
	}{
		{"two lines again", 2, 2, 2, 2 * hour, true},
		{"one line again, within the hour", 1, 1, 1, hour, true},
		{"one line again, later", 1, 1, 1, later, false},
		{"nine of ten, within the hour", 10, 10, 9, hour, true},
		{"nine of ten, later", 10, 10, 9, later, false},
		{"eight of nine", 9, 9, 8, hour, false},
		{"one line more", 11, 10, 10, hour, true},
		{"two lines more of twelve", 12, 10, 10, hour, false},
		{"a line less than then", 10, 11, 10, hour, true},
		{"most of what was much more", 10, 20, 10, hour, false},
		{"nothing in common", 3, 3, 0, 0, false},
		{"nothing at all", 0, 0, 0, 0, false},
		{"taken in before the first", 1, 1, 1, -hour, true},
		{"taken in long before the first", 1, 1, 1, -later, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			placed := clock(t, "13:10")
			d := SameDay{PlacedAt: placed, Lines: c.then, SameLines: c.same}
			if got := d.repeats(c.lines, placed.Add(c.after)); got != c.want {
				t.Errorf("repeats %v, want %v", got, c.want)
			}
		})
	}
}

// A repeat holds the order, all of its money is at risk, and it teaches nothing until
// somebody decides.
func TestARepeatHoldsTheOrder(t *testing.T) {
	t.Parallel()
	o := orderOf("S1", 40, item{"milk", 36, 12}, item{"eggs", 8, 30})
	then := o.PlacedAt.Add(-time.Minute)
	in := Input{Order: o, Same: []SameDay{
		{No: "near", PlacedAt: then, Lines: 3, SameLines: 1},
		{No: "first", PlacedAt: then, Lines: 2, SameLines: 2},
		{No: "second", PlacedAt: then, Lines: 2, SameLines: 2},
		{No: "other", PlacedAt: then, Lines: 2, SameLines: 0},
	}}
	e := taught(t, Defaults(), 40)
	e.Changed()
	v := e.Judge(in)
	flags := find(v, domain.WrongOrder)
	if len(flags) != 1 || !v.OrderHeld || len(v.Accept) != 0 {
		t.Fatalf("verdict %+v, want the order held once", v)
	}
	want := Flag{
		Kind: domain.WrongOrder, Blocks: true, AtRisk: 67_200,
		Evidence: domain.Evidence{
			Repeats: "second", RepeatsAt: &then, RepeatsOf: 2, SameLines: 2, Amount: 67_200, Lines: 2,
			Rule: RepeatRule, RuleVersion: RepeatVersion,
		},
	}
	if diff := cmp.Diff(want, flags[0]); diff != "" {
		t.Error(diff)
	}
	for _, s := range e.Changed() {
		if s.Scope == ScopeProduct {
			t.Errorf("%s was learnt from an order that is held", s.Key)
		}
	}
	finished := flags[0]
	Finish(&finished, []Past{{Quantity: 1, Amount: 1}})
	if diff := cmp.Diff(flags[0], finished); diff != "" {
		t.Errorf("a repeat has no past orders to be finished with: %s", diff)
	}
}

// What the desk made, and what it judges again, repeats nothing.
func TestNotARepeat(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Input){
		"a supplement":     func(in *Input) { in.Order.Link = domain.Supplement },
		"ordered again":    func(in *Input) { in.Order.Link = domain.Reorder },
		"judged again":     func(in *Input) { in.Recheck = []int{1} },
		"history":          func(in *Input) { in.Order.History = true },
		"a line cancelled": func(in *Input) { in.Order.Lines[0].Cancelled = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := orderOf("S1", 40, item{"milk", 36, 12}, item{"eggs", 8, 30})
			in := Input{Order: o, Same: []SameDay{{No: "first", PlacedAt: o.PlacedAt, Lines: 2, SameLines: 2}}}
			if found := find(New(Defaults()).Judge(in), domain.WrongOrder); len(found) != 1 {
				t.Fatalf("flags %+v, want a repeat to begin with", found)
			}
			change(&in)
			if name == "a line cancelled" {
				in.Same[0].SameLines = SameLines(orderOf("S1", 40, item{"milk", 36, 12}, item{"eggs", 8, 30}).Lines, in.Order.Lines)
			}
			if found := find(New(Defaults()).Judge(in), domain.WrongOrder); len(found) != 0 {
				t.Errorf("flags %+v, want none", found)
			}
		})
	}
}

// Lines are in common by product and quantity, each once, whatever their order.
func TestSameLines(t *testing.T) {
	t.Parallel()
	line := func(p domain.ProductCode, units int64) domain.Line {
		return domain.Line{Product: p, Quantity: domain.Units(units)}
	}
	gone := line("milk", 5)
	gone.Cancelled = true
	for name, c := range map[string]struct {
		a, b []domain.Line
		want int
	}{
		"the same turned about": {[]domain.Line{line("milk", 5), line("eggs", 2)}, []domain.Line{line("eggs", 2), line("milk", 5)}, 2},
		"another quantity":      {[]domain.Line{line("milk", 5)}, []domain.Line{line("milk", 6)}, 0},
		"another product":       {[]domain.Line{line("milk", 5)}, []domain.Line{line("eggs", 5)}, 0},
		"twice in one":          {[]domain.Line{line("milk", 5)}, []domain.Line{line("milk", 5), line("milk", 5)}, 1},
		"twice in both":         {[]domain.Line{line("milk", 5), line("milk", 5)}, []domain.Line{line("milk", 5), line("milk", 5)}, 2},
		"cancelled then":        {[]domain.Line{gone}, []domain.Line{line("milk", 5)}, 0},
		"cancelled now":         {[]domain.Line{line("milk", 5)}, []domain.Line{gone}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := SameLines(c.a, c.b); got != c.want {
				t.Errorf("%d lines in common, want %d", got, c.want)
			}
		})
	}
}

func TestSameLinesGoesBothWays(t *testing.T) {
	t.Parallel()
	lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) domain.Line {
		return domain.Line{
			Product:   rapid.SampledFrom([]domain.ProductCode{"a", "b", "c"}).Draw(t, "product"),
			Quantity:  domain.Units(rapid.Int64Range(1, 3).Draw(t, "units")),
			Cancelled: rapid.IntRange(0, 5).Draw(t, "cancelled") == 0,
		}
	}), 0, 8)
	rapid.Check(t, func(t *rapid.T) {
		a, b := lines.Draw(t, "a"), lines.Draw(t, "b")
		if there, back := SameLines(a, b), SameLines(b, a); there != back {
			t.Fatalf("%d one way, %d the other", there, back)
		}
		if n := SameLines(a, a); n != standingLines(a) {
			t.Fatalf("an order has %d lines in common with itself, of %d", n, standingLines(a))
		}
	})
}

// steadily gives an engine whose statistics flag nothing, that has learnt orders of one
// quantity of one store.
func steadily(orders int, q domain.Quantity) *Engine {
	s := Defaults()
	s.LineBudget, s.OrderBudget = 0, 0
	e := New(s)
	for day := range orders {
		e.Judge(Input{Order: porkOf("S1", day, q, 20)})
	}
	return e
}

func porkOf(store domain.StoreCode, day int, q domain.Quantity, yuan int64) domain.Order {
	o := orderOf(store, day, item{"pork", 1, yuan})
	o.Lines[0].Quantity, o.Lines[0].Amount = q, domain.Amount(q, o.Lines[0].Price)
	o.History = day < 60
	return o
}

// An exact slip of a long and steady habit is flagged on its line though the statistics
// let it pass; what is off by the least, or of a younger habit, is not.
func TestSlips(t *testing.T) {
	t.Parallel()
	pieces, byWeight := domain.Product{Case: ptr(domain.Units(24))}, domain.Product{Weighed: true}
	for _, c := range []struct {
		name   string
		facts  domain.Product
		orders int
		habit  domain.Quantity
		q      domain.Quantity
		want   string
	}{
		{"a zero too many", pieces, habitLeast, domain.Units(12), domain.Units(120), Times10},
		{"two zeros", pieces, habitLeast, domain.Units(12), domain.Units(1200), Times100},
		{"a piece more", pieces, habitLeast, domain.Units(12), domain.Units(121), ""},
		{"a piece less", pieces, habitLeast, domain.Units(12), domain.Units(119), ""},
		{"of a habit an order younger", pieces, habitLeast - 1, domain.Units(12), domain.Units(120), ""},
		{"typed twice", pieces, habitLeast, domain.Units(15), domain.Units(1515), Doubled},
		{"a digit more", pieces, habitLeast, domain.Units(15), domain.Units(153), ""},
		{"cases for pieces", pieces, habitLeast, domain.Units(5), domain.Units(120), Case},
		{"twice as many pieces", pieces, habitLeast, domain.Units(12), domain.Units(24), ""},
		{"jin for kilograms", byWeight, habitLeast, 10_500, 21_000, Jin},
		{"a gram more than jin", byWeight, habitLeast, 10_500, 21_001, ""},
		{"a gram less than jin", byWeight, habitLeast, 10_500, 20_999, ""},
		{"a zero too many by weight", byWeight, habitLeast, 10_500, 105_000, Times10},
		{"the habit itself", pieces, habitLeast, domain.Units(12), domain.Units(12), ""},
		{"less than the habit", pieces, habitLeast, domain.Units(120), domain.Units(12), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := steadily(c.orders, c.habit)
			v := e.Judge(Input{Order: porkOf("S1", 60, c.q, 20), Products: map[domain.ProductCode]domain.Product{"pork": c.facts}})
			if c.want == "" {
				if len(v.Flags) != 0 {
					t.Fatalf("flags %+v, want none", v.Flags)
				}
				return
			}
			if len(v.Flags) != 1 || v.Flags[0].Kind != domain.WrongOrder || v.Flags[0].Line != 1 || !v.Flags[0].Blocks || v.OrderHeld {
				t.Fatalf("flags %+v, want line 1 held alone", v.Flags)
			}
			ev := v.Flags[0].Evidence
			if ev.Multiple != c.want || ev.Likely != c.habit || ev.Earlier != c.orders || ev.Quantity != c.q || ev.Rule != SlipRule {
				t.Errorf("evidence %+v, want %s for %s of %d orders", ev, c.want, c.habit, c.orders)
			}
			if want := int64(c.q / c.habit * 100); ev.Ratio100 != want {
				t.Errorf("ratio %d, want %d", ev.Ratio100, want)
			}
			if want := domain.Amount(c.q-c.habit, 20*domain.Yuan); v.Flags[0].AtRisk != want {
				t.Errorf("at risk %s, want %s: what is beyond the habit", v.Flags[0].AtRisk, want)
			}
		})
	}
}

// What is no habit, is common, was ordered before, is worth no call, is exempt, is
// flagged already or was made by the desk is no slip.
func TestNotASlip(t *testing.T) {
	t.Parallel()
	zero := func(e *Engine, change func(*Input)) []Flag {
		in := Input{Order: porkOf("S1", 60, domain.Units(120), 20)}
		change(&in)
		return find(e.Judge(in), domain.WrongOrder)
	}
	as := func(*Input) {}
	common := func(own, others int) *Engine { // of own and others lines so many at other stores are 120
		e := steadily(own, domain.Units(12))
		for n := range others {
			e.Judge(Input{Order: porkOf(domain.StoreCode("S"+string(rune('a'+n))), n, domain.Units(120), 20)})
		}
		return e
	}
	for name, c := range map[string]struct {
		e      *Engine
		change func(*Input)
		want   int
	}{
		"one as it should be":    {steadily(20, domain.Units(12)), as, 1},
		"one of twenty has it":   {common(19, 1), as, 1},
		"one of nineteen has it": {common(18, 1), as, 0},
		"a habit with an exception": {func() *Engine {
			e := steadily(20, domain.Units(12))
			e.Judge(Input{Order: porkOf("S1", 21, domain.Units(18), 20)})
			e.Judge(Input{Order: porkOf("S1", 22, domain.Units(12), 20)})
			return e
		}(), as, 0},
		"ordered before": {func() *Engine {
			e := steadily(1, domain.Units(120))
			for day := range 59 {
				e.Judge(Input{Order: porkOf("S1", 1+day%58, domain.Units(12), 20)})
			}
			return e
		}(), as, 0},
		"worth no call": {steadily(20, domain.Units(12)), func(in *Input) {
			in.Limits.Line.Floor = domain.Amount(domain.Units(109), 20*domain.Yuan)
		}, 0},
		"exempt": {steadily(20, domain.Units(12)), func(in *Input) {
			in.Quiet = map[int]domain.Exemption{1: {Quantity: domain.Units(120), Ratio100: 100}}
		}, 0},
		"flagged for a limit": {steadily(20, domain.Units(12)), func(in *Input) { in.Limits.Line.HardQuantity = domain.Units(100) }, 0},
		"a supplement":        {steadily(20, domain.Units(12)), func(in *Input) { in.Order.Link = domain.Supplement }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := zero(c.e, c.change); len(got) != c.want {
				t.Errorf("flags %+v, want %d", got, c.want)
			}
		})
	}
}

// With slips to flag, what the statistics flag and score is what it was.
func TestSlipsChangeNoScore(t *testing.T) {
	t.Parallel()
	st := readStream(t, "testdata")
	e := New(undecided())
	slips := 0
	for _, o := range st.orders {
		v := e.Judge(Input{Order: o, Products: st.products})
		for _, f := range find(v, domain.WrongOrder) {
			slips++
			if flagged(v.Flags, f.Line) != nil {
				t.Errorf("line %d of %s is flagged as a surge too", f.Line, o.No)
			}
		}
	}
	if most := len(st.orders) / 1000; slips > most {
		t.Errorf("%d slips in %d orders, want at most one in a thousand", slips, len(st.orders))
	}
}
