package catalogue

import (
	"context"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

func (v *View) press(p keys.Press) tea.Cmd {
	switch {
	case v.ask != nil:
		return v.answer(p)
	case v.editing:
		v.typeFilter(p)
		return nil
	case v.move(p):
		return nil
	}
	switch p.Action {
	case keys.Open:
		return v.open(p)
	case keys.Product:
		return v.openCorrection(p)
	case keys.Store:
		if r := v.verify[v.cursor()]; v.at == toVerify && r != nil {
			return ui.Send(ui.OpenStore{Code: r.Row.Store})
		}
	case keys.Order:
		if r := v.verify[v.cursor()]; v.at == toVerify && r != nil {
			return ui.Send(ui.OpenOrder{ID: r.Row.OrderID})
		}
	case keys.NextPart, keys.Unfold:
		v.turn(1)
		return nil
	case keys.PrevPart, keys.Fold:
		v.turn(-1)
		return nil
	case keys.Filter:
		v.editing, v.before = true, v.filter.Value()
		return nil
	case keys.Refresh:
		return v.reload()
	case keys.Write:
		return v.askWrite(p)
	case keys.Back:
		return v.stepBack()
	default:
	}
	return ui.NoSense(v.env, p)
}

// turn goes to the next list or the one before.
func (v *View) turn(by int) { v.at = part((int(v.at) + by + int(parts)) % int(parts)) }

// open opens the product of a row, or the case that waits for a word on its quantity.
func (v *View) open(p keys.Press) tea.Cmd {
	id := v.cursor()
	switch {
	case v.at == toVerify && v.verify[id] != nil:
		return ui.Send(ui.OpenCase{ID: v.verify[id].Row.Case})
	case v.product(id) != "":
		return ui.Send(ui.OpenProduct{Code: v.product(id)})
	}
	return ui.NoSense(v.env, p)
}

// product is the product of a row, "" without one.
func (v *View) product(id string) domain.ProductCode {
	switch v.at {
	case toVerify:
		if r := v.verify[id]; r != nil {
			return r.Lines[0].Product.Code
		}
	case clashing:
		if c := v.clash[id]; c != nil {
			return c.Product.Code
		}
	default:
		if s := v.goods[id]; s != nil {
			return s.Product.Code
		}
	}
	return ""
}

func (v *View) openCorrection(p keys.Press) tea.Cmd {
	if code := v.product(v.cursor()); code != "" {
		return ui.Send(ui.OpenCorrection{Product: code})
	}
	return ui.NoSense(v.env, p)
}

func (v *View) move(p keys.Press) bool {
	l := v.lists[v.at]
	switch p.Action {
	case keys.Up:
		l.Move(-p.Count)
	case keys.Down:
		l.Move(p.Count)
	case keys.HalfUp:
		l.Page(-p.Count)
	case keys.HalfDown:
		l.Page(p.Count)
	case keys.First:
		l.First()
	case keys.Last:
		l.Last()
	case keys.Mark:
		l.ToggleMark(1)
	case keys.MarkUp:
		l.MarkMoving(-1)
	case keys.MarkDown:
		l.MarkMoving(1)
	case keys.MarkAll:
		l.MarkAll()
	default:
		return false
	}
	return true
}

func (v *View) typeFilter(p keys.Press) {
	switch p.Action {
	case keys.Input:
		if v.filter.Update(p) {
			v.arrange(true)
		}
	case keys.Open, keys.NextPart, keys.Down:
		v.editing = false
	case keys.Back:
		v.editing = false
		v.filter.SetValue(v.before)
		v.arrange(true)
	default:
	}
}

func (v *View) stepBack() tea.Cmd {
	l := v.lists[v.at]
	if shown, gone := l.Marked(); len(shown)+gone > 0 {
		l.Unmark()
		return nil
	}
	if v.filter.Value() != "" {
		v.filter.SetValue("")
		v.arrange(true)
		return nil
	}
	return ui.Send(ui.Back{})
}

// answer takes a key while a question stands.
func (v *View) answer(p keys.Press) tea.Cmd {
	verdict, cmd := v.ask.Press(p)
	switch verdict {
	case dialog.Closed:
		v.ask = nil
		return nil
	case dialog.Go:
		a := v.ask
		return ui.Load(v.env, v.actGen.Next(), "write catalogue", writeLimit, func(ctx context.Context) (written, error) { return a.write(ctx, a.Ask), nil })
	case dialog.Stands:
	}
	return cmd
}

// mayWrite says why the person may not, "" where they may.
func mayWrite(env *ui.Env) string {
	if env.Me.Has(domain.RoleProcurement) {
		return ""
	}
	return env.Text.Errors.Needs(env.Text.Department(domain.Procurement))
}

// Keys are those of the list on the screen.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Goods
	if v.ask != nil {
		return nil
	}
	part := keys.Hint{Action: keys.NextPart, Word: w.Parts2}
	switch v.at {
	case toVerify:
		return []keys.Hint{
			{Action: keys.Write, Word: w.Verify},
			{Action: keys.Open, Word: w.OpenCase},
			v.env.Hint(keys.Mark), part, v.env.Hint(keys.Filter),
			v.env.Hint(keys.Store), v.env.Hint(keys.Menu),
		}
	case clashing:
		return []keys.Hint{
			{Action: keys.Write, Word: w.Settle},
			{Action: keys.Open, Word: w.OpenProduct},
			v.env.Hint(keys.Mark), part, v.env.Hint(keys.Filter),
			v.env.Hint(keys.Menu),
		}
	default:
		return []keys.Hint{{Action: keys.Open, Word: w.OpenProduct}, part, v.env.Hint(keys.Filter), v.env.Hint(keys.Refresh), v.env.Hint(keys.Menu)}
	}
}

