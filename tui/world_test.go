package tui_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
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
	asking bool
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
func (v *demo) Asks() bool         { return v.asking }
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

func newWorld(tb testing.TB, lang text.Lang, w, h int) *world {
	tb.Helper()
	wd := &world{clock: tuitest.NewClock(time.Date(2026, 11, 23, 13, 40, 0, 0, time.UTC)), views: map[string]*demo{}}
	o := wd.options(lang)
	o.Clock, o.Timer = wd.clock.Now, wd.clock.Timer
	wd.model = tui.New(tb.Context(), o)
	wd.Driver = tuitest.Model(tb, wd.clock, wd.model, w, h)
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
			Case:    func(e *ui.Env, id domain.CaseID) ui.View { return wd.view(fmt.Sprint("case", id))(e) },
			Store:   func(e *ui.Env, c domain.StoreCode) ui.View { return wd.view("store" + string(c))(e) },
			Entry:   func(e *ui.Env, ask ui.OpenEntry) ui.View { return wd.view(fmt.Sprint("entry", ask))(e) },
			Correct: func(e *ui.Env, ask ui.OpenCorrection) ui.View { return wd.view(fmt.Sprint("correct", ask))(e) },
			Product: func(e *ui.Env, c domain.ProductCode) ui.View { return wd.view("product" + string(c))(e) },
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
		JudgedTo: now.Add(-2 * time.Second), Counts: map[ui.ViewID]int{ui.Queue: 42, ui.Deliveries: 0},
		Unjudged: wd.unjudged, Oldest: 6 * time.Minute,
	}
	if wd.next != nil {
		s.Next = *wd.next
	}
	return s, nil
}

// line brings news of the line through a hint, as the relay does.
func (wd *world) line(s ui.ConnState) { wd.Send(tui.LineMsg(s)) }
