package correct_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/correct"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
)

// sizes are those of the terminal; two lines below and the keys are the root's.
var sizes = [][2]int{{80, 24}, {110, 32}, {200, 60}}

func TestFrames(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, s := range sizes {
			w := open(t, lang, pork(), 0, s[0], s[1]-3)
			golden(t, fmt.Sprintf("open-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
			w.keys("type:0.5", "tab", "tab", "tab", "tab", "2", "enter", "1", "1")
			golden(t, fmt.Sprintf("step-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
		}
		w := open(t, lang, pork(), 21, 80, 21)
		w.keys("type:400", "tab", "ctrl+u", "type:13:10")
		golden(t, fmt.Sprintf("stock-%s-80x24", lang), w.Frame()+"\n"+w.foot())
	}
}

// The step: what it clears and leaves is counted before it is written, and one key
// writes it once.
func TestAStepIsCorrected(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, pork(), 3, 110, 29)
	w.Sees("未结13条; 填了新值才知道清哪些", "5.000kg的倍数 74行 12.1%")
	w.keys("type:0.5")
	w.Sees("写入后: 清11, 留2, 新起0", "0.500kg的倍数 611行 99.8%", "1.000kg的倍数 402行 65.7%", "18.000 / 18.500", "留: 36.6倍, 转客服", "正好16倍", "清; 第3行仍挂起: 数量剧增")
	w.keys("ctrl+s")
	if said := w.Said(); len(said) != 1 || said[0] != "还缺: 原因" {
		t.Errorf("said %q", said)
	}
	w.keys("2")
	if f := w.foot(); !strings.Contains(f, "还缺: 列不列") {
		t.Errorf("foot %q", f)
	}
	w.keys("enter", "2", "1", "end", "pgdown", "pgdown")
	w.Sees("八角店", "转客服告知可再下", "上次更正: 今09:02 李青, 0.500 > 5.000, 录入错")
	if f := w.foot(); !strings.Contains(f, "林梅手上的会告知") || !strings.Contains(f, "都齐了") {
		t.Errorf("foot %q", f)
	}
	w.Press("ctrl+s")
	if f := w.foot(); !strings.Contains(f, "步长 5.000 > 0.500kg; 写入后: 清10, 转告1, 留2, 新起0") {
		t.Errorf("foot %q", f)
	}
	w.Press("ctrl+s") // too soon
	if len(w.store.made) != 0 {
		t.Fatalf("made %+v", w.store.made)
	}
	w.Advance(400 * time.Millisecond)
	w.Press("ctrl+s")
	want := []domain.Correction{{
		What: domain.CorrectStep, Product: "P4001", Step: ptr(500), Seen: 3, Reason: domain.WrongImport, Case: 3, Tell: true,
	}}
	if diff := cmp.Diff(want, w.store.made); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// What is cleared or no longer procurement's leaves the lists; case 20 is told of, by the store.
	wantOut := []tea.Msg{
		ui.CaseWritten{ID: 1},
		ui.CaseWritten{ID: 2},
		ui.CaseWritten{ID: 4},
		ui.CaseWritten{ID: 20},
		ui.Say{Text: "已更正: 清2, 留1, 列1单待核对, 待告知1店"},
		ui.Back{},
	}
	if diff := cmp.Diff(wantOut, w.Out()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A step that fits fewer of the lines really ordered asks once more.
func TestAWorseStepAsksAgain(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, pork(), 0, 80, 21)
	w.keys("type:7.25", "tab", "tab", "tab", "tab", "1", "enter", "2", "2")
	w.write()
	if len(w.store.made) != 0 {
		t.Fatalf("it did not ask: %+v", w.store.made)
	}
	if f := w.foot(); !strings.Contains(f, "比现在的还少") {
		t.Errorf("foot %q", f)
	}
	w.Advance(400 * time.Millisecond)
	w.Press("ctrl+s")
	if len(w.store.made) != 1 {
		t.Errorf("made %+v\n%s", w.store.made, w.foot())
	}
}

// A count is of its time: what has left since is not lost.
func TestACount(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, pork(), 21, 80, 21)
	w.keys("type:400")
	w.Sees("账上312.400kg: +87.600kg, 现为400.000kg", "清1, 留0")
	w.keys("tab", "ctrl+u", "type:13:10")
	w.Sees("今13:10账上332.400kg: +67.600kg, 现为380.000kg")
	w.keys("ctrl+u", "type:25")
	w.Press("ctrl+s")
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "盘点时间看不懂: 写已过的时刻, 如 13:05") {
		t.Errorf("said %q", said)
	}
	w.Sees("盘点时间看不懂") // and while it is typed
	w.keys("ctrl+u", "type:11-22 1700")
	w.Sees("昨17:00账上")
	w.keys("ctrl+u", "type:1310", "tab", "tab", "1")
	w.write()
	want := []domain.Correction{{
		What: domain.CorrectStock, Product: "P4001", Counted: ptr(400_000), CountedAt: clockAt(23, 13, 10), Reason: domain.WrongEntry, Case: 21,
	}}
	if diff := cmp.Diff(want, w.store.made); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The listing, by a digit.
func TestAListing(t *testing.T) {
	t.Parallel()
	f := pork()
	f.Product.Status = domain.ProductPaused
	f.Open = []domain.CorrectionCase{{
		Row: domain.QueueRow{Case: 30, Store: "S060", StoreName: "八角店", With: domain.Procurement}, Anomaly: 30, Kind: domain.NotOrderable, Told: domain.ToldStatus,
	}}
	w := open(t, text.Chinese, f, 30, 80, 21)
	w.keys("1", "5", "type:系统漏改", "enter")
	w.Sees("清1, 留0", "清, 可再下单")
	w.keys("1")
	w.Sees("转客服告知可再下")
	w.write()
	want := []domain.Correction{{
		What: domain.CorrectListing, Product: "P4001", Status: domain.ProductNormal, Reason: domain.OtherReason, Note: "系统漏改", Case: 30, Tell: true,
	}}
	if diff := cmp.Diff(want, w.store.made); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, w.Frame())
	}
}

