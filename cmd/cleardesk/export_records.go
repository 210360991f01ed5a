package main

import (
	"context"
	"io"
	"strconv"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/spf13/cobra"
)

// newExportsCmd is the export of decisions and of the lists.
func newExportsCmd(a *app) *cobra.Command {
	cmd := newExportCmd(a)
	cmd.AddCommand(a.lists()...)
	cmd.AddCommand(newExportSettlementsCmd(a), newExportRosterCmd(a))
	return cmd
}

// lists are the lists export gives out as CSV, with what each is.
func (a *app) lists() []*cobra.Command {
	const safe = "\nCells of text that a spreadsheet would compute begin with a quote ('), numbers are numbers: money in yuan, quantities in\n" +
		"units, times in the platform's zone. Rows come by their numbers; --after goes on behind the last one of the file before. A row\n" +
		"that was being written just then may have come in below it: who must miss nothing reads the decisions, or a day twice."
	return []*cobra.Command{
		a.listCmd("resolutions", "How anomalies were resolved, as CSV", "Writes a line for each resolution record.", safe, exportResolutions),
		a.listCmd("corrections", "Corrections of step, stock and listing, as CSV", "Writes a line for each correction of the catalogue.", safe, exportCorrections),
		a.listCmd("anomalies", "What was raised, as CSV", "Writes a line for each anomaly; without an outcome it is open.", safe, exportAnomalies),
	}
}

// giveOut writes one list of a stretch, times in a zone.
type giveOut func(ctx context.Context, w io.Writer, s *db.Store, f db.Stretch, zone *time.Location) error

func (a *app) listCmd(name, short, long, safe string, give giveOut) *cobra.Command {
	var days dayFlags
	var after int64
	var bom bool
	cmd := &cobra.Command{
		Use: name, Short: short, Long: long + safe, Args: cobra.NoArgs,
		Example: "  cleardesk export " + name + " > " + name + ".csv\n  cleardesk export " + name + " --from 2026-11-01 --to 2026-11-30 --bom > november.csv",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.exportList(cmd.Context(), cmd.OutOrStdout(), "export "+name, days, after, bom, give)
		},
	}
	days.add(cmd, "the first there is", "today")
	cmd.Flags().Int64Var(&after, "after", 0, "the number of the last row the reader has")
	cmd.Flags().BoolVar(&bom, "bom", false, bomHelp)
	return cmd
}

func (a *app) exportList(ctx context.Context, w io.Writer, op string, days dayFlags, after int64, bom bool, give giveOut) error {
	if after < 0 {
		return domain.Errorf(domain.Invalid, op, "--after takes the number of the last row that was read")
	}
	store, calendar, err := a.reporting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	last := calendar.BusinessDay(time.Now())
	first, last, err := days.days(op, last.AddDate(0, 0, 1-mostDays), last)
	if err != nil {
		return err
	}
	if err := writeBOM(w, bom); err != nil {
		return err
	}
	from, to := moments(first, last, calendar.Zone)
	return give(ctx, w, store, db.Stretch{After: after, From: from, To: to}, calendar.Zone)
}

const bomHelp = "begin with a byte order mark: some spreadsheets need it for Chinese"

// writeBOM begins a file with a byte order mark, where one is wanted.
func writeBOM(w io.Writer, wanted bool) error {
	if !wanted {
		return nil
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
	}
	return nil
}

