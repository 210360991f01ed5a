package reports_test

import (
	"fmt"
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
)

func TestTheReportsAreDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, drawn(), s[0], s[1])
			for _, name := range []string{"week", "people", "shifts", "precision"} {
				golden(t, fmt.Sprintf("%s-%s-%dx%d", name, lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
				w.Press("tab")
			}
			w.Press("enter")
			golden(t, fmt.Sprintf("behind-%s-%dx%d", lang, s[0], s[1]), w.Frame())
		}
	}
}

// A week's figures are those the command line gives out, day by day and kind by kind.
func TestTheWeekIsTheReportsFigures(t *testing.T) {
	t.Parallel()
	f := drawn()
	w := open(t, text.English, f, 200, 55)
	c := domain.Calendar{Zone: zone}
	for _, r := range append(domain.WeekDays(f.facts, c), domain.WeekRows(f.facts, c)...) {
		if r.Kind != "" {
			continue
		}
		name := "all days"
		if !r.Day.IsZero() {
			name = r.Day.Format("01-02")
		}
		found, held := false, r.Held.Grouped()
		if r.Held == 0 {
			held = " - "
		}
		for i := 1; i < 12; i++ {
			line := w.Line(i)
			if strings.Contains(line, name) && strings.Contains(line, " "+fmt.Sprint(r.Raised)+" ") && strings.Contains(line, held) {
				found = true
			}
		}
		if !found {
			t.Errorf("no row %s with %d raised and %s held in\n%s", name, r.Raised, r.Held.Grouped(), w.Frame())
		}
	}
}

// The cursor goes through both tables as through one, right and left between them; the
// kinds are those of the day.
func TestTheKindsAreThoseOfTheDay(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), 110, 27)
	w.Sees("kinds, Thu 11-26") // today
	w.Press("up")
	w.Sees("kinds, Wed 11-25", "refused", "2,180.50")
	w.Press("right")
	w.Sees("kinds, Wed 11-25")
	w.Press("end", "enter")
	w.Sees("refused, Wed 11-25: 1 entry", "1124-0377", "lost")
	w.Press("enter")
	if out := w.Out(); len(out) == 0 || out[len(out)-1] != (ui.OpenOrder{ID: 99}) {
		t.Errorf("what was refused opens %v", out)
	}
	w.Press("f8")
	if out := w.Out(); len(out) == 0 || out[len(out)-1] != (ui.OpenStore{Code: "S008"}) {
		t.Errorf("its store opens %v", out)
	}
	w.Press("esc", "left", "home", "enter")
	w.Sees("Mon 11-23: ")
	w.Press("enter")
	if out := w.Out(); len(out) == 0 || out[len(out)-1] != (ui.OpenCase{ID: 1}) {
		t.Errorf("an anomaly opens %v", out)
	}
}

func TestPeriodsTurn(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), 80, 19)
	w.Press("]")
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "to come") {
		t.Errorf("a week to come: %v", said)
	}
	w.Press("[")
	w.Sees("2026-11-16 to 11-22")
	w.Press("tab", "tab", "shift+tab", "]", "tab", "tab", "[")
	w.Sees("since 2025-11")
	want := []string{
		"week 11-23 00:00 11-30", "week 11-16 00:00 11-23", "work 11-16", "work 11-23", "precision 2025-12", "items amount v3 2025-12-01 2026-11-27",
		"precision 2025-11", "items amount v3 2025-11-01 2026-11-27",
	}
	if d := cmp.Diff(want, w.store.asked); d != "" {
		t.Error(d)
	}
	if !strings.Contains(w.foot(), "cleardesk report precision --since 2025-11 --format csv") {
		t.Errorf("the command is %q", w.foot())
	}
}

