package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"cleardesk/db"
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"

	"github.com/spf13/cobra"
)

// listed is a row of the list as scripts read it: kinds, states and departments by
// their codes, times in RFC 3339, money in yuan.
type listed struct {
	Case     domain.CaseID     `json:"case"`
	Order    domain.OrderNo    `json:"order"`
	Store    domain.StoreCode  `json:"store"`
	Name     string            `json:"store_name"`
	Kind     domain.Kind       `json:"kind"`
	More     int               `json:"more"`
	Line     int               `json:"line,omitempty"`
	Why      string            `json:"why"`
	AtRisk   string            `json:"at_risk"`
	Moment   domain.MomentKind `json:"moment,omitempty"`
	At       *time.Time        `json:"moment_at,omitempty"`
	Can      domain.WhoCan     `json:"who_can"`
	With     domain.Department `json:"with"`
	State    domain.CaseState  `json:"state"`
	Holder   domain.Login      `json:"holder,omitempty"`
	OpenedAt time.Time         `json:"opened_at"`
	Outcome  domain.Outcome    `json:"outcome,omitempty"`
	Task     domain.TaskID     `json:"task,omitempty"` // of a row that is no case; kind is what it asks for then
}

type listFlags struct {
	with, format, filter string
	anomalies, all       bool
	limit                int
}

func newListCmd(a *app) *cobra.Command {
	var f listFlags
	cmd := &cobra.Command{
		Use: "list", Short: "Print the queue as text",
		Long:    "Prints a row a case, and one a task of the department, in the queue's order: for scripts, for mail, and for screen readers.",
		Example: "  cleardesk list --with customer_service\n  cleardesk list --all --format csv > cases.csv\n  cleardesk list --filter 'S031 milk' --format json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.list(cmd.Context(), f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.with, "with", string(domain.CustomerService), "the department it lies with")
	fl.StringVar(&f.format, "format", "table", "table, csv or json")
	fl.StringVar(&f.filter, "filter", "", "words that must all occur")
	fl.BoolVar(&f.anomalies, "anomalies", false, "a row an anomaly")
	fl.BoolVar(&f.all, "all", false, "the closed ones too")
	fl.IntVar(&f.limit, "limit", 1000, "rows at most")
	return cmd
}

// reader opens the database for commands that only read, as whoever is there.
func (a *app) reader(ctx context.Context) (*db.Store, error) {
	dsn, err := a.Open(ctx, asDesk)
	if err != nil {
		return nil, err
	}
	return db.Open(dsn, db.Options{App: "cleardesk/cli"})
}

func (a *app) list(ctx context.Context, f listFlags) error {
	if !domain.Department(f.with).Valid() {
		return domain.Errorf(domain.Invalid, "list", "--with takes one of %v", domain.Departments())
	}
	if f.limit < 1 || f.limit > 100_000 {
		return domain.Errorf(domain.Invalid, "list", "--limit takes 1 to 100000")
	}
	if err := checkFormat("list", f.format); err != nil {
		return err
	}
	store, err := a.reader(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	filter := domain.QueueFilter{With: domain.Department(f.with), Words: strings.Fields(f.filter)}
	if f.all {
		filter.States = domain.ClosedToo
	}
	page, err := store.QueuePage(ctx, filter, nil, f.limit)
	if err != nil {
		return err
	}
	words := text.For(text.Detect(a.flags.lang, a.getenv))
	rows := []listed{} // none is an empty list for programs, too
	for _, r := range page.Rows {
		if r.Task != nil && f.anomalies {
			continue
		}
		if !f.anomalies {
			rows = append(rows, toListed(r, words))
			continue
		}
		file, err := store.CaseFile(ctx, r.Case)
		if err != nil {
			return err
		}
		rows = append(rows, anomaliesOf(file, words)...)
	}
	return a.print(rows, f.format, words)
}

func toListed(r domain.QueueRow, words *text.Catalog) listed {
	out := listed{
		Case: r.Case, Order: r.OrderNo, Store: r.Store, Name: words.Pick(r.StoreName, r.StoreNameEn), Kind: r.Kind, More: r.More,
		Line: r.Why.Line, Why: words.Why(r, time.Time{}), AtRisk: r.AtRisk.String(), Moment: r.Next, At: r.NextAt, Can: r.WhoCan(), With: r.With,
		State: r.State, OpenedAt: r.OpenedAt,
	}
	if r.Holder != nil {
		out.Holder = r.Holder.Login
	}
	if r.Task != nil {
		out.Task, out.Kind, out.Why, out.Can = r.Task.ID, domain.Kind(r.Task.What), words.Task(*r.Task), ""
	}
	return out
}

// anomaliesOf gives a row for each anomaly of a case.
func anomaliesOf(f domain.CaseFile, words *text.Catalog) []listed {
	var out []listed
	for _, an := range f.Anomalies {
		r := f.Row
		r.Kind, r.Why, r.AtRisk, r.More = an.Kind, an.Evidence, an.AtRisk, 0
		p := f.Products[an.Evidence.Product]
		r.ProductName, r.ProductNameEn, r.Unit, r.UnitEn = p.Name, p.NameEn, p.Unit, p.UnitEn
		l := toListed(r, words)
		l.Outcome = an.Outcome
		if an.ClosedAt != nil {
			l.State = domain.CaseClosed
		}
		out = append(out, l)
	}
	return out
}

// print writes rows in one of the formats.
func (a *app) print(rows []listed, format string, words *text.Catalog) error {
	switch format {
	case "json":
		return writeJSON(a.stdout, rows)
	case "csv":
		return writeCSV(a.stdout, rows)
	}
	return writeTable(a.stdout, rows, words)
}

// checkFormat refuses a format that is none before anything is read.
func checkFormat(command, format string) error {
	switch format {
	case "table", "csv", "json":
		return nil
	}
	return domain.Errorf(domain.Invalid, command, "--format takes table, csv or json")
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
	}
	return nil
}

func writeCSV(w io.Writer, rows []listed) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{
		"case", "order", "store", "store_name", "kind", "more", "line", "why", "at_risk", "moment", "moment_at", "who_can", "with",
		"state", "holder", "opened_at", "outcome", "task",
	})
	for _, r := range rows {
		at := ""
		if r.At != nil {
			at = r.At.Format(time.RFC3339)
		}
		_ = out.Write([]string{
			strconv.FormatInt(int64(r.Case), 10), formulaSafe(string(r.Order)), formulaSafe(string(r.Store)), formulaSafe(r.Name), string(r.Kind),
			strconv.Itoa(r.More), strconv.Itoa(r.Line), formulaSafe(r.Why), r.AtRisk, string(r.Moment), at, string(r.Can), string(r.With),
			string(r.State), string(r.Holder), r.OpenedAt.Format(time.RFC3339), string(r.Outcome), zeroEmpty(int64(r.Task)),
		})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
	}
	return nil
}

