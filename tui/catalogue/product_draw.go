package catalogue

import (
	"slices"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

const (
	titleLines  = 3
	historyLow  = 2 // lines of the history at 24 rows
	nameCells   = 11
	leadCells   = 2
	editCells   = 24 // of a field at 80 columns
	valuesShare = 24 // hundredths of the width
)

// historyLines are the lines of the history.
func (v *Product) historyLines() int {
	return max(historyLow, v.H-titleLines-1-len(domain.ProductFields())-1)
}

// SetSize divides the room.
func (v *Product) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	v.list.SetHeight(max(1, h-titleLines-1-v.historyLines()))
}

// View draws the fields with what is wrong with them, and what was set here.
func (v *Product) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	t := v.env.Text
	if v.file == nil {
		b.Add(ui.OpenedTitle(v.env, v.W, string(v.code), "", "", "")...)
		if v.failed != nil {
			return b.Add(cell.Painted(theme.Problem, " !"+t.Error(v.failed))).String()
		}
		return b.Add(cell.Painted(theme.Muted, " "+t.Form.Loading)).String()
	}
	b.Add(v.title()...)
	table, faults, changed := v.table(), v.faults(), v.changed()
	b.Add(v.list.Lines(func(f domain.ProductField, st widget.RowState) cell.Line {
		return table.Row(st, v.cells(f, faults, changed)...)
	})...)
	b.Blank(v.H - v.historyLines() - 1)
	b.Rule(t.Goods.History)
	return b.Add(v.history()...).String()
}

func (v *Product) title() []cell.Line {
	t, f := v.env.Text, v.file
	p := f.Product
	second := t.Faulty(f.Faults)
	if len(v.changed()) > 0 {
		second += "   " + t.Goods.Then(t.Faulty(v.faults()))
	}
	waits := ""
	if len(f.Waiting) > 0 {
		var names []string
		for _, w := range f.Waiting {
			names = append(names, t.ProductField(w))
		}
		waits = t.Goods.Waits(strings.Join(names, ", "))
	}
	name := v.name()
	if p.Status != domain.ProductNormal {
		name += "   " + t.ProductState(p.Status)
	}
	return ui.OpenedTitle(v.env, v.W, name, t.Goods.Stake(f.Stake.Orders, t.Money(f.Stake.Money), f.Stake.Cases), second, waits)
}

// table lays the columns out: the field, its value, what it becomes, what is wrong.
func (v *Product) table() widget.Table {
	now := max(17, v.W*valuesShare/100)
	return widget.NewTable([]widget.Column{{W: nameCells}, {W: now}, {W: editCells}, {W: 20, Grow: true}}, v.W)
}

func (v *Product) cells(f domain.ProductField, faults []domain.Fault, changed []domain.ProductField) []cell.Span {
	t := v.env.Text
	out := []cell.Span{{Text: t.ProductField(f), Role: theme.Muted}, {Text: v.value(f, v.file.Product)}}
	if v.field() != nil && f == v.cursor() {
		_, said, good := v.meant(f, v.field().Value())
		role := theme.Text
		if !good {
			role = theme.Problem
		}
		var field []cell.Span
		if v.number != nil {
			field = v.number.Spans(editCells, true)
		} else {
			field = v.words.Spans(editCells, true)
		}
		return append(append(out, joinSpans(field)), cell.Span{Text: said, Role: role})
	}
	becomes := cell.Span{}
	if slices.Contains(changed, f) {
		becomes = cell.Span{Text: "> " + v.value(f, v.now()), Role: theme.Accent}
	}
	says := v.says(f, faults)
	return append(out, becomes, says)
}

// joinSpans makes one span of a field's: the table cuts and fills by columns.
func joinSpans(all []cell.Span) cell.Span {
	var b strings.Builder
	for _, s := range all {
		b.WriteString(s.Text)
	}
	return cell.Span{Text: b.String(), Role: theme.Field}
}

// says is what there is to say of a field: that it clashes, what is wrong with it, or that
// the platform has not confirmed it yet.
func (v *Product) says(f domain.ProductField, faults []domain.Fault) cell.Span {
	t := v.env.Text
	if c := v.clash(f); c != nil {
		theirs := t.FieldValue(f, c.File, v.file.Product, v.file.Suppliers)
		if v.W < wideColumns {
			return cell.Span{Text: t.Goods.ClashShort(theirs), Role: theme.Near} // the message line says the rest
		}
		return cell.Span{Text: t.Goods.Clashes(theirs), Role: theme.Near}
	}
	var out []string
	role := theme.Text
	for _, x := range faults {
		if x.Rule.Field() == f {
			if v.W >= wideColumns {
				out = append(out, t.FaultSays(x, v.now(), v.file.Limits))
			} else {
				out = append(out, t.FaultShort(x)) // the message line has the sentence
			}
			if x.Rule.Grave() {
				role = theme.Near
			}
		}
	}
	if len(out) > 0 {
		return cell.Span{Text: strings.Join(out, "; "), Role: role}
	}
	if slices.Contains(v.file.Waiting, f) {
		return cell.Span{Text: t.Goods.WaitsOne, Role: theme.Muted}
	}
	return cell.Span{}
}

