package domain

// ProposalWhy is the reason of a proposed quantity.
type ProposalWhy string

// The reasons.
const (
	ProposeLikely   ProposalWhy = "likely"    // without the slip the evidence names
	ProposeZeroLess ProposalWhy = "zero_less" // a nought less
	ProposeUndouble ProposalWhy = "undoubled" // typed twice
	ProposeCase     ProposalWhy = "case"      // cases for pieces
	ProposeMedian   ProposalWhy = "median"
	ProposeTop      ProposalWhy = "usual_top"
	ProposeBelow    ProposalWhy = "below" // the neighbouring multiples of the step
	ProposeAbove    ProposalWhy = "above"
	ProposeStock    ProposalWhy = "in_stock" // all there is

	ProposeAsked     ProposalWhy = "asked"      // as the store asks
	ProposeDiffers   ProposalWhy = "differs"    // what came too little or too much
	ProposeUsual     ProposalWhy = "usual"      // what the store usually orders of what it lacks
	ProposeApproved  ProposalWhy = "approved"   // as procurement and the supplier agree
	ProposeAsOrdered ProposalWhy = "as_ordered" // all of the line
)

// ProposalWhys lists every reason there is.
func ProposalWhys() []ProposalWhy {
	return []ProposalWhy{
		ProposeLikely, ProposeZeroLess, ProposeUndouble, ProposeCase, ProposeMedian, ProposeTop, ProposeBelow, ProposeAbove, ProposeStock,
		ProposeAsked, ProposeDiffers, ProposeUsual, ProposeApproved, ProposeAsOrdered,
	}
}

// Proposal is a quantity the store may have meant.
type Proposal struct {
	Quantity Quantity
	Why      ProposalWhy
	Check    QuantityCheck
}

// QuantityCheck tells how a quantity of a line stands to its product.
type QuantityCheck struct {
	StepOK  bool     // a multiple of the step, or there is no step
	Below   Quantity // the neighbouring multiples, if it is none
	Above   Quantity
	StockOK bool     // there is enough, or nobody said how much there is
	InCases Quantity // how many cases it is, thousandths; 0: not known or no whole case
	Verify  bool     // above the product's verification quantity (§4.1)
}

// CheckQuantity tells how a new quantity of a line stands to its product. A step or a
// stock it does not meet is no error: the judge will flag the line again. The error
// is Invalid, for what cannot be written at all.
func (f Form) CheckQuantity(line int, q Quantity) (QuantityCheck, error) {
	l, ok := f.Line(line)
	switch {
	case !ok || l.Cancelled:
		return QuantityCheck{}, Errorf(Invalid, "quantity", "the order has no such line")
	case q <= 0:
		return QuantityCheck{}, Errorf(Invalid, "quantity", "it must be more than nought")
	case q > MaxQuantity:
		return QuantityCheck{}, Errorf(Invalid, "quantity", "it is out of range")
	case q == l.Quantity:
		return QuantityCheck{}, Errorf(Invalid, "quantity", "it is the quantity as it was")
	}
	return f.check(l, q), nil
}

func (f Form) check(l Line, q Quantity) QuantityCheck {
	p := f.Products[l.Product]
	c := QuantityCheck{StepOK: true, StockOK: true}
	if p.Step != nil && !q.IsMultipleOf(*p.Step) {
		c.StepOK = false
		c.Below, c.Above = q.Neighbours(*p.Step)
	}
	if free, known := l.Free(p); known {
		c.StockOK = q <= free
	}
	if p.Case != nil && *p.Case > 0 && q%*p.Case == 0 {
		c.InCases = Units(int64(q / *p.Case))
	}
	c.Verify = p.VerifyAbove != nil && q > *p.VerifyAbove
	return c
}

// Proposals lists what the store may have meant by a line, the likeliest first. Each
// is a multiple of the step, where there is one, and differs from what was ordered.
func (f Form) Proposals(line int) []Proposal {
	l, ok := f.Line(line)
	if !ok {
		return nil
	}
	p := f.product(line)
	var out []Proposal
	add := func(q Quantity, why ProposalWhy) {
		q = toStep(q, p)
		if q <= 0 || q >= l.Quantity && why != ProposeAbove && why != ProposeAsked || q == l.Quantity {
			return
		}
		for _, have := range out {
			if have.Quantity == q {
				return
			}
		}
		out = append(out, Proposal{Quantity: q, Why: why, Check: f.check(l, q)})
	}
	surge, ev := f.evidence(line)
	if q := f.told(l); q > 0 {
		add(q, ProposeAsked)
	}
	if surge {
		proposeSlip(ev, add)
	}
	if p.Step != nil && !l.Quantity.IsMultipleOf(*p.Step) {
		below, above := l.Quantity.Neighbours(*p.Step)
		add(below, ProposeBelow)
		add(above, ProposeAbove)
	}
	if surge && l.Quantity%10 == 0 && (p.Weighed || l.Quantity/10%Unit == 0) {
		add(l.Quantity/10, ProposeZeroLess)
	}
	add(ev.Median, ProposeMedian)
	add(ev.UsualHigh, ProposeTop)
	if free, known := l.Free(p); known && free < l.Quantity {
		add(free, ProposeStock)
	}
	return out
}

// proposeSlip proposes the quantity without the slip the evidence names.
func proposeSlip(ev Evidence, add func(Quantity, ProposalWhy)) {
	switch ev.Multiple {
	case "":
	case "x10":
		add(ev.Likely, ProposeZeroLess)
	case "doubled":
		add(ev.Likely, ProposeUndouble)
	case "case":
		add(ev.Likely, ProposeCase)
	default:
		add(ev.Likely, ProposeLikely)
	}
}

// told is how much of a line its store says it wants instead, 0: it has not said.
func (f Form) told(l Line) Quantity {
	for _, a := range f.Anomalies {
		for _, it := range a.Evidence.Items {
			if (a.Kind == WrongOrder || a.Kind == OrderChange) && it.Line == l.No {
				return it.Wanted
			}
		}
	}
	return 0
}

// evidence gives what the anomalies of a line know of its usual quantities, and
// whether the line is a surge.
func (f Form) evidence(line int) (bool, Evidence) {
	t, own := f.Target(line)
	if !own {
		return true, Evidence{}
	}
	for _, a := range t.Anomalies {
		if a.Kind == QuantitySurge {
			return true, a.Evidence
		}
	}
	for _, a := range t.Anomalies {
		switch {
		case a.Kind == AmountSurge:
			return true, Evidence{}
		case a.Kind == WrongOrder && a.Evidence.Multiple != "":
			return true, a.Evidence
		}
	}
	return false, t.Lead().Evidence
}

// toStep brings a proposal to the multiple of the step below it, or to one step.
func toStep(q Quantity, p Product) Quantity {
	if q <= 0 || p.Step == nil || q.IsMultipleOf(*p.Step) {
		return q
	}
	below, above := q.Neighbours(*p.Step)
	if below > 0 {
		return below
	}
	return above
}
