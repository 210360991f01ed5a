package training

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
		v.typeFilter(p)
		return nil
	case v.opened != nil:
		return v.pressOpened(p)
	case v.move(p):
		return nil
	}
	switch p.Action {
	case keys.Open, keys.Unfold:
		if r := v.current(); r != nil {
			v.opened = v.open(r)
			return nil
		}
	case keys.Store:
		if r := v.current(); r != nil {
			return v.openStore(p, r.Trainee())
		}
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
		return v.askNew()
	case keys.Write:
		return v.askMarked()
	case keys.Print:
		return ui.Done(v.env.Text.Train.Print(v.command()))
	case keys.Back:
		return v.stepBack()
	default:
	}
	return ui.NoSense(v.env, p)
}

// command gives the same rows on the command line.
func (v *View) command() string {
	return "cleardesk report training --month " + v.month.Format("2006-01") + " --format csv"
}

// turn goes to another month; nothing is known of those to come.
func (v *View) turn(months int) tea.Cmd {
	to := v.month.AddDate(0, months, 0)
	if to.After(today(v.env)) {
		return ui.Send(ui.Say{Text: v.env.Text.Train.ToCome, Tone: ui.Note})
	}
	v.month, v.read = to, false
	v.list.Unmark()
	return v.reload()
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
	if shown, gone := v.list.Marked(); len(shown)+gone > 0 {
		v.list.Unmark()
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
		return v.write()
	case dialog.Stands:
	}
	return cmd
}

// Keys are those of the screen as it is.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Train
	if v.opened != nil {
		return []keys.Hint{v.env.Hint(keys.Open), v.env.Hint(keys.Store), {Action: keys.Help, Word: w.Procedure}, v.env.Hint(keys.Back)}
	}
	return []keys.Hint{
		{Action: keys.Open, Word: w.Evidence},
		{Action: keys.Mark, Word: w.Mark},
		{Action: keys.New, Word: w.Record},
		{Action: keys.Earlier, Key: "[ ]", Word: w.MonthKeys},
		v.env.Hint(keys.Filter),
		{Action: keys.Help, Word: w.Procedure},
		v.env.Hint(keys.Menu),
	}
}

// needs is why the person may not write a training down; "" where they may.
func (v *View) needsRole() string {
	if v.env.Me.Has(domain.RoleTraining) {
		return ""
	}
	return v.env.Text.Errors.Needs(v.env.Text.Department(domain.Training))
}

// Menu is what can be done with the row under the cursor.
func (v *View) Menu() ui.Menu {
	w, r := v.env.Text.Train, v.current()
	m := ui.Menu{Title: w.Name, Rest: []ui.Act{{Action: keys.New, Name: w.Record, Off: v.needsRole()}, {Action: keys.Print}}}
	if r == nil {
		return m
	}
	m.Title, m.Copy = v.who(r.Trainee()), string(r.Store)
	if r.Store != "" {
		m.Acts = []ui.Act{{Action: keys.Store}}
	}
	return m
}

// HelpLines are the procedure that teaches what the row under the cursor shows: the
// procedures are the training (§4.5).
func (v *View) HelpLines() []cell.Line {
	r := v.current()
	if r == nil || r.Procedure() == "" {
		return nil
	}
	return ui.HelpText(v.env.Text.Help(r.Procedure()))
}

// Message is the question, the filter, or whose procedure the help shows.
func (v *View) Message() []cell.Line {
	w := v.env.Text.Train
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.editing:
		return []cell.Line{{Left: append([]cell.Span{{Text: " / "}}, v.filter.Spans(min(50, v.W-6), true)...)}}
	case !v.read:
		return []cell.Line{cell.Painted(theme.Muted, " "+v.env.Text.Form.Loading)}
	case v.filter.Value() != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Filtered(v.filter.Value(), v.hidden))}
	}
	return []cell.Line{cell.Painted(theme.Muted, " "+w.Print(v.command()))}
}
