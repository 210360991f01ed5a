package text

import (
	"time"

	"cleardesk/domain"
)

// GapWords are the words of replenishment gaps (§3.1.8).
type GapWords struct {
	None    func(weekday string, n int) string // nothing was ordered, n products usually are
	Lacks   func(n int) string
	Dropped func(n int) string
	Outside func(order string) string // an order came outside the window
	Tried   func(name string) string  // an attempt did
	Usual   func(name, q string, times, of int) string
	Was     func(name, q string) string // of a line that was dropped
	Days    [7]string                   // from Sunday, as what is usual on them
	Yet     string                      // the store can still order
	Closed  string
	Odd     func(what, items string) string
	Say     []func(weekday, items string) string // the fullest first
	SayGone func(items string) string
	SayLate func(what string) string
	Again   func(what string) string // it was refused, and can be ordered now
	SayTold func(items string) string
}

func gapEnglish() GapWords {
	return GapWords{
		None: func(day string, n int) string {
			return "none yet; " + listed(" ", day, count(n, "item", "items"))
		},
		Lacks:   func(n int) string { return count(n, "usual item", "usual items") + " missing" },
		Dropped: func(n int) string { return count(n, "line", "lines") + " dropped" },
		Outside: func(o string) string { return o + " outside the window" },
		Tried:   func(n string) string { return n + " outside the window" },
		Usual: func(n, q string, times, of int) string {
			if of == 0 {
				return n + " " + q
			}
			return n + " " + q + " (" + itoa(times) + " of " + itoa(of) + ")"
		},
		Was:  func(n, q string) string { return n + " " + q + " dropped" },
		Days: [7]string{"Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"},
		Yet:  "the store can still order", Closed: "the window has closed",
		Odd: func(what, items string) string { return listed(": ", upper(what), items) },
		Say: []func(day, items string) string{
			func(day, items string) string {
				return "Say: \"" + upper(listed(" ", day, "you order "+items)) + "; nothing of it yet today. Do you want it?\""
			},
			func(_, items string) string { return "Say: \"Not ordered today: " + items + ". Do you want it?\"" },
		},
		SayGone: func(items string) string {
			return "Say: \"Gone from your order: " + items + ". Do you still want it?\""
		},
		SayLate: func(what string) string {
			return "Say: \"" + what + " came outside the window. Do you still want it?\""
		},
		Again: func(what string) string { return what + ": can be ordered now" },
		SayTold: func(items string) string {
			return "Say: \"You could not order " + items + "; now you can. Do you still want it?\""
		},
	}
}

