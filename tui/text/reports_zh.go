package text

import (
	"fmt"

	"cleardesk/domain"
)

func reportChinese() ReportWords {
	w := ReportWords{
		Name:    "报表",
		Tabs:    [4]string{"周报", "人员", "班次", "规则准确率"},
		Days:    func(from, to string) string { return from + "至" + to },
		Since:   func(month string) string { return month + "起" },
		Minutes: "时间以分计",
		Filtered: func(words string) string {
			return fmt.Sprintf("只算合「%s」的, esc 全部", words)
		},
		None:    "这段时间没有数据。",
		HeadDay: "日", HeadKind: "类型", HeadWho: "人员", HeadShift: "班次", HeadMonth: "月", HeadRule: "规则",
		HeadRaised: "发生", HeadOpen: "未结", HeadDecided: "已定", HeadTouch: "接手", HeadResolve: "办结", HeadNinth: "九成",
		HeadHeld: "挂起金额", HeadSaved: "挽回", HeadLost: "损失", HeadByDay: "逐日",
		HeadAmount: "金额", HeadPeople: "人数", HeadClaimed: "领取", HeadHandled: "办结", HeadMinutes: "用时", HeadHandedOn: "转出", HeadAgain: "重开",
		HeadRight: "属实", HeadUnusual: "真大单", HeadFalse: "误报", HeadMaster: "资料错", HeadQuiet: "放宽", HeadMissed: "漏判",
		HeadShare: "准确率", HeadBetween: "95%区间", HeadWhen: "时间", HeadOrder: "订单", HeadStore: "门店", HeadRisk: "涉及",
		HeadWhat: "做了什么",
		AllDays:  "全部", AllKinds: "全部类型", Everybody: "合计", AllShifts: "合计", NoShift: "班外", Door: "拒收",
		NoRule: "无规则", PastPlot: "逐月", To: "至",
		Kinds:    func(day string) string { return "类型, " + day },
		DaysOf:   func(who string) string { return "逐日, " + who },
		MonthsOf: func(rule string) string { return "逐月, " + rule },
		Behind:   func(what string, n int) string { return fmt.Sprintf("%s: %d条", what, n) },
	}
	reportChineseActs(&w)
	return w
}

func reportChineseActs(w *ReportWords) {
	w.Money = map[string]string{"saved": "挽回", "lost": "损失"}
	w.Did = map[domain.WorkDone]string{domain.WorkClaimed: "领取", domain.WorkHanded: "转出", domain.WorkHandled: "办结"}
	w.Undone = "已重开"
	w.Reasons = map[domain.CloseReason]string{
		domain.RealError: "属实", domain.UnusualRight: "真大单", domain.MasterDataBad: "资料错", domain.RuleWrong: "误报",
	}
	w.Open = "未结"
	w.Cut = func(n int) string { return fmt.Sprintf("只列最近%d条", n) }
	w.ToCome = "以后的还没有数据。"
	w.Print = func(command string) string { return "导出CSV: " + command }
	w.Behind1, w.TabKey, w.Period, w.Again = "明细", "换报表", "换周期", "重读"
	w.NoneThere = "没有明细。"
}
