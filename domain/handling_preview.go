package domain

import (
	"slices"
	"time"
)

// Preview is what will be written, shown before it is.
type Preview struct {
	Lines          []LineChange
	OldTotal       Money
	NewTotal       Money
	OrderCancelled bool
	Accepted       bool      // nothing holds the order any more: it is accepted in the same act
	Released       []Hold    // holds that go
	Rechecked      []Hold    // holds that stay until the judge has seen the change
	Stays          []Hold    // holds that stay
	Learnt         []Learnt  // what the detector takes as usual
	Quieter        []Quieter // what the statistics are quieter about
	Until          *Moment   // until when it could still be changed; nil: not any more
	Warnings       []Warning // near or past a moment, or answers that contradict each other
}

// Delta is what the order's total changes by.
func (p Preview) Delta() Money { return p.NewTotal - p.OldTotal }

// LineChange is what becomes of one line.
type LineChange struct {
	Line      int
	Product   ProductCode
	Old       Quantity
	New       Quantity // 0: the line is cancelled
	OldAmount Money
	NewAmount Money
}

// Delta is what the line's amount changes by.
func (c LineChange) Delta() Money { return c.NewAmount - c.OldAmount }

// Learnt is one thing the detector takes as usual.
type Learnt struct {
	Line     int // 0: the order's amount
	Product  ProductCode
	Quantity Quantity // 0: for the order's amount
	Not      Quantity // what it does not learn, 0: nothing
	Amount   Money    // of the order, where Line is 0
}

// Quieter is one thing the statistics are quieter about for a time.
type Quieter struct {
	Line    int // 0: the order's amount
	Product ProductCode
	UpTo    Quantity // 0: for the order's amount
	Amount  Money    // up to, where Line is 0
	Until   time.Time
}

// WarningKind names a warning.
type WarningKind string

// The warnings.
const (
	WarnReorder    WarningKind = "too_late_to_reorder" // something is cancelled and the window closes; a supplement can be noted
	WarnPicking    WarningKind = "near_picking"
	WarnPast       WarningKind = "past_picking" // the goods are being picked, or are on their way
	WarnSaidWrong  WarningKind = "said_mistake" // the store said it is a mistake, and it is to be released
	WarnSaidWanted WarningKind = "said_wanted"  // the store said it wants it, and it is to go
	WarnStep       WarningKind = "step"         // the new quantity is no multiple: it will be flagged again
	WarnStock      WarningKind = "stock"        // there is less: it will be flagged again
)

// Warning is one thing to think of before writing.
type Warning struct {
	Kind WarningKind
	Line int
	Left time.Duration // to the moment, where it is about one
}

// Near is how long before a moment the form warns of it.
const Near = 10 * time.Minute

func (f Form) preview(a Answers, p Plan) Preview {
	v := Preview{OldTotal: TotalOf(f.Order.Lines), Until: f.changeableUntil()}
	v.Lines, v.OrderCancelled = f.changedLines(p)
	v.NewTotal = v.OldTotal
	for _, c := range v.Lines {
		v.NewTotal += c.Delta()
	}
	f.sortHolds(p, &v)
	v.Learnt = f.learnt(p, v)
	v.Quieter = f.quieter(p, v)
	undecided := len(p.Resolutions) < len(f.Anomalies)
	v.Accepted = !undecided && !v.OrderCancelled && f.Order.State == Placed && len(v.Rechecked)+len(v.Stays) == 0
	v.Warnings = append(f.momentWarnings(v), f.answerWarnings(a)...)
	return v
}

// changedLines lists what the effects do to the lines, and whether nothing of the
// order is left.
func (f Form) changedLines(p Plan) ([]LineChange, bool) {
	next := map[int]Quantity{}
	whole := false
	for _, r := range p.Resolutions {
		for _, e := range r.Effects {
			switch e.Op {
			case EffectSetQuantity:
				next[e.Line] = e.Quantity
			case EffectCancelLine:
				next[e.Line] = 0
			case EffectCancelOrder:
				whole = true
			case EffectRelease, EffectLearn, EffectQuieten:
			}
		}
	}
	var out []LineChange
	left := false
	for _, l := range f.Order.Lines {
		q, changed := next[l.No]
		if whole {
			q, changed = 0, true
		}
		if l.Cancelled || !changed {
			left = left || !l.Cancelled
			continue
		}
		left = left || q > 0
		out = append(out, LineChange{
			Line: l.No, Product: l.Product, Old: l.Quantity, New: q,
			OldAmount: l.Amount, NewAmount: Amount(q, l.Price),
		})
	}
	return out, !left && len(out) > 0
}

