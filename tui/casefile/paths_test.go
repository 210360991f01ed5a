package casefile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"
)

// quiet lets the keys of a question that opened by itself count.
func (s *scene) quiet() { s.Advance(500 * time.Millisecond) }

func (d *desk) call(t *testing.T) domain.CallReport {
	t.Helper()
	if len(d.calls) != 1 {
		t.Fatalf("%d calls recorded", len(d.calls))
	}
	for _, c := range d.calls {
		return c
	}
	return domain.CallReport{}
}

func TestNotReached(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		open, answer string
		attempts     int
		outcome      domain.CallOutcome
		again        string
		then         domain.Department
		given        int
		said         string
	}{
		"ring again":         {"f9", "enter", 0, domain.NoAnswer, "13:50", "", 0, "13:50再打"},
		"busy, soon":         {"3", "1", 0, domain.Busy, "13:45", "", 0, "13:45再打"},
		"hand on":            {"4", "3", 0, domain.WrongNumber, "", domain.Expansion, 0, "已转拓展"},
		"give back":          {"2", "4", 1, domain.NoAnswer, "13:50", "", 1, "已交回"},
		"third time goes on": {"2", "enter", 2, domain.NoAnswer, "", domain.Expansion, 0, "已转拓展"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := form(t, func(d *desk) { d.file.Row.Attempts = c.attempts })
			s.Press(c.open)
			s.Press(c.answer) // before it could be read
			if len(s.desk.calls) != 0 {
				t.Fatal("recorded by a key that was meant for the form")
			}
			s.quiet()
			s.Press(c.answer)
			said := s.closedWith(t)
			r := s.desk.call(t)
			again := ""
			if r.Again != nil {
				again = r.Again.In(zone).Format("15:04")
			}
			if r.Outcome != c.outcome || again != c.again || r.Then != c.then || s.desk.given != c.given || !strings.Contains(said, c.said) {
				t.Errorf("%+v again %q, given %d, said %q", r, again, s.desk.given, said)
			}
			if last := s.desk.drafts[len(s.desk.drafts)-1]; last.Call != nil {
				t.Error("the next attempt would find the call answered")
			}
		})
	}
}

func TestAnotherNumberIsTheSameCall(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("2")
	s.quiet()
	s.Press("2")
	s.Press("1", "2", "1")
	s.Sees("接通 13:40 店员: 打错了")
	if len(s.desk.calls) != 0 {
		t.Error("an attempt was recorded")
	}
}

func TestAnUnansweredCallIsNeverWritten(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("2", "esc")
	s.Press("ctrl+s")
	if !s.view.Asks() || s.desk.tries != 0 {
		t.Error("ctrl+s does not lead to what follows the call")
	}
	if got := s.view.Message()[0].Left[0].Text; !strings.Contains(got, "第1次没接通") {
		t.Errorf("shows %q", got)
	}
}

func TestHandingOverTakesANoteAndTwoPresses(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("ctrl+o", "2", "ctrl+s")
	if len(s.desk.moved) != 0 {
		t.Fatal("handed over without a note")
	}
	s.Type("店长只认拓展")
	s.Press("ctrl+s", "ctrl+s")
	if len(s.desk.moved) != 0 {
		t.Fatal("handed over before it could be read")
	}
	s.Advance(time.Second)
	s.Press("ctrl+s")
	s.closedWith(t)
	if d := cmp.Diff([]string{"店长只认拓展"}, s.desk.notes); d != "" || s.desk.moved[0] != domain.Expansion {
		t.Error(d, s.desk.moved)
	}
}

func TestAboveTheStockGoesToProcurement(t *testing.T) {
	t.Parallel()
	s := form(t, aboveStock)
	s.Press("1", "1", "2", "1", "1", "ctrl+s")
	s.Advance(time.Second)
	s.Press("ctrl+s")
	s.closedWith(t)
	if s.desk.tries != 0 || len(s.desk.moved) != 1 || s.desk.moved[0] != domain.Procurement || s.desk.notes[0] != "请核实第2行数量" {
		t.Errorf("tries %d, moved %v, notes %v", s.desk.tries, s.desk.moved, s.desk.notes)
	}
	if len(s.desk.calls) != 1 || len(s.desk.drafts) == 0 {
		t.Error("the call or the draft is lost")
	}
}

func TestProcurementVerifies(t *testing.T) {
	t.Parallel()
	for _, ok := range []bool{true, false} {
		d := newDesk()
		atProcurement(d)
		s := open(t, d, newMemory(), text.Chinese, zhao(), 80, 20)
		if ok {
			s.Press("1")
		} else {
			s.Press("2", "ctrl+s")
			if s.view.Asks() {
				t.Fatal("a no takes a note")
			}
			s.Type("仓库只有300")
		}
		d.file.Row.Holder = &domain.Holder{Login: "zhao", No: 5}
		s.Advance(time.Second)
		s.Press("ctrl+s")
		s.Advance(time.Second)
		s.Press("ctrl+s")
		s.closedWith(t)
		if len(d.verified) != 1 || d.verified[0] != ok || len(d.drafts) != 0 {
			t.Errorf("verified %v; %d drafts over the agent's", d.verified, len(d.drafts))
		}
	}
}

