package domain_test

import (
	"testing"

	"cleardesk/domain"
)

// tenfold is an order whose every line is ten times too much.
func tenfold() domain.FormCase {
	c := milk()
	c.Anomalies = []domain.Anomaly{{ID: 12, Kind: domain.AmountSurge, Blocks: true, Evidence: domain.Evidence{OddLines: []int{1, 2, 3}}}}
	c.Holds = []domain.Hold{{ID: 22, Anomaly: 12, Kind: domain.AmountSurge}}
	for i, l := range c.Order.Lines {
		id := domain.AnomalyID(20 + i)
		c.Anomalies = append(c.Anomalies, domain.Anomaly{
			ID: id, Kind: domain.QuantitySurge, Line: l.No, Blocks: true,
			Evidence: domain.Evidence{Line: l.No, Multiple: "x10", Likely: l.Quantity / 10, Median: l.Quantity / 10},
		})
		c.Holds = append(c.Holds, domain.Hold{ID: domain.HoldID(30 + i), Line: l.No, Anomaly: id, Kind: domain.QuantitySurge})
	}
	return c
}

// An order that is ten times too much as a whole is put right with one decision.
func TestOddLinesAreDecidedAlike(t *testing.T) {
	t.Parallel()
	f := domain.NewForm(tenfold())
	a := press(t, f, 1, 1, 1, 2, 0, 1, 1) // reached, manager, a mistake, change, as proposed, a digit, the others alike
	p := f.Plan(a)
	if !p.Ready() {
		t.Fatalf("still missing %v", p.Missing)
	}
	if len(p.Resolutions) != 4 || len(p.Preview.Lines) != 3 {
		t.Fatalf("%d records, %d lines", len(p.Resolutions), len(p.Preview.Lines))
	}
	for _, l := range p.Preview.Lines {
		if l.New*10 != l.Old {
			t.Errorf("line %d becomes %v of %v", l.Line, l.New, l.Old)
		}
	}
}

func TestOthersOnTheirOwn(t *testing.T) {
	t.Parallel()
	f := domain.NewForm(tenfold())
	a := press(t, f, 1, 1, 1, 2, 0, 1, 2)
	q, ok := f.Current(a)
	if !ok || q.ID != (domain.QuestionID{Ask: domain.AskDecide, Target: 2}) {
		t.Fatalf("asked %+v", q.ID)
	}
	a, err := f.Choose(a, domain.QuestionID{Ask: domain.AskDecide, Target: 1}, 1, stamp())
	if err != nil || a.Rest != "" {
		t.Errorf("another first decision keeps %q for the others: %v", a.Rest, err)
	}
}
