package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// hidden stands for what must not reach the terminal and has no picture.
const hidden = '\uFFFD'

// maxMarks is how many combining marks one character may carry.
const maxMarks = 4

// Clean makes text from outside fit to be shown on one line: nothing in it can move
// the cursor, hide, turn the direction of writing, or take another width on another
// terminal. Nothing is dropped silently: control characters become their pictures,
// what has none becomes U+FFFD, characters whose width is ambiguous become
// unambiguous ones. Clean of clean text is the same text.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	marks, base := 0, false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if r == utf8.RuneError && n <= 1 {
			r = hidden
		}
		if unicode.Is(unicode.Mn, r) && ambiguousOrNeutral(r) {
			marks++
			if !base || marks > maxMarks || isSelector(r) {
				b.WriteRune(hidden)
				base = true
				continue
			}
			b.WriteRune(r)
			continue
		}
		marks, base = 0, true
		visible(&b, r)
	}
	return settle(b.String())
}

// isPlain tells whether s is already clean by its looks: printable ASCII and the
// characters the desk's data is mostly made of.
func isPlain(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if simpleWidth(r) == 0 {
			return false
		}
		i += n
	}
	return true
}

// visible writes a rune that is no combining mark in a form that is safe.
func visible(b *strings.Builder, r rune) {
	switch {
	case r < 0x20:
		b.WriteRune(0x2400 + r)
	case r == 0x7f:
		b.WriteRune(0x2421)
	case r < 0x7f:
		b.WriteRune(r)
	case r == '\u3000':
		b.WriteRune(r)
	case unicode.Is(unicode.Zs, r):
		b.WriteByte(' ')
	case !unicode.IsGraphic(r), isJoinery(r):
		b.WriteRune(hidden)
	case width.LookupRune(r).Kind() == width.EastAsianAmbiguous:
		b.WriteString(unambiguous(r))
	default:
		b.WriteRune(r)
	}
}

// ambiguousOrNeutral keeps the few wide marks (ideographic tone marks) out of the
// rule for marks: terminals give them cells of their own.
func ambiguousOrNeutral(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianAmbiguous || k == width.Neutral
}

// isSelector tells the variation selectors, which change a width or do nothing.
func isSelector(r rune) bool {
	return unicode.Is(unicode.Variation_Selector, r)
}

// isJoinery tells characters whose width depends on their neighbours in ways that
// terminals do not agree on: parts of flags, skin tones, enclosing marks, fillers.
func isJoinery(r rune) bool {
	switch {
	case r >= 0x1F1E6 && r <= 0x1F1FF, r >= 0x1F3FB && r <= 0x1F3FF:
		return true
	case r >= 0x1160 && r <= 0x11FF, r >= 0xD7B0 && r <= 0xD7FF, r == 0x3164, r == 0xFFA0, r == 0x115F:
		return true
	}
	return unicode.Is(unicode.Me, r) || unicode.Is(unicode.Mn, r)
}

// unambiguous gives a form of an ambiguous character that every terminal gives the
// same cells. Accented letters are taken apart, so that they look the same.
func unambiguous(r rune) string {
	if s, ok := plainForm(r); ok {
		return s
	}
	if !unicode.IsLetter(r) {
		return string(hidden)
	}
	parts := norm.NFD.String(string(r))
	for i, p := range parts {
		if i == 0 && width.LookupRune(p).Kind() == width.EastAsianAmbiguous || i > 0 && !unicode.Is(unicode.Mn, p) {
			return string(hidden)
		}
	}
	return parts
}

// settle replaces what still takes other cells as a cluster than its runes take
// one by one: terminals of one school count one way, of the other the other way.
func settle(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for rest := s; rest != ""; {
		cluster, w := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		rest = rest[len(cluster):]
		if w == runesWidth(cluster) {
			b.WriteString(cluster)
			continue
		}
		b.WriteString(apart(cluster))
	}
	return b.String()
}

// apart hides as little of a cluster as makes its width certain: what hangs on its
// first rune, or the first rune itself where that one hangs on the next.
func apart(cluster string) string {
	runes := []rune(cluster)
	for _, hide := range []func(i int) bool{
		func(i int) bool { return i > 0 },
		func(i int) bool { return i == 0 },
	} {
		try := make([]rune, len(runes))
		for i, r := range runes {
			if hide(i) {
				r = hidden
			}
			try[i] = r
		}
		if s := string(try); ansi.StringWidth(s) == runesWidth(s) {
			return s
		}
	}
	return strings.Repeat(string(hidden), len(runes))
}

func runesWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// runeWidth is the width of one rune by its own properties, as terminals that do
// not know clusters take it.
func runeWidth(r rune) int {
	if w := simpleWidth(r); w != 0 {
		return w
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
		return 2
	}
	return 1
}
