package detect

import "cleardesk/domain"

// judgeAttempt flags what the platform refused to take: a line each. What it refused
// because there is no stock is zero stock (§3.1.9), what it refused as outside the
// window a replenishment that came too late (§3.1.8), anything else is not orderable
// (§3.1.10). Of a product that is not for sale a refusal is right and nothing is
// flagged, unless its stock is told to be the reason.
func judgeAttempt(in *EventInput) []Flag {
	var out []Flag
	for i := range in.Event.Lines {
		l := &in.Event.Lines[i]
		a := attempt{in: in, line: l, facts: in.Products[l.Product], told: l.Why}
		if a.told == "" {
			a.told = in.Event.Why
		}
		if l.Quantity != nil {
			a.wanted = *l.Quantity
		}
		switch found := a.found(); {
		case a.told == domain.ToldWindow:
			out = append(out, a.late())
		case !a.forSale():
		case a.told == domain.ToldStock || found == domain.ToldStock:
			out = append(out, a.outOfStock(found))
		default:
			out = append(out, a.notOrderable(found))
		}
	}
	return out
}

// attempt is one line the platform refused.
type attempt struct {
	in     *EventInput
	line   *domain.EventLine
	facts  domain.Product
	told   domain.WhyTold
	wanted domain.Quantity
}

func (a *attempt) forSale() bool {
	return a.facts.Status == "" || a.facts.Status == domain.ProductNormal
}

// found gives the reason that is seen from here: the step first (§1.3), then the
// price, then the stock; "" when there is none to see.
func (a *attempt) found() domain.WhyTold {
	available, known := a.facts.Available()
	switch {
	case a.stepWrong():
		return domain.ToldStep
	case a.facts.Price <= 0:
		return domain.ToldPrice
	case known && (available <= 0 || available < a.wanted):
		return domain.ToldStock
	default:
		return ""
	}
}

// stepWrong tells whether the quantity is no multiple of the step, or the store was
// shown another step.
func (a *attempt) stepWrong() bool {
	step := a.facts.Step
	if step == nil {
		return false
	}
	return !a.wanted.IsMultipleOf(*step) || a.line.StepSeen != nil && *a.line.StepSeen != *step
}

// notOrderable flags a refusal for which there is no good reason, or the step.
func (a *attempt) notOrderable(found domain.WhyTold) Flag {
	why := found
	if why == "" {
		why = a.told
	}
	if why == "" {
		why = domain.ToldOther
	}
	return a.flag(domain.NotOrderable, found, attemptCause(a.line.Product, why))
}

// flag makes the flag of an attempt. The money is what the store usually orders of the
// product, where it has a habit: what it tried may be as wrong as the refusal.
func (a *attempt) flag(kind domain.Kind, found domain.WhyTold, cause string) Flag {
	in, p := a.in, &a.facts
	ev := in.evidence(AttemptRule, AttemptVersion)
	ev.Product, ev.Quantity, ev.Price, ev.Told, ev.Found, ev.Cause = a.line.Product, a.wanted, p.Price, a.told, found, cause
	ev.Expected, ev.Status, ev.Refusals = in.Usual[a.line.Product], p.Status, a.refusals()
	if p.Step != nil {
		ev.Step = *p.Step
		ev.Times100 = a.wanted.Times(*p.Step)
		ev.Below, ev.Above = a.wanted.Neighbours(*p.Step)
		if a.line.StepSeen != nil && *a.line.StepSeen != *p.Step {
			ev.StepSeen = *a.line.StepSeen
		}
	}
	if available, known := p.Available(); known {
		stock := *p.Stock
		ev.Stock, ev.Available = &stock, &available
	}
	q := ev.Expected
	if q == 0 {
		q = a.wanted
	}
	return Flag{
		Kind: kind, Evidence: ev, AtRisk: domain.Amount(q, ev.Price), Cause: cause, Moments: in.moments(kind, a.line.Product),
	}
}

// refusals counts the attempts at the product this store made that day.
func (a *attempt) refusals() int {
	n := 1
	for i := range a.in.Refused {
		for _, l := range a.in.Refused[i].Lines {
			if l.Product == a.line.Product && a.in.Refused[i].Key != a.in.Event.Key {
				n++
				break
			}
		}
	}
	return n
}
