package store

import (
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

// nearBy is how long before its moment a time is amber.
const nearBy = 15 * time.Minute

// Cells of columns.
const (
	placedCells = 11
	vanCells    = 12
	number      = 9 // of an order
	wideNumber  = 14
)

// orderPart lists the last orders: where each stands, and who can still change it.
func (v *View) orderPart(w int) section {
	t := v.env.Text
	words := t.Store
	table := v.orderTable(w)
	head := table.Head()
	s := section{part: orders, name: words.Orders(v.file.Today), head: &head}
	for i := range v.file.Orders {
		o := &v.file.Orders[i]
		r := row{place: place{orders, int64(o.ID)}, order: o}
		if c := v.caseOf(o.ID); c != nil {
			r.opens = c.Case
		}
		r.line = func(st widget.RowState) cell.Line { return table.Row(st, v.orderCells(*o, w)...) }
		s.rows = append(s.rows, r)
	}
	if len(s.rows) == 0 {
		s.head = nil
		s.rows = []row{v.words(place{orders, 0}, theme.Muted, words.NoOrders)}
	}
	return s
}

func (v *View) orderTable(w int) widget.Table {
	q := v.env.Text.Store
	cols := []widget.Column{{Title: q.HeadOrder, W: number, Tight: true}}
	where := widget.Column{Title: q.HeadWhere, W: 18, Grow: true}
	if w >= wideColumns {
		cols[0].W = wideNumber
	}
	cols = append(cols, widget.Column{Title: q.HeadPlaced, W: placedCells}, widget.Column{Title: q.HeadAmount, W: 11, Right: true})
	if w >= wideColumns {
		cols = append(cols, widget.Column{Title: q.HeadLines, W: 5, Right: true})
	}
	return widget.NewTable(append(cols, where, widget.Column{Title: q.HeadVan, W: vanCells}, widget.Column{Title: q.HeadChange, W: 12}), w)
}

func (v *View) orderCells(o domain.OrderBrief, w int) []cell.Span {
	t, now := v.env.Text, v.env.Now()
	out := []cell.Span{
		{Text: string(o.No)}, {Text: t.Short(o.PlacedAt, now, placedCells, cell.Width)}, {Text: t.MoneyExact(o.Total)},
	}
	if w >= wideColumns {
		out = append(out, cell.Span{Text: strconv.Itoa(o.Lines), Role: theme.Muted})
	}
	van := t.Short(o.Leaves(), now, vanCells, cell.Width)
	switch o.State {
	case domain.Placed:
		van = t.Store.Rows.NoVan
	case domain.Cancelled, domain.Refused:
		van = t.Values.Unknown
	default:
	}
	who, until, ok := o.CanChange(now)
	change := cell.Span{Text: t.CanChange(o, now)}
	switch {
	case !ok:
		change.Role = theme.Muted
	case who != domain.ReceiptOnly && until.Sub(now) < nearBy:
		change.Role = theme.Near
	}
	return append(out, v.where(o, w), cell.Span{Text: van}, change)
}

// where is where an order stands: what is held of it and with whom, else its state.
func (v *View) where(o domain.OrderBrief, w int) cell.Span {
	t := v.env.Text
	if o.Held == 0 {
		return cell.Span{Text: t.OrderState(o.State)}
	}
	held := t.Store.Rows.AllHeld
	if o.Held > 0 {
		held = t.Store.Rows.LinesHeld(o.Held)
		if c := v.caseOf(o.ID); c != nil && o.Held == 1 && c.Why.Line > 0 {
			held = t.Store.Rows.LineHeld(strconv.Itoa(c.Why.Line))
		}
		if w >= wideColumns && o.State != domain.Placed {
			held = t.Store.Rows.InPart(held, t.OrderState(o.State))
		}
	}
	if c := v.caseOf(o.ID); c != nil {
		held += " " + t.Store.Rows.Holder(v.holder(*c))
	}
	return cell.Span{Text: held, Role: theme.Problem}
}

// openPart lists the open cases, each with who works on it.
func (v *View) openPart(w int) section {
	s := section{part: open, name: v.env.Text.Store.Open(len(v.file.Open))}
	cols := []widget.Column{{W: number, Tight: true}, {W: 8}, {W: 20, Grow: true}, {W: 6, Right: true}, {W: 8, Right: true}, {W: 12}}
	if w >= wideColumns {
		cols[0].W = wideNumber
		cols = append(cols, widget.Column{W: 16})
	}
	table := widget.NewTable(cols, w)
	for i := range v.file.Open {
		c := v.file.Open[i]
		r := row{place: place{open, int64(c.Case)}, opens: c.Case}
		for j := range v.file.Orders {
			if o := &v.file.Orders[j]; o.ID == c.OrderID {
				r.order = o
			}
		}
		r.line = func(st widget.RowState) cell.Line { return table.Row(st, v.caseCells(c)...) }
		s.rows = append(s.rows, r)
	}
	return s
}

func (v *View) caseCells(c domain.QueueRow) []cell.Span {
	t, now := v.env.Text, v.env.Now()
	left := cell.Span{Text: t.Queue.PastLast, Role: theme.Late}
	if c.NextAt != nil {
		d := c.NextAt.Sub(now)
		left = cell.Span{Text: t.Left(d)}
		switch {
		case d < 0:
			left.Role = theme.Late
		case d < nearBy:
			left.Role = theme.Near
		}
	}
	who := v.holder(c)
	switch {
	case c.Holder != nil && c.State == domain.CaseSnoozed && c.Until != nil:
		who += " " + t.Store.Rows.Later(t.Soon(*c.Until, now))
	case c.Holder != nil:
		who += " " + t.Age(now.Sub(c.Holder.Since))
	}
	return []cell.Span{
		{Text: string(c.OrderNo)},
		{Text: t.Kind(c.Kind)},
		{Text: t.Why(c, now)},
		left,
		{Text: t.Money(c.AtRisk)},
		{Text: who},
		{Text: t.Department(c.With), Role: theme.Muted},
	}
}

func numberCells(w int) int {
	if w >= wideColumns {
		return wideNumber
	}
	return number
}

func (v *View) orderNo(no domain.OrderNo) *domain.OrderBrief {
	for i := range v.file.Orders {
		if o := &v.file.Orders[i]; o.No == no {
			return o
		}
	}
	return nil
}

// lineOf is a line with the cursor's sign before it.
func lineOf(st widget.RowState, spans ...cell.Span) cell.Line {
	sign, over := "  ", theme.Text
	if st.Cursor {
		sign, over = "> ", theme.Cursor
	}
	return cell.Line{Left: append([]cell.Span{{Text: sign, Role: theme.Mark}}, spans...), Over: over}
}

// words is a row of one text.
func (v *View) words(at place, role theme.Role, text string) row {
	return row{place: at, line: func(st widget.RowState) cell.Line { return lineOf(st, cell.Span{Text: text, Role: role}) }}
}
