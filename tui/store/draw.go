package store

import (
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
)

// View draws the title and the parts, in two columns on a wide screen.
func (v *View) View() string {
	cols, room := v.columns(), v.room()
	if len(cols) == 2 {
		return strings.Join([]string{cell.RenderAll(v.env.Theme, v.title(), v.W, titleLines), v.beside(cols, room), v.call()}, "\n")
	}
	lines := append(v.title(), v.waiting()...)
	if len(cols) == 1 {
		lines = append(v.title(), v.window(cols[0], 0, v.W, room)...)
	}
	return cell.RenderAll(v.env.Theme, lines, v.W, titleLines+room) + "\n" + v.call()
}

// call is what the store may say, by its digits; after + one of them is waited for.
func (v *View) call() string {
	t, w := v.env.Text, v.env.Text.Entry
	line := cell.Line{Left: []cell.Span{{Text: " " + w.Says}}}
	for i, s := range w.Shorts {
		line.Left = append(line.Left, cell.Span{Text: " " + strconv.Itoa(i+1), Role: theme.Key}, cell.Span{Text: " " + s})
	}
	if v.asks {
		line.Over = theme.Cursor
	}
	return cell.RenderAll(v.env.Theme, []cell.Line{ui.Rule(v.env, t.Store.Call, v.W), line}, v.W, callLines)
}

// window is the part of a column that is on the screen.
func (v *View) window(col []section, n, w, room int) []cell.Line {
	lines, _, _ := v.drawn(col, w)
	first := max(0, min(v.seen[n], len(lines)-room))
	return lines[first:min(len(lines), first+room)]
}

// beside draws two columns with a line between them.
func (v *View) beside(cols [][]section, room int) string {
	leftW := v.W - sideWidth - 1
	left, right := v.window(cols[0], 0, leftW, room), v.window(cols[1], 1, sideWidth, room)
	between := cell.Of(cell.Own(theme.Rule, v.env.Glyphs.Vertical)).Render(v.env.Theme, 1)
	out := make([]string, room)
	for i := range out {
		var l, r cell.Line
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = l.Render(v.env.Theme, leftW) + between + r.Render(v.env.Theme, sideWidth)
	}
	return strings.Join(out, "\n")
}

// waiting stands where the parts would be until they were read.
func (v *View) waiting() []cell.Line {
	t := v.env.Text
	if v.failed == nil {
		return []cell.Line{{}, cell.Painted(theme.Muted, " "+t.Store.Reading)}
	}
	out := []cell.Line{{}}
	for _, l := range cell.Wrap(cell.Clean(t.Error(v.failed)), v.W-3, 3) {
		out = append(out, cell.Painted(theme.Problem, "!"+l))
	}
	return append(out, cell.Painted(theme.Muted, " "+t.Store.Again))
}

// title says who rings, and how much cash to have ready.
func (v *View) title() []cell.Line {
	t, w, s := v.env.Text, v.env.Text.Store, v.file.Store
	if !v.read {
		return []cell.Line{cell.Painted(theme.Head, " "+w.Name+" "+string(v.code)), {}}
	}
	who := w.Manager(t.Pick(s.Manager, s.ManagerEn), s.Phone)
	if s.Expansion != "" {
		who += "   " + w.Expansion(s.Expansion)
	}
	clock := t.Clock(v.env.Now())
	if s.Route != "" {
		clock = s.Route + "   " + clock
	}
	limit := w.NoLimit
	if v.file.CashLimit > 0 {
		limit = w.Limit(t.Money(v.file.CashLimit))
	}
	return []cell.Line{
		{
			Left: []cell.Span{
				{Text: " " + t.Pick(s.Name, s.NameEn) + " " + string(s.Code), Role: theme.Head}, {Text: "   " + who},
			},
			Right: []cell.Span{{Text: clock + " ", Role: theme.Muted}},
		},
		{Left: []cell.Span{{Text: " " + v.cash()}}, Right: []cell.Span{{Text: limit + " ", Role: theme.Muted}}},
	}
}

// cash is what to have ready for each van that comes.
func (v *View) cash() string {
	t, now := v.env.Text, v.env.Now()
	var vans []string
	for _, d := range v.file.Due {
		vans = append(vans, t.Store.DueVan(t.Day(d.Leaves, now), t.MoneyExact(d.Amount)))
	}
	if len(vans) == 0 {
		return t.Store.NothingDue
	}
	return t.Store.Due(vans)
}

// caseOf is the open case of an order, nil where there is none.
func (v *View) caseOf(id domain.OrderID) *domain.QueueRow {
	for i := range v.file.Open {
		if r := &v.file.Open[i]; r.OrderID == id && id != 0 {
			return r
		}
	}
	return nil
}

// holder is who works on a case, in brackets of the order's column without.
func (v *View) holder(r domain.QueueRow) string {
	if r.Holder == nil {
		return v.env.Text.Store.Rows.Nobody
	}
	return v.person(r.Holder.Name, r.Holder.NameEn, r.Holder.Login)
}

func (v *View) person(name, nameEn string, login domain.Login) string {
	if login == v.env.Me.Login {
		return v.env.Text.Store.Rows.Me
	}
	return v.env.Text.FirstName(name, nameEn, login)
}
