package text

import (
	"fmt"

	"cleardesk/domain"
)

func rosterEnglish() RosterWords {
	w := RosterWords{
		Name: "Roster",
		Title: func(clock string, here, away, lacking int) string {
			return fmt.Sprintf("now %s   here %d  away %d  missing %d", clock, here, away, lacking)
		},
		Extra:    func(n int) string { return fmt.Sprintf("off duty at a desk %d", n) },
		NoRoster: "no roster is published for this week: everybody counts as on duty",
		NoDesk:   "at no desk",
		HeadWho:  "NAME", HeadShift: "SHIFT", HeadState: "STATE", HeadHeld: "HELD", HeadClosed: "DONE", HeadPace: "MEDIAN", HeadOldest: "OLDEST",
		HeadDept: "DEPT", HeadHours: "HOURS",
		States: map[domain.HereState]string{
			domain.HereOn: "here", domain.HereAway: "away", domain.HereExtra: "off duty, here", domain.HereAbsent: "absent", domain.HereOff: "off",
		},
		Reasons: map[domain.AbsenceReason]string{
			domain.AbsentSick: "sick", domain.AbsentLeave: "leave", domain.AbsentTraining: "course", domain.AbsentOther: "absent",
		},
		AwayFor: func(d string) string { return "away " + d },
		OpenNow: func(open, unclaimed, held, closed int) string {
			return fmt.Sprintf("open %d: nobody's %d, held %d   done today %d", open, unclaimed, held, closed)
		},
		Until: func(clock string, open, expected, cleared, left int, money string) string {
			return fmt.Sprintf("by %s: %d + %d to come - %d cleared = %d left (%s)", clock, open, expected, cleared, left, money)
		},
		UntilUnknown: func(clock string, open, cleared, left int, money string) string {
			return fmt.Sprintf("by %s: %d - %d cleared = %d left (%s), what comes is unknown", clock, open, cleared, left, money)
		},
		MoreClears: func(n int) string { return fmt.Sprintf("+%d clears all", n) },
		MoreLeaves: func(n, left int) string { return fmt.Sprintf("+%d leaves %d", n, left) },
		Over:       "window and handling hours are over for today",
		Callable:   func(list string) string { return "to call: " + list }, CallNobody: "nobody is left to call",
		Oldest: func(who, kind, age, limit string, past bool) string {
			if past {
				return "!oldest claim: " + who + " " + kind + " " + age + ", over " + limit
			}
			return "oldest claim: " + who + " " + kind + " " + age + ", within " + limit
		},
		Week: func(from, to string) string { return from + " to " + to }, Version: func(no int) string { return fmt.Sprintf("version %d", no) },
		None: "not published", Drafted: func(n int) string { return fmt.Sprintf("draft changes %d", n) },
		Behind: func(no int, by string) string { return fmt.Sprintf("!version %d came meanwhile from %s", no, by) },
		Legend: "* draft  ! trouble", Today: "today", Rest: "rest",
		Words:    map[string]string{"rest": "rest off free", "sick": "sick ill", "leave": "leave holiday", "training": "course", "other": "absent"},
		InWindow: "window",
		Below:    func(n int) string { return fmt.Sprintf("%d more below", n) },
		Hidden:   func(words string, n int) string { return fmt.Sprintf("filter %q hides %d, esc shows all", words, n) },
	}
	rosterEnglishDay(&w)
	rosterEnglishActs(&w)
	rosterEnglishAsks(&w)
	rosterEnglishPast(&w)
	return w
}

func rosterEnglishDay(w *RosterWords) {
	w.CellRest = func(who, day string) string { return who + " " + day + ": rest" }
	w.CellIs = func(who, day, shifts, hours string) string {
		return who + " " + day + ": " + shifts + ", " + hours + " h"
	}
	w.StandsFor = func(who string) string { return "for " + who }
	w.WasCell = func(s string) string { return "published: " + s }
	w.NoStandIn = "nobody stands in"
	w.Hours = func(day, basis string) string { return day + " by hour: " + basis }
	w.Basis = func(days int, weekday string) string {
		if weekday == "" {
			return fmt.Sprintf("expected as on the last %s", count(days, "day", "days"))
		}
		return fmt.Sprintf("expected as on the last %d %s", days, weekday)
	}
	w.NoBasis = "nothing is known of what comes"
	w.PaceOf = func(m string, known bool) string {
		if known {
			return "a case takes " + m
		}
		return "a case takes " + m + " as planned"
	}
	w.RowHour, w.RowExpected, w.RowDuty, w.RowCleared, w.RowLeft = "hour", "expected", "on duty", "cleared", "left"
	w.NoGap = "no gaps"
	w.Gap = map[domain.GapWhat]func(string, string, int, int, int) string{
		domain.GapWindow: func(dept, span string, have, need, _ int) string {
			return fmt.Sprintf("%s window: %s has %d of %d", span, dept, have, need)
		},
		domain.GapHandling: func(dept, span string, have, need, _ int) string {
			return fmt.Sprintf("%s handling: %s has %d of %d", span, dept, have, need)
		},
		domain.GapLeft:        func(_, span string, _, _, left int) string { return fmt.Sprintf("%s work: %d left over", span, left) },
		domain.GapUnpublished: func(_, _ string, _, _, _ int) string { return "no roster is published" },
	}
	w.NextWeek = "This week is not published: until then everybody counts as on duty in it."
}

