package order_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a frame with the one that was looked at.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got+"\n"); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// sizes are those of the terminal; the view has two lines less.
var sizes = [][2]int{{80, 24}, {110, 32}, {200, 60}}

func TestDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, s := range sizes {
			d := open(t, lang, wangjing(), s[0], s[1]-2)
			golden(t, fmt.Sprintf("order-%s-%dx%d", lang, s[0], s[1]), d.Frame())
		}
		d := open(t, lang, plain(), 80, 22)
		golden(t, fmt.Sprintf("plain-%s-80x24", lang), d.Frame())
		d = open(t, lang, wangjing(), 80, 22)
		d.Press("tab", "down", "tab") // the lines give way to the story
		golden(t, fmt.Sprintf("story-%s-80x24", lang), d.Frame())
	}
}

// plain is an order nothing is odd about, from before the desk began.
func plain() domain.OrderFile {
	f := wangjing()
	for i := range f.Order.Lines {
		l := &f.Order.Lines[i]
		*l = line(l.No, l.Product, l.Original, l.Original, l.Price)
	}
	f.Order.Total, f.Order.State, f.Order.History, f.Order.PlacedAt = f.Order.Placed(), domain.Settled, true, at(2, 13, 31)
	return domain.OrderFile{Order: f.Order, Store: f.Store, Products: f.Products, Moments: f.Moments, ReadAt: f.ReadAt}
}

// Whatever comes from outside, at whatever size, a frame has exactly its cells; Frame
// checks it.
func TestFramesAreExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	all := tuitest.Hostile()
	odd := func() string { return all[r.IntN(len(all))] }
	for range 25 {
		f := hostile(r, odd)
		lang := []text.Lang{text.Chinese, text.English}[r.IntN(2)]
		d := open(t, lang, f, 80+r.IntN(171), 18+r.IntN(60))
		d.Frame()
		for range 6 {
			d.Press([]string{"down", "pgdown", "tab", "end", "up", "home", "shift+tab", "pgup"}[r.IntN(8)])
			d.Resize(80+r.IntN(171), 18+r.IntN(60))
			d.Frame()
			if d.under() == "" {
				t.Fatalf("the cursor is out of sight:\n%s", d.Frame())
			}
		}
		for _, l := range d.view.Message() {
			l.Render(d.desk.Theme, 80)
		}
	}
}

func hostile(r *rand.Rand, odd func() string) domain.OrderFile {
	f := wangjing()
	f.Order.No, f.Order.State = domain.OrderNo(odd()), domain.OrderState(odd())
	f.Store = domain.Store{Name: odd(), NameEn: odd(), Manager: odd(), ManagerEn: odd(), Phone: odd(), Route: odd(), Code: domain.StoreCode(odd())}
	for code, p := range f.Products {
		p.Name, p.NameEn, p.Unit, p.UnitEn = odd(), odd(), odd(), odd()
		f.Products[code] = p
	}
	for range r.IntN(20) {
		q := domain.Quantity(r.Int64N(1e12))
		f.Order.Lines = append(f.Order.Lines, line(len(f.Order.Lines)+1, domain.ProductCode(odd()), q, q+1, domain.Money(r.Int64N(1e6))))
	}
	for i := range f.Order.Lines {
		f.Order.Lines[i].Verified = domain.Login(odd())
	}
	for i := range f.Links {
		f.Links[i].No, f.Links[i].State, f.Links[i].Link = domain.OrderNo(odd()), domain.OrderState(odd()), domain.Link(odd())
	}
	for i := range f.Anomalies {
		a := &f.Anomalies[i]
		a.Kind, a.Evidence.Rule, a.Outcome = domain.Kind(odd()), odd(), domain.Outcome([]string{"", odd()}[r.IntN(2)])
	}
	for i := range f.Claims {
		f.Claims[i].What, f.Claims[i].Why, f.Claims[i].ByName, f.Claims[i].ByNameEn = odd(), odd(), odd(), odd()
	}
	for i := range f.Calls {
		c := &f.Calls[i]
		c.By, c.ByName, c.ByNameEn, c.Outcome, c.Who, c.Said, c.Text = odd(), odd(), odd(), odd(), odd(), odd(), strings.Repeat(odd(), 9)
	}
	for i := range f.Notes {
		n := &f.Notes[i]
		n.What, n.Text, n.With, n.ByName, n.ByNameEn = odd(), strings.Repeat(odd(), r.IntN(90)), domain.Department(odd()), odd(), odd()
		n.At = n.At.Add(-time.Duration(r.Int64N(int64(4000 * 24 * time.Hour))))
	}
	for i := range f.Records {
		c := &f.Records[i]
		c.Outcome, c.Reason, c.ReasonText, c.Note, c.ByName, c.ByNameEn = domain.Outcome(odd()), odd(), odd(), odd(), odd(), odd()
	}
	return f
}

