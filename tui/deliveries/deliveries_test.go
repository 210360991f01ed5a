package deliveries_test

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

func TestTheDayIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, drawn(), domain.RoleLogistics, s[0], s[1])
			golden(t, fmt.Sprintf("day-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
			w.Press("tab")
			golden(t, fmt.Sprintf("late-%s-%dx%d", lang, s[0], s[1]), w.Frame())
		}
	}
}

// Several are scheduled at once, each under a key of its own, and the act ends in a list.
func TestTheMarkedAreScheduled(t *testing.T) {
	t.Parallel()
	f := drawn()
	f.refuse["4"] = &domain.Error{Code: domain.Conflict}
	w := open(t, text.English, f, domain.RoleLogistics, 110, 27)
	w.Press("down", "space", "space", "space", "+", "2", "ctrl+u")
	w.Type("11-24 07:00")
	w.Press("enter")
	w.Type("van 6")
	w.Press("ctrl+s")
	w.confirm()
	if len(f.planned) != 2 || len(f.ops) != 3 || f.ops[0] == f.ops[1] || !f.planned[0].Due.Equal(at(24, 7, 0)) || f.planned[0].How != domain.GoesVan {
		t.Fatalf("planned %+v: %v\n%s", f.planned, w.Said(), w.Frame())
	}
	w.Sees("done 2, not done 1", "1123-0411", "it changed meanwhile")
	w.Press("esc")
	w.Sees("to handle")
}

// What is held cannot be planned: it goes by an extra van, on another day with what the
// store was told, or to somebody else.
func TestWhatIsHeldKeepsItsDestination(t *testing.T) {
	t.Parallel()
	f := drawn()
	w := open(t, text.English, f, domain.RoleLogistics, 110, 27)
	for range 5 {
		w.Press("down")
	}
	w.Press("f9", "enter")
	w.Type("told Mr Chen")
	w.Press("ctrl+s")
	w.confirm()
	w.Press("ctrl+o", "1")
	w.Type("the store wants none of it")
	w.Press("ctrl+s")
	w.confirm()
	w.Press("home", "down", "ctrl+o", "5")
	w.Type("is there stock?")
	w.Press("ctrl+s")
	w.confirm()
	if len(f.marks) != 3 || len(f.planned) != 0 {
		t.Fatalf("wrote %+v, %+v: %v", f.marks, f.planned, w.Said())
	}
	m := f.marks[0]
	if m.What != domain.RowPast || m.No != "1123-0379" || m.Goes != domain.GoesTomorrow || !m.Due.Equal(at(24, 10, 0)) || m.Note != "told Mr Chen" {
		t.Errorf("another day: %+v", m)
	}
	if f.marks[1].Goes != domain.GoesCancel || f.marks[1].No != "1123-0402" || f.marks[2].Goes != domain.GoesHanded || f.marks[2].Dept != domain.Procurement {
		t.Errorf("handed over: %+v", f.marks[1:])
	}
}

// A missing order has no delivery: enter asks what was found of it. All others open.
func TestEveryRowOpens(t *testing.T) {
	t.Parallel()
	f := drawn()
	w := open(t, text.English, f, domain.RoleLogistics, 110, 27)
	w.Press("+")
	if w.view.Asks() {
		t.Fatal("an order that is not here is scheduled")
	}
	w.Press("enter", "3")
	w.Type("rang the platform")
	w.Press("ctrl+s")
	w.confirm()
	if len(f.marks) != 1 || f.marks[0].Goes != domain.GoesResent || f.marks[0].No != "1123-0405" {
		t.Fatalf("wrote %+v: %v", f.marks, w.Said())
	}
	w.Press("home", "down", "enter")
	if out := w.Out(); out[len(out)-1] != (ui.OpenOrder{ID: 2}) {
		t.Errorf("an order opens %v", out)
	}
	for range 4 {
		w.Press("down")
	}
	w.Press("enter", "f8")
	if out := w.Out(); out[len(out)-2] != (ui.OpenCase{ID: 79}) || out[len(out)-1] != (ui.OpenStore{Code: "S006"}) {
		t.Errorf("a held one opens %v", out)
	}
	w.Press("tab", "enter", "down", "enter")
	if out := w.Out(); out[len(out)-2] != (ui.OpenCase{ID: 91}) || out[len(out)-1] != (ui.OpenOrder{ID: 32}) {
		t.Errorf("late ones open %v", out)
	}
}

