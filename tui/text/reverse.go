package text

import (
	"errors"
	"strings"

	"cleardesk/domain"
)

// ReverseWords are the words of taking a written case back.
type ReverseWords struct {
	Head        func(order, store string) string
	LineBack    func(line, name, now, back string) string
	LineAgain   func(line, name, back string) string // it was cancelled
	AllLines    func(n int) string
	OrderAgain  func(state string) string // it was cancelled
	NotAccepted string                    // it was accepted
	Total       func(now, back, change string) string
	Held        func(what string) string
	HoldOf      func(line int, kind string) string // line 0: the order
	Reopened    func(n int) string
	Learnt      string // stays learnt
	Unlearnt    string // is not learnt
	Quieter     func(n int) string
	Until       func(clock string) string // picking
	UntilThen   func(clock string) string // another moment

	LinkedGone func(order string) string // a supplement or re-order is cancelled
	MoneyBack  func(amount string) string
	StockBack  func(name, quantity string) string
	PlanBack   func(before string) string // "": there was none
	LimitBack  func(before string) string // "": there was none
	ReturnGone string

	ReasonName  string
	Keys        string
	Again       string
	Busy        string
	NeedsReason string
	Done        func(order string) string
	None        string
	Unknown     string
	TakenBack   func(by, when, reason string) string // of a record

	Cannot func(order, why string) string
	Bars   map[domain.ReversalBar]string
	Who    func(what, name, clock string) string
	Picked func(clock string) string
	Passed func(when string) string // the last moment for it
	Short  func(product, left, wanted string) string
}

func reverseEnglish() ReverseWords {
	return ReverseWords{
		Head:      func(o, s string) string { return "Take back " + listed(" ", o, s) + ":" },
		LineBack:  func(l, n, now, back string) string { return "line " + l + " " + n + " " + now + " > " + back },
		LineAgain: func(l, n, back string) string { return "line " + l + " " + n + " " + back + " again" },
		AllLines:  func(n int) string { return "all " + itoa(n) + " lines again" }, OrderAgain: func(s string) string { return "the order stands again, " + s },
		NotAccepted: "the order is no longer accepted",
		Total:       func(now, back, d string) string { return "order " + now + " > " + back + " (" + d + ")" },
		Held:        func(what string) string { return "held again: " + what },
		HoldOf: func(line int, kind string) string {
			if line == 0 {
				return "order " + kind
			}
			return "line " + itoa(line) + " " + kind
		},
		Reopened: func(n int) string { return count(n, "flag", "flags") + " open again, yours" },
		Learnt:   "what the usual learnt stays", Unlearnt: "the usual does not learn it",
		Quieter: func(n int) string { return count(n, "exemption ends", "exemptions end") },
		Until:   func(c string) string { return "possible until picking " + c }, UntilThen: func(c string) string { return "possible until " + c },
		LinkedGone: func(o string) string { return "order " + o + " is cancelled" },
		MoneyBack:  func(m string) string { return "settlement " + m + " taken back" },
		StockBack:  func(n, q string) string { return n + " " + q + " out of stock again" },
		PlanBack: func(before string) string {
			if before == "" {
				return "the planned delivery no longer counts"
			}
			return "delivery planned " + before + " again"
		},
		LimitBack: func(before string) string {
			if before == "" {
				return "no COD limit again"
			}
			return "COD limit " + before + " again"
		},
		ReturnGone: "the return is not opened",

		ReasonName: "reason", Keys: "ctrl+s takes back  esc leaves it", Again: "Once more ctrl+s takes it back    any other key goes back to the reason",
		Busy: "taking back", NeedsReason: "taking back needs a reason",
		Done: func(o string) string { return o + " taken back: open again, and yours" },
		None: "nothing you wrote today is left to take back", Unknown: "not known yet whether it was taken back: ctrl+s asks again, it cannot be done twice",
		TakenBack: func(by, when, reason string) string { return "taken back " + listed(" ", when, by) + ": " + reason },

		Cannot: func(o, why string) string { return listed(" ", o, "cannot be taken back") + ": " + why },
		Bars: map[domain.ReversalBar]string{
			domain.BarNothing: "nothing was written that could be", domain.BarNotYours: "only who wrote it may, or a manager",
			domain.BarTwice: "it was taken back before", domain.BarHeld: "somebody else has the case now",
			domain.BarPicking: "picking has begun, or its time is not known", domain.BarState: "the order is now",
			domain.BarLinked: "what it set off has gone on",
			domain.BarLater:  "the order was written again since", domain.BarJudged: "more was found since: handle that",
			domain.BarChanged: "its lines changed since", domain.BarStock: "the stock is gone",
		},
		Who:    func(what, name, c string) string { return what + ": " + listed(" ", name, c) },
		Picked: func(c string) string { return "picking began " + c }, Passed: func(w string) string { return "it was possible until " + w },
		Short: func(p, left, wanted string) string {
			return "of " + p + " " + left + " is left, " + wanted + " is needed"
		},
	}
}

