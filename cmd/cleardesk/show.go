package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"

	"github.com/spf13/cobra"
)

// shown is one case as scripts read it.
type shown struct {
	listed
	Anomalies []shownAnomaly            `json:"anomalies"`
	Placed    time.Time                 `json:"order_placed_at"`
	OrderIs   domain.OrderState         `json:"order_state"`
	Total     string                    `json:"order_total"`
	Lines     []shownLine               `json:"lines"`
	Phone     string                    `json:"store_phone"`
	Calls     []domain.CallRecord       `json:"calls"`
	Notes     []domain.CaseNote         `json:"notes"`
	Records   []domain.ResolutionRecord `json:"records"`
}

type shownAnomaly struct {
	ID       domain.AnomalyID `json:"id"`
	Kind     domain.Kind      `json:"kind"`
	Line     int              `json:"line,omitempty"`
	AtRisk   string           `json:"at_risk"`
	Hard     bool             `json:"hard"`
	Outcome  domain.Outcome   `json:"outcome,omitempty"`
	Evidence domain.Evidence  `json:"evidence"`
}

type shownLine struct {
	No        int                `json:"line"`
	Product   domain.ProductCode `json:"product"`
	Name      string             `json:"name"`
	Quantity  string             `json:"quantity"`
	Original  string             `json:"original,omitempty"`
	Unit      string             `json:"unit"`
	Amount    string             `json:"amount"`
	Cancelled bool               `json:"cancelled,omitempty"`
	Held      bool               `json:"held,omitempty"`
}

func newShowCmd(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use: "show CASE", Short: "Print one case as text", Example: "  cleardesk show 17\n  cleardesk show 17 --format json",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || id < 1 {
				return domain.Errorf(domain.Invalid, "show", "%q is not the number of a case; cleardesk list prints them", args[0])
			}
			return a.show(cmd.Context(), domain.CaseID(id), format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return cmd
}

func (a *app) show(ctx context.Context, id domain.CaseID, format string) error {
	if err := checkFormat("show", format); err != nil {
		return err
	}
	store, err := a.reader(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	file, err := store.CaseFile(ctx, id)
	if err != nil {
		return err
	}
	words := text.For(text.Detect(a.flags.lang, a.getenv))
	switch format {
	case "json":
		return writeJSON(a.stdout, toShown(file, words))
	case "csv":
		return writeCSV(a.stdout, anomaliesOf(file, words))
	}
	return writeCase(a.stdout, toShown(file, words), words)
}

func toShown(f domain.CaseFile, words *text.Catalog) shown {
	out := shown{
		listed: toListed(f.Row, words), Placed: f.Order.PlacedAt, OrderIs: f.Order.State, Total: f.Order.Total.String(),
		Phone: f.Store.Phone, Calls: listOf(f.Calls), Notes: listOf(f.Notes), Records: listOf(f.Records),
	}
	for _, an := range f.Anomalies {
		out.Anomalies = append(out.Anomalies, shownAnomaly{
			ID: an.ID, Kind: an.Kind, Line: an.Line, AtRisk: an.AtRisk.String(), Hard: an.Hard, Outcome: an.Outcome, Evidence: an.Evidence,
		})
	}
	for _, l := range f.Order.Lines {
		p := f.Products[l.Product]
		line := shownLine{
			No: l.No, Product: l.Product, Name: words.Pick(p.Name, p.NameEn), Quantity: l.Quantity.String(),
			Unit: words.Pick(p.Unit, p.UnitEn), Amount: l.Amount.String(), Cancelled: l.Cancelled, Held: held(f.Holds, l.No),
		}
		if l.Original != l.Quantity {
			line.Original = l.Original.String()
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

// listOf is the list as programs read it: none is [] and not null.
func listOf[T any](all []T) []T { return append([]T{}, all...) }

func held(holds []domain.Hold, line int) bool {
	for _, h := range holds {
		if h.Active() && (h.Line == line || h.Line == 0) {
			return true
		}
	}
	return false
}

func writeCase(w io.Writer, s shown, words *text.Catalog) error {
	rows := [][]string{
		{"case", strconv.FormatInt(int64(s.Case), 10)},
		{"state", string(s.State)},
		{"with", words.Department(s.With)},
		{"holder", string(s.Holder)},
		{"store", s.Name + " " + string(s.Store) + " " + s.Phone},
		{"order", string(s.Order) + " " + string(s.OrderIs) + " " + s.Placed.Format(time.RFC3339) + " total " + s.Total},
		{"why", s.Why},
		{"at risk", s.AtRisk},
	}
	if err := writeColumns(w, rows); err != nil {
		return err
	}
	anomalies := [][]string{{"ANOMALY", "KIND", "LINE", "AT RISK", "OUTCOME"}}
	for _, an := range s.Anomalies {
		anomalies = append(anomalies, []string{
			strconv.FormatInt(int64(an.ID), 10), string(an.Kind), strconv.Itoa(an.Line), an.AtRisk, string(an.Outcome),
		})
	}
	lines := [][]string{{"LINE", "PRODUCT", "NAME", "QUANTITY", "ORDERED", "AMOUNT", ""}}
	for _, l := range s.Lines {
		state := ""
		switch {
		case l.Cancelled:
			state = "cancelled"
		case l.Held:
			state = "held"
		}
		lines = append(lines, []string{
			strconv.Itoa(l.No), string(l.Product), l.Name, l.Quantity + " " + l.Unit, l.Original, l.Amount, state,
		})
	}
	story := [][]string{{"AT", "BY", "WHAT", "TEXT"}}
	for _, c := range s.Calls {
		story = append(story, []string{c.At.Format(time.RFC3339), c.By, "call " + c.Outcome, c.Who + " " + c.Said + " " + c.Text})
	}
	for _, n := range s.Notes {
		story = append(story, []string{n.At.Format(time.RFC3339), n.By, n.What, n.Text})
	}
	for _, r := range s.Records {
		by := string(r.By)
		if r.Second != nil {
			by += " + " + string(r.Second.Login)
		}
		story = append(story, []string{r.At.Format(time.RFC3339), by, string(r.Kind) + " " + string(r.Outcome), r.Reason + " " + r.Note})
	}
	for _, part := range [][][]string{anomalies, lines, story} {
		if len(part) == 1 {
			continue
		}
		if _, err := fmt.Fprintln(w); err != nil {
			return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
		}
		if err := writeColumns(w, part); err != nil {
			return err
		}
	}
	return nil
}
