// Package handover is what one shift hands the next: what is mine, what is handed to me and
// to others, who holds what, what was promised and what comes back. Work is handed over here
// with a note, and taken or refused one by one.
package handover

import (
	"context"
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Store is what the handover reads and writes.
type Store interface {
	Handover(ctx context.Context, with []domain.Department) (domain.Handover, error)
	OfferWork(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo, to domain.Login, note string) (domain.Offered, error)
	HandOn(ctx context.Context, op uuid.UUID, person domain.Login, cases []domain.CaseID, to domain.Login, note string) ([]domain.Offered, error)
	AnswerOffer(ctx context.Context, op uuid.UUID, task domain.TaskID, take bool, reason string) (domain.OfferAnswer, error)
}

const (
	readLimit  = 8 * time.Second
	writeLimit = 30 * time.Second
)

// part is one part of the handover.
type part int

const (
	partMine part = iota
	partForMe
	partOffered
	partHeld
	partPromised
	partBack
	parts
)

// item is a row: a case, an offer of one, or a promise about one.
type item struct {
	part    part
	row     domain.QueueRow
	offer   domain.Offer
	promise domain.PromiseOpen
}

// id tells items apart over readings.
func (i item) id() string {
	if i.part == partPromised {
		return "p" + strconv.FormatInt(i.promise.ID, 10)
	}
	return strconv.Itoa(int(i.part)) + " " + strconv.FormatInt(int64(i.row.Case), 10)
}

type (
	read domain.Handover
	done struct {
		said   string
		failed error
		wrote  int
		not    int
	}
)

// View is the handover. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store

	read   domain.Handover
	came   bool
	items  []item
	cursor int
	marked map[string]bool
	gen    ui.Gen
	actGen ui.Gen
	busy   bool

	ask  *dialog.Ask
	then func(a *dialog.Ask) tea.Cmd // writes what was asked for
}

// New makes the handover of the departments the person works in; a manager's is that of all.
func New(env *ui.Env, store Store) *View {
	return &View{env: env, store: store, marked: map[string]bool{}}
}

// Init reads it.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Hand.Name }

// CapturesText is true while a note is typed.
func (v *View) CapturesText() bool { return v.ask != nil && v.ask.Typing() }

// Asks is true while a question stands.
func (v *View) Asks() bool { return v.ask != nil }

// FootLines is how many lines the messages take.
func (v *View) FootLines() int {
	if v.ask != nil {
		return 3
	}
	return 1
}

// TextCursor is where the field of a question stands in the message lines.
func (v *View) TextCursor() (x, y int, ok bool) {
	if !v.CapturesText() {
		return 0, 0, false
	}
	x, line := v.ask.Cursor(v.W)
	return x, v.H + line, true
}

// Update takes keys, results and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[read]:
		return v.readCame(msg)
	case ui.Loaded[done]:
		return v.doneCame(msg)
	case widget.Drawn:
		if v.ask != nil {
			v.ask.Seen(msg)
		}
	case ui.Changed:
		if msg.Has("queue") {
			return v.reload()
		}
	case ui.Shown:
		if msg.Stale {
			return v.reload()
		}
	case ui.CaseWritten:
		return v.reload()
	}
	return nil
}

func (v *View) departments() []domain.Department {
	if v.env.Me.Has(domain.RoleManager) {
		return nil
	}
	var out []domain.Department
	for _, r := range v.env.Me.Roles {
		out = append(out, r.Department())
	}
	return out
}

func (v *View) reload() tea.Cmd {
	store, with := v.store, v.departments()
	return ui.Load(v.env, v.gen.Next(), "read handover", readLimit, func(ctx context.Context) (read, error) {
		h, err := store.Handover(ctx, with)
		return read(h), err
	})
}

// readCame takes the rows in; the cursor stays on its row, else at its place.
func (v *View) readCame(msg ui.Loaded[read]) tea.Cmd {
	if msg.Gen != v.gen {
		return nil
	}
	if msg.Err != nil {
		return ui.FailRead(v.env, msg.Err)
	}
	was := ""
	if i, ok := v.current(); ok {
		was = i.id()
	}
	v.read, v.came = domain.Handover(msg.Value), true
	v.items = v.lay()
	there := map[string]bool{}
	for n, i := range v.items {
		if i.id() == was {
			v.cursor = n
		}
		there[i.id()] = v.marked[i.id()]
	}
	v.marked = there
	v.cursor = max(0, min(v.cursor, len(v.items)-1))
	return nil
}

// lay puts what was read in the order of the parts.
func (v *View) lay() []item {
	var out []item
	for _, r := range v.read.Mine {
		out = append(out, item{part: partMine, row: r})
	}
	var others []item
	for _, o := range v.read.Offers {
		if i := (item{part: partForMe, row: o.Row, offer: o}); o.Mine(v.env.Me.Login) {
			out = append(out, i)
		} else {
			i.part = partOffered
			others = append(others, i)
		}
	}
	out = append(out, others...)
	for _, r := range v.read.Held {
		out = append(out, item{part: partHeld, row: r})
	}
	for _, p := range v.read.Promises {
		out = append(out, item{part: partPromised, promise: p})
	}
	for _, r := range v.read.Snoozed {
		out = append(out, item{part: partBack, row: r})
	}
	return out
}

func (v *View) current() (item, bool) {
	if v.cursor < 0 || v.cursor >= len(v.items) {
		return item{}, false
	}
	return v.items[v.cursor], true
}

// count is how many rows a part has.
func (v *View) count(p part) int {
	n := 0
	for _, i := range v.items {
		if i.part == p {
			n++
		}
	}
	return n
}
