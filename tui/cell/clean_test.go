package cell_test

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/width"
	"pgregory.net/rapid"

	"cleardesk/tui/cell"
	"cleardesk/tui/tuitest"
)

func TestCleanMakesVisible(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"望京店 S031 480袋 ¥38,400", "望京店 S031 480袋 ¥38,400"},
		{"a\x1b[31mb", "a␛[31mb"},
		{"a\r\nb\tc\x00\x07\x7f", "a␍␊b␉c␀␇␡"},
		{"\u009b31m", "\uFFFD31m"},
		{"a\u202eb\u2066c\u200bd\u00ade\u2028f", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf"},
		{"\xffx", "\uFFFDx"},
		{"a\u00a0b\u2003c\u3000d", "a b c\u3000d"},
		{"“引” ‘a’ — … · × ± °", `"引" 'a' - .. . x +- o`},
		{"①⑳ Ⅱ ℃ № ² ½", "(1)(20) II oC No. ^2  1/2"},
		{"── │", "-- |"},
		{"café", "cafe\u0301"},
		{"\u0301a", "\uFFFDa"},
		{"e\u0301\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301\uFFFD\uFFFD"},
		{"\U0001F1E8\U0001F1F3", "\uFFFD\uFFFD"},
		{"❤\ufe0f", "❤\uFFFD"},
		{"👍🏽", "👍\uFFFD"},
		{"МИР", "\uFFFD\uFFFD\uFFFD"},
		{"\ue000\U000e0041", "\uFFFD\uFFFD"},
	} {
		if got := cell.Clean(c.in); got != c.want {
			t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// check holds what must be true of every clean text.
func check(t interface{ Fatalf(string, ...any) }, in string) {
	out := cell.Clean(in)
	if !utf8.ValidString(out) {
		t.Fatalf("Clean(%q) is not UTF-8: %q", in, out)
	}
	if again := cell.Clean(out); again != out {
		t.Fatalf("Clean(%q) is not at rest: %q then %q", in, out, again)
	}
	if s := ansi.Strip(out); s != out {
		t.Fatalf("Clean(%q) holds a sequence: %q", in, out)
	}
	sum := 0
	for _, r := range out {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
			t.Fatalf("Clean(%q) holds %U", in, r)
		}
		w := 1
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.Is(unicode.Mn, r) && kind != width.EastAsianWide:
			w = 0
		case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
			w = 2
		case kind == width.EastAsianAmbiguous && r != utf8.RuneError:
			t.Fatalf("Clean(%q) holds ambiguous %U", in, r)
		}
		sum += w
	}
	// Terminals that know clusters and terminals that do not agree on the width.
	if g := ansi.StringWidth(out); g != sum || cell.Width(out) != sum {
		t.Fatalf("Clean(%q) = %q has %d cells by clusters, %d by runes, %d by Width", in, out, g, sum, cell.Width(out))
	}
}

func TestCleanHoldsForAnything(t *testing.T) {
	t.Parallel()
	for _, s := range tuitest.Hostile() {
		check(t, s)
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		check(t, "a"+string(r)+"b")
		if r > 0x32000 && (r < 0xe0000 || r > 0xe0200) {
			r += 250 // no characters but private ones; a few of them will do
		}
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.String().Draw(t, "text")) })
}

func FuzzClean(f *testing.F) {
	for _, s := range tuitest.Hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { check(t, s) })
}

func TestFitIsExact(t *testing.T) {
	t.Parallel()
	texts := tuitest.Hostile()
	rapid.Check(t, func(t *rapid.T) {
		s := cell.Clean(rapid.SampledFrom(texts).Draw(t, "seed") + rapid.String().Draw(t, "text"))
		w := rapid.IntRange(0, 30).Draw(t, "w")
		for name, got := range map[string]string{"Fit": cell.Fit(s, w), "FitRight": cell.FitRight(s, w)} {
			if ansi.StringWidth(got) != w {
				t.Fatalf("%s(%q, %d) = %q has %d cells", name, s, w, got, ansi.StringWidth(got))
			}
		}
	})
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"Shijingshan", 10, "Shijingsh~"},
		{"Wangjing", 8, "Wangjing"},
		{"望京店", 5, "望京~"},
		{"望京店", 6, "望京店"},
		{"望京店", 4, "望~"},
		{"望", 1, "~"},
		{"a", 0, ""},
		{"ab", -1, ""},
	} {
		if got := cell.Cut(c.in, c.w); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	got := cell.Wrap("one two three four five", 9, 2)
	if len(got) != 2 || got[0] != "one two" || got[1] != "three fo~" {
		t.Errorf("got %q", got)
	}
	for _, l := range cell.Wrap("数量剧增数量剧增数量剧增", 9, 5) {
		if cell.Width(l) > 9 {
			t.Errorf("line %q is too wide", l)
		}
	}
}
