package text

import (
	"strings"
)

func caseEnglish() CaseWords {
	return CaseWords{
		Name: "Case", Indent: 10, Rows: 9,
		Head: caseHeadEnglish(), Facts: caseFactsEnglish(), Ask: caseAskEnglish(), Plan: casePlanEnglish(), Say: caseSayEnglish(),
		Later: caseLaterEnglish(), Effects: caseEffectsEnglish(), Finds: caseFindsEnglish(), Signs: caseSignsEnglish(), Cause: caseCauseEnglish(),
		Tells: caseStoryEnglish(),
		Keys: CaseKeyWords{
			AllLines: "all lines so", MergeThere: "in the queue: on its row, F2 8",

			Digits: "digits", Reread: "read again", Choose: "choose", NoAnswer: "no answer", SameStore: "same store", AsSaid: "as said", OtherKeys: "other keys",
			Back: "back",
		},
		Help: []string{
			"The evidence stands above the questions; ask the store as the line Say has it. A digit answers and goes on; tab moves between questions.",
			"Call: note who answered and what they said. No answer: F9 counts the attempt and sets a time, the case stays yours.",
			"To fill in: a number with its unit, 48, 4 cs, 1.5 kg, 3 jin; an amount, 44.64; a time, 17:00. Up and down run through proposals.",
			"Why: one of the short list; another reason has to be written.",
			"What another department does first, to verify, look at goods or correct: ctrl+s hands it there, the draft stays.",
			"What stands under 'will be written' is all that is written. ctrl+s asks, once more writes. A changed line is judged again and accepted if clean.",
			"Looking claims nothing, the first answer does; esc keeps draft and claim. F7 goes to the next case of the store and takes the call along.",
		},
	}
}

func caseHeadEnglish() CaseHeadWords {
	return CaseHeadWords{
		Title: func(kind string, more int, order, store string) string {
			if more > 0 {
				kind += " +" + itoa(more)
			}
			return listed("  ", kind, order, store)
		},
		LineHeld: func(_ string, others int, accepted bool) string {
			switch {
			case others == 0:
				return "line held"
			case accepted:
				return "line held, " + itoa(others) + " accepted"
			}
			return "line held, " + itoa(others) + " wait"
		},
		LinesHeld: func(n, others int) string { return itoa(n) + " lines held, " + itoa(others) + " not" },
		OrderHeld: "order held",
		Mine:      func(left string) string { return listed(", ", "mine", left) },
		Free:      func(left string) string { return listed(", ", "free", left) },
		HeldBy:    func(name, age, left string) string { return listed(", ", name+" "+age, left) },
		Closed:    func(clock string) string { return "closed " + clock }, Past: "past",
		Contact: func(m, p string) string { return listed(" ", "Manager", m, p) },
		MoreOfStore: func(n int, kind, left, money string) string {
			if left != "past" && !strings.HasPrefix(left, "-") {
				left += " left"
			}
			return itoa(n) + " more of this store: " + listed(", ", kind, left, money)
		},
		Progress: func(at, of int) string { return itoa(at) + "/" + itoa(of) },
		Proposed: func(n string) string { return "to sign: " + n },
	}
}

