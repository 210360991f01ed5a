package text

import (
	"slices"
	"strings"

	"cleardesk/domain"
)

// QuantityWords are the words of quantity surges (§3.1.2), and of what a slip of the
// finger looks like.
type QuantityWords struct {
	Last    func(what, n, usual string) string // this store's last n orders of it
	First   func(what, usual string) string    // it never ordered this
	Usual   func(what, usual string) string
	Short   func(what, usual string) string // where there is little room
	Alone   func(what string) string        // nothing to compare with
	Typical func(q string) string

	OnlyLine  func(line, what, usual, without string) string // one line is odd
	LineIs    func(line, what, usual string) string
	LooksLike func(multiple string) string
	Multiples map[string]string // what a slip looks like, by code
	NoUsual   string

	Say []func(q, name, n, low, high, number string) string // the fullest first
	Ask func(q, name, number string) string
}

func quantityEnglish() QuantityWords {
	return QuantityWords{
		Last:    func(what, n, usual string) string { return what + "; last " + n + " " + usual },
		First:   func(what, usual string) string { return what + "; first, others " + usual },
		Usual:   func(what, usual string) string { return what + "; usual " + usual },
		Short:   func(what, usual string) string { return what + "; " + usual },
		Alone:   func(what string) string { return what + "; never before" },
		Typical: func(q string) string { return "usual " + q },
		OnlyLine: func(l, what, usual, without string) string {
			return "Only line " + l + " is odd: " + what + ", usual " + usual + "; else " + without
		},
		LineIs:    func(l, what, usual string) string { return "Line " + l + ": " + what + ", usual " + usual },
		LooksLike: func(m string) string { return m + "?" },
		Multiples: map[string]string{
			"x10": "a zero too many", "x100": "two zeros too many", "doubled": "a key typed twice", "case": "cases for pieces",
			"extra_digit": "a digit too many", "jin": "jin for kg",
		},
		NoUsual: "none yet",
		Say: []func(q, name, n, low, high, number string) string{
			func(q, name, n, low, high, number string) string {
				return "Say: \"You ordered " + q + " of " + name + "; your last " + n + " were " + low + " to " + high + ". Is " + number + " right?\""
			},
			func(q, name, n, low, high, _ string) string {
				return "Say: \"" + q + " of " + name + "? Your last " + n + " were " + low + " to " + high + ". Is that right?\""
			},
			func(q, name, n, low, high, _ string) string {
				return "Say: \"" + q + " of " + name + "? The last " + n + ": " + low + " to " + high + ".\""
			},
		},
		Ask: func(q, name, number string) string {
			return "Say: \"You ordered " + q + " of " + name + ". Is " + number + " right?\""
		},
	}
}

func quantityChinese() QuantityWords {
	return QuantityWords{
		Last:    func(what, n, usual string) string { return what + " 近" + n + "次" + usual },
		First:   func(what, usual string) string { return what + " 首次 别店" + usual },
		Usual:   func(what, usual string) string { return what + " 平常" + usual },
		Short:   func(what, usual string) string { return what + " 常" + usual },
		Alone:   func(what string) string { return what + " 从未订过" },
		Typical: func(q string) string { return "平常" + q },
		OnlyLine: func(l, what, usual, without string) string {
			return "反常只在第" + l + "行: " + what + ", 平常" + usual + "; 否则" + without
		},
		LineIs:    func(l, what, usual string) string { return "第" + l + "行: " + what + ", 平常" + usual },
		LooksLike: func(m string) string { return "像" + m + "?" },
		Multiples: map[string]string{
			"x10": "多打一个零", "x100": "多打两个零", "doubled": "键按了两次", "case": "箱当件", "extra_digit": "多打一位", "jin": "斤当公斤",
		},
		NoUsual: "无",
		Say: []func(q, name, n, low, high, number string) string{
			func(q, name, n, low, high, _ string) string {
				return "念: 「您这单" + name + "订了" + q + ", 最近" + n + "次是" + low + "到" + high + ", 是要" + q + "吗?」"
			},
			func(q, name, n, low, high, _ string) string {
				return "念: 「" + name + "订了" + q + ", 最近" + n + "次" + low + "到" + high + ", 对吗?」"
			},
			func(q, name, n, low, high, _ string) string {
				return "念: 「" + name + q + "? 近" + n + "次" + low + "-" + high + "」"
			},
		},
		Ask: func(q, name, _ string) string {
			return "念: 「您这单" + name + "订了" + q + ", 是要" + q + "吗?」"
		},
	}
}

