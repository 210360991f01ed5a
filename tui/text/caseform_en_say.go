package text

import (
	"strings"

	"cleardesk/domain"
)

func casePlanEnglish() CasePlanWords {
	return CasePlanWords{
		Title: "will be written", Line: func(l string) string { return "line " + l }, Order: "order", Lines: "lines", AllDropped: func(n int) string { return "all " + itoa(n) + " cancelled" }, Record: "record", After: "after",
		Change:    func(name, oldNumber, _, now string) string { return name + " " + oldNumber + " > " + now },
		Dropped:   func(name, old string) string { return name + " " + old + " cancelled" },
		AsOrdered: func(name, q string) string { return listed(" ", name, q, "as ordered") },
		WholeAs:   func(a string) string { return "whole order " + a + " as ordered" },
		Totals:    func(b, a string) string { return b + " > " + a }, SameTotal: func(t string) string { return t + " unchanged" },
		NoHold: "no other hold", Stays: func(what string) string { return "still held: " + what },
		HoldOf: func(line, kind, with string) string {
			s := "order " + kind
			if line != "0" {
				s = "line " + line + " " + kind
			}
			if with != "" {
				s += " (" + with + ")"
			}
			return s
		},
		Cancelled: "order cancelled", RecheckedAll: "re-checked, accepted if clean", Rechecked: "re-checked, accepted if clean", Accepted: "released, order accepted at once",
		Freed: "released, joins its order at once", FreedAll: "released, it goes on", Records: func(k string) string { return k + ": " },
		Call: func(who, clock string) string { return listed(" ", "call", who, clock) }, NoCall: "no call",
		Until: func(c string) string { return "can be reversed until picking " + c }, TooLate: "picking has begun, cannot be changed",
		Learns:      func(_, n string) string { return "the usual learns " + n },
		LearnsNot:   func(_, _, n, not string) string { return "the usual learns " + n + ", not " + not },
		LearnsLines: func(l string) string { return "the usual learns lines " + l + " as ordered" },
		LearnsSum:   func(a string) string { return "the usual amount learns " + a }, LearnsNone: "the usual stays",
		Quiet:      func(upTo, d string) string { return "to " + d + " not flagged up to " + upTo },
		QuietLines: func(l, d string) string { return "to " + d + " lines " + l + " not flagged at this" },
		TellStore:  "the store has to be told", Nothing: "nothing decided yet, nothing is written",
		More:     func(n int) string { return itoa(n) + " more" },
		Verified: func(l string) string { return "quantity of line " + l + " verified" },
		NotRight: func(l string) string { return "quantity of line " + l + " not verified" },
		BackTo:   func(d string) string { return "back to " + d },
	}
}

