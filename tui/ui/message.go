package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/domain"
	"cleardesk/tui/keys"
)

// Send makes a command of a message, for the messages below.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// What a view asks of the root. Return them by Send.
type (
	// Show switches to a numbered view.
	Show struct{ View ViewID }
	// OpenCase opens the guided form of a case. With Replace it takes the place of the
	// screen that asks, so that one step back leads to where that one was opened.
	OpenCase struct {
		ID      domain.CaseID
		Replace bool
	}
	// OpenStore opens the store on the phone.
	OpenStore struct{ Code domain.StoreCode }
	// OpenOrder opens an order.
	OpenOrder struct{ ID domain.OrderID }
	// OpenHistory opens the history of a store, with the cursor on an order; 0: on its
	// last.
	OpenHistory struct {
		Store domain.StoreCode
		Order domain.OrderID
	}
	// OpenEntry opens the form in which what a store reports is entered. Order, where
	// it is told, is already chosen. What is the number of what the store says, as the
	// store's screen numbers it from 1; 0: the form asks.
	OpenEntry struct {
		Store domain.StoreCode
		Order domain.OrderID
		What  int
	}
	// OpenCorrection opens the correction of a product; Case is what called for it, 0:
	// nothing did. What is to be corrected, empty: what most of the open cases call for.
	OpenCorrection struct {
		Product domain.ProductCode
		Case    domain.CaseID
		What    domain.CorrectionKind
		Status  domain.ProductStatus // of a listing
		Counted *domain.Quantity     // of a stock, where it was counted
		At      time.Time            // and when
	}
	// OpenHandover opens what one shift hands the next.
	OpenHandover struct{}
	// OpenProduct opens what is known of a product, and its history.
	OpenProduct struct{ Code domain.ProductCode }
	// OpenFind opens the find box over whatever is on the screen.
	OpenFind struct{}
	// Back closes the screen or box that asks. On the first screen it does nothing and
	// says so.
	Back struct{}
	// Say shows a line above the key line until the next key.
	Say struct {
		Text string // plain, in the person's language
		Tone Tone
	}
	// CopyText puts text on the clipboard of the person's terminal.
	CopyText struct{ Text string }
)

// Tone is what kind of message a line is.
type Tone int

// The tones of a message. A Problem starts with "!".
const (
	Result Tone = iota
	Note
	Problem
)

// What the root tells views.
type (
	// Shown tells a view that it is on the screen, the first time and each time again.
	// Stale is set when something changed while it was hidden.
	Shown struct{ Stale bool }
	// Changed tells the view on the screen that data changed. It is a hint: read again.
	// All is set when hints may have been lost and everything must be read.
	Changed struct {
		Topics []string
		All    bool
	}
	// CaseWritten tells every view that a case was written by this desk. The form
	// sends it, the queue moves its cursor to the next row.
	CaseWritten struct{ ID domain.CaseID }
	// Tick comes every second to the view on the screen.
	Tick struct{}
)

// Has tells whether one of the topics changed, or all.
func (c Changed) Has(topics ...string) bool {
	if c.All {
		return true
	}
	for _, t := range c.Topics {
		for _, want := range topics {
			if t == want {
				return true
			}
		}
	}
	return false
}

// Done says that something was done.
func Done(text string) tea.Cmd { return Send(Say{Text: text, Tone: Result}) }

// Fail says what went wrong, in the person's words.
func Fail(env *Env, err error) tea.Cmd {
	return Send(Say{Text: env.Text.Error(err), Tone: Problem})
}

// NoSense says that a key does nothing here; for the actions a view does not know.
func NoSense(env *Env, p keys.Press) tea.Cmd {
	if p.Action == keys.None || p.Action == keys.Input {
		return nil
	}
	return Send(Say{Text: env.Text.Desk.NoSense(env.Text.KeyName(keys.Name(p.Action))), Tone: Note})
}
