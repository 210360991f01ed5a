package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// maxChunk bounds the bytes of input that one chunk is made of.
const maxChunk = 4 << 20

// Reader reads the rows of one kind from a source.
type Reader[T any] struct {
	src    *Source
	kind   Kind[T]
	bind   Binding
	lay    *layout
	f      *fields
	cells  []string // of the CSV record that was read last
	raw    []byte   // the JSON record that was read last, until the next
	header []string
	bytes  int
	begun  bool
	err    error // why nothing more can be read
}

// Chunk is what was read next: good rows and bad ones, each in the order of the
// source.
type Chunk[T any] struct {
	Rows    []T
	Rejects []Reject
}

// NewReader lays the columns of kind over src. The error is an Invalid
// *domain.Error that names what the file has and how to map it.
func NewReader[T any](src *Source, kind Kind[T], b Binding) (*Reader[T], error) {
	if err := checkMap(b.Map, kind.Columns()); err != nil {
		return nil, err
	}
	if b.Zone == nil {
		b.Zone = time.UTC
	}
	r := &Reader[T]{src: src, kind: kind, bind: b, lay: newLayout(kind.columns, b.Map), f: newFields(kind.columns, b.Zone)}
	if kind.nested >= 0 {
		r.f.lay = newLayout(kind.lines, b.Map)
		r.f.sub = newFields(kind.lines, b.Zone)
		r.f.sub.times = r.f.times
	}
	if err := r.start(); err != nil {
		return nil, err
	}
	return r, nil
}

// start reads the header, or looks at the first object.
func (r *Reader[T]) start() error {
	r.begun = false
	if r.src.format == JSONLines {
		return r.startJSON()
	}
	if r.kind.nested >= 0 {
		return r.src.fail("whole orders come as JSON Lines, this is CSV")
	}
	rec, err := r.src.scan.readHeader()
	if err != nil {
		return r.src.wrap(err)
	}
	if why := notUTF8(rec.raw); why != "" && rec.bad == "" {
		rec.bad = why
	}
	if rec.bad != "" {
		return r.src.fail("the header on line %d cannot be read: %s", rec.line, rec.bad)
	}
	if err := r.lay.bind(splitCSV(nil, rec, r.src.scan.delim)); err != nil {
		return r.src.fail("%s", err)
	}
	r.header = r.lay.header
	for i, at := range r.lay.at {
		r.f.has[i] = at >= 0
	}
	r.f.given = r.f.names()
	return nil
}

func (r *Reader[T]) startJSON() error {
	if r.src.whole != (r.kind.nested >= 0) {
		if r.src.whole {
			return r.src.fail("its rows hold lists, %s have none", r.kind.name)
		}
		return r.src.fail("its rows hold no list of lines, so they are no whole orders")
	}
	r.header = slices.Clone(r.lay.header)
	if r.kind.nested >= 0 {
		r.header = append(slices.Delete(r.header, r.kind.nested, r.kind.nested+1), r.f.lay.header...)
	}
	r.header = append(r.header, rejectText)
	return nil
}

// Header is the header of the reject file: the source's own columns, or those of
// the kind for JSON Lines.
func (r *Reader[T]) Header() []string { return r.header }

// NextChunk gives up to n rows, bad ones counted. It waits for the first; from a
// pipe it does not wait for more than has come already. At the end it gives an
// empty chunk and io.EOF. Any other error comes after the rows before it, and then
// nothing more can be read.
func (r *Reader[T]) NextChunk(n int) (Chunk[T], error) {
	var c Chunk[T]
	if r.err != nil {
		return c, r.err
	}
	r.bytes = 0
	for len(c.Rows)+len(c.Rejects) < n && r.bytes < maxChunk {
		some := len(c.Rows)+len(c.Rejects) > 0
		if some && r.src.pipe && !r.src.scan.ready() {
			break
		}
		row, rej, err := r.one()
		if err != nil && some {
			r.err = err // what came before it is not lost
			break
		}
		if err != nil {
			return Chunk[T]{}, err
		}
		if rej != nil {
			c.Rejects = append(c.Rejects, *rej)
			continue
		}
		if c.Rows == nil {
			c.Rows = make([]T, 0, min(n, 8192))
		}
		c.Rows = append(c.Rows, row)
	}
	r.src.meter.rows += int64(len(c.Rows))
	r.src.meter.rejected += int64(len(c.Rejects))
	return c, nil
}

