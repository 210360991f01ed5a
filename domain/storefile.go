package domain

import "time"

// StoreFile is what is told to a store that rings up.
type StoreFile struct {
	Store     Store
	Orders    []OrderBrief // newest first, with their moments
	Open      []QueueRow
	Calls     []StoreCall   // of the last days, newest first
	Records   []StoreRecord // newest first
	Memory    StoreMemory
	Missing   []Product               // what it usually orders on this weekday and has not today
	Today     int                     // orders placed on this business day
	Due       []CashDue               // what to have ready at the door, the nearest van first
	CashLimit Money                   // cash-on-delivery limit, 0: none
	Refused   []Event                 // today's attempts to order that the platform refused, oldest first
	Tried     map[ProductCode]Product // of those attempts
	Promises  []PromiseMade           // of cases that are open, and those of the last days, the nearest first
	ReadAt    time.Time               // the server's clock
}

// CashDue is what is paid at the door for what one van brings: lines that are
// accepted and not held.
type CashDue struct {
	Leaves time.Time // when the van leaves, in the platform's zone
	Amount Money
	Orders int
}

// StoreCall is a call to a store, with what it was about.
type StoreCall struct {
	CallRecord

	ByName   string
	ByNameEn string
	Case     CaseID // of the cases the call was about the first that is not closed, else the first
	OrderNo  OrderNo
	Owed     bool // the store still waits to be rung again; Again says when
}

// StoreRecord is a record of a case of the store.
type StoreRecord struct {
	ResolutionRecord

	Case    CaseID
	OrderNo OrderNo
}

// CanChange tells who can still change the order at now, and until when; for
// ReceiptOnly there is no time. It is false for an order nobody can change and
// nobody waits for: received, settled, cancelled, refused.
func (b OrderBrief) CanChange(now time.Time) (WhoCan, time.Time, bool) {
	switch b.State {
	case Placed, Accepted, Allocated:
		if m := NextMoment(b.Moments, now); m != nil && m.What.Who() != ReceiptOnly {
			return m.What.Who(), m.At, true
		}
		return ReceiptOnly, time.Time{}, true
	case Shipped, Delivered:
		return ReceiptOnly, time.Time{}, true
	default:
		return ReceiptOnly, time.Time{}, false
	}
}

// Leaves is when the van with the order leaves, the zero time where nobody said.
func (b OrderBrief) Leaves() time.Time {
	for _, m := range b.Moments {
		if m.What == Departure {
			return m.At
		}
	}
	return time.Time{}
}

// FoundKind says what a finding is.
type FoundKind string

// What can be found.
const (
	FoundStore   FoundKind = "store"
	FoundOrder   FoundKind = "order"
	FoundProduct FoundKind = "product"
	FoundStaff   FoundKind = "staff"
)

// Found is one thing the find box offers.
type Found struct {
	Kind      FoundKind
	Store     Store
	OpenCases int // of the store
	Today     int // orders of the store on this business day
	HeldToday int // of those, orders with a hold
	Order     OrderBrief
	Case      CaseID // the order's open case, else its last one, 0: none
	Product   Product
	Staff     Staff
	OnDuty    bool
}
