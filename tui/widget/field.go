package widget

import (
	"strings"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
)

// Field is a text field of one line. What is typed or pasted is cleaned, a line
// break becomes a space.
type Field struct {
	in     textinput.Model
	digits bool // full-width digits and signs become ASCII
}

// NewField makes an empty field of at most limit characters.
func NewField(limit int) *Field {
	f := &Field{in: textinput.New()}
	f.in.CharLimit = limit
	f.in.KeyMap = fieldKeys()
	f.in.Cursor.SetMode(cursor.CursorStatic) // the terminal's own cursor stands there
	f.in.Cursor.BlinkSpeed = 0
	f.in.Focus()
	return f
}

// fieldKeys are the editing keys; all others keep what they mean everywhere.
func fieldKeys() textinput.KeyMap {
	on := func(names ...string) key.Binding { return key.NewBinding(key.WithKeys(names...)) }
	none := key.NewBinding(key.WithDisabled())
	return textinput.KeyMap{
		CharacterForward: on("right"), CharacterBackward: on("left"), LineStart: on("home"), LineEnd: on("end", "ctrl+e"),
		DeleteCharacterBackward: on("backspace"), DeleteCharacterForward: on("delete"),
		WordForward: none, WordBackward: none, DeleteWordBackward: none, DeleteWordForward: none, DeleteAfterCursor: none,
		DeleteBeforeCursor: none, Paste: none, AcceptSuggestion: none, NextSuggestion: none, PrevSuggestion: none,
	}
}

// Update takes a press whose action is keys.Input. It tells whether the value
// changed.
func (f *Field) Update(p keys.Press) bool {
	if p.Action != keys.Input {
		return false
	}
	before := f.in.Value()
	msg := p.Msg
	switch msg.Type {
	case tea.KeyCtrlU:
		f.in.Reset()
		return before != ""
	case tea.KeyRunes, tea.KeySpace:
		msg = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(f.typed(msg))}
		if len(msg.Runes) == 0 {
			return false
		}
	default:
	}
	f.in, _ = f.in.Update(msg)
	return f.in.Value() != before
}

// typed is what a message puts into the field.
func (f *Field) typed(msg tea.KeyMsg) string {
	s := string(msg.Runes)
	if msg.Type == tea.KeySpace {
		s = " "
	}
	s = entry(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s))
	if !f.digits {
		return s
	}
	return strings.Map(keys.FoldRune, s)
}

// Value is what stands in the field.
func (f *Field) Value() string { return f.in.Value() }

// SetValue puts text into the field, the cursor behind it.
func (f *Field) SetValue(s string) {
	f.in.SetValue(entry(s))
	f.in.CursorEnd()
}

// Spans draws the field in exactly w cells with its brackets: "[ 48     ]". Where
// the text is longer than the room, the part around the cursor is shown. With the
// cursor in it, it is drawn as a field at work.
func (f *Field) Spans(w int, focused bool) []cell.Span {
	text, _ := f.window(w - 4)
	role := theme.Text
	if focused {
		role = theme.Accent
	}
	return []cell.Span{{Text: "[ ", Role: role}, {Text: cell.Fit(text, w-4)}, {Text: " ]", Role: role}}
}

// CursorX is the cell of the text cursor in a field drawn w cells wide, from 0.
func (f *Field) CursorX(w int) int {
	_, x := f.window(w - 4)
	return 2 + x
}

// window is the part of the text that is shown in w cells, and the cursor's cell in
// it. The cursor needs a cell behind the last character.
func (f *Field) window(w int) (string, int) {
	runes := []rune(f.in.Value())
	pos := min(f.in.Position(), len(runes))
	start := 0
	for start < pos && cell.Width(string(runes[start:pos])) > w-1 {
		start++
	}
	head := string(runes[start:pos])
	rest := string(runes[pos:])
	x := cell.Width(head)
	return head + cell.Cut(rest, w-x), x
}

// entry cleans text for the field. What cannot be shown becomes "?": bubbles would
// drop U+FFFD without a trace.
func entry(s string) string { return strings.ReplaceAll(cell.Clean(s), "\uFFFD", "?") }
