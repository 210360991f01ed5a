package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/spf13/cobra"
)

// trainingDays is how far back the report looks where no day is named: four weeks.
const trainingDays = 28

func newReportTrainingCmd(a *app) *cobra.Command {
	var days dayFlags
	var least int
	var month, format string
	cmd := &cobra.Command{
		Use: "training", Short: "Stores and departments that would gain from training",
		Long: "Names the stores that placed wrong orders, or ordered no multiple of the step, again and again, and the departments\n" +
			"of which anomalies were LATE (open past the last moment at which anything could be stopped), REOPENED (decided, and taken\n" +
			"back) or false alarms, with the cases as evidence. What was down to wrong master data or a wrong rule does not count\n" +
			"against a store. Those with most evidence come first. TRAINED is the last training, with the same count in the 30 days\n" +
			"before and after it; stores and departments trained so lately that these days tell of it are named, too.",
		Example: "  cleardesk report training\n  cleardesk report training --from 2026-10-01 --to 2026-10-31 --least 3 --format csv > training.csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.reportTraining(cmd.Context(), days, month, least, format)
		},
	}
	days.add(cmd, "four weeks before the last", "today")
	cmd.Flags().StringVar(&month, "month", "", "the month that is told of, such as 2026-11, in place of --from and --to")
	cmd.MarkFlagsMutuallyExclusive("month", "from")
	cmd.MarkFlagsMutuallyExclusive("month", "to")
	cmd.Flags().IntVar(&least, "least", 2, "how often the same must have happened")
	cmd.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return cmd
}

func (a *app) reportTraining(ctx context.Context, days dayFlags, month string, least int, format string) error {
	const op = "report training"
	if err := checkFormat(op, format); err != nil {
		return err
	}
	if least < 1 {
		return domain.Errorf(domain.Invalid, op, "--least takes a number from 1 on")
	}
	store, calendar, err := a.reporting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	today := calendar.BusinessDay(time.Now())
	first, last, err := days.days(op, today.AddDate(0, 0, 1-trainingDays), today)
	if err != nil {
		return err
	}
	if month != "" {
		if first, err = time.Parse("2006-01", month); err != nil {
			return domain.Errorf(domain.Invalid, op, "--month %q is not a month such as 2026-11", month)
		}
		last = first.AddDate(0, 1, -1)
	}
	facts, err := store.Training(ctx, first, last, calendar.Zone)
	if err != nil {
		return err
	}
	rows := domain.TrainingRows(facts, least, calendar)
	switch format {
	case "json":
		return writeJSON(a.stdout, trainingJSON(rows))
	case "csv":
		return trainingCSV(a.stdout, rows)
	}
	return trainingTable(a.stdout, rows)
}

// trainingRow is a row of the report as scripts read it: of a store or of a department.
type trainingRow struct {
	Store       domain.StoreCode  `json:"store,omitempty"`
	Department  domain.Department `json:"department,omitempty"`
	Name        string            `json:"name,omitempty"`
	NameEn      string            `json:"name_en,omitempty"`
	Raised      int               `json:"raised"`
	WrongOrders int               `json:"wrong_orders"`
	Steps       int               `json:"step_mismatches"`
	Late        int               `json:"late"`
	Reopened    int               `json:"reopened"`
	FalseAlarms int               `json:"false_alarms"`
	AtRisk      string            `json:"at_risk"`
	Cases       []domain.CaseID   `json:"cases"`
	Trained     *trainedRow       `json:"trained,omitempty"`
}

// trainedRow is the last training of a row, with what it changed.
type trainedRow struct {
	On     string               `json:"on"`
	Topic  domain.TrainingTopic `json:"topic"`
	Note   string               `json:"note"`
	Before int                  `json:"before"`
	After  int                  `json:"after"`
	Open   int                  `json:"undecided"`
	Helped domain.Verdict       `json:"helped"`
}

func trainedOf(r *domain.TrainingRow) *trainedRow {
	if len(r.Held) == 0 {
		return nil
	}
	h := r.Held[0]
	return &trainedRow{On: dayText(h.On), Topic: h.Topic, Note: h.Note, Before: h.Before, After: h.After, Open: h.Open, Helped: h.Verdict()}
}

func trainingJSON(needs []domain.TrainingRow) []trainingRow {
	out := []trainingRow{} // none is an empty list for programs, too
	for i := range needs {
		n := &needs[i]
		out = append(out, trainingRow{
			Store: n.Store, Department: n.With, Name: n.Name, NameEn: n.NameEn, Raised: n.Raised, WrongOrders: n.WrongOrders, Steps: n.Steps,
			Late: n.Late, Reopened: n.Reopened, FalseAlarms: n.FalseAlarms, AtRisk: n.AtRisk.String(), Cases: append([]domain.CaseID{}, n.Cases...), Trained: trainedOf(n),
		})
	}
	return out
}

func trainingCSV(w io.Writer, needs []domain.TrainingRow) error {
	s := newSheet(w, "store", "department", "name", "name_en", "raised", "wrong_orders", "step_mismatches", "late", "reopened",
		"false_alarms", "at_risk", "cases", "trained_on", "topic", "before", "after", "undecided", "helped", "note")
	for i := range needs {
		n := &needs[i]
		s.words(string(n.Store), string(n.With), n.Name, n.NameEn)
		s.counts(n.Raised, n.WrongOrders, n.Steps, n.Late, n.Reopened, n.FalseAlarms)
		s.figures(n.AtRisk.String())
		s.words(caseList(n.Cases))
		if t := trainedOf(n); t != nil {
			s.words(t.On, string(t.Topic))
			s.counts(t.Before, t.After, t.Open)
			s.words(string(t.Helped), t.Note)
		} else {
			s.words("", "", "", "", "", "", "")
		}
		s.end()
	}
	return s.flush()
}

func trainingTable(w io.Writer, needs []domain.TrainingRow) error {
	const shown = 5 // cases named in a row; csv and json have all
	cells := [][]string{{
		"WHO", "NAME", "RAISED", "WRONG ORDERS", "STEPS", "LATE", "REOPENED", "FALSE ALARMS", "AT RISK", "TRAINED", "HELPED", "CASES",
	}}
	for i := range needs {
		n := &needs[i]
		row := []string{string(n.Store) + string(n.With), orDash(n.Name)}
		for _, count := range []int{n.Raised, n.WrongOrders, n.Steps, n.Late, n.Reopened, n.FalseAlarms} {
			row = append(row, strconv.Itoa(count))
		}
		cases := caseList(n.Cases[:min(shown, len(n.Cases))])
		if more := len(n.Cases) - shown; more > 0 {
			cases += " +" + strconv.Itoa(more)
		}
		trained, helped := "-", "-"
		if t := trainedOf(n); t != nil {
			trained = t.On + " " + string(t.Topic)
			helped = fmt.Sprintf("%s %d > %d", t.Helped, t.Before, t.After)
		}
		cells = append(cells, append(row, n.AtRisk.Grouped(), trained, helped, cases))
	}
	return writeColumns(w, cells)
}

func caseList(cases []domain.CaseID) string {
	out := make([]string, len(cases))
	for i, c := range cases {
		out[i] = strconv.FormatInt(int64(c), 10)
	}
	return strings.Join(out, " ")
}
