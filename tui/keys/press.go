package keys

import (
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// Press is a key message after reading: what a view's Update gets instead of a
// tea.KeyMsg.
type Press struct {
	Action Action
	Count  int        // how often, for movements that came several at once; else 1
	Digit  int        // for Digit: 0 to 9
	Msg    tea.KeyMsg // as it came, for text fields
	InText bool       // it was read for a text field: Open, Up, ... keep their meaning
}

// Map reads key messages. It is immutable.
type Map struct {
	byKey map[string]Action
}

// NewMap builds the map of what holds everywhere.
func NewMap() *Map {
	m := &Map{byKey: make(map[string]Action)}
	for _, b := range Everywhere() {
		for _, k := range append(append([]string(nil), b.Safe...), b.Letters...) {
			m.byKey[k] = b.Action
		}
	}
	return m
}

// Read is for keys outside text fields.
func (m *Map) Read(msg tea.KeyMsg) Press {
	if msg.Alt {
		return Press{Action: Back, Count: 1, Msg: msg} // esc and a key in one read
	}
	if msg.Paste {
		return Press{Action: Stray, Count: 1, Msg: msg}
	}
	if msg.Type == tea.KeyRunes && len(msg.Runes) != 1 {
		return m.several(msg)
	}
	return m.one(msg, name(msg))
}

// InText is for keys while a text field has the cursor: letters, digits, signs and
// the editing keys belong to it, all others keep their meaning.
func (m *Map) InText(msg tea.KeyMsg) Press {
	p := Press{Action: Input, Count: 1, Msg: msg, InText: true}
	if msg.Alt {
		p.Action = Back
		return p
	}
	switch msg.Type {
	case tea.KeyRunes, tea.KeySpace, tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyBackspace,
		tea.KeyDelete, tea.KeyCtrlU, tea.KeyCtrlE:
		return p
	default:
		p.Action = m.byKey[name(msg)]
		return p
	}
}

func (m *Map) one(msg tea.KeyMsg, key string) Press {
	p := Press{Action: m.byKey[key], Count: 1, Msg: msg}
	if p.Action == Digit {
		p.Digit = int(key[0] - '0')
	}
	return p
}

// several reads letters that came as one message: the same movement key repeated
// moves that often, everything else is text that missed its field.
func (m *Map) several(msg tea.KeyMsg) Press {
	stray := Press{Action: Stray, Count: 1, Msg: msg}
	if len(msg.Runes) == 0 {
		return Press{Action: None, Count: 1, Msg: msg}
	}
	for _, r := range msg.Runes {
		if r != msg.Runes[0] {
			return stray
		}
	}
	switch a := m.byKey[string(FoldRune(msg.Runes[0]))]; a {
	case Up, Down, Fold, Unfold:
		return Press{Action: a, Count: len(msg.Runes), Msg: msg}
	default:
		return stray
	}
}

// name is the message's key as the map knows it.
func name(msg tea.KeyMsg) string {
	if msg.Type == tea.KeyRunes && len(msg.Runes) == 1 {
		return string(FoldRune(msg.Runes[0]))
	}
	s := msg.String()
	if len(s) > 1 {
		return strings.ToLower(s)
	}
	return s
}

// FoldRune brings a rune that an input method sends in its wide form to ASCII.
func FoldRune(r rune) rune {
	switch {
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xff01 + '!'
	case r == '\u3000':
		return ' '
	case r == '\u3001':
		return '/'
	case r == '\u3002':
		return '.'
	case r == '\u3010':
		return '['
	case r == '\u3011':
		return ']'
	case r == '\u300a':
		return '<'
	case r == '\u300b':
		return '>'
	}
	return r
}

// Conflicts lists keys that two bindings share, each as "key: action, action".
func Conflicts(bindings []Binding) []string {
	first := make(map[string]Action)
	var bad []string
	for _, b := range bindings {
		for _, k := range append(append([]string(nil), b.Safe...), b.Letters...) {
			if a, taken := first[k]; taken {
				bad = append(bad, k+": "+string(a)+", "+string(b.Action))
				continue
			}
			first[k] = b.Action
		}
	}
	return bad
}

// Forbidden tells whether a key must never be bound, because a terminal, a
// multiplexer, an input method or a browser keeps it for itself.
func Forbidden(key string) bool {
	switch key {
	case "ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+[", "ctrl+a", "ctrl+b", "ctrl+@", "ctrl+ ", "ctrl+.", "shift+ ",
		"ctrl+q", "ctrl+v", "ctrl+n", "ctrl+t", "ctrl+w", "ctrl+p", "~", "f10", "f11", "f12":
		return true
	}
	return strings.HasPrefix(key, "alt+")
}

// Hint is a place in the key line: an action that works now, with the word for it.
type Hint struct {
	Action Action
	Key    string // where set, shown instead of the action's first key
	Word   string // in the person's language
}

// Label is the hint as the key line shows it: "F6 claim".
func (h Hint) Label() (key, word string) {
	key = h.Key
	if key == "" {
		key = Name(h.Action)
	}
	if utf8.RuneCountInString(key) == 0 {
		return "", h.Word
	}
	return key, h.Word
}