// What is no longer sold is not called orderable.
func TestDelisted(t *testing.T) {
	t.Parallel()
	f := pork()
	f.Open = []domain.CorrectionCase{{
		Row: domain.QueueRow{Case: 30, Store: "S060", StoreName: "八角店", With: domain.Procurement}, Anomaly: 30, Kind: domain.NotOrderable, Told: domain.ToldStatus,
	}}
	w := open(t, text.Chinese, f, 30, 80, 21)
	w.keys("3", "2")
	w.Sees("清1, 留0", "清, 商品下架", "没有受牵连的被拒下单")
}

// The case that asks says what is to be corrected.
func TestWhatIsAskedForIsAtHand(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, pork(), 0, 80, 21)
	w.Sees(" > 步长")
	v := correct.New(ui.NewEnv(w.desk, "correct"), w.store, ui.OpenCorrection{Product: "P4001", Case: 3, What: domain.CorrectStock})
	tuitest.View(t, w.clock, v, 80, 21).Sees(" > 库存")
}

// What was corrected waits until the platform's catalogue says the same.
func TestACorrectionWaitsForThePlatform(t *testing.T) {
	t.Parallel()
	f := pork()
	f.Unconfirmed = []domain.CorrectionKind{domain.CorrectStep}
	w := open(t, text.Chinese, f, 0, 80, 21)
	w.Sees("已更正并发出, 待平台确认")
	f.Unconfirmed = []domain.CorrectionKind{domain.CorrectStock}
	open(t, text.Chinese, f, 0, 80, 21).Lacks("待平台确认")
}

func TestOnlyProcurementWrites(t *testing.T) {
	t.Parallel()
	w := openAs(t, text.Chinese, &fake{file: pork()}, 0, domain.RoleAgent, 80, 21)
	if f := w.foot(); !strings.Contains(f, "只看: 写入要采购") {
		t.Errorf("foot %q", f)
	}
	w.keys("type:0.5", "ctrl+s")
	if said := w.Said(); len(said) != 1 || said[0] != "要采购" {
		t.Errorf("said %q", said)
	}
}

// Somebody who was faster, and an answer that got lost.
func TestRefusedAndLost(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, pork(), 0, 80, 21)
	w.keys("type:0.5", "tab", "tab", "tab", "tab", "2", "enter", "1", "1")
	w.store.fail = domain.Errorf(domain.Timeout, "correct", "no answer")
	w.write()
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "只写一次") {
		t.Errorf("said %q", said)
	}
	w.store.fail = &domain.Error{Code: domain.Conflict, Op: "correct", Detail: map[string]string{"name": "李青"}}
	reads := w.store.reads
	w.Advance(time.Minute)
	w.write()
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "期间有变") || !strings.Contains(said[0], "李青") {
		t.Errorf("said %q", said)
	}
	if w.store.reads != reads+1 {
		t.Error("it was not read again")
	}
	if len(w.store.ops) != 2 || w.store.ops[0] != w.store.ops[1] {
		t.Errorf("keys %v", w.store.ops)
	}
	w.Sees("[ 0.5 ") // what was typed stays
}

