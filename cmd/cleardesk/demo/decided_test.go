package demo

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// The past of the desk is the same for the same seed, lies before the last days, and is
// written by people who may: each case of an order of the history or a repeat of one.
func TestThePastIsDecided(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, Zone(time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)))
	p := New(1, now, Zone(now))
	all := p.Decided()
	if d := cmp.Diff(all, New(1, now, Zone(now)).Decided()); d != "" {
		t.Fatal("the same seed gives another past")
	}
	if len(all) < 5*HistoryDays {
		t.Errorf("%d cases", len(all))
	}
	roles := map[domain.Login][]domain.Role{}
	for _, s := range p.Staff {
		roles[s.Login] = s.Roles
	}
	seen := map[domain.OrderNo]domain.Kind{}
	for _, c := range all {
		if c.Order.State == domain.Cancelled {
			if _, twice := seen[c.Order.No]; twice {
				t.Errorf("%s twice", c.Order.No)
			}
			seen[c.Order.No] = c.Kind
		}
		if c.Outcome == domain.Lapsed {
			continue
		}
		rule, ok := domain.RuleFor(c.Kind, c.Outcome)
		if !ok || !allowed(rule.Roles, roles[c.By]) {
			t.Errorf("%s ended as %s by %s", c.Kind, c.Outcome, c.By)
		}
		if c.Claimed.Before(c.Raised) || c.Closed.Before(c.Claimed) || !c.Closed.Before(now) || c.AtRisk <= 0 {
			t.Errorf("%s of %s: %s %s %s", c.Kind, c.Order.No, c.Raised, c.Claimed, c.Closed)
		}
	}
}

func allowed(may, has []domain.Role) bool {
	for _, r := range may {
		for _, h := range has {
			if r == h {
				return true
			}
		}
	}
	return false
}
