package domain

import "time"

// StoreFile is what is told to a store that rings up.
type StoreFile struct {
	Store     Store
	Orders    []OrderBrief // newest first
	Open      []QueueRow
	Calls     []CallRecord // calls of the last days, newest first
	Records   []ResolutionRecord
	Memory    StoreMemory
	Missing   []Product // what it usually orders on this weekday and has not today
	CashDue   Money     // accepted and on its way: what to have ready at the door
	CashLimit Money     // cash-on-delivery limit, 0: none
	ReadAt    time.Time
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
	Order     OrderBrief
	Case      CaseID // the order's open case, 0: none
	Product   Product
	Staff     Staff
	OnDuty    bool
}
