package widget_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

func plain() *theme.Theme { return theme.New(theme.Plain, termenv.Ascii) }

func spans(s ...cell.Span) string {
	return cell.Line{Left: s}.Render(plain(), 40)
}

func TestTableLaysOutItsColumns(t *testing.T) {
	t.Parallel()
	cols := []widget.Column{
		{Title: "剩余", W: 6, Right: true},
		{Title: "类型", W: 8},
		{W: 2, Tight: true},
		{Title: "原因", W: 10, Grow: true},
		{Title: "风险", W: 8, Right: true},
	}
	table := widget.NewTable(cols, 48)
	got := []string{
		table.Head().Render(plain(), 48),
		table.Row(widget.RowState{Cursor: true}, cell.Span{Text: "1时20"}, cell.Span{Text: "金额过大"}, cell.Span{Text: "+1"},
			cell.Span{Text: "金额38,400 平常3,100-5,200"}, cell.Span{Text: "¥33,200"}).Render(plain(), 48),
		table.Row(widget.RowState{Marked: true}, cell.Span{Text: "35分"}).Render(plain(), 48),
	}
	want := []string{
		"    剩余 类型       原因                    风险",
		">  1时20 金额过大+1 金额38,400 平常3,1~  ¥33,200",
		" *  35分                                        ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if table.Width(3) != 19 {
		t.Errorf("the text column has %d cells", table.Width(3))
	}
}

func input(t *testing.T, f interface{ Update(keys.Press) bool }, names ...string) {
	t.Helper()
	m := keys.NewMap()
	for _, n := range names {
		f.Update(m.InText(tuitest.Key(n)))
	}
}

func TestFieldEdits(t *testing.T) {
	t.Parallel()
	f := widget.NewField(10)
	input(t, f, "望", "京", "space", "a", "left", "left", "b", "home", "c", "end", "d", "delete", "backspace")
	if f.Value() != "c望京b a" {
		t.Errorf("value %q", f.Value())
	}
	input(t, f, "ctrl+a", "ctrl+k", "ctrl+n", "ctrl+p", "ctrl+v", "ctrl+w", "alt+b")
	if f.Value() != "c望京b a" {
		t.Errorf("a key that must not be bound made %q", f.Value())
	}
	input(t, f, "ctrl+u")
	if f.Value() != "" {
		t.Errorf("ctrl+u left %q", f.Value())
	}
	input(t, f, "0123456789abc")
	if f.Value() != "0123456789" {
		t.Errorf("the limit let in %q", f.Value())
	}
}

func TestFieldCleansWhatIsPasted(t *testing.T) {
	t.Parallel()
	f := widget.NewField(0)
	f.Update(keys.Press{Action: keys.Input, Msg: tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("a\r\nb\x1b[2Jc\u202e\td")}})
	if f.Value() != "a b␛[2Jc? d" {
		t.Errorf("value %q", f.Value())
	}
	f.SetValue("x\x07")
	if f.Value() != "x␇" {
		t.Errorf("value %q", f.Value())
	}
}

func TestFieldShowsWhereTheCursorIs(t *testing.T) {
	t.Parallel()
	f := widget.NewField(0)
	f.SetValue("48")
	if got := spans(f.Spans(12, true)...); got[:12] != "[ 48       ]" || f.CursorX(12) != 4 {
		t.Errorf("%q, cursor %d", got, f.CursorX(12))
	}
	rapid.Check(t, func(t *rapid.T) {
		f := widget.NewField(0)
		f.SetValue(rapid.String().Draw(t, "text"))
		m := keys.NewMap()
		for range rapid.IntRange(0, 30).Draw(t, "left") {
			f.Update(m.InText(tuitest.Key("left")))
		}
		w := rapid.IntRange(7, 30).Draw(t, "w")
		n := 0
		for _, s := range f.Spans(w, true) {
			n += cell.Width(s.Text)
		}
		if x := f.CursorX(w); n != w || x < 2 || x > w-2 {
			t.Fatalf("%q in %d: %d cells, cursor at %d", f.Value(), w, n, x)
		}
	})
}

