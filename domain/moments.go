package domain

import (
	"cmp"
	"slices"
	"time"
)

// MomentFacts is what the moments of an anomaly hang on. What is not known is zero,
// and has no moments.
type MomentFacts struct {
	Calendar Calendar
	Placed   time.Time     // when the order was placed, or any time of the business day it is about
	Reported time.Time     // when a store reported it
	Received time.Time     // when the store received the goods
	Claim    int           // days after receipt in which a store can claim
	Answer   time.Duration // within which a store that reports something is answered
	Promises []time.Time   // of stages and to the store
}

// MomentFactsOf fills in what the settings say, with those of a category where it has
// its own.
func MomentFactsOf(s Settings, c Calendar, category string) MomentFacts {
	f := MomentFacts{Calendar: c, Answer: s.Minutes("answer.minutes")}
	f.Claim, _ = s.IntAt("claim.days", Where{Category: category})
	return f
}

// MomentsFor gives the moments of an anomaly of a kind, the earliest first ("Moments
// and money"), those that have passed included. Who decides at a time takes the first
// after it (NextMoment).
func MomentsFor(k Kind, f MomentFacts) []Moment {
	var out []Moment
	switch k {
	case QuantitySurge, AmountSurge, StepMismatch, WrongOrder:
		out = f.day(WindowClose, Picking, Departure)
	case OrderChange:
		out = f.day(Picking, Departure)
	case ZeroStock, NotOrderable, Replenishment:
		out = f.day(WindowClose, Picking)
	case ShortWeight, Overweight, Exchange, Return:
		out = f.dispute()
	case SlowFulfilment:
		out = f.eachDay()
	case NoKind:
	}
	for _, at := range f.Promises {
		out = append(out, Moment{Promise, at})
	}
	slices.SortStableFunc(out, func(a, b Moment) int { return a.At.Compare(b.At) })
	return slices.CompactFunc(out, func(a, b Moment) bool { return a.What == b.What && a.At.Equal(b.At) })
}

// day gives some of the moments of the order's day.
func (f MomentFacts) day(wanted ...MomentKind) []Moment {
	if f.Placed.IsZero() {
		return nil
	}
	return slices.DeleteFunc(f.Calendar.Moments(f.Placed), func(m Moment) bool { return !slices.Contains(wanted, m.What) })
}

// lateDays is how many days the store of a late order is given a further promise for: as
// long as the order is watched.
const lateDays = 7

// eachDay gives the promises to the store of an order that stays late: the same hour of
// each day after the last promise. A lateness nobody handles does not sink for it.
func (f MomentFacts) eachDay() []Moment {
	if len(f.Promises) == 0 {
		return nil
	}
	last := slices.MaxFunc(f.Promises, time.Time.Compare).In(f.Calendar.Zone)
	var out []Moment
	for day := 1; day <= lateDays; day++ {
		out = append(out, Moment{Promise, last.AddDate(0, 0, day)})
	}
	return out
}

// dispute gives the moments of what is claimed after receipt: the answer promised to
// the store, the end of the claim period, and the end of the week it was reported in,
// Monday midnight, when the week is settled.
func (f MomentFacts) dispute() []Moment {
	var out []Moment
	if !f.Received.IsZero() && f.Claim > 0 {
		out = append(out, Moment{ClaimEnds, f.Received.In(f.Calendar.Zone).AddDate(0, 0, f.Claim)})
	}
	if reported := cmp.Or(f.Reported, f.Received); !reported.IsZero() {
		if f.Answer > 0 {
			out = append(out, Moment{Promise, reported.Add(f.Answer)})
		}
		out = append(out, Moment{WeekEnds, f.Calendar.WeekEnd(reported)})
	}
	return out
}

// WeekEnd gives the end of the week t lies in: the next Monday at midnight in the
// platform's zone, later than t. Weeks are settled by it (§4.6.1).
func (c Calendar) WeekEnd(t time.Time) time.Time {
	local := t.In(c.Zone)
	y, m, d := local.Date()
	days := (8 - int(local.Weekday())) % 7
	if days == 0 {
		days = 7
	}
	return time.Date(y, m, d+days, 0, 0, 0, 0, c.Zone)
}
