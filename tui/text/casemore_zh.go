package text

import "cleardesk/domain"

func caseEffectsChinese() CaseEffectWords {
	return CaseEffectWords{
		Settle: "结算", Order: "另开", Stock: "库存", Delivery: "送货", Limit: "限额", Return: "退货", Catalogue: "更正", Sign: "签字",
		Adjust: map[string]func(name string) string{
			"credit": func(n string) string { return "退差价 " + n }, "charge": func(n string) string { return "补收 " + n },
			"return": func(n string) string { return "退货款 " + n },
		},
		Wasted: "不回库",
		Made: map[domain.Link]func(items string) string{
			domain.Supplement: func(s string) string { return "补单, 不收钱, 即接受: " + s },
			domain.Reorder:    func(s string) string { return "补下单, 照常判定: " + s },
		},
		Item:  func(n, q string) string { return n + q },
		Items: func(n int) string { return "共" + itoa(n) + "行" },
		Back:  func(n, q string) string { return n + " 回库" + q }, Taken: func(n, q string) string { return n + " 出库" + q },
		Opens:   func(n, q string) string { return "另开一条退货: " + n + q },
		Planned: func(w string) string { return "改约 " + w + ", 告知门店" }, Delivered: func(w string) string { return "记为 " + w + " 送达" },
		Came: func(w string) string { return "记为 " + w + " 已到" },
		Anew: func(changed string, same int) string {
			if changed == "" {
				return "照原单重下" + itoa(same) + "行, 照常判定"
			}
			if same == 0 {
				return "重下, 照常判定: " + changed
			}
			return "重下, 照常判定: " + changed + "; " + itoa(same) + "行照旧"
		},
		Late:        func(s string) string { return "本单已配货, 另成补单, 照价收: " + s },
		MoreChanged: func(n int) string { return "另" + itoa(n) + "行有变" },
		LimitTo:     func(b, a string) string { return "货到付款限额 " + listed(" > ", b, a) },
		Instead:     func(n, q string) string { return "换成 " + n + " " + q },
		Nothing:     "订单, 结算, 库存都不变",
		Correct:     func(what string) string { return what + ": ctrl+s 到更正屏, 更正后治好的自行结案" },
		Corrections: map[domain.CorrectionKind]string{
			domain.CorrectStep: "更正步长", domain.CorrectStock: "更正库存", domain.CorrectListing: "更正上架",
		},
		Second: func(stake, d string) string { return stake + "要第二人签: 先到" + d + ", 签了才写入" },
		HandTo: map[domain.HandWhy]func(lines, d string) string{
			domain.HandVerify: func(l, d string) string {
				return "现在不写: 先转" + d + "核实第" + l + "行数量, 草稿留着"
			},
			domain.HandFind:    func(_, d string) string { return "现在不写: 先转" + d + "看货, 问供应商, 草稿留着" },
			domain.HandCorrect: func(_, d string) string { return "现在不写: 转" + d + "更正商品资料, 草稿留着" },
			domain.HandAct:     func(_, d string) string { return "现在不写: 这一步由" + d + "写, 草稿留着" },
		},
		HandNote: map[domain.HandWhy]func(string) string{
			domain.HandVerify:  func(l string) string { return "请核实第" + l + "行数量" },
			domain.HandFind:    func(string) string { return "请看货, 问供应商" },
			domain.HandCorrect: func(s string) string { return "请" + s },
			domain.HandAct:     func(s string) string { return "请办: " + s },
		},
		Hands: map[domain.HandWhy]func(string) string{
			domain.HandVerify:  func(d string) string { return "先转" + d + "核实" },
			domain.HandFind:    func(d string) string { return "先转" + d + "看货, 问供应商" },
			domain.HandCorrect: func(d string) string { return "转" + d + "更正" },
			domain.HandAct:     func(d string) string { return "转" + d + "办" },
		},
		Money: map[string]func(string) string{
			"credit": func(a string) string { return "退差价" + a }, "charge": func(a string) string { return "补收" + a },
			"return": func(a string) string { return "退货款" + a },
		},
		Supplied: "补单", Ordered: "补下单", Again: "重下", ToPlan: func(w string) string { return "改约" + w },
		Proposed: func(o, d string) string { return o + " 已到" + d + "等签, 签了才写入" },
		Opening:  "到更正屏",
	}
}

