package domain

import (
	"slices"
	"time"
)

// DutyPiece is a stretch of time in which somebody is on duty for a department.
type DutyPiece struct {
	Login  Login
	Dept   Department
	Starts time.Time
	Ends   time.Time
}

// there cuts what a person is absent from out of a shift.
func (w *RosterWeek) there(login Login, s RosterShift, seen RosterSeen) []DutyPiece {
	if seen.Absence != "" && seen.AbsID == 0 {
		return nil // by the draft, the whole day
	}
	left := []DutyPiece{{Login: login, Dept: s.Role.Department(), Starts: s.Starts, Ends: s.Ends}}
	for _, a := range w.Absences {
		if a.Login != login {
			continue
		}
		var rest []DutyPiece
		for _, p := range left {
			before, after := p, p
			before.Ends, after.Starts = earlier(p.Ends, a.Starts), later(p.Starts, a.Ends)
			for _, q := range []DutyPiece{before, after} {
				if q.Starts.Before(q.Ends) {
					rest = append(rest, q)
				}
			}
		}
		left = rest
	}
	return left
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Duty lists who is on duty between two moments of the week, the draft counted in: pieces
// cut to the two, without those in which somebody is absent.
func (w *RosterWeek) Duty(from, to time.Time) []DutyPiece {
	var out []DutyPiece
	add := func(login Login, shifts []RosterShift, seen RosterSeen) {
		for _, s := range shifts {
			for _, p := range w.there(login, s, seen) {
				p.Starts, p.Ends = later(p.Starts, from), earlier(p.Ends, to)
				if p.Starts.Before(p.Ends) {
					out = append(out, p)
				}
			}
		}
	}
	for _, c := range w.Beside {
		if p, ok := w.Person(c.Login); ok && p.Active {
			add(c.Login, c.Shifts, RosterSeen{})
		}
	}
	for _, p := range w.People {
		if !p.Active {
			continue
		}
		for i := range 7 {
			seen := w.Cell(RosterKey{p.Login, w.Day(i)})
			add(p.Login, seen.Shifts, seen)
		}
	}
	return out
}

// GapWhat is what kind of gap one is.
type GapWhat string

// The kinds of gaps.
const (
	GapWindow      GapWhat = "window"      // too few of a department in the order window
	GapHandling    GapWhat = "handling"    // too few of customer service in the handling hours
	GapLeft        GapWhat = "left"        // work that is left when one of the two ends
	GapUnpublished GapWhat = "unpublished" // the week has no roster yet
)

// RosterGap is a stretch of a day for which the roster does not do.
type RosterGap struct {
	What GapWhat    `json:"what"`
	Dept Department `json:"dept"`
	From time.Time  `json:"from"`
	To   time.Time  `json:"to"`
	Have int        `json:"have"` // the fewest on duty in it
	Need int        `json:"need"`
	Left int        `json:"left"` // of GapLeft: what is left when the window or the handling hours end
}

// RosterGaps lists the gaps of a day, the draft counted in: those of the order window by
// department, those of the handling hours, and work that would be left. The database finds
// the same in what is published.
func (w *RosterWeek) RosterGaps(day time.Time) []RosterGap {
	r := &w.Rules
	opens, closes := r.Opens.On(Midnight(day, r.Zone), r.Zone), r.Closes.On(Midnight(day, r.Zone), r.Zone)
	from, to := r.HandleFrom.On(Midnight(day, r.Zone), r.Zone), r.HandleTo.On(Midnight(day, r.Zone), r.Zone)
	begins, ends := w.bounds(day)
	duty := w.Duty(begins, ends)
	var gaps []RosterGap
	for _, d := range Departments() {
		gaps = append(gaps, lacks(duty, GapWindow, d, r.Window[d], opens, closes)...)
	}
	gaps = append(gaps, lacks(duty, GapHandling, CustomerService, r.Handling, from, earlier(to, opens))...)
	gaps = append(gaps, lacks(duty, GapHandling, CustomerService, r.Handling, later(from, closes), to)...)
	return append(gaps, leftOver(w.HoursOf(day), closes, to)...)
}

// lacks finds the stretches between two moments in which fewer than need are on duty.
func lacks(duty []DutyPiece, what GapWhat, dept Department, need int, from, to time.Time) []RosterGap {
	if need <= 0 || !from.Before(to) {
		return nil
	}
	cuts := []time.Time{from, to}
	for _, p := range duty {
		for _, at := range []time.Time{p.Starts, p.Ends} {
			if p.Dept == dept && at.After(from) && at.Before(to) {
				cuts = append(cuts, at)
			}
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	var out []RosterGap
	open := false
	for i := range len(cuts) - 1 {
		have := onDutyAt(duty, dept, cuts[i])
		switch {
		case have >= need:
			open = false
			continue
		case !open:
			out, open = append(out, RosterGap{What: what, Dept: dept, From: cuts[i], Have: have, Need: need}), true
		}
		g := &out[len(out)-1]
		g.To, g.Have = cuts[i+1], min(g.Have, have)
	}
	return out
}

// onDutyAt counts the people of a department on duty at a moment.
func onDutyAt(duty []DutyPiece, dept Department, at time.Time) int {
	who := map[Login]bool{}
	for _, p := range duty {
		if p.Dept == dept && !at.Before(p.Starts) && at.Before(p.Ends) {
			who[p.Login] = true
		}
	}
	return len(who)
}

// InWindow is the fewest people of a department on duty in a day's order window.
func (w *RosterWeek) InWindow(day time.Time, dept Department) int {
	r := &w.Rules
	from, to := r.Opens.On(Midnight(day, r.Zone), r.Zone), r.Closes.On(Midnight(day, r.Zone), r.Zone)
	duty := w.Duty(from, to)
	least := onDutyAt(duty, dept, from)
	for _, p := range duty {
		if p.Ends.Before(to) {
			least = min(least, onDutyAt(duty, dept, p.Ends))
		}
	}
	return least
}

// RosterHour is one hour of a day. On days when the clock changes there are 23 or 25.
type RosterHour struct {
	At       time.Time
	Hour     int           // of the wall clock
	Known    bool          // Expected is known
	Expected int           // rows of customer service that come in it
	Duty     time.Duration // people of customer service times time
	Cleared  int           // rows they can clear
	Left     int           // left at its end
}

// HoursOf reckons a day hour by hour, the draft counted in (§4.1.6): what comes, what can
// be cleared in the time people are there, what is left of this and of before.
func (w *RosterWeek) HoursOf(day time.Time) []RosterHour {
	begins, ends := w.bounds(day)
	duty := w.Duty(begins, ends)
	i := min(max(int(day.Sub(w.Week)/(24*time.Hour)), 0), 6)
	facts := w.Facts[i]
	pace := facts.paceOr(w.Rules.Minutes)
	var out []RosterHour
	left := 0
	for at := begins; at.Before(ends); at = at.Add(time.Hour) {
		h := RosterHour{At: at, Hour: at.In(w.Rules.Zone).Hour()}
		for _, p := range duty {
			if p.Dept != CustomerService {
				continue
			}
			if from, to := later(p.Starts, at), earlier(p.Ends, at.Add(time.Hour)); from.Before(to) {
				h.Duty += to.Sub(from)
			}
		}
		h.Cleared = int(h.Duty.Truncate(time.Second) / pace)
		if len(facts.Expected) == 24 {
			h.Known, h.Expected = true, facts.Expected[h.Hour]
			left = max(0, left+h.Expected-h.Cleared)
			h.Left = left
		}
		out = append(out, h)
	}
	return out
}

// leftOver names the stretches with work left over that reach the end of the window or of
// the handling hours.
func leftOver(hours []RosterHour, ends ...time.Time) []RosterGap {
	var out []RosterGap
	var run *RosterGap
	counts := false
	finish := func() {
		if run != nil && counts {
			out = append(out, *run)
		}
		run, counts = nil, false
	}
	for _, h := range hours {
		if h.Left == 0 {
			finish()
			continue
		}
		next := h.At.Add(time.Hour)
		if run == nil {
			run = &RosterGap{What: GapLeft, Dept: CustomerService, From: h.At}
		}
		run.To = next
		for _, end := range ends {
			if !counts && h.At.Before(end) && !next.Before(end) {
				run.Left, counts = h.Left, true
			}
		}
	}
	finish()
	return out
}