func TestTabGoesThroughTheParts(t *testing.T) {
	t.Parallel()
	for _, s := range sizes {
		d := open(t, text.English, wangjing(), s[0], s[1]-2)
		for _, start := range []string{"2 Fresh milk", "Quantity  line 2", "13:40  platform", "2 Fresh milk"} {
			d.wantUnder(t, start)
			d.Press("tab")
		}
		d.Press("shift+tab", "shift+tab")
		d.wantUnder(t, "13:40  platform")
	}
	d := open(t, text.English, plain(), 80, 22)
	d.Press("tab") // nothing was found: straight to the story
	d.wantUnder(t, "11-02 13:31  platform")
}

// Every row of every part is passed and seen on the way.
func TestEveryRowIsReachedAndSeen(t *testing.T) {
	t.Parallel()
	for _, height := range []int{12, 18, 22, 58} {
		d := open(t, text.Chinese, wangjing(), 80, height)
		for i, want := range []int{7, 3, 16} {
			var seen []string
			d.Press("home")
			for range 20 {
				if u := d.under(); u == "" {
					t.Fatalf("at %d lines the cursor is out of sight:\n%s", height, d.Frame())
				} else if len(seen) == 0 || seen[len(seen)-1] != u {
					seen = append(seen, u)
				}
				d.Press("down")
			}
			if len(seen) != want {
				t.Errorf("at %d lines part %d passes %d rows, want %d:\n%s", height, i, len(seen), want, strings.Join(seen, "\n"))
			}
			d.Press("tab")
		}
	}
}