// News that comes between the question and its answer asks again.
func TestItAsksAgainWhenItChanged(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, pork(), 0, 80, 21)
	w.keys("type:0.5", "tab", "tab", "tab", "tab", "2", "enter", "1", "1", "ctrl+s")
	w.Advance(time.Second)
	f := pork()
	f.Open = f.Open[:3]
	w.store.file = f
	w.Send(ui.Changed{All: true})
	w.Press("ctrl+s")
	if said := w.Said(); len(said) != 1 || len(w.store.made) != 0 {
		t.Fatalf("said %q, made %v", said, w.store.made)
	}
	w.Advance(time.Second)
	w.Press("ctrl+s")
	if len(w.store.made) != 1 {
		t.Errorf("made %v", w.store.made)
	}
}

// The cursor of the table stays on its row, and leads to its case, store and order.
func TestTheTable(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, pork(), 0, 80, 21)
	w.keys("type:0.5", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "down", "down")
	under := func() string {
		for _, l := range strings.Split(w.Frame(), "\n") {
			if strings.HasPrefix(l, "> ") {
				return l
			}
		}
		return ""
	}
	if u := under(); !strings.Contains(u, "朝阳路店") {
		t.Fatalf("under %q\n%s", u, w.Frame())
	}
	w.Sees("S014  1123-0350  -") // what a low screen has no column for
	w.Press("enter", "f8")
	w.Send(keys.Press{Action: keys.Order, Count: 1})
	want := []tea.Msg{ui.OpenCase{ID: 1}, ui.OpenStore{Code: "S014"}, ui.OpenOrder{ID: 100}}
	if diff := cmp.Diff(want, w.Out()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	f := pork()
	f.Open = f.Open[0:4]
	w.store.file = f
	w.Send(ui.Changed{All: true})
	if u := under(); !strings.Contains(u, "朝阳路店") {
		t.Errorf("under %q", u)
	}
}

// An exchange at every store that received the product is one act.
func TestAnExchangeEverywhere(t *testing.T) {
	t.Parallel()
	w := openAs(t, text.Chinese, &fake{file: pork()}, 0, domain.RoleAgent, 80, 20)
	w.Send(keys.Press{Action: "correct_exchange", Count: 1})
	w.keys("ctrl+u", "type:13-40", "enter")
	if said := w.Said(); len(said) != 1 || said[0] != "哪一天: 11-20" {
		t.Errorf("said %q", said)
	}
	w.keys("ctrl+u", "type:11-20", "enter", "enter", "4", "type:批次1120异味")
	w.write()
	want := []domain.ProductExchange{{
		Product: "P4001", From: clockAt(20, 0, 0), To: clockAt(23, 0, 0), Why: domain.ToldQuality, Text: "批次1120异味",
	}}
	if diff := cmp.Diff(want, w.store.everywhere); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, w.foot())
	}
	if said := w.Said(); len(said) != 1 || said[0] != "已发起调换: 9店, 11单" {
		t.Errorf("said %q", said)
	}
}

// Whatever comes from outside and is typed, at whatever size, a frame has exactly its
// cells; Frame checks it.
func TestFramesAreExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 3))
	bad := tuitest.Hostile()
	odd := func() string { return bad[r.IntN(len(bad))] }
	for range 60 {
		f := pork()
		f.Supplier, f.Product.Name, f.Product.NameEn, f.Product.Unit, f.Product.UnitEn = odd(), odd(), odd(), odd(), odd()
		for i := range f.Open {
			row := &f.Open[i].Row
			row.StoreName, row.StoreNameEn, row.Store, row.OrderNo = odd(), odd(), domain.StoreCode(odd()), domain.OrderNo(odd())
			row.Holder = &domain.Holder{Name: odd(), NameEn: odd()}
		}
		f.Corrections[0].Old, f.Corrections[0].ByName, f.Corrections[0].ByNameEn = odd(), odd(), odd()
		f.StockMoves[1].Why = odd()
		if r.IntN(3) == 0 {
			f.Product.Step, f.Product.Stock, f.Imported = nil, nil, nil
		}
		w := open(t, []text.Lang{text.Chinese, text.English}[r.IntN(2)], f, domain.CaseID(r.IntN(30)), 80+r.IntN(170), 20+r.IntN(50))
		for range 14 {
			w.Press([]string{"down", "up", "tab", "shift+tab", "enter", "space", "1", "2", "3", "pgdown", "ctrl+s"}[r.IntN(11)])
			if w.view.CapturesText() && r.IntN(2) == 0 {
				w.Paste([]string{odd(), "0.5", "12", "13:10"}[r.IntN(4)])
			}
			w.Advance(time.Second)
			w.Resize(80+r.IntN(170), 20+r.IntN(50))
			w.Frame()
			for _, l := range w.view.Message() {
				l.Render(w.desk.Theme, 80)
			}
			w.view.TextCursor()
		}
	}
}
