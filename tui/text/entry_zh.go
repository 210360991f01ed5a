package text

import "cleardesk/domain"

func entryChinese() EntryWords {
	w := EntryWords{
		Name: "记来报", Title: func(what string) string { return "记来报: " + what }, Says: "店里说:",
		Shorts:  [9]string{"改单", "下错", "短重", "超重", "退货", "换货", "订不了", "问到货", "其他"},
		Longs:   [9]string{"改单", "下错单", "短重", "超重", "退货", "换货", "订不了", "问到货", "其他"},
		AskWhat: "何事", AskOrder: "哪一单", AskProduct: "商品", AskPick: "哪一个", AskLines: "哪几行", AskStep: "见步长", AskWhy: "原因",
		AskSlip: "过磅单", AskWho: "来电人", AskName: "姓名", AskCase: "哪一条", AskDue: "答应", AskNote: "备注",
		Whys: map[domain.WhyTold]string{
			domain.ToldStep: "步长", domain.ToldStock: "库存", domain.ToldStatus: "未上架", domain.ToldPrice: "价格",
			domain.ToldWindow: "不在下单时段", domain.ToldDamaged: "破损", domain.ToldExpiry: "临期",
			domain.ToldWrong: "商品不对", domain.ToldQuality: "质量", domain.ToldTooMany: "多了", domain.ToldTwice: "重复下单",
			domain.ToldDigit: "多打一位", domain.ToldCancel: "不要了", domain.ToldOther: "其他: 写备注",
		},
	}
	w.Rang = func(c string) string { return "来电 " + c }
	w.NoOrder, w.BlockedHint = "还没选订单", "哪个商品, 订多少, 店里屏幕怎么说"
	w.LinesOf = func(n int) string { return itoa(n) + "行" }
	w.NoOrders, w.NoProducts = "这家店没有订单", "在上面输入名称或编码"
	w.NoCase = "这一单没有未结的异常, 无处可记"
	w.NotYet, w.Whole = "未选", "整单"
	w.Lines = func(n int) string { return itoa(n) + "行" }
	w.LineNo = func(n int) string { return "第" + itoa(n) + "行" }
	w.Tried, w.Unsaid = "想订", "?"
	w.Ordered = func(q string) string { return "订" + q }
	w.Difference = func(q string, short bool) string {
		if short {
			return "少" + q
		}
		return "多" + q
	}
	w.Units = "kg, g, 斤, 两"
	w.Troubles = func(n int) string {
		return [5]string{"", "看不懂", "比订的还多", "与所订相同", "要几点几分: 17:00"}[min(max(n, 0), 4)]
	}
	w.FindHint, w.DueHint = "名称或编码", "几点几分, 17:00"
	entryWrittenChinese(&w)
	return w
}

func entryWrittenChinese(w *EntryWords) {
	w.WillWrite = "将写入"
	w.NoteOn = func(o, k string) string { return "在 " + o + " " + k + " 上记一笔" }
	w.MoreLines = func(n int) string { return "另" + itoa(n) + "行" }
	w.By = func(who, c string) string { return who + " " + c + "来电" }
	w.Becomes = "判定后成为异常"
	w.WholeOrder = func(o string) string { return o + " 整单" }
	w.Received = func(o, l, was, got string) string { return o + " " + l + " 订" + was + " 收" + got }
	w.OfLine = func(o, l, q, was string) string { return o + " " + l + " " + q + ", 订" + was }
	w.Instead = func(o, l, was, q string) string { return o + " " + l + " " + was + " > " + q }
	w.Stands = func(s string) string { return "现在" + s }
	w.AcceptedAt = func(at string) string { return at + "接受" }
	w.NoVan = "还没有排车"
	w.Van = func(route, at string) string { return listed(", ", at+"装车", route) }
	w.OpenCase = func(k, d, why string) string { return k + " 在" + d + ": " + why }
	w.Planned = func(at, route string) string { return listed(", ", "计划"+at+"送到", route) }
	w.Reached = func(s, at string) string { return at + s }
	w.Missing = func(l string) string { return "还缺: " + l }
	w.Ready = "都齐了: ctrl+s 写入"
	w.AskWrite = func(what string) string { return "记下: " + what }
	w.Writing, w.Unknown = "正在写入...", "没有答复, 不知是否已记下。 再按 ctrl+s 无妨, 只记一次"
	w.Recorded = func(what string) string { return "已记下: " + what + "; 判定后即成异常" }
	w.Promised, w.Noted = "答应的已记下, 到时在队列里提醒", "已记在异常上"
	w.LeaveAgain = "再按 esc 离开; 填的不留"
	w.WriteWord, w.NextWord, w.LinesWord, w.GoOnWord = "写入", "下一问", "选行", "往下"
}