func caseFindsChinese() CaseFindWords {
	return CaseFindWords{
		Ask: map[domain.FindingKind]string{domain.FindGoods: "看货", domain.FindSupplier: "供应商", domain.FindStock: "查库存"},
		Answers: map[domain.FindingKind]map[domain.FindingAnswer]string{
			domain.FindGoods:    {domain.FoundYes: "属实", domain.FoundPart: "部分属实", domain.FoundNo: "不属实"},
			domain.FindSupplier: {domain.FoundYes: "同意退", domain.FoundPart: "同意一部分", domain.FoundNo: "拒绝", domain.FoundAsked: "已问, 等答复"},
			domain.FindStock:    {domain.FoundYes: "有货", domain.FoundPart: "有一部分", domain.FoundNo: "确实没有"},
		},
		Told:    func(what, answer string) string { return what + ": " + answer },
		By:      func(n, w string) string { return n + " " + w },
		Part:    func(q string) string { return q },
		Until:   func(w string) string { return w + "前答复" },
		HowMany: "多少   ", Due: "答复于 ", NotTime: "看不懂: 写时刻, 如 17:00, 1700, 11-25 17:00", NotMore: "比要退的多",
		Stays: "留在采购, 接着问供应商", BackTo: func(d string) string { return "交回" + d },
		Recorded: func(o string) string { return o + " 已记下" },
		Fix:      "系统有误, 更正",
		Note:     "请写明",
	}
}

func caseSignsChinese() CaseSignWords {
	return CaseSignWords{
		Ask: "签字", Yes: "同意, 照此写入", No: "不同意, 退回客服",
		By:    func(n, w, stake string) string { return n + " " + w + " 提出, 涉" + stake },
		Waits: func(n, w string) string { return n + " " + w + " 提出, 等第二人签; 提出的人不能自己签" },
		Asked: func(n string) string { return n + "提" }, NoteFirst: "不同意须写明",
		Signed: func(o string) string { return o + " 已签, 已写入" }, Refused: func(o, d string) string { return o + " 未签, 已退" + d },
		WillSign: func(what string) string { return "签了即写入: " + what }, WillRefuse: "不签, 退回客服重办",
		Needs: "要经理或另一位客服来签", Stale: "提出后又有变化, 只能不签, 退回重办",
		Was: map[bool]func(n, w, note string) string{
			true: func(n, w, note string) string { return w + " " + n + " " + listed(": ", "签了", note) }, false: func(n, w, note string) string { return w + " " + n + " " + listed(": ", "没签", note) },
		},
	}
}

func caseCauseChinese() CaseCauseWords {
	return CaseCauseWords{
		Title:   func(what string) string { return "同因: " + what },
		Members: func(open, all int) string { return "同一原因" + itoa(all) + "条, 未结" + itoa(open) + "条" },
		Each:    "各店的记录各写各的; 更正原因后, 治好的自行结案",
		Keys:    "打开所指", Free: "无人领", Closed: "已结", Empty: "没有成员",
		Claims: "F6 领取其中无人领的", Correct: "F2 4 更正商品",
	}
}

func caseStoryChinese() CaseStoryWords {
	return CaseStoryWords{
		Events: map[domain.EventKind]string{
			domain.EventAttempt: "下单被拒", domain.EventChange: "要改单", domain.EventStage: "进度", domain.EventReceipt: "收货", domain.EventExchange: "要换货",
			domain.EventReturn: "要退货", domain.EventWrongOrder: "报下错", domain.EventCollection: "收现",
		},
		Promise: func(w, what, due, by string) string {
			return w + " " + by + " 答应门店: " + what + ", " + due
		},
		Kept:   "已办到",
		Adjust: map[string]string{"credit": "退差价", "charge": "补收", "return": "退货款"},
		Plan:   func(w, due, route, by string) string { return listed(" ", w, by, "排定送货", due, route) },
		Merged: func(id int) string { return "已并入第" + itoa(id) + "条" },
		Finding: func(w, by, what, answer string) string {
			return w + " " + by + " " + what + ": " + answer
		},
		Cash: func(a string) string { return "现款" + a }, Line: func(n, q string) string { return n + q },
	}
}
