package detect

import "cleardesk/domain"

// exchange flags each line a store asks to exchange (§3.1.1). A product found to need
// exchanging at every store that received it (§2.1) comes as an event for each order,
// with the cause they share.
func exchange(in *EventInput) []Flag {
	out := askedBack(in, domain.Exchange, ExchangeRule, ExchangeVersion)
	for i := range out {
		out[i].Cause = exchangeCause(out[i].Evidence.Product, in.Event.Cause)
		out[i].Evidence.Cause = out[i].Cause
	}
	return out
}

// askedBack flags each line of goods a store received and wants to be rid of. The
// money is what they cost; what is not told is the whole line, as received where that
// is known.
func askedBack(in *EventInput, kind domain.Kind, rule string, version int) []Flag {
	var out []Flag
	for i := range in.Event.Lines {
		l := &in.Event.Lines[i]
		of := in.line(l)
		code := subject(l, of)
		ev := in.evidence(rule, version)
		ev.Product, ev.Line, ev.Price = code, lineNo(of), in.price(code, of)
		if l.Why != "" {
			ev.Told = l.Why
		}
		if of != nil {
			ev.Received = in.took(of)
		}
		ev.Quantity = askedOf(in, l, of, ev.Received)
		if at := in.received(); !at.IsZero() {
			ev.ReceivedAt = &at
		}
		if ev.Quantity <= 0 {
			continue
		}
		out = append(out, Flag{
			Kind: kind, Line: ev.Line, Evidence: ev, AtRisk: domain.Amount(ev.Quantity, ev.Price),
			Moments: in.moments(kind, code),
		})
	}
	return out
}

// askedOf is how much of a line is asked to go back.
func askedOf(in *EventInput, l *domain.EventLine, of *domain.Line, received *domain.Quantity) domain.Quantity {
	q := told(l, in.Products[subject(l, of)].Weighed)
	switch {
	case q != nil:
		return *q
	case received != nil:
		return *received
	default:
		return standing(of)
	}
}
