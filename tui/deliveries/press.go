package deliveries

import (
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// actCancel asks customer service to cancel; it is reached by the menu, and by handing over.
const actCancel keys.Action = "deliveries_cancel"

func (v *View) press(p keys.Press) tea.Cmd {
	switch {
	case v.ask != nil:
		return v.answer(p)
	case v.results != nil:
		return v.pressResults(p)
	case v.editing:
		return v.typeFilter(p)
	case v.move(p):
		return nil
	}
	switch p.Action {
	case keys.Open:
		return v.open()
	case keys.Order:
		return v.openOrder()
	case keys.Store:
		if code := v.storeCode(); code != "" {
			return ui.Send(ui.OpenStore{Code: code})
		}
	case keys.History:
		if code := v.storeCode(); code != "" {
			return ui.Send(ui.OpenHistory{Store: code, Order: v.orderID()})
		}
	case keys.NextPart, keys.PrevPart:
		v.part = theLate - v.part
		v.arrange(v.part, false)
		return nil
	case keys.Filter:
		v.editing, v.before = true, v.filter.Value()
		return nil
	case keys.Refresh:
		return v.reload()
	case keys.Earlier:
		return v.turn(-1)
	case keys.Onward:
		return v.turn(1)
	case keys.New:
		return v.askPlan()
	case keys.Later:
		return v.askLater()
	case keys.HandOver:
		return v.askPass()
	case actCancel:
		return v.askCancel()
	case keys.Write:
		return v.askSign()
	case keys.Back:
		return v.stepBack()
	default:
	}
	return ui.NoSense(v.env, p)
}

// open shows what the cursor is on: the case where one is open, else the order; of an order
// that is missing it asks what was found.
func (v *View) open() tea.Cmd {
	if r := v.currentLate(); r != nil {
		if r.Case != 0 {
			return ui.Send(ui.OpenCase{ID: r.Case})
		}
		return ui.Send(ui.OpenOrder{ID: r.Order})
	}
	switch r := v.current(); {
	case r == nil:
		return nil
	case r.What == domain.RowMissing:
		return v.askFound()
	case r.Case != 0:
		return ui.Send(ui.OpenCase{ID: r.Case})
	default:
		return v.openOrder()
	}
}

// orderID is the order under the cursor, 0 where there is none.
func (v *View) orderID() domain.OrderID {
	if r := v.current(); r != nil {
		return r.Order
	}
	if r := v.currentLate(); r != nil {
		return r.Order
	}
	return 0
}

func (v *View) openOrder() tea.Cmd {
	id := v.orderID()
	if id == 0 {
		return v.say(v.env.Text.Deliver.NotThere)
	}
	return ui.Send(ui.OpenOrder{ID: id})
}

func (v *View) storeCode() domain.StoreCode {
	if r := v.current(); r != nil {
		return r.Store
	}
	if r := v.currentLate(); r != nil {
		return r.Store
	}
	return ""
}

func (v *View) say(problem string) tea.Cmd { return ui.Send(ui.Say{Text: problem, Tone: ui.Problem}) }

// turn goes to another day; those to come have nothing.
func (v *View) turn(days int) tea.Cmd {
	to := v.day.AddDate(0, 0, days)
	if v.part == theLate {
		return ui.NoSense(v.env, keys.Press{Action: keys.Onward})
	}
	if to.After(today(v.env)) {
		return ui.Send(ui.Say{Text: v.env.Text.Deliver.NoFuture, Tone: ui.Note})
	}
	v.day = to
	v.list().Unmark()
	return v.reload()
}

// move moves the cursor or marks; false: the key is for something else.
func (v *View) move(p keys.Press) bool {
	l := v.list()
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
			v.arrange(v.part, true)
		}
	case keys.Open, keys.NextPart, keys.Down:
		v.editing = false
	case keys.Back:
		v.editing = false
		v.filter.SetValue(v.before)
		v.arrange(v.part, true)
	default:
	}
	return nil
}

func (v *View) stepBack() tea.Cmd {
	if shown, gone := v.list().Marked(); len(shown)+gone > 0 {
		v.list().Unmark()
		return nil
	}
	if v.filter.Value() != "" {
		v.filter.SetValue("")
		v.arrange(theCheck, true)
		v.arrange(theLate, true)
		return nil
	}
	if v.part == theLate {
		v.part = theCheck
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
		return v.write()
	case dialog.Stands:
	}
	return cmd
}

