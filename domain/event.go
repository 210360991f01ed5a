package domain

import "time"

// EventKind is what the platform, or a store on the phone, tells of beside orders.
type EventKind string

// The kinds of events. Import reads a file of each.
const (
	EventAttempt    EventKind = "attempt"     // the platform refused to take an order (§3.1.10)
	EventChange     EventKind = "change"      // a store wants an order changed (§3.1.6)
	EventStage      EventKind = "stage"       // planned, allocated, shipped, delivered, received, refused at the door
	EventReceipt    EventKind = "receipt"     // what was received, with its weight
	EventExchange   EventKind = "exchange"    // §3.1.1
	EventReturn     EventKind = "return"      // §3.1.13
	EventWrongOrder EventKind = "wrong_order" // the store's own report, or its cancellation (§3.1.12)
	EventCollection EventKind = "collection"  // cash taken at the door
)

// EventKinds lists the kinds in the order import names them.
func EventKinds() []EventKind {
	return []EventKind{
		EventAttempt, EventChange, EventStage, EventReceipt, EventExchange, EventReturn, EventWrongOrder, EventCollection,
	}
}

// EventID is the number of one event.
type EventID int64

// Event is one thing told about a store or an order. It is a fact: appended, never
// changed. What is not told of a kind is empty.
type Event struct {
	ID      EventID   `json:"id,omitempty"`
	What    EventKind `json:"what"`
	Key     string    `json:"key"` // unique among events of a kind: told again it changes nothing
	Store   StoreCode `json:"store"`
	OrderID OrderID   `json:"order_id,omitempty"`
	OrderNo OrderNo   `json:"order_no,omitempty"`
	At      time.Time `json:"at"`
	By      Login     `json:"by,omitempty"` // who entered it at the desk; empty: the platform

	Lines  []EventLine `json:"lines,omitempty"`
	Stage  Stage       `json:"stage,omitempty"`
	Due    *time.Time  `json:"due,omitempty"`    // of a planned delivery: when it is to be there
	Route  string      `json:"route,omitempty"`  // the van
	Amount *Money      `json:"amount,omitempty"` // cash taken
	Why    WhyTold     `json:"why,omitempty"`
	Text   string      `json:"text,omitempty"`   // in the store's or the platform's own words
	Slip   string      `json:"slip,omitempty"`   // reference of a weighing slip or photo
	Caller string      `json:"caller,omitempty"` // who rang
	Cause  string      `json:"cause,omitempty"`  // what it has in common with events of other stores
}

// EventLine is one line of an event.
type EventLine struct {
	Line     int         `json:"line,omitempty"` // of the order, from 1; 0: not one of it
	Product  ProductCode `json:"product,omitempty"`
	Quantity *Quantity   `json:"quantity,omitempty"`  // attempted, wanted instead (0: not at all), received, to be exchanged or returned
	Weight   *Quantity   `json:"weight,omitempty"`    // received, thousandths of a kilogram
	StepSeen *Quantity   `json:"step_seen,omitempty"` // the step the store was shown
	Why      WhyTold     `json:"why,omitempty"`
}

// Stage is a step of an order's way that is told by an event.
type Stage string

// The stages in their order; a delivery may be planned more than once.
const (
	StagePlanned   Stage = "planned"
	StageAllocated Stage = "allocated"
	StageShipped   Stage = "shipped"
	StageDelivered Stage = "delivered"
	StageReceived  Stage = "received"
	StageRefused   Stage = "refused" // at the door
)

// Stages lists the stages in their order.
func Stages() []Stage {
	return []Stage{StagePlanned, StageAllocated, StageShipped, StageDelivered, StageReceived, StageRefused}
}

// State is where an order stands after the stage; "" for a plan, which moves nothing.
func (s Stage) State() OrderState {
	if s == StagePlanned {
		return ""
	}
	return OrderState(s)
}

// WhyTold is the reason given with an event.
type WhyTold string

// The reasons of attempts, then those of what stores ask for.
const (
	ToldStep    WhyTold = "step" // no multiple of the step
	ToldStock   WhyTold = "stock"
	ToldStatus  WhyTold = "status" // paused or delisted
	ToldPrice   WhyTold = "price"
	ToldWindow  WhyTold = "window" // outside the order window
	ToldDamaged WhyTold = "damaged"
	ToldExpiry  WhyTold = "expiry" // too near its date
	ToldWrong   WhyTold = "wrong_item"
	ToldQuality WhyTold = "quality"
	ToldTooMany WhyTold = "too_many"
	ToldTwice   WhyTold = "twice"
	ToldDigit   WhyTold = "digit" // a slip of the finger
	ToldCancel  WhyTold = "cancel"
	ToldOther   WhyTold = "other"
)

// WhysTold lists the reasons that go with a kind of event, in the order they are
// offered; the first is what a file without a reason means.
func WhysTold(k EventKind) []WhyTold {
	switch k {
	case EventAttempt:
		return []WhyTold{ToldOther, ToldStep, ToldStock, ToldStatus, ToldPrice, ToldWindow}
	case EventExchange, EventReturn:
		return []WhyTold{ToldOther, ToldDamaged, ToldExpiry, ToldWrong, ToldQuality, ToldTooMany}
	case EventChange, EventWrongOrder:
		return []WhyTold{ToldOther, ToldCancel, ToldTwice, ToldDigit, ToldWrong, ToldTooMany}
	default:
		return []WhyTold{ToldOther}
	}
}

// CanFollow tells whether an order in state s may come to be in state next. Stages that
// were not told are taken as passed; nothing goes back, and nothing that is not
// accepted is allocated (§1.1).
func (s OrderState) CanFollow(next OrderState) bool {
	switch next {
	case Accepted:
		return s == Placed
	case Cancelled:
		return s == Placed || s == Accepted || s == Allocated
	case Refused:
		return s == Allocated || s == Shipped || s == Delivered || s == Accepted
	case Allocated, Shipped, Delivered, Received, Settled:
		return s.way() >= Accepted.way() && s.way() < next.way()
	default:
		return false
	}
}

// way is how far along its way an order in this state is; 0 for one that has left it.
func (s OrderState) way() int {
	for i, w := range []OrderState{Placed, Accepted, Allocated, Shipped, Delivered, Received, Settled} {
		if s == w {
			return i + 1
		}
	}
	return 0
}
