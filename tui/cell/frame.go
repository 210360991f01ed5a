package cell

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// CheckFrame tells what is wrong with a frame: it must have exactly h lines of
// exactly w cells and hold no escape sequence but colours.
func CheckFrame(frame string, w, h int) error {
	lines := strings.Split(frame, "\n")
	if len(lines) != h {
		return fmt.Errorf("frame has %d lines, want %d", len(lines), h)
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n != w {
			return fmt.Errorf("line %d has %d cells, want %d: %q", i+1, n, w, l)
		}
		if bad := foreign(l); bad != "" {
			return fmt.Errorf("line %d holds %q: %q", i+1, bad, l)
		}
	}
	return nil
}

// ClipFrame forces a frame into h lines of w cells without anything foreign: the
// last guard, for a frame that CheckFrame refuses.
func ClipFrame(frame string, w, h int) string {
	lines := strings.Split(frame, "\n")
	out := make([]string, h)
	for i := range out {
		l := ""
		if i < len(lines) {
			l = lines[i]
		}
		if foreign(l) != "" {
			l = Clean(ansi.Strip(l))
		}
		out[i] = Fit(l, w)
	}
	return strings.Join(out, "\n")
}

// foreign gives the first thing in a line that is neither text nor a colour.
func foreign(l string) string {
	for i := 0; i < len(l); {
		if l[i] == 0x1b {
			n := sgrLen(l[i:])
			if n == 0 {
				return l[i:min(i+8, len(l))]
			}
			i += n
			continue
		}
		j := i
		for j < len(l) && l[j] != 0x1b {
			j++
		}
		for _, r := range l[i:j] {
			if r < 0x20 || r >= 0x7f && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				return string(r)
			}
		}
		i = j
	}
	return ""
}

// sgrLen is the length of the colour sequence at the start of s, or 0.
func sgrLen(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c >= '0' && c <= '9', c == ';', c == ':':
		default:
			return 0
		}
	}
	return 0
}

// Overlay draws box over base with its top left cell at column x, line y, both
// from 0. Base lines keep their width; a wide character cut in half becomes a space.
func Overlay(base, box []string, x, y int) []string {
	out := append([]string(nil), base...)
	for i, b := range box {
		if y+i < 0 || y+i >= len(out) {
			continue
		}
		l := out[y+i]
		w, bw := Width(l), Width(b)
		left := ansi.Truncate(l, x, "")
		right := ansi.TruncateLeft(l, x+bw, "")
		if Width(right) > w-x-bw { // it keeps a wide character of which half is covered
			right = ansi.TruncateLeft(l, x+bw+1, "")
		}
		fill := Spaces(w - x - bw - Width(right))
		out[y+i] = left + Spaces(x-Width(left)) + b + fill + right
	}
	return out
}
