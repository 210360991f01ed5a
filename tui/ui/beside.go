package ui

import (
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// The preview stands at the right of the rows from SideBySide columns on, SideWidth wide.
const (
	SideBySide = 160
	SideWidth  = 69
)

// Beside joins two blocks of lines, the left one filled to leftW cells, with a line
// between them; h lines come out.
func Beside(env *Env, left []cell.Line, leftW int, right []cell.Line, h int) []cell.Line {
	out := make([]cell.Line, h)
	for i := range out {
		var l, r cell.Line
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = joined(l, leftW, env.Glyphs.Vertical, r)
	}
	return out
}

// joined puts a line, filled to w cells, beside another. What stands at its right is cut
// off: rows have nothing there.
func joined(l cell.Line, w int, between string, r cell.Line) cell.Line {
	used := 0
	out := cell.Line{}
	for _, s := range l.Left {
		if s.Role == theme.Text {
			s.Role = l.Over
		}
		used += cell.Width(cell.Clean(s.Text))
		out.Left = append(out.Left, s)
	}
	out.Left = append(out.Left, cell.Span{Text: cell.Spaces(w - used), Role: l.Over}, cell.Own(theme.Rule, between))
	out.Left = append(out.Left, r.Left...)
	out.Right = r.Right
	return out
}
