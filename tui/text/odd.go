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
	NoOrder    func(median string, n int) string // the case has no order: what is usual alone
	CODLimit   func(amount string) string
	StoreUntil func(clock string) string
	WeUntil    func(clock string) string
	AtReceipt  string
	Memory     func(wrong, genuine, falseAlarms int) string
	NoMemory   string
	Quiet      QuietWords
}

func oddEnglish() OddWords {
	return OddWords{
		ThisOrder:  func(a string) string { return a },
		TimesUsual: func(x, m string, n int) string { return ", " + x + "x the median " + m + " (" + itoa(n) + ")" },
		NoOrder:    func(m string, n int) string { return "no order yet; usual order " + m + " (" + itoa(n) + ")" },
		CODLimit:   func(a string) string { return "COD limit " + a },
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
		Quiet:    quietEnglish(),
	}
}

func oddChinese() OddWords {
	return OddWords{
		ThisOrder:  func(a string) string { return "本单" + a },
		TimesUsual: func(x, m string, n int) string { return " 中位" + m + "的" + x + "倍(" + itoa(n) + "单)" },
		NoOrder:    func(m string, n int) string { return "还没有单, 平常一单中位" + m + "(" + itoa(n) + "单)" },
		CODLimit:   func(a string) string { return "货到付款限" + a },
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
		Quiet:    quietChinese(),
	}
}

// Odd says in sentences what is odd about the order of a case, worst first.
// now is as for Why.
func (c *Catalog) Odd(f domain.CaseFile, now time.Time) []string {
	var out []string
	if f.Row.IsCause() {
		return []string{c.Kinds.Cause.Sentence(c.Cause(f.Row), f.Row.MembersOpen, f.Row.Members)}
	}
	for _, a := range f.Anomalies {
		if a.Outcome != "" {
			continue
		}
		for _, s := range []string{c.oddOf(a, f, now), c.QuietPassed(a.Evidence, c.oddProduct(a, f))} {
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

func (c *Catalog) oddOf(a domain.Anomaly, f domain.CaseFile, now time.Time) string {
	if words := c.Kinds.of(a.Kind); words != nil {
		return words.odd(c.telling(f, a, now))
	}
	return ""
}

// Amounts sets the order's total beside the store's usual and its limit.
func (c *Catalog) Amounts(f domain.CaseFile) string {
	w, m := c.Queue.Odd, f.Memory
	total := f.Order.Total
	if total == 0 {
		total = f.Row.Why.Amount
	}
	if f.Row.OrderID == 0 && !f.Row.IsCause() && m.UsualMedian > 0 {
		return w.NoOrder(c.Money(m.UsualMedian), m.Orders)
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
