package text

import (
	"strings"

	"cleardesk/domain"
)

func orderChinese() OrderWords {
	return OrderWords{
		Name:   "订单",
		Placed: func(w string) string { return w + "下单" }, Taken: func(w string) string { return w + "接受" },
		Not:   "尚未接受",
		Total: func(a string) string { return "金额 " + a },
		Links: func(all []string) string { return "关联: " + strings.Join(all, "   ") }, NoLink: "关联: 无",

		Found: "异常与挂起", NotFound: "异常与挂起: 无", Story: "经过, 从早到晚",
		Span:   func(a, b, n int) string { return span(a, b) + " / " + itoa(n) },
		HeadNo: "行", HeadProduct: "商品", HeadOrdered: "订", HeadPrice: "单价", HeadAmount: "金额", HeadMark: "状态", HeadNote: "说明",
		Line: OrderLineWords{
			Held: "挂起", Cancelled: "已取消", Waiting: "待复核", Mended: "已改",
			HeldFor: func(k string) string { return "挂起: " + k }, Pending: "已改, 等复核",
			Changed:     func(from, by string) string { return listed(" ", "改自"+from, by) },
			CancelledBy: func(by string) string { return listed(" ", "取消", by) },
			WaitingFor:  "等复核",
			Verified:    func(by string) string { return by + "已核实数量" },
			StepSeen:    func(s string) string { return "门店见步长" + s },
			Sum:         func(n int, placed string) string { return "合计 " + itoa(n) + "行, 原订 " + placed },
		},
		Odd: OrderOddWords{
			Line: func(l string) string { return "第" + l + "行" }, Whole: "全单",
			Rule: func(name string, v int) string { return "规则" + name + " v" + itoa(v) }, Hard: "硬限",
			With: func(d string) string { return "在" + d }, Later: func(at string) string { return "稍后 " + at },
			Closed: func(o, why, by, at string) string { return "已结 " + listed(", ", o, why, by+" "+at) },
			Blocks: "挂起", Flags: "未阻断", Pending: "等复核", Released: "挂起已解除",
		},
		Event: orderEventsChinese(),
		Told:  orderToldChinese(),
		Keys:  OrderKeyWords{Open: "打开所指", Part: "下一栏", Read: "重读"},
	}
}

func orderEventsChinese() OrderEventWords {
	return OrderEventWords{
		Platform: "平台", Judge: "判定",
		Placed:  func(n int, total string) string { return "下单 " + itoa(n) + "行 " + total },
		History: "历史导入",
		Links: map[domain.Link][2]string{
			domain.Reorder: {"重下自", "重下为"}, domain.Supplement: {"补", "补单"},
		},
		Link:      func(words, no, state string) string { return words + " " + no + " (" + state + ")" },
		Found:     func(where, kind, what string) string { return where + "挂起: " + kind + " " + what },
		FlagFound: func(where, kind, what string) string { return where + "标记: " + kind + " " + what },
		Accepted: func(held int) string {
			if held == 0 {
				return "全单接受"
			}
			return "接受, " + itoa(held) + "行仍挂起"
		},
		Cleared: func(where, kind string) string { return where + "复核无异, 解除「" + kind + "」" },
		Claims: map[string]string{
			"claimed": "领取", "given_back": "交回", "lapsed": "领取到期", "taken_over": "被接手", "off": "下班",
		},
		Why:  func(what, why string) string { return listed(": ", what, why) },
		Call: func(a, again string) string { return listed(", ", "致电 "+a, again) }, Again: func(at string) string { return at + "再打" },
		Notes: map[string]string{
			"note": "备注", "handed_over": "转交", "offered": "交班", "accepted": "接下", "refused": "没接", "moved_up": "上报经理", "snoozed": "稍后", "woken": "到时, 回到队列", "verified": "数量已核实", "not_verified": "数量未核实",
			"merged": "并入", "found": "核查", "promised": "答应门店", "proposed": "提交, 等第二人签", "signed": "已签", "not_signed": "未签", "corrected": "更正后自愈", "joined": "归入同因",
		},
		To:     func(what, d string) string { return what + " > " + d },
		Record: func(what, changes, note string) string { return "写入 " + listed("; ", what, changes, note) },
		Change: func(l, what, from, to string) string { return "第" + l + "行" + what + " " + from + " > " + to },
		Drop:   func(l, what string) string { return "取消第" + l + "行" + what },
		Sum:    func(from, to string) string { return "全单 " + from + " > " + to },
	}
}
