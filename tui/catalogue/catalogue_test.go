package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
)

func TestTheListsAreDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, drawn(), domain.RoleProcurement, s[0], s[1])
			for _, part := range []string{"standard", "verify", "clashes"} {
				golden(t, fmt.Sprintf("%s-%s-%dx%d", part, lang, s[0], s[1]), w.Frame())
				w.Press("tab")
			}
		}
	}
}

func TestWhatRowsOpen(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), domain.RoleProcurement, 110, 27)
	w.Press("enter", "tab", "enter", "f8", "tab", "enter", "shift+tab", "shift+tab", "shift+tab", "ctrl+s")
	want := []tea.Msg{ui.OpenProduct{Code: "P9017"}, ui.OpenCase{ID: 71}, ui.OpenStore{Code: "S057"}, ui.OpenProduct{Code: "P9017"}}
	if d := cmp.Diff(want, w.Out()[:4]); d != "" {
		t.Error(d)
	}
	w.Sees("[Clashes 3]")
	if m := w.view.Menu(); m.Copy != "P9017" || m.Rest[0].Off != "" {
		t.Errorf("menu %+v", m)
	}
}

// The filter looks for names and faults, and says what it hides.
func TestTheFilterNarrows(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, drawn(), domain.RoleProcurement, 110, 27)
	w.Press("/")
	w.Type("缺供应商")
	w.Press("enter")
	w.Sees("油麦菜")
	w.Lacks("洁厕灵500g")
	if f := w.foot(); !strings.Contains(f, "隐去2") {
		t.Errorf("foot %q", f)
	}
	w.Press("esc")
	w.Sees("洁厕灵500g", "鲜牛奶950ml")
	w.Press("esc")
	if out := w.Out(); len(out) == 0 || out[len(out)-1] != (ui.Back{}) {
		t.Errorf("the second esc asks %v", out)
	}
}

// Several cases are verified at once, each with a key of its own; what fails is told, and
// a no takes a note.
func TestQuantitiesAreVerified(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, drawn(), domain.RoleProcurement, 110, 27)
	w.Press("tab", "*", "ctrl+s")
	w.Sees("鲁谷店")
	if !strings.Contains(w.foot(), "2 条") {
		t.Errorf("asks %q", w.foot())
	}
	w.Press("1", "ctrl+s", "ctrl+s")
	if len(w.store.verified) != 0 {
		t.Fatal("written before the question could be read")
	}
	w.confirm()
	want := []verified{{71, []int{1, 4}, true, ""}, {72, []int{1}, true, ""}}
	if d := cmp.Diff(want, w.store.verified); d != "" || w.store.ops[0] == w.store.ops[1] {
		t.Fatalf("wrote %s", d)
	}
	w.store.verified, w.store.failFor = nil, 72
	w.Press("*", "ctrl+s", "2", "ctrl+s")
	if said := w.Said(); said[len(said)-1] != text.For(text.Chinese).Dialog.Empty {
		t.Errorf("a no without a note says %q", said)
	}
	w.Type("没有这么多")
	w.Press("ctrl+s")
	w.confirm()
	if d := cmp.Diff([]verified{{71, []int{1, 4}, false, "没有这么多"}}, w.store.verified); d != "" {
		t.Error(d)
	}
	if said := w.Said(); !strings.HasPrefix(said[len(said)-1], "成1, 未成1") {
		t.Errorf("said %q", said)
	}
}

// A step that the platform has taken away can only be kept.
func TestClashesAreSettled(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, drawn(), domain.RoleProcurement, 110, 27)
	w.Press("shift+tab", "ctrl+s")
	if f := w.foot(); !strings.Contains(f, "保留本处 6瓶") || !strings.Contains(f, "按平台目录 12瓶") {
		t.Errorf("asks %q", f)
	}
	w.Press("2", "ctrl+s")
	w.confirm()
	w.Press("down", "ctrl+s", "1")
	w.Type("按合同")
	w.Press("ctrl+s")
	w.confirm()
	if d := cmp.Diff([]settled{{5, domain.TakeTheirs, ""}, {6, domain.KeepOurs, "按合同"}}, w.store.settled); d != "" {
		t.Error(d)
	}
	w.Press("down", "ctrl+s", "2", "ctrl+s")
	if f := w.foot(); strings.Contains(f, "按平台目录 ") || len(w.store.settled) != 2 {
		t.Errorf("a step is taken away: %q %+v", f, w.store.settled)
	}
}

func TestOnlyProcurementGivesItsWord(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, drawn(), domain.RoleAgent, 110, 27)
	w.Press("tab", "ctrl+s", "tab", "ctrl+s")
	if said := w.Said(); w.view.Asks() || len(said) != 2 || !strings.Contains(said[0], "采购") {
		t.Errorf("said %q", said)
	}
	if m := w.view.Menu(); m.Rest[0].Off == "" {
		t.Errorf("menu %+v", m)
	}
}

func TestHostileNamesAreDrawnAsText(t *testing.T) {
	t.Parallel()
	for _, bad := range tuitest.Hostile() {
		f := drawn()
		for i := range f.all.Standings {
			p := &f.all.Standings[i].Product
			p.Name, p.NameEn, p.Unit, p.Category = bad, bad, bad, bad
		}
		f.all.Verify[0].Lines[0].Note, f.all.Verify[0].Row.StoreName = bad, bad
		f.all.Clashes[0].File, f.all.Clashes[0].Field, f.all.Clashes[0].Last.Note = bad, domain.FieldUnit, bad
		f.file.Product.Name, f.file.Product.Supplier, f.file.Changes[0].New, f.file.Suppliers[0].Name = bad, "V21", bad, bad
		for _, s := range [][2]int{{80, 19}, {200, 55}} {
			w := open(t, text.Chinese, f, domain.RoleProcurement, s[0], s[1])
			for range 3 {
				_ = w.Frame() // is checked cell by cell
				w.Press("tab")
			}
			_ = openProduct(t, text.Chinese, f, domain.RoleProcurement, s[0], s[1]+2).Frame()
		}
	}
}

// Text that comes in outside a field writes nothing.
func TestStrayTextWritesNothing(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, drawn(), domain.RoleProcurement, 80, 19)
	for range 3 {
		for _, s := range []string{"x", "w", "s", "1", "2", "+", "c", "n"} {
			w.Press(s)
		}
		w.Press("tab")
	}
	if len(w.store.ops) != 0 {
		t.Errorf("wrote %v", w.store.ops)
	}
}
