package training_test

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

func TestTheMonthIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, drawn(), domain.RoleTraining, s[0], s[1])
			golden(t, fmt.Sprintf("month-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
			w.Press("enter")
			golden(t, fmt.Sprintf("cases-%s-%dx%d", lang, s[0], s[1]), w.Frame())
		}
	}
}

// Who was trained in October stands below, with what it changed; a training of this month
// is too young to tell.
func TestWhetherItHelpedIsSaid(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleTraining, 110, 27)
	w.Sees("3 would gain, 2 trained lately", "too early: 2 > 1, 11d of 30", "fewer: 8 > 1")
	w.Press("[")
	w.Sees("2026-10", "fewer: 8 > 1")
	w.Press("]", "]")
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "months to come") {
		t.Errorf("a month to come: %v", said)
	}
	if d := cmp.Diff([]string{"2026-11-01", "2026-10-01", "2026-11-01"}, func() (out []string) {
		for _, a := range w.store.asked {
			out = append(out, a.Format("2006-01-02"))
		}
		return out
	}()); d != "" {
		t.Error(d)
	}
}

func TestTheEvidenceOpens(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleTraining, 110, 27)
	w.Press("enter", "down", "enter")
	if out := w.Out(); len(out) != 1 || out[0] != (ui.OpenCase{ID: 3}) {
		t.Errorf("the newest case opens %v", out)
	}
	w.Press("f8")
	if out := w.Out(); len(out) != 1 || out[0] != (ui.OpenStore{Code: "S031"}) {
		t.Errorf("the store opens %v", out)
	}
	w.Press("esc", "down", "down")
	var help strings.Builder
	for _, l := range w.view.HelpLines() {
		for _, s := range l.Left {
			help.WriteString(s.Text + "\n")
		}
	}
	if !strings.Contains(help.String(), text.For(text.English).KindLong(domain.SlowFulfilment)) {
		t.Errorf("the procedure of what logistics did late is %s", help.String())
	}
	w.Press("f8")
	if out := w.Out(); len(out) != 1 || !strings.Contains(fmt.Sprint(out[0]), "nothing") {
		t.Errorf("a department has a store: %v", out)
	}
}

// A training is asked for step by step and written once, of several stores at once too.
func TestATrainingIsWrittenDown(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleTraining, 110, 27)
	w.Press("space", "space", "ctrl+s", "2")
	w.Type("{")
	w.Press("enter")
	if len(w.Said()) != 1 {
		t.Error("a day that is none is taken")
	}
	w.Press("ctrl+u")
	w.Type("11-20")
	w.Press("enter")
	w.Type("step by step")
	w.Press("ctrl+s", "ctrl+s")
	if len(w.store.written) != 0 {
		t.Fatal("written before the question could be read")
	}
	w.confirm()
	want := []domain.Lesson{
		{Trainee: domain.Trainee{Store: "S031"}, Topic: domain.TopicSteps, On: date(11, 20), Note: "step by step"},
		{Trainee: domain.Trainee{Store: "S022"}, Topic: domain.TopicSteps, On: date(11, 20), Note: "step by step"},
	}
	if d := cmp.Diff(want, w.store.written); d != "" || w.store.ops[0] == w.store.ops[1] {
		t.Errorf("%s %v", d, w.Said())
	}
	w.Press("down", "space", "up", "space", "ctrl+s")
	if w.view.Asks() {
		t.Error("a store and a department in one")
	}
}

// Anybody may look, one writes; a store that is not in the list is named by its code.
func TestAnyStoreCanBeTrained(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleTraining, 110, 27)
	w.Press("+", "2")
	w.Type("s077")
	w.Press("enter", "1", "enter")
	w.Type("new in the shop")
	w.Press("ctrl+s")
	w.confirm()
	if len(w.store.written) != 1 || w.store.written[0].Store != "S077" || w.store.written[0].On.Format("01-02") != "11-23" {
		t.Fatalf("wrote %+v", w.store.written)
	}
	w.Press("+", "3", "5", "2", "enter")
	w.Type("shifts")
	w.Press("ctrl+s")
	w.confirm()
	if l := w.store.written; len(l) != 2 || l[1].With != domain.Logistics || l[1].Store != "" || l[1].Topic != domain.TopicReopened {
		t.Fatalf("wrote %+v", l)
	}
	w.Press("+", "1", "1")
	w.Press("esc", "esc", "esc")
	if w.view.Asks() {
		t.Error("esc does not leave the question")
	}
	o := open(t, text.Chinese, drawn(), domain.RoleAgent, 80, 19)
	o.Press("+")
	o.Press("ctrl+s")
	if o.view.Asks() {
		t.Error("an agent writes a training")
	}
	w.store.err = domain.Errorf(domain.Conflict, "train", "twice")
	w.Press("ctrl+s", "1", "enter")
	w.Type("x")
	w.Press("ctrl+s")
	w.confirm()
	if said := w.Said(); w.view.Asks() || len(said) == 0 {
		t.Errorf("a refusal is not told: %v", said)
	}
}

func TestTheFilterNarrows(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, drawn(), domain.RoleTraining, 80, 19)
	w.Press("/")
	w.Type("望京")
	w.Press("enter")
	w.Sees("望京店")
	w.Lacks("劲松店")
	if !strings.Contains(w.foot(), "隐去3") {
		t.Errorf("what is hidden is not told: %s", w.foot())
	}
	w.Press("esc")
	w.Sees("劲松店", "物流")
}

func TestHostileNamesAreDrawnAsText(t *testing.T) {
	t.Parallel()
	for _, bad := range tuitest.Hostile() {
		f := drawn()
		for i := range f.past {
			f.past[i].Name, f.past[i].NameEn, f.past[i].Order = bad, bad, domain.OrderNo(bad)
		}
		for i := range f.lessons {
			f.lessons[i].Note, f.lessons[i].ByName = bad, bad
		}
		for _, s := range [][2]int{{80, 19}, {200, 55}} {
			w := open(t, text.Chinese, f, domain.RoleTraining, s[0], s[1])
			_ = w.Frame() // is checked cell by cell
			w.Press("enter")
			_ = w.Frame()
		}
	}
}