// Menu is what can be done with the row under the cursor.
func (v *View) Menu() ui.Menu {
	t, id := v.env.Text, v.cursor()
	code := v.product(id)
	if code == "" {
		return ui.Menu{Title: t.Goods.Name}
	}
	m := ui.Menu{Title: v.name(id), Copy: string(code), Acts: []ui.Act{{Action: keys.Product}}}
	switch v.at {
	case toVerify:
		m.Copy = string(v.verify[id].Row.OrderNo)
		m.Acts = append(m.Acts, ui.Act{Action: keys.Order}, ui.Act{Action: keys.Store})
		m.Rest = []ui.Act{{Action: keys.Write, Name: t.Goods.Verify, Off: mayWrite(v.env)}}
	case clashing:
		m.Rest = []ui.Act{{Action: keys.Write, Name: t.Goods.Settle, Off: mayWrite(v.env)}}
	default:
	}
	return m
}

// name is how a row is called in a sentence.
func (v *View) name(id string) string {
	t := v.env.Text
	switch v.at {
	case toVerify:
		r := v.verify[id]
		return string(r.Row.OrderNo) + " " + t.Pick(r.Row.StoreName, r.Row.StoreNameEn)
	case clashing:
		c := v.clash[id]
		return t.Pick(c.Product.Name, c.Product.NameEn) + " " + t.ProductField(c.Field)
	default:
		p := v.goods[id].Product
		return t.Pick(p.Name, p.NameEn) + " " + string(p.Code)
	}
}

// Message is the question, the filter, or how the list is ordered.
func (v *View) Message() []cell.Line {
	w := v.env.Text.Goods
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.editing:
		return []cell.Line{{Left: append([]cell.Span{{Text: " / "}}, v.filter.Spans(min(50, v.W-6), true)...)}}
	case v.read == nil:
		return []cell.Line{cell.Painted(theme.Muted, " "+v.env.Text.Form.Loading)}
	case v.filter.Value() != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Filtered(v.filter.Value(), v.hidden[v.at]))}
	}
	return nil
}

// TextCursor is where the field of the filter or of a question stands.
func (v *View) TextCursor() (x, y int, ok bool) {
	switch {
	case v.ask != nil && v.ask.Typing():
		x, line := v.ask.Cursor(v.W)
		return x, v.H + line, true
	case v.ask == nil && v.editing:
		return 3 + v.filter.CursorX(min(50, v.W-6)), v.H, true
	}
	return 0, 0, false
}