func rosterEnglishActs(w *RosterWords) {
	w.Edit = func(who, day string) string { return who + " " + day }
	w.EditMany = func(n int) string { return fmt.Sprintf("%d days", n) }
	w.EditKeys = "09-15   09-12 16-20   22-06   09-12 expansion   rest   sick   leave      enter takes it, esc leaves it"
	w.Reads = func(shifts, hours string) string { return shifts + ", " + hours + " h" }
	w.BadCell = map[string]func(string) string{
		domain.CellShift:   func(s string) string { return s + " is no time such as 09-15" },
		domain.CellWord:    func(s string) string { return s + " is no word known here" },
		domain.CellRole:    func(s string) string { return s + " is no role of theirs after a shift" },
		domain.CellOverlap: func(s string) string { return s + ": shifts overlap" },
		domain.CellMixed:   func(s string) string { return s + ": rest or absent, or shifts" },
	}
	w.PastDay, w.Manager, w.Absent = "This day is over: what was published of it stays.", "manager", "They are still absent that day: F2 ends it."
	w.KeyEdit, w.KeyMark, w.KeyAdd, w.KeyWeek, w.KeyHand, w.KeyPublish, w.KeyPart, w.KeyBack = "edit", "mark", "shift", "week", "hand on work", "publish", "part", "back"
	w.Changes = func(week string, no int) string { return fmt.Sprintf("Week %s, to be version %d", week, no) }
	w.Change = func(day, who, was, is string) string { return day + " " + who + ": " + was + " > " + is }
	w.GapsThen, w.NoGapsThen = "gaps then", "No gaps then."
	w.More = func(n int) string { return fmt.Sprintf("and %d more", n) }
	w.Nothing = "Nothing to publish: enter edits a day."
	w.PublishHead = func(week string, no int) string {
		return fmt.Sprintf("Publish week %s as version %d: work is given out by it from then on", week, no)
	}
	w.PublishSum = func(changes, gaps int) string {
		return fmt.Sprintf("%s, %s", count(changes, "day changes", "days change"), count(gaps, "gap is left", "gaps are left"))
	}
	w.DidPublish = func(week string, no int) string { return fmt.Sprintf("week %s is published, version %d", week, no) }
	w.Absence, w.EndAbsence, w.StandIn, w.Swap, w.Answer = "absence", "there again: end the absence", "stand-in, or take over now", "ask for a swap", "answer a swap"
	w.Copy, w.Template, w.KeepTemplate, w.Discard, w.Hand = "copy the week before", "fill by a template", "keep as a template", "throw the draft away", "hand on open work"
	w.History = func(week string) string { return "History of week " + week }
	w.Print = "Print: cleardesk export roster prints the week."
	w.WasOver = "This week is over."
}

