package text

import "cleardesk/domain"

// CountsWords are the words of the counts of the stock.
type CountsWords struct {
	Name     string
	Parts    [3]string // what is shown: at work, done, all
	Summary  func(state string, n int, money string) string
	Filtered func(words string, hidden int) string
	Fresh    func(n int) string           // rows that are kept back
	States   map[domain.CountState]string // at most 10 cells

	HeadProduct, HeadCounted, HeadKnown, HeadDiff, HeadMoney, HeadAt, HeadBy, HeadState string
	Unknown                                                                             string // nobody told of a stock
	None, NoneHere                                                                      string
	Look                                                                                func(n int, money string) string
	Correct                                                                             func(n int, money string) string
	Stale                                                                               string
	Quiet                                                                               string // nothing is left to do

	Story     func(product string) string
	Counted   func(quantity, by, when string) string
	FromFile  string
	Against   func(known, diff, money string) string
	NoStock   func(quantity string) string
	Matches   func(known string) string
	Verified  func(by, when, note string) string
	Again     func(by, when, note string) string
	Corrected func(was, is, by, when string) string
	Earlier   func(counted, diff, state string) string
	Next      map[domain.CountState]string

	Enter, Verify, Recount, Open, Mark, Tabs       string // in the key line
	EnterHead                                      string
	Product, HowMany, At, Who, Note, Why           string
	NoProduct, NotANumber, NotATime                string
	Several                                        func(n int, first string) string
	EnterSum                                       func(product, quantity, at, by string) string
	DidEnter                                       map[domain.CountState]string
	EnterDone                                      func(product, diff, state string) string
	Of                                             func(n int, money string) string
	VerifyHead, RecountHead                        func(of string) string
	VerifySum, RecountSum                          func(of, note string) string
	DidVerify, DidRecount                          func(of string) string
	Some                                           func(done, failed int, why string) string
	NothingToVerify, NothingToRecount, NotVerified string
}

func countsEnglish() CountsWords {
	w := CountsWords{
		Name: "Stock counts", Parts: [3]string{"at work", "done", "all"},
		Summary: func(state string, n int, money string) string { return listed(" ", state, itoa(n), money) },
		Filtered: func(words string, hidden int) string {
			return "filter \"" + words + "\" hides " + itoa(hidden) + ", esc shows all"
		},
		Fresh: func(n int) string { return itoa(n) + " new: F5 lets them in" },
		States: map[domain.CountState]string{
			domain.CountDiffers: "to verify", domain.CountAgain: "recount", domain.CountVerified: "to correct", domain.CountMatches: "matches",
			domain.CountCorrected: "corrected", domain.CountReplaced: "replaced",
		},
		HeadProduct: "PRODUCT", HeadCounted: "COUNTED", HeadKnown: "SYSTEM", HeadDiff: "DIFF", HeadMoney: "MONEY", HeadAt: "AT", HeadBy: "BY",
		HeadState: "STATE", Unknown: "none", None: "Nothing was counted yet: + enters a count.", NoneHere: "None of these.",
		Look: func(n int, money string) string {
			return count(n, "difference", "differences") + " to verify, " + money
		},
		Correct: func(n int, money string) string {
			return count(n, "verified difference", "verified differences") + " to correct, " + money + ": enter opens the correction"
		},
		Stale: "!counted more than seven days ago: count it again",
		Quiet: "nothing is left to do",

		Story:    func(product string) string { return product },
		Counted:  func(quantity, by, when string) string { return when + " counted " + listed(", ", quantity, by) },
		FromFile: "from a file",
		Against: func(known, diff, money string) string {
			return "the system had " + known + " then: " + diff + ", " + money
		},
		NoStock:  func(quantity string) string { return "the system knew of no stock: " + quantity },
		Matches:  func(known string) string { return "the system had " + known + " then: the same" },
		Verified: func(by, when, note string) string { return when + " verified by " + listed(": ", by, note) },
		Again: func(by, when, note string) string {
			return when + " to be counted again, says " + listed(": ", by, note)
		},
		Corrected: func(was, is, by, when string) string {
			return when + " corrected by " + by + ": " + was + " > " + is
		},
		Next: map[domain.CountState]string{
			domain.CountDiffers: "next: the manager verifies it", domain.CountVerified: "next: procurement corrects the stock",
			domain.CountAgain: "next: count it again", domain.CountMatches: "done: it matches", domain.CountCorrected: "done: the stock was corrected",
			domain.CountReplaced: "done: it was counted again",
		},
	}
	w.Earlier = func(counted, diff, state string) string { return listed(", ", counted, diff, state) }
	w.Enter, w.Verify, w.Recount, w.Open, w.Mark, w.Tabs = "count", "verify", "recount", "correction", "mark", "part"
	w.EnterHead = "A count"
	w.Product, w.HowMany, w.At, w.Who, w.Note, w.Why = "product", "counted", "at (empty: now)", "who counted", "note (may be empty)", "why"
	w.NoProduct, w.NotANumber, w.NotATime = "no such product", "not read as a quantity", "not a time of the last seven days"
	w.Several = func(n int, first string) string { return itoa(n) + " fit: " + first }
	w.EnterSum = func(product, quantity, at, by string) string { return listed(", ", product, quantity, at, by) }
	w.EnterDone = func(product, diff, state string) string { return product + ": " + listed(", ", diff, state) }
	w.DidEnter = map[domain.CountState]string{
		domain.CountDiffers: "to be verified", domain.CountMatches: "it matches", domain.CountReplaced: "a later count stands",
		domain.CountCorrected: "the stock was corrected since",
	}
	w.Of = func(n int, money string) string { return count(n, "difference", "differences") + ", " + money }
	w.VerifyHead = func(of string) string { return "Verify " + of }
	w.RecountHead = func(of string) string { return "Count again: " + of }
	w.VerifySum = func(of, note string) string { return listed(", ", of+": procurement is to correct the stock", note) }
	w.RecountSum = func(of, note string) string { return of + ": to be counted again, " + note }
	w.DidVerify = func(of string) string { return "verified: " + of + " is with procurement" }
	w.DidRecount = func(of string) string { return of + " is to be counted again" }
	w.Some = func(done, failed int, why string) string {
		return itoa(done) + " written, " + itoa(failed) + " not: " + why
	}
	w.NothingToVerify, w.NothingToRecount = "no difference here is to be verified", "nothing here can be counted again"
	w.NotVerified = "a manager verifies it first"
	return w
}

