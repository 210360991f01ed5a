package settlement_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
)

func TestTheWeekIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, drawn(), domain.RoleFinance, s[0], s[1])
			golden(t, fmt.Sprintf("week-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
			w.Press("enter")
			golden(t, fmt.Sprintf("records-%s-%dx%d", lang, s[0], s[1]), w.Frame())
		}
	}
}

// Every figure opens: the order, the case of an adjustment; the row of others unfolds.
func TestEveryFigureOpens(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleFinance, 110, 27)
	w.Sees("4 others", "Huilonggu~", "9 records of cases")
	w.Press("enter", "down", "down", "down", "enter")
	if out := w.Out(); len(out) == 0 || out[len(out)-1] != (ui.OpenCase{ID: 77}) {
		t.Errorf("the credit opens %v", out)
	}
	w.Press("up", "enter")
	if out := w.Out(); out[len(out)-1] != (ui.OpenOrder{ID: 3}) {
		t.Errorf("the order opens %v", out)
	}
	w.Press("esc", "end", "enter")
	w.Lacks("4 others")
	w.Sees("Shilipu", "Ganluyuan")
}

func TestDifferencesAreSent(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleFinance, 110, 27)
	w.Press("space", "space", "ctrl+o", "5")
	w.Type("look at both")
	w.Press("ctrl+s")
	w.confirm()
	if len(w.store.reviews) != 2 || w.store.reviews[0].Diff != 31200 || w.store.reviews[1].Diff != -5000 || w.store.ops[0] == w.store.ops[1] {
		t.Fatalf("sent %+v", w.store.reviews)
	}
	for _, r := range w.store.reviews {
		if r.What != domain.ReviewSent || r.Dept != domain.Logistics || r.Note != "look at both" || !r.Week.Equal(time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("sent %+v", r)
		}
	}
}

// A department gives back what lies with it, nothing else.
func TestADepartmentGivesBack(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleLogistics, 110, 27)
	w.Press("ctrl+o")
	if w.view.Asks() {
		t.Fatal("a difference that lies with nobody is given back")
	}
	w.Press("down", "down", "ctrl+o")
	w.Type("paid in on Monday")
	w.Press("ctrl+s")
	w.confirm()
	if len(w.store.reviews) != 1 || w.store.reviews[0].What != domain.ReviewReturned || w.store.reviews[0].Store != "S044" {
		t.Fatalf("wrote %+v: %v", w.store.reviews, w.Said())
	}
	w.Press("ctrl+s")
	if len(w.store.signed) != 0 || w.view.Asks() {
		t.Error("logistics signs the week")
	}
}

// It is signed as it was seen, once nothing is left to look at, and asks first.
func TestTheWeekIsSigned(t *testing.T) {
	t.Parallel()
	f := drawn()
	w := open(t, text.English, f, domain.RoleFinance, 110, 27)
	w.Press("ctrl+s")
	if w.view.Asks() {
		t.Fatal("signs with two to look at")
	}
	f.week.Stores = f.week.Stores[2:]
	f.week.Records = domain.RecordSums{Records: 7, Credits: -44260, Returns: -74300}
	w.Press("f5", "ctrl+s", "ctrl+s")
	if len(f.signed) != 0 {
		t.Fatal("signed before the question could be read")
	}
	w.confirm()
	if len(f.signed) != 1 {
		t.Fatalf("not signed: %v\n%s", w.Said(), w.Frame())
	}
	if got, want := f.signed[0], f.week.Seen(); got != want {
		t.Errorf("signed %+v, seen %+v", got, want)
	}
	f.week.Records.Credits++
	w.Press("f5")
	w.Sees("Do not sign")
	w.Press("ctrl+s")
	if w.view.Asks() {
		t.Error("asks to sign what is not proven")
	}
}