// one reads the next row that is not blank.
func (r *Reader[T]) one() (row T, rej *Reject, err error) {
	for {
		rec, err := r.src.scan.read()
		if errors.Is(err, io.EOF) {
			r.src.meter.finish(r.src.read)
			return row, nil, io.EOF
		}
		if err != nil {
			return row, nil, r.src.wrap(err)
		}
		if len(bytes.TrimSpace(rec.raw)) == 0 && rec.bad == "" {
			continue
		}
		r.bytes += len(rec.raw)
		var skip bool
		if r.src.format == JSONLines {
			rej, err = r.fromJSON(rec)
		} else {
			rej, skip = r.fromCSV(rec)
		}
		if skip {
			continue
		}
		if err != nil || rej != nil {
			return row, rej, err
		}
		row = r.kind.parse(r.f)
		if r.f.bad != "" {
			return row, r.refuse(rec, r.f.bad), nil
		}
		return row, nil, nil
	}
}

// fromCSV puts the cells of a record into the fields. A row of empty cells, as
// spreadsheets leave them below a table, is passed over.
func (r *Reader[T]) fromCSV(rec record) (rej *Reject, skip bool) {
	if rec.bad == "" {
		rec.bad = notUTF8(rec.raw)
	}
	if rec.bad != "" {
		r.f.reset(rec.line)
		r.salvage(rec.raw)
		return r.refuse(rec, rec.bad), false
	}
	r.cells = splitCSV(r.cells[:0], rec, r.src.scan.delim)
	if blank(r.cells) {
		return nil, true
	}
	r.f.reset(rec.line)
	r.pick()
	n := len(r.cells)
	if n == r.lay.width || n > r.lay.width && blank(r.cells[r.lay.width:]) {
		return nil, false
	}
	why := fmt.Sprintf("it has %d columns, the header has %d", n, r.lay.width)
	return r.refuse(rec, why), false
}

// refuse makes the reject of a row. When it runs over several lines a stray quote
// may have swallowed lines of other orders: they come again by themselves, and
// only the first is rejected.
func (r *Reader[T]) refuse(rec record, why string) *Reject {
	if rec.lines > 1 && rec.quoted {
		r.src.scan.giveBack(rec)
		r.salvage(rec.raw[:bytes.IndexAny(rec.raw, "\r\n")])
		why = fmt.Sprintf("a quote on line %d runs into the lines below it, and then: %s", rec.line, why)
	}
	return r.reject(rec.line, why)
}

// salvage takes what it can from a line whose quotes mean nothing, so that it can
// be mended, and its order is known.
func (r *Reader[T]) salvage(raw []byte) {
	r.cells = splitCSV(r.cells[:0], record{raw: raw}, r.src.scan.delim)
	for i, c := range r.cells {
		r.cells[i] = strings.Trim(c, `" `)
	}
	r.pick()
}

// pick takes the cells of the kind's columns.
func (r *Reader[T]) pick() {
	for i, at := range r.lay.at {
		r.f.vals[i] = ""
		if at >= 0 && at < len(r.cells) {
			r.f.vals[i] = tidy(r.cells[at])
		}
	}
}

// tidy takes off what is no part of a value: spaces around it, and the quote that
// keeps spreadsheets from computing it.
func tidy(cell string) string {
	if cell == "" || cell[0] != '\'' && visible(cell[0]) && visible(cell[len(cell)-1]) {
		return cell
	}
	return strings.TrimSpace(unguard(strings.TrimSpace(cell)))
}

func visible(c byte) bool { return c > ' ' && c < utf8.RuneSelf }

func notUTF8(raw []byte) string {
	switch {
	case isASCII(raw):
		return ""
	case !utf8.Valid(raw):
		return "it is not valid UTF-8"
	case bytes.Contains(raw, []byte(replacement)):
		return "it holds a character that could not be decoded"
	}
	return ""
}

// key is what the row that was read last is refused together by: its order number
// where that can be read.
func (r *Reader[T]) key() string {
	if r.kind.keyOf != nil {
		return r.kind.keyOf(r.f)
	}
	k := r.f.vals[r.kind.key]
	if len(k) > 4*maxCode || utf8.RuneCountInString(k) > maxCode || !utf8.ValidString(k) || strings.ContainsFunc(k, invisible) {
		return ""
	}
	return k
}
