package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
)

func TestAProductIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 22}, {110, 30}, {200, 58}} {
			f := drawn()
			f.file.Clashes = clashes()[:1]
			w := openProduct(t, lang, f, domain.RoleProcurement, s[0], s[1])
			golden(t, fmt.Sprintf("product-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
		}
	}
}

// A field is edited with a preview of what is then wrong, a reason, and two ctrl+s.
func TestAProductIsEdited(t *testing.T) {
	t.Parallel()
	w := openProduct(t, text.Chinese, drawn(), domain.RoleProcurement, 80, 22)
	w.Sees("缺0, 不合1", "> 箱规")
	w.Press("enter", "ctrl+u")
	w.Type("24")
	golden(t, "editing-zh-80x22", w.Frame())
	w.Press("enter")
	w.Sees("> 24瓶", "写入后: 资料齐")
	w.Press("ctrl+s")
	if f := w.foot(); !strings.Contains(f, "1 录入错") {
		t.Fatalf("asks %q", f)
	}
	w.Press("3", "ctrl+s", "ctrl+s")
	if len(w.store.edits) != 0 {
		t.Fatal("written before the question could be read")
	}
	if f := w.foot(); !strings.Contains(f, "换包装: 箱规 20瓶 > 24瓶") {
		t.Errorf("the preview %q", f)
	}
	w.confirm()
	if len(w.store.edits) != 1 {
		t.Fatalf("said %q", w.Said())
	}
	e := w.store.edits[0]
	if !slices.Equal(domain.ChangedFields(e.Was, e.Now), []domain.ProductField{domain.FieldCase}) || *e.Now.Case != domain.Units(24) || e.Version != 4 ||
		e.Reason != domain.NewPack {
		t.Errorf("wrote %+v", e)
	}
	w.Lacks("> 24瓶") // it is the product's own now
}

// Somebody who was faster: what was entered stays, over what there is now.
func TestAnEditThatCameTooLate(t *testing.T) {
	t.Parallel()
	f := drawn()
	w := openProduct(t, text.Chinese, f, domain.RoleProcurement, 80, 22)
	w.Press("enter", "ctrl+u")
	w.Type("24")
	w.Press("enter", "ctrl+s", "1", "ctrl+s")
	f.err = domain.Errorf(domain.Unavailable, "edit", "no line")
	w.confirm()
	op := f.ops[0]
	w.confirm()
	w.confirm()
	if len(f.ops) < 2 || f.ops[1] != op {
		t.Errorf("sent again under another key: %v", f.ops)
	}
	f.err = domain.Errorf(domain.Conflict, "edit", "changed")
	f.file.Version, f.file.Product.NameEn = 5, "Cleaner"
	w.confirm()
	w.confirm()
	if w.view.Asks() {
		t.Fatal("the question stands after a refusal")
	}
	w.Sees("> 24瓶", "Cleaner")
	f.err = nil
	w.Press("ctrl+s", "1", "ctrl+s")
	w.confirm()
	if len(f.edits) != 1 || f.edits[0].Version != 5 {
		t.Errorf("wrote %+v", f.edits)
	}
}

// Where enter leads: a step is corrected, a price is nobody's here, a clash is settled.
func TestWhatAProductsFieldsOpen(t *testing.T) {
	t.Parallel()
	f := drawn()
	f.file.Clashes = clashes()[:1]
	w := openProduct(t, text.Chinese, f, domain.RoleProcurement, 80, 22)
	w.Press("enter") // the clash comes first
	if !w.view.Asks() {
		t.Fatal("the clash is not settled")
	}
	w.Press("1", "ctrl+s")
	w.confirm()
	if d := cmp.Diff([]settled{{5, domain.KeepOurs, ""}}, f.settled); d != "" {
		t.Error(d)
	}
	w.Press("down", "enter", "down", "enter", "down", "enter")
	want := []tea.Msg{ui.OpenCorrection{Product: "P9017", What: domain.CorrectStock}, ui.OpenCorrection{Product: "P9017", What: domain.CorrectListing}}
	want = append(want, ui.Say{Text: text.For(text.Chinese).Goods.PriceNo, Tone: ui.Note})
	out := w.Out()
	if d := cmp.Diff(want, out[len(out)-3:]); d != "" {
		t.Error(d)
	}
}

// A supplier is found by a part of its name, up and down run through them; words that
// nobody has are refused, and nothing is lost by esc.
func TestASupplierIsChosen(t *testing.T) {
	t.Parallel()
	w := openProduct(t, text.Chinese, drawn(), domain.RoleProcurement, 110, 30)
	w.Press("home", "down", "down", "down", "enter", "ctrl+u")
	w.Type("谁")
	w.Press("enter")
	w.Sees("没有这个供应商")
	w.Press("ctrl+u")
	w.Type("净")
	w.Sees("= V22 净源")
	w.Press("down")
	w.Press("enter")
	w.Press("esc")
	if said := w.Said(); said[len(said)-1] != text.For(text.Chinese).Goods.Unwritten {
		t.Errorf("esc says %q", said)
	}
	w.Press("esc")
	if out := w.Out(); out[len(out)-1] != (ui.Back{}) {
		t.Errorf("the second esc asks %v", out)
	}
}

func TestOnlyProcurementEdits(t *testing.T) {
	t.Parallel()
	w := openProduct(t, text.Chinese, drawn(), domain.RoleAgent, 80, 22)
	w.Press("enter", "ctrl+s")
	if said := w.Said(); w.view.CapturesText() || w.view.Asks() || len(said) != 2 {
		t.Errorf("an agent edits: %q", said)
	}
	w.Press("end", "up", "enter")
	if out := w.Out(); out[len(out)-1] != (ui.OpenCorrection{Product: "P9017", What: domain.CorrectListing}) {
		t.Errorf("a correction can be looked at by anybody: %v", out)
	}
}
