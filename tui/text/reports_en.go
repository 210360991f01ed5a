package text

import (
	"fmt"

	"cleardesk/domain"
)

func reportEnglish() ReportWords {
	w := ReportWords{
		Name:    "Reports",
		Tabs:    [4]string{"week", "people", "shifts", "precision"},
		Days:    func(from, to string) string { return from + " to " + to },
		Since:   func(month string) string { return "since " + month },
		Minutes: "times in minutes",
		Filtered: func(words string) string {
			return fmt.Sprintf("only what matches %q, esc shows all", words)
		},
		None:    "Nothing is known of this time.",
		HeadDay: "DAY", HeadKind: "KIND", HeadWho: "WHO", HeadShift: "SHIFT", HeadMonth: "MONTH", HeadRule: "RULE",
		HeadRaised: "RAISED", HeadOpen: "OPEN", HeadDecided: "DECIDED", HeadTouch: "TOUCH", HeadResolve: "RESOLVE", HeadNinth: "9/10",
		HeadHeld: "HELD", HeadSaved: "SAVED", HeadLost: "LOST", HeadByDay: "BY DAY",
		HeadAmount: "AMOUNT", HeadPeople: "PEOPLE", HeadClaimed: "CLAIMED", HeadHandled: "HANDLED", HeadMinutes: "MINUTES", HeadHandedOn: "PASSED", HeadAgain: "REOPEN",
		HeadRight: "RIGHT", HeadUnusual: "UNUSUAL", HeadFalse: "FALSE", HeadMaster: "MASTER", HeadQuiet: "QUIET", HeadMissed: "MISSED",
		HeadShare: "RIGHT IN", HeadBetween: "95 % BETWEEN", HeadWhen: "WHEN", HeadOrder: "ORDER", HeadStore: "STORE", HeadRisk: "AT RISK",
		HeadWhat: "WHAT",
		AllDays:  "all days", AllKinds: "all kinds", Everybody: "everybody", AllShifts: "all shifts", NoShift: "in no shift", Door: "refused",
		NoRule: "no rule", PastPlot: "BY MONTH", To: " to ",
		Kinds:    func(day string) string { return "kinds, " + day },
		DaysOf:   func(who string) string { return "days, " + who },
		MonthsOf: func(rule string) string { return "months, " + rule },
		Behind:   func(what string, n int) string { return fmt.Sprintf("%s: %s", what, count(n, "entry", "entries")) },
	}
	reportEnglishActs(&w)
	return w
}

func reportEnglishActs(w *ReportWords) {
	w.Money = map[string]string{"saved": "saved", "lost": "lost"}
	w.Did = map[domain.WorkDone]string{domain.WorkClaimed: "claimed", domain.WorkHanded: "handed on", domain.WorkHandled: "handled"}
	w.Undone = "reopened"
	w.Reasons = map[domain.CloseReason]string{
		domain.RealError: "real error", domain.UnusualRight: "unusual, right", domain.MasterDataBad: "master data wrong", domain.RuleWrong: "false alarm",
	}
	w.Open = "open"
	w.Cut = func(n int) string { return fmt.Sprintf("the newest %d", n) }
	w.ToCome = "Nothing is known of times to come."
	w.Print = func(command string) string { return "as CSV: " + command }
	w.Behind1, w.TabKey, w.Period, w.Again = "what is behind", "report", "period", "read again"
	w.NoneThere = "Nothing is behind it."
}
