package counts_test

import (
	"fmt"
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
)

func TestTheListIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, morning(), domain.RoleManager, s[0], s[1])
			golden(t, fmt.Sprintf("open-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
			w.Press("shift+tab")
			golden(t, fmt.Sprintf("all-%s-%dx%d", lang, s[0], s[1]), w.Frame())
		}
	}
}

// A count is entered in cases or by weight, with its time; what is understood stands
// beside it, and what is not is refused.
func TestACountIsEntered(t *testing.T) {
	t.Parallel()
	f := morning()
	w := open(t, text.English, f, domain.RoleManager, 110, 27)
	w.Press("+")
	w.Type("e")
	if !strings.Contains(w.foot(), "fit: ") {
		t.Errorf("several: %s", w.foot())
	}
	w.Press("enter")
	w.Type("ggs")
	w.Press("backspace", "backspace", "backspace", "backspace")
	w.Type("p1001")
	w.Press("enter")
	w.Type("100cs")
	if !strings.Contains(w.foot(), "= 1,200 bags") {
		t.Errorf("cases: %s", w.foot())
	}
	w.Press("enter")
	w.Type("11-10 08:00")
	w.Press("enter")
	if said := strings.Join(w.Said(), "|"); !strings.Contains(said, "last seven days") {
		t.Errorf("long ago: %s", said)
	}
	w.Press("ctrl+u")
	w.Type("11-22 18:30")
	w.Press("enter", "enter", "ctrl+s")
	if len(f.entered) != 0 {
		t.Fatal("written before it was asked")
	}
	w.confirm()
	want := []domain.Count{{Product: "P1001", Counted: domain.Units(1200), At: at(22, 18, 30), Counter: "Zheng Shuang"}}
	if d := cmp.Diff(want, f.entered); d != "" {
		t.Error(d)
	}
	if said := strings.Join(w.Said(), "|"); !strings.Contains(said, "Fresh milk 250 ml: -4 bags, to be verified") {
		t.Errorf("said %s", said)
	}
}

// The marked differences are verified each under a key of its own; one that is to be
// counted again takes a reason.
func TestDifferencesAreVerified(t *testing.T) {
	t.Parallel()
	f := morning()
	w := open(t, text.English, f, domain.RoleManager, 110, 27)
	w.Press("*", "ctrl+s", "ctrl+s") // the note may be empty: this one asks
	w.confirm()
	want := []review{
		{2, domain.CountVerified, domain.Units(-2), ""},
		{1, domain.CountVerified, domain.Units(-40), ""},
		{4, domain.CountVerified, domain.Units(-20), ""},
	}
	less := cmp.Transformer("sorted", func(in []review) map[domain.CountID]review {
		out := map[domain.CountID]review{}
		for _, r := range in {
			out[r.ID] = r
		}
		return out
	})
	if d := cmp.Diff(want, f.reviews, less); d != "" || len(f.ops) != 3 {
		t.Error(d, len(f.ops))
	}
	f.reviews = nil
	w.Press("home", "ctrl+o", "enter")
	if said := strings.Join(w.Said(), "|"); !strings.Contains(said, "something must stand here") {
		t.Errorf("no reason: %s", said)
	}
	w.Type("mixed bins")
	w.Press("ctrl+s")
	w.confirm()
	if d := cmp.Diff([]review{{1, domain.CountAgain, domain.Units(-40), "mixed bins"}}, f.reviews); d != "" {
		t.Error(d)
	}
}

// Procurement finds what it is to correct first, and the correction knows the count.
func TestProcurementIsLedToTheCorrection(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, morning(), domain.RoleProcurement, 80, 19)
	if !strings.Contains(w.Line(3), "Eggs, 30") {
		t.Errorf("first: %s", w.Line(3))
	}
	w.Press("enter")
	out := w.Out()
	got, ok := out[len(out)-1].(ui.OpenCorrection)
	if !ok || got.Product != "P1003" || got.What != domain.CorrectStock || got.Counted == nil || *got.Counted != domain.Units(95) || !got.At.Equal(at(23, 8, 13)) {
		t.Errorf("opens %+v", out)
	}
	w.Press("down", "enter") // what nobody has verified is not filled in
	out = w.Out()
	if got, ok := out[len(out)-1].(ui.OpenCorrection); !ok || got.Counted != nil {
		t.Errorf("opens %+v", out)
	}
	w.Press("ctrl+s")
	if w.view.Asks() || !strings.Contains(strings.Join(w.Said(), "|"), "needs manager") {
		t.Errorf("procurement verifies: %v", w.Said())
	}
}

// Of several what cannot be written is told with its reason, and nothing stops at it.
func TestWhatChangedMeanwhileIsTold(t *testing.T) {
	t.Parallel()
	f := morning()
	f.err = domain.Errorf(domain.Conflict, "review_count", "another difference")
	w := open(t, text.English, f, domain.RoleManager, 80, 19)
	w.Press("*", "ctrl+s", "ctrl+s")
	w.confirm()
	if said := strings.Join(w.Said(), "|"); w.view.Asks() || !strings.Contains(said, "0 written, 3 not") {
		t.Errorf("said %s", said)
	}
	f.err = domain.Errorf(domain.Unavailable, "review_count", "gone")
	w.Press("*", "ctrl+s", "ctrl+s")
	w.confirm()
	if !w.view.Asks() {
		t.Error("a lost answer drops the question")
	}
}

func TestHostileWordsAreDrawnAsText(t *testing.T) {
	t.Parallel()
	for _, bad := range tuitest.Hostile() {
		f := morning()
		for i := range f.counts {
			c := &f.counts[i]
			c.Product.Name, c.Product.Unit, c.Counter = bad, bad, bad
			if c.Review != nil {
				c.Review.Note, c.Review.ByName = bad, bad
			}
		}
		f.file.Corrections[0].Old, f.file.Corrections[0].ByName = bad, bad
		for _, s := range [][2]int{{80, 19}, {200, 55}} {
			w := open(t, text.Chinese, f, domain.RoleManager, s[0], s[1])
			_ = w.Frame() // is checked cell by cell
			w.Press("tab", "tab", "end", "+")
			_ = w.Frame()
		}
	}
}
