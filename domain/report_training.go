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
	Order    OrderNo   // "": there is none
	Store    StoreCode // "": of a cause with several
	Name     string
	NameEn   string
	With     Department // its case lies with, or lay with when it ended
	Raised   time.Time
	Closed   *time.Time  // nil: open, or open again
	Outcome  Outcome     // "": open, or open again
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

// Count is how many things speak for one topic.
func (n *TrainingNeed) Count(t TrainingTopic) int {
	switch t {
	case TopicWrongOrders:
		return n.WrongOrders
	case TopicSteps:
		return n.Steps
	case TopicLate:
		return n.Late
	case TopicReopened:
		return n.Reopened
	case TopicFalseAlarms:
		return n.FalseAlarms
	}
	return 0
}

// TrainingNeeds names the stores of which there are at least so many wrong orders or step
// mismatches, then the departments of which at least so many anomalies were late, or
// reopened, or false alarms; those with most evidence first, then with most money.
func TrainingNeeds(all []PastAnomaly, now time.Time, least int) []TrainingNeed {
	var out []TrainingNeed
	for _, n := range countTraining(all, now) {
		if max(n.WrongOrders, n.Steps, n.Late, n.Reopened, n.FalseAlarms) >= max(least, 1) {
			out = append(out, *n)
		}
	}
	slices.SortFunc(out, func(a, b TrainingNeed) int {
		return cmp.Or(cmp.Compare(last(a.Store == ""), last(b.Store == "")), cmp.Compare(b.Evidence(), a.Evidence()),
			cmp.Compare(b.AtRisk, a.AtRisk), cmp.Compare(a.Store, b.Store), cmp.Compare(a.With, b.With))
	})
	return out
}

// countTraining counts the evidence of every store and department there is anything of.
func countTraining(all []PastAnomaly, now time.Time) map[Trainee]*TrainingNeed {
	out := map[Trainee]*TrainingNeed{}
	for _, a := range slices.SortedFunc(slices.Values(all), func(a, b PastAnomaly) int { return cmp.Compare(b.Case, a.Case) }) {
		if a.Store != "" {
			t := Trainee{Store: a.Store}
			if out[t] == nil {
				out[t] = &TrainingNeed{Store: a.Store, Name: a.Name, NameEn: a.NameEn}
			}
			out[t].count(a, now)
		}
		t := Trainee{With: a.With}
		if out[t] == nil {
			out[t] = &TrainingNeed{With: a.With}
		}
		out[t].count(a, now)
	}
	return out
}

// shows tells what an anomaly speaks for, of one trainee. Wrong master data and rules that
// were wrong tell nothing of a store.
func (a PastAnomaly) shows(t Trainee, now time.Time) []TrainingTopic {
	var out []TrainingTopic
	switch {
	case t.Store != "":
		if a.Store == t.Store && a.Reason == RealError && a.Kind == WrongOrder {
			out = append(out, TopicWrongOrders)
		}
		if a.Store == t.Store && a.Reason == RealError && a.Kind == StepMismatch {
			out = append(out, TopicSteps)
		}
	case a.With == t.With:
		if a.late(now) {
			out = append(out, TopicLate)
		}
		if a.Reopened {
			out = append(out, TopicReopened)
		}
		if a.Reason == RuleWrong {
			out = append(out, TopicFalseAlarms)
		}
	}
	return out
}

// couldShow tells whether an open anomaly may still come to speak for a topic.
func (a PastAnomaly) couldShow(t Trainee, topic TrainingTopic) bool {
	switch topic {
	case TopicWrongOrders:
		return a.Store == t.Store && a.Kind == WrongOrder
	case TopicSteps:
		return a.Store == t.Store && a.Kind == StepMismatch
	case TopicLate, TopicReopened, TopicFalseAlarms:
	}
	return t.With != "" && a.With == t.With
}

// count takes in what an anomaly shows; its money counts once.
func (n *TrainingNeed) count(a PastAnomaly, now time.Time) {
	n.Raised++
	topics := a.shows(Trainee{n.Store, n.With}, now)
	for _, t := range topics {
		switch t {
		case TopicWrongOrders:
			n.WrongOrders++
		case TopicSteps:
			n.Steps++
		case TopicLate:
			n.Late++
		case TopicReopened:
			n.Reopened++
		case TopicFalseAlarms:
			n.FalseAlarms++
		}
	}
	if len(topics) == 0 {
		return
	}
	n.AtRisk += a.AtRisk
	if len(n.Cases) == 0 || n.Cases[len(n.Cases)-1] != a.Case {
		n.Cases = append(n.Cases, a.Case)
	}
}
