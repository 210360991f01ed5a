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

// limits of what can be typed.
const (
	textLimit = 200
	noteLimit = 500
)

// inField tells whether the cursor is in a text field.
func (v *View) inField() bool {
	return v.focus.Note || v.focus.Text || isTyped(v.focus.ID.Ask)
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

func (v *View) asks(id domain.QuestionID) bool {
	return slices.ContainsFunc(v.form().Questions(v.answers), func(q domain.Question) bool { return q.ID == id })
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

// typed takes a key into the field at hand.
func (v *View) typed(p keys.Press) tea.Cmd {
	if isTyped(v.focus.ID.Ask) && !v.focus.Note && !v.focus.Text {
		if !v.typedKey(p) {
			return nil
		}
		if v.special() != "" {
			return v.take()
		}
		return v.answeredNow()
	}
	f := v.field(v.focus)
	if !f.Update(p) {
		return nil
	}
	switch v.special() {
	case "":
	case askSign:
		return nil
	default:
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

// acceptField is enter in a field: it goes on, unless what it holds is no answer.
func (v *View) acceptField() tea.Cmd {
	switch {
	case isTyped(v.focus.ID.Ask) && !v.focus.Note && !v.focus.Text:
		if problem := v.problem(v.focus.ID); problem != "" {
			return v.say(problem, ui.Problem)
		}
		if v.special() != "" {
			v.move(1)
			return nil
		}
		v.takeNumber(v.focus.ID)
		from := v.focus
		v.goOn(from)
		return v.answeredNow()
	case v.focus.Note:
		if v.special() != "" {
			return nil
		}
		v.toCurrent()
		return nil
	}
	v.goOn(v.focus)
	return nil
}
