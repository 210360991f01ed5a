package tui

import (
	"bytes"
	"os"
	"sync"
	"sync/atomic"

	"github.com/charmbracelet/x/ansi"
)

// Screen is the terminal's output with its real cursor kept in the focused field.
// Bubble Tea hides the cursor and parks it in the last line, where an input method
// would then open its window. It embeds the file so that Bubble Tea still finds the
// terminal.
type Screen struct {
	*os.File

	want  atomic.Pointer[spot] // where the cursor belongs; nil: nowhere
	mu    sync.Mutex
	drawn spot // where the terminal shows it
	shown bool // it shows it
	live  bool // frames are being drawn: the alternate screen is up
}

// spot is a cell of the terminal, from 0.
type spot struct{ x, y int }

// NewScreen wraps the terminal's output.
func NewScreen(f *os.File) *Screen { return &Screen{File: f} }

// Write passes a frame on and puts the cursor back into the field. Other output,
// such as that of starting and ending, passes as it is.
func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !bytes.HasPrefix(p, []byte(ansi.CursorHomePosition)) {
		s.live = s.live && !bytes.Contains(p, []byte(ansi.ResetModeAltScreenSaveCursor))
		return s.File.Write(p)
	}
	s.live = true
	if tail := s.place(); tail != "" {
		whole := append(append(make([]byte, 0, len(p)+len(tail)), p...), tail...)
		n, err := s.File.Write(whole)
		return min(n, len(p)), err
	}
	return s.File.Write(p)
}

// WriteString is Write; without it the file's own would be taken.
func (s *Screen) WriteString(p string) (int, error) { return s.Write([]byte(p)) }

// place is the sequence that brings the cursor to where it belongs.
func (s *Screen) place() string {
	at := s.want.Load()
	if at != nil {
		s.drawn, s.shown = *at, true
		return ansi.CursorPosition(at.x+1, at.y+1) + ansi.ShowCursor
	}
	if s.shown {
		s.shown = false
		return ansi.HideCursor
	}
	return ""
}

// Point says to which cell from 0 the cursor belongs, or that it belongs nowhere. It
// never waits, so that the update loop may call it; Sync or the next frame moves the
// cursor.
func (s *Screen) Point(x, y int, shown bool) {
	if !shown {
		s.want.Store(nil)
		return
	}
	s.want.Store(&spot{x: x, y: y})
}

// Sync moves the cursor where no frame does it, because only the cursor moved. It
// waits for the terminal: call it in a command.
func (s *Screen) Sync() {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.want.Load()
	if !s.live || at == nil && !s.shown || at != nil && s.shown && *at == s.drawn {
		return
	}
	_, _ = s.File.WriteString(s.place()) // the next frame says it again
}

// Copy puts text on the clipboard of the terminal, wherever that is (OSC 52).
func (s *Screen) Copy(text string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.File.WriteString(ansi.SetSystemClipboard(text)) // a terminal without one ignores it
}
