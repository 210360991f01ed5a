package text

import "cleardesk/domain"

func correctChinese() CorrectWords {
	w := CorrectWords{
		Name: "更正",
		Sold: func(weighed bool, unit string) string {
			if weighed {
				return "按重量 " + unit
			}
			return "按" + unit
		},
		Price: func(a, u string) string { return listed("/", a, u) }, Supplier: func(n string) string { return "供应商 " + n },
		Open:   func(c, s int) string { return "未结" + itoa(c) + "条, " + itoa(s) + "店" },
		NoStep: "没有步长", StepIs: func(s string) string { return "步长" + s },
		Since:        func(when, by, old string) string { return " 自" + when + ", " + by + "; 此前" + old },
		Imported:     func(s string) string { return "平台目录现为" + s },
		NotCountedAt: "盘点时间看不懂: 写已过的时刻, 如 13:05, 1305, 11-22 17:00",

		AskStep: "步长", AskStock: "库存", AskCount: "实盘", AskTime: "盘点时间", AskStatus: "上架", AskReason: "原因", AskNote: "备注",
		AskList: "列不列", AskTell: "告不告知", AskRows: "各店",
		Now: func(v string) string { return "现 " + v }, To: "改为", Counted: "实盘", OnlyDelta: "只记差额, 其间出入不丢",
		NotNought: "须大于零",
		Reasons: map[domain.CorrectionReason]string{
			domain.WrongEntry: "录入错", domain.WrongImport: "导入错", domain.NewPack: "换包装", domain.SupplierChange: "供应商改",
			domain.OtherReason: "其他",
		},
		HeadStore: "门店", HeadOrder: "单号", HeadOrdered: "订量", HeadResult: "结果", HeadHolder: "经办",
		HeadWas: func(s string) string { return "步长" + s + "时" }, HeadIs: func(s string) string { return "步长" + s + "时" },
	}
	correctFactsChinese(&w)
	correctDoesChinese(&w)
	return w
}

func correctFactsChinese(w *CorrectWords) {
	w.StepFacts = func(n string) string { return "依据: 近90天 " + n + "行" }
	w.StockFacts, w.ListingFacts = "依据: 库存出入", "依据: 今天被拒的"
	w.Share = func(s, n, share string) string { return s + "的倍数 " + n + "行 " + share }
	w.CountFacts = func(when, then, delta, stock string) string {
		return when + "账上" + then + ": " + delta + ", 现为" + stock
	}
	w.Reserved = func(q string) string { return "已接受订单占用" + q }
	w.Attempts = func(n int) string { return "今天被拒" + itoa(n) + "次" }
	w.NoFacts = "近90天没有订过"
	w.Moves = map[string]string{"told": "平台告知", "counted": "盘点", "shipped": "发车", "restocked": "退回入库", "reversed": "撤回"}
	w.LastMove = func(when, why, delta, stock string) string {
		return "最近: " + when + " " + why + " " + delta + ", 余" + stock
	}
	w.LastMade = func(when, by, old, now, why string) string {
		return "上次更正: " + when + " " + by + ", " + old + " > " + now + ", " + why
	}
	w.NeverMade = "此前没有更正过"
	w.Clears = func(c, told, s, r int) string {
		on := ""
		if told > 0 {
			on = ", 转告" + itoa(told)
		}
		return "写入后: 清" + itoa(c) + on + ", 留" + itoa(s) + ", 新起" + itoa(r)
	}
	w.Nothing = func(n int) string { return "未结" + itoa(n) + "条; 填了新值才知道清哪些" }
	w.NoRows = "没有与此相关的未结"
	w.Exact = func(n string) string { return "正好" + n + "倍" }
	w.ClearsLine, w.ClearsAttempt = "清, 本行接受", "清, 可再下单"
	w.ClearsOff = func(s string) string { return "清, 商品" + s }
	w.ClearsTold = func(d string) string { return "转" + d + "告知可再下" }
	w.ClearsBut = func(line int, kind string) string {
		if line == 0 {
			return "清; 整单仍挂起: " + kind
		}
		return "清; 第" + itoa(line) + "行仍挂起: " + kind
	}
	w.NotEnough = "不够"
	w.Times = func(n string) string { return n + "倍" }
	w.StaysMoves = func(why, d string) string { return "留: " + why + ", 转" + d }
	w.Stays = func(why string) string { return "留: " + why }
}

func correctDoesChinese(w *CorrectWords) {
	w.Beside = "也受牵连, 不自动改"
	w.Accepted = func(s string, n int) string {
		return "今天按" + s + "已接受" + itoa(n) + "单: 列给客服核对"
	}
	w.List, w.DontList, w.NoneAccepted = "列", "不列", "没有受牵连的已接受订单"
	w.Refused = func(n, stores int, span string) string {
		return "被拒下单" + itoa(n) + "次 (" + listed(", ", itoa(stores)+"店", span) + "): 告知可再下"
	}
	w.Tell, w.DontTell, w.NoneRefused = "告知", "不告知", "没有受牵连的被拒下单"
	w.Platform = func(s string) string { return "平台目录: 上次导入为" + s + ", 平台那边也要改" }
	w.PlatformHas = func(s string) string { return "平台目录: 上次导入为" + s }
	w.NoPlatform = "平台目录没有说到这个"
	w.Unconfirmed = "已更正并发出, 待平台确认"
	w.Missing = func(l string) string { return "还缺: " + l }
	w.Ready = "都齐了: ctrl+s 先给出此表, 再按一次才写入"
	w.ReadOnly = func(why string) string { return "只看: 写入" + why }
	w.WillTell = func(n string) string { return n + "手上的会告知。" }
	w.WriteStep = func(old, now, does string) string { return "步长 " + old + " > " + now + "; " + does }
	w.WriteStock = func(q, delta, does string) string { return "实盘" + q + ", " + delta + "; " + does }
	w.WriteStatus = func(s, does string) string { return "上架: " + s + "; " + does }
	w.Fewer = "!店里实际订的, 合这个步长的比现在的还少。 确定?"
	w.Changed = "期间有变: 再看一遍"
	w.Unknown = "没有答复, 不知是否已写入。 再按 ctrl+s 无妨, 只写一次"
	w.Done = func(c, l, listed, told int) string {
		s := "已更正: 清" + itoa(c) + ", 留" + itoa(l)
		if listed > 0 {
			s += ", 列" + itoa(listed) + "单待核对"
		}
		if told > 0 {
			s += ", 待告知" + itoa(told) + "店"
		}
		return s
	}
	w.LeaveAgain = "再按 esc 离开; 填的不留"
	w.WriteWord, w.NextWord, w.OpenWord, w.MoreWord = "写入", "下一栏", "打开所指", "其余"
	w.Exchange = EverywhereWords{
		Name: "全部门店调换", Head: func(p string) string { return p + ": 收过货的门店都调换" },
		From: "下单自", To: "到",
		Sum: func(p, from, to, why, text string) string {
			return p + ", " + from + "到" + to + "的订单, " + why + ": " + text + "。 收过货的每店各起一条调换。"
		},
		Done: func(stores, orders int) string {
			return "已发起调换: " + itoa(stores) + "店, " + itoa(orders) + "单"
		},
	}
}
