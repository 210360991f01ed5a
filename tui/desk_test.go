package tui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"cleardesk/tui"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"
)

func TestSkeleton(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lang                           text.Lang
		views, who, status, state, key string
	}{
		{
			text.Chinese, " 1 异常[42]  2 配送  ", "林梅 客服 09-15", " 13:40 距截单1时20  挂起17单 ¥184,220  在岗4人",
			"已判到13:39:58  连接中", " enter 处理  F6 领取  ? 帮助",
		},
		{
			text.English, " 1 Queue[42]  2 Deliveries  ", "Lin Mei agent 09-15",
			" 13:40 closes in 1h20  held 17 ¥184,220  on duty 4", "judged to 13:39:58  starting",
			" enter open  F6 claim  ? help",
		},
	} {
		w := newWorld(t, c.lang, 80, 24)
		sides := func(l, r string) string { return l + cell.Spaces(79-cell.Width(l)-cell.Width(r)) + r }
		want := []string{sides(c.views, c.who), sides(c.status, c.state), strings.Repeat("─", 80)}
		if diff := cmp.Diff(want, strings.Split(w.Frame(), "\n")[:3]); diff != "" {
			t.Errorf("head (-want +got):\n%s", diff)
		}
		if got := w.Line(24); got != c.key {
			t.Errorf("keys %q, want %q", got, c.key)
		}
		w.Sees("queue hello")
	}
}

func TestOpenedScreensAndBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("down", "down", "enter")
	w.Sees("case7 hello")
	w.Lacks("Queue[42]")
	w.Press("f8")
	w.Sees("storeS1")
	w.Press("esc", "backspace")
	w.Sees("queue hello", "Queue[42]")
	if w.closed != 2 {
		t.Errorf("%d screens closed, want 2", w.closed)
	}
	w.Press("esc")
	w.Sees("first screen")
	if id, _ := w.views["queue"].list.Cursor(); id != 2 {
		t.Errorf("cursor on row %d after coming back, want 2", id)
	}
}

func TestDigitsAndTheViewBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("2")
	w.Sees("deliveries hello")
	w.Press("-")
	w.Sees("queue hello")
	w.Press("6") // finance's
	w.Sees("queue hello", "6 does nothing here")
	w.Send(ui.Show{View: ui.Settlement})
	w.Sees("settlement hello", "6 Settlement")
	w.Press("1", "enter", "2") // on an opened screen a digit is an answer
	w.Sees("case7 hello")
	if got := w.views["case7"].got; len(got) != 1 || got[0] != keys.Digit {
		t.Errorf("the case got %v", got)
	}
}

// While a question of a view stands, digits, help and the menu are answers to it.
func TestAStandingQuestionHasTheKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	q := w.views["queue"]
	q.asking = true
	w.Press("2", "f1", "f2", "-", "ctrl+s")
	w.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("claim")})
	want := []keys.Action{keys.Digit, keys.Help, keys.Menu, keys.Before, keys.Write, keys.Stray}
	if diff := cmp.Diff(want, q.got); diff != "" {
		t.Errorf("the view got (-want +got):\n%s", diff)
	}
	w.Press("ctrl+c")
	w.Sees("again within 2 s leaves")
}

func TestOpeningInPlaceOfTheScreenThatAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Send(ui.OpenCase{ID: 1, Replace: true}) // a numbered view is never replaced
	w.Send(ui.OpenCase{ID: 2, Replace: true})
	w.Sees("case2 hello")
	if w.closed != 1 {
		t.Errorf("%d screens closed, want 1", w.closed)
	}
	w.Press("esc")
	w.Sees("queue hello")
}

func TestStrayTextIsNeverACommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	for _, s := range []string{"claim", "xiugai", "写入", "cc", "nn", strings.Repeat("c", 10_000)} {
		w.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)})
		w.Sees("came in as text")
	}
	w.Paste("c")
	w.Sees("came in as text")
	if got := w.views["queue"].got; len(got) != 0 {
		t.Errorf("the view got %v", got)
	}
	w.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj")})
	if id, _ := w.views["queue"].list.Cursor(); id != 3 {
		t.Errorf("jjj moved to %d, want 3", id)
	}
}

func TestMenu(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("f2")
	w.Sees(">1 order", "F8 s", "no: manager only", "no: not on this screen", "0 take back", "␛[2J")
	w.Press("9")
	w.Sees("manager only")
	w.Press("5")
	if got := w.views["queue"].got; len(got) != 1 || got[0] != keys.Claim {
		t.Errorf("the view got %v", got)
	}
	w.Press("ctrl+k", "0")
	w.Sees("copy the number 1123-0412", "language: 中文")
	w.Press("3")
	w.Sees("林梅", "异常[42]")
	w.Press("y")
	w.Sees("已复制 1123-0412")
}

