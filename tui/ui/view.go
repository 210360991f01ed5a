// Package ui is the seam between the root of the desk and its views: what a view
// is, what it is given, and the messages by which it asks for what is not its own.
// A view never sees the program, the terminal or another view.
package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
)

// View is one screen. Its methods are called by the root in one goroutine only.
// Update does no I/O: reading and writing happen in commands made by Load, whose
// closures hold copies of values and never touch the view.
type View interface {
	// Init is called once, after the first SetSize.
	Init() tea.Cmd
	// Update gets keys.Press for keys (never tea.KeyMsg), the view's own addressed
	// results, and the messages of this package that concern it.
	Update(msg tea.Msg) tea.Cmd
	// View draws exactly the cells of the last SetSize. It changes nothing.
	View() string
	// SetSize gives the room between the root's head and its message lines.
	SetSize(w, h int)
	// Title names the screen as it stands, for the help.
	Title() string
	// Keys are what works now, the most useful first, for the key line.
	Keys() []keys.Hint
	// Message is what the view itself has to say now: shown above the key line
	// while the root has no newer result to show.
	Message() []cell.Line
	// Menu is what can be done with the row under the cursor.
	Menu() Menu
	// CapturesText is true while a text field of the view has the cursor: letters,
	// digits and editing keys then come as keys.Input.
	CapturesText() bool
	// Asks is true while a question of the view stands: every key but those that
	// leave, suspend and redraw then goes to the view.
	Asks() bool
}

// Base gives a view the answers of one that has nothing special; embed it and
// override what differs.
type Base struct{ W, H int }

// SetSize keeps the size.
func (b *Base) SetSize(w, h int) { b.W, b.H = w, h }

// Keys has none.
func (b *Base) Keys() []keys.Hint { return nil }

// Message has none.
func (b *Base) Message() []cell.Line { return nil }

// Menu has no entries.
func (b *Base) Menu() Menu { return Menu{} }

// CapturesText is false.
func (b *Base) CapturesText() bool { return false }

// Asks is false.
func (b *Base) Asks() bool { return false }

// Footer is a view that keeps more than one message line above the key line. The
// number may change; the root then gives a new size.
type Footer interface{ FootLines() int }

// TextCursor is a view that tells where its text cursor stands, in cells of its
// own area from 0, so that an input method opens its window there.
type TextCursor interface {
	TextCursor() (x, y int, ok bool)
}

// Closer is a view that has something to do when it is left for good, such as
// keeping a draft. The command runs after the view is gone.
type Closer interface{ Close() tea.Cmd }

// Boxed is a view drawn as a box over the screen beneath: Find. It tells how much
// of the room it wants.
type Boxed interface {
	Box(maxW, maxH int) (w, h int)
}

// Menu is the action menu of a view: what can be done with its row.
type Menu struct {
	Title string // the row: "1123-0412 Chaoyang  Amount +1"
	Acts  []Act  // in any order; their digits are fixed
	Rest  []Act  // what the view adds under 0
	Copy  string // the number that copying takes
}

// Act is an entry of the action menu. Choosing it sends the view the same
// keys.Press as its key would.
type Act struct {
	Action keys.Action
	Name   string // where set, instead of the catalog's: "give back"
	Off    string // why it cannot be chosen now; "" where it can
}

// ViewID names a numbered view.
type ViewID string

// The numbered views.
const (
	Queue      ViewID = "queue"
	Deliveries ViewID = "deliveries"
	Returns    ViewID = "returns"
	Catalogue  ViewID = "catalogue"
	Roster     ViewID = "roster"
	Settlement ViewID = "settlement"
	Reports    ViewID = "reports"
	Counts     ViewID = "counts"
	Training   ViewID = "training"
)

// Handover is no numbered view: showing it opens it over the present one.
const Handover ViewID = "handover"

// Numbered lists the numbered views: the first has the number 1.
func Numbered() []ViewID {
	return []ViewID{Queue, Deliveries, Returns, Catalogue, Roster, Settlement, Reports, Counts, Training}
}

// Helper is a view that adds to its help, such as its procedure.
type Helper interface{ HelpLines() []cell.Line }
