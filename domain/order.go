package domain

import "time"

// OrderState is where an order stands. A hold is no state: it stops the next step.
type OrderState string

// The life of an order (§1.1).
const (
	Placed    OrderState = "placed"
	Accepted  OrderState = "accepted"
	Allocated OrderState = "allocated"
	Shipped   OrderState = "shipped"
	Delivered OrderState = "delivered"
	Received  OrderState = "received"
	Settled   OrderState = "settled"
	Cancelled OrderState = "cancelled"
	Refused   OrderState = "refused"
)

// OrderStates lists the states in the order an order passes through them, the two
// ends that are no success last.
func OrderStates() []OrderState {
	return []OrderState{Placed, Accepted, Allocated, Shipped, Delivered, Received, Settled, Cancelled, Refused}
}

// Link tells why an order points to an earlier one.
type Link string

// The reasons for a link. A supplement order makes up a lack.
const (
	NotLinked  Link = ""
	Supplement Link = "supplement"
	Reorder    Link = "reorder"
)

// Order is one order of a store.
type Order struct {
	ID          OrderID
	No          OrderNo
	Store       StoreCode
	PlacedAt    time.Time
	BusinessDay time.Time // the day in the platform's zone, fixed at intake
	State       OrderState
	Total       Money // sum of the lines that are not cancelled
	Lines       []Line
	Link        Link
	LinkedTo    OrderNo
	History     bool // imported only to teach the baselines
	Version     int64
}

// Line is one line of an order.
type Line struct {
	No        int // from 1, the place in the order
	Product   ProductCode
	Quantity  Quantity
	Original  Quantity // as the store placed it
	Price     Money    // per base unit
	Amount    Money
	StepSeen  *Quantity // the step the store saw, nil: not told
	Cancelled bool
	Waiting   bool  // changed, and the judge has not seen it again
	Reserved  bool  // its quantity is part of what is taken of the stock
	Verified  Login // who in procurement verified the quantity (§4.1), "": nobody
	Version   int64
}

// Free gives how much of its product the line can have, what it has taken itself
// included; false when nobody said how much there is.
func (l Line) Free(p Product) (Quantity, bool) {
	free, known := p.Available()
	if known && l.Reserved {
		free += l.Quantity
	}
	return free, known
}

// TotalOf sums the amounts of the lines that are not cancelled.
func TotalOf(lines []Line) Money {
	var sum Money
	for _, l := range lines {
		if !l.Cancelled {
			sum += l.Amount
		}
	}
	return sum
}
