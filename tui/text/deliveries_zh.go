package text

import (
	"fmt"
	"strings"

	"cleardesk/domain"
)

func deliverChinese() DeliverWords {
	w := DeliverWords{
		Name:     "配送",
		Title:    func(day string) string { return "每日漏单核对 " + day },
		Proof:    "平台报来的 = 本台各处之和",
		Part:     func(n int) string { return fmt.Sprintf("tab 晚点%d", n) },
		State:    func(by, at string) string { return by + " " + at + "签" },
		Unsigned: "未签", SignedHow: "已签",
		HeadOrders: "单数", HeadAmount: "金额",
		Platform: func(at string) string {
			if at == "" {
				return "平台报"
			}
			return "平台报 (" + at + ")"
		},
		PlatformNone: "平台没报数", FromTotals: "来源: 平台日终数", FromNumbers: "没有日终数: 只按号段断号查",
		Here: "本台收到", Same: "与平台一致",
		More:  func(n int, amount string) string { return fmt.Sprintf("差 %d单 %s: 见下", n, amount) },
		Less:  func(n int, amount string) string { return fmt.Sprintf("比平台多 %d单 %s", n, amount) },
		Later: func(n int, at string) string { return fmt.Sprintf("其中%s后 %d单", at, n) },
		Made:  "本台另开 (补单, 重下)", Changed: "下单后改动",
		Lines: map[domain.DayLine]string{
			domain.DayScheduled: "已接受, 已排车", domain.DayUnscheduled: "已接受, 未排车", domain.DayPast: "仍挂起, 已过拣货",
			domain.DayHeld: "仍挂起, 还来得及", domain.DayJudging: "判定中", domain.DayCancelled: "已取消", domain.DayRefused: "当面拒收",
		},
		Past: func(clock string) string { return "仍挂起, 已过" + clock + "拣货" },
		Notes: map[domain.DayLine]string{
			domain.DayUnscheduled: "漏排: 见下", domain.DayJudging: "刚到, 还没判", domain.DayRefused: "已送到, 门店没收",
		},
		PastNote:  func(with string) string { return listed("; 在", "今天送不到, 除非补车", with) },
		HeldNote:  func(clock string) string { return "拣货到 " + clock },
		Reordered: func(n int) string { return fmt.Sprintf("其中重下 %d", n) },
		Shown:     func(from, to, of int) string { return fmt.Sprintf("%d-%d / %d", from, to, of) },
		Unproven:  "!各处之和与收到的不符: 请勿签, 报系统",
		ToHandle:  func(n int) string { return fmt.Sprintf("要处理 %d", n) },
		HeadWhat:  "什么", HeadOrder: "单号", HeadStore: "门店", HeadSum: "金额", HeadLatest: "最晚", HeadClue: "线索",
		Whats:    map[domain.RowWhat]string{domain.RowMissing: "缺单", domain.RowUnscheduled: "未排", domain.RowPast: "过拣货"},
		NoNumber: func(n int) string { return fmt.Sprintf("不知单号%d单", n) },
		Nothing:  "没有要处理的。",
		Picked:   func(clock string) string { return clock + "拣货" },
		Over:     func(clock string) string { return "已过" + clock },
	}
	deliverChineseClues(&w)
	deliverChineseActs(&w)
	return w
}

