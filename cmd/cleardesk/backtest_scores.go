package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"os"
	"strconv"
	"strings"

	"cleardesk/domain"
)

// scoreFiles are the files of scores, either of which may not be wanted.
type scoreFiles struct{ lines, orders *scoreFile }

// scoreFile is written beside its name and takes it when it is whole.
type scoreFile struct {
	path string
	f    *os.File
	w    *bufio.Writer
	row  []byte
}

const partial = ".part"

func openScores(lines, orders string) (*scoreFiles, error) {
	var files scoreFiles
	var err error
	if files.lines, err = createScores(lines, "line_id,score,alert\n"); err != nil {
		return nil, err
	}
	if files.orders, err = createScores(orders, "order_id,score,alert\n"); err != nil {
		files.drop()
		return nil, err
	}
	return &files, nil
}

func createScores(path, header string) (*scoreFile, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Create(path + partial)
	if err != nil {
		return nil, scoreError(path, err)
	}
	s := &scoreFile{path: path, f: f, w: bufio.NewWriterSize(f, 256<<10)}
	_, err = s.w.WriteString(header)
	return s, scoreError(path, err)
}

func scoreError(path string, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*os.PathError](err); ok {
		err = e.Err
	}
	return &domain.Error{Code: domain.Unavailable, Op: "write " + path, Msg: err.Error(), Err: err}
}

// write writes what a column found of a batch.
func (s *scoreFiles) write(b *pastBatch, c *column) error {
	if f := s.lines; f != nil {
		for i, score := range c.lineScores {
			if err := f.write(b.id(i), score, c.lineFlags[i]); err != nil {
				return err
			}
		}
	}
	if f := s.orders; f != nil {
		for i, score := range c.orderScores {
			if err := f.write([]byte(b.orders[i].No), score, c.orderFlags[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *scoreFile) write(id []byte, score float64, alert bool) error {
	f.row = appendID(f.row[:0], id)
	f.row = append(f.row, ',')
	f.row = strconv.AppendFloat(f.row, score, 'g', 6, 64)
	if alert {
		f.row = append(f.row, ",1\n"...)
	} else {
		f.row = append(f.row, ",0\n"...)
	}
	_, err := f.w.Write(f.row)
	return scoreError(f.path, err)
}

// appendID writes a name as it came where that is safe, else as a cell that neither
// breaks the row nor is taken for a formula.
func appendID(row, id []byte) []byte {
	for i, c := range id {
		plain := c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || i > 0 && (c == '-' || c == '/' || c == '.' || c == ':')
		if !plain {
			return append(row, quoted(string(id))...)
		}
	}
	return append(row, id...)
}

func quoted(id string) string {
	var cell strings.Builder
	w := csv.NewWriter(&cell)
	_ = w.Write([]string{formulaSafe(id)}) // into memory
	w.Flush()
	return strings.TrimSuffix(cell.String(), "\n")
}

// keep gives the files their names.
func (s *scoreFiles) keep() error {
	for _, f := range []*scoreFile{s.lines, s.orders} {
		if f == nil {
			continue
		}
		err := errors.Join(f.w.Flush(), f.f.Close())
		if err == nil {
			err = os.Rename(f.path+partial, f.path)
		}
		if err != nil {
			s.drop()
			return scoreError(f.path, err)
		}
	}
	return nil
}

// drop takes away what is not whole.
func (s *scoreFiles) drop() {
	for _, f := range []*scoreFile{s.lines, s.orders} {
		if f != nil {
			_ = f.f.Close() // it goes anyway
			_ = os.Remove(f.path + partial)
		}
	}
}
