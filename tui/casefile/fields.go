package casefile

import (
	"slices"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// numberKey names a quantity field: the target it belongs to and the line it is of.
type numberKey struct{ target, line int }

// limits of what can be typed.
const (
	textLimit = 200
	noteLimit = 500
)

// inField tells whether the cursor is in a text field.
func (v *View) inField() bool {
	return v.focus.Note || v.focus.Text || v.focus.ID.Ask == domain.AskQuantity
}

// field gives the text field of a stop, made when it is first needed.
func (v *View) field(s stop) *widget.Field {
	f, ok := v.fields[s]
	if !ok {
		limit := textLimit
		if s.Note {
			limit = noteLimit
		}
		f = widget.NewField(limit)
		v.fields[s] = f
	}
	return f
}

// lineOf is the line whose quantity a target's decision changes.
func (v *View) lineOf(target int) int {
	if d, ok := v.answers.Decision(target); ok && target == 0 {
		return d.OnLine
	}
	return target
}

// number gives the quantity field of a target, with what the store may have meant.
func (v *View) number(target int) *widget.Number {
	key := numberKey{target, v.lineOf(target)}
	n, ok := v.numbers[key]
	if !ok {
		var offers []widget.Proposal
		for _, p := range v.form().Proposals(key.line) {
			offers = append(offers, widget.Proposal{Value: p.Quantity.String(), Why: string(p.Why)})
		}
		n = widget.NewNumber(offers)
		v.numbers[key] = n
	}
	return n
}

// prefill starts the quantity of a change with the likeliest value, so that what
// will be written shows it.
func (v *View) prefill(target int) {
	d, ok := v.answers.Decision(target)
	if !ok || d.Choice != domain.ChooseChange || v.lineOf(target) == 0 || !v.asks(domain.QuestionID{Ask: domain.AskQuantity, Target: target}) {
		return
	}
	v.takeNumber(target)
}

func (v *View) asks(id domain.QuestionID) bool {
	return slices.ContainsFunc(v.form().Questions(v.answers), func(q domain.Question) bool { return q.ID == id })
}

// takeNumber reads the quantity field into the answers; what is not understood is
// no answer.
func (v *View) takeNumber(target int) {
	q, _ := v.typedQuantity(target)
	v.answers = v.form().SetQuantity(v.answers, target, q, v.stamp())
}

// typedQuantity is what the quantity field says, and the problem with it.
func (v *View) typedQuantity(target int) (domain.Quantity, string) {
	f, w := v.form(), v.env.Text.Case.Ask
	line, _ := f.Line(v.lineOf(target))
	in, err := domain.ParseEntered(v.number(target).Value(), f.Products[line.Product])
	switch {
	case err != nil:
		return 0, w.NotRead
	case in.Quantity == line.Quantity:
		return 0, w.SameAsWas
	}
	if _, err := f.CheckQuantity(line.No, in.Quantity); err != nil {
		return 0, w.OutOfRange
	}
	return in.Quantity, ""
}

// fillFields puts the answers of a draft into the fields.
func (v *View) fillFields() {
	v.field(stop{Note: true}).SetValue(v.answers.Note)
	if c := v.answers.Call; c != nil {
		v.field(stop{ID: domain.QuestionID{Ask: domain.AskWho}, Text: true}).SetValue(c.Name)
		v.field(stop{ID: domain.QuestionID{Ask: domain.AskSaid}, Text: true}).SetValue(c.Text)
	}
	for _, d := range v.answers.Decisions {
		v.field(stop{ID: domain.QuestionID{Ask: domain.AskWhy, Target: d.Target}, Text: true}).SetValue(d.WhyText)
	}
	v.fillNumbers()
}

// fillNumbers puts the quantities of the answers into their fields.
func (v *View) fillNumbers() {
	for _, d := range v.answers.Decisions {
		if d.Quantity > 0 && v.lineOf(d.Target) != 0 {
			v.number(d.Target).SetValue(d.Quantity.String())
		}
	}
}

// typed takes a key into the field at hand.
func (v *View) typed(p keys.Press) tea.Cmd {
	if v.focus.ID.Ask == domain.AskQuantity {
		if p.Action == keys.Digit { // of the action menu, not typed
			return nil
		}
		if !v.number(v.focus.ID.Target).Update(p) {
			return nil
		}
		v.takeNumber(v.focus.ID.Target)
		return v.answeredNow()
	}
	f := v.field(v.focus)
	if !f.Update(p) {
		return nil
	}
	if v.verifying() {
		return v.take()
	}
	text := strings.TrimSpace(f.Value())
	if v.focus.Note {
		v.answers.Note = text
	} else {
		v.answers = v.form().SetText(v.answers, v.focus.ID, text, v.stamp())
	}
	if v.answers.Look == nil { // a note is an answer too
		at := v.stamp()
		v.answers.Look = &at
	}
	return v.answeredNow()
}

// acceptField is enter in a field: it goes on, unless the quantity is none.
func (v *View) acceptField() tea.Cmd {
	switch {
	case v.focus.ID.Ask == domain.AskQuantity:
		if _, problem := v.typedQuantity(v.focus.ID.Target); problem != "" {
			return v.say(problem, ui.Problem)
		}
		v.takeNumber(v.focus.ID.Target)
		from := v.focus
		v.goOn(from)
		return v.answeredNow()
	case v.focus.Note:
		if v.verifying() {
			return nil
		}
		v.toCurrent()
		return nil
	}
	v.goOn(v.focus)
	return nil
}
