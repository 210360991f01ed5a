package theme

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
)

func TestPaintAddsColoursOnly(t *testing.T) {
	t.Parallel()
	for _, p := range Palettes() {
		for _, profile := range []termenv.Profile{termenv.Ascii, termenv.ANSI, termenv.ANSI256, termenv.TrueColor} {
			th := New(p, profile)
			for role := range roleCount {
				s := th.Paint(role, "480袋")
				if ansi.Strip(s) != "480袋" {
					t.Errorf("%s: role %d changes the text: %q", p, role, s)
				}
				if strings.Contains(s, "\x1b") && !strings.HasSuffix(s, "\x1b[0m") {
					t.Errorf("%s: role %d does not end: %q", p, role, s)
				}
			}
			if s := th.Paint(Text, "x"); s != "x" {
				t.Errorf("%s: plain text is %q", p, s)
			}
			if s := th.Paint(-1, "x") + th.Paint(roleCount, "x"); s != "xx" {
				t.Errorf("%s: an unknown role is %q", p, s)
			}
		}
	}
}

func TestLateStandsOut(t *testing.T) {
	t.Parallel()
	for _, p := range Palettes() {
		th := New(p, termenv.ANSI256)
		late, near, plain := th.Paint(Late, "x"), th.Paint(Near, "x"), th.Paint(Text, "x")
		if p != Plain && late == plain || p != Plain && late == near {
			t.Errorf("%s: late %q, near %q, text %q", p, late, near, plain)
		}
	}
}

func TestFromEnv(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wanted  Palette
		env     map[string]string
		palette Palette
		colour  bool
		sign    bool // anything at all
	}{
		{"", map[string]string{"TERM": "xterm-256color"}, Auto, true, true},
		{Light, map[string]string{"TERM": "xterm"}, Light, true, true},
		{"", map[string]string{"TERM": "xterm-256color", "NO_COLOR": "1"}, Mono, false, true},
		{Dark, map[string]string{"TERM": "dumb"}, Plain, false, false},
		{Dark, nil, Plain, false, false},
		{"nonsense", map[string]string{"TERM": "xterm", "COLORTERM": "truecolor"}, Auto, true, true},
	} {
		th := FromEnv(c.wanted, func(k string) string { return c.env[k] })
		if th.Palette() != c.palette {
			t.Errorf("%+v: palette %s", c, th.Palette())
		}
		late := th.Paint(Late, "x")
		if coloured := strings.Contains(late, "3") || strings.Contains(late, "9"); coloured != c.colour {
			t.Errorf("%+v: late is %q", c, late)
		}
		if (late != "x") != c.sign {
			t.Errorf("%+v: late is %q", c, late)
		}
	}
}

func TestDarkBackground(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"": true, "15;0": true, "0;15": false, "0;default;7": false, "12;8": true, "x": true} {
		if got := darkBackground(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}
