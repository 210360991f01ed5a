package handover_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/handover"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/muesli/termenv"
)

var update = flag.Bool("update", false, "write the golden files anew")

var now = time.Date(2026, 11, 23, 14, 50, 0, 0, time.FixedZone("CST", 8*3600))

// fake is the database of these tests.
type fake struct {
	mu    sync.Mutex
	told  domain.Handover
	asked [][]domain.Department
	wrote []string
	ops   []uuid.UUID
	err   map[domain.CaseID]error
}

func (f *fake) Handover(_ context.Context, with []domain.Department) (domain.Handover, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, with)
	return f.told, nil
}

func (f *fake) did(op uuid.UUID, id domain.CaseID, what string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if err := f.err[id]; err != nil {
		return err
	}
	f.wrote = append(f.wrote, what)
	return nil
}

func (f *fake) OfferWork(_ context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo, to domain.Login, note string) (domain.Offered, error) {
	return domain.Offered{Case: id}, f.did(op, id, fmt.Sprintf("%d (claim %d) > %q: %s", id, no, to, note))
}

func (f *fake) HandOn(_ context.Context, op uuid.UUID, person domain.Login, cases []domain.CaseID, to domain.Login, note string) ([]domain.Offered, error) {
	return nil, f.did(op, cases[0], fmt.Sprintf("%v of %s > %q: %s", cases, person, to, note))
}

func (f *fake) AnswerOffer(_ context.Context, op uuid.UUID, task domain.TaskID, take bool, reason string) (domain.OfferAnswer, error) {
	return domain.OfferAnswer{}, f.did(op, 0, fmt.Sprintf("task %d %v %s", task, take, reason))
}

// told is the end of a shift: two of mine, one handed to me, one to others, one held, a
// promise and one put off.
func told() domain.Handover {
	holder := func(login domain.Login, zh, en string, ago time.Duration) *domain.Holder {
		return &domain.Holder{Login: login, Name: zh, NameEn: en, Since: now.Add(-ago), No: 3}
	}
	me, wang, zhao := holder("lin", "林梅", "Lin Mei", 4*time.Minute), holder("wang", "王磊", "Wang Lei", 2*time.Minute), holder("zhao", "赵敏", "Zhao Min", 9*time.Minute)
	row := func(id domain.CaseID, zh, en string, kind domain.Kind, risk domain.Money, left time.Duration) domain.QueueRow {
		next, due := now.Add(left), now.Add(3*time.Hour)
		return domain.QueueRow{
			Case: id, With: domain.CustomerService, State: domain.CaseOpen, Kind: kind, Store: "S014", StoreName: zh, StoreNameEn: en,
			OrderNo: domain.OrderNo(fmt.Sprintf("1123-04%02d", id)), AtRisk: risk * domain.Yuan, NextAt: &next, NearAt: &due, DueAt: &due,
			Why: domain.Evidence{Quantity: domain.Units(480), UsualLow: domain.Units(24), UsualHigh: domain.Units(60), Earlier: 12, Line: 2},
		}
	}
	mine, draft := row(1, "朝阳路店", "Chaoyang", domain.QuantitySurge, 33200, 10*time.Minute), row(2, "望京店", "Wangjing", domain.StepMismatch, 45, 40*time.Minute)
	mine.Holder, draft.Holder, draft.Draft = me, me, true
	past := now.Add(-5 * time.Minute)
	mine.NearAt, mine.DueAt = &past, &past
	held, back := row(5, "方庄店", "Fangzhuang", domain.Return, 61, 26*time.Hour), row(6, "双井店", "Shuangjing", domain.WrongOrder, 1420, 10*time.Minute)
	held.Holder = zhao
	until := now.Add(25 * time.Minute)
	back.State, back.Until = domain.CaseSnoozed, &until
	return domain.Handover{
		At: now, Mine: []domain.QueueRow{mine, draft}, Held: []domain.QueueRow{held}, Snoozed: []domain.QueueRow{back},
		Offers: []domain.Offer{
			{Task: 7, Row: row(3, "劲松店", "Jinsong", domain.QuantitySurge, 4680, time.Hour), From: *wang, To: *me, Note: "店长14点后回电", Due: now.Add(22 * time.Minute)},
			{Task: 8, Row: row(4, "亚运村店", "Yayuncun", domain.Exchange, 156, time.Hour), From: *zhao, Note: "等照片", Due: now.Add(-time.Minute)},
			{Task: 9, Row: row(9, "天桥店", "Tianqiao", domain.Return, 90, time.Hour), From: *me, To: *wang, Note: "已问供应商", Due: now.Add(29 * time.Minute)},
		},
		Promises: []domain.PromiseOpen{{
			PromiseMade: domain.PromiseMade{ID: 4, Case: 5, OrderNo: "1123-0405", What: "17:00前回话", Due: now.Add(130 * time.Minute), By: "zhao", ByName: "赵敏", ByNameEn: "Zhao Min"},
			Store:       "S025", StoreName: "方庄店", StoreNameEn: "Fangzhuang",
		}},
		Free: map[domain.Department]int{domain.CustomerService: 12},
		Colleagues: []domain.Colleague{
			{Staff: domain.Staff{Login: "wang", Name: "王磊", NameEn: "Wang Lei", Roles: []domain.Role{domain.RoleAgent}}, AtDesk: true, Holds: 1},
			{Staff: domain.Staff{Login: "zhao", Name: "赵敏", NameEn: "Zhao Min", Roles: []domain.Role{domain.RoleAgent}}, Holds: 3},
			{Staff: domain.Staff{Login: "qian", Name: "钱进", NameEn: "Qian Jin", Roles: []domain.Role{domain.RoleLogistics}}, AtDesk: true},
		},
	}
}

