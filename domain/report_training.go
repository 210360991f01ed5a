package domain

import (
	"cmp"
	"slices"
	"time"
)

// PastAnomaly is one anomaly as it tells of training: whose it was and how it went.
type PastAnomaly struct {
	Case     CaseID
	Kind     Kind
	Store    StoreCode // "": of a cause with several
	Name     string
	NameEn   string
	With     Department // its case lies with, or lay with when it ended
	Raised   time.Time
	Closed   *time.Time  // nil: open, or open again
	Reason   CloseReason // it was closed for; "": nobody decided it
	Last     *time.Time  // its case's last moment; nil: there is none
	Reopened bool        // a write that ended it was taken back
	AtRisk   Money
}

// late tells whether it was still open when nothing could be stopped any more.
func (a PastAnomaly) late(now time.Time) bool {
	end := now
	if a.Closed != nil {
		end = *a.Closed
	}
	return a.Last != nil && a.Raised.Before(*a.Last) && end.After(*a.Last)
}

// TrainingNeed is a store or a department that would gain from training, with the
// evidence (§3, §4.5).
type TrainingNeed struct {
	Store       StoreCode  // or
	With        Department // one of the two
	Name        string     // of the store
	NameEn      string
	Raised      int      // anomalies in all
	WrongOrders int      // of a store: that were real errors
	Steps       int      // of a store: no multiple of a step that was right
	Late        int      // of a department: open past their last moment
	Reopened    int      // of a department: decided, and taken back
	FalseAlarms int      // of a department
	AtRisk      Money    // of all these
	Cases       []CaseID // of all these, the newest first, each once
}

// Evidence is how many things speak for it.
func (n *TrainingNeed) Evidence() int {
	return n.WrongOrders + n.Steps + n.Late + n.Reopened + n.FalseAlarms
}

// TrainingNeeds names the stores of which there are at least so many wrong orders or step
// mismatches, then the departments of which at least so many anomalies were late, or
// reopened, or false alarms; those with most evidence first, then with most money.
func TrainingNeeds(all []PastAnomaly, now time.Time, least int) []TrainingNeed {
	stores, departments := map[StoreCode]*TrainingNeed{}, map[Department]*TrainingNeed{}
	for _, a := range slices.SortedFunc(slices.Values(all), func(a, b PastAnomaly) int { return cmp.Compare(b.Case, a.Case) }) {
		if a.Store != "" {
			if stores[a.Store] == nil {
				stores[a.Store] = &TrainingNeed{Store: a.Store, Name: a.Name, NameEn: a.NameEn}
			}
			stores[a.Store].ofStore(a)
		}
		if departments[a.With] == nil {
			departments[a.With] = &TrainingNeed{With: a.With}
		}
		departments[a.With].ofDepartment(a, now)
	}
	var out []TrainingNeed
	for _, n := range stores {
		out = append(out, *n)
	}
	for _, n := range departments {
		out = append(out, *n)
	}
	out = slices.DeleteFunc(out, func(n TrainingNeed) bool {
		return max(n.WrongOrders, n.Steps, n.Late, n.Reopened, n.FalseAlarms) < max(least, 1)
	})
	slices.SortFunc(out, func(a, b TrainingNeed) int {
		return cmp.Or(cmp.Compare(last(a.Store == ""), last(b.Store == "")), cmp.Compare(b.Evidence(), a.Evidence()),
			cmp.Compare(b.AtRisk, a.AtRisk), cmp.Compare(a.Store, b.Store), cmp.Compare(a.With, b.With))
	})
	return out
}

// ofStore takes in what a store did wrong itself: wrong master data and rules that were
// wrong tell nothing of it.
func (n *TrainingNeed) ofStore(a PastAnomaly) {
	n.Raised++
	switch {
	case a.Reason != RealError:
	case a.Kind == WrongOrder:
		n.WrongOrders++
		n.shows(a)
	case a.Kind == StepMismatch:
		n.Steps++
		n.shows(a)
	}
}

func (n *TrainingNeed) ofDepartment(a PastAnomaly, now time.Time) {
	n.Raised++
	before := n.Evidence()
	if a.late(now) {
		n.Late++
	}
	if a.Reopened {
		n.Reopened++
	}
	if a.Reason == RuleWrong {
		n.FalseAlarms++
	}
	if n.Evidence() > before {
		n.shows(a)
	}
}

// shows keeps an anomaly as evidence; its money counts once.
func (n *TrainingNeed) shows(a PastAnomaly) {
	n.AtRisk += a.AtRisk
	if len(n.Cases) == 0 || n.Cases[len(n.Cases)-1] != a.Case {
		n.Cases = append(n.Cases, a.Case)
	}
}
