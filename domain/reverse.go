package domain

import (
	"slices"
	"time"
)

// Written is the last write of a case with the order as it found it: what taking it
// back goes by. The database keeps it with each write.
type Written struct {
	Records  []RecordID
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
	Found    OrderBefore
	Later    *Reversal                // who has written on the same order since, nil: nobody
	Judged   bool                     // the judge has found more since
	Lessons  int                      // what it confirmed for the statistics
	Unlearnt int                      // of them not learnt yet
	Quieter  []ExemptionID            // it made, that are in force
	Reserved []int                    // lines of the order that have taken stock, as they are now
	Reversal *Reversal                // who has taken it back, nil: nobody
	Linked   map[ProductCode]Quantity // what the orders it linked have taken of the stock
	Past     ReversalBar              // what it did beside its order cannot be stopped any more: BarLinked or BarChanged
}

// OrderBefore is an order as a write found it, and the state it left it in.
type OrderBefore struct {
	State OrderState   `json:"state"`
	Left  OrderState   `json:"left"`
	Free  []int        `json:"free"`  // lines that stood and had taken no stock
	Lines []LineBefore `json:"lines"` // those it changed
	Holds []HoldBefore `json:"holds"` // that were active
	Added []int        `json:"added"` // lines that were not there: substitutes
	Did   []EffectDone `json:"did"`   // beside the order
}

// Touched tells whether the write changed the order: only then the order's way since
// stands against taking it back.
func (b OrderBefore) Touched() bool {
	return b.State != b.Left || len(b.Lines) > 0 || len(b.Holds) > 0
}

// LineBefore is one line as it was.
type LineBefore struct {
	Line     int      `json:"line"`
	Quantity Quantity `json:"quantity"`
	Amount   Money    `json:"amount"`
	Reserved bool     `json:"reserved"`
	Waiting  bool     `json:"waiting"`
}

// HoldBefore is one hold as it was.
type HoldBefore struct {
	Anomaly AnomalyID `json:"anomaly"`
	Line    int       `json:"line"`
	Pending bool      `json:"pending"`
}

// Reversal says who took a write back, when and why; the records it wrote stay.
type Reversal struct {
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
	Reason   string
}

// Reversed is how things stand after a write was taken back.
type Reversed struct {
	Case      CaseID         `json:"case"`
	State     CaseState      `json:"state"`
	Version   int64          `json:"version"`
	Claim     Claimed        `json:"claim"`   // the caller's
	Records   []RecordID     `json:"records"` // that no longer hold
	Changed   []ResolvedLine `json:"changed"` // Old: as it was written, New: as it is again
	Order     ResolvedOrder  `json:"order"`
	Holds     []HeldAgain    `json:"holds"`     // placed again
	Ended     []ExemptionID  `json:"ended"`     // exemptions
	Learnt    bool           `json:"learnt"`    // the statistics keep something of it
	Rechecked bool           `json:"rechecked"` // the judge looks at the order again
	Undone    []EffectDone   `json:"undone"`    // what it had done beside the order, the last first
	Decisions []DecisionID   `json:"decisions"`
}

// HeldAgain is one hold that is placed again.
type HeldAgain struct {
	Line int  `json:"line"` // 0: the whole order
	Kind Kind `json:"kind"`
}

// ReversalBar says why a write cannot be taken back; empty: it can. The database gives
// the same in the Detail "reverse" of its refusal.
type ReversalBar string

// The bars, in the order they are looked at.
const (
	BarNothing  ReversalBar = "nothing"   // nothing is on record that can be taken back
	BarNotYours ReversalBar = "not_yours" // somebody else wrote it: they may, and a manager
	BarTwice    ReversalBar = "twice"     // it was taken back before
	BarHeld     ReversalBar = "held"      // somebody else holds the case, or it lies with another department
	BarPicking  ReversalBar = "picking"   // picking has begun, or the last moment has passed, or nobody knows it
	BarLinked   ReversalBar = "linked"    // what it set off cannot be stopped any more
	BarState    ReversalBar = "state"     // the order is past being stopped, or was cancelled by something else
	BarLater    ReversalBar = "later"     // the order was written again
	BarJudged   ReversalBar = "judged"    // the judge has found more
	BarChanged  ReversalBar = "changed"   // its lines changed
	BarStock    ReversalBar = "stock"     // the stock is gone
)

