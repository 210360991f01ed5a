package domain

import (
	"slices"
	"time"
)

// QueueFilter says which cases a list shows. Its zero value is nothing; With must
// be set.
type QueueFilter struct {
	With    Department
	Words   []string   // each a substring, lower case, of what a case is about
	Kinds   []Kind     // of these kinds only; empty: all
	Store   StoreCode  // of this store only
	Holding HoldFacet  // free, mine, or held by others
	Who     WhoCan     // still changeable by
	States  StateFacet // which states
}

// Narrow tells whether the filter hides anything of its department's open cases.
func (f QueueFilter) Narrow() bool {
	return len(f.Words) > 0 || len(f.Kinds) > 0 || f.Store != "" || f.Holding != AnyHolding || f.Who != ""
}

// HoldFacet narrows by who holds a case.
type HoldFacet string

// The holding facets.
const (
	AnyHolding HoldFacet = ""
	Free       HoldFacet = "free"
	Mine       HoldFacet = "mine"
	Others     HoldFacet = "others"
)

// StateFacet narrows by the state of a case.
type StateFacet string

// The state facets.
const (
	OpenOnly    StateFacet = "" // open; what is put off until later comes back by itself
	SnoozedOnly StateFacet = "snoozed"
	ClosedToo   StateFacet = "all"
)

// TakesTasks tells whether work that is no case is let through too: what narrows by
// something only cases have leaves it out.
func (f QueueFilter) TakesTasks() bool {
	return len(f.Kinds) == 0 && f.Holding == AnyHolding && f.Who == "" && f.States != SnoozedOnly
}

// QueueKey is a place in the queue: pages follow one another by it.
type QueueKey struct {
	Rank float64
	Row  CaseID // as QueueRow.RowID
}

// QueueRow is one row of the queue: one case, or a task.
type QueueRow struct {
	Task    *Task  // of a task; what is said of cases is empty then
	Case    CaseID // 0 of a task
	Version int64
	With    Department
	State   CaseState
	Kind    Kind // of the worst anomaly
	More    int  // further anomalies
	Why     Evidence
	AtRisk  Money
	Rank    float64
	Next    MomentKind
	NextAt  *time.Time // nil: past the last moment
	NearAt  *time.Time // when it is near due with its department; nil: nothing is known
	DueAt   *time.Time // and when it is past due

	Store       StoreCode
	StoreName   string
	StoreNameEn string
	OrderID     OrderID
	OrderNo     OrderNo
	OrderState  OrderState // "": there is no order

	ProductName   string // of the odd line, if the evidence names one
	ProductNameEn string
	Unit          string
	UnitEn        string

	Holder   *Holder
	Doing    string   // what the holder is doing: "", "typing", "calling"
	Busy     []Holder // others at work with the same store
	Draft    bool
	Attempts int
	Until    *time.Time // put off until
	OpenedAt time.Time
	ClosedAt *time.Time

	Parent      CaseID // the cause it stands under, 0: none
	Cause       string // of a cause: what its members have in common
	Members     int    // of a cause: all of them, and those still open
	MembersOpen int
	Stores      int    // of a cause: how many stores its members are of
	Complaint   string // number of the complaint, told to the store
}

// IsCause tells whether the row stands for one cause with members.
func (r QueueRow) IsCause() bool { return r.Cause != "" }

// RowID tells the rows of the queue apart: a case by its number, a task by its own
// below nought.
func (r QueueRow) RowID() CaseID {
	if r.Task != nil {
		return -CaseID(r.Task.ID)
	}
	return r.Case
}

// Key is the row's place.
func (r QueueRow) Key() QueueKey { return QueueKey{r.Rank, r.RowID()} }

// WhoCan is who can still change the order: by its next moment, and past those by how far
// the order has come. What has left is changed at receipt only, whatever the clock says.
func (r QueueRow) WhoCan() WhoCan {
	by := ReceiptOnly
	if r.NextAt != nil {
		by = r.Next.Who()
	}
	switch here := slices.Contains([]OrderState{Placed, Accepted, Allocated}, r.OrderState); {
	case here && by == ReceiptOnly:
		return WeCan
	case !here && r.OrderState != "":
		return ReceiptOnly
	}
	return by
}

// MaxCount bounds what is counted: a count that reaches it means "or more".
const MaxCount = 10_000

// FilterReach is how many cases a filter by words looks through, in the order of
// the queue.
const FilterReach = 50_000

// QueuePage is a run of rows in the queue's order.
type QueuePage struct {
	Rows   []QueueRow
	Shown  int       // rows the filter lets through, at most MaxCount of cases
	Total  int       // open cases of the department, at most MaxCount, and its open tasks
	Urgent *QueueRow // the first hidden row, if it comes before the first one shown
	ReadAt time.Time // the server's clock
}

// Hidden is how many cases the filter hides.
func (p QueuePage) Hidden() int { return max(0, p.Total-p.Shown) }

// DeskStatus is what the status line tells.
type DeskStatus struct {
	Now        time.Time // the server's clock
	JudgedTo   time.Time // all that came before is judged
	Unjudged   int       // orders waiting, at most MaxCount
	Oldest     *time.Time
	JudgeAlive bool
	Held       int // orders held, at most MaxCount
	HeldAmount Money
	OnDuty     int        // people at a desk now who are on duty and not away
	Away       *time.Time // since when the caller is away, nil: they are not
	ShiftEnds  *time.Time // when the shift of the caller ends, nil: they have none now
	Today      int        // orders taken in on this business day, at most MaxCount
	Open       map[Department]int
	Returns    map[Department]int // lines to be returned, open, by where they lie
	ToVerify   int                // counts of the stock whose difference a manager is to verify
	ToCorrect  int                // and those procurement is to correct
}
