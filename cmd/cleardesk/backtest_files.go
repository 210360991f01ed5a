package main

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"
)

// files are the past as files tell it.
type files struct {
	label    string
	src      *intake.Source
	lines    *intake.LineReader
	bar      *intake.Bar
	calendar domain.Calendar
	today    domain.Settings
	catalog  map[domain.ProductCode]domain.Product
	steps_   map[domain.ProductCode]domain.Quantity
	cuts_    *cutFile

	line    intake.ReplayLine // read ahead: the first of the next order
	id      []byte
	pending bool
	seen    map[uint64]struct{} // order numbers, as hashes
	seed    maphash.Seed
	n       int64
	bad     int64
	first   string
	day     time.Time
	dayOf   time.Time
}

// fileSettings are those of today where no platform set any: the statistics as they
// are made, and no limits, which are in a money the files need not share.
func fileSettings() domain.Settings {
	s := domain.Settings{}
	s.Put(domain.Setting{Name: "detect.floor", Scope: domain.ScopePlatform, Value: "10.00"})
	s.Put(domain.Setting{Name: "limit.cod", Scope: domain.ScopePlatform})
	return s
}

func openFiles(ctx context.Context, bt *backtest) (*files, error) {
	f := &files{
		label: filepath.Base(bt.orders), today: fileSettings(), seen: map[uint64]struct{}{}, seed: maphash.MakeSeed(),
		catalog: map[domain.ProductCode]domain.Product{}, steps_: map[domain.ProductCode]domain.Quantity{},
	}
	f.calendar = db.RulesOf(f.today).Calendar()
	bind := intake.Binding{Map: bt.mapping, Zone: f.calendar.Zone}
	if err := bt.checkMap(); err != nil {
		return nil, err
	}
	if bt.products != "" {
		if err := f.readProducts(ctx, bt, bind); err != nil {
			return nil, err
		}
	}
	if err := f.openLines(ctx, bt, bind); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

// checkMap refuses a column that none of the files can have.
func (bt *backtest) checkMap() error {
	known := map[string]bool{}
	for _, columns := range [][]string{intake.ReplayOrders().Columns(), intake.Products().Columns(), intake.Cuts().Columns()} {
		for _, c := range columns {
			known[c] = true
		}
	}
	for ours := range bt.mapping {
		if !known[ours] {
			return domain.Errorf(domain.Invalid, "--map", "neither orders nor products nor cancellations have a column %s", intake.Show(ours))
		}
	}
	return nil
}

func (f *files) openLines(ctx context.Context, bt *backtest, bind intake.Binding) error {
	if file, ok := bt.stderr.(*os.File); ok {
		f.bar = intake.TerminalBar(file, f.label)
	}
	var err error
	f.src, err = intake.OpenOnce(ctx, bt.orders, intake.Options{Stdin: bt.stdin, Progress: f.bar.Draw})
	if err != nil {
		return err
	}
	if f.lines, err = intake.NewLineReader(f.src, bind); err != nil {
		return err
	}
	if bt.cancels != "" {
		f.cuts_, err = openCuts(ctx, bt.cancels, bind, f)
	}
	return err
}

// readProducts reads what detectors know of products. A file that tells steps and no
// cases is taken to tell both: what is sold by the case is ordered by the case. The
// steps are counted apart, and kept from the detectors, which would hold every line
// of a platform that does not sell so.
func (f *files) readProducts(ctx context.Context, bt *backtest, bind intake.Binding) error {
	src, err := intake.Open(ctx, bt.products, intake.Options{Stdin: bt.stdin})
	if err != nil {
		return err
	}
	defer src.Close()
	r, err := intake.NewShared(src, intake.Products(), bind)
	if err != nil {
		return err
	}
	for {
		c, err := r.NextChunk(4096)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for i := range c.Rejects {
			f.reject(src.Name(), &c.Rejects[i])
		}
		for _, p := range c.Rows {
			f.product(&p)
		}
	}
}

func (f *files) product(p *intake.ProductRow) {
	size := p.Case
	if p.Step != nil {
		f.steps_[p.Code] = *p.Step
		if size == nil {
			size = p.Step
		}
	}
	if size != nil || p.Weighed || p.Category != "" { // one of which nothing is known is judged as a stranger
		f.catalog[p.Code] = domain.Product{Code: p.Code, Category: p.Category, Weighed: p.Weighed, Case: size}
	}
}

func (f *files) reject(name string, r *intake.Reject) {
	if f.bad++; f.first == "" {
		f.first = fmt.Sprintf("%s line %d: %s", name, r.Line, r.Reason)
	}
}

// next reads whole orders until the batch is full.
func (f *files) next(_ context.Context, b *pastBatch) error { // its source has the context
	for len(b.lines) < batchLines {
		if err := f.order(b); err != nil {
			return err
		}
	}
	return nil
}

// order reads the lines that stand together under one number.
func (f *files) order(b *pastBatch) error {
	if err := f.ahead(); err != nil {
		return err
	}
	first := f.line.OrderLine
	if err := f.once(&first); err != nil {
		return err
	}
	o := pastOrder{from: len(b.lines)}
	o.No, o.Store, o.PlacedAt, o.BusinessDay = first.OrderNo, first.Store, first.PlacedAt, f.businessDay(first.PlacedAt)
	if f.cuts_ != nil {
		if err := f.cuts_.until(b, first.PlacedAt); err != nil {
			return err
		}
	}
	o.events = len(b.events)
	for f.line.OrderNo == first.OrderNo {
		f.put(b, len(b.lines)-o.from+1)
		if err := f.ahead(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	o.to = len(b.lines)
	b.orders = append(b.orders, o)
	return nil
}

// once refuses an order that comes a second time: what it was judged by is gone.
func (f *files) once(l *intake.OrderLine) error {
	h := maphash.String(f.seed, string(l.OrderNo))
	if _, again := f.seen[h]; again {
		return domain.Errorf(domain.Invalid, "read "+f.label,
			"order %s comes again on line %d; the lines of an order must stand together", intake.Show(string(l.OrderNo)), l.Row)
	}
	f.seen[h] = struct{}{}
	return nil
}

// put takes the line that was read ahead.
func (f *files) put(b *pastBatch, no int) {
	l := &f.line
	line := domain.Line{
		No: no, Product: l.Product, Quantity: l.Quantity, Original: l.Quantity, Price: l.Price,
		Amount: domain.Amount(l.Quantity, l.Price),
	}
	if l.StepSeen > 0 {
		seen := l.StepSeen
		line.StepSeen = &seen
	}
	b.lines = append(b.lines, line)
	b.ids = append(b.ids, f.id...)
	b.idEnds = append(b.idEnds, len(b.ids))
	f.pending = false
}

// ahead reads the next line unless there is one.
func (f *files) ahead() error {
	for !f.pending {
		id, rej, err := f.lines.Next(&f.line)
		if err != nil {
			return err
		}
		if rej != nil {
			f.reject(f.label, rej)
			continue
		}
		f.n++
		f.pending = true
		if f.id = append(f.id[:0], id...); len(id) == 0 {
			f.id = strconv.AppendInt(f.id, f.n, 10)
		}
	}
	return nil
}

func (f *files) businessDay(at time.Time) time.Time {
	if !at.Equal(f.dayOf) {
		f.dayOf, f.day = at, f.calendar.BusinessDay(at)
	}
	return f.day
}

func (f *files) settings() domain.Settings                       { return f.today }
func (f *files) products() map[domain.ProductCode]domain.Product { return f.catalog }
func (f *files) steps() map[domain.ProductCode]domain.Quantity   { return f.steps_ }
func (f *files) store(domain.StoreCode) domain.Store             { return domain.Store{} }
func (f *files) cuts() bool                                      { return f.cuts_ != nil }
func (f *files) name() string                                    { return f.label }
func (f *files) leftOut() (int64, string)                        { return f.bad, f.first }
func (f *files) clear()                                          { f.bar.Clear() }

func (f *files) decided() []truthGroup {
	if f.cuts_ == nil {
		return nil
	}
	return cutGroups()
}

func (f *files) close() {
	if f.cuts_ != nil {
		_ = f.cuts_.src.Close() // it was only read
	}
	if f.src != nil {
		_ = f.src.Close() // it was only read
	}
}

// cutFile gives cancellations in the order of their file.
type cutFile struct {
	src   *intake.Source
	r     *intake.Reader[intake.Cut]
	files *files
	rows  []intake.Cut
	at    int
	ended bool
}

func openCuts(ctx context.Context, path string, bind intake.Binding, f *files) (*cutFile, error) {
	src, err := intake.Open(ctx, path, intake.Options{})
	if err != nil {
		return nil, err
	}
	c := &cutFile{src: src, files: f}
	if c.r, err = intake.NewShared(src, intake.Cuts(), bind); err != nil {
		return nil, errors.Join(err, src.Close())
	}
	return c, nil
}

// until puts into the batch what was cancelled up to a time. One that stands below a
// later one waits for it: it is used late, never early.
func (c *cutFile) until(b *pastBatch, at time.Time) error {
	for {
		for c.at == len(c.rows) {
			if c.ended {
				return nil
			}
			chunk, err := c.r.NextChunk(4096)
			if c.ended = errors.Is(err, io.EOF); c.ended {
				return nil
			}
			if err != nil {
				return err
			}
			c.rows, c.at = chunk.Rows, 0
			for i := range chunk.Rejects {
				c.files.reject(c.src.Name(), &chunk.Rejects[i])
			}
		}
		row := &c.rows[c.at]
		if row.At.After(at) {
			return nil
		}
		b.events = append(b.events, pastEvent{at: row.At, store: row.Store, product: row.Product, cut: row.Quantity})
		c.at++
	}
}