// ReversalPlan is what taking a case's last write back would do, shown before it is
// done; or why it cannot be.
type ReversalPlan struct {
	Bar      ReversalBar
	Who      *Reversal     // of BarNotYours, BarTwice and BarLater
	Short    *Shortage     // of BarStock
	Until    *Moment       // until when it can be taken back
	Lines    []LineChange  // Old: as they are now (0: cancelled), New: what comes back
	OldTotal Money         // as it is now
	NewTotal Money         // what comes back
	State    OrderState    // the order goes back to
	Restored bool          // the order was cancelled
	Held     []HeldAgain   // holds that are placed again
	Reopened int           // anomalies that are open again
	Learnt   bool          // the statistics keep what they learnt of it
	Unlearnt bool          // they have not learnt it yet, and will not
	Quieter  []ExemptionID // exemptions that end
	Undone   []EffectDone  // what it did beside the order and is taken back, the last first
}

// Delta is what the order's total changes by.
func (p ReversalPlan) Delta() Money { return p.NewTotal - p.OldTotal }

// PlanReversal foretells what taking back the last write of a case does, for by at now.
func PlanReversal(f CaseFile, by Staff, now time.Time) ReversalPlan {
	var p ReversalPlan
	if f.Written == nil {
		p.Bar = BarNothing
		return p
	}
	w := *f.Written
	p.Until = w.until(f.Moments)
	p.Bar, p.Who = w.bar(f, by, now)
	p.OldTotal = TotalOf(f.Order.Lines)
	p.NewTotal = p.OldTotal
	if w.Found.Touched() {
		w.planLines(f, &p)
	}
	p.Held = w.heldAgain(f)
	p.State = w.restoredState(f, p.Held)
	p.Restored = f.Order.State == Cancelled && p.State != Cancelled
	p.Reopened = len(w.Records)
	p.Learnt = p.Learnt || w.Lessons > w.Unlearnt && w.Found.Left != Cancelled
	p.Unlearnt = w.Unlearnt > 0
	p.Quieter = w.Quieter
	p.Undone = slices.Clone(w.Found.Did)
	slices.Reverse(p.Undone)
	if p.Bar == "" {
		if p.Short = w.shortage(f, p); p.Short != nil {
			p.Bar = BarStock
		}
	}
	return p
}

// planLines foretells the lines that come back, and those that were added and go.
func (w Written) planLines(f CaseFile, p *ReversalPlan) {
	for _, l := range f.Order.Lines {
		was, changed := w.changed(l.No)
		added := slices.Contains(w.Found.Added, l.No)
		if !changed && !added {
			continue
		}
		c := LineChange{Line: l.No, Product: l.Product, Old: l.Quantity, New: was.Quantity, OldAmount: l.Amount, NewAmount: was.Amount}
		if l.Cancelled {
			c.Old, c.OldAmount = 0, 0
		} else if !l.Waiting {
			p.Learnt = true // the judge has seen it, and learnt the quantity
		}
		p.Lines = append(p.Lines, c)
		p.NewTotal += c.Delta()
	}
}

// until is the moment up to which the write can be taken back: picking, where that
// matters to its case; the delivery it planned; else the last moment. Nil: nobody knows.
func (w Written) until(moments []Moment) *Moment {
	var picking, last *Moment
	for _, m := range moments {
		if m.What == Picking && (picking == nil || m.At.Before(picking.At)) {
			picking = &m
		}
		if last == nil || m.At.After(last.At) {
			last = &m
		}
	}
	if picking != nil {
		return picking
	}
	for _, d := range w.Found.Did {
		if d.Op == EffectReschedule && d.At != nil {
			return &Moment{What: Promise, At: *d.At}
		}
	}
	return last
}

