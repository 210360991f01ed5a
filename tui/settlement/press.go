package settlement

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

// actAccept accepts a difference as it is; it is reached by the menu.
const actAccept keys.Action = "settlement_accept"

func (v *View) press(p keys.Press) tea.Cmd {
	v.toOpen = ""
	switch {
	case v.ask != nil:
		return v.answer(p)
	case v.editing:
		return v.typeFilter(p)
	case v.opened != nil:
		return v.pressOpened(p)
	}
	if cmd, ok := v.move(p); ok {
		return cmd
	}
	s := v.current()
	switch p.Action {
	case keys.Open:
		return v.openRow(s)
	case keys.Unfold, keys.Fold:
		v.whole = p.Action == keys.Unfold
		v.arrange(false)
		return v.readFile()
	case keys.Store:
		if s != nil {
			return ui.Send(ui.OpenStore{Code: s.Store})
		}
	case keys.Filter:
		v.editing, v.before = true, v.filter.Value()
		return nil
	case keys.Refresh:
		return v.reload()
	case keys.Earlier:
		return v.turn(-7)
	case keys.Onward:
		return v.turn(7)
	case keys.HandOver:
		return v.askSend()
	case keys.New:
		return v.askCash()
	case actAccept:
		return v.askAccept(s)
	case keys.Write:
		return v.askSign()
	case keys.Print:
		return ui.Done(v.env.Text.Settle.Print)
	case keys.Back:
		return v.stepBack()
	default:
	}
	return ui.NoSense(v.env, p)
}

// openRow shows a store's records, or unfolds the row of others.
func (v *View) openRow(s *domain.StoreWeek) tea.Cmd {
	if s == nil {
		v.whole = v.folded > 0
		v.arrange(false)
		return v.readFile()
	}
	f, have := v.files[s.Store]
	if !have { // it is on its way
		v.toOpen = s.Store
		return v.readFile()
	}
	v.opened = v.open(&f)
	return nil
}

// turn goes to another week; those to come have nothing.
func (v *View) turn(days int) tea.Cmd {
	to := v.week.AddDate(0, 0, days)
	if to.After(domain.WeekOf(v.env.Now())) {
		return ui.Send(ui.Say{Text: v.env.Text.Settle.NotOver, Tone: ui.Note})
	}
	v.week, v.whole = to, false
	return v.reload()
}

func (v *View) move(p keys.Press) (tea.Cmd, bool) {
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
		return nil, false
	}
	return v.readFile(), true
}

func (v *View) typeFilter(p keys.Press) tea.Cmd {
	switch p.Action {
	case keys.Input:
		if v.filter.Update(p) {
			v.arrange(true)
		}
	case keys.Open, keys.NextPart, keys.Down:
		v.editing = false
		return v.readFile()
	case keys.Back:
		v.editing = false
		v.filter.SetValue(v.before)
		v.arrange(true)
		return v.readFile()
	default:
	}
	return nil
}

func (v *View) stepBack() tea.Cmd {
	if shown, gone := v.list.Marked(); len(shown)+gone > 0 {
		v.list.Unmark()
		return nil
	}
	if v.filter.Value() != "" {
		v.filter.SetValue("")
		v.arrange(true)
		return v.readFile()
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
	w := v.env.Text.Settle
	if v.opened != nil {
		out := []keys.Hint{v.env.Hint(keys.Open), v.env.Hint(keys.Store), v.env.Hint(keys.Back)}
		if v.env.Me.Has(domain.RoleFinance) {
			out = append(out, keys.Hint{Action: keys.New, Word: w.CashKey})
		}
		return out
	}
	return []keys.Hint{
		{Action: keys.Open, Word: w.Records},
		{Action: keys.Mark, Word: w.Mark},
		{Action: keys.HandOver, Word: v.sendWord()},
		{Action: keys.Earlier, Key: "[ ]", Word: w.WeekKeys},
		v.env.Hint(keys.Filter),
		{Action: keys.Write, Word: w.SignKey},
	}
}

// sendWord is what handing over does here: the accountant sends, a department gives back.
func (v *View) sendWord() string {
	if v.env.Me.Has(domain.RoleFinance) {
		return v.env.Text.Settle.SendBack
	}
	return v.env.Text.Settle.ReturnKey
}

// Menu is what can be done with the store under the cursor.
func (v *View) Menu() ui.Menu {
	w, s := v.env.Text.Settle, v.current()
	if s == nil {
		return ui.Menu{Title: w.Name}
	}
	needs := ""
	if !v.env.Me.Has(domain.RoleFinance) {
		needs = v.env.Text.Errors.Needs(v.env.Text.Department(domain.Finance))
	}
	accept := needs
	if needs == "" && s.MineToo {
		accept = w.MineToo
	}
	return ui.Menu{
		Title: v.name(s), Copy: string(s.Store),
		Acts: []ui.Act{{Action: keys.Store}, {Action: keys.HandOver, Name: v.sendWord()}},
		Rest: []ui.Act{{Action: actAccept, Name: w.AcceptKey, Off: accept}, {Action: keys.Write, Name: w.SignKey, Off: needs}, {Action: keys.Print}},
	}
}

// Message is the question, the filter, or how far the week is.
func (v *View) Message() []cell.Line {
	w := v.env.Text.Settle
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.editing:
		return []cell.Line{{Left: append([]cell.Span{{Text: " / "}}, v.filter.Spans(min(50, v.W-6), true)...)}}
	case v.read == nil:
		return []cell.Line{cell.Painted(theme.Muted, " "+v.env.Text.Form.Loading)}
	case v.filter.Value() != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Filtered(v.filter.Value(), v.hidden))}
	case v.read.Signed != nil:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.WasSigned)}
	case !v.read.Ended:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.NotOver)}
	}
	if n := len(v.read.ToLook()); n > 0 {
		return []cell.Line{cell.Painted(theme.Near, " "+w.NotReady(n))}
	}
	return []cell.Line{cell.Painted(theme.Done, " "+w.Ready)}
}

// day is a business day as it is written.
func (v *View) day(t time.Time) string { return t.Format("01-02") }

// local is the day of a moment at the platform.
func (v *View) local(t time.Time) string { return v.day(t.In(v.env.Zone)) }
