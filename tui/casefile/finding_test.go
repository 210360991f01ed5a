package casefile_test

import (
	"slices"
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
