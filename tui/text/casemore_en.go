package text

import "cleardesk/domain"

func caseEffectsEnglish() CaseEffectWords {
	return CaseEffectWords{
		Settle: "settle", Order: "new", Stock: "stock", Delivery: "delivery", Limit: "limit", Return: "return", Catalogue: "correct", Sign: "sign",
		Adjust: map[string]func(name string) string{
			"credit": func(n string) string { return "credit for " + n }, "charge": func(n string) string { return "charge for " + n },
			"return": func(n string) string { return "refund for " + n },
		},
		Wasted: "not sold again",
		Made: map[domain.Link]func(items string) string{
			domain.Supplement: func(s string) string { return "supplement, free of charge: " + s },
			domain.Reorder:    func(s string) string { return "order it, judged as any: " + s },
		},
		Item:  func(n, q string) string { return q + " " + n },
		Items: func(n int) string { return count(n, "line", "lines") },
		Back:  func(n, q string) string { return n + " " + q + " back" }, Taken: func(n, q string) string { return n + " " + q + " out" },
		Opens:   func(n, q string) string { return "opens a return: " + q + " " + n },
		Planned: func(w string) string { return "planned for " + w + "; tell the store" }, Delivered: func(w string) string { return "noted as delivered " + w },
		Came: func(w string) string { return "noted as made " + w },
		Anew: func(changed string, same int) string {
			if changed == "" {
				return "anew as it was, " + count(same, "line", "lines") + ", judged as any"
			}
			if same == 0 {
				return "anew, judged as any: " + changed
			}
			return "anew, judged as any: " + changed + "; " + itoa(same) + " as before"
		},
		Late:        func(s string) string { return "a supplement at its price, the order is past allocation: " + s },
		MoreChanged: func(n int) string { return itoa(n) + " more" },
		LimitTo:     func(b, a string) string { return "COD limit " + listed(" > ", b, a) },
		Instead:     func(n, q string) string { return "instead " + n + " " + q },
		Nothing:     "order, settlement and stock stay as they are",
		Correct:     func(what string) string { return what + ": ctrl+s opens it; what it cures ends by itself" },
		Corrections: map[domain.CorrectionKind]string{
			domain.CorrectStep: "correct the step", domain.CorrectStock: "correct the stock", domain.CorrectListing: "correct the listing",
		},
		Second: func(stake, d string) string {
			return stake + " takes a second person: goes to " + d + ", written once signed"
		},
		HandTo: map[domain.HandWhy]func(lines, d string) string{
			domain.HandVerify: func(l, d string) string {
				return "not written now: " + d + " verifies line " + l + " first, the draft stays"
			},
			domain.HandFind: func(_, d string) string {
				return "not now: " + d + " looks, asks the supplier; the draft stays"
			},
			domain.HandCorrect: func(_, d string) string { return "not now: " + d + " corrects the product; the draft stays" },
			domain.HandAct:     func(_, d string) string { return "not now: this is for " + d + " to write; the draft stays" },
		},
		HandNote: map[domain.HandWhy]func(string) string{
			domain.HandVerify:  func(l string) string { return "please verify the quantity of line " + l },
			domain.HandFind:    func(string) string { return "please look at the goods and ask the supplier" },
			domain.HandCorrect: func(s string) string { return "please " + s },
			domain.HandAct:     func(s string) string { return "please do: " + s },
		},
		Hands: map[domain.HandWhy]func(string) string{
			domain.HandVerify:  func(d string) string { return "goes to " + d + " first, to verify" },
			domain.HandFind:    func(d string) string { return "goes to " + d + " first, to look and ask" },
			domain.HandCorrect: func(d string) string { return "goes to " + d + " to correct" },
			domain.HandAct:     func(d string) string { return "goes to " + d + " to write" },
		},
		Money: map[string]func(string) string{
			"credit": func(a string) string { return "credit " + a }, "charge": func(a string) string { return "charge " + a },
			"return": func(a string) string { return "refund " + a },
		},
		Supplied: "supplement", Ordered: "ordered", Again: "ordered anew", ToPlan: func(w string) string { return "planned for " + w },
		Proposed: func(o, d string) string { return o + " waits with " + d + " to be signed; written then" },
		Opening:  "to the correction",
	}
}