// usualOf is the range a quantity is compared with: this store's last orders, else
// what the method expects.
func usualOf(e domain.Evidence) (low, high domain.Quantity, ok bool) {
	if len(e.Recent) > 1 {
		return slices.Min(e.Recent), slices.Max(e.Recent), true
	}
	return e.UsualLow, e.UsualHigh, e.UsualHigh > 0
}

func (w QuantityWords) why(t telling) string {
	low, high, ok := usualOf(t.e)
	usual := t.c.Values.Ranged(low.Grouped(0), high.Grouped(0))
	switch {
	case !ok:
		return w.Alone(t.counted())
	case len(t.e.Recent) > 1:
		return w.Last(t.counted(), t.c.Number(int64(len(t.e.Recent))), usual)
	case t.e.Earlier == 0:
		return w.First(t.counted(), usual)
	}
	return w.Usual(t.counted(), usual)
}

// brief leaves out what the numbers are compared with; "" where there is nothing to
// leave out.
func (w QuantityWords) brief(t telling) string {
	low, high, ok := usualOf(t.e)
	if !ok {
		return ""
	}
	return w.Short(t.counted(), t.c.Values.Ranged(low.Grouped(0), high.Grouped(0)))
}

func (w QuantityWords) odd(t telling) string {
	e, line := t.e, itoa(t.e.Line)
	usual := w.NoUsual
	if e.UsualHigh > 0 {
		usual = t.c.Values.Ranged(e.UsualLow.Grouped(0), e.UsualHigh.Grouped(0))
	}
	var out []string
	alone := e.WithoutOdd > 0 && e.RestNormal
	if alone {
		out = append(out, w.OnlyLine(line, t.counted(), usual, t.c.Money(e.WithoutOdd)))
	} else {
		out = append(out, w.LineIs(line, t.counted(), usual))
	}
	if words, ok := w.Multiples[e.Multiple]; ok && e.Likely > 0 {
		out = append(out, w.LooksLike(words))
	}
	if e.RestNormal && !alone && t.row.OrderNo != "" && len(t.f.Order.Lines) > 1 {
		out = append(out, t.c.Case.Facts.RestNormal(len(t.f.Order.Lines)-1))
	}
	return strings.Join(out, t.c.Values.Join)
}

// facts set what was ordered beside what is usual.
func (w QuantityWords) facts(t telling) (first, second []string) {
	words, e := t.c.Case.Facts, t.e
	times := ""
	if e.Median > 0 && e.Quantity > 0 {
		times = tenths(int64(e.Quantity), int64(e.Median))
	}
	high := func(q domain.Quantity) string { // English leaves the unit to what was ordered
		if t.c.Lang == Chinese {
			return t.units(q)
		}
		return q.Grouped(0)
	}
	switch {
	case len(e.Recent) > 1:
		second = append(second, words.Last(itoa(len(e.Recent)), slices.Min(e.Recent).Grouped(0), high(slices.Max(e.Recent)), e.Median.Grouped(0), times))
	case e.UsualHigh > 0:
		second = append(second, words.Usual(t.c.Values.Ranged(e.UsualLow.Grouped(0), t.units(e.UsualHigh)), times))
	default:
		second = append(second, words.Never)
	}
	if e.P999 > 0 {
		second = append(second, words.Everywhere(high(e.P999)))
	}
	if passed := t.c.QuietPassed(e, t.p); passed != "" {
		second = append(second, passed)
	}
	if e.RestNormal && len(t.f.Order.Lines) > 1 {
		second = append(second, words.RestNormal(len(t.f.Order.Lines)-1))
	}
	return t.lineFacts(), second
}

func (w QuantityWords) say(t telling) []string {
	e, quantity := t.e, t.e.Quantity
	if l, ok := t.orderLine(); ok {
		quantity = l.Quantity
	}
	q, number := t.units(quantity), quantity.Grouped(0)
	if len(e.Recent) < 2 {
		return []string{w.Ask(q, t.short(), number), w.Ask(q, t.spoken(), number)}
	}
	low, high := slices.Min(e.Recent).Grouped(0), t.units(slices.Max(e.Recent))
	if t.c.Lang != Chinese {
		high = slices.Max(e.Recent).Grouped(0)
	}
	var out []string
	for _, say := range w.Say {
		for _, name := range []string{t.short(), t.spoken()} {
			out = append(out, say(q, name, itoa(len(e.Recent)), low, high, number))
		}
	}
	return out
}
