package roster

import (
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// What is reached by the menu only.
const (
	actAbsence  keys.Action = "roster_absence"
	actEnd      keys.Action = "roster_end_absence"
	actSwap     keys.Action = "roster_swap"
	actAnswer   keys.Action = "roster_answer"
	actCopy     keys.Action = "roster_copy"
	actTemplate keys.Action = "roster_template"
	actKeep     keys.Action = "roster_keep"
	actDiscard  keys.Action = "roster_discard"
)

func (v *View) press(p keys.Press) tea.Cmd {
	switch {
	case v.ask != nil:
		return v.answer(p)
	case v.edit != nil:
		return v.typeCell(p)
	case v.editing:
		return v.typeFilter(p)
	case v.read == nil || v.now == nil:
		if p.Action == keys.Back {
			return ui.Send(ui.Back{})
		}
		return nil
	case v.past != nil:
		return v.pressPast(p)
	}
	if v.move(p) {
		return nil
	}
	switch p.Action {
	case keys.Open:
		return v.startEdit(false)
	case keys.New:
		return v.startEdit(true)
	case keys.NextPart, keys.PrevPart:
		return v.turnPart(p.Action)
	case keys.Filter:
		v.editing, v.before = true, v.filter.Value()
		return nil
	case keys.Refresh:
		clear(v.facts)
		return v.reload()
	case keys.Earlier:
		return v.turn(-7)
	case keys.Onward:
		return v.turn(7)
	case keys.Write:
		return v.askPublish()
	case keys.HandOver:
		return v.askHand()
	case keys.History:
		return v.readHistory()
	case keys.Print:
		return ui.Done(v.env.Text.Roster.Print)
	case keys.Back:
		return v.stepBack()
	default:
	}
	if cmd, ok := v.pressMenu(p.Action); ok {
		return cmd
	}
	return ui.NoSense(v.env, p)
}

// pressMenu is what has no key of its own.
func (v *View) pressMenu(a keys.Action) (tea.Cmd, bool) {
	do := map[keys.Action]func() tea.Cmd{
		keys.Assign: v.askStandIn, actAbsence: v.askAbsence, actEnd: v.askEnd, actSwap: v.askSwap, actAnswer: v.askAnswer, actCopy: v.askCopy,
		actTemplate: v.askTemplate, actKeep: v.askKeep, actDiscard: v.askDiscard,
	}[a]
	if do == nil {
		return nil, false
	}
	return do(), true
}

func (v *View) turnPart(a keys.Action) tea.Cmd {
	by := 1
	if a == keys.PrevPart {
		by = parts - 1
	}
	if v.whole() {
		return ui.NoSense(v.env, keys.Press{Action: a})
	}
	v.part = (v.part + by) % parts
	return nil
}

// stepBack undoes the marks, then the filter, and then goes back.
func (v *View) stepBack() tea.Cmd {
	switch {
	case len(v.marks) > 0:
		clear(v.marks)
	case v.filter.Value() != "":
		v.filter.SetValue("")
		v.arrange(false)
	case v.part != partWeek && !v.whole():
		v.part = partWeek
	default:
		return ui.Send(ui.Back{})
	}
	return nil
}

// turn goes to another week.
func (v *View) turn(days int) tea.Cmd {
	v.week = v.week.AddDate(0, 0, days)
	clear(v.marks)
	return v.reload()
}

func (v *View) move(p keys.Press) bool {
	l := v.list
	switch p.Action {
	case keys.Up:
		l.Move(-p.Count)
	case keys.Down:
		l.Move(p.Count)
	case keys.Fold:
		v.day = max(0, v.day-max(1, p.Count))
	case keys.Unfold:
		v.day = min(6, v.day+max(1, p.Count))
	case keys.HalfUp:
		l.Page(-p.Count)
	case keys.HalfDown:
		l.Page(p.Count)
	case keys.First:
		l.First()
	case keys.Last:
		l.Last()
	case keys.Mark:
		v.mark()
		l.Move(1)
	case keys.MarkUp:
		v.mark()
		l.Move(-1)
	case keys.MarkDown:
		v.mark()
		l.Move(1)
	default:
		return false
	}
	return true
}

// mark marks the cell under the cursor, or not any more.
func (v *View) mark() {
	k, ok := v.key()
	switch {
	case !ok:
	case v.marks[k]:
		delete(v.marks, k)
	default:
		v.marks[k] = true
	}
}

func (v *View) typeFilter(p keys.Press) tea.Cmd {
	switch p.Action {
	case keys.Input:
		if v.filter.Update(p) {
			v.arrange(false)
		}
	case keys.Open, keys.Up, keys.Down:
		v.editing = false
	case keys.Back:
		v.editing = false
		v.filter.SetValue(v.before)
		v.arrange(false)
	default:
	}
	return nil
}

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

// manager tells whether the person may change the roster.
func (v *View) manager() bool { return v.env.Me.Has(domain.RoleManager) }

// needs says that only a manager does this.
func (v *View) needs() tea.Cmd {
	return ui.Send(ui.Say{Text: v.env.Text.Errors.Needs(v.env.Text.Department(domain.Manager)), Tone: ui.Problem})
}

func (v *View) problem(text string) tea.Cmd { return ui.Send(ui.Say{Text: text, Tone: ui.Problem}) }

// over tells whether a day's roster cannot be changed any more.
func (v *View) over(day time.Time) bool {
	return day.Before(v.today()) && v.read.Version != nil
}

// Keys are those of the screen as it is.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Roster
	if v.past != nil {
		return []keys.Hint{v.env.Hint(keys.Back)}
	}
	var out []keys.Hint
	if v.manager() {
		out = append(out, keys.Hint{Action: keys.Open, Word: w.KeyEdit}, keys.Hint{Action: keys.Write, Word: w.KeyPublish})
	}
	if !v.whole() {
		out = append(out, keys.Hint{Action: keys.NextPart, Word: w.KeyPart})
	}
	out = append(out, keys.Hint{Action: keys.Earlier, Key: "[ ]", Word: w.KeyWeek})
	if v.manager() {
		out = append(out, keys.Hint{Action: keys.New, Word: w.KeyAdd}, keys.Hint{Action: keys.Mark, Word: w.KeyMark},
			keys.Hint{Action: keys.HandOver, Word: w.KeyHand})
	}
	return append(out, v.env.Hint(keys.Filter))
}

