package queue_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// withCause puts a cause of three stores among the rows of the drawing: one member is
// done, one is held by a colleague.
func (w *world) withCause() {
	w.desk.change(func() {
		ends := now.Add(260 * time.Minute)
		cause := domain.QueueRow{
			Case: 50, Version: 1, With: domain.CustomerService, State: domain.CaseOpen, Kind: domain.Exchange, Cause: "exchange P3001 2026-11-20",
			Members: 3, MembersOpen: 2, Stores: 3, AtRisk: 2862 * domain.Yuan, Rank: 2.5, Next: domain.ClaimEnds, NextAt: &ends,
			ProductName: "速冻水饺", ProductNameEn: "Dumplings", Unit: "袋", UnitEn: "bag", Why: domain.Evidence{Product: "P3001"},
		}
		member := func(id domain.CaseID, store domain.StoreCode, zh, en string) domain.QueueRow {
			m := cause
			m.Case, m.Parent, m.Cause, m.Members, m.MembersOpen = id, 50, "", 0, 0
			m.Store, m.StoreName, m.StoreNameEn, m.AtRisk = store, zh, en, 954*domain.Yuan
			m.OrderID, m.OrderNo = domain.OrderID(id), domain.OrderNo(fmt.Sprintf("1120-0%d", id))
			m.Why = domain.Evidence{Product: "P3001", Line: 2, Quantity: domain.Units(30), Told: domain.ToldQuality}
			return m
		}
		done := member(53, "S047", "甘露园店", "Ganluyuan")
		done.State = domain.CaseClosed
		held := member(52, "S044", "回龙观店", "Huilongguan")
		held.Holder = &domain.Holder{Login: "wang", Name: "王磊", NameEn: "Wang Lei", Since: now.Add(-2 * time.Minute), No: 1}
		w.desk.rows = slices.Insert(w.desk.rows, 2, cause)
		w.desk.members = map[domain.CaseID][]domain.QueueRow{50: {member(51, "S040", "亚运村店", "Yayuncun"), held, done}}
		w.desk.file.Members = w.desk.members[50]
	})
	w.Press("f5", "home")
}

// A member says what is its own: how many, and what that is compared with; the goods are
// its cause's. A cause counts stores, not cases.
func TestMembersSayWhatDiffers(t *testing.T) {
	t.Parallel()
	for lang, want := range map[text.Lang][]string{
		text.English: {"  Yayuncun 18.3 kg: 18 or 18.5  ", "2 stores + "},
		text.Chinese: {"  亚运村店 18.3kg 可18或18.5  ", "2家店 +"},
	} {
		w := newWorld(t, lang, 80, 19)
		w.desk.change(func() {
			cause := w.desk.rows[4]
			cause.Case, cause.Cause, cause.Members, cause.MembersOpen, cause.Stores, cause.Store = 50, "step P4001 v3", 3, 3, 2, ""
			cause.Busy, cause.ProductName, cause.ProductNameEn = nil, "冷鲜五花肉带皮切块", "Chilled pork belly, diced"
			member := cause
			member.Case, member.Parent, member.Cause, member.Members = 51, 50, "", 0
			member.Store, member.StoreName, member.StoreNameEn, member.AtRisk = "S040", "亚运村店", "Yayuncun", 12*domain.Yuan
			member.Next, member.NextAt = w.desk.rows[0].Next, w.desk.rows[0].NextAt
			member.Why = domain.Evidence{Product: "P4001", Line: 2, Quantity: 18_300, Step: 500, Below: 18_000, Above: 18_500}
			w.desk.rows = []domain.QueueRow{cause}
			w.desk.members = map[domain.CaseID][]domain.QueueRow{50: {member}}
			w.desk.file.Members = w.desk.members[50]
		})
		w.Press("f5", "home")
		w.rest()
		w.Sees(want[1])
		if low := strings.Split(w.Frame(), "\n"); !strings.Contains(low[16], "18.3") {
			t.Errorf("the preview of the cause cuts the figures:\n%s", w.Frame())
		}
		w.Press("right", "down")
		w.wantUnder(t, want[0])
	}
}

func TestKeysAreCalledInThePersonsLanguage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.Chinese, 80, 19)
	w.withCause()
	w.Press("down", "down")
	line := func() string {
		return ansi.Strip(ui.KeyLine(w.env.Text, w.view.Keys(), 80).Render(w.env.Theme, 80))
	}
	if l := line(); !strings.Contains(l, "右键 展开") {
		t.Error(l)
	}
	w.Press("right")
	if l := line(); !strings.Contains(l, "左键 收起") {
		t.Error(l)
	}
	w.Press("up", "right")
	if said := w.Said(); len(said) != 1 || said[0] != "右键 在这里没有用" {
		t.Errorf("said %q", said)
	}
}

func TestCauseFrames(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, size := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := newWorld(t, lang, size[0], size[1])
			w.withCause()
			w.Press("down", "down")
			w.rest()
			golden(t, fmt.Sprintf("cause_%s_%dx%d", lang, size[0], size[1]), w.Frame())
			w.Press("right", "down")
			w.rest()
			golden(t, fmt.Sprintf("unfolded_%s_%dx%d", lang, size[0], size[1]), w.Frame())
		}
	}
}

