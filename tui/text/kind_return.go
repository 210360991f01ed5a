package text

// ReturnWords are the words of returns (§3.1.13, §4.3).
type ReturnWords struct {
	Why   func(what, reason string) string
	Odd   func(name, q, ordered, reason string) string
	Asked func(q string) string
	Say   []func(q, name, reason string) string
}

func returnEnglish() ReturnWords {
	return ReturnWords{
		Why: func(what, reason string) string { return listed(", ", what, reason) },
		Odd: func(n, q, of, reason string) string {
			return listed(", ", q+" of "+n+" to return"+during(", ordered ", of), reason)
		},
		Asked: func(q string) string { return "return " + q },
		Say: []func(q, name, reason string) string{
			func(q, n, r string) string {
				return "Say: \"" + q + " of " + n + " to return" + during(", ", r) + ": we look at them, the supplier answers, we ring back.\""
			},
			func(q, n, _ string) string {
				return "Say: \"" + q + " of " + n + " to return: we ask the supplier first.\""
			},
		},
	}
}

func returnChinese() ReturnWords {
	return ReturnWords{
		Why: func(what, reason string) string { return what + reason },
		Odd: func(n, q, of, reason string) string {
			return listed(", ", "要退"+n+q+during(" 订", of), reason)
		},
		Asked: func(q string) string { return "要退" + q },
		Say: []func(q, name, reason string) string{
			func(q, n, r string) string {
				return "念: 「" + n + q + "要退" + during(", ", r) + ": 采购先看货, 供应商答复后告诉您。」"
			},
			func(q, n, _ string) string {
				return "念: 「" + n + q + "要退: 等供应商答复后告诉您。」"
			},
		},
	}
}

func (w ReturnWords) why(t telling) string { return w.Why(t.counted(), t.reason()) }

func (w ReturnWords) odd(t telling) string {
	return t.onLine(w.Odd(t.short(), t.units(t.e.Quantity), t.orderedOf(), t.reason()))
}

func (w ReturnWords) facts(t telling) (first, second []string) {
	return t.request(w.Asked(t.units(t.e.Quantity)))
}

func (w ReturnWords) say(t telling) []string {
	var out []string
	for _, say := range w.Say {
		out = append(out, say(t.units(t.e.Quantity), t.spoken(), t.reason()))
	}
	return out
}
