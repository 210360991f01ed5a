package text

import (
	"fmt"

	"cleardesk/domain"
)

func trainChinese() TrainWords {
	w := TrainWords{
		Name:  "培训",
		Month: func(month string) string { return "该培训谁, " + month },
		Sums: func(needs, trained int) string {
			return fmt.Sprintf("该培训%d, 近期已培训%d", needs, trained)
		},
		Filtered: func(words string, hidden int) string {
			return fmt.Sprintf("筛选「%s」隐去%d, esc 全部显示", words, hidden)
		},
		None:    "本月没有重复出错的, 无人须培训。",
		HeadWho: "对象", HeadWrong: "下错", HeadSteps: "步长", HeadLate: "超时", HeadReopened: "重开", HeadFalse: "误报", HeadRisk: "涉及金额",
		HeadLast: "培训", HeadHelped: "见效没有",
		HeadDay: "日", HeadOrder: "订单", HeadStore: "门店", HeadKind: "类型", HeadHow: "结果", HeadShows: "说明什么",
		Topics: map[domain.TrainingTopic]string{
			domain.TopicWrongOrders: "下错订单", domain.TopicSteps: "步长不符", domain.TopicLate: "处理超时",
			domain.TopicReopened: "撤回重开", domain.TopicFalseAlarms: "误报",
		},
		Verdicts: map[domain.Verdict]string{
			domain.TooEarly: "尚早", domain.Fewer: "减少", domain.NoChange: "没变", domain.More: "增多",
		},
		Waits: "未定",
		Helped: func(verdict string, before, after, open, days int) string {
			out := fmt.Sprintf("%s: %d > %d", verdict, before, after)
			if open > 0 {
				out += fmt.Sprintf(" 未结%d", open)
			}
			if days < domain.TrainingSpan {
				out += fmt.Sprintf(", %d/%d天", days, domain.TrainingSpan)
			}
			return out
		},
		Of: func(who string, cases int) string { return fmt.Sprintf("%s, 个案%d件", who, cases) },
		Lesson: func(day, topic, by, note string) string {
			return fmt.Sprintf("%s 培训%s, %s: %s", day, topic, by, note)
		},
		Never: "还没为此培训过", Open: "未结", Nothing: "本月没有个案",
	}
	trainChineseActs(&w)
	return w
}

func trainChineseActs(w *TrainWords) {
	w.Evidence, w.MonthKeys, w.Mark, w.Record, w.Procedure = "个案", "换月", "标记", "记培训", "流程"
	w.Print = func(command string) string { return "导出CSV: " + command }
	w.ToCome = "以后的月份还没有数据。"
	w.Whom, w.Another, w.Department, w.Code, w.Topic, w.When, w.Note = "对象", "别的门店", "部门", "门店编号", "培训什么", "哪天(月-日)", "怎么培训的"
	w.Head = func(who string) string { return "记培训: " + who }
	w.HeadNew = "记培训"
	w.GoodDay = func(day string) string { return "= " + day }
	w.BadDay = "一年以内的日子, 如 11-03"
	w.Sum = func(who, topic, day, note string) string { return fmt.Sprintf("%s, %s, %s: %s", who, topic, day, note) }
	w.Before = func(n int) string { return fmt.Sprintf("本月%d次。之后比较前后各30天。", n) }
	w.Did = func(who string) string { return "已记下: " + who + "。30天后这一行会说见效没有。" }
	w.Some = func(done, failed int, why string) string {
		return fmt.Sprintf("记下%d, 未成%d: %s", done, failed, why)
	}
	w.Several = func(n int, store bool) string {
		if store {
			return fmt.Sprintf("%d家门店", n)
		}
		return fmt.Sprintf("%d个部门", n)
	}
	w.Mixed = "门店和部门培训的内容不同: 请只标记一类。"
}