// The filter counts the week again of one store, and names it for the command line; of the
// other reports it leaves rows out.
func TestTheFilterCountsAgain(t *testing.T) {
	t.Parallel()
	f := drawn()
	w := open(t, text.Chinese, f, 110, 27)
	w.Press("/")
	w.Type("望京")
	w.Press("enter")
	only := f.facts.Only(func(p domain.Place) bool { return p.Store == "S031" })
	rows := domain.WeekRows(only, domain.Calendar{Zone: zone})
	all := rows[len(rows)-1]
	if got := w.Line(10); all.Raised == 44 || !strings.Contains(got, fmt.Sprint(all.Raised)) || !strings.Contains(got, all.Held.Grouped()) {
		t.Errorf("of S031 %+v is %s", all, got)
	}
	w.Send(keys.Press{Action: keys.Print, Count: 1})
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "cleardesk report week --week 2026-11-23 --store S031 --format csv") {
		t.Errorf("the command is %v", said)
	}
	w.Press("tab", "/")
	w.Type("wang")
	w.Press("enter")
	w.Sees("王磊")
	w.Lacks("林梅")
	w.Press("esc")
	w.Sees("林梅")
}

func TestWorkIsOfPeopleAndShifts(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), 110, 27)
	w.Press("tab")
	w.Sees("Lin Mei", "Wang Lei", "everybody")
	w.Press("down", "enter")
	w.Sees("Wang Lei: 10 entries", "handled", "reopened")
	w.Lacks("Lin Mei")
	w.Press("esc", "tab")
	w.Sees("09:00-15:00", "15:00-21:00", "in no shift", "all shifts")
	w.Press("down", "down", "enter")
	w.Sees("in no shift", "claimed")
}

// Figures stay as they are until somebody reads them anew.
func TestFiguresDoNotChangeByThemselves(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), 80, 19)
	n := len(w.store.asked)
	w.Send(ui.Changed{All: true})
	if len(w.store.asked) != n {
		t.Error("read again by itself")
	}
	w.Press("f5")
	w.Send(ui.Shown{Stale: true})
	if len(w.store.asked) != n+2 {
		t.Errorf("asked %v", w.store.asked)
	}
	w.store.err = domain.Errorf(domain.Unavailable, "read week", "no line")
	w.Press("f5")
	if said := w.Said(); len(said) != 1 {
		t.Errorf("a line that is gone: %v", said)
	}
	w.Sees("all days")
}

func TestAsciiGlyphs(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), 110, 27)
	w.desk.Glyphs = cell.ASCII()
	for range 4 {
		w.Press("tab")
		for _, r := range strings.ReplaceAll(w.Frame(), "¥", "") {
			if r > 126 {
				t.Fatalf("%q in:\n%s", r, w.Frame())
			}
		}
	}
	w.Sees("#####")
}

func TestHostileNamesAreDrawnAsText(t *testing.T) {
	t.Parallel()
	for _, bad := range tuitest.Hostile() {
		f := drawn()
		for i := range f.facts.Anomalies {
			f.facts.Anomalies[i].Of.Name, f.facts.Anomalies[i].Of.OrderNo = bad, domain.OrderNo(bad)
		}
		for i := range f.work {
			f.work[i].Name, f.work[i].Of.Name = bad, bad
		}
		for i := range f.counted {
			if f.counted[i].Rule == "surge" {
				f.counted[i].Rule = bad
			}
		}
		for _, s := range [][2]int{{80, 19}, {200, 55}} {
			w := open(t, text.Chinese, f, s[0], s[1])
			for range 4 {
				_ = w.Frame() // is checked cell by cell
				w.Press("enter")
				_ = w.Frame()
				w.Press("esc", "tab")
			}
		}
	}
}

// Nothing that is typed does anything but what the table of keys says, and no key writes.
func TestTypedTextDoesNothing(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, drawn(), 80, 19)
	before := w.Frame()
	w.Type("写入")
	w.Paste(strings.Repeat("claim ", 2000))
	w.Press("xiugai", "ctrl+s", "ctrl+s", "f6", "c", "space", "+", "ctrl+o", "f9")
	if d := cmp.Diff(before, w.Frame()); d != "" {
		t.Errorf("the frame changed:\n%s", d)
	}
	for _, m := range w.Out() {
		if _, ok := m.(ui.Say); !ok {
			t.Errorf("asked for %#v", m)
		}
	}
}
