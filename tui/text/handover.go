package text

// HandWords are the words of the handover.
type HandWords struct {
	Name  string
	Sum   func(mine, forMe, offered, held int, free string) string
	Here  func(names string) string
	Alone string // nobody else is at a desk

	Mine, ForMe, Offered, Held, Promised, Back string // the parts, with "%d" left to Part
	Part                                       func(name string, n int) string
	NoneMine                                   string

	Left, Kind, Store, What, Risk, Who string // headings
	Promise                            string // in KIND
	Me                                 string
	NextShift                          string
	Next                               string // the same in a narrow column
	Colleague                          func(name string, atDesk bool, holds int) string

	AskHead   func(what string) string
	To        string
	Note      string
	AskSum    func(what, to, note string) string
	Handed    func(what, to string) string
	OnHead    func(what, holder string) string
	NoHead    func(what string) string
	Why       string
	NoSum     func(what, why string) string
	Refused   func(what string) string
	Took      func(what string) string
	Several   func(done, refused int, why string) string
	Rows      func(n int) string
	NotHere   string // an act on this row makes no sense
	TakeWord  string
	NoWord    string
	HandWord  string
	NotMine   string // the offer is for somebody else
	HandFirst string // what to do, where there is work of mine
	TakeFirst func(n int) string
}

func handEnglish() HandWords {
	return HandWords{
		Name: "Handover",
		Sum: func(mine, forMe, offered, held int, free string) string {
			return "mine " + itoa(mine) + "  for me " + itoa(forMe) + "  handed over " + itoa(offered) + "  with others " + itoa(held) + "  free " + free
		},
		Here: func(n string) string { return "here: " + n }, Alone: "no other desk is open",
		Mine: "mine", ForMe: "handed to me", Offered: "handed over, not taken", Held: "with others", Promised: "promised to stores",
		Back: "put off, back within a day", Part: func(n string, k int) string { return n + ": " + itoa(k) }, NoneMine: "nothing: you can leave",
		Left: "LEFT", Kind: "KIND", Store: "STORE", What: "WHAT", Risk: "AT RISK", Who: "WHO", Promise: "Promise", Me: "me",
		NextShift: "next shift", Next: "next",
		Colleague: func(n string, desk bool, holds int) string {
			if !desk {
				return n + " -"
			}
			return n + " " + itoa(holds)
		},
		AskHead: func(w string) string { return "hand over " + w + " (beside a name: what they hold, - no desk open)" }, To: "to", Note: "what they have to know",
		AskSum: func(w, to, note string) string { return w + " > " + to + ": " + note },
		Handed: func(w, to string) string { return w + " handed to " + to + "; what nobody takes goes to the manager" },
		OnHead: func(w, h string) string {
			return "hand on " + w + " of " + h + " (beside a name: what they hold, - no desk open)"
		},
		NoHead: func(w string) string { return "do not take " + w + "; it goes back" },
		Why:    "why", NoSum: func(w, why string) string { return w + " goes back: " + why },
		Refused: func(w string) string { return w + " went back" }, Took: func(w string) string { return w + " is yours" },
		Several: func(done, no int, why string) string {
			return itoa(done) + " done, " + itoa(no) + " not: " + why
		},
		Rows: func(n int) string { return itoa(n) + " marked" }, NotHere: "not with this row",
		TakeWord: "take it", NoWord: "not me", HandWord: "hand over", NotMine: "it is offered to somebody else",
		HandFirst: "space marks, ctrl+o hands over with a note",
		TakeFirst: func(n int) string { return itoa(n) + " handed to you: F6 takes, ctrl+o gives back with a reason" },
	}
}

func handChinese() HandWords {
	return HandWords{
		Name: "交接",
		Sum: func(mine, forMe, offered, held int, free string) string {
			return "手上" + itoa(mine) + "  交给我" + itoa(forMe) + "  待接" + itoa(offered) + "  别人手上" + itoa(held) + "  无人领" + free
		},
		Here: func(n string) string { return "在岗: " + n }, Alone: "别人都没开台",
		Mine: "我手上", ForMe: "交给我的", Offered: "已交, 还没人接", Held: "别人手上", Promised: "答应过门店的",
		Back: "稍后的, 一天内到时", Part: func(n string, k int) string { return n + " " + itoa(k) }, NoneMine: "没有: 可以下班",
		Left: "剩余", Kind: "类型", Store: "门店", What: "事由", Risk: "风险", Who: "谁", Promise: "答应", Me: "我",
		NextShift: "下一班", Next: "下一班",
		Colleague: func(n string, desk bool, holds int) string {
			if !desk {
				return n + " -"
			}
			return n + " " + itoa(holds)
		},
		AskHead: func(w string) string { return "交出 " + w + " (名后是手上条数, - 没开台)" }, To: "交给", Note: "要知道的",
		AskSum: func(w, to, note string) string { return w + " > " + to + ": " + note },
		Handed: func(w, to string) string { return w + " 已交" + to + "; 没人接就报经理" },
		OnHead: func(w, h string) string { return "转派" + h + "的 " + w + " (名后是手上条数, - 没开台)" },
		NoHead: func(w string) string { return "不接 " + w + ", 退回" },
		Why:    "为何", NoSum: func(w, why string) string { return w + " 退回: " + why },
		Refused: func(w string) string { return w + " 已退回" }, Took: func(w string) string { return w + " 归您" },
		Several: func(done, no int, why string) string {
			return "办成" + itoa(done) + ", 未成" + itoa(no) + ": " + why
		},
		Rows: func(n int) string { return "所选" + itoa(n) + "条" }, NotHere: "这一行用不上",
		TakeWord: "接下", NoWord: "不接", HandWord: "交出", NotMine: "是交给别人的",
		HandFirst: "space 选, ctrl+o 写备注交出",
		TakeFirst: func(n int) string { return itoa(n) + "条交给您: F6 接下, ctrl+o 写原因退回" },
	}
}