type world struct {
	*tuitest.Driver
	store *fake
	view  *handover.View
}

func newWorld(tb testing.TB, lang text.Lang, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(now)
	f := &fake{told: told(), err: map[domain.CaseID]error{}}
	env := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Zone: now.Location(),
		Me: domain.Staff{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Roles: []domain.Role{role}, Active: true}, Timer: clock.Timer,
	})
	v := handover.New(ui.NewEnv(env, "handover"), f)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, view: v}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s: %s", name, d)
	}
}

func (w *world) foot() string {
	var b strings.Builder
	for _, l := range w.view.Message() {
		for _, s := range append(slices.Clone(l.Left), l.Right...) {
			b.WriteString(s.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestFrames(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, size := range [][2]int{{80, 22}, {110, 30}, {200, 58}} {
			t.Run(fmt.Sprintf("%s_%d", lang, size[0]), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, lang, domain.RoleAgent, size[0], size[1])
				golden(t, fmt.Sprintf("%s_%dx%d", lang, size[0], size[1]), w.Frame()+"\n"+w.foot())
			})
		}
	}
}

// TestHandsOver hands what is marked to a colleague of the department, each with its own key,
// on the second ctrl+s.
func TestHandsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, domain.RoleAgent, 80, 22)
	w.Press("*", "ctrl+o")
	if got := w.foot(); !strings.Contains(got, "1 next shift  2 Wang 1  3 Zhao -") || strings.Contains(got, "Qian") {
		t.Fatalf("it asks %q", got)
	}
	w.Press("2")
	w.Type("store rings back")
	w.Press("ctrl+s")
	w.Advance(time.Second)
	if len(w.store.wrote) != 0 {
		t.Fatal("written at the first ctrl+s")
	}
	w.Press("ctrl+s")
	want := []string{`1 (claim 3) > "wang": store rings back`, `2 (claim 3) > "wang": store rings back`}
	if d := cmp.Diff(want, w.store.wrote); d != "" {
		t.Error(d)
	}
	if w.store.ops[0] == w.store.ops[1] {
		t.Error("two acts under one key")
	}
	if got := w.Said(); len(got) == 0 || !strings.Contains(got[len(got)-1], "2 marked handed to Wang") {
		t.Errorf("said %q", got)
	}
}

