package text

import "cleardesk/domain"

// ReturnsWords are the words of the list of returns.
type ReturnsWords struct {
	Name     string
	Stages   map[domain.ReturnStage]string // at most 9 cells
	Open     string                        // all that is not done
	Count    func(stage string, n int) string
	Orders   map[domain.ReturnOrder]string
	OrderAct map[domain.ReturnOrder]string // what turning to it is called
	Filtered func(words string, hidden int) string
	Fresh    func(n int) string // rows that are kept back

	HeadStage, HeadLeft, HeadStore, HeadProduct, HeadParts, HeadAsked, HeadSeen, HeadTakes, HeadMoney, HeadWho, HeadSupplier, HeadOrder string
	NoSupplier, None, NoneHere                                                                                                          string
	Late                                                                                                                                func(n int) string
	Waits                                                                                                                               func(n int, dept string) string

	Asked     func(asked, of, why, said, when string) string
	Goods     func(answer, by, when, note string) string
	GoodsWait string
	Query     func(supplier, until, by, note string) string
	QueryLate func(supplier, until, by, note string) string
	QueryWait func(supplier string) string
	Answer    func(supplier, answer, by, when, note string) string
	Next      map[domain.ReturnStage]string // what comes next
	Told      string                        // what comes next where nothing goes back
	Hand      string                        // what comes next where it does not lie with procurement yet
	With      func(next, dept, holder string) string
	Ended     func(outcome, back, paid, by, when string) string
	Rest      func(outcome, by, when string) string
	Answers   map[domain.FindingAnswer]string // of the goods
	Takes     map[domain.FindingAnswer]string // of the supplier
	Part      func(answer, quantity string) string

	Whats                    map[domain.FindingKind]string // what can be recorded; a supplier's is its answer
	AskAct                   string
	Record, Case, Mark, Tabs string // in the key line
	What, Found, HowMany     string
	Until, Note, Reason      string
	Less                     func(most string) string
	Of                       func(n int) string
	Head                     func(what, of string) string
	Sum                      func(of, what, answer, more, note string) string
	Did                      func(what, of string) string
	Some                     func(done, failed int, why string) string
	Bars                     map[domain.FindingBar]string
}

