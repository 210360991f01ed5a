package text

import (
	"strings"
	"time"

	"cleardesk/domain"
)

// StoreWords are the words of the store on the phone.
type StoreWords struct {
	Name string // as it is named in tabs, titles and the help

	Manager    func(name, phone string) string
	Expansion  func(name string) string
	Due        func(vans []string) string
	DueVan     func(day, amount string) string
	NothingDue string
	Limit      func(amount string) string
	NoLimit    string
	Reading    string
	Again      string // a first read that failed: how to try again
	Offline    func(clock, age string) string

	Orders   func(today int) string // the names of the parts
	Open     func(n int) string
	Promised func(n int) string
	Memory   string
	Talks    string
	More     func(n int) string // rows of a part that are not shown
	NoOrders string
	Refused  string // the name of the part of attempts
	Call     string // of what the store may say
	AskCall  string // after +

	HeadOrder, HeadPlaced, HeadAmount, HeadLines, HeadWhere, HeadVan, HeadChange string

	Rows StoreRowWords
}

// StoreRowWords are the words of its rows, and the sentences for the store.
type StoreRowWords struct {
	AllHeld    string
	LinesHeld  func(n int) string
	LineHeld   func(line string) string       // the one line that is held
	InPart     func(held, rest string) string // with room: what becomes of the other lines
	Holder     func(name string) string
	Nobody     string
	Me         string
	NoVan      string
	Until      func(who domain.WhoCan, clock string) string // in the column, at most 12 cells
	AtReceipt  string                                       // likewise
	Over       string                                       // likewise: nobody can change it
	Later      func(when string) string
	CallAgain  func(when, left string) string
	InTime     func(left string) string // before it is due
	CallTried  func(clock, by, outcome string) string
	Wrong      func(wrong, genuine, falseAlarms, cases string) string
	NoneKept   string
	Habit      func(from, to, low, high string, orders int) string
	NoHabit    string
	Promise    func(order, what, due string) string
	Kept       string // a promise that was
	Tried      func(what, why, status, stock string) string
	Step       func(step string) string
	CanOrder   func(low, high string) string
	Missing    func(weekday string, names []string) string
	NotOrdered string
	Called     string
	Written    string
	Answered   func(outcome, who, said string) string
	Recorded   func(kind, outcome, reason string) string

	// Sentences to read out, by who can change the order.
	SayStore   func(order, store, us string) string
	SayUs      func(order, until string) string
	SayReceipt func(order string) string
	SayOver    func(order, state string) string

	OpenWord string // in the key line
	PartWord string
	AllWord  string
	LessWord string
}

func storeEnglish() StoreWords {
	return StoreWords{
		Name:       "Store",
		Manager:    func(n, p string) string { return listed(" ", during("manager ", n), p) },
		Expansion:  func(n string) string { return "exp. " + n },
		Due:        func(v []string) string { return "cash to have ready: " + strings.Join(v, ", ") },
		DueVan:     func(day, a string) string { return a + " " + day },
		NothingDue: "nothing on its way to pay for",
		Limit:      func(a string) string { return "COD limit " + a }, NoLimit: "no COD limit",
		Reading: "reading ..", Again: "F5 tries again",
		Offline: func(c, age string) string {
			return "!No line: this is of " + c + ", " + age + " ago. It is read again when the line is back."
		},
		Orders: func(today int) string {
			if today == 0 {
				return "orders, none today"
			}
			return "orders, " + itoa(today) + " today"
		},
		Open:     func(n int) string { return count(n, "open case", "open cases") },
		Promised: func(n int) string { return "promised " + itoa(n) },
		Memory:   "what we remember, 90 days", Talks: "last calls and records",
		More:     func(n int) string { return itoa(n) + " more: right" },
		NoOrders: "no orders yet",
		Refused:  "could not order today", Call: "on the phone: the store says", AskCall: "What does the store say? its digit; any other key goes back",

		HeadOrder: "ORDER", HeadPlaced: "PLACED", HeadAmount: "AMOUNT", HeadLines: "LINES", HeadWhere: "WHERE IT STANDS", HeadVan: "VAN LEAVES",
		HeadChange: "CAN CHANGE",
		Rows:       storeRowsEnglish(),
	}
}

