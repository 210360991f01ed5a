package domain

import (
	"cmp"
	"slices"
	"time"
)

// CountID is the number of a count of the stock.
type CountID int64

// CountState is where a count stands (§4.1.6).
type CountState string

// The states. The database works them out: a difference is to the stock of the time of
// the count, whatever moved it since.
const (
	CountDiffers   CountState = "differs"   // a manager is to verify it
	CountAgain     CountState = "recount"   // it is to be counted again
	CountVerified  CountState = "verified"  // procurement is to correct the stock
	CountMatches   CountState = "matches"   // there is no difference
	CountCorrected CountState = "corrected" // the stock was corrected to it, or to a later one
	CountReplaced  CountState = "replaced"  // it was counted again
)

// CountStates lists the states, those at work first.
func CountStates() []CountState {
	return []CountState{CountDiffers, CountVerified, CountAgain, CountMatches, CountCorrected, CountReplaced}
}

// Open tells whether something is left to do about a count.
func (s CountState) Open() bool { return s == CountDiffers || s == CountAgain || s == CountVerified }

// StockCount is a product counted, beside the stock that was known.
type StockCount struct {
	ID        CountID
	Product   Product
	Counted   Quantity
	At        time.Time // when it was counted
	Counter   string    // who counted
	Known     *Quantity // the stock of that time as it stood when the count came in; nil: nobody had told
	Diff      Quantity  // counted less known; of a count at work as it is known now
	Amount    Money     // what the difference comes to, at least nought
	State     CountState
	By        Login // who entered it, "": a file told
	ByName    string
	ByNameEn  string
	TakenAt   time.Time
	Review    *CountReview // the last, nil: none
	Corrected CorrectionID // 0: it was not
}

// CorrectionID is the number of a correction.
type CorrectionID int64

// CountReview is what somebody did about a count's difference.
type CountReview struct {
	What     CountState // CountVerified or CountAgain
	Note     string
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
}

// Stale tells whether a count is too old to be corrected to: it is counted again.
func (c *StockCount) Stale(now time.Time) bool { return c.At.Before(now.Add(-CountReach)) }

// SortCounts orders counts: those that wait for whoever looks first, then the others at
// work, each state by money; last what is done, newest first.
func SortCounts(all []StockCount, first CountState) {
	states := append([]CountState{first}, CountStates()...)
	slices.SortStableFunc(all, func(a, b StockCount) int {
		if open := boolOrder(a.State.Open(), b.State.Open()); open != 0 {
			return open
		}
		if !a.State.Open() {
			return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID))
		}
		return cmp.Or(cmp.Compare(slices.Index(states, a.State), slices.Index(states, b.State)), cmp.Compare(b.Amount, a.Amount),
			cmp.Compare(a.ID, b.ID))
	})
}

// Count is a count to be entered.
type Count struct {
	Product ProductCode
	Counted Quantity  // not below nought
	At      time.Time // within CountReach
	Counter string
}

// CountEntered is what came of it.
type CountEntered struct {
	ID    CountID    `json:"count"`
	Diff  Quantity   `json:"diff"`
	State CountState `json:"state"`
}

// CountFile is the story of a product's counts.
type CountFile struct {
	Product     ProductCode
	Counts      []StockCount     // newest first
	Corrections []CorrectionMade // of its stock, newest first
}
