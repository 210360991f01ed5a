package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/spf13/cobra"
)

func newReportCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "report", Short: "Print what happened, counted", Args: cobra.NoArgs,
		Example: "  cleardesk report precision\n  cleardesk report precision --since 2026-01 --format csv > precision.csv",
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().BoolVar(&a.demo, "demo", false, "the demo's reports")
	var since, format string
	precision := &cobra.Command{
		Use: "precision", Short: "How often each rule was right, month by month",
		Long: "Prints a row for each rule and month: how many anomalies it raised then, and what people decided on them since.\n" +
			"The precision is the part that were real errors, of those found right, right but unusual, or a false alarm; an anomaly\n" +
			"that was down to wrong master data tells neither for nor against the rule. Its 95 % interval (Wilson's) says how sure\n" +
			"that is: of few decisions it is wide. \"quiet\" are the exemptions that were made of them. \"missed\" are orders refused at\n" +
			"the door though no rule had held anything of them; they have a row of their own.",
		Example: "  cleardesk report precision\n  cleardesk report precision --since 2026-01 --format json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.reportPrecision(cmd.Context(), since, format)
		},
	}
	precision.Flags().StringVar(&since, "since", "", "the first month, such as 2026-01 (default: eleven months ago)")
	precision.Flags().StringVar(&format, "format", "table", "table, csv or json")
	cmd.AddCommand(precision, newReportWeekCmd(a), newReportWorkloadCmd(a), newReportTrainingCmd(a), newReportSettlementCmd(a), newReportHandoverCmd(a))
	return cmd
}

// reporting opens the database as the one named, else as the administrator, for what
// may take longer than a screen waits; with the platform's calendar.
func (a *app) reporting(ctx context.Context) (*db.Store, domain.Calendar, error) {
	who := asAdmin
	if a.flags.as != "" {
		who = asDesk
	}
	dsn, err := a.Open(ctx, who)
	if err != nil {
		return nil, domain.Calendar{}, err
	}
	store, err := db.Open(dsn, db.Options{App: "cleardesk/report", Statement: time.Minute})
	if err != nil {
		return nil, domain.Calendar{}, err
	}
	settings, err := store.Settings(ctx)
	if err != nil {
		_ = store.Close()
		return nil, domain.Calendar{}, err
	}
	return store, settings.Calendar(), nil
}

// anyone opens the database as the one named, else as the administrator: what is asked
// for here both may.
func (a *app) anyone(ctx context.Context) (*db.Store, error) {
	if a.flags.as != "" {
		return a.reader(ctx)
	}
	return a.adminStore(ctx)
}

func (a *app) reportPrecision(ctx context.Context, since, format string) error {
	if err := checkFormat("report", format); err != nil {
		return err
	}
	store, err := a.anyone(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	settings, err := store.Settings(ctx)
	if err != nil {
		return err
	}
	today := settings.Calendar().BusinessDay(time.Now())
	first := time.Date(today.Year(), today.Month()-11, 1, 0, 0, 0, 0, time.UTC)
	if since != "" {
		if first, err = time.Parse("2006-01", since); err != nil {
			return domain.Errorf(domain.Invalid, "report", "--since %q is not a month such as 2026-01", since)
		}
	}
	counted, err := store.Precision(ctx, first, settings.Calendar().Zone)
	if err != nil {
		return err
	}
	rows := precisionRows(counted)
	switch format {
	case "json":
		return writeJSON(a.stdout, rows)
	case "csv":
		return precisionCSV(a.stdout, rows)
	}
	return precisionTable(a.stdout, rows)
}

// precisionRow is a row of the report as scripts read it; the sums over all months are
// rows without a month. Shares are parts of one; there are none of nothing judged.
type precisionRow struct {
	Month     string   `json:"month,omitempty"`
	Rule      string   `json:"rule"`
	Version   int      `json:"rule_version"`
	Raised    int      `json:"raised"`
	Decided   int      `json:"decided"`
	Confirmed int      `json:"confirmed"`
	Unusual   int      `json:"unusual_right"`
	False     int      `json:"false"`
	Master    int      `json:"master_data"`
	Open      int      `json:"open"`
	Quiet     int      `json:"exemptions"`
	Missed    int      `json:"missed"`
	Precision *float64 `json:"precision,omitempty"`
	Low       *float64 `json:"low_95,omitempty"`
	High      *float64 `json:"high_95,omitempty"`
}

func precisionRows(counted []domain.Precision) []precisionRow {
	out := make([]precisionRow, 0, len(counted))
	for _, p := range counted {
		out = append(out, rowOf(p, p.Month.Format("2006-01")))
	}
	for _, p := range domain.PrecisionSums(counted) {
		out = append(out, rowOf(p, ""))
	}
	return out
}

func rowOf(p domain.Precision, month string) precisionRow {
	r := precisionRow{
		Month: month, Rule: p.Rule, Version: p.Version, Raised: p.Raised, Decided: p.Decided, Confirmed: p.Right,
		Unusual: p.Unusual, False: p.Wrong, Master: p.Master, Open: p.Open, Quiet: p.Quietens,
		Missed: p.Missed,
	}
	if share, ok := p.Share(); ok {
		low, high := p.Interval()
		r.Precision, r.Low, r.High = &share, &low, &high
	}
	return r
}

func precisionTable(w io.Writer, rows []precisionRow) error {
	cells := [][]string{{
		"MONTH", "RULE", "RAISED", "DECIDED", "CONFIRMED", "UNUSUAL", "FALSE", "MASTER DATA", "OPEN", "QUIET", "MISSED", "PRECISION", "95 % INTERVAL",
	}}
	for _, r := range rows {
		month, share, between := r.Month, "-", "-"
		if month == "" {
			month = "all"
		}
		if r.Precision != nil {
			share = percent(*r.Precision)
			between = percent(*r.Low) + " to " + percent(*r.High)
		}
		rule := r.Rule + " v" + strconv.Itoa(r.Version)
		if r.Version == 0 {
			rule = r.Rule
		}
		cells = append(cells, append([]string{month, rule}, append(r.counts(), share, between)...))
	}
	return writeColumns(w, cells)
}

func (r precisionRow) counts() []string {
	var out []string
	for _, n := range []int{r.Raised, r.Decided, r.Confirmed, r.Unusual, r.False, r.Master, r.Open, r.Quiet, r.Missed} {
		out = append(out, strconv.Itoa(n))
	}
	return out
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

func precisionCSV(w io.Writer, rows []precisionRow) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{
		"month", "rule", "rule_version", "raised", "decided", "confirmed", "unusual_right", "false", "master_data", "open", "exemptions", "missed",
		"precision", "low_95", "high_95",
	})
	share := func(v *float64) string {
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', 4, 64)
	}
	for _, r := range rows {
		row := append([]string{r.Month, formulaSafe(r.Rule), strconv.Itoa(r.Version)}, r.counts()...)
		_ = out.Write(append(row, share(r.Precision), share(r.Low), share(r.High)))
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
	}
	return nil
}
