package history_test

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
	"cleardesk/tui/cell"
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
			d := open(t, lang, chaoyang(), s[0], s[1]-2)
			golden(t, fmt.Sprintf("amount-%s-%dx%d", lang, s[0], s[1]), d.Frame())
		}
		d := open(t, lang, chaoyang(), 80, 22)
		d.Press("3")
		golden(t, fmt.Sprintf("asking-%s-80x24", lang), d.Frame())
		d.Press("1", "tab", "down")
		golden(t, fmt.Sprintf("product-%s-80x24", lang), d.Frame())
		d = open(t, lang, chaoyang(), 110, 30)
		d.Press("2", "tab", "tab")
		golden(t, fmt.Sprintf("lines-%s-110x32", lang), d.Frame())
		d = open(t, lang, domain.HistoryFile{Store: domain.Store{Code: "S014", Name: "朝阳路店", NameEn: "Chaoyang"}, ReadAt: now()}, 80, 22)
		golden(t, fmt.Sprintf("empty-%s-80x24", lang), d.Frame())
	}
}

// Whatever comes from outside, at whatever size, a frame has exactly its cells; Frame
// checks it.
func TestFramesAreExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	all := tuitest.Hostile()
	odd := func() string { return all[r.IntN(len(all))] }
	for range 60 {
		f := chaoyang()
		f.Orders = f.Orders[:r.IntN(len(f.Orders)+1)]
		f.Store.Name, f.Store.NameEn, f.Store.Manager, f.Store.ManagerEn, f.Store.Phone = odd(), odd(), odd(), odd(), odd()
		f.Memory.FirstClock, f.Memory.LastClock, f.Memory.UsualLow = odd(), odd(), domain.Money(r.Int64N(1e12)-5e11)
		f.CashLimit = domain.Money(r.Int64N(1e12))
		for i := range f.Orders {
			o := &f.Orders[i]
			o.No, o.State = domain.OrderNo(odd()), domain.OrderState(odd())
			o.Total, o.Quantity, o.Lines = domain.Money(r.Int64N(1<<uint(1+r.IntN(40)))-3), domain.Quantity(r.Int64N(1e12)), r.IntN(1e6)
			for j := range o.Seen {
				o.Seen[j].Kind, o.Seen[j].Outcome, o.Seen[j].Product.Name = domain.Kind(odd()), domain.Outcome(odd()), odd()
			}
		}
		for i := range f.Products {
			f.Products[i].Name, f.Products[i].NameEn, f.Products[i].Unit, f.Products[i].UnitEn = odd(), odd(), odd(), odd()
		}
		for i := range f.Promised {
			f.Promised[i].ByName, f.Promised[i].ByNameEn, f.Promised[i].OrderNo = odd(), odd(), domain.OrderNo(odd())
		}
		d := open(t, []text.Lang{text.Chinese, text.English}[r.IntN(2)], f, 80+r.IntN(171), 18+r.IntN(60))
		d.Frame()
		for range 8 {
			d.Press([]string{"down", "pgdown", "tab", "end", "left", "home", "1", "2", "3", "[", "]"}[r.IntN(11)])
			d.Resize(80+r.IntN(171), 18+r.IntN(60))
			d.Frame()
		}
		for _, l := range d.view.Message() {
			l.Render(d.desk.Theme, 80)
		}
	}
}