func deliverChineseClues(w *DeliverWords) {
	w.Gap = func(after, before string) string {
		return "平台有, 本台无; 号段" + after + "与" + before + "之间断"
	}
	w.OnlyCount = "平台数比本台多, 单号不明"
	w.Refused = func(why, about string) string { return "导入时被拒: " + listed(" ", why, about) }
	w.Reasons = map[string]string{
		"mixed_store": "同号两店", "mixed_time": "同号两个时间", "bad_line": "有行读不出", "line_numbers": "行号重复", "other_store": "号属别店",
		"other_content": "内容不同", "too_large": "金额过大", "unknown_store": "门店不识", "unknown_product": "商品不识",
	}
	w.AcceptedAt = func(when string) string { return when + "接受" }
	w.ReleasedAt = func(when string) string { return when + "由挂起放行" }
	w.HeldFor = func(kind, who string) string { return listed(", ", "挂起: "+kind, who) }
	w.Tried = func(n int) string { return fmt.Sprintf("门店未接通%d次", n) }
	w.NotJudged = "还没判定"
	w.Goes = map[domain.Goes]string{
		domain.GoesRound: "已排车", domain.GoesVan: "补车", domain.GoesTomorrow: "改日送", domain.GoesCancel: "请客服取消", domain.GoesHanded: "转交",
		domain.GoesFound: "找到了", domain.GoesNever: "本无此单", domain.GoesResent: "平台补送",
	}
	w.GoesTo = func(dept string) string { return "转" + dept }
	w.Said = func(goes, note, by, when string) string {
		return listed(": ", goes, note) + " (" + by + " " + when + ")"
	}
	w.Silent = func(day string) string { return "今天没下单, 平常" + day + "都下" }
	w.SilentNone = "平常这天下单的店都下了"
	w.Stores = func(n int) string { return fmt.Sprintf("%d店: ", n) }
	w.Usually = func(store string, times int, usual string) string {
		return fmt.Sprintf("%s (近8次下%d次, 常%s)", store, times, usual)
	}
	w.Called = func(when, said string) string { return " " + when + "致电: " + said }
	w.NoAnswer, w.Reached = "未接通", "接通"
	w.Before = "上几天"
	w.SignedBy = func(day, at, by string, n int) string { return fmt.Sprintf("%s 已签 %s %s, 漏%d", day, at, by, n) }
	w.NotSigned = func(day string) string { return day + " 未签!" }
	w.LateTitle = func(late, soon int) string { return fmt.Sprintf("晚点%d, 快晚%d", late, soon) }
	w.HeadStage, w.HeadDue, w.HeadPlan = "等", "应在", "还有"
	w.LateNone = "没有晚点的, 也没有快晚的。"
	w.PlanAt = func(when, route string) string { return listed(" 线路", "排在"+when, route) }
	w.PromisedAt = func(when string) string { return "答应门店" + when }
	w.CaseWith = func(dept, holder string) string { return listed(" ", "个案在"+dept, holder) }
	w.Ready = "逐条有去处了: ctrl+s 签今天。"
	w.NotYet = "还没截单: 截单后才能签。"
	w.WasSigned = "已签。之后来的看晚点。"
	w.NotReady = func(parts []string) string {
		return "签前须逐条有去处: " + strings.Join(parts, " ") + "。 + 排车, 补车; F9 改日送; ctrl+o 取消, 转交"
	}
	w.Left = func(what string, n int) string { return fmt.Sprintf("%s%d", what, n) }
	w.Filtered = func(words string, hidden int) string {
		return fmt.Sprintf("筛选「%s」隐去%d, esc 看全部", words, hidden)
	}
}

func deliverChineseActs(w *DeliverWords) {
	w.OpenKey, w.AnswerKey, w.PlanKey, w.LaterKey, w.PassKey = "打开", "查得如何", "排车", "改日送", "转交"
	w.SignKey, w.DayKeys, w.PartKey, w.CancelKey, w.MarkKey = "签这天", "换天", "晚点", "请客服取消", "选"
	w.PlanHead = func(of string) string { return of + " 排车" }
	w.LaterHead = func(of string) string { return of + " 改日送, 要告知门店" }
	w.PassHead = func(of string) string { return of + " 转交" }
	w.CancelHead = func(of string) string { return of + " 请客服取消" }
	w.FoundHead = func(of string) string { return of + " 查得如何" }
	w.Way, w.When, w.Told, w.Note, w.To, w.Answer = "怎么送", "几时到店", "告知门店了什么", "说明", "给谁", "结果"
	w.Ways = map[domain.Goes]string{domain.GoesRound: "随线路", domain.GoesVan: "补车"}
	w.ToCancel = "客服, 请取消"
	w.PlanSum = func(way, when, note string) string {
		return listed(": ", way+" "+when+"到店, 记为对门店的答复", note)
	}
	w.GoesSum = func(goes, note string) string { return listed(": ", goes, note) }
	w.Many = func(n int, amount string) string { return fmt.Sprintf("所选%d条 %s", n, amount) }
	w.Done = func(of, goes string) string { return of + " " + goes }
	w.SignHead = func(day string) string { return "签 " + day + " 的漏单核对" }
	w.SignSum = func(n int, amount string, missed int) string {
		return fmt.Sprintf("收到%d单 %s, 逐条有去处, 漏%d。签后不改。", n, amount, missed)
	}
	w.Signed = func(day string) string { return day + " 已签。" }
	w.OnlyLogistics = "排车要物流。"
	w.CannotPlan = "单还没到本台: 按 enter 说查得如何"
	w.NotThere = "这条没有订单可开。"
	w.HeldStill = "还挂起: 只能补车, 改日送, 取消或转交"
	w.ResultsTitle = func(done, failed int) string { return fmt.Sprintf("办成%d, 未成%d", done, failed) }
	w.ResultsKeys = "上下键滚动   esc 返回"
	w.ResultDone = "办成"
	w.NoFuture = "那天还没到。"
}
