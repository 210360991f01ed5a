package cell

import (
	"strings"

	"cleardesk/tui/theme"
)

// Span is a piece of text with its role. Text is plain: it is cleaned when drawn.
type Span struct {
	Text string
	Role theme.Role
	own  bool // the desk's own signs: drawn as they are
}

// Own is a span of the desk's own signs: lines, curves, and other output of Glyphs.
// Text from outside must never stand in one.
func Own(role theme.Role, s string) Span { return Span{Text: s, Role: role, own: true} }

// Line is one line of a frame before it is drawn: spans side by side, and
// optionally a part that stands at the right edge.
type Line struct {
	Left  []Span
	Right []Span
	Over  theme.Role // where not Text, the role of every span that has none
}

// Plain is a line of one text in the terminal's own colour.
func Plain(s string) Line { return Line{Left: []Span{{Text: s}}} }

// Painted is a line of one text in a role.
func Painted(role theme.Role, s string) Line { return Line{Left: []Span{{Text: s, Role: role}}} }

// Sides is a line with one text at its left and one at its right.
func Sides(left, right string) Line {
	return Line{Left: []Span{{Text: left}}, Right: []Span{{Text: right}}}
}

// Of is a line of spans.
func Of(spans ...Span) Line { return Line{Left: spans} }

// Render draws the line in exactly w cells. When both sides do not fit, the left
// one is cut, with a space kept between them.
func (l Line) Render(th *theme.Theme, w int) string {
	if w <= 0 {
		return ""
	}
	right, rw := draw(th, l.Right, l.Over, w)
	room := w
	if rw > 0 {
		room = max(w-rw-1, 0)
	}
	left, lw := draw(th, l.Left, l.Over, room)
	return left + Spaces(w-lw-rw) + right
}

// draw renders spans in at most w cells and tells how many they took.
func draw(th *theme.Theme, spans []Span, over theme.Role, w int) (string, int) {
	if len(spans) == 0 || w <= 0 {
		return "", 0
	}
	var b strings.Builder
	used := 0
	for i, s := range spans {
		text := s.Text
		if !s.own {
			text = Clean(text)
		}
		n := Width(text)
		full := used+n > w || used+n == w && hasText(spans[i+1:])
		if full {
			text = cutHard(text, w-used)
			n = Width(text)
		}
		role := s.Role
		if role == theme.Text {
			role = over
		}
		b.WriteString(th.Paint(role, text))
		used += n
		if full {
			break
		}
	}
	return b.String(), used
}

func hasText(spans []Span) bool {
	for _, s := range spans {
		if strings.Trim(s.Text, " ") != "" {
			return true
		}
	}
	return false
}

// cutHard cuts s to w cells with the sign, even where s alone would just fit.
func cutHard(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if Width(s) > w {
		return Cut(s, w)
	}
	return Cut(s+cutSign+cutSign, w)
}

// RenderAll draws lines as a block of exactly w times h cells, joined by line
// feeds: missing lines are blank, surplus ones are left out.
func RenderAll(th *theme.Theme, lines []Line, w, h int) string {
	var b strings.Builder
	for i := range h {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < len(lines) {
			b.WriteString(lines[i].Render(th, w))
		} else {
			b.WriteString(Spaces(w))
		}
	}
	return b.String()
}
