package queue

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/smallact"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// press does what a key means here.
func (v *View) press(p keys.Press) tea.Cmd {
	switch {
	case v.ask != nil:
		return v.answer(p)
	case v.filter.editing:
		return v.typeFilter(p)
	}
	if cmd, ok := v.move(p); ok {
		return cmd
	}
	if cmd, ok := v.act(p); ok {
		return cmd
	}
	if cmd, ok := v.facet(p.Action); ok {
		return cmd
	}
	return ui.NoSense(v.env, p)
}

// move goes about among the rows.
func (v *View) move(p keys.Press) (tea.Cmd, bool) {
	l := v.list
	switch p.Action {
	case keys.Up:
		l.Move(-p.Count)
	case keys.Down:
		l.Move(p.Count)
	case keys.HalfUp:
		l.Page(-p.Count)
	case keys.HalfDown:
		l.Page(p.Count)
	case keys.First:
		l.First()
	case keys.Last:
		l.Last()
	case keys.Mark:
		l.ToggleMark(1)
	case keys.MarkUp:
		l.MarkMoving(-1)
	case keys.MarkDown:
		l.MarkMoving(1)
	case keys.MarkAll:
		l.MarkAll()
	default:
		return nil, false
	}
	return tea.Batch(v.rest(), v.nearEnd()), true
}

// act opens, takes and hands on.
func (v *View) act(p keys.Press) (tea.Cmd, bool) {
	r, have := v.current()
	if have && r.Task != nil {
		if cmd, ok := v.pressTask(p, r); ok {
			return cmd, true
		}
	}
	switch p.Action {
	case keys.Open:
		if !have {
			return nil, true
		}
		return ui.Send(ui.OpenCase{ID: r.Case}), true
	case keys.Store, keys.Order, keys.History, keys.Product, keys.New:
		return v.elsewhere(p, r, have), true
	case keys.Unfold:
		return v.unfold(r, have), true
	case keys.Fold:
		return v.fold(r, have), true
	case keys.Merge:
		return v.askMerge(), true
	case keys.Assign:
		return v.askAssign(r, have), true
	case actFinding:
		return v.askFinding(), true
	case actPromise:
		return v.askPromise(), true
	case keys.Filter:
		v.editFilter()
		return nil, true
	case keys.Refresh:
		v.list.Refresh()
		return tea.Batch(v.reload(), v.rest()), true
	case keys.Claim:
		return v.claimOrGiveBack(), true
	case keys.Next:
		return v.claimNext(), true
	case keys.Later:
		return v.askLater(), true
	case keys.HandOver:
		return v.askHandOver(), true
	case keys.TakeBack:
		return v.readLast(), true
	case keys.Saved:
		return v.nextSaved(), true
	case keys.Back:
		return v.stepBack(), true
	}
	return nil, false
}

// elsewhere leads to what the row is about: what is not of one store or one order has
// no screen of them.
func (v *View) elsewhere(p keys.Press, r domain.QueueRow, have bool) tea.Cmd {
	switch {
	case !have:
		return nil
	case p.Action == keys.Store && r.Store != "":
		return ui.Send(ui.OpenStore{Code: r.Store})
	case p.Action == keys.Order && r.OrderID != 0:
		return ui.Send(ui.OpenOrder{ID: r.OrderID})
	case p.Action == keys.History && r.Store != "":
		return ui.Send(ui.OpenHistory{Store: r.Store, Order: r.OrderID})
	case p.Action == keys.New && r.Store != "":
		return ui.Send(ui.OpenEntry{Store: r.Store, Order: r.OrderID})
	case p.Action == keys.Product && r.Why.Product != "":
		return ui.Send(ui.OpenCorrection{Product: r.Why.Product, Case: r.Case})
	}
	return ui.NoSense(v.env, p)
}

// stepBack takes marks away, then the filter; on the bare list the root says that
// this is the first screen.
func (v *View) stepBack() tea.Cmd {
	if shown, hidden := v.list.Marked(); len(shown)+hidden > 0 {
		v.list.Unmark()
		return nil
	}
	if v.narrowed() {
		return tea.Batch(v.clearFilter(), ui.Done(v.env.Text.Queue.SeeAll))
	}
	return ui.Send(ui.Back{})
}