func storeRowsEnglish() StoreRowWords {
	return StoreRowWords{
		AllHeld: "held", LinesHeld: func(n int) string { return itoa(n) + " held" }, LineHeld: func(l string) string { return "line " + l + " held" },
		InPart: func(held, rest string) string { return held + ", rest " + rest },
		Holder: func(n string) string { return "(" + n + ")" }, Nobody: "nobody", Me: "me", NoVan: "none yet",
		Until: func(who domain.WhoCan, c string) string {
			return map[domain.WhoCan]string{domain.StoreCan: "st", domain.WeCan: "us"}[who] + " to " + c
		},
		AtReceipt: "at receipt", Over: "-",
		Later:     func(w string) string { return "later " + w },
		CallAgain: func(w, left string) string { return "call back " + w + ", " + left },
		InTime:    func(left string) string { return left + " left" },
		CallTried: func(c, by, o string) string { return by + " rang " + c + ": " + o },
		Wrong: func(w, g, f, n string) string {
			return "wrong orders " + w + "   true surges " + g + "   false alarms " + f + "   cases " + n
		},
		NoneKept: "no case in 90 days",
		Habit: func(from, to, low, high string, n int) string {
			return "orders at " + from + " to " + to + ", " + low + " to " + high + " (" + itoa(n) + ")"
		},
		NoHabit: "no orders to tell habits from",
		Missing: func(day string, names []string) string {
			return "usual on " + day + ", not ordered today: " + strings.Join(names, ", ")
		},
		Promise: func(o, what, due string) string { return listed(" ", o, what+", by "+due+": ") }, Kept: "kept",
		Tried: func(what, why, status, stock string) string {
			return listed(" ", what+": "+why, bracketed(listed(", ", status, during("stock ", stock))))
		},
		Step:       func(s string) string { return "step " + s },
		CanOrder:   func(low, high string) string { return "can order " + low + " or " + high },
		NotOrdered: "nothing ordered today yet", Called: "call", Written: "record",
		Answered: func(o, who, said string) string { return listed(": ", listed(" ", o, during("by ", who)), said) },
		Recorded: func(k, o, why string) string { return listed(", ", k+": "+o, why) },

		SayStore: func(o, store, us string) string {
			return "Say: \"You can change " + o + " yourself until " + store + "; call us until " + us + ".\""
		},
		SayUs: func(o, until string) string {
			return "Say: \"Only we can still change " + o + ", until " + until + ".\""
		},
		SayReceipt: func(o string) string { return "Say: \"" + o + " is on its way; see to it when you receive it.\"" },
		SayOver:    func(o, state string) string { return o + " is " + state + "; nothing in it can be changed" },
		OpenWord:   "open", PartWord: "next part", AllWord: "all rows", LessWord: "fewer",
	}
}

