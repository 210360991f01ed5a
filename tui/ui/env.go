package ui

import (
	"context"
	"log/slog"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
)

// Desk is what all views share. The root changes Text, Status and Conn between
// updates; views read them when they draw and never keep what they read.
type Desk struct {
	Text   *text.Catalog
	Theme  *theme.Theme
	Glyphs cell.Glyphs
	Clock  func() time.Time
	Timer  Timer
	Zone   *time.Location
	Me     domain.Staff
	Views  []ViewID // the numbered views there are
	Status Status
	Conn   Conn
	Log    *slog.Logger

	ctx context.Context // ends with the program; every Load stands under it
}

// Timer makes a command that comes back after d with what fn gives; tests put their
// own clock behind it.
type Timer func(d time.Duration, fn func(time.Time) tea.Msg) tea.Cmd

// NewDesk makes what views share. ctx ends when the program does.
func NewDesk(ctx context.Context, d Desk) *Desk {
	d.ctx = ctx
	if d.Clock == nil {
		d.Clock = time.Now
	}
	if d.Timer == nil {
		d.Timer = tea.Tick
	}
	if d.Zone == nil {
		d.Zone = time.Local
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Text == nil {
		d.Text = text.For(text.English)
	}
	if d.Theme == nil {
		d.Theme = theme.New(theme.Plain, 0)
	}
	if d.Glyphs == (cell.Glyphs{}) {
		d.Glyphs = cell.Unicode()
	}
	return &d
}

// Env is what one view is given: what all share, and its own address.
type Env struct {
	*Desk
	Page Page
}

// Page is the address of a view that lives: results come back to it wherever the
// person has gone meanwhile.
type Page string

// NewEnv gives a view its address.
func NewEnv(d *Desk, p Page) *Env { return &Env{Desk: d, Page: p} }

// Now is the time by the desk's clock in the platform's zone.
func (d *Desk) Now() time.Time { return d.Clock().In(d.Zone) }

// MyName is the person's name in the desk's language.
func (d *Desk) MyName() string { return d.Text.Person(d.Me.Name, d.Me.NameEn, d.Me.Login) }

// Status is what the status line tells. The zero value says nothing is known yet.
type Status struct {
	Next      NextMoment // the next moment of the platform's day
	HeldCount int        // orders held
	HeldMoney domain.Money
	OnDuty    int       // people on duty and at a desk
	Away      time.Time // since when I am away from the desk; zero: I am not
	ShiftEnds time.Time // when my shift ends; zero: I have none now
	Shift     string    // my hours today: "09-15"; "" where none are known

	JudgedTo  time.Time // everything that came before is judged
	Unjudged  int       // orders that wait for the judge longer than they should
	Oldest    time.Duration
	Counts    map[ViewID]int // what stands in brackets at a tab
	UpdatedAt time.Time      // when this was read
}

// NextMoment is a moment of the platform's day.
type NextMoment struct {
	What domain.MomentKind // WindowOpens, or one of domain's; "" where none is left today
	At   time.Time
}

// WindowOpens is the moment stores may order from; no case waits for it, so domain
// does not list it.
const WindowOpens domain.MomentKind = "window_opens"

// Conn is the state of the line to the database.
type Conn struct {
	State  ConnState
	Since  time.Time // since when it is in this state
	DataAt time.Time // when the data on the screen was read last
}

// ConnState tells whether news arrive.
type ConnState int

// The states of the line. Connecting is the start.
const (
	Connecting ConnState = iota
	Live
	Reconnecting
	Down
)
