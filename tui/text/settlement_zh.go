package text

import (
	"fmt"

	"cleardesk/domain"
)

func settleChinese() SettleWords {
	w := SettleWords{
		Name:     "结算",
		Week:     func(from, to string) string { return from + "至" + to + "周, 按收货日" },
		Signed:   func(by, at string) string { return by + " " + at + "签核" },
		Unsigned: "未签核", Running: "本周未完",
		Sums: "应收为前四项之和, 差额 = 实收 - 应收",
		Filtered: func(words string, hidden int) string {
			return fmt.Sprintf("筛选「%s」隐去%d, esc 看全部", words, hidden)
		},
		HeadStore: "门店", HeadDelivered: "送货", HeadCredits: "减免", HeadCharges: "加收", HeadReturns: "退货", HeadDue: "应收",
		HeadCollected: "实收", HeadDiff: "差额", HeadOpen: "未结", HeadState: "状态", HeadDay: "日", HeadOrder: "订单",
		HeadAdjusted: "调整", HeadRecord: "记录",
		States: map[domain.SettleState]string{
			domain.SettleLook: "待看", domain.SettleSent: "在", domain.SettleOpen: "有未结单", domain.SettleRounding: "零头",
			domain.SettleAccepted: "已认可", domain.SettleMatches: "相符",
		},
		Others: func(n int) string { return fmt.Sprintf("其余%d家", n) }, Match: "相符",
		All:  func(n int) string { return fmt.Sprintf("共%d家", n) },
		None: "本周没有送货, 调整和收款。",
	}
	settleChineseFile(&w)
	settleChineseActs(&w)
	settleChineseCash(&w)
	return w
}

func settleChineseFile(w *SettleWords) {
	w.Of = func(store string, n int) string { return fmt.Sprintf("%s, 送货%d次", store, n) }
	w.Parts = func(delivered, credits, charges, returns string) string {
		return fmt.Sprintf("送货%s, 减免%s, 加收%s, 退货%s", delivered, credits, charges, returns)
	}
	w.Refused = func(amount string) string { return "当面拒收, " + amount }
	w.Taken = func(order string) string { return order + "单的货款" }
	w.Carried = func(week string) string { return week + "周结转" }
	w.Wrote = func(kind, outcome, when, by string) string { return kind + ": " + outcome + " " + when + ", " + by }
	w.Back = func(kind, when, by string) string { return kind + ": 撤回 " + when + ", " + by }
	w.Open = func(kind, risk string) string { return "未结: " + kind + ", 涉及" + risk }
	w.Sent = func(dept, note, by string) string { return "转" + dept + ": " + note + " (" + by + ")" }
	w.Returned = func(dept, note, by string) string { return dept + "退回: " + note + " (" + by + ")" }
	w.Accepted = func(note, by string) string { return "认可: " + note + " (" + by + ")" }
	w.Nothing = "没有相关记录。"
	w.TheWeek = "全周"
	w.Proven = func(n int, credits, charges, returns string) string {
		return fmt.Sprintf("个案记录%d条: 减免%s, 加收%s, 退货%s: 与上列合计相同", n, credits, charges, returns)
	}
	w.Unproven = func(credits, charges, returns string) string {
		return fmt.Sprintf("!个案记录为减免%s, 加收%s, 退货%s: 与上列合计不同, 请勿签核", credits, charges, returns)
	}
	w.OpenCases = func(n int, risk, rounding, rounded string) string {
		return fmt.Sprintf("未结%d件, %s: 定案时结算   每次送货%s以内作零头: %s", n, risk, rounding, rounded)
	}
	w.Differences = func(look int, lookSum string, sent int, sentSum string, refused int, refusedSum string) string {
		return fmt.Sprintf("待看%d家(%s), 在各部门%d家(%s)   当面拒收%d单, %s", look, lookSum, sent, sentSum, refused, refusedSum)
	}
	w.Ready = "可以签核。未了的逐项结转。签核后只能冲正。"
	w.NotReady = func(n int) string { return fmt.Sprintf("还不能签核: 待看%d家。未了的逐项结转。", n) }
	w.NotOver = "本周还没完: 下周一起可以签核。"
	w.WasSigned = "已签核。之后收到的算在以后的周。"
}

func settleChineseActs(w *SettleWords) {
	w.Records, w.Mark, w.SendBack, w.WeekKeys, w.SignKey, w.AcceptKey, w.ReturnKey = "记录", "标记", "退部门", "换周", "签核", "照此认可", "退回会计"
	w.Print = "打印: cleardesk report settlement 打印本周。"
	w.Stores = "家门店"
	w.SendHead = func(stores string) string { return stores + "的差额转哪个部门" }
	w.ReturnHead = func(store, dept string) string { return store + "的差额由" + dept + "退回会计" }
	w.AcceptHead = func(store, diff string) string { return "照此认可" + store + "的差额" + diff }
	w.SignHead = func(week string) string { return "签核" + week + "周" }
	w.ToDept, w.Note, w.Found, w.Why = "转给", "要查什么", "查到什么", "理由"
	w.SendSum = func(dept, diff, note string) string { return "转" + dept + ", " + diff + ": " + note }
	w.ReturnSum = func(note string) string { return "查到: " + note }
	w.AcceptSum = func(diff, note string) string { return diff + "不再追: " + note }
	w.SignSum = func(due, collected, diff string, open, sent int) string {
		return fmt.Sprintf("应收%s, 实收%s, 差额%s。结转: 未结%d件, 差额%d家。之后只能冲正。", due, collected, diff, open, sent)
	}
	w.DidSend = func(what string) string { return what + "已转出, 在那边成为待办。" }
	w.DidReturn = func(what string) string { return what + "已退回会计。" }
	w.DidAccept = func(what string) string { return what + "的差额已认可。" }
	w.DidSign = func(what string) string { return what + "周已签核。" }
	w.Some = func(done, failed int, why string) string {
		return fmt.Sprintf("转出%d, 未成%d: %s", done, failed, why)
	}
	w.NoDifference = "没有差额可转。"
	w.NotMine = "它不在你的部门。"
	w.MineToo = "你写过其中的调整: 差额须由别人认可。"
}

func settleChineseCash(w *SettleWords) {
	w.CashKey, w.Cash, w.CashWhen = "记收款", "收款, 记错的用负数冲", "收于"
	w.CashOrderFirst = "先移到收款所属的那次送货。"
	w.CashHead = func(order, due, taken string) string { return order + "的收款: 应收" + due + ", 已记" + taken }
	w.CashReads = func(diff string) string { return "记后差额" + diff }
	w.CashAt = func(day string) []string { return []string{"送货时, " + day, "今天"} }
	w.CashSum = func(amount, order, when, diff string) string {
		return order + " " + amount + ", " + when + ": 记后差额" + diff
	}
	w.DidCash = func(amount, order string) string { return order + "的收款" + amount + "已记。" }
}
