package domain

import (
	"cmp"
	"slices"
	"time"
)

// DayCount is a number of orders and what they come to.
type DayCount struct {
	Orders int
	Amount Money
}

func (c DayCount) plus(o DayCount) DayCount {
	return DayCount{c.Orders + o.Orders, c.Amount + o.Amount}
}

// DayLine is where an order of a business day stands in the daily check; each is in
// exactly one (§4.4.1).
type DayLine string

// The lines, in the order they are listed.
const (
	DayScheduled   DayLine = "scheduled"   // accepted, with a plan; and all that has left since
	DayUnscheduled DayLine = "unscheduled" // accepted, without one
	DayPast        DayLine = "past"        // held, or not judged, when its goods were picked
	DayHeld        DayLine = "held"        // and still in time
	DayJudging     DayLine = "judging"     // it came this moment
	DayCancelled   DayLine = "cancelled"
	DayRefused     DayLine = "refused" // at the door
)

// DayLines lists the lines in their order.
func DayLines() []DayLine {
	return []DayLine{DayScheduled, DayUnscheduled, DayPast, DayHeld, DayJudging, DayCancelled, DayRefused}
}

// DeliveryDay is the daily check of one business day: what the platform counted beside
// what is here, and what would be missed. What the platform sent counts as it was placed.
type DeliveryDay struct {
	Day       time.Time // midnight UTC, as business days are written
	Platform  *DayCount // nil: it sent no count
	CountedAt *time.Time
	Here      DayCount // from the platform
	Later     DayCount // of those: placed after it counted
	Changed   DayCount // orders changed since they were placed, and by how much
	Made      DayCount // by the desk: supplements and re-orders
	Lines     map[DayLine]DayCount
	Reordered DayCount // of those cancelled
	Rows      []DeliveryRow
	Silent    []SilentStore
	Days      []DaySigned // the last days that had orders, the latest first
	Signed    *DaySigned
	Closes    time.Time // the window of the day: before, it is not signed
	SignBy    time.Time
	Until     time.Time // goods are picked until, where a category has no hour of its own
	ReadAt    time.Time
}

// Proven tells whether the lines are all that came in, in orders and in money.
func (d *DeliveryDay) Proven() bool {
	var sum DayCount
	for _, c := range d.Lines {
		sum = sum.plus(c)
	}
	return sum.Orders == d.Here.Orders+d.Made.Orders && sum.Amount == d.Here.Amount+d.Changed.Amount+d.Made.Amount
}

// Missing is how much more the platform counted than came in by then; below nought it
// counted less. Nought where it sent no count.
func (d *DeliveryDay) Missing() DayCount {
	if d.Platform == nil {
		return DayCount{}
	}
	return DayCount{d.Platform.Orders - d.Here.Orders + d.Later.Orders, d.Platform.Amount - d.Here.Amount + d.Later.Amount}
}

// Open counts the rows that have no destination, by what they are.
func (d *DeliveryDay) Open() map[RowWhat]int {
	out := map[RowWhat]int{}
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Open {
			out[r.What] += r.Many
		}
	}
	return out
}

// Seen is what a signature is about: the day is signed only while it holds.
func (d *DeliveryDay) Seen() DaySeen {
	return DaySeen{Orders: d.Here.Orders, Amount: d.Here.Amount, Rows: len(d.Rows)}
}

// DaySeen is a day as somebody saw it.
type DaySeen struct {
	Orders int   `json:"orders"`
	Amount Money `json:"amount"`
	Rows   int   `json:"rows"`
}

// Sort puts what has no destination first; within it what is missing, not scheduled, held
// past picking; then by when it must be done, and by number.
func (d *DeliveryDay) Sort() {
	place := func(r *DeliveryRow) int {
		n := slices.Index(RowWhats(), r.What)
		if !r.Open {
			n += len(RowWhats())
		}
		return n
	}
	slices.SortStableFunc(d.Rows, func(a, b DeliveryRow) int {
		return cmp.Or(cmp.Compare(place(&a), place(&b)), a.Latest.Compare(b.Latest), cmp.Compare(a.No, b.No))
	})
}

// Price gives the one order that is missing what the platform counted more.
func (d *DeliveryDay) Price() {
	more := d.Missing()
	var only *DeliveryRow
	for i := range d.Rows {
		if r := &d.Rows[i]; r.What == RowMissing && !r.Latest.IsZero() {
			if only != nil {
				return
			}
			only = r
		}
	}
	if only != nil && more.Orders == only.Many && more.Amount > 0 {
		only.Amount = more.Amount
	}
}

// RowWhat is why an order is to be handled.
type RowWhat string

