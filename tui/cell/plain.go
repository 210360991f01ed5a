package cell

import "strconv"

// plainForm gives the ASCII form of the ambiguous signs that occur in real data:
// quotes, dashes, dots, units, numbers in circles.
func plainForm(r rune) (string, bool) {
	switch {
	case r >= 0x2460 && r <= 0x2473: // circled numbers
		return "(" + strconv.Itoa(int(r-0x2460)+1) + ")", true
	case r >= 0x2160 && r <= 0x2163: // Roman numerals to IV
		return [...]string{"I", "II", "III", "IV"}[r-0x2160], true
	case r >= 0x2500 && r <= 0x257F:
		return boxForm(r), true
	}
	switch r {
	case '\u201c', '\u201d':
		return `"`, true
	case '\u2018', '\u2019':
		return "'", true
	case '\u2013', '\u2014', '\u2015', '\u2010':
		return "-", true
	case '\u2026', '\u2025':
		return "..", true
	case '\u00b7', '\u2027':
		return ".", true
	case '\u2022', '\u25cf', '\u25cb', '\u25ce', '\u25c6', '\u25c7', '\u25a0', '\u25a1', '\u2605', '\u2606', '\u203b':
		return "*", true
	case '\u25b2', '\u25b3', '\u2191':
		return "^", true
	case '\u25bc', '\u25bd', '\u2193':
		return "v", true
	case '\u2192', '\u21d2', '\u25b6', '\u25b7':
		return ">", true
	case '\u2190', '\u25c0', '\u25c1':
		return "<", true
	}
	return mathForm(r)
}

// mathForm gives the ASCII form of ambiguous signs of arithmetic and units.
func mathForm(r rune) (string, bool) {
	switch r {
	case '\u00d7':
		return "x", true
	case '\u00f7', '\u2215':
		return "/", true
	case '\u00b1':
		return "+-", true
	case '\u00b0':
		return "o", true
	case '\u2103':
		return "oC", true
	case '\u2116':
		return "No.", true
	case '\u00b2':
		return "^2", true
	case '\u00b3':
		return "^3", true
	case '\u00bc':
		return " 1/4", true
	case '\u00bd':
		return " 1/2", true
	case '\u00be':
		return " 3/4", true
	case '\u2264':
		return "<=", true
	case '\u2265':
		return ">=", true
	case '\u2260':
		return "!=", true
	case '\u2248', '\u223d':
		return "~", true
	}
	return "", false
}

// boxForm keeps the look of lines drawn with box characters.
func boxForm(r rune) string {
	switch r {
	case '\u2500', '\u2501', '\u2550':
		return "-"
	case '\u2502', '\u2503', '\u2551':
		return "|"
	}
	return "+"
}