func returnsEnglish() ReturnsWords {
	w := ReturnsWords{
		Name: "Returns",
		Stages: map[domain.ReturnStage]string{
			domain.ReturnRequested: "to check", domain.ReturnVerified: "to ask", domain.ReturnAsked: "asked", domain.ReturnAnswered: "answered",
			domain.ReturnDone: "done",
		},
		Open:     "open",
		Count:    func(stage string, n int) string { return stage + " " + itoa(n) },
		Orders:   map[domain.ReturnOrder]string{domain.ReturnsByStage: "by stage", domain.ReturnsBySupplier: "by supplier"},
		OrderAct: map[domain.ReturnOrder]string{domain.ReturnsByStage: "order by stage", domain.ReturnsBySupplier: "order by supplier"},
		Filtered: func(words string, hidden int) string {
			return "filter \"" + words + "\" hides " + itoa(hidden) + ", esc shows all"
		},
		Fresh: func(n int) string { return itoa(n) + " new: F5 lets them in" },

		HeadStage: "STAGE", HeadLeft: "LEFT", HeadStore: "STORE", HeadProduct: "PRODUCT", HeadParts: "ASKED/SEEN/TAKEN", HeadAsked: "ASKED",
		HeadSeen: "SEEN", HeadTakes: "TAKEN", HeadMoney: "MONEY", HeadWho: "WHO", HeadSupplier: "SUPPLIER", HeadOrder: "ORDER",
		NoSupplier: "no supplier", None: "No store wants anything taken back.", NoneHere: "None of these.",
		Late: func(n int) string { return "!" + count(n, "supplier", "suppliers") + " past the time to answer: ring" },
		Waits: func(n int, dept string) string {
			return count(n, "return", "returns") + " with " + dept
		},

		Asked: func(asked, of, why, said, when string) string {
			return "asked " + when + ": " + listed(", ", asked+" of "+of, why, said)
		},
		Goods: func(answer, by, when, note string) string {
			return "goods: " + listed(", ", answer, note) + "   " + by + " " + when
		},
		GoodsWait: "goods: not looked at yet",
		Query: func(supplier, until, by, note string) string {
			return supplier + ": asked, answers by " + listed(", ", until, note) + "   " + by
		},
		QueryLate: func(supplier, until, by, note string) string {
			return "!" + supplier + ": asked, was to answer by " + listed(", ", until, note) + "   " + by
		},
		QueryWait: func(supplier string) string { return supplier + ": not asked yet" },
		Answer: func(supplier, answer, by, when, note string) string {
			return supplier + ": " + listed(", ", answer, note) + "   " + by + " " + when
		},
		Next: map[domain.ReturnStage]string{
			domain.ReturnRequested: "look at the goods", domain.ReturnVerified: "ask the supplier", domain.ReturnAsked: "get the supplier's answer",
			domain.ReturnAnswered: "carry it out, tell the store what stays",
		},
		Told: "tell the store that nothing goes back", Hand: "hand it to procurement, which looks at the goods",
		With: func(next, dept, holder string) string {
			return "next: " + next + "   with " + dept + during(", held by ", holder)
		},
		Ended: func(outcome, back, paid, by, when string) string {
			return outcome + ": " + back + " back in stock, " + paid + " credited   " + by + " " + when
		},
		Rest: func(outcome, by, when string) string { return outcome + ": nothing went back   " + by + " " + when },
		Answers: map[domain.FindingAnswer]string{
			domain.FoundYes: "as told", domain.FoundPart: "in part", domain.FoundNo: "not as told",
		},
		Takes: map[domain.FindingAnswer]string{
			domain.FoundYes: "takes all", domain.FoundPart: "takes a part", domain.FoundNo: "takes none",
		},
		Part: func(answer, quantity string) string { return answer + ", " + quantity },
	}
	w.Whats = map[domain.FindingKind]string{domain.FindGoods: "goods seen", domain.FindSupplier: "supplier's answer"}
	w.AskAct = "supplier asked"
	w.Record, w.Case, w.Mark, w.Tabs = "record", "case", "mark", "stage"
	w.What, w.Found, w.HowMany, w.Until, w.Note, w.Reason = "record", "found", "how many", "answer by", "note (may be empty)", "why"
	w.Less = func(most string) string { return "a part is less than " + most }
	w.Of = func(n int) string { return count(n, "return", "returns") }
	w.Head = func(what, of string) string { return of + ": " + what }
	w.Sum = func(of, what, answer, more, note string) string {
		return of + ": " + listed(", ", what, answer, more, note)
	}
	w.Did = func(what, of string) string { return what + " is on " + of }
	w.Some = func(done, failed int, why string) string {
		return itoa(done) + " written, " + itoa(failed) + " not: " + why
	}
	w.Bars = map[domain.FindingBar]string{
		domain.BarEnded: "it is over", domain.BarNotHere: "it does not lie with procurement", domain.BarUnseen: "look at the goods first",
		domain.BarDecided: "it is decided", domain.BarTooMuch: "a part is less than all of it", domain.BarNoReason: "a no takes a reason",
	}
	return w
}

