package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// What was opened from a case may end it: coming back there is nothing left to do.
func TestACaseThatEndedElsewhereCloses(t *testing.T) {
	t.Parallel()
	s := open(t, kindDesk(domain.NotOrderable), newMemory(), text.English, lin(), 80, 21)
	s.Send(ui.CaseWritten{ID: 8})
	s.Send(ui.Shown{Stale: true})
	if out := s.Out(); slices.Contains(out, tea.Msg(ui.Back{})) {
		t.Fatalf("another case closed it: %v", out)
	}
	s.Send(ui.CaseWritten{ID: 7})
	s.Send(ui.Shown{Stale: true})
	if out := s.Out(); !slices.Contains(out, tea.Msg(ui.Back{})) {
		t.Errorf("it stays: %v", out)
	}
}

// What procurement finds out itself is no change to look at again; what another does is,
// and by name.
func TestOwnFindingIsNoChange(t *testing.T) {
	t.Parallel()
	for by, want := range map[domain.Login]bool{"wang": true, "lin": false} {
		s := form(t)
		s.Press("1")
		s.desk.file.Row.Version++
		s.desk.file.Notes = append(s.desk.file.Notes, domain.CaseNote{At: s.env.Now(), By: string(by), What: "found"})
		s.desk.file.People = map[domain.Login]domain.PersonName{"wang": {Name: "王磊", NameEn: "Wang Lei"}}
		s.Send(ui.Changed{All: true})
		if got := strings.Contains(s.screen(), "刚有变: 王磊"); got != want {
			t.Errorf("by %s: told of the change: %v\n%s", by, got, s.screen())
		}
	}
}

// Why it was handed over stands on the smallest screen, as long as nothing more urgent
// does; the whole story is a page down.
func TestTheLastWordOfOthersIsSeen(t *testing.T) {
	t.Parallel()
	d := newDesk()
	d.file.Notes = []domain.CaseNote{
		{By: "zheng", What: "not_signed", Text: "先补照片"},
		{By: "lin", What: "note", Text: "照片已要"},
		{By: "zheng", What: "found", Text: "stock no"},
	}
	d.file.People = map[domain.Login]domain.PersonName{"zheng": {Name: "郑爽"}, "lin": {Name: "林梅"}}
	s := open(t, d, newMemory(), text.Chinese, lin(), 80, 20)
	if said := s.screen(); !strings.Contains(said, "郑爽 没签: 先补照片") || strings.Contains(said, "照片已要") || strings.Contains(said, "stock") {
		t.Errorf("not the word of another:\n%s", said)
	}
	for range 20 {
		s.Press("pgdown")
	}
	s.Sees("林梅 记: 照片已要", "> 2 致电")
	for range 20 {
		s.Press("pgup")
	}
	s.Sees("念: 「")
}
