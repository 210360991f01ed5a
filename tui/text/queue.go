package text

import (
	"strings"

	"cleardesk/domain"
)

// QueueWords are the words of the queue.
type QueueWords struct {
	Name string // as it is named in tabs, titles and the help
	Odd  OddWords

	HeadLeft, HeadBy, HeadKind, HeadStore, HeadOrder, HeadWhy, HeadRisk, HeadHolder string

	With          func(department string) string
	OpenOnes      string
	Snoozed       string
	AllKinds      string
	Parts         func(parts []string) string
	Holding       func(f domain.HoldFacet) string
	Quoted        func(words string) string
	ByUrgency     string
	Span          func(first, last int, total string) string
	Hidden        func(n string) string
	HiddenUrgent  func(n, left string) string
	FilterName    string
	FilterKeys    string
	PastLast      string // in LEFT, past the last moment
	Me            string
	Draft         string
	Doing         func(what string) string
	Reading       string
	Empty         func(judgedTo string, held int) string
	EmptyFilter   string
	EmptyHidden   func(n, filter, urgent string) string
	EmptyUnjudged func(orders, age string) string
	MostUrgent    func(left, money string) string
	NewOnes       func(n int, money, left string) string
	Offline       func(clock, age string) string
	HeldState     func(f domain.CaseFile) string
	Contact       func(manager, phone string) string
	LastN         func(n int) string
	SeeAll        string                     // clears the filter
	And           string                     // between the kinds of a case
	NoLine        string                     // nothing can be written now
	Done          func(done, all int) string // of the members of a cause
	UnfoldWord    string
	FoldWord      string
	UnfoldFirst   string // what is of one store is done in its own row

	Facets map[string]string // the entries of the menu by action
	Acted  QueueActWords
}

// QueueActWords tell what acts on rows did, and ask before them.
type QueueActWords struct {
	Claimed func(order, store string) string

	ClaimedCause func(what string, open int) string

	GivenBack func(order string) string
	NoneNext  string
	SameStore func(n int) string // further rows of the store that was claimed
	Snoozed   func(order, clock string) string
	HandedTo  func(order, department string) string
	Several   func(done, refused int, hidden int) string
	AskLater  func(order string) string
	AskHand   func(order string) string
	LaterWays []string // in minutes: see LaterMinutes
	NoteName  string
	NoteKeys  string
	AskKeys   string
	WillHand  func(order, department, note string) string
	Again     string
	NotMine   string

	NobodyHolds string
	LiesWith    func(department string) string

	AskTake      func(order, holder string) string
	NeedsReason  string
	GiveBackWord string // in the key line
	GiveBackName string // in the menu
	Marked       func(n int, money string, hidden int) string
	Rows         func(n int) string
	OK           string
	ResultKeys   string
}

// LaterMinutes are the offers for "later", in minutes; the words are in LaterWays.
func LaterMinutes() []int { return []int{10, 20, 30, 60, 120} }

func queueEnglish() QueueWords {
	return QueueWords{
		Name: "Queue", Odd: oddEnglish(),
		HeadLeft: "LEFT", HeadBy: "BY", HeadKind: "KIND", HeadStore: "STORE", HeadOrder: "ORDER", HeadWhy: "WHY", HeadRisk: "AT RISK",
		HeadHolder: "HOLDER",
		With:       func(d string) string { return "with " + d }, OpenOnes: "open", Snoozed: "put off", AllKinds: "all kinds",
		Parts: func(p []string) string { return strings.Join(p, ", ") },
		Holding: func(f domain.HoldFacet) string {
			return map[domain.HoldFacet]string{domain.Free: "free", domain.Mine: "mine", domain.Others: "with others"}[f]
		},
		Quoted:    func(w string) string { return "\"" + w + "\"" },
		ByUrgency: "by urgency",
		Span:      func(a, b int, total string) string { return span(a, b) + " / " + total },
		Hidden:    func(n string) string { return n + " hidden" },
		HiddenUrgent: func(n, left string) string {
			return "!" + n + " hidden, one with " + left
		},
		FilterName: "filter", FilterKeys: "enter keeps  esc undoes", PastLast: "past", Me: "me", Draft: "draft",
		Doing: func(w string) string {
			return map[string]string{"typing": "typing", "calling": "on the phone"}[w]
		},
		Reading: "reading...",
		Empty: func(to string, held int) string {
			return "Nothing to clear. Judged to " + to + ", " + count(held, "order", "orders") + " held. Other departments: tab"
		},
		EmptyFilter: "Nothing matches, and nothing is hidden.",
		EmptyHidden: func(n, f, u string) string {
			return "Nothing matches: " + n + " hidden by " + f + u + ". esc clears it."
		},
		EmptyUnjudged: func(n, age string) string {
			return "!Judging has stopped: " + n + " orders wait, " + age + ". Empty is not safe."
		},
		MostUrgent: func(left, m string) string { return ", the most urgent " + left + " " + m },
		NewOnes: func(n int, m, left string) string {
			return itoa(n) + " new, most urgent " + m + " with " + left + " left: F5 lets them in"
		},
		Offline: func(c, age string) string {
			return "!No line: data of " + c + ", " + age + " old. Read and type; writing waits for the line"
		},
		HeldState: heldEnglish,
		Contact:   func(m, p string) string { return strings.TrimSpace(m + " " + p) },
		LastN:     func(n int) string { return "last " + itoa(n) },
		SeeAll:    "all shown again", And: ", ", NoLine: "no line: nothing can be written now",
		Done:       func(d, all int) string { return itoa(d) + "/" + itoa(all) },
		UnfoldWord: "unfold", FoldWord: "fold", UnfoldFirst: "unfold it first: each store has its own row",
		Facets: map[string]string{
			"queue_mine": "mine only", "queue_free": "free only", "queue_others": "with others only", "queue_snoozed": "put off",
			"queue_kind": "this kind only", "queue_store": "this store only", "queue_store_can": "store can still change",
			"queue_all": "clear the filter", "queue_with": "next department",
		},
		Acted: queueActsEnglish(),
	}
}

