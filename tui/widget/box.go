package widget

import (
	"strings"

	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// Box draws a frame of w times h cells with a title in its upper line and lines in
// it, as it is laid over a screen.
func Box(th *theme.Theme, g cell.Glyphs, title string, lines []cell.Line, w, h int) []string {
	if w < 4 || h < 2 {
		return nil
	}
	edge := func(s string) string { return th.Paint(theme.Accent, s) }
	head := g.TopLeft + g.Horizontal
	if title = cell.Clean(title); title != "" {
		head += " " + cell.Cut(title, w-6) + " "
	}
	out := make([]string, 0, h)
	out = append(out, edge(head+cell.Repeat(g.Horizontal, w-1-cell.Width(head))+g.TopRight))
	for i := range h - 2 {
		l := cell.Line{}
		if i < len(lines) {
			l = lines[i]
		}
		out = append(out, edge(g.Vertical)+l.Render(th, w-2)+edge(g.Vertical))
	}
	return append(out, edge(g.BottomLeft+strings.Repeat(g.Horizontal, w-2)+g.BottomRight))
}
