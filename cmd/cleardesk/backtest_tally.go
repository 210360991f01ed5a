package main

import (
	"time"

	"cleardesk/domain"
)

// judgement is what one order was flagged for, steps and stock apart.
type judgement struct {
	lines  int // flagged
	amount bool
	hard   int // flags of hard limits
	atRisk domain.Money
}

// tally counts what a column found.
type tally struct {
	orders, lines, offStep      int64
	flaggedLines, flaggedOrders int64
	hard, cases                 int64
	atRisk                      domain.Money        // of each case its worst
	days                        map[time.Time]int64 // cases by business day
	groups                      []outcomes
}

// outcomes are what of a group of decisions was flagged, and what was not.
type outcomes struct{ flagged, passed countedMoney }

type countedMoney struct {
	n     int64
	money domain.Money
}

func newTally(groups int) tally {
	return tally{days: map[time.Time]int64{}, groups: make([]outcomes, groups)}
}

// order counts one order: its flags make one case.
func (t *tally) order(o *pastOrder, v *judgement, flagged []bool, steps map[domain.ProductCode]domain.Quantity) {
	t.orders++
	t.lines += int64(len(o.Lines))
	t.flaggedLines += int64(v.lines)
	t.hard += int64(v.hard)
	if v.amount {
		t.flaggedOrders++
	}
	found := int64(0)
	if v.amount || v.lines > 0 {
		found = 1
		t.cases++
		t.atRisk += v.atRisk
	}
	t.days[o.BusinessDay] += found
	if len(steps) > 0 {
		t.offStep += offStep(o.Lines, steps)
	}
	for i := range o.truths {
		d := &o.truths[i]
		t.known(d.group, d.money, d.found(&o.Order, flagged, v.amount))
	}
}

func (t *tally) known(group int, money domain.Money, flagged bool) {
	c := &t.groups[group].passed
	if flagged {
		c = &t.groups[group].flagged
	}
	c.n++
	c.money += money
}

// offStep counts lines that are no multiple of their product's step, or saw another.
func offStep(lines []domain.Line, steps map[domain.ProductCode]domain.Quantity) int64 {
	var n int64
	for i := range lines {
		l := &lines[i]
		step, ok := steps[l.Product]
		if ok && (!l.Quantity.IsMultipleOf(step) || l.StepSeen != nil && *l.StepSeen != step) {
			n++
		}
	}
	return n
}

// busiest is the most cases of one day.
func (t *tally) busiest() int64 {
	var most int64
	for _, n := range t.days {
		most = max(most, n)
	}
	return most
}

// span gives the first and the last business day counted.
func (t *tally) span() (first, last time.Time) {
	for d := range t.days {
		if first.IsZero() || d.Before(first) {
			first = d
		}
		if d.After(last) {
			last = d
		}
	}
	return first, last
}