func TestWhatOpens(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	want := func(keys []string, want ...tea.Msg) {
		t.Helper()
		d.Press(keys...)
		if diff := cmp.Diff(want, d.Out()); diff != "" {
			t.Errorf("%v (-want +got):\n%s", keys, diff)
		}
	}
	want([]string{"enter"}, ui.OpenCase{ID: 71})         // the line that is held
	want([]string{"down", "enter"}, ui.OpenCase{ID: 70}) // one that was changed, by the case it was in
	want([]string{"home"})
	want([]string{"enter"}, ui.Say{Text: "enter 在这里没有用", Tone: ui.Note}) // nothing was the matter with it
	want([]string{"tab", "enter"}, ui.OpenCase{ID: 71})
	want([]string{"tab", "enter"}, ui.OpenOrder{ID: 12}) // the newest of the story: a supplement
	want([]string{"up", "enter"}, ui.OpenCase{ID: 71})   // a call
	want([]string{"f8"}, ui.OpenStore{Code: "S031"})
	want([]string{"esc"}, ui.Back{})
	d.Send(keys.Press{Action: keys.History, Count: 1})
	if diff := cmp.Diff([]tea.Msg{ui.OpenHistory{Store: "S031", Order: 9}}, d.Out()); diff != "" {
		t.Errorf("history of the menu (-want +got):\n%s", diff)
	}
	if m := d.view.Menu(); m.Copy != "1123-0398" || m.Title != "1123-0398  望京店 S031" {
		t.Errorf("menu %+v", m)
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	f := &fake{err: domain.Errorf(domain.Unavailable, "read order", "no line")}
	d := openWith(t, text.Chinese, f, 80, 22)
	d.Sees("订单", "!", "F5 再试")
	d.Press("tab", "down", "enter", "f8")
	d.Out()
	f.set(wangjing(), nil)
	d.Press("f5")
	d.Sees("望京店 S031", "鲜牛奶250ml")
	f.set(domain.OrderFile{}, domain.Errorf(domain.Unavailable, "read order", "no line"))
	d.clock.Advance(8 * time.Minute)
	d.Send(ui.Changed{All: true})
	d.Sees("鲜牛奶250ml") // what was read stays
	if m := d.view.Message(); len(m) != 1 || m[0].Left[0].Text != " !断线: 这是13:41:00的, 8分前。 可照看, 通了就重读。" {
		t.Errorf("the message is %v", m)
	}
	if said := d.Said(); len(said) != 0 {
		t.Errorf("a lost line is told by its own state, not by %v", said)
	}
	f.set(domain.OrderFile{}, domain.Errorf(domain.Internal, "read order", "broken"))
	d.Press("f5")
	if said := d.Said(); len(said) != 1 {
		t.Errorf("an error of another kind is said: %v", said)
	}
	gone := openWith(t, text.English, &fake{}, 80, 22)
	gone.Sees("Order", "!", "F5 tries again")
}

// The cursor stays on its row; the story goes on to its newest end until somebody
// reads in it.
func TestItFollowsTheData(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	add := func(minute int, words string) {
		f := d.store.file
		f.Notes = append(f.Notes, domain.OrderNote{
			CaseNote: domain.CaseNote{At: at(23, 13, minute), By: "zhao", What: "note", Text: words}, Case: 71, ByName: "赵敏", ByNameEn: "Zhao Min",
		})
		d.store.set(f, nil)
		d.Send(ui.Changed{Topics: []string{"queue"}})
	}
	d.Press("down")
	add(42, "第一条")
	d.Sees("备注: 第一条")
	d.wantUnder(t, "3 鸡蛋")
	d.Press("tab", "tab", "up")
	d.wantUnder(t, "13:40  平台")
	d.Press("down")
	add(43, "第二条")
	d.wantUnder(t, "13:42  赵敏")
	reads := d.store.reads
	d.Send(ui.Shown{})
	d.Send(ui.Shown{Stale: true})
	d.Send(ui.CaseWritten{ID: 71})
	if n := d.store.reads - reads; n != 2 {
		t.Errorf("%d reads, want 2: shown with news, a case written", n)
	}
	d.desk.Text = text.For(text.English)
	d.Press("end")
	d.Sees("what happened", "note: 第二条")
}

func TestABurstOfNewsCostsTwoReads(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	first := d.view.Update(ui.Changed{All: true})
	for range 5 {
		if cmd := d.view.Update(ui.Changed{All: true}); cmd != nil {
			t.Fatal("a second read was begun while the first was under way")
		}
	}
	reads := d.store.reads
	d.Send(first())
	if n := d.store.reads - reads; n != 2 {
		t.Errorf("%d reads, want 2", n)
	}
}

// Nothing that is typed outside a field does anything, and no key writes: the screen
// has nothing it could write with.
func TestTypedTextDoesNothing(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	before := d.Frame()
	d.Type("写入")
	d.Paste(strings.Repeat("claim ", 2000))
	d.Press("xiugai", "1", "9", "ctrl+s", "ctrl+s", "f6", "c", "space")
	if diff := cmp.Diff(before, d.Frame()); diff != "" {
		t.Errorf("the frame changed:\n%s", diff)
	}
	for _, m := range d.Out() {
		if _, ok := m.(ui.Say); !ok {
			t.Errorf("asked for %#v", m)
		}
	}
}
