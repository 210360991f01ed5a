package domain

import (
	"slices"
	"time"
)

// OrderFile is all there is to know about one order: its lines, what was found of it,
// and what happened to it.
type OrderFile struct {
	Order      Order
	AcceptedAt *time.Time // when its first lines were accepted
	Store      Store
	Products   map[ProductCode]Product // of its lines
	Moments    []Moment
	Links      []OrderLink // the order it points to first, then those that point to it
	Cases      []QueueRow  // it is in, the oldest first
	Anomalies  []Anomaly   // open ones first
	Holds      []Hold
	Claims     []CaseClaim
	Calls      []StoreCall
	Notes      []OrderNote
	Records    []OrderRecord

	Events      []EventTold    // of the order, oldest first
	Plans       []DeliveryPlan // when it is to be there, the newest last
	Adjustments []Adjustment
	ReadAt      time.Time // the server's clock
}

// EventTold is an event with who entered it.
type EventTold struct {
	Event

	ByName   string
	ByNameEn string
}

// OrderLink is another order this one belongs with.
type OrderLink struct {
	ID       OrderID
	No       OrderNo
	Link     Link // Supplement or Reorder
	Later    bool // that order points to this one
	State    OrderState
	PlacedAt time.Time
}

// CaseClaim is what happened to a claim of a case.
type CaseClaim struct {
	Case     CaseID
	No       ClaimNo
	At       time.Time
	What     string // "claimed", "given_back", "lapsed", "taken_over", "handed_over", "closed", "off"
	By       Login  // who held it
	ByName   string
	ByNameEn string
	Why      string
}

// OrderNote is a line of the story of a case, with who wrote it.
type OrderNote struct {
	CaseNote

	Case     CaseID
	ByName   string
	ByNameEn string
}

// OrderRecord is a record with what its act changed. An act that wrote several
// records tells its changes with the first.
type OrderRecord struct {
	ResolutionRecord

	Case     CaseID
	Changed  []ResolvedLine
	OldTotal Money
	Total    Money
	Left     OrderState // where the act left the order
}

// Brief is the order as it stands in a list.
func (f OrderFile) Brief() OrderBrief {
	b := OrderBrief{
		ID: f.Order.ID, No: f.Order.No, PlacedAt: f.Order.PlacedAt, Total: f.Order.Total, Lines: len(f.Order.Lines),
		State: f.Order.State, Moments: f.Moments,
	}
	for _, l := range f.Order.Lines {
		if h := f.HoldOn(l.No); h != nil && h.Line != 0 {
			b.Held++
		}
	}
	if f.HoldOn(0) != nil {
		b.Held = -1
	}
	return b
}

// HoldOn is a hold that stops a line now, its own first, else one on the whole order;
// for line 0 only the latter. nil: nothing does.
func (f OrderFile) HoldOn(line int) *Hold {
	var whole *Hold
	for i := range f.Holds {
		h := &f.Holds[i]
		switch {
		case !h.Active():
		case h.Line == line:
			return h
		case h.Line == 0:
			whole = h
		}
	}
	return whole
}

// HoldOf is the hold an anomaly placed, nil where it placed none.
func (f OrderFile) HoldOf(a AnomalyID) *Hold {
	for i := range f.Holds {
		if f.Holds[i].Anomaly == a {
			return &f.Holds[i]
		}
	}
	return nil
}

// CaseOf is a case the order is in, nil where it is in none with this number.
func (f OrderFile) CaseOf(id CaseID) *QueueRow {
	for i := range f.Cases {
		if f.Cases[i].Case == id {
			return &f.Cases[i]
		}
	}
	return nil
}

// RecordOf is the record that ended an anomaly, nil where it is open.
func (f OrderFile) RecordOf(a AnomalyID) *OrderRecord {
	for i := range f.Records {
		if f.Records[i].Anomaly == a {
			return &f.Records[i]
		}
	}
	return nil
}

// ChangedBy is the last record whose act changed a line, nil where none did.
func (f OrderFile) ChangedBy(line int) *OrderRecord {
	var last *OrderRecord
	for i := range f.Records {
		r := &f.Records[i]
		if (last == nil || !r.At.Before(last.At)) && slices.ContainsFunc(r.Changed, func(c ResolvedLine) bool { return c.Line == line }) {
			last = r
		}
	}
	return last
}

// CaseFor is the case a line is handled in: one in which something of the line, or of
// the whole order, is open; else the last in which something of it was. 0: none.
func (f OrderFile) CaseFor(line int) CaseID {
	var best CaseID
	rank := 0
	for _, a := range f.Anomalies {
		r := 1
		if a.Line == line {
			r = 2
		}
		if a.Outcome == "" {
			r += 2
		}
		if (a.Line == line || a.Line == 0) && (r > rank || r == rank && a.Case > best) {
			best, rank = a.Case, r
		}
	}
	return best
}

// Placed is the order's total as the store placed it.
func (o Order) Placed() Money {
	var sum Money
	for _, l := range o.Lines {
		sum += Amount(l.Original, l.Price)
	}
	return sum
}