func caseFindsEnglish() CaseFindWords {
	return CaseFindWords{
		Ask: map[domain.FindingKind]string{domain.FindGoods: "Goods", domain.FindSupplier: "Supplier", domain.FindStock: "Stock"},
		Answers: map[domain.FindingKind]map[domain.FindingAnswer]string{
			domain.FindGoods:    {domain.FoundYes: "as told", domain.FoundPart: "in part", domain.FoundNo: "not so"},
			domain.FindSupplier: {domain.FoundYes: "agrees", domain.FoundPart: "agrees in part", domain.FoundNo: "refuses", domain.FoundAsked: "asked, will answer"},
			domain.FindStock:    {domain.FoundYes: "there is", domain.FoundPart: "some", domain.FoundNo: "really out"},
		},
		Told:    func(what, answer string) string { return what + ": " + answer },
		By:      func(n, w string) string { return n + " " + w },
		Part:    func(q string) string { return q },
		Until:   func(w string) string { return "by " + w },
		HowMany: "how many ", Due: "by       ", NotTime: "not understood: a time, like 17:00, 1700, 11-25 17:00", NotMore: "more than is to go back",
		Stays: "stays here: the supplier is asked next", BackTo: func(d string) string { return "back to " + d },
		Recorded: func(o string) string { return o + " noted" },
		Fix:      "wrong here: correct it",
		Note:     "say why",
	}
}

func caseSignsEnglish() CaseSignWords {
	return CaseSignWords{
		Ask: "Sign", Yes: "agreed, write it", No: "no, back to customer service",
		By: func(n, w, stake string) string { return "proposed by " + n + " " + w + ", " + stake + " at stake" },
		Waits: func(n, w string) string {
			return n + " proposed it " + w + ": it waits for a second person, never the same"
		},
		Asked: func(n string) string { return "of " + n }, NoteFirst: "a no needs a reason",
		Signed: func(o string) string { return o + " signed and written" }, Refused: func(o, d string) string { return o + " not signed, back to " + d },
		WillSign: func(what string) string { return "Signing writes: " + what }, WillRefuse: "not signed: goes back to customer service",
		Needs: "a manager or another agent signs", Stale: "it has changed since: it can only be refused",
		Was: map[bool]func(n, w, note string) string{
			true: func(n, w, note string) string { return w + " " + n + " " + listed(": ", "signed", note) }, false: func(n, w, note string) string { return w + " " + n + " " + listed(": ", "did not sign", note) },
		},
	}
}

func caseCauseEnglish() CaseCauseWords {
	return CaseCauseWords{
		Title: func(what string) string { return "One cause: " + what },
		Members: func(open, all int) string {
			return count(all, "case", "cases") + " of one cause, " + itoa(open) + " open"
		},
		Each: "each store has a record of its own; what a correction cures ends by itself",
		Keys: "open it", Free: "free", Closed: "closed", Empty: "no members",
		Claims: "F6 takes the free ones", Correct: "F2 4 corrects the product",
	}
}

func caseStoryEnglish() CaseStoryWords {
	return CaseStoryWords{
		Events: map[domain.EventKind]string{
			domain.EventAttempt: "refused attempt", domain.EventChange: "change asked", domain.EventStage: "stage", domain.EventReceipt: "receipt",
			domain.EventExchange: "exchange asked", domain.EventReturn: "return asked", domain.EventWrongOrder: "said to be wrong", domain.EventCollection: "cash",
		},
		Promise: func(w, what, due, by string) string {
			return w + " " + by + " promised the store: " + what + ", " + due
		},
		Kept:   "kept",
		Adjust: map[string]string{"credit": "credit", "charge": "charge", "return": "refund"},
		Plan:   func(w, due, route, by string) string { return listed(" ", w, by, "delivery planned for", due, route) },
		Merged: func(id int) string { return "merged into case " + itoa(id) },
		Finding: func(w, by, what, answer string) string {
			return w + " " + by + " " + what + ": " + answer
		},
		Cash: func(a string) string { return "cash " + a }, Line: func(n, q string) string { return n + " " + q },
	}
}