func queueActsEnglish() QueueActWords {
	return QueueActWords{
		Claimed: func(o, s string) string { return o + " " + s + " is yours; F6 gives it back" },
		ClaimedCause: func(what string, open int) string {
			return what + " is yours, with those of its " + itoa(open) + " that were free; F6 gives it back"
		},
		GivenBack: func(o string) string { return o + " given back" },
		NoneNext:  "nothing free to take",
		SameStore: func(n int) string { return itoa(n) + " more of this store: one call, F7 in the case" },
		Snoozed:   func(o, c string) string { return o + " comes back at " + c + ", free for whoever is there" },
		HandedTo:  func(o, d string) string { return o + " handed to " + d },
		Several: func(done, refused, hidden int) string {
			s := itoa(done) + " done"
			if refused > 0 {
				s += ", " + itoa(refused) + " refused"
			}
			if hidden > 0 {
				s += ", " + itoa(hidden) + " hidden left alone"
			}
			return s
		},
		AskLater:  func(o string) string { return o + " later:" },
		AskHand:   func(o string) string { return o + " goes to:" },
		LaterWays: []string{"10 min", "20 min", "30 min", "1 hour", "2 hours"},
		NoteName:  "note", NoteKeys: "ctrl+s writes  esc back", AskKeys: "digits choose  esc back",
		WillHand: func(o, d, n string) string { return o + " > " + d + ": " + n },
		Again:    "ctrl+s again writes, any other key goes back",
		NotMine:  "claim it first: F6", NobodyHolds: "nobody else holds it", LiesWith: func(d string) string { return "it lies with " + d },
		AskTake:      func(o, h string) string { return "take " + o + " from " + h + ": why?" },
		NeedsReason:  "say why: the holder will read it",
		GiveBackWord: "back", GiveBackName: "give back",
		Marked: func(n int, m string, hidden int) string {
			s := itoa(n) + " marked, " + m
			if hidden > 0 {
				s += ", " + itoa(hidden) + " hidden left alone"
			}
			return s
		},
		Rows: func(n int) string { return itoa(n) + " marked" }, OK: "done", ResultKeys: "up/down scroll  esc closes",
	}
}

func queueChinese() QueueWords {
	return QueueWords{
		Name: "异常", Odd: oddChinese(),
		HeadLeft: "剩余", HeadBy: "改", HeadKind: "类型", HeadStore: "门店", HeadOrder: "单号", HeadWhy: "原因", HeadRisk: "风险",
		HeadHolder: "经办",
		With:       func(d string) string { return "在" + d }, OpenOnes: "未结", Snoozed: "稍后的", AllKinds: "全部类型",
		Parts: func(p []string) string { return strings.Join(p, " ") },
		Holding: func(f domain.HoldFacet) string {
			return map[domain.HoldFacet]string{domain.Free: "无人领", domain.Mine: "归我", domain.Others: "归别人"}[f]
		},
		Quoted:       func(w string) string { return "「" + w + "」" },
		ByUrgency:    "按 紧急",
		Span:         func(a, b int, total string) string { return span(a, b) + " / " + total },
		Hidden:       func(n string) string { return hiddenChinese(n) },
		HiddenUrgent: func(n, left string) string { return "!隐去" + n + ", 最急剩" + left },
		FilterName:   "筛选", FilterKeys: "enter 留用  esc 撤回", PastLast: "已过", Me: "我", Draft: "草稿",
		Doing: func(w string) string {
			return map[string]string{"typing": "在填", "calling": "通话"}[w]
		},
		Reading: "正在读取...",
		Empty: func(to string, held int) string {
			return "没有要处理的。 已判到" + to + ", 挂起" + itoa(held) + "单。 别的部门: tab"
		},
		EmptyFilter: "没有合筛选的, 也没有隐去的。",
		EmptyHidden: func(n, f, u string) string {
			if !strings.Contains(f, "「") { // words stand in quotes already
				f = "「" + f + "」"
			}
			return "没有合筛选的: " + n + "条被" + f + "隐去" + u + "。 esc 去筛选"
		},
		EmptyUnjudged: func(n, age string) string {
			return "!判定停了: " + n + "单未判, 最久" + age + "。 队列不全, 空不等于没事。"
		},
		MostUrgent: func(left, m string) string { return ", 最急剩" + left + " " + m },
		NewOnes: func(n int, m, left string) string {
			return "新到" + itoa(n) + "条, 最急 " + m + " 剩" + left + ": F5 放入"
		},
		Offline: func(c, age string) string {
			return "!断线: 数据是" + c + "的, " + age + "前。 可看可填, 草稿留着, 通了才能写入。"
		},
		HeldState: heldChinese,
		Contact:   func(m, p string) string { return strings.TrimSpace("店长 " + m + " " + p) },
		LastN:     func(n int) string { return "近" + itoa(n) + "单" },
		SeeAll:    "已全部显示", And: " ", NoLine: "断线: 现在不能写入",
		Done:       func(d, all int) string { return itoa(d) + "/" + itoa(all) },
		UnfoldWord: "展开", FoldWord: "收起", UnfoldFirst: "先展开: 每店有自己的一行",
		Facets: map[string]string{
			"queue_mine": "只看归我", "queue_free": "只看无人领", "queue_others": "只看归别人", "queue_snoozed": "稍后的",
			"queue_kind": "只看此类型", "queue_store": "只看此门店", "queue_store_can": "门店还能改的", "queue_all": "去筛选",
			"queue_with": "下一部门",
		},
		Acted: queueActsChinese(),
	}
}

