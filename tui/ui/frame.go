package ui

import (
	"strings"

	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
)

// Body collects the lines of a view from top to bottom and draws them in exactly
// its size.
type Body struct {
	env   *Env
	w, h  int
	lines []string
}

// NewBody starts a view's drawing of w times h cells.
func NewBody(env *Env, w, h int) *Body {
	return &Body{env: env, w: w, h: h, lines: make([]string, 0, max(h, 0))}
}

// Add puts lines beneath those already there; what does not fit is left out.
func (b *Body) Add(lines ...cell.Line) *Body {
	for _, l := range lines {
		if len(b.lines) < b.h {
			b.lines = append(b.lines, l.Render(b.env.Theme, b.w))
		}
	}
	return b
}

// Rule puts a line over the whole width, with a name near its left if there is one.
func (b *Body) Rule(name string) *Body { return b.Add(Rule(b.env, name, b.w)) }

// Blank puts empty lines until the body has n lines.
func (b *Body) Blank(n int) *Body {
	for len(b.lines) < min(n, b.h) {
		b.lines = append(b.lines, cell.Spaces(b.w))
	}
	return b
}

// Left is how many lines still fit.
func (b *Body) Left() int { return b.h - len(b.lines) }

// String draws the body; missing lines are blank.
func (b *Body) String() string {
	b.Blank(b.h)
	return strings.Join(b.lines, "\n")
}

// Rule is a line over w cells, with a name near its left end if there is one.
func Rule(env *Env, name string, w int) cell.Line {
	g := env.Glyphs.Horizontal
	if name == "" {
		return cell.Of(cell.Own(theme.Rule, cell.Repeat(g, w)))
	}
	words := cell.Cut(cell.Clean(name), w-6)
	return cell.Of(cell.Own(theme.Rule, g+g+" "), cell.Span{Text: words, Role: theme.Head},
		cell.Own(theme.Rule, " "+cell.Repeat(g, w-4-cell.Width(words))))
}

// OpenedTitle draws the head of an opened screen: two lines and a rule. Each line
// has a part at its left and one at its right; a space is kept at both edges.
func OpenedTitle(env *Env, w int, left1, right1, left2, right2 string) []cell.Line {
	first := cell.Line{
		Left:  []cell.Span{{Text: " " + left1, Role: theme.Head}},
		Right: []cell.Span{{Text: right1 + " "}},
	}
	second := cell.Line{Left: []cell.Span{{Text: " " + left2}}, Right: []cell.Span{{Text: right2 + " "}}}
	return []cell.Line{first, second, Rule(env, "", w)}
}

// KeyLine draws hints in a line of w cells: keys and words, the last ones left out
// where they do not fit.
func KeyLine(t *text.Catalog, hints []keys.Hint, w int) cell.Line {
	line := cell.Of(cell.Span{Text: " "})
	used := 1
	for i, h := range hints {
		key, word := h.Label()
		key = t.KeyName(key)
		gap := ""
		if i > 0 {
			gap = "  "
		}
		n := cell.Width(gap) + cell.Width(key) + cell.Width(word)
		if key != "" && word != "" {
			n++
		}
		if used+n > w {
			break
		}
		line.Left = append(line.Left, cell.Span{Text: gap + key, Role: theme.Key})
		if key != "" && word != "" {
			word = " " + word
		}
		line.Left = append(line.Left, cell.Span{Text: word, Role: theme.Muted})
		used += n
	}
	return line
}

// SayLines draws a message in n lines of w cells.
func SayLines(s Say, w, n int) []cell.Line {
	role, sign := theme.Text, ""
	switch s.Tone {
	case Problem:
		role, sign = theme.Problem, "!"
	case Result:
		role = theme.Done
	case Note:
	}
	var lines []cell.Line
	for _, l := range cell.Wrap(sign+cell.Clean(s.Text), w-2, n) {
		lines = append(lines, cell.Painted(role, " "+l))
	}
	return lines
}

// Hint makes a hint of an action with the catalog's word for it.
func (d *Desk) Hint(a keys.Action) keys.Hint {
	return keys.Hint{Action: a, Word: d.Text.ActHint(string(a))}
}