func caseFactsEnglish() CaseFactWords {
	return CaseFactWords{
		History: func(n int, all string) string { return "last " + itoa(n) + ": " + all },
		Which:   func(line, name, code string) string { return "Line " + line + "  " + name + " " + code },
		Ordered: func(q string) string { return q }, Step: func(s string) string { return "step " + s },
		Price: func(m, _ string) string { return m }, Stock: func(n, _ string) string { return "stock " + n },
		Last: func(n, low, high, median, times string) string {
			s := "Last " + n + ": " + low + " to " + high + ", median " + median
			if times != "" {
				s += ", this is " + times + "x"
			}
			return s
		},
		Usual: func(usual, times string) string {
			if times == "" {
				return "Usual " + usual
			}
			return "Usual " + usual + ", this is " + times + "x"
		},
		Never:      "This store never ordered it",
		Everywhere: func(m string) string { return "99.9% of all lines under " + m },
		RestNormal: func(n int) string { return "the other " + itoa(n) + " normal" },
		OrderOf:    func(n int, total string) string { return "Order of " + count(n, "line", "lines") + ", " + total },
		UsualOrder: func(low, high string) string { return "Usual " + low + " to " + high },
		Times:      func(times, median string) string { return times + "x the median " + median },
		Lines:      func(n int, total string) string { return "This order, " + count(n, "line", "lines") + ", " + total },
		Recent:     "The store's last orders", Story: "What happened", Held: "held", Cancelled: "cancelled",
		LinesN: func(n int) string { return count(n, "line", "lines") },
		Called: func(clock, by, outcome, said string) string {
			return clock + " " + by + " called: " + listed(", ", outcome, said)
		},
		Noted: func(clock, by, what, t string) string { return clock + " " + by + " " + listed(": ", what, t) },
		Notes: map[string]string{
			"note": "noted", "handed_over": "handed over", "offered": "handed to", "accepted": "took it over", "refused": "did not take it",
			"moved_up": "moved up to the manager", "verified": "verified", "not_verified": "could not verify", "snoozed": "put off",
			"proposed": "proposed", "signed": "signed", "not_signed": "did not sign", "promised": "promised", "merged": "merged into",
			"joined": "merged in", "corrected": "corrected", "conflict": "went on past the desk", "found": "found",
		},
	}
}

func caseAskEnglish() CaseAskWords {
	return CaseAskWords{
		CaseCodeWords: caseCodesEnglish(),
		Line:          func(line, name string) string { return "line " + line + " " + name },
		Of:            func(q, line string) string { return q + " #" + line },
		Seen:          func(clock string) string { return "seen " + clock },
		Unseen:        "it is above; the first answer notes that it was seen",
		Undecided:     "decide first",
		Manager:       func(name, phone string) string { return listed(" ", "manager", name, phone) },
		ByManager:     func(name string) string { return listed(" ", "manager", name) },
		Summary: func(outcome, clock, who, said string) string {
			return listed(": ", listed(" ", outcome, clock, during("by ", who)), said)
		},
		Note: "Note", Text: "in words ", Try: "try  ", UpDown: "up/down",
		Cases: func(n string) string {
			if n == "1" {
				return "= 1 case"
			}
			return "= " + n + " cases"
		},
		Means:    func(q string) string { return "= " + q },
		StepFits: "step ok",
		StepOK:   func(string) string { return "step ok" },
		StepOff: func(s, below, above string) string {
			if below == "" {
				return "step " + s + ": take " + above
			}
			return "step " + s + ": take " + below + " or " + above
		},
		StockOK: "stock ok", StockLow: func(left string) string { return "only " + left + " in stock" },
		Understood: func(unit string, parts []string) string {
			if len(parts) > 0 && strings.HasPrefix(parts[0], "= ") {
				unit, parts = unit+"  "+parts[0], parts[1:]
			}
			return " " + listed("   ", append([]string{unit}, parts...)...)
		},
		NotTyped: "a number, with a unit: 48, 4 cs, 3 jin", NotRead: "not understood: 48, 4 cs, 1.5 kg, 3 jin",
		SameAsWas: "that is the quantity as it was", OutOfRange: "out of range",
		Verify: "Verify", Verified: "quantity is right, can be supplied", NotRight: "cannot be verified",
		HowMany: "quantity ", NoMoney: "an amount in yuan, like 44.64", NotMoney: "not understood: an amount in yuan, like 44.64", NotTime: "unclear: like 17:00 or 11-25 07:00",
		TooMuch: func(most string) string { return "at most " + most }, TooLittle: "the order would be held again", Passed: "that time cannot be",
		Bar:       func(c, why string) string { return c + ": " + why },
		HandsTo:   func(c, d string) string { return c + " > " + d },
		Stocked:   func(n, stock string) string { return listed(" ", n, stock) },
		NoStandIn: "nothing of its kind can be had", NoItems: "nothing to order",
	}
}