func storeChinese() StoreWords {
	return StoreWords{
		Name:       "门店",
		Manager:    func(n, p string) string { return listed(" ", during("店长 ", n), p) },
		Expansion:  func(n string) string { return "拓展 " + n },
		Due:        func(v []string) string { return "到货应付现款 " + strings.Join(v, ", ") },
		DueVan:     func(day, a string) string { return day + " " + a },
		NothingDue: "没有待到货的, 不用备现款",
		Limit:      func(a string) string { return "货到付款限 " + a }, NoLimit: "货到付款不限",
		Reading: "正在读取...", Again: "F5 再试",
		Offline: func(c, age string) string {
			return "!断线: 这是" + c + "的, " + age + "前。 可照看, 通了就重读。"
		},
		Orders: func(today int) string {
			if today == 0 {
				return "订单, 今天未下"
			}
			return "订单, 今天" + itoa(today) + "单"
		},
		Open:     func(n int) string { return "未结 " + itoa(n) },
		Promised: func(n int) string { return "答应过的 " + itoa(n) },
		Memory:   "记得的事, 90天", Talks: "最近来往",
		More:     func(n int) string { return "另" + itoa(n) + "条: 右键" },
		NoOrders: "还没有订单",
		Refused:  "今天下单被拒", Call: "来电", AskCall: "店里说什么? 按数字; 其他键返回",

		HeadOrder: "单号", HeadPlaced: "下单", HeadAmount: "金额", HeadLines: "行", HeadWhere: "到哪一步", HeadVan: "发车",
		HeadChange: "谁还能改",
		Rows:       storeRowsChinese(),
	}
}

func storeRowsChinese() StoreRowWords {
	return StoreRowWords{
		AllHeld: "全单挂起", LinesHeld: func(n int) string { return itoa(n) + "行挂起" }, LineHeld: func(l string) string { return "第" + l + "行挂起" },
		InPart: func(held, rest string) string { return held + ", 其余" + rest },
		Holder: func(n string) string { return "(" + n + ")" }, Nobody: "无人领", Me: "我", NoVan: "未排",
		Until: func(who domain.WhoCan, c string) string {
			return c + "前" + map[domain.WhoCan]string{domain.StoreCan: "店", domain.WeCan: "台"}[who]
		},
		AtReceipt: "收货时", Over: "-",
		Later:     func(w string) string { return "稍后 " + w },
		CallAgain: func(w, left string) string { return "再打电话 " + w + ", " + left },
		InTime:    func(left string) string { return "剩" + left },
		CallTried: func(c, by, o string) string { return by + " " + c + "致电: " + o },
		Wrong: func(w, g, f, n string) string {
			return "下错" + w + "   真大单" + g + "   误报" + f + "   共" + n + "条"
		},
		NoneKept: "90天内没有异常",
		Habit: func(from, to, low, high string, n int) string {
			return "习惯: " + from + "-" + to + "下单, 每单" + low + "-" + high + " (" + itoa(n) + "单)"
		},
		NoHabit: "订单太少, 还说不出习惯",
		Missing: func(day string, names []string) string {
			return day + "常订, 今天没有: " + strings.Join(names, ", ")
		},
		Promise: func(o, what, due string) string { return listed(" ", o, what+", "+due+"前: ") }, Kept: "已办",
		Tried: func(what, why, status, stock string) string {
			return listed(" ", what+": "+why, bracketed(listed(", ", during("商品", status), during("库存", stock))))
		},
		Step:       func(s string) string { return "步长" + s },
		CanOrder:   func(low, high string) string { return "可订 " + low + " 或 " + high },
		NotOrdered: "今天还没下单", Called: "致电", Written: "记录",
		Answered: func(o, who, said string) string { return listed(": ", listed(" ", o, who), said) },
		Recorded: func(k, o, why string) string { return listed(", ", k+": "+o, why) },

		SayStore: func(o, store, us string) string {
			return "念: 「" + o + "这单, " + store + "前您自己可改, " + us + "前打电话由我们改。」"
		},
		SayUs: func(o, until string) string {
			return "念: 「" + o + "这单您改不了了, " + until + "前由我们改。」"
		},
		SayReceipt: func(o string) string { return "念: 「" + o + "这单已发车, 只能收货时处理。」" },
		SayOver:    func(o, state string) string { return o + " " + state + ", 不能再改" },
		OpenWord:   "打开", PartWord: "下一栏", AllWord: "全部", LessWord: "收起",
	}
}

