package domain

import (
	"cmp"
	"slices"
	"time"
)

// TrainingTopic is what somebody is trained in: what went wrong again and again (§3, §4.5).
type TrainingTopic string

// The topics: the first two of stores, the others of departments.
const (
	TopicWrongOrders TrainingTopic = "wrong_orders"
	TopicSteps       TrainingTopic = "step_mismatches"
	TopicLate        TrainingTopic = "late"
	TopicReopened    TrainingTopic = "reopened"
	TopicFalseAlarms TrainingTopic = "false_alarms"
)

// TrainingLeast is how often the same must have happened, where nothing else is said.
const TrainingLeast = 2

// StoreTopics are what stores are trained in.
func StoreTopics() []TrainingTopic { return []TrainingTopic{TopicWrongOrders, TopicSteps} }

// DepartmentTopics are what departments are trained in.
func DepartmentTopics() []TrainingTopic {
	return []TrainingTopic{TopicLate, TopicReopened, TopicFalseAlarms}
}

// Trainee is a store or a department: one of the two is told.
type Trainee struct {
	Store StoreCode
	With  Department
}

// Topics are what it is trained in.
func (t Trainee) Topics() []TrainingTopic {
	if t.Store != "" {
		return StoreTopics()
	}
	return DepartmentTopics()
}

// Lesson is a training that was held.
type Lesson struct {
	ID int64
	Trainee
	Name     string // of the store
	NameEn   string
	Topic    TrainingTopic
	On       time.Time // the business day, midnight UTC
	Note     string    // what was done
	By       Login
	ByName   string
	ByNameEn string
}

// TrainingSpan is how many days before and after a training are compared. They are of
// one length, so that the counts can be; the day itself belongs to neither.
const TrainingSpan = 30

// Helped tells what a training changed: the same count before it and after it.
type Helped struct {
	Before, After int
	Open          int // of After's days: may still come to count, nobody has decided yet
	Days          int // of After's days, so many are over
}

// Verdict is what can honestly be said of a training.
type Verdict string

// What can be said.
const (
	TooEarly Verdict = "too_early" // the days after it are not over, or too much of them is undecided
	Fewer    Verdict = "fewer"
	NoChange Verdict = "no_change"
	More     Verdict = "more"
)

// Verdict compares the counts once the days after are over. While what is still open
// could turn it around, it is too early.
func (h Helped) Verdict() Verdict {
	switch {
	case h.Days < TrainingSpan, h.After < h.Before && h.After+h.Open >= h.Before, h.After == h.Before && h.Open > 0:
		return TooEarly
	case h.After < h.Before:
		return Fewer
	case h.After > h.Before:
		return More
	}
	return NoChange
}

// Held is a lesson with what it changed.
type Held struct {
	Lesson
	Helped
}

// Shown is an anomaly that speaks for training, with what it shows.
type Shown struct {
	PastAnomaly
	Topics []TrainingTopic
}

// TrainingRow is a store or a department of a report of training: it would gain from it,
// or was trained so lately that the report tells whether that helped.
type TrainingRow struct {
	TrainingNeed
	Needs bool    // it would gain
	Shown []Shown // the evidence, the newest first
	Held  []Held  // the newest first
}

// Trainee is whose row it is.
func (r *TrainingRow) Trainee() Trainee { return Trainee{Store: r.Store, With: r.With} }

// Worst is what there is most of, the first where several are as many.
func (r *TrainingRow) Worst() TrainingTopic {
	topics := r.Trainee().Topics()
	return slices.MaxFunc(topics, func(a, b TrainingTopic) int {
		return cmp.Or(cmp.Compare(r.Count(a), r.Count(b)), cmp.Compare(slices.Index(topics, b), slices.Index(topics, a)))
	})
}

// Procedure is the kind whose procedure teaches it: of a store that of its orders, of a
// department that of most of its evidence.
func (r *TrainingRow) Procedure() Kind {
	switch r.Worst() {
	case TopicWrongOrders:
		return WrongOrder
	case TopicSteps:
		return StepMismatch
	default:
	}
	most, count := Kind(""), map[Kind]int{}
	for i := range r.Shown {
		k := r.Shown[i].Kind
		if count[k]++; count[k] > count[most] {
			most = k
		}
	}
	return most
}

