package intake

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"cleardesk/domain"
)

// Reject is one row that could not be taken.
type Reject struct {
	Line   int        // of the source, from 1
	Key    string     // its order number, store or product code; "" when that cannot be read
	Reason string     // one English line
	Rows   [][]string // the original cells; several rows for a whole order
}

// reject makes a Reject of the row that was read last.
func (r *Reader[T]) reject(line int, why string) *Reject {
	return &Reject{Line: line, Key: r.key(), Reason: why, Rows: r.original()}
}

// original gives the cells of the row that was read last under Header.
func (r *Reader[T]) original() [][]string {
	if r.src.format == JSONLines {
		return r.originalJSON()
	}
	row := make([]string, 0, len(r.cells))
	for _, at := range r.lay.keep {
		cell := ""
		if at < len(r.cells) {
			cell = r.cells[at]
		}
		row = append(row, cell)
	}
	if len(r.cells) > r.lay.width {
		row = append(row, r.cells[r.lay.width:]...)
	}
	return [][]string{row}
}

// originalJSON gives an object's values by the kind's columns; a whole order has a
// row a line. What cannot be laid out so is given as it stands in the last column.
func (r *Reader[T]) originalJSON() [][]string {
	if r.kind.nested < 0 {
		return [][]string{append(append([]string(nil), r.f.vals...), "")}
	}
	lines := []byte(r.f.vals[r.kind.nested])
	if len(lines) == 0 || lines[0] != '[' {
		return [][]string{r.rawRow()}
	}
	var rows [][]string
	whole := true
	elements(lines, func(value []byte) bool {
		r.f.sub.reset(0)
		clear(r.f.sub.has)
		if whole = value[0] == '{' && r.f.sub.fill(value, r.f.lay, -1) == ""; !whole {
			return false
		}
		row := make([]string, 0, len(r.header))
		for i, v := range r.f.vals {
			if i != r.kind.nested {
				row = append(row, v)
			}
		}
		rows = append(rows, append(append(row, r.f.sub.vals...), ""))
		return true
	})
	if !whole || len(rows) == 0 {
		return [][]string{r.rawRow()}
	}
	return rows
}

// rawRow gives the JSON text itself, in the last column.
func (r *Reader[T]) rawRow() []string {
	row := make([]string, len(r.header))
	row[len(row)-1] = string(r.raw)
	return row
}

// RejectPath is where the rejects of path go.
func RejectPath(path string) string {
	if path == Stdin {
		path = "stdin"
	}
	return path + ".rejected.csv"
}

// Rejects writes rejected rows to a CSV file that can be mended in a spreadsheet
// and imported again. Nothing is made before the first reject, and the file has
// its name only when it is complete.
type Rejects struct {
	path   string
	header []string
	tmp    *os.File
	buf    *bufio.Writer
	w      *csv.Writer
	rows   int
}

// NewRejects prepares the file at path, see RejectPath; header is Reader.Header.
func NewRejects(path string, header []string) *Rejects {
	return &Rejects{path: path, header: header}
}

// Write appends rejects.
func (w *Rejects) Write(rejects ...Reject) error {
	if len(rejects) == 0 {
		return nil
	}
	if w.tmp == nil {
		if err := w.open(); err != nil {
			return w.wrap(err)
		}
	}
	for _, rej := range rejects {
		for _, row := range rej.Rows {
			cells := append([]string{strconv.Itoa(rej.Line), rej.Reason}, row...)
			if err := w.w.Write(safe(cells)); err != nil {
				return w.wrap(err)
			}
			w.rows++
		}
	}
	return nil
}

// Rows is how many rows were written.
func (w *Rejects) Rows() int { return w.rows }

func (w *Rejects) open() error {
	tmp, err := os.CreateTemp(filepath.Dir(w.path), ".rejected-*.tmp")
	if errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EROFS) {
		// The folder of the file is not ours to write in: here, then.
		w.path = filepath.Base(w.path)
		tmp, err = os.CreateTemp(".", ".rejected-*.tmp")
	}
	if err != nil {
		return err
	}
	w.tmp, w.buf = tmp, bufio.NewWriter(tmp)
	w.w = csv.NewWriter(w.buf)
	// Spreadsheets take a CSV without the mark for the system's old encoding.
	if _, err := w.buf.Write(bomUTF8()); err != nil {
		return err
	}
	return w.w.Write(safe(append([]string{rejectLine, rejectReason}, w.header...)))
}

// safe makes cells fit for a spreadsheet, and UTF-8.
func safe(cells []string) []string {
	for i, c := range cells {
		cells[i] = guard(strings.ToValidUTF8(c, replacement))
	}
	return cells
}

// Close completes the file and gives its path, "" when nothing was rejected. A
// file of an earlier run is replaced; one that is not ours is left, and the next
// free name taken.
func (w *Rejects) Close() (path string, err error) {
	if w.tmp == nil {
		return "", nil
	}
	w.w.Flush()
	err = errors.Join(w.w.Error(), w.buf.Flush(), w.tmp.Sync(), w.tmp.Close())
	if err == nil {
		path, err = w.place()
	}
	if err != nil {
		err = errors.Join(err, os.Remove(w.tmp.Name()))
		w.tmp = nil
		return "", w.wrap(err)
	}
	w.tmp = nil
	return path, nil
}

// Abort drops what was written.
func (w *Rejects) Abort() error {
	if w.tmp == nil {
		return nil
	}
	err := errors.Join(w.tmp.Close(), os.Remove(w.tmp.Name()))
	w.tmp = nil
	return err
}

// place gives the finished file its name.
func (w *Rejects) place() (string, error) {
	stem := strings.TrimSuffix(w.path, ".csv")
	for n := 1; ; n++ {
		path := w.path
		if n > 1 {
			path = fmt.Sprintf("%s.%d.csv", stem, n)
		}
		if ours(path) {
			return path, os.Rename(w.tmp.Name(), path)
		}
		// A link fails where a file is, so that none is overwritten unseen.
		err := os.Link(w.tmp.Name(), path)
		if err == nil {
			return path, os.Remove(w.tmp.Name())
		}
		if _, statErr := os.Lstat(path); errors.Is(statErr, os.ErrNotExist) {
			return path, os.Rename(w.tmp.Name(), path) // a file system without links
		}
	}
}

// ours tells whether path is a reject file.
func ours(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	want := string(bomUTF8()) + rejectLine + "," + rejectReason
	head := make([]byte, len(want))
	_, err = io.ReadFull(f, head)
	return errors.Join(err, f.Close()) == nil && string(head) == want
}

func (w *Rejects) wrap(err error) error {
	return &domain.Error{Code: domain.Internal, Op: "write " + Show(filepath.Base(w.path)), Msg: "rejected rows cannot be kept: " + err.Error(), Err: err}
}
