package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"github.com/muesli/termenv"

	"cleardesk/domain"
	"cleardesk/tui"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// demo is a view with everything a view can have.
type demo struct {
	ui.Base
	env    *ui.Env
	name   string
	list   *widget.List[int]
	field  *widget.Field
	typing bool
	foot   int
	got    []keys.Action
	shown  int
	read   int // how often it was told to read everything
	stale  bool
	wrote  []domain.CaseID
	closed *int
	gen    ui.Gen
	loaded string
}

type greeting string

func newDemo(env *ui.Env, name string, rows int) *demo {
	v := &demo{env: env, name: name, list: widget.NewList[int](), field: widget.NewField(40), foot: 1}
	ids := make([]int, rows)
	for i := range ids {
		ids[i] = i
	}
	v.list.Set(ids)
	return v
}

func (v *demo) Init() tea.Cmd {
	return ui.Load(v.env, v.gen.Next(), "greet", time.Second, func(context.Context) (greeting, error) { return "hello", nil })
}

func (v *demo) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	v.list.SetHeight(h - 2)
}

func (v *demo) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.Loaded[greeting]:
		if msg.Gen == v.gen {
			v.loaded = string(msg.Value)
		}
	case ui.Shown:
		v.shown++
		v.stale = msg.Stale
	case ui.Changed:
		if msg.All {
			v.read++
		}
	case ui.CaseWritten:
		v.wrote = append(v.wrote, msg.ID)
	case keys.Press:
		return v.press(msg)
	}
	return nil
}