// TrainingFacts is what a report of training is made of. Anomalies reach from
// TrainingSpan days before the first lesson, or the first day, to as far as there are any.
type TrainingFacts struct {
	First, Last time.Time // the business days reported, midnight UTC
	Anomalies   []PastAnomaly
	Lessons     []Lesson
	Now         time.Time
}

// LessonsFrom is the day of the first lesson that belongs to a report from a day on: of
// those before it, the ones whose days after reach into it.
func LessonsFrom(first time.Time) time.Time { return first.AddDate(0, 0, -TrainingSpan) }

// TrainingRows are the stores and departments that would gain from training, as
// TrainingNeeds orders them, then those that were trained lately; each with what was done
// and whether it helped.
func TrainingRows(f TrainingFacts, least int, c Calendar) []TrainingRow {
	var within []PastAnomaly
	for _, a := range f.Anomalies {
		if d := c.BusinessDay(a.Raised); !d.Before(f.First) && !d.After(f.Last) {
			within = append(within, a)
		}
	}
	var out []TrainingRow
	place := map[Trainee]int{}
	counted := countTraining(within, f.Now)
	for _, n := range TrainingNeeds(within, f.Now, least) {
		place[Trainee{n.Store, n.With}] = len(out)
		out = append(out, TrainingRow{TrainingNeed: n, Needs: true})
	}
	needs := len(out)
	lessons := slices.SortedFunc(slices.Values(f.Lessons), func(a, b Lesson) int {
		return cmp.Or(b.On.Compare(a.On), cmp.Compare(b.ID, a.ID))
	})
	for _, l := range lessons {
		i, have := place[l.Trainee]
		if !have {
			i = len(out)
			place[l.Trainee] = i
			n := TrainingNeed{Store: l.Store, With: l.With, Name: l.Name, NameEn: l.NameEn}
			if known := counted[l.Trainee]; known != nil {
				n = *known
			}
			out = append(out, TrainingRow{TrainingNeed: n})
		}
		out[i].Held = append(out[i].Held, Held{Lesson: l, Helped: helped(l, f.Anomalies, f.Now, c)})
	}
	slices.SortStableFunc(out[needs:], func(a, b TrainingRow) int { return cmp.Compare(last(a.Store == ""), last(b.Store == "")) })
	for i := range out {
		out[i].Shown = shownBy(within, out[i].Trainee(), f.Now)
	}
	return out
}

// shownBy is the evidence of one trainee, the newest first.
func shownBy(all []PastAnomaly, t Trainee, now time.Time) []Shown {
	var out []Shown
	for _, a := range all {
		if topics := a.shows(t, now); len(topics) > 0 {
			out = append(out, Shown{PastAnomaly: a, Topics: topics})
		}
	}
	slices.SortStableFunc(out, func(a, b Shown) int { return cmp.Or(b.Raised.Compare(a.Raised), cmp.Compare(b.Case, a.Case)) })
	return out
}

// helped counts the topic of a lesson on both sides of its day.
func helped(l Lesson, all []PastAnomaly, now time.Time, c Calendar) Helped {
	const day = 24 * time.Hour
	h := Helped{Days: max(0, min(int(c.BusinessDay(now).Sub(l.On)/day)-1, TrainingSpan))}
	for _, a := range all {
		away := int(c.BusinessDay(a.Raised).Sub(l.On) / day)
		counts := slices.Contains(a.shows(l.Trainee, now), l.Topic)
		switch {
		case away < 0 && away >= -TrainingSpan && counts:
			h.Before++
		case away > 0 && away <= TrainingSpan && counts:
			h.After++
		case away > 0 && away <= TrainingSpan && a.Closed == nil && a.couldShow(l.Trainee, l.Topic):
			h.Open++
		}
	}
	return h
}