// TestHandsOverWhatItCan tells of several how many went and why one did not.
func TestHandsOverWhatItCan(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, domain.RoleAgent, 80, 22)
	w.store.err[2] = domain.Errorf(domain.Conflict, "offer", "gone")
	w.Press("*", "ctrl+o", "1")
	w.Type("x")
	w.Press("ctrl+s")
	w.Advance(time.Second)
	w.Press("ctrl+s")
	if got := w.Said(); len(got) == 0 || !strings.Contains(got[len(got)-1], "1 done, 1 not: it changed meanwhile") {
		t.Errorf("said %q", got)
	}
}

// TestAnswersOffers takes by one key and refuses with a reason; another's offer is left alone.
func TestAnswersOffers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.Chinese, domain.RoleAgent, 80, 22)
	w.Press("tab", "f6", "ctrl+o")
	w.Type("手上太多")
	w.Press("ctrl+s")
	w.Advance(time.Second)
	w.Press("ctrl+s", "tab", "f6")
	if d := cmp.Diff([]string{"task 7 true ", "task 7 false 手上太多"}, w.store.wrote); d != "" {
		t.Error(d)
	}
	if got := w.Said(); !strings.Contains(got[len(got)-1], "是交给别人的") {
		t.Errorf("said %q", got)
	}
}

// TestManagerHandsOn hands on what another holds; an agent is told who may.
func TestManagerHandsOn(t *testing.T) {
	t.Parallel()
	for _, role := range []domain.Role{domain.RoleManager, domain.RoleAgent} {
		w := newWorld(t, text.English, role, 80, 22)
		w.Press("tab", "tab", "tab", "ctrl+o")
		if role == domain.RoleAgent {
			if got := w.Said(); len(got) == 0 || !strings.Contains(got[0], "needs manager") || w.view.Asks() {
				t.Errorf("an agent: %q", got)
			}
			continue
		}
		w.Press("2")
		w.Type("sick")
		w.Press("ctrl+s")
		w.Advance(time.Second)
		w.Press("ctrl+s")
		if d := cmp.Diff([]string{`[5] of zhao > "wang": sick`}, w.store.wrote); d != "" {
			t.Error(d)
		}
		if w.store.asked[0] != nil {
			t.Errorf("a manager's is of %v", w.store.asked[0])
		}
	}
}

// TestNothingIsWrittenByText sends words and pastes to the list: nothing happens but moving.
func TestNothingIsWrittenByText(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, domain.RoleAgent, 80, 22)
	for _, key := range []string{"enter", "ctrl+s", "ctrl+s", "+", "x", "z", "2", "1", "f7", "-"} {
		w.Press(key)
	}
	if len(w.store.wrote) != 0 {
		t.Errorf("written: %v", w.store.wrote)
	}
}

func TestHostileText(t *testing.T) {
	t.Parallel()
	for i, bad := range tuitest.Hostile() {
		w := newWorld(t, []text.Lang{text.Chinese, text.English}[i%2], domain.RoleManager, 80, 22)
		for k := range w.store.told.Offers {
			w.store.told.Offers[k].Note, w.store.told.Offers[k].From.Name = bad, bad
		}
		w.store.told.Mine[0].StoreName, w.store.told.Mine[0].OrderNo = bad, domain.OrderNo(bad)
		w.store.told.Promises[0].What, w.store.told.Colleagues[0].Name = bad, bad
		w.Press("f5")
		for _, size := range [][2]int{{80, 22}, {133, 37}, {200, 58}} {
			w.Resize(size[0], size[1])
			w.Press("end", "ctrl+o", "esc", "home", "ctrl+o", "2")
			w.Frame()
			w.Press("esc", "esc")
		}
	}
}
