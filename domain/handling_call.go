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

// AfterCall gives what follows a call that was not answered: before are the attempts
// already counted, with is whom the case lies with. The moment that matters is
// picking: until then the order can still be changed here; past it, the next one
// there is. A case that lies where it would go, goes to the manager ("The call").
func AfterCall(before int, with Department, s Settings, now time.Time, moments []Moment) CallPlan {
	p := CallPlan{
		Attempt: before + 1, Attempts: s.Int("call.attempts"), Again: now.Add(s.Minutes("call.again")),
		Then: Department(s.Get("call.then", Where{})),
	}
	if p.Then == with {
		p.Then = Manager
	}
	if m := callMoment(moments, now); m != nil {
		last := m.At.Add(-s.Minutes("call.before"))
		p.LastTry = &last
	}
	due := p.Attempt >= p.Attempts || p.LastTry != nil && p.Again.After(*p.LastTry)
	p.GoesOn = due && p.Then != with // there is nobody above the manager
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

// rungAbout is the kind a store is rung about: the weightiest of the case.
func (f Form) rungAbout() Kind {
	var k Kind
	for i, t := range f.Targets {
		if lead := t.Lead().Kind; i == 0 || lead.Weight() > k.Weight() {
			k = lead
		}
	}
	return k
}

// callParts asks who answered and what they said, in words that fit the worst of what
// they were rung about.
func (f Form) callParts(a Answers) []Question {
	if a.Call == nil || a.Call.Outcome != Reached {
		return nil
	}
	who := []CallWho{StoreManager, StoreClerk, SomebodyElse}
	return []Question{
		{ID: QuestionID{Ask: AskWho}, No: 2, Part: true, Answered: a.Call.Who != "", Options: options(who, a.Call.Who)},
		{ID: QuestionID{Ask: AskSaid}, No: 2, Part: true, Answered: saidAnswered(*a.Call), Options: options(saids(f.rungAbout()), a.Call.Said)},
	}
}

func saidAnswered(c Call) bool { return c.Said != "" && (c.Said != SaidOther || c.Text != "") }

// saids are the answers offered for what a store is rung about, the frequent ones
// first; another one is told in words.
func saids(k Kind) []Said {
	switch k {
	case OrderChange:
		return []Said{SaidAsAsked, SaidLeaves, SaidCancel, SaidOther}
	case SlowFulfilment:
		return []Said{SaidWaits, SaidCancel, SaidCame, SaidOther}
	case Replenishment, NotOrderable:
		return []Said{SaidWanted, SaidEnough, SaidOther}
	case ZeroStock:
		return []Said{SaidOtherGood, SaidCancel, SaidWaits, SaidOther}
	case Exchange:
		return []Said{SaidNewOnes, SaidSendsBack, SaidLeaves, SaidOther}
	case ShortWeight:
		return []Said{SaidCredit, SaidNewOnes, SaidLeaves, SaidOther}
	case Overweight:
		return []Said{SaidPays, SaidSendsBack, SaidWontPay, SaidOther}
	case Return:
		return []Said{SaidAsAsked, SaidNewOnes, SaidLeaves, SaidOther}
	default:
		return []Said{SaidMistake, SaidWanted, SaidChange, SaidCancel, SaidOther}
	}
}
