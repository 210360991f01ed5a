package queue

import (
	"cmp"
	"context"
	"slices"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/smallact"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// Acts of the menu's rest.
const (
	actFinding keys.Action = "queue_finding"
	actPromise keys.Action = "queue_promise"
)

// smallDone is that it was written.
type smallDone struct{}

// begin puts the question.
func (v *View) begin(s *smallact.Act) tea.Cmd {
	if v.bulk != nil {
		return nil
	}
	if v.offline() {
		return v.sayOffline()
	}
	v.ask = &question{kind: askSmall, small: s}
	return nil
}

// answerSmall takes keys while a small act is asked for. What it writes is worked out
// before: the command touches nothing of the view.
func (v *View) answerSmall(p keys.Press) tea.Cmd {
	s := v.ask.small
	answer, cmd := s.Press(p)
	switch answer {
	case dialog.Closed:
		v.ask = nil
	case dialog.Go:
		write, op := s.Write(), s.Op
		return ui.Load(v.env, v.back.Next(), "small act", actLimit, func(ctx context.Context) (smallDone, error) {
			return smallDone{}, write(ctx, op)
		})
	case dialog.Stands:
	}
	return cmd
}

// smallCame says what was done. Where no answer came the question stays, with its key.
func (v *View) smallCame(msg ui.Loaded[smallDone]) tea.Cmd {
	if msg.Gen != v.back || v.ask == nil || v.ask.small == nil {
		return nil
	}
	s := v.ask.small
	switch domain.CodeOf(msg.Err) {
	case "":
	case domain.Timeout, domain.Unavailable, domain.Canceled:
		s.Again()
		return ui.Send(ui.Say{Text: v.env.Text.Dialog.Unknown, Tone: ui.Problem})
	default:
		v.ask = nil
		return tea.Batch(v.reload(), ui.Fail(v.env, msg.Err))
	}
	v.ask = nil
	clear(v.files)
	return tea.Batch(v.reload(), ui.Done(s.Said()))
}

// TextCursor is where the field of a question stands in the message lines.
func (v *View) TextCursor() (x, y int, ok bool) {
	if v.ask == nil || !v.CapturesText() {
		return 0, 0, false
	}
	var line int
	switch {
	case v.ask.small != nil:
		x, line = v.ask.small.Cursor(v.W)
	case v.ask.back != nil:
		x, line = v.ask.back.Cursor(v.W)
	default:
		return 0, 0, false
	}
	return x, v.H + line, true
}

// sayNo says why an act cannot be done.
func (v *View) sayNo(why string) tea.Cmd { return ui.Send(ui.Say{Text: why, Tone: ui.Problem}) }

// askMerge asks which case the one under the cursor is the same as.
func (v *View) askMerge() tea.Cmd {
	r, have := v.current()
	switch {
	case !have:
		return nil
	case !v.mine(r):
		return v.sayNo(v.env.Text.Queue.Acted.NotMine)
	}
	act := smallact.Merge(v.env, v.store, r, r.Holder.No, v.duplicates(r))
	if act == nil {
		return v.sayNo(v.env.Text.Dialog.Merge.None)
	}
	return v.begin(act)
}

// duplicates are the other open cases of a row's store and order, the most urgent
// first: only those can be the same thing.
func (v *View) duplicates(r domain.QueueRow) []domain.QueueRow {
	var out []domain.QueueRow
	add := func(o domain.QueueRow) {
		known := slices.ContainsFunc(out, func(k domain.QueueRow) bool { return k.Case == o.Case })
		if o.Store == r.Store && r.Store != "" && o.OrderID == r.OrderID && o.Case != r.Case && o.Task == nil && o.State != domain.CaseClosed && !known {
			out = append(out, o)
		}
	}
	for _, o := range v.rows {
		add(o)
	}
	for _, o := range v.files[r.Case].SameStore {
		add(o)
	}
	slices.SortFunc(out, func(a, b domain.QueueRow) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Case, b.Case))
	})
	return out
}

// askPromise asks what the store was promised, and for when.
func (v *View) askPromise() tea.Cmd {
	r, have := v.current()
	if !have {
		return nil
	}
	if why := v.needsStore(r); why != "" {
		return v.sayNo(why)
	}
	return v.begin(smallact.Promise(v.env, v.store, r))
}

// askFinding asks procurement what it found.
func (v *View) askFinding() tea.Cmd {
	r, have := v.current()
	if !have {
		return nil
	}
	if why := smallact.MayFind(v.env, r); why != "" {
		return v.sayNo(why)
	}
	return v.begin(smallact.Finding(v.env, v.store, r))
}

// needsStore says why there is no store to promise anything to, "" where there is.
func (v *View) needsStore(r domain.QueueRow) string {
	if r.Store == "" {
		return v.env.Text.Queue.UnfoldFirst
	}
	return ""
}

// needsManager says why the person may not take the case from its holder.
func (v *View) needsManager(r domain.QueueRow) string {
	switch {
	case !v.env.Me.Has(domain.RoleManager):
		return v.env.Text.Errors.Needs(v.env.Text.Department(domain.Manager))
	case r.Holder == nil || v.mine(r):
		return v.env.Text.Queue.Acted.NobodyHolds
	}
	return ""
}

// askAssign takes a case over from its holder.
func (v *View) askAssign(r domain.QueueRow, have bool) tea.Cmd {
	if !have {
		return nil
	}
	if why := v.needsManager(r); why != "" {
		return v.sayNo(why)
	}
	return v.askTakeOver(r)
}
