package text

import (
	"time"

	"cleardesk/domain"
)

// TaskWords are the words of work that is no case.
type TaskWords struct {
	Short map[domain.TaskWhat]string // at most 8 cells, as the kinds of cases
	Long  map[domain.TaskWhat]string // what it asks for

	Week     func(monday, diff string) string
	WeekOpen func(monday string) string // it is not signed
	Day      func(day string, missing int) string
	Gap      func(day, hours string, missing int) string
	Before   func(name string) string // who handed it over
	For      func(name string) string // whom it is offered to
	Next     string                   // nobody in particular
	Due      func(when, left string) string
	Sent     func(by, when string) string
	Opens    func(screen string) string
	Closes   string             // it ends with a note
	ByItem   string             // it ends when what it asks for is done
	NotCase  string             // why an act on cases leaves it alone
	ToVerify func(n int) string // differences of counts

	ToCancel string // what logistics asks of an order
	NoteHead func(what string) string
	Note     string
	NoteSum  func(what, note string) string
	NoteDone func(what string) string
	CloseAct string // in the menu

	WorkAt    func(screens string) string                   // of an empty queue: where there is work
	AtWork    func(number, screen string, waits int) string // one of those screens
	CaseDue   func(when string, past bool) string           // of a case near due, and past it
	ShiftEnds func(clock string, held int) string
	Escaped   map[string]string // why a case moved up, by its code
}

// Task says in one line what a task is about. The text is not cleaned: it holds words
// from outside.
func (c *Catalog) Task(t domain.Task) string {
	w, d := c.Tasks, t.Told()
	switch t.What {
	case domain.TaskDifference:
		return listed(": ", w.Week(monthDay(d.Week), c.MoneyChange(d.Diff)), d.Note)
	case domain.TaskDayUnsigned:
		return w.Day(monthDay(first(d.Day, t.About)), d.Missing)
	case domain.TaskWeek:
		return w.WeekOpen(monthDay(first(d.Week, t.About)))
	case domain.TaskRosterGap:
		return w.Gap(monthDay(first(d.Day, t.About)), span2(d.From, d.Until), d.Missing)
	case domain.TaskEscalated:
		return listed(", ", listed(": ", w.Escaped[d.Why], caseName(c, d)), d.Note)
	case domain.TaskOffered:
		return listed(", ", listed(": ", w.Before(c.FirstName(d.FromName, d.FromNameEn, d.FromLogin)), caseName(c, d)), d.Note)
	case domain.TaskDelivery:
		about := first(string(d.Order), t.About)
		if d.Goes == domain.GoesCancel {
			about = listed(" ", about, w.ToCancel)
		}
		return listed(": ", about, d.Note)
	case domain.TaskImportClash:
		return listed(", ", c.Pick(first(d.Name, string(d.Product), t.About), d.NameEn), c.ProductField(d.Field))
	case domain.TaskCount:
		if d.Counts > 0 {
			return w.ToVerify(d.Counts)
		}
		name := c.Pick(first(d.Name, string(d.Product), t.About), d.NameEn)
		if d.Off > 0 {
			return name + ": +" + c.Quantity(d.Off, d.Unit, d.UnitEn)
		}
		return name + ": " + c.Quantity(d.Off, d.Unit, d.UnitEn)
	case domain.TaskStandard:
	}
	return listed(": ", c.Pick(first(d.Name, string(d.Product), t.About), d.NameEn), d.Note)
}

// TaskFor is whom a task is offered to, "" where it is no offer.
func (c *Catalog) TaskFor(t domain.Task) string {
	if t.What != domain.TaskOffered {
		return ""
	}
	if d := t.Told(); d.ToLogin != "" {
		return c.Tasks.For(c.FirstName(d.ToName, d.ToNameEn, d.ToLogin))
	}
	return c.Tasks.Next
}

func caseName(c *Catalog, d domain.TaskTold) string {
	name := string(d.Order)
	if d.Kind != "" {
		name = listed(" ", name, c.Kind(d.Kind))
	}
	return name
}