// The point and the row are one: whichever moves, the other does.
func TestOneCursor(t *testing.T) {
	t.Parallel()
	for _, s := range sizes {
		d := open(t, text.English, chaoyang(), s[0], s[1]-2)
		d.wantUnder(t, "11-23 1123-0412")
		last, letter := d.pointer()
		if letter != "#" {
			t.Errorf("above the sign stands %q:\n%s", letter, d.Frame())
		}
		d.Press("left")
		d.wantUnder(t, "11-20 1120-0411")
		if x, letter := d.pointer(); x >= last || letter != "o" {
			t.Errorf("left: the point is at %d %q, before at %d", x, letter, last)
		}
		d.Press("right")
		d.wantUnder(t, "11-23 1123-0412")
		d.Press("down", "down", "up")
		d.wantUnder(t, "11-20 1120-0411")
		for range 11 {
			d.Press("down")
		}
		if _, letter := d.pointer(); letter != "W" {
			t.Errorf("on the wrong order stands %q:\n%s", letter, d.Frame())
		}
		d.Press("end")
		first, _ := d.pointer()
		d.Press("left", "down")
		if x, _ := d.pointer(); x != first || d.under() == "" {
			t.Errorf("past the end: %d, %q", x, d.under())
		}
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	d := open(t, text.English, chaoyang(), 80, 22)
	want := func(key string, texts ...string) {
		t.Helper()
		if key != "" {
			d.Press(key)
		}
		d.Sees(texts...)
	}
	want("", "26 orders", "[26 orders]", "09-25 to 11-23")
	want("[", "07-27 to 09-23")
	d.wantUnder(t, "09-23")
	want("[", "07-08 to 07-24", "8 orders")
	want("[", "07-08 to 07-24") // there is no more
	want("]", "07-27 to 09-23")
	d.wantUnder(t, "09-23")
	d.Press("tab") // eight weeks: the order under the cursor stays in sight
	d.wantUnder(t, "09-23")
	want("", "[8 weeks]", "to 09-28")
	want("tab", "[26 weeks]", "60 orders")
	d.wantUnder(t, "09-23")
	want("shift+tab", "[8 weeks]")
	if said := d.Said(); len(said) != 0 {
		t.Errorf("said %v", said)
	}
}

// Opened from an order that is not among the last, it shows the period of that one.
func TestItOpensOnItsOrder(t *testing.T) {
	t.Parallel()
	f := chaoyang()
	for i := range f.Orders {
		f.Orders[i].ID += 30
	}
	d := open(t, text.Chinese, f, 80, 22)
	d.wantUnder(t, f.Orders[30].PlacedAt.Format("01-02"))
	if _, letter := d.pointer(); letter != "#" {
		t.Errorf("the order is drawn %q", letter)
	}
}

func TestMeasures(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, chaoyang(), 80, 22)
	d.Sees("[1] 金额", "对数刻度", "¥20,000", "上限", "平常")
	d.Press("2")
	d.Sees("[2] 行数", "等距刻度")
	d.Lacks("上限", "¥20,000")
	d.Press("3")
	if !d.view.Asks() || len(d.view.Message()) != 1 {
		t.Error("it does not ask which product")
	}
	d.Sees("1 矿泉水550ml P6001", "2 鲜牛奶250ml P1007")
	d.Press("esc")
	d.Sees("[2] 行数")
	d.Press("3", "9", "enter")
	if !d.view.Asks() {
		t.Error("a digit that is none of theirs is taken for an answer")
	}
	d.Press("1")
	if d.store.product != "P6001" {
		t.Errorf("asked for %q", d.store.product)
	}
	d.Sees("[3] 矿泉水", "1,000箱", "数量")
	d.Press("1")
	d.Sees("[1] 金额")
}

