package deliveries

import (
	"cmp"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// drawLate draws the orders that are late or will be soon.
func (v *View) drawLate(b *ui.Body) string {
	w := v.env.Text.Deliver
	late := v.overdue()
	b.Rule(w.LateTitle(late, len(v.late)-late))
	t := v.lateTable()
	b.Add(t.Head())
	if v.list().Len() == 0 {
		return b.Add(cell.Painted(theme.Done, "  "+w.LateNone)).String()
	}
	b.Add(v.list().Lines(func(id string, st widget.RowState) cell.Line {
		r := v.lates[id]
		if r == nil {
			return t.Row(st)
		}
		return t.Row(st, v.lateCells(r)...)
	})...)
	b.Blank(v.H - 1)
	if r := v.currentLate(); r != nil && v.W < wideColumns {
		b.Add(cell.Painted(theme.Muted, "   "+v.lateClue(r)))
	}
	return b.String()
}

func (v *View) lateTable() widget.Table {
	w := v.env.Text.Deliver
	cols := []widget.Column{
		{Title: w.HeadPlan, W: 6},
		{Title: w.HeadOrder, W: 10},
		{Title: w.HeadStore, W: 12},
		{Title: w.HeadSum, W: 11, Right: true},
		{Title: w.HeadStage, W: 10},
		{Title: w.HeadDue, W: 11},
	}
	if v.W < wideColumns {
		cols[2].Grow = true
		return widget.NewTable(cols, v.W)
	}
	return widget.NewTable(append(cols, widget.Column{Title: w.HeadClue, W: 20, Grow: true}), v.W)
}

func (v *View) lateCells(r *domain.LateDelivery) []cell.Span {
	t := v.env.Text
	left := cell.Span{Text: t.Left(r.Due.Sub(v.env.Now())), Role: theme.Near}
	if !r.Due.After(v.env.Now()) {
		left.Role = theme.Late
	}
	out := []cell.Span{
		left, {Text: string(r.No)}, {Text: t.Pick(r.Name, r.NameEn)}, {Text: t.MoneyExact(r.Amount)}, {Text: v.stage(r)}, {Text: v.moment(r.Due)},
	}
	if v.W < wideColumns {
		return out
	}
	return append(out, cell.Span{Text: v.lateClue(r)})
}

// stage is what an order waits for.
func (v *View) stage(r *domain.LateDelivery) string {
	return cmp.Or(v.env.Text.Kinds.Shared.Stages[r.Stage], v.env.Text.OrderState(r.State))
}

// lateClue is what is known of it: the plan, the promise, who has the case.
func (v *View) lateClue(r *domain.LateDelivery) string {
	w, t := v.env.Text.Deliver, v.env.Text
	var parts []string
	if r.Case != 0 {
		parts = append(parts, w.CaseWith(t.Department(r.With), t.Pick(r.Holder, r.HolderEn)))
	}
	if r.Promise != nil {
		parts = append(parts, w.PromisedAt(v.moment(*r.Promise)))
	}
	if r.Plan != nil {
		parts = append(parts, w.PlanAt(v.moment(*r.Plan), r.Route))
	}
	return strings.Join(parts, t.Values.Join)
}
