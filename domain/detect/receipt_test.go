package detect

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cleardesk/domain"
)

// Received weights are judged on both sides of the tolerance: the larger of a share of
// the ordered weight and an absolute one; pieces have none.
func TestReceiptTolerance(t *testing.T) {
	t.Parallel()
	const none = domain.Kind("")
	for _, c := range []struct {
		name       string
		line       domain.EventLine
		rate       int
		abs        domain.Quantity
		kind       domain.Kind
		difference domain.Quantity
		tolerance  domain.Quantity
	}{
		{"short by the share", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(19_800))}, 10, 100, none, 0, 0},
		{"a gram more than the share", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(19_799))}, 10, 100, domain.ShortWeight, -201, 200},
		{"over by the share", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(20_200))}, 10, 100, none, 0, 0},
		{"a gram over the share", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(20_201))}, 10, 100, domain.Overweight, 201, 200},
		{"short by the absolute", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(19_500))}, 10, 500, none, 0, 0},
		{"a gram more than the absolute", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(19_499))}, 10, 500, domain.ShortWeight, -501, 500},
		{"over by the absolute", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(20_500))}, 10, 500, none, 0, 0},
		{"a gram over the absolute", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(20_501))}, 10, 500, domain.Overweight, 501, 500},
		{"no tolerance at all", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(19_999))}, 0, 0, domain.ShortWeight, -1, 0},
		{"exact", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(20_000))}, 0, 0, none, 0, 0},
		{"nothing came", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(0))}, 10, 100, domain.ShortWeight, -20_000, 200},
		{"by product", domain.EventLine{Product: "pork", Weight: ptr(domain.Quantity(18_400))}, 10, 100, domain.ShortWeight, -1600, 200},
		{"weight told as a quantity", domain.EventLine{Line: 1, Quantity: ptr(domain.Quantity(18_400))}, 10, 100, domain.ShortWeight, -1600, 200},
		{"pieces as ordered", domain.EventLine{Line: 2, Quantity: ptr(domain.Units(12))}, 10, 100, none, 0, 0},
		{"a piece short", domain.EventLine{Line: 2, Quantity: ptr(domain.Units(11))}, 500, 5000, domain.ShortWeight, -1000, 0},
		{"a piece too many", domain.EventLine{Line: 2, Quantity: ptr(domain.Units(13))}, 500, 5000, domain.Overweight, 1000, 0},
		{"pieces that were weighed", domain.EventLine{Line: 2, Weight: ptr(domain.Quantity(3000))}, 10, 100, none, 0, 0},
		{"nothing told", domain.EventLine{Line: 1}, 10, 100, none, 0, 0},
		{"of a cancelled line", domain.EventLine{Line: 3, Quantity: ptr(domain.Units(48))}, 0, 0, domain.Overweight, domain.Units(48), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := eventInput(t, domain.EventReceipt, c.line)
			for code, p := range in.Products {
				p.ToleranceRate, p.ToleranceAbs = c.rate, c.abs
				in.Products[code] = p
			}
			flags := JudgeEvent(in)
			if c.kind == none {
				if len(flags) != 0 {
					t.Fatalf("flags %+v, want none", flags)
				}
				return
			}
			if len(flags) != 1 || flags[0].Kind != c.kind || flags[0].Blocks {
				t.Fatalf("flags %+v, want one %s that blocks nothing", flags, c.kind)
			}
			if ev := flags[0].Evidence; ev.Difference != c.difference || ev.Tolerance != c.tolerance {
				t.Errorf("difference %s, tolerance %s; want %s, %s", ev.Difference, ev.Tolerance, c.difference, c.tolerance)
			}
		})
	}
}

// The sentence of a short weight can be read from its evidence alone.
func TestShortWeightEvidence(t *testing.T) {
	t.Parallel()
	in := eventInput(t, domain.EventReceipt,
		domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(18_400))}, domain.EventLine{Line: 2, Quantity: ptr(domain.Units(12))})
	flags := JudgeEvent(in)
	if len(flags) != 1 {
		t.Fatalf("flags %+v, want the pork alone", flags)
	}
	want := in.begun(WeightRule)
	want.Product, want.Line, want.Price, want.Quantity = "pork", 1, 2790, 20_000
	want.Received, want.Difference, want.Tolerance = ptr(domain.Quantity(18_400)), -1600, 200
	want.ReceivedAt = ptr(clock(t, "13:31"))
	if diff := cmp.Diff(want, flags[0].Evidence); diff != "" {
		t.Error(diff)
	}
	if flags[0].AtRisk != 4464 || flags[0].Line != 1 {
		t.Errorf("at risk %s on line %d, want 44.64 on line 1", flags[0].AtRisk, flags[0].Line)
	}
	moments := []string{"promise 11-23 17:31", "week_ends 11-30 00:00", "claim_ends 11-30 13:31"}
	if diff := cmp.Diff(moments, saying(flags[0].Moments)); diff != "" {
		t.Error(diff)
	}
}

// A weight is off when its difference is more than the share or the absolute, by exact
// arithmetic.
func TestToleranceAgainstExactArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := domain.Product{
			Weighed:       true,
			ToleranceRate: rapid.IntRange(0, 1000).Draw(t, "rate"),
			ToleranceAbs:  domain.Quantity(rapid.Int64Range(0, 5000).Draw(t, "abs")),
		}
		w := weighing{ordered: domain.Quantity(rapid.Int64Range(0, int64(domain.MaxQuantity)).Draw(t, "ordered"))}
		w.tolerance = p.Tolerance(w.ordered)
		limit := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(w.ordered)), big.NewInt(int64(p.ToleranceRate))), big.NewInt(1000))
		if abs := new(big.Rat).SetInt64(int64(p.ToleranceAbs)); abs.Cmp(limit) > 0 {
			limit = abs
		}
		off := w.tolerance + domain.Quantity(rapid.Int64Range(-2, 2).Draw(t, "beyond")) // about the limit
		if off < 0 || off > w.ordered {
			return
		}
		beyond := new(big.Rat).SetInt64(int64(off)).Cmp(limit) > 0
		w.received = w.ordered - off
		if w.short() != beyond || w.over() {
			t.Fatalf("%s short of %s is off: %v, by exact arithmetic %v", off, w.ordered, w.short(), beyond)
		}
		w.received = w.ordered + off
		if w.over() != beyond || w.short() {
			t.Fatalf("%s over %s is off: %v, by exact arithmetic %v", off, w.ordered, w.over(), beyond)
		}
	})
}
