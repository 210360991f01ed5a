package ui

import (
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
)

// helpCells is how wide the help's lines may be: they fit a box at 80 columns.
const helpCells = 74

// HelpText draws lines of the help, the long ones broken.
func HelpText(lines []text.HelpLine) []cell.Line {
	var out []cell.Line
	for _, l := range lines {
		if l.Text == "" {
			out = append(out, cell.Line{})
			continue
		}
		indent := " "
		for _, part := range cell.Wrap(l.Text, helpCells-2, 6) {
			role := theme.Text
			if l.Head {
				role = theme.Head
			}
			out = append(out, cell.Painted(role, indent+part))
			indent = "   "
		}
	}
	return out
}
