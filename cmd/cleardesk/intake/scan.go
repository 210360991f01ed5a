package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// scanner cuts text into records without ever holding more than one record and
// one buffer. Lines end in LF, CR LF or a bare CR.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	err      error // of r; io.EOF at the end
	line     int   // of pos, from 1
	limit    int   // bytes of one record
	json     bool  // a record is a line, quotes mean nothing
	delim    byte
	lf       int // place of the next LF, -1: not known
	seen     int // no LF lies between pos and here
	skipLF   bool
	skipping bool // the rest of a line that is too long
	next     *record
}

// record is one record as it lies in the buffer, valid until the next one is cut.
type record struct {
	raw    []byte
	line   int    // where it begins
	quoted bool   // has fields in quotes
	bad    string // why it could not be cut; raw is then its first line, or the start of it
	from   int    // its place in the buffer
	after  int    // and the place after its first line, when it has several
	lines  int
}

func newScanner(r io.Reader, limit int) *scanner {
	return &scanner{r: r, buf: make([]byte, 2*readSize), line: 1, limit: limit, delim: ',', lf: -1}
}

// firstByte gives the first byte that is no white space, 0 when there is none. It
// moves past blank lines only: a leading tab is an empty first column.
func (s *scanner) firstByte() (byte, error) {
	for i := s.pos; ; {
		for ; i < s.end; i++ {
			c := s.buf[i]
			switch c {
			case ' ', '\t':
			case '\n', '\r':
				if c == '\r' || !s.skipLF {
					s.line++
				}
				s.advance(i + 1)
			default:
				s.skipLF = false // a line feed cannot follow
				return c, nil
			}
			s.skipLF = c == '\r'
		}
		switch {
		case s.final():
			return 0, nil
		case s.err != nil:
			return 0, s.err
		case s.end-s.pos > s.limit:
			return ' ', nil
		}
		i -= s.pos
		s.fill()
	}
}

// read gives the next record, io.EOF after the last. A failure to read loses the
// record it cut through.
func (s *scanner) read() (record, error) {
	rec, err := s.peek()
	if err == nil {
		s.next = nil
	}
	return rec, err
}

// readHeader reads the first record and finds what separates its columns.
func (s *scanner) readHeader() (record, error) {
	rec, err := s.peek()
	if err != nil {
		return rec, err
	}
	line, _, _ := bytes.Cut(rec.raw, []byte{'\n'})
	if d := separator(line); d != s.delim {
		s.delim = d
		if rec.quoted || rec.bad != "" { // it was cut by the wrong one
			s.pos, s.line, s.skipLF, s.lf, s.seen = rec.from, rec.line, false, -1, rec.from
			s.next = nil
		}
	}
	return s.read()
}

func (s *scanner) peek() (record, error) {
	for !s.ready() {
		if s.err != nil {
			return record{}, s.err
		}
		s.fill()
	}
	return *s.next, nil
}

// ready tells whether the next record can be had without waiting for input.
func (s *scanner) ready() bool {
	if s.next == nil {
		if rec, ok := s.cut(); ok {
			s.next = &rec
		}
	}
	return s.next != nil
}

// fill reads once more, making room first. What is kept is one unfinished record.
func (s *scanner) fill() {
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.lf, s.seen = max(-1, s.lf-s.pos), max(0, s.seen-s.pos)
		s.pos = 0
	}
	if len(s.buf)-s.end < readSize {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.end : s.end+readSize])
	s.end += n
	s.err = err
}

func (s *scanner) final() bool { return errors.Is(s.err, io.EOF) }

// cut cuts the next record from what the buffer holds.
func (s *scanner) cut() (record, bool) {
	if s.skipLF && s.pos < s.end {
		if s.buf[s.pos] == '\n' {
			s.advance(s.pos + 1)
		}
		s.skipLF = false
	}
	if s.skipping && !s.skip() {
		return record{}, false
	}
	n, next, ok := s.lineEnd()
	if !ok {
		if s.end-s.pos > s.limit {
			return s.tooLong(s.end), true
		}
		if !s.final() || s.pos == s.end {
			return record{}, false
		}
		n, next = s.end, s.end
	}
	if n-s.pos > s.limit {
		rec := s.tooLong(n)
		return rec, true
	}
	if !s.json && bytes.IndexByte(s.buf[s.pos:n], '"') >= 0 {
		return s.cutQuoted(n, next)
	}
	return s.take(record{raw: s.buf[s.pos:n], lines: 1}, next), true
}

// take moves past rec, which begins here and ends before next.
func (s *scanner) take(rec record, next int) record {
	rec.line, rec.from = s.line, s.pos
	s.line += rec.lines
	s.skipLF = next > 0 && next == s.end && s.buf[next-1] == '\r'
	s.advance(next)
	return rec
}

