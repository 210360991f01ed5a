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
	Products  map[ProductCode]Product // of the order's lines, as they are now
	Store     Store
	Moments   []Moment
	Quiet     QuietTerms // what is set now
	By        Staff      // who fills the form in
	Now       time.Time
}

// FormCaseOf takes from a case file what its form needs.
func FormCaseOf(f CaseFile, by Staff, now time.Time) FormCase {
	c := FormCase{
		Case: f.Row.Case, Version: f.Row.Version, Order: f.Order, Products: f.Products, Store: f.Store,
		Moments: f.Moments, Quiet: f.Quiet, By: by, Now: now,
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

// Target is what one decision is about: a line with everything found wrong with it,
// or the order as a whole.
type Target struct {
	Line      int // 0: the whole order
	Anomalies []Anomaly
}

// Form is the guided procedure of one case: pure, and the same for the same facts.
// Answers go in, questions and what will be written come out.
type Form struct {
	FormCase
	Targets []Target // lines in their order, then the order as a whole
}

// NewForm groups the anomalies of a case. An excessive amount that exactly one line
// makes is decided together with that line.
func NewForm(c FormCase) Form {
	f := Form{FormCase: c}
	byLine := map[int][]Anomaly{}
	for _, a := range c.Anomalies {
		line := f.targetLine(a)
		byLine[line] = append(byLine[line], a)
	}
	for line, found := range byLine {
		slices.SortFunc(found, byWeight)
		f.Targets = append(f.Targets, Target{Line: line, Anomalies: found})
	}
	slices.SortFunc(f.Targets, func(a, b Target) int {
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line - a.Line // the whole order last
		}
		return a.Line - b.Line
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

func (f Form) targetLine(a Anomaly) int {
	if a.Kind != AmountSurge || len(a.Evidence.OddLines) != 1 {
		return a.Line
	}
	if l, ok := f.Line(a.Evidence.OddLines[0]); ok && !l.Cancelled {
		return l.No
	}
	return 0
}

// Line gives a line of the order.
func (f Form) Line(no int) (Line, bool) {
	for _, l := range f.Order.Lines {
		if l.No == no {
			return l, true
		}
	}
	return Line{}, false
}

// Target gives what a decision about a line (0: the order) is about.
func (f Form) Target(line int) (Target, bool) {
	for _, t := range f.Targets {
		if t.Line == line {
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

// Choice is what a person decides about a target.
type Choice string

// The choices, in the order they are offered.
const (
	ChooseGenuine    Choice = "genuine"
	ChooseChange     Choice = "change"
	ChooseDropLine   Choice = "drop_line"
	ChooseDropOrder  Choice = "drop_order"
	ChooseFalseAlarm Choice = "false_alarm"
)

// Choices lists the choices in the order they are offered.
func Choices() []Choice {
	return []Choice{ChooseGenuine, ChooseChange, ChooseDropLine, ChooseDropOrder, ChooseFalseAlarm}
}

// changes tells whether the choice alters a line and leaves the order standing.
func (c Choice) changes() bool { return c == ChooseChange || c == ChooseDropLine }

// procedure is one row for each kind that is handled: what each choice makes of it.
// A choice without an outcome is not offered.
type procedure struct {
	kind     Kind
	outcomes map[Choice]Outcome
}

func procedures() []procedure {
	return []procedure{
		{QuantitySurge, map[Choice]Outcome{
			ChooseGenuine: ConfirmedGenuine, ChooseChange: QuantityCorrected, ChooseDropLine: LineCancelled,
			ChooseDropOrder: OrderCancelled, ChooseFalseAlarm: FalseAlarm,
		}},
		{AmountSurge, map[Choice]Outcome{
			ChooseGenuine: ConfirmedGenuine, ChooseChange: OrderCorrected, ChooseDropLine: OrderCorrected,
			ChooseDropOrder: OrderCancelled, ChooseFalseAlarm: FalseAlarm,
		}},
		{StepMismatch, map[Choice]Outcome{
			ChooseChange: QuantityRounded, ChooseDropLine: LineCancelled,
			ChooseDropOrder: OrderCancelled, ChooseFalseAlarm: FalseAlarm,
		}},
		{ZeroStock, map[Choice]Outcome{
			ChooseChange: QuantityCorrected, ChooseDropLine: LineCancelled,
			ChooseDropOrder: OrderCancelled, ChooseFalseAlarm: FalseAlarm,
		}},
	}
}

// OutcomeOf gives what a choice makes of an anomaly of a kind, and whether it makes
// anything of it.
func OutcomeOf(k Kind, c Choice) (Outcome, bool) {
	for _, p := range procedures() {
		if p.kind == k {
			o, ok := p.outcomes[c]
			return o, ok
		}
	}
	return "", false
}

// Offers tells whether a choice has an outcome for each anomaly of the target.
func (t Target) Offers(c Choice) bool {
	for _, a := range t.Anomalies {
		if _, ok := OutcomeOf(a.Kind, c); !ok {
			return false
		}
	}
	return len(t.Anomalies) > 0
}

// needs gives the roles one of which the choice takes, empty when s has one for
// each anomaly.
func (t Target) needs(c Choice, s Staff) []Role {
	for _, a := range t.Anomalies {
		o, _ := OutcomeOf(a.Kind, c)
		r, _ := RuleFor(a.Kind, o)
		if !slices.ContainsFunc(r.Roles, s.Has) {
			return r.Roles
		}
	}
	return nil
}
