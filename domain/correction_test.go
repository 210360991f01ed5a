package domain

import (
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var correctionNow = time.Date(2026, 11, 23, 5, 40, 0, 0, time.UTC)

func qp(q Quantity) *Quantity { return &q }

// porkFile is fourteen stores' trouble in small: a step of 5 kg where it was half a kilo.
func porkFile() CorrectionFile {
	row := func(id CaseID, rank float64, with Department, order OrderID) QueueRow {
		return QueueRow{Case: id, Rank: rank, With: with, OrderID: order}
	}
	held := row(3, 30, Procurement, 103)
	held.Holder = &Holder{Login: "lin"}
	return CorrectionFile{
		Product: Product{Code: "P4001", Step: qp(5_000), StepVersion: 3, Stock: qp(40_000), Reserved: 10_000},
		Ordered: []OrderedTimes{{500, 80}, {3_500, 20}, {5_000, 40}, {18_300, 1}, {20_000, 30}, {1_000, 229}},
		Open: []CorrectionCase{
			{Row: row(1, 20, Procurement, 101), Anomaly: 11, Kind: StepMismatch, Line: 1, Quantity: 12_500},
			{Row: row(2, 10, Procurement, 102), Anomaly: 12, Kind: StepMismatch, Line: 2, Quantity: 18_300},
			{Row: held, Anomaly: 13, Kind: StepMismatch, Line: 1, Quantity: 7_250},
			{Row: row(4, 40, CustomerService, 104), Anomaly: 14, Kind: StepMismatch, Line: 1, Quantity: 6_100},
			{Row: row(5, 50, Procurement, 0), Anomaly: 15, Kind: NotOrderable, Quantity: 3_500, Told: ToldStep},
			{Row: row(6, 60, Procurement, 0), Anomaly: 16, Kind: NotOrderable, Told: ToldStep},
			{Row: row(7, 15, Procurement, 107), Anomaly: 17, Kind: ZeroStock, Line: 1, Quantity: 25_000},
			{Row: row(8, 25, Procurement, 108), Anomaly: 18, Kind: ZeroStock, Line: 1, Quantity: 8_000},
			{Row: row(9, 35, Procurement, 109), Anomaly: 19, Kind: ZeroStock, Line: 1, Quantity: 9_000, Reserved: true},
			{Row: row(10, 45, Procurement, 0), Anomaly: 20, Kind: ZeroStock, Quantity: 5_000, Told: ToldStock},
			{Row: row(11, 5, Procurement, 0), Anomaly: 21, Kind: NotOrderable, Quantity: 1_000, Told: ToldStatus},
		},
		Accepted:   []CorrectionLine{{Order: 201, Line: 1, Quantity: 10_000}, {Order: 202, Line: 1, Quantity: 15_000}},
		Waiting:    []CorrectionLine{{Order: 301, Line: 1, Quantity: 5_000}},
		StockMoves: []StockMove{{At: correctionNow.Add(-2 * time.Hour), Delta: -3_000, Stock: 45_000}, {At: correctionNow.Add(-time.Hour), Delta: -5_000, Stock: 40_000}},
		ReadAt:     correctionNow,
	}
}

// told is a preview in short: what clears, stays or moves, and what else would be done.
func told(p CorrectionPreview) string {
	var s string
	for _, r := range p.Rows {
		mark := "="
		switch {
		case r.Clears:
			mark = "+"
		case r.Moves:
			mark = ">"
		}
		s += fmt.Sprintf("%s%d ", mark, r.Case.Anomaly)
	}
	return s + fmt.Sprintf("raises %d lists %d tells %v", len(p.Raises), len(p.Lists), p.Tells)
}

func TestWhatACorrectionWouldDo(t *testing.T) {
	t.Parallel()
	early := correctionNow.Add(-90 * time.Minute)
	for name, c := range map[string]struct {
		c    Correction
		want string
	}{
		"the half kilo it was": {Correction{What: CorrectStep, Step: qp(500)}, ">12 +11 =13 =14 +15 =16 raises 0 lists 2 tells [5]"},
		"a coarser step":       {Correction{What: CorrectStep, Step: qp(7_500)}, ">12 >11 =13 =14 =15 =16 raises 1 lists 1 tells []"},
		"the same step":        {Correction{What: CorrectStep, Step: qp(5_000)}, ">12 >11 =13 =14 =15 =16 raises 0 lists 0 tells []"},
		"called from a held case": {
			Correction{What: CorrectStep, Step: qp(500), Case: 3}, ">12 +11 >13 =14 +15 =16 raises 0 lists 2 tells [5]",
		},
		// 40 there, 5 gone since: 45 then. 30 more than that counted: 70, less what is taken 60.
		"stock for all":  {Correction{What: CorrectStock, Counted: qp(75_000), CountedAt: early}, "+17 +18 +19 +20 raises 0 lists 0 tells [10]"},
		"passed over":    {Correction{What: CorrectStock, Counted: qp(30_000), CountedAt: early}, ">17 +18 +19 +20 raises 0 lists 0 tells [10]"},
		"while it lasts": {Correction{What: CorrectStock, Counted: qp(40_000), CountedAt: early}, "+17 >18 +19 =20 raises 0 lists 0 tells []"},
		"nothing left":   {Correction{What: CorrectStock, Counted: qp(14_000), CountedAt: early}, ">17 >18 >19 =20 raises 0 lists 0 tells []"},
		"sold again":     {Correction{What: CorrectListing, Status: ProductNormal}, "+21 raises 0 lists 0 tells [11]"},
		"sold no more":   {Correction{What: CorrectListing, Status: ProductDelisted}, "+21 +15 +16 raises 0 lists 0 tells []"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.c.Reason = WrongImport
			p, err := porkFile().Preview(c.c)
			if err != nil {
				t.Fatal(err)
			}
			if got := told(p); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestACountIsOfItsTime(t *testing.T) {
	t.Parallel()
	for counted, c := range map[time.Duration]struct{ then, delta, stock Quantity }{
		-time.Minute:      {40_000, 10_000, 50_000},
		-time.Hour:        {40_000, 10_000, 50_000}, // what left at that very moment is not there any more
		-90 * time.Minute: {45_000, 5_000, 45_000},
		-3 * time.Hour:    {48_000, 2_000, 42_000},
	} {
		p, err := porkFile().Preview(Correction{What: CorrectStock, Counted: qp(50_000), CountedAt: correctionNow.Add(counted), Reason: WrongEntry})
		if err != nil || p.Then != c.then || p.Delta != c.delta || p.Stock != c.stock {
			t.Errorf("counted %v: %+v %v", counted, p, err)
		}
	}
	f := porkFile()
	f.Product.Stock, f.StockMoves = nil, nil
	p, err := f.Preview(Correction{What: CorrectStock, Counted: qp(50_000), CountedAt: correctionNow, Reason: WrongEntry})
	if err != nil || p.Then != 0 || p.Delta != 50_000 || p.Stock != 50_000 {
		t.Errorf("nobody said: %+v %v", p, err)
	}
}

func TestACorrectionThatCannotBeMade(t *testing.T) {
	t.Parallel()
	step := Correction{What: CorrectStep, Step: qp(500), Reason: WrongImport}
	stock := Correction{What: CorrectStock, Counted: qp(0), CountedAt: correctionNow, Reason: WrongEntry}
	for field, change := range map[string]func() Correction{
		"step":       func() Correction { c := step; c.Step = qp(0); return c },
		"counted":    func() Correction { c := stock; c.Counted = qp(-1); return c },
		"counted_at": func() Correction { c := stock; c.CountedAt = correctionNow.Add(time.Second); return c },
		"status":     func() Correction { return Correction{What: CorrectListing, Status: "gone", Reason: WrongEntry} },
		"what":       func() Correction { return Correction{What: "price", Reason: WrongEntry} },
		"reason":     func() Correction { c := step; c.Reason = ""; return c },
		"note":       func() Correction { c := step; c.Reason, c.Note = OtherReason, " "; return c },
	} {
		_, err := porkFile().Preview(change())
		e, ok := errors.AsType[*Error](err)
		if !ok || e.Code != Invalid || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	late := porkFile()
	late.StockMoves = append(late.StockMoves, StockMove{At: correctionNow.Add(-time.Minute), Why: "counted", Delta: 1})
	older := stock
	older.CountedAt = correctionNow.Add(-time.Hour)
	if _, err := late.Preview(older); CodeOf(err) != Conflict {
		t.Errorf("counted again since: %v", err)
	}
	older.CountedAt = correctionNow.Add(-time.Minute)
	if p, err := late.Preview(older); err != nil || p.Then != 40_000 {
		t.Errorf("%+v %v", p, err)
	}
	// More left since than was counted.
	f := porkFile()
	f.StockMoves = []StockMove{{At: correctionNow.Add(-time.Hour), Delta: -43_001}}
	c := stock
	c.Counted, c.CountedAt = qp(43_000), correctionNow.Add(-2*time.Hour)
	if _, err := f.Preview(c); CodeOf(err) != Invalid {
		t.Errorf("below nought: %v", err)
	}
	c.Counted = qp(43_001)
	if p, err := f.Preview(c); err != nil || p.Stock != 0 {
		t.Errorf("%+v %v", p, err)
	}
}

func TestHowStepsFitWhatWasOrdered(t *testing.T) {
	t.Parallel()
	p, err := porkFile().Preview(Correction{What: CorrectStep, Step: qp(500), Reason: WrongImport})
	if err != nil || p.Fewer {
		t.Errorf("asked again: %v %v", p.Fewer, err)
	}
	want := []StepShare{{500, 399, 400}, {1_000, 299, 400}, {5_000, 70, 400}}
	if d := cmp.Diff(want, p.Shares); d != "" {
		t.Error(d)
	}
	if got := []int{want[0].Permille(), want[1].Permille(), want[2].Permille(), StepShare{}.Permille()}; !cmp.Equal(got, []int{998, 748, 175, 0}) {
		t.Errorf("shares %v", got)
	}
	for step, fewer := range map[Quantity]bool{5_000: false, 10_000: true, 2_500: false, 7_500: true} {
		if p, err := porkFile().Preview(Correction{What: CorrectStep, Step: &step, Reason: WrongImport}); err != nil || p.Fewer != fewer {
			t.Errorf("%s: %v %v", step, p.Fewer, err)
		}
	}
}

func TestBothNeighbouringMultiples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		q, step Quantity
		want    StepFit
	}{
		{18_300, 500, StepFit{Times100: 3_660, Below: 18_000, Above: 18_500}},
		{18_300, 5_000, StepFit{Times100: 366, Below: 15_000, Above: 20_000}},
		{3_500, 5_000, StepFit{Times100: 70, Above: 5_000}},
		{12_500, 500, StepFit{Exact: true, Times100: 2_500, Below: 12_500, Above: 12_500}},
		{8_000, 1_600, StepFit{Exact: true, Times100: 500, Below: 8_000, Above: 8_000}},
		{0, 500, StepFit{}},
	} {
		if got := FitOf(c.q, &c.step); got != c.want {
			t.Errorf("%s in steps of %s: %+v, want %+v", c.q, c.step, got, c.want)
		}
	}
	if got := FitOf(500, nil); got != (StepFit{}) {
		t.Errorf("without a step %+v", got)
	}
}

// The fit is that of exact fractions.
func TestFitAgainstExactFractions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := Quantity(rapid.Int64Range(1, int64(MaxQuantity)).Draw(t, "q"))
		step := Quantity(rapid.Int64Range(1, int64(MaxQuantity)).Draw(t, "step"))
		f := FitOf(q, &step)
		if exact := big.NewRat(int64(q), int64(step)).IsInt(); f.Exact != exact {
			t.Fatalf("exact %v, want %v", f.Exact, exact)
		}
		if f.Below > q || f.Above < q || f.Below%step != 0 || f.Above%step != 0 || f.Above-f.Below > step || f.Above <= 0 {
			t.Fatalf("%s in steps of %s: %+v", q, step, f)
		}
	})
}
