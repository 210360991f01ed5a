package queue

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/smallact"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// actCloseTask is in the menu's rest.
const actCloseTask keys.Action = "queue_close_task"

// taskView is the numbered view in which a task is done, "" where it has none.
func taskView(w domain.TaskWhat) ui.ViewID {
	switch w {
	case domain.TaskDayUnsigned:
		return ui.Deliveries
	case domain.TaskRosterGap:
		return ui.Roster
	case domain.TaskDifference, domain.TaskWeek:
		return ui.Settlement
	case domain.TaskStandard:
		return ui.Catalogue
	case domain.TaskCount:
		return ui.Counts
	case domain.TaskEscalated, domain.TaskOffered, domain.TaskImportClash, domain.TaskDelivery:
	}
	return ""
}

// openTask goes where the task is done: its case, its product, its view. Where there is no
// such place the preview has said all there is.
func (v *View) openTask(t domain.Task) tea.Cmd {
	d := t.Told()
	switch view := taskView(t.What); {
	case d.Case != 0:
		return ui.Send(ui.OpenCase{ID: d.Case})
	case t.What == domain.TaskImportClash && d.Product != "":
		return ui.Send(ui.OpenProduct{Code: d.Product})
	case d.OrderID != 0:
		return ui.Send(ui.OpenOrder{ID: d.OrderID})
	case view != "" && slices.Contains(v.env.Views, view):
		return ui.Send(ui.Show{View: view})
	case t.What.ByNote():
		return v.askCloseTask(t)
	}
	return ui.Send(ui.Say{Text: v.env.Text.Tasks.ByItem, Tone: ui.Note})
}

// pressTask does what a key means on a task; false: the same as on a case.
func (v *View) pressTask(p keys.Press, r domain.QueueRow) (tea.Cmd, bool) {
	switch p.Action {
	case keys.Open:
		return v.openTask(*r.Task), true
	case keys.Write, actCloseTask:
		return v.askCloseTask(*r.Task), true
	case keys.Store:
		return v.elsewhere(p, r, true), true
	case keys.Order, keys.History, keys.Product, keys.New, keys.Unfold, keys.Fold, keys.Merge, keys.Assign, actFinding, actPromise:
		return v.sayNo(v.env.Text.Tasks.NotCase), true
	case keys.Claim, keys.Later, keys.HandOver:
		if shown, _ := v.list.Marked(); len(shown) == 0 {
			return v.sayNo(v.env.Text.Tasks.NotCase), true
		}
	}
	return nil, false
}

// askCloseTask asks what was found or done; where a note does not end it, it says what
// does.
func (v *View) askCloseTask(t domain.Task) tea.Cmd {
	w := v.env.Text.Tasks
	if !t.What.ByNote() {
		return v.sayNo(w.ByItem)
	}
	if why := v.mayClose(t); why != "" {
		return v.sayNo(why)
	}
	store := v.store
	name := func() string { return v.env.Text.Tasks.Short[t.What] + " " + v.env.Text.Task(t) }
	a := &smallact.Act{Ask: dialog.New(v.env,
		func() string { return v.env.Text.Tasks.NoteHead(name()) },
		func(a *dialog.Ask) string { return v.env.Text.Tasks.NoteSum(name(), a.Text(0)) },
		dialog.Step{Name: func() string { return v.env.Text.Tasks.Note }},
	)}
	a.Write = func() func(context.Context, uuid.UUID) error {
		note := a.Text(0)
		return func(ctx context.Context, op uuid.UUID) error { return store.CloseTask(ctx, op, t.ID, note) }
	}
	a.Said = func() string { return v.env.Text.Tasks.NoteDone(name()) }
	return v.begin(a)
}

// mayClose says why the person may not end the task, "" where they may.
func (v *View) mayClose(t domain.Task) string {
	for _, r := range v.env.Me.Roles {
		if r == domain.RoleManager || r.Department() == t.With {
			return ""
		}
	}
	return v.env.Text.Errors.Needs(v.env.Text.Department(t.With))
}

// taskMenu is what can be done with a task.
func (v *View) taskMenu(m ui.Menu, r domain.QueueRow) ui.Menu {
	t := v.env.Text
	m.Title = t.Tasks.Short[r.Task.What] + " " + t.Task(*r.Task)
	if shown, hidden := v.list.Marked(); len(shown) > 0 {
		m.Title = v.markedTitle(shown, hidden)
	}
	m.Copy = r.Task.About
	if r.Store != "" {
		m.Acts = []ui.Act{{Action: keys.Store}}
	}
	off := t.Tasks.ByItem
	if r.Task.What.ByNote() {
		off = v.mayClose(*r.Task)
	}
	m.Rest = append(m.Rest, ui.Act{Action: actCloseTask, Name: t.Tasks.CloseAct, Off: off})
	return m
}

// taskKeys are what works on a task.
func (v *View) taskKeys(r domain.QueueRow) []keys.Hint {
	out := []keys.Hint{v.env.Hint(keys.Open)}
	if r.Task.What.ByNote() {
		out = append(out, keys.Hint{Action: keys.Write, Word: v.env.Text.Tasks.CloseAct})
	}
	return append(out, v.env.Hint(keys.Next), v.env.Hint(keys.Filter), v.env.Hint(keys.Find), v.env.Hint(keys.Menu), v.env.Hint(keys.Help))
}

