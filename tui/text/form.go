package text

// FormWords are the words of fields, questions and boxes.
type FormWords struct {
	WriteAgain   string // once more writes
	WriteKeys    string // the key line while the question stands
	UpDown       string // "up/down" beside a field with proposals
	MarksHidden  func(marked, hidden string) string
	MoreBelow    func(n string) string
	Nothing      string // an empty list
	NothingFound string
	Loading      string
}

func formEnglish() FormWords {
	return FormWords{
		WriteAgain:   "ctrl+s again writes    any other key goes back to the form",
		WriteKeys:    "ctrl+s write  other keys back",
		UpDown:       "up/down",
		MarksHidden:  func(marked, hidden string) string { return marked + " marked, " + hidden + " of them hidden" },
		MoreBelow:    func(n string) string { return n + " more (pgdn)" },
		Nothing:      "nothing here",
		NothingFound: "nothing found",
		Loading:      "reading ..",
	}
}

func formChinese() FormWords {
	return FormWords{
		WriteAgain:   "再按 ctrl+s 写入    其他任何键 返回修改",
		WriteKeys:    "ctrl+s 写入  其他键 返回",
		UpDown:       "上下键换",
		MarksHidden:  func(marked, hidden string) string { return "选中" + marked + "条, 其中" + hidden + "条被隐去" },
		MoreBelow:    func(n string) string { return "另" + n + "条 (pgdn)" },
		Nothing:      "这里没有",
		NothingFound: "没有找到",
		Loading:      "正在读 ..",
	}
}
