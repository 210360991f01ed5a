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
		s.items = append(s.items, item{id: lineKey(l.No), opens: v.file.CaseFor(l.No), lines: func(st state) []cell.Line {
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
	cells := []cell.Span{{}, {Text: t.Order.Line.Sum(len(o.Lines), t.MoneyExact(placed)) + span}, {}, {Text: t.MoneyExact(o.Total), Role: theme.Head}}
	if v.W < wide {
		return table.Row(widget.RowState{}, cells...)
	}
	change := cell.Span{}
	if d := o.Total - placed; d != 0 {
		change.Text = t.MoneyChange(d)
	}
	return table.Row(widget.RowState{}, cells[0], cells[1], cell.Span{}, cell.Span{}, cells[3], change)
}

func (v *View) lineTable() widget.Table {
	w := v.env.Text.Order
	cols := []widget.Column{
		{Title: w.HeadNo, W: 2, Right: true, Tight: true}, {Title: w.HeadProduct, W: 30, Grow: true}, {Title: w.HeadOrdered, W: 12, Right: true},
	}
	if v.W < wide {
		return widget.NewTable(append(cols, widget.Column{Title: w.HeadAmount, W: 12, Right: true}, widget.Column{Title: w.HeadMark, W: 11}), v.W)
	}
	return widget.NewTable(append(cols, widget.Column{Title: w.HeadPrice, W: 9, Right: true}, widget.Column{Title: w.HeadAmount, W: 12, Right: true},
		widget.Column{Title: w.HeadNote, W: 30, Grow: true}), v.W)
}

// line draws a line of the order; where there is no room beside it, the note of the
// one under the cursor stands beneath it.
func (v *View) line(table widget.Table, l domain.Line, st state) []cell.Line {
	t := v.env.Text
	p := v.file.Products[l.Product]
	name := strings.TrimSpace(t.Pick(p.Name, p.NameEn) + " " + string(l.Product))
	amount := cell.Span{Text: t.MoneyExact(l.Amount)}
	quantity := t.Quantity(l.Quantity, p.Unit, p.UnitEn)
	if p.Weighed {
		quantity = t.Weight(l.Quantity, 3, p.Unit, p.UnitEn)
	}
	if l.Cancelled {
		amount = cell.Span{Text: t.Values.Unknown, Role: theme.Muted}
	}
	cells := []cell.Span{{Text: lineKey(l.No)}, {Text: name}, {Text: quantity}}
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
