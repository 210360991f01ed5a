package text

import "cleardesk/domain"

func correctEnglish() CorrectWords {
	w := CorrectWords{
		Name: "Correction",
		Sold: func(weighed bool, unit string) string {
			if weighed {
				return "by weight, " + unit
			}
			return "by the " + unit
		},
		Price: func(a, u string) string { return listed("/", a, u) }, Supplier: func(n string) string { return "supplier " + n },
		Open:   func(c, s int) string { return count(c, "open case", "open cases") + ", " + count(s, "store", "stores") },
		NoStep: "no step", StepIs: func(s string) string { return "step " + s },
		Since:        func(when, by, old string) string { return " since " + when + ", " + by + "; before " + old },
		Imported:     func(s string) string { return "the platform's catalogue has " + s },
		NotCountedAt: "counted at: a time gone by, like 13:05, 1305, 11-22 17:00",

		AskStep: "step", AskStock: "stock", AskCount: "count", AskTime: "counted at", AskStatus: "status", AskReason: "why", AskNote: "note",
		AskList: "list or not", AskTell: "tell or not", AskRows: "stores",
		Now: func(v string) string { return "now " + v }, To: "to", Counted: "is", OnlyDelta: "only the difference is written",
		NotNought: "more than nought",
		Reasons: map[domain.CorrectionReason]string{
			domain.WrongEntry: "entry", domain.WrongImport: "import", domain.NewPack: "new pack", domain.SupplierChange: "supplier",
			domain.OtherReason: "other",
		},
		HeadStore: "STORE", HeadOrder: "ORDER", HeadOrdered: "ORDERED", HeadResult: "RESULT", HeadHolder: "HOLDER",
		HeadWas: func(s string) string { return "AT STEP " + s }, HeadIs: func(s string) string { return "AT STEP " + s },
	}
	correctFactsEnglish(&w)
	correctDoesEnglish(&w)
	return w
}

func correctFactsEnglish(w *CorrectWords) {
	w.StepFacts = func(n string) string { return "evidence: " + n + " lines in 90 days" }
	w.StockFacts, w.ListingFacts = "evidence: what moved the stock", "evidence: what was refused today"
	w.Share = func(s, n, share string) string { return "multiples of " + s + ": " + n + ", " + share }
	w.CountFacts = func(when, then, delta, stock string) string {
		return "at " + when + " it was " + then + ": " + delta + ", now " + stock
	}
	w.Reserved = func(q string) string { return "taken by accepted orders " + q }
	w.Attempts = func(n int) string { return count(n, "attempt", "attempts") + " refused today" }
	w.NoFacts = "nothing was ordered in 90 days"
	w.Moves = map[string]string{"told": "told by the platform", "counted": "counted", "shipped": "shipped", "restocked": "put back", "reversed": "taken back"}
	w.LastMove = func(when, why, delta, stock string) string {
		return "last: " + when + " " + why + " " + delta + ", then " + stock
	}
	w.LastMade = func(when, by, old, now, why string) string {
		return "last correction: " + when + " " + by + ", " + old + " > " + now + ", " + why
	}
	w.NeverMade = "never corrected here before"
	w.Clears = func(c, told, s, r int) string {
		on := ""
		if told > 0 {
			on = itoa(told) + " to be told, "
		}
		return "when written: " + itoa(c) + " cleared, " + on + itoa(s) + " stay, " + itoa(r) + " raised"
	}
	w.Nothing = func(n int) string { return "open: " + itoa(n) + "; type a value to see what it clears" }
	w.NoRows = "no open anomaly is about this"
	w.Exact = func(n string) string { return "exactly " + n + "x" }
	w.ClearsLine, w.ClearsAttempt = "cleared, line accepted", "cleared, can order again"
	w.ClearsOff = func(s string) string { return "cleared, product " + s }
	w.ClearsTold = func(d string) string { return "to " + d + ", can order again" }
	w.ClearsBut = func(line int, kind string) string {
		if line == 0 {
			return "cleared; order still held: " + kind
		}
		return "cleared; line " + itoa(line) + " still held: " + kind
	}
	w.NotEnough = "not enough"
	w.Times = func(n string) string { return n + "x" }
	w.StaysMoves = func(why, d string) string { return "stays: " + why + ", to " + d }
	w.Stays = func(why string) string { return "stays: " + why }
}

func correctDoesEnglish(w *CorrectWords) {
	w.Beside = "touched too, not changed by itself"
	w.Accepted = func(s string, n int) string {
		return count(n, "order", "orders") + " accepted today at " + s + ": list for a call"
	}
	w.List, w.DontList, w.NoneAccepted = "list", "not", "no accepted order is touched"
	w.Refused = func(n, stores int, span string) string {
		return count(n, "attempt", "attempts") + " refused (" + listed(", ", count(stores, "store", "stores"), span) + "): tell the stores"
	}
	w.Tell, w.DontTell, w.NoneRefused = "tell", "not", "no refused attempt is touched"
	w.Platform = func(s string) string {
		return "The platform's catalogue has " + s + ": put it right there too."
	}
	w.PlatformHas = func(s string) string { return "The platform's catalogue had " + s + " at the last import." }
	w.NoPlatform = "The platform's own catalogue told nothing of this."
	w.Unconfirmed = "Corrected and sent: not confirmed yet."
	w.Missing = func(l string) string { return "missing: " + l }
	w.Ready = "all there: ctrl+s asks once more before it writes"
	w.ReadOnly = func(why string) string { return "to look at: writing " + why }
	w.WillTell = func(n string) string { return n + " holds one of these and will be told." }
	w.WriteStep = func(old, now, does string) string { return "Step " + old + " > " + now + "; " + does }
	w.WriteStock = func(q, delta, does string) string { return "Counted " + q + ", " + delta + "; " + does }
	w.WriteStatus = func(s, does string) string { return "Status " + s + "; " + does }
	w.Fewer = "!Fewer of the lines really ordered fit this step than the present one. Is it right?"
	w.Changed = "it changed meanwhile: look again"
	w.Unknown = "no answer: whether it is written is not known. ctrl+s again is safe, it is written once"
	w.Done = func(c, l, listed, told int) string {
		s := "corrected: " + itoa(c) + " cleared, " + itoa(l) + " stay"
		if listed > 0 {
			s += ", " + itoa(listed) + " listed for a call"
		}
		if told > 0 {
			s += ", " + count(told, "store", "stores") + " to be told"
		}
		return s
	}
	w.LeaveAgain = "esc again leaves; what was typed is not kept"
	w.WriteWord, w.NextWord, w.OpenWord, w.MoreWord = "write", "next", "open", "the rest"
	w.Exchange = EverywhereWords{
		Name: "exchange everywhere", Head: func(p string) string { return "Exchange " + p + " at every store that received it" },
		From: "ordered from", To: "to",
		Sum: func(p, from, to, why, text string) string {
			return p + ", orders of " + from + " to " + to + ", " + why + ": " + text + ". Each store that received it gets an exchange of its own."
		},
		Done: func(stores, orders int) string {
			return "exchange opened: " + count(stores, "store", "stores") + ", " + count(orders, "order", "orders")
		},
	}
}
