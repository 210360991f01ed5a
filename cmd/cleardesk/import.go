package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// opener gives the connection string for a connection of who: "intake" for programs.
type opener interface {
	Open(ctx context.Context, who string) (dsn string, err error)
}

// importer is one run of the command: the files of one kind, one after the other.
type importer struct {
	in      *db.Intake
	kind    db.ImportKind
	mapping map[string]string
	options db.ImportOptions
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
}

func newImportCmd(o opener) *cobra.Command {
	im := &importer{}
	var mapping []string
	cmd := &cobra.Command{
		Use:   "import KIND FILE...",
		Short: "Take orders, stores, products, what is told of them and counts of the stock in",
		Long: "Reads CSV or JSON Lines, gzipped or not, in UTF-8, UTF-16 or GB18030; - is standard input. What cannot be taken goes to\n" +
			"FILE.rejected.csv with its line and reason, the rest goes in; an order or event is taken whole or not at all. The same file\n" +
			"again changes nothing. JSON Lines of whole orders or events are answered with a verdict line each, as they come.\n" +
			"Exit code 0: all in; 3: some rejected; 1: nothing done.\n\n" + importColumns(),
		Example: "  cleardesk import products products.csv\n" +
			"  cleardesk import stores stores.csv\n" +
			"  cleardesk import orders lines.csv.gz --map order_no=order_id,placed_at=ts,quantity=qty --create-missing\n" +
			"  cleardesk import attempts refused.csv --map why=error\n" +
			"  cleardesk import changes changes.jsonl\n" +
			"  cleardesk import stages stages.csv\n" +
			"  cleardesk import receipts scales.csv --map weight=net,slip=ticket\n" +
			"  cleardesk import exchanges exchanges.csv --dry-run\n" +
			"  cleardesk import returns returns.csv\n" +
			"  cleardesk import wrong-orders reports.csv\n" +
			"  cleardesk import collections cash.csv\n" +
			"  cleardesk import day-totals counted.csv\n" +
			"  cleardesk import counts counted.csv --map by=clerk\n" +
			"  platform-feed | cleardesk import orders -",
		Args:      importArgs,
		ValidArgs: importKinds(),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if im.mapping, err = intake.ParseMap(mapping...); err != nil {
				return err
			}
			im.kind = db.ImportKind(args[0])
			im.stdin, im.stdout, im.stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
			return im.run(cmd.Context(), o, args[1:])
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&mapping, "map", nil, "the file's names of columns, ours first: quantity=qty,store=CustomerID")
	f.BoolVar(&im.options.History, "history", false, "orders of the past: they teach what is usual and raise nothing")
	f.BoolVar(&im.options.DryRun, "dry-run", false, "say what would be done, and do nothing")
	f.BoolVar(&im.options.CreateMissing, "create-missing", false, "make the stores and products that orders name")
	return cmd
}

func importArgs(cmd *cobra.Command, args []string) error {
	if len(args) < 2 {
		return domain.Errorf(domain.Invalid, "import", "say what and from where: cleardesk import orders orders.csv")
	}
	if slices.Contains(importKinds(), args[0]) {
		return nil
	}
	return domain.Errorf(domain.Invalid, "import", "%s is none of %s", intake.Show(args[0]), strings.Join(importKinds(), ", "))
}

// outcome is what became of a file, in rows: lines of orders, or rows of a catalogue.
type outcome struct {
	taken, same, rejected int64
	orders                struct{ taken, same, rejected int64 } // or events
	clashed               int64
	clashes               []db.Clash
	repeated              int64 // lines sent twice word for word
	rejects               string
	took                  time.Duration
}

func (o outcome) rows() int64 { return o.taken + o.same + o.rejected + o.repeated }

