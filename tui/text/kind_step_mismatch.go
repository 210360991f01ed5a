package text

// StepWords are the words of step mismatches (§3.1.4).
type StepWords struct {
	Steps     func(what, step, below, above string) string
	StepAbove func(what, step, above string) string // no multiple below
	StepSeen  func(what, seen, step string) string
	Short     func(what, choice string) string // where there is little room
	Odd       func(line, what, step, choice string) string
	Or        func(a, b string) string
	Say       func(q, name, step, below, above string) string
	SaySeen   func(q, name, seen, step string) string // it is a multiple, but the store saw another step
}

func stepEnglish() StepWords {
	return StepWords{
		Steps: func(what, step, below, above string) string {
			return what + "; step " + step + ": " + below + " or " + above
		},
		StepAbove: func(what, step, above string) string { return what + "; step " + step + ": " + above },
		StepSeen:  func(what, seen, step string) string { return what + "; saw step " + seen + ", is " + step },
		Short:     func(what, choice string) string { return what + ": " + choice },
		Odd: func(l, what, step, choice string) string {
			return "Line " + l + ": " + what + " is no multiple of " + step + "; " + choice
		},
		Or: func(a, b string) string { return a + " or " + b },
		Say: func(q, name, step, below, above string) string {
			or := above
			if below != "" {
				or = below + " or " + above
			}
			return "Say: \"" + q + " of " + name + ": the step is " + step + ". Would you take " + or + "?\""
		},
		SaySeen: func(q, name, seen, step string) string {
			return "Say: \"" + name + ": you saw a step of " + seen + ", it is " + step + ". Is " + q + " right?\""
		},
	}
}

func stepChinese() StepWords {
	return StepWords{
		Steps: func(what, step, below, above string) string {
			return what + " 步长" + step + " 可" + below + "/" + above
		},
		StepAbove: func(what, step, above string) string { return what + " 步长" + step + " 可" + above },
		StepSeen:  func(what, seen, step string) string { return what + " 见步长" + seen + " 实" + step },
		Short:     func(what, choice string) string { return what + " 可" + choice },
		Odd: func(l, what, step, choice string) string {
			return "第" + l + "行: " + what + "不是步长" + step + "的倍数; 可" + choice
		},
		Or: func(a, b string) string { return a + "或" + b },
		Say: func(q, name, step, below, above string) string {
			or := above
			if below != "" {
				or = below + "还是" + above
			}
			return "念: 「" + name + "订了" + q + ", 要按" + step + "的倍数订, 要" + or + "?」"
		},
		SaySeen: func(q, name, seen, step string) string {
			return "念: 「" + name + "您看到的步长是" + seen + ", 现在是" + step + ", " + q + "对吗?」"
		},
	}
}

func (w StepWords) why(t telling) string {
	e := t.e
	switch {
	case e.StepSeen > 0 && e.StepSeen != e.Step && e.Quantity.IsMultipleOf(e.Step):
		return w.StepSeen(t.counted(), e.StepSeen.String(), e.Step.String())
	case e.Below > 0:
		return w.Steps(t.counted(), e.Step.String(), e.Below.String(), e.Above.String())
	}
	return w.StepAbove(t.counted(), e.Step.String(), e.Above.String())
}

func (w StepWords) brief(t telling) string {
	if t.e.Below == 0 || t.e.StepSeen > 0 {
		return ""
	}
	return w.Short(t.counted(), w.Or(t.e.Below.String(), t.e.Above.String()))
}

func (w StepWords) odd(t telling) string {
	e := t.e
	if e.StepSeen > 0 && e.StepSeen != e.Step && e.Quantity.IsMultipleOf(e.Step) {
		return t.c.place(e.Line) + ": " + w.StepSeen(t.counted(), t.units(e.StepSeen), t.units(e.Step))
	}
	choice := t.units(e.Above)
	if e.Below > 0 {
		choice = w.Or(e.Below.String(), choice)
	}
	return w.Odd(itoa(e.Line), t.counted(), t.units(e.Step), choice)
}

func (w StepWords) facts(t telling) (first, second []string) {
	return t.lineFacts(), parts(w.odd(t), t.c.QuietPassed(t.e, t.p))
}

func (w StepWords) say(t telling) []string {
	l, ok := t.orderLine()
	if !ok || t.p.Step == nil {
		return []string{t.c.Kinds.Quantity.Ask(t.units(t.e.Quantity), t.spoken(), t.e.Quantity.Grouped(0))}
	}
	if t.e.StepSeen > 0 && l.Quantity.IsMultipleOf(*t.p.Step) {
		return []string{w.SaySeen(t.units(l.Quantity), t.spoken(), t.units(t.e.StepSeen), t.units(*t.p.Step))}
	}
	below, above := l.Quantity.Neighbours(*t.p.Step)
	low := ""
	if below > 0 {
		low = below.Grouped(0)
	}
	return []string{w.Say(t.units(l.Quantity), t.spoken(), t.units(*t.p.Step), low, t.units(above))}
}
