package main

import (
	"slices"
	"time"

	"cleardesk/domain"
)

// cutWithin is how long after an order a cancellation is taken to correct it; later
// ones are returns.
const cutWithin = 72 * time.Hour

// What cancellations tell, as places of cutGroups.
const (
	cutToHalf = iota
	cutWhole
)

func cutGroups() []truthGroup {
	return []truthGroup{
		cutToHalf: {"cut", "cut to half or less within 72 h", true},
		cutWhole:  {"cancelled", "cancelled in full within 72 h", true},
	}
}

// recentLine is a line that may still be cancelled.
type recentLine struct {
	quantity, left domain.Quantity
	price          domain.Money
	at, day        time.Time
	flagged        bool // itself or its whole order
	counts         bool // in the tally
	known          bool // what became of it was counted
}

type pairKey struct {
	store   domain.StoreCode
	product domain.ProductCode
}

// recentLines are the lines a cancellation can still correct, by store and product,
// oldest first.
type recentLines struct {
	lines map[pairKey][]*recentLine
	queue []aged // oldest first
}

type aged struct {
	at  time.Time
	key pairKey
}

func newRecentLines() *recentLines { return &recentLines{lines: map[pairKey][]*recentLine{}} }

func (r *recentLines) add(o *domain.Order, flagged []bool, whole, counts bool) {
	r.forget(o.PlacedAt.Add(-cutWithin))
	for i := range o.Lines {
		l := &o.Lines[i]
		key := pairKey{o.Store, l.Product}
		r.lines[key] = append(r.lines[key], &recentLine{
			quantity: l.Quantity, left: l.Quantity, price: l.Price, at: o.PlacedAt, day: o.BusinessDay,
			flagged: flagged[i] || whole, counts: counts,
		})
		r.queue = append(r.queue, aged{o.PlacedAt, key})
	}
}

func (r *recentLines) forget(before time.Time) {
	n := 0
	for n < len(r.queue) && r.queue[n].at.Before(before) {
		key := r.queue[n].key
		if left := r.lines[key][1:]; len(left) > 0 {
			r.lines[key] = left
		} else {
			delete(r.lines, key)
		}
		n++
	}
	r.queue = r.queue[n:]
}

// cut takes away what was cancelled. It gives the line, nil when there is none it can
// be of, and what is thereby known of it, -1 for nothing new.
func (r *recentLines) cut(e *pastEvent) (*recentLine, int) {
	l := r.find(e)
	if l == nil {
		return nil, -1
	}
	l.left -= e.cut
	if l.known || 2*l.left > l.quantity {
		return l, -1
	}
	l.known = true
	if l.left == 0 {
		return l, cutWhole
	}
	return l, cutToHalf
}

// find gives the line a cancellation is of: the last with just so much left, else the
// last with enough.
func (r *recentLines) find(e *pastEvent) *recentLine {
	var enough *recentLine
	for _, l := range slices.Backward(r.lines[pairKey{e.store, e.product}]) {
		if e.cut > l.left || e.at.Before(l.at) || e.at.Sub(l.at) > cutWithin {
			continue
		}
		if e.cut == l.left {
			return l
		}
		if enough == nil {
			enough = l
		}
	}
	return enough
}
