package text

import (
	"strings"
)

func caseChinese() CaseWords {
	return CaseWords{
		Name: "处理", Indent: 8, Rows: 8,
		Head: caseHeadChinese(), Facts: caseFactsChinese(), Ask: caseAskChinese(), Plan: casePlanChinese(), Say: caseSayChinese(),
		Later: caseLaterChinese(), Effects: caseEffectsChinese(), Finds: caseFindsChinese(), Signs: caseSignsChinese(), Cause: caseCauseChinese(),
		Tells: caseStoryChinese(),
		Keys: CaseKeyWords{
			AllLines: "各行照此", MergeThere: "到队列里并: 停在本条, F2 8",

			Digits: "数字", Reread: "重读", Choose: "选", NoAnswer: "没接通", SameStore: "本店下条", AsSaid: "照此稍后", OtherKeys: "其他键", Back: "返回",
		},
		Help: []string{
			"问题上方是依据; 「念」一行照着问门店。数字键选答案, 选了就到下一问; tab 换问。",
			"致电: 记谁接的, 怎么说。没接通按F9: 记一次, 定时再打, 仍归您。",
			"要填的: 数可带单位, 如 48, 4箱, 1.5kg, 3斤; 金额如 44.64; 时刻如 17:00。上下键换建议。",
			"原因: 从短表中选一个; 选其他须写明。",
			"要别的部门先做的, 如采购核实, 看货, 更正: ctrl+s 转过去, 草稿留着。",
			"「将写入」就是会写入的全部。ctrl+s 先问, 再按才写。改过的行由判定复核, 无异即接受。",
			"看不领取, 第一个答案才领取; esc 返回, 草稿和领取都留着。F7 同店下一条, 电话记录带过去。",
		},
	}
}

func caseHeadChinese() CaseHeadWords {
	return CaseHeadWords{
		Title: func(kind string, more int, order, store string) string {
			if more > 0 {
				kind += "+" + itoa(more)
			}
			return listed("  ", kind, order, store)
		},
		LineHeld: func(line string, others int, accepted bool) string {
			s := "第" + line + "行挂起"
			switch {
			case others == 0:
				return s
			case accepted:
				return s + ", 其余" + itoa(others) + "行已接受"
			}
			return s + ", 其余" + itoa(others) + "行待接受"
		},
		LinesHeld: func(n, others int) string { return itoa(n) + "行挂起, 其余" + itoa(others) + "行" },
		OrderHeld: "整单挂起",
		Mine:      func(left string) string { return listed("  ", "归我", leftZh(left)) },
		Free:      func(left string) string { return listed("  ", "无人领", leftZh(left)) },
		HeldBy: func(name, age, left string) string {
			return listed("  ", name+" "+age, leftZh(left))
		},
		Closed: func(clock string) string { return "已结 " + clock }, Past: "已过",
		Contact: func(m, p string) string { return listed(" ", "店长", m, p) },
		MoreOfStore: func(n int, kind, left, money string) string {
			return "本店另有" + itoa(n) + "条: " + kind + " " + leftZh(left) + " " + money
		},
		Progress: func(at, of int) string { return itoa(at) + "/" + itoa(of) },
		Proposed: func(n string) string { return "待签 " + n + "提" },
	}
}

func leftZh(left string) string {
	if left == "" || strings.HasPrefix(left, "超") || left == "已过" {
		return left
	}
	return "剩" + left
}