// taskCells are a task's columns: there is nothing to change, and nobody holds it.
func (v *View) taskCells(r domain.QueueRow, w int, now time.Time) []cell.Span {
	t := v.env.Text
	name := t.Pick(r.StoreName, r.StoreNameEn)
	out := []cell.Span{v.left(r, now), {}, {}, {Text: t.Tasks.Short[r.Task.What], Role: theme.Head}, {}}
	if w >= wideColumns {
		if r.Store != "" {
			name = cell.Fit(cell.Clean(name), 10) + " " + cell.Clean(string(r.Store))
		}
		out = append(out, cell.Span{Text: name}, cell.Span{})
	} else {
		out = append(out, cell.Span{Text: name})
	}
	risk := "-"
	if r.AtRisk != 0 {
		risk = t.Money(r.AtRisk)
	}
	return append(out, cell.Span{Text: t.Task(*r.Task)}, cell.Span{Text: risk}, cell.Span{Text: cmp.Or(t.TaskFor(*r.Task), "-"), Role: theme.Muted})
}

// taskLines is the preview of a task: what it asks for, until when, from whom, and how it
// ends.
func (v *View) taskLines(r domain.QueueRow, w, h int) []cell.Line {
	t, now, task := v.env.Text, v.env.Now(), *r.Task
	words := t.Tasks
	store := strings.TrimSpace(t.Pick(r.StoreName, r.StoreNameEn) + " " + string(r.Store))
	head := cell.Line{
		Left:  []cell.Span{{Text: " " + words.Long[task.What], Role: theme.Head}, {Text: "  " + store}},
		Right: []cell.Span{{Text: v.riskText(r) + " "}},
	}
	out := []cell.Line{head}
	for _, s := range cell.Wrap(cell.Clean(t.Task(task)), w-2, max(1, h-3)) {
		out = append(out, cell.Plain(" "+s))
	}
	by := ""
	if task.By.Name != "" || task.By.NameEn != "" {
		by = t.Person(task.By.Name, task.By.NameEn, task.By.Login)
	}
	out = append(out, cell.Line{
		Left:  []cell.Span{{Text: " " + words.Due(t.When(task.Due.In(v.env.Zone), now), t.Left(task.Due.Sub(now)))}},
		Right: []cell.Span{{Text: words.Sent(by, t.When(task.Opened.In(v.env.Zone), now)) + " ", Role: theme.Muted}},
	})
	return append(out, cell.Painted(theme.Muted, " "+v.howDone(task)))
}

func (v *View) riskText(r domain.QueueRow) string {
	if r.AtRisk == 0 {
		return ""
	}
	return v.env.Text.MoneyExact(r.AtRisk)
}

// howDone says where enter leads and how the task ends.
func (v *View) howDone(task domain.Task) string {
	t := v.env.Text
	var parts []string
	switch view := taskView(task.What); {
	case task.Told().Case != 0:
		parts = append(parts, t.Tasks.Opens(t.Case.Name))
	case task.What == domain.TaskImportClash && task.Told().Product != "":
		parts = append(parts, t.Tasks.Opens(t.Goods.Name))
	case task.Told().OrderID != 0:
		parts = append(parts, t.Tasks.Opens(string(task.Told().Order)))
	case slices.Contains(v.env.Views, view):
		parts = append(parts, t.Tasks.Opens(t.Desk.Tabs[string(view)]))
	}
	switch {
	case task.What.ByNote():
		parts = append(parts, t.Tasks.Closes)
	case task.What != domain.TaskOffered:
		parts = append(parts, t.Tasks.ByItem)
	}
	return strings.Join(parts, "   ")
}

// soonOver is how long before the end of a shift what is still held is asked about.
const soonOver = 15 * time.Minute

// shiftEnds says that my shift ends soon, or is over, while I hold work.
func (v *View) shiftEnds() (cell.Line, bool) {
	ends, held := v.env.Status.ShiftEnds, 0
	if ends.IsZero() || ends.Sub(v.env.Now()) > soonOver {
		return cell.Line{}, false
	}
	for _, r := range v.rows {
		if v.mine(r) && r.State != domain.CaseClosed {
			held++
		}
	}
	if held == 0 {
		return cell.Line{}, false
	}
	return cell.Painted(theme.Near, " "+v.env.Text.Tasks.ShiftEnds(v.env.Text.Clock(ends.In(v.env.Zone)), held)), true
}

// workViews are the views in which a role has work besides the queue.
func workViews(r domain.Role) []ui.ViewID {
	switch r {
	case domain.RoleLogistics:
		return []ui.ViewID{ui.Deliveries}
	case domain.RoleProcurement:
		return []ui.ViewID{ui.Catalogue, ui.Returns}
	case domain.RoleFinance:
		return []ui.ViewID{ui.Settlement}
	case domain.RoleTraining:
		return []ui.ViewID{ui.Training}
	case domain.RoleManager:
		return []ui.ViewID{ui.Roster, ui.Counts}
	case domain.RoleAgent, domain.RoleExpansion, domain.RoleIntake:
	}
	return nil
}

// workElsewhere names the screens that have work for the person's roles, of those there
// are; "" where there are none.
func (v *View) workElsewhere() string {
	t := v.env.Text
	var parts []string
	for _, r := range v.env.Me.Roles {
		for _, id := range workViews(r) {
			if slices.Contains(v.env.Views, id) {
				n := strconv.Itoa(slices.Index(ui.Numbered(), id) + 1)
				parts = append(parts, t.Tasks.AtWork(n, t.Desk.Tabs[string(id)], v.env.Status.Counts[id]))
			}
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return t.Tasks.WorkAt(t.Queue.Parts(parts))
}
