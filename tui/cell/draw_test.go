package cell_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"golang.org/x/text/width"
	"pgregory.net/rapid"

	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
)

func TestLinesAreExact(t *testing.T) {
	t.Parallel()
	themes := []*theme.Theme{theme.New(theme.Dark, termenv.TrueColor), theme.New(theme.Plain, termenv.Ascii)}
	span := rapid.Custom(func(t *rapid.T) cell.Span {
		return cell.Span{
			Text: rapid.SampledFrom(tuitest.Hostile()).Draw(t, "seed") + rapid.String().Draw(t, "text"),
			Role: theme.Role(rapid.IntRange(-1, 20).Draw(t, "role")),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		l := cell.Line{
			Left:  rapid.SliceOfN(span, 0, 4).Draw(t, "left"),
			Right: rapid.SliceOfN(span, 0, 2).Draw(t, "right"),
			Over:  theme.Role(rapid.IntRange(0, 13).Draw(t, "over")),
		}
		w := rapid.IntRange(1, 60).Draw(t, "w")
		for _, th := range themes {
			if err := cell.CheckFrame(l.Render(th, w), w, 1); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestLineKeepsItsRightAndSaysWhatIsCut(t *testing.T) {
	t.Parallel()
	th := theme.New(theme.Plain, termenv.Ascii)
	for _, c := range []struct {
		line cell.Line
		w    int
		want string
	}{
		{cell.Sides("left", "right"), 12, "left   right"},
		{cell.Sides("left and more", "right"), 12, "left ~ right"},
		{cell.Of(cell.Span{Text: "1234"}, cell.Span{Text: "5678"}), 8, "12345678"},
		{cell.Of(cell.Span{Text: "1234"}, cell.Span{Text: "5678"}), 4, "123~"},
		{cell.Of(cell.Span{Text: "1234"}, cell.Span{Text: "  "}), 4, "1234"},
		{cell.Of(cell.Span{Text: "望京"}, cell.Span{Text: "店"}), 5, "望京~"},
	} {
		if got := c.line.Render(th, c.w); got != c.want {
			t.Errorf("%+v in %d: %q, want %q", c.line, c.w, got, c.want)
		}
	}
}

func TestCheckFrameFindsFaults(t *testing.T) {
	t.Parallel()
	good := "\x1b[1;31mab\x1b[0m\n\x1b[mcd"
	if err := cell.CheckFrame(good, 2, 2); err != nil {
		t.Errorf("good frame: %v", err)
	}
	for _, bad := range []string{
		"ab", "ab\ncd\nef", "ab\ncde", "ab\nc", "ab\n\x1b[Hcd", "ab\n\x1b]0;x\x07cd", "ab\nc\x07d", "ab\n\u202ecd", "ab\n\x9bcd", "ab\n\x1b[31",
	} {
		if cell.CheckFrame(bad, 2, 2) == nil {
			t.Errorf("frame %q passed", bad)
		}
		if err := cell.CheckFrame(cell.ClipFrame(bad, 2, 2), 2, 2); err != nil {
			t.Errorf("clipped %q: %v", bad, err)
		}
	}
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	base := []string{"望京店望京店", "\x1b[31mabcdefghijkl\x1b[0m", "------------"}
	got := cell.Overlay(base, []string{"[##]", "[##]"}, 3, 0)
	want := []string{"望 [##] 京店", "abc[##]hijkl", "------------"}
	for i := range want {
		if plain := ansi.Strip(got[i]); plain != want[i] || ansi.StringWidth(got[i]) != 12 {
			t.Errorf("line %d: %q, want %q", i, plain, want[i])
		}
	}
	if out := cell.Overlay(base, []string{"x", "y"}, 0, 2); len(out) != 3 {
		t.Errorf("a box that hangs over made %d lines", len(out))
	}
}

func TestCurve(t *testing.T) {
	t.Parallel()
	u, a := cell.Unicode(), cell.ASCII()
	var steady []int64
	for range 25 {
		steady = append(steady, 4220)
	}
	drawn := []int64{1, 1, 1, 5, 1, 1, 1, 1, 5, 1, 1, 1, 1, 9}
	for _, c := range []struct {
		g      cell.Glyphs
		values []int64
		w      int
		want   string
	}{
		{u, append(steady, 38400), 13, "⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣸"},
		{u, []int64{0, 1, 2, 3}, 2, "⣠⣾"},
		{u, []int64{7}, 4, "⢀"},
		{u, nil, 4, ""},
		{u, drawn, 0, ""},
		{a, []int64{0, 1, 2, 3}, 4, "_.-^"},
		{a, []int64{5, 0, 1, 2, 3}, 4, "_.-^"},
		{a, []int64{-1 << 63, 1<<63 - 1}, 4, "_^"},
	} {
		if got := c.g.Curve(c.values, c.w, false); got != c.want {
			t.Errorf("Curve(%v, %d) = %q, want %q", c.values, c.w, got, c.want)
		}
	}
	if got := a.Curve([]int64{90, 100, 10}, 4, true); got != "^^_" {
		t.Errorf("from zero: %q", got)
	}
}

func TestGlyphsAreUnambiguousButForLines(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]cell.Glyphs{"unicode": cell.Unicode(), "ascii": cell.ASCII()} {
		all := g.Horizontal + g.Vertical + g.TopLeft + g.TopRight + g.BottomLeft + g.BottomRight +
			g.Curve([]int64{0, 1, 2, 3, 3, 2, 1, 0}, 8, false)
		for _, r := range all {
			amb := width.LookupRune(r).Kind() == width.EastAsianAmbiguous
			if amb && (name == "ascii" || !strings.ContainsRune("─│└┘┌┐", r)) {
				t.Errorf("%s: %c is ambiguous", name, r)
			}
		}
	}
}

func TestGlyphsFromEnv(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env  map[string]string
		want cell.Glyphs
	}{
		{map[string]string{"TERM": "xterm", "LANG": "zh_CN.UTF-8"}, cell.Unicode()},
		{map[string]string{"TERM": "xterm", "LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, cell.ASCII()},
		{map[string]string{"TERM": "linux", "LANG": "en_US.utf8"}, cell.ASCII()},
		{map[string]string{"TERM": "xterm", "LANG": "en_US.utf8", "CLEARDESK_GLYPHS": "ascii"}, cell.ASCII()},
		{map[string]string{"CLEARDESK_GLYPHS": "unicode"}, cell.Unicode()},
	} {
		if got := cell.GlyphsFromEnv(func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%v: %+v", c.env, got)
		}
	}
}

func BenchmarkLine(b *testing.B) {
	th := theme.New(theme.Dark, termenv.ANSI256)
	l := cell.Of(cell.Span{Text: "1时20", Role: theme.Near}, cell.Span{Text: " 店 金额过大+1 朝阳路店   金额38,400 平常3,100-5,200"},
		cell.Span{Text: "    ¥33,200", Role: theme.Late})
	for b.Loop() {
		l.Render(th, 200)
	}
}