func caseFactsChinese() CaseFactWords {
	return CaseFactWords{
		History: func(n int, all string) string { return "近" + itoa(n) + "次: " + all },
		Which:   func(line, name, code string) string { return "第" + line + "行 " + name + " " + code },
		Ordered: func(q string) string { return "订" + q }, Step: func(s string) string { return "步长" + s },
		Price: func(m, unit string) string { return m + "/" + unit },
		Stock: func(n, unit string) string { return "可用库存" + n + unit },
		Last: func(n, low, high, median, times string) string {
			s := "近" + n + "次" + low + "-" + high + " 中位" + median
			if times != "" {
				s += ", 本次" + times + "倍"
			}
			return s
		},
		Usual: func(usual, times string) string {
			if times == "" {
				return "平常" + usual
			}
			return "平常" + usual + ", 本次" + times + "倍"
		},
		Never:      "本店从未订过",
		Everywhere: func(m string) string { return "全部门店99.9%不到" + m },
		RestNormal: func(n int) string { return "其余" + itoa(n) + "行正常" },
		OrderOf:    func(n int, total string) string { return "本单" + itoa(n) + "行 " + total },
		UsualOrder: func(low, high string) string { return "平常每单" + low + "-" + high },
		Times:      func(times, median string) string { return "中位" + median + "的" + times + "倍" },
		Lines:      func(n int, total string) string { return "本单" + itoa(n) + "行 " + total },
		Recent:     "本店近单", Story: "经过", Held: "挂起", Cancelled: "已取消",
		LinesN: func(n int) string { return itoa(n) + "行" },
		Called: func(clock, by, outcome, said string) string {
			return clock + " " + by + " 致电: " + listed(" ", outcome, said)
		},
		Noted: func(clock, by, what, t string) string { return clock + " " + by + " " + listed(": ", what, t) },
		Notes: map[string]string{
			"note": "记", "handed_over": "转交", "offered": "交班", "accepted": "接下", "refused": "没接", "moved_up": "上报经理", "verified": "采购已核实", "not_verified": "采购未核实", "snoozed": "稍后",
			"proposed": "提请第二人签", "signed": "签了", "not_signed": "没签", "promised": "答应门店", "merged": "并入", "joined": "并来",
			"corrected": "更正了资料", "conflict": "没等处理就往下走了", "found": "查明",
		},
	}
}

func caseAskChinese() CaseAskWords {
	return CaseAskWords{
		CaseCodeWords: caseCodesChinese(),
		Line:          func(line, name string) string { return "第" + line + "行" + name },
		Of:            func(q, line string) string { return q + "#" + line },
		Seen:          func(clock string) string { return "已看 " + clock },
		Unseen:        "在上方; 答了第一问就记为已看",
		Undecided:     "先决定",
		Manager:       func(name, phone string) string { return listed(" ", "店长", name, phone) },
		ByManager:     func(name string) string { return "店长" + name },
		Summary: func(outcome, clock, who, said string) string {
			return listed(": ", listed(" ", outcome, clock, who), said)
		},
		Note: "备注", Text: "写明   ", Try: "建议   ", UpDown: "上下键换",
		Cases: func(n string) string { return "= " + n + "箱" }, Means: func(q string) string { return "= " + q },
		StepFits: "步长符合",
		StepOK:   func(s string) string { return "步长" + s + " 符合" },
		StepOff: func(s, below, above string) string {
			if below == "" {
				return "步长" + s + " 不符: 可" + above
			}
			return "步长" + s + " 不符: 可" + below + "或" + above
		},
		StockOK: "库存够", StockLow: func(left string) string { return "库存只有" + left },
		Understood: func(unit string, parts []string) string {
			return " " + listed("   ", append([]string{unit}, parts...)...)
		},
		NotTyped: "写数, 可带单位, 如 48, 4箱, 3斤", NotRead: "看不懂: 写数和单位, 如 48, 4箱, 3斤",
		SameAsWas: "和原数量一样", OutOfRange: "数量超出范围",
		Verify: "核实", Verified: "数量属实, 供得上", NotRight: "不能核实",
		HowMany: "数量   ", NoMoney: "写元, 如 44.64", NotMoney: "看不懂: 写元, 如 44.64", NotTime: "看不懂: 写时刻, 如 17:00 或 11-25 07:00", Passed: "时间不对",
		TooMuch: func(most string) string { return "至多" + most }, TooLittle: "这个限额下本单又会挂起",
		Bar:       func(c, why string) string { return c + ": " + why },
		HandsTo:   func(c, d string) string { return c + ">" + d },
		Stocked:   func(n, stock string) string { return listed(" ", n, stock) },
		NoStandIn: "没有可换的", NoItems: "没有可下的",
	}
}
