package main

import (
	"context"
	"io"
	"strconv"
	"time"

	"cleardesk/domain"

	"github.com/spf13/cobra"
)

func newReportWorkloadCmd(a *app) *cobra.Command {
	var days dayFlags
	var format string
	cmd := &cobra.Command{
		Use: "workload", Short: "What each person did, day by day",
		Long: "Prints a row for each business day and person, then each person over all days, then everybody: cases CLAIMED, HANDLED\n" +
			"(writes of records, one a case), the median of the MINUTES from the claim to the write, cases HANDED ON to another\n" +
			"department, and how many of the handled were REOPENED since, their writes taken back.",
		Example: "  cleardesk report workload\n  cleardesk report workload --from 2026-11-01 --to 2026-11-30 --format csv > work.csv",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.reportWorkload(cmd.Context(), days, format) },
	}
	days.add(cmd, "this week's Monday", "this week's Sunday")
	cmd.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return cmd
}

func (a *app) reportWorkload(ctx context.Context, days dayFlags, format string) error {
	const op = "report workload"
	if err := checkFormat(op, format); err != nil {
		return err
	}
	store, calendar, err := a.reporting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	monday, sunday := weekOf(calendar.BusinessDay(time.Now()))
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
	switch format {
	case "json":
		return writeJSON(a.stdout, workJSON(rows))
	case "csv":
		return workCSV(a.stdout, rows)
	}
	return workTable(a.stdout, rows)
}

// workRow is a row of the report as scripts read it: without a day it is of all days,
// without a login of everybody.
type workRow struct {
	Day      string       `json:"day,omitempty"`
	Login    domain.Login `json:"login,omitempty"`
	Name     string       `json:"name,omitempty"`
	NameEn   string       `json:"name_en,omitempty"`
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
			Day: dayText(r.Day), Login: r.By, Name: r.Name, NameEn: r.NameEn, Claimed: r.Claimed, Handled: r.Handled, Median: median,
			HandedOn: r.HandedOn, Reopened: r.Reopened,
		})
	}
	return out
}

func workCSV(w io.Writer, rows []domain.WorkRow) error {
	s := newSheet(w, "day", "login", "name", "name_en", "claimed", "handled", "median_minutes", "handed_on", "reopened")
	for _, r := range rows {
		s.words(dayText(r.Day), string(r.By), r.Name, r.NameEn)
		s.counts(r.Claimed, r.Handled)
		s.figures(inMinutes(r.Took.Median, r.Timed))
		s.counts(r.HandedOn, r.Reopened)
		s.end()
	}
	return s.flush()
}

func workTable(w io.Writer, rows []domain.WorkRow) error {
	cells := [][]string{{"DAY", "LOGIN", "NAME", "CLAIMED", "HANDLED", "MINUTES", "HANDED ON", "REOPENED"}}
	for _, r := range rows {
		cells = append(cells, []string{
			orAll(dayText(r.Day)), orAll(string(r.By)), orDash(r.Name), strconv.Itoa(r.Claimed), strconv.Itoa(r.Handled),
			orDash(inMinutes(r.Took.Median, r.Timed)), strconv.Itoa(r.HandedOn), strconv.Itoa(r.Reopened),
		})
	}
	return writeColumns(w, cells)
}
