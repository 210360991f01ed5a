package entry_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/entry"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
)

func ask(w entry.What, order domain.OrderID) ui.OpenEntry {
	return ui.OpenEntry{Order: order, What: int(w)}
}

// reported gives the one event that was told.
func (w *world) reported(t *testing.T) domain.Event {
	t.Helper()
	if len(w.store.events) != 1 {
		t.Fatalf("%d events were told:\n%s\n%s", len(w.store.events), w.Frame(), w.foot())
	}
	return w.store.events[0]
}

func ptr(q domain.Quantity) *domain.Quantity { return &q }

// Each thing a store rings about becomes its event, by keys that an input method lets
// through.
func TestWhatStoresReport(t *testing.T) {
	t.Parallel()
	at := clockAt(23, 13, 41)
	for _, c := range []struct {
		name string
		what entry.What
		keys []string
		want domain.Event
	}{
		{
			"a weight in jin and a slip", entry.Short,
			[]string{"1", "enter", "type:36", "type:斤", "enter", "type:GB-0712", "enter", "1"},
			domain.Event{
				What: domain.EventReceipt, Slip: "GB-0712", Caller: "许诺",
				Lines: []domain.EventLine{{Line: 1, Product: "P4001", Weight: ptr(18_000)}},
			},
		},
		{
			"pieces counted, none came", entry.Short,
			[]string{"2", "enter", "type:0", "enter", "enter", "2"},
			domain.Event{What: domain.EventReceipt, Caller: "clerk", Lines: []domain.EventLine{{Line: 2, Product: "P1100", Quantity: ptr(0)}}},
		},
		{
			"two lines over", entry.Over,
			[]string{"1", "4", "enter", "type:20500g", "enter", "type:15.1", "enter", "enter", "1"},
			domain.Event{What: domain.EventReceipt, Caller: "许诺", Lines: []domain.EventLine{
				{Line: 1, Product: "P4001", Weight: ptr(20_500)}, {Line: 4, Product: "P5003", Weight: ptr(15_100)},
			}},
		},
		{
			"three bags damaged", entry.Return,
			[]string{"down", "down", "space", "enter", "type:3", "enter", "1", "1"},
			domain.Event{
				What: domain.EventReturn, Why: domain.ToldDamaged, Caller: "许诺",
				Lines: []domain.EventLine{{Line: 3, Product: "P1007", Quantity: ptr(3000), Why: domain.ToldDamaged}},
			},
		},
		{
			"an exchange, by somebody else", entry.Exchange,
			[]string{"3", "enter", "type:3", "enter", "2", "3", "type:王姐", "enter"},
			domain.Event{
				What: domain.EventExchange, Why: domain.ToldExpiry, Caller: "王姐",
				Lines: []domain.EventLine{{Line: 3, Product: "P1007", Quantity: ptr(3000), Why: domain.ToldExpiry}},
			},
		},
		{
			"another quantity, and a line away", entry.Change,
			[]string{"2", "3", "enter", "type:0", "enter", "type:24", "enter", "5", "1"},
			domain.Event{What: domain.EventChange, Why: domain.ToldTooMany, Caller: "许诺", Lines: []domain.EventLine{
				{Line: 2, Product: "P1100", Quantity: ptr(0), Why: domain.ToldTooMany}, {Line: 3, Product: "P1007", Quantity: ptr(24_000), Why: domain.ToldTooMany},
			}},
		},
		{
			"the whole order was a mistake", entry.Wrong,
			[]string{"enter", "2", "1"},
			domain.Event{What: domain.EventWrongOrder, Why: domain.ToldTwice, Caller: "许诺"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, text.Chinese, ask(c.what, 7), 80, 20)
			w.keys(c.keys)
			w.write()
			got := w.reported(t)
			c.want.Key, c.want.Store, c.want.OrderID, c.want.OrderNo, c.want.At, c.want.By = got.Key, "S008", 7, "1122-0377", at, "zhao"
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s\n%s", diff, w.Frame())
			}
			out := w.Out()
			if len(out) != 2 {
				t.Fatalf("it asked for %v", out)
			}
			if _, back := out[0].(ui.Back); !back {
				t.Errorf("it did not go back: %v", out)
			}
		})
	}
}

