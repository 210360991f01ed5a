package domain

import (
	"slices"
	"time"
)

// FormCase is what the form of one case is made from.
type FormCase struct {
	Case      CaseID
	Version   int64
	Anomalies []Anomaly // the open ones
	Holds     []Hold    // every hold of the order that is active
	Order     Order
	Products  map[ProductCode]Product // of the order's lines and of what the evidence names, as they are now
	Others    []Product               // that may stand in for a product
	Store     Store
	Moments   []Moment
	Findings  []Finding  // other departments' word, oldest first
	Adjusted  Money      // on the settlement for this order so far, credits below nought
	Quiet     QuietTerms // what is set now
	Terms     HandlingTerms
	By        Staff // who fills the form in
	Now       time.Time
}

// FormCaseOf takes from a case file what its form needs.
func FormCaseOf(f CaseFile, by Staff, now time.Time) FormCase {
	c := FormCase{
		Case: f.Row.Case, Version: f.Row.Version, Order: f.Order, Products: f.Products, Store: f.Store,
		Others: f.Others, Moments: f.Moments, Findings: f.Findings, Quiet: f.Quiet, Terms: f.Terms, By: by, Now: now,
	}
	for _, a := range f.Adjustments {
		c.Adjusted += a.Amount
	}
	for _, a := range f.Anomalies {
		if a.Outcome == "" {
			c.Anomalies = append(c.Anomalies, a)
		}
	}
	for _, h := range f.Holds {
		if h.Active() {
			c.Holds = append(c.Holds, h)
		}
	}
	return c
}

// Target is what one decision is about: a line with everything found wrong with it as
// it was ordered, the order as a whole, or one thing a store reported.
type Target struct {
	ID        int // names it in questions and answers: the line; below nought for what is decided by itself
	Line      int // 0: the whole order, or no order at all
	Anomalies []Anomaly
}

// Form is the guided procedure of one case: pure, and the same for the same facts.
// Answers go in, questions and what will be written come out.
type Form struct {
	FormCase
	Targets []Target // lines in their order, then the order as a whole
}

// NewForm groups the anomalies of a case. What is wrong with a line as it was ordered
// is decided together; an excessive amount that exactly one line makes, with that
// line. What a store asked for, and what came of the delivery, is decided by itself.
func NewForm(c FormCase) Form {
	f := Form{FormCase: c}
	found := map[int]Target{}
	for _, a := range c.Anomalies {
		t := f.targetOf(a)
		t.Anomalies = append(found[t.ID].Anomalies, a)
		found[t.ID] = t
	}
	for _, t := range found {
		slices.SortFunc(t.Anomalies, byWeight)
		f.Targets = append(f.Targets, t)
	}
	slices.SortFunc(f.Targets, func(a, b Target) int {
		switch {
		case (a.Line == 0) != (b.Line == 0):
			return b.Line - a.Line // the whole order last
		case a.Line != b.Line:
			return a.Line - b.Line
		}
		return b.ID - a.ID // as ordered first, then what was told first
	})
	return f
}

// byWeight puts the anomaly whose words the form uses first: of a line, what is
// wrong with the line itself.
func byWeight(a, b Anomaly) int {
	if (a.Line == 0) != (b.Line == 0) {
		return b.Line - a.Line
	}
	if d := b.Kind.Weight() - a.Kind.Weight(); d != 0 {
		return d
	}
	return int(a.ID - b.ID)
}

// targetOf gives the target of an anomaly, without its anomalies.
func (f Form) targetOf(a Anomaly) Target {
	switch a.Kind {
	case QuantitySurge, StepMismatch, ZeroStock, WrongOrder:
		return Target{ID: a.Line, Line: a.Line}
	case AmountSurge:
		line := f.amountLine(a)
		return Target{ID: line, Line: line}
	case OrderChange, SlowFulfilment, NotOrderable:
		return Target{ID: -int(f.firstOf(a))}
	default:
		return Target{ID: -int(a.ID), Line: a.Line}
	}
}

// firstOf is the first anomaly of the same kind and product: what is asked again, late
// at another stage, or refused again, has one answer.
func (f Form) firstOf(a Anomaly) AnomalyID {
	least := a.ID
	for _, b := range f.Anomalies {
		if b.Kind == a.Kind && b.Evidence.Product == a.Evidence.Product {
			least = min(least, b.ID)
		}
	}
	return least
}

func (f Form) amountLine(a Anomaly) int {
	if len(a.Evidence.OddLines) != 1 {
		return a.Line
	}
	if l, ok := f.Line(a.Evidence.OddLines[0]); ok && !l.Cancelled {
		return l.No
	}
	return 0
}

// HasOrder tells whether the case is about an order: attempts that were refused and
// products that are missing have none.
func (f Form) HasOrder() bool { return f.Order.ID != 0 }

// Line gives a line of the order.
func (f Form) Line(no int) (Line, bool) {
	for _, l := range f.Order.Lines {
		if l.No == no {
			return l, true
		}
	}
	return Line{}, false
}

// Target gives what a decision is about, by the target's ID: a line as it was ordered
// has its number, the order as a whole 0.
func (f Form) Target(id int) (Target, bool) {
	for _, t := range f.Targets {
		if t.ID == id {
			return t, true
		}
	}
	return Target{}, false
}

// product gives the product of a line; the zero Product when it is unknown.
func (f Form) product(line int) Product {
	l, _ := f.Line(line)
	return f.Products[l.Product]
}

// Product gives a product by its code, also one that may stand in for another.
func (f Form) Product(code ProductCode) (Product, bool) {
	if p, ok := f.Products[code]; ok {
		return p, true
	}
	for _, p := range f.Others {
		if p.Code == code {
			return p, true
		}
	}
	return Product{}, false
}

// holdOf gives the active hold an anomaly placed, 0 when it placed none.
func (f Form) holdOf(id AnomalyID) HoldID {
	for _, h := range f.Holds {
		if h.Anomaly == id && h.Active() {
			return h.ID
		}
	}
	return 0
}

// Lead is the anomaly whose words stand for the target.
func (t Target) Lead() Anomaly { return t.Anomalies[0] }
