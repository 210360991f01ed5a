// Package dialog asks for a small act in the message lines: one question after the
// other, then whether it is written. Views that offer such acts show the same one.
package dialog

import (
	"strconv"
	"strings"

	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Step is one question: with offers it is answered by a digit, without by typing. The
// words are asked for when they are drawn, in the language of that moment.
type Step struct {
	Name   func() string
	Offers func(a *Ask) []string                              // at most nine; nil: a field
	Check  func(a *Ask, text string) (said string, good bool) // of a field: what is understood, or why not; nil: anything but nothing
	Short  bool                                               // of a field: what is understood stands beside it
	Start  string                                             // what a field begins with
	Skip   func(a *Ask) bool                                  // it is not asked after the answers so far; nil: always asked
}

// Ask is the act that is asked for. Its write has one key from the beginning: sent
// again it is not done twice.
type Ask struct {
	Op uuid.UUID

	env     *ui.Env
	head    func() string
	sum     func(a *Ask) string
	steps   []Step
	at      int // the question at hand; len(steps): all are answered
	picked  []int
	fields  []*widget.Field
	confirm widget.Confirm
	busy    bool
}

// Answer is what a key did to the question.
type Answer int

// The answers. Go: write it, as it was answered.
const (
	Stands Answer = iota
	Closed
	Go
)

const (
	fieldLimit = 300
	fieldCells = 60
	height     = 3
)

// New asks for an act. head names it, sum says what will be written.
func New(env *ui.Env, head func() string, sum func(a *Ask) string, steps ...Step) *Ask {
	a := &Ask{Op: uuid.New(), env: env, head: head, sum: sum, steps: steps, picked: make([]int, len(steps)), fields: make([]*widget.Field, len(steps))}
	for i, s := range steps {
		a.picked[i] = -1
		a.fields[i] = widget.NewField(fieldLimit)
		a.fields[i].SetValue(s.Start)
	}
	a.at = -1
	a.go1(1)
	return a
}

// Picked is the answer to the i-th question, from 0; -1 where there is none.
func (a *Ask) Picked(i int) int { return a.picked[i] }

// Text is what was typed for the i-th question.
func (a *Ask) Text(i int) string { return strings.TrimSpace(a.fields[i].Value()) }

// Typing is true while a field has the keys.
func (a *Ask) Typing() bool {
	return !a.busy && !a.confirm.Asking() && a.at < len(a.steps) && a.steps[a.at].Offers == nil
}

// Seen takes the message that the question before writing was drawn.
func (a *Ask) Seen(d widget.Drawn) { a.confirm.Seen(a.env, d) }

// Again lets a write whose answer was lost be sent once more.
func (a *Ask) Again() { a.busy = false }

// go1 goes to the next question that is asked, or the one before; false where there is
// none before.
func (a *Ask) go1(by int) bool {
	for i := a.at + by; i >= 0 && i < len(a.steps); i += by {
		if s := a.steps[i].Skip; s == nil || !s(a) {
			a.at = i
			return true
		}
	}
	if by < 0 {
		return false
	}
	a.at = len(a.steps)
	return true
}

// Press takes a key.
func (a *Ask) Press(p keys.Press) (Answer, tea.Cmd) {
	switch {
	case a.busy:
		return Stands, nil
	case a.confirm.Asking():
		if a.confirm.Press(a.env, p, a.content()) == widget.Confirmed {
			a.busy = true
			return Go, nil
		}
		return Stands, nil
	case p.Action == keys.Back || p.Action == keys.PrevPart:
		if !a.go1(-1) && p.Action == keys.Back {
			return Closed, nil
		}
		return Stands, nil
	case a.at == len(a.steps):
		if p.Action == keys.Write {
			return Stands, a.confirm.Ask(a.env, a.content())
		}
		return Stands, nil
	case a.steps[a.at].Offers != nil:
		if p.Action == keys.Digit && p.Digit >= 1 && p.Digit <= len(a.steps[a.at].Offers(a)) {
			a.picked[a.at] = p.Digit - 1
			a.go1(1)
		}
		return Stands, nil
	}
	return Stands, a.typed(p)
}

// typed takes a key into the field at hand; enter goes on, ctrl+s at the last one asks.
func (a *Ask) typed(p keys.Press) tea.Cmd {
	switch p.Action {
	case keys.Input:
		a.fields[a.at].Update(p)
	case keys.Open, keys.NextPart, keys.Write:
		if said, good := a.check(); !good {
			return ui.Send(ui.Say{Text: said, Tone: ui.Problem})
		}
		a.go1(1)
		if p.Action == keys.Write && a.at == len(a.steps) {
			return a.confirm.Ask(a.env, a.content())
		}
	}
	return nil
}

// check is what the field at hand means.
func (a *Ask) check() (string, bool) {
	if c := a.steps[a.at].Check; c != nil {
		return c(a, a.Text(a.at))
	}
	return a.env.Text.Dialog.Empty, a.Text(a.at) != ""
}

// content is all answers, for comparing what was asked with what is.
func (a *Ask) content() string {
	var b strings.Builder
	for i := range a.steps {
		b.WriteString(strconv.Itoa(a.picked[i]) + "\x1f" + a.Text(i) + "\x1e")
	}
	return b.String() + a.sum(a)
}

// Lines draws the question in lines of w cells.
func (a *Ask) Lines(w int) []cell.Line {
	t := a.env.Text
	head := cell.Painted(theme.Accent, " "+a.head())
	switch {
	case a.busy:
		return []cell.Line{head, cell.Plain(" " + a.sum(a)), cell.Painted(theme.Accent, " "+t.Dialog.Busy)}
	case a.confirm.Asking():
		return append(a.summary(head, w), cell.Painted(theme.Near, " "+t.Dialog.Again))
	case a.at == len(a.steps):
		return append(a.summary(head, w), cell.Painted(theme.Muted, " "+t.Dialog.ReadyKeys))
	}
	s := a.steps[a.at]
	line := cell.Line{Left: []cell.Span{{Text: " " + s.Name() + " "}}}
	if s.Offers != nil {
		for i, o := range s.Offers(a) {
			line.Left = append(line.Left, cell.Span{Text: " " + strconv.Itoa(i+1), Role: theme.Key}, cell.Span{Text: " " + o + " "})
		}
		return []cell.Line{head, line, cell.Painted(theme.Muted, " "+t.Dialog.OfferKeys)}
	}
	line.Left = append(line.Left, a.fields[a.at].Spans(a.room(w), true)...)
	if text := a.Text(a.at); text != "" && s.Check != nil {
		said, good := s.Check(a, text)
		role := theme.Text
		if !good {
			role = theme.Problem
		}
		line.Left = append(line.Left, cell.Span{Text: " " + said, Role: role})
	}
	return []cell.Line{head, line, cell.Painted(theme.Muted, " "+t.Dialog.FieldKeys)}
}

// summary is the act and what will be written, in two lines; what takes both of them goes
// without the act.
func (a *Ask) summary(head cell.Line, w int) []cell.Line {
	var out []cell.Line
	for _, s := range cell.Wrap(cell.Clean(a.sum(a)), w-2, height-1) {
		out = append(out, cell.Plain(" "+s))
	}
	if len(out) == 1 {
		return []cell.Line{head, out[0]}
	}
	return out
}

// room is how wide the field at hand is.
func (a *Ask) room(w int) int {
	most := fieldCells
	if a.steps[a.at].Short {
		most = fieldCells / 3 // what is understood stands beside it
	}
	return max(8, min(most, w-cell.Width(cell.Clean(a.steps[a.at].Name()))-4))
}

// Cursor is where the text cursor stands in those lines.
func (a *Ask) Cursor(w int) (x, line int) {
	return 2 + cell.Width(cell.Clean(a.steps[a.at].Name())) + a.fields[a.at].CursorX(a.room(w)), 1
}
