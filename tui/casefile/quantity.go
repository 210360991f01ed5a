package casefile

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
)

// quantityRows draws the quantity field with what was understood, and the proposals.
func (v *View) quantityRows(f domain.Form, target int, at bool) []row {
	w, t := v.env.Text.Case.Ask, v.env.Text
	line, ok := f.Line(v.lineOf(target))
	if !ok {
		return nil
	}
	n := v.number(target)
	const width = 14
	label := w.Parts[domain.AskQuantity]
	lead := []cell.Span{v.indent(), {Text: label}}
	s := stop{ID: domain.QuestionID{Ask: domain.AskQuantity, Target: target}}
	r := v.fieldRow(lead, &n.Field, s, width)
	r.line.Left = append(r.line.Left, v.understood(f, line, target))
	if !at {
		return []row{r}
	}
	tries := []cell.Span{v.indent(), {Text: w.Try}}
	chosen := n.At()
	for i, p := range f.Proposals(line.No) {
		gap, role := "   ", theme.Text
		if i == 0 {
			gap = ""
		}
		if i == chosen {
			role = theme.Accent
		}
		tries = append(tries, cell.Span{Text: gap + p.Quantity.Grouped(0) + " " + w.Proposals[p.Why], Role: role})
	}
	if len(n.Proposals()) > 1 {
		tries = append(tries, cell.Span{Text: "        " + t.Form.UpDown, Role: theme.Muted})
	}
	if len(n.Proposals()) == 0 {
		return []row{r}
	}
	return []row{r, plain(cell.Line{Left: tries})}
}

// understood says what the quantity field means and whether step and stock allow it.
func (v *View) understood(f domain.Form, l domain.Line, target int) cell.Span {
	w, t := v.env.Text.Case.Ask, v.env.Text
	p := f.Products[l.Product]
	q, problem := v.typedQuantity(target)
	if problem != "" {
		return cell.Span{Text: " " + problem, Role: theme.Problem}
	}
	c, err := f.CheckQuantity(l.No, q)
	if err != nil {
		return cell.Span{Text: " " + w.OutOfRange, Role: theme.Problem}
	}
	var parts []string
	in, _ := domain.ParseEntered(v.number(target).Value(), p) // understood above
	switch {
	case in.Unit != domain.EnteredBase:
		parts = append(parts, w.Means(t.Weight(q, weighed(p), p.Unit, p.UnitEn)))
	case c.InCases > 0:
		parts = append(parts, w.Cases(c.InCases.Grouped(0)))
	}
	role := theme.Text
	if p.Step != nil {
		if c.StepOK {
			parts = append(parts, w.StepOK(p.Step.String()))
		} else {
			below := ""
			if c.Below > 0 {
				below = c.Below.String()
			}
			parts, role = append(parts, w.StepOff(p.Step.String(), below, c.Above.String())), theme.Near
		}
	}
	if free, known := l.Free(p); known {
		if c.StockOK {
			parts = append(parts, w.StockOK)
		} else {
			parts, role = append(parts, w.StockLow(max(0, free).Grouped(0))), theme.Near
		}
	}
	return cell.Span{Text: w.Understood(unitOf(t, q, p), parts), Role: role}
}

// weighed is how many decimals a quantity of the product has at least.
func weighed(p domain.Product) int {
	if p.Weighed {
		return 3
	}
	return 0
}

// unitOf is the unit as it stands behind a quantity: "bags".
func unitOf(t *text.Catalog, q domain.Quantity, p domain.Product) string {
	s := t.Quantity(q, p.Unit, p.UnitEn)
	n := len(q.Grouped(0))
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return s[min(n, len(s)):]
}
