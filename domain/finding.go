package domain

import "time"

// FindingKind is what a department gives its word on.
type FindingKind string

// What is found out about a case by a department that is not handling it.
const (
	FindGoods    FindingKind = "goods"    // procurement has looked at what a store returns (§4.3)
	FindSupplier FindingKind = "supplier" // the supplier's answer, recorded by procurement
	FindStock    FindingKind = "stock"    // procurement has checked the real stock (§1.7)
)

// Findings are what can be found out about a case of this kind (§4.1, §4.3).
func (k Kind) Findings() []FindingKind {
	if k == Return || k == Exchange {
		return []FindingKind{FindGoods, FindSupplier}
	}
	return []FindingKind{FindStock, FindSupplier, FindGoods}
}

// FindingAnswer is what was found.
type FindingAnswer string

// The answers. Asked: the supplier was asked and answers until Due.
const (
	FoundYes   FindingAnswer = "yes"
	FoundPart  FindingAnswer = "part"
	FoundNo    FindingAnswer = "no"
	FoundAsked FindingAnswer = "asked"
)

// Answers are the answers to a finding: only a supplier is asked and answers later.
func (k FindingKind) Answers() []FindingAnswer {
	out := []FindingAnswer{FoundYes, FoundPart, FoundNo}
	if k == FindSupplier {
		out = append(out, FoundAsked)
	}
	return out
}

// Finding is a department's word on a case. It is kept apart from the form's answers,
// for which only their giver vouches.
type Finding struct {
	What     FindingKind
	Answer   FindingAnswer
	Line     int        // 0: the whole case
	Quantity *Quantity  // of a part
	Due      *time.Time // until when the supplier answers, where it was asked
	Note     string
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
}

// ToSign is what somebody would write that takes a second person ("Who may do what").
type ToSign struct {
	ID          int64
	Version     int64 // of the case when it was made
	Resolutions []Resolution
	Answers     []byte // JSON of Answers
	Stake       Money
	By          Login
	ByName      string
	ByNameEn    string
	At          time.Time
	Signed      *Signature // nil: it waits
}

// Signature is the second person's answer to a proposal.
type Signature struct {
	Signed   bool
	Note     string
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
}

// PromiseMade is a time and a thing told to a store.
type PromiseMade struct {
	ID       int64
	Case     CaseID
	OrderNo  OrderNo
	What     string
	Due      time.Time
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
	Kept     bool // its case was closed by then
}

// Adjustment is money on a store's settlement beside its orders.
type Adjustment struct {
	ID       int64
	OrderID  OrderID
	Line     int
	What     string // "credit", "charge", "return"
	Amount   Money  // credits and returns below nought
	Record   RecordID
	Reverses int64 // the entry it takes back, 0: none
	By       Login
	At       time.Time
}

// DeliveryPlan is when an order is to be at the store. The newest counts.
type DeliveryPlan struct {
	Due   time.Time
	Route string
	Why   string
	By    Login // empty: the platform
	At    time.Time
}