func TestWhatOpens(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, chaoyang(), 80, 22)
	want := func(keys []string, want ...tea.Msg) {
		t.Helper()
		d.Press(keys...)
		if diff := cmp.Diff(want, d.Out()); diff != "" {
			t.Errorf("%v (-want +got):\n%s", keys, diff)
		}
	}
	want([]string{"down", "enter"}, ui.OpenOrder{ID: 99})
	want([]string{"f8"}, ui.OpenStore{Code: "S014"})
	want([]string{"esc"}, ui.Back{})
	want([]string{"4"}, ui.Say{Text: "1-9 在这里没有用", Tone: ui.Note})
	d.Send(keys.Press{Action: keys.Order, Count: 1})
	if diff := cmp.Diff([]tea.Msg{ui.OpenOrder{ID: 99}}, d.Out()); diff != "" {
		t.Errorf("order of the menu (-want +got):\n%s", diff)
	}
	if m := d.view.Menu(); m.Copy != "1120-0411" || m.Title != "朝阳路店 S014  1120-0411" || len(m.Acts) != 2 {
		t.Errorf("menu %+v", m)
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	f := &fake{err: domain.Errorf(domain.Unavailable, "read history", "no line")}
	d := openWith(t, text.Chinese, f, 80, 22)
	d.Sees("走势 S014", "!", "F5 再试")
	d.Press("tab", "down", "enter", "1", "3", "[")
	d.Out()
	f.set(chaoyang(), nil)
	d.Press("f5")
	d.Sees("朝阳路店 S014")
	f.set(domain.HistoryFile{}, domain.Errorf(domain.Unavailable, "read history", "no line"))
	d.clock.Advance(8 * time.Minute)
	d.Send(ui.Changed{All: true})
	d.Sees("朝阳路店 S014") // what was read stays
	if m := d.view.Message(); len(m) != 1 || m[0].Left[0].Text != " !断线: 这是13:41:00的, 8分前。 可照看, 通了就重读。" {
		t.Errorf("the message is %v", m)
	}
	if said := d.Said(); len(said) != 0 {
		t.Errorf("a lost line is told by its own state, not by %v", said)
	}
	f.set(domain.HistoryFile{}, domain.Errorf(domain.Internal, "read history", "broken"))
	d.Press("f5")
	if said := d.Said(); len(said) != 1 {
		t.Errorf("an error of another kind is said: %v", said)
	}
}

// News come in under the cursor without moving it.
func TestItFollowsTheData(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, chaoyang(), 80, 22)
	d.Press("down", "down")
	d.wantUnder(t, "11-18")
	f := chaoyang()
	fresh := f.Orders[1]
	fresh.ID, fresh.No, fresh.PlacedAt = 101, "1123-0440", now()
	f.Orders = append([]domain.PastOrder{fresh}, f.Orders...)
	d.store.set(f, nil)
	reads := d.store.reads
	d.Send(ui.Changed{Topics: []string{"queue"}})
	d.wantUnder(t, "11-18")
	d.Send(ui.Shown{})
	d.Send(ui.Shown{Stale: true})
	d.Send(ui.CaseWritten{ID: 71})
	if n := d.store.reads - reads; n != 3 {
		t.Errorf("%d reads, want 3: the news, shown with news, a case written", n)
	}
	d.Press("home")
	d.wantUnder(t, "11-23 1123-0440")
	d.desk.Text = text.For(text.English)
	d.Sees("History", "logarithmic")
}

// The plot needs no character but ASCII and the box lines.
func TestAsciiGlyphs(t *testing.T) {
	t.Parallel()
	d := open(t, text.English, chaoyang(), 110, 30)
	d.desk.Glyphs = cell.ASCII()
	for _, r := range strings.ReplaceAll(d.Frame(), "¥", "") {
		if r > 126 {
			t.Fatalf("%q in:\n%s", r, d.Frame())
		}
	}
}

// Nothing that is typed does anything but what the table of keys says, and no key writes.
func TestTypedTextDoesNothing(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, chaoyang(), 80, 22)
	before := d.Frame()
	d.Type("写入")
	d.Paste(strings.Repeat("claim ", 2000))
	d.Press("xiugai", "9", "ctrl+s", "ctrl+s", "f6", "c", "space", "+")
	if diff := cmp.Diff(before, d.Frame()); diff != "" {
		t.Errorf("the frame changed:\n%s", diff)
	}
	for _, m := range d.Out() {
		if _, ok := m.(ui.Say); !ok {
			t.Errorf("asked for %#v", m)
		}
	}
}