func reverseChinese() ReverseWords {
	return ReverseWords{
		Head:      func(o, s string) string { return "撤回 " + listed(" ", o, s) + ":" },
		LineBack:  func(l, n, now, back string) string { return "第" + l + "行 " + n + " " + now + " > " + back },
		LineAgain: func(l, n, back string) string { return "第" + l + "行 " + n + " " + back + " 恢复" },
		AllLines:  func(n int) string { return itoa(n) + "行都恢复" }, OrderAgain: func(s string) string { return "订单恢复为" + s },
		NotAccepted: "订单退回未接受",
		Total:       func(now, back, d string) string { return "订单 " + now + " > " + back + " (" + d + ")" },
		Held:        func(what string) string { return "再挂起: " + what },
		HoldOf: func(line int, kind string) string {
			if line == 0 {
				return "整单" + kind
			}
			return "第" + itoa(line) + "行" + kind
		},
		Reopened: func(n int) string { return itoa(n) + "条异常重开, 归您" },
		Learnt:   "平常量已学的留着", Unlearnt: "平常量不学它",
		Quieter: func(n int) string { return itoa(n) + "条免报终止" },
		Until:   func(c string) string { return c + "拣货前可撤" }, UntilThen: func(c string) string { return c + "前可撤" },
		LinkedGone: func(o string) string { return "订单" + o + "取消" },
		MoneyBack:  func(m string) string { return "结算" + m + "冲回" },
		StockBack:  func(n, q string) string { return n + " " + q + " 再出库" },
		PlanBack: func(before string) string {
			if before == "" {
				return "配送安排作废"
			}
			return "配送改回 " + before
		},
		LimitBack: func(before string) string {
			if before == "" {
				return "货到付款限额取消"
			}
			return "货到付款限额改回 " + before
		},
		ReturnGone: "退货不再发起",

		ReasonName: "缘由", Keys: "ctrl+s 撤回  esc 不撤", Again: "再按 ctrl+s 撤回    其他任何键 返回改缘由",
		Busy: "正在撤回", NeedsReason: "撤回要写缘由",
		Done: func(o string) string { return "已撤回 " + o + ": 重新打开, 归您" },
		None: "今天您写的没有可撤回的了", Unknown: "还不知道撤没撤成: ctrl+s 再问, 不会撤两次",
		TakenBack: func(by, when, reason string) string { return "已撤回 " + listed(" ", when, by) + ": " + reason },

		Cannot: func(o, why string) string { return listed(" ", o, "不能撤回") + ": " + why },
		Bars: map[domain.ReversalBar]string{
			domain.BarNothing: "没有写入可撤", domain.BarNotYours: "只有写的人或经理能撤",
			domain.BarTwice: "已经撤回过", domain.BarHeld: "现在归别人",
			domain.BarPicking: "已开始拣货, 或不知何时拣货", domain.BarState: "订单现为",
			domain.BarLinked: "由它引出的已在进行",
			domain.BarLater:  "此后又有写入", domain.BarJudged: "此后又判出异常, 请处理新的",
			domain.BarChanged: "此后各行有变", domain.BarStock: "库存已不够",
		},
		Who:    func(what, name, c string) string { return what + ": " + listed(" ", name, c) },
		Picked: func(c string) string { return c + "已开始拣货" }, Passed: func(w string) string { return w + "前才能撤" },
		Short: func(p, left, wanted string) string { return p + "只剩" + left + ", 要" + wanted },
	}
}

// CannotReverse says why the database refused to take a case back; ok is false where
// the refusal is not of that kind.
func (c *Catalog) CannotReverse(r domain.QueueRow, err error) (why string, ok bool) {
	e, is := errors.AsType[*domain.Error](err)
	if !is || e.Detail["reverse"] == "" {
		return "", false
	}
	why = c.Reverse.Bars[domain.ReversalBar(e.Detail["reverse"])]
	if who := c.Person(e.Detail["name"], e.Detail["name_en"], domain.Login(e.Detail["holder"])); who != "" {
		why += ": " + who
	}
	if state := e.Detail["state"]; state != "" {
		why += " " + c.OrderState(domain.OrderState(state))
	}
	return c.Reverse.Cannot(c.CaseName(r), strings.TrimSpace(why)), true
}
