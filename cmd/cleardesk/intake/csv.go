package intake

import (
	"bytes"
	"strings"
)

// splitCSV splits a record into its fields, appending to out. The fields share
// one string.
func splitCSV(out []string, rec record, delim byte) []string {
	if rec.quoted {
		return splitQuoted(out, rec.raw, delim)
	}
	s := string(rec.raw)
	for {
		i := strings.IndexByte(s, delim)
		if i < 0 {
			return append(out, s)
		}
		out = append(out, s[:i])
		s = s[i+1:]
	}
}

// splitQuoted splits a record the scanner found well formed.
func splitQuoted(out []string, raw []byte, delim byte) []string {
	for {
		rest := bytes.TrimLeft(raw, " ")
		if len(rest) == 0 || rest[0] != '"' {
			i := bytes.IndexByte(raw, delim)
			if i < 0 {
				return append(out, string(raw))
			}
			out = append(out, string(raw[:i]))
			raw = raw[i+1:]
			continue
		}
		n, _ := closing(rest[1:])
		out = append(out, strings.ReplaceAll(string(rest[1:n]), `""`, `"`))
		rest = bytes.TrimLeft(rest[1+n:], " ")
		if len(rest) == 0 {
			return out
		}
		raw = rest[1:]
	}
}

// separator finds what separates the columns of a header: the most frequent of
// comma, tab and semicolon outside quotes.
func separator(header []byte) byte {
	best, most := byte(','), 0
	for _, c := range []byte{',', '\t', ';'} {
		n, in := 0, false
		for _, b := range header {
			if b == '"' {
				in = !in
			} else if b == c && !in {
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}

func blank(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

// risky says whether a spreadsheet may take a cell that begins with c for a
// formula.
func risky(c rune) bool {
	return strings.ContainsRune("=+-@\t\r\n\x00\uFF1D\uFF0B\uFF0D\uFF20", c)
}

// guard makes a cell safe to open in a spreadsheet: a text that could be taken
// for a formula gets a leading quote. Numbers are left as they are.
func guard(cell string) string {
	first, ok := firstRune(cell)
	if !ok || !risky(first) || plainNumber(cell) {
		return cell
	}
	return "'" + cell
}

// unguard takes the quote off again.
func unguard(cell string) string {
	if len(cell) < 2 || cell[0] != '\'' {
		return cell
	}
	if next, _ := firstRune(cell[1:]); risky(next) {
		return cell[1:]
	}
	return cell
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

func plainNumber(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")
	digits := strings.Replace(s, ".", "", 1)
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}
