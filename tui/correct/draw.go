package correct

import (
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// Widths and lines of the screen.
const (
	wideColumns = 110
	labelCells  = 11 // with the cursor's sign
	fieldCells  = 16
	timeCells   = 10
	titleLines  = 3
	valueLines  = 4 // step, stock, listing, reason
	factLines   = 2
	sideLines   = 3 // what else is touched
)

// View draws the values, what speaks for them, and what writing them does.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	if !v.read {
		return b.Add(v.waiting()...).String()
	}
	w := v.env.Text.Correct
	b.Add(v.title()...).Add(v.values()...)
	b.Rule(v.factsName()).Add(v.facts()...).Blank(titleLines + valueLines + 1 + factLines)
	b.Rule(v.clearsName()).Add(v.table()...)
	b.Blank(v.H - sideLines - 2)
	return b.Rule(w.Beside).Add(v.beside()...).Blank(v.H - 1).Rule("").String()
}

func (v *View) waiting() []cell.Line {
	t := v.env.Text
	head := cell.Painted(theme.Head, " "+t.Correct.Name+" "+string(v.product))
	if v.failed == nil {
		return []cell.Line{head, {}, cell.Painted(theme.Muted, " "+t.Store.Reading)}
	}
	return []cell.Line{head, {}, cell.Painted(theme.Problem, " !"+t.Error(v.failed)), cell.Painted(theme.Muted, " "+t.Store.Again)}
}

// amount is a quantity of the product with its unit.
func (v *View) amount(q domain.Quantity) string {
	p := v.file.Product
	return v.env.Text.Weight(q, v.decimals(), p.Unit, p.UnitEn)
}

// bare is the same without the unit.
func (v *View) bare(q domain.Quantity) string { return q.Grouped(v.decimals()) }

func (v *View) decimals() int {
	if v.file.Product.Weighed {
		return 3
	}
	return 0
}

func (v *View) title() []cell.Line {
	t, w, f := v.env.Text, v.env.Text.Correct, v.file
	p := f.Product
	name := w.Name + "  " + t.Pick(p.Name, p.NameEn) + " " + string(p.Code) + "   " + w.Sold(p.Weighed, t.Pick(p.Unit, p.UnitEn)) + "   " +
		w.Price(t.MoneyExact(p.Price), t.Pick(p.Unit, p.UnitEn))
	if f.Supplier != "" {
		name += "   " + w.Supplier(f.Supplier)
	}
	cases, stores := map[domain.CaseID]bool{}, map[domain.StoreCode]bool{}
	for _, c := range f.Open {
		cases[c.Row.Case], stores[c.Row.Store] = true, true
	}
	step := w.NoStep
	if p.Step != nil {
		step = w.StepIs(v.amount(*p.Step))
	}
	for _, c := range f.Corrections {
		if c.What == domain.CorrectStep {
			step += w.Since(t.When(c.At.In(v.env.Zone), v.env.Now()), t.FirstName(c.ByName, c.ByNameEn, c.By), v.value(c.What, c.Old))
			break
		}
	}
	imported := ""
	if f.Imported != nil {
		imported = w.Imported(v.amount(*f.Imported))
	}
	return ui.OpenedTitle(v.env, v.W, name, w.Open(len(cases), len(stores)), step, imported)
}

// label names a place.
func (v *View) label(s stop) string {
	w := v.env.Text.Correct
	return map[stop]string{
		atStep: w.AskStep, atCount: w.AskCount, atTime: w.AskTime, atStatus: w.AskStatus, atReason: w.AskReason, atNote: w.AskNote,
		atList: w.AskList, atTell: w.AskTell, atRows: w.AskRows,
	}[s]
}

// lead is the beginning of a line: the sign where the cursor is at one of its places.
func (v *View) lead(name string, at ...stop) []cell.Span {
	sign, role := "   ", theme.Text
	for _, s := range at {
		if s == v.focus && v.ask == nil {
			sign, role = " > ", theme.Accent
		}
	}
	return []cell.Span{{Text: sign, Role: theme.Mark}, {Text: cell.Fit(name, labelCells-3), Role: role}}
}

func choice(spans []cell.Span, i int, name string, chosen bool) []cell.Span {
	digit, role := " "+strconv.Itoa(i+1)+" ", theme.Text
	if chosen {
		digit, role = "["+strconv.Itoa(i+1)+"]", theme.Accent
	}
	return append(spans, cell.Span{Text: digit, Role: theme.Key}, cell.Span{Text: name + " ", Role: role})
}

// values are the step, the stock, the listing, and the reason.
func (v *View) values() []cell.Line {
	w, t, p := v.env.Text.Correct, v.env.Text, v.file.Product
	now := func(q *domain.Quantity) string {
		if q == nil {
			return w.Now(t.Values.Unknown)
		}
		return w.Now(v.amount(*q))
	}
	nowCells := max(cell.Width(cell.Clean(now(p.Step))), cell.Width(cell.Clean(now(p.Stock)))) + 2
	field := func(spans []cell.Span, n *widget.Number, at stop, to string) []cell.Span {
		spans = append(spans, cell.Span{Text: to + " "})
		spans = append(spans, n.Spans(fieldCells, v.focus == at)...)
		return append(spans, v.understood(n))
	}
	step := field(append(v.lead(w.AskStep, atStep), cell.Span{Text: cell.Fit(cell.Clean(now(p.Step)), nowCells)}), v.step, atStep, w.To)
	stock := field(append(v.lead(w.AskStock, atCount, atTime), cell.Span{Text: cell.Fit(cell.Clean(now(p.Stock)), nowCells)}), v.count, atCount, w.Counted)
	stock = append(stock, cell.Span{Text: "  " + w.AskTime + " "})
	stock = append(stock, v.counted.Spans(v.timeCells(), v.focus == atTime)...)
	if v.W >= wideColumns {
		stock = append(stock, cell.Span{Text: "  " + w.OnlyDelta, Role: theme.Muted})
	}
	listing := append(v.lead(w.AskStatus, atStatus), cell.Span{Text: cell.Fit(cell.Clean(w.Now(t.ProductState(p.Status))), nowCells)})
	for i, s := range statuses() {
		listing = choice(listing, i, t.ProductState(s), s == v.status && v.what == domain.CorrectListing)
	}
	reason := v.lead(w.AskReason, atReason, atNote)
	for i, r := range domain.CorrectionReasons() {
		reason = choice(reason, i, w.Reasons[r], r == v.reason)
	}
	reason = append(reason, cell.Span{Text: w.AskNote + " "})
	reason = append(reason, v.note.Spans(v.noteCells(), v.focus == atNote)...)
	return []cell.Line{{Left: step}, {Left: stock}, {Left: listing}, {Left: reason}}
}

