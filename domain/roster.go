package domain

import (
	"slices"
	"time"
)

// RosterShift is one time of duty of one person, from Starts to before Ends. It belongs to
// the day it begins on.
type RosterShift struct {
	Starts    time.Time `json:"starts"`
	Ends      time.Time `json:"ends"`
	Role      Role      `json:"role"`
	StandsFor Login     `json:"stands_for,omitempty"` // whose shift it was
}

// same tells whether two shifts are alike, whatever zone their times are written in.
func (s RosterShift) same(o RosterShift) bool {
	return s.Starts.Equal(o.Starts) && s.Ends.Equal(o.Ends) && s.Role == o.Role && s.StandsFor == o.StandsFor
}

// SameShifts tells whether two days are alike.
func SameShifts(a, b []RosterShift) bool { return slices.EqualFunc(a, b, RosterShift.same) }

// AbsenceReason is why somebody is not there.
type AbsenceReason string

// The reasons.
const (
	AbsentSick     AbsenceReason = "sick"
	AbsentLeave    AbsenceReason = "leave"
	AbsentTraining AbsenceReason = "training"
	AbsentOther    AbsenceReason = "other"
)

// AbsenceReasons lists the reasons in the order in which they are offered.
func AbsenceReasons() []AbsenceReason {
	return []AbsenceReason{AbsentSick, AbsentLeave, AbsentTraining, AbsentOther}
}

// RosterKey names a person's day; Day is midnight UTC of the date.
type RosterKey struct {
	Login Login
	Day   time.Time
}

// RosterCell is what a person does on a day: shifts in turn, none for a rest day. Absence
// is of a draft: it is written when the draft is published.
type RosterCell struct {
	RosterKey

	Shifts  []RosterShift
	Absence AbsenceReason
}

// RosterAbsence is a time in which somebody is not there although the roster has them.
type RosterAbsence struct {
	ID       int64
	Login    Login
	Starts   time.Time
	Ends     time.Time
	Reason   AbsenceReason
	Note     string
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
	EndedBy  Login // "" while nobody ended it early
	EndedAt  time.Time
}

// RosterWhy is what made a version.
type RosterWhy string

// What makes versions.
const (
	RosterPublished RosterWhy = "published"
	RosterImported  RosterWhy = "imported"
	RosterSwapped   RosterWhy = "swapped"
	RosterTakenOver RosterWhy = "taken_over"
	RosterStandsIn  RosterWhy = "stands_in"
)

// RosterVersion is one version of a week: it never changes, the next one does.
type RosterVersion struct {
	Week     time.Time
	No       int
	Why      RosterWhy
	Note     string
	By       Login
	ByName   string
	ByNameEn string
	At       time.Time
	Changes  []RosterChange
}

// RosterChange is a person's day that is other than before.
type RosterChange struct {
	RosterKey

	Was, Is []RosterShift
	Absence AbsenceReason // of a draft, where it writes one
}

// RosterDraft is what a manager has changed of a week and not published.
type RosterDraft struct {
	Base    int // the version it was begun on; 0: of a week that was not published
	Cells   []RosterCell
	SavedAt time.Time
}

// RosterSwap is one person asking another to change shifts.
type RosterSwap struct {
	ID       int64
	By, Of   Login
	GivesDay time.Time
	Gives    []RosterShift
	TakesDay time.Time
	Takes    []RosterShift
	Note     string
	At       time.Time
	Agreed   *bool // nil: it waits for an answer
	Answer   string
	Answerer Login
	Answered time.Time
}

// RosterTemplate is a week's pattern under a name, with shifts as people type them.
type RosterTemplate struct {
	Name  string
	Cells []TemplateCell
}

// TemplateCell is a person's day of a template.
type TemplateCell struct {
	Login   Login  `json:"login"`
	Weekday int    `json:"weekday"` // 0 is Monday
	Shifts  string `json:"shifts"`  // "09-12 16-20 manager"
}

// RosterFacts is what history says of a day.
type RosterFacts struct {
	Expected []int         // rows of customer service in each hour of the day, 24 of them; nil: nothing is known
	Days     int           // so many days it is the median of
	Weekday  bool          // and they are of the same weekday
	Pace     time.Duration // median from taking a case to writing it; RosterRules.Minutes where nothing is known
	Paced    bool          // it is from history
}

// paceOr is the pace, or what is planned while nothing is read.
func (f RosterFacts) paceOr(planned time.Duration) time.Duration {
	if f.Pace > 0 {
		return f.Pace
	}
	return max(planned, time.Second)
}

// RosterRules are the settings of the roster.
type RosterRules struct {
	Calendar

	HandleFrom Clock // anomalies are handled from
	HandleTo   Clock
	Window     map[Department]int // least on duty in the order window
	Handling   int                // least of customer service in the handling hours
	Hours      int                // a week, above which a person's are marked
	Minutes    time.Duration      // of a case, while none was handled
}

// RosterRules gives the settings of the roster.
func (s Settings) RosterRules() RosterRules {
	clock := func(name string) Clock {
		c, err := ParseClock(s.Get(name, Where{}))
		if err != nil {
			d, _ := FindSetting(name)
			c, _ = ParseClock(d.Default)
		}
		return c
	}
	r := RosterRules{
		Calendar: s.Calendar(), HandleFrom: clock("handling.opens"), HandleTo: clock("handling.closes"), Window: map[Department]int{},
		Handling: s.Int("roster.handling"), Hours: s.Int("roster.hours"), Minutes: s.Minutes("roster.minutes"),
	}
	for _, d := range Departments() {
		r.Window[d] = s.Int("roster.window." + string(d))
	}
	return r
}