// Menu is what can be done with the cell under the cursor.
func (v *View) Menu() ui.Menu {
	w := v.env.Text.Roster
	if v.read == nil || v.now == nil {
		return ui.Menu{Title: w.Name}
	}
	k, _ := v.key()
	needs := ""
	if !v.manager() {
		needs = v.env.Text.Errors.Needs(v.env.Text.Department(domain.Manager))
	}
	answer := ""
	if len(v.askedOfMe()) == 0 {
		answer = w.NoAsked
	}
	return ui.Menu{
		Title: v.nameOf(k.Login) + " " + v.dayName(k.Day),
		Acts: []ui.Act{
			{Action: keys.History}, {Action: keys.HandOver, Name: w.Hand, Off: needs}, {Action: keys.Assign, Name: w.StandIn, Off: needs},
		},
		Rest: []ui.Act{
			{Action: actAbsence, Name: w.Absence, Off: needs},
			{Action: actEnd, Name: w.EndAbsence, Off: needs},
			{Action: actSwap, Name: w.Swap},
			{Action: actAnswer, Name: w.Answer, Off: answer},
			{Action: actCopy, Name: w.Copy, Off: needs},
			{Action: actTemplate, Name: w.Template, Off: needs},
			{Action: actKeep, Name: w.KeepTemplate, Off: needs},
			{Action: actDiscard, Name: w.Discard, Off: needs},
			{Action: keys.Print},
		},
	}
}

// Message is the question, the cell that is typed, the filter, or what waits for an answer.
func (v *View) Message() []cell.Line {
	w := v.env.Text.Roster
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.edit != nil:
		return v.editLines()
	case v.editing:
		return []cell.Line{{Left: append([]cell.Span{{Text: " / "}}, v.filter.Spans(min(50, v.W-6), true)...)}}
	case v.read == nil || v.now == nil || v.past != nil:
		return nil
	case v.filter.Value() != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Hidden(v.filter.Value(), v.hidden))}
	}
	if mine := v.askedOfMe(); len(mine) > 0 {
		x := mine[0]
		return []cell.Line{cell.Painted(theme.Near, " "+w.Asked(v.nameOf(x.By), v.swapSide(x.By, x.GivesDay, x.Gives), v.swapSide(x.Of, x.TakesDay, x.Takes)))}
	}
	if v.whole() {
		return []cell.Line{v.cellLine()}
	}
	return nil
}
