package cell

import "strings"

// Glyphs are the characters the desk draws lines and curves with.
type Glyphs struct {
	Horizontal, Vertical                       string
	TopLeft, TopRight, BottomLeft, BottomRight string
	braille                                    bool
}

// Unicode draws with box lines and braille.
func Unicode() Glyphs {
	return Glyphs{
		Horizontal: "─", Vertical: "│", TopLeft: "┌", TopRight: "┐", BottomLeft: "└", BottomRight: "┘", braille: true,
	}
}

// ASCII draws with what every terminal, printer and screen reader has.
func ASCII() Glyphs {
	return Glyphs{Horizontal: "-", Vertical: "|", TopLeft: "-", TopRight: "-", BottomLeft: "-", BottomRight: "-"}
}

// GlyphsFromEnv takes ASCII where the locale is not UTF-8 or the terminal is one
// that has no box lines, and where CLEARDESK_GLYPHS=ascii asks for it.
func GlyphsFromEnv(getenv func(string) string) Glyphs {
	switch getenv("CLEARDESK_GLYPHS") {
	case "ascii":
		return ASCII()
	case "unicode":
		return Unicode()
	}
	if t := getenv("TERM"); t == "" || t == "linux" || t == "dumb" {
		return ASCII()
	}
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale = getenv(name); locale != "" {
			break
		}
	}
	l := strings.ToLower(locale)
	if strings.Contains(l, "utf-8") || strings.Contains(l, "utf8") {
		return Unicode()
	}
	return ASCII()
}

// Curve draws values, oldest first, in at most w cells: with braille two values a
// cell and four levels, in ASCII one a cell. When there are more values than places
// the latest are drawn. The lowest level is the least value, or zero where
// fromZero is set.
func (g Glyphs) Curve(values []int64, w int, fromZero bool) string {
	perCell := 1
	if g.braille {
		perCell = 2
	}
	if w <= 0 || len(values) == 0 {
		return ""
	}
	if len(values) > w*perCell {
		values = values[len(values)-w*perCell:]
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	if fromZero {
		low = min(low, 0)
	}
	var b strings.Builder
	if len(values)%perCell != 0 { // the latest value stands at the right of its cell
		b.WriteString(brailleCell(-1, level(values[0], low, high)))
		values = values[1:]
	}
	for i := 0; i < len(values); i += perCell {
		l := level(values[i], low, high)
		if g.braille {
			b.WriteString(brailleCell(l, level(values[i+1], low, high)))
		} else {
			b.WriteByte("_.-^"[l])
		}
	}
	return b.String()
}

// Bar draws a value in at most w cells, which the greatest value fills: with braille to
// half a cell, in ASCII to a whole one. What is more than nought can be seen.
func (g Glyphs) Bar(value, most int64, w int) string {
	if value <= 0 || most <= 0 || w <= 0 {
		return ""
	}
	part := min(float64(value)/float64(most), 1)
	if !g.braille {
		return strings.Repeat("#", max(1, int(part*float64(w)+0.5)))
	}
	halves := max(1, int(part*float64(2*w)+0.5))
	return strings.Repeat("\u28ff", halves/2) + strings.Repeat("\u2847", halves%2)
}

// level puts v between low and high into one of four levels, 0 to 3.
func level(v, low, high int64) int {
	if high <= low {
		return 0
	}
	// Differences as unsigned numbers: they are exact from one end of int64 to the other.
	span, over := uint64(high)-uint64(low), uint64(v)-uint64(low)
	for span > 1<<60 {
		span, over = span/2, over/2
	}
	return int((3*over + span/2) / span)
}

// brailleCell is one cell with columns filled up to the levels left and right; -1
// leaves a column empty.
func brailleCell(left, right int) string {
	leftDots := [...]rune{0x40, 0x44, 0x46, 0x47}
	rightDots := [...]rune{0x80, 0xA0, 0xB0, 0xB8}
	r := rune(0x2800)
	if left >= 0 {
		r |= leftDots[left]
	}
	if right >= 0 {
		r |= rightDots[right]
	}
	return string(r)
}
