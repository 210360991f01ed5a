package text

import (
	"strings"

	"cleardesk/domain"
)

func orderEnglish() OrderWords {
	return OrderWords{
		Name:   "Order",
		Placed: func(w string) string { return "placed " + w }, Taken: func(w string) string { return "accepted " + w },
		Not:   "not accepted yet",
		Total: func(a string) string { return "total " + a },
		Links: func(all []string) string { return "links: " + strings.Join(all, "   ") }, NoLink: "links: none",

		Found: "anomalies and holds", NotFound: "anomalies and holds: none", Story: "what happened, oldest first",
		Span:   func(a, b, n int) string { return span(a, b) + " of " + itoa(n) },
		HeadNo: "NO", HeadProduct: "PRODUCT", HeadOrdered: "ORDERED", HeadPrice: "PRICE", HeadAmount: "AMOUNT", HeadMark: "STATE",
		HeadNote: "NOTE",
		Line: OrderLineWords{
			Held: "held", Cancelled: "cancelled", Waiting: "re-check", Mended: "changed",
			HeldFor: func(k string) string { return "held: " + k }, Pending: "changed, waits for the re-check",
			Changed:     func(from, by string) string { return listed(" by ", "changed from "+from, by) },
			CancelledBy: func(by string) string { return listed(" by ", "cancelled", by) },
			WaitingFor:  "waits for the re-check",
			Verified:    func(by string) string { return "quantity verified by " + by },
			StepSeen:    func(s string) string { return "the store saw step " + s },
			Sum:         func(n int, placed string) string { return count(n, "line", "lines") + ", placed " + placed },
		},
		Odd: OrderOddWords{
			Line: func(l string) string { return "line " + l }, Whole: "the order",
			Rule: func(name string, v int) string { return name + " v" + itoa(v) }, Hard: "a hard limit",
			With: func(d string) string { return "with " + d }, Later: func(at string) string { return "later " + at },
			Closed: func(o, why, by, at string) string { return listed(", ", o, why, by+" "+at) },
			Blocks: "held", Flags: "not held", Pending: "waits for the re-check", Released: "released",
		},
		Event: orderEventsEnglish(),
		Told:  orderToldEnglish(),
		Keys:  OrderKeyWords{Open: "open", Part: "next part", Read: "read again"},
	}
}

func orderEventsEnglish() OrderEventWords {
	return OrderEventWords{
		Platform: "platform", Judge: "judge",
		Placed:  func(n int, total string) string { return "placed, " + count(n, "line", "lines") + ", " + total },
		History: "imported as history",
		Links: map[domain.Link][2]string{
			domain.Reorder: {"in place of", "ordered anew as"}, domain.Supplement: {"makes up for", "supplement"},
		},
		Link:      func(words, no, state string) string { return words + " " + no + " (" + state + ")" },
		Found:     func(where, kind, what string) string { return where + " held: " + kind + ", " + what },
		FlagFound: func(where, kind, what string) string { return where + " flagged: " + kind + ", " + what },
		Accepted: func(held int) string {
			if held == 0 {
				return "accepted"
			}
			return "accepted but for " + count(held, "held line", "held lines")
		},
		Cleared: func(where, kind string) string { return where + " re-checked, in order: hold released, " + kind },
		Claims: map[string]string{
			"claimed": "took it", "given_back": "gave it back", "lapsed": "claim lapsed", "taken_over": "claim was taken over", "off": "went off duty",
		},
		Why:  func(what, why string) string { return listed(": ", what, why) },
		Call: func(a, again string) string { return listed(", ", "call: "+a, again) }, Again: func(at string) string { return "again " + at },
		Notes: map[string]string{
			"note": "note", "handed_over": "handed over", "offered": "handed to", "accepted": "took it over", "refused": "did not take it",
			"moved_up": "moved up to the manager", "snoozed": "put off", "woken": "back in the queue", "verified": "quantity verified",
			"not_verified": "could not verify the quantity",
			"merged":       "merged", "found": "finding", "promised": "promised the store", "proposed": "proposed, a second person signs", "signed": "signed", "not_signed": "not signed", "corrected": "cured by a correction", "joined": "joined its cause",
		},
		To:     func(what, d string) string { return what + " > " + d },
		Record: func(what, changes, note string) string { return "record: " + listed("; ", what, changes, note) },
		Change: func(l, what, from, to string) string { return "line " + l + " " + what + " " + from + " > " + to },
		Drop:   func(l, what string) string { return "line " + l + " " + what + " dropped" },
		Sum:    func(from, to string) string { return from + " > " + to },
	}
}
