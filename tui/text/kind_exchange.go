package text

// ExchangeWords are the words of exchanges (§3.1.1).
type ExchangeWords struct {
	Why   func(what, reason string) string
	Odd   func(name, q, ordered, reason string) string
	Asked func(q string) string
	Say   []func(q, name, reason string) string
}

func exchangeEnglish() ExchangeWords {
	return ExchangeWords{
		Why: func(what, reason string) string { return listed(" ", what, reason) },
		Odd: func(n, q, of, reason string) string {
			return listed(", ", q+" of "+n+" to exchange"+during(", ordered ", of), reason)
		},
		Asked: func(q string) string { return "exchange " + q },
		Say: []func(q, name, reason string) string{
			func(q, n, r string) string {
				return "Say: \"You want " + q + " of " + n + " exchanged" + during(": ", r) + ". Shall we send new ones, or take it back?\""
			},
			func(q, n, r string) string {
				return "Say: \"" + q + " of " + n + during(", ", r) + ": shall we send new ones?\""
			},
		},
	}
}

func exchangeChinese() ExchangeWords {
	return ExchangeWords{
		Why: func(what, reason string) string { return what + reason },
		Odd: func(n, q, of, reason string) string {
			return listed(", ", "要换"+n+q+during(" 订", of), reason)
		},
		Asked: func(q string) string { return "要换" + q },
		Say: []func(q, name, reason string) string{
			func(q, n, r string) string {
				return "念: 「" + n + q + "要换" + during(", ", r) + ", 是补给您新的, 还是退货?」"
			},
			func(q, n, _ string) string { return "念: 「" + n + q + "要换, 补新的还是退货?」" },
		},
	}
}

func (w ExchangeWords) why(t telling) string { return w.Why(t.counted(), t.reason()) }

func (w ExchangeWords) odd(t telling) string {
	return t.onLine(w.Odd(t.short(), t.units(t.e.Quantity), t.orderedOf(), t.reason()))
}

// orderedOf is how much the line was ordered with; "" where the order is not at hand.
func (t telling) orderedOf() string {
	if l, ok := t.orderLine(); ok {
		return t.units(l.Quantity)
	}
	return ""
}

func (w ExchangeWords) facts(t telling) (first, second []string) {
	return t.request(w.Asked(t.units(t.e.Quantity)))
}

// request is the evidence of what a store asks for after it received a line.
func (t telling) request(asked string) (first, second []string) {
	s := t.c.Kinds.Shared
	first = append(t.which(), asked)
	if l, ok := t.orderLine(); ok {
		first = append(first, s.OfOrder(t.units(l.Quantity)), t.price(l.Price))
	}
	received := ""
	if at := t.clock(t.e.ReceivedAt); at != "" {
		received = s.Received(at)
	}
	slip := ""
	if t.e.Slip != "" {
		slip = s.Slip(t.e.Slip)
	}
	state := t.state()
	if received != "" {
		state = ""
	}
	return parts(append(first, t.stock())...), parts(append(t.findings(), t.reason(), state, received, t.quoted(), t.caller(), slip)...)
}

func (w ExchangeWords) say(t telling) []string {
	var out []string
	for _, say := range w.Say {
		out = append(out, say(t.units(t.e.Quantity), t.spoken(), t.reason()))
	}
	return out
}