// zeroEmpty writes a number, and nothing for none.
func zeroEmpty(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// formulaSafe keeps a spreadsheet from taking a text for a formula.
func formulaSafe(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n\x00＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

// writeTable writes columns as wide as their widest cell, without lines: a screen
// reader reads every word of it.
func writeTable(w io.Writer, rows []listed, words *text.Catalog) error {
	cells := [][]string{{"CASE", "LEFT", "BY", "KIND", "STORE", "ORDER", "AT RISK", "STATE", "HOLDER", "WHY"}}
	now := time.Now()
	for _, r := range rows {
		left := "-"
		if r.At != nil && r.State != domain.CaseClosed {
			left = words.Left(r.At.Sub(now))
		}
		kind := string(r.Kind)
		if r.More > 0 {
			kind += " +" + strconv.Itoa(r.More)
		}
		cells = append(cells, []string{
			cmp.Or(zeroEmpty(int64(r.Case)), "-"), left, string(r.Can), kind, r.Name + " " + string(r.Store), string(r.Order),
			r.AtRisk, string(r.State), string(r.Holder), r.Why,
		})
	}
	return writeColumns(w, cells)
}

// writeColumns writes text in columns, cleaned and measured in cells.
func writeColumns(w io.Writer, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			row[i] = cell.Clean(c)
			widths[i] = max(widths[i], cell.Width(row[i]))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, c := range row {
			b.WriteString(c)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-cell.Width(c)+2))
			}
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
		}
	}
	return nil
}