// The day is signed as it was seen, once every row has a destination, the window is closed
// and the sums hold; ctrl+s asks first.
func TestTheDayIsSigned(t *testing.T) {
	t.Parallel()
	f := drawn()
	w := open(t, text.English, f, domain.RoleManager, 110, 27)
	w.Press("ctrl+s")
	if w.view.Asks() || !strings.Contains(strings.Join(w.Said(), "|"), "missing 1, no van 4, held 2") {
		t.Fatalf("asks to sign with rows open: %v", w.Said())
	}
	for i := range f.day.Rows {
		r := &f.day.Rows[i]
		r.Open = false
		r.Mark = &domain.DayMark{Goes: domain.GoesTomorrow, Note: "x", At: at(23, 16, 0)}
	}
	f.day.Closes = at(23, 17, 0)
	w.Press("f5", "ctrl+s")
	if w.view.Asks() {
		t.Fatal("asks to sign while the window is open")
	}
	f.day.Closes = at(23, 15, 0)
	f.day.Here.Amount++
	w.Press("f5", "ctrl+s")
	w.Sees("the lines are not what came in")
	if w.view.Asks() {
		t.Fatal("asks to sign what does not add up")
	}
	f.day.Here.Amount--
	w.Press("f5", "ctrl+s", "ctrl+s")
	if len(f.signed) != 0 {
		t.Fatal("signed before the question could be read")
	}
	w.confirm()
	if len(f.signed) != 1 || f.signed[0] != (domain.DaySeen{Orders: 213, Amount: 80_928_000, Rows: 8}) {
		t.Fatalf("signed %+v: %v", f.signed, w.Said())
	}
	w.Press("+")
	if w.view.Asks() {
		t.Error("a manager schedules")
	}
	f.day.Signed = &domain.DaySigned{By: "qian", Name: "钱进", NameEn: "Qian Jin", At: at(23, 16, 20)}
	w.Press("f5", "ctrl+s")
	if w.view.Asks() {
		t.Error("asks to sign again")
	}
	w.Sees("Qian Jin today 16:20")
}

func TestDaysTurnAndTheFilterNarrows(t *testing.T) {
	t.Parallel()
	f := drawn()
	w := open(t, text.English, f, domain.RoleLogistics, 110, 27)
	w.Press("]")
	w.Sees("11-23 Mon")
	w.Press("[")
	w.Sees("11-22 Sun")
	if d := f.days[len(f.days)-1]; !d.Equal(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("reads %v", d)
	}
	w.Press("/")
	w.Type("jinsong")
	w.Press("enter")
	w.Sees("1123-0414")
	w.Lacks("1123-0411")
	if !strings.Contains(w.foot(), "hides 7") {
		t.Errorf("foot %q", w.foot())
	}
	w.Press("esc")
	w.Sees("1123-0411")
}

// Words from outside change nothing of the frame.
func TestHostileWords(t *testing.T) {
	t.Parallel()
	for _, bad := range tuitest.Hostile() {
		f := drawn()
		f.day.Rows[1].Name, f.day.Rows[1].NameEn, f.day.Rows[5].Holder, f.day.Rows[0].Refused, f.day.Rows[0].About = bad, bad, bad, bad, bad
		f.day.Rows[7].Mark.Note, f.day.Rows[7].Mark.Name, f.day.Silent[1].Said, f.day.Silent[0].Name = bad, bad, bad, bad
		f.late[0].Name, f.late[0].Route, f.day.Days[0].Name = bad, bad, bad
		f.refuse["2"] = &domain.Error{Code: domain.Conflict, Detail: map[string]string{"name": bad}}
		for _, width := range []int{80, 110, 200} {
			w := open(t, text.Chinese, f, domain.RoleLogistics, width, 27)
			for range 8 {
				w.Press("down")
				w.Frame()
			}
			w.Press("tab")
			w.Frame()
			w.Press("tab", "*", "ctrl+o", "1")
			w.Frame()
		}
	}
}
