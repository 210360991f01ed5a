package text

import (
	"fmt"

	"cleardesk/domain"
)

func settleEnglish() SettleWords {
	w := SettleWords{
		Name:     "Settlement",
		Week:     func(from, to string) string { return "week " + from + " to " + to + ", by day received" },
		Signed:   func(by, at string) string { return "signed by " + by + " " + at },
		Unsigned: "not signed", Running: "still running",
		Sums: "due is the sum of the four, diff = collected - due",
		Filtered: func(words string, hidden int) string {
			return fmt.Sprintf("filter %q hides %d, esc shows all", words, hidden)
		},
		HeadStore: "STORE", HeadDelivered: "DELIVERED", HeadCredits: "CREDITS", HeadCharges: "CHARGES", HeadReturns: "RETURNS", HeadDue: "DUE",
		HeadCollected: "COLLECTED", HeadDiff: "DIFF", HeadOpen: "OPEN", HeadState: "STATE", HeadDay: "DAY", HeadOrder: "ORDER",
		HeadAdjusted: "ADJUSTED", HeadRecord: "RECORD",
		States: map[domain.SettleState]string{
			domain.SettleLook: "to look at", domain.SettleSent: "with", domain.SettleOpen: "open case", domain.SettleRounding: "rounding",
			domain.SettleAccepted: "accepted", domain.SettleMatches: "matches",
		},
		Others: func(n int) string { return fmt.Sprintf("%d others", n) }, Match: "match",
		All:  func(n int) string { return fmt.Sprintf("all %d", n) },
		None: "Nothing was delivered, adjusted or collected in this week.",
	}
	settleEnglishFile(&w)
	settleEnglishActs(&w)
	settleEnglishCash(&w)
	return w
}

func settleEnglishFile(w *SettleWords) {
	w.Of = func(store string, n int) string {
		return fmt.Sprintf("%s, %s", store, count(n, "delivery", "deliveries"))
	}
	w.Parts = func(delivered, credits, charges, returns string) string {
		return fmt.Sprintf("delivered %s, credits %s, charges %s, returns %s", delivered, credits, charges, returns)
	}
	w.Refused = func(amount string) string { return "refused at the door, " + amount }
	w.Taken = func(order string) string { return "cash of order " + order }
	w.Carried = func(week string) string { return "carried over from the week of " + week }
	w.Wrote = func(kind, outcome, when, by string) string { return kind + ": " + outcome + " " + when + ", " + by }
	w.Back = func(kind, when, by string) string { return kind + ": taken back " + when + ", " + by }
	w.Open = func(kind, risk string) string { return "open case: " + kind + ", at risk " + risk }
	w.Sent = func(dept, note, by string) string { return "sent to " + dept + ": " + note + " (" + by + ")" }
	w.Returned = func(dept, note, by string) string { return "back from " + dept + ": " + note + " (" + by + ")" }
	w.Accepted = func(note, by string) string { return "accepted: " + note + " (" + by + ")" }
	w.Nothing = "Nothing behind it."
	w.TheWeek = "the week"
	w.Proven = func(n int, credits, charges, returns string) string {
		return fmt.Sprintf("%s of cases: credits %s, charges %s, returns %s: the same as the columns above", count(n, "record", "records"), credits, charges, returns)
	}
	w.Unproven = func(credits, charges, returns string) string {
		return fmt.Sprintf("!records of cases say credits %s, charges %s, returns %s: not what the columns say. Do not sign.", credits, charges, returns)
	}
	w.OpenCases = func(n int, risk, rounding, rounded string) string {
		return fmt.Sprintf("open cases %d, %s: they settle when decided   rounding within %s a delivery: %s", n, risk, rounding, rounded)
	}
	w.Differences = func(look int, lookSum string, sent int, sentSum string, refused int, refusedSum string) string {
		return fmt.Sprintf("look at %d (%s), with departments %d (%s)   refused at the door %d, %s", look, lookSum, sent, sentSum, refused, refusedSum)
	}
	w.Ready = "Ready to sign. What is open is carried over by name. After signing only counter-entries."
	w.NotReady = func(n int) string {
		return fmt.Sprintf("Not ready to sign: look at %d. What is open is carried over by name.", n)
	}
	w.NotOver = "This week is not over yet: it can be signed from Monday on."
	w.WasSigned = "Signed. What comes in for it counts in a later week."
}

func settleEnglishActs(w *SettleWords) {
	w.Records, w.Mark, w.SendBack, w.WeekKeys, w.SignKey, w.AcceptKey, w.ReturnKey = "records", "mark", "send back", "week", "sign", "accept as it is", "give back"
	w.Print = "Print: cleardesk report settlement prints the week."
	w.Stores = "stores"
	w.SendHead = func(stores string) string { return "Send the difference of " + stores + " to a department" }
	w.ReturnHead = func(store, dept string) string { return "Give the difference of " + store + " back from " + dept }
	w.AcceptHead = func(store, diff string) string {
		return "Accept the difference of " + store + ", " + diff + ", as it is"
	}
	w.SignHead = func(week string) string { return "Sign the week " + week }
	w.ToDept, w.Note, w.Found, w.Why = "to", "what is to be looked into", "what was found", "why"
	w.SendSum = func(dept, diff, note string) string { return "To " + dept + ", " + diff + ": " + note }
	w.ReturnSum = func(note string) string { return "Found: " + note }
	w.AcceptSum = func(diff, note string) string { return diff + " stays as it is: " + note }
	w.SignSum = func(due, collected, diff string, open, sent int) string {
		return fmt.Sprintf("Due %s, collected %s, difference %s. Carried over: %d open cases, %d differences. Then only counter-entries.", due, collected, diff, open, sent)
	}
	w.DidSend = func(what string) string { return what + " is sent, and is a task there." }
	w.DidReturn = func(what string) string { return what + " is back with the accountant." }
	w.DidAccept = func(what string) string { return "The difference of " + what + " is accepted." }
	w.DidSign = func(what string) string { return "The week " + what + " is signed." }
	w.Some = func(done, failed int, why string) string {
		return fmt.Sprintf("%d sent, %d not: %s", done, failed, why)
	}
	w.NoDifference = "There is no difference to send."
	w.NotMine = "It lies with no department of yours."
	w.MineToo = "You wrote an adjustment of it: somebody else accepts the difference."
}

func settleEnglishCash(w *SettleWords) {
	w.CashKey, w.Cash, w.CashWhen = "enter cash", "cash taken, minus takes back what was entered wrongly", "taken"
	w.CashOrderFirst = "Put the cursor on the delivery the cash was taken for."
	w.CashHead = func(order, due, taken string) string {
		return "Cash for " + order + ": due " + due + ", entered " + taken
	}
	w.CashReads = func(diff string) string { return "difference then " + diff }
	w.CashAt = func(day string) []string { return []string{"at the door, " + day, "today"} }
	w.CashSum = func(amount, order, when, diff string) string {
		return amount + " for " + order + ", " + when + ": difference then " + diff
	}
	w.DidCash = func(amount, order string) string { return "Cash " + amount + " for " + order + " is entered." }
}
