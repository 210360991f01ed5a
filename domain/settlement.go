package domain

import (
	"cmp"
	"slices"
	"time"
)

// WeekOf is the Monday of a day's week, midnight UTC as business days are written.
func WeekOf(day time.Time) time.Time {
	y, m, d := day.Date()
	at := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return at.AddDate(0, 0, -(int(at.Weekday())+6)%7)
}

// Settlement is one week of all stores (§4.6.1), by the day goods were received.
type Settlement struct {
	Week     time.Time   // its Monday
	Stores   []StoreWeek // to look at first, then with others, with open cases, the rest; by money
	Rounding Money       // accepted by rule for each delivery
	Records  RecordSums  // of the records behind the adjustments: the same sums as the columns
	Signed   *WeekSigned // nil: it is not
	Ended    bool        // the week is over: it can be signed
	First    time.Time   // the week to sign next; the zero time: none was signed yet
	ReadAt   time.Time
}

// RecordSums are the sums of a week's adjustments, counted from their records.
type RecordSums struct {
	Records                   int
	Credits, Charges, Returns Money
}

// Seen are the sums a signature is about: the week is signed only while they hold.
func (w *Settlement) Seen() WeekSeen {
	t := w.Total()
	return WeekSeen{Deliveries: t.Deliveries, Due: t.Due(), Collected: t.Collected, Carried: t.Carried}
}

// WeekSeen are the sums of a week as somebody saw them.
type WeekSeen struct {
	Deliveries int   `json:"deliveries"`
	Due        Money `json:"due"`
	Collected  Money `json:"collected"`
	Carried    Money `json:"carried"`
}

// DifferenceReview is what somebody does about a store's difference. Diff is what they
// saw; another one is refused.
type DifferenceReview struct {
	Week  time.Time
	Store StoreCode
	What  ReviewWhat
	Dept  Department // of ReviewSent
	Diff  Money
	Note  string
}

// SettlementKinds lists the kinds whose cases come to money on a settlement.
func SettlementKinds() []Kind { return []Kind{Exchange, ShortWeight, Overweight, Return} }

// WeekSigned is who signed a week off, and when.
type WeekSigned struct {
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
}

// StoreWeek is one store's week. Credits and returns are nought or below, charges
// nought or above, so that Due is a plain sum.
type StoreWeek struct {
	Store      StoreCode
	Name       string
	NameEn     string
	Deliveries int
	Delivered  Money
	Credits    Money
	Charges    Money
	Returns    Money
	Collected  Money
	Carried    Money // differences of signed weeks that are still looked into
	Refused    int   // orders refused at the door
	RefusedSum Money
	Open       int   // cases that settle in the week they are decided in
	OpenSum    Money // money at risk in them
	OpenCases  []CaseID
	Review     *SettlementReview
	MineToo    bool // the reader wrote an adjustment of it, and so cannot accept
}

// ReviewWhat is what was done about a difference.
type ReviewWhat string

// What is done about a difference.
const (
	ReviewSent     ReviewWhat = "sent"     // to a department, to look into it
	ReviewReturned ReviewWhat = "returned" // it came back with what was found
	ReviewAccepted ReviewWhat = "accepted" // as it is, by somebody who adjusted nothing of it
)

// SettlementReview is the last thing done about a store's difference.
type SettlementReview struct {
	What     ReviewWhat
	Dept     Department // of ReviewSent and ReviewReturned
	Diff     Money      // as it was then
	Note     string
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
}

// Due is what the store owes for the week.
func (s *StoreWeek) Due() Money { return s.Delivered + s.Credits + s.Charges + s.Returns }

// Diff is collected less due, with what was carried over: below nought too little came in.
func (s *StoreWeek) Diff() Money { return s.Collected - s.Due() + s.Carried }

// SettleState is what a store's week needs.
type SettleState string

// The states, in the order in which they are listed.
const (
	SettleLook     SettleState = "look"
	SettleSent     SettleState = "sent" // with a department
	SettleRounding SettleState = "rounding"
	SettleAccepted SettleState = "accepted"
	SettleOpen     SettleState = "open" // it matches, and cases are open
	SettleMatches  SettleState = "matches"
)

// State is what the store's week needs, with what is accepted by rule for a delivery.
func (s *StoreWeek) State(rounding Money) SettleState {
	diff := s.Diff()
	size := max(diff, -diff)
	switch {
	case s.Review != nil && s.Review.What == ReviewSent:
		return SettleSent
	case diff != 0 && s.Review != nil && s.Review.What == ReviewAccepted && s.Review.Diff == diff:
		return SettleAccepted
	case diff != 0 && size <= rounding*Money(s.Deliveries):
		return SettleRounding
	case diff != 0:
		return SettleLook
	case s.Open > 0:
		return SettleOpen
	default:
		return SettleMatches
	}
}

