package catalogue

import (
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

const (
	wideColumns = 110
	previewLow  = 6 // lines of the preview under the list at 24 rows
	headLines   = 2
)

func (v *View) beside() bool { return v.W >= ui.SideBySide }

// heights are the lines of the list and of the preview under it: the rows come first.
func (v *View) heights() (list, preview int) {
	if v.beside() {
		return max(1, v.H-headLines), v.H - headLines
	}
	preview = previewLow + max(0, v.H-19)/4
	return max(1, v.H-headLines-1-preview), preview
}

// SetSize divides the room.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	list, _ := v.heights()
	for _, l := range v.lists {
		l.SetHeight(list)
	}
}

// View draws a list with what there is to know of the row under the cursor.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.titleLine())
	if v.read == nil {
		return b.String()
	}
	if v.beside() {
		left := v.W - ui.SideWidth - 1
		return b.Add(ui.Beside(v.env, v.table(left), left, v.preview(ui.SideWidth-1, v.H-1), v.H-1)...).String()
	}
	listH, previewH := v.heights()
	b.Add(v.table(v.W)...)
	b.Blank(headLines + listH)
	name := ""
	if id := v.cursor(); v.product(id) != "" {
		name = v.name(id)
	}
	b.Rule(name)
	lines := v.preview(v.W, previewH)
	return b.Add(lines[:min(len(lines), previewH)]...).String()
}

// titleLine names the lists with what is in each, the one on the screen in brackets.
func (v *View) titleLine() cell.Line {
	w := v.env.Text.Goods
	line := cell.Line{Left: []cell.Span{{Text: " "}}}
	if v.read == nil {
		return cell.Painted(theme.Head, " "+w.Name)
	}
	for p := range parts {
		text, role := " "+w.Part(w.Parts[p], len(v.ids(p)))+" ", theme.Muted
		if p == v.at {
			text, role = "["+w.Part(w.Parts[p], len(v.ids(p)))+"]", theme.Head
		}
		line.Left = append(line.Left, cell.Span{Text: text, Role: role}, cell.Span{Text: " "})
	}
	first, last := v.lists[v.at].Span()
	span := v.env.Text.Values.Ranged(strconv.Itoa(first), strconv.Itoa(last)) + " / " + strconv.Itoa(v.lists[v.at].Len())
	if v.at == toStandard {
		span = w.Order + "  " + span
		if v.W >= wideColumns {
			span = w.Sums(len(v.read.Standings), v.read.Products) + ", " + span
		}
	}
	line.Right = []cell.Span{{Text: span + " ", Role: theme.Muted}}
	return line
}

// table is the headings and the rows of the list on the screen in w cells.
func (v *View) table(w int) []cell.Line {
	t := widget.NewTable(v.columns(w), w)
	out := []cell.Line{t.Head()}
	l := v.lists[v.at]
	if l.Len() == 0 {
		return append(out, cell.Line{}, cell.Plain(" "+v.env.Text.Goods.None[v.at]))
	}
	return append(out, l.Lines(func(id string, st widget.RowState) cell.Line { return t.Row(st, v.cells(id, w)...) })...)
}

func (v *View) columns(w int) []widget.Column {
	g := v.env.Text.Goods
	wide := w >= wideColumns
	name := 14
	if wide {
		name = 20
	}
	switch v.at {
	case toVerify:
		out := []widget.Column{
			{Title: g.HeadLeft, W: 6, Right: true},
			{Title: g.HeadStore, W: 10},
			{Title: g.HeadProduct, W: name, Grow: true},
			{Title: g.HeadOrdered, W: 12, Right: true},
			{Title: g.HeadUsual, W: 7, Right: true},
			{Title: g.HeadFree, W: 9, Right: true},
			{Title: g.HeadAbove, W: 9, Right: true},
		}
		if wide {
			out = append(out, widget.Column{Title: g.HeadOrder, W: 10}, widget.Column{Title: g.HeadHolder, W: 8})
		}
		return out
	case clashing:
		return []widget.Column{
			{Title: g.HeadCode, W: 6},
			{Title: g.HeadProduct, W: name},
			{Title: g.HeadField, W: 11},
			{Title: g.HeadOurs, W: 13, Grow: true},
			{Title: g.HeadTheirs, W: 13, Grow: true},
			{Title: g.HeadSince, W: 11},
		}
	default:
		out := []widget.Column{{Title: g.HeadCode, W: 6}, {Title: g.HeadName, W: name}}
		if wide {
			out = append(out, widget.Column{Title: g.HeadCategory, W: 10}, widget.Column{Title: g.HeadSupplier, W: 10})
		}
		return append(out, widget.Column{Title: g.HeadFaults, W: 20, Grow: true}, widget.Column{Title: g.HeadOrders, W: 7, Right: true},
			widget.Column{Title: g.HeadMoney, W: 9, Right: true}, widget.Column{Title: g.HeadCases, W: 4, Right: true})
	}
}

