package main

import (
	"slices"
	"time"

	"cleardesk/db"
	"cleardesk/domain"
	"cleardesk/domain/detect"
)

// column is the past under one set of settings: its judge and what it counted.
type column struct {
	name   string
	rules  *db.Rules
	engine *detect.Engine
	src    pastSource
	since  time.Time
	score  *float64 // the threshold of lines, if it stands still
	recent *recentLines

	// Of the batch at hand, beside its lines and orders.
	lineScores, orderScores []float64
	lineFlags, orderFlags   []bool

	tally tally
}

func newColumn(name string, rules *db.Rules, src pastSource, since time.Time, t *threshold) *column {
	s := rules.Statistics()
	s.LearnHeld = true // nobody decides on what is flagged only here
	c := &column{name: name, rules: rules, src: src, since: since}
	if src.cuts() {
		c.recent = newRecentLines()
	}
	switch {
	case t != nil && t.budget > 0:
		s.LineBudget = t.budget
	case t != nil:
		s.LineBudget = 1_000_000 // all there are, and then by their score
		c.score = &t.score
	}
	c.engine = detect.New(s)
	c.tally = newTally(len(src.decided()))
	return c
}

// judge judges a batch.
func (c *column) judge(b *pastBatch) {
	c.lineScores, c.lineFlags = c.lineScores[:0], grown(c.lineFlags, len(b.lines))
	c.orderScores, c.orderFlags = c.orderScores[:0], grown(c.orderFlags, len(b.orders))
	told := 0
	for i := range b.orders {
		o := &b.orders[i]
		for ; told < o.events; told++ {
			c.learn(&b.events[told])
		}
		c.judgeOrder(b, i)
	}
}

func grown(flags []bool, n int) []bool {
	if cap(flags) < n {
		return make([]bool, n, n+n/4)
	}
	flags = flags[:n]
	clear(flags)
	return flags
}

func (c *column) judgeOrder(b *pastBatch, at int) {
	o := &b.orders[at]
	v := c.engine.Judge(c.rules.Input(o.Order, c.src.products(), c.src.store(o.Store), o.quiet))
	c.lineScores = append(c.lineScores, v.LineScores...)
	c.orderScores = append(c.orderScores, v.OrderScore)
	lines := c.lineFlags[o.from:o.to]
	var found judgement
	for i := range v.Flags {
		f := &v.Flags[i]
		switch f.Kind {
		case domain.AmountSurge:
			found.amount = true
		case domain.QuantitySurge:
			line := place(o.Lines, f.Line)
			if c.below(f, v.LineScores[line]) {
				continue
			}
			lines[line] = true
			found.lines++
		default:
			continue
		}
		if f.Hard {
			found.hard++
		}
		found.atRisk = max(found.atRisk, f.AtRisk)
	}
	c.orderFlags[at] = found.amount
	counts := !o.BusinessDay.Before(c.since)
	if counts {
		c.tally.order(o, &found, lines, c.src.steps())
	}
	if c.recent != nil {
		c.recent.add(&o.Order, lines, found.amount, counts)
	}
}

// place finds a line by its number.
func place(lines []domain.Line, no int) int {
	if no <= len(lines) && lines[no-1].No == no {
		return no - 1
	}
	return slices.IndexFunc(lines, func(l domain.Line) bool { return l.No == no })
}

// below tells whether a flag of the statistics does not reach a threshold that stands
// still.
func (c *column) below(f *detect.Flag, score float64) bool {
	limit := f.Evidence.HardLimit != "" || f.Evidence.SoftLimit != ""
	return c.score != nil && !limit && score < *c.score
}

// learn takes in what became known of an earlier order: what stood in the end. What
// was typed was learnt when it came in, clipped; to take it back again gained nothing.
func (c *column) learn(e *pastEvent) {
	day, stood := e.orderDay, e.stood
	if e.cut > 0 {
		l, group := c.recent.cut(e)
		if l == nil {
			return
		}
		day, stood = l.day, l.left
		if group >= 0 && l.counts {
			c.tally.known(group, domain.Amount(l.quantity-l.left, l.price), l.flagged)
		}
	}
	c.engine.Learn(detect.Lesson{Store: e.store, Product: e.product, Quantity: stood, Day: day})
}
