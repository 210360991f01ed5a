package domain

import "time"

// Anomaly is one thing found wrong with an order, with its evidence.
type Anomaly struct {
	ID       AnomalyID
	Case     CaseID
	Kind     Kind
	Order    OrderID
	Line     int // 0: the whole order
	Evidence Evidence
	AtRisk   Money // money at risk
	Hard     bool  // a hard limit was passed
	Blocks   bool  // a hold was placed
	RaisedAt time.Time
	Outcome  Outcome // "" while open
	ClosedAt *time.Time
}

// Holder is who works on a case.
type Holder struct {
	Login  Login
	Name   string
	NameEn string
	Since  time.Time
	Until  time.Time // when the lease lapses unless extended
	No     ClaimNo
}

// CaseState is where a case stands.
type CaseState string

// The states of a case.
const (
	CaseOpen    CaseState = "open"
	CaseSnoozed CaseState = "snoozed"
	CaseClosed  CaseState = "closed"
)