func TestNextOfTheStoreTakesTheCallAlong(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "1", "1")
	s.Press("f7")
	opened := false
	for _, m := range s.Out() {
		if o, ok := m.(ui.OpenCase); ok {
			opened = o.ID == 8 && o.Replace
		}
	}
	r := s.desk.call(t)
	if !opened || s.desk.other.Call == nil || s.desk.other.Call.Said != domain.SaidMistake || !cmp.Equal(r.Cases, []domain.CaseID{8, 7}) {
		t.Errorf("opened %v, call %+v, draft %+v", opened, r, s.desk.other)
	}
	// The same call, written with this case too, is still one record.
	s.Press("2", "enter", "1", "ctrl+s")
	s.Advance(time.Second)
	s.Press("ctrl+s")
	s.closedWith(t)
	s.desk.call(t)
}

func TestNextWithoutACallOnlyLooks(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("f7")
	if s.desk.claims != 0 || len(s.Out()) != 1 {
		t.Error("looking claimed something")
	}
	s = form(t, func(d *desk) { d.file.SameStore, d.next = nil, 99 })
	s.Press("f7")
	if out := s.Out(); len(out) != 1 || out[0] != (ui.OpenCase{ID: 99, Replace: true}) {
		t.Errorf("%+v", out)
	}
}

func TestABrokenReadIsToldAndTriedAgain(t *testing.T) {
	t.Parallel()
	d := newDesk()
	d.readErr = domain.Errorf(domain.Unavailable, "read case", "gone")
	s := open(t, d, newMemory(), text.English, lin(), 80, 20)
	s.Sees("!not read")
	d.readErr = nil
	s.Press("1", "f5")
	s.Sees("Fresh milk 250 ml")
}

func TestWarningsStandAboveTheKeys(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "1", "1", "1", "1")
	s.clock.Advance(105 * time.Minute) // 15:25
	if !strings.Contains(s.screen(), "门店说打错了, 而您要放行") || !strings.Contains(s.screen(), "拣货只剩5分") {
		t.Error(s.screen())
	}
}

func TestTheTextCursorIsInItsField(t *testing.T) {
	t.Parallel()
	s := form(t)
	if _, _, ok := s.view.TextCursor(); ok {
		t.Error("a cursor outside a field")
	}
	s.Press("1", "1", "1", "2")
	x, y, ok := s.view.TextCursor()
	line := strings.Split(s.Frame(), "\n")[y]
	if !ok || !strings.HasPrefix(line, cell.Fit("             新数量 [ 48", x)) || !strings.Contains(line, "[ 48") {
		t.Errorf("at %d,%d in %q", x, y, line)
	}
}

func TestTheTextCursorIsInTheNoteOfTheHandOver(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("ctrl+o", "2")
	s.Type("ab")
	x, y, ok := s.view.TextCursor()
	line := strings.Split(s.screen(), "\n")[y]
	if !ok || cell.Width(line[:strings.Index(line, "ab")+2]) != x {
		t.Errorf("at %d,%d in %q", x, y, line)
	}
}

func TestHelpHoldsTheProcedure(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, k := range domain.Kinds() {
			s := open(t, kindDesk(k), newMemory(), lang, lin(), 80, 20)
			all := ""
			for _, l := range s.view.HelpLines() {
				line := ""
				for _, span := range l.Left {
					line += span.Text
				}
				if cell.Width(line) > 76 {
					t.Errorf("%s: too wide: %s", k, line)
				}
				all += line
			}
			page := s.env.Text.Helps.Kinds[k]
			for _, want := range []string{page.Clauses, page.Steps[0][:6], s.env.Text.Case.Help[0][:6]} {
				if !strings.Contains(all, want) {
					t.Errorf("%s %s: the help lacks %q", lang, k, want)
				}
			}
		}
		s := open(t, newDesk(), newMemory(), lang, lin(), 80, 20)
		if m := s.view.Menu(); m.Copy != "1123-0398" || len(m.Acts) != 8 || m.Acts[2].Action != keys.History || m.Acts[0].Action != keys.Order {
			t.Errorf("%+v", m)
		}
	}
}

// An order that is right as a whole takes one answer, not one for each of its lines.
func TestTheOthersAreDecidedAlike(t *testing.T) {
	t.Parallel()
	s := form(t, twoLines)
	s.Press("1", "1", "1", "2", "down", "enter", "1", "1", "ctrl+s")
	s.Advance(time.Second)
	s.Press("ctrl+s")
	s.closedWith(t)
	got := map[int]domain.Quantity{}
	for _, r := range s.desk.only(t).Resolutions {
		for _, e := range r.Effects {
			if e.Op == domain.EffectSetQuantity {
				got[e.Line] = e.Quantity
			}
		}
	}
	if d := cmp.Diff(map[int]domain.Quantity{2: domain.Units(36), 4: domain.Units(10)}, got); d != "" {
		t.Error(d)
	}
}
