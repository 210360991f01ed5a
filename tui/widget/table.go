package widget

import (
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// Column is one column of a table.
type Column struct {
	Title string
	W     int  // cells
	Right bool // numbers stand at the right
	Grow  bool // takes what the others leave; share alike where there are several
	Tight bool // no space before it
}

// Table lays columns out over a width. The first two cells of each row are for the
// cursor and the mark.
type Table struct {
	cols []Column
}

// lead is the cells for cursor and mark.
const lead = 2

// NewTable fits columns into w cells: those that grow get what the others leave, at
// least their W.
func NewTable(cols []Column, w int) Table {
	t := Table{cols: append([]Column(nil), cols...)}
	used, growing := lead, 0
	for i, c := range t.cols {
		used += c.W
		if i > 0 && !c.Tight {
			used++
		}
		if c.Grow {
			growing++
		}
	}
	spare := max(w-used, 0)
	for i := range t.cols {
		if t.cols[i].Grow {
			part := spare / growing
			t.cols[i].W += part
			spare -= part
			growing--
		}
	}
	return t
}

// Width is how wide a column is now.
func (t Table) Width(i int) int { return t.cols[i].W }

// Head is the line of headings.
func (t Table) Head() cell.Line {
	spans := make([]cell.Span, len(t.cols))
	for i, c := range t.cols {
		spans[i] = cell.Span{Text: c.Title, Role: theme.Head}
	}
	return cell.Line{Left: t.spans("", theme.Text, spans)}
}

// Row is a line of the table. What is missing of cells is blank. A text that is
// wider than its column is cut.
func (t Table) Row(s RowState, cells ...cell.Span) cell.Line {
	sign := " "
	if s.Cursor {
		sign = ">"
	}
	if s.Marked {
		sign += "*"
	} else {
		sign += " "
	}
	line := cell.Line{}
	switch {
	case s.Cursor:
		line.Over = theme.Cursor
	case s.Gone:
		line.Over = theme.Muted
	}
	line.Left = t.spans(sign, theme.Mark, cells)
	return line
}

func (t Table) spans(sign string, role theme.Role, cells []cell.Span) []cell.Span {
	out := make([]cell.Span, 0, 2*len(t.cols)+1)
	out = append(out, cell.Span{Text: cell.Fit(sign, lead), Role: role})
	for i, c := range t.cols {
		if i > 0 && !c.Tight {
			out = append(out, cell.Span{Text: " "})
		}
		var s cell.Span
		if i < len(cells) {
			s = cells[i]
		}
		text := cell.Clean(s.Text)
		if c.Right {
			text = cell.FitRight(text, c.W)
		} else {
			text = cell.Fit(text, c.W)
		}
		out = append(out, cell.Span{Text: text, Role: s.Role})
	}
	return out
}
