package domain

import (
	"cmp"
	"slices"
	"strings"
)

// CorrectionPreview is what a correction would do, told before it is written. The
// database comes to the same.
type CorrectionPreview struct {
	Rows   []CorrectionRow  // the open anomalies it is about, by urgency
	Raises []CorrectionLine // lines that wait and would be held for their step then
	Lists  []CorrectionLine // accepted lines that would be listed for a call, were it asked for
	Tells  []CaseID         // cases of refused attempts whose stores could be told, by urgency
	Shares []StepShare      // of a step: how well steps fit what was really ordered
	Fewer  bool             // fewer lines fit the new step than the present one: to be asked again
	Then   Quantity         // of a stock: what it was when it was counted
	Delta  Quantity         // and what is written: the count less that
	Stock  Quantity         // the stock after it
}

// CorrectionRow is what becomes of one open anomaly.
type CorrectionRow struct {
	Case    CorrectionCase
	Clears  bool
	Moves   bool    // it stays, and goes to customer service: what is left to do is theirs
	Was, Is StepFit // of a step: at the present one and at the new one
}

// StepFit is how a quantity goes into steps.
type StepFit struct {
	Exact    bool
	Times100 int64    // the quantity in steps, hundredths
	Below    Quantity // neighbouring multiples; 0: there is none above nought
	Above    Quantity
}

// FitOf tells how q goes into steps; all nought where there is no step.
func FitOf(q Quantity, step *Quantity) StepFit {
	if step == nil || *step <= 0 {
		return StepFit{}
	}
	f := StepFit{Exact: q > 0 && q.IsMultipleOf(*step), Times100: q.Times(*step)}
	f.Below, f.Above = q.Neighbours(*step)
	return f
}

// StepShare is how many of the lines of the last 90 days are exact multiples of a step.
type StepShare struct {
	Step  Quantity
	Lines int
	Of    int
}

// Permille is the share in thousandths, rounded half up.
func (s StepShare) Permille() int {
	if s.Of == 0 {
		return 0
	}
	return (2000*s.Lines + s.Of) / (2 * s.Of)
}

// Share gives how many lines really ordered are exact multiples of the step.
func (f CorrectionFile) Share(step Quantity) StepShare {
	out := StepShare{Step: step}
	for _, o := range f.Ordered {
		out.Of += o.Lines
		if o.Quantity.IsMultipleOf(step) {
			out.Lines += o.Lines
		}
	}
	return out
}

// Shares gives the shares of the steps in question, the smallest first: the present
// one, the imported one, the new one (nil: none proposed yet) and its double.
func (f CorrectionFile) Shares(proposed *Quantity) []StepShare {
	var steps []Quantity
	for _, s := range []*Quantity{f.Product.Step, f.Imported, proposed} {
		if s != nil && *s > 0 {
			steps = append(steps, *s)
		}
	}
	if proposed != nil && *proposed > 0 && *proposed <= MaxQuantity/2 {
		steps = append(steps, 2**proposed)
	}
	slices.Sort(steps)
	var out []StepShare
	for _, s := range slices.Compact(steps) {
		out = append(out, f.Share(s))
	}
	return out
}

// Preview tells what the correction would do. The error is Invalid where it could not
// be written at all, Conflict where a later count stands against it; Field names what is
// wrong: step, counted, counted_at, status, reason or note.
func (f CorrectionFile) Preview(c Correction) (CorrectionPreview, error) {
	var p CorrectionPreview
	if err := f.check(c); err != nil {
		return p, err
	}
	switch c.What {
	case CorrectStep:
		f.previewStep(c, &p)
	case CorrectStock:
		if err := f.previewStock(c, &p); err != nil {
			return p, err
		}
	case CorrectListing:
		f.previewListing(c.Status, &p)
	}
	for _, r := range p.Rows {
		if c.What == CorrectListing && c.Status != ProductNormal {
			break // it cannot be ordered: there is nothing to tell
		}
		if r.Clears && r.Case.Row.OrderID == 0 && !slices.Contains(p.Tells, r.Case.Row.Case) {
			p.Tells = append(p.Tells, r.Case.Row.Case)
		}
	}
	return p, nil
}

func (f CorrectionFile) check(c Correction) error {
	bad := func(field, why string) error { return &Error{Code: Invalid, Op: "correct", Field: field, Msg: why} }
	switch {
	case c.What == CorrectStep && (c.Step == nil || *c.Step <= 0 || *c.Step > MaxQuantity):
		return bad("step", "a step is more than nought")
	case c.What == CorrectStock && (c.Counted == nil || *c.Counted < 0 || *c.Counted > MaxQuantity):
		return bad("counted", "a count is not below nought")
	case c.What == CorrectStock && (c.CountedAt.After(f.ReadAt) || c.CountedAt.Before(f.ReadAt.Add(-CountReach))):
		return bad("counted_at", "a count was made within the last seven days")
	case c.What == CorrectListing && !slices.Contains([]ProductStatus{ProductNormal, ProductPaused, ProductDelisted}, c.Status):
		return bad("status", "a product is normal, paused or delisted")
	case !slices.Contains([]CorrectionKind{CorrectStep, CorrectStock, CorrectListing}, c.What):
		return bad("what", "what is corrected is a step, a stock or a listing")
	case !slices.Contains(CorrectionReasons(), c.Reason):
		return bad("reason", "there is no such reason")
	case c.Reason == OtherReason && strings.TrimSpace(c.Note) == "":
		return bad("note", "another reason takes a note")
	}
	return nil
}

