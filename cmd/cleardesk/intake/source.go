package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"cleardesk/domain"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// Limits that keep memory flat whatever comes in.
const (
	maxRow   = 64 << 10 // bytes of one CSV record
	maxWhole = 1 << 20  // bytes of one JSON line, which may be a whole order
	readSize = 128 << 10
)

// Options say how a source is opened. The zero value reads without progress.
type Options struct {
	Stdin    io.Reader      // what "-" reads
	Progress func(Progress) // called now and then while reading; it must be quick
	Keep     bool           // keep what a pipe sends in a nameless temporary file, so that Revisit can read it again
}

// Source is an opened file or pipe of which is known what it is.
type Source struct {
	name   string
	file   *os.File // nil for a pipe given by the caller
	again  io.ReaderAt
	size   int64 // of again, in bytes as stored
	pipe   bool
	spool  *spool
	enc    Encoding
	format Format
	whole  bool
	gz     bool
	sum    hash.Hash
	read   int64 // bytes as stored, of the pass that runs
	plain  int64 // bytes after decompression, of the pass that runs
	expect int64 // plain bytes the survey saw; -1 when there was none
	ended  bool
	ctx    context.Context // of the reads, which have no other way to learn of it
	meter  meter
	scan   *scanner
}

// Format is how rows are written down.
type Format string

// The formats read.
const (
	CSV       Format = "csv"
	JSONLines Format = "json lines"
)