func (v *demo) press(p keys.Press) tea.Cmd {
	v.got = append(v.got, p.Action)
	switch p.Action {
	case keys.Input:
		v.field.Update(p)
	case keys.Filter:
		v.typing = true
	case keys.Up:
		v.list.Move(-p.Count)
	case keys.Down:
		v.list.Move(p.Count)
	case keys.Open:
		return ui.Send(ui.OpenCase{ID: 7})
	case keys.Store:
		return ui.Send(ui.OpenStore{Code: "S1"})
	case keys.Later:
		panic("in update is for bubbletea; this one is in a command")
	case keys.Next:
		return func() tea.Msg { panic("in a command") }
	case keys.HandOver:
		return ui.Load(v.env, v.gen.Next(), "fail", time.Second, func(context.Context) (greeting, error) { panic("in a load") })
	case keys.Back:
		if v.typing {
			v.typing = false
			return nil
		}
		return ui.Send(ui.Back{})
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

func (v *demo) View() string {
	b := ui.NewBody(v.env, v.W, v.H).Add(cell.Sides(" "+v.name+" "+v.loaded, "right ")).Rule("rows")
	table := widget.NewTable([]widget.Column{{Title: "N", W: 6, Right: true}, {Title: "WHAT", W: 20, Grow: true}}, v.W)
	hostile := tuitest.Hostile()
	b.Add(v.list.Lines(func(id int, s widget.RowState) cell.Line {
		return table.Row(s, cell.Span{Text: fmt.Sprint(id)}, cell.Span{Text: hostile[id%len(hostile)], Role: theme.Near})
	})...)
	return b.String()
}

func (v *demo) Title() string { return v.name }
func (v *demo) Keys() []keys.Hint {
	return []keys.Hint{v.env.Hint(keys.Open), v.env.Hint(keys.Claim), v.env.Hint(keys.Help)}
}
func (v *demo) CapturesText() bool { return v.typing }
func (v *demo) FootLines() int     { return v.foot }
func (v *demo) Menu() ui.Menu {
	return ui.Menu{Title: "row\x1b[2J 1", Copy: "1123-0412", Acts: []ui.Act{
		{Action: keys.Order}, {Action: keys.Store}, {Action: keys.Claim}, {Action: keys.Assign, Off: "manager only"},
	}}
}

func (v *demo) TextCursor() (int, int, bool) { return v.field.CursorX(20), 0, v.typing }

func (v *demo) Close() tea.Cmd {
	if v.closed != nil {
		*v.closed++
	}
	return nil
}

// box is a find box.
type box struct{ *demo }

func (b box) Box(w, _ int) (int, int) { return w, 8 }

// world is a desk with demo views and what they know.
type world struct {
	*tuitest.Driver
	clock  *tuitest.Clock
	views  map[string]*demo
	closed int
	given  []domain.CaseID
	held   []tui.HeldCase
	giveUp error

	unjudged int
	next     *ui.NextMoment
	stuck    bool // the status cannot be read

	model *tui.Desk
}

func newWorld(t testing.TB, lang text.Lang, w, h int) *world {
	t.Helper()
	wd := &world{clock: tuitest.NewClock(time.Date(2026, 11, 23, 13, 40, 0, 0, time.UTC)), views: map[string]*demo{}}
	o := wd.options(lang)
	o.Clock, o.Timer = wd.clock.Now, wd.clock.Timer
	wd.model = tui.New(t.Context(), o)
	wd.Driver = tuitest.Model(t, wd.clock, wd.model, w, h)
	return wd
}

// view makes a demo view that the world knows by its name.
func (wd *world) view(name string) func(*ui.Env) ui.View {
	return func(e *ui.Env) ui.View {
		v := newDemo(e, name, 300)
		v.closed = &wd.closed
		wd.views[name] = v
		return v
	}
}

func (wd *world) options(lang text.Lang) tui.Options {
	return tui.Options{
		Me:    domain.Staff{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Roles: []domain.Role{domain.RoleAgent}},
		Zone:  time.UTC,
		Lang:  lang,
		Theme: theme.New(theme.Dark, termenv.ANSI256),
		Views: tui.ViewSet{
			Numbered: map[ui.ViewID]func(*ui.Env) ui.View{
				ui.Queue: wd.view("queue"), ui.Deliveries: wd.view("deliveries"), ui.Settlement: wd.view("settlement"),
			},
			Case:  func(e *ui.Env, id domain.CaseID) ui.View { return wd.view(fmt.Sprint("case", id))(e) },
			Store: func(e *ui.Env, c domain.StoreCode) ui.View { return wd.view("store" + string(c))(e) },
			Find: func(e *ui.Env) ui.View {
				wd.view("find")(e)
				return box{wd.views["find"]}
			},
		},
		Status: wd.status,
		Held:   func(context.Context) ([]tui.HeldCase, error) { return wd.held, nil },
		GiveBack: func(_ context.Context, ids []domain.CaseID) error {
			wd.given = ids
			return wd.giveUp
		},
	}
}

func (wd *world) status(context.Context) (ui.Status, error) {
	now := wd.clock.Now()
	if wd.stuck {
		return ui.Status{}, errors.New("no line")
	}
	s := ui.Status{
		Next:      ui.NextMoment{What: domain.WindowClose, At: now.Add(80 * time.Minute)},
		HeldCount: 17, HeldMoney: 184_220 * domain.Yuan, OnDuty: 4, Shift: "09-15",
		JudgedTo: now.Add(-2 * time.Second), Counts: map[ui.ViewID]int{ui.Queue: 42},
		Unjudged: wd.unjudged, Oldest: 6 * time.Minute,
	}
	if wd.next != nil {
		s.Next = *wd.next
	}
	return s, nil
}

// line brings news of the line through a hint, as the relay does.
func (wd *world) line(s ui.ConnState) { wd.Send(tui.LineMsg(s)) }

func TestSkeleton(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang                           text.Lang
		views, who, status, state, key string
	}{
		{text.Chinese, " 1 异常[42]  2 配送", "林梅 客服 09-15", " 13:40 距截单1时20  挂起17单 ¥184,220  在岗4人",
			"已判到13:39:58  连接中", " enter 处理  F6 领取  ? 帮助"},
		{text.English, " 1 Queue[42]  2 Deliveries", "Lin Mei agent 09-15",
			" 13:40 closes in 1h20  held 17 ¥184,220  on duty 4", "judged to 13:39:58  starting",
			" enter open  F6 claim  ? help"},
	} {
		w := newWorld(t, c.lang, 80, 24)
		sides := func(l, r string) string { return l + cell.Spaces(79-cell.Width(l)-cell.Width(r)) + r }
		want := []string{sides(c.views, c.who), sides(c.status, c.state), strings.Repeat("─", 80)}
		if diff := cmp.Diff(want, strings.Split(w.Frame(), "\n")[:3]); diff != "" {
			t.Errorf("head (-want +got):\n%s", diff)
		}
		if got := w.Line(24); got != c.key {
			t.Errorf("keys %q, want %q", got, c.key)
		}
		w.Sees("queue hello")
	}
}

func TestOpenedScreensAndBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("down", "down", "enter")
	w.Sees("case7 hello")
	w.Lacks("Queue[42]")
	w.Press("f8")
	w.Sees("storeS1")
	w.Press("esc", "backspace")
	w.Sees("queue hello", "Queue[42]")
	if w.closed != 2 {
		t.Errorf("%d screens closed, want 2", w.closed)
	}
	w.Press("esc")
	w.Sees("first screen")
	if id, _ := w.views["queue"].list.Cursor(); id != 2 {
		t.Errorf("cursor on row %d after coming back, want 2", id)
	}
}

func TestDigitsAndTheViewBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("2")
	w.Sees("deliveries hello")
	w.Press("-")
	w.Sees("queue hello")
	w.Press("6") // finance's
	w.Sees("queue hello", "6 does nothing here")
	w.Send(ui.Show{View: ui.Settlement})
	w.Sees("settlement hello", "6 Settlement")
	w.Press("1", "enter", "2") // on an opened screen a digit is an answer
	w.Sees("case7 hello")
	if got := w.views["case7"].got; len(got) != 1 || got[0] != keys.Digit {
		t.Errorf("the case got %v", got)
	}
}

func TestStrayTextIsNeverACommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	for _, s := range []string{"claim", "xiugai", "写入", "cc", "nn", strings.Repeat("c", 10_000)} {
		w.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)})
		w.Sees("came in as text")
	}
	w.Paste("c")
	w.Sees("came in as text")
	if got := w.views["queue"].got; len(got) != 0 {
		t.Errorf("the view got %v", got)
	}
	w.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj")})
	if id, _ := w.views["queue"].list.Cursor(); id != 3 {
		t.Errorf("jjj moved to %d, want 3", id)
	}
}

func TestMenu(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("f2")
	w.Sees(">1 order", "F8 s", "no: manager only", "no: not on this screen", "0 take back", "␛[2J")
	w.Press("9")
	w.Sees("manager only")
	w.Press("5")
	if got := w.views["queue"].got; len(got) != 1 || got[0] != keys.Claim {
		t.Errorf("the view got %v", got)
	}
	w.Press("ctrl+k", "0")
	w.Sees("copy the number 1123-0412", "language: 中文")
	w.Press("3")
	w.Sees("林梅", "异常[42]")
	w.Press("y")
	w.Sees("已复制 1123-0412")
}

func TestHelpAndFindAreOverTheScreen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("f1")
	w.Sees("Help: queue", "F6 claim"[3:])
	w.Press("end", "esc")
	w.Lacks("Help: queue")
	w.Press(":")
	w.Sees("find hello", "Queue[42]")
	w.Send(keysPressOpenStore())
	w.Sees("storeS1")
	w.Press("f3", "esc")
	w.Sees("storeS1")
}

func keysPressOpenStore() tea.Msg { return ui.OpenStore{Code: "S1"} }

func TestLanguageSwitchKeepsTheScreen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("down", "f2", "0", "3")
	w.Sees("客服", "queue hello")
	if id, _ := w.views["queue"].list.Cursor(); id != 1 {
		t.Errorf("cursor on %d, want 1", id)
	}
}

func TestHiddenPagesLearnOfChangesWhenShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("enter")
	w.Send(ui.Changed{Topics: []string{"anomalies"}})
	w.Send(ui.CaseWritten{ID: 7})
	q := w.views["queue"]
	if q.stale || len(q.wrote) != 1 {
		t.Errorf("stale %v, wrote %v", q.stale, q.wrote)
	}
	w.Press("esc")
	if !q.stale || q.shown != 2 {
		t.Errorf("stale %v, shown %d times", q.stale, q.shown)
	}
}

func TestPanicsInCommandsKeepTheDesk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("f7")
	w.Sees("a fault of the desk", "queue hello")
	w.Press("ctrl+o")
	w.Sees("queue ")
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("ctrl+c")
	w.Sees("again within 2 s leaves")
	w.Press("j", "ctrl+c") // another key stays
	if w.Quit() {
		t.Fatal("left although another key came between")
	}
	w.Advance(3 * time.Second)
	w.Press("ctrl+c")
	if w.Quit() {
		t.Fatal("left although more than 2 s lay between")
	}
	w.Press("ctrl+c")
	if !w.Quit() {
		t.Fatal("twice did not leave")
	}
}

func TestLeavingAsksAboutEachClaim(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.held = []tui.HeldCase{{ID: 3, Text: "三", TextEn: "three"}, {ID: 4, TextEn: "four\x1b[2J"}}
	w.giveUp = errors.New("line down")
	w.Press("enter", "ctrl+c", "enter")
	if w.Quit() {
		t.Fatal("a key before the quiet answered the question")
	}
	w.Sees("Leave? 2 still yours", "three", "four␛[2J")
	w.Advance(time.Second)
	w.Press("1", "2", "enter")
	w.Sees("not given back")
	if w.Quit() {
		t.Fatal("left although giving back failed")
	}
	w.giveUp = nil
	w.Advance(3 * time.Second)
	w.Press("ctrl+c")
	w.Advance(time.Second)
	w.Press("down", "2", "enter")
	if !w.Quit() || len(w.given) != 1 || w.given[0] != 4 {
		t.Fatalf("quit %v, given back %v", w.Quit(), w.given)
	}
	if w.closed != 1 {
		t.Errorf("%d screens closed on leaving, want 1", w.closed)
	}
}

func TestTooSmall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 79, 24)
	w.Sees("too small: 79x24, needs 80x24")
	w.Press("enter", "f2", "j")
	w.Resize(80, 24)
	w.Sees("queue hello")
	w.Resize(20, 3)
	w.Frame()
	w.Resize(200, 60)
	w.Sees("queue hello")
}

func TestTypingKeepsLettersFromCommands(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("/")
	w.Type("cq1:?望京")
	q := w.views["queue"]
	if q.field.Value() != "cq1:?望京" {
		t.Errorf("field holds %q", q.field.Value())
	}
	w.Press("f1")
	w.Sees("Help: queue")
	w.Press("esc", "esc")
	if q.typing {
		t.Error("esc did not leave the field")
	}
}
