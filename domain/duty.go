package domain

import "time"

// DueState is how far a case is from where it is due with its department.
type DueState int

// The states of a due. PastDue has moved up to the manager, or does when the handling
// hours begin.
const (
	WithinDue DueState = iota
	NearDue
	PastDue
)

// Due tells how far the case is from its due at a time. A task's due is its own.
func (r QueueRow) Due(now time.Time) DueState {
	switch {
	case r.State == CaseClosed || r.DueAt == nil || r.NearAt == nil:
		return WithinDue
	case !now.Before(*r.DueAt):
		return PastDue
	case !now.Before(*r.NearAt):
		return NearDue
	}
	return WithinDue
}

// Offered is a case handed over: to a person, or to the next shift.
type Offered struct {
	Case CaseID    `json:"case"`
	Task TaskID    `json:"task"`
	To   Login     `json:"to"`
	Due  time.Time `json:"due"` // what is not taken by then goes to the manager
}

// OfferAnswer is what became of an offer. Taken, it holds the claim; refused, the offer that
// went back to who handed it over, and neither where it moved up.
type OfferAnswer struct {
	Claimed
	Task TaskID `json:"task"`
	To   Login  `json:"to"`
}

// Offer is a case handed over that nobody has taken yet.
type Offer struct {
	Task TaskID
	Row  QueueRow // the case
	From Holder
	To   Holder // no login: the next shift
	Note string
	Due  time.Time
}

// Mine tells whether the offer is for somebody: it names them, or nobody and is not theirs.
func (o Offer) Mine(me Login) bool {
	return o.To.Login == me || o.To.Login == "" && o.From.Login != me
}

// Colleague is somebody work can be handed to.
type Colleague struct {
	Staff
	AtDesk bool // a desk of theirs is open
	Holds  int  // cases
}

// PromiseOpen is a promise whose case is not cleared.
type PromiseOpen struct {
	PromiseMade
	Store       StoreCode
	StoreName   string
	StoreNameEn string
}

// Handover is what one shift tells the next: who holds what, what is handed over, what was
// promised and what comes back.
type Handover struct {
	At         time.Time // the server's clock
	Mine       []QueueRow
	Offers     []Offer
	Held       []QueueRow // by others
	Free       map[Department]int
	Promises   []PromiseOpen
	Snoozed    []QueueRow // that come back within a day
	Colleagues []Colleague
}
