package find_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui"
	"cleardesk/tui/cell"
	"cleardesk/tui/find"
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

var update = flag.Bool("update", false, "write the golden files anew")

// fake answers by the text.
type fake struct {
	mu    sync.Mutex
	asked []string
	all   map[string][]domain.Found
	err   error
}

func (f *fake) Find(_ context.Context, text string, _ int) ([]domain.Found, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, text)
	return f.all[text], f.err
}

func drawn() *fake {
	step, stock := domain.Quantity(500), domain.Quantity(88_500)
	wangjing := domain.Store{Code: "S031", Name: "望京店", NameEn: "Wangjing", Manager: "陈静", ManagerEn: "Chen Jing", Phone: "139 0000 0000"}
	west := domain.Store{Code: "S063", Name: "望京西店", NameEn: "Wangjing West", Manager: "吴迪", ManagerEn: "Wu Di", Phone: "13900001122"}
	return &fake{all: map[string][]domain.Found{
		"wj": {
			{Kind: domain.FoundStore, Store: wangjing, Today: 3, HeldToday: 1, OpenCases: 2},
			{Kind: domain.FoundStore, Store: west},
			{Kind: domain.FoundOrder, Store: wangjing, Order: domain.OrderBrief{ID: 9, No: "1123-0398", Total: 912_000, State: domain.Accepted, Held: 1}, Case: 71},
			{Kind: domain.FoundOrder, Store: west, Order: domain.OrderBrief{ID: 5, No: "1120-0398", Total: 401_040, State: domain.Settled}},
			{Kind: domain.FoundProduct, Product: domain.Product{
				Code: "P4011", Name: "五花肉顺源王记", NameEn: "Pork belly Wangji", Unit: "kg", UnitEn: "kg", Weighed: true, Status: domain.ProductNormal, Step: &step, Stock: &stock,
			}},
			{Kind: domain.FoundStaff, Staff: domain.Staff{Login: "jian", Name: "王建", NameEn: "Wang Jian", Roles: []domain.Role{domain.RoleProcurement}}, OnDuty: true},
		},
		"0398": {{Kind: domain.FoundStore, Store: west, Today: 2}},
	}}
}

type box struct {
	*tuitest.Driver
	view  *find.View
	store *fake
	w     int
}

func open(tb testing.TB, lang text.Lang, f *fake, w int) *box {
	tb.Helper()
	clock := tuitest.NewClock(time.Date(2026, 11, 23, 13, 41, 0, 0, time.UTC))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer, Zone: time.UTC,
	})
	v := find.New(ui.NewEnv(d, "find"), f, []ui.ViewID{ui.Queue})
	b := &box{view: v, store: f, w: w}
	bw, bh := v.Box(w, 20)
	b.Driver = tuitest.View(tb, clock, v, bw, bh)
	return b
}

// look types a text and waits until it was looked for.
func (b *box) look(s string) {
	b.Press("ctrl+u")
	b.Type(s)
	b.Advance(time.Second)
	b.Resize(b.view.Box(b.w, 20))
}

func TestDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, w := range []int{80, 110} {
			b := open(t, lang, drawn(), w)
			b.look("wj")
			file := filepath.Join("testdata", fmt.Sprintf("find-%s-%d.golden", lang, w))
			got := b.Frame() + "\n"
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		}
	}
}

