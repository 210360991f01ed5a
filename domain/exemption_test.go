package domain_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestExemptionHoldsFromItsBeginningToItsEnd(t *testing.T) {
	t.Parallel()
	x := domain.Exemption{From: at("10:00"), Until: at("16:00")}
	ended, late := x, x
	ended.EndedAt, late.EndedAt = ptr(at("12:00")), ptr(at("17:00"))
	for clock, want := range map[string][3]bool{
		"09:59": {false, false, false}, "10:00": {true, true, true}, "11:59": {true, true, true},
		"12:00": {true, false, true}, "15:59": {true, false, true}, "16:00": {false, false, false}, "16:30": {false, false, false},
	} {
		if got := [3]bool{x.HoldsAt(at(clock)), ended.HoldsAt(at(clock)), late.HoldsAt(at(clock))}; got != want {
			t.Errorf("%s: %v, want %v", clock, got, want)
		}
	}
}

// What was confirmed is always covered, and nothing overflows.
func TestExemptionCoversWhatWasConfirmed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		x := domain.Exemption{Ratio100: rapid.Int64Range(100, 10_000).Draw(rt, "ratio")}
		x.Quantity = domain.Quantity(rapid.Int64Range(1, int64(domain.MaxQuantity)).Draw(rt, "quantity"))
		if up := x.UpTo(); up < x.Quantity || up > domain.MaxQuantity || x.UpToAmount() != 0 {
			rt.Fatalf("%v at %d: up to %v", x.Quantity, x.Ratio100, up)
		}
		y := domain.Exemption{Ratio100: x.Ratio100, Amount: domain.Money(rapid.Int64Range(1, int64(domain.MaxMoney)).Draw(rt, "amount"))}
		if up := y.UpToAmount(); up < y.Amount || up > domain.MaxMoney || y.UpTo() != 0 {
			rt.Fatalf("%v at %d: up to %v", y.Amount, y.Ratio100, up)
		}
	})
	if x := (domain.Exemption{Quantity: domain.Units(40), Ratio100: 150}); x.UpTo() != domain.Units(60) || !x.Wider(domain.Exemption{Quantity: domain.Units(59), Ratio100: 100}) {
		t.Errorf("up to %v", x.UpTo())
	}
}

func TestTermsKeepToTheirBounds(t *testing.T) {
	t.Parallel()
	for value, want := range map[[2]string]domain.QuietTerms{
		{"30", "1.5"}:     {Days: 30, Ratio100: 150},
		{"0", "2"}:        {Days: 0, Ratio100: 200},
		{"5000", "0.5"}:   {Days: 366, Ratio100: 100},
		{"1", "99999.99"}: {Days: 1, Ratio100: 10_000},
	} {
		s := domain.Settings{}
		s.Put(domain.Setting{Name: "detect.quiet_days", Scope: domain.ScopePlatform, Value: value[0]})
		s.Put(domain.Setting{Name: "detect.quiet_ratio", Scope: domain.ScopePlatform, Value: value[1]})
		if got := s.QuietTerms(); got != want {
			t.Errorf("%v: %+v, want %+v", value, got, want)
		}
	}
	if got := (domain.Settings{}).QuietTerms(); got != (domain.QuietTerms{Days: 30, Ratio100: 150}) {
		t.Errorf("by default %+v", got)
	}
}

func TestOnlySurgesFoundUnusualOrFalseAreQuieter(t *testing.T) {
	t.Parallel()
	terms := domain.QuietTerms{Days: 30, Ratio100: 150}
	for _, k := range domain.Kinds() {
		for _, why := range []domain.CloseReason{domain.RealError, domain.UnusualRight, domain.MasterDataBad, domain.RuleWrong} {
			want := (k == domain.QuantitySurge || k == domain.AmountSurge) && (why == domain.UnusualRight || why == domain.RuleWrong)
			if got := terms.Quietens(domain.Anomaly{Kind: k}, why); got != want {
				t.Errorf("%s for %s: %v", k, why, got)
			}
			if terms.Quietens(domain.Anomaly{Kind: k, Hard: true}, why) || (domain.QuietTerms{Ratio100: 150}).Quietens(domain.Anomaly{Kind: k}, why) {
				t.Errorf("%s for %s: quieter about a hard limit, or for no day", k, why)
			}
		}
	}
}

// The plan names an exemption beside what is learnt, and the preview foretells it.
func TestPlanForetellsTheExemption(t *testing.T) {
	t.Parallel()
	c := milk()
	c.Quiet = domain.QuietTerms{Days: 30, Ratio100: 150}
	for _, choice := range []domain.Choice{domain.ChooseGenuine, domain.ChooseFalseAlarm} {
		f := domain.NewForm(c)
		s := stamp()
		a := domain.Answers{Look: &s, Call: &domain.Call{Stamp: s, Outcome: domain.NotNeeded}, Decisions: []domain.Decision{
			{Stamp: s, Target: 2, Choice: choice, Why: domain.Reasons(domain.QuantitySurge, choice)[0]},
		}}
		p := f.Plan(a)
		var got []domain.Effect
		for _, r := range p.Resolutions {
			for _, e := range r.Effects {
				if e.Op == domain.EffectQuieten {
					got = append(got, e)
				}
			}
		}
		if d := cmp.Diff([]domain.Effect{{Op: domain.EffectQuieten, Line: 2}, {Op: domain.EffectQuieten}}, got); d != "" {
			t.Errorf("%s: %s", choice, d)
		}
		until := at("13:41").Add(30 * 24 * time.Hour)
		want := []domain.Quieter{
			{Line: 2, Product: "P1007", UpTo: domain.Units(720), Until: until},
			{Amount: domain.TotalOf(c.Order.Lines) * 3 / 2, Until: until},
		}
		if d := cmp.Diff(want, p.Preview.Quieter); d != "" {
			t.Errorf("%s: %s", choice, d)
		}
		// A wrong order makes none.
		a.Decisions[0].Choice, a.Decisions[0].Quantity = domain.ChooseChange, domain.Units(48)
		a.Decisions[0].Why = domain.Reasons(domain.QuantitySurge, domain.ChooseChange)[0]
		if p := f.Plan(a); len(p.Preview.Quieter) != 0 {
			t.Errorf("a correction: %+v", p.Preview.Quieter)
		}
	}
}