// history is what was set here, newest first.
func (v *Product) history() []cell.Line {
	t, n := v.env.Text, v.historyLines()
	if len(v.file.Changes) == 0 {
		return []cell.Line{cell.Painted(theme.Muted, " "+t.Goods.NoHistory)}
	}
	var out []cell.Line
	rest := v.file.Changes[min(v.scroll, len(v.file.Changes)-1):]
	for i := range rest {
		if len(out) == n-1 && len(rest)-i > 1 {
			return append(out, cell.Painted(theme.Muted, " "+t.Goods.MoreLines(len(rest)-i)))
		}
		c := &rest[i]
		line := cell.Plain(" " + t.When(c.At.In(v.env.Zone), v.env.Now()) + " " + t.FirstName(c.ByName, c.ByNameEn, c.By) + "  " + t.ProductField(c.Field) + " " +
			t.FieldValue(c.Field, c.Old, v.file.Product, v.file.Suppliers) + " > " + t.FieldValue(c.Field, c.New, v.file.Product, v.file.Suppliers) +
			"  " + v.env.Text.Goods.What[c.What] + ", " + named(t.Goods.Reasons, c.Reason))
		if c.Note != "" {
			line.Left = append(line.Left, cell.Span{Text: ": " + c.Note})
		}
		out = append(out, line)
	}
	return out
}

// Keys are what works now.
func (v *Product) Keys() []keys.Hint {
	w := v.env.Text.Goods
	switch {
	case v.ask != nil || v.file == nil:
		return []keys.Hint{v.env.Hint(keys.Back)}
	case v.field() != nil:
		return []keys.Hint{{Action: keys.Open, Word: w.NextWord}, v.env.Hint(keys.Back)}
	}
	word := w.Edit
	switch f := v.cursor(); {
	case v.clash(f) != nil:
		word = w.Settle
	case f.Correction() != "":
		word = w.Correct
	}
	return []keys.Hint{
		{Action: keys.Open, Word: word},
		{Action: keys.Write, Word: w.WriteWord},
		{Action: keys.NextPart, Word: w.NextFault},
		{Action: keys.HalfDown, Word: w.History},
		v.env.Hint(keys.Menu), v.env.Hint(keys.Back),
	}
}

// Menu is what can be done with the product.
func (v *Product) Menu() ui.Menu {
	return ui.Menu{
		Title: v.name(), Copy: string(v.code), Acts: []ui.Act{{Action: keys.Product}},
		Rest: []ui.Act{{Action: keys.Write, Name: v.env.Text.Goods.WriteWord, Off: mayWrite(v.env)}},
	}
}

// Message is the question, or what can be done next.
func (v *Product) Message() []cell.Line {
	w := v.env.Text.Goods
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.file == nil:
		return nil
	case v.number != nil && v.cursor() == domain.FieldSupplier:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.ChooseSupplier)}
	case mayWrite(v.env) != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.ReadOnly)}
	}
	if said := v.sentence(); said != "" {
		return []cell.Line{cell.Plain(" " + said)}
	}
	switch {
	case len(v.changed()) > 0:
		return []cell.Line{cell.Painted(theme.Done, " "+w.ReadyEdit)}
	case v.cursor() == domain.FieldPrice:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.PriceNo)}
	}
	return nil
}

// sentence is what is wrong with the field under the cursor, and where it is mended.
func (v *Product) sentence() string {
	t := v.env.Text
	if c := v.clash(v.cursor()); c != nil {
		return t.Goods.Clashes(t.FieldValue(c.Field, c.File, v.file.Product, v.file.Suppliers))
	}
	for _, x := range v.faults() {
		if x.Rule.Field() == v.cursor() {
			return t.FaultSays(x, v.now(), v.file.Limits) + " (" + t.Mended(v.cursor()) + ")"
		}
	}
	return ""
}

// TextCursor is where the field at hand stands.
func (v *Product) TextCursor() (x, y int, ok bool) {
	switch {
	case v.ask != nil && v.ask.Typing():
		x, line := v.ask.Cursor(v.W)
		return x, v.H + line, true
	case v.ask == nil && v.field() != nil:
		first, _ := v.list.Span()
		t := v.table()
		x = leadCells + t.Width(0) + 1 + t.Width(1) + 1
		if v.number != nil {
			x += v.number.CursorX(editCells)
		} else {
			x += v.words.CursorX(editCells)
		}
		return x, titleLines + v.list.Index() - (first - 1), true
	}
	return 0, 0, false
}
