package domain

import "time"

// CorrectionKind is what of a product is corrected.
type CorrectionKind string

// What procurement corrects (§1.3, §1.7).
const (
	CorrectStep    CorrectionKind = "step"
	CorrectStock   CorrectionKind = "stock"
	CorrectListing CorrectionKind = "listing" // its status
)

// CorrectionReason is why a value of the catalogue was wrong.
type CorrectionReason string

// The reasons, in the order they are offered.
const (
	WrongEntry     CorrectionReason = "entry"
	WrongImport    CorrectionReason = "import"
	NewPack        CorrectionReason = "pack"
	SupplierChange CorrectionReason = "supplier"
	OtherReason    CorrectionReason = "other" // in the note
)

// CorrectionReasons lists the reasons in the order they are offered.
func CorrectionReasons() []CorrectionReason {
	return []CorrectionReason{WrongEntry, WrongImport, NewPack, SupplierChange, OtherReason}
}

// Correction is one correction to be made. Of Step, Counted and Status the one of its
// kind is set.
type Correction struct {
	What      CorrectionKind
	Product   ProductCode
	Step      *Quantity     // the new step, above nought
	Seen      int64         // of a step: its version as the person saw it
	Counted   *Quantity     // of a stock: what was counted
	CountedAt time.Time     // and when: the difference to the stock of that time is written
	Status    ProductStatus // of a listing
	Reason    CorrectionReason
	Note      string
	Case      CaseID // that called for it, 0: none
	List      bool   // orders accepted under the wrong step become a list for a call
	Tell      bool   // stores whose attempts were refused are to be told
}

// Corrected is what a correction did.
type Corrected struct {
	ID       int64        `json:"id"`
	Old      string       `json:"old"`
	New      string       `json:"new"`
	Delta    Quantity     `json:"delta"`   // of a stock
	Cleared  []AnomalyID  `json:"cleared"` // ended by it, each with a record of its own
	Left     []AnomalyID  `json:"left"`    // that it did not cure
	Listed   []OrderID    `json:"listed"`  // accepted orders listed for a call
	Told     []CaseID     `json:"told"`    // cases of refused attempts that go on: customer service asks what the store still wants
	Decision []DecisionID `json:"decisions"`
}

// CorrectionFile is what there is to know before a product is corrected.
type CorrectionFile struct {
	Product     Product
	Supplier    string
	Corrections []CorrectionMade // newest first
	Imported    *Quantity        // the step the platform's catalogue had in the last import, nil: none told
	Ordered     []OrderedTimes   // what stores really ordered in the last 90 days
	Open        []CorrectionCase // open anomalies of its step, stock or listing, by urgency
	Accepted    []CorrectionLine // lines accepted today under the present step that have not been picked
	Waiting     []CorrectionLine // lines held for something else than the step, not accepted yet
	Attempts    []Event          // refused attempts of today
	StockMoves  []StockMove      // of the last CountReach, oldest first
	Unconfirmed []CorrectionKind // corrected here, and the platform's catalogue has not said so yet
	ReadAt      time.Time
}

// CountReach is how far back a count of the stock may have been made.
const CountReach = 7 * 24 * time.Hour

// CorrectionMade is one correction on record.
type CorrectionMade struct {
	ID       int64
	What     CorrectionKind
	Old, New string
	Reason   CorrectionReason
	Note     string
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
}

// OrderedTimes is how many lines had a quantity.
type OrderedTimes struct {
	Quantity Quantity
	Lines    int
}

// CorrectionCase is one open anomaly a correction may cure.
type CorrectionCase struct {
	Row      QueueRow // of its case
	Anomaly  AnomalyID
	Kind     Kind
	Line     int
	Quantity Quantity // of the line as it is now; of a refused attempt what was tried, 0: not told
	Reserved bool     // the line has taken its stock already
	Told     WhyTold  // of a refused attempt: why
	Others   []Hold   // further holds of the same order that would stay
}

// Wants is the correction the anomaly calls for.
func (c CorrectionCase) Wants() CorrectionKind {
	switch {
	case c.Kind == ZeroStock || c.Kind == NotOrderable && c.Told == ToldStock:
		return CorrectStock
	case c.Kind == NotOrderable && c.Told == ToldStatus:
		return CorrectListing
	}
	return CorrectStep
}

// CorrectionLine is one line of a product on an order nothing is wrong with yet.
type CorrectionLine struct {
	Order     OrderID
	OrderNo   OrderNo
	Store     StoreCode
	StoreName string
	NameEn    string
	Line      int
	Quantity  Quantity
	At        time.Time // when its order was accepted; of one that waits, placed
}

// StockMove is what moved a product's stock here.
type StockMove struct {
	At    time.Time
	Why   string // "told", "counted", "shipped", "restocked", "reversed"
	Delta Quantity
	Stock Quantity // after it
}

// ProductExchange opens an exchange of one product at every store that received it
// (§2.1).
type ProductExchange struct {
	Product  ProductCode
	From, To time.Time // of the orders' business days, both included
	Why      WhyTold
	Text     string
}

// ExchangeOpened is what became of it.
type ExchangeOpened struct {
	Events int `json:"events"` // one for each order that brought it
	Stores int `json:"stores"`
}