func TestNumberRunsThroughItsProposals(t *testing.T) {
	t.Parallel()
	n := widget.NewNumber([]widget.Proposal{{Value: "48", Why: "a zero less"}, {Value: "36"}, {Value: "60"}})
	if n.Value() != "48" || n.At() != 0 {
		t.Errorf("starts with %q", n.Value())
	}
	input(t, n, "down")
	if n.Value() != "36" || n.At() != 1 {
		t.Errorf("down: %q", n.Value())
	}
	input(t, n, "up", "up")
	if n.Value() != "60" {
		t.Errorf("up: %q", n.Value())
	}
	input(t, n, "ctrl+u", "１", "２", "。", "５", "斤")
	if n.Value() != "12.5斤" || n.At() != -1 {
		t.Errorf("typed %q at %d", n.Value(), n.At())
	}
	proposed := widget.NewNumber([]widget.Proposal{{Value: "48"}, {Value: "36"}})
	input(t, proposed, "6")
	if proposed.Value() != "6" {
		t.Errorf("typed over a proposal: %q", proposed.Value())
	}
	input(t, proposed, "0", "down")
	if proposed.Value() != "36" {
		t.Errorf("the next proposal: %q", proposed.Value())
	}
	input(t, proposed, "backspace", "5")
	if proposed.Value() != "35" {
		t.Errorf("edited: %q", proposed.Value())
	}
	proposed.SetValue("48")
	input(t, proposed, "0")
	if proposed.Value() != "480" {
		t.Errorf("what was typed before is edited: %q", proposed.Value())
	}
	empty := widget.NewNumber(nil)
	input(t, empty, "down", "up")
	if empty.Value() != "" || empty.At() != -1 {
		t.Errorf("without proposals: %q", empty.Value())
	}
}

func TestConfirm(t *testing.T) {
	t.Parallel()
	clock := tuitest.NewClock(time.Date(2026, 11, 23, 13, 40, 0, 0, time.UTC))
	env := ui.NewEnv(ui.NewDesk(t.Context(), ui.Desk{Clock: clock.Now}), "form")
	write, other := keys.Press{Action: keys.Write}, keys.Press{Action: keys.Down}
	var c widget.Confirm
	ask := func() widget.Drawn {
		t.Helper()
		msg, ok := c.Ask(env, "48 bags")().(widget.Drawn)
		if !ok || msg.Address() != "form" || !c.Asking() {
			t.Fatalf("asked: %v, %+v", c.Asking(), msg)
		}
		return msg
	}
	press := func(p keys.Press, content string, want widget.Verdict) {
		t.Helper()
		if got := c.Press(env, p, content); got != want {
			t.Fatalf("verdict %d, want %d", got, want)
		}
	}
	old := ask()
	clock.Advance(time.Second)
	press(write, "48 bags", widget.Waiting) // never drawn: two presses in one read
	press(other, "48 bags", widget.GoneBack)
	drawn := ask()
	c.Seen(env, old)
	clock.Advance(time.Second)
	press(write, "48 bags", widget.Waiting) // an older question was drawn, not this one
	c.Seen(env, drawn)
	clock.Advance(299 * time.Millisecond)
	press(write, "48 bags", widget.Waiting)
	clock.Advance(time.Millisecond)
	press(write, "48 bags", widget.Confirmed)
	if c.Asking() {
		t.Fatal("still asking")
	}
	c.Seen(env, ask())
	clock.Advance(time.Second)
	press(write, "480 bags", widget.Changed)
}

func TestMenu(t *testing.T) {
	t.Parallel()
	m := widget.NewMenu([]widget.Entry{
		{Digit: 1, Name: "order", Off: "gone"}, {Digit: 2, Name: "store", Keys: "F8 s"}, {Digit: 0, Name: "rest"}, {Digit: -1, Name: "more"},
	})
	press := func(p keys.Press, at int, chosen bool) {
		t.Helper()
		if i, ok := m.Press(p); i != at || ok != chosen {
			t.Errorf("%s %d: %d, %v", p.Action, p.Digit, i, ok)
		}
	}
	press(keys.Press{Action: keys.Open, Count: 1}, 1, true) // the first that can be chosen
	press(keys.Press{Action: keys.Digit}, 2, true)
	press(keys.Press{Action: keys.Digit, Digit: 7}, 0, false)
	press(keys.Press{Action: keys.Last, Count: 1}, 0, false)
	press(keys.Press{Action: keys.Down, Count: 5}, 0, false)
	press(keys.Press{Action: keys.Open, Count: 1}, 3, true)
	press(keys.Press{Action: keys.Up, Count: 2}, 0, false)
	box := widget.Box(plain(), cell.Unicode(), "row \x1b[2J", m.Lines(28, func(why string) string { return "no: " + why }), 30, 6)
	want := []string{
		"┌─ row ␛[2J ─────────────────┐",
		"│ 1 order           no: gone │",
		"│>2 store               F8 s │",
		"│ 0 rest                     │",
		"│   more                     │",
		"└────────────────────────────┘",
	}
	if diff := cmp.Diff(want, box); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBoxIsExact(t *testing.T) {
	t.Parallel()
	for _, title := range append(tuitest.Hostile(), "", strings.Repeat("长", 90)) {
		box := widget.Box(theme.New(theme.Dark, termenv.ANSI256), cell.ASCII(), title, []cell.Line{cell.Plain(title)}, 24, 4)
		if err := cell.CheckFrame(strings.Join(box, "\n"), 24, 4); err != nil {
			t.Error(err)
		}
	}
}
