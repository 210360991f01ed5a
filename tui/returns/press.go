package returns

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// Acts of the menu's rest.
const (
	actGoods  keys.Action = "returns_goods"
	actAsked  keys.Action = "returns_asked"
	actAnswer keys.Action = "returns_answer"
	actOrder  keys.Action = "returns_order"
)

func (v *View) press(p keys.Press) tea.Cmd {
	switch {
	case v.ask != nil:
		return v.answer(p)
	case v.editing:
		return v.typeFilter(p)
	case v.move(p):
		return nil
	}
	r := v.current()
	switch p.Action {
	case keys.NextPart, keys.PrevPart:
		stages := len(domain.ReturnStages()) + 1
		by := 1
		if p.Action == keys.PrevPart {
			by = stages - 1
		}
		v.stage = (v.stage + by) % stages
		v.arrange(true)
		return nil
	case keys.Filter:
		v.editing, v.before = true, v.filter.Value()
		return nil
	case keys.Refresh:
		v.letIn = true
		return v.reload()
	case actOrder:
		v.order = v.other()
		v.arrange(true)
		return nil
	case keys.New:
		return v.record("")
	case actGoods:
		return v.record(recordGoods)
	case actAsked:
		return v.record(recordAsked)
	case actAnswer:
		return v.record(recordAnswer)
	case keys.Back:
		return v.stepBack()
	default:
	}
	if r == nil {
		return ui.NoSense(v.env, p)
	}
	return v.leadOn(p, r)
}

// leadOn opens what the row is about.
func (v *View) leadOn(p keys.Press, r *domain.ReturnLine) tea.Cmd {
	switch p.Action {
	case keys.Open:
		return ui.Send(ui.OpenCase{ID: r.Case})
	case keys.Store:
		return ui.Send(ui.OpenStore{Code: r.Store})
	case keys.Order:
		return ui.Send(ui.OpenOrder{ID: r.Order})
	case keys.History:
		return ui.Send(ui.OpenHistory{Store: r.Store, Order: r.Order})
	case keys.Product:
		return ui.Send(ui.OpenCorrection{Product: r.Product.Code, Case: r.Case})
	default:
	}
	return ui.NoSense(v.env, p)
}

// other is the order the list is not in.
func (v *View) other() domain.ReturnOrder {
	if v.order == domain.ReturnsByStage {
		return domain.ReturnsBySupplier
	}
	return domain.ReturnsByStage
}

func (v *View) move(p keys.Press) bool {
	l := v.list
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

func (v *View) typeFilter(p keys.Press) tea.Cmd {
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
	return nil
}

func (v *View) stepBack() tea.Cmd {
	shown, gone := v.list.Marked()
	switch {
	case len(shown)+gone > 0:
		v.list.Unmark()
	case v.filter.Value() != "":
		v.filter.SetValue("")
		v.arrange(true)
	case v.stage != 0:
		v.stage = 0
		v.arrange(true)
	default:
		return ui.Send(ui.Back{})
	}
	return nil
}

// answer takes a key while a question stands.
func (v *View) answer(p keys.Press) tea.Cmd {
	verdict, cmd := v.ask.Press(p)
	switch verdict {
	case dialog.Closed:
		v.ask = nil
		return nil
	case dialog.Go:
		return v.run()
	case dialog.Stands:
	}
	return cmd
}

// TextCursor is where the field that has the keys stands.
func (v *View) TextCursor() (x, y int, ok bool) {
	switch {
	case v.ask != nil && v.ask.Typing():
		x, line := v.ask.Cursor(v.W)
		return x, v.H + line, true
	case v.editing:
		return 3 + v.filter.CursorX(min(50, v.W-6)), v.H, true
	}
	return 0, 0, false
}

// Keys are those of the screen as it is.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Returns
	if v.ask != nil {
		return nil
	}
	out := []keys.Hint{{Action: keys.Open, Word: w.Case}}
	if v.mayRecord() == "" {
		out = append(out, keys.Hint{Action: keys.New, Word: w.Record}, keys.Hint{Action: keys.Mark, Word: w.Mark})
	}
	return append(out, keys.Hint{Action: keys.NextPart, Word: w.Tabs}, v.env.Hint(keys.Store), v.env.Hint(keys.Filter),
		v.env.Hint(keys.Menu), v.env.Hint(keys.Help))
}

// Menu is what can be done with the row under the cursor, or with those that are marked.
func (v *View) Menu() ui.Menu {
	w, r := v.env.Text.Returns, v.current()
	order := ui.Act{Action: actOrder, Name: w.OrderAct[v.other()]}
	if r == nil {
		return ui.Menu{Title: w.Name, Rest: []ui.Act{order}}
	}
	title := v.name(r)
	if shown, _ := v.list.Marked(); len(shown) > 0 {
		title = w.Of(len(shown))
	}
	off := v.mayRecord()
	return ui.Menu{
		Title: title, Copy: string(r.OrderNo),
		Acts: []ui.Act{{Action: keys.Order}, {Action: keys.Store}, {Action: keys.History}, {Action: keys.Product}},
		Rest: []ui.Act{
			{Action: actGoods, Name: w.Whats[domain.FindGoods], Off: off},
			{Action: actAsked, Name: w.AskAct, Off: off},
			{Action: actAnswer, Name: w.Whats[domain.FindSupplier], Off: off},
			order,
		},
	}
}

// mayRecord says why the person may record no finding, "" where they may.
func (v *View) mayRecord() string {
	if v.env.Me.Has(domain.RoleProcurement) {
		return ""
	}
	return v.env.Text.Errors.Needs(v.env.Text.Department(domain.Procurement))
}

// Message is the question, the filter, or what presses most.
func (v *View) Message() []cell.Line {
	w := v.env.Text.Returns
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.editing:
		return []cell.Line{{Left: append([]cell.Span{{Text: " / "}}, v.filter.Spans(min(50, v.W-6), true)...)}}
	case !v.read:
		return []cell.Line{cell.Painted(theme.Muted, " "+v.env.Text.Form.Loading)}
	case v.filter.Value() != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Filtered(v.filter.Value(), v.hidden))}
	case v.list.Fresh() > 0:
		return []cell.Line{cell.Painted(theme.Accent, " "+w.Fresh(v.list.Fresh()))}
	}
	here := 0
	for i := range v.all {
		if v.all[i].Ended == nil && v.all[i].With == domain.Procurement {
			here++
		}
	}
	if late := v.late(); late > 0 {
		return []cell.Line{cell.Painted(theme.Late, " "+w.Late(late))}
	}
	return []cell.Line{cell.Painted(theme.Muted, " "+w.Waits(here, v.env.Text.Department(domain.Procurement)))}
}
