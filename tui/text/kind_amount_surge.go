package text

import "cleardesk/domain"

// AmountWords are the words of excessive amounts (§3.1.3).
type AmountWords struct {
	Amount   func(amount string) string
	CODLimit func(amount, limit string) string
	Usual    func(what, usual string) string
	Alone    func(what string) string // nothing to compare with
	Say      func(amount, low, high string) string
	SayLimit func(amount, limit string) string
}

func amountEnglish() AmountWords {
	return AmountWords{
		Amount:   func(amount string) string { return amount },
		CODLimit: func(amount, limit string) string { return amount + " over COD limit " + limit },
		Usual:    func(what, usual string) string { return what + "; usual " + usual },
		Alone:    func(what string) string { return what + "; never before" },
		SayLimit: func(a, limit string) string {
			return "Say: \"Your order comes to " + a + ", above your cash limit of " + limit + ". Is that right?\""
		},
		Say: func(a, low, high string) string {
			if high == "" {
				return "Say: \"Your order comes to " + a + ". Is that right?\""
			}
			return "Say: \"Your order comes to " + a + ", usually " + low + " to " + high + ". Is that right?\""
		},
	}
}

func amountChinese() AmountWords {
	return AmountWords{
		Amount:   func(amount string) string { return "金额" + amount },
		CODLimit: func(amount, limit string) string { return "金额" + amount + " 超货到付款限" + limit },
		Usual:    func(what, usual string) string { return what + " 平常" + usual },
		Alone:    func(what string) string { return what + " 从未订过" },
		SayLimit: func(a, limit string) string {
			return "念: 「您这单共" + a + ", 超过您的货到付款限额" + limit + ", 是这个数吗?」"
		},
		Say: func(a, low, high string) string {
			if high == "" {
				return "念: 「您这单共" + a + ", 是这个数吗?」"
			}
			return "念: 「您这单共" + a + ", 平常" + low + "到" + high + ", 是这个数吗?」"
		},
	}
}

func (w AmountWords) why(t telling) string {
	e := t.e
	if e.HighAmount > 0 && !t.onlyOverLimit() {
		return w.Usual(w.Amount(e.Amount.WholeYuan()), t.c.Values.Ranged(e.LowAmount.WholeYuan(), e.HighAmount.WholeYuan()))
	}
	if e.Limit > 0 && e.Amount > e.Limit {
		return w.CODLimit(e.Amount.WholeYuan(), e.Limit.WholeYuan())
	}
	return w.Alone(w.Amount(e.Amount.WholeYuan()))
}

// onlyOverLimit tells whether the amount is no surprise and held for the limit alone.
func (t telling) onlyOverLimit() bool {
	return t.e.Limit > 0 && t.e.Amount > t.e.Limit && t.e.Amount <= t.e.HighAmount
}

// odd is told by the line that makes the amount, and by Amounts.
func (w AmountWords) odd(telling) string { return "" }

// band is what the store's orders usually come to, by the evidence or, where it says
// nothing, by its memory.
func (t telling) band() (low, high, median domain.Money) {
	if t.e.HighAmount == 0 {
		return t.f.Memory.UsualLow, t.f.Memory.UsualHigh, t.f.Memory.UsualMedian
	}
	return t.e.LowAmount, t.e.HighAmount, t.e.MedianAmount
}

func (w AmountWords) facts(t telling) (first, second []string) {
	words, c := t.c.Case.Facts, t.c
	total := t.f.Order.Total
	low, high, median := t.band()
	first = []string{words.OrderOf(len(t.f.Order.Lines), c.MoneyExact(total))}
	if median > 0 {
		first = append(first, words.Times(tenths(int64(total), int64(median)), c.Money(median)))
	}
	if t.e.Limit > 0 {
		first = append(first, c.Queue.Odd.CODLimit(c.Money(t.e.Limit)))
	}
	if passed := c.QuietPassed(t.e, domain.Product{}); passed != "" {
		first = append(first, passed)
	}
	second = []string{c.Remembered(t.f.Memory)}
	if high > 0 {
		second = append([]string{words.UsualOrder(c.Money(low), c.Money(high))}, second...)
	}
	return first, second
}

func (w AmountWords) say(t telling) []string {
	low, high, _ := t.band()
	total := t.c.Money(t.f.Order.Total)
	switch {
	case t.onlyOverLimit():
		return []string{w.SayLimit(total, t.c.Money(t.e.Limit)), w.Say(total, "", "")}
	case high == 0:
		return []string{w.Say(total, "", "")}
	}
	return []string{w.Say(total, t.c.Money(low), t.c.Money(high)), w.Say(total, "", "")}
}
