package text

import "cleardesk/domain"

// StockWords are the words of stock that is nought or short (§3.1.9).
type StockWords struct {
	Left       func(what, left string) string
	NothingNow func(what string) string
	Refused    func(what string, times int) string              // an attempt met it, there is no order
	HereLeft   func(what string, times int, left string) string // an attempt was refused though there is enough
	Odd        func(what, left string) string
	OddRefused func(what string, times int, left string) string
	Taken      func(q string) string // of the stock, by accepted orders
	Say        func(q, name, left string) string
	SayTried   func(q, name string) string
	SayNone    func(q, name string) string // procurement found that there is none
}

func stockEnglish() StockWords {
	return StockWords{
		Left:       func(what, left string) string { return what + "; only " + left + " left" },
		NothingNow: func(what string) string { return what + "; none left" },
		Refused:    func(what string, n int) string { return what + "; refused " + itoa(n) + "x, none left" },
		HereLeft: func(what string, n int, left string) string {
			return what + "; refused " + itoa(n) + "x, here " + left
		},
		Odd: func(what, left string) string { return what + ", " + left + " left" },
		OddRefused: func(what string, n int, left string) string {
			return "Refused " + itoa(n) + "x for stock: " + what + ", here " + left
		},
		Taken: func(q string) string { return "reserved " + q },
		Say: func(q, name, left string) string {
			return "Say: \"You ordered " + q + " of " + name + ", we have " + left + ". What shall we do?\""
		},
		SayTried: func(q, name string) string {
			return "Say: \"You tried to order " + q + " of " + name + "; we are checking the stock and ring you back.\""
		},
		SayNone: func(q, name string) string {
			return "Say: \"" + upper(q) + " of " + name + ": there is really none. Something else?\""
		},
	}
}

func stockChinese() StockWords {
	return StockWords{
		Left:       func(what, left string) string { return what + " 只剩" + left },
		NothingNow: func(what string) string { return what + " 库存0" },
		Refused:    func(what string, n int) string { return what + " 被拒" + itoa(n) + "次 库存0" },
		HereLeft: func(what string, n int, left string) string {
			return what + " 被拒" + itoa(n) + "次 此处有" + left
		},
		Odd: func(what, left string) string { return what + ", 只剩" + left },
		OddRefused: func(what string, n int, left string) string {
			return "因库存被拒" + itoa(n) + "次: " + what + ", 此处库存" + left
		},
		Taken: func(q string) string { return "已占" + q },
		Say: func(q, name, left string) string {
			return "念: 「" + name + "订了" + q + ", 库存只有" + left + ", 怎么办?」"
		},
		SayTried: func(q, name string) string {
			return "念: 「" + name + q + "您没订上, 采购查过库存就告诉您。」"
		},
		SayNone: func(q, name string) string {
			return "念: 「" + name + q + "查过了, 确实没货, 换别的吗?」"
		},
	}
}

// left is what was left when it was judged, not below nought.
func (t telling) left() domain.Quantity {
	if t.e.Available == nil {
		return 0
	}
	return max(0, *t.e.Available)
}

func (w StockWords) why(t telling) string {
	switch left := t.left(); {
	case t.e.Refusals > 0 && left > 0:
		return w.HereLeft(t.counted(), t.e.Refusals, left.String())
	case t.e.Refusals > 0:
		return w.Refused(t.counted(), t.e.Refusals)
	case left == 0:
		return w.NothingNow(t.counted())
	default:
		return w.Left(t.counted(), left.String())
	}
}

func (w StockWords) odd(t telling) string {
	if t.e.Refusals > 0 {
		return w.OddRefused(t.counted(), t.e.Refusals, t.units(t.left()))
	}
	return t.onLine(w.Odd(t.counted(), t.units(t.left())))
}

func (w StockWords) facts(t telling) (first, second []string) {
	second = append([]string{w.odd(t)}, t.findings()...)
	if t.p.Reserved > 0 {
		second = append(second, w.Taken(t.units(t.p.Reserved)))
	}
	return t.lineFacts(), parts(append(second, t.quoted(), t.caller())...)
}

func (w StockWords) say(t telling) []string {
	if t.e.Refusals > 0 && t.noStock() {
		return []string{w.SayNone(t.units(t.e.Quantity), t.spoken())}
	}
	if t.e.Refusals > 0 {
		return []string{w.SayTried(t.units(t.e.Quantity), t.spoken())}
	}
	free := t.left()
	if now, known := t.p.Available(); known {
		free = max(0, now)
	}
	return []string{w.Say(t.units(t.e.Quantity), t.spoken(), t.units(free))}
}

// noStock tells whether procurement has found that there is really none (§2.5).
func (t telling) noStock() bool {
	found := domain.FindingAnswer("")
	for _, f := range t.f.Findings {
		if f.What == domain.FindStock {
			found = f.Answer
		}
	}
	return found == domain.FoundNo
}
