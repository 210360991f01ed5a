package text

// FormWords are the words of fields, questions and boxes.
type FormWords struct {
	WriteAgain string // once more writes
	UpDown     string // "up/down" beside a field with proposals
	MoreBelow  func(n string) string
	Nothing    string // an empty list
	Loading    string
}

func formEnglish() FormWords {
	return FormWords{
		WriteAgain: "ctrl+s again writes    any other key goes back to the form",
		UpDown:     "up/down",
		MoreBelow:  func(n string) string { return n + " more (pgdn)" },
		Nothing:    "nothing here",
		Loading:    "reading ..",
	}
}

func formChinese() FormWords {
	return FormWords{
		WriteAgain: "再按 ctrl+s 写入    其他任何键 返回修改",
		UpDown:     "上下键换",
		MoreBelow:  func(n string) string { return "另" + n + "条 (pgdn)" },
		Nothing:    "这里没有",
		Loading:    "正在读 ..",
	}
}