// Keys are those of the screen as it is.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Deliver
	if v.results != nil {
		return []keys.Hint{v.env.Hint(keys.Back)}
	}
	out := []keys.Hint{{Action: keys.Mark, Word: w.MarkKey}, {Action: keys.Open, Word: w.OpenKey}}
	if r := v.current(); r != nil && r.What == domain.RowMissing {
		out[1].Word = w.AnswerKey
	}
	out = append(out, keys.Hint{Action: keys.New, Word: w.PlanKey})
	if v.part == theLate {
		return append(out, v.env.Hint(keys.Store), v.env.Hint(keys.Filter), keys.Hint{Action: keys.NextPart, Word: w.Name})
	}
	return append(out, keys.Hint{Action: keys.Later, Word: w.LaterKey}, keys.Hint{Action: keys.HandOver, Word: w.PassKey},
		keys.Hint{Action: keys.Write, Word: w.SignKey}, keys.Hint{Action: keys.Earlier, Key: "[ ]", Word: w.DayKeys},
		keys.Hint{Action: keys.NextPart, Word: w.PartKey}, v.env.Hint(keys.Filter), v.env.Hint(keys.Store))
}

// Menu is what can be done with the row under the cursor, or those marked.
func (v *View) Menu() ui.Menu {
	w, t := v.env.Text.Deliver, v.env.Text
	m := ui.Menu{Title: w.Name}
	planner := ""
	if !v.env.Me.Has(domain.RoleLogistics) {
		planner = t.Errors.Needs(t.Department(domain.Logistics))
	}
	signer := ""
	if !v.checks() {
		signer = planner
	}
	if r := v.currentLate(); r != nil {
		m.Title, m.Copy = string(r.No)+" "+t.Pick(r.Name, r.NameEn), string(r.No)
		m.Acts = []ui.Act{{Action: keys.Order}, {Action: keys.Store}, {Action: keys.History}}
		m.Rest = []ui.Act{{Action: keys.New, Name: w.PlanKey, Off: planner}}
		return m
	}
	if r := v.current(); r != nil {
		m.Title, m.Copy = v.name(r), string(r.No)
		if r.Order != 0 {
			m.Acts = []ui.Act{{Action: keys.Order}, {Action: keys.Store}, {Action: keys.History}}
		}
		m.Acts = append(m.Acts, ui.Act{Action: keys.Later, Name: w.LaterKey, Off: signer}, ui.Act{Action: keys.HandOver, Off: signer})
		m.Rest = []ui.Act{{Action: keys.New, Name: w.PlanKey, Off: planner}, {Action: actCancel, Name: w.CancelKey, Off: signer}}
	}
	m.Rest = append(m.Rest, ui.Act{Action: keys.Write, Name: w.SignKey, Off: signer})
	return m
}

// checks tells whether the person gives rows their destinations and signs the day.
func (v *View) checks() bool {
	return v.env.Me.Has(domain.RoleLogistics) || v.env.Me.Has(domain.RoleManager)
}

// Message is the question, the filter, or how far the day is.
func (v *View) Message() []cell.Line {
	w := v.env.Text.Deliver
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.results != nil:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.ResultsKeys)}
	case v.editing:
		return []cell.Line{{Left: append([]cell.Span{{Text: " / "}}, v.filter.Spans(v.filterRoom(), true)...)}}
	case v.read == nil:
		return []cell.Line{cell.Painted(theme.Muted, " "+v.env.Text.Form.Loading)}
	case v.filter.Value() != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Filtered(v.filter.Value(), v.hidden))}
	case v.part == theLate:
		return nil
	case v.read.Signed != nil:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.WasSigned)}
	}
	if parts := v.leftOver(); len(parts) > 0 {
		return []cell.Line{cell.Painted(theme.Near, " "+w.NotReady(parts))}
	}
	if v.open_() {
		return []cell.Line{cell.Painted(theme.Muted, " "+w.NotYet)}
	}
	return []cell.Line{cell.Painted(theme.Done, " "+w.Ready)}
}

// open_ tells whether orders of the day are still coming in.
func (v *View) open_() bool { return v.env.Now().Before(v.read.Closes) }

// leftOver names the rows without a destination by what they are.
func (v *View) leftOver() []string {
	open := v.read.Open()
	var out []string
	for _, what := range domain.RowWhats() {
		if n := open[what]; n > 0 {
			out = append(out, v.env.Text.Deliver.Left(v.env.Text.Deliver.Whats[what], n))
		}
	}
	return out
}

// chosen are the rows marked, or the one under the cursor, in their order.
func (v *View) chosen() []string {
	shown, _ := v.list().Marked()
	if len(shown) > 0 {
		return slices.Clone(shown)
	}
	if id, ok := v.list().Cursor(); ok {
		return []string{id}
	}
	return nil
}

// moment is a time as it is shown.
func (v *View) moment(t time.Time) string { return v.env.Text.When(t.In(v.env.Zone), v.env.Now()) }
