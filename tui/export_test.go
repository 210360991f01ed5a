package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/ui"
)

// LineMsg is the message the relay makes of news of the line.
func LineMsg(s ui.ConnState) tea.Msg { return lineState{state: s} }
