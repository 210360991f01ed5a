package text

// FindWords are the words of the find box.
type FindWords struct {
	Name string // as it is named in tabs, titles and the help
}

func findEnglish() FindWords {
	return FindWords{
		Name: "Find",
	}
}

func findChinese() FindWords {
	return FindWords{
		Name: "查找",
	}
}
