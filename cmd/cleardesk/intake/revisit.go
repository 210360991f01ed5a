package intake

import (
	"cmp"
	"errors"
	"io"
	"slices"
)

// revisitBatch is how many rows are asked about at a time.
const revisitBatch = 5000

// Judge gives the reason for each of keys, see Reject.Key, that was refused after
// its rows had been read.
type Judge func(keys []string) (map[string]string, error)

// Revisit reads the source a second time and writes all good rows of the orders
// (stores, products) that were refused later to w. judge is asked about some thousand rows at a time,
// so that neither the file nor the refused orders are held in memory. Rows that
// were rejected in the first reading are not written again. A pipe must have been
// opened with Keep, and read to its end.
func (r *Reader[T]) Revisit(judge Judge, w *Rejects) error {
	if err := r.src.back(); err != nil {
		return err
	}
	if err := r.start(); err != nil {
		return err
	}
	var batch []Reject
	r.bytes = 0
	for {
		_, rej, err := r.one()
		if err != nil && !errors.Is(err, io.EOF) {
			return errors.Join(ask(batch, judge, w), cmp.Or(r.src.kept(), err))
		}
		ended := err != nil
		if !ended && rej == nil {
			batch = append(batch, *r.reject(r.f.line, ""))
		}
		if ended && r.src.kept() != nil && len(batch) > 0 {
			batch = batch[:len(batch)-1] // it may be cut off
		}
		if ended || len(batch) >= revisitBatch || r.bytes >= maxChunk {
			if err := ask(batch, judge, w); err != nil {
				return err
			}
			batch, r.bytes = batch[:0], 0
		}
		if ended {
			return r.src.kept()
		}
	}
}

// ask writes those of the rows whose order was refused.
func ask(rows []Reject, judge Judge, w *Rejects) error {
	var keys []string
	for _, row := range rows {
		if n := len(keys); n == 0 || keys[n-1] != row.Key {
			keys = append(keys, row.Key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	slices.Sort(keys)
	refused, err := judge(slices.Compact(keys))
	if err != nil {
		return err
	}
	for _, row := range rows {
		why, ok := refused[row.Key]
		if !ok {
			continue
		}
		row.Reason = why
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// back makes the source ready for a second reading.
func (s *Source) back() error {
	if s.again == nil {
		if s.spool == nil || !s.ended {
			return s.fail("it was a pipe and cannot be read again")
		}
		s.again, s.size = io.NewSectionReader(s.spool.f, 0, s.spool.n), s.spool.n
		s.pipe, s.gz = false, false
	}
	s.meter.again()
	s.meter.total = s.size
	return s.rewind()
}

// kept says so when not all of a pipe could be kept.
func (s *Source) kept() error {
	if s.spool == nil || !s.spool.full {
		return nil
	}
	return s.fail("only its first %d MiB could be kept: refused orders after that are not in the reject file", s.size>>20)
}
