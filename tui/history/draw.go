package history

import (
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// Widths at which more is shown, and the cells of what is remembered at the right.
const (
	wide        = 110
	memoryCells = 38
)

// Lines that are always there, and those of what is remembered under a narrow plot.
const (
	headLines   = 3
	underPlot   = 3 // axis, dates, legend
	tableLines  = 2 // rule, headings
	shortMemory = 2
	mostPlot    = 24
)

// heights are the lines of the plot and the rows of the table.
func (v *View) heights() (plot, rows int) {
	left := v.H - headLines - underPlot - tableLines
	if v.W < wide {
		left -= shortMemory
	}
	plot = max(2, min(mostPlot, left*2/3))
	return plot, max(1, left-plot)
}

func (v *View) rows() int {
	_, rows := v.heights()
	return rows
}

// View draws the plot above the table.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.title()...)
	if !v.read {
		return b.Add(v.waiting()...).String()
	}
	plot, rows := v.heights()
	w := v.W
	if v.W >= wide {
		w -= memoryCells + 1
	}
	lines, log := v.plot(w, plot)
	lines = append(lines, v.legend(log))
	if v.W >= wide {
		for i, m := range v.remembered() {
			if i < len(lines) {
				lines[i].Left = append(lines[i].Left, cell.Span{Text: cell.Spaces(w + 1 - widthOf(lines[i]))})
				lines[i].Left = append(lines[i].Left, m)
			}
		}
	}
	b.Add(lines...)
	if v.W < wide {
		b.Add(v.shortly()...)
	}
	b.Rule("")
	if v.asking {
		return b.Add(v.offers(rows + 1)...).String()
	}
	return b.Add(v.table(rows)...).String()
}

func widthOf(l cell.Line) int {
	n := 0
	for _, s := range l.Left {
		n += cell.Width(s.Text)
	}
	return n
}

// waiting stands where the plot would be until it was read.
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

// title says whose history it is, and what of it is shown.
func (v *View) title() []cell.Line {
	t, w, s := v.env.Text, v.env.Text.History, v.file.Store
	if !v.read {
		return ui.OpenedTitle(v.env, v.W, w.Name+" "+string(v.code), "", "", "")
	}
	what := "  " + t.Pick(s.Name, s.NameEn) + " " + string(s.Code)
	if all := v.shown(); len(all) > 0 {
		span := w.Span(t.Date(all[len(all)-1].PlacedAt.In(v.env.Zone)), t.Date(all[0].PlacedAt.In(v.env.Zone)), len(all))
		if v.W >= wide {
			span = w.Each[v.measure] + ": " + span
		}
		what += "   " + span
	}
	first := cell.Line{
		Left:  []cell.Span{{Text: " " + w.Name, Role: theme.Head}, {Text: what}},
		Right: []cell.Span{{Text: t.Pick(s.Manager, s.ManagerEn) + " " + s.Phone + " "}},
	}
	return []cell.Line{first, v.choices(), ui.Rule(v.env, "", v.W)}
}

// choices are the measures and the periods, those that are shown in brackets.
func (v *View) choices() cell.Line {
	t, w := v.env.Text, v.env.Text.History
	var parts []string
	for m := domain.ByAmount; m <= domain.ByProduct; m++ {
		no := strconv.Itoa(int(m) + 1)
		if m == v.measure {
			no = "[" + no + "]"
		}
		name := w.Measures[m]
		if p := v.file.Product; m == domain.ByProduct {
			if p != nil && v.measure == m {
				name = cell.Cut(cell.Clean(t.ShortProduct(p.Name, p.NameEn)), 16)
			}
			name += " " + w.Another
		}
		parts = append(parts, no+" "+name)
	}
	var periods []string
	for p, name := range w.Periods {
		if period(p) == v.period {
			name = "[" + name + "]"
		}
		periods = append(periods, name)
	}
	right := strings.Join(periods, "  ") + ": " + w.Turn + " "
	if v.W >= wide {
		right = w.Moves + "     " + right
	}
	return cell.Sides(" "+strings.Join(parts, "   "), right)
}

func (v *View) legend(log bool) cell.Line {
	w := v.env.Text.History
	this := false
	for _, o := range v.shown() {
		this = this || o.ID == v.this
	}
	scale := w.Linear
	if log {
		scale = w.Log
	}
	lead := " "
	if v.W >= wide {
		lead = cell.Spaces(scaleCells)
	}
	return cell.Painted(theme.Muted, lead+w.Legend(this)+"   "+scale)
}

// table lists the orders, the newest on top.
func (v *View) table(rows int) []cell.Line {
	all := v.shown()
	t, w := v.env.Text, v.env.Text.History
	cols := []widget.Column{
		{Title: w.HeadDay, W: dateCells, Tight: true},
		{Title: w.HeadOrder, W: 9},
		{Title: w.HeadAmount, W: 12, Right: true},
		{Title: w.HeadLines, W: 5, Right: true},
		{Title: w.HeadState, W: 9},
		{Title: w.HeadSeen, W: 20, Grow: true},
	}
	if v.W >= wide {
		cols[1].W = 14
	}
	if v.measure == domain.ByProduct {
		cols[3] = widget.Column{Title: w.HeadProduct, W: 12, Right: true}
	}
	table := widget.NewTable(cols, v.W)
	out := []cell.Line{table.Head()}
	at := v.index(all)
	for i := v.top; i < min(len(all), v.top+rows); i++ {
		o := all[i]
		state := cell.Span{Text: t.OrderState(o.State), Role: theme.Muted}
		if o.Held != 0 {
			state = cell.Span{Text: t.Order.Line.Held, Role: theme.Problem}
		}
		out = append(out, table.Row(widget.RowState{Cursor: i == at}, cell.Span{Text: t.Date(o.PlacedAt.In(v.env.Zone))},
			cell.Span{Text: string(o.No)}, cell.Span{Text: t.MoneyExact(o.Total)}, v.third(o), state, v.seen(o)))
	}
	return out
}

// third is how many lines an order has, or how much of the product.
func (v *View) third(o domain.PastOrder) cell.Span {
	t := v.env.Text
	p := v.file.Product
	switch {
	case v.measure != domain.ByProduct || p == nil:
		return cell.Span{Text: t.Number(int64(o.Lines))}
	case o.Quantity == 0:
		return cell.Span{Text: t.Values.Unknown, Role: theme.Muted}
	}
	return cell.Span{Text: t.Quantity(o.Quantity, p.Unit, p.UnitEn)}
}

// seen is what was found in an order, with its letter before it.
func (v *View) seen(o domain.PastOrder) cell.Span {
	m := o.Mark()
	if o.ID == v.this {
		m = domain.MarkThis
	}
	text := v.env.Text.SeenIn(o)
	if m == domain.MarkOrder {
		return cell.Span{Text: text}
	}
	return cell.Span{Text: string(letter(m)) + " " + text, Role: theme.Near}
}

// offers are the products to choose from, in two columns.
func (v *View) offers(lines int) []cell.Line {
	t := v.env.Text
	half := (v.W - 2) / 2
	out := make([]cell.Line, min(lines, (len(v.file.Products)+1)/2))
	for i, p := range v.file.Products {
		if row := i / 2; row < len(out) {
			name := cell.Clean(t.Pick(p.Name, p.NameEn) + " " + string(p.Code))
			out[row].Left = append(out[row].Left, cell.Span{Text: "  " + strconv.Itoa(i+1), Role: theme.Key},
				cell.Span{Text: cell.Fit(" "+name, half-3)})
		}
	}
	return out
}
