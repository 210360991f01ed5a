package main

import (
	"context"
	"io"
	"slices"
	"strconv"

	"cleardesk/domain"

	"github.com/spf13/cobra"
)

func newReportWorkloadCmd(a *app) *cobra.Command {
	var days dayFlags
	var week, by, format string
	cmd := &cobra.Command{
		Use: "workload", Short: "What each person did, day by day",
		Long: "Prints a row for each business day and person, then each person over all days, then everybody: cases CLAIMED, HANDLED\n" +
			"(writes of records, one a case), the median of the MINUTES from the claim to the write, cases HANDED ON to another\n" +
			"department, and how many of the handled were REOPENED since, their writes taken back. --by shift counts by the published\n" +
			"shifts of the roster, those of the same hours together, and what was done in none of them.",
		Example: "  cleardesk report workload\n  cleardesk report workload --by shift\n  cleardesk report workload --from 2026-11-01 --to 2026-11-30 --format csv > work.csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.reportWorkload(cmd.Context(), days, week, by, format)
		},
	}
	days.add(cmd, "this week's Monday", "this week's Sunday")
	cmd.Flags().StringVar(&week, "week", "", "any day of the week that is told of, in place of --from and --to")
	cmd.MarkFlagsMutuallyExclusive("week", "from")
	cmd.MarkFlagsMutuallyExclusive("week", "to")
	cmd.Flags().StringVar(&by, "by", "person", "person or shift")
	cmd.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return cmd
}

func (a *app) reportWorkload(ctx context.Context, days dayFlags, week, by, format string) error {
	const op = "report workload"
	if err := checkFormat(op, format); err != nil {
		return err
	}
	if by != "person" && by != "shift" {
		return domain.Errorf(domain.Invalid, op, "--by takes person or shift, not %q", by)
	}
	store, calendar, err := a.reporting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	monday, sunday, err := namedWeek(op, week, calendar)
	if err != nil {
		return err
	}
	first, last, err := days.days(op, monday, sunday)
	if err != nil {
		return err
	}
	from, to := moments(first, last, calendar.Zone)
	work, err := store.Work(ctx, from, to)
	if err != nil {
		return err
	}
	rows := domain.WorkRows(work, calendar)
	if by == "shift" {
		rows = domain.WorkShifts(work, calendar)
	}
	switch format {
	case "json":
		return writeJSON(a.stdout, workJSON(rows))
	case "csv":
		return workCSV(a.stdout, rows, by == "shift")
	}
	return workTable(a.stdout, rows, by == "shift")
}

// workRow is a row of the report as scripts read it: without a day it is of all days,
// without a login or a shift of everybody.
type workRow struct {
	Day      string       `json:"day,omitempty"`
	Login    domain.Login `json:"login,omitempty"`
	Name     string       `json:"name,omitempty"`
	NameEn   string       `json:"name_en,omitempty"`
	Shift    string       `json:"shift,omitempty"`
	People   int          `json:"people,omitempty"`
	Claimed  int          `json:"claimed"`
	Handled  int          `json:"handled"`
	Median   *float64     `json:"median_minutes,omitempty"`
	HandedOn int          `json:"handed_on"`
	Reopened int          `json:"reopened"`
}

func workJSON(rows []domain.WorkRow) []workRow {
	out := []workRow{} // none is an empty list for programs, too
	for _, r := range rows {
		median, _ := minutesOf(r.Took, r.Timed)
		out = append(out, workRow{
			Day: dayText(r.Day), Login: r.By, Name: r.Name, NameEn: r.NameEn, Shift: r.Shift, People: r.People, Claimed: r.Claimed, Handled: r.Handled, Median: median,
			HandedOn: r.HandedOn, Reopened: r.Reopened,
		})
	}
	return out
}

func workCSV(w io.Writer, rows []domain.WorkRow, shifts bool) error {
	who := []string{"login", "name", "name_en"}
	if shifts {
		who = []string{"shift", "people"}
	}
	s := newSheet(w, slices.Concat([]string{"day"}, who, []string{"claimed", "handled", "median_minutes", "handed_on", "reopened"})...)
	for _, r := range rows {
		s.words(dayText(r.Day))
		if shifts {
			s.words(r.Shift)
			s.counts(r.People)
		} else {
			s.words(string(r.By), r.Name, r.NameEn)
		}
		s.counts(r.Claimed, r.Handled)
		s.figures(inMinutes(r.Took.Median, r.Timed))
		s.counts(r.HandedOn, r.Reopened)
		s.end()
	}
	return s.flush()
}

func workTable(w io.Writer, rows []domain.WorkRow, shifts bool) error {
	head := []string{"DAY", "LOGIN", "NAME"}
	if shifts {
		head = []string{"DAY", "SHIFT", "PEOPLE"}
	}
	cells := [][]string{append(head, "CLAIMED", "HANDLED", "MINUTES", "HANDED ON", "REOPENED")}
	for _, r := range rows {
		who, second := string(r.By), orDash(r.Name)
		if shifts {
			who, second = r.Shift, strconv.Itoa(r.People)
		}
		cells = append(cells, []string{
			orAll(dayText(r.Day)), orAll(who), second, strconv.Itoa(r.Claimed), strconv.Itoa(r.Handled),
			orDash(inMinutes(r.Took.Median, r.Timed)), strconv.Itoa(r.HandedOn), strconv.Itoa(r.Reopened),
		})
	}
	return writeColumns(w, cells)
}
