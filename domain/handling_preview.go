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

	Adjusts     []Adjusting // on the store's settlement
	Linked      []MadeOrder // orders that are made
	Stock       []StockDelta
	Returns     []OpenedReturn
	Planned     *time.Time // the new delivery
	DeliveredAt *time.Time // nobody had told
	Limit       *LimitMove
}

// Delta is what the order's total changes by.
func (p Preview) Delta() Money { return p.NewTotal - p.OldTotal }

// Due is what the store owes more, below nought less, by all of it: the order, what is
// adjusted, the orders that are made.
func (p Preview) Due() Money {
	due := p.Delta()
	for _, a := range p.Adjusts {
		due += a.Amount
	}
	for _, m := range p.Linked {
		due += m.Total
	}
	return due
}

// Adjusting is money on the store's settlement.
type Adjusting struct {
	Line    int
	Product ProductCode
	What    string // "credit", "charge", "return"
	Amount  Money  // credits and returns below nought
}

// MadeOrder is an order that is made, without its number.
type MadeOrder struct {
	Link  Link
	Lines []LinkedLine
	Total Money
	Late  bool // lines that are let go too late to go with their order, at their own price
}

// StockDelta is goods that come back into stock, or below nought are taken of it for a
// supplement.
type StockDelta struct {
	Product  ProductCode
	Quantity Quantity
}

// OpenedReturn is a return that is opened as an anomaly of its own.
type OpenedReturn struct {
	Line     int
	Product  ProductCode
	Quantity Quantity
}

// LimitMove is the store's limit on cash on delivery, before and after; Old is 0 where
// none is known.
type LimitMove struct{ Old, New Money }

// LineChange is what becomes of one line.
type LineChange struct {
	Line      int
	Product   ProductCode
	Old       Quantity // 0: the line is new, in place of another
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

	WarnNotDelivered WarningKind = "not_delivered" // nobody told that the order was delivered
	WarnUnconfirmed  WarningKind = "unconfirmed"   // money or goods, and nobody confirms the weight
	WarnAmount       WarningKind = "above_dispute" // more than the goods in dispute are worth
	WarnNothing      WarningKind = "nothing"       // an order is cancelled and nothing is ordered again
	WarnOrderable    WarningKind = "not_orderable" // a line of the order that is made cannot be ordered now
)

// WarningKinds lists every warning there is.
func WarningKinds() []WarningKind {
	return []WarningKind{
		WarnReorder, WarnPicking, WarnPast, WarnSaidWrong, WarnSaidWanted, WarnStep, WarnStock,
		WarnNotDelivered, WarnUnconfirmed, WarnAmount, WarnNothing, WarnOrderable,
	}
}

// Warning is one thing to think of before writing.
type Warning struct {
	Kind    WarningKind
	Line    int
	Product ProductCode   // of a line of an order that is made
	Left    time.Duration // to the moment, where it is about one
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
	f.beside(p, &v)
	f.tooLate(&v)
	undecided := len(p.Resolutions) < len(f.Anomalies)
	v.Accepted = f.HasOrder() && !undecided && !v.OrderCancelled && f.Order.State == Placed && len(v.Rechecked)+len(v.Stays) == 0
	v.Warnings = append(f.momentWarnings(v), f.answerWarnings(a)...)
	return v
}

// changedLines lists what the effects do to the lines, and whether nothing of the
// order is left.
func (f Form) changedLines(p Plan) ([]LineChange, bool) {
	next := map[int]Quantity{}
	whole := false
	var added []LineChange
	for _, e := range p.effects() {
		switch e.Op {
		case EffectSetQuantity:
			next[e.Line] = e.Quantity
		case EffectCancelLine:
			next[e.Line] = 0
		case EffectCancelOrder:
			whole = true
		case EffectSubstitute:
			next[e.Line] = 0
			added = append(added, f.standIn(e, len(added)))
		default:
		}
	}
	if whole {
		added = nil
	}
	var out []LineChange
	left := len(added) > 0
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
	return append(out, added...), !left && len(out) > 0
}

// standIn is the line that takes the place of another, after so many others that do.
func (f Form) standIn(e Effect, others int) LineChange {
	last := 0
	for _, l := range f.Order.Lines {
		last = max(last, l.No)
	}
	p, _ := f.Product(e.Product)
	return LineChange{Line: last + 1 + others, Product: e.Product, New: e.Quantity, NewAmount: Amount(e.Quantity, p.Price)}
}