func (s *scanner) advance(to int) {
	s.pos = to
	if s.lf < to {
		s.lf = -1
	}
	s.seen = max(s.seen, to)
}

// tooLong gives the start of a line that is over the limit and skips its rest.
func (s *scanner) tooLong(n int) record {
	const shown = 1 << 10
	rec := record{
		raw: s.buf[s.pos:min(n, s.pos+shown)], line: s.line,
		bad: fmt.Sprintf("the line is longer than %d KiB", s.limit>>10),
	}
	s.skipping = true
	s.advance(n)
	return rec
}

func (s *scanner) skip() bool {
	_, next, ok := s.lineEnd()
	if !ok {
		s.advance(s.end)
		if !s.final() {
			return false
		}
		next = s.end
	}
	s.skipping = false
	s.take(record{lines: 1}, next)
	return true
}

// lineEnd finds where the line at pos ends and the next begins. The place of the
// next LF is remembered: a file of bare CRs would be searched to its end a line.
func (s *scanner) lineEnd() (n, next int, ok bool) {
	if s.lf < s.pos {
		s.lf = -1
		from := max(s.pos, s.seen)
		if i := bytes.IndexByte(s.buf[from:s.end], '\n'); i >= 0 {
			s.lf = from + i
			s.seen = s.lf
		} else {
			s.seen = s.end
		}
	}
	stop := s.lf
	if stop < 0 {
		stop = s.end
	}
	if i := bytes.IndexByte(s.buf[s.pos:stop], '\r'); i >= 0 {
		cr := s.pos + i
		if cr+1 == s.lf {
			return cr, cr + 2, true
		}
		return cr, cr + 1, true
	}
	if s.lf < 0 {
		return 0, 0, false
	}
	return s.lf, s.lf + 1, true
}

// cutQuoted cuts a record whose first line, up to n, has a quote in it. When the
// quotes do not come out even only that line is given up, not all that follows.
func (s *scanner) cutQuoted(n, next int) (record, bool) {
	bad := func(why string) (record, bool) {
		return s.take(record{raw: s.buf[s.pos:n], lines: 1, bad: why}, next), true
	}
	for i := s.pos; ; {
		j := i
		for j < s.end && s.buf[j] == ' ' {
			j++
		}
		if j < s.end && s.buf[j] == '"' {
			opened := j
			k, ok := closing(s.buf[j+1 : s.end])
			j += 1 + k
			for ok && j < s.end && s.buf[j] == ' ' {
				j++
			}
			if j >= s.end && !s.final() && s.end-s.pos <= s.limit {
				return record{}, false
			}
			if !ok || j-s.pos > s.limit {
				at := s.line + countLines(s.buf[s.pos:opened])
				return bad(fmt.Sprintf("the quote opened on line %d is not closed within %d KiB", at, s.limit>>10))
			}
		} else if k := bytes.IndexAny(s.buf[j:s.end], string([]byte{s.delim, '\r', '\n'})); k >= 0 {
			j += k
		} else {
			j = s.end
		}
		switch {
		case j >= s.end:
			if !s.final() && s.end-s.pos <= s.limit {
				return record{}, false
			}
			return s.takeQuoted(j, j, next), true
		case s.buf[j] == s.delim:
			i = j + 1
		case s.buf[j] == '\r' && j+1 < s.end && s.buf[j+1] == '\n':
			return s.takeQuoted(j, j+2, next), true
		case s.buf[j] == '\r', s.buf[j] == '\n':
			return s.takeQuoted(j, j+1, next), true
		default:
			return bad("text follows a closing quote")
		}
	}
}

func (s *scanner) takeQuoted(n, next, after int) record {
	rec := record{raw: s.buf[s.pos:n], quoted: true, after: after}
	rec.lines = 1 + countLines(rec.raw)
	if len(rec.raw) > s.limit {
		rec.bad = fmt.Sprintf("the record is longer than %d KiB", s.limit>>10)
	}
	return s.take(rec, next)
}

// giveBack makes the lines after the first of rec, which was cut last, come again
// as records of their own.
func (s *scanner) giveBack(rec record) {
	s.pos, s.line, s.skipLF, s.next = rec.after, rec.line+1, false, nil
	s.lf, s.seen = -1, rec.after
}

// closing finds the quote that closes a field and gives the place after it. A
// doubled quote stands for one.
func closing(p []byte) (after int, ok bool) {
	for i := 0; ; {
		k := bytes.IndexByte(p[i:], '"')
		if k < 0 {
			return len(p), false
		}
		i += k + 1
		if i == len(p) || p[i] != '"' {
			return i, true
		}
		i++
	}
}

// countLines counts the line ends in p.
func countLines(p []byte) int {
	n := bytes.Count(p, []byte{'\n'})
	for i, c := range p {
		if c == '\r' && (i+1 == len(p) || p[i+1] != '\n') {
			n++
		}
	}
	return n
}
