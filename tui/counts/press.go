package counts

import (
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
		return v.typeFilter(p)
	case v.move(p):
		return v.readFile()
	}
	switch p.Action {
	case keys.NextPart, keys.PrevPart:
		by := 1
		if p.Action == keys.PrevPart {
			by = shows - 1
		}
		v.part = (v.part + by) % shows
		v.arrange(true)
		return v.readFile()
	case keys.Filter:
		v.editing, v.before = true, v.filter.Value()
		return nil
	case keys.Refresh:
		v.products, v.letIn = nil, true
		return v.reload()
	case keys.New:
		return v.askEnter()
	case keys.Write:
		return v.askVerify()
	case keys.HandOver:
		return v.askRecount()
	case keys.Open, keys.Product:
		if c := v.current(); c != nil {
			return v.correct(c)
		}
	case keys.Back:
		return v.stepBack()
	default:
	}
	return ui.NoSense(v.env, p)
}

// correct opens the correction of the product; a verified count is what it is corrected
// to.
func (v *View) correct(c *domain.StockCount) tea.Cmd {
	ask := ui.OpenCorrection{Product: c.Product.Code, What: domain.CorrectStock}
	if c.State == domain.CountVerified {
		counted := c.Counted
		ask.Counted, ask.At = &counted, c.At
	}
	return ui.Send(ask)
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
	return v.readFile()
}

func (v *View) stepBack() tea.Cmd {
	shown, gone := v.list.Marked()
	switch {
	case len(shown)+gone > 0:
		v.list.Unmark()
	case v.filter.Value() != "":
		v.filter.SetValue("")
		v.arrange(true)
	case v.part != showOpen:
		v.part = showOpen
		v.arrange(true)
	default:
		return ui.Send(ui.Back{})
	}
	return v.readFile()
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

// needs says whose part an act is, "" where the person may do it.
func (v *View) needs(r domain.Role) string {
	if v.env.Me.Has(r) {
		return ""
	}
	return v.env.Text.Errors.Needs(v.env.Text.Department(r.Department()))
}

// Keys are those of the screen as it is.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Counts
	if v.ask != nil {
		return nil
	}
	out := []keys.Hint{{Action: keys.Open, Word: w.Open}}
	if v.needs(domain.RoleManager) == "" {
		out = append(out, keys.Hint{Action: keys.New, Word: w.Enter}, keys.Hint{Action: keys.Mark, Word: w.Mark},
			keys.Hint{Action: keys.Write, Word: w.Verify})
	}
	if v.mayRecount() == "" {
		out = append(out, keys.Hint{Action: keys.HandOver, Word: w.Recount})
	}
	return append(out, keys.Hint{Action: keys.NextPart, Word: w.Tabs}, v.env.Hint(keys.Filter), v.env.Hint(keys.Menu))
}

// mayRecount: managers have what they doubt counted again, and so does procurement with
// what it is to correct.
func (v *View) mayRecount() string {
	if v.env.Me.Has(domain.RoleProcurement) {
		return ""
	}
	return v.needs(domain.RoleManager)
}

// Menu is what can be done with the row under the cursor, or with those that are marked.
func (v *View) Menu() ui.Menu {
	w, c := v.env.Text.Counts, v.current()
	enter := ui.Act{Action: keys.New, Name: w.Enter, Off: v.needs(domain.RoleManager)}
	if c == nil {
		return ui.Menu{Title: w.Name, Rest: []ui.Act{enter}}
	}
	title := v.name(&c.Product) + " " + string(c.Product.Code)
	if shown, _ := v.list.Marked(); len(shown) > 0 {
		title = w.Of(len(shown), v.env.Text.Money(v.sumOf(shown)))
	}
	return ui.Menu{
		Title: title, Copy: string(c.Product.Code),
		Acts: []ui.Act{{Action: keys.Product}, {Action: keys.HandOver, Name: w.Recount, Off: v.mayRecount()}},
		Rest: []ui.Act{{Action: keys.Write, Name: w.Verify, Off: v.needs(domain.RoleManager)}, enter},
	}
}

func (v *View) sumOf(ids []domain.CountID) (sum domain.Money) {
	for _, id := range ids {
		if c := v.rows[id]; c != nil {
			sum += c.Amount
		}
	}
	return sum
}

// Message is the question, the filter, or what waits for the person.
func (v *View) Message() []cell.Line {
	w, t := v.env.Text.Counts, v.env.Text
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.editing:
		return []cell.Line{{Left: append([]cell.Span{{Text: " / "}}, v.filter.Spans(min(50, v.W-6), true)...)}}
	case !v.read:
		return []cell.Line{cell.Painted(theme.Muted, " "+t.Form.Loading)}
	case v.filter.Value() != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Filtered(v.filter.Value(), v.hidden))}
	case v.list.Fresh() > 0:
		return []cell.Line{cell.Painted(theme.Accent, " "+w.Fresh(v.list.Fresh()))}
	}
	n, sum := v.tally()
	switch {
	case n[domain.CountVerified] > 0 && v.needs(domain.RoleProcurement) == "":
		return []cell.Line{cell.Painted(theme.Near, " "+w.Correct(n[domain.CountVerified], t.Money(sum[domain.CountVerified])))}
	case n[domain.CountDiffers] > 0:
		return []cell.Line{cell.Painted(theme.Near, " "+w.Look(n[domain.CountDiffers], t.Money(sum[domain.CountDiffers])))}
	case n[domain.CountVerified] > 0:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Summary(w.States[domain.CountVerified], n[domain.CountVerified], t.Money(sum[domain.CountVerified])))}
	}
	return []cell.Line{cell.Painted(theme.Done, " "+w.Quiet)}
}

// tally counts the counts by state, with what their differences come to.
func (v *View) tally() (n map[domain.CountState]int, sum map[domain.CountState]domain.Money) {
	n, sum = map[domain.CountState]int{}, map[domain.CountState]domain.Money{}
	for i := range v.all {
		n[v.all[i].State]++
		sum[v.all[i].State] += v.all[i].Amount
	}
	return n, sum
}
