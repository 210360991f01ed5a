package reports

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

func (v *View) press(p keys.Press) tea.Cmd {
	switch {
	case v.editing:
		v.typeFilter(p)
		return nil
	case v.opened != nil:
		return v.pressOpened(p)
	case v.move(p):
		return v.readItems()
	}
	switch p.Action {
	case keys.NextPart:
		return v.show(v.shown + 1)
	case keys.PrevPart:
		return v.show(v.shown + reportCount - 1)
	case keys.Unfold, keys.Fold:
		return v.enterPart(p)
	case keys.Open:
		return v.openRow(p)
	case keys.Earlier:
		return v.turn(-1)
	case keys.Onward:
		return v.turn(1)
	case keys.Filter:
		v.editing, v.before = true, v.places[v.shown].filter.Value()
		return nil
	case keys.Refresh:
		return v.reload()
	case keys.Print:
		if r, _ := v.now(); r != nil {
			return ui.Done(v.env.Text.Report.Print(r.command()))
		}
	case keys.Back:
		return v.stepBack()
	default:
	}
	return ui.NoSense(v.env, p)
}

// show goes to another report, and reads it the first time.
func (v *View) show(to int) tea.Cmd {
	v.shown = to % reportCount
	v.settle()
	if v.made[v.shown] == nil {
		return v.reload()
	}
	return v.readItems()
}

// turn goes to another week, or lets the months of the rules begin earlier or later.
func (v *View) turn(by int) tea.Cmd {
	ahead := ui.Send(ui.Say{Text: v.env.Text.Report.ToCome, Tone: ui.Note})
	if v.shown == precision {
		to := v.since.AddDate(0, by, 0)
		if to.After(v.today()) {
			return ahead
		}
		v.since, v.made[precision] = to, nil
		return v.reload()
	}
	to := v.monday.AddDate(0, 0, by*daysShown)
	if to.After(domain.WeekOf(v.today())) {
		return ahead
	}
	v.monday = to
	v.places[week].part, v.places[week].at[0] = 0, daysShown
	v.made[week], v.made[people], v.made[shifts] = nil, nil, nil
	return v.reload()
}

// enterPart goes into the second table and back to the row it is of.
func (v *View) enterPart(p keys.Press) tea.Cmd {
	r, at := v.now()
	into := 0
	if p.Action == keys.Unfold {
		into = 1
	}
	if r == nil || at.part == into || r.rows(1, at.at[0]) == 0 {
		return ui.NoSense(v.env, p)
	}
	at.part = into
	v.settle()
	return v.readItems()
}

func (v *View) move(p keys.Press) bool {
	first, second, _ := v.heights()
	half := max(1, (first+second)/2)
	switch p.Action {
	case keys.Up:
		v.step(-max(1, p.Count))
	case keys.Down:
		v.step(max(1, p.Count))
	case keys.HalfUp:
		v.step(-half * max(1, p.Count))
	case keys.HalfDown:
		v.step(half * max(1, p.Count))
	case keys.First:
		v.step(-1 << 12)
	case keys.Last:
		v.step(1 << 12)
	default:
		return false
	}
	return true
}

func (v *View) typeFilter(p keys.Press) {
	f := v.places[v.shown].filter
	switch p.Action {
	case keys.Input:
		if f.Update(p) {
			v.recount()
		}
	case keys.Open, keys.NextPart, keys.Down:
		v.editing = false
	case keys.Back:
		v.editing = false
		f.SetValue(v.before)
		v.recount()
	default:
	}
}

// recount counts the report that is shown again, once it was read.
func (v *View) recount() {
	if v.made[v.shown] != nil {
		v.remake(v.shown)
	}
}

func (v *View) stepBack() tea.Cmd {
	at := &v.places[v.shown]
	switch {
	case at.filter.Value() != "":
		at.filter.SetValue("")
		v.recount()
	case at.part == 1:
		at.part = 0
	default:
		return ui.Send(ui.Back{})
	}
	return v.readItems()
}

// Keys are those of the screen as it is.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Report
	if v.opened != nil {
		return []keys.Hint{v.env.Hint(keys.Open), v.env.Hint(keys.Store), v.env.Hint(keys.Back)}
	}
	return []keys.Hint{
		{Action: keys.NextPart, Word: w.TabKey},
		{Action: keys.Earlier, Key: "[ ]", Word: w.Period},
		{Action: keys.Open, Word: w.Behind1},
		v.env.Hint(keys.Filter),
		{Action: keys.Refresh, Word: w.Again},
		v.env.Hint(keys.Menu), v.env.Hint(keys.Help),
	}
}

// Menu is what can be done with a report.
func (v *View) Menu() ui.Menu {
	return ui.Menu{Title: v.env.Text.Report.Name + ", " + v.env.Text.Report.Tabs[v.shown], Rest: []ui.Act{{Action: keys.Print}}}
}

// Message is the filter, or how the same is had as a file.
func (v *View) Message() []cell.Line {
	w, f := v.env.Text.Report, v.places[v.shown].filter
	r, _ := v.now()
	switch {
	case v.editing:
		return []cell.Line{{Left: append([]cell.Span{{Text: " / "}}, f.Spans(min(50, v.W-6), true)...)}}
	case r == nil:
		return []cell.Line{cell.Painted(theme.Muted, " "+v.env.Text.Form.Loading)}
	case f.Value() != "":
		return []cell.Line{cell.Painted(theme.Near, " "+w.Filtered(f.Value()))}
	}
	return []cell.Line{cell.Painted(theme.Muted, " "+w.Print(r.command()))}
}
