package widget

import (
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
)

// Entry is an entry of a menu.
type Entry struct {
	Digit int // 0 to 9, -1 for none
	Name  string
	Keys  string // its keys elsewhere, at the right
	Off   string // why it cannot be chosen; "" where it can
}

// Menu is a numbered menu. The cursor starts on the first entry that can be chosen.
type Menu struct {
	entries []Entry
	cursor  int
}

// NewMenu makes a menu of entries.
func NewMenu(entries []Entry) *Menu {
	m := &Menu{entries: entries}
	for i, e := range entries {
		if e.Off == "" {
			m.cursor = i
			break
		}
	}
	return m
}

// Press moves the cursor or chooses; it gives the place of the chosen entry from 0.
// One that cannot be chosen is given too: its Off says why.
func (m *Menu) Press(p keys.Press) (int, bool) {
	switch p.Action {
	case keys.Up:
		m.cursor = max(m.cursor-p.Count, 0)
	case keys.Down:
		m.cursor = min(m.cursor+p.Count, len(m.entries)-1)
	case keys.First:
		m.cursor = 0
	case keys.Last:
		m.cursor = len(m.entries) - 1
	case keys.Open:
		return m.cursor, len(m.entries) > 0
	case keys.Digit:
		for i, e := range m.entries {
			if e.Digit == p.Digit {
				return i, true
			}
		}
	default:
	}
	return 0, false
}

// Entry is an entry by its place.
func (m *Menu) Entry(i int) Entry { return m.entries[i] }

// Len is how many entries there are.
func (m *Menu) Len() int { return len(m.entries) }

// Lines draws the entries for a box w cells wide within; off writes why an entry is
// grey.
func (m *Menu) Lines(w int, off func(why string) string) []cell.Line {
	lines := make([]cell.Line, len(m.entries))
	for i, e := range m.entries {
		sign := " "
		if i == m.cursor {
			sign = ">"
		}
		digit := " "
		if e.Digit >= 0 {
			digit = string(rune('0' + e.Digit))
		}
		l := cell.Of(cell.Span{Text: sign, Role: theme.Mark}, cell.Span{Text: digit + " ", Role: theme.Key},
			cell.Span{Text: e.Name})
		right := e.Keys
		if i == m.cursor {
			l.Over = theme.Cursor
		}
		if e.Off != "" {
			l.Over, right = theme.Disabled, off(e.Off)
		}
		l.Right = []cell.Span{{Text: right + " ", Role: theme.Muted}}
		lines[i] = l
	}
	return lines
}
