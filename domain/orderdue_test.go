package domain_test

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

func grams(n int64) *domain.Quantity { q := domain.Quantity(n); return &q }

// receivedOrder is an order of 20 kg of pork at 27.90, 15 kg of apples and 12 trays of
// eggs, all at the store, with so much received of each.
func receivedOrder(pork, apples, eggs *domain.Quantity) domain.OrderFile {
	line := func(no int, code domain.ProductCode, q domain.Quantity, price domain.Money) domain.Line {
		return domain.Line{No: no, Product: code, Quantity: q, Original: q, Price: price, Amount: domain.Amount(q, price)}
	}
	return domain.OrderFile{
		Order: domain.Order{State: domain.Received, Lines: []domain.Line{
			line(1, "pork", 20_000, 2790), line(2, "apples", 15_000, 680), line(3, "eggs", 12_000, 2400),
		}},
		Products: map[domain.ProductCode]domain.Product{
			"pork":   {Weighed: true, ToleranceRate: 10, ToleranceAbs: 100},
			"apples": {Weighed: true, ToleranceRate: 10, ToleranceAbs: 100},
			"eggs":   {ToleranceRate: 500, ToleranceAbs: 9000},
		},
		Events: []domain.EventTold{
			{Event: domain.Event{What: domain.EventReceipt, Lines: []domain.EventLine{{Line: 1, Weight: grams(1)}, {Line: 2, Weight: apples}, {Line: 3, Quantity: eggs}}}},
			{Event: domain.Event{What: domain.EventReturn, Lines: []domain.EventLine{{Line: 1, Quantity: grams(1)}}}},
			{Event: domain.Event{What: domain.EventReceipt, Lines: []domain.EventLine{{Line: 1, Weight: pork}}}}, // weighed again
		},
	}
}

// Inside the tolerance what was ordered is due, outside it what was received, rounded
// once a line.
func TestDueIsOfWhatCame(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pork, apples, eggs *domain.Quantity
		due                domain.Money
		difference         domain.Quantity
		within             bool
	}{
		"short":             {grams(18_400), grams(15_100), grams(12_000), 51_336 + 10_200 + 28_800, -1600, false},
		"at the tolerance":  {grams(19_800), grams(15_150), grams(12_000), 55_800 + 10_200 + 28_800, -200, true},
		"a gram less":       {grams(19_799), grams(15_000), grams(12_000), 55_239 + 10_200 + 28_800, -201, false},
		"a gram too many":   {grams(20_201), grams(15_000), grams(12_000), 56_361 + 10_200 + 28_800, 201, false},
		"pieces have none":  {grams(20_000), grams(15_000), grams(11_000), 55_800 + 10_200 + 26_400, 0, true},
		"nothing told":      {nil, nil, nil, 55_800 + 10_200 + 28_800, -19_999, false},
		"nothing came":      {grams(0), grams(15_000), grams(12_000), 0 + 10_200 + 28_800, -20_000, false},
		"half a fen upward": {grams(18_005), grams(15_000), grams(12_000), 50_234 + 10_200 + 28_800, -1995, false},
	} {
		f := receivedOrder(c.pork, c.apples, c.eggs)
		if name == "nothing told" {
			f.Events = f.Events[:2] // the first weighing stands
			c.due += domain.Amount(1, 2790) - 55_800
		}
		n := f.Figures(f.Order.Lines[0])
		if f.Due() != c.due || n.Difference != c.difference || n.Within != c.within || *n.Allocated != 20_000 {
			t.Errorf("%s: due %s, want %s; %+v", name, f.Due(), c.due, n)
		}
	}
}

// Once somebody decided, the order's own amount and what was written beside it count.
func TestDueOnceItIsDecided(t *testing.T) {
	t.Parallel()
	f := receivedOrder(grams(18_400), grams(15_000), grams(12_000))
	open := f.Due()
	f.Anomalies = []domain.Anomaly{{Kind: domain.ShortWeight, Line: 1}}
	if f.Due() != open {
		t.Errorf("open: due %s, want %s", f.Due(), open)
	}
	f.Anomalies[0].Outcome = domain.Credited
	f.Adjustments = []domain.Adjustment{{Line: 1, What: "credit", Amount: -4464}}
	if f.Due() != open {
		t.Errorf("credited: due %s, want %s", f.Due(), open)
	}
	f.Adjustments = append(f.Adjustments, domain.Adjustment{Line: 1, Amount: 4464, Reverses: 1}, domain.Adjustment{What: "charge", Amount: 100})
	if want := domain.Money(55_800 + 10_200 + 28_800 + 100); f.Due() != want {
		t.Errorf("taken back: due %s, want %s", f.Due(), want)
	}
	f.Order.State = domain.Refused
	if f.Due() != 0 || f.Figures(f.Order.Lines[1]).Due != 0 || !f.Told() {
		t.Errorf("refused: due %s, %+v", f.Due(), f.Figures(f.Order.Lines[1]))
	}
}

func TestFiguresOnTheWay(t *testing.T) {
	t.Parallel()
	f := receivedOrder(nil, nil, nil)
	f.Events = nil
	f.Order.State = domain.Accepted
	if f.Told() || f.Figures(f.Order.Lines[0]).Allocated != nil {
		t.Error("an accepted order is not allocated")
	}
	f.Order.State = domain.Allocated
	f.Holds = []domain.Hold{{Line: 2}}
	f.Order.Lines[2].Cancelled = true
	var got []*domain.Quantity
	for _, l := range f.Order.Lines {
		got = append(got, f.Figures(l).Allocated)
	}
	if d := cmp.Diff([]*domain.Quantity{grams(20_000), nil, nil}, got); d != "" || !f.Told() {
		t.Error(d)
	}
	cash := domain.Money(100)
	f.Events = []domain.EventTold{
		{Event: domain.Event{What: domain.EventCollection, Amount: &cash}},
		{Event: domain.Event{What: domain.EventCollection, Amount: &cash}},
		{Event: domain.Event{What: domain.EventStage, Stage: domain.StageShipped, Slip: "first"}},
		{Event: domain.Event{What: domain.EventStage, Stage: domain.StageShipped}},
	}
	if sum, told := f.Collected(); sum != 200 || !told {
		t.Errorf("collected %s %v", sum, told)
	}
	if e := f.ReachedAt(domain.StageShipped); e == nil || e.Slip != "first" || f.ReachedAt(domain.StageReceived) != nil {
		t.Errorf("shipped %+v", e)
	}
}
