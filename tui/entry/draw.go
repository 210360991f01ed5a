package entry

import (
	"slices"
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
)

// Cells and lines of the form.
const (
	signCells  = 3
	labelCells = 9
	fieldCells = 14
	leastName  = 14 // of a product among its lines
	writtenMin = 4  // lines of what will be written, its rule included
)

// row is one line of the form.
type row struct {
	line cell.Line
	at   place
	here bool // the cursor is in this very line
	x    int  // cell of the text cursor, -1: none
}

// View draws the title, the questions, and what will be written.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H).Add(v.title()...)
	if !v.read {
		return b.Add(v.waiting()...).String()
	}
	rows, from, room := v.window()
	for _, r := range rows[from:min(len(rows), from+room)] {
		b.Add(r.line)
	}
	if v.what.known() && v.what != Where {
		b.Blank(titleLines + room).Rule(v.env.Text.Entry.WillWrite).Add(v.written(b.Left())...)
	}
	return b.String()
}

const titleLines = 3

// window is the rows of the questions, the first that is on the screen, and how many
// fit.
func (v *View) window() (rows []row, from, room int) {
	rows = v.rows()
	room = max(1, v.H-titleLines)
	if v.what.known() && v.what != Where {
		room = max(1, room-max(writtenMin, 2+min(3, len(v.changes()))))
	}
	first, last := -1, 0
	for i, r := range rows {
		if r.at == v.focus && first < 0 {
			first = i
		}
		if r.at == v.focus && (r.here || v.focus.stop != atLines) {
			last = i
		}
	}
	from = max(0, last-room+1)
	if first >= 0 && last-first < room {
		from = min(max(from, 0), first)
	}
	return rows, max(0, min(from, len(rows)-1)), room
}

// TextCursor is where the field that has the keys stands.
func (v *View) TextCursor() (x, y int, ok bool) {
	if v.Asks() || !v.read || !v.focus.field() {
		return 0, 0, false
	}
	rows, from, room := v.window()
	for i := from; i < min(len(rows), from+room); i++ {
		if rows[i].x >= 0 {
			return rows[i].x, titleLines + i - from, true
		}
	}
	return 0, 0, false
}

func (v *View) waiting() []cell.Line {
	t := v.env.Text
	if v.fails == nil {
		return []cell.Line{cell.Painted(theme.Muted, " "+t.Store.Reading)}
	}
	return []cell.Line{cell.Painted(theme.Problem, " !"+t.Error(v.fails)), cell.Painted(theme.Muted, " "+t.Store.Again)}
}

func (v *View) title() []cell.Line {
	t, w, s := v.env.Text, v.env.Text.Entry, v.file.Store
	name := w.Name
	if v.what.known() {
		name = w.Title(w.Longs[v.what-1])
	}
	left := name + "   " + t.Pick(s.Name, s.NameEn) + " " + string(v.code)
	contact, rang := t.Store.Manager(t.Pick(s.Manager, s.ManagerEn), s.Phone), w.Rang(t.Clock(v.at.In(v.env.Zone)))
	if cell.Width(cell.Clean(left+"   "+contact+rang))+titleGaps <= v.W {
		left, contact = left+"   "+contact, ""
	} else {
		contact = t.Pick(s.Manager, s.ManagerEn) + " " + s.Phone
	}
	second := w.NoOrder
	switch {
	case v.what == Blocked:
		second = w.BlockedHint
	case v.ordered:
		second = v.brief(v.order.Brief())
	}
	return ui.OpenedTitle(v.env, v.W, left, rang, second, contact)
}

// titleGaps are the cells at the ends of a title and between its halves.
const titleGaps = 3

// brief is an order in a line.
func (v *View) brief(b domain.OrderBrief) string {
	t := v.env.Text
	return string(b.No) + "  " + t.When(b.PlacedAt, v.env.Now()) + "  " + t.OrderState(b.State) + "  " + t.Entry.LinesOf(b.Lines) + "  " + t.MoneyExact(b.Total)
}

// rows are all lines of the questions.
func (v *View) rows() []row {
	var out []row
	for _, p := range v.stops() {
		out = append(out, v.rowsOf(p)...)
		if p.stop == atOrder && v.what == Where {
			out = append(out, v.facts()...)
		}
	}
	return out
}

