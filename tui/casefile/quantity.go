package casefile

import (
	"slices"
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
)

// How wide the fields for a number and for a time are.
const (
	numberCells = 14
	timeCells   = 17
)

// typedRows draws the field of a typed answer with what was understood, and what may
// be meant.
func (v *View) typedRows(f domain.Form, q domain.Question, at bool) []row {
	w := v.env.Text.Case.Ask
	label := w.Parts[q.ID.Ask]
	d, _ := v.answers.Decision(q.ID.Target)
	switch {
	case q.ID.Ask == domain.AskQuantity && d.Choice != domain.ChooseChange:
		label = w.HowMany
	case q.ID.Ask == domain.AskItem:
		label = v.itemLabel(f, d, q.ID.Item)
	}
	return v.numberRows(q.ID, label, func(room int) cell.Span { return v.understood(f, q.ID, room) }, at && v.focus.ID == q.ID)
}

// itemLabel names a line of an order that is made.
func (v *View) itemLabel(f domain.Form, d domain.Decision, item int) string {
	const nameCells = 14
	it := d.Items[item]
	p, _ := f.Product(it.Product)
	was := ""
	if l, ok := f.Line(it.Line); ok {
		was = l.Quantity.Grouped(0)
	}
	name := cell.Fit(strconv.Itoa(item+1)+" "+cell.Clean(v.nameOf(p, it.Product)), nameCells)
	if was != "" {
		return name + " " + cell.FitRight(was, 6) + " > "
	}
	return name + cell.Spaces(7) + " > "
}

// numberRows draws a field, what it is understood as in the room behind it, and where the
// cursor is in it the values it proposes.
func (v *View) numberRows(id domain.QuestionID, label string, understood func(room int) cell.Span, at bool) []row {
	w, t := v.env.Text.Case.Ask, v.env.Text
	n := v.number(id)
	width := numberCells
	if id.Ask == domain.AskWhen || id.Ask == askDue {
		width = timeCells
	}
	r := v.fieldRow([]cell.Span{v.indent(), {Text: label}}, &n.Field, stop{ID: id}, width)
	r.line.Left = append(r.line.Left, understood(v.W-1-spanWidth(r.line.Left)))
	if !at || len(n.Proposals()) == 0 {
		return []row{r}
	}
	tries := []cell.Span{v.indent(), {Text: w.Try}}
	chosen := n.At()
	for i, o := range v.offers(id) {
		gap, role := "   ", theme.Text
		if i == 0 {
			gap = ""
		}
		if i == chosen {
			role = theme.Accent
		}
		tries = append(tries, cell.Span{Text: gap + listedWords(o.shown, o.why), Role: role})
	}
	if len(n.Proposals()) > 1 {
		tries = append(tries, cell.Span{Text: "        " + t.Form.UpDown, Role: theme.Muted})
	}
	return []row{r, plain(cell.Line{Left: tries})}
}

// listedWords sets two words side by side, where there are two.
func listedWords(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}

// understood says in room cells what a typed field means and whether it can be.
func (v *View) understood(f domain.Form, id domain.QuestionID, room int) cell.Span {
	if problem := v.problem(id); problem != "" {
		return cell.Span{Text: " " + problem, Role: theme.Problem}
	}
	switch id.Ask {
	case domain.AskAmount:
		m, _ := v.typedAmount(id)
		return cell.Span{Text: " = " + v.env.Text.MoneyExact(m)}
	case domain.AskWhen:
		at, _ := v.typedTime(id)
		return cell.Span{Text: " = " + v.when(at)}
	default:
		return v.understoodQuantity(f, id, room)
	}
}

// understoodQuantity says what a quantity is, and whether step and stock allow it. Where
// there is little room a step that fits goes first, then how many cases it is: what does
// not fit, and whether there is enough, stay.
func (v *View) understoodQuantity(f domain.Form, id domain.QuestionID, room int) cell.Span {
	w, t := v.env.Text.Case.Ask, v.env.Text
	p := v.goods(id)
	q, _ := v.typedQuantity(id)
	c, ordered := v.checked(f, id, q)
	var means, step, stock string
	in, _ := domain.ParseEntered(v.number(id).Value(), p) // understood above
	switch {
	case in.Unit != domain.EnteredBase:
		means = w.Means(t.Weight(q, weighed(p), p.Unit, p.UnitEn))
	case c.InCases > 0:
		means = w.Cases(c.InCases.Grouped(0))
	}
	role := theme.Text
	fits := true
	if p.Step != nil && ordered && q > 0 {
		if fits = c.StepOK; fits {
			step = w.StepOK(p.Step.String())
		} else {
			below := ""
			if c.Below > 0 {
				below = c.Below.String()
			}
			step, role = w.StepOff(p.Step.String(), below, c.Above.String()), theme.Near
		}
	}
	if left, known := v.freeOf(f, id, p); known && ordered && q > 0 {
		if stock = w.StockOK; !c.StockOK {
			stock, role = w.StockLow(max(0, left).Grouped(0)), theme.Near
		}
	}
	ways := [][]string{{means, step, stock}}
	if fits && step != "" {
		ways = append(ways, []string{means, w.StepFits, stock}, []string{means, stock})
		step = ""
	}
	ways = append(ways, []string{step, stock})
	return cell.Span{Text: v.widest(unitOf(t, q, p), ways, room), Role: role}
}

// widest is the first of the ways to say it that fits into the room, else the last.
func (v *View) widest(unit string, ways [][]string, room int) string {
	s := ""
	for _, parts := range ways {
		parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
		if s = v.env.Text.Case.Ask.Understood(unit, parts); cell.Width(s) <= room {
			break
		}
	}
	return s
}

// checked tells how a quantity stands to its product, and whether it is ordered: what
// comes back need be no multiple of anything.
func (v *View) checked(f domain.Form, id domain.QuestionID, q domain.Quantity) (c domain.QuantityCheck, ordered bool) {
	d, _ := v.answers.Decision(id.Target)
	switch {
	case id.Ask == domain.AskItem:
		c, _ = f.CheckItem(v.answers, id.Target, id.Item, q) // its problem is told before
		return c, true
	case d.Choice == domain.ChooseChange, d.Choice == domain.ChooseSubstitute:
		c, _ = f.CheckGoods(v.answers, id.Target, q)
		return c, true
	case d.Choice == domain.ChooseSupplement:
		c, _ = f.CheckGoods(v.answers, id.Target, q)
		c.StepOK = true // a lack is made up as it is
		return c, true
	}
	return domain.QuantityCheck{}, false
}

// freeOf is how much of a product the answer can have, and whether anybody said.
func (v *View) freeOf(f domain.Form, id domain.QuestionID, p domain.Product) (domain.Quantity, bool) {
	d, _ := v.answers.Decision(id.Target)
	if l, ok := f.Line(v.lineOf(id.Target)); ok && d.Choice == domain.ChooseChange && id.Ask == domain.AskQuantity {
		return l.Free(p)
	}
	return p.Available()
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
