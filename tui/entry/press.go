package entry

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// press does what a key means in the form.
func (v *View) press(p keys.Press) tea.Cmd {
	if v.writes {
		return nil
	}
	if v.confirm.Asking() {
		return v.answer(p)
	}
	if p.Action != keys.Back {
		v.leaving = false
	}
	switch p.Action {
	case keys.Input:
		return v.input(p)
	case keys.Digit:
		return v.digit(p.Digit)
	case keys.Mark:
		return v.mark()
	case keys.Open, keys.NextPart:
		v.step(1)
	case keys.PrevPart:
		v.step(-1)
	case keys.Down, keys.HalfDown:
		v.down(p)
	case keys.Up, keys.HalfUp:
		v.up(p)
	case keys.Write:
		return v.write()
	case keys.Refresh:
		return tea.Batch(v.reload(), v.readOrder())
	case keys.Order:
		if v.ordered {
			return ui.Send(ui.OpenOrder{ID: v.orderID})
		}
	case keys.Back:
		return v.back()
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

// back leaves; over what was typed it asks first.
func (v *View) back() tea.Cmd {
	if v.touched && !v.leaving {
		v.leaving = true
		return ui.Send(ui.Say{Text: v.env.Text.Entry.LeaveAgain, Tone: ui.Note})
	}
	return ui.Send(ui.Back{})
}

// down and up go among the lines where those are chosen, else among the questions.
func (v *View) down(p keys.Press) {
	if v.focus.stop == atLines && v.lineAt < len(v.lines())-1 {
		v.lineAt = min(v.lineAt+p.Count, len(v.lines())-1)
		return
	}
	v.step(1)
}

func (v *View) up(p keys.Press) {
	if v.focus.stop == atLines && v.lineAt > 0 {
		v.lineAt = max(v.lineAt-p.Count, 0)
		return
	}
	v.step(-1)
}

// step goes to the next question, or the one before.
func (v *View) step(by int) {
	all := v.stops()
	for i, p := range all {
		if p == v.focus {
			v.focus = all[max(0, min(i+by, len(all)-1))]
			return
		}
	}
	v.toFirst()
}

// toFirst goes to the first question that is open.
func (v *View) toFirst() {
	if p, ok := v.lacks(); ok {
		v.focus = p
		return
	}
	all := v.stops()
	v.focus = all[len(all)-1]
}

func (v *View) input(p keys.Press) tea.Cmd {
	changed := false
	switch v.focus.stop {
	case atAmount:
		changed = v.number(v.focus.line).Update(p)
	case atStep:
		changed = v.number(stepLine).Update(p)
	case atProduct:
		if v.field(atProduct).Update(p) {
			v.touched, v.product = true, nil
			return ui.After(v.env, v.wakeGen.Next(), waitFor)
		}
	default:
		changed = v.field(v.focus.stop).Update(p)
	}
	v.touched = v.touched || changed
	return nil
}

// digit chooses an answer of the question at hand.
func (v *View) digit(n int) tea.Cmd {
	if n == 0 {
		return nil
	}
	i := n - 1
	switch v.focus.stop {
	case atWhat:
		if What(n).known() {
			return v.become(What(n))
		}
	case atOrder:
		if all := v.orders(); i < len(all) {
			return v.take(all[i].ID)
		}
	case atPick:
		if i < len(v.found) {
			p := v.found[i]
			v.product, v.touched = &p, true
			v.step(1)
		}
	case atLines:
		if _, ok := v.line(n); ok {
			v.toggle(n)
		}
	case atWhy:
		if all := v.whys(); i < len(all) {
			v.why, v.touched = all[i], true
			v.step(1)
		}
	case atWho:
		if all := whos(); i < len(all) {
			v.who, v.touched = all[i], true
			v.step(1)
		}
	case atCase:
		if all := v.cases(); i < len(all) {
			v.caseID, v.touched = all[i].Case, true
			v.step(1)
		}
	default:
	}
	return nil
}

// become makes the form one for something else; what was chosen of the order stays.
func (v *View) become(w What) tea.Cmd {
	if w != v.what {
		v.what, v.why = w, ""
	}
	v.focus = place{stop: atWhat}
	v.step(1)
	if v.focus.stop == atOrder && v.ordered {
		v.step(1)
	}
	return nil
}

// take chooses the order.
func (v *View) take(id domain.OrderID) tea.Cmd {
	if id != v.orderID {
		v.orderID, v.ordered, v.order = id, false, domain.OrderFile{}
		v.chosen, v.amounts, v.lineAt = map[int]bool{}, map[int]*widget.Number{}, 0
	}
	v.touched = true
	return v.readOrder()
}

// mark chooses the line under the cursor, and goes down.
func (v *View) mark() tea.Cmd {
	all := v.lines()
	if v.focus.stop != atLines || v.lineAt >= len(all) {
		return nil
	}
	v.toggle(all[v.lineAt].No)
	v.lineAt = min(v.lineAt+1, len(all)-1)
	return nil
}

func (v *View) toggle(no int) {
	v.chosen[no] = !v.chosen[no]
	v.touched = true
	for i, l := range v.lines() {
		if l.No == no {
			v.lineAt = i
		}
	}
}

// find looks for the product whose name was typed.
func (v *View) find() tea.Cmd {
	text, store := v.typed(atProduct), v.store
	if text == "" {
		v.findGen.Next()
		v.found = nil
		return nil
	}
	return ui.Load(v.env, v.findGen.Next(), "find product", readLimit, func(ctx context.Context) (foundRead, error) {
		f, err := store.Find(ctx, text, mostOffers)
		return f, err
	})
}

func (v *View) foundCame(msg ui.Loaded[foundRead]) {
	if msg.Gen != v.findGen {
		return
	}
	v.found = nil
	for _, f := range msg.Value {
		if f.Kind == domain.FoundProduct && len(v.found) < mostOffers {
			v.found = append(v.found, f.Product)
		}
	}
	if len(v.found) == 1 && strings.EqualFold(string(v.found[0].Code), v.typed(atProduct)) {
		v.product = &v.found[0]
	}
}

// content is all that would be written, for comparing what was asked with what is.
func (v *View) content() string {
	due, _ := v.due()
	raw, err := json.Marshal(struct {
		Event domain.Event
		Case  domain.CaseID
		Due   time.Time
	}{v.event(), v.target(), due})
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// target is the case a note or a promise is written on.
func (v *View) target() domain.CaseID {
	if v.what != Where {
		return v.caseID
	}
	if r := v.caseOfOrder(); r != nil {
		return r.Case
	}
	return 0
}

// write asks before writing, or says what is missing.
func (v *View) write() tea.Cmd {
	w := v.env.Text.Entry
	if p, lacks := v.lacks(); lacks {
		v.focus = p
		return ui.Send(ui.Say{Text: w.Missing(v.label(p)), Tone: ui.Problem})
	}
	if v.what == Where && v.target() == 0 {
		return ui.Send(ui.Say{Text: w.NoCase, Tone: ui.Problem})
	}
	return v.confirm.Ask(v.env, v.content())
}

// answer writes on the second ctrl+s.
func (v *View) answer(p keys.Press) tea.Cmd {
	if v.confirm.Press(v.env, p, v.content()) != widget.Confirmed {
		return nil
	}
	v.writes = true
	store, op, e, what, id, note := v.store, v.op, v.event(), v.what, v.target(), v.typed(atNote)
	due, _ := v.due()
	return ui.Load(v.env, v.writeGen.Next(), "report", writeLimit, func(ctx context.Context) (wrote, error) {
		switch what {
		case Where:
			return wrote{}, store.PromiseStore(ctx, op, id, due, note)
		case Other:
			return wrote{}, store.NoteCase(ctx, op, id, note)
		default:
			_, err := store.Report(ctx, op, e)
			return wrote{}, err
		}
	})
}

// wroteCame says what was written and goes back. Where no answer came the form stays,
// with its key.
func (v *View) wroteCame(msg ui.Loaded[wrote]) tea.Cmd {
	if msg.Gen != v.writeGen {
		return nil
	}
	v.writes = false
	w := v.env.Text.Entry
	switch domain.CodeOf(msg.Err) {
	case "":
	case domain.Timeout, domain.Unavailable, domain.Canceled:
		return ui.Send(ui.Say{Text: w.Unknown, Tone: ui.Problem})
	default:
		return ui.Fail(v.env, msg.Err)
	}
	said := w.Recorded(v.env.Text.Entry.Longs[v.what-1])
	switch v.what {
	case Where:
		said = w.Promised
	case Other:
		said = w.Noted
	default:
	}
	return tea.Batch(ui.Send(ui.Back{}), ui.Done(said))
}
