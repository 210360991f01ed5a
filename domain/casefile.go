package domain

import "time"

// Hold stops the next step of an order, or of one line.
type Hold struct {
	ID         HoldID
	Line       int // 0: the whole order
	Anomaly    AnomalyID
	Kind       Kind
	PlacedAt   time.Time
	Pending    bool // answered by a change that the judge has not seen yet
	ReleasedAt *time.Time
	ReleasedBy string
}

// Active tells whether the hold still stops anything.
func (h Hold) Active() bool { return h.ReleasedAt == nil }

// CaseFile is all there is to know to handle a case.
type CaseFile struct {
	Row       QueueRow
	Moments   []Moment
	Anomalies []Anomaly // open ones first
	Order     Order
	Holds     []Hold
	Products  map[ProductCode]Product // of the order's lines, and of what the evidence names
	Others    []Product               // that may stand in for a product that is out, those in stock first
	Store     Store
	Calls     []CallRecord
	Notes     []CaseNote
	Records   []ResolutionRecord
	Draft     *Draft
	SameStore []QueueRow // other open cases of the store
	Memory    StoreMemory
	Quiet     QuietTerms    // what an exemption would be made with now
	Terms     HandlingTerms // what is set now
	Recent    []OrderBrief  // the store's last orders, newest first
	Written   *Written      // the last write of the case, nil: none that can be taken back

	Members     []QueueRow // of a cause, the open ones first
	Events      []Event    // that its anomalies were raised on, and those of its order, oldest first
	Findings    []Finding  // oldest first
	ToSign      *ToSign    // the newest proposal that was made since it was last written, nil: none
	Promises    []PromiseMade
	Adjustments []Adjustment // of its order
	Plans       []DeliveryPlan
	Links       []OrderLink // orders its order belongs with
	Merged      CaseID      // the case it was merged into, 0: none

	People map[Login]PersonName // who rang, noted, told and planned
}

// PersonName is what a person is called, in Chinese and in Latin letters.
type PersonName struct {
	Name   string
	NameEn string `db:"name_en"`
}

// CallRecord is one call to a store.
type CallRecord struct {
	At      time.Time
	By      string
	Outcome string
	Who     string
	Said    string
	Text    string
	Again   *time.Time
}

// CaseNote is one line of the story of a case.
type CaseNote struct {
	At   time.Time
	By   string
	What string
	With Department
	Text string
}

// ResolutionRecord is what was found and done about one anomaly.
type ResolutionRecord struct {
	ID          RecordID
	Anomaly     AnomalyID
	Kind        Kind
	Outcome     Outcome
	CloseReason CloseReason
	Reason      string
	ReasonText  string
	Note        string
	By          Login
	ByName      string
	ByNameEn    string
	At          time.Time
	Second      *Person        // who signed it, nil: it took no second person
	Changed     []ResolvedLine // of the order's lines, by all records written together
	Reversed    *Reversal      // who took it back, nil: it holds
}

// Person is somebody by their login and names.
type Person struct {
	Login  Login
	Name   string
	NameEn string
}

// Draft is the answers so far, kept until the case is written.
type Draft struct {
	By      Login
	Answers []byte // JSON of Answers
	Act     string // the key the case will be written under
	SavedAt time.Time
}

// StoreMemory is what a store did in the last 90 days.
type StoreMemory struct {
	WrongOrders int // real errors in what it entered (EntryKinds)
	TrueSurges  int // confirmed genuine
	FalseAlarms int
	Cases       int
	UsualLow    Money // tenth and ninetieth of a hundred of its order amounts
	UsualHigh   Money
	UsualMedian Money
	Orders      int
	FirstClock  string // "13:20": when it usually orders
	LastClock   string
	LastAmounts []Money     // oldest first, at most 26
	Quieter     []Exemption // in force now, the nearest end first
}

// OrderBrief is one order in a list.
type OrderBrief struct {
	ID       OrderID
	No       OrderNo
	PlacedAt time.Time
	Total    Money
	Lines    int
	State    OrderState
	Held     int // lines held; -1: the whole order
	Moments  []Moment
}
