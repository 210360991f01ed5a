package text

import (
	"strings"
)

// WrongWords are the words of wrong orders: a repeat, a slip, the store's own report
// (§3.1.12).
type WrongWords struct {
	Repeats    func(earlier string, same, of int) string
	Slip       func(what, slip, usual string) string
	Told       func(reason string) string
	OddRepeats func(earlier string, same, of int) string
	OddSlip    func(line, what, slip, likely string) string
	OddTold    func(order, reason string) string
	Likely     func(q string) string
	SayRepeats func(earlier string, lines int) string
	SaySlip    func(q, name, slip, likely string) string
	SayTold    func(reason string) string
}

func wrongEnglish() WrongWords {
	return WrongWords{
		Repeats: func(o string, same, of int) string {
			if of > same {
				return "repeats " + o + ", " + itoa(same) + " of " + itoa(of)
			}
			return "repeats " + o + ", " + count(same, "line", "lines")
		},
		Slip: func(what, slip, usual string) string { return listed("; ", what, slip, usual) },
		Told: func(r string) string { return listed(": ", "store says wrong", r) },
		OddRepeats: func(o string, same, of int) string {
			return "Repeats " + o + " of the same day: " + itoa(same) + " of " + count(of, "line", "lines") + " the same"
		},
		OddSlip: func(l, what, slip, likely string) string {
			return "Line " + l + ": " + listed(", ", what, slip, likely)
		},
		OddTold: func(o, r string) string { return listed(": ", "The store says "+o+" is wrong", r) },
		Likely:  func(q string) string { return "likely " + q },
		SayRepeats: func(o string, n int) string {
			return "Say: \"You ordered " + o + " today; this has the same " + count(n, "line", "lines") + ". Was it meant?\""
		},
		SaySlip: func(q, n, slip, likely string) string {
			return "Say: \"" + q + " of " + n + during(", ", slip) + "? Did you mean " + likely + "?\""
		},
		SayTold: func(r string) string {
			return "Say: \"You say this order is wrong" + during(": ", r) + ". Change it, cancel it, or keep it?\""
		},
	}
}

func wrongChinese() WrongWords {
	return WrongWords{
		Repeats: func(o string, same, of int) string {
			if of > same {
				return "与" + o + "重复, " + itoa(of) + "行同" + itoa(same) + "行"
			}
			return "与" + o + "重复, 同" + itoa(same) + "行"
		},
		Slip: func(what, slip, usual string) string { return listed(" ", what, slip, usual) },
		Told: func(r string) string { return listed(": ", "店报下错", r) },
		OddRepeats: func(o string, same, of int) string {
			return "与今天的" + o + "重复: " + itoa(of) + "行同" + itoa(same) + "行"
		},
		OddSlip: func(l, what, slip, likely string) string {
			return "第" + l + "行: " + listed(", ", what, during("像", slip), likely)
		},
		OddTold: func(o, r string) string { return listed(": ", "门店报"+o+"下错", r) },
		Likely:  func(q string) string { return "可能是" + q },
		SayRepeats: func(o string, n int) string {
			return "念: 「您今天已下" + o + ", 这单" + itoa(n) + "行一样, 是重复下的吗?」"
		},
		SaySlip: func(q, n, slip, likely string) string {
			return "念: 「" + n + "订了" + q + ", 是要" + likely + "吗" + during("? 像", slip) + "?」"
		},
		SayTold: func(r string) string {
			return "念: 「您说这单下错了" + during(": ", r) + ", 要改, 要取消, 还是照送?」"
		},
	}
}

// slip is what the quantity looks like; "" where it looks like none.
func (t telling) slip() string { return t.c.Kinds.Quantity.Multiples[t.e.Multiple] }

func (w WrongWords) why(t telling) string {
	switch {
	case t.e.Repeats != "":
		return w.Repeats(string(t.e.Repeats), t.e.SameLines, max(t.e.Lines, t.e.RepeatsOf))
	case t.e.Line > 0 && t.e.Quantity > 0:
		usual := ""
		if t.e.Median > 0 {
			usual = t.c.Kinds.Quantity.Typical(t.e.Median.Grouped(0))
		} else if t.e.Likely > 0 {
			usual = w.Likely(t.e.Likely.Grouped(0))
		}
		return w.Slip(t.counted(), t.slip(), usual)
	}
	return w.Told(t.reason())
}

func (w WrongWords) itemised(t telling) []string { return t.changes(len(t.e.Items)) }

func (w WrongWords) odd(t telling) string {
	switch {
	case t.e.Repeats != "":
		return w.OddRepeats(string(t.e.Repeats), t.e.SameLines, max(t.e.Lines, t.e.RepeatsOf))
	case t.e.Line > 0 && t.e.Quantity > 0:
		likely := ""
		if t.e.Likely > 0 {
			likely = w.Likely(t.units(t.e.Likely))
		}
		return w.OddSlip(itoa(t.e.Line), t.counted(), t.slip(), likely)
	}
	return w.OddTold(string(t.row.OrderNo), t.reason())
}

func (w WrongWords) facts(t telling) (first, second []string) {
	if t.e.Line > 0 && t.e.Quantity > 0 {
		return t.lineFacts(), parts(append([]string{w.odd(t)}, t.usual()...)...)
	}
	return parts(t.whole(), t.state(), t.moment(), t.caller()), parts(append([]string{w.odd(t), t.quoted()}, t.changes(mostItems)...)...)
}

func (w WrongWords) say(t telling) []string {
	switch {
	case t.e.Repeats != "":
		return []string{w.SayRepeats(string(t.e.Repeats), t.e.SameLines)}
	case t.e.Line > 0 && t.e.Quantity > 0 && t.e.Likely > 0:
		q, likely := t.units(t.e.Quantity), t.units(t.e.Likely)
		return []string{w.SaySlip(q, t.spoken(), t.slip(), likely), w.SaySlip(q, t.spoken(), "", likely)}
	case t.e.Line > 0 && t.e.Quantity > 0:
		return t.c.Kinds.Quantity.say(t)
	}
	return []string{w.SayTold(t.reason()), w.SayTold("")}
}

// upper begins a sentence.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// lineFacts are the first line of the evidence of an odd line, as it was ordered.
func (t telling) lineFacts() []string {
	w := t.c.Case.Facts
	q := t.e.Quantity
	price := t.e.Price
	if l, ok := t.orderLine(); ok {
		q, price = l.Quantity, l.Price
	}
	out := append(t.which(), w.Ordered(t.units(q)))
	if t.p.Step != nil {
		out = append(out, w.Step(t.p.Step.String()))
	}
	if price > 0 {
		out = append(out, t.price(price))
	}
	return parts(append(out, t.stock())...)
}

// usual sets what was ordered beside what is usual.
func (t telling) usual() []string {
	_, second := t.c.Kinds.Quantity.facts(t)
	return second
}
