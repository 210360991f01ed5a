package widget

import (
	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/keys"
)

// Proposal is a value a number field offers, with the reason for it.
type Proposal struct {
	Value string // as it would be typed
	Why   string // "a zero less", in the person's language
}

// Number is a field for a quantity or an amount with proposals: up and down run
// through them, typing goes its own way. What is typed first takes a proposal's place,
// so that nobody adds a digit to it by mistake. What the text means is for the caller
// to parse; the field keeps the text.
type Number struct {
	Field
	proposals []Proposal
	at        int
	proposed  bool // what stands in it was proposed and no key has touched it
}

// NewNumber makes a field with its likeliest value first; it starts with that one.
// Without proposals it starts empty.
func NewNumber(proposals []Proposal) *Number {
	n := &Number{Field: *NewField(20), proposals: proposals}
	n.digits = true
	if len(proposals) > 0 {
		n.SetValue(proposals[0].Value)
		n.proposed = true
	}
	return n
}

// Update takes up, down and input. It tells whether the value changed.
func (n *Number) Update(p keys.Press) bool {
	switch p.Action {
	case keys.Up:
		return n.step(-1)
	case keys.Down:
		return n.step(1)
	default:
		return n.input(p)
	}
}

// input takes an editing key or what is typed.
func (n *Number) input(p keys.Press) bool {
	if p.Action != keys.Input {
		return false
	}
	before := n.Value()
	if n.proposed && (p.Msg.Type == tea.KeyRunes || p.Msg.Type == tea.KeySpace) && n.typed(p.Msg) != "" {
		n.SetValue("")
	}
	n.proposed = false
	n.Field.Update(p)
	return n.Value() != before
}

// SetValue puts text into the field that was typed before: it is edited as it is.
func (n *Number) SetValue(s string) {
	n.proposed = false
	n.Field.SetValue(s)
}

func (n *Number) step(by int) bool {
	if len(n.proposals) == 0 {
		return false
	}
	n.at = (n.at + by + len(n.proposals)) % len(n.proposals)
	before := n.Value()
	n.SetValue(n.proposals[n.at].Value)
	n.proposed = true
	return n.Value() != before
}

// Proposals lists what the field offers.
func (n *Number) Proposals() []Proposal { return n.proposals }

// At is the place of the proposal taken last, from 0; -1 without proposals or after
// the text became another one.
func (n *Number) At() int {
	if n.at < len(n.proposals) && n.proposals[n.at].Value == n.Value() {
		return n.at
	}
	return -1
}