func returnsChinese() ReturnsWords {
	w := ReturnsWords{
		Name: "退货",
		Stages: map[domain.ReturnStage]string{
			domain.ReturnRequested: "待验货", domain.ReturnVerified: "待问", domain.ReturnAsked: "已问", domain.ReturnAnswered: "已答复",
			domain.ReturnDone: "办结",
		},
		Open:     "在办",
		Count:    func(stage string, n int) string { return stage + itoa(n) },
		Orders:   map[domain.ReturnOrder]string{domain.ReturnsByStage: "按 进度", domain.ReturnsBySupplier: "按 供应商"},
		OrderAct: map[domain.ReturnOrder]string{domain.ReturnsByStage: "按进度排", domain.ReturnsBySupplier: "按供应商排"},
		Filtered: func(words string, hidden int) string {
			return "筛选「" + words + "」隐去" + itoa(hidden) + ", esc 看全部"
		},
		Fresh: func(n int) string { return "新到" + itoa(n) + "条: F5 放入" },

		HeadStage: "进度", HeadLeft: "剩余", HeadStore: "门店", HeadProduct: "商品", HeadParts: "要退/验得/同意", HeadAsked: "要退",
		HeadSeen: "验得", HeadTakes: "同意", HeadMoney: "金额", HeadWho: "经手", HeadSupplier: "供应商", HeadOrder: "订单",
		NoSupplier: "无供应商", None: "没有门店要退货。", NoneHere: "这里没有。",
		Late:  func(n int) string { return "!" + itoa(n) + "条供应商过了答复时间: 去电催" },
		Waits: func(n int, dept string) string { return itoa(n) + "条在" + dept },

		Asked: func(asked, of, why, said, when string) string {
			return when + " 门店要退: " + listed(", ", of+"中的"+asked, why, said)
		},
		Goods: func(answer, by, when, note string) string {
			return "验货: " + listed(", ", answer, note) + "   " + by + " " + when
		},
		GoodsWait: "验货: 还没看",
		Query: func(supplier, until, by, note string) string {
			return supplier + ": 已问, 答复不晚于" + listed(", ", until, note) + "   " + by
		},
		QueryLate: func(supplier, until, by, note string) string {
			return "!" + supplier + ": 已问, 本应" + listed(", ", until, note) + "前答复   " + by
		},
		QueryWait: func(supplier string) string { return supplier + ": 还没问" },
		Answer: func(supplier, answer, by, when, note string) string {
			return supplier + ": " + listed(", ", answer, note) + "   " + by + " " + when
		},
		Next: map[domain.ReturnStage]string{
			domain.ReturnRequested: "看货", domain.ReturnVerified: "问供应商", domain.ReturnAsked: "等供应商答复",
			domain.ReturnAnswered: "办理退货, 不退的告知门店",
		},
		Told: "告知门店不退", Hand: "转采购部验货",
		With: func(next, dept, holder string) string {
			return "下一步: " + next + "   在" + dept + during(", 经办 ", holder)
		},
		Ended: func(outcome, back, paid, by, when string) string {
			return outcome + ": " + back + "回库, 减免" + paid + "   " + by + " " + when
		},
		Rest:    func(outcome, by, when string) string { return outcome + ": 没有退回   " + by + " " + when },
		Answers: map[domain.FindingAnswer]string{domain.FoundYes: "如所报", domain.FoundPart: "部分", domain.FoundNo: "不符"},
		Takes:   map[domain.FindingAnswer]string{domain.FoundYes: "全收", domain.FoundPart: "收一部分", domain.FoundNo: "不收"},
		Part:    func(answer, quantity string) string { return answer + " " + quantity },
	}
	w.Whats = map[domain.FindingKind]string{domain.FindGoods: "验货", domain.FindSupplier: "供应商答复"}
	w.AskAct = "已问供应商"
	w.Record, w.Case, w.Mark, w.Tabs = "记录", "个案", "选", "进度"
	w.What, w.Found, w.HowMany, w.Until, w.Note, w.Reason = "记什么", "结果", "多少", "几时前答复", "备注(可空)", "原因"
	w.Less = func(most string) string { return "部分要少于" + most }
	w.Of = func(n int) string { return itoa(n) + "条退货" }
	w.Head = func(what, of string) string { return of + ": " + what }
	w.Sum = func(of, what, answer, more, note string) string {
		return of + ": " + listed(", ", what, answer, more, note)
	}
	w.Did = func(what, of string) string { return what + "已记在" + of }
	w.Some = func(done, failed int, why string) string {
		return "写入" + itoa(done) + ", 未写" + itoa(failed) + ": " + why
	}
	w.Bars = map[domain.FindingBar]string{
		domain.BarEnded: "已办结", domain.BarNotHere: "不在采购部", domain.BarUnseen: "要先验货", domain.BarDecided: "已有结论",
		domain.BarTooMuch: "部分要少于全部", domain.BarNoReason: "不收要写原因",
	}
	return w
}
