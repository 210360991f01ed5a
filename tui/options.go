// Package tui is the root of the terminal desk: it owns the program and the
// terminal, routes keys and results to the views, and draws the frame around them.
package tui

import (
	"context"
	"io"
	"log/slog"
	"os"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
)

// ViewSet makes the views. A numbered view that is missing here is shown nowhere.
type ViewSet struct {
	Numbered map[ui.ViewID]func(*ui.Env) ui.View
	Case     func(*ui.Env, domain.CaseID) ui.View
	Store    func(*ui.Env, domain.StoreCode) ui.View
	Order    func(*ui.Env, domain.OrderID) ui.View
	History  func(*ui.Env, domain.StoreCode, domain.OrderID) ui.View
	Entry    func(*ui.Env, ui.OpenEntry) ui.View
	Correct  func(*ui.Env, ui.OpenCorrection) ui.View
	Handover func(*ui.Env) ui.View // what one shift hands the next
	Product  func(*ui.Env, domain.ProductCode) ui.View
	Find     func(*ui.Env) ui.View // drawn as a box where it is ui.Boxed
}

// HeldCase is a case the person still holds when leaving.
type HeldCase struct {
	ID     domain.CaseID
	Text   string // what it is, in a line: order number, store, kind
	TextEn string
}

// Hint is news from the database: that something changed, or how the line is.
type Hint struct {
	Topic   string       // what changed; "" for none
	All     bool         // news may have been lost: read everything
	State   ui.ConnState // of the line, where IsState is set
	IsState bool
}

// Options is what the desk needs from the program.
type Options struct {
	Views  ViewSet
	Me     domain.Staff
	Zone   *time.Location
	Lang   text.Lang
	Theme  *theme.Theme
	Glyphs cell.Glyphs
	Log    *slog.Logger
	Clock  func() time.Time // nil: the machine's
	Timer  ui.Timer         // nil: the machine's

	// Status reads the status line. It is called at the start, after each hint and
	// with the heartbeat.
	Status func(context.Context) (ui.Status, error)
	// Hints carries news; the channel may be closed. nil: none come.
	Hints <-chan Hint
	// Held lists what the person holds, for leaving; GiveBack hands cases back.
	Held     func(context.Context) ([]HeldCase, error)
	GiveBack func(context.Context, []domain.CaseID) error

	// SetAway tells that the person goes away from the desk, or is back. nil: they cannot.
	SetAway func(ctx context.Context, away bool) error

	In  io.Reader // nil: the terminal
	Out *os.File  // nil: standard output
}
