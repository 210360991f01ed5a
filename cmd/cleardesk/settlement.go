package main

import (
	"context"
	"io"
	"strconv"
	"time"

	"cleardesk/domain"

	"github.com/spf13/cobra"
)

func newReportSettlementCmd(a *app) *cobra.Command {
	var week, format string
	cmd := &cobra.Command{
		Use: "settlement", Short: "What each store owes for a week, and what was collected",
		Long: "Prints a row for each store with something in the week, and their sums. Credits and returns are below nought, so that due is\n" +
			"the plain sum of the four; the difference is collected less due, with what was carried over.",
		Example: "  cleardesk report settlement\n  cleardesk report settlement --week 2026-11-16 --format json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkFormat("report settlement", format); err != nil {
				return err
			}
			return a.settlement(cmd.Context(), "report settlement", week, func(w *domain.Settlement) error {
				switch format {
				case "json":
					return writeJSON(a.stdout, settlementRows(w))
				case "csv":
					return settlementCSV(a.stdout, w)
				}
				return settlementTable(a.stdout, w)
			})
		},
	}
	cmd.Flags().StringVar(&week, "week", "", "any day of the week, such as 2026-11-16 (default: last week)")
	cmd.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return cmd
}

func newExportSettlementsCmd(a *app) *cobra.Command {
	var week string
	var bom bool
	cmd := &cobra.Command{
		Use: "settlements", Short: "The settlement of a week, as CSV",
		Long:    "Writes a line for each store of a week. Cells of text that a spreadsheet would compute begin with a quote ('), numbers are\nnumbers: money in yuan.",
		Example: "  cleardesk export settlements --week 2026-11-16 > settlement.csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.settlement(cmd.Context(), "export settlements", week, func(w *domain.Settlement) error {
				if err := writeBOM(cmd.OutOrStdout(), bom); err != nil {
					return err
				}
				return settlementCSV(cmd.OutOrStdout(), w)
			})
		},
	}
	cmd.Flags().BoolVar(&bom, "bom", false, bomHelp)
	cmd.Flags().StringVar(&week, "week", "", "any day of the week, such as 2026-11-16 (default: last week)")
	return cmd
}

// settlement reads a week, by any of its days, and gives it out.
func (a *app) settlement(ctx context.Context, op, day string, give func(w *domain.Settlement) error) error {
	var week time.Time
	if day != "" {
		var err error
		if week, err = time.Parse(time.DateOnly, day); err != nil {
			return domain.Errorf(domain.Invalid, op, "--week %q is not a day such as 2026-11-16", day)
		}
	}
	store, calendar, err := a.reporting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if week.IsZero() {
		week = calendar.BusinessDay(time.Now()).AddDate(0, 0, -7)
	}
	w, err := store.Settlement(ctx, week)
	if err != nil {
		return err
	}
	return give(&w)
}

// settlementRow is a store's week as scripts read it; money in yuan.
type settlementRow struct {
	Week       string `json:"week"`
	Signed     bool   `json:"signed"`
	Store      string `json:"store"`
	Name       string `json:"name"`
	Deliveries int    `json:"deliveries"`
	Delivered  string `json:"delivered"`
	Credits    string `json:"credits"`
	Charges    string `json:"charges"`
	Returns    string `json:"returns"`
	Due        string `json:"due"`
	Collected  string `json:"collected"`
	Carried    string `json:"carried"`
	Diff       string `json:"difference"`
	Refused    int    `json:"refused"`
	RefusedSum string `json:"refused_amount"`
	Open       int    `json:"open_cases"`
	OpenSum    string `json:"open_at_risk"`
	State      string `json:"state,omitempty"`
}

func settlementRows(w *domain.Settlement) []settlementRow {
	out := make([]settlementRow, 0, len(w.Stores))
	for i := range w.Stores {
		s := &w.Stores[i]
		out = append(out, settlementRowOf(w, s, string(s.State(w.Rounding))))
	}
	return out
}

func settlementRowOf(w *domain.Settlement, s *domain.StoreWeek, state string) settlementRow {
	return settlementRow{
		Week: w.Week.Format(time.DateOnly), Signed: w.Signed != nil, Store: string(s.Store), Name: s.Name, Deliveries: s.Deliveries,
		Delivered: s.Delivered.String(), Credits: s.Credits.String(), Charges: s.Charges.String(), Returns: s.Returns.String(), Due: s.Due().String(),
		Collected: s.Collected.String(), Carried: s.Carried.String(), Diff: s.Diff().String(), Refused: s.Refused, RefusedSum: s.RefusedSum.String(),
		Open: s.Open, OpenSum: s.OpenSum.String(), State: state,
	}
}

func settlementCSV(out io.Writer, w *domain.Settlement) error {
	s := newSheet(out, "week", "signed", "store", "name", "deliveries", "delivered", "credits", "charges", "returns", "due", "collected",
		"carried", "difference", "refused", "refused_amount", "open_cases", "open_at_risk", "state")
	for _, r := range settlementRows(w) {
		s.figures(r.Week, strconv.FormatBool(r.Signed))
		s.words(r.Store, r.Name)
		s.counts(r.Deliveries)
		s.figures(r.Delivered, r.Credits, r.Charges, r.Returns, r.Due, r.Collected, r.Carried, r.Diff)
		s.counts(r.Refused)
		s.figures(r.RefusedSum)
		s.counts(r.Open)
		s.figures(r.OpenSum)
		s.words(r.State)
		s.end()
	}
	return s.flush()
}

func settlementTable(out io.Writer, w *domain.Settlement) error {
	cells := [][]string{{"STORE", "NAME", "DELIVERED", "CREDITS", "CHARGES", "RETURNS", "DUE", "COLLECTED", "CARRIED", "DIFFERENCE", "OPEN", "STATE"}}
	total := w.Total()
	rows := append(settlementRows(w), settlementRowOf(w, &total, ""))
	for _, r := range rows {
		if r.Store == "" {
			r.Store = "all"
		}
		cells = append(cells, []string{
			r.Store, r.Name, r.Delivered, r.Credits, r.Charges, r.Returns, r.Due, r.Collected, r.Carried, r.Diff, strconv.Itoa(r.Open), r.State,
		})
	}
	return writeColumns(out, cells)
}
