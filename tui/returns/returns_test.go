package returns_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
)

func TestTheListIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, day(), domain.RoleProcurement, s[0], s[1])
			golden(t, fmt.Sprintf("stages-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
		}
	}
}

// The one whose supplier is past its time comes first, and one rises as its time passes.
func TestALateSupplierRises(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, day(), domain.RoleProcurement, 80, 19)
	if got := w.Line(3); !strings.Contains(got, "Jinsong") || !strings.Contains(got, "-40m") {
		t.Errorf("first: %q", got)
	}
	if !strings.Contains(w.foot(), "1 supplier past") {
		t.Errorf("foot %q", w.foot())
	}
	w.Advance(3*time.Hour + 21*time.Minute)
	w.Send(ui.Tick{})
	if got := w.Line(4); !strings.Contains(got, "Wangjing") || !strings.Contains(w.foot(), "2 suppliers past") {
		t.Errorf("second: %q, %s", got, w.foot())
	}
}

// Of a part it is asked how many, less than what is there; it is written on ctrl+s twice.
func TestAPartIsRecorded(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, day(), domain.RoleProcurement, 80, 19)
	w.Press("tab", "tab", "+", "3", "2") // to ask: Tianqiao; the supplier's answer, a part
	w.Type("10")
	w.Press("enter")
	if said := strings.Join(w.Said(), "|"); !strings.Contains(said, "less than 10 boxes") {
		t.Errorf("all of it as a part: %s", said)
	}
	w.Press("backspace", "backspace")
	w.Type("8")
	w.Press("enter")
	w.Type("two opened")
	w.Press("ctrl+s", "ctrl+s")
	if len(w.store.found) != 0 {
		t.Fatal("written before the question could be read")
	}
	w.confirm()
	eight := domain.Units(8)
	want := map[domain.CaseID]domain.Finding{103: {What: domain.FindSupplier, Answer: domain.FoundPart, Line: 3, Quantity: &eight, Note: "two opened"}}
	if d := cmp.Diff(want, w.store.found); d != "" {
		t.Error(d)
	}
}

// One call to a supplier serves several: marked, they are asked at once, and what cannot be
// is left out with its reason.
func TestOneCallServesSeveral(t *testing.T) {
	t.Parallel()
	f := day()
	for i := range f.lines[:3] {
		f.lines[i].With, f.lines[i].Product.Supplier, f.lines[i].Supplier = domain.Procurement, "V1", "顺源"
		f.lines[i].Goods = f.lines[2].Goods
	}
	f.lines[1].Goods = nil
	f.fails[101] = domain.Errorf(domain.Taken, "record_finding", "held")
	w := open(t, text.English, f, domain.RoleProcurement, 110, 27)
	w.Press("/")
	w.Type("V1")
	w.Press("enter", "*", "+", "2")
	w.Type("17:00")
	w.Press("enter", "enter", "ctrl+s")
	w.confirm()
	due := at(17, 0)
	want := map[domain.CaseID]domain.Finding{103: {What: domain.FindSupplier, Answer: domain.FoundAsked, Line: 3, Due: &due}}
	if d := cmp.Diff(want, w.store.found); d != "" {
		t.Error(d)
	}
	if said := strings.Join(w.Said(), "|"); !strings.Contains(said, "1 written, 2 not") {
		t.Errorf("said %s", said)
	}
}

// Where no answer came it is sent again under the same key.
func TestALostAnswerIsSentAgain(t *testing.T) {
	t.Parallel()
	f := day()
	f.fails[102] = domain.Errorf(domain.Timeout, "record_finding", "late")
	w := open(t, text.English, f, domain.RoleProcurement, 80, 19)
	w.Press("tab", "+", "1", "1", "enter", "ctrl+s")
	w.confirm()
	if !w.view.Asks() {
		t.Fatal("the question is gone")
	}
	delete(f.fails, 102)
	w.Press("ctrl+s")
	w.confirm()
	if len(f.ops) != 1 || f.found[102].Answer != domain.FoundYes {
		t.Errorf("%d keys, found %+v", len(f.ops), f.found)
	}
}

// Who is not of procurement reads, and is told whose part it is; so is who asks too early.
func TestRecordingIsProcurements(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, day(), domain.RoleAgent, 80, 19)
	w.Press("+")
	if w.view.Asks() || !strings.Contains(strings.Join(w.Said(), "|"), "needs procurement") {
		t.Errorf("an agent records: %v", w.Said())
	}
	w.Press("enter")
	if out := w.Out(); out[len(out)-1] != (ui.OpenCase{ID: 105}) {
		t.Errorf("opens %v", out)
	}
	w = open(t, text.English, day(), domain.RoleProcurement, 80, 19)
	w.Press("tab", "down", "+") // Huilongguan lies with customer service
	if w.view.Asks() || !strings.Contains(strings.Join(w.Said(), "|"), "does not lie with procurement") {
		t.Errorf("said %v", w.Said())
	}
}

// By supplier each one's returns stand together; the menu turns the order.
func TestTheOrderIsBySupplier(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, day(), domain.RoleProcurement, 110, 27)
	m := w.view.Menu()
	w.Send(keys.Press{Action: m.Rest[len(m.Rest)-1].Action})
	var suppliers []string
	for i := 3; i < 10; i++ {
		suppliers = append(suppliers, strings.Fields(w.Line(i)[19:])[0])
	}
	if d := cmp.Diff("by supplier", w.Line(1)[strings.Index(w.Line(1), "by "):strings.Index(w.Line(1), "by ")+11]); d != "" {
		t.Error(d)
	}
	seen := map[string]int{}
	for i, s := range suppliers {
		if last, have := seen[s]; have && last != i-1 {
			t.Errorf("%s stands apart: %v", s, suppliers)
		}
		seen[s] = i
	}
}

func TestHostileWordsAreDrawnAsText(t *testing.T) {
	t.Parallel()
	for _, bad := range tuitest.Hostile() {
		f := day()
		for i := range f.lines {
			r := &f.lines[i]
			r.StoreName, r.Product.Name, r.Product.Unit, r.Supplier, r.Said, r.OrderNo = bad, bad, bad, bad, bad, domain.OrderNo(bad)
			if r.Goods != nil {
				r.Goods.Note, r.Goods.ByName = bad, bad
			}
		}
		for _, s := range [][2]int{{80, 19}, {200, 55}} {
			w := open(t, text.Chinese, f, domain.RoleProcurement, s[0], s[1])
			_ = w.Frame() // is checked cell by cell
			w.Press("end")
			_ = w.Frame()
		}
	}
}