// keys presses keys; "type:" types the rest.
func (w *world) keys(all []string) {
	for _, k := range all {
		if s, ok := strings.CutPrefix(k, "type:"); ok {
			w.Type(s)
			continue
		}
		w.Press(k)
	}
}

func TestWhatCannotBeOrdered(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, ask(entry.Blocked, 7), 80, 20)
	w.Type("牛奶")
	w.Advance(time.Second)
	w.Sees("鲜牛奶250ml P1007", "步长12袋")
	w.keys([]string{"enter", "1", "type:30", "enter", "type:10", "enter", "1", "2"})
	w.write()
	got := w.reported(t)
	want := domain.Event{
		What: domain.EventAttempt, Key: got.Key, Store: "S008", At: clockAt(23, 13, 41), By: "zhao", Why: domain.ToldStep, Caller: "clerk",
		Lines: []domain.EventLine{{Product: "P1007", Quantity: ptr(30_000), StepSeen: ptr(10_000), Why: domain.ToldStep}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A store that asks where its order is reads no event: what is known is shown, and a
// promise goes to the order's case.
func TestWhereItIs(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, ask(entry.Where, 7), 80, 20)
	w.Sees("现在已收货", "昨13:12接受", "昨19:00已配货, 今00:00已装车, 今05:00已送达", "配货超时 在物流")
	w.Lacks("计划") // it is there
	for state, want := range map[domain.OrderState]string{
		domain.Accepted: "计划今16:30送到, 冷链2号车", domain.Placed: "现在已下单", domain.Shipped: "计划今16:30送到",
	} {
		w.store.order.Order.State = state
		w.Send(ui.Changed{All: true})
		w.Sees(want)
	}
	w.keys([]string{"type:1700", "enter", "type:今天送到"})
	w.Sees("= 今17:00")
	w.write()
	if len(w.store.told) != 1 || w.store.told[0].what != "promise 5 11-23 17:00 今天送到" {
		t.Errorf("told %v", w.store.told)
	}
	none := open(t, text.Chinese, ask(entry.Where, 7), 80, 20)
	none.store.store.Open = nil
	none.Send(ui.Changed{All: true})
	none.keys([]string{"type:9:30"})
	none.Sees("= 明09:30") // it has passed today
	none.Press("ctrl+s")
	if said := none.Said(); len(said) != 1 || said[0] != "这一单没有未结的异常, 无处可记" {
		t.Errorf("said %q", said)
	}
}

func TestANoteOnACase(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, ask(entry.Other, 0), 80, 20)
	w.keys([]string{"1", "type:下午两点后再打"})
	w.write()
	if len(w.store.told) != 1 || w.store.told[0].what != "note 5 下午两点后再打" {
		t.Errorf("told %v\n%s", w.store.told, w.Frame())
	}
}

func TestNothingIsWrittenThatDoesNotStand(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, ask(entry.Return, 7), 80, 20)
	w.Press("ctrl+s")
	if said := w.Said(); len(said) != 1 || said[0] != "还缺: 哪几行" {
		t.Errorf("said %q", said)
	}
	w.keys([]string{"3", "enter", "type:60"})
	w.Sees("比订的还多")
	w.keys([]string{"enter", "1", "1", "ctrl+s"})
	if said := w.Said(); len(said) != 1 || said[0] != "还缺: 第3行 鲜牛奶250ml" {
		t.Errorf("said %q", said)
	}
	w.keys([]string{"ctrl+u", "type:什么"})
	w.Sees("看不懂")
	w.keys([]string{"ctrl+u", "type:6"})
	w.Press("ctrl+s", "ctrl+s") // too fast: the question was not on the screen long enough
	if len(w.store.told) != 0 {
		t.Errorf("told %v", w.store.told)
	}
	w.Press("1") // any other key goes back
	w.write()
	if got := w.reported(t); *got.Lines[0].Quantity != q(6) {
		t.Errorf("told %+v", got)
	}
}

// An answer that got lost leaves the form as it is; sent again it has the same key.
func TestALostAnswer(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, ask(entry.Wrong, 7), 80, 20)
	w.store.fail = domain.Errorf(domain.Timeout, "report", "no answer")
	w.keys([]string{"enter", "1", "1"})
	w.write()
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "written once") {
		t.Errorf("said %q", said)
	}
	w.store.fail = nil
	w.Advance(time.Minute)
	w.write()
	if n := w.store.told; len(n) != 2 || n[0] != n[1] {
		t.Errorf("told %v", n)
	}
}