func exportResolutions(ctx context.Context, w io.Writer, store *db.Store, f db.Stretch, zone *time.Location) error {
	s := newSheet(w, "id", "at", "case", "anomaly", "order_no", "store", "store_name", "line", "product", "kind", "outcome", "close_reason",
		"reason", "reason_text", "note", "by", "raised_at", "at_risk", "old_total", "new_total", "effects", "answers", "reversed_at", "reversed_by", "second")
	if err := s.flush(); err != nil {
		return err
	}
	return store.EachRecord(ctx, f, func(page []db.RecordRow) error {
		for _, r := range page {
			s.figures(number(r.ID), stamp(&r.At, zone), number(r.Case), number(r.Anomaly))
			s.words(r.OrderNo, r.Store, r.StoreName)
			s.figures(lineText(r.Line))
			s.words(r.Product, string(r.Kind), string(r.Outcome), string(r.CloseReason), r.Reason, r.ReasonText, r.Note, string(r.By))
			s.figures(stamp(&r.RaisedAt, zone), r.AtRisk.String(), moneyText(r.OldTotal), moneyText(r.NewTotal))
			s.words(r.Effects, r.Answers)
			s.figures(stamp(r.ReversedAt, zone))
			s.words(r.ReversedBy, r.Second)
			s.end()
		}
		return s.flush()
	})
}

func exportAnomalies(ctx context.Context, w io.Writer, store *db.Store, f db.Stretch, zone *time.Location) error {
	s := newSheet(w, "id", "raised_at", "case", "order_no", "store", "store_name", "line", "product", "kind", "rule", "rule_version",
		"at_risk", "hard", "blocks", "cause", "with", "outcome", "close_reason", "closed_at", "evidence")
	if err := s.flush(); err != nil {
		return err
	}
	return store.EachAnomaly(ctx, f, func(page []db.AnomalyRow) error {
		for _, r := range page {
			s.figures(number(r.ID), stamp(&r.RaisedAt, zone), number(r.Case))
			s.words(r.OrderNo, r.Store, r.StoreName)
			s.figures(lineText(r.Line))
			s.words(r.Product, string(r.Kind), r.Rule)
			s.figures(strconv.Itoa(r.RuleVersion), r.AtRisk.String(), strconv.FormatBool(r.Hard), strconv.FormatBool(r.Blocks))
			s.words(r.Cause, string(r.With), string(r.Outcome), string(r.CloseReason))
			s.figures(stamp(r.ClosedAt, zone))
			s.words(r.Evidence)
			s.end()
		}
		return s.flush()
	})
}

func exportCorrections(ctx context.Context, w io.Writer, store *db.Store, f db.Stretch, zone *time.Location) error {
	s := newSheet(w, "id", "at", "product", "product_name", "unit", "what", "old", "new", "delta", "counted_at", "reason", "note", "case", "by")
	if err := s.flush(); err != nil {
		return err
	}
	return store.EachCorrection(ctx, f, func(page []db.CorrectionRow) error {
		for _, r := range page {
			s.figures(number(r.ID), stamp(&r.At, zone))
			s.words(r.Product, r.ProductName, r.Unit, string(r.What))
			if r.What == domain.CorrectListing {
				s.words(r.Old, r.New)
			} else {
				s.figures(thousandths(r.Old), thousandths(r.New))
			}
			s.figures(quantityText(r.Delta), stamp(r.CountedAt, zone))
			s.words(r.Reason, r.Note)
			s.figures(caseText(r.Case))
			s.words(string(r.By))
			s.end()
		}
		return s.flush()
	})
}

func number[N ~int64](n N) string { return strconv.FormatInt(int64(n), 10) }

// stamp is a time in a zone; empty for none.
func stamp(t *time.Time, zone *time.Location) string {
	if t == nil {
		return ""
	}
	return t.In(zone).Format(time.RFC3339)
}

// lineText is a line's number; empty for the whole order.
func lineText(line int) string {
	if line == 0 {
		return ""
	}
	return strconv.Itoa(line)
}

func moneyText(m *domain.Money) string {
	if m == nil {
		return ""
	}
	return m.String()
}

func quantityText(q *domain.Quantity) string {
	if q == nil {
		return ""
	}
	return q.String()
}

func caseText(c *int64) string {
	if c == nil {
		return ""
	}
	return number(*c)
}

// thousandths is a stored quantity as a decimal; what is none is guarded like any text.
func thousandths(stored string) string {
	n, err := strconv.ParseInt(stored, 10, 64)
	if err != nil {
		return formulaSafe(stored)
	}
	return domain.Quantity(n).String()
}