// Who wrote an adjustment does not accept the difference, and is told why.
func TestAcceptingIsAnothers(t *testing.T) {
	t.Parallel()
	f := drawn()
	f.week.Stores[0].MineToo = true
	w := open(t, text.English, f, domain.RoleFinance, 110, 27)
	if m := w.view.Menu(); !strings.Contains(m.Rest[0].Off, "somebody else") {
		t.Errorf("accepting is open to who adjusted: %+v", m.Rest[0])
	}
	w.Press("down")
	if m := w.view.Menu(); m.Rest[0].Off != "" {
		t.Errorf("accepting is closed: %+v", m.Rest[0])
	}
}

func TestWeeksTurnAndTheFilterNarrows(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleFinance, 110, 27)
	w.Press("[")
	w.Sees("week 11-09 to 11-15")
	w.Press("]", "]", "]")
	w.Sees("week 11-23 to 11-29")
	w.Press("/")
	w.Type("wangj")
	w.Press("enter")
	w.Sees("Wangjing")
	if !strings.Contains(w.foot(), "hides 10") {
		t.Errorf("what is hidden is not told: %s", w.foot())
	}
	w.Lacks("Jinsong")
	w.Press("esc")
	w.Sees("Jinsong")
}

func TestHostileNamesAreDrawnAsText(t *testing.T) {
	t.Parallel()
	for _, bad := range tuitest.Hostile() {
		f := drawn()
		f.week.Stores[0].Name, f.week.Stores[0].NameEn = bad, bad
		file := f.files["S022"]
		file.Reviews = []domain.SettlementReview{{What: domain.ReviewSent, Dept: domain.Logistics, Note: bad, ByName: bad, At: at(20, 9, 0)}}
		file.Orders[0].No = domain.OrderNo(bad)
		f.files["S022"] = file
		for _, s := range [][2]int{{80, 19}, {160, 40}, {200, 55}} {
			w := open(t, text.Chinese, f, domain.RoleFinance, s[0], s[1])
			_ = w.Frame() // is checked cell by cell
			w.Press("enter")
			_ = w.Frame()
		}
	}
}

// The accountant enters cash for a delivery, as it was taken at the door or today; an
// entry can be taken back by a counter-entry, no further.
func TestCashIsEntered(t *testing.T) {
	t.Parallel()
	f := drawn()
	file := f.files["S022"]
	file.Orders[1].Collected = 0
	f.files["S022"] = file
	w := open(t, text.English, f, domain.RoleFinance, 110, 27)
	w.Press("+")
	if w.view.Asks() {
		t.Fatal("asks for cash of no delivery")
	}
	w.Press("enter", "down", "+")
	if !strings.Contains(w.foot(), "3980.00") || !strings.Contains(w.foot(), "difference then 0") {
		t.Fatalf("what is due is not proposed:\n%s", w.foot())
	}
	w.Press("enter", "1", "ctrl+s")
	w.confirm()
	if len(f.told) != 1 || f.told[0].OrderID != 2 || *f.told[0].Amount != 398000 || !f.told[0].At.Equal(at(17, 8, 0)) || f.told[0].What != domain.EventCollection {
		t.Fatalf("told %+v: %v", f.told, w.Said())
	}
	w.Press("+")
	if !strings.Contains(w.foot(), "entered 3,980.00") {
		t.Errorf("the records do not follow what was written:\n%s", w.foot())
	}
	w.Press("esc", "down", "+")
	w.Type("-5000")
	w.Press("enter")
	if !w.view.CapturesText() {
		t.Error("more is taken back than was collected")
	}
	w.Press("ctrl+u")
	w.Type("-312")
	w.Press("enter", "2", "ctrl+s")
	w.confirm()
	if len(f.told) != 2 || f.told[1].OrderID != 3 || *f.told[1].Amount != -31200 || f.told[1].At.Sub(at(23, 9, 20)) > time.Second || f.ops[0] == f.ops[1] {
		t.Fatalf("told %+v: %v", f.told, w.Said())
	}
	other := open(t, text.English, f, domain.RoleLogistics, 110, 27)
	other.Press("enter", "+")
	if other.view.Asks() {
		t.Error("logistics enters cash")
	}
}