// Keys are what works now.
func (v *View) Keys() []keys.Hint {
	if v.ask != nil || v.filter.editing {
		return nil
	}
	claim := v.env.Hint(keys.Claim)
	if r, ok := v.current(); ok && v.mine(r) {
		claim.Word = v.env.Text.Queue.Acted.GiveBackWord
	}
	if r, ok := v.current(); ok && r.Task != nil {
		return v.taskKeys(r)
	}
	out := []keys.Hint{v.env.Hint(keys.Open)}
	if r, ok := v.current(); ok && r.IsCause() {
		fold := keys.Hint{Action: keys.Unfold, Word: v.env.Text.Queue.UnfoldWord}
		if _, open := v.unfolded[r.Case]; open {
			fold = keys.Hint{Action: keys.Fold, Word: v.env.Text.Queue.FoldWord}
		}
		out = append(out, fold)
	}
	return append(out, []keys.Hint{
		claim, v.env.Hint(keys.Next), v.env.Hint(keys.Later), v.env.Hint(keys.Filter), v.env.Hint(keys.Find),
		v.env.Hint(keys.Menu), v.env.Hint(keys.Help), v.env.Hint(keys.Store), v.env.Hint(keys.Mark), v.env.Hint(keys.HandOver),
		v.env.Hint(keys.Refresh),
	}...)
}

// Message is what stands above the keys: a question, a lost line, or news.
func (v *View) Message() []cell.Line {
	if v.ask != nil {
		return v.ask.lines(v)
	}
	q, t := v.env.Text.Queue, v.env.Text
	if c := v.env.Conn; c.State == ui.Down || c.State == ui.Reconnecting {
		at := v.page.ReadAt
		if at.IsZero() {
			return nil
		}
		now := v.env.Now()
		return []cell.Line{cell.Painted(theme.Problem, " "+q.Offline(t.ClockSeconds(at.In(v.env.Zone)), t.Age(now.Sub(at))))}
	}
	if l, ok := v.shiftEnds(); ok {
		return []cell.Line{l}
	}
	if n := v.list.Fresh(); n > 0 {
		return []cell.Line{cell.Painted(theme.Accent, " "+v.newLine(n))}
	}
	return nil
}

func (v *View) newLine(n int) string {
	fresh := v.list.FreshRows()
	worst := v.rows[fresh[0]]
	for _, id := range fresh[1:] {
		if r := v.rows[id]; r.Rank < worst.Rank {
			worst = r
		}
	}
	left, ok := leftOf(worst, v.env.Now())
	text := v.env.Text.Queue.PastLast
	if ok {
		text = v.env.Text.Left(left)
	}
	return v.env.Text.Queue.NewOnes(n, v.env.Text.Money(worst.AtRisk), text)
}

// Menu is what can be done with the row, or with the marked ones.
func (v *View) Menu() ui.Menu {
	t := v.env.Text
	r, ok := v.current()
	m := ui.Menu{Rest: []ui.Act{{Action: keys.TakeBack, Off: v.needsDesk()}, {Action: keys.Saved}}}
	for _, a := range []keys.Action{actMine, actFree, actOthers, actSnoozed, actKind, actStore, actStoreCan, actWith, actAll} {
		m.Rest = append(m.Rest, ui.Act{Action: a, Name: t.Queue.Facets[string(a)]})
	}
	if !ok {
		return m
	}
	if r.Task != nil {
		return v.taskMenu(m, r)
	}
	shown, hidden := v.list.Marked()
	m.Title = v.rowName(r) + " " + v.place(r) + "  " + t.Kind(r.Kind)
	if len(shown) > 0 {
		m.Title = v.markedTitle(shown, hidden)
	}
	m.Copy = string(r.OrderNo)
	m.Acts = v.acts(r)
	m.Rest = append(m.Rest, ui.Act{Action: actPromise, Name: t.Dialog.Promise.Name, Off: v.needsStore(r)},
		ui.Act{Action: actFinding, Name: t.Dialog.Finding.Name, Off: smallact.MayFind(v.env, r)})
	return m
}

// acts are the numbered entries of the menu for a row.
func (v *View) acts(r domain.QueueRow) []ui.Act {
	claim := ui.Act{Action: keys.Claim}
	if v.mine(r) {
		claim.Name = v.env.Text.Queue.Acted.GiveBackName
	}
	out := []ui.Act{
		claim,
		{Action: keys.Later, Off: v.needsMine(r)},
		{Action: keys.HandOver},
		{Action: keys.Merge, Off: v.needsMine(r)},
		{Action: keys.Assign, Off: v.needsManager(r)},
	}
	if r.OrderID != 0 {
		out = append(out, ui.Act{Action: keys.Order})
	}
	if r.Store != "" {
		out = append(out, ui.Act{Action: keys.Store}, ui.Act{Action: keys.History})
	}
	if r.Why.Product != "" {
		out = append(out, ui.Act{Action: keys.Product})
	}
	return out
}

func (v *View) markedTitle(shown []domain.CaseID, hidden int) string {
	var money domain.Money
	for _, id := range shown {
		money += v.rows[id].AtRisk
	}
	return v.env.Text.Queue.Acted.Marked(len(shown), v.env.Text.Money(money), hidden)
}

func (v *View) mine(r domain.QueueRow) bool {
	return r.Holder != nil && r.Holder.Login == v.env.Me.Login
}

func (v *View) needsMine(r domain.QueueRow) string {
	if v.mine(r) {
		return ""
	}
	return v.env.Text.Queue.Acted.NotMine
}
