// Package tuitest drives views and the whole desk without a terminal: messages in,
// commands run until nothing more happens, frames out as text. Only tests import it.
package tuitest

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
)

// cmdLimit is how long a command may take before the test fails.
const cmdLimit = 10 * time.Second

// Driver stands for the program around a view or around the desk.
type Driver struct {
	t      testing.TB
	clock  *Clock
	update func(tea.Msg) tea.Cmd
	frame  func() string
	size   func(w, h int) tea.Cmd
	w, h   int
	out    []tea.Msg
	whole  bool // the desk is driven: it does itself what views ask
	quit   bool
}

// View drives one view of w times h cells as the root would: keys are read, its own
// results come back, and what it asks of the root is kept for Out.
func View(tb testing.TB, clock *Clock, v ui.View, w, h int) *Driver {
	tb.Helper()
	keymap := keys.NewMap()
	d := &Driver{t: tb, clock: clock, frame: v.View}
	d.update = func(msg tea.Msg) tea.Cmd {
		key, ok := msg.(tea.KeyMsg)
		switch {
		case !ok:
			return v.Update(msg)
		case v.CapturesText():
			return v.Update(keymap.InText(key))
		}
		return v.Update(keymap.Read(key))
	}
	d.size = func(w, h int) tea.Cmd {
		v.SetSize(w, h)
		return nil
	}
	d.Resize(w, h)
	d.run(v.Init())
	d.Send(ui.Shown{})
	return d
}

// Model drives a whole model, the desk, in a terminal of w times h cells.
func Model(tb testing.TB, clock *Clock, m tea.Model, w, h int) *Driver {
	tb.Helper()
	d := &Driver{t: tb, clock: clock, whole: true}
	d.frame = func() string { return m.View() }
	d.update = func(msg tea.Msg) tea.Cmd {
		var cmd tea.Cmd
		m, cmd = m.Update(msg)
		return cmd
	}
	d.size = func(w, h int) tea.Cmd { return d.update(tea.WindowSizeMsg{Width: w, Height: h}) }
	d.run(m.Init())
	d.Resize(w, h)
	return d
}

// Resize changes the size.
func (d *Driver) Resize(w, h int) {
	d.t.Helper()
	d.w, d.h = w, h
	d.run(d.size(w, h))
}

// Send gives a message and runs what follows from it.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	d.run(d.update(msg))
}

// run runs a command and all that follows, one after the other.
func (d *Driver) run(cmd tea.Cmd) {
	d.t.Helper()
	queue := []tea.Cmd{cmd}
	for n := 0; len(queue) > 0; n++ {
		if n > 10_000 {
			d.t.Fatal("commands without end")
		}
		next := queue[0]
		queue = queue[1:]
		if next == nil {
			continue
		}
		msg := d.call(next)
		if more, ok := commands(msg); ok {
			queue = append(more, queue...)
			continue
		}
		if d.takes(msg) {
			queue = append(queue, d.update(msg))
		}
	}
}

// takes keeps what is not for the model.
func (d *Driver) takes(msg tea.Msg) bool {
	switch msg.(type) {
	case nil:
		return false
	case tea.QuitMsg:
		d.quit = true
		return false
	case ui.Say, ui.Show, ui.OpenCase, ui.OpenStore, ui.OpenOrder, ui.OpenHistory, ui.OpenEntry, ui.OpenCorrection, ui.OpenProduct,
		ui.OpenFind, ui.Back, ui.CopyText, ui.CaseWritten:
		d.out = append(d.out, msg)
		return d.whole
	}
	return true
}

// call runs one command with a limit.
func (d *Driver) call(cmd tea.Cmd) tea.Msg {
	d.t.Helper()
	got := make(chan tea.Msg, 1)
	go func() { got <- cmd() }()
	select {
	case msg := <-got:
		return msg
	case <-time.After(cmdLimit):
		d.t.Fatal("a command did not come back")
		return nil
	}
}

// commands takes apart what Batch and Sequence make.
func commands(msg tea.Msg) ([]tea.Cmd, bool) {
	if msg == nil {
		return nil, false
	}
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	out := make([]tea.Cmd, v.Len())
	for i := range out {
		out[i], _ = v.Index(i).Interface().(tea.Cmd)
	}
	return out, true
}

// Out gives what the view asked of the root since the last call.
func (d *Driver) Out() []tea.Msg {
	out := d.out
	d.out = nil
	return out
}

// Said gives the lines that were said since the last call of Out or Said.
func (d *Driver) Said() []string {
	var lines []string
	for _, m := range d.Out() {
		if s, ok := m.(ui.Say); ok {
			lines = append(lines, s.Text)
		}
	}
	return lines
}

// Quit tells whether the program was ended.
func (d *Driver) Quit() bool { return d.quit }

// Press sends keys by their names: "enter", "ctrl+s", "f2", "j", "1", "space".
func (d *Driver) Press(names ...string) {
	d.t.Helper()
	for _, n := range names {
		d.Send(Key(n))
	}
}

// Type sends text rune by rune, as an input method or a keyboard does.
func (d *Driver) Type(s string) {
	d.t.Helper()
	for _, r := range s {
		d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
}

// Paste sends text as one bracketed paste.
func (d *Driver) Paste(s string) {
	d.t.Helper()
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s), Paste: true})
}

// Advance moves the clock and runs the timers that are due.
func (d *Driver) Advance(by time.Duration) {
	d.t.Helper()
	for _, msg := range d.clock.Advance(by) {
		d.Send(msg)
	}
}

// Frame is the frame as plain text. A frame that is not exactly as large as the
// size, or holds anything but text and colours, fails the test.
func (d *Driver) Frame() string {
	d.t.Helper()
	raw := d.frame()
	if err := cell.CheckFrame(raw, d.w, d.h); err != nil {
		d.t.Fatalf("frame: %v\n%s", err, raw)
	}
	lines := strings.Split(ansi.Strip(raw), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}

// Raw is the frame with its colours, checked like Frame.
func (d *Driver) Raw() string {
	d.t.Helper()
	d.Frame()
	return d.frame()
}

// Line is one line of the frame from 1, without the spaces at its end.
func (d *Driver) Line(n int) string {
	d.t.Helper()
	return strings.Split(d.Frame(), "\n")[n-1]
}

// Sees fails the test unless the frame holds each of the texts.
func (d *Driver) Sees(texts ...string) {
	d.t.Helper()
	f := d.Frame()
	for _, s := range texts {
		if !strings.Contains(f, s) {
			d.t.Fatalf("frame does not hold %q:\n%s", s, f)
		}
	}
}

// Lacks fails the test if the frame holds one of the texts.
func (d *Driver) Lacks(texts ...string) {
	d.t.Helper()
	f := d.Frame()
	for _, s := range texts {
		if strings.Contains(f, s) {
			d.t.Fatalf("frame holds %q:\n%s", s, f)
		}
	}
}