// run imports the files one by one. A file that fails does not stop the next.
func (im *importer) run(ctx context.Context, o opener, paths []string) error {
	dsn, err := o.Open(ctx, "intake")
	if err != nil {
		return err
	}
	if im.in, err = db.OpenIntake(dsn); err != nil {
		return err
	}
	defer im.in.Close()
	if err := im.in.Ping(ctx); err != nil {
		return err
	}
	var in, out int64
	for _, path := range paths {
		got, err := im.file(ctx, path)
		in += got.taken + got.same
		out += got.rejected
		if err != nil {
			out++
			_, _ = fmt.Fprintln(im.stderr, "cleardesk: "+oneLine(err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	switch {
	case out == 0:
		return nil
	case in == 0:
		return exitError{1}
	}
	return exitError{3}
}

// file imports one file and says what became of it.
func (im *importer) file(ctx context.Context, path string) (outcome, error) {
	bar := im.bar(filepath.Base(path))
	stdin, keep := im.stdin, false
	if path == intake.Stdin && !rowByRow(im.kind) {
		what := eventKind(im.kind)
		stdin, keep = keepable(im.stdin, what != "" && intake.OneRow(what))
	}
	src, err := intake.Open(ctx, path, intake.Options{Stdin: stdin, Progress: bar.draw, Keep: keep})
	if err != nil {
		return outcome{}, err
	}
	defer src.Close()
	o := im.options
	o.Hash, _ = src.Hash()
	o.Verdicts = im.answers(src)
	began := time.Now()
	id := uuid.New()
	zone, err := im.in.Start(ctx, id, im.kind, src.Name(), o)
	if err != nil {
		return outcome{}, err
	}
	job := &importJob{importer: im, id: id, src: src, path: path, bar: bar, bind: intake.Binding{Map: im.mapping, Zone: zone}}
	err = job.run(ctx, o.Verdicts)
	bar.clear()
	job.got.took = time.Since(began)
	report := im.stdout
	if o.Verdicts {
		report = im.stderr // standard output carries the verdicts
	}
	if err == nil || job.got.rows() > 0 {
		im.tell(report, src.Name(), job.got)
	}
	return job.got, err
}

// keepable tells whether what standard input sends must be kept for a second look:
// a file can be read again, and a pipe of whole orders or events has no end and needs
// none. Objects are whole where they hold a list, or where those of the kind always are.
func keepable(stdin io.Reader, whole bool) (io.Reader, bool) {
	if f, ok := stdin.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return stdin, false
		}
	}
	buffered := bufio.NewReaderSize(stdin, 64<<10)
	_, _ = buffered.Peek(1) // whatever goes wrong is met again when it is read
	first, _ := buffered.Peek(buffered.Buffered())
	first = bytes.TrimLeft(first, "\xef\xbb\xbf \t\r\n")
	return buffered, !bytes.HasPrefix(first, []byte{'{'}) || !whole && bytes.IndexByte(first, '[') < 0
}

// importJob is one file on its way in.
type importJob struct {
	*importer
	id   uuid.UUID
	src  *intake.Source
	path string
	bar  *importBar
	bind intake.Binding
	got  outcome
}

func (j *importJob) run(ctx context.Context, whole bool) error {
	switch {
	case j.kind == db.ImportStores:
		return importRows(ctx, j, intake.Stores(), storeRow)
	case j.kind == db.ImportProducts:
		return importRows(ctx, j, intake.Products(), productRow)
	case j.kind == db.ImportTotals:
		return importRows(ctx, j, intake.DayTotals(), totalRow)
	case j.kind == db.ImportCounts:
		return j.counts(ctx)
	case eventKind(j.kind) != "":
		return j.events(ctx)
	case whole:
		return j.wholeOrders(ctx)
	}
	return j.orders(ctx)
}

// finish closes the reject file, or drops it when the import failed: half a list of
// what to mend would be taken for the whole.
func (j *importJob) finish(rejects *intake.Rejects, err error) error {
	if err != nil {
		return errors.Join(err, rejects.Abort())
	}
	j.got.rejects, err = rejects.Close()
	return err
}

// importBar is the bar on a terminal; elsewhere it draws nothing.
type importBar struct{ bar *intake.Bar }

func (im *importer) bar(label string) *importBar {
	f, ok := im.stderr.(*os.File)
	if !ok || !isTerminal(f) {
		return &importBar{}
	}
	return &importBar{intake.NewBar(f, label, func() int {
		width, _, err := term.GetSize(int(f.Fd()))
		if err != nil {
			return 80
		}
		return width
	})}
}

func (b *importBar) draw(p intake.Progress) {
	if b.bar != nil {
		b.bar.Draw(p)
	}
}

func (b *importBar) clear() {
	if b.bar != nil {
		b.bar.Clear()
	}
}
