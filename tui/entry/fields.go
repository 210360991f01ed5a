package entry

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// nameRoom is how many cells the names of the lines take before their fields.
func (v *View) nameRoom() int {
	room := labelCells
	for _, p := range v.stops() {
		if p.stop == atAmount {
			room = max(room, cell.Width(cell.Clean(v.label(p)))+1)
		}
	}
	return min(room, v.W-signCells-fieldCells-36)
}

// amountRow is the field of a quantity with what was understood.
func (v *View) amountRow(p place, at bool) row {
	key, product := p.line, domain.Product{}
	var line domain.Line
	switch l, ok := v.line(p.line); {
	case p.stop == atStep:
		key, product = stepLine, *v.product
	case ok:
		line, product = l, v.order.Products[l.Product]
	case v.product != nil:
		product = *v.product
	}
	n := v.number(key)
	room := v.nameRoom()
	lead := v.lead(p, at)
	lead[1].Text = cell.Fit(cell.Clean(v.label(p)), room)
	r := row{at: p, here: at, x: -1}
	if at {
		r.x = signCells + room + n.CursorX(fieldCells)
	}
	r.line = cell.Line{Left: append(append(lead, n.Spans(fieldCells, at)...), cell.Span{Text: " "})}
	said, role := v.understood(v.amountOf(key), line, product)
	for i, one := range said {
		gap := "  "
		if i == 0 {
			gap = ""
		}
		r.line.Left = append(r.line.Left, cell.Span{Text: gap + one, Role: role})
		role = theme.Text
	}
	return r
}

// understood is what a quantity means, and how it stands to what was ordered; the role
// is the first part's.
func (v *View) understood(a amount, line domain.Line, product domain.Product) (said []string, role theme.Role) {
	w, t := v.env.Text.Entry, v.env.Text
	switch {
	case a.bad != noTrouble:
		said, role = []string{w.Troubles(int(a.bad))}, theme.Problem
	case a.given:
		said = append(said, "= "+t.Weight(a.q, decimals(product), product.Unit, product.UnitEn))
	case product.Weighed:
		said, role = []string{w.Units}, theme.Muted
	}
	if line.No > 0 {
		if a.given && a.bad == noTrouble && (v.what == Short || v.what == Over) && a.q != line.Quantity {
			diff := a.q - line.Quantity
			said = append(said, w.Difference(t.Weight(max(diff, -diff), decimals(product), product.Unit, product.UnitEn), diff < 0))
		}
		said = append(said, w.Ordered(t.Weight(line.Quantity, decimals(product), product.Unit, product.UnitEn)))
	}
	return said, role
}

// textRow is a field of words.
func (v *View) textRow(p place, at bool) row {
	w, t := v.env.Text.Entry, v.env.Text
	f := v.field(p.stop)
	width := v.W - signCells - labelCells - 2
	if p.stop == atDue {
		width = fieldCells
	}
	if p.stop == atProduct || p.stop == atSlip || p.stop == atName {
		width = min(width, 40)
	}
	r := row{at: p, here: at, x: -1}
	if at {
		r.x = signCells + labelCells + f.CursorX(width)
	}
	r.line = cell.Line{Left: append(v.lead(p, at), f.Spans(width, at)...)}
	switch due, bad := v.due(); {
	case p.stop == atProduct && v.product == nil:
		r.line.Left = append(r.line.Left, cell.Span{Text: " " + w.FindHint, Role: theme.Muted})
	case p.stop != atDue:
	case bad != noTrouble:
		r.line.Left = append(r.line.Left, cell.Span{Text: " " + w.Troubles(int(bad)), Role: theme.Problem})
	case due.IsZero():
		r.line.Left = append(r.line.Left, cell.Span{Text: " " + w.DueHint, Role: theme.Muted})
	default:
		r.line.Left = append(r.line.Left, cell.Span{Text: " = " + t.When(due, v.env.Now())})
	}
	return r
}
