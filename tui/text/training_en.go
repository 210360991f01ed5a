package text

import (
	"fmt"

	"cleardesk/domain"
)

func trainEnglish() TrainWords {
	w := TrainWords{
		Name:  "Training",
		Month: func(month string) string { return "who would gain from training, " + month },
		Sums: func(needs, trained int) string {
			return fmt.Sprintf("%d would gain, %d trained lately", needs, trained)
		},
		Filtered: func(words string, hidden int) string {
			return fmt.Sprintf("filter %q hides %d, esc shows all", words, hidden)
		},
		None:    "Nothing went wrong twice in this month: nobody has to be trained.",
		HeadWho: "WHO", HeadWrong: "WRONG", HeadSteps: "STEPS", HeadLate: "LATE", HeadReopened: "REOP", HeadFalse: "FALSE", HeadRisk: "AT RISK",
		HeadLast: "HELD", HeadHelped: "DID IT HELP",
		HeadDay: "DAY", HeadOrder: "ORDER", HeadStore: "STORE", HeadKind: "KIND", HeadHow: "ENDED AS", HeadShows: "SHOWS",
		Topics: map[domain.TrainingTopic]string{
			domain.TopicWrongOrders: "wrong orders", domain.TopicSteps: "off the step", domain.TopicLate: "past due",
			domain.TopicReopened: "reopened", domain.TopicFalseAlarms: "false alarms",
		},
		Verdicts: map[domain.Verdict]string{
			domain.TooEarly: "too early", domain.Fewer: "fewer", domain.NoChange: "no change", domain.More: "more",
		},
		Waits: "undecided",
		Helped: func(verdict string, before, after, open, days int) string {
			out := fmt.Sprintf("%s: %d > %d", verdict, before, after)
			if open > 0 {
				out += fmt.Sprintf(" +%d open", open)
			}
			if days < domain.TrainingSpan {
				out += fmt.Sprintf(", %dd of %d", days, domain.TrainingSpan)
			}
			return out
		},
		Of: func(who string, cases int) string { return fmt.Sprintf("%s, %s", who, count(cases, "case", "cases")) },
		Lesson: func(day, topic, by, note string) string {
			return fmt.Sprintf("trained %s, %s, %s: %s", day, topic, by, note)
		},
		Never: "not trained in this yet", Open: "open", Nothing: "no cases in this month",
	}
	trainEnglishActs(&w)
	return w
}

func trainEnglishActs(w *TrainWords) {
	w.Evidence, w.MonthKeys, w.Mark, w.Record, w.Procedure = "cases", "month", "mark", "training held", "procedure"
	w.Print = func(command string) string { return "as CSV: " + command }
	w.ToCome = "Nothing is known of months to come."
	w.Whom, w.Another, w.Department, w.Code, w.Topic, w.When, w.Note = "who", "another store", "a department", "store code", "in what", "which day (MM-DD)", "what was done"
	w.Head = func(who string) string { return "training held: " + who }
	w.HeadNew = "training held"
	w.GoodDay = func(day string) string { return "= " + day }
	w.BadDay = "a day of the last year, as 11-03"
	w.Sum = func(who, topic, day, note string) string { return fmt.Sprintf("%s, %s, %s: %s", who, topic, day, note) }
	w.Before = func(n int) string {
		return fmt.Sprintf("%d in this month. 30 days before and 30 after it will be compared.", n)
	}
	w.Did = func(who string) string {
		return "Written down: " + who + ". After 30 days the row says whether it helped."
	}
	w.Some = func(done, failed int, why string) string {
		return fmt.Sprintf("%d written down, %d not: %s", done, failed, why)
	}
	w.Several = func(n int, store bool) string {
		if store {
			return count(n, "store", "stores")
		}
		return count(n, "department", "departments")
	}
	w.Mixed = "Stores and departments are trained in different things: mark one sort."
}