// effects lists all that is done.
func (p Plan) effects() []Effect {
	var out []Effect
	for _, r := range p.Resolutions {
		out = append(out, r.Effects...)
	}
	return out
}

// beside fills in what is done beside the order's lines.
func (f Form) beside(p Plan, v *Preview) {
	for _, r := range p.Resolutions {
		for _, e := range r.Effects {
			switch e.Op {
			case EffectAdjust:
				v.Adjusts = append(v.Adjusts, Adjusting{
					Line: e.Line, Product: f.lineProduct(e.Line), What: adjustmentOf(r.Kind, e.Amount), Amount: e.Amount,
				})
			case EffectSupplement:
				v.Linked = append(v.Linked, made(Supplement, e.Lines))
				for _, l := range e.Lines {
					v.Stock = append(v.Stock, StockDelta{l.Product, -l.Quantity})
				}
			case EffectReorder:
				v.Linked = append(v.Linked, made(Reorder, e.Lines))
			case EffectRestock:
				v.Stock = append(v.Stock, StockDelta{e.Product, e.Quantity})
			case EffectOpenReturn:
				v.Returns = append(v.Returns, OpenedReturn{e.Line, e.Product, e.Quantity})
			case EffectReschedule:
				v.Planned = e.At
			case EffectDeliver:
				v.DeliveredAt = e.At
			case EffectSetLimit:
				v.Limit = &LimitMove{f.limit(Target{Anomalies: f.Anomalies}), e.Amount}
			default:
			}
		}
	}
}

// tooLate fills in the supplement that lines become which are let go after their order
// was allocated ("Holds"): those that nothing holds any more and that were never part of it.
// What is changed is judged first.
func (f Form) tooLate(v *Preview) {
	if v.OrderCancelled || !slices.Contains([]OrderState{Allocated, Shipped, Delivered, Received}, f.Order.State) {
		return
	}
	held := func(line int) bool {
		return slices.ContainsFunc(append(v.Stays[:len(v.Stays):len(v.Stays)], v.Rechecked...), func(h Hold) bool { return h.Line == 0 || h.Line == line })
	}
	var lines []LinkedLine
	for _, l := range f.Order.Lines {
		goes := slices.ContainsFunc(v.Released, func(h Hold) bool { return h.Line == l.No })
		gone := slices.ContainsFunc(v.Lines, func(c LineChange) bool { return c.Line == l.No })
		if goes && !gone && !l.Cancelled && !l.Reserved && !held(l.No) {
			lines = append(lines, LinkedLine{Product: l.Product, Quantity: l.Quantity, Price: l.Price})
			v.NewTotal -= l.Amount
		}
	}
	if len(lines) > 0 {
		m := made(Supplement, lines)
		m.Late = true
		v.Linked = append(v.Linked, m)
	}
}

func (f Form) lineProduct(no int) ProductCode {
	l, _ := f.Line(no)
	return l.Product
}

// adjustmentOf names an entry on the settlement.
func adjustmentOf(k Kind, m Money) string {
	switch {
	case k == Return:
		return "return"
	case m < 0:
		return "credit"
	default:
		return "charge"
	}
}

func made(l Link, lines []LinkedLine) MadeOrder {
	m := MadeOrder{Link: l, Lines: lines}
	for _, x := range lines {
		m.Total += Amount(x.Quantity, x.Price)
	}
	return m
}

// sortHolds says of each hold of the order whether it goes, waits for the judge, or
// stays. One on a line waits when that line changes, one on the order when any does.
func (f Form) sortHolds(p Plan, v *Preview) {
	named := map[HoldID]bool{}
	for _, e := range p.effects() {
		if e.Op == EffectRelease {
			named[e.Hold] = true
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
	for _, e := range p.effects() {
		if e.Op != EffectLearn {
			continue
		}
		if l, ok := f.Line(e.Line); ok {
			out = append(out, Learnt{Line: l.No, Product: l.Product, Quantity: l.Quantity})
		} else {
			out = append(out, Learnt{Amount: v.NewTotal})
		}
	}
	for _, c := range v.Lines {
		if c.New > 0 && c.Old > 0 {
			out = append(out, Learnt{Line: c.Line, Product: c.Product, Quantity: c.New, Not: c.Old})
		}
	}
	return out
}

func (f Form) quieter(p Plan, v Preview) []Quieter {
	var out []Quieter
	until := f.Now.Add(time.Duration(f.Quiet.Days) * 24 * time.Hour)
	for _, e := range p.effects() {
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
