package tui

import (
	"bytes"
	"os"
	"sync"

	"github.com/charmbracelet/x/ansi"
)

// Screen is the terminal's output with its real cursor kept in the focused field.
// Bubble Tea hides the cursor and parks it in the last line, where an input method
// would then open its window. It embeds the file so that Bubble Tea still finds the
// terminal.
type Screen struct {
	*os.File

	mu    sync.Mutex
	x, y  int
	shown bool // a field has the cursor
	drawn bool // the terminal shows it
	live  bool // frames are being drawn: the alternate screen is up
}

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
	if s.shown {
		s.drawn = true
		return ansi.CursorPosition(s.x+1, s.y+1) + ansi.ShowCursor
	}
	if s.drawn {
		s.drawn = false
		return ansi.HideCursor
	}
	return ""
}

// SetCursor moves the cursor to a cell from 0, or takes it away. It writes only
// where that changes something.
func (s *Screen) SetCursor(x, y int, shown bool) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.x == x && s.y == y && s.shown == shown {
		return
	}
	s.x, s.y, s.shown = x, y, shown
	if s.live {
		_, _ = s.File.WriteString(s.place()) // the next frame says it again
	}
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
