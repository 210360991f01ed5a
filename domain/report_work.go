package domain

import (
	"cmp"
	"slices"
	"time"
)

// WorkDone is what one thing done to a case was.
type WorkDone string

// What counts as work.
const (
	WorkClaimed WorkDone = "claimed"
	WorkHanded  WorkDone = "handed_on" // given to another department, with a note
	WorkHandled WorkDone = "handled"   // written: one write of one case, whatever it ended
)

// Work is one thing a person did to a case.
type Work struct {
	By       Login
	Name     string
	NameEn   string
	At       time.Time
	What     WorkDone
	Took     *time.Duration // of what was handled: since the person had claimed it; nil: it was not claimed
	Reopened bool           // of what was handled: it was taken back later
	Shift    *OnShift       // in which it was done; nil: the roster has none of theirs then
	Of       Place
}

// OnShift is a published shift of the roster. It does not hold its end.
type OnShift struct{ Starts, Ends time.Time }

// NoShift stands in a shift's place where work was done in none.
const NoShift = "none"

// Name is when a shift is, by the clock of a zone: 08:00-17:00.
func (s *OnShift) Name(zone *time.Location) string {
	if s == nil {
		return NoShift
	}
	return s.Starts.In(zone).Format("15:04") + "-" + s.Ends.In(zone).Format("15:04")
}

// WorkRow counts one person's work, or one shift's, on one business day.
type WorkRow struct {
	Day      time.Time // midnight UTC of the date; zero: all days together
	By       Login     // "": everybody together
	Name     string
	NameEn   string
	Shift    string // of WorkShifts: when it is, or NoShift; "": all of them together
	People   int    // of WorkShifts: who did something
	Claimed  int
	Handled  int
	Timed    int // so many of Handled Took tells of
	Took     Span
	HandedOn int
	Reopened int // of Handled
}

// workKey is the place of a row.
type workKey struct {
	day   time.Time
	by    Login
	shift string
}

// WorkRows counts work: a row for each business day and person, days in turn, people by
// their logins; then each person over all days, then everybody. Of nothing there are no
// rows.
func WorkRows(all []Work, c Calendar) []WorkRow {
	out := workRows(all, func(w Work) []workKey { return []workKey{{day: c.BusinessDay(w.At), by: w.By}, {by: w.By}, {}} })
	for i := range out {
		out[i].People = 0
	}
	return out
}

// WorkDays counts the work of everybody on each day, in turn.
func WorkDays(all []Work, c Calendar) []WorkRow {
	return workRows(all, func(w Work) []workKey { return []workKey{{day: c.BusinessDay(w.At)}} })
}

// WorkShifts counts it by the published shifts it was done in, those of the same hours
// together: a row for each day and shift, by when they begin, work in none last; then each
// shift over all days, then everything. What is done in a shift over midnight counts on
// the day it was done.
func WorkShifts(all []Work, c Calendar) []WorkRow {
	return workRows(all, func(w Work) []workKey {
		shift := w.Shift.Name(c.Zone)
		return []workKey{{day: c.BusinessDay(w.At), shift: shift}, {shift: shift}, {}}
	})
}

func workRows(all []Work, keys func(Work) []workKey) []WorkRow {
	rows, took, people := map[workKey]*WorkRow{}, map[workKey][]time.Duration{}, map[workKey]map[Login]bool{}
	for _, w := range all {
		for _, k := range keys(w) {
			if rows[k] == nil {
				rows[k], people[k] = &WorkRow{Day: k.day, By: k.by, Shift: k.shift}, map[Login]bool{}
				if k.by != "" {
					rows[k].Name, rows[k].NameEn = w.Name, w.NameEn
				}
			}
			rows[k].count(w)
			people[k][w.By] = true
			if w.Took != nil {
				took[k] = append(took[k], *w.Took)
			}
		}
	}
	out := make([]WorkRow, 0, len(rows))
	for k, r := range rows {
		r.Timed, r.Took, r.People = len(took[k]), SpanOf(took[k]), len(people[k])
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b WorkRow) int {
		return cmp.Or(cmp.Compare(last(a.Day.IsZero()), last(b.Day.IsZero())), a.Day.Compare(b.Day),
			cmp.Compare(last(a.By+Login(a.Shift) == ""), last(b.By+Login(b.Shift) == "")), cmp.Compare(a.By, b.By),
			cmp.Compare(last(a.Shift == NoShift), last(b.Shift == NoShift)), cmp.Compare(a.Shift, b.Shift))
	})
	return out
}

func (r *WorkRow) count(w Work) {
	switch w.What {
	case WorkClaimed:
		r.Claimed++
	case WorkHanded:
		r.HandedOn++
	case WorkHandled:
		r.Handled++
		if w.Reopened {
			r.Reopened++
		}
	}
}
