package domain_test

import (
	"slices"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

func TestReleasedAboveTheStockGoesToProcurementFirst(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*domain.Product){
		"above stock":        func(p *domain.Product) { p.Reserved = domain.Units(800) },
		"above verification": func(p *domain.Product) { p.VerifyAbove = ptr(domain.Units(479)) },
	} {
		for how, digits := range map[string][]int{"genuine": {5, 1, 1}, "false alarm": {5, 5, 1}} {
			for what, found := range map[string]func([]domain.Anomaly) []domain.Anomaly{
				"both":     func(a []domain.Anomaly) []domain.Anomaly { return a },
				"amount":   func(a []domain.Anomaly) []domain.Anomaly { return a[:1] },
				"quantity": func(a []domain.Anomaly) []domain.Anomaly { return a[1:] },
			} {
				t.Run(name+", "+how+", "+what, func(t *testing.T) {
					t.Parallel()
					c := milk()
					c.Anomalies = found(c.Anomalies)
					p := c.Products["P1007"]
					change(&p)
					c.Products["P1007"] = p
					wantVerified(t, c, press(t, domain.NewForm(c), digits...))
				})
			}
		}
	}
}

// wantVerified fails unless line 2 is to be verified before the answers are written,
// and only until it is.
func wantVerified(t *testing.T, c domain.FormCase, a domain.Answers) {
	t.Helper()
	f := domain.NewForm(c)
	plan := f.Plan(a)
	if plan.Ready() || plan.HandTo != domain.Procurement || !cmp.Equal(plan.Verify, []int{2}) || !cmp.Equal(f.Unverified(), []int{2}) {
		t.Errorf("not handed to procurement: %+v", plan)
	}
	c.Order.Lines[1].Verified = "zhao"
	f = domain.NewForm(c)
	if plan := f.Plan(a); !plan.Ready() || len(f.Unverified()) > 0 {
		t.Errorf("verified, and still not ready: %+v", plan)
	}
}

// A line that is changed with the amount it makes is not verified as it was.
func TestChangedLineIsNotVerified(t *testing.T) {
	t.Parallel()
	c := milk()
	c.Anomalies[0].Evidence.OddLines = []int{1, 2}
	p := c.Products["P1007"]
	p.VerifyAbove = ptr(domain.Units(479))
	c.Products["P1007"] = p
	f := domain.NewForm(c)
	a := domain.Answers{Decisions: []domain.Decision{
		{Target: 2, Choice: domain.ChooseChange, Quantity: domain.Units(48), Why: domain.Reasons(domain.QuantitySurge, domain.ChooseChange)[0]},
		{Target: 0, Choice: domain.ChooseGenuine, Why: domain.Reasons(domain.AmountSurge, domain.ChooseGenuine)[0]},
	}}
	if plan := f.Plan(a); plan.HandTo != "" || len(plan.Resolutions) != 2 {
		t.Errorf("%+v", plan)
	}
	a.Decisions[0].Choice = domain.ChooseFalseAlarm
	if plan := f.Plan(a); !cmp.Equal(plan.Verify, []int{2}) {
		t.Errorf("released as it is: %+v", plan)
	}
}

// What a line has taken itself is there for it, and for what it is changed to.
func TestOwnReservationIsNotTaken(t *testing.T) {
	t.Parallel()
	c := milk()
	p := c.Products["P1007"]
	p.Reserved = domain.Units(1140) // of 1240, 480 of them the line's own
	c.Products["P1007"] = p
	for reserved, want := range map[bool]struct {
		verify []int
		most   int64
	}{false: {[]int{2}, 100}, true: {nil, 580}} {
		c.Order.Lines[1].Reserved = reserved
		f := domain.NewForm(c)
		if got := f.Unverified(); !cmp.Equal(got, want.verify) {
			t.Errorf("reserved %v: to be verified %v", reserved, got)
		}
		for q, ok := range map[int64]bool{want.most: true, want.most + 1: false} {
			if check, err := f.CheckQuantity(2, domain.Units(q)); err != nil || check.StockOK != ok {
				t.Errorf("reserved %v: %d: %+v %v", reserved, q, check, err)
			}
		}
		inStock := slices.ContainsFunc(f.Proposals(2), func(p domain.Proposal) bool { return p.Why == domain.ProposeStock })
		if inStock == reserved {
			t.Errorf("reserved %v: proposed to take what is left: %v", reserved, inStock)
		}
	}
}