// Why, in the order they are listed.
const (
	RowMissing     RowWhat = "missing" // the platform has it, the desk has not
	RowUnscheduled RowWhat = "unscheduled"
	RowPast        RowWhat = "past" // held when its goods were picked
)

// RowWhats lists them in their order.
func RowWhats() []RowWhat { return []RowWhat{RowMissing, RowUnscheduled, RowPast} }

// DeliveryRow is an order that needs a destination before the day is signed, or had one.
type DeliveryRow struct {
	What      RowWhat
	No        OrderNo // "": nobody knows
	Order     OrderID // 0: it is not here
	Store     StoreCode
	Name      string
	NameEn    string
	Amount    Money // 0: nobody knows
	Many      int   // orders it stands for: more than one only without a number
	Latest    time.Time
	After     OrderNo // of a missing one: the numbers beside it
	Before    OrderNo
	Refused   string // why an import refused it, "": none did
	About     string
	Accepted  *time.Time
	Released  *time.Time // when the last of its holds was
	Case      CaseID     // open, 0: none
	Kind      Kind
	With      Department
	Holder    string
	HolderEn  string
	Attempts  int // calls that were not answered
	Mark      *DayMark
	Open      bool // it has no destination
	Scheduled *time.Time
}

// Goes is where a row of the daily check goes.
type Goes string

// Where a row goes.
const (
	GoesRound    Goes = "round"    // scheduled after all
	GoesVan      Goes = "van"      // by an extra van
	GoesTomorrow Goes = "tomorrow" // on another day; the store is told
	GoesCancel   Goes = "cancel"   // customer service cancels
	GoesHanded   Goes = "handed"   // another department takes it
	GoesFound    Goes = "found"    // of a missing one: it is here
	GoesNever    Goes = "never"    // it never existed
	GoesResent   Goes = "resent"   // the platform sends it again
)

// DayMark is the destination of a row: what was said last.
type DayMark struct {
	Goes   Goes
	Dept   Department
	Due    *time.Time
	Note   string
	By     Login
	Name   string
	NameEn string
	At     time.Time
}

// RowMark gives a row of the daily check a destination.
type RowMark struct {
	Day  time.Time
	What RowWhat
	No   OrderNo
	Goes Goes
	Dept Department // of GoesHanded
	Due  time.Time  // of GoesVan and GoesTomorrow
	Note string
}

// PlannedDelivery schedules an order, or does it anew: with its round, by an extra van or
// on another day. The store is promised the time.
type PlannedDelivery struct {
	Order OrderID
	How   Goes // GoesRound, GoesVan, GoesTomorrow
	Due   time.Time
	Note  string
}

// SilentStore is a store that orders on this weekday as a rule and has not.
type SilentStore struct {
	Store   StoreCode
	Name    string
	NameEn  string
	Times   int   // of the last eight such days
	Usual   Money // the middle one of those
	Called  *time.Time
	Reached bool
	Said    string
}

// SilentDays is how many weekdays back SilentStore looks.
const SilentDays = 8

// DaySigned is a day with who signed it, or that nobody did.
type DaySigned struct {
	Day    time.Time
	By     Login // "": nobody
	Name   string
	NameEn string
	At     time.Time
	Missed []MissedOrder
	Many   int
}

// MissedOrder is an order that did not go with its day.
type MissedOrder struct {
	No   OrderNo `json:"no"`
	What RowWhat `json:"what"`
	Goes Goes    `json:"goes"`
}

// LateDelivery is an order on its way that is late, or will be soon.
type LateDelivery struct {
	Order    OrderID
	No       OrderNo
	Store    StoreCode
	Name     string
	NameEn   string
	Amount   Money
	State    OrderState
	Stage    Stage     // it waits for, "" where only the store was promised something
	Due      time.Time // when that is promised
	Plan     *time.Time
	Route    string
	Promise  *time.Time // to the store, the newest
	Case     CaseID     // of slow fulfilment, open; 0: none
	With     Department
	Holder   string
	HolderEn string
}

// Missed counts the orders that would be signed as missed: what the platform had and the
// desk had not, and what does not go with its day. What never was or was found was not
// missed, nor what goes after all.
func (d *DeliveryDay) Missed() int {
	last := map[OrderNo]*DeliveryRow{}
	for i := range d.Rows {
		r := &d.Rows[i]
		if r.Mark != nil && (last[r.No] == nil || last[r.No].Mark.At.Before(r.Mark.At)) {
			last[r.No] = r
		}
	}
	n := 0
	for _, r := range last {
		switch r.Mark.Goes {
		case GoesResent, GoesHanded, GoesTomorrow, GoesCancel:
			n += r.Many
		case GoesRound, GoesVan, GoesFound, GoesNever:
		}
	}
	return n
}
