package domain

import "time"

// Stamp is who answered, and when.
type Stamp struct {
	At time.Time `json:"at"`
	By Login     `json:"by"`
}

// Answers are the answers given so far. Their JSON is the stored draft and goes into
// the resolution record: fields are only ever added.
type Answers struct {
	Look      *Stamp     `json:"look,omitempty"` // the store's record was seen
	Call      *Call      `json:"call,omitempty"`
	Decisions []Decision `json:"decisions,omitempty"` // at most one a target
	Rest      Rest       `json:"rest,omitempty"`      // whether the first decision holds for the others
	Note      string     `json:"note,omitempty"`
}

// Rest says how the other odd lines of an order are decided.
type Rest string

// Alike: as the first. Each: on its own.
const (
	RestAlike Rest = "alike"
	RestEach  Rest = "each"
)

// Call is what came of ringing the store.
type Call struct {
	Stamp
	Outcome CallOutcome `json:"outcome"`
	Who     CallWho     `json:"who,omitempty"`
	Name    string      `json:"name,omitempty"` // of whoever answered, if other
	Said    Said        `json:"said,omitempty"`
	Text    string      `json:"text,omitempty"` // in other words
}

// CallOutcome says whether the store was reached.
type CallOutcome string

// The outcomes of a call, in the order they are offered.
const (
	Reached     CallOutcome = "reached"
	NoAnswer    CallOutcome = "no_answer"
	Busy        CallOutcome = "busy"
	WrongNumber CallOutcome = "wrong_number"
	NotNeeded   CallOutcome = "not_needed" // nobody was rung
)

// CallOutcomes lists the outcomes in the order they are offered.
func CallOutcomes() []CallOutcome {
	return []CallOutcome{Reached, NoAnswer, Busy, WrongNumber, NotNeeded}
}

// Failed tells whether the store was rung and not reached.
func (o CallOutcome) Failed() bool { return o == NoAnswer || o == Busy || o == WrongNumber }

// CallWho is who answered.
type CallWho string

// Who may answer.
const (
	StoreManager CallWho = "manager"
	StoreClerk   CallWho = "clerk"
	SomebodyElse CallWho = "other"
)

// Said is what the store says when it is rung about a case.
type Said string

// What stores say: about an order that looks wrong, about what they asked for or lack,
// and about what came or has not.
const (
	SaidMistake Said = "mistake"
	SaidWanted  Said = "wanted"
	SaidChange  Said = "change"
	SaidCancel  Said = "cancel"
	SaidOther   Said = "other"

	SaidAsAsked   Said = "as_asked"   // it stands by what it asked for
	SaidLeaves    Said = "leaves"     // it does not ask for it any more
	SaidEnough    Said = "enough"     // it does not need the goods
	SaidOtherGood Said = "other_good" // other goods will do
	SaidWaits     Said = "waits"
	SaidCame      Said = "came"     // the goods are there
	SaidNewOnes   Said = "new_ones" // goods in place of what it got, or lacks
	SaidSendsBack Said = "sends_back"
	SaidCredit    Said = "credit"
	SaidPays      Said = "pays"
	SaidWontPay   Said = "wont_pay"
)

// Decision is what is to be done about one target. What its choice does not ask for
// is empty.
type Decision struct {
	Stamp
	Target   int        `json:"target"` // its ID: line, 0: the whole order, below nought: told by itself
	Choice   Choice     `json:"choice"`
	OnLine   int        `json:"on_line,omitempty"`  // which line changes or goes, where the target is the order
	Quantity Quantity   `json:"quantity,omitempty"` // the new one of a change; else how much is exchanged, returned, made up
	Why      ReasonCode `json:"why,omitempty"`
	WhyText  string     `json:"why_text,omitempty"`

	Amount    Money       `json:"amount,omitempty"`    // of a credit, charge or return, above nought; the new limit
	When      *time.Time  `json:"when,omitempty"`      // the new delivery, or when it was delivered
	Product   ProductCode `json:"product,omitempty"`   // that stands in
	Items     []Wanted    `json:"items,omitempty"`     // of the order that is made
	Confirmed Confirmer   `json:"confirmed,omitempty"` // who confirms a weight
	Restock   Restocking  `json:"restock,omitempty"`   // whether returned goods can be sold again
}

// Wanted is one line of an order that is made.
type Wanted struct {
	Line     int         `json:"line,omitempty"` // of the order it is ordered again from, 0: not one of it
	Product  ProductCode `json:"product"`
	Quantity Quantity    `json:"quantity"` // 0: not this one
}

// Confirmer is who confirms a weight ("supplier or warehouse confirms").
type Confirmer string

// Who confirms, in the order they are offered.
const (
	ByWarehouse Confirmer = "warehouse"
	BySupplier  Confirmer = "supplier"
	BySlip      Confirmer = "slip" // a scale slip or a photo
	ByNobody    Confirmer = "nobody"
)

// Confirmers lists them in the order they are offered.
func Confirmers() []Confirmer { return []Confirmer{ByWarehouse, BySupplier, BySlip, ByNobody} }

// Restocking is what becomes of returned goods.
type Restocking string

// ToStock: they are sold again. ToWaste: they go to the supplier or are thrown away.
const (
	ToStock Restocking = "stock"
	ToWaste Restocking = "waste"
)

// Restockings lists them in the order they are offered.
func Restockings() []Restocking { return []Restocking{ToStock, ToWaste} }

// lineOf is the line a decision is about or changes, 0: none.
func (f Form) lineOf(d Decision) int {
	if t, _ := f.Target(d.Target); t.Line != 0 {
		return t.Line
	}
	return d.OnLine
}

// Decision gives the decision about a target, if one was made.
func (a Answers) Decision(target int) (Decision, bool) {
	for _, d := range a.Decisions {
		if d.Target == target {
			return d, true
		}
	}
	return Decision{}, false
}

// decide gives the answers with one decision replaced. What it is given stays as
// it was: a caller may still hold it.
func (a Answers) decide(d Decision) Answers {
	var out []Decision
	found := false
	for _, have := range a.Decisions {
		if have.Target == d.Target {
			have, found = d, true
		}
		out = append(out, have)
	}
	if !found {
		out = append(out, d)
	}
	a.Decisions = out
	return a
}
