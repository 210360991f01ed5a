package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/spf13/cobra"
)

// backtest is one replay of the past: its flags, and where it says what it found.
type backtest struct {
	orders, products, cancels string // files; without orders the database's history
	mapping                   map[string]string
	lineScores, orderScores   string
	tries                     []string
	since                     string
	format                    string

	stdin          io.Reader
	stdout, stderr io.Writer
}

func newBacktestCmd(o opener) *cobra.Command {
	bt := &backtest{}
	var mapping []string
	cmd := &cobra.Command{
		Use:   "backtest",
		Short: "Try the detectors and other settings on the past",
		Long: "Replays orders in the order they came in, each judged by what was known before it, and tells what would have been\n" +
			"flagged, with the settings of today and, beside them, with those of --set. With --orders it reads files and needs no\n" +
			"database; the settings of today are then the statistics' own and no limits. Without it reads the database's history and\n" +
			"writes nothing there; what cases decided tells what was caught, missed and spared.\n" +
			"Lines of an order stand together. Cancellations correct the history from their time on.\n" +
			"--set takes any setting (cleardesk settings lists them), and threshold: a share of the lines as 2%, or a score as 0.5.\n" +
			"Exit code 0: all read; 3: lines that cannot be read were left out; 1: nothing done.",
		Example: "  cleardesk backtest --since 2026-01-01 --set threshold=2% --set limit.multiple=8\n" +
			"  cleardesk backtest --orders lines.csv.gz --products products.csv.gz --cancels cancels.csv.gz \\\n" +
			"    --map order_no=order_id,placed_at=ts,quantity=qty,step=pack --scores lines.csv --order-scores orders.csv",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if bt.mapping, err = intake.ParseMap(mapping...); err != nil {
				return err
			}
			bt.stdin, bt.stdout, bt.stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
			return bt.run(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&bt.orders, "orders", "", "file of order lines, instead of the database's history")
	f.StringVar(&bt.products, "products", "", "file of products, for their case sizes and steps")
	f.StringVar(&bt.cancels, "cancels", "", "file of later cancellations: placed_at, store, product, quantity")
	f.StringArrayVar(&mapping, "map", nil, "the files' names of columns, ours first: quantity=qty,step=pack")
	f.StringVar(&bt.lineScores, "scores", "", "write every line's score and whether it is flagged to this file")
	f.StringVar(&bt.orderScores, "order-scores", "", "the same for orders and their amounts")
	f.StringArrayVar(&bt.tries, "set", nil, "a setting to try beside those of today: NAME=VALUE")
	f.StringVar(&bt.since, "since", "", "count from this day on; earlier orders only teach")
	f.StringVar(&bt.format, "format", "table", "table, csv or json")
	return cmd
}

// run replays and tells. Nothing is left of the score files when it fails.
func (bt *backtest) run(ctx context.Context, o opener) error {
	since, err := bt.check()
	if err != nil {
		return err
	}
	src, err := bt.open(ctx, o)
	if err != nil {
		return err
	}
	defer src.close()
	columns, err := bt.columns(src, since)
	if err != nil {
		return err
	}
	files, err := openScores(bt.lineScores, bt.orderScores)
	if err != nil {
		return err
	}
	began := time.Now()
	err = replay(ctx, src, columns, files)
	src.clear()
	if err != nil {
		files.drop()
		return err
	}
	if err := files.keep(); err != nil {
		return err
	}
	if err := bt.tell(src, columns, time.Since(began)); err != nil {
		return err
	}
	if n, first := src.leftOut(); n > 0 {
		_, _ = fmt.Fprintf(bt.stderr, "cleardesk: %d lines cannot be read and were left out, the first: %s\n", n, first)
		return exitError{3}
	}
	return nil
}

func (bt *backtest) check() (since time.Time, err error) {
	refuse := func(format string, args ...any) error {
		return domain.Errorf(domain.Invalid, "backtest", format, args...)
	}
	switch bt.format {
	case "table", "csv", "json":
	default:
		return since, refuse("--format takes table, csv or json")
	}
	if bt.orders == "" && (bt.products != "" || bt.cancels != "" || len(bt.mapping) > 0) {
		return since, refuse("--products, --cancels and --map go with --orders FILE")
	}
	if slices.Contains([]string{bt.products, bt.cancels}, intake.Stdin) {
		return since, refuse("only --orders can be standard input")
	}
	if bt.lineScores != "" && bt.lineScores == bt.orderScores {
		return since, refuse("--scores and --order-scores name the same file")
	}
	if bt.since != "" {
		if since, err = time.Parse(time.DateOnly, bt.since); err != nil {
			return since, refuse("--since takes a day such as 2026-01-01, not %s", intake.Show(bt.since))
		}
	}
	return since, nil
}

func (bt *backtest) open(ctx context.Context, o opener) (pastSource, error) {
	if bt.orders != "" {
		return openFiles(ctx, bt)
	}
	return openHistory(ctx, o, bt)
}

// columns are the settings of today and, if any are to be tried, those.
func (bt *backtest) columns(src pastSource, since time.Time) ([]*column, error) {
	today := src.settings()
	out := []*column{newColumn("today", db.RulesOf(today), src, since, nil)}
	if len(bt.tries) == 0 {
		return out, nil
	}
	t, err := readTries(today, bt.tries)
	if err != nil {
		return nil, err
	}
	return append(out, newColumn("tried", db.RulesOf(t.settings), src, since, t.threshold)), nil
}
