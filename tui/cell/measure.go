// Package cell is the only place that measures or cuts text. A cell is one column
// of the terminal: characters that are wide or full-width take two, all others one.
// Every other package asks here, so that no two of them disagree.
package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
)

// cutSign ends a text that was cut.
const cutSign = "~"

// Setup makes the libraries beneath agree with this package whatever the locale
// says: under a Chinese one go-runewidth would take ambiguous characters for wide.
// The program calls it once, before anything is drawn.
func Setup() {
	runewidth.DefaultCondition.EastAsianWidth = false
	runewidth.DefaultCondition.StrictEmojiNeutral = true
	runewidth.EastAsianWidth = false
}

// simpleWidth is the width of the characters that make up nearly all text, and 0
// where a closer look is needed.
func simpleWidth(r rune) int {
	switch {
	case r >= 0x20 && r < 0x7f, r == '\u00a5':
		return 1
	case r >= 0x4e00 && r <= 0x9fff, r >= 0x3000 && r <= 0x3029, r >= 0xff01 && r <= 0xff5e:
		return 2
	case r >= 0x2800 && r <= 0x28ff:
		return 1
	}
	return 0
}

// Width is how many cells s takes. Colour sequences take none.
func Width(s string) int {
	w := 0
	for i := 0; i < len(s); {
		if c := s[i]; c >= 0x20 && c < 0x7f {
			w++
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		rw := simpleWidth(r)
		if rw == 0 && !isLine(r) {
			return ansi.StringWidth(s)
		}
		w += max(rw, 1)
		i += n
	}
	return w
}

// isLine tells the box lines the desk draws with; they are taken as one cell.
func isLine(r rune) bool {
	switch r {
	case '─', '│', '└', '┘', '┌', '┐':
		return true
	}
	return false
}

// Cut shortens s to at most w cells; what was cut ends in "~". Colours are kept.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if Width(s) <= w {
		return s
	}
	return ansi.Truncate(s, w, cutSign)
}

// Fit gives s in exactly w cells: cut, or filled with spaces at its right.
func Fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = Cut(s, w)
	return s + Spaces(w-Width(s))
}

// FitRight gives s in exactly w cells, filled with spaces at its left.
func FitRight(s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = Cut(s, w)
	return Spaces(w-Width(s)) + s
}

// Spaces gives n spaces, none for n below one.
func Spaces(n int) string { return Repeat(" ", n) }

// Repeat gives s n times, and nothing for n below one.
func Repeat(s string, n int) string {
	if n <= 0 {
		return ""
	}
	return strings.Repeat(s, n)
}

// Wrap breaks plain text into lines of at most w cells, between words where it has
// any. It gives at most n lines; the last one is cut if more is left.
func Wrap(s string, w, n int) []string {
	if w <= 0 || n <= 0 {
		return nil
	}
	lines := strings.Split(ansi.Wrap(s, w, ""), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	if len(lines) <= n {
		return lines
	}
	rest := strings.Join(lines[n-1:], " ")
	return append(lines[:n-1:n-1], Cut(rest, w))
}
