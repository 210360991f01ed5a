package theme

import "github.com/charmbracelet/lipgloss"

// colours are the few colours of a palette; an empty one is the terminal's own.
type colours struct{ accent, near, late, done, muted, rule string }

// coloursOf gives a palette's colours. The sixteen of the terminal come first; of
// the 256 only what they lack: greys, and for CVD a blue and an orange that are told
// apart with every common colour blindness.
func coloursOf(p Palette) colours {
	switch p {
	case Dark:
		return colours{accent: "14", near: "11", late: "9", done: "10", muted: "246", rule: "240"}
	case Light:
		return colours{accent: "4", near: "130", late: "1", done: "2", muted: "242", rule: "248"}
	case CVD:
		return colours{accent: "6", near: "33", late: "208", done: "33", muted: "8", rule: "8"}
	case Mono, Plain:
		return colours{}
	default:
		return colours{accent: "6", near: "3", late: "1", done: "2"}
	}
}

// style is how a role looks in a palette. What must be seen without colour has an
// attribute as well, and above all a sign of its own in the text.
func style(p Palette, role Role, r *lipgloss.Renderer) lipgloss.Style {
	c := coloursOf(p)
	s := r.NewStyle()
	paint := func(code string) lipgloss.Style {
		if code == "" {
			return s
		}
		return s.Foreground(lipgloss.Color(code))
	}
	switch role {
	case Muted, Disabled:
		if c.muted == "" {
			return s.Faint(true)
		}
		return paint(c.muted)
	case Rule:
		if c.rule == "" {
			return s.Faint(true)
		}
		return paint(c.rule)
	case Head:
		return s.Bold(true)
	case Accent, Cursor, Mark:
		return paint(c.accent).Bold(true)
	case Near:
		return paint(c.near)
	case Late, Problem:
		return paint(c.late).Bold(true)
	case Done:
		return paint(c.done)
	case Key:
		return paint(c.accent)
	case Field:
		return s.Underline(true)
	default:
		return s
	}
}
