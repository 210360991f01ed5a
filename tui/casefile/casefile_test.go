package casefile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
)

func form(t *testing.T, change ...func(*desk)) *scene {
	t.Helper()
	d := newDesk()
	for _, c := range change {
		c(d)
	}
	return open(t, d, newMemory(), text.Chinese, lin(), 80, 20)
}

// closedWith tells whether the form left, and what it said.
func (s *scene) closedWith(t *testing.T) string {
	t.Helper()
	said, back, written := "", false, false
	for _, m := range s.Out() {
		switch m := m.(type) {
		case ui.Say:
			said = m.Text
		case ui.Back:
			back = true
		case ui.CaseWritten:
			written = m.ID == 7
		}
	}
	if !back || !written {
		t.Fatalf("the form did not leave (back %v, written %v): %s", back, written, said)
	}
	return said
}

func (d *desk) only(t *testing.T) domain.Handled {
	t.Helper()
	if len(d.resolved) != 1 {
		t.Fatalf("%d cases written", len(d.resolved))
	}
	for _, h := range d.resolved {
		return h
	}
	return domain.Handled{}
}

// The keys of the drawing, after enter in the queue: no Chinese is typed.
func TestTheCaseOfTheDrawingIsCleared(t *testing.T) {
	t.Parallel()
	s := form(t)
	if s.desk.claims != 0 {
		t.Fatal("looking claimed it")
	}
	s.Press("1", "1", "1", "2", "enter", "1", "ctrl+s")
	if s.desk.claims != 1 {
		t.Fatalf("claimed %d times", s.desk.claims)
	}
	s.Advance(300 * time.Millisecond)
	s.Press("ctrl+s")
	said := s.closedWith(t)
	h := s.desk.only(t)
	if h.Claim != 5 || h.Version != 3 || len(h.Resolutions) != 1 || h.Resolutions[0].Outcome != domain.QuantityCorrected {
		t.Errorf("%+v", h)
	}
	want := []domain.Effect{{Op: domain.EffectSetQuantity, Line: 2, Quantity: domain.Units(48)}, {Op: domain.EffectRelease, Hold: 21}}
	if d := cmp.Diff(want, h.Resolutions[0].Effects); d != "" {
		t.Error(d)
	}
	if len(s.desk.calls) != 1 {
		t.Errorf("%d calls recorded", len(s.desk.calls))
	}
	if !strings.Contains(said, "第2行改为48袋") || !strings.Contains(said, "15:30") {
		t.Errorf("said %q", said)
	}
	if len(s.journal.data) != 0 {
		t.Error("the journal still holds the answers")
	}
}

// A release makes the statistics quieter for a month from the moment it is written:
// that the moment goes on is no change of what was asked.
func TestAReleaseIsWrittenASecondLater(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "1", "2", "1", "1")
	s.Sees("12-23前到600袋不因统计挂起")
	s.Press("ctrl+s")
	s.Advance(90 * time.Second)
	s.Press("ctrl+s")
	s.closedWith(t)
	if e := s.desk.only(t).Resolutions[0].Effects; len(e) != 3 {
		t.Errorf("%+v", e)
	}
}

func TestEnterOpensAndNeverWrites(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.answer()
	for range 20 {
		s.Press("enter")
		s.Advance(time.Second)
	}
	s.Press("ctrl+s")
	s.Advance(time.Second)
	s.Press("enter")
	if s.desk.tries != 0 || s.view.Asks() {
		t.Errorf("enter wrote, or left the question standing (%d)", s.desk.tries)
	}
}

func TestTwiceWithoutReadingWritesNothing(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.answer()
	s.Press("ctrl+s", "ctrl+s", "ctrl+s")
	s.Advance(299 * time.Millisecond)
	s.Press("ctrl+s")
	if s.desk.tries != 0 {
		t.Fatal("written before the question could be read")
	}
	s.Advance(time.Millisecond)
	s.Press("ctrl+s", "ctrl+s", "ctrl+s")
	if s.desk.tries != 1 {
		t.Errorf("written %d times", s.desk.tries)
	}
}

