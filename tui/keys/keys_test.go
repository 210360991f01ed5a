package keys_test

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
)

func TestNoKeyHasTwoMeanings(t *testing.T) {
	t.Parallel()
	if bad := keys.Conflicts(keys.Everywhere()); len(bad) != 0 {
		t.Errorf("shared keys: %v", bad)
	}
	twice := append(keys.Everywhere(), keys.Binding{Action: keys.New, Letters: []string{"j"}})
	if bad := keys.Conflicts(twice); !slices.Equal(bad, []string{"j: down, new"}) {
		t.Errorf("a shared key was not found: %v", bad)
	}
}

func TestEveryActionIsReachedWithoutLetters(t *testing.T) {
	t.Parallel()
	seen := map[keys.Action]bool{}
	for _, b := range keys.Everywhere() {
		if seen[b.Action] {
			t.Errorf("%s is bound twice", b.Action)
		}
		seen[b.Action] = true
		if len(b.Safe) == 0 && b.Menu == "" {
			t.Errorf("%s has letters only", b.Action)
		}
		for _, k := range b.Safe {
			if len(k) == 1 && (k[0] >= 'a' && k[0] <= 'z' || k[0] >= 'A' && k[0] <= 'Z') {
				t.Errorf("%s: %q is a letter", b.Action, k)
			}
		}
		for _, k := range b.Letters {
			if len(k) != 1 {
				t.Errorf("%s: %q is no letter", b.Action, k)
			}
		}
	}
	for _, a := range keys.MenuOrder() {
		if !seen[a] {
			t.Errorf("%s is in the menu but not bound", a)
		}
	}
}

func TestNothingForbiddenIsBound(t *testing.T) {
	t.Parallel()
	for _, b := range keys.Everywhere() {
		for _, k := range slices.Concat(b.Safe, b.Letters) {
			if keys.Forbidden(k) {
				t.Errorf("%s: %q must not be bound", b.Action, k)
			}
		}
	}
	m := keys.NewMap()
	for _, k := range []string{"ctrl+a", "ctrl+b", "ctrl+n", "ctrl+p", "ctrl+q", "ctrl+t", "ctrl+v", "ctrl+w", "f10", "f11", "f12", "ctrl+@"} {
		if !keys.Forbidden(k) {
			t.Errorf("%q is not forbidden", k)
		}
		if a := m.Read(tuitest.Key(k)).Action; a != keys.None {
			t.Errorf("%q means %s", k, a)
		}
	}
}

func TestEveryActionHasHelpInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		words := text.For(lang)
		for _, b := range keys.Everywhere() {
			if words.Acts.Help[string(b.Action)] == "" {
				t.Errorf("%s: no help for %s", lang, b.Action)
			}
			if b.Menu != "" && words.Acts.Menu[string(b.Action)] == "" {
				t.Errorf("%s: no menu entry for %s", lang, b.Action)
			}
		}
	}
}

func TestFullWidthSignsAreTheirASCIIForms(t *testing.T) {
	t.Parallel()
	m := keys.NewMap()
	for in, want := range map[rune]keys.Action{
		'？': keys.Help, '：': keys.Find, '！': keys.None, '＋': keys.New, '＊': keys.MarkAll, '－': keys.Before, '、': keys.Filter,
		'／': keys.Filter, '【': keys.Earlier, '】': keys.Onward, '\u3000': keys.Mark, '７': keys.Digit, 'ｊ': keys.Down, 'Ｇ': keys.Last,
		'《': keys.None, '。': keys.Away, '写': keys.None,
	} {
		p := m.Read(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{in}})
		if p.Action != want || p.Count != 1 || want == keys.Digit && p.Digit != 7 {
			t.Errorf("%c: %+v, want %s", in, p, want)
		}
	}
	if keys.FoldRune('《') != '<' || keys.FoldRune('。') != '.' {
		t.Error("brackets or full stop are not folded")
	}
}

func TestSeveralRunesAreNoCommand(t *testing.T) {
	t.Parallel()
	m := keys.NewMap()
	runes := func(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }
	for _, s := range []string{"claim", "cc", "xiugai", "写入", "jk", "11", "nn", "gg", strings.Repeat("c", 10_000)} {
		if p := m.Read(runes(s)); p.Action != keys.Stray {
			t.Errorf("%.10q means %s", s, p.Action)
		}
	}
	for s, want := range map[string]keys.Action{"jjj": keys.Down, "kkk": keys.Up, "hhh": keys.Fold, "ｊｊｊ": keys.Down} {
		if p := m.Read(runes(s)); p.Action != want || p.Count != 3 {
			t.Errorf("%q: %s %d times", s, p.Action, p.Count)
		}
	}
	if p := m.Read(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("c"), Paste: true}); p.Action != keys.Stray {
		t.Errorf("a pasted letter means %s", p.Action)
	}
	if p := m.Read(tea.KeyMsg{Type: tea.KeyRunes}); p.Action != keys.None {
		t.Errorf("no rune at all means %s", p.Action)
	}
}

func TestAltIsEsc(t *testing.T) {
	t.Parallel()
	m := keys.NewMap()
	for _, msg := range []tea.KeyMsg{
		{Type: tea.KeyRunes, Runes: []rune{'j'}, Alt: true},
		{Type: tea.KeyEsc, Alt: true},
		{Type: tea.KeyEnter, Alt: true},
		{Type: tea.KeyRunes, Runes: []rune("写入"), Alt: true},
	} {
		if p := m.Read(msg); p.Action != keys.Back {
			t.Errorf("%s means %s", msg, p.Action)
		}
		if p := m.InText(msg); p.Action != keys.Back {
			t.Errorf("%s in a field means %s", msg, p.Action)
		}
	}
}

func TestInTextFields(t *testing.T) {
	t.Parallel()
	m := keys.NewMap()
	for _, k := range []string{"c", "1", "?", ":", "space", "left", "right", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+e", "写入"} {
		if p := m.InText(tuitest.Key(k)); p.Action != keys.Input || !p.InText {
			t.Errorf("%q in a field means %s", k, p.Action)
		}
	}
	for k, want := range map[string]keys.Action{
		"enter": keys.Open, "esc": keys.Back, "tab": keys.NextPart, "shift+tab": keys.PrevPart, "up": keys.Up, "down": keys.Down,
		"f1": keys.Help, "f2": keys.Menu, "ctrl+k": keys.Menu, "ctrl+f": keys.Find, "ctrl+s": keys.Write, "ctrl+o": keys.HandOver,
		"f9": keys.Later, "pgdown": keys.HalfDown, "ctrl+c": keys.Leave, "ctrl+w": keys.None, "ctrl+a": keys.None,
	} {
		if p := m.InText(tuitest.Key(k)); p.Action != want {
			t.Errorf("%q in a field means %q, want %q", k, p.Action, want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for a, want := range map[keys.Action]string{
		keys.Claim: "F6", keys.Write: "ctrl+s", keys.Find: ":", keys.Help: "?", keys.Open: "enter", keys.Mark: "space", keys.HalfDown: "pgdn",
	} {
		if got := keys.Name(a); got != want {
			t.Errorf("%s is named %q, want %q", a, got, want)
		}
	}
	if got := keys.Short(keys.Claim); got != "F6 c" {
		t.Errorf("menu name %q", got)
	}
	if got := keys.Names(keys.TakeBack); !slices.Equal(got, []string{"u", "F2 0"}) {
		t.Errorf("help names %q", got)
	}
}
