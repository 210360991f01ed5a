package domain

import (
	"slices"
	"strconv"
	"time"
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
		a = a.decide(f.decisionAfter(a, id.Target, Choice(o.Code), at))
		if id.Target == f.Targets[0].ID {
			a.Rest = "" // what was said of the others went with the first
		}
	case AskRest:
		a.Rest = Rest(o.Code)
		if a.Rest == RestAlike {
			a = f.decideAlike(a, at)
		}
	default:
		a = f.choosePart(a, id, o.Code, at)
	}
	return a, nil
}

// choosePart gives the answers with a part of a decision that is chosen by digit.
func (f Form) choosePart(a Answers, id QuestionID, code string, at Stamp) Answers {
	d, decided := a.Decision(id.Target)
	if !decided {
		return a // looking is noted by the caller
	}
	d.Stamp = at
	switch id.Ask {
	case AskOnLine:
		d.Quantity = 0
		d.OnLine, _ = strconv.Atoi(code)
	case AskWhy:
		d.Why = ReasonCode(code)
	case AskProduct:
		return f.SetProduct(a, id.Target, ProductCode(code), at)
	case AskConfirmed:
		d.Confirmed = Confirmer(code)
	case AskRestock:
		d.Restock = Restocking(code)
	default:
		return a // what is typed has no digits
	}
	return a.decide(d)
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

// decisionAfter keeps what was answered of a choice when it is made again.
func (f Form) decisionAfter(a Answers, target int, c Choice, at Stamp) Decision {
	if d, ok := a.Decision(target); ok && d.Choice == c {
		d.Stamp = at
		return d
	}
	return f.begin(Decision{Stamp: at, Target: target, Choice: c})
}

// set gives the answers with a target's decision changed; without a decision nothing
// changes.
func (a Answers) set(target int, at Stamp, change func(*Decision)) Answers {
	d, ok := a.Decision(target)
	if !ok {
		return a
	}
	d.Stamp = at
	change(&d)
	return a.decide(d)
}

// SetQuantity gives the answers with the quantity of a target's decision. The amount
// of a return follows it, unless another was agreed.
func (f Form) SetQuantity(a Answers, target int, q Quantity, at Stamp) Answers {
	return a.set(target, at, func(d *Decision) {
		t, _ := f.Target(target)
		follows := d.Choice == ChooseReturn && d.Amount == Amount(d.Quantity, f.price(t)) // also of more than can go back now
		if d.Quantity = q; follows {
			d.Amount = first(f.Amounts(*d), func(p AmountProposal) Money { return p.Amount })
		}
	})
}

// SetAmount gives the answers with the amount of a target's decision, above nought.
func (f Form) SetAmount(a Answers, target int, m Money, at Stamp) Answers {
	return a.set(target, at, func(d *Decision) { d.Amount = m })
}

// SetWhen gives the answers with the time of a target's decision.
func (f Form) SetWhen(a Answers, target int, when time.Time, at Stamp) Answers {
	return a.set(target, at, func(d *Decision) { d.When = &when })
}

// SetProduct gives the answers with the product that stands in for the target's; the
// quantity begins anew.
func (f Form) SetProduct(a Answers, target int, code ProductCode, at Stamp) Answers {
	return a.set(target, at, func(d *Decision) {
		if d.Product != code {
			d.Product = code
			d.Quantity = first(f.Quantities(*d), func(p Proposal) Quantity { return p.Quantity })
		}
	})
}

// SetItem gives the answers with the quantity of one line of the order that is made, 0
// to leave it out.
func (f Form) SetItem(a Answers, target, item int, q Quantity, at Stamp) Answers {
	return a.set(target, at, func(d *Decision) {
		if item >= 0 && item < len(d.Items) {
			d.Items = slices.Clone(d.Items)
			d.Items[item].Quantity = q
		}
	})
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
	default:
	}
	return a
}
