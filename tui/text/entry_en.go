package text

import "cleardesk/domain"

func entryEnglish() EntryWords {
	w := EntryWords{
		Name: "What a store reports", Title: func(what string) string { return "Report: " + what }, Says: "+",
		Shorts: [9]string{"change", "wrong", "short", "over", "return", "exchange", "blocked", "where", "other"},
		Longs: [9]string{
			"change the order", "wrong order", "short weight", "overweight", "return", "exchange", "cannot order", "where is it", "other",
		},
		AskWhat: "about", AskOrder: "order", AskProduct: "product", AskPick: "which", AskLines: "lines", AskStep: "step", AskWhy: "why",
		AskSlip: "slip", AskWho: "caller", AskName: "name", AskCase: "case", AskDue: "promise", AskNote: "note",
		Whys: map[domain.WhyTold]string{
			domain.ToldStep: "step", domain.ToldStock: "stock", domain.ToldStatus: "not on sale", domain.ToldPrice: "price",
			domain.ToldWindow: "outside the window", domain.ToldDamaged: "damaged", domain.ToldExpiry: "near its date",
			domain.ToldWrong: "wrong item", domain.ToldQuality: "quality", domain.ToldTooMany: "too many", domain.ToldTwice: "ordered twice",
			domain.ToldDigit: "a digit too many", domain.ToldCancel: "no longer wanted", domain.ToldOther: "other: see note",
		},
	}
	w.Rang = func(c string) string { return "rang " + c }
	w.NoOrder, w.BlockedHint = "no order chosen yet", "which product, how much, and what the store's screen said"
	w.LinesOf = func(n int) string { return count(n, "line", "lines") }
	w.NoOrders, w.NoProducts = "this store has no orders", "type a name or code above"
	w.NoCase = "no open case of this order: there is nothing to note it on"
	w.NotYet, w.Whole = "not yet", "the whole order"
	w.Lines = func(n int) string { return count(n, "line", "lines") }
	w.LineNo = func(n int) string { return "line " + itoa(n) }
	w.Tried, w.Unsaid = "tried", "?"
	w.Ordered = func(q string) string { return "ordered " + q }
	w.Difference = func(q string, short bool) string {
		if short {
			return q + " short"
		}
		return q + " over"
	}
	w.Units = "kg, g, jin, liang"
	w.Troubles = func(n int) string {
		return [5]string{"", "not understood", "more than was ordered", "that is what was ordered", "a time: 17:00"}[min(max(n, 0), 4)]
	}
	w.FindHint, w.DueHint = "name or code", "a time of day, 17:00"
	entryWrittenEnglish(&w)
	return w
}

func entryWrittenEnglish(w *EntryWords) {
	w.WillWrite = "will be written"
	w.NoteOn = func(o, k string) string { return "a note on " + o + " " + k }
	w.MoreLines = func(n int) string { return "and " + itoa(n) + " more lines" }
	w.By = func(who, c string) string { return who + " rang " + c }
	w.Becomes = "a case follows when it is judged"
	w.WholeOrder = func(o string) string { return o + ": the whole order" }
	w.Received = func(o, l, was, got string) string { return o + " " + l + ": ordered " + was + ", received " + got }
	w.OfLine = func(o, l, q, was string) string { return o + " " + l + ": " + q + " of " + was }
	w.Instead = func(o, l, was, q string) string { return o + " " + l + ": " + was + " > " + q }
	w.Stands = func(s string) string { return "it is " + s }
	w.AcceptedAt = func(at string) string { return "accepted " + at }
	w.NoVan = "no delivery is planned"
	w.Van = func(route, at string) string { return listed(", ", "the van leaves "+at, route) }
	w.OpenCase = func(k, d, why string) string { return k + " with " + d + ": " + why }
	w.Planned = func(at, route string) string { return listed(", ", "planned to arrive "+at, route) }
	w.Reached = func(s, at string) string { return s + " " + at }
	w.Missing = func(l string) string { return "missing: " + l }
	w.Ready = "all there: ctrl+s writes"
	w.AskWrite = func(what string) string { return "This records: " + what }
	w.Writing, w.Unknown = "writing...", "no answer: whether it is recorded is not known. ctrl+s again is safe, it is written once"
	w.Recorded = func(what string) string { return "recorded: " + what + "; the case appears as soon as it is judged" }
	w.Promised, w.Noted = "the promise is recorded; it is a moment of its case", "the note is on the case"
	w.LeaveAgain = "esc again leaves; what was typed is not kept"
	w.WriteWord, w.NextWord, w.LinesWord, w.GoOnWord = "write", "next", "lines", "go on"
}