func rosterEnglishAsks(w *RosterWords) {
	w.AbsenceHead = func(who, day string) string { return who + " is not there from " + day }
	w.AskReason, w.AskLast, w.AskNote, w.AskWho, w.AskStandIn = "why", "last day (11-26, or how many days)", "note", "who", "stand-in"
	w.Nobody = "nobody yet"
	w.LastReads = func(day string, days int) string { return "until " + day + ", " + count(days, "day", "days") }
	w.LastBad = "a day such as 11-26, or a number of days"
	w.AbsenceSum = func(who, reason, first, last, standIn string) string {
		s := who + " " + reason + " " + first
		if last != first {
			s += " to " + last
		}
		return s + ", stand-in: " + standIn
	}
	w.DidAbsence = func(who string) string { return who + " is absent; the gaps were looked at again" }
	w.EndHead = func(who, reason, until string) string {
		return who + " is there again (" + reason + " until " + until + ")"
	}
	w.EndSum = "from now on, or not absent at all where it has not begun"
	w.DidEnd = func(who string) string { return who + " is there again" }
	w.NotAbsent = "Nobody is absent here."
	w.StandHead = func(who, day, shifts string) string { return "Who takes " + shifts + " of " + who + " on " + day }
	w.StandSum = func(by, who string, now bool) string {
		if now {
			return by + " takes over from " + who + " now"
		}
		return by + " stands in for " + who
	}
	w.DidStand = func(by, who string) string { return by + " has the shift of " + who }
	w.NoShift = "There is no published shift here that is not over."
	w.SwapHead = func(mine, day string) string { return "Swap my " + day + " " + mine }
	w.AskColleague, w.AskTheirDay = "with", "for"
	w.SwapOffer = func(_, day, shifts string) string { return day + " " + shifts }
	w.SwapSum = func(mine, theirs string) string { return "my " + mine + " for " + theirs }
	w.DidAsk = func(who string) string { return who + " is asked: it holds once they agree" }
	w.SwapNone = "Swap your own day ahead: put the cursor on your row."
	w.Asked = func(who, theirs, mine string) string {
		return who + " asks: " + theirs + " for your " + mine + ": F2 answers"
	}
	w.AnswerHead = func(who, theirs, mine, note string) string {
		s := who + " gives " + theirs + " for your " + mine
		if note != "" {
			s += ": " + note
		}
		return s
	}
	w.AgreeOrNot, w.AnswerSum = [2]string{"agree", "refuse"}, [2]string{"agreed: the roster is published with it", "refused"}
	w.DidAnswer = [2]string{"the shifts have changed hands", "the swap is refused"}
	w.NoAsked = "Nobody asks you for a swap."
	w.CopyHead = func(from, to string) string { return "Copy week " + from + " to week " + to + ", as a draft" }
	w.CopySum = func(n int) string { return count(n, "day is", "days are") + " drafted" }
	w.DidCopy = w.CopySum
	w.NoCopy = "Nothing is published of the week before."
	w.TemplateHead = func(week string) string { return "Fill week " + week + " by a template, as a draft" }
	w.AskTemplate, w.NoTemplate = "which", "No template is kept yet."
	w.DidTemplate = func(name string, n int) string { return name + ": " + count(n, "day is", "days are") + " drafted" }
	w.KeepHead = func(week string) string { return "Keep week " + week + " as a template" }
	w.AskName = "name"
	w.KeepSum = func(name string, n int) string { return name + ", " + count(n, "day", "days") }
	w.DidKeep = func(name string) string { return "template " + name + " is kept" }
	w.DiscardHead = func(n int) string { return fmt.Sprintf("Throw away the draft of %s", count(n, "day", "days")) }
	w.DidDiscard = "the draft is thrown away"
	w.HandHead = func(who string, n int) string { return "Hand on " + count(n, "case", "cases") + " of " + who }
	w.NextShift = "next shift"
	w.HandSum = func(n int, to, note string) string { return count(n, "case", "cases") + " to " + to + ": " + note }
	w.DidHand = func(n int, to string) string { return count(n, "case is", "cases are") + " offered to " + to }
	w.HoldsNone = func(who string) string { return who + " holds nothing." }
}

func rosterEnglishPast(w *RosterWords) {
	w.Why = map[domain.RosterWhy]string{
		domain.RosterPublished: "published", domain.RosterImported: "imported", domain.RosterSwapped: "swap agreed", domain.RosterTakenOver: "taken over",
		domain.RosterStandsIn: "stand-in",
	}
	w.VersionLine = func(no int, why, by, when string) string {
		return fmt.Sprintf("version %d, %s, %s %s", no, why, by, when)
	}
	w.AbsenceLine = func(who, reason, from, to, by, when string) string {
		return "absence: " + who + " " + reason + " " + from + " to " + to + ", " + by + " " + when
	}
	w.EndedLine = func(who, by, when string) string { return "there again: " + who + ", " + by + " " + when }
	w.SwapLine = func(who, of, gives, takes string, agreed *bool) string {
		s := "swap: " + who + " asked " + of + ", " + gives + " for " + takes
		switch {
		case agreed == nil:
			return s + ", no answer yet"
		case *agreed:
			return s + ", agreed"
		}
		return s + ", refused"
	}
	w.NoHistory = "Nothing was published or written of this week."
}
