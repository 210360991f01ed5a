package text

import "cleardesk/domain"

// UnorderableWords are the words of attempts the platform refused (§3.1.10, §1.3).
type UnorderableWords struct {
	Why      func(what string, times int, reason string) string
	Short    func(what, reason string) string // where there is little room
	Odd      func(what string, times int, reason string) string
	Told     func(reason string) string // what the platform gave as its reason
	Status   func(status string) string
	Step     func(step string) string
	StepSeen func(seen, step string) string
	StepOff  func(below, above string) string
	Stock    func(q string) string
	Times    func(n int) string
	Say      func(q, name, reason string) string
	SayStep  func(q, name, step, below, above string) string
}

func unorderableEnglish() UnorderableWords {
	return UnorderableWords{
		Why: func(what string, n int, reason string) string {
			return listed(": ", what+" refused "+itoa(n)+"x", reason)
		},
		Short: func(what, reason string) string { return listed(": ", what, reason) },
		Odd: func(what string, n int, reason string) string {
			return listed(": ", "Refused "+itoa(n)+"x, "+what, reason)
		},
		Told: func(r string) string { return "the platform says: " + r }, Status: func(s string) string { return "product " + s },
		Step:     func(s string) string { return "step " + s },
		StepSeen: func(seen, step string) string { return "saw step " + seen + ", is " + step },
		StepOff: func(below, above string) string {
			return listed(" or ", below, above) + " would do"
		},
		Stock: func(q string) string { return "stock " + q }, Times: func(n int) string { return "refused " + itoa(n) + "x" },
		Say: func(q, n, reason string) string {
			return "Say: \"You could not order " + q + " of " + n + during(", ", reason) + ". We look into it and ring you back.\""
		},
		SayStep: func(q, n, step, below, above string) string {
			return "Say: \"" + q + " of " + n + " is not in steps of " + step + ". " + listed(" or ", below, above) + " will do.\""
		},
	}
}

func unorderableChinese() UnorderableWords {
	return UnorderableWords{
		Why: func(what string, n int, reason string) string {
			return listed(" ", what, "被拒"+itoa(n)+"次", reason)
		},
		Short: func(what, reason string) string { return listed(" ", what, "被拒", reason) },
		Odd: func(what string, n int, reason string) string {
			return listed(", ", "被拒"+itoa(n)+"次: "+what, reason)
		},
		Told: func(r string) string { return "平台说: " + r }, Status: func(s string) string { return "商品" + s },
		Step:     func(s string) string { return "步长" + s },
		StepSeen: func(seen, step string) string { return "店见步长" + seen + ", 实" + step },
		StepOff:  func(below, above string) string { return "可订" + listed("或", below, above) },
		Stock:    func(q string) string { return "库存" + q }, Times: func(n int) string { return "被拒" + itoa(n) + "次" },
		Say: func(q, n, reason string) string {
			return "念: 「" + n + q + "您没订上" + during(", 说是", reason) + ", 我们查清就告诉您。」"
		},
		SayStep: func(q, n, step, below, above string) string {
			return "念: 「" + n + q + "不合步长" + step + ", 可订" + listed("或", below, above) + "。」"
		},
	}
}

// found is the reason as it is seen from here, else what the platform said.
func (w UnorderableWords) found(t telling) string {
	switch {
	case t.e.Found == domain.ToldStep && t.e.StepSeen > 0:
		return w.StepSeen(t.e.StepSeen.String(), t.e.Step.String())
	case t.e.Found == domain.ToldStep:
		return w.Step(t.e.Step.String())
	case t.e.Found == domain.ToldStock:
		return w.Stock(t.left().String())
	case t.e.Found != "":
		return named(t.c.Kinds.Shared.Told, t.e.Found)
	case t.e.Status != "" && t.e.Status != domain.ProductNormal:
		return named(t.c.Kinds.Shared.Statuses, t.e.Status)
	}
	return t.reason()
}

func (w UnorderableWords) why(t telling) string {
	return w.Why(t.counted(), max(1, t.e.Refusals), w.found(t))
}

func (w UnorderableWords) brief(t telling) string { return w.Short(t.counted(), w.found(t)) }

func (w UnorderableWords) odd(t telling) string {
	return w.Odd(t.counted(), max(1, t.e.Refusals), w.found(t))
}

// multiples are the neighbouring multiples of the step, in words.
func (t telling) multiples() (below, above string) {
	if t.e.Below > 0 {
		below = t.e.Below.String()
	}
	if t.e.Above > 0 {
		above = t.units(t.e.Above)
	}
	return below, above
}

func (w UnorderableWords) facts(t telling) (first, second []string) {
	first = append(t.which(), t.units(t.e.Quantity), w.Times(max(1, t.e.Refusals)))
	if t.e.Status != "" {
		first = append(first, w.Status(named(t.c.Kinds.Shared.Statuses, t.e.Status)))
	}
	if t.p.Step != nil {
		first = append(first, w.Step(t.p.Step.String()))
	}
	first = append(first, t.stock())
	if told := t.reason(); told != "" {
		second = append(second, w.Told(told))
	}
	second = append(second, t.quoted())
	if found := w.found(t); !contains(first, found) && found != t.reason() {
		second = append(second, found)
	}
	if below, above := t.multiples(); above != "" && t.e.Found == domain.ToldStep {
		second = append(second, w.StepOff(below, above))
	}
	return parts(first...), parts(append(second, t.caller())...)
}

func (w UnorderableWords) say(t telling) []string {
	below, above := t.multiples()
	if above != "" && t.e.Found == domain.ToldStep {
		return []string{w.SayStep(t.units(t.e.Quantity), t.spoken(), t.units(t.e.Step), below, above)}
	}
	return []string{w.Say(t.units(t.e.Quantity), t.spoken(), w.found(t)), w.Say(t.units(t.e.Quantity), t.spoken(), "")}
}
