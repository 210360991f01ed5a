package domain

import (
	"slices"
	"time"
)

// How much of a store's past is read at most.
const (
	HistoryWeeks  = 26
	HistoryOrders = 400
)

// HistoryFile is what a store ordered over the last weeks, as it placed it.
type HistoryFile struct {
	Store     Store
	Orders    []PastOrder // newest first, of at most HistoryWeeks, at most HistoryOrders
	Memory    StoreMemory
	Promised  []StoreCall // calls still owed
	Products  []Product   // that can be asked for: those of the order first, then the usual ones
	Product   *Product    // whose quantities the orders have, nil: none was asked for
	CashLimit Money       // cash-on-delivery limit, 0: none
	ReadAt    time.Time   // the server's clock
}

// PastOrder is one order of the past. Its total is as the store placed it.
type PastOrder struct {
	OrderBrief

	Quantity Quantity // of the product that was asked for, as placed
	Seen     []PastSeen
}

// PastSeen is one thing that was found in an order, and how it ended.
type PastSeen struct {
	Anomaly

	CloseReason CloseReason // "" while open
	Product     Product     // of the odd line: its name and unit
}

// Mark is what a point of the plot stands for.
type Mark int

// The marks, the plainest first.
const (
	MarkOrder Mark = iota
	MarkTrue       // what was found is right: a true surge
	MarkWrong      // a wrong order
	MarkThis       // the order the history was opened from
)

// Mark is what an order stands for, unless it is the one that was asked about.
func (o PastOrder) Mark() Mark {
	m := MarkOrder
	for _, s := range o.Seen {
		switch {
		case s.CloseReason == RealError && slices.Contains(EntryKinds(), s.Kind):
			return MarkWrong
		case s.Outcome == ConfirmedGenuine:
			m = MarkTrue
		}
	}
	return m
}

// Measure is what of each order is shown.
type Measure int

// The measures.
const (
	ByAmount Measure = iota
	ByLines
	ByProduct
)

// Value is an order by a measure: fen, lines, or thousandths of the product's unit.
func (o PastOrder) Value(m Measure) int64 {
	switch m {
	case ByLines:
		return int64(o.Lines)
	case ByProduct:
		return int64(o.Quantity)
	default:
		return int64(o.Total)
	}
}

// Usual is the band that eight of ten of the store's orders fall into, those aside in
// which something wrong or extraordinary was found, and the one that is asked about.
// ok is false where there are too few to tell.
func (f HistoryFile) Usual(m Measure, this OrderID) (low, high int64, ok bool) {
	if m == ByAmount && f.Memory.Orders >= fewest {
		return int64(f.Memory.UsualLow), int64(f.Memory.UsualHigh), true
	}
	var all []int64
	for _, o := range f.Orders {
		if v := o.Value(m); v > 0 && o.ID != this && o.Mark() == MarkOrder && o.State != Cancelled {
			all = append(all, v)
		}
	}
	if len(all) < fewest {
		return 0, 0, false
	}
	slices.Sort(all)
	return all[(len(all)-1)/10], all[(len(all)*9+9)/10-1], true
}

// fewest is of how many orders something usual can be told.
const fewest = 5

// Weekdays are the days of the week the store orders on: in at least half of the last
// eight weeks before now, in now's zone.
func (f HistoryFile) Weekdays(now time.Time) []time.Weekday {
	const weeks = 8
	y, m, d := now.Date()
	since := time.Date(y, m, d-7*weeks, 0, 0, 0, 0, now.Location())
	days := map[time.Weekday]map[int]bool{}
	for _, o := range f.Orders {
		at := o.PlacedAt.In(now.Location())
		if at.Before(since) || o.State == Cancelled {
			continue
		}
		if days[at.Weekday()] == nil {
			days[at.Weekday()] = map[int]bool{}
		}
		days[at.Weekday()][at.YearDay()] = true
	}
	var out []time.Weekday
	for _, w := range []time.Weekday{1, 2, 3, 4, 5, 6, 0} {
		if len(days[w]) >= weeks/2 {
			out = append(out, w)
		}
	}
	return out
}

// Days are the days, newest first, of orders with a mark since a moment.
func (f HistoryFile) Days(m Mark, since time.Time) []time.Time {
	var out []time.Time
	for _, o := range f.Orders {
		if o.Mark() == m && !o.PlacedAt.Before(since) {
			out = append(out, o.PlacedAt)
		}
	}
	return out
}

// RefusedSince counts the orders refused at the door.
func (f HistoryFile) RefusedSince(since time.Time) int {
	n := 0
	for _, o := range f.Orders {
		if o.State == Refused && !o.PlacedAt.Before(since) {
			n++
		}
	}
	return n
}
