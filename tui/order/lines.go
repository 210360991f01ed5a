package order

import (
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

func lineKey(no int) string { return strconv.Itoa(no) }

// orderedPart lists the lines: what is ordered, what it costs, and what is the matter.
func (v *View) orderedPart() section {
	o := v.file.Order
	table := v.lineTable()
	s := section{head: table.Head()}
	for i := range o.Lines {
		l := o.Lines[i]
		s.items = append(s.items, item{id: lineKey(l.No), opens: v.file.CaseFor(l.No), goods: l.Product, lines: func(st state) []cell.Line {
			return v.line(table, l, st)
		}})
	}
	s.foot = func(span string) cell.Line { return v.sum(table, span) }
	return s
}

// sum is the line of sums.
func (v *View) sum(table widget.Table, span string) cell.Line {
	t, o := v.env.Text, v.file.Order
	placed := o.Placed()
	words, total := t.Order.Line.Sum(len(o.Lines), t.MoneyExact(placed)), o.Total
	change := cell.Span{}
	if d := total - placed; d != 0 {
		change.Text = t.MoneyChange(d)
	}
	if v.file.Told() {
		words, total = t.Order.Told.Sum(len(o.Lines), t.MoneyExact(o.Total)), v.file.Due()
		change.Text = v.against(total - o.Total)
	}
	sum := cell.Span{Text: t.MoneyExact(total), Role: theme.Head}
	if v.file.Told() { // the words run over the columns of quantities
		last := table.Width(len(v.columns()) + v.beside())
		return cell.Line{Left: []cell.Span{{Text: "     " + words + span}}, Right: []cell.Span{sum, {Text: " " + cell.Fit(cell.Clean(change.Text), last)}}}
	}
	cells := []cell.Span{{}, {Text: words + span}, {}}
	if v.W < wide {
		return table.Row(widget.RowState{}, append(cells, sum)...)
	}
	return table.Row(widget.RowState{}, append(cells, cell.Span{}, sum, change)...)
}

// beside is how many columns stand beside those of quantities, without the last.
func (v *View) beside() int {
	if v.W < wide {
		return 3
	}
	return 4
}

// against is by how much less or more is due than was ordered.
func (v *View) against(d domain.Money) string {
	t, w := v.env.Text, v.env.Text.Order.Told
	switch {
	case v.file.Order.State == domain.Refused:
		return w.Refused
	case d < 0:
		return w.Less(t.MoneyExact(-d))
	case d > 0:
		return w.More(t.MoneyExact(d))
	}
	return ""
}

// markCells is the room for a mark, the sign of a problem with it.
const markCells = 11

// columns are the headings of the quantities: what is ordered and, once it is on its
// way, what was allocated and received of it.
func (v *View) columns() []string {
	w := v.env.Text.Order
	switch {
	case !v.file.Told():
		return []string{w.HeadOrdered}
	case v.W < wide:
		return []string{w.HeadOrdered, w.Told.HeadReceived, w.Told.HeadDifference}
	}
	return []string{w.HeadOrdered, w.Told.HeadAllocated, w.Told.HeadReceived, w.Told.HeadDifference}
}

func (v *View) lineTable() widget.Table {
	w := v.env.Text.Order
	name, quantity, amount, note := 30, 12, 12, 30
	if v.file.Told() {
		name, quantity, amount, note = 16, 10, 11, 16
	}
	cols := []widget.Column{{Title: w.HeadNo, W: 2, Right: true, Tight: true}, {Title: w.HeadProduct, W: name, Grow: true}}
	for _, title := range v.columns() {
		cols = append(cols, widget.Column{Title: title, W: quantity, Right: true})
	}
	if v.W < wide {
		return widget.NewTable(append(cols, widget.Column{Title: w.HeadAmount, W: amount, Right: true}, widget.Column{Title: w.HeadMark, W: markCells}), v.W)
	}
	return widget.NewTable(append(cols, widget.Column{Title: w.HeadPrice, W: 9, Right: true}, widget.Column{Title: w.HeadAmount, W: amount, Right: true},
		widget.Column{Title: w.HeadNote, W: note, Grow: true}), v.W)
}

// line draws a line of the order; where there is no room beside it, the note of the
// one under the cursor stands beneath it.
func (v *View) line(table widget.Table, l domain.Line, st state) []cell.Line {
	t := v.env.Text
	p := v.file.Products[l.Product]
	name := strings.TrimSpace(t.Pick(p.Name, p.NameEn) + " " + string(l.Product))
	amount := cell.Span{Text: t.MoneyExact(l.Amount)}
	if v.file.Told() {
		amount.Text = t.MoneyExact(v.file.Figures(l).Due)
	}
	if l.Cancelled {
		amount = cell.Span{Text: t.Values.Unknown, Role: theme.Muted}
	}
	cells := append([]cell.Span{{Text: lineKey(l.No)}, {Text: name}}, v.quantities(l, p)...)
	row := widget.RowState{Cursor: st.cursor && st.active}
	mark, note := v.mark(l), v.note(l)
	if v.W >= wide {
		return []cell.Line{table.Row(row, append(cells, cell.Span{Text: t.MoneyExact(l.Price), Role: theme.Muted}, amount,
			cell.Span{Text: signed(mark, note), Role: mark.Role})...)}
	}
	out := []cell.Line{table.Row(row, append(cells, amount, mark)...)}
	if note != "" && row.Cursor {
		out = append(out, cell.Painted(theme.Muted, "       "+note))
	}
	return out
}

// quantities are the cells under columns.
func (v *View) quantities(l domain.Line, p domain.Product) []cell.Span {
	t := v.env.Text
	out := []cell.Span{{Text: t.Amounted(l.Quantity, p)}}
	if !v.file.Told() {
		return out
	}
	n := v.file.Figures(l)
	of := func(q *domain.Quantity) cell.Span {
		if q == nil {
			return cell.Span{Text: t.Values.Unknown, Role: theme.Muted}
		}
		return cell.Span{Text: t.Amounted(*q, p)}
	}
	if v.W >= wide {
		out = append(out, of(n.Allocated))
	}
	difference := cell.Span{Text: t.Values.Unknown, Role: theme.Muted}
	switch {
	case n.Received == nil:
	case n.Difference == 0:
		difference = cell.Span{Text: "0", Role: theme.Muted}
	default:
		difference = cell.Span{Text: t.Amounted(n.Difference, p)}
		if n.Difference > 0 {
			difference.Text = "+" + difference.Text
		}
		if !n.Within {
			difference.Role = theme.Problem
		}
	}
	return append(out, of(n.Received), difference)
}

// openOn is the worst open anomaly of a line that holds nothing: the first, as they come.
func (v *View) openOn(line int) *domain.Anomaly {
	for i := range v.file.Anomalies {
		if a := &v.file.Anomalies[i]; a.Line == line && a.Outcome == "" && v.file.HoldOf(a.ID) == nil {
			return a
		}
	}
	return nil
}

// signed is a note with the problem's sign before it.
func signed(mark cell.Span, note string) string {
	if mark.Role == theme.Problem {
		return "! " + note
	}
	return note
}

// mark is in a word how a line stands, nothing where all is well.
func (v *View) mark(l domain.Line) cell.Span {
	w := v.env.Text.Order.Line
	h := v.file.HoldOn(l.No)
	switch {
	case l.Cancelled:
		return cell.Span{Text: w.Cancelled, Role: theme.Muted}
	case l.Waiting || h != nil && h.Pending:
		return cell.Span{Text: w.Waiting, Role: theme.Near}
	case h != nil:
		return cell.Span{Text: "! " + w.Held, Role: theme.Problem}
	case v.openOn(l.No) != nil:
		return cell.Span{Text: "! " + v.env.Text.Kind(v.openOn(l.No).Kind), Role: theme.Problem}
	case l.Quantity != l.Original:
		return cell.Span{Text: w.Mended}
	}
	return cell.Span{}
}

// note is all there is to say about a line.
func (v *View) note(l domain.Line) string {
	t, w := v.env.Text, v.env.Text.Order.Line
	p := v.file.Products[l.Product]
	var out []string
	if h := v.file.HoldOn(l.No); h != nil && !l.Cancelled {
		switch {
		case h.Pending || l.Waiting:
			out = append(out, w.Pending)
		default:
			out = append(out, w.HeldFor(t.KindLong(h.Kind)))
		}
	} else if l.Waiting {
		out = append(out, w.WaitingFor)
	} else if a := v.openOn(l.No); a != nil {
		out = append(out, strings.TrimSpace(t.Kind(a.Kind)+" "+v.holder(a.Case)))
	}
	if n := v.file.Figures(l); n.Received != nil && n.Difference != 0 && n.Within {
		out = append(out, t.Order.Told.Within)
	}
	by := ""
	if r := v.file.ChangedBy(l.No); r != nil {
		by = v.person(r.ByName, r.ByNameEn, r.By)
	}
	if l.Quantity != l.Original {
		out = append(out, w.Changed(t.Quantity(l.Original, p.Unit, p.UnitEn), by))
	}
	if l.Cancelled {
		out = append(out, w.CancelledBy(by))
	}
	if l.Verified != "" {
		out = append(out, w.Verified(v.name(l.Verified)))
	}
	if l.StepSeen != nil && p.Step != nil && *l.StepSeen != *p.Step {
		out = append(out, w.StepSeen(t.Quantity(*l.StepSeen, p.Unit, p.UnitEn)))
	}
	return strings.Join(out, t.Values.Join)
}

// holder is who works on a case, and for how long.
func (v *View) holder(id domain.CaseID) string {
	c := v.file.CaseOf(id)
	if c == nil || c.Holder == nil {
		return ""
	}
	h := c.Holder
	return v.person(h.Name, h.NameEn, h.Login) + " " + v.env.Text.Age(v.env.Now().Sub(h.Since))
}

// person is somebody as the person at the desk calls them.
func (v *View) person(name, nameEn string, login domain.Login) string {
	if login == v.env.Me.Login {
		return v.env.Text.Store.Rows.Me
	}
	return v.env.Text.FirstName(name, nameEn, login)
}

// name is a person known by login alone: by the name the order's story has.
func (v *View) name(login domain.Login) string {
	for _, e := range v.story {
		if e.By == login {
			return v.person(e.ByName, e.ByNameEn, login)
		}
	}
	return v.person("", "", login)
}