// bar says what keeps the write from being taken back, but for the stock.
func (w Written) bar(f CaseFile, by Staff, now time.Time) (ReversalBar, *Reversal) {
	until := w.until(f.Moments)
	left := f.Order.State == w.Found.Left || w.Found.Left == Placed && f.Order.State == Accepted
	went := !slices.Contains([]OrderState{Placed, Accepted, Cancelled, w.Found.State}, w.Found.Left)
	switch {
	case w.By != by.Login && !by.Has(RoleManager):
		return BarNotYours, &Reversal{By: w.By, ByName: w.ByName, ByNameEn: w.ByNameEn, At: w.At}
	case w.Reversal != nil:
		return BarTwice, w.Reversal
	case !worksWith(by, f.Row.With), heldByAnother(f.Row.Holder, by, now):
		return BarHeld, nil
	case until == nil || !until.At.After(now):
		return BarPicking, nil
	case w.Past != "":
		return w.Past, nil
	case !w.Found.Touched():
		return "", nil
	case !left, went:
		return BarState, nil
	case w.Later != nil:
		return BarLater, w.Later
	case w.Judged:
		return BarJudged, nil
	case f.Changed():
		return BarChanged, nil
	}
	return "", nil
}

// worksWith tells whether somebody works in a department; a manager works in all.
func worksWith(s Staff, d Department) bool {
	return s.Has(RoleManager) || slices.ContainsFunc(s.Roles, func(r Role) bool { return r.Department() == d })
}

func heldByAnother(h *Holder, by Staff, now time.Time) bool {
	return h != nil && h.Login != by.Login && h.Until.After(now)
}

// Changed tells whether a line that the last write changed is not as it left it.
func (f CaseFile) Changed() bool {
	for _, r := range f.Records {
		if f.Written == nil || !slices.Contains(f.Written.Records, r.ID) {
			continue
		}
		for _, c := range r.Changed {
			l := f.Order.line(c.Line)
			is := l.Quantity
			if l.Cancelled {
				is = 0
			}
			if is != c.New {
				return true
			}
		}
	}
	return false
}

// line gives a line of the order, the zero Line where there is none.
func (o Order) line(no int) Line {
	for _, l := range o.Lines {
		if l.No == no {
			return l
		}
	}
	return Line{}
}

// changed tells whether the write changed a line.
func (w Written) changed(no int) (LineBefore, bool) {
	for _, l := range w.Found.Lines {
		if l.Line == no {
			return l, true
		}
	}
	return LineBefore{}, false
}

// heldAgain lists the holds that were active then and are not now. One that a change
// had answered before stays gone where the judge has seen its line.
func (w Written) heldAgain(f CaseFile) []HeldAgain {
	var out []HeldAgain
	for _, was := range w.Found.Holds {
		active := slices.ContainsFunc(f.Holds, func(h Hold) bool { return h.Anomaly == was.Anomaly && h.Active() })
		_, changed := w.changed(was.Line)
		if active || was.Pending && was.Line != 0 && !changed {
			continue
		}
		i := slices.IndexFunc(f.Holds, func(h Hold) bool { return h.Anomaly == was.Anomaly })
		if i < 0 {
			continue
		}
		out = append(out, HeldAgain{Line: was.Line, Kind: f.Holds[i].Kind})
	}
	return out
}

// restoredState is the state the order goes back to: one that was placed is accepted
// where a line of it is free all the same.
func (w Written) restoredState(f CaseFile, again []HeldAgain) OrderState {
	switch {
	case !w.Found.Touched():
		return f.Order.State
	case w.Found.State != Placed || f.Order.State != Accepted:
		return w.Found.State
	}
	for _, l := range f.Order.Lines {
		if slices.Contains(w.Found.Added, l.No) {
			continue
		}
		was, changed := w.changed(l.No)
		waits := l.Waiting
		if changed {
			waits = was.Waiting
		}
		if (changed || !l.Cancelled) && !waits && !f.heldLine(l.No, again) {
			return Accepted
		}
	}
	return Placed
}

// heldLine tells whether a line is held, with the holds that are placed again.
func (f CaseFile) heldLine(no int, again []HeldAgain) bool {
	return slices.ContainsFunc(f.Holds, func(h Hold) bool { return h.Active() && (h.Line == 0 || h.Line == no) }) ||
		slices.ContainsFunc(again, func(h HeldAgain) bool { return h.Line == 0 || h.Line == no })
}