// CanChange says in a narrow column who can still change an order and until when.
func (c *Catalog) CanChange(b domain.OrderBrief, now time.Time) string {
	w := c.Store
	who, until, ok := b.CanChange(now)
	switch {
	case !ok:
		return w.Rows.Over
	case who == domain.ReceiptOnly:
		return w.Rows.AtReceipt
	}
	return w.Rows.Until(who, c.Soon(until, now))
}

// SayChange is the sentence for the store: who can still change an order and until
// when.
func (c *Catalog) SayChange(b domain.OrderBrief, now time.Time) string {
	w := c.Store
	who, until, ok := b.CanChange(now)
	no := string(b.No)
	switch {
	case !ok:
		return w.Rows.SayOver(no, c.OrderState(b.State))
	case who == domain.ReceiptOnly:
		return w.Rows.SayReceipt(no)
	case who == domain.WeCan:
		return w.Rows.SayUs(no, c.When(until, now))
	}
	us := until
	for _, m := range b.Moments { // ours ends with the first moment after the store's
		if m.What.Who() == domain.WeCan {
			us = m.At
			break
		}
	}
	return w.Rows.SayStore(no, c.Soon(until, now), c.Soon(us, now))
}

// Soon is a time seen from now: the time of day alone where it comes within a day.
func (c *Catalog) Soon(t, now time.Time) string {
	if d := t.Sub(now); d >= 0 && d < 24*time.Hour {
		return c.Clock(t.In(now.Location()))
	}
	return c.When(t, now)
}

// Short is a time in at most w cells: with the time of day where there is room, else
// the day alone.
func (c *Catalog) Short(t, now time.Time, w int, width func(string) int) string {
	if s := c.When(t, now); width(s) <= w {
		return s
	}
	return c.Day(t, now)
}

// Answered tells how a call went.
func (c *Catalog) Answered(r domain.CallRecord) string {
	a := c.Case.Ask
	said := named(a.Saids, domain.Said(r.Said))
	if r.Text != "" {
		said = listed(c.Values.Join, said, r.Text)
	}
	return c.Store.Rows.Answered(named(a.Calls, domain.CallOutcome(r.Outcome)), named(a.Whos, domain.CallWho(r.Who)), said)
}

// Recorded tells what was found and done.
func (c *Catalog) Recorded(r domain.ResolutionRecord) string {
	why := named(c.Case.Ask.Reasons, domain.ReasonCode(r.Reason))
	if r.ReasonText != "" {
		why = listed(c.Values.Join, why, r.ReasonText)
	}
	return c.Store.Rows.Recorded(c.KindLong(r.Kind), c.Outcome(string(r.Outcome)), why)
}

// bracketed puts words in brackets, if there are any.
func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

// Attempted tells of an order that was refused: what was tried, what the platform said
// and how the product stands, and what the store can order instead.
func (c *Catalog) Attempted(e domain.Event, l domain.EventLine, p domain.Product) (said, offer string) {
	w, what := c.Store.Rows, c.Pick(p.Name, p.NameEn)
	if what == "" {
		what = string(l.Product)
	}
	if l.Quantity != nil {
		what = c.Counted(what, *l.Quantity, p.Unit, p.UnitEn)
	}
	told := l.Why
	if told == "" {
		told = e.Why
	}
	why := named(c.Entry.Whys, told)
	if (told == domain.ToldOther || told == "") && e.Text != "" {
		why = e.Text
	}
	if told == domain.ToldStep && p.Step != nil {
		why = w.Step(p.Step.String())
		if l.Quantity != nil && !l.Quantity.IsMultipleOf(*p.Step) {
			low, high := l.Quantity.Neighbours(*p.Step)
			if low == 0 { // nought is no offer: the next two are
				low, high = high, high+*p.Step
			}
			offer = w.CanOrder(low.String(), high.String())
		}
	}
	stock := ""
	if free, ok := p.Available(); ok {
		stock = c.Quantity(max(0, free), p.Unit, p.UnitEn)
	}
	return w.Tried(what, why, c.ProductState(p.Status), stock), offer
}