func queueActsChinese() QueueActWords {
	return QueueActWords{
		Claimed: func(o, s string) string { return s + " " + o + " 归你; F6 交回" },
		ClaimedCause: func(what string, open int) string {
			return what + " 归你, 连同" + itoa(open) + "条未结中无人领的; F6 交回"
		},
		GivenBack: func(o string) string { return o + " 已交回" },
		NoneNext:  "没有可领的",
		SameStore: func(n int) string { return "本店另有" + itoa(n) + "条: 一次电话, 表内F7" },
		Snoozed:   func(o, c string) string { return o + " " + c + "再出现, 谁都可领" },
		HandedTo:  func(o, d string) string { return o + " 已转" + d },
		Several: func(done, refused, hidden int) string {
			s := "办成" + itoa(done)
			if refused > 0 {
				s += ", 未成" + itoa(refused)
			}
			if hidden > 0 {
				s += ", 隐去的" + itoa(hidden) + "条未动"
			}
			return s
		},
		AskLater:  func(o string) string { return o + " 稍后:" },
		AskHand:   func(o string) string { return o + " 转给:" },
		LaterWays: []string{"10分", "20分", "30分", "1小时", "2小时"},
		NoteName:  "备注", NoteKeys: "ctrl+s 写入  esc 返回", AskKeys: "数字 选  esc 返回",
		WillHand: func(o, d, n string) string { return o + " > " + d + ": " + n },
		Again:    "再按 ctrl+s 写入, 其他任何键返回",
		NotMine:  "先领取: F6", NobodyHolds: "不在别人手上", LiesWith: func(d string) string { return "在" + d },
		AskTake:      func(o, h string) string { return "从" + h + "接管 " + o + ": 为何?" },
		NeedsReason:  "要写明原因, 原经办会看到",
		GiveBackWord: "交回", GiveBackName: "交回",
		Marked: func(n int, m string, hidden int) string {
			s := "已选" + itoa(n) + "条 " + m
			if hidden > 0 {
				s += ", 隐去的" + itoa(hidden) + "条不动"
			}
			return s
		},
		Rows: func(n int) string { return "所选" + itoa(n) + "条" }, OK: "已办", ResultKeys: "上下 翻看  esc 关闭",
	}
}

func hiddenChinese(n string) string {
	if n == "0" {
		return "无隐藏"
	}
	return "隐去" + n
}

func span(a, b int) string { return itoa(a) + "-" + itoa(b) }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

// heldEnglish and heldChinese say where the order of a case stands.
func heldEnglish(f domain.CaseFile) string {
	whole, lines := holdsOf(f)
	switch {
	case whole:
		return "held"
	case lines == 1:
		return "1 line held"
	case lines > 1:
		return itoa(lines) + " lines held"
	case f.Order.State != "":
		return string(f.Order.State)
	}
	return ""
}

func heldChinese(f domain.CaseFile) string {
	whole, lines := holdsOf(f)
	switch {
	case whole:
		return "挂起"
	case lines > 0:
		return itoa(lines) + "行挂起"
	case f.Order.State != "":
		return named(namesChinese().States, f.Order.State)
	}
	return ""
}

func holdsOf(f domain.CaseFile) (whole bool, lines int) {
	seen := map[int]bool{}
	for _, h := range f.Holds {
		if !h.Active() {
			continue
		}
		whole = whole || h.Line == 0
		if h.Line > 0 && !seen[h.Line] {
			seen[h.Line] = true
			lines++
		}
	}
	return whole, lines
}
