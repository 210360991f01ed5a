package main

import (
	"context"
	"io"
	"strconv"
	"strings"

	"cleardesk/domain"

	"github.com/spf13/cobra"
)

func newReportWeekCmd(a *app) *cobra.Command {
	var days dayFlags
	var week, format string
	var of weekOfWhom
	cmd := &cobra.Command{
		Use: "week", Short: "What came up, how fast it was handled, and the money",
		Long: "Prints a row for each business day and kind, then each kind over all days, then everything.\n" +
			"RAISED anomalies are OPEN, DECIDED or LAPSED (the facts took them back). TOUCH is how long it took until somebody had one in\n" +
			"hands, RESOLVE until it was decided: the median and what nine of ten do not exceed, in minutes, of what was raised that day.\n" +
			"HELD is the money at risk in what was held, each line once. SAVED is the surplus that corrections and cancellations of real\n" +
			"errors avoided that day, LOST what was credited or refused at the door (kind none).",
		Example: "  cleardesk report week\n  cleardesk report week --week 2026-11-16 --format csv > week.csv\n  cleardesk report week --from 2026-11-01 --to 2026-11-30",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.reportWeek(cmd.Context(), days, week, of, format) },
	}
	days.add(cmd, "this week's Monday", "this week's Sunday")
	cmd.Flags().StringVar(&week, "week", "", "any day of the week that is told of, in place of --from and --to")
	cmd.Flags().StringVar(&of.store, "store", "", "only what happened at a store, by its code")
	cmd.Flags().StringVar(&of.with, "with", "", "only what lies, or lay when it ended, with a department, such as logistics")
	cmd.Flags().StringVar(&format, "format", "table", "table, csv or json")
	cmd.MarkFlagsMutuallyExclusive("week", "from")
	cmd.MarkFlagsMutuallyExclusive("week", "to")
	return cmd
}

// weekOfWhom narrows the report to a store or a department; "" for all.
type weekOfWhom struct{ store, with string }

func (o weekOfWhom) holds(p domain.Place) bool {
	return (o.store == "" || string(p.Store) == o.store) && (o.with == "" || string(p.With) == o.with)
}

func (a *app) reportWeek(ctx context.Context, days dayFlags, week string, of weekOfWhom, format string) error {
	const op = "report week"
	if err := checkFormat(op, format); err != nil {
		return err
	}
	if of.with != "" && !domain.Department(of.with).Valid() {
		return domain.Errorf(domain.Invalid, op, "--with %q is no department; there are %s", of.with, departmentNames())
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
	facts, err := store.WeekFacts(ctx, from, to)
	if err != nil {
		return err
	}
	rows := domain.WeekRows(facts.Only(of.holds), calendar)
	switch format {
	case "json":
		return writeJSON(a.stdout, weekJSON(rows))
	case "csv":
		return weekCSV(a.stdout, rows)
	}
	return weekTable(a.stdout, rows)
}

// weekRow is a row of the report as scripts read it: without a day it is of all days,
// without a kind of all kinds. Minutes are missing where nothing was touched or decided.
type weekRow struct {
	Day           string      `json:"day,omitempty"`
	Kind          domain.Kind `json:"kind,omitempty"`
	Raised        int         `json:"raised"`
	Open          int         `json:"open"`
	Decided       int         `json:"decided"`
	Lapsed        int         `json:"lapsed"`
	TouchMedian   *float64    `json:"touch_median_minutes,omitempty"`
	TouchNinth    *float64    `json:"touch_ninth_minutes,omitempty"`
	ResolveMedian *float64    `json:"resolve_median_minutes,omitempty"`
	ResolveNinth  *float64    `json:"resolve_ninth_minutes,omitempty"`
	Held          string      `json:"held"`
	Saved         string      `json:"saved"`
	Lost          string      `json:"lost"`
}

func weekJSON(rows []domain.WeekRow) []weekRow {
	out := []weekRow{} // none is an empty list for programs, too
	for _, r := range rows {
		w := weekRow{
			Day: dayText(r.Day), Kind: r.Kind, Raised: r.Raised, Open: r.Open, Decided: r.Decided, Lapsed: r.Lapsed,
			Held: r.Held.String(), Saved: r.Saved.String(), Lost: r.Lost.String(),
		}
		w.TouchMedian, w.TouchNinth = minutesOf(r.Touch, r.Touched)
		w.ResolveMedian, w.ResolveNinth = minutesOf(r.Resolve, r.Decided)
		out = append(out, w)
	}
	return out
}

// minutesOf gives a span of n times in minutes, nothing of no times.
func minutesOf(s domain.Span, n int) (median, ninth *float64) {
	if n == 0 {
		return nil, nil
	}
	m, t := s.Median.Minutes(), s.Ninth.Minutes()
	return &m, &t
}

func weekCSV(w io.Writer, rows []domain.WeekRow) error {
	s := newSheet(w, "day", "kind", "raised", "open", "decided", "lapsed", "touch_median_minutes", "touch_ninth_minutes",
		"resolve_median_minutes", "resolve_ninth_minutes", "held", "saved", "lost")
	for _, r := range rows {
		s.words(dayText(r.Day), string(r.Kind))
		s.counts(r.Raised, r.Open, r.Decided, r.Lapsed)
		s.figures(weekTimes(r)...)
		s.figures(r.Held.String(), r.Saved.String(), r.Lost.String())
		s.end()
	}
	return s.flush()
}

func weekTimes(r domain.WeekRow) []string {
	return []string{
		inMinutes(r.Touch.Median, r.Touched), inMinutes(r.Touch.Ninth, r.Touched),
		inMinutes(r.Resolve.Median, r.Decided), inMinutes(r.Resolve.Ninth, r.Decided),
	}
}

func weekTable(w io.Writer, rows []domain.WeekRow) error {
	cells := [][]string{{
		"DAY", "KIND", "RAISED", "OPEN", "DECIDED", "LAPSED", "TOUCH", "9 OF 10", "RESOLVE", "9 OF 10", "HELD", "SAVED", "LOST",
	}}
	for _, r := range rows {
		row := []string{orAll(dayText(r.Day)), orAll(string(r.Kind))}
		for _, n := range []int{r.Raised, r.Open, r.Decided, r.Lapsed} {
			row = append(row, strconv.Itoa(n))
		}
		for _, t := range weekTimes(r) {
			row = append(row, orDash(t))
		}
		cells = append(cells, append(row, r.Held.Grouped(), r.Saved.Grouped(), r.Lost.Grouped()))
	}
	return writeColumns(w, cells)
}

// departmentNames lists the departments as flags take them.
func departmentNames() string {
	var out []string
	for _, d := range domain.Departments() {
		out = append(out, string(d))
	}
	return strings.Join(out, ", ")
}
