package tui

import (
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// written gives what a screen wrote to its terminal.
func written(t *testing.T, act func(s *Screen)) string {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "tty")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	act(NewScreen(f))
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func write(t *testing.T, s *Screen, text string) {
	t.Helper()
	if n, err := io.WriteString(s, text); err != nil || n != len(text) {
		t.Errorf("wrote %d of %d: %v", n, len(text), err)
	}
}

func TestScreenPutsTheCursorIntoTheField(t *testing.T) {
	t.Parallel()
	frame := ansi.CursorHomePosition + "frame"
	point := func(s *Screen, x, y int, shown bool) {
		s.Point(x, y, shown)
		s.Sync()
	}
	got := written(t, func(s *Screen) {
		write(t, s, ansi.SetModeAltScreenSaveCursor)
		point(s, 3, 5, true) // before the first frame nothing may be written
		write(t, s, frame)
		point(s, 4, 5, true) // only the cursor moved
		point(s, 4, 5, true)
		write(t, s, frame)
		point(s, 0, 0, false)
		write(t, s, frame)
		write(t, s, ansi.ResetModeAltScreenSaveCursor)
		point(s, 1, 1, true) // after the end neither
		s.Copy("1123-0412")
	})
	want := ansi.SetModeAltScreenSaveCursor + frame + "\x1b[6;4H" + ansi.ShowCursor + "\x1b[6;5H" + ansi.ShowCursor +
		frame + "\x1b[6;5H" + ansi.ShowCursor + ansi.HideCursor + frame + ansi.ResetModeAltScreenSaveCursor +
		"\x1b]52;c;MTEyMy0wNDEy\x07"
	if got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestGuardReachesBatchedCommands(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	boom := func() tea.Msg { panic("boom in a batch") }
	if guard(logger, nil) != nil {
		t.Error("nothing became a command")
	}
	batch, ok := guard(logger, tea.Batch(boom, func() tea.Msg { return "fine" }))().(tea.BatchMsg)
	if !ok || len(batch) != 2 {
		t.Fatalf("batch %v", batch)
	}
	if msg := batch[0](); msg != (crashed{}) {
		t.Errorf("the panic came out as %v", msg)
	}
	if msg := batch[1](); msg != "fine" {
		t.Errorf("the other as %v", msg)
	}
	if !strings.Contains(log.String(), "boom in a batch") || !strings.Contains(log.String(), "screen_test.go") {
		t.Errorf("the log lacks panic or stack: %s", log.String())
	}
}
