package casefile

import (
	"slices"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// stop is a place the cursor can be in: a question, the text that belongs to one, or
// the note.
type stop struct {
	ID   domain.QuestionID
	Text bool // the answer in other words
	Note bool
}

// stops lists where the cursor can go, in order.
func (v *View) stops() []stop {
	if ask := v.special(); ask != "" {
		return v.specialStops(ask)
	}
	var out []stop
	for _, q := range v.form().Questions(v.answers) {
		if len(q.Options) == 0 && !isTyped(q.ID.Ask) || v.empty(q) {
			continue // why, before anything is decided
		}
		out = append(out, stop{ID: q.ID})
		if takesText(q) {
			out = append(out, stop{ID: q.ID, Text: true})
		}
	}
	return append(out, v.noteStop())
}

// empty tells whether a line of an order that is made is asked for, and there is none.
func (v *View) empty(q domain.Question) bool {
	d, _ := v.answers.Decision(q.ID.Target)
	return q.ID.Ask == domain.AskItem && q.ID.Item >= len(d.Items)
}

// noteStop is the note; a question that is none of the procedure's has one of its own.
func (v *View) noteStop() stop {
	return stop{ID: domain.QuestionID{Ask: v.special()}, Note: true}
}

// takesText tells whether the answer given is "other", which is put in words.
func takesText(q domain.Question) bool {
	switch q.ID.Ask {
	case domain.AskWho, domain.AskSaid, domain.AskWhy:
	default:
		return false
	}
	return slices.ContainsFunc(q.Options, func(o domain.Option) bool { return o.Chosen && o.Code == "other" })
}

// question gives the question the cursor is on; an empty one where it is on none.
func (v *View) question() domain.Question {
	for _, q := range v.form().Questions(v.answers) {
		if q.ID == v.focus.ID {
			return q
		}
	}
	return domain.Question{}
}

// toCurrent puts the cursor on the first question without an answer, else on the
// last one.
func (v *View) toCurrent() {
	if ask := v.special(); ask != "" {
		v.goTo(stop{ID: domain.QuestionID{Ask: ask}})
		return
	}
	f := v.form()
	if q, ok := f.Current(v.answers); ok && (len(q.Options) > 0 || isTyped(q.ID.Ask)) && !v.empty(q) {
		v.toQuestion(q.ID)
		return
	}
	qs := f.Questions(v.answers)
	v.goTo(stop{ID: qs[len(qs)-1].ID})
}

// toQuestion goes to a question without an answer, or to the words it lacks.
func (v *View) toQuestion(id domain.QuestionID) {
	for _, q := range v.form().Questions(v.answers) {
		if q.ID == id && !q.Answered && takesText(q) {
			v.goTo(stop{ID: id, Text: true})
			return
		}
	}
	v.goTo(stop{ID: id})
}

func (v *View) goTo(s stop) { v.focus, v.pick = s, 0 }

// goOn moves the cursor on from an answered question: to the words it takes, to the
// first number of a decision, to the next question without an answer, to the next one.
func (v *View) goOn(from stop) {
	stops := v.stops()
	at := slices.Index(stops, from)
	if at < 0 {
		v.toCurrent()
		return
	}
	rest := stops[at+1:]
	if !from.Text && len(rest) > 0 && rest[0] == (stop{ID: from.ID, Text: true}) {
		v.goTo(rest[0])
		return
	}
	answered := v.answered()
	for _, s := range rest {
		number := isTyped(s.ID.Ask) && s.ID.Target == from.ID.Target && leadsToNumber(from.ID.Ask)
		if !s.Note && !s.Text && (number || !answered[s.ID]) && s.ID.Ask != domain.AskLook {
			v.goTo(s)
			return
		}
	}
	if q, ok := v.form().Current(v.answers); ok && slices.Contains(stops, stop{ID: q.ID}) {
		v.toQuestion(q.ID)
		return
	}
	for _, s := range rest {
		if !s.Note && !s.Text {
			v.goTo(s)
			return
		}
	}
	v.pick = 0
}

// leadsToNumber tells whether a number of the same decision is asked after it, though
// it may have begun filled.
func leadsToNumber(ask domain.Ask) bool {
	return ask == domain.AskDecide || ask == domain.AskOnLine || ask == domain.AskProduct
}

func (v *View) answered() map[domain.QuestionID]bool {
	out := map[domain.QuestionID]bool{}
	for _, q := range v.form().Questions(v.answers) {
		out[q.ID] = q.Answered
	}
	return out
}

// move goes to the next or previous stop.
func (v *View) move(by int) {
	stops := v.stops()
	at := slices.Index(stops, v.focus)
	v.picked = true
	if at < 0 {
		v.toCurrent()
		return
	}
	v.goTo(stops[(at+by+len(stops))%len(stops)])
}

// press does what a key means here.
func (v *View) press(p keys.Press) tea.Cmd {
	keep := v.touch()
	v.claim.write = v.claim.write && p.Action == keys.Write
	switch {
	case v.confirm.Asking():
		return tea.Batch(keep, v.confirmed(p))
	case v.dialog != nil:
		return tea.Batch(keep, v.inDialog(p))
	case !v.loaded:
		return v.waiting(p)
	case v.file.Row.IsCause():
		return tea.Batch(keep, v.inCause(p))
	}
	cmd := v.inForm(p)
	v.present(v.doing())
	return tea.Batch(keep, cmd)
}

// waiting takes keys before the case is read.
func (v *View) waiting(p keys.Press) tea.Cmd {
	switch p.Action {
	case keys.Back:
		return ui.Send(ui.Back{})
	case keys.Refresh:
		return v.reload()
	}
	return v.say(v.env.Text.Form.Loading, ui.Note)
}

// inForm takes keys of the form itself.
func (v *View) inForm(p keys.Press) tea.Cmd {
	switch p.Action {
	case keys.Digit, keys.Input, keys.Open, keys.Up, keys.Down:
		return v.answer(p)
	case keys.NextPart:
		v.move(1)
	case keys.PrevPart:
		v.move(-1)
	case keys.HalfDown:
		v.scroll = min(v.scroll+4*p.Count, max(0, len(v.further())-1))
	case keys.HalfUp:
		v.scroll = max(0, v.scroll-4*p.Count)
	case keys.First:
		v.scroll = 0
	case keys.Write:
		return v.askToWrite()
	case keys.TakeBack:
		return v.askTakeBack()
	case keys.Later:
		return v.notReached()
	case keys.Next:
		return v.goNext()
	case keys.Claim:
		return v.claimOrGiveBack()
	case keys.HandOver:
		return v.askHandOver()
	case keys.Store:
		return ui.Send(ui.OpenStore{Code: v.file.Row.Store})
	case keys.Order:
		if v.file.Row.OrderID == 0 {
			return ui.NoSense(v.env, p)
		}
		return ui.Send(ui.OpenOrder{ID: v.file.Row.OrderID})
	case keys.History:
		return ui.Send(ui.OpenHistory{Store: v.file.Row.Store, Order: v.file.Row.OrderID})
	case keys.Product:
		return v.openCorrection()
	case keys.Refresh:
		v.changed = ""
		return v.reload()
	case keys.Back:
		return ui.Send(ui.Back{})
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

// answer takes the keys that answer the question at hand.
func (v *View) answer(p keys.Press) tea.Cmd {
	if why := v.shut(); why != "" {
		return v.say(why, ui.Problem)
	}
	v.picked = true
	switch {
	case v.inField() && p.Action == keys.Open:
		return v.acceptField()
	case v.inField():
		return v.typed(p)
	case p.Action == keys.Digit:
		return v.choose(p.Digit)
	case p.Action == keys.Open:
		return v.accept()
	case p.Action == keys.Up:
		v.step(-p.Count)
	case p.Action == keys.Down:
		v.step(p.Count)
	}
	return nil
}

// options are the numbered answers of the question at hand.
func (v *View) options() []domain.Option {
	if ask := v.special(); ask != "" {
		return v.specialOptions(ask)
	}
	return v.question().Options
}

// step moves over the answers without choosing one.
func (v *View) step(by int) {
	opts := v.options()
	if len(opts) == 0 {
		return
	}
	at := v.pick - 1
	if at < 0 {
		at = slices.IndexFunc(opts, func(o domain.Option) bool { return o.Chosen })
	}
	if at < 0 && by < 0 {
		at = 0
	}
	v.pick = ((at+by)%len(opts)+len(opts))%len(opts) + 1
}

// accept is enter on a question: it takes the answer the cursor stands on, or goes on
// from the one that was given.
func (v *View) accept() tea.Cmd {
	opts := v.options()
	if v.pick > 0 && v.pick <= len(opts) {
		return v.choose(opts[v.pick-1].Digit)
	}
	if slices.ContainsFunc(opts, func(o domain.Option) bool { return o.Chosen }) {
		v.goOn(v.focus)
		return nil
	}
	return v.say(v.env.Text.Case.Say.PickFirst, ui.Note)
}

// choose gives a numbered answer and goes on.
func (v *View) choose(digit int) tea.Cmd {
	if v.special() != "" {
		return v.chooseSpecial(digit)
	}
	from := v.focus
	q := v.question()
	a, err := v.form().Choose(v.answers, v.focus.ID, digit, v.stamp())
	switch domain.CodeOf(err) {
	case "":
	case domain.Forbidden:
		return v.say(v.why(err), ui.Problem)
	default:
		return v.say(v.env.Text.Case.Say.PickFirst, ui.Note)
	}
	v.answers = a
	switch q.ID.Ask {
	case domain.AskDecide, domain.AskOnLine:
		v.prefill(q.ID.Target)
	default:
	}
	if q.ID.Ask == domain.AskRest {
		v.fillNumbers()
	}
	v.goOn(from)
	cmd := v.answeredNow()
	if v.answers.Call != nil && q.ID.Ask == domain.AskCall && v.answers.Call.Outcome.Failed() {
		v.goTo(from)
		return tea.Batch(cmd, v.openMissed())
	}
	return cmd
}

// answeredNow follows an answer: the case is claimed with the first, the draft saved
// with each.
func (v *View) answeredNow() tea.Cmd {
	v.changed = ""
	return tea.Batch(v.touched(), v.take())
}
