package text

// QueueWords are the words of the queue.
type QueueWords struct {
	Name string // as it is named in tabs, titles and the help
	Why  WhyWords
}

func queueEnglish() QueueWords {
	return QueueWords{
		Name: "Queue", Why: whyEnglish(),
	}
}

func queueChinese() QueueWords {
	return QueueWords{
		Name: "异常", Why: whyChinese(),
	}
}