func TestGarbageWritesNothing(t *testing.T) {
	t.Parallel()
	for _, start := range [][]string{nil, {"1", "1", "1", "2"}, {"1", "1", "1", "2", "enter", "5"}, {"1", "3"}} {
		s := form(t)
		s.Press(start...)
		for _, junk := range append(tuitest.Hostile(), "claim", "xiugai", "写入", "１２３", "ctrl+s", strings.Repeat("写abc\n1 ", 1500)) {
			s.Paste(junk)
			s.Frame()
		}
		s.Advance(time.Minute)
		s.Frame()
		if s.desk.tries != 0 || len(s.desk.calls) != 0 || len(s.desk.moved) != 0 {
			t.Errorf("after %v something was written", start)
		}
	}
}

func TestALongPasteIsCutToTheField(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "3")
	s.Paste(strings.Repeat("很长\n", 3500))
	s.Advance(time.Second)
	got := s.desk.drafts[len(s.desk.drafts)-1].Call.Name
	if n := len([]rune(got)); n == 0 || n > 200 || strings.ContainsAny(got, "\n\r") {
		t.Errorf("%d characters: %.40q", n, got)
	}
}

func TestSomebodyWasFaster(t *testing.T) {
	t.Parallel()
	taken := &domain.Error{Code: domain.Taken, Op: "claim", Detail: map[string]string{
		"holder": "wang", "name": "王磊", "name_en": "Wang Lei", "since": "2026-11-23T05:39:00Z",
	}}
	s := form(t, func(d *desk) { d.claimErr = taken })
	s.Press("1")
	if said := strings.Join(s.Said(), "; "); !strings.Contains(said, "王磊 13:39") {
		t.Errorf("said %q", said)
	}
	s.Press("1", "1", "ctrl+s", "f9", "ctrl+o", "f6")
	s.Advance(time.Minute)
	if len(s.desk.drafts)+len(s.desk.calls)+len(s.desk.moved) != 0 || s.view.Asks() {
		t.Error("the form is not read-only")
	}
	if len(s.journal.data) != 0 {
		t.Error("the journal keeps answers that are nobody's")
	}
}

func TestALostClaimStopsTheForm(t *testing.T) {
	t.Parallel()
	lost := &domain.Error{Code: domain.Conflict, Op: "keep claim", Detail: map[string]string{"claim": "taken_over", "holder": "wang", "name": "王磊"}}
	s := form(t)
	s.answer()
	s.Advance(time.Second)
	s.desk.draftErr = lost
	heldByWang(s.desk)
	s.Press("shift+tab", "down")
	s.Advance(time.Second)
	if said := strings.Join(s.Said(), "; "); !strings.Contains(said, "王磊") {
		t.Errorf("said %q", said)
	}
	s.Press("ctrl+s")
	if s.view.Asks() {
		t.Error("what is not theirs can be written")
	}
	if len(s.journal.data) != 1 {
		t.Error("the answers are gone")
	}
}

func TestTheAnswerIsAskedForUntilItIsKnown(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.answer()
	s.desk.resolveErr = &domain.Error{Code: domain.Timeout, Op: "resolve"}
	s.Press("ctrl+s")
	s.Advance(time.Second)
	s.Press("ctrl+s")
	s.Advance(2 * time.Second)
	s.Press("tab", "1", "ctrl+s")
	s.Advance(2 * time.Second)
	if s.desk.tries != 3 || !strings.Contains(s.screen(), "不会写两次") {
		t.Errorf("asked %d times:\n%s", s.desk.tries, s.screen())
	}
	s.desk.resolveErr = nil
	s.Advance(2 * time.Second)
	s.closedWith(t)
	s.desk.only(t)
	if s.desk.act == uuid.Nil {
		t.Error("no key in the draft")
	}
	if _, ok := s.desk.resolved[s.desk.act]; !ok {
		t.Error("not written under the key of the draft")
	}
}

