package text

import (
	"fmt"
	"strings"

	"cleardesk/domain"
)

func deliverEnglish() DeliverWords {
	w := DeliverWords{
		Name:     "Deliveries",
		Title:    func(day string) string { return "daily check " + day },
		Proof:    "what the platform counted = the sum of the lines",
		Part:     func(n int) string { return fmt.Sprintf("tab late %d", n) },
		State:    func(by, at string) string { return by + " " + at },
		Unsigned: "not signed", SignedHow: "signed",
		HeadOrders: "ORDERS", HeadAmount: "AMOUNT",
		Platform: func(at string) string {
			if at == "" {
				return "the platform counted"
			}
			return "the platform counted (" + at + ")"
		},
		PlatformNone: "the platform sent no count", FromTotals: "from: its day total", FromNumbers: "no day total: gaps in its numbers only",
		Here: "came in here", Same: "the same",
		More: func(n int, amount string) string { return itoa(n) + " short, " + amount + ": below" },
		Less: func(n int, amount string) string {
			return count(n, "order", "orders") + " " + amount + " more than it counted"
		},
		Later: func(n int, at string) string { return count(n, "order", "orders") + " since " + at },
		Made:  "made here (supplements, re-orders)", Changed: "changed since placed",
		Lines: map[domain.DayLine]string{
			domain.DayScheduled: "accepted, scheduled", domain.DayUnscheduled: "accepted, not scheduled", domain.DayPast: "held past picking",
			domain.DayHeld: "held, still in time", domain.DayJudging: "being judged", domain.DayCancelled: "cancelled", domain.DayRefused: "refused at the door",
		},
		Past: func(clock string) string { return "held past picking " + clock },
		Notes: map[domain.DayLine]string{
			domain.DayUnscheduled: "missed so far: below", domain.DayJudging: "came this moment", domain.DayRefused: "was there, not taken",
		},
		PastNote:  func(with string) string { return listed("; with ", "needs an extra van", with) },
		HeldNote:  func(clock string) string { return "picked until " + clock },
		Reordered: func(n int) string { return count(n, "was re-ordered", "were re-ordered") },
		Shown:     func(from, to, of int) string { return fmt.Sprintf("%d-%d / %d", from, to, of) },
		Unproven:  "!the lines are not what came in: do not sign, report it",
		ToHandle:  func(n int) string { return fmt.Sprintf("to handle %d", n) },
		HeadWhat:  "WHAT", HeadOrder: "ORDER", HeadStore: "STORE", HeadSum: "AMOUNT", HeadLatest: "LATEST", HeadClue: "CLUE",
		Whats:    map[domain.RowWhat]string{domain.RowMissing: "Missing", domain.RowUnscheduled: "No van", domain.RowPast: "Held"},
		NoNumber: func(n int) string { return count(n, "unknown", "unknown") },
		Nothing:  "Nothing to handle.",
		Picked:   func(clock string) string { return "picked " + clock },
		Over:     func(clock string) string { return "over " + clock },
	}
	deliverEnglishClues(&w)
	deliverEnglishActs(&w)
	return w
}

