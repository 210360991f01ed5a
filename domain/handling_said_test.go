package domain_test

import (
	"testing"

	"cleardesk/domain"
)

// What a store can be noted to have said fits what it was rung about: each list is
// short, ends with words of one's own, and none of those who ask for something after
// delivery are said to have made a typing mistake.
func TestWhatStoresSayFitsWhatTheyAreRungAbout(t *testing.T) {
	t.Parallel()
	want := map[domain.Kind]string{
		domain.Exchange: "new_ones sends_back leaves other", domain.QuantitySurge: "mistake wanted change cancel other",
		domain.AmountSurge: "mistake wanted change cancel other", domain.StepMismatch: "mistake wanted change cancel other",
		domain.SlowFulfilment: "waits cancel came other", domain.OrderChange: "as_asked leaves cancel other",
		domain.ShortWeight: "credit new_ones leaves other", domain.Replenishment: "wanted enough other",
		domain.ZeroStock: "other_good cancel waits other", domain.NotOrderable: "",
		domain.Overweight: "pays sends_back wont_pay other", domain.WrongOrder: "mistake wanted change cancel other",
		domain.Return: "as_asked new_ones leaves other",
	}
	for _, k := range domain.Kinds() {
		f := domain.NewForm(of(k))
		a := domain.Answers{Call: &domain.Call{Outcome: domain.Reached, Who: domain.StoreManager}}
		got := ""
		for _, q := range f.Questions(a) {
			if q.ID.Ask != domain.AskSaid {
				continue
			}
			for i, o := range q.Options {
				if i > 0 {
					got += " "
				}
				got += o.Code
			}
		}
		if got != want[k] {
			t.Errorf("%s: %q, want %q", k, got, want[k])
		}
	}
}

// A call about several things offers what fits the weightiest of them.
func TestOneCallAboutSeveralThings(t *testing.T) {
	t.Parallel()
	c := of(domain.ShortWeight)
	c.Anomalies = append(c.Anomalies, domain.Anomaly{ID: 52, Kind: domain.OrderChange, Order: 1})
	a := domain.Answers{Call: &domain.Call{Outcome: domain.Reached, Who: domain.StoreManager}}
	for _, q := range domain.NewForm(c).Questions(a) {
		if q.ID.Ask == domain.AskSaid && q.Options[0].Code != string(domain.SaidAsAsked) {
			t.Errorf("offers %v", q.Options)
		}
	}
}
