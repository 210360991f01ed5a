package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"

	"github.com/spf13/cobra"
)

func newReportHandoverCmd(a *app) *cobra.Command {
	var with, format string
	cmd := &cobra.Command{
		Use: "handover", Short: "What one shift hands the next",
		Long: "Prints what the next shift has to know: the cases people hold (held), those handed over that nobody has taken yet\n" +
			"(offered) with from whom, to whom and the note, what was promised to stores (promised), and what was put off and comes\n" +
			"back within a day (put_off). UNTIL is the case's next moment, when an offer goes to the manager, when the promise is due,\n" +
			"or when the case comes back. DUE tells a case that is near or past due with its department.",
		Example: "  cleardesk report handover --with customer_service\n  cleardesk report handover --format csv > handover.csv",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.reportHandover(cmd.Context(), with, format) },
	}
	cmd.Flags().StringVar(&with, "with", "", "the department (default: all)")
	cmd.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return cmd
}

func (a *app) reportHandover(ctx context.Context, with, format string) error {
	const op = "report handover"
	if err := checkFormat(op, format); err != nil {
		return err
	}
	var of []domain.Department
	if with != "" {
		if !domain.Department(with).Valid() {
			return domain.Errorf(domain.Invalid, op, "--with takes one of %v", domain.Departments())
		}
		of = append(of, domain.Department(with))
	}
	store, calendar, err := a.reporting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	told, err := store.Handover(ctx, of)
	if err != nil {
		return err
	}
	words := text.For(text.Detect(a.flags.lang, a.getenv))
	rows := handRows(told, words)
	switch format {
	case "json":
		return writeJSON(a.stdout, rows)
	case "csv":
		return handCSV(a.stdout, rows)
	}
	return handTable(a.stdout, rows, words, calendar.Zone)
}

// handRow is a row of the handover as scripts read it.
type handRow struct {
	Part   string            `json:"part"` // "held", "offered", "promised", "put_off"
	Case   domain.CaseID     `json:"case"`
	With   domain.Department `json:"with,omitempty"`
	Order  domain.OrderNo    `json:"order,omitempty"`
	Store  domain.StoreCode  `json:"store"`
	Name   string            `json:"store_name"`
	Kind   domain.Kind       `json:"kind,omitempty"`
	Why    string            `json:"why"`
	AtRisk string            `json:"at_risk,omitempty"`
	Until  *time.Time        `json:"until,omitempty"`
	Due    string            `json:"due,omitempty"` // "near", "past"
	Who    domain.Login      `json:"who,omitempty"` // who holds it, hands it over, or promised
	To     domain.Login      `json:"to,omitempty"`
	Note   string            `json:"note,omitempty"`
	who    string            // by name
	to     string
}

// handRows puts a handover in one list: what is held, what is offered, what was promised,
// what comes back.
func handRows(h domain.Handover, words *text.Catalog) []handRow {
	out := []handRow{} // none is an empty list for programs, too
	row := func(part string, r domain.QueueRow) handRow {
		x := handRow{
			Part: part, Case: r.Case, With: r.With, Order: r.OrderNo, Store: r.Store, Name: words.Pick(r.StoreName, r.StoreNameEn), Kind: r.Kind,
			Why: words.Why(r, time.Time{}), AtRisk: r.AtRisk.String(), Until: r.NextAt, Due: dueWord(r.Due(h.At)),
		}
		if r.Holder != nil {
			x.Who, x.who = r.Holder.Login, words.Person(r.Holder.Name, r.Holder.NameEn, r.Holder.Login)
		}
		return x
	}
	for _, r := range append(append([]domain.QueueRow(nil), h.Mine...), h.Held...) {
		out = append(out, row("held", r))
	}
	for _, o := range h.Offers {
		x, due := row("offered", o.Row), o.Due
		x.Until, x.Who, x.To, x.Note = &due, o.From.Login, o.To.Login, o.Note
		x.who, x.to = words.Person(o.From.Name, o.From.NameEn, o.From.Login), words.Hand.NextShift
		if o.To.Login != "" {
			x.to = words.Person(o.To.Name, o.To.NameEn, o.To.Login)
		}
		out = append(out, x)
	}
	for _, p := range h.Promises {
		due := p.Due
		out = append(out, handRow{
			Part: "promised", Case: p.Case, Order: p.OrderNo, Store: p.Store, Name: words.Pick(p.StoreName, p.StoreNameEn), Why: p.What, Until: &due,
			Who: p.By, who: words.Person(p.ByName, p.ByNameEn, p.By),
		})
	}
	for _, r := range h.Snoozed {
		x := row("put_off", r)
		x.Until = r.Until
		out = append(out, x)
	}
	return out
}

func dueWord(s domain.DueState) string {
	switch s {
	case domain.NearDue:
		return "near"
	case domain.PastDue:
		return "past"
	case domain.WithinDue:
	}
	return ""
}

func handCSV(w io.Writer, rows []handRow) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{
		"part", "case", "with", "order", "store", "store_name", "kind", "why", "at_risk", "until", "due", "who", "to", "note",
	})
	for _, r := range rows {
		until := ""
		if r.Until != nil {
			until = r.Until.Format(time.RFC3339)
		}
		_ = out.Write([]string{
			r.Part, strconv.FormatInt(int64(r.Case), 10), string(r.With), formulaSafe(string(r.Order)), formulaSafe(string(r.Store)),
			formulaSafe(r.Name), string(r.Kind), formulaSafe(r.Why), r.AtRisk, until, r.Due, string(r.Who), string(r.To), formulaSafe(r.Note),
		})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
	}
	return nil
}

func handTable(w io.Writer, rows []handRow, words *text.Catalog, zone *time.Location) error {
	cells := [][]string{{"PART", "CASE", "UNTIL", "DUE", "KIND", "STORE", "ORDER", "WHO", "TO", "NOTE", "WHY"}}
	for _, r := range rows {
		until := "-"
		if r.Until != nil {
			at := r.Until.In(zone)
			until = words.Date(at) + " " + words.Clock(at)
		}
		cells = append(cells, []string{
			r.Part, strconv.FormatInt(int64(r.Case), 10), until, cmp.Or(r.Due, "-"), cmp.Or(string(r.Kind), "-"), r.Name + " " + string(r.Store),
			cmp.Or(string(r.Order), "-"), cmp.Or(r.who, "-"), cmp.Or(r.to, "-"), cmp.Or(r.Note, "-"), r.Why,
		})
	}
	return writeColumns(w, cells)
}