func (v *View) rowsOf(p place) []row {
	w, t := v.env.Text.Entry, v.env.Text
	at := p == v.focus
	switch p.stop {
	case atWhat:
		if !at && v.what.known() {
			return []row{v.answered(p, w.Longs[v.what-1])}
		}
		return v.options(p, w.Longs[:], int(v.what)-1, at)
	case atOrder, atPick, atCase:
		return v.listRows(p)
	case atLines:
		return v.lineRows(p, at)
	case atAmount, atStep:
		return []row{v.amountRow(p, at)}
	case atWhy:
		var all []string
		for _, y := range v.whys() {
			all = append(all, w.Whys[y])
		}
		return v.options(p, all, slices.Index(v.whys(), v.why), at)
	case atWho:
		var all []string
		chosen := slices.Index(whos(), v.who)
		for i, who := range whos() {
			name := t.Case.Ask.Whos[who]
			if i == 0 {
				name += " " + t.Pick(v.file.Store.Manager, v.file.Store.ManagerEn)
			}
			all = append(all, name)
		}
		return v.options(p, all, chosen, at)
	default:
		return []row{v.textRow(p, at)}
	}
}

// listRows are what is chosen from lists: an order, a product, a case.
func (v *View) listRows(p place) []row {
	w, t := v.env.Text.Entry, v.env.Text
	var all []string
	chosen := -1
	none := w.NoCase
	switch p.stop {
	case atOrder:
		none = w.NoOrders
		for i, o := range v.orders() {
			all = append(all, v.brief(o))
			if o.ID == v.orderID {
				chosen = i
			}
		}
		if chosen < 0 && v.ordered {
			all, chosen = append(all, v.brief(v.order.Brief())), len(all)
		}
	case atPick:
		none = w.NoProducts
		for i, f := range v.found {
			all = append(all, t.Pick(f.Name, f.NameEn)+" "+string(f.Code)+"  "+v.productNow(f))
			if v.product != nil && f.Code == v.product.Code {
				chosen = i
			}
		}
	default:
		for i, c := range v.cases() {
			all = append(all, cell.Fit(string(c.OrderNo), numberCells)+"  "+t.Kind(c.Kind)+"  "+t.Why(c, v.env.Now()))
			if c.Case == v.caseID {
				chosen = i
			}
		}
	}
	return v.list(p, all, chosen, none)
}

// numberCells is the room of an order's number in a list.
const numberCells = 9

// productNow is how a product stands in the catalogue.
func (v *View) productNow(p domain.Product) string {
	t := v.env.Text
	step, stock := t.Find.NoStep, t.Values.Unknown
	if p.Step != nil {
		step = t.Weight(*p.Step, decimals(p), p.Unit, p.UnitEn)
	}
	if have, ok := p.Available(); ok {
		stock = t.Weight(have, decimals(p), p.Unit, p.UnitEn)
	}
	return t.Find.Product(t.ProductState(p.Status), step, stock)
}

func decimals(p domain.Product) int {
	if p.Weighed {
		return 3
	}
	return 0
}

// label names a question.
func (v *View) label(p place) string {
	w := v.env.Text.Entry
	switch p.stop {
	case atAmount:
		if l, ok := v.line(p.line); ok {
			pr := v.order.Products[l.Product]
			return w.LineNo(l.No) + " " + v.env.Text.Pick(pr.Name, pr.NameEn)
		}
		return w.Tried
	case atWhat, atOrder, atProduct, atPick, atLines, atStep, atWhy, atSlip, atWho, atName, atCase, atDue, atNote:
	}
	return map[stop]string{
		atWhat: w.AskWhat, atOrder: w.AskOrder, atProduct: w.AskProduct, atPick: w.AskPick, atLines: w.AskLines, atStep: w.AskStep, atWhy: w.AskWhy,
		atSlip: w.AskSlip, atWho: w.AskWho, atName: w.AskName, atCase: w.AskCase, atDue: w.AskDue, atNote: w.AskNote,
	}[p.stop]
}

// lead is the beginning of a row: the cursor's sign and the question.
func (v *View) lead(p place, at bool) []cell.Span {
	sign, role := "   ", theme.Text
	if at {
		sign, role = " > ", theme.Accent
	}
	return []cell.Span{{Text: sign, Role: theme.Mark}, {Text: cell.Fit(v.label(p), labelCells), Role: role}}
}

// answered is a question that was answered and is not asked now.
func (v *View) answered(p place, text string) row {
	return row{line: cell.Line{Left: append(v.lead(p, false), cell.Span{Text: text})}, at: p, x: -1}
}

