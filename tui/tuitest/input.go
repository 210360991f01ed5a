package tuitest

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Key makes the message of a key by its name; a name that is no key's is taken as
// letters that came together.
func Key(name string) tea.KeyMsg {
	if rest, alt := strings.CutPrefix(name, "alt+"); alt {
		msg := Key(rest)
		msg.Alt = true
		return msg
	}
	if name == "space" || name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	for t := tea.KeyType(-80); t <= 127; t++ {
		if t != tea.KeyRunes && t != tea.KeySpace && (tea.KeyMsg{Type: t}).String() == name {
			return tea.KeyMsg{Type: t}
		}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// Hostile lists texts that try to break a terminal, a frame or a width. Every screen
// must show them all without harm.
func Hostile() []string {
	return []string{
		"\x1b[2J\x1b[Hgone", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x07", "\x9b31mred", "a\x00b\x07c\x08d\x7f",
		"line\nfeed\r\ttab", "\u202eright to left\u202c", "\u2066isolate\u2069", "zero\u200bwidth\u200djoin\ufeff",
		"soft\u00adhyphen", "\u2028separator\u2029", "\xff\xfe\xc3(", "\xed\xa0\x80", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
		"\u0301alone", "\U0001F468\u200d\U0001F469\u200d\U0001F467", "\U0001F1E8\U0001F1F3", "\U0001F44D\U0001F3FD",
		"\u2764\ufe0f", "1\ufe0f\u20e3", "\u201cquoted\u201d \u2014 \u2026 \u00b7 \u00d7 \u00b0", "\u2460\u2161\u2103\u2116",
		"\u0633\u0644\u0627\u0645", "\u0915\u094d\u0937\u093f", "\u0e01\u0e33", "\u1100\u1161\u11a8", "\u3000\u5168\u89d2",
		"\U000e0041\U000e0042", "\ue000private", "caf\u00e9 na\u00efve", "\u041c\u0418\u0420", "\uff76\uff9e", "\u2500\u2502\u2588",
		"very long \u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57",
	}
}