func TestItLooksOnceTypingRests(t *testing.T) {
	t.Parallel()
	b := open(t, text.Chinese, drawn(), 80)
	b.Sees("视图", "异常") // what can be gone to, before anything is typed
	b.Type("w")
	b.Advance(50 * time.Millisecond)
	b.Type("j")
	b.Advance(time.Second)
	if diff := cmp.Diff([]string{"wj"}, b.store.asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	b.look("xx")
	b.Sees("没有找到")
	b.look(" ")
	if n := len(b.store.asked); n != 2 {
		t.Errorf("nothing was typed and it was looked for: %q", b.store.asked)
	}
	b.Sees("视图", "异常")
	b.store.err = domain.Errorf(domain.Unavailable, "find", "no line")
	b.look("wj")
	b.Sees("!断线")
}

func TestWhatOpens(t *testing.T) {
	t.Parallel()
	b := open(t, text.Chinese, drawn(), 80)
	b.look("wj")
	note := ui.Say{Text: text.For(text.Chinese).Find.NoScreen, Tone: ui.Note}
	for i, want := range []tea.Msg{
		ui.OpenStore{Code: "S031"}, ui.OpenStore{Code: "S063"}, ui.OpenCase{ID: 71}, ui.OpenStore{Code: "S063"}, ui.OpenProduct{Code: "P4011"}, note,
	} {
		b.Press("enter")
		if diff := cmp.Diff([]tea.Msg{want}, b.Out()); diff != "" {
			t.Errorf("row %d (-want +got):\n%s", i+1, diff)
		}
		b.Press("down")
	}
	b.Press("pgup", "up", "tab", "shift+tab", "enter", "esc", "f3")
	if diff := cmp.Diff([]tea.Msg{ui.OpenStore{Code: "S031"}, ui.Back{}, ui.Back{}}, b.Out()); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	b.look("异常")
	b.Press("enter")
	b.look("1")
	b.Press("enter")
	if diff := cmp.Diff([]tea.Msg{ui.Show{View: ui.Queue}, ui.Show{View: ui.Queue}}, b.Out()); diff != "" {
		t.Errorf("views (-want +got):\n%s", diff)
	}
}

// A caller waits: four digits and enter open the store, before the answer is there.
func TestEnterBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	b := open(t, text.Chinese, drawn(), 80)
	b.Type("0398")
	b.Press("enter")
	if diff := cmp.Diff([]tea.Msg{ui.OpenStore{Code: "S063"}}, b.Out()); diff != "" {
		t.Errorf("one finding (-want +got):\n%s", diff)
	}
	b.Press("ctrl+u")
	b.Type("wj")
	b.Press("enter")
	if out := b.Out(); len(out) != 0 {
		t.Errorf("of several findings the person chooses: %v", out)
	}
	b.Press("enter")
	if diff := cmp.Diff([]tea.Msg{ui.OpenStore{Code: "S031"}}, b.Out()); diff != "" {
		t.Errorf("chosen (-want +got):\n%s", diff)
	}
	b.Advance(time.Second) // what typing had set going
	if diff := cmp.Diff([]string{"0398", "wj"}, b.store.asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	b.store.err = domain.Errorf(domain.Unavailable, "find", "no line")
	b.Press("ctrl+u")
	b.Type("1") // the first view's number too
	b.Press("enter")
	if out := b.Out(); len(out) != 0 {
		t.Errorf("without an answer nothing opens: %v", out)
	}
}

func TestAnOldAnswerIsDropped(t *testing.T) {
	t.Parallel()
	b := open(t, text.Chinese, drawn(), 80)
	b.Type("wj")
	old := b.view.Update(keys.Press{Action: keys.Open, Count: 1}) // looks for it
	b.look("0398")
	b.Send(old())
	b.Sees("望京西店 S063")
	b.Lacks("望京店 S031")
}

func TestFramesAreExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	all := tuitest.Hostile()
	odd := func() string { return all[r.IntN(len(all))] }
	for range 120 {
		f := drawn()
		found := f.all["wj"]
		for i := range found {
			g := &found[i]
			g.Store.Name, g.Store.NameEn, g.Store.Manager, g.Store.ManagerEn, g.Store.Phone = odd(), odd(), odd(), odd(), odd()
			g.Product.Name, g.Product.NameEn, g.Product.Unit, g.Product.UnitEn = odd(), odd(), odd(), odd()
			g.Order.No, g.Staff.Name, g.Staff.NameEn = domain.OrderNo(odd()), odd(), odd()
			g.Today, g.OpenCases = r.IntN(1e6), r.IntN(1e6)
		}
		for range r.IntN(4) {
			found = append(found, found...)
		}
		f.all["wj"] = found
		b := open(t, []text.Lang{text.Chinese, text.English}[r.IntN(2)], f, 80+r.IntN(171))
		b.look("wj")
		for range 5 {
			b.Press([]string{"down", "pgdown", "up", "pgup"}[r.IntN(4)])
			b.Resize(80+r.IntN(171), 6+r.IntN(30))
			if !strings.Contains(b.Frame(), "│> ") && b.view.H > 7 {
				t.Fatalf("the cursor is out of sight:\n%s", b.Frame())
			}
			if x, y, ok := b.view.TextCursor(); !ok || y != 2 || x >= b.view.W {
				t.Fatalf("the text cursor is at %d, %d", x, y)
			}
		}
		b.Paste(strings.Repeat("漢\x1b[2J", 3000))
		b.Frame()
	}
}

// form is a screen with a field that has the cursor.
type form struct {
	ui.Base
	env   *ui.Env
	field *widget.Field
}

func (f *form) Init() tea.Cmd      { return nil }
func (f *form) Title() string      { return "form" }
func (f *form) CapturesText() bool { return true }
func (f *form) Update(msg tea.Msg) tea.Cmd {
	if p, ok := msg.(keys.Press); ok && p.Action == keys.Input {
		f.field.Update(p)
	}
	return nil
}

func (f *form) View() string {
	return ui.NewBody(f.env, f.W, f.H).Add(cell.Of(f.field.Spans(40, true)...)).String()
}

// In the middle of a form the box opens by F3 and by ctrl+f, esc leads back to the
// same field with what was typed, and what is found opens over the form.
func TestEscLeadsBackToTheField(t *testing.T) {
	t.Parallel()
	clock := tuitest.NewClock(time.Date(2026, 11, 23, 13, 41, 0, 0, time.UTC))
	store := drawn()
	var opened []domain.StoreCode
	desk := tui.New(t.Context(), tui.Options{
		Views: tui.ViewSet{
			Numbered: map[ui.ViewID]func(*ui.Env) ui.View{
				ui.Queue: func(env *ui.Env) ui.View { return &form{env: env, field: widget.NewField(40)} },
			},
			Store: func(env *ui.Env, code domain.StoreCode) ui.View {
				opened = append(opened, code)
				return &form{env: env, field: widget.NewField(40)}
			},
			Find: func(env *ui.Env) ui.View { return find.New(env, store, []ui.ViewID{ui.Queue}) },
		},
		Me: domain.Staff{Login: "lin", Roles: []domain.Role{domain.RoleAgent}}, Zone: time.UTC, Lang: text.Chinese,
		Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
	})
	d := tuitest.Model(t, clock, desk, 80, 24)
	d.Type("多按: 一位") // a colon is a letter here
	for _, key := range []string{"f3", "ctrl+f"} {
		d.Press(key)
		d.Sees("┌─ 查找")
		d.Type("wj")
		d.Advance(time.Second)
		d.Sees("望京店 S031", "今天1单挂起, 未结2")
		d.Press("esc")
		d.Lacks("查找 ─")
		d.Sees("多按: 一位")
		d.Type("x")
	}
	d.Sees("多按: 一位xx")
	d.Press("f3")
	d.Type("0398")
	d.Press("enter")
	if !slices.Equal(opened, []domain.StoreCode{"S063"}) {
		t.Errorf("opened %v", opened)
	}
	d.Lacks("多按")
}