// Open opens path, or o.Stdin for "-", and finds out what it is. A regular file
// is read through once, so that its encoding is decided on the whole of it and its
// hash is known before the first row; a pipe is decided on what it sends first.
// ctx bounds all reading of the source. The error is an Invalid *domain.Error, or
// NotFound when there is no such file.
func Open(ctx context.Context, path string, o Options) (*Source, error) {
	s := &Source{name: filepath.Base(path), expect: -1, ctx: ctx, meter: meter{tell: o.Progress, start: time.Now()}}
	in := o.Stdin
	if path != Stdin {
		f, err := os.Open(path)
		if err != nil {
			return nil, openError(path, err)
		}
		s.file, in = f, f
	} else {
		s.name = "standard input"
	}
	if in == nil {
		return nil, s.fail("there is nothing to read from")
	}
	if err := s.start(in, o.Keep); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func openError(path string, err error) error {
	code := domain.Invalid
	if errors.Is(err, os.ErrNotExist) {
		code = domain.NotFound
	}
	cause := err
	if pe, ok := errors.AsType[*os.PathError](err); ok {
		cause = pe.Err
	}
	return &domain.Error{Code: code, Op: "read " + Show(filepath.Base(path)), Msg: cause.Error(), Err: err}
}

// start decides what the source is and stands before its first record.
func (s *Source) start(in io.Reader, keep bool) error {
	if f, ok := in.(*os.File); ok {
		info, err := f.Stat()
		if err != nil {
			return s.wrap(err)
		}
		if info.IsDir() {
			return s.fail("it is a folder, not a file")
		}
		if info.Mode().IsRegular() {
			at, err := f.Seek(0, io.SeekCurrent)
			if err != nil {
				return s.wrap(err)
			}
			s.again, s.size = io.NewSectionReader(f, at, info.Size()-at), info.Size()-at
		}
	}
	if s.again == nil {
		return s.startPipe(in, keep)
	}
	return s.startFile()
}

func (s *Source) startFile() error {
	s.meter.checking, s.meter.total = true, s.size
	s.sum = sha256.New()
	if err := s.survey(); err != nil {
		return err
	}
	s.meter.again()
	s.expect = s.plain
	s.ended = true // the hash is known
	return s.rewind()
}

// rewind stands before the first record again, of the same bytes and by the same
// encoding.
func (s *Source) rewind() error {
	raw, err := s.unpacked(io.NewSectionReader(s.again, 0, s.size))
	if err != nil {
		return err
	}
	return s.records(s.enc.decode(bufio.NewReaderSize(&counting{s: s, r: raw}, readSize)))
}

func (s *Source) startPipe(in io.Reader, keep bool) error {
	s.pipe = true
	if keep {
		sp, err := newSpool(maxSpool)
		if err != nil {
			return s.wrap(err)
		}
		s.spool = sp
		in = io.TeeReader(in, sp)
	}
	raw, err := s.unpacked(in)
	if err != nil {
		return err
	}
	s.sum = sha256.New()
	plain := &counting{s: s, r: raw, sum: s.sum}
	block, err := firstBlock(plain)
	if err != nil {
		return s.wrap(err)
	}
	if why := notText(block); why != "" {
		return s.fail("%s", why)
	}
	enc, ok := sniff(block)
	rest := io.MultiReader(bytes.NewReader(block), plain)
	if !ok {
		return s.records(&lateDecoder{r: rest, decided: func(e Encoding) { s.enc = e }})
	}
	s.enc = enc
	return s.records(enc.decode(rest))
}

// firstBlock reads what a pipe sends first: up to its first line end, so that a
// slow pipe is not waited for, and no more than one buffer.
func firstBlock(r io.Reader) ([]byte, error) {
	block := make([]byte, 0, readSize)
	for len(block) < cap(block) && !bytes.ContainsAny(block, "\n\r") {
		n, err := r.Read(block[len(block):cap(block)])
		block = block[:len(block)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return block, nil
}

// unpacked counts the stored bytes of in and takes gzip off where its mark is.
func (s *Source) unpacked(in io.Reader) (io.Reader, error) {
	s.read, s.plain = 0, 0
	b := bufio.NewReaderSize(&stored{s: s, r: in}, readSize)
	mark, err := b.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, s.wrap(err)
	}
	if !bytes.Equal(mark, []byte{0x1f, 0x8b}) {
		return b, nil
	}
	s.gz = true
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, s.wrap(err)
	}
	return z, nil
}

// records looks at the first record to tell CSV from JSON Lines.
func (s *Source) records(text io.Reader) error {
	s.scan = newScanner(text, maxWhole)
	first, err := s.scan.firstByte()
	if err != nil {
		return s.wrap(err)
	}
	switch first {
	case 0:
		return s.fail("it is empty")
	case '[':
		return s.fail("it is one JSON array; write one object a line instead")
	case '{':
		s.format = JSONLines
		s.scan.json = true
		rec, err := s.scan.peek()
		if err != nil {
			return s.wrap(err)
		}
		if string(bytes.TrimSpace(rec.raw)) == "{" {
			return s.fail("a JSON object is spread over several lines; write one object a line")
		}
		s.whole = holdsArray(rec.raw)
	default:
		s.format = CSV
		s.scan.limit = maxRow
	}
	return nil
}

// Name is the file's name without its folders.
func (s *Source) Name() string { return s.name }

// Format tells CSV from JSON Lines.
func (s *Source) Format() Format { return s.format }

// Encoding is how the text is encoded. A pipe that has sent nothing but ASCII so
// far counts as UTF-8.
func (s *Source) Encoding() Encoding {
	if s.enc == "" {
		return UTF8
	}
	return s.enc
}

// Whole tells whether the rows are whole orders: JSON objects that hold an array.
func (s *Source) Whole() bool { return s.whole }

// Pipe tells whether the source can be read only once as it comes.
func (s *Source) Pipe() bool { return s.pipe }

// Hash is the SHA-256 of the content, decompressed, in hexadecimal. It is known
// from the start for a regular file, and at its end for a pipe.
func (s *Source) Hash() (string, bool) {
	if !s.ended {
		return "", false
	}
	return hex.EncodeToString(s.sum.Sum(nil)), true
}

// Progress tells how far reading has come.
func (s *Source) Progress() Progress { return s.meter.now(s.read) }

// Close lets go of the file and of what was kept of a pipe.
func (s *Source) Close() error {
	var errs []error
	if s.file != nil {
		errs = append(errs, s.file.Close())
	}
	if s.spool != nil {
		errs = append(errs, s.spool.Close())
	}
	return errors.Join(errs...)
}

func (s *Source) fail(format string, args ...any) error {
	return domain.Errorf(domain.Invalid, "read "+Show(s.name), format, args...)
}

// wrap gives a failure of reading its one line.
func (s *Source) wrap(err error) error {
	if _, ok := errors.AsType[*domain.Error](err); ok {
		return err
	}
	op := "read " + Show(s.name)
	switch {
	case errors.Is(err, context.Canceled):
		return &domain.Error{Code: domain.Canceled, Op: op, Msg: "stopped", Err: err}
	case s.gz && errors.Is(err, io.ErrUnexpectedEOF):
		return &domain.Error{Code: domain.Invalid, Op: op, Msg: "the gzip file is cut off; fetch it again", Err: err}
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return &domain.Error{Code: domain.Invalid, Op: op, Msg: "the gzip file is damaged; fetch it again", Err: err}
	default:
		return &domain.Error{Code: domain.Invalid, Op: op, Err: err}
	}
}
