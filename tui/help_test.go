package tui_test

import (
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/text"
)

// From any screen the help has a page of all kinds; every line of it can be reached, and
// each kind's stands in it.
func TestHelpHasAPageOfTheKinds(t *testing.T) {
	t.Parallel()
	for lang, keys := range map[text.Lang]string{text.English: "tab the thirteen kinds", text.Chinese: "tab 十三类异常"} {
		w := newWorld(t, lang, 80, 24)
		w.Press("f1")
		w.Sees(keys)
		w.Press("tab")
		c := text.For(lang)
		w.Sees(c.Desk.HelpTitle(c.Helps.AllKinds), c.KindLong(domain.Exchange))
		w.Press("end")
		w.Sees(c.KindLong(domain.Return))
		w.Press("home", "tab")
		w.Lacks(c.KindLong(domain.Exchange))
		w.Sees(keys)
		w.Press("esc")
		w.Lacks(keys)
	}
}
