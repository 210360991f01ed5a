package text

// OverWords are the words of overweights (§3.1.11).
type OverWords struct {
	WeightWords
	Say func(name, ordered, received, more, complaint string) []string
}

func overEnglish() OverWords {
	return OverWords{
		WeightWords: weightEnglish("over"),
		Say: func(n, of, got, more, _ string) []string {
			return []string{
				"Say: \"" + upper(n) + ": " + got + " came for " + of + ". Will you keep and pay the " + more + ", or give it back?\"",
				"Say: \"" + upper(n) + ": " + more + " too much. Keep and pay, or back?\"",
			}
		},
	}
}

func overChinese() OverWords {
	return OverWords{
		WeightWords: weightChinese("多"),
		Say: func(n, of, got, more, _ string) []string {
			return []string{
				"念: 「" + n + "订" + of + "收" + got + ", 多的" + more + "您留下照价付, 还是退回?」",
				"念: 「" + n + "多" + more + ", 留下照价付, 还是退回?」",
			}
		},
	}
}

func (w OverWords) say(t telling) []string {
	return w.Say(t.spoken(), t.weight(t.e.Quantity, 0), t.weight(t.got(), 0), t.weight(t.off(), 0), t.row.Complaint)
}
