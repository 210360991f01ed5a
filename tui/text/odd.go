package text

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
)

func itoa(n int) string { return strconv.Itoa(n) }

// OddWords say what is odd about an order and what the rest of it says.
type OddWords struct {
	ThisOrder  func(amount string) string
	TimesUsual func(times, median string, n int) string
	CODLimit   func(amount string) string
	OnlyLine   func(line, what, usual, without string) string // one line is odd
	LineIs     func(line, what, usual string) string
	RestNormal func(n int) string
	Everywhere func(most string) string // 99.9 % of all lines are below it
	LooksLike  func(multiple string) string
	Multiples  map[string]string // what a slip looks like, by code
	Step       func(line, what, step, choice string) string
	Or         func(a, b string) string
	Stock      func(line, what, left string) string
	StoreUntil func(clock string) string
	WeUntil    func(clock string) string
	AtReceipt  string
	Memory     func(wrong, genuine, falseAlarms int) string
	NoMemory   string
	NoUsual    string
	Quiet      QuietWords
}

func oddEnglish() OddWords {
	return OddWords{
		ThisOrder:  func(a string) string { return a },
		TimesUsual: func(x, m string, n int) string { return ", " + x + "x the median " + m + " (" + itoa(n) + ")" },
		CODLimit:   func(a string) string { return "COD limit " + a },
		OnlyLine: func(l, what, usual, without string) string {
			return "Only line " + l + " is odd: " + what + ", usual " + usual + "; else " + without
		},
		LineIs:     func(l, what, usual string) string { return "Line " + l + ": " + what + ", usual " + usual },
		RestNormal: func(n int) string { return "the other " + itoa(n) + " lines are normal" },
		Everywhere: func(m string) string { return "99.9% of all lines under " + m },
		LooksLike:  func(m string) string { return m + "?" },
		Multiples: map[string]string{
			"x10": "a zero too many", "x100": "two zeros too many", "doubled": "a key typed twice", "case": "cases for pieces",
			"extra_digit": "a digit too many",
		},
		Step: func(l, what, step, choice string) string {
			return "Line " + l + ": " + what + " is no multiple of " + step + "; " + choice
		},
		Or:         func(a, b string) string { return a + " or " + b },
		Stock:      func(l, what, left string) string { return "Line " + l + ": " + what + ", " + left + " left" },
		StoreUntil: func(c string) string { return "store can change it to " + c },
		WeUntil:    func(c string) string { return "we can to " + c },
		AtReceipt:  "only at receipt now",
		Memory: func(w, g, f int) string {
			s := "90 days: " + itoa(w) + " wrong, " + count(g, "true surge", "true surges")
			if f > 0 {
				s += ", " + itoa(f) + " false"
			}
			return s
		},
		NoMemory: "90 days: nothing",
		NoUsual:  "none yet",
		Quiet:    quietEnglish(),
	}
}

func oddChinese() OddWords {
	return OddWords{
		ThisOrder:  func(a string) string { return "本单" + a },
		TimesUsual: func(x, m string, n int) string { return " 中位" + m + "的" + x + "倍(" + itoa(n) + "单)" },
		CODLimit:   func(a string) string { return "货到付款限" + a },
		OnlyLine: func(l, what, usual, without string) string {
			return "反常只在第" + l + "行: " + what + ", 平常" + usual + "; 否则" + without
		},
		LineIs:     func(l, what, usual string) string { return "第" + l + "行: " + what + ", 平常" + usual },
		RestNormal: func(n int) string { return "其余" + itoa(n) + "行正常" },
		Everywhere: func(m string) string { return "全部门店99.9%不到" + m },
		LooksLike:  func(m string) string { return "像" + m + "?" },
		Multiples: map[string]string{
			"x10": "多打一个零", "x100": "多打两个零", "doubled": "键按了两次", "case": "箱当件", "extra_digit": "多打一位",
		},
		Step: func(l, what, step, choice string) string {
			return "第" + l + "行: " + what + "不是步长" + step + "的倍数; 可" + choice
		},
		Or:         func(a, b string) string { return a + "或" + b },
		Stock:      func(l, what, left string) string { return "第" + l + "行: " + what + ", 只剩" + left },
		StoreUntil: func(c string) string { return c + "前门店可改" },
		WeUntil:    func(c string) string { return c + "前平台可改" },
		AtReceipt:  "只能在收货后处理",
		Memory: func(w, g, f int) string {
			s := "本店90天: 下错" + itoa(w) + " 真大单" + itoa(g)
			if f > 0 {
				s += " 误报" + itoa(f)
			}
			return s
		},
		NoMemory: "本店90天: 无",
		NoUsual:  "无",
		Quiet:    quietChinese(),
	}
}