func deliverEnglishClues(w *DeliverWords) {
	w.Gap = func(after, before string) string {
		return "a number left out between " + after + " and " + before
	}
	w.OnlyCount = "the platform counted more; the number is not known"
	w.Refused = func(why, about string) string { return "an import refused it: " + listed(" ", why, about) }
	w.Reasons = map[string]string{
		"mixed_store": "two stores", "mixed_time": "two times", "bad_line": "a line cannot be read", "line_numbers": "line numbers twice",
		"other_store": "of another store", "other_content": "other content", "too_large": "amount too large", "unknown_store": "unknown store",
		"unknown_product": "unknown product",
	}
	w.AcceptedAt = func(when string) string { return "accepted " + when }
	w.ReleasedAt = func(when string) string { return "released " + when }
	w.HeldFor = func(kind, who string) string { return listed(", ", "held: "+kind, who) }
	w.Tried = func(n int) string { return "not reached " + count(n, "time", "times") }
	w.NotJudged = "not judged yet"
	w.Goes = map[domain.Goes]string{
		domain.GoesRound: "scheduled", domain.GoesVan: "extra van", domain.GoesTomorrow: "another day", domain.GoesCancel: "to be cancelled",
		domain.GoesHanded: "handed over", domain.GoesFound: "found", domain.GoesNever: "never existed", domain.GoesResent: "sent again",
	}
	w.GoesTo = func(dept string) string { return "to " + dept }
	w.Said = func(goes, note, by, when string) string {
		return listed(": ", goes, note) + " (" + by + " " + when + ")"
	}
	w.Silent = func(day string) string { return "usually order on " + day + " and have not" }
	w.SilentNone = "every store that usually orders on this day has"
	w.Stores = func(n int) string { return count(n, "store", "stores") + ": " }
	w.Usually = func(store string, times int, usual string) string {
		return fmt.Sprintf("%s (%d of 8, usually %s)", store, times, usual)
	}
	w.Called = func(when, said string) string { return " called " + when + ": " + said }
	w.NoAnswer, w.Reached = "not reached", "reached"
	w.Before = "the last days"
	w.SignedBy = func(day, at, by string, n int) string {
		return fmt.Sprintf("%s signed %s %s, missed %d", day, at, by, n)
	}
	w.NotSigned = func(day string) string { return day + " not signed!" }
	w.LateTitle = func(late, soon int) string { return fmt.Sprintf("late %d, soon %d", late, soon) }
	w.HeadStage, w.HeadDue, w.HeadPlan = "WAITS FOR", "DUE", "LEFT"
	w.LateNone = "Nothing is late or will be soon."
	w.PlanAt = func(when, route string) string { return listed(" route ", "planned "+when, route) }
	w.PromisedAt = func(when string) string { return "the store was told " + when }
	w.CaseWith = func(dept, holder string) string { return listed(", ", "case with "+dept, holder) }
	w.Ready = "Every row has a destination: ctrl+s signs the day."
	w.NotYet = "The window is open: the day is signed after it closes."
	w.WasSigned = "Signed. What comes later shows among the late."
	w.NotReady = func(parts []string) string {
		return "No destination yet: " + strings.Join(parts, ", ") + ". + F9 ctrl+o"
	}
	w.Left = func(what string, n int) string { return fmt.Sprintf("%s %d", strings.ToLower(what), n) }
	w.Filtered = func(words string, hidden int) string {
		return fmt.Sprintf("\"%s\" hides %d, esc shows all", words, hidden)
	}
}

func deliverEnglishActs(w *DeliverWords) {
	w.OpenKey, w.AnswerKey, w.PlanKey, w.LaterKey, w.PassKey = "open", "what was found", "schedule", "another day", "hand over"
	w.SignKey, w.DayKeys, w.PartKey, w.CancelKey, w.MarkKey = "sign the day", "day", "late", "have it cancelled", "mark"
	w.PlanHead = func(of string) string { return "schedule " + of }
	w.LaterHead = func(of string) string { return of + ": another day; the store is told" }
	w.PassHead = func(of string) string { return "hand over " + of }
	w.CancelHead = func(of string) string { return "customer service cancels " + of }
	w.FoundHead = func(of string) string { return of + ": what was found" }
	w.Way, w.When, w.Told, w.Note, w.To, w.Answer = "how", "at the store", "what the store was told", "note", "to", "it"
	w.Ways = map[domain.Goes]string{domain.GoesRound: "with its round", domain.GoesVan: "an extra van"}
	w.ToCancel = "customer service, to cancel"
	w.PlanSum = func(way, when, note string) string {
		return listed(": ", way+", at the store "+when+", kept as promised", note)
	}
	w.GoesSum = func(goes, note string) string { return listed(": ", goes, note) }
	w.Many = func(n int, amount string) string { return fmt.Sprintf("%d marked %s", n, amount) }
	w.Done = func(of, goes string) string { return of + ": " + goes }
	w.SignHead = func(day string) string { return "sign the check of " + day }
	w.SignSum = func(n int, amount string, missed int) string {
		return fmt.Sprintf("%s %s, each with a destination, missed %d. It does not change after that.", count(n, "order", "orders"), amount, missed)
	}
	w.Signed = func(day string) string { return day + " is signed." }
	w.OnlyLogistics = "scheduling needs logistics"
	w.CannotPlan = "it is not here yet: enter tells what was found"
	w.NotThere = "there is no order to open"
	w.HeldStill = "still held: extra van, another day, cancel or hand over"
	w.ResultsTitle = func(done, failed int) string { return fmt.Sprintf("done %d, not done %d", done, failed) }
	w.ResultsKeys = "up/down scroll   esc back"
	w.ResultDone = "done"
	w.NoFuture = "that day has not begun"
}