func first(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// monthDay cuts a day's year off, where it is a day.
func monthDay(day string) string {
	if _, err := time.Parse(time.DateOnly, day[:min(len(day), len(time.DateOnly))]); err != nil {
		return day
	}
	return day[5:len(time.DateOnly)]
}

func span2(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "-" + b
}

func tasksEnglish() TaskWords {
	return TaskWords{
		Short: map[domain.TaskWhat]string{
			domain.TaskDayUnsigned: "Unsigned", domain.TaskWeek: "Week", domain.TaskRosterGap: "Roster", domain.TaskDifference: "Cash",
			domain.TaskStandard: "Product", domain.TaskCount: "Count", domain.TaskEscalated: "Past due",
			domain.TaskOffered: "Offered", domain.TaskImportClash: "Clash", domain.TaskDelivery: "Delivery",
		},
		Long: map[domain.TaskWhat]string{
			domain.TaskDayUnsigned: "The day's deliveries are not signed", domain.TaskWeek: "The week's settlement is not signed",
			domain.TaskRosterGap:  "Somebody is missing on the roster",
			domain.TaskDifference: "A store's week does not add up", domain.TaskStandard: "A product's information is not to standard",
			domain.TaskCount: "Counted stock differs", domain.TaskEscalated: "A case moved up: look who can clear it",
			domain.TaskOffered: "A case is handed over: F6 takes it", domain.TaskImportClash: "An import clashes with a correction made here",
			domain.TaskDelivery: "The daily check of deliveries hands it on",
		},
		Week:     func(m, d string) string { return "week " + m + " " + d },
		WeekOpen: func(m string) string { return "week from " + m + " not signed" },
		Day: func(day string, n int) string {
			if n == 0 {
				return day + " not signed"
			}
			return day + " not signed, " + count(n, "order", "orders") + " without a destination"
		},
		Gap: func(day, hours string, n int) string {
			s := listed(" ", day, hours)
			if n > 0 {
				s += ": " + itoa(n) + " missing"
			}
			return s
		},
		ToVerify: func(n int) string { return count(n, "counted difference", "counted differences") + " to verify" },
		Before:   func(n string) string { return "from " + n }, For: func(n string) string { return "> " + n }, Next: "> next",
		Due:  func(when, left string) string { return "due " + when + ", " + left },
		Sent: func(by, when string) string { return listed(" ", by, "since "+when) },
		Opens: func(s string) string {
			return "enter opens: " + s
		},
		Closes: "ctrl+s closes it with a note", ByItem: "it closes when that is done", NotCase: "a task, no case: enter opens it",
		ToCancel: "to be cancelled",
		NoteHead: func(w string) string { return w + ": what was found or done?" }, Note: "note",
		NoteSum:  func(w, n string) string { return "closes " + w + ": " + n },
		NoteDone: func(w string) string { return w + " closed" }, CloseAct: "close with a note",
		WorkAt: func(s string) string { return "Work for you: " + s },
		AtWork: func(n, s string, waits int) string {
			if waits > 0 {
				return n + " " + s + " " + itoa(waits) + " waiting"
			}
			return n + " " + s
		},
		ShiftEnds: func(clock string, held int) string {
			return "your shift ends at " + clock + ", you hold " + itoa(held) + ": F2 0 9 hands them over"
		},
		CaseDue: func(when string, past bool) string {
			if past {
				return "was due " + when + ", with the manager"
			}
			return "due " + when + ", then to the manager"
		},
		Escaped: map[string]string{
			"past": "past due", "untaken": "nobody took it over", "refused": "refused",
		},
	}
}

func tasksChinese() TaskWords {
	return TaskWords{
		Short: map[domain.TaskWhat]string{
			domain.TaskDayUnsigned: "配送未签", domain.TaskWeek: "周结算", domain.TaskRosterGap: "排班缺人", domain.TaskDifference: "差额",
			domain.TaskStandard: "资料不全", domain.TaskCount: "盘点差异", domain.TaskEscalated: "逾期上报",
			domain.TaskOffered: "交班", domain.TaskImportClash: "导入冲突", domain.TaskDelivery: "配送转来",
		},
		Long: map[domain.TaskWhat]string{
			domain.TaskDayUnsigned: "当天配送还没签", domain.TaskWeek: "一周结算还没签核", domain.TaskRosterGap: "排班缺人",
			domain.TaskDifference: "门店这周对不上", domain.TaskStandard: "商品资料不合标准",
			domain.TaskCount: "盘点与系统不符", domain.TaskEscalated: "上报的异常: 看谁来办",
			domain.TaskOffered: "交班的异常: F6 接下", domain.TaskImportClash: "导入与本处的更正冲突",
			domain.TaskDelivery: "每日漏单核对转来的",
		},
		Week:     func(m, d string) string { return m + "周 " + d },
		WeekOpen: func(m string) string { return m + "周未签核" },
		Day: func(day string, n int) string {
			if n == 0 {
				return day + "未签"
			}
			return day + "未签, " + itoa(n) + "单没有去处"
		},
		Gap: func(day, hours string, n int) string {
			s := listed(" ", day, hours)
			if n > 0 {
				s += " 缺" + itoa(n) + "人"
			}
			return s
		},
		ToVerify: func(n int) string { return itoa(n) + "条盘点差异待核实" },
		Before:   func(n string) string { return n + "交来" }, For: func(n string) string { return "> " + n }, Next: "> 下一班",
		Due:   func(when, left string) string { return "限" + when + ", " + left },
		Sent:  func(by, when string) string { return listed(" ", by, when+"起") },
		Opens: func(s string) string { return "enter 打开: " + s }, Closes: "ctrl+s 写备注了结", ByItem: "办完自行了结",
		NotCase:  "这是任务, 不是异常: enter 打开",
		ToCancel: "请取消",
		NoteHead: func(w string) string { return w + ": 查得如何, 怎么办的?" }, Note: "备注",
		NoteSum:  func(w, n string) string { return "了结 " + w + ": " + n },
		NoteDone: func(w string) string { return w + " 已了结" }, CloseAct: "写备注了结",
		WorkAt: func(s string) string { return "您的活在: " + s },
		AtWork: func(n, s string, waits int) string {
			if waits > 0 {
				return n + " " + s + " " + itoa(waits) + "条"
			}
			return n + " " + s
		},
		ShiftEnds: func(clock string, held int) string {
			return clock + "下班, 手上还有" + itoa(held) + "条: F2 0 9 交接"
		},
		CaseDue: func(when string, past bool) string {
			if past {
				return "限" + when + "已过, 已报经理"
			}
			return "限" + when + ", 过时报经理"
		},
		Escaped: map[string]string{"past": "已逾期", "untaken": "交班无人接", "refused": "交班被退回"},
	}
}