// noteCells is the room for the note behind the reasons.
func (v *View) noteCells() int {
	w := v.env.Text.Correct
	used := labelCells + cell.Width(w.AskNote) + 1
	for _, r := range domain.CorrectionReasons() {
		used += 4 + cell.Width(w.Reasons[r])
	}
	return max(8, v.W-used-1)
}

// understood says what a quantity means.
func (v *View) understood(n *widget.Number) cell.Span {
	w := v.env.Text.Correct
	q, ok, bad := v.quantity(n)
	switch {
	case bad:
		return cell.Span{Text: " " + v.env.Text.Dialog.NotRead, Role: theme.Problem}
	case !ok:
		return cell.Span{Text: " " + v.env.Text.Pick(v.file.Product.Unit, v.file.Product.UnitEn), Role: theme.Muted}
	case n == v.step && q == 0:
		return cell.Span{Text: " " + w.NotNought, Role: theme.Problem}
	}
	return cell.Span{Text: " = " + v.amount(q)}
}

// timeCells is how wide the time of the count is: with a day only where one is on record.
func (v *View) timeCells() int {
	if v.toldAs != "" {
		return timeCells + len("01-02 ")
	}
	return timeCells
}

// TextCursor is where the field that has the keys stands.
func (v *View) TextCursor() (x, y int, ok bool) {
	switch {
	case !v.read || !v.CapturesText():
		return 0, 0, false
	case v.ask != nil:
		x, line := v.ask.Cursor(v.W)
		return x, v.H + line, true
	}
	lines := v.values()
	at := map[stop]int{atStep: 0, atCount: 1, atTime: 1, atNote: 3}[v.focus]
	skip := 0
	if v.focus == atTime {
		skip = 1
	}
	x = 0
	for _, s := range lines[at].Left {
		if strings.HasPrefix(s.Text, "[ ") {
			if skip == 0 {
				break
			}
			skip--
		}
		x += cell.Width(cell.Clean(s.Text))
	}
	switch v.focus {
	case atStep:
		x += v.step.CursorX(fieldCells)
	case atCount:
		x += v.count.CursorX(fieldCells)
	case atTime:
		x += v.counted.CursorX(v.timeCells())
	default:
		x += v.note.CursorX(v.noteCells())
	}
	return x, titleLines + at, true
}

// Message is the question before writing, what is missing, and who will be told.
func (v *View) Message() []cell.Line {
	t, w := v.env.Text, v.env.Text.Correct
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case !v.read:
		return nil
	case v.writes:
		return []cell.Line{cell.Painted(theme.Accent, " "+t.Dialog.Busy)}
	case v.confirm.Asking() && v.sure:
		return []cell.Line{cell.Painted(theme.Near, " "+w.Fewer), cell.Painted(theme.Near, " "+t.Dialog.Again)}
	case v.confirm.Asking():
		return []cell.Line{cell.Painted(theme.Accent, " "+v.asks()), cell.Painted(theme.Near, " "+t.Dialog.Again)}
	}
	if why := v.mayWrite(); why != "" {
		return []cell.Line{cell.Painted(theme.Muted, " "+w.ReadOnly(why))}
	}
	if at, lacks := v.lacks(); lacks {
		return []cell.Line{{}, cell.Painted(theme.Muted, " "+w.Missing(v.label(at)))}
	}
	out := cell.Painted(theme.Done, " "+w.Ready)
	for _, r := range v.rows() {
		if h := r.Case.Row.Holder; h != nil && h.Login != v.env.Me.Login {
			return []cell.Line{cell.Plain(" " + w.WillTell(t.FirstName(h.Name, h.NameEn, h.Login))), out}
		}
	}
	return []cell.Line{{}, out}
}

// asks is what the second ctrl+s writes.
func (v *View) asks() string {
	w, p := v.env.Text.Correct, v.file.Product
	switch v.what {
	case domain.CorrectStock:
		q, _, _ := v.quantity(v.count)
		pre, _ := v.preview()
		return w.WriteStock(v.amount(q), v.change(pre.Delta), v.clearsName())
	case domain.CorrectListing:
		return w.WriteStatus(v.env.Text.ProductState(v.status), v.clearsName())
	case domain.CorrectStep:
	}
	old := w.NoStep
	if p.Step != nil {
		old = v.bare(*p.Step)
	}
	q, _, _ := v.quantity(v.step)
	return w.WriteStep(old, v.amount(q), v.clearsName())
}

// change is a difference with its sign.
func (v *View) change(q domain.Quantity) string {
	if q > 0 {
		return "+" + v.amount(q)
	}
	return v.amount(q)
}