func gapChinese() GapWords {
	return GapWords{
		None:    func(day string, n int) string { return "今日未下单, " + day + "常订" + itoa(n) + "种" },
		Lacks:   func(n int) string { return "缺常订的" + itoa(n) + "种" },
		Dropped: func(n int) string { return "掉了" + itoa(n) + "行" },
		Outside: func(o string) string { return o + "不在下单时间" },
		Tried:   func(n string) string { return n + " 不在下单时间" },
		Usual: func(n, q string, times, of int) string {
			if of == 0 {
				return n + q
			}
			return n + q + "(近" + itoa(of) + "次订" + itoa(times) + ")"
		},
		Was:  func(n, q string) string { return n + q + "掉了" },
		Days: [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		Yet:  "门店还能下单", Closed: "已截单",
		Odd: func(what, items string) string { return listed(": ", what, items) },
		Say: []func(day, items string) string{
			func(day, items string) string {
				return "念: 「您" + day + "常订" + items + ", 今天还没有, 还要吗?」"
			},
			func(_, items string) string { return "念: 「" + items + "今天没订, 还要吗?」" },
		},
		SayGone: func(items string) string { return "念: 「您订单里的" + items + "掉了, 还要吗?」" },
		SayLate: func(what string) string { return "念: 「" + what + "没赶上下单时间, 还要吗?」" },
		Again:   func(what string) string { return what + " 现在能订了" },
		SayTold: func(items string) string {
			return "念: 「" + items + "您刚才没订上, 现在能订了, 还要吗?」"
		},
	}
}

// closing is the bracket behind what may be missing.
func closing(s string) string {
	if s == "" {
		return ""
	}
	return ")"
}

// day is the weekday the gap is of, as what is usual on it.
func (w GapWords) day(t telling) string {
	if d, err := time.Parse(time.DateOnly, t.e.Day); err == nil {
		return w.Days[d.Weekday()]
	}
	return ""
}

// gaps counts the items of one sort.
func (t telling) gaps(k domain.GapKind) int {
	n := 0
	for _, i := range t.e.Items {
		if i.Gap == k {
			n++
		}
	}
	return n
}

// late is the order that came outside the window, or the product that was tried.
func (w GapWords) late(t telling) string {
	switch {
	case len(t.e.LateOrders) > 0:
		return string(t.e.LateOrders[0])
	case t.gaps(domain.GapLate) > 0 && t.name() != "":
		return t.name()
	}
	return ""
}

func (w GapWords) why(t telling) string {
	if t.told() {
		return w.Again(t.c.Counted(t.name(), t.tried(), t.p.Unit, t.p.UnitEn))
	}
	dropped, late := t.gaps(domain.GapDropped), t.gaps(domain.GapLate)
	missing := t.inAll() - dropped - late
	var out []string
	switch {
	case missing > 0 && t.e.Orders == 0:
		out = append(out, w.None(w.day(t), missing))
	case missing > 0:
		out = append(out, w.Lacks(missing))
	}
	if dropped > 0 {
		out = append(out, w.Dropped(dropped))
	}
	switch {
	case len(t.e.LateOrders) > 0:
		out = append(out, w.Outside(w.late(t)))
	case late > 0:
		out = append(out, w.Tried(w.late(t)))
	}
	return listed(t.c.Values.Join, out...)
}

// usuals names what is missing with how regularly it was ordered.
func (w GapWords) usuals(t telling, n int) []string {
	return t.items(n, func(i domain.Item, p domain.Product, name string) string {
		if i.Gap == domain.GapDropped {
			return w.Was(name, t.c.Quantity(i.Quantity, p.Unit, p.UnitEn))
		}
		return w.Usual(name, t.c.Quantity(i.Wanted, p.Unit, p.UnitEn), i.Times, i.Of)
	})
}

func (w GapWords) itemised(t telling) []string { return w.usuals(t, len(t.e.Items)) }

// told tells whether the store was refused what was put right meanwhile, and is to hear it.
func (t telling) told() bool { return t.e.Rule == domain.RuleTold }

// tried is how much of it the store tried to order.
func (t telling) tried() (q domain.Quantity) {
	for _, i := range t.e.Items {
		q += i.Wanted
	}
	return q
}

func (w GapWords) odd(t telling) string {
	if t.told() {
		return upper(w.why(t))
	}
	return w.Odd(w.why(t), listed(t.c.Values.Join, w.usuals(t, mostItems)...))
}

func (w GapWords) facts(t telling) (first, second []string) {
	when := w.Closed
	if t.e.Foreseen {
		when = w.Yet
	}
	if t.told() {
		return parts(upper(w.why(t)), when, t.caller()), nil
	}
	return parts(w.why(t), when, t.quoted(), t.caller()), w.usuals(t, mostItems)
}

func (w GapWords) say(t telling) []string {
	names := func(n int) string {
		return listed(t.c.Values.Join, t.items(n, func(_ domain.Item, _ domain.Product, name string) string { return name })...)
	}
	if t.told() {
		return []string{w.SayTold(names(1))}
	}
	dropped := t.gaps(domain.GapDropped)
	switch late := w.late(t); {
	case late != "" && t.inAll() == t.gaps(domain.GapLate):
		return []string{w.SayLate(late)}
	case dropped > 0 && dropped == len(t.e.Items):
		return []string{w.SayGone(names(mostItems)), w.SayGone(names(1))}
	}
	var out []string
	for _, n := range []int{mostItems, 1} {
		for _, say := range w.Say {
			out = append(out, say(w.day(t), names(n)))
		}
	}
	return out
}
