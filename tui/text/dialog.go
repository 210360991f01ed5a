package text

// DialogWords are the words of a small act that is asked for in the message lines.
type DialogWords struct {
	Empty     string // a field that must not be
	Busy      string
	Again     string
	ReadyKeys string
	OfferKeys string
	FieldKeys string
	Unknown   string // no answer came

	NotATime string
	NotADay  string
	NotRead  string // of a quantity

	Merge   MergeWords
	Promise PromiseWords
	Finding FindingWords
}

// MergeWords are those of merging a case into another.
type MergeWords struct {
	Name string
	Head func(of string) string
	Into string
	Why  string
	Sum  func(of, into, why string) string
	None string // no other case of the store is open
	Done func(of, into string) string
}

// PromiseWords are those of a promise to a store.
type PromiseWords struct {
	Name string
	Head func(of string) string
	When string
	What string
	Sum  func(of, when, what string) string
	Done func(when string) string
}

// FindingWords are those of a department's word on a case.
type FindingWords struct {
	Name    string
	Head    func(of string) string
	About   string
	Whats   map[string]string // by domain.FindingKind
	Answer  string
	Answers map[string]string // by domain.FindingAnswer
	HowMany string
	Until   string
	Note    string
	Sum     func(of, about, answer, more, note string) string
	Done    func(of string) string
}

func dialogEnglish() DialogWords {
	return DialogWords{
		Empty: "something must stand here", Busy: "writing...", Again: "ctrl+s again writes, any other key goes back",
		ReadyKeys: "ctrl+s writes  esc back", OfferKeys: "digits choose  esc back", FieldKeys: "enter goes on  esc back",
		Unknown:  "no answer: whether it is written is not known. ctrl+s again is safe, it is written once",
		NotATime: "a time of day: 17:00, or a day and a time: 11-25 17:00", NotADay: "a day: 11-20", NotRead: "not understood",
		Merge: MergeWords{
			Name: "merge into another", Head: func(of string) string { return of + " is the same as another case" }, Into: "merge into",
			Why: "why", Sum: func(of, into, why string) string {
				return of + " closes as merged into " + into + ", which keeps both stories: " + why
			},
			None: "nothing open could be the same: another case of this order, or of this store without one", Done: func(of, into string) string { return of + " merged into " + into },
		},
		Promise: PromiseWords{
			Name: "promise to the store", Head: func(of string) string { return of + ": what was the store promised?" }, When: "by when", What: "what",
			Sum: func(of, when, what string) string {
				return of + ": promised by " + when + ": " + what + "; it comes up then"
			},
			Done: func(when string) string { return "promised by " + when + "; it is a moment of the case" },
		},
		Finding: FindingWords{
			Name: "record a finding", Head: func(of string) string { return of + ": what was found?" }, About: "about",
			Whats:   map[string]string{"goods": "the goods", "supplier": "the supplier's answer", "stock": "the real stock"},
			Answer:  "found",
			Answers: map[string]string{"yes": "yes, as told", "part": "in part", "no": "no", "asked": "asked, no answer yet"},
			HowMany: "how many", Until: "answer by", Note: "note",
			Sum: func(of, about, answer, more, note string) string {
				return of + ": " + listed(", ", about+" "+answer, more, note)
			},
			Done: func(of string) string { return "the finding is on " + of },
		},
	}
}

func dialogChinese() DialogWords {
	return DialogWords{
		Empty: "这里要填", Busy: "正在写入...", Again: "再按 ctrl+s 写入, 其他任何键返回",
		ReadyKeys: "ctrl+s 写入  esc 返回", OfferKeys: "数字 选  esc 返回", FieldKeys: "enter 往下  esc 返回",
		Unknown:  "没有答复, 不知是否已写入。 再按 ctrl+s 无妨, 只写一次",
		NotATime: "几点几分 17:00, 或哪天几点 11-25 17:00", NotADay: "哪一天: 11-20", NotRead: "看不懂",
		Merge: MergeWords{
			Name: "并入另一条", Head: func(of string) string { return of + " 与另一条是同一件事" }, Into: "并入",
			Why: "原因", Sum: func(of, into, why string) string {
				return of + " 以「并入" + into + "」结, 两边经过都留: " + why
			},
			None: "没有可并入的: 要同一单, 或同店都没有单的另一条未结", Done: func(of, into string) string { return of + " 已并入 " + into },
		},
		Promise: PromiseWords{
			Name: "答应门店", Head: func(of string) string { return of + ": 答应了门店什么?" }, When: "几时前", What: "何事",
			Sum:  func(of, when, what string) string { return of + ": 答应" + when + "前 " + what + "; 到时提醒" },
			Done: func(when string) string { return "已记下, " + when + "前; 到时在队列里提醒" },
		},
		Finding: FindingWords{
			Name: "记查核结果", Head: func(of string) string { return of + ": 查得如何?" }, About: "查什么",
			Whats:   map[string]string{"goods": "验货", "supplier": "供应商答复", "stock": "实际库存"},
			Answer:  "结果",
			Answers: map[string]string{"yes": "是, 如所报", "part": "部分", "no": "否", "asked": "已问, 待答复"},
			HowMany: "多少", Until: "几时前答复", Note: "备注",
			Sum: func(of, about, answer, more, note string) string {
				return of + ": " + listed(", ", about+" "+answer, more, note)
			},
			Done: func(of string) string { return "结果已记在 " + of },
		},
	}
}
