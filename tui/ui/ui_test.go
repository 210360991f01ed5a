package ui_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
)

func env(ctx context.Context, t *testing.T) (*ui.Env, *tuitest.Clock) {
	t.Helper()
	clock := tuitest.NewClock(time.Date(2026, 11, 23, 5, 40, 0, 0, time.UTC))
	d := ui.NewDesk(ctx, ui.Desk{Clock: clock.Now, Timer: clock.Timer, Zone: time.FixedZone("CST", 8*3600)})
	return ui.NewEnv(d, "here"), clock
}

type answer int

func TestLoad(t *testing.T) {
	t.Parallel()
	ended, end := context.WithCancel(t.Context())
	end()
	taken := domain.Errorf(domain.Taken, "claim", "by Wang")
	for name, c := range map[string]struct {
		ctx  context.Context
		fn   func(context.Context) (answer, error)
		want domain.Code
	}{
		"value":   {t.Context(), func(context.Context) (answer, error) { return 42, nil }, ""},
		"class":   {t.Context(), func(context.Context) (answer, error) { return 0, taken }, domain.Taken},
		"panic":   {t.Context(), func(context.Context) (answer, error) { panic("boom") }, domain.Internal},
		"plain":   {t.Context(), func(context.Context) (answer, error) { return 0, errors.New("odd") }, domain.Internal},
		"timeout": {t.Context(), func(ctx context.Context) (answer, error) { <-ctx.Done(); return 0, ctx.Err() }, domain.Timeout},
		"quit":    {ended, func(ctx context.Context) (answer, error) { <-ctx.Done(); return 0, ctx.Err() }, domain.Canceled},
	} {
		e, clock := env(c.ctx, t)
		msg, ok := ui.Load(e, 7, name, 20*time.Millisecond, c.fn)().(ui.Loaded[answer])
		if !ok || msg.Address() != "here" || msg.Gen != 7 || domain.CodeOf(msg.Err) != c.want {
			t.Errorf("%s: %+v", name, msg)
		}
		if name == "value" && (msg.Value != 42 || !msg.At.Equal(clock.Now())) {
			t.Errorf("%s: %+v", name, msg)
		}
	}
}

func TestAfterComesBackToItsPage(t *testing.T) {
	t.Parallel()
	e, clock := env(t.Context(), t)
	if msg := ui.After(e, 3, time.Minute)(); msg != nil {
		t.Fatalf("came at once: %v", msg)
	}
	if got := clock.Advance(59 * time.Second); len(got) != 0 {
		t.Fatalf("came early: %v", got)
	}
	got := clock.Advance(time.Second)
	if len(got) != 1 || got[0] != (ui.Woken{To: ui.To{Page: "here", Gen: 3}}) {
		t.Errorf("got %v", got)
	}
}

func TestGrace(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 13, 40, 0, 0, time.UTC)
	ms := func(n int) time.Time { return at.Add(time.Duration(n) * time.Millisecond) }
	var g ui.Grace
	if g.Swallows(at) {
		t.Error("swallows before anything opened")
	}
	g.Open(at)
	for _, n := range []int{0, 100, 500, 900} { // never 425 ms of quiet between
		if !g.Swallows(ms(n)) {
			t.Errorf("lets a key through after %d ms", n)
		}
	}
	if g.Swallows(ms(1325)) {
		t.Error("swallows after 425 ms of quiet")
	}
	g.Open(at)
	for n := 0; n < 1500; n += 100 {
		if !g.Swallows(ms(n)) {
			t.Errorf("lets a key through after %d ms", n)
		}
	}
	if g.Swallows(ms(1500)) {
		t.Error("swallows for more than 1.5 s")
	}
}

func TestChangedHas(t *testing.T) {
	t.Parallel()
	c := ui.Changed{Topics: []string{"orders", "claims"}}
	if !c.Has("x", "claims") || c.Has("anomalies") || c.Has() || !(ui.Changed{All: true}).Has("anomalies") {
		t.Error("topics are not told apart")
	}
}

func TestBodyIsExact(t *testing.T) {
	t.Parallel()
	e, _ := env(t.Context(), t)
	for _, h := range []int{1, 3, 9} {
		b := ui.NewBody(e, 30, h).Add(ui.OpenedTitle(e, 30, "left", "right", "a\x1b[H", "b")...)
		b.Rule("一段很长很长很长很长很长很长很长的名字")
		for _, s := range tuitest.Hostile() {
			b.Add(cell.Painted(theme.Late, s))
		}
		if b.Left() != max(0, h-4-len(tuitest.Hostile())) {
			t.Errorf("left %d", b.Left())
		}
		if err := cell.CheckFrame(b.String(), 30, h); err != nil {
			t.Error(err)
		}
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	e, _ := env(t.Context(), t)
	draw := func(l cell.Line, w int) string { return l.Render(e.Theme, w) }
	hints := []keys.Hint{{Action: keys.Open, Word: "open"}, {Action: keys.Claim, Word: "claim"}, {Key: "digits", Word: "choose"}}
	got := []string{
		draw(ui.Rule(e, "will be written", 30), 30),
		draw(ui.Rule(e, "", 10), 10),
		draw(ui.KeyLine(text.For(text.English), hints, 40), 40),
		draw(ui.KeyLine(text.For(text.English), hints, 22), 22),
		draw(ui.SayLines(ui.Say{Text: "line down", Tone: ui.Problem}, 20, 1)[0], 20),
	}
	want := []string{
		"── will be written ───────────",
		"──────────",
		" enter open  F6 claim  digits choose    ",
		" enter open  F6 claim ",
		" !line down         ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWordsFollowTheLanguage(t *testing.T) {
	t.Parallel()
	e, _ := env(t.Context(), t)
	e.Me = domain.Staff{Login: "lin", Name: "林梅", NameEn: "Lin Mei"}
	if e.MyName() != "Lin Mei" || e.Hint(keys.Claim).Word != "claim" {
		t.Error("not English")
	}
	e.Text = text.For(text.Chinese)
	if e.MyName() != "林梅" || e.Hint(keys.Claim).Word != "领取" {
		t.Error("not Chinese")
	}
	if got := e.Now().Format("15:04"); got != "13:40" {
		t.Errorf("the desk's clock shows %s", got)
	}
}
