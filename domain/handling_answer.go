package domain

import (
	"slices"
	"strconv"
)

// Choose gives the answers after the numbered answer of a question was chosen. The
// first answer also notes that the record was seen. An error is Invalid for a digit
// that is not there, and Forbidden for an answer the person's roles do not allow.
func (f Form) Choose(a Answers, id QuestionID, digit int, at Stamp) (Answers, error) {
	o, err := f.option(a, id, digit)
	if err != nil {
		return a, err
	}
	if a.Look == nil {
		a.Look = &at
	}
	switch id.Ask {
	case AskCall:
		a.Call = callAfter(a.Call, CallOutcome(o.Code), at)
	case AskWho, AskSaid:
		c := *a.Call
		c.Stamp = at
		if id.Ask == AskWho {
			c.Who = CallWho(o.Code)
		} else {
			c.Said = Said(o.Code)
		}
		a.Call = &c
	case AskDecide:
		a = a.decide(decisionAfter(a, id.Target, Choice(o.Code), at))
		if id.Target == f.Targets[0].Line {
			a.Rest = "" // what was said of the others went with the first
		}
	case AskOnLine:
		d, _ := a.Decision(id.Target)
		d.Stamp, d.Quantity = at, 0
		d.OnLine, _ = strconv.Atoi(o.Code)
		a = a.decide(d)
	case AskWhy:
		d, _ := a.Decision(id.Target)
		d.Stamp, d.Why = at, ReasonCode(o.Code)
		a = a.decide(d)
	case AskRest:
		a.Rest = Rest(o.Code)
		if a.Rest == RestAlike {
			a = f.decideAlike(a, at)
		}
	case AskLook, AskQuantity: // looking is noted above; a quantity has no digits
	}
	return a, nil
}

func (f Form) option(a Answers, id QuestionID, digit int) (Option, error) {
	qs := f.Questions(a)
	i := slices.IndexFunc(qs, func(q Question) bool { return q.ID == id })
	if i < 0 {
		return Option{}, Errorf(Invalid, "answer", "the question is not asked")
	}
	for _, o := range qs[i].Options {
		if o.Digit != digit {
			continue
		}
		if len(o.Needs) > 0 {
			e := Errorf(Forbidden, "answer", "this needs another role")
			e.Detail = map[string]string{"needs": joinRoles(o.Needs)}
			return Option{}, e
		}
		return o, nil
	}
	return Option{}, Errorf(Invalid, "answer", "there is no answer %d", digit)
}

// joinRoles gives "agent,manager".
func joinRoles(roles []Role) string {
	var s string
	for i, r := range roles {
		if i > 0 {
			s += ","
		}
		s += string(r)
	}
	return s
}

// callAfter keeps who answered and what they said when the same outcome is chosen
// again.
func callAfter(before *Call, o CallOutcome, at Stamp) *Call {
	if before != nil && before.Outcome == o {
		again := *before
		again.Stamp = at
		return &again
	}
	return &Call{Stamp: at, Outcome: o}
}

// decisionAfter keeps quantity, line and reason when the same choice is made again.
func decisionAfter(a Answers, target int, c Choice, at Stamp) Decision {
	if d, ok := a.Decision(target); ok && d.Choice == c {
		d.Stamp = at
		return d
	}
	return Decision{Stamp: at, Target: target, Choice: c}
}

// SetQuantity gives the answers with the new quantity of a target's change.
func (f Form) SetQuantity(a Answers, target int, q Quantity, at Stamp) Answers {
	d, ok := a.Decision(target)
	if !ok {
		return a
	}
	d.Stamp, d.Quantity = at, q
	return a.decide(d)
}

// SetText gives the answers with the free text of a question: who answered, what
// they said, why. For other questions nothing changes.
func (f Form) SetText(a Answers, id QuestionID, text string, at Stamp) Answers {
	switch id.Ask {
	case AskWho, AskSaid:
		if a.Call == nil {
			return a
		}
		c := *a.Call
		c.Stamp = at
		if id.Ask == AskWho {
			c.Name = text
		} else {
			c.Text = text
		}
		a.Call = &c
	case AskWhy:
		if d, ok := a.Decision(id.Target); ok {
			d.Stamp, d.WhyText = at, text
			return a.decide(d)
		}
	case AskLook, AskCall, AskDecide, AskOnLine, AskQuantity, AskRest:
	}
	return a
}
