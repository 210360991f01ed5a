package domain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

// manyKinds is an accepted order that is a surge, late, and to be changed twice over.
func manyKinds() domain.Form {
	c := milk()
	c.Order.State = domain.Accepted
	late := domain.Anomaly{ID: 15, Kind: domain.SlowFulfilment, Order: 1}
	change := domain.Anomaly{ID: 14, Kind: domain.OrderChange, Order: 1, Blocks: true, Evidence: domain.Evidence{
		Items: []domain.Item{{Line: 1, Product: "P1", Wanted: domain.Units(5)}},
	}}
	again := change
	again.ID, again.Evidence.Items = 16, []domain.Item{{Line: 1, Product: "P1", Wanted: domain.Units(7)}}
	c.Anomalies = append(c.Anomalies, late, change, again)
	c.Holds = append(c.Holds, domain.Hold{ID: 24, Anomaly: 14, Kind: domain.OrderChange}, domain.Hold{ID: 26, Anomaly: 16, Kind: domain.OrderChange})
	return domain.NewForm(c)
}

// decideOn makes a choice about a target, for the first of its reasons.
func decideOn(f domain.Form, a domain.Answers, target int, ch domain.Choice) domain.Answers {
	for _, q := range f.Questions(a) {
		for _, o := range q.Options {
			if q.ID == (domain.QuestionID{Ask: domain.AskDecide, Target: target}) && o.Code == string(ch) {
				a, _ = f.Choose(a, q.ID, o.Digit, stamp())
			}
		}
	}
	a, _ = f.Choose(a, domain.QuestionID{Ask: domain.AskWhy, Target: target}, 1, stamp())
	return a
}

// Several things wrong with one order are decided where they belong; cancelling it
// settles what can end so, and the rest is still asked.
func TestSeveralKindsAtOnce(t *testing.T) {
	t.Parallel()
	f := manyKinds()
	var ids []int
	for _, t := range f.Targets {
		ids = append(ids, t.ID)
	}
	if diff := cmp.Diff([]int{2, -14, -15}, ids); diff != "" {
		t.Fatal(diff)
	}
	a := decideOn(f, press(t, f, 5), -14, domain.ChooseReorder)
	p := f.Plan(a)
	if !p.Ready() || len(p.Resolutions) != 5 {
		t.Fatalf("ordering again settles not all: %v %+v", p.Missing, p.Resolutions)
	}
	outcomes := map[domain.AnomalyID]domain.Outcome{}
	cancels := 0
	for _, r := range p.Resolutions {
		outcomes[r.Anomaly] = r.Outcome
		for _, e := range r.Effects {
			if e.Op == domain.EffectCancelOrder {
				cancels++
			}
		}
	}
	want := map[domain.AnomalyID]domain.Outcome{
		11: domain.OrderCancelled, 12: domain.OrderCancelled, 14: domain.CancelledReordered, 16: domain.CancelledReordered, 15: domain.OrderCancelled,
	}
	if diff := cmp.Diff(want, outcomes); diff != "" || cancels != 1 || len(p.Preview.Linked) != 1 {
		t.Errorf("cancelled %d times, %d orders made: %s", cancels, len(p.Preview.Linked), diff)
	}
	if got := p.Preview.Linked[0].Lines; got[0].Quantity != domain.Units(7) || got[1].Quantity != domain.Units(48) {
		t.Errorf("not as it was told last, without the slip: %+v", got)
	}
	a = decideOn(f, press(t, f, 5), 2, domain.ChooseDropOrder)
	q, _ := f.Current(a)
	if q.ID != (domain.QuestionID{Ask: domain.AskDecide, Target: -14}) {
		t.Errorf("after the order is cancelled %v is asked", q.ID)
	}
	if p = f.Plan(decideOn(f, a, -14, domain.ChooseWithdraw)); !p.Ready() {
		t.Errorf("still missing %v", p.Missing)
	}
}

// Returns of several lines are decided alike, each by its own goods.
func TestReturnsAreDecidedAlike(t *testing.T) {
	t.Parallel()
	c := of(domain.Return)
	first := c.Anomalies[0]
	for i, line := range []int{1, 3} {
		a := first
		a.ID, a.Line = first.ID+domain.AnomalyID(i)+1, line
		a.Evidence.Line, a.Evidence.Product, a.Evidence.Quantity = line, c.Order.Lines[line-1].Product, domain.Units(2)
		c.Anomalies = append(c.Anomalies, a)
	}
	c.Findings = []domain.Finding{{What: domain.FindGoods, Answer: domain.FoundYes}, {What: domain.FindSupplier, Answer: domain.FoundYes}}
	f := domain.NewForm(c)
	p := f.Plan(press(t, f, 5, 1, 1, 1))
	if !p.Ready() || len(p.Resolutions) != 3 {
		t.Fatalf("missing %v", p.Missing)
	}
	if due := -domain.Amount(domain.Units(20), 1200) - domain.Amount(domain.Units(2), 300) - domain.Amount(domain.Units(2), 1000); p.Preview.Due() != due {
		t.Errorf("the store owes %v more, want %v", p.Preview.Due(), due)
	}
}

// Two claims of the same goods are owed each, though they look the same.
func TestSameClaimTwiceIsOwedTwice(t *testing.T) {
	t.Parallel()
	c := of(domain.Exchange)
	again := c.Anomalies[0]
	again.ID++
	c.Anomalies = append(c.Anomalies, again)
	f := domain.NewForm(c)
	if p := f.Plan(press(t, f, 5, 1, 1, 1, 1)); !p.Ready() || len(p.Preview.Linked) != 2 {
		t.Errorf("missing %v, orders made %+v", p.Missing, p.Preview.Linked)
	}
}
