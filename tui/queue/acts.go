package queue

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// actLimit bounds an act: it is sent again with the same key until its answer is
// known, and after this the person is told that it is not.
const actLimit = 20 * time.Second

// what an act did to one row.
type result struct {
	id   domain.CaseID
	err  error
	task bool // left alone: it is no case
}

// acted is what acts on rows brought.
type acted struct {
	act     keys.Action
	results []result
	hidden  int           // marked rows the filter hides, left alone
	opens   domain.CaseID // to be opened: what "next" took
	none    bool          // there was nothing to take
	said    string        // where set, what to say when all went well
}

// bulk tells that acts are under way; keys stay alive meanwhile.
type bulk struct{ act keys.Action }

// targets are the marked rows, or the one under the cursor.
func (v *View) targets() (rows []domain.QueueRow, hidden int) {
	shown, hidden := v.list.Marked()
	for _, id := range shown {
		rows = append(rows, v.rows[id])
	}
	if len(rows) == 0 {
		if r, ok := v.current(); ok {
			rows = append(rows, r)
		}
	}
	return rows, hidden
}

// each does one act for every row: nothing stops in the middle.
func (v *View) each(a keys.Action, rows []domain.QueueRow, hidden int, said string, do func(ctx context.Context, op uuid.UUID, r domain.QueueRow) error) tea.Cmd {
	if len(rows) == 0 || v.bulk != nil {
		return nil
	}
	if v.offline() {
		return v.sayOffline()
	}
	v.bulk = &bulk{act: a}
	ops := make([]uuid.UUID, len(rows))
	for i := range ops {
		ops[i] = uuid.New()
	}
	limit := actLimit + time.Duration(len(rows))*time.Second
	return ui.Load(v.env, 0, string(a), limit, func(ctx context.Context) (acted, error) {
		out := acted{act: a, hidden: hidden, said: said}
		for i, r := range rows {
			res := result{id: r.RowID(), task: r.Task != nil}
			if !res.task {
				res.err = do(ctx, ops[i], r)
			}
			out.results = append(out.results, res)
		}
		return out, nil
	})
}

// claimOrGiveBack takes what is not mine and gives back what is; of several marked
// rows it takes those that are free, unless all are mine.
func (v *View) claimOrGiveBack() tea.Cmd {
	rows, hidden := v.targets()
	if len(rows) == 0 {
		return nil
	}
	if r := rows[0]; len(rows) == 1 && r.Holder != nil && !v.mine(r) && v.env.Me.Has(domain.RoleManager) {
		return v.askTakeOver(r)
	}
	store := v.store
	var theirs, tasks []domain.QueueRow
	for _, r := range rows {
		switch {
		case r.Task != nil:
			tasks = append(tasks, r)
		case !v.mine(r):
			theirs = append(theirs, r)
		}
	}
	w := v.env.Text.Queue.Acted
	if len(theirs) > 0 {
		return v.each(keys.Claim, append(theirs, tasks...), hidden, v.claimedText(theirs[0]), func(ctx context.Context, op uuid.UUID, r domain.QueueRow) error {
			_, err := store.Claim(ctx, op, r.Case)
			return err
		})
	}
	return v.each(keys.Claim, rows, hidden, w.GivenBack(v.rowName(rows[0])), func(ctx context.Context, op uuid.UUID, r domain.QueueRow) error {
		return store.GiveBack(ctx, op, r.Case, r.Holder.No)
	})
}

// claimedText says what was taken, and that the store has more.
func (v *View) claimedText(r domain.QueueRow) string {
	w := v.env.Text.Queue.Acted
	if r.IsCause() {
		return w.ClaimedCause(v.place(r), r.MembersOpen)
	}
	s := w.Claimed(v.rowName(r), v.env.Text.Pick(r.StoreName, r.StoreNameEn))
	more := 0
	for _, o := range v.rows {
		if o.Store == r.Store && r.Store != "" && o.Case != r.Case && o.Task == nil && o.State != domain.CaseClosed {
			more++
		}
	}
	if more > 0 {
		s += v.env.Text.Values.Join + w.SameStore(more)
	}
	return s
}

// offline tells whether the line is known to be down: an act that was meant now must
// not be carried out when it comes back.
func (v *View) offline() bool {
	return v.env.Conn.State == ui.Down || v.env.Conn.State == ui.Reconnecting
}

func (v *View) sayOffline() tea.Cmd {
	return ui.Send(ui.Say{Text: v.env.Text.Queue.NoLine, Tone: ui.Problem})
}

// claimNext takes the most urgent free case and opens it.
func (v *View) claimNext() tea.Cmd {
	if v.bulk != nil {
		return nil
	}
	if v.offline() {
		return v.sayOffline()
	}
	v.bulk = &bulk{act: keys.Next}
	store, with, op := v.store, v.with, uuid.New()
	return ui.Load(v.env, 0, "claim next", actLimit, func(ctx context.Context) (acted, error) {
		got, err := store.ClaimNext(ctx, op, with)
		return acted{act: keys.Next, opens: got.Case, none: got.Case == 0}, err
	})
}

// actCame tells what acts did: of one row its result or why not, of several how many
// of each and the first reason.
func (v *View) actCame(msg ui.Loaded[acted]) tea.Cmd {
	v.bulk = nil
	if msg.Err != nil {
		return tea.Batch(v.reload(), ui.Fail(v.env, msg.Err))
	}
	a := msg.Value
	for _, r := range a.results {
		delete(v.files, r.id)
	}
	w := v.env.Text.Queue.Acted
	switch {
	case a.none:
		return tea.Batch(v.reload(), ui.Send(ui.Say{Text: w.NoneNext, Tone: ui.Note}))
	case a.opens != 0:
		v.list.To(a.opens)
		return tea.Batch(v.reload(), ui.Send(ui.OpenCase{ID: a.opens}))
	}
	failed := 0
	var first error
	for _, r := range a.results {
		if r.err != nil || r.task {
			failed++
			if first == nil {
				first = r.err
			}
		}
	}
	var say tea.Cmd
	switch {
	case failed == 0 && len(a.results) == 1 && a.hidden == 0:
		say = ui.Done(a.said)
	case failed == 1 && len(a.results) == 1 && first != nil:
		say = ui.Fail(v.env, first)
	default:
		v.openResults(a, failed)
	}
	if failed == 0 {
		v.list.Unmark()
	}
	return tea.Batch(v.reload(), say)
}

// openResults shows what became of each row of a bulk act.
func (v *View) openResults(a acted, failed int) {
	q := &question{kind: askResults, head: v.env.Text.Queue.Acted.Several(len(a.results)-failed, failed, a.hidden)}
	for _, r := range a.results {
		row := v.rows[r.id]
		line := v.rowName(row) + " " + v.place(row) + ": "
		switch {
		case r.task:
			line += v.env.Text.Tasks.NotCase
		case r.err == nil:
			line += v.env.Text.Queue.Acted.OK
		default:
			line += v.env.Text.Error(r.err)
		}
		q.results = append(q.results, line)
	}
	v.ask = q
}