// about gives the open anomalies that a correction is about, by urgency.
func (f CorrectionFile) about(own Kind, told func(WhyTold) bool) []CorrectionRow {
	var out []CorrectionRow
	for _, c := range f.Open {
		if c.Kind == own || c.Kind == NotOrderable && told(c.Told) {
			out = append(out, CorrectionRow{Case: c})
		}
	}
	slices.SortFunc(out, func(a, b CorrectionRow) int {
		return cmp.Or(cmp.Compare(a.Case.Row.Rank, b.Case.Row.Rank), cmp.Compare(a.Case.Row.Case, b.Case.Row.Case),
			cmp.Compare(a.Case.Anomaly, b.Case.Anomaly))
	})
	return out
}

// previewStep clears what is an exact multiple of the new step. What is not goes to
// customer service for rounding where procurement has it.
func (f CorrectionFile) previewStep(c Correction, p *CorrectionPreview) {
	step := *c.Step
	p.Rows = f.about(StepMismatch, func(w WhyTold) bool { return w == ToldStep })
	for i := range p.Rows {
		r := &p.Rows[i]
		r.Was, r.Is = FitOf(r.Case.Quantity, f.Product.Step), FitOf(r.Case.Quantity, &step)
		r.Clears = r.Is.Exact
		r.Moves = !r.Clears && r.Case.leaves(c.Case)
	}
	for _, l := range f.Waiting {
		if !l.Quantity.IsMultipleOf(step) {
			p.Raises = append(p.Raises, l)
		}
	}
	finer := f.Product.Step != nil && step < *f.Product.Step
	changed := f.Product.Step == nil || step != *f.Product.Step
	for _, l := range f.Accepted {
		if changed && (finer || !l.Quantity.IsMultipleOf(step)) {
			p.Lists = append(p.Lists, l)
		}
	}
	p.Shares = f.Shares(&step)
	if f.Product.Step != nil {
		p.Fewer = f.Share(step).Lines < f.Share(*f.Product.Step).Lines
	}
}

// previewStock clears in the order of urgency what the stock then lasts for. Who asks
// for more than is left is passed over.
func (f CorrectionFile) previewStock(c Correction, p *CorrectionPreview) error {
	var now Quantity
	if f.Product.Stock != nil {
		now = *f.Product.Stock
	}
	p.Then = now
	for _, m := range f.StockMoves {
		if !m.At.After(c.CountedAt) {
			continue
		}
		if m.Why == "counted" {
			return &Error{Code: Conflict, Op: "correct", Field: "counted_at", Msg: "it was counted again since"}
		}
		p.Then -= m.Delta
	}
	p.Delta = *c.Counted - p.Then
	p.Stock = now + p.Delta
	if p.Stock < 0 || p.Stock > MaxQuantity {
		return &Error{Code: Invalid, Op: "correct", Field: "counted", Msg: "more has left since than was counted"}
	}
	free := p.Stock - f.Product.Reserved
	p.Rows = f.about(ZeroStock, func(w WhyTold) bool { return w == ToldStock || unsaid(w) })
	for i := range p.Rows {
		r := &p.Rows[i]
		switch {
		case r.Case.Reserved:
			r.Clears = free >= 0
		case free > 0 && r.Case.Quantity <= free:
			r.Clears = true
			free -= r.Case.Quantity
		}
		r.Moves = !r.Clears && r.Case.leaves(c.Case)
	}
	return nil
}

// unsaid tells whether no reason is known for a refusal: it is cured by what is found
// wrong with the product then.
func unsaid(w WhyTold) bool { return w == ToldOther || w == "" }

// previewListing clears what was refused for the status, the price, or no known reason;
// of a product that is no longer sold whatever it was refused for.
func (f CorrectionFile) previewListing(status ProductStatus, p *CorrectionPreview) {
	p.Rows = f.about("", func(w WhyTold) bool { return w == ToldStatus || w == ToldPrice || unsaid(w) || status != ProductNormal })
	for i := range p.Rows {
		p.Rows[i].Clears = true
	}
}

// leaves tells whether an anomaly that stays is no longer procurement's. What somebody
// else holds stays where it is: they are told.
func (c CorrectionCase) leaves(called CaseID) bool {
	return c.Row.OrderID != 0 && c.Row.With == Procurement && (c.Row.Holder == nil || c.Row.Case == called)
}