// Odd says in sentences what is odd about the order of a case, worst first.
// now is as for Why.
func (c *Catalog) Odd(f domain.CaseFile, _ time.Time) []string {
	var out []string
	for _, a := range f.Anomalies {
		if a.Outcome != "" {
			continue
		}
		for _, s := range []string{c.oddOf(a, f), c.QuietPassed(a.Evidence, c.oddProduct(a, f))} {
			if s != "" && !contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

func contains(all []string, s string) bool {
	for _, have := range all {
		if have == s {
			return true
		}
	}
	return false
}

func (c *Catalog) oddOf(a domain.Anomaly, f domain.CaseFile) string {
	w, e := c.Queue.Odd, a.Evidence
	p := c.oddProduct(a, f)
	what := c.Counted(c.Pick(p.Name, p.NameEn), e.Quantity, p.Unit, p.UnitEn)
	line := itoa(e.Line)
	unit := func(q domain.Quantity) string { return c.Quantity(q, p.Unit, p.UnitEn) }
	switch a.Kind {
	case domain.StepMismatch:
		choice := unit(e.Above)
		if e.Below > 0 {
			choice = w.Or(e.Below.String(), choice)
		}
		return w.Step(line, what, unit(e.Step), choice)
	case domain.ZeroStock:
		var left domain.Quantity
		if e.Available != nil {
			left = max(0, *e.Available)
		}
		return w.Stock(line, what, unit(left))
	case domain.QuantitySurge:
		return c.oddQuantity(e, what, line, f)
	default:
		return "" // an amount is told by the line that makes it, and by Amounts
	}
}

func (c *Catalog) oddProduct(a domain.Anomaly, f domain.CaseFile) domain.Product {
	if p, ok := f.Products[a.Evidence.Product]; ok {
		return p
	}
	r := f.Row
	return domain.Product{Name: r.ProductName, NameEn: r.ProductNameEn, Unit: r.Unit, UnitEn: r.UnitEn}
}

func (c *Catalog) oddQuantity(e domain.Evidence, what, line string, f domain.CaseFile) string {
	w := c.Queue.Odd
	usual := w.NoUsual
	if e.UsualHigh > 0 {
		usual = c.Values.Ranged(e.UsualLow.Grouped(0), e.UsualHigh.Grouped(0))
	}
	var parts []string
	alone := e.WithoutOdd > 0 && e.RestNormal
	if alone {
		parts = append(parts, w.OnlyLine(line, what, usual, c.Money(e.WithoutOdd)))
	} else {
		parts = append(parts, w.LineIs(line, what, usual))
	}
	if words, ok := w.Multiples[e.Multiple]; ok && e.Likely > 0 {
		parts = append(parts, w.LooksLike(words))
	}
	if e.RestNormal && !alone && f.Row.OrderNo != "" && len(f.Order.Lines) > 1 {
		parts = append(parts, w.RestNormal(len(f.Order.Lines)-1))
	}
	return strings.Join(parts, c.Values.Join)
}

// Amounts sets the order's total beside the store's usual and its limit.
func (c *Catalog) Amounts(f domain.CaseFile) string {
	w, m := c.Queue.Odd, f.Memory
	total := f.Order.Total
	if total == 0 {
		total = f.Row.Why.Amount
	}
	if total == 0 {
		return ""
	}
	s := w.ThisOrder(c.Money(total))
	if m.UsualMedian > 0 {
		tenths := (int64(total)*10 + int64(m.UsualMedian)/2) / int64(m.UsualMedian)
		s += w.TimesUsual(strconv.FormatInt(tenths/10, 10)+"."+strconv.FormatInt(tenths%10, 10), c.Money(m.UsualMedian), m.Orders)
	}
	for _, a := range f.Anomalies {
		if a.Evidence.Limit > 0 {
			return s + "  " + w.CODLimit(c.Money(a.Evidence.Limit))
		}
	}
	return s
}

// Until says who can still change the order until when.
func (c *Catalog) Until(moments []domain.Moment, now time.Time) string {
	w := c.Queue.Odd
	var parts []string
	said := map[domain.WhoCan]bool{}
	for _, m := range moments { // the first of each counts: after it, it costs more
		who := m.What.Who()
		if !m.At.After(now) || said[who] || who == domain.ReceiptOnly {
			continue
		}
		said[who] = true
		say := w.WeUntil
		if who == domain.StoreCan {
			say = w.StoreUntil
		}
		parts = append(parts, say(c.Clock(m.At.In(now.Location()))))
	}
	if len(parts) == 0 {
		return w.AtReceipt
	}
	return strings.Join(parts, c.Values.Join)
}

// Remembered says what the store did in the last 90 days.
func (c *Catalog) Remembered(m domain.StoreMemory) string {
	if m.Cases == 0 {
		return c.Queue.Odd.NoMemory
	}
	return c.Queue.Odd.Memory(m.WrongOrders, m.TrueSurges, m.FalseAlarms)
}

// FirstName is how colleagues call a person in a narrow column: the whole Chinese
// name, or the first word of the English one.
func (c *Catalog) FirstName(name, nameEn string, login domain.Login) string {
	n := c.Person(name, nameEn, login)
	if c.Lang == English {
		n, _, _ = strings.Cut(n, " ")
	}
	return n
}
