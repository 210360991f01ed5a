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

// Said is what the store says about the order.
type Said string

// What stores say.
const (
	SaidMistake Said = "mistake"
	SaidWanted  Said = "wanted"
	SaidChange  Said = "change"
	SaidCancel  Said = "cancel"
	SaidOther   Said = "other"
)

// Decision is what is to be done about one target.
type Decision struct {
	Stamp
	Target   int        `json:"target"` // line, 0: the whole order
	Choice   Choice     `json:"choice"`
	OnLine   int        `json:"on_line,omitempty"`  // which line changes or goes, where the target is the order
	Quantity Quantity   `json:"quantity,omitempty"` // the new one, if the choice is a change
	Why      ReasonCode `json:"why,omitempty"`
	WhyText  string     `json:"why_text,omitempty"`
}

// line is the line a change is made to.
func (d Decision) line() int {
	if d.Target != 0 {
		return d.Target
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

// ReasonCode is the reason of an act, from the short list of its choice.
type ReasonCode string

// The reasons.
const (
	WhyExtraDigit   ReasonCode = "extra_digit"
	WhyCaseForPiece ReasonCode = "case_for_piece"
	WhyWrongItem    ReasonCode = "wrong_item"
	WhyTwice        ReasonCode = "twice"
	WhyNotWanted    ReasonCode = "not_wanted"
	WhyStepUnknown  ReasonCode = "step_unknown" // the store did not know the step
	WhyNoStock      ReasonCode = "no_stock"
	WhyEvent        ReasonCode = "event" // a feast, a promotion, a group's order
	WhyStockUp      ReasonCode = "stock_up"
	WhyGrowth       ReasonCode = "growth" // the store sells more now
	WhyNewItem      ReasonCode = "new_item"
	WhyUsualHere    ReasonCode = "usual_here" // it is usual for this store
	WhyFewOrders    ReasonCode = "few_orders" // too little was known of the store
	WhyWrongData    ReasonCode = "wrong_data" // step, case or stock in the catalogue is wrong
	WhyOther        ReasonCode = "other"      // in the text
)

// Reasons lists the reasons of a choice about an anomaly of a kind, in the order they
// are offered; the last is always "other", which takes a text.
func Reasons(k Kind, c Choice) []ReasonCode {
	switch {
	case c == ChooseGenuine:
		return []ReasonCode{WhyEvent, WhyStockUp, WhyGrowth, WhyNewItem, WhyOther}
	case c == ChooseFalseAlarm && (k == StepMismatch || k == ZeroStock):
		return []ReasonCode{WhyWrongData, WhyUsualHere, WhyOther}
	case c == ChooseFalseAlarm:
		return []ReasonCode{WhyUsualHere, WhyFewOrders, WhyWrongData, WhyOther}
	case k == StepMismatch && c == ChooseChange:
		return []ReasonCode{WhyStepUnknown, WhyCaseForPiece, WhyExtraDigit, WhyOther}
	case k == ZeroStock:
		return []ReasonCode{WhyNoStock, WhyNotWanted, WhyExtraDigit, WhyOther}
	case c == ChooseChange:
		return []ReasonCode{WhyExtraDigit, WhyCaseForPiece, WhyWrongItem, WhyTwice, WhyOther}
	default:
		return []ReasonCode{WhyExtraDigit, WhyWrongItem, WhyTwice, WhyNotWanted, WhyOther}
	}
}

// closeReason is what to mend after a choice for a reason.
func closeReason(c Choice, why ReasonCode) CloseReason {
	switch {
	case why == WhyWrongData:
		return MasterDataBad
	case c == ChooseGenuine:
		return UnusualRight
	case c == ChooseFalseAlarm:
		return RuleWrong
	default:
		return RealError
	}
}
