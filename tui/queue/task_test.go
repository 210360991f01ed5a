package queue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
)

// withTasks is the world with tasks of each kind among the cases, all of the department.
func withTasks(tb testing.TB, lang text.Lang, w, h int) *world {
	tb.Helper()
	q := newWorld(tb, lang, w, h)
	q.env.Views = []ui.ViewID{ui.Queue, ui.Settlement}
	task := func(id domain.TaskID, what domain.TaskWhat, about, detail string, rank float64, due time.Duration) domain.QueueRow {
		return domain.Task{
			ID: id, What: what, About: about, With: domain.CustomerService, Detail: []byte(detail), Rank: rank, Due: now.Add(due),
			Opened: now.Add(-time.Hour), By: domain.Holder{Login: "gao", Name: "高岚", NameEn: "Gao Lan"},
		}.Row()
	}
	cash := task(1, domain.TaskDifference, "2026-11-16 S044", `{"week":"2026-11-16","diff":-980400,"note":"现金未交"}`, 0.5, 5*time.Minute)
	cash.Store, cash.StoreName, cash.StoreNameEn, cash.AtRisk = "S044", "回龙观店", "Huilongguan", 980400
	cash.Task.Store, cash.Task.StoreName, cash.Task.StoreNameEn, cash.Task.AtRisk = cash.Store, cash.StoreName, cash.StoreNameEn, cash.AtRisk
	up := task(2, domain.TaskEscalated, "case 4", `{"case":4,"order":"1123-0404","kind":"quantity_surge","why":"untaken","note":"call again"}`, 2.5, -4*time.Minute)
	offer := task(3, domain.TaskOffered, "case 5", `{"case":5,"order":"1123-0405","kind":"step_mismatch","note":"store closes at 14:00",
		"by":"wang","by_name":"王磊","by_name_en":"Wang Lei","to":"zhao","to_name":"赵敏","to_name_en":"Zhao Min"}`, 3.5, 25*time.Minute)
	gap := task(4, domain.TaskRosterGap, "2026-11-26", `{"from":"13","until":"16","missing":2}`, 6, 72*time.Hour)
	q.desk.change(func() {
		q.desk.rows = append(q.desk.rows, cash, up, offer, gap)
		slices.SortStableFunc(q.desk.rows, func(a, b domain.QueueRow) int {
			if a.Rank < b.Rank {
				return -1
			}
			return 1
		})
	})
	q.Press("f5")
	return q
}

func TestTasksAmongTheRows(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, size := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			t.Run(fmt.Sprintf("%s_%d", lang, size[0]), func(t *testing.T) {
				t.Parallel()
				w := withTasks(t, lang, size[0], size[1])
				w.Press("home")
				golden(t, fmt.Sprintf("tasks_%s_%dx%d", lang, size[0], size[1]), w.Frame())
			})
		}
	}
}

// TestTaskOpensWhatItIsAbout goes where a task is done: its view, its case; where there is
// no such view here, it says how the task ends.
func TestTaskOpensWhatItIsAbout(t *testing.T) {
	t.Parallel()
	w := withTasks(t, text.English, 80, 19)
	open := func(downs int) []any {
		w.Press("home")
		for range downs {
			w.Press("down")
		}
		w.Out()
		w.Press("enter")
		var out []any
		for _, m := range w.Out() {
			out = append(out, m)
		}
		return out
	}
	for downs, want := range map[int]any{
		0: ui.Show{View: ui.Settlement}, 3: ui.OpenCase{ID: 4}, 5: ui.OpenCase{ID: 5},
		8: ui.Say{Text: "it closes when that is done", Tone: ui.Note},
	} {
		if diff := cmp.Diff([]any{want}, open(downs)); diff != "" {
			t.Errorf("row %d (-want +got):\n%s", downs, diff)
		}
	}
}

// TestTaskEndsWithNote writes the note on the second ctrl+s; what ends by itself takes none.
func TestTaskEndsWithNote(t *testing.T) {
	t.Parallel()
	w := withTasks(t, text.English, 80, 19)
	w.Press("home", "down", "down", "down", "ctrl+s")
	w.Out()
	w.Type("Wang takes it")
	w.Press("enter", "ctrl+s")
	w.Advance(time.Second)
	if got := w.desk.written(); len(got) != 0 {
		t.Fatalf("written before it was asked twice: %v", got)
	}
	w.Press("ctrl+s")
	if diff := cmp.Diff([]string{"close task 2: Wang takes it"}, w.desk.written()); diff != "" {
		t.Error(diff)
	}
	w.Press("home", "ctrl+s")
	if w.view.Asks() {
		t.Error("a difference asks for a note")
	}
}

// TestActsSkipTasks leaves tasks alone where several rows are taken, and says so.
func TestActsSkipTasks(t *testing.T) {
	t.Parallel()
	w := withTasks(t, text.English, 80, 19)
	w.Press("home", "space", "space", "f6") // the difference and the first case
	if diff := cmp.Diff([]string{"claim"}, w.desk.written()); diff != "" {
		t.Error(diff)
	}
	if got := foot(w); !slices.ContainsFunc([]string{got}, func(s string) bool {
		return strings.Contains(s, "1 done, 1 refused") && strings.Contains(s, "a task, no case")
	}) {
		t.Errorf("message %q", got)
	}
	w.Press("esc", "esc", "home", "f6")
	if got := w.Said(); len(got) == 0 || !strings.Contains(got[len(got)-1], "a task, no case") {
		t.Errorf("said %q", got)
	}
	if m := w.view.Menu(); slices.ContainsFunc(m.Acts, func(a ui.Act) bool { return a.Action == keys.Claim }) {
		t.Error("the menu of a task offers to claim it")
	}
}

// TestTaskHostile draws tasks whose detail comes from elsewhere.
func TestTaskHostile(t *testing.T) {
	t.Parallel()
	for i, bad := range tuitest.Hostile() {
		w := withTasks(t, []text.Lang{text.Chinese, text.English}[i%2], 80, 19)
		w.desk.change(func() {
			for j := range w.desk.rows {
				if task := w.desk.rows[j].Task; task != nil {
					task.Detail = fmt.Appendf(nil, `{"note":%q,"by_name":%q,"to":"x","to_name":%q,"day":%q}`, bad, bad, bad, bad)
					task.About, task.StoreName = bad, bad
				}
			}
		})
		w.Press("f5", "home", "down", "down", "down")
		w.Frame()
		w.Resize(200, 55)
		w.Press("f2")
		w.Frame()
	}
}

// TestEmptyNamesTheScreenWithWork leads who has nothing in the queue to where the work is.
func TestEmptyNamesTheScreenWithWork(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role domain.Role
		lang text.Lang
		want string
	}{
		{domain.RoleFinance, text.English, "Work for you: 6 Settlement 4 waiting"},
		{domain.RoleLogistics, text.Chinese, "您的活在: 2 配送"},
		{domain.RoleManager, text.English, "Work for you: 5 Roster"},
	} {
		w := newWorldAs(t, c.lang, c.role, 80, 19)
		w.env.Views = []ui.ViewID{ui.Queue, ui.Deliveries, ui.Roster, ui.Settlement}
		w.env.Status.Counts = map[ui.ViewID]int{ui.Settlement: 4}
		w.desk.change(func() { w.desk.rows = nil })
		w.Press("f5")
		w.Sees(c.want)
	}
}
