package detect

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

func milk() map[domain.ProductCode]domain.Product {
	return map[domain.ProductCode]domain.Product{
		"milk": {Code: "milk", Step: ptr(domain.Units(12)), Case: ptr(domain.Units(12)), Stock: ptr(domain.Units(1240))},
	}
}

// Each limit holds just beyond its value and not at it.
func TestQuantityLimits(t *testing.T) {
	t.Parallel()
	expected := domain.Units(36)
	for _, c := range []struct {
		name   string
		limits LineLimits
		units  int64
		want   passed
	}{
		{"none", LineLimits{}, 1_000_000, passed{}},
		{"at the hard quantity", LineLimits{HardQuantity: domain.Units(100)}, 100, passed{}},
		{"over the hard quantity", LineLimits{HardQuantity: domain.Units(100)}, 101, passed{hard: LimitQuantity, quantity: domain.Units(100)}},
		{"at the soft quantity", LineLimits{SoftQuantity: domain.Units(100)}, 100, passed{}},
		{"over the soft quantity", LineLimits{SoftQuantity: domain.Units(100)}, 101, passed{soft: LimitQuantity, quantity: domain.Units(100)}},
		{"at the hard multiple", LineLimits{HardMultiple: 250}, 90, passed{}},
		{"over the hard multiple", LineLimits{HardMultiple: 250}, 91, passed{hard: LimitMultiple, multiple: 250}},
		{"at the soft multiple", LineLimits{SoftMultiple: 250}, 90, passed{}},
		{"over the soft multiple", LineLimits{SoftMultiple: 250}, 91, passed{soft: LimitMultiple, multiple: 250}},
		{"hard before soft", LineLimits{SoftQuantity: domain.Units(1), HardMultiple: 250}, 91, passed{hard: LimitMultiple, multiple: 250}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := overLine(c.limits, domain.Units(c.units), expected); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// A limit that is hard holds the line, a soft one only flags, and the narrower one
// of a line replaces the order's.
func TestLimitsHoldOrFlag(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		limits       Limits
		hard, blocks bool
		accept       []int
	}{
		{"hard", Limits{Line: LineLimits{HardQuantity: domain.Units(7)}}, true, true, []int{2}},
		{"soft", Limits{Line: LineLimits{SoftQuantity: domain.Units(7)}}, false, false, []int{1, 2}},
		{"of the line", Limits{
			Line:  LineLimits{HardQuantity: domain.Units(1)},
			Lines: map[int]LineLimits{1: {SoftQuantity: domain.Units(7)}, 2: {}},
		}, false, false, []int{1, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := taught(t, Defaults(), 20)
			v := e.Judge(Input{Order: orderOf("S1", 21, item{"eggs", 8, 30}, item{"rice", 7, 25}), Limits: c.limits})
			flags := find(v, domain.QuantitySurge)
			if len(flags) != 1 || flags[0].Line != 1 || flags[0].Hard != c.hard || flags[0].Blocks != c.blocks {
				t.Fatalf("flags %+v, want one on line 1 with hard %v, blocks %v", flags, c.hard, c.blocks)
			}
			if diff := cmp.Diff(c.accept, v.Accept); diff != "" {
				t.Errorf("accepted lines: %s", diff)
			}
		})
	}
}

// The slip every desk knows: a zero too many. It holds the line, not the order, and
// its evidence has all the numbers of the sentence.
func TestAZeroTooMany(t *testing.T) {
	t.Parallel()
	e := taught(t, Defaults(), 40)
	v := e.Judge(Input{
		Order:    orderOf("S1", 41, item{"milk", 480, 12}, item{"eggs", 8, 30}, item{"rice", 10, 25}, item{"salt", 30, 2}),
		Products: milk(),
	})
	flags := find(v, domain.QuantitySurge)
	if len(flags) != 1 || flags[0].Line != 1 || !flags[0].Blocks || flags[0].Hard {
		t.Fatalf("flags %+v, want line 1 held by the statistics", v.Flags)
	}
	f := flags[0]
	var recent []Past
	for day, n := range []int64{24, 36, 48, 36, 60, 36} {
		recent = append(recent, Past{Day: firstDay.AddDate(0, 0, day), Quantity: domain.Units(n)})
	}
	Finish(&f, recent)
	ev := f.Evidence
	want := domain.Evidence{
		Product: "milk", Line: 1, Quantity: domain.Units(480), Price: 12 * domain.Yuan, Expected: domain.Units(36),
		UsualLow: domain.Units(24), UsualHigh: domain.Units(60), Median: domain.Units(36),
		Recent: ev.Recent, RecentDays: ev.RecentDays, Ratio100: 1333, Earlier: 40, Everywhere: 320,
		P999: domain.Units(60), RestNormal: true, Multiple: Times10, Likely: domain.Units(48), Lines: 4,
		Score1000: ev.Score1000, Threshold1000: ev.Threshold1000, Rule: QuantitySurgeRule, RuleVersion: QuantitySurgeVersion,
	}
	if diff := cmp.Diff(want, ev); diff != "" {
		t.Errorf("evidence: %s", diff)
	}
	if ev.Score1000 < ev.Threshold1000 {
		t.Errorf("score %d is under the threshold %d", ev.Score1000, ev.Threshold1000)
	}
	if f.AtRisk != 5040*domain.Yuan {
		t.Errorf("at risk %s, want the 420 beyond the usual 60: 5040.00", f.AtRisk)
	}
	if diff := cmp.Diff(ev.RecentDays[:2], []string{"2026-01-05", "2026-01-06"}); diff != "" {
		t.Error(diff)
	}
}

// What was held is not learnt until a person decides; then it is.
func TestHeldLinesAreLearntWhenDecided(t *testing.T) {
	t.Parallel()
	e := taught(t, Defaults(), 40)
	odd := orderOf("S1", 41, item{"milk", 480, 12}, item{"eggs", 8, 30})
	before := e.Judge(Input{Order: odd}).LineScores[0]
	if after := e.Judge(Input{Order: odd}).LineScores[0]; after < before {
		t.Errorf("score fell from %.3f to %.3f though nobody decided", before, after)
	}
	for range 3 {
		e.Learn(Lesson{"S1", "milk", domain.Units(480), odd.BusinessDay})
		after := e.Judge(Input{Order: odd}).LineScores[0]
		if after >= before {
			t.Errorf("score is %.3f after a confirmed order of the same quantity, was %.3f", after, before)
		}
		before = after
	}
}

// Until then a held line changes nothing of its product, and counts in the order's
// amount with what was expected of it.
func TestHeldLinesTeachNothing(t *testing.T) {
	t.Parallel()
	e := taught(t, Defaults(), 40)
	e.Changed()
	before := e.stores[e.storeAt["S1"]].amount.mean
	limits := Limits{Lines: map[int]LineLimits{1: {HardQuantity: domain.Units(60)}}}
	e.Judge(Input{Order: orderOf("S1", 41, item{"milk", 61, 12}, item{"eggs", 8, 30}, item{"rice", 10, 25}), Limits: limits})
	for _, s := range e.Changed() {
		if s.Key == "milk" {
			t.Error("the held line of milk was learnt before anybody decided")
		}
	}
	// 240 + 250 and about 36 of milk at 12 are well below the usual 1,000, 61 would be above it.
	if after := e.stores[e.storeAt["S1"]].amount.mean; after >= before {
		t.Errorf("ln of the usual amount went from %.4f to %.4f, want less: the held line counts as expected", before, after)
	}
}

// A re-check judges and learns the named lines alone.
func TestRecheck(t *testing.T) {
	t.Parallel()
	e := taught(t, Defaults(), 40)
	o := orderOf("S1", 41, item{"milk", 480, 12}, item{"eggs", 8, 30})
	limits := Limits{Lines: map[int]LineLimits{2: {HardQuantity: domain.Units(1)}}}
	e.Judge(Input{Order: o, Limits: limits})
	e.Changed()
	o.Lines[0].Quantity = domain.Units(48)
	v := e.Judge(Input{Order: o, Limits: limits, Recheck: []int{1}})
	if len(v.Flags) != 0 {
		t.Fatalf("flags %+v, want none: line 1 is corrected and line 2 was not asked about", v.Flags)
	}
	if diff := cmp.Diff([]int{1}, v.Accept); diff != "" {
		t.Errorf("accepted lines: %s", diff)
	}
	for _, s := range e.Changed() {
		if s.Scope == ScopeProduct && s.Key != "milk" {
			t.Errorf("%s was learnt, though only milk was judged again", s.Key)
		}
	}
}

func TestAmountLimits(t *testing.T) {
	t.Parallel()
	order := orderOf("S1", 0, item{"milk", 10, 12}, item{"eggs", 1, 30}) // 150.00
	for _, c := range []struct {
		name         string
		limits       AmountLimits
		cod          *domain.Money
		flags        int
		limit        string
		hard, blocks bool
	}{
		{"none", AmountLimits{}, nil, 0, "", false, false},
		{"at the hard limit", AmountLimits{Hard: 150 * domain.Yuan}, nil, 0, "", false, false},
		{"a fen over the hard limit", AmountLimits{Hard: 150*domain.Yuan - 1}, nil, 1, LimitAmount, true, true},
		{"at the soft limit", AmountLimits{Soft: 150 * domain.Yuan}, nil, 0, "", false, false},
		{"a fen over the soft limit", AmountLimits{Soft: 150*domain.Yuan - 1}, nil, 1, "", false, false},
		{"the store's own is narrower", AmountLimits{Hard: 1000 * domain.Yuan}, ptr(149 * domain.Yuan), 1, LimitCOD, true, true},
		{"the store's own is wider", AmountLimits{Hard: 100 * domain.Yuan}, ptr(150 * domain.Yuan), 0, "", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := Input{Order: order, Store: domain.Store{CODLimit: c.cod}, Limits: Limits{Amount: c.limits}}
			v := New(Defaults()).Judge(in)
			flags := find(v, domain.AmountSurge)
			if len(flags) != c.flags {
				t.Fatalf("flags %+v, want %d", flags, c.flags)
			}
			if v.OrderHeld != c.blocks || c.blocks == (len(v.Accept) > 0) {
				t.Errorf("held %v, accepted %v; want held %v", v.OrderHeld, v.Accept, c.blocks)
			}
			if c.flags == 1 && (flags[0].Evidence.HardLimit != c.limit || flags[0].Hard != c.hard || flags[0].Blocks != c.blocks) {
				t.Errorf("flag %+v, want limit %q, hard %v, blocks %v", flags[0], c.limit, c.hard, c.blocks)
			}
		})
	}
}

// One line a hundredfold makes the amount odd: the evidence names that line and what
// the order would cost without the surplus.
func TestAmountSurgeNamesTheOddLine(t *testing.T) {
	t.Parallel()
	e := taught(t, Defaults(), 60)
	v := e.Judge(Input{
		Order:    orderOf("S1", 61, item{"milk", 3600, 12}, item{"eggs", 8, 30}, item{"rice", 10, 25}, item{"salt", 30, 2}),
		Products: milk(),
	})
	flags := find(v, domain.AmountSurge)
	if len(flags) != 1 || !flags[0].Blocks || !v.OrderHeld || len(v.Accept) != 0 {
		t.Fatalf("verdict %+v, want the order held for its amount", v)
	}
	ev := flags[0].Evidence
	if diff := cmp.Diff([]int{1}, ev.OddLines); diff != "" || !ev.RestNormal {
		t.Errorf("odd lines %v, rest normal %v; want line 1 alone", ev.OddLines, ev.RestNormal)
	}
	surge := find(v, domain.QuantitySurge)[0].Evidence
	if want := ev.Amount - domain.Amount(surge.Quantity-surge.UsualHigh, 12*domain.Yuan); ev.WithoutOdd != want {
		t.Errorf("without the odd line %s, want %s", ev.WithoutOdd, want)
	}
	var recent []Past
	for day, yuan := range []int64{980, 1020, 1100, 940} {
		recent = append(recent, Past{Day: firstDay.AddDate(0, 0, day), Amount: domain.Money(yuan) * domain.Yuan})
	}
	Finish(&flags[0], recent)
	ev = flags[0].Evidence
	if ev.MedianAmount != 980*domain.Yuan || ev.LowAmount != 940*domain.Yuan || ev.HighAmount != 1100*domain.Yuan {
		t.Errorf("usual %s to %s, median %s; want 940 to 1100, 980", ev.LowAmount, ev.HighAmount, ev.MedianAmount)
	}
	if want := ev.Amount - 1100*domain.Yuan; flags[0].AtRisk != want {
		t.Errorf("at risk %s, want %s", flags[0].AtRisk, want)
	}
}

func TestLooksLike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		q, usual domain.Quantity
		facts    domain.Product
		multiple string
		likely   domain.Quantity
	}{
		{"a zero too many", domain.Units(480), domain.Units(36), domain.Product{}, Times10, domain.Units(48)},
		{"two zeros", domain.Units(1200), domain.Units(12), domain.Product{}, Times100, domain.Units(12)},
		{"cases for pieces", domain.Units(144), domain.Units(12), domain.Product{Case: ptr(domain.Units(12))}, Case, domain.Units(12)},
		{"typed twice", domain.Units(1515), domain.Units(14), domain.Product{}, Doubled, domain.Units(15)},
		{"a digit too many", domain.Units(127), domain.Units(12), domain.Product{}, ExtraDigit, domain.Units(12)},
		{"by weight", 183_000, 18_000, domain.Product{Weighed: true}, Times10, 18_300},
		{"jin for kilograms", 36_600, 18_000, domain.Product{Weighed: true}, Jin, 18_300},
		{"too far from jin", 42_000, 18_000, domain.Product{Weighed: true}, "", 0},
		{"twice as many pieces", domain.Units(36), domain.Units(18), domain.Product{}, "", 0},
		{"no slip explains it", domain.Units(50), domain.Units(12), domain.Product{}, "", 0},
		{"not what the step allows", domain.Units(250), domain.Units(24), domain.Product{Step: ptr(domain.Units(12))}, "", 0},
		{"not above the usual", domain.Units(10), domain.Units(12), domain.Product{}, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			multiple, likely := looksLike(c.q, c.usual, &c.facts)
			if multiple != c.multiple || likely != c.likely {
				t.Errorf("%s against %s looks like %q %s, want %q %s", c.q, c.usual, multiple, likely, c.multiple, c.likely)
			}
		})
	}
}
