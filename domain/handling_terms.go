package domain

import "time"

// HandlingTerms are the settings that decide how a case is written.
type HandlingTerms struct {
	Calendar    Calendar
	Deliver     time.Duration // from a van's departure to the stores
	SignRelease Money         // an order from this total on is released or cancelled by two; 0: never
	SignAdjust  Money         // credits, charges and supplements from this amount on take two; 0: never
	SignWith    Department    // where what takes a second person waits
}

// HandlingTerms gives what is set for the platform.
func (s Settings) HandlingTerms() HandlingTerms {
	release, _ := s.Money("sign.release", Where{})
	adjust, _ := s.Money("sign.adjust", Where{})
	return HandlingTerms{
		Calendar: s.Calendar(), Deliver: s.Minutes("promise.deliver"), SignRelease: release, SignAdjust: adjust,
		SignWith: Department(s.Get("sign.with", Where{})),
	}
}

// zone is the platform's time zone, UTC where no terms were given.
func (t HandlingTerms) zone() *time.Location {
	if t.Calendar.Zone == nil {
		return time.UTC
	}
	return t.Calendar.Zone
}

// vans gives the next departures after now, the nearest first.
func (t HandlingTerms) vans(now time.Time, n int) []time.Time {
	var out []time.Time
	for day := -1; len(out) < n; day++ {
		leaves := t.Calendar.Departure.On(now.In(t.zone()).AddDate(0, 0, day), t.zone())
		if leaves.After(now) {
			out = append(out, leaves)
		}
	}
	return out
}
