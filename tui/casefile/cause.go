package casefile

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// A case that stands for one cause has no questions: it lists its members, and each
// store's record stays its own.

// inCause takes keys while a cause is shown.
func (v *View) inCause(p keys.Press) tea.Cmd {
	n := len(v.file.Members)
	switch p.Action {
	case keys.Up:
		v.member = max(0, v.member-p.Count)
	case keys.Down:
		v.member = min(max(0, n-1), v.member+p.Count)
	case keys.HalfUp:
		v.member = max(0, v.member-v.memberRows()/2)
	case keys.HalfDown:
		v.member = min(max(0, n-1), v.member+v.memberRows()/2)
	case keys.First:
		v.member = 0
	case keys.Last:
		v.member = max(0, n-1)
	case keys.Open, keys.Unfold:
		if r, ok := v.atMember(); ok {
			return ui.Send(ui.OpenCase{ID: r.Case})
		}
	case keys.Store:
		if r, ok := v.atMember(); ok {
			return ui.Send(ui.OpenStore{Code: r.Store})
		}
	case keys.Order:
		if r, ok := v.atMember(); ok && r.OrderID != 0 {
			return ui.Send(ui.OpenOrder{ID: r.OrderID})
		}
	case keys.Claim:
		return v.claimOrGiveBack()
	case keys.HandOver:
		return v.askHandOver()
	case keys.Product:
		return v.openCorrection()
	case keys.Refresh:
		v.changed = ""
		return v.reload()
	case keys.Back, keys.Fold:
		return ui.Send(ui.Back{})
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

func (v *View) atMember() (domain.QueueRow, bool) {
	if v.member < 0 || v.member >= len(v.file.Members) {
		return domain.QueueRow{}, false
	}
	return v.file.Members[v.member], true
}

// causeHead is the title, and what the members have in common.
const causeHead = 6

// memberRows is how many members fit.
func (v *View) memberRows() int { return max(1, v.H-causeHead) }

// causeRows draws a cause: what it is, and its members with what became of each.
func (v *View) causeRows() []row {
	t, w, r := v.env.Text, v.env.Text.Case.Cause, v.file.Row
	left := t.Kind(r.Kind) + "  " + w.Title(t.Cause(r))
	contact := cell.Clean(w.Each)
	var out []row
	for _, l := range ui.OpenedTitle(v.env, v.W, left, v.holderText(), contact, t.Money(r.AtRisk)) {
		out = append(out, plain(l))
	}
	out = append(out, plain(cell.Painted(theme.Head, " "+w.Members(r.MembersOpen, r.Members))))
	hint := w.Claims
	if v.product() != "" && v.env.Me.Has(domain.RoleProcurement) {
		hint = w.Correct
	}
	out[len(out)-1].line.Right = []cell.Span{{Text: hint + " ", Role: theme.Muted}}
	if len(v.file.Members) == 0 {
		out = append(out, plain(cell.Painted(theme.Muted, " "+w.Empty)))
	}
	rows := v.memberRows()
	from := max(0, min(v.member-rows/2, len(v.file.Members)-rows))
	for i := from; i < len(v.file.Members) && i < from+rows; i++ {
		out = append(out, plain(v.memberLine(i)))
	}
	if hidden := len(v.file.Members) - from - rows; hidden > 0 {
		out[len(out)-1] = plain(cell.Painted(theme.Muted, " "+t.Form.MoreBelow(t.Number(int64(hidden+1)))))
	}
	return append(fill(out, v.H-1), plain(ui.Rule(v.env, "", v.W)))
}

// memberLine is one member: whose it is, which order, what was found, where it stands.
func (v *View) memberLine(i int) cell.Line {
	const storeCells, orderCells, stateCells = 16, 10, 10
	t, r := v.env.Text, v.file.Members[i]
	sign, over, role := "  ", theme.Text, theme.Text
	if i == v.member {
		sign, over = " >", theme.Cursor
	}
	state := v.memberState(r)
	if r.State == domain.CaseClosed {
		role = theme.Muted
	}
	store := cell.Fit(cell.Clean(t.Pick(r.StoreName, r.StoreNameEn))+" "+string(r.Store), storeCells)
	left := sign + " " + store + " " + cell.Fit(string(r.OrderNo), orderCells) + " "
	right := cell.FitRight(t.Money(r.AtRisk), 9) + "  " + cell.Fit(state, stateCells)
	why := cell.Cut(cell.Clean(t.Why(r, v.env.Now())), max(0, v.W-cell.Width(left)-cell.Width(right)-1))
	return cell.Line{
		Left: []cell.Span{{Text: left + why, Role: role}}, Right: []cell.Span{{Text: right, Role: role}}, Over: over,
	}
}

// memberState is where a member stands, or who has it.
func (v *View) memberState(r domain.QueueRow) string {
	t, w := v.env.Text, v.env.Text.Case.Cause
	switch {
	case r.State == domain.CaseClosed:
		return w.Closed
	case r.Holder != nil && r.Holder.Login == v.env.Me.Login:
		return t.Queue.Me
	case r.Holder != nil:
		return t.FirstName(r.Holder.Name, r.Holder.NameEn, r.Holder.Login)
	case r.State == domain.CaseSnoozed:
		return t.CaseState(r.State)
	}
	return w.Free
}

// memberKeys are what works in a cause.
func (v *View) memberKeys() []keys.Hint {
	w := v.env.Text.Case
	return []keys.Hint{
		{Action: keys.Open, Word: w.Cause.Keys},
		v.env.Hint(keys.Claim), v.env.Hint(keys.Store), v.env.Hint(keys.HandOver),
		{Action: keys.Back, Word: w.Keys.Back},
		v.env.Hint(keys.Menu),
	}
}
