package domain_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// What goes back is never more than came, than was asked for, than procurement found or
// than the supplier takes.
func TestAReturnIsNoMoreThanAllAgreeTo(t *testing.T) {
	t.Parallel()
	part := func(n int64) *domain.Finding {
		return &domain.Finding{Answer: domain.FoundPart, Quantity: ptr(domain.Units(n))}
	}
	yes, no := &domain.Finding{Answer: domain.FoundYes}, &domain.Finding{Answer: domain.FoundNo}
	for name, c := range map[string]struct {
		came, asked   int64
		goods, answer *domain.Finding
		seen, takes   int64
		stage         domain.ReturnStage
	}{
		"only asked for":      {36, 12, nil, nil, 12, 12, domain.ReturnRequested},
		"more than came":      {10, 12, yes, nil, 10, 10, domain.ReturnVerified},
		"a part of a part":    {36, 12, part(10), part(8), 10, 8, domain.ReturnAnswered},
		"supplier takes more": {36, 12, part(10), part(11), 10, 10, domain.ReturnAnswered},
		"supplier refuses":    {36, 12, yes, no, 12, 0, domain.ReturnAnswered},
		"goods not as told":   {36, 12, no, nil, 0, 0, domain.ReturnAnswered},
	} {
		r := domain.ReturnLine{Came: domain.Units(c.came), Asked: domain.Units(c.asked), Goods: c.goods, Answer: c.answer}
		seen, _ := r.Verified()
		takes, _ := r.Approved()
		if seen != domain.Units(c.seen) || takes != domain.Units(c.takes) || r.Stage() != c.stage {
			t.Errorf("%s: %s/%s, %s", name, seen, takes, r.Stage())
		}
	}
}

func TestReturnsAreInOrder(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 13, 40, 0, 0, time.UTC)
	asked := func(d time.Duration) *domain.Finding {
		return &domain.Finding{Answer: domain.FoundAsked, Due: ptr(now.Add(d))}
	}
	yes := &domain.Finding{Answer: domain.FoundYes}
	line := func(n int64, supplier domain.SupplierCode, rank float64, goods, query *domain.Finding) domain.ReturnLine {
		return domain.ReturnLine{
			Anomaly: domain.AnomalyID(n), Case: domain.CaseID(n), Rank: rank, Product: domain.Product{Supplier: supplier}, Goods: goods, Query: query,
		}
	}
	all := []domain.ReturnLine{
		line(1, "A", 9, nil, nil), line(2, "B", 5, nil, nil), line(3, "A", 1, yes, nil), line(4, "B", 1, yes, asked(time.Hour)),
		line(5, "C", 1, yes, asked(-time.Hour)), line(6, "B", 2, yes, asked(2*time.Hour)),
	}
	for by, want := range map[domain.ReturnOrder][]domain.AnomalyID{
		domain.ReturnsByStage: {5, 2, 1, 3, 4, 6}, domain.ReturnsBySupplier: {5, 2, 4, 6, 1, 3},
	} {
		domain.SortReturns(all, by, now)
		var got []domain.AnomalyID
		for i := range all {
			got = append(got, all[i].Anomaly)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", by, d)
		}
	}
}
