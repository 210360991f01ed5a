package store_test

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
)

// under is the line the cursor is on.
func (d *desk) under() string {
	for _, l := range strings.Split(d.Frame(), "\n") {
		for _, half := range strings.Split(l, "│") {
			if strings.HasPrefix(half, "> ") {
				return strings.TrimSpace(half[2:])
			}
		}
	}
	return ""
}

func (d *desk) wantUnder(t *testing.T, start string) {
	t.Helper()
	if got := d.under(); !strings.HasPrefix(got, start) {
		t.Errorf("the cursor is on %q, want %q:\n%s", got, start, d.Frame())
	}
}

func TestTabGoesThroughTheParts(t *testing.T) {
	t.Parallel()
	for _, s := range sizes {
		d := open(t, text.English, wangjing(), s[0], s[1]-2)
		for _, start := range []string{"1123-0398 ", "1123-0398 ", "1123-0377 ", "13:12 ", "wrong orders", "today 13:36", "1123-0398 "} {
			d.wantUnder(t, start)
			d.Press("tab")
		}
		d.Press("shift+tab", "shift+tab")
		d.wantUnder(t, "today 13:36")
	}
}

func TestItOpensOnTheOrderThatIsHeld(t *testing.T) {
	t.Parallel()
	f := wangjing()
	f.Orders = append([]domain.OrderBrief{order(12, "1123-0420", clockAt(23, 13, 40), 300_000, 3, domain.Accepted, 0)}, f.Orders...)
	d := open(t, text.Chinese, f, 80, 22)
	d.wantUnder(t, "1123-0398")
	f.Open = nil
	d = open(t, text.Chinese, f, 80, 22)
	d.wantUnder(t, "1123-0420")
}

func TestEveryRowIsReachedAndSeen(t *testing.T) {
	t.Parallel()
	for _, height := range []int{8, 18, 22, 58} {
		d := open(t, text.Chinese, wangjing(), 80, height)
		d.Press("right", "tab", "tab", "tab", "tab", "tab", "right", "home")
		var seen []string
		for range 30 {
			if u := d.under(); u == "" {
				t.Fatalf("at %d lines the cursor is out of sight:\n%s", height, d.Frame())
			} else if len(seen) == 0 || seen[len(seen)-1] != u {
				seen = append(seen, u)
			}
			d.Press("down")
		}
		if len(seen) != 7+2+3+2+3+4 {
			t.Errorf("at %d lines %d rows are passed: %s", height, len(seen), strings.Join(seen, "\n"))
		}
		d.Press("home")
		d.wantUnder(t, "1123-0398")
		d.Sees("── 订单") // the heading comes into sight with its first row
		d.Press("end")
		d.wantUnder(t, "11-09 14:05")
	}
}

func TestWhatIsNotThereTakesNoLine(t *testing.T) {
	t.Parallel()
	f := wangjing()
	f.Missing, f.Calls, f.Records, f.Promises, f.Refused = nil, nil, nil, nil, nil
	d := open(t, text.Chinese, f, 80, 22)
	d.Lacks("答应过的", "被拒", "最近来往", "常订")
	d.Press("end")
	d.wantUnder(t, "习惯")
}

func TestUnfoldAndFold(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	d.Sees("另3条: 右键")
	d.Lacks("1115-0322")
	d.Press("right")
	d.Sees("1115-0322")
	d.Press("down", "down", "down", "down", "down", "down")
	d.wantUnder(t, "1115-0322")
	d.Press("left")
	d.Lacks("1115-0322")
	d.wantUnder(t, "1121-0388") // the last that is left of its part
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
	want([]string{"enter"}, ui.OpenCase{ID: 71})                         // an order by its case
	want([]string{"tab", "down", "enter"}, ui.OpenCase{ID: 72})          // a case
	want([]string{"tab", "enter"}, ui.OpenCase{ID: 72})                  // a promise by its case
	want([]string{"end", "enter"}, ui.OpenCase{ID: 60})                  // what was talked about
	want([]string{"home", "down", "down"})                               // an order that nothing is odd about
	want([]string{"enter"}, ui.Say{Text: "enter 在这里没有用", Tone: ui.Note}) // says so
	want([]string{"f8"}, ui.Say{Text: "F8 在这里没有用", Tone: ui.Note})       // one is there
	want([]string{"esc"}, ui.Back{})
	d.Send(keys.Press{Action: keys.Order, Count: 1})
	if diff := cmp.Diff([]tea.Msg{ui.OpenOrder{ID: 7}}, d.Out()); diff != "" {
		t.Errorf("order of the menu (-want +got):\n%s", diff)
	}
	d.Send(keys.Press{Action: keys.History, Count: 1})
	if diff := cmp.Diff([]tea.Msg{ui.OpenHistory{Store: "S031", Order: 7}}, d.Out()); diff != "" {
		t.Errorf("history of the menu (-want +got):\n%s", diff)
	}
	if m := d.view.Menu(); m.Copy != "139 0000 0000" || m.Title != "望京店 S031  1122-0391" {
		t.Errorf("menu %+v", m)
	}
}

