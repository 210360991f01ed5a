package domain

// LineFigures is what became of a line on its way: what was allocated and received of it,
// and what is due for it now.
type LineFigures struct {
	Allocated  *Quantity // nil: it was not, or not yet
	Received   *Quantity // by the latest receipt that tells of it, nil: none does
	Difference Quantity  // received less ordered: below nought is short
	Within     bool      // the difference is in the tolerance: what was ordered is due
	Due        Money
}

// Figures gives what became of a line. What is due is what was ordered or, where what was
// received differs by more than the tolerance and nobody has decided yet, what was
// received; and what was credited or charged of the line since.
func (f OrderFile) Figures(l Line) LineFigures {
	var out LineFigures
	if l.Cancelled || f.Order.State == Refused {
		return out
	}
	if !f.Order.History && f.Order.State.way() >= Allocated.way() && !l.Waiting && f.HoldOn(l.No) == nil {
		q := l.Quantity
		out.Allocated = &q
	}
	out.Due = l.Amount
	if out.Received = f.received(l); out.Received != nil {
		out.Difference = *out.Received - l.Quantity
		p := f.Products[l.Product]
		tolerance := p.Tolerance(l.Quantity)
		out.Within = out.Difference >= -tolerance && out.Difference <= tolerance
		if !out.Within && !f.weightDecided(l.No) {
			out.Due = Amount(*out.Received, l.Price)
		}
	}
	for _, a := range f.Adjustments {
		if a.Line == l.No {
			out.Due += a.Amount
		}
	}
	return out
}

// Tolerance is by how much what is received may differ from what was ordered: the larger
// of the product's share of it, down to whole thousandths, and its absolute weight; none
// for goods by the piece. Differences are whole thousandths too, so that rounding it
// down decides nothing.
func (p Product) Tolerance(ordered Quantity) Quantity {
	if !p.Weighed {
		return 0
	}
	return max(ordered*Quantity(p.ToleranceRate)/Unit, p.ToleranceAbs)
}

// received is how much of a line the latest receipt that tells of it says came.
func (f OrderFile) received(l Line) *Quantity {
	var latest *Quantity
	for i := range f.Events {
		e := &f.Events[i]
		if e.What != EventReceipt {
			continue
		}
		for k := range e.Lines {
			got := &e.Lines[k]
			if got.Line != l.No {
				continue
			}
			if f.Products[l.Product].Weighed && got.Weight != nil {
				latest = got.Weight
			} else if got.Quantity != nil {
				latest = got.Quantity
			}
		}
	}
	return latest
}

// weightDecided tells whether somebody has decided what a line's weight comes to.
func (f OrderFile) weightDecided(line int) bool {
	decided := false
	for _, a := range f.Anomalies {
		if a.Line == line && (a.Kind == ShortWeight || a.Kind == Overweight) {
			if a.Outcome == "" {
				return false
			}
			decided = true
		}
	}
	return decided
}

// Told tells whether the order was allocated, refused at the door, or anything of it
// received: from then on what is due is not simply what was ordered.
func (f OrderFile) Told() bool {
	if f.Order.State == Refused {
		return true
	}
	for _, l := range f.Order.Lines {
		if n := f.Figures(l); n.Allocated != nil || n.Received != nil {
			return true
		}
	}
	return false
}

// Due is what the store owes for the order now: its lines, each rounded once, and what was
// credited or charged of the whole; nothing of one that is cancelled or was refused.
func (f OrderFile) Due() Money {
	if f.Order.State == Cancelled || f.Order.State == Refused {
		return 0
	}
	var sum Money
	for _, l := range f.Order.Lines {
		sum += f.Figures(l).Due
	}
	for _, a := range f.Adjustments {
		if a.Line == 0 {
			sum += a.Amount
		}
	}
	return sum
}

// Collected is the cash taken at the door, and whether anybody told of any.
func (f OrderFile) Collected() (Money, bool) {
	var sum Money
	told := false
	for _, e := range f.Events {
		if e.What == EventCollection && e.Amount != nil {
			sum += *e.Amount
			told = true
		}
	}
	return sum, told
}

// ReachedAt is when the order came to a stage as first told, nil where nobody told.
func (f OrderFile) ReachedAt(s Stage) *EventTold {
	for i := range f.Events {
		if e := &f.Events[i]; e.What == EventStage && e.Stage == s {
			return e
		}
	}
	return nil
}
