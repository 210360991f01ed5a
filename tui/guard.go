package tui

import (
	"fmt"
	"log/slog"
	"runtime/debug"

	tea "github.com/charmbracelet/bubbletea"
)

// crashed says that a command died. The stack is in the log; the desk goes on,
// because what the person has typed is worth more than a clean end.
type crashed struct{}

// guard wraps a command, and those it brings with it, so that a panic in one ends
// neither the program nor the terminal's good state: Bubble Tea prints such a stack
// into the alternate screen, where it is lost.
func guard(log *slog.Logger, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer recovered(log, "command", func() { msg = crashed{} })
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			guarded := make(tea.BatchMsg, len(batch))
			for i, c := range batch {
				guarded[i] = guard(log, c)
			}
			return guarded
		}
		return msg
	}
}

// recovered logs a panic with its stack and calls then. It is for defer.
func recovered(log *slog.Logger, where string, then func()) {
	if p := recover(); p != nil {
		log.Error("Panic", "where", where, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		then()
	}
}