func TestTheSentenceForTheStore(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	say := func() string {
		if m := d.view.Message(); len(m) == 1 {
			return strings.TrimSpace(m[0].Left[0].Text)
		}
		return ""
	}
	want := func(want string) {
		t.Helper()
		if got := say(); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
	want("念: 「1123-0398这单, 15:00前您自己可改, 15:30前打电话由我们改。」")
	d.Press("down", "down")
	want("念: 「1122-0391这单已发车, 只能收货时处理。」")
	d.Press("down")
	want("1121-0388 已收货, 不能再改")
	d.Press("home")
	d.clock.Advance(80 * time.Minute) // 15:01
	want("念: 「1123-0398这单您改不了了, 今15:30前由我们改。」")
	d.clock.Advance(30 * time.Minute)
	want("念: 「1123-0398这单您改不了了, 明05:00前由我们改。」")
	d.clock.Advance(14 * time.Hour)
	want("念: 「1123-0398这单已发车, 只能收货时处理。」")
	d.Press("tab", "tab", "tab")
	want("")
}

func TestItFollowsTheData(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	d.Press("down")
	f := wangjing()
	f.Orders = append([]domain.OrderBrief{order(12, "1123-0420", clockAt(23, 13, 40), 300_000, 3, domain.Accepted, 0)}, f.Orders...)
	f.Open = f.Open[1:]
	d.store.set(f, nil)
	reads := d.store.reads
	d.Send(ui.Changed{Topics: []string{"queue"}})
	d.Sees("1123-0420", "未结 1")
	d.wantUnder(t, "1123-0377") // the cursor stays on its order
	d.Send(ui.Shown{})
	d.Send(ui.Shown{Stale: true})
	d.Send(ui.CaseWritten{ID: 71})
	if n := d.store.reads - reads; n != 3 {
		t.Errorf("%d reads, want 3: the news, shown with news, a case written", n)
	}
	d.desk.Text = text.For(text.English) // under the view, as the root does
	d.Sees("orders, 2 today", "1 open case")
}

// Nothing that is typed outside a field does anything, and no key writes: the screen
// has nothing it could write with.
func TestTypedTextDoesNothing(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	before := d.Frame()
	d.Type("写入")
	d.Paste(strings.Repeat("claim ", 2000))
	d.Press("xiugai", "1", "9", "ctrl+s", "ctrl+s", "f6", "c")
	if diff := cmp.Diff(before, d.Frame()); diff != "" {
		t.Errorf("the frame changed:\n%s", diff)
	}
	for _, m := range d.Out() {
		if _, ok := m.(ui.Say); !ok {
			t.Errorf("asked for %#v", m)
		}
	}
}

// A burst of news while a read is under way costs one more read, not one each.
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

func TestPromisesStandByWhenTheyAreDue(t *testing.T) {
	t.Parallel()
	f := wangjing()
	soon, late := clockAt(23, 13, 45), clockAt(23, 13, 30)
	for i, at := range []*time.Time{&soon, &late} {
		f.Calls = append(f.Calls, domain.StoreCall{
			CallRecord: domain.CallRecord{At: clockAt(23, 13, i), By: "zhao", Outcome: "busy", Again: at}, Owed: true, OrderNo: domain.OrderNo("1123-000" + string(rune('1'+i))),
		})
	}
	d := open(t, text.Chinese, f, 80, 22)
	d.Sees("答应过的 5")
	d.Press("tab", "tab")
	d.wantUnder(t, "1123-0002 再打电话 今13:30, 超11分")
	d.Press("down")
	d.wantUnder(t, "1123-0001 再打电话 13:45, 剩4分")
	d.Press("down")
	d.wantUnder(t, "1123-0377 再打电话 13:51, 剩10分")
}
