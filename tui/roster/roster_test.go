package roster_test

import (
	"fmt"
	"testing"

	"cleardesk/tui/text"
)

func TestTheRosterIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, drawn(), manager(), s[0], s[1])
			w.Press("down", "down", "down", "down", "right", "right", "right")
			golden(t, fmt.Sprintf("week-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
			if s[0] == 80 {
				w.Press("tab")
				golden(t, fmt.Sprintf("now-%s-%dx%d", lang, s[0], s[1]), w.Frame())
				w.Press("tab")
				golden(t, fmt.Sprintf("hours-%s-%dx%d", lang, s[0], s[1]), w.Frame())
				w.Press("tab")
			}
			w.Press("ctrl+s")
			golden(t, fmt.Sprintf("publish-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
		}
	}
}
