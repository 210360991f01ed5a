package detect

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"cleardesk/domain"
)

func TestStepMismatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		step         *domain.Quantity
		seen         *domain.Quantity
		quantity     domain.Quantity
		flagged      bool
		below, above domain.Quantity
	}{
		{"a multiple", ptr(domain.Units(12)), nil, domain.Units(24), false, 0, 0},
		{"one less", ptr(domain.Units(12)), nil, domain.Units(23), true, domain.Units(12), domain.Units(24)},
		{"one more", ptr(domain.Units(12)), nil, domain.Units(25), true, domain.Units(24), domain.Units(36)},
		{"under one step", ptr(domain.Units(12)), nil, domain.Units(5), true, 0, domain.Units(12)},
		{"eight at 1.6", ptr(domain.Quantity(1600)), nil, domain.Units(8), false, 0, 0},
		{"a thousandth off", ptr(domain.Quantity(1600)), nil, 8001, true, 8000, 9600},
		{"the same step seen", ptr(domain.Units(12)), ptr(domain.Units(12)), domain.Units(24), false, 0, 0},
		{"another step seen", ptr(domain.Units(12)), ptr(domain.Units(6)), domain.Units(24), true, domain.Units(24), domain.Units(24)},
		{"no step set", nil, ptr(domain.Units(6)), domain.Units(7), false, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := orderOf("S1", 0, item{"milk", 1, 12})
			o.Lines[0].Quantity, o.Lines[0].StepSeen = c.quantity, c.seen
			products := map[domain.ProductCode]domain.Product{"milk": {Code: "milk", Step: c.step}}
			flags := find(New(Defaults()).Judge(Input{Order: o, Products: products}), domain.StepMismatch)
			if (len(flags) == 1) != c.flagged {
				t.Fatalf("flags %+v, want flagged %v", flags, c.flagged)
			}
			if !c.flagged {
				return
			}
			if ev := flags[0].Evidence; ev.Below != c.below || ev.Above != c.above || !flags[0].Blocks {
				t.Errorf("neighbours %s and %s, blocks %v; want %s and %s, true", ev.Below, ev.Above, flags[0].Blocks, c.below, c.above)
			}
		})
	}
}

// The step a store saw is set against the one the catalogue had when it ordered; what
// it ordered must go by the one of now. Its cause is that version of the step.
func TestStepOfThatTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		then, seen *domain.Quantity
		units      int64
		flagged    bool
		told       domain.Quantity
	}{
		"saw the step of then":              {ptr(domain.Units(6)), ptr(domain.Units(6)), 24, false, 0},
		"saw the step of then, no multiple": {ptr(domain.Units(6)), ptr(domain.Units(6)), 18, true, domain.Units(6)},
		"saw the step of now before it was": {ptr(domain.Units(6)), ptr(domain.Units(12)), 24, true, 0},
		"saw a third":                       {ptr(domain.Units(6)), ptr(domain.Units(1)), 24, true, domain.Units(1)},
		"saw the old one though it was now": {nil, ptr(domain.Units(6)), 24, true, domain.Units(6)},
		"nobody told what it saw":           {ptr(domain.Units(6)), nil, 24, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := Input{
				Order:    orderOf("S1", 0, item{"milk", c.units, 12}),
				Products: map[domain.ProductCode]domain.Product{"milk": {Code: "milk", Step: ptr(domain.Units(12)), StepVersion: 3}},
			}
			in.Order.Lines[0].StepSeen = c.seen
			if c.then != nil {
				in.StepsThen = map[domain.ProductCode]domain.Quantity{"milk": *c.then}
			}
			flags := find(New(Defaults()).Judge(in), domain.StepMismatch)
			if (len(flags) == 1) != c.flagged {
				t.Fatalf("flags %+v, want flagged %v", flags, c.flagged)
			}
			if c.flagged && (flags[0].Evidence.StepSeen != c.told || flags[0].Cause != "step milk v3" || flags[0].Evidence.Cause != flags[0].Cause) {
				t.Errorf("flag %+v, want the step seen %s and the cause of version 3", flags[0], c.told)
			}
		})
	}
}

// A step mismatch is what exact arithmetic says it is.
func TestStepAgainstExactArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		step := domain.Quantity(rapid.Int64Range(1, 5_000_000).Draw(t, "step"))
		q := domain.Quantity(rapid.Int64Range(1, int64(domain.MaxQuantity)).Draw(t, "quantity"))
		if rapid.Bool().Draw(t, "exact") {
			q = max(step, q-q%step)
		}
		o := orderOf("S1", 0, item{"milk", 1, 12})
		o.Lines[0].Quantity = q
		products := map[domain.ProductCode]domain.Product{"milk": {Code: "milk", Step: &step}}
		flags := find(New(Defaults()).Judge(Input{Order: o, Products: products}), domain.StepMismatch)
		quo, rem := new(big.Int).QuoRem(big.NewInt(int64(q)), big.NewInt(int64(step)), new(big.Int))
		if (rem.Sign() != 0) != (len(flags) == 1) {
			t.Fatalf("%s at a step of %s: %d flags, remainder %s", q, step, len(flags), rem)
		}
		if len(flags) == 0 {
			return
		}
		below := new(big.Int).Mul(quo, big.NewInt(int64(step)))
		above := new(big.Int).Add(below, big.NewInt(int64(step)))
		ev := flags[0].Evidence
		if int64(ev.Below) != below.Int64() || int64(ev.Above) != above.Int64() {
			t.Fatalf("neighbours %s and %s, want %s and %s thousandths", ev.Below, ev.Above, below, above)
		}
	})
}
