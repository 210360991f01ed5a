package domain

import "time"

// Claimed is a claim somebody has on a case. Acts on the case carry its number.
type Claimed struct {
	Case    CaseID    `json:"case"` // 0: claim next found nothing
	No      ClaimNo   `json:"claim_no"`
	Version int64     `json:"version"` // of the case, as claimed
	Since   time.Time `json:"since"`
	Until   time.Time `json:"until"` // when it lapses unless extended
	Store   StoreCode `json:"store"`
	Others  []CaseID  `json:"others"`  // free cases of the same store with the same department, by urgency
	Members []Claimed `json:"members"` // of a cause: those that were free, each under a claim of its own
}

// Moved is where a case lies after it was handed on.
type Moved struct {
	Case    CaseID     `json:"case"`
	Version int64      `json:"version"`
	With    Department `json:"lies_with"`
}

// CallReport is one call to a store about cases the caller holds ("The call"). Of a
// call that was not answered exactly one of Again and Then is set.
type CallReport struct {
	Cases   []CaseID
	Outcome CallOutcome // not NotNeeded: then there was no call
	Who     CallWho
	Name    string // of somebody else
	Said    Said
	Text    string
	Again   *time.Time // ring again then; the cases stay with their holder
	Then    Department // hand on to it now
}

// Called is what became of the cases of a call.
type Called struct {
	Cases []CalledCase `json:"cases"`
}

// CalledCase is one of them.
type CalledCase struct {
	Case     CaseID     `json:"case"`
	Version  int64      `json:"version"`
	Attempts int        `json:"attempts"` // not answered so far
	State    CaseState  `json:"state"`
	With     Department `json:"lies_with"`
}

// Handled is what a person writes at the end of a form.
type Handled struct {
	Case        CaseID
	Claim       ClaimNo
	Version     int64 // of the case, as the person saw it
	Resolutions []Resolution
	Answers     Answers
}

// Resolved is how things stand after a case, or a part of it, was written.
type Resolved struct {
	Case      CaseID         `json:"case"`
	State     CaseState      `json:"state"`
	Version   int64          `json:"version"`
	Records   []RecordID     `json:"records"`
	Changed   []ResolvedLine `json:"changed"`
	Order     ResolvedOrder  `json:"order"`
	Holds     []HoldLeft     `json:"holds"`     // that stay, the pending ones until the judge has seen the change
	Accepted  bool           `json:"accepted"`  // the order, or lines of it, were accepted or go on in the same act
	Decisions []DecisionID   `json:"decisions"` // their numbers
	Rechecked bool           `json:"rechecked"` // the judge looks at the order again
	Did       []EffectDone   `json:"did"`       // beside the order's lines and holds
}

// EffectDone is what one effect did beside the order's lines and holds. Taking it back
// goes by the same; what an effect does not have is empty.
type EffectDone struct {
	Op       EffectOp    `json:"op"`                 // supplement, reorder, adjust, restock, reschedule, deliver, open_return or set_limit
	OrderID  OrderID     `json:"order_id,omitempty"` // the linked order
	OrderNo  OrderNo     `json:"order_no,omitempty"`
	State    OrderState  `json:"state,omitempty"` // it was made in
	ID       int64       `json:"id,omitempty"`    // of the adjustment, plan, event or setting
	Line     int         `json:"line,omitempty"`
	What     string      `json:"what,omitempty"` // of an adjustment: "credit", "charge", "return"
	Amount   Money       `json:"amount,omitempty"`
	Before   string      `json:"before,omitempty"` // the limit before, in yuan; empty: there was none
	Product  ProductCode `json:"product,omitempty"`
	Quantity Quantity    `json:"quantity,omitempty"`
	At       *time.Time  `json:"at,omitempty"`        // delivered, or planned for
	BeforeAt *time.Time  `json:"before_at,omitempty"` // planned for before, nil: it was not
}

// ResolvedLine is what was done to a line.
type ResolvedLine struct {
	Line      int         `json:"line"`
	Product   ProductCode `json:"product"`
	Old       Quantity    `json:"old"`
	New       Quantity    `json:"new"` // 0: cancelled
	OldAmount Money       `json:"old_amount"`
	NewAmount Money       `json:"new_amount"`
}

// ResolvedOrder is the order after it.
type ResolvedOrder struct {
	ID       OrderID    `json:"id"`
	No       OrderNo    `json:"no"`
	State    OrderState `json:"state"`
	OldTotal Money      `json:"old_total"`
	Total    Money      `json:"total"`
}

// HoldLeft is one hold that stays.
type HoldLeft struct {
	ID      HoldID    `json:"id"`
	Line    int       `json:"line"`
	Kind    Kind      `json:"kind"`
	Anomaly AnomalyID `json:"anomaly"`
	Pending bool      `json:"pending"`
}

// May is what the caller may do to a case now. It foretells; the act itself decides.
type May struct {
	Acts     []MayAct     `json:"acts"`
	Outcomes []MayOutcome `json:"outcomes"`
}

// MayAct is one act. Why says what keeps it: "closed", "role" (Needs it), "held" by
// another, "claim" it first, or "free": nobody else holds it.
type MayAct struct {
	Act     string `json:"act"` // name of the database's function
	Allowed bool   `json:"allowed"`
	Why     string `json:"why"`
	Needs   string `json:"needs"`
}

// MayOutcome is one outcome of a kind that is open in the case.
type MayOutcome struct {
	Kind    Kind    `json:"kind"`
	Outcome Outcome `json:"outcome"`
	Allowed bool    `json:"allowed"`
	Needs   []Role  `json:"needs"`
}

// Act gives what is foretold of an act, refused for one that is not known.
func (m May) Act(name string) MayAct {
	for _, a := range m.Acts {
		if a.Act == name {
			return a
		}
	}
	return MayAct{Act: name}
}

// Presence is what a desk tells of its person from time to time.
type Presence struct {
	Store StoreCode // at work with it; empty: with none
	Case  CaseID    // 0: none
	Doing string    // "", "typing", "calling"
}