func countsChinese() CountsWords {
	w := CountsWords{
		Name: "盘点", Parts: [3]string{"在办", "已结", "全部"},
		Summary: func(state string, n int, money string) string { return listed(" ", state+itoa(n), money) },
		Filtered: func(words string, hidden int) string {
			return "筛选「" + words + "」隐去" + itoa(hidden) + ", esc 看全部"
		},
		Fresh: func(n int) string { return "新到" + itoa(n) + "条: F5 放入" },
		States: map[domain.CountState]string{
			domain.CountDiffers: "待核实", domain.CountAgain: "待复盘", domain.CountVerified: "待更正", domain.CountMatches: "相符",
			domain.CountCorrected: "已更正", domain.CountReplaced: "已重盘",
		},
		HeadProduct: "商品", HeadCounted: "实盘", HeadKnown: "系统", HeadDiff: "差异", HeadMoney: "金额", HeadAt: "盘点时间", HeadBy: "盘点人",
		HeadState: "状态", Unknown: "无", None: "还没有盘点: + 录入。", NoneHere: "这里没有。",
		Look: func(n int, money string) string { return itoa(n) + "条差异待核实, " + money },
		Correct: func(n int, money string) string {
			return itoa(n) + "条已核实待更正, " + money + ": enter 打开更正"
		},
		Stale: "!盘点已过七天: 要重新盘点",
		Quiet: "没有要处理的",

		Story:    func(product string) string { return product },
		Counted:  func(quantity, by, when string) string { return when + " 实盘" + listed(", ", quantity, by) },
		FromFile: "文件导入",
		Against:  func(known, diff, money string) string { return "当时系统" + known + ": 差" + diff + ", " + money },
		NoStock:  func(quantity string) string { return "系统没有库存数: " + quantity },
		Matches:  func(known string) string { return "当时系统" + known + ": 相符" },
		Verified: func(by, when, note string) string { return when + " 核实: " + listed(", ", by, note) },
		Again:    func(by, when, note string) string { return when + " 要求复盘: " + listed(", ", by, note) },
		Corrected: func(was, is, by, when string) string {
			return when + " 更正: " + was + " > " + is + ", " + by
		},
		Next: map[domain.CountState]string{
			domain.CountDiffers: "下一步: 经理核实", domain.CountVerified: "下一步: 采购更正库存", domain.CountAgain: "下一步: 重新盘点",
			domain.CountMatches: "已结: 相符", domain.CountCorrected: "已结: 库存已更正", domain.CountReplaced: "已结: 已重新盘点",
		},
	}
	w.Earlier = func(counted, diff, state string) string { return listed(", ", counted, diff, state) }
	w.Enter, w.Verify, w.Recount, w.Open, w.Mark, w.Tabs = "录盘点", "核实", "复盘", "更正", "选", "部分"
	w.EnterHead = "录入盘点"
	w.Product, w.HowMany, w.At, w.Who, w.Note, w.Why = "商品", "实盘", "几时盘的(空为现在)", "谁盘的", "备注(可空)", "原因"
	w.NoProduct, w.NotANumber, w.NotATime = "没有这个商品", "读不成数量", "不是近七天内的时间"
	w.Several = func(n int, first string) string { return itoa(n) + "个符合: " + first }
	w.EnterSum = func(product, quantity, at, by string) string { return listed(", ", product, quantity, at, by) }
	w.EnterDone = func(product, diff, state string) string { return product + ": " + listed(", ", diff, state) }
	w.DidEnter = map[domain.CountState]string{
		domain.CountDiffers: "待核实", domain.CountMatches: "相符", domain.CountReplaced: "以后来的盘点为准", domain.CountCorrected: "库存其后已更正",
	}
	w.Of = func(n int, money string) string { return itoa(n) + "条差异, " + money }
	w.VerifyHead = func(of string) string { return "核实 " + of }
	w.RecountHead = func(of string) string { return "要求复盘 " + of }
	w.VerifySum = func(of, note string) string { return listed(", ", of+": 交采购更正库存", note) }
	w.RecountSum = func(of, note string) string { return of + ": 重新盘点, " + note }
	w.DidVerify = func(of string) string { return "已核实, 交采购: " + of }
	w.DidRecount = func(of string) string { return "已要求复盘: " + of }
	w.Some = func(done, failed int, why string) string {
		return "写入" + itoa(done) + ", 未写" + itoa(failed) + ": " + why
	}
	w.NothingToVerify, w.NothingToRecount = "这里没有待核实的差异", "这里没有可复盘的"
	w.NotVerified = "要经理先核实"
	return w
}
