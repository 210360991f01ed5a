package text

// CaseWords are the words of the guided form.
type CaseWords struct {
	Name string // as it is named in tabs, titles and the help
}

func caseEnglish() CaseWords {
	return CaseWords{
		Name: "Case",
	}
}

func caseChinese() CaseWords {
	return CaseWords{
		Name: "处理",
	}
}