// under is the row the cursor is on.
func (w *world) under() string {
	for _, l := range strings.Split(w.Frame(), "\n") {
		if strings.HasPrefix(l, ">") {
			return l
		}
	}
	return ""
}

func (w *world) wantUnder(t *testing.T, part string) {
	t.Helper()
	if u := w.under(); !strings.Contains(u, part) {
		t.Errorf("the cursor is on %q, want %q:\n%s", u, part, w.Frame())
	}
}

// A cause unfolds in its place and folds again; the cursor, the marks and the other
// rows stay, whatever news comes.
func TestACauseUnfolds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.Chinese, 80, 19)
	w.withCause()
	w.Press("down", "down")
	w.wantUnder(t, "3家店 +")
	w.Sees("1/3")
	w.Press("right")
	w.wantUnder(t, "3家店 +")
	w.Sees("  亚运村店", "王磊 2分")
	w.Press("down", "space") // marks the first member
	w.wantUnder(t, "回龙观店")
	before := w.Frame()
	w.Send(ui.Changed{Topics: []string{"queue"}})
	if diff := cmp.Diff(before, w.Frame()); diff != "" {
		t.Errorf("news moved the rows:\n%s", diff)
	}
	w.Press("left")
	w.wantUnder(t, "3家店 +")
	w.Lacks("亚运村店")
	if m := w.view.Menu(); strings.Contains(m.Title, "已选") {
		t.Errorf("a mark that is not shown is no mark: %q", m.Title)
	}
	w.Press("right")
	if m := w.view.Menu(); !strings.Contains(m.Title, "已选1条") {
		t.Errorf("the mark is gone: %q", m.Title)
	}
	w.Press("left", "left")
	if said := w.Said(); len(said) != 1 {
		t.Errorf("said %q", said)
	}
}

// Claiming a cause is one act; what was claimed with it is for the database.
func TestACauseIsClaimed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.Chinese, 80, 19)
	w.withCause()
	w.Press("down", "down", "f6")
	if got := w.desk.written(); !slices.Equal(got, []string{"claim"}) {
		t.Errorf("wrote %q", got)
	}
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "3家店 + 归你, 连同2条未结中无人领的") {
		t.Errorf("said %q", said)
	}
	w.Sees("我 1/3")
	w.Press("enter")
	if diff := cmp.Diff([]tea.Msg{ui.OpenCase{ID: 50}}, w.Out()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w.Press("f8") // it is of no one store
	if said := w.Said(); len(said) != 1 {
		t.Errorf("said %q", said)
	}
	w.Press("right", "down", "f8")
	if diff := cmp.Diff([]tea.Msg{ui.OpenStore{Code: "S040"}}, w.Out()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w.Send(keys.Press{Action: keys.Product, Count: 1})
	w.Press("+")
	want := []tea.Msg{ui.OpenCorrection{Product: "P3001", Case: 51}, ui.OpenEntry{Store: "S040", Order: 51}}
	if diff := cmp.Diff(want, w.Out()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A cause whose last member closed leaves with them; its rows are drawn until they are
// let go.
func TestACauseThatCloses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.Chinese, 80, 19)
	w.withCause()
	w.Press("down", "down", "right", "down", "down")
	w.desk.change(func() {
		w.desk.rows = slices.DeleteFunc(w.desk.rows, func(r domain.QueueRow) bool { return r.Case == 50 })
	})
	w.Send(ui.Changed{All: true})
	w.wantUnder(t, "回龙观店")
	w.Press("f5")
	w.Lacks("回龙观店", "3家店")
	w.Press("up", "right")
}

// Small acts: each asked in the message lines, confirmed by ctrl+s twice, written once.
func TestSmallActs(t *testing.T) {
	t.Parallel()
	confirm := func(w *world) {
		w.Press("ctrl+s")
		w.Advance(400 * time.Millisecond)
		w.Press("ctrl+s")
	}
	w := newWorld(t, text.Chinese, 80, 19)
	w.desk.change(func() { w.desk.rows[4].OrderID = 2 }) // both are of one order
	w.Press("f5", "down")
	w.Send(keys.Press{Action: keys.Merge, Count: 1})
	if f := foot(w); !strings.Contains(f, "1123-0405 步长差异") {
		t.Fatalf("foot %q", f)
	}
	w.Press("1")
	w.Type("同一单")
	confirm(w)
	w.Send(keys.Press{Action: "queue_promise", Count: 1})
	w.Type("17:00")
	w.Press("enter")
	w.Type("回电")
	w.Press("enter")
	if f := foot(w); !strings.Contains(f, "答应今17:00前 回电") {
		t.Errorf("foot %q", f)
	}
	confirm(w)
	want := []string{"merge 2 (claim 3) into 5: 同一单", "promise 2 11-23 17:00: 回电"}
	if diff := cmp.Diff(want, w.desk.written()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		press []string
		want  string
	}{
		{[]string{"1", "2", "type:30袋", "enter", "type:破了一些"}, "found 2 line 2 goods part 30: 破了一些"},
		{[]string{"2", "4", "type:11-25 17:00", "enter", "type:已发图"}, "found 2 line 2 supplier asked by 11-25 17:00: 已发图"},
		{[]string{"2", "3", "type:不认"}, "found 2 line 2 supplier no: 不认"},
		{[]string{"1", "1"}, "found 2 line 2 goods yes: "},
		{[]string{"1", "1", "esc", "3", "enter", "type:不对"}, "found 2 line 2 goods no: 不对"},
	} {
		w := newWorldAs(t, text.Chinese, domain.RoleProcurement, 80, 19)
		w.desk.change(func() {
			for i := range w.desk.rows {
				w.desk.rows[i].With, w.desk.rows[i].Kind = domain.Procurement, domain.Return
			}
		})
		w.Press("f5", "down")
		w.Send(keys.Press{Action: "queue_finding", Count: 1})
		for _, k := range c.press {
			if s, ok := strings.CutPrefix(k, "type:"); ok {
				w.Type(s)
				continue
			}
			w.Press(k)
		}
		confirm(w)
		if diff := cmp.Diff([]string{c.want}, w.desk.written()); diff != "" {
			t.Errorf("(-want +got):\n%s\n%s", diff, foot(w))
		}
	}
}

// What a role or a claim does not allow says so, and writes nothing.
func TestSmallActsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.Chinese, 80, 19)
	w.withCause()
	for _, a := range []keys.Action{keys.Merge, "queue_finding", keys.Assign} {
		w.Send(keys.Press{Action: a, Count: 1})
	}
	w.Press("down", "down")
	w.Send(keys.Press{Action: "queue_promise", Count: 1})
	want := []string{"先领取: F6", "要采购", "要经理", "先展开: 每店有自己的一行"}
	if diff := cmp.Diff(want, w.Said()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(w.desk.written()) != 0 {
		t.Errorf("wrote %q", w.desk.written())
	}
	manager := newWorldAs(t, text.Chinese, domain.RoleManager, 80, 19)
	manager.desk.change(func() {
		for i := range manager.desk.rows {
			manager.desk.rows[i].With = domain.Manager
		}
	})
	manager.Press("f5", "down", "down", "down")
	manager.Send(keys.Press{Action: keys.Assign, Count: 1})
	if f := foot(manager); !strings.Contains(f, "从王磊接管 1123-0404") {
		t.Errorf("foot %q", f)
	}
}