// place is where a state stands in the list.
func (s SettleState) place() int {
	return slices.Index([]SettleState{SettleLook, SettleSent, SettleRounding, SettleAccepted, SettleOpen, SettleMatches}, s)
}

// Sort puts what is to be looked at first, within a state the greatest difference, then
// the stores by their codes.
func (w *Settlement) Sort() {
	size := func(s *StoreWeek) Money { return max(s.Diff(), -s.Diff()) }
	slices.SortStableFunc(w.Stores, func(a, b StoreWeek) int {
		return cmp.Or(cmp.Compare(a.State(w.Rounding).place(), b.State(w.Rounding).place()),
			cmp.Compare(size(&b), size(&a)), cmp.Compare(a.Store, b.Store))
	})
}

// Total sums the stores.
func (w *Settlement) Total() StoreWeek {
	var sum StoreWeek
	for i := range w.Stores {
		s := &w.Stores[i]
		sum.Deliveries += s.Deliveries
		sum.Delivered += s.Delivered
		sum.Credits += s.Credits
		sum.Charges += s.Charges
		sum.Returns += s.Returns
		sum.Collected += s.Collected
		sum.Carried += s.Carried
		sum.Refused += s.Refused
		sum.RefusedSum += s.RefusedSum
		sum.Open += s.Open
		sum.OpenSum += s.OpenSum
	}
	return sum
}

// With lists the stores whose week is in a state.
func (w *Settlement) With(state SettleState) []StoreWeek {
	var out []StoreWeek
	for i := range w.Stores {
		if w.Stores[i].State(w.Rounding) == state {
			out = append(out, w.Stores[i])
		}
	}
	return out
}

// ToLook lists the stores that keep the week from being signed.
func (w *Settlement) ToLook() []StoreWeek { return w.With(SettleLook) }

// Proven tells whether records and columns are the same sums.
func (w *Settlement) Proven() bool {
	t := w.Total()
	return w.Records.Credits == t.Credits && w.Records.Charges == t.Charges && w.Records.Returns == t.Returns
}

// SettledOrder is one delivery of a store's week, or one refused at the door, with what
// belongs to it.
type SettledOrder struct {
	Day         time.Time // received
	Order       OrderID
	No          OrderNo
	Refused     bool
	Delivered   Money // nought where it was refused at the door
	Worth       Money // of what was refused
	Collected   Money
	Adjustments []SettledAdjustment // counted in this week
}

// Adjusted sums the adjustments.
func (o *SettledOrder) Adjusted() Money {
	var sum Money
	for i := range o.Adjustments {
		sum += o.Adjustments[i].Amount
	}
	return sum
}

// Diff is collected less due.
func (o *SettledOrder) Diff() Money { return o.Collected - o.Delivered - o.Adjusted() }

// SettledAdjustment is one adjustment with the record it comes from.
type SettledAdjustment struct {
	Adjustment

	OrderNo  OrderNo
	Case     CaseID
	Kind     Kind
	Outcome  Outcome
	ByName   string
	ByNameEn string
}

// SettledCash is money taken that belongs to no delivery of the week.
type SettledCash struct {
	Event   EventID
	At      time.Time
	OrderID OrderID
	OrderNo OrderNo
	Amount  Money
}

// SettledCarry is a difference that came from a signed week.
type SettledCarry struct {
	From   time.Time // that week's Monday
	Amount Money
}

// StoreWeekFile is everything behind one store's week.
type StoreWeekFile struct {
	StoreWeek

	Week     time.Time
	Rounding Money
	Signed   *WeekSigned
	Orders   []SettledOrder      // by day, those refused too
	Others   []SettledAdjustment // of orders of other weeks, or of none
	Cash     []SettledCash       // of no delivery of the week
	Carries  []SettledCarry
	Cases    []QueueRow         // the cases that are open
	Reviews  []SettlementReview // oldest first
}

// Sums works the store's figures out again from what is behind them.
func (f *StoreWeekFile) Sums() (delivered, adjusted, collected, carried Money) {
	for i := range f.Orders {
		delivered += f.Orders[i].Delivered
		adjusted += f.Orders[i].Adjusted()
		collected += f.Orders[i].Collected
	}
	for i := range f.Others {
		adjusted += f.Others[i].Amount
	}
	for i := range f.Cash {
		collected += f.Cash[i].Amount
	}
	for i := range f.Carries {
		carried += f.Carries[i].Amount
	}
	return delivered, adjusted, collected, carried
}