// esc over something typed asks once.
func TestLeaving(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, ui.OpenEntry{}, 80, 20)
	w.Press("3", "2")
	w.Press("esc")
	if said := w.Said(); len(said) != 1 || !strings.HasPrefix(said[0], "esc again leaves") {
		t.Errorf("said %q", said)
	}
	w.Press("esc")
	if out := w.Out(); len(out) != 1 || out[0] != (ui.Back{}) {
		t.Errorf("out %v", out)
	}
	clean := open(t, text.English, ui.OpenEntry{}, 80, 20)
	clean.Press("esc")
	if out := clean.Out(); len(out) != 1 || out[0] != (ui.Back{}) {
		t.Errorf("out %v", out)
	}
}

// News reads again; what was chosen and typed stays.
func TestNewsKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, ask(entry.Short, 7), 80, 20)
	w.keys([]string{"1", "enter", "type:36斤8箱"})
	w.Sees("看不懂")
	w.keys([]string{"ctrl+u", "type:36斤8两"})
	w.Sees("= 18.400kg")
	w.keys([]string{"ctrl+u", "type:18.4"})
	before := w.Frame()
	w.Send(ui.Changed{All: true})
	if diff := cmp.Diff(before, w.Frame()); diff != "" {
		t.Errorf("the frame changed:\n%s", diff)
	}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, s := range [][2]int{{80, 20}, {110, 28}, {200, 56}} {
			w := open(t, lang, ask(entry.Short, 7), s[0], s[1])
			w.keys([]string{"1", "4"})
			golden(t, fmt.Sprintf("lines-%s-%dx%d", lang, s[0], s[1]), w.Frame())
			w.keys([]string{"enter", "type:18.4", "enter", "type:30斤", "enter", "type:GB-0712", "enter", "1"})
			golden(t, fmt.Sprintf("short-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
		}
		w := open(t, lang, ask(entry.Where, 7), 80, 20)
		golden(t, fmt.Sprintf("where-%s-80x20", lang), w.Frame()+"\n"+w.foot())
		w = open(t, lang, ui.OpenEntry{}, 80, 20)
		golden(t, fmt.Sprintf("about-%s-80x20", lang), w.Frame())
	}
}

// Whatever comes from outside and is typed, at whatever size, a frame has exactly its
// cells; Frame checks it.
func TestFramesAreExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 8))
	bad := tuitest.Hostile()
	odd := func() string { return bad[r.IntN(len(bad))] }
	for range 120 {
		file, order := dawanglu()
		file.Store.Name, file.Store.NameEn, file.Store.Manager, file.Store.ManagerEn, file.Store.Phone = odd(), odd(), odd(), odd(), odd()
		for i := range file.Orders {
			file.Orders[i].No, file.Orders[i].State = domain.OrderNo(odd()), domain.OrderState(odd())
		}
		for i := range file.Open {
			file.Open[i].OrderNo, file.Open[i].Kind, file.Open[i].ProductName = domain.OrderNo(odd()), domain.Kind(odd()), odd()
		}
		for code, p := range order.Products {
			p.Name, p.NameEn, p.Unit, p.UnitEn = odd(), odd(), odd(), odd()
			order.Products[code] = p
		}
		f := &fake{store: file, order: order}
		w := openWith(t, []text.Lang{text.Chinese, text.English}[r.IntN(2)], f, ask(entry.What(r.IntN(10)), 7), 80+r.IntN(170), 14+r.IntN(50))
		for range 14 {
			w.Press([]string{"down", "up", "tab", "shift+tab", "enter", "space", "1", "2", "3", "pgdown", "ctrl+s"}[r.IntN(11)])
			if w.view.CapturesText() && r.IntN(2) == 0 {
				w.Paste(odd())
			}
			w.Advance(time.Second)
			w.Resize(80+r.IntN(170), 14+r.IntN(50))
			w.Frame()
			for _, l := range w.view.Message() {
				l.Render(w.desk.Theme, 80)
			}
			if x, y, ok := w.view.TextCursor(); ok && (x < 0 || y < 0) {
				t.Fatalf("the cursor is at %d, %d", x, y)
			}
		}
	}
}