// A promise whose answer got lost stays, with its key.
func TestASmallActIsWrittenOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 19)
	w.Send(keys.Press{Action: "queue_promise", Count: 1})
	w.Type("17")
	w.Press("enter")
	w.Type("call")
	w.desk.change(func() { w.desk.refuse[1] = domain.Errorf(domain.Timeout, "promise", "no answer") })
	w.Press("ctrl+s")
	w.Advance(time.Second)
	w.Press("ctrl+s")
	if said := w.Said(); len(said) != 1 || !strings.Contains(said[0], "written once") {
		t.Errorf("said %q", said)
	}
	w.desk.change(func() { delete(w.desk.refuse, 1) })
	w.Press("ctrl+s")
	w.Advance(time.Second)
	w.Press("ctrl+s")
	if len(w.desk.ops) != 2 || w.desk.ops[0] != w.desk.ops[1] {
		t.Errorf("keys %v", w.desk.ops)
	}
	if len(w.desk.written()) != 1 {
		t.Errorf("wrote %q", w.desk.written())
	}
}

// Causes and small acts at any size, of whatever text.
func TestAnyCauseFrame(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 9))
	bad := tuitest.Hostile()
	odd := func() string { return bad[r.IntN(len(bad))] }
	for range 40 {
		w := newWorld(t, []text.Lang{text.Chinese, text.English}[r.IntN(2)], 80, 19)
		w.withCause()
		w.desk.change(func() {
			w.desk.rows[2].Cause, w.desk.rows[2].ProductName, w.desk.rows[2].ProductNameEn = odd(), odd(), odd()
			for i := range w.desk.members[50] {
				m := &w.desk.members[50][i]
				m.StoreName, m.StoreNameEn, m.OrderNo, m.Complaint = odd(), odd(), "", odd()
			}
		})
		w.Press("f5", "down", "down", "right", "down")
		w.rest()
		for range 8 {
			w.Send(keys.Press{Action: []keys.Action{"queue_promise", keys.Merge, keys.Unfold, keys.Fold, keys.Down, keys.Up}[r.IntN(6)], Count: 1})
			if w.view.CapturesText() {
				w.Paste(odd())
				w.Press("enter")
			}
			w.Resize(80+r.IntN(171), 19+r.IntN(60))
			w.Frame()
			for _, l := range w.view.Message() {
				l.Render(w.env.Theme, 80)
			}
		}
	}
}