func TestHelpAndFindAreOverTheScreen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("f1")
	w.Sees("Help: queue", "F6 claim"[3:])
	w.Press("end", "esc")
	w.Lacks("Help: queue")
	w.Press(":")
	w.Sees("find hello", "Queue[42]")
	w.Send(keysPressOpenStore())
	w.Sees("storeS1")
	w.Press("f3", "esc")
	w.Sees("storeS1")
}

func keysPressOpenStore() tea.Msg { return ui.OpenStore{Code: "S1"} }

func TestLanguageSwitchKeepsTheScreen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("down", "f2", "0", "3")
	w.Sees("客服", "queue hello")
	if id, _ := w.views["queue"].list.Cursor(); id != 1 {
		t.Errorf("cursor on %d, want 1", id)
	}
}

func TestHiddenPagesLearnOfChangesWhenShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("enter")
	w.Send(ui.Changed{Topics: []string{"anomalies"}})
	w.Send(ui.CaseWritten{ID: 7})
	q := w.views["queue"]
	if q.stale || len(q.wrote) != 1 {
		t.Errorf("stale %v, wrote %v", q.stale, q.wrote)
	}
	w.Press("esc")
	if !q.stale || q.shown != 2 {
		t.Errorf("stale %v, shown %d times", q.stale, q.shown)
	}
}

func TestPanicsInCommandsKeepTheDesk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("f7")
	w.Sees("a fault of the desk", "queue hello")
	w.Press("ctrl+o")
	w.Sees("queue ")
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("ctrl+c")
	w.Sees("again within 2 s leaves")
	w.Press("j", "ctrl+c") // another key stays
	if w.Quit() {
		t.Fatal("left although another key came between")
	}
	w.Advance(3 * time.Second)
	w.Press("ctrl+c")
	if w.Quit() {
		t.Fatal("left although more than 2 s lay between")
	}
	w.Press("ctrl+c")
	if !w.Quit() {
		t.Fatal("twice did not leave")
	}
}

func TestLeavingAsksAboutEachClaim(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.held = []tui.HeldCase{{ID: 3, Text: "三", TextEn: "three"}, {ID: 4, TextEn: "four\x1b[2J"}}
	w.giveUp = errors.New("line down")
	w.Press("enter", "ctrl+c", "enter")
	if w.Quit() {
		t.Fatal("a key before the quiet answered the question")
	}
	w.Sees("Leave? 2 still yours", "three", "four␛[2J")
	w.Advance(time.Second)
	w.Press("1", "2", "enter")
	w.Sees("not given back")
	if w.Quit() {
		t.Fatal("left although giving back failed")
	}
	w.giveUp = nil
	w.Advance(3 * time.Second)
	w.Press("ctrl+c")
	w.Advance(time.Second)
	w.Press("down", "2", "enter")
	if !w.Quit() || len(w.given) != 1 || w.given[0] != 4 {
		t.Fatalf("quit %v, given back %v", w.Quit(), w.given)
	}
	if w.closed != 1 {
		t.Errorf("%d screens closed on leaving, want 1", w.closed)
	}
}

func TestTooSmall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 79, 24)
	w.Sees("too small: 79x24, needs 80x24")
	w.Press("enter", "f2", "j")
	w.Resize(80, 24)
	w.Sees("queue hello")
	w.Resize(20, 3)
	w.Frame()
	w.Resize(200, 60)
	w.Sees("queue hello")
}

func TestTypingKeepsLettersFromCommands(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.Press("/")
	w.Type("cq1:?望京")
	q := w.views["queue"]
	if q.field.Value() != "cq1:?望京" {
		t.Errorf("field holds %q", q.field.Value())
	}
	w.Press("f1")
	w.Sees("Help: queue")
	w.Press("esc", "esc")
	if q.typing {
		t.Error("esc did not leave the field")
	}
}

// Every screen that a view asks for opens over it, and one step back leads to it again;
// what the program has no screen for says so.
func TestScreensThatAreAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	for msg, name := range map[tea.Msg]string{
		ui.OpenCase{ID: 7}: "case7", ui.OpenStore{Code: "S1"}: "storeS1",
		ui.OpenEntry{Store: "S1", Order: 9, What: 3}:  "entry{S1 9 3}",
		ui.OpenCorrection{Product: "P4001", Case: 12}: "correct{P4001 12", ui.OpenProduct{Code: "P4001"}: "productP4001",
	} {
		w.Send(msg)
		w.Sees(name)
		w.Send(ui.Back{})
		w.Lacks(name)
	}
	w.Send(ui.OpenOrder{ID: 3})
	w.Sees("not on this screen")
}
