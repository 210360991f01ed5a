package domain

import (
	"slices"
	"time"
)

// HereState is whether somebody is there.
type HereState string

// The states, in the order in which people are listed.
const (
	HereOn     HereState = "on"     // on duty, and at a desk
	HereAway   HereState = "away"   // on duty, and at no desk
	HereExtra  HereState = "extra"  // at a desk, and not on duty
	HereAbsent HereState = "absent" // the roster has them, and they are absent
	HereOff    HereState = "off"
)

// RosterHere is one person now.
type RosterHere struct {
	Who      Staff
	State    HereState
	Away     *time.Time    // since when, where it is known
	Shift    *RosterShift  // the one that runs, else the next of today, else the last; nil: none today
	Absence  AbsenceReason // of HereAbsent
	Held     int           // cases in hand
	Closed   int           // written today
	Pace     *time.Duration
	Oldest   *time.Time // of the claims in hand: since when
	OldKind  Kind       // of that case
	OldStore string
	OldEn    string
	OldCase  CaseID
}

// RosterNow is the desk at this moment.
type RosterNow struct {
	At         time.Time
	People     []RosterHere // who is on duty or at a desk, then those absent, then the rest
	Unclaimed  int          // of the open rows of customer service
	Held       int
	Closed     int     // written today, by everybody
	AtRisk     []Money // of the open rows, the greatest first
	Lease      time.Duration
	Facts      RosterFacts // of today
	Rules      RosterRules
	Duty       []DutyPiece // of customer service from now to the end of the day, as published
	Rostered   bool        // a roster was published for today
	SwapsForMe int
}

// Open is how many rows of customer service are open.
func (n *RosterNow) Open() int { return n.Unclaimed + n.Held }

// With lists the people in a state.
func (n *RosterNow) With(state HereState) []RosterHere {
	var out []RosterHere
	for _, p := range n.People {
		if p.State == state {
			out = append(out, p)
		}
	}
	return out
}

// Lacking is how many people of customer service there should be on duty now and are not.
func (n *RosterNow) Lacking() int {
	r, day := &n.Rules, n.At
	in := func(from, to Clock) bool {
		return !n.At.Before(from.On(day, r.Zone)) && n.At.Before(to.On(day, r.Zone))
	}
	need := 0
	if in(r.HandleFrom, r.HandleTo) {
		need = r.Handling
	}
	if in(r.Opens, r.Closes) {
		need = r.Window[CustomerService]
	}
	have := 0
	for _, p := range n.People {
		if (p.State == HereOn || p.State == HereAway) && p.Shift != nil && p.Shift.Role == RoleAgent {
			have++
		}
	}
	return max(0, need-have)
}

// Forecast is what will be left at the end of the window, or of the handling hours where
// the window is over.
type Forecast struct {
	Window   bool // until the window closes, else until the handling hours end
	Until    time.Time
	Open     int
	Expected int
	Known    bool // Expected is known
	Cleared  int
	Left     [4]int // with so many more people, from none
	LeftSum  Money  // at risk in what is left of what is open now: the most valuable are cleared first
}

// Forecast reckons what will be left; ok is false when both are over.
func (n *RosterNow) Forecast() (Forecast, bool) {
	r := &n.Rules
	f := Forecast{Window: true, Until: r.Closes.On(n.At, r.Zone), Open: n.Open(), Known: len(n.Facts.Expected) == 24}
	if !n.At.Before(f.Until) {
		f.Window, f.Until = false, r.HandleTo.On(n.At, r.Zone)
	}
	if !n.At.Before(f.Until) {
		return f, false
	}
	if f.Known {
		f.Expected = expectedUntil(n.Facts.Expected, n.At, f.Until, r.Zone)
	}
	var duty time.Duration
	for _, p := range n.Duty {
		if from, to := later(p.Starts, n.At), earlier(p.Ends, f.Until); p.Dept == CustomerService && from.Before(to) {
			duty += to.Sub(from)
		}
	}
	pace := n.Facts.paceOr(r.Minutes)
	f.Cleared = int(duty / pace)
	for more := range f.Left {
		can := int((duty + time.Duration(more)*f.Until.Sub(n.At)) / pace)
		f.Left[more] = max(0, f.Open+f.Expected-can)
	}
	worst := slices.Clone(n.AtRisk)
	slices.Sort(worst)
	for i := range min(f.Left[0], len(worst)) {
		f.LeftSum += worst[i]
	}
	return f, true
}

// expectedUntil sums what is expected between two moments: of hours they cut, their share.
func expectedUntil(hours []int, from, to time.Time, zone *time.Location) int {
	var seconds int64
	for at := from; at.Before(to); {
		local := at.In(zone)
		next := earlier(at.Add(time.Hour-time.Duration(local.Minute())*time.Minute-time.Duration(local.Second())*time.Second-time.Duration(local.Nanosecond())), to)
		seconds += int64(hours[local.Hour()]) * int64(next.Sub(at)/time.Second)
		at = next
	}
	return int((seconds + 1800) / 3600)
}

// Callable lists who can be asked for help now: those away from their desk, then those on
// duty for another department who may handle cases, then agents who are not on duty and not
// absent.
func (n *RosterNow) Callable() []RosterHere {
	var away, others, off []RosterHere
	for _, p := range n.People {
		agent := p.Who.Has(RoleAgent)
		switch {
		case p.State == HereAway && agent:
			away = append(away, p)
		case p.State == HereOn && p.Shift != nil && p.Shift.Role != RoleAgent && (agent || p.Who.Has(RoleExpansion)):
			others = append(others, p)
		case (p.State == HereOff || p.State == HereExtra) && agent:
			off = append(off, p)
		}
	}
	return slices.Concat(away, others, off)
}