func TestWhoChangedItIsTold(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.answer()
	s.desk.resolveErr = &domain.Error{Code: domain.Conflict, Op: "resolve", Detail: map[string]string{
		"changed": "verify_quantity", "by": "zhao", "name": "赵敏", "at": "2026-11-23T05:41:00.5Z",
	}}
	s.Press("ctrl+s")
	s.Advance(time.Second)
	s.Press("ctrl+s")
	if said := strings.Join(s.Said(), "; "); !strings.Contains(said, "赵敏 13:41 核实了数量") {
		t.Errorf("said %q", said)
	}
	if !strings.Contains(s.screen(), "赵敏 13:41") || !strings.Contains(s.screen(), "480袋 > 48袋") {
		t.Errorf("not on the form, or the answers are gone:\n%s", s.screen())
	}
}

func TestNewsLeaveTheFieldsAlone(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "1", "1", "2")
	for range 2 {
		s.Press("backspace")
	}
	s.Type("3箱")
	s.desk.file.Row.Version++
	s.desk.file.Order.Lines[0].Amount += 100
	s.desk.file.Order.Total += 100
	s.Send(ui.Changed{Topics: []string{"queue"}})
	s.Sees("[ 3箱        ]", "= 36袋", "¥9,121.00 >")
	if !strings.Contains(s.screen(), "订单金额 ¥9,120.00 > ¥9,121.00") {
		t.Error("the change is not told")
	}
	s.Press("enter", "1", "ctrl+s")
	s.desk.file.Row.Version++
	s.Send(ui.Changed{All: true})
	s.Advance(time.Second)
	s.Press("ctrl+s")
	if s.desk.tries != 0 {
		t.Error("what was asked is not what would be written, and it was")
	}
	s.Press("ctrl+s")
	s.Advance(time.Second)
	s.Press("ctrl+s")
	if h := s.desk.only(t); h.Version != 5 {
		t.Errorf("version %d", h.Version)
	}
}

func TestTheQuantityFieldSaysWhatItUnderstood(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"4箱": "= 48袋", "４８": "= 4箱", "50": "可48或60", "480": "和原数量一样", "0": "看不懂", "1,2": "看不懂", "2400": "库存只有1,240", "": "写数",
	} {
		s := form(t)
		s.Press("1", "1", "1", "2", "backspace", "backspace")
		s.Type(typed)
		s.Sees(want)
		if strings.Contains(want, "看不懂") || strings.Contains(want, "写数") || strings.Contains(want, "一样") {
			s.Press("enter")
			s.Press("tab", "1", "ctrl+s")
			if s.view.Asks() {
				t.Errorf("%q can be written", typed)
			}
		}
	}
}

func TestProposalsByArrows(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "1", "1", "2")
	s.Sees("鲜牛奶 480袋 > 48袋")
	s.Press("down")
	s.Sees("[ 36         ]", "鲜牛奶 480袋 > 36袋")
	s.Press("up", "up")
	s.Sees("[ 60         ]", "鲜牛奶 480袋 > 60袋")
}

func TestNoDecisionIsChosenBeforehand(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "1", "1")
	s.Lacks("[1] 属实放行", "[2] 改数量", "新数量", "480袋 >")
	s.Press("ctrl+s")
	if s.view.Asks() {
		t.Error("nothing is decided and it asks to write")
	}
	s.Press("down", "down", "enter")
	s.Sees("[2] 改数量")
}

func TestFreeTextIsAskedForWhereOtherIsChosen(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "3")
	s.Type("会计小周")
	s.Press("enter", "5")
	s.Press("ctrl+s")
	if s.view.Asks() {
		t.Error("other words are missing and it asks to write")
	}
	s.Type("要问店长")
	s.Press("enter", "1", "5", "enter")
	s.Type("校庆")
	s.Press("enter", "ctrl+s")
	s.Advance(time.Second)
	s.Press("ctrl+s")
	h := s.desk.only(t)
	if c := h.Answers.Call; c.Name != "会计小周" || c.Text != "要问店长" || h.Resolutions[0].ReasonText != "校庆" {
		t.Errorf("%+v %+v", c, h.Resolutions)
	}
}
