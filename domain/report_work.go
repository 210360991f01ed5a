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
}

// WorkRow counts one person's work on one business day.
type WorkRow struct {
	Day      time.Time // midnight UTC of the date; zero: all days together
	By       Login     // "": everybody together
	Name     string
	NameEn   string
	Claimed  int
	Handled  int
	Timed    int // so many of Handled Took tells of
	Took     Span
	HandedOn int
	Reopened int // of Handled
}

// WorkRows counts work: a row for each business day and person, days in turn, people by
// their logins; then each person over all days, then everybody. Of nothing there are no
// rows.
func WorkRows(all []Work, c Calendar) []WorkRow {
	type key struct {
		day time.Time
		by  Login
	}
	rows, took := map[key]*WorkRow{}, map[key][]time.Duration{}
	for _, w := range all {
		for _, k := range []key{{c.BusinessDay(w.At), w.By}, {by: w.By}, {}} {
			if rows[k] == nil {
				rows[k] = &WorkRow{Day: k.day, By: k.by}
				if k.by != "" {
					rows[k].Name, rows[k].NameEn = w.Name, w.NameEn
				}
			}
			rows[k].count(w)
			if w.Took != nil {
				took[k] = append(took[k], *w.Took)
			}
		}
	}
	out := make([]WorkRow, 0, len(rows))
	for k, r := range rows {
		r.Timed, r.Took = len(took[k]), SpanOf(took[k])
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b WorkRow) int {
		return cmp.Or(cmp.Compare(last(a.Day.IsZero()), last(b.Day.IsZero())), a.Day.Compare(b.Day),
			cmp.Compare(last(a.By == ""), last(b.By == "")), cmp.Compare(a.By, b.By))
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
