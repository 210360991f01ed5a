package intake

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// Progress is how far reading has come.
type Progress struct {
	Checking bool          // the first look through the file is on; no row has been read
	Read     int64         // bytes as stored: of the compressed file when it is one
	Total    int64         // bytes in all, 0: not known
	Rows     int64         // good rows
	Rejected int64         // bad ones
	Elapsed  time.Duration // of this look
	Done     bool
}

// PerSecond is how many rows were read in a second, bad ones counted.
func (p Progress) PerSecond() int64 {
	ms := p.Elapsed.Milliseconds()
	if ms == 0 {
		return 0
	}
	return (p.Rows + p.Rejected) * 1000 / ms
}

// Left is about how long the rest takes, and whether that can be said.
func (p Progress) Left() (time.Duration, bool) {
	if p.Total == 0 || p.Read == 0 || p.Elapsed < time.Second {
		return 0, false
	}
	share := float64(p.Total-p.Read) / float64(p.Read)
	return time.Duration(share * float64(p.Elapsed)), true
}

// meter gathers the progress and tells it at most once in tellEvery.
type meter struct {
	tell     func(Progress)
	start    time.Time
	told     time.Time
	total    int64
	rows     int64
	rejected int64
	checking bool
}

const tellEvery = 200 * time.Millisecond

func (m *meter) now(read int64) Progress {
	return Progress{
		Checking: m.checking, Read: min(read, max(m.total, read)), Total: m.total,
		Rows: m.rows, Rejected: m.rejected, Elapsed: time.Since(m.start),
	}
}

func (m *meter) tick(read int64) {
	if m.tell == nil {
		return
	}
	if at := time.Now(); at.Sub(m.told) >= tellEvery {
		m.told = at
		m.tell(m.now(read))
	}
}

// again starts the clock for the next look through the source.
func (m *meter) again() {
	m.start, m.checking, m.rows, m.rejected = time.Now(), false, 0, 0
}

func (m *meter) finish(read int64) {
	if m.tell != nil {
		p := m.now(read)
		p.Done = true
		m.tell(p)
	}
}

// Bar draws a Progress on one line of a terminal, in ASCII. A nil Bar draws
// nothing.
type Bar struct {
	w     io.Writer
	label string
	width func() int
	drawn int
}

// NewBar makes a bar on w, which is a terminal of width() columns.
func NewBar(w io.Writer, label string, width func() int) *Bar {
	return &Bar{w: w, label: ascii(label), width: width}
}

// TerminalBar makes a bar on f, nil when f is no terminal.
func TerminalBar(f *os.File, label string) *Bar {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return nil
	}
	return NewBar(f, label, func() int {
		width, _, err := term.GetSize(fd)
		if err != nil {
			return 80
		}
		return width
	})
}

// Draw draws p over what was drawn before. A terminal that cannot be written to
// costs the bar, not the import.
func (b *Bar) Draw(p Progress) {
	if b == nil {
		return
	}
	line := b.line(p, b.width()-1)
	pad := strings.Repeat(" ", max(0, b.drawn-len(line)))
	b.drawn = len(line)
	_, _ = io.WriteString(b.w, "\r"+line+pad)
}

// Clear takes the bar away.
func (b *Bar) Clear() {
	if b != nil && b.drawn > 0 {
		_, _ = io.WriteString(b.w, "\r"+strings.Repeat(" ", b.drawn)+"\r")
		b.drawn = 0
	}
}

// line gives the text for p in at most width columns: the bar itself goes first
// where there is no room, then the end of the words.
func (b *Bar) line(p Progress, width int) string {
	words := b.words(p)
	bar := ""
	if p.Total > 0 {
		words = fmt.Sprintf("%3d%%  %s", min(100, p.Read*100/p.Total), words)
		if n := min(40, width-len(b.label)-len(words)-5); n >= 8 {
			full := int(min(p.Total, p.Read) * int64(n) / p.Total)
			bar = "[" + strings.Repeat("=", full) + strings.Repeat(" ", n-full) + "] "
		}
	}
	line := b.label + "  " + bar + words
	return line[:max(0, min(len(line), width))]
}

func (b *Bar) words(p Progress) string {
	if p.Checking {
		return "looking through"
	}
	s := fmt.Sprintf("%s rows  %s/s", thousands(p.Rows+p.Rejected), thousands(p.PerSecond()))
	if left, ok := p.Left(); ok && !p.Done {
		sec := int64(left.Round(time.Second) / time.Second)
		s += fmt.Sprintf("  %d:%02d left", sec/60, sec%60)
	}
	if p.Rejected > 0 {
		s += fmt.Sprintf("  %s rejected", thousands(p.Rejected))
	}
	return s
}

func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}