func caseSayEnglish() CaseSayWords {
	return CaseSayWords{
		Ready: func(n int) string {
			if n == 1 {
				return "Answered: ready to write"
			}
			return "All " + countEn(n) + " answered: ready to write"
		},
		Missing:   func(names string) string { return "Missing: " + names },
		AndMore:   func(n int) string { return itoa(n) + " more" },
		LookFirst: "Looking claims nothing; your first answer does",
		ReadOnly:  func(name, clock string) string { return "read only: " + name + " has it since " + clock },
		Faster: func(name, clock string) string {
			return listed(" ", name, "was faster", clock) + ": read only; your answer was not written"
		},
		Lost: func(name string) string {
			return "it is no longer yours" + during(" but ", name) + "; your answers are kept here, not written"
		},
		ClosedNow: "closed: read only", Claiming: "claiming it, then it asks before writing", ClaimFails: func(why string) string { return "not claimed yet: " + why + ". Answers are kept" },
		Given:   func(o string) string { return o + " given back, the draft is kept" },
		Taken:   func(o string) string { return o + " is yours; F6 gives it back" },
		Writing: "writing", Unknown: "not known yet whether it was written: asking again under the same key, it cannot be written twice",
		Locked: "being written: no changes now",
		WillDo: func(what string) string { return "Will do: " + what },
		LineTo: func(l, q string) string { return "line " + l + " becomes " + q }, LineGone: func(l string) string { return "line " + l + " is cancelled" },
		OrderGone: "the order is cancelled", AsOrdered: "released as ordered",
		Less: func(a string) string { return "order " + a + " less" }, More: func(a string) string { return "order " + a + " more" },
		Written: func(o, what string) string { return o + " written: " + what },
		StillTo: func(c string) string { return "can be reversed until picking " + c }, NowAccepted: "order accepted",
		ToRecheck: "being re-checked", IfClean: "accepted if clean",
		Changed:   func(what string) string { return "It changed: " + what + ". Look again at what will be written" },
		ChangedBy: func(name, what, clock string) string { return listed(" ", name, what, clock) },
		Acts: map[string]string{
			"resolve": "wrote it", "reverse": "took it back", "hand_over": "handed it over", "record_call": "noted a call", "verify_quantity": "verified a quantity",
			"snooze": "put it off", "take_over": "took it over", "give_back": "gave it back", "judged": "flagged something new", "": "changed it",
		},
		ByJudge:  "the judge",
		NewTotal: func(b, a string) string { return "order " + b + " > " + a }, NewFlag: "something new was flagged", FlagGone: "a flag was closed",
		NeedsRole: func(r string) string { return "this takes " + r },
		SeeAgain:  "it changed: look again, then ctrl+s",
		Warnings: map[domain.WarningKind]func(string) string{
			domain.WarnReorder: func(left string) string {
				return "the window closes in " + left + ", too late to re-order; a supplement can be noted"
			},
			domain.WarnPicking:      func(left string) string { return "picking in " + left },
			domain.WarnPast:         func(string) string { return "picking has begun: ask logistics first" },
			domain.WarnSaidWrong:    func(string) string { return "the store called it a mistake, and you release it" },
			domain.WarnSaidWanted:   func(string) string { return "the store wants it, and you cancel it" },
			domain.WarnStep:         func(string) string { return "no multiple of the step: it will be held again" },
			domain.WarnNotDelivered: func(string) string { return "no delivery was told: ask whether it came" },
			domain.WarnUnconfirmed:  func(string) string { return "nobody confirms the weight; the record will say so" },
			domain.WarnAmount:       func(string) string { return "more than the goods in dispute" },
			domain.WarnNothing:      func(string) string { return "cancelled, and nothing is ordered anew" },
			domain.WarnOrderable:    func(string) string { return "one of its products cannot be ordered now" },

			domain.WarnStock: func(string) string { return "more than the stock: it will be held again" },
		},
		ToVerify:   func(d string) string { return d + " verifies first" },
		HandedTo:   func(o, d string) string { return o + " handed to " + d + ", the draft stays" },
		NoCallHere: "nobody is rung in this procedure",
		NoNext:     "nothing further, of this store or in the queue",
		NotKept:    "no connection: the draft is kept on this machine and saved later",
		NotLoaded:  func(why string) string { return "not read: " + why + ". F5 reads again" },
		NoteFirst:  "a note is needed first", VerifiedOK: func(o string) string { return o + ": your word went back to customer service" },
		PickFirst: "choose by digit",
	}
}

// countEn writes small counts as they are said.
func countEn(n int) string {
	words := strings.Split("none,one,two,three,four,five,six,seven,eight,nine,ten", ",")
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return itoa(n)
}

func caseLaterEnglish() CaseLaterWords {
	return CaseLaterWords{
		Attempt: func(n int, outcome, clock string) string { return "Try " + itoa(n) + " " + clock + ": " + outcome },
		Again:   func(c string) string { return "again " + c + ", stays mine" },
		GoesOn: func(n int, last, d string) string {
			return itoa(n) + " tries" + during(" or ", last) + ": " + d
		},
		NowGoes: func(d string) string { return "no more waiting: to " + d },
		Enter:   func(c string) string { return "again " + c }, EnterOn: func(d string) string { return "to " + d },
		Soon: "in 5 min", Other: "other number", Hand: func(d string) string { return "to " + d }, GiveBack: "give back",
		Done:     func(o, c string) string { return o + " again at " + c + ", still yours" },
		DoneBack: func(o, c string) string { return o + " given back, it returns at " + c },
		Answered: func(c string) string { return "answered " + c + "; change question 2 first" },
	}
}
