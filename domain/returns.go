package domain

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// ReturnStage is how far a line that a store wants to return has come (§3.1.13, §4.3).
type ReturnStage string

// The stages, in their order.
const (
	ReturnRequested ReturnStage = "requested" // the store asked
	ReturnVerified  ReturnStage = "verified"  // procurement has looked at the goods
	ReturnAsked     ReturnStage = "asked"     // the supplier was asked, until a time
	ReturnAnswered  ReturnStage = "answered"  // by the supplier, or the goods were not as told: the rest is customer service's
	ReturnDone      ReturnStage = "done"      // carried out, or ended otherwise
)

// ReturnStages lists the stages in their order.
func ReturnStages() []ReturnStage {
	return []ReturnStage{ReturnRequested, ReturnVerified, ReturnAsked, ReturnAnswered, ReturnDone}
}

// ReturnLine is one line of an order that its store wants to return, with what
// procurement and the supplier said of it and what became of it.
type ReturnLine struct {
	Anomaly     AnomalyID
	Case        CaseID
	With        Department // where its case lies
	Holder      Login      // who has the case, "": nobody
	Store       StoreCode
	StoreName   string
	StoreNameEn string
	Order       OrderID
	OrderNo     OrderNo
	Line        int
	Product     Product // with its supplier's code
	Supplier    string  // its name
	Price       Money   // of the order's line, per unit
	Why         WhyTold
	Said        string   // in the store's words
	Came        Quantity // ordered, or received where that was more: no more can go back
	Asked       Quantity // by the store
	At          time.Time
	Rank        float64    // of the case, as in the queue
	NextAt      *time.Time // its next moment, nil: the last has passed
	AtRisk      Money      // as it was raised
	Goods       *Finding   // the last of procurement
	Answer      *Finding   // the supplier's last answer, nil: none since it was last asked
	Query       *Finding   // when the supplier was last asked, nil: it was not
	Ended       *ReturnEnd
}

// ReturnEnd is how a return ended.
type ReturnEnd struct {
	Outcome  Outcome
	Back     Quantity // went back into the stock; what was paid for and did not is waste
	Paid     Money    // credited to the store's settlement, at most nought
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
}

// Stage is how far it has come.
func (r *ReturnLine) Stage() ReturnStage {
	switch {
	case r.Ended != nil:
		return ReturnDone
	case r.Answer != nil || r.Goods != nil && r.Goods.Answer == FoundNo:
		return ReturnAnswered
	case r.Query != nil:
		return ReturnAsked
	case r.Goods != nil:
		return ReturnVerified
	}
	return ReturnRequested
}

// Verified is how much of it procurement found as told; false: it has not looked yet.
func (r *ReturnLine) Verified() (Quantity, bool) { return r.part(r.Asked, r.Goods) }

// Approved is how much the supplier takes back, never more than was verified; false: it
// has not answered.
func (r *ReturnLine) Approved() (Quantity, bool) {
	most, _ := r.Verified()
	return r.part(most, r.Answer)
}

// part is how much of most a finding lets through; without one all of it.
func (r *ReturnLine) part(most Quantity, f *Finding) (Quantity, bool) {
	switch {
	case f == nil:
		return min(most, r.Came), false
	case f.Answer == FoundNo:
		return 0, true
	case f.Answer == FoundPart && f.Quantity != nil:
		return min(most, r.Came, *f.Quantity), true
	}
	return min(most, r.Came), true
}

// Worth is the money in question: what can still come back at the line's price, or what
// was credited where it is over.
func (r *ReturnLine) Worth() Money {
	if r.Ended != nil {
		return -r.Ended.Paid
	}
	q, _ := r.Approved()
	return Amount(q, r.Price)
}

// Due is until when the supplier is to answer; false: nothing is waited for.
func (r *ReturnLine) Due() (time.Time, bool) {
	if r.Stage() == ReturnAsked && r.Query.Due != nil {
		return *r.Query.Due, true
	}
	return time.Time{}, false
}

// Late tells whether the supplier was to have answered by now.
func (r *ReturnLine) Late(now time.Time) bool {
	due, waits := r.Due()
	return waits && now.After(due)
}

// Last is the last finding on it, nil: there is none.
func (r *ReturnLine) Last() *Finding {
	var out *Finding
	for _, f := range []*Finding{r.Goods, r.Query, r.Answer} {
		if f != nil && (out == nil || f.At.After(out.At)) {
			out = f
		}
	}
	return out
}

// FindingBar is why procurement can record no finding on a return now.
type FindingBar string

// The bars.
const (
	BarEnded    FindingBar = "ended"    // the return is over
	BarNotHere  FindingBar = "not_here" // its case lies with another department
	BarUnseen   FindingBar = "unseen"   // the goods come first
	BarDecided  FindingBar = "decided"  // the goods were refused, or the supplier has answered
	BarTooMuch  FindingBar = "too_much" // a part is less than what is asked for
	BarNoReason FindingBar = "no_reason"
)

// Bars tells why a finding cannot be recorded on the return, "" where it can. The goods
// are looked at before the supplier is asked or answers.
func (r *ReturnLine) Bars(f *Finding) FindingBar {
	most := min(r.Asked, r.Came)
	if f.What == FindSupplier {
		most, _ = r.Verified()
	}
	switch {
	case r.Ended != nil:
		return BarEnded
	case r.With != Procurement:
		return BarNotHere
	case r.Stage() == ReturnAnswered:
		return BarDecided
	case f.What == FindSupplier && r.Goods == nil:
		return BarUnseen
	case f.Answer == FoundPart && (f.Quantity == nil || *f.Quantity <= 0 || *f.Quantity >= most):
		return BarTooMuch
	case f.Answer == FoundNo && strings.TrimSpace(f.Note) == "":
		return BarNoReason
	}
	return ""
}

// ReturnOrder is how the list of returns is ordered.
type ReturnOrder string

// The orders.
const (
	ReturnsByStage    ReturnOrder = "stage"
	ReturnsBySupplier ReturnOrder = "supplier" // one call to a supplier serves its returns
)

// SortReturns orders returns: those whose supplier is past its time first, then by how far
// they have come and by urgency; or by supplier, in the order of the most urgent of each.
func SortReturns(all []ReturnLine, by ReturnOrder, now time.Time) {
	slices.SortStableFunc(all, func(a, b ReturnLine) int { return compareReturns(&a, &b, now) })
	if by != ReturnsBySupplier {
		return
	}
	place := map[SupplierCode]int{}
	for i := range all {
		if _, have := place[all[i].Product.Supplier]; !have {
			place[all[i].Product.Supplier] = i
		}
	}
	slices.SortStableFunc(all, func(a, b ReturnLine) int {
		return cmp.Compare(place[a.Product.Supplier], place[b.Product.Supplier])
	})
}

func compareReturns(a, b *ReturnLine, now time.Time) int {
	if late := boolOrder(a.Late(now), b.Late(now)); late != 0 {
		return late
	}
	stages := ReturnStages()
	if by := cmp.Compare(slices.Index(stages, a.Stage()), slices.Index(stages, b.Stage())); by != 0 {
		return by
	}
	if a.Ended != nil && b.Ended != nil {
		return cmp.Or(b.Ended.At.Compare(a.Ended.At), cmp.Compare(b.Anomaly, a.Anomaly))
	}
	dueA, _ := a.Due()
	dueB, _ := b.Due()
	return cmp.Or(dueA.Compare(dueB), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Case, b.Case), cmp.Compare(a.Line, b.Line))
}

// boolOrder puts what is true first.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