func (v *View) cells(id string, w int) []cell.Span {
	switch v.at {
	case toVerify:
		return v.verifyCells(v.verify[id], w)
	case clashing:
		return v.clashCells(v.clash[id])
	default:
		return v.goodsCells(v.goods[id], w)
	}
}

func (v *View) goodsCells(s *domain.Standing, w int) []cell.Span {
	if s == nil {
		return nil
	}
	t, p := v.env.Text, s.Product
	var faults []string
	for _, f := range s.Faults {
		faults = append(faults, t.FaultShort(f))
	}
	role := theme.Text
	if s.Grave() {
		role = theme.Near
	}
	out := []cell.Span{{Text: string(p.Code)}, {Text: t.Pick(p.Name, p.NameEn)}}
	if w >= wideColumns {
		out = append(out, cell.Span{Text: dash(p.Category)}, cell.Span{Text: dash(t.Pick(s.Supplier, s.SupplierEn))})
	}
	return append(out, cell.Span{Text: strings.Join(faults, ", "), Role: role}, cell.Span{Text: strconv.Itoa(s.Stake.Orders)},
		cell.Span{Text: t.Money(s.Stake.Money)}, cell.Span{Text: number(s.Stake.Cases)})
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func number(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// bare is a quantity without its unit, "-" for none.
func bare(q *domain.Quantity) string {
	if q == nil {
		return "-"
	}
	return q.Grouped(0)
}

// usual is the range a store orders of a product, "-" where it is not known.
func (v *View) usual(l *domain.VerifyLine) string {
	if l.UsualHigh == 0 {
		return "-"
	}
	return v.env.Text.Values.Ranged(l.UsualLow.Grouped(0), l.UsualHigh.Grouped(0))
}

func (v *View) verifyCells(r *domain.Verification, w int) []cell.Span {
	if r == nil {
		return nil
	}
	t := v.env.Text
	l := &r.Lines[0]
	p := l.Product
	left := "-"
	if r.Row.NextAt != nil {
		left = t.Left(r.Row.NextAt.Sub(v.env.Now()))
	}
	name := t.Pick(p.Name, p.NameEn)
	if n := len(r.Lines); n > 1 {
		name = "+" + strconv.Itoa(n-1) + " " + name
	}
	free, known := p.Available()
	freeText, freeRole, aboveRole := "-", theme.Text, theme.Text
	if known {
		freeText = free.Grouped(0)
	}
	if l.AboveStock() {
		freeRole = theme.Near
	}
	if l.AboveLimit() {
		aboveRole = theme.Near
	}
	out := []cell.Span{
		{Text: left},
		{Text: t.Pick(r.Row.StoreName, r.Row.StoreNameEn)},
		{Text: name},
		{Text: t.Quantity(l.Quantity, p.Unit, p.UnitEn)},
		{Text: v.usual(l)},
		{Text: freeText, Role: freeRole},
		{Text: bare(p.VerifyAbove), Role: aboveRole},
	}
	if w >= wideColumns {
		holder := "-"
		if h := r.Row.Holder; h != nil {
			holder = t.FirstName(h.Name, h.NameEn, h.Login)
		}
		out = append(out, cell.Span{Text: string(r.Row.OrderNo)}, cell.Span{Text: holder})
	}
	return out
}

func (v *View) clashCells(c *domain.Clash) []cell.Span {
	if c == nil {
		return nil
	}
	t, p := v.env.Text, c.Product
	return []cell.Span{
		{Text: string(p.Code)},
		{Text: t.Pick(p.Name, p.NameEn)},
		{Text: t.ProductField(c.Field)},
		{Text: t.FieldValue(c.Field, p.Raw(c.Field), p, nil)},
		{Text: t.FieldValue(c.Field, c.File, p, nil), Role: theme.Near},
		{Text: t.When(c.At.In(v.env.Zone), v.env.Now()), Role: theme.Muted},
	}
}
