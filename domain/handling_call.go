package domain

import "time"

// CallPlan is what follows a call that was not answered.
type CallPlan struct {
	Attempt  int        // which attempt this was, from 1
	Attempts int        // how many there are before the case goes on
	Again    time.Time  // when to ring again
	LastTry  *time.Time // from then on the case goes on, unreached; nil: no moment is left
	Then     Department // where it goes when nobody is reached
	GoesOn   bool       // it goes there now
}

// AfterCall gives what follows a call that was not answered, before being the
// attempts already counted. The moment that matters is picking: until then the
// order can still be changed here; past it, the next one there is ("The call").
func AfterCall(before int, s Settings, now time.Time, moments []Moment) CallPlan {
	p := CallPlan{
		Attempt: before + 1, Attempts: s.Int("call.attempts"), Again: now.Add(s.Minutes("call.again")),
		Then: Department(s.Get("call.then", Where{})),
	}
	if m := callMoment(moments, now); m != nil {
		last := m.At.Add(-s.Minutes("call.before"))
		p.LastTry = &last
	}
	p.GoesOn = p.Attempt >= p.Attempts || p.LastTry != nil && p.Again.After(*p.LastTry)
	return p
}

func callMoment(moments []Moment, now time.Time) *Moment {
	for _, m := range moments {
		if m.What == Picking && m.At.After(now) {
			return &m
		}
	}
	return NextMoment(moments, now)
}