// options are answers side by side, in as many lines as they need.
func (v *View) options(p place, all []string, chosen int, at bool) []row {
	var out []row
	line := v.lead(p, at)
	used := signCells + labelCells
	for i, name := range all {
		digit, role := strconv.Itoa(i+1), theme.Text
		if i == chosen {
			digit, role = "["+digit+"]", theme.Accent
		}
		name = cell.Clean(name)
		n := cell.Width(digit) + 1 + cell.Width(name) + 2
		if used+n > v.W && used > signCells+labelCells {
			out = append(out, row{line: cell.Line{Left: line}, at: p, x: -1})
			line, used = []cell.Span{{Text: cell.Spaces(signCells + labelCells)}}, signCells+labelCells
		}
		line = append(line, cell.Span{Text: digit, Role: theme.Key}, cell.Span{Text: " " + name + "  ", Role: role})
		used += n
	}
	return append(out, row{line: cell.Line{Left: line}, at: p, x: -1})
}

// list are answers one under the other while they are asked for, else the one that
// was chosen.
func (v *View) list(p place, all []string, chosen int, none string) []row {
	at := p == v.focus
	if len(all) == 0 {
		return []row{{line: cell.Line{Left: append(v.lead(p, at), cell.Span{Text: none, Role: theme.Muted})}, at: p, x: -1}}
	}
	if !at && (p.stop != atPick || chosen >= 0) { // what was found stands beneath the name
		text, role := v.env.Text.Entry.NotYet, theme.Muted
		if chosen >= 0 {
			text, role = all[chosen], theme.Text
		}
		return []row{{line: cell.Line{Left: append(v.lead(p, at), cell.Span{Text: text, Role: role})}, at: p, x: -1}}
	}
	var out []row
	for i, text := range all {
		lead := []cell.Span{{Text: cell.Spaces(signCells + labelCells)}}
		if i == 0 {
			lead = v.lead(p, at)
		}
		digit, role := " "+strconv.Itoa(i+1)+" ", theme.Text
		if i >= mostOffers {
			digit = "   "
		}
		if i == chosen {
			digit, role = "["+strconv.Itoa(i+1)+"]", theme.Accent
		}
		out = append(out, row{line: cell.Line{Left: append(lead, cell.Span{Text: digit, Role: theme.Key}, cell.Span{Text: " " + text, Role: role})}, at: p, x: -1})
	}
	return out
}

// lineRows are the order's lines while they are chosen, else how many were.
func (v *View) lineRows(p place, at bool) []row {
	w, t := v.env.Text.Entry, v.env.Text
	if !at {
		text, role := w.Lines(len(v.about())), theme.Text
		if len(v.about()) == 0 {
			text, role = w.NotYet, theme.Muted
			if v.what == Change || v.what == Wrong {
				text = w.Whole
			}
		}
		return []row{{line: cell.Line{Left: append(v.lead(p, at), cell.Span{Text: text, Role: role})}, at: p, x: -1}}
	}
	var out []row
	widest := leastName
	for _, l := range v.lines() {
		widest = max(widest, cell.Width(v.productName(l)))
	}
	room := min(widest, v.W-signCells-labelCells-34)
	for i, l := range v.lines() {
		lead := []cell.Span{{Text: cell.Spaces(signCells + labelCells)}}
		if i == 0 {
			lead = v.lead(p, at)
		}
		pr := v.order.Products[l.Product]
		here := i == v.lineAt
		sign, over := "  ", theme.Text
		if here {
			sign, over = "> ", theme.Cursor
		}
		mark := "  "
		if v.chosen[l.No] {
			mark = "* "
		}
		lead = append(lead, cell.Span{Text: sign + mark + cell.FitRight(strconv.Itoa(l.No), 2) + " ", Role: theme.Mark},
			cell.Span{Text: cell.Fit(v.productName(l), room) + "  "}, cell.Span{Text: w.Ordered(t.Weight(l.Quantity, decimals(pr), pr.Unit, pr.UnitEn))})
		out = append(out, row{line: cell.Line{Left: lead, Over: over}, at: p, here: here, x: -1})
	}
	return out
}

func (v *View) productName(l domain.Line) string {
	p := v.order.Products[l.Product]
	return cell.Clean(v.env.Text.Pick(p.Name, p.NameEn) + " " + string(l.Product))
}
