package text_test

import (
	"strings"
	"testing"
	"unicode"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
)

// Every kind has its page: its clauses, what it means, its procedure, how it ends with
// all its outcomes, who does what, its money. Every department that has a part in it is
// named.
func TestEveryKindHasItsHelp(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		c := text.For(lang)
		for i, k := range domain.Kinds() {
			p := c.Helps.Kinds[k]
			if !strings.HasPrefix(p.Clauses, "3.1."+itoa(i+1)) || p.Means == "" || len(p.Steps) < 3 || len(p.Who) == 0 || p.Money == "" {
				t.Errorf("%s %s: %+v", lang, k, p)
			}
			all := ""
			for _, l := range c.Help(k) {
				all += l.Text + "\n"
			}
			for _, o := range domain.Outcomes(k) {
				if c.Helps.Ends[o] == "" || !strings.Contains(all, c.Outcome(string(o))+": "+c.Helps.Ends[o]) {
					t.Errorf("%s %s: outcome %s is not told", lang, k, o)
				}
			}
			if first := c.Department(k.FirstWith()); !strings.Contains(strings.ToLower(strings.Join(p.Who, " ")), first) {
				t.Errorf("%s %s: %q does not say what %s does", lang, k, p.Who, first)
			}
			if lang == text.English && strings.ContainsFunc(all, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: Han in the English help", k)
			}
		}
		if len(c.Helps.Kinds) != len(domain.Kinds()) || c.Help("new_kind") != nil {
			t.Errorf("%s: %d pages", lang, len(c.Helps.Kinds))
		}
	}
}

func itoa(n int) string { return strings.TrimPrefix(domain.Units(int64(n)).Grouped(0), "+") }

// The page of all kinds names each with its department.
func TestThePageOfAllKinds(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		c := text.For(lang)
		heads := 0
		for _, l := range c.HelpKinds() {
			if l.Head {
				heads++
				if cell.Width(l.Text) > 74 {
					t.Errorf("%s: %q is too wide", lang, l.Text)
				}
			}
		}
		if heads != len(domain.Kinds()) {
			t.Errorf("%s: %d kinds", lang, heads)
		}
	}
}