// sortHolds says of each hold of the order whether it goes, waits for the judge, or
// stays. One on a line waits when that line changes, one on the order when any does.
func (f Form) sortHolds(p Plan, v *Preview) {
	named := map[HoldID]bool{}
	for _, r := range p.Resolutions {
		for _, e := range r.Effects {
			if e.Op == EffectRelease {
				named[e.Hold] = true
			}
		}
	}
	for _, h := range f.Holds {
		changed := slices.ContainsFunc(v.Lines, func(c LineChange) bool {
			return h.Line == 0 || (h.Line == c.Line && c.New > 0)
		})
		gone := slices.ContainsFunc(v.Lines, func(c LineChange) bool { return h.Line == c.Line && c.New == 0 })
		switch {
		case v.OrderCancelled, gone && (named[h.ID] || h.Pending):
			v.Released = append(v.Released, h)
		case (named[h.ID] || h.Pending) && changed, h.Pending:
			v.Rechecked = append(v.Rechecked, h)
		case named[h.ID]:
			v.Released = append(v.Released, h)
		default:
			v.Stays = append(v.Stays, h)
		}
	}
}

func (f Form) learnt(p Plan, v Preview) []Learnt {
	var out []Learnt
	for _, r := range p.Resolutions {
		for _, e := range r.Effects {
			if e.Op != EffectLearn {
				continue
			}
			if l, ok := f.Line(e.Line); ok {
				out = append(out, Learnt{Line: l.No, Product: l.Product, Quantity: l.Quantity})
			} else {
				out = append(out, Learnt{Amount: v.NewTotal})
			}
		}
	}
	for _, c := range v.Lines {
		if c.New > 0 {
			out = append(out, Learnt{Line: c.Line, Product: c.Product, Quantity: c.New, Not: c.Old})
		}
	}
	return out
}

func (f Form) quieter(p Plan, v Preview) []Quieter {
	var out []Quieter
	until := f.Now.Add(time.Duration(f.Quiet.Days) * 24 * time.Hour)
	for _, r := range p.Resolutions {
		for _, e := range r.Effects {
			if e.Op != EffectQuieten {
				continue
			}
			if l, ok := f.Line(e.Line); ok {
				x := Exemption{Quantity: l.Quantity, Ratio100: f.Quiet.Ratio100}
				out = append(out, Quieter{Line: l.No, Product: l.Product, UpTo: x.UpTo(), Until: until})
			} else {
				x := Exemption{Amount: v.NewTotal, Ratio100: f.Quiet.Ratio100}
				out = append(out, Quieter{Amount: x.UpToAmount(), Until: until})
			}
		}
	}
	return out
}

// changeableUntil is the next moment up to which the platform can still change the
// order at no cost: picking.
func (f Form) changeableUntil() *Moment {
	for _, m := range f.Moments {
		if m.What == Picking && m.At.After(f.Now) {
			return &m
		}
	}
	return nil
}

func (f Form) momentWarnings(v Preview) []Warning {
	var out []Warning
	left := func(k MomentKind) (time.Duration, bool) {
		for _, m := range f.Moments {
			if m.What == k {
				return m.At.Sub(f.Now), true
			}
		}
		return 0, false
	}
	dropped := slices.ContainsFunc(v.Lines, func(c LineChange) bool { return c.New == 0 })
	if d, ok := left(WindowClose); ok && d < Near && dropped {
		out = append(out, Warning{Kind: WarnReorder, Left: d})
	}
	d, ok := left(Picking)
	switch {
	case !ok:
	case d <= 0:
		out = append(out, Warning{Kind: WarnPast, Left: d})
	case d < Near:
		out = append(out, Warning{Kind: WarnPicking, Left: d})
	}
	return out
}

func (f Form) answerWarnings(a Answers) []Warning {
	var out []Warning
	for _, t := range f.Targets {
		d, ok := f.decisionFor(t, a)
		if !ok {
			continue
		}
		reached := a.Call != nil && a.Call.Outcome == Reached
		switch {
		case reached && a.Call.Said == SaidMistake && d.Choice == ChooseGenuine:
			out = append(out, Warning{Kind: WarnSaidWrong, Line: t.Line})
		case reached && a.Call.Said == SaidWanted && (d.Choice == ChooseDropLine || d.Choice == ChooseDropOrder):
			out = append(out, Warning{Kind: WarnSaidWanted, Line: t.Line})
		}
		if d.Choice != ChooseChange {
			continue
		}
		if c, err := f.CheckQuantity(d.line(), d.Quantity); err == nil {
			if !c.StepOK {
				out = append(out, Warning{Kind: WarnStep, Line: d.line()})
			}
			if !c.StockOK {
				out = append(out, Warning{Kind: WarnStock, Line: d.line()})
			}
		}
	}
	return out
}
