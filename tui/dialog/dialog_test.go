package dialog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"github.com/muesli/termenv"
)

var monday = time.Date(2026, 11, 23, 13, 41, 0, 0, time.FixedZone("Asia/Shanghai", 8*3600))

func TestMoment(t *testing.T) {
	t.Parallel()
	at := func(day, h, m int) string { return fmt.Sprintf("11-%02d %02d:%02d", day, h, m) }
	for typed, want := range map[string]string{
		"17:00": at(23, 17, 0), "1700": at(23, 17, 0), "17": at(23, 17, 0), "１７：３０": at(23, 17, 30), "9": at(24, 9, 0), "930": at(24, 9, 30),
		"13:41": at(24, 13, 41), "13:42": at(23, 13, 42), "11-25 17:00": at(25, 17, 0), "11/25 8": at(25, 8, 0), "1-5 8": "01-05 08:00",
		"": "", "24:00": "", "12:60": "", "17:5": "", "-1:00": "", "11-31 8": "", "13-1 8": "", "soon": "", "11-25": "", "1 2 3": "", "11-25 x": "",
	} {
		got := ""
		if m, ok := dialog.Moment(typed, monday); ok {
			got = m.Format("01-02 15:04")
			if m.Before(monday) {
				t.Errorf("%q has passed: %v", typed, m)
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func TestDay(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"11-20": "2026-11-20", "11/20": "2026-11-20", " １１-０２ ": "2026-11-02", "2-29": "", "0-1": "", "x": "", "11": "",
	} {
		got := ""
		if d, ok := dialog.Day(typed, monday); ok {
			got = d.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

// asked drives a dialog of three questions, the second only after "b".
type asked struct {
	*dialog.Ask
	clock *tuitest.Clock
	keys  *keys.Map
}

func newAsked(tb testing.TB) *asked {
	tb.Helper()
	clock := tuitest.NewClock(monday)
	env := ui.NewEnv(ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(text.English), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: monday.Location(), Me: domain.Staff{Login: "lin"},
	}), "page")
	name := func(s string) func() string { return func() string { return s } }
	a := dialog.New(env, name("do it"), func(a *dialog.Ask) string { return fmt.Sprintf("%d %s %s", a.Picked(0), a.Text(1), a.Text(2)) },
		dialog.Step{Name: name("which"), Offers: func(*dialog.Ask) []string { return []string{"a", "b"} }},
		dialog.Step{
			Name: name("how many"), Skip: func(a *dialog.Ask) bool { return a.Picked(0) == 0 }, Short: true,
			Check: func(_ *dialog.Ask, s string) (string, bool) {
				return "digits", strings.Trim(s, "0123456789") == "" && s != ""
			},
		},
		dialog.Step{Name: name("note"), Start: "as told"})
	return &asked{Ask: a, clock: clock, keys: keys.NewMap()}
}

// press gives keys, and what the last one did; said is what it said.
func (a *asked) press(names ...string) (answer dialog.Answer, said string) {
	for _, n := range names {
		p := a.keys.Read(tuitest.Key(n))
		if a.Typing() {
			p = a.keys.InText(tuitest.Key(n))
		}
		var cmd tea.Cmd
		answer, cmd = a.Press(p)
		said = ""
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case widget.Drawn:
			a.Seen(msg)
		case ui.Say:
			said = msg.Text
		}
	}
	return answer, said
}

func (a *asked) frame() string {
	var out []string
	for _, l := range a.Lines(60) {
		out = append(out, strings.TrimSpace(l.Render(theme.New(theme.Plain, termenv.Ascii), 60)))
	}
	return strings.Join(out, "|")
}

func TestTheQuestionsInTurn(t *testing.T) {
	t.Parallel()
	a := newAsked(t)
	want := func(want string) {
		t.Helper()
		if diff := cmp.Diff(want, a.frame()); diff != "" {
			t.Error(diff)
		}
	}
	want("do it|which  1 a  2 b|digits choose  esc back")
	a.press("3", "x")
	want("do it|which  1 a  2 b|digits choose  esc back")
	a.press("1") // the second is not asked
	if !a.Typing() || a.Text(2) != "as told" {
		t.Fatalf("typing %v, %q", a.Typing(), a.Text(2))
	}
	a.press("esc", "2")
	if _, said := a.press("x", "enter"); said != "digits" {
		t.Errorf("said %q", said)
	}
	a.press("ctrl+u", "7", "enter", "ctrl+u")
	if _, said := a.press("enter"); said != "something must stand here" {
		t.Errorf("said %q", said)
	}
	a.press("o", "k", "enter")
	want("do it|1 7 ok|ctrl+s writes  esc back")
	if answer, _ := a.press("ctrl+s", "ctrl+s"); answer != dialog.Stands {
		t.Errorf("it wrote before the question was read")
	}
	want("do it|1 7 ok|ctrl+s again writes, any other key goes back")
	a.clock.Advance(time.Second)
	a.press("x") // goes back
	a.press("ctrl+s")
	a.clock.Advance(time.Second)
	if answer, _ := a.press("ctrl+s"); answer != dialog.Go {
		t.Fatalf("it does not write")
	}
	want("do it|1 7 ok|writing...")
	if answer, _ := a.press("ctrl+s", "esc"); answer != dialog.Stands {
		t.Error("it takes keys while it is written")
	}
	op := a.Op
	a.Again()
	a.press("ctrl+s")
	a.clock.Advance(time.Second)
	if answer, _ := a.press("ctrl+s"); answer != dialog.Go || a.Op != op {
		t.Errorf("sent again it is %v with key %s, was %s", answer, a.Op, op)
	}
	b := newAsked(t)
	if answer, _ := b.press("2", "esc", "esc"); answer != dialog.Closed {
		t.Errorf("esc on the first question is %v", answer)
	}
}