// RosterWeek is a week of the roster as somebody sees it: what is published, and their own
// draft over it.
type RosterWeek struct {
	Week      time.Time      // its Monday, midnight UTC
	Version   *RosterVersion // nil: it was never published
	People    []Staff        // active, and others who have a shift in it
	Published map[RosterKey][]RosterShift
	Beside    []RosterCell // of the Sunday before and the Monday after, as published
	Absences  []RosterAbsence
	Draft     RosterDraft // without cells: there is none
	Facts     [7]RosterFacts
	Rules     RosterRules
	Swaps     []RosterSwap // that wait for an answer, whatever week they are of
	Templates []RosterTemplate
	ReadAt    time.Time
}

// No is the number of the version that holds, 0 where there is none.
func (w *RosterWeek) No() int {
	if w.Version == nil {
		return 0
	}
	return w.Version.No
}

// Day gives a day of the week, 0 for Monday.
func (w *RosterWeek) Day(i int) time.Time { return w.Week.AddDate(0, 0, i) }

// Person gives somebody of the week by login.
func (w *RosterWeek) Person(login Login) (Staff, bool) {
	for _, p := range w.People {
		if p.Login == login {
			return p, true
		}
	}
	return Staff{}, false
}

// RosterSeen is a person's day as it is shown: the draft where it changes the day.
type RosterSeen struct {
	Shifts  []RosterShift
	Drafted bool          // other than published
	Absence AbsenceReason // "": they are there
	AbsID   int64         // the absence, 0: of the draft only
	Open    bool          // absent, and nobody stands in for the shifts
}

// Cell gives a person's day as it is shown.
func (w *RosterWeek) Cell(k RosterKey) RosterSeen {
	seen := RosterSeen{Shifts: w.Published[k]}
	if c, ok := w.drafted(k); ok {
		seen.Drafted = c.Absence != "" || !SameShifts(c.Shifts, seen.Shifts)
		seen.Shifts, seen.Absence = c.Shifts, c.Absence
	}
	if a := w.absence(k, seen.Shifts); a != nil && seen.Absence == "" {
		seen.Absence, seen.AbsID = a.Reason, a.ID
	}
	seen.Open = seen.Absence != "" && len(seen.Shifts) > 0
	return seen
}

func (w *RosterWeek) drafted(k RosterKey) (RosterCell, bool) {
	for _, c := range w.Draft.Cells {
		if c.Login == k.Login && c.Day.Equal(k.Day) {
			return c, true
		}
	}
	return RosterCell{}, false
}

// absence gives the absence of a day: one in which a shift lies, or, of a rest day, the
// day itself.
func (w *RosterWeek) absence(k RosterKey, shifts []RosterShift) *RosterAbsence {
	begins, ends := w.bounds(k.Day)
	for i := range w.Absences {
		a := &w.Absences[i]
		if a.Login != k.Login {
			continue
		}
		if len(shifts) == 0 && a.Starts.Before(ends) && a.Ends.After(begins) {
			return a
		}
		for _, s := range shifts {
			if a.Starts.Before(s.Ends) && a.Ends.After(s.Starts) {
				return a
			}
		}
	}
	return nil
}

// bounds are the moments between which a day lies in the platform's zone.
func (w *RosterWeek) bounds(day time.Time) (begins, ends time.Time) {
	return Midnight(day, w.Rules.Zone), Midnight(day.AddDate(0, 0, 1), w.Rules.Zone)
}

// Midnight is when the date of a business day begins in loc.
func Midnight(day time.Time, loc *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, loc)
}

// Put changes a person's day in the draft; what is then as published leaves it.
func (w *RosterWeek) Put(c RosterCell) {
	w.Draft.Cells = slices.DeleteFunc(slices.Clone(w.Draft.Cells), func(x RosterCell) bool { return x.Login == c.Login && x.Day.Equal(c.Day) })
	if c.Absence != "" || !SameShifts(c.Shifts, w.Published[c.RosterKey]) {
		w.Draft.Cells = append(w.Draft.Cells, c)
	}
}

// Changes lists what publishing the draft would change, by day and person.
func (w *RosterWeek) Changes() []RosterChange {
	var out []RosterChange
	for i := range 7 {
		for _, p := range w.People {
			k := RosterKey{p.Login, w.Day(i)}
			if c, ok := w.drafted(k); ok && (c.Absence != "" || !SameShifts(c.Shifts, w.Published[k])) {
				out = append(out, RosterChange{RosterKey: k, Was: w.Published[k], Is: c.Shifts, Absence: c.Absence})
			}
		}
	}
	return out
}

// Hours is how long a person is on duty in the week: shifts by the day they begin on, but
// none in which they are absent.
func (w *RosterWeek) Hours(login Login) time.Duration {
	var sum time.Duration
	for i := range 7 {
		k := RosterKey{login, w.Day(i)}
		seen := w.Cell(k)
		for _, s := range seen.Shifts {
			for _, p := range w.there(login, s, seen) {
				sum += p.Ends.Sub(p.Starts)
			}
		}
	}
	return sum
}

// RosterHistory is what was done to a week, the newest first of each kind.
type RosterHistory struct {
	Week     time.Time
	Versions []RosterVersion
	Absences []RosterAbsence // as they were written
	Swaps    []RosterSwap
}
