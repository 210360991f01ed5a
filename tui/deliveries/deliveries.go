// Package deliveries is the logistics centre's day (§4.4.1): the platform's own count of a
// business day beside what is here, what would be missed and where it goes, who signed; and
// what runs late.
package deliveries

import (
	"context"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Store is what the deliveries read and write.
type Store interface {
	DeliveryDay(ctx context.Context, day time.Time) (domain.DeliveryDay, error)
	LateDeliveries(ctx context.Context) ([]domain.LateDelivery, error)
	PlanDelivery(ctx context.Context, op uuid.UUID, p domain.PlannedDelivery) error
	MarkRow(ctx context.Context, op uuid.UUID, m domain.RowMark) error
	SignDay(ctx context.Context, op uuid.UUID, day time.Time, seen domain.DaySeen) error
}

const (
	readLimit  = 10 * time.Second
	writeLimit = 60 * time.Second
	fieldLimit = 80
)

// What a load brings.
type (
	dayRead  struct{ day domain.DeliveryDay }
	lateRead struct{ rows []domain.LateDelivery }
)

// part is what the screen shows: the daily check, or what runs late.
type part int

const (
	theCheck part = iota
	theLate
)

// View is the deliveries. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store

	day     time.Time // midnight UTC, as business days are written
	read    *domain.DeliveryDay
	rows    map[string]*domain.DeliveryRow
	late    []domain.LateDelivery
	lates   map[string]*domain.LateDelivery
	part    part
	lists   [2]*widget.List[string]
	hidden  int
	gen     ui.Gen
	lateGen ui.Gen
	actGen  ui.Gen

	filter  *widget.Field
	editing bool
	before  string

	ask     *asked
	results *results // of an act on several rows, nil: none
}

// New makes the deliveries of today.
func New(env *ui.Env, store Store) *View {
	return &View{
		env: env, store: store, day: today(env), filter: widget.NewField(fieldLimit), rows: map[string]*domain.DeliveryRow{},
		lates: map[string]*domain.LateDelivery{}, lists: [2]*widget.List[string]{widget.NewList[string](), widget.NewList[string]()},
	}
}

// today is the platform's business day now.
func today(env *ui.Env) time.Time {
	y, m, d := env.Now().In(env.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Init reads the day and what runs late.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Deliver.Name }

// CapturesText is true while the filter or an answer is typed.
func (v *View) CapturesText() bool { return v.editing || v.ask != nil && v.ask.Typing() }

// Asks is true while a question stands.
func (v *View) Asks() bool { return v.ask != nil }

// FootLines is how many lines the messages take.
func (v *View) FootLines() int {
	if v.ask != nil {
		return 3
	}
	return 1
}

// TextCursor is where the text cursor stands: below the area, in the message lines.
func (v *View) TextCursor() (x, y int, ok bool) {
	switch {
	case v.ask != nil && v.ask.Typing():
		x, y = v.ask.Cursor(v.W)
		return x, v.H + y, true
	case v.editing:
		return 3 + v.filter.CursorX(v.filterRoom()), v.H, true
	}
	return 0, 0, false
}

func (v *View) filterRoom() int { return min(50, v.W-6) }

// SetSize divides the room.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	v.list().SetHeight(v.listHeight())
}

// Update takes keys, results and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[dayRead]:
		return v.dayCame(msg)
	case ui.Loaded[lateRead]:
		return v.lateCame(msg)
	case ui.Loaded[[]result]:
		return v.writtenCame(msg)
	case widget.Drawn:
		if v.ask != nil {
			v.ask.Seen(msg)
		}
	case ui.Changed:
		if msg.Has("queue", "decisions") {
			return v.reload()
		}
	case ui.CaseWritten:
		return v.reload()
	case ui.Shown:
		if msg.Stale {
			return v.reload()
		}
	}
	return nil
}

func (v *View) reload() tea.Cmd {
	store, day := v.store, v.day
	return tea.Batch(
		ui.Load(v.env, v.gen.Next(), "read deliveries", readLimit, func(ctx context.Context) (dayRead, error) {
			d, err := store.DeliveryDay(ctx, day)
			return dayRead{d}, err
		}),
		ui.Load(v.env, v.lateGen.Next(), "read late deliveries", readLimit, func(ctx context.Context) (lateRead, error) {
			rows, err := store.LateDeliveries(ctx)
			return lateRead{rows}, err
		}))
}

func (v *View) dayCame(msg ui.Loaded[dayRead]) tea.Cmd {
	if msg.Gen != v.gen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	fresh := v.read == nil || !v.read.Day.Equal(msg.Value.day.Day)
	d := msg.Value.day
	v.read = &d
	v.arrange(theCheck, fresh)
	return nil
}

func (v *View) lateCame(msg ui.Loaded[lateRead]) tea.Cmd {
	if msg.Gen != v.lateGen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	v.late = msg.Value.rows
	v.arrange(theLate, false)
	return nil
}

// rowKey names a row of the check, lateKey one of those that run late.
func rowKey(r *domain.DeliveryRow) string { return string(r.What) + "/" + string(r.No) }

func lateKey(r *domain.LateDelivery) string { return "late/" + string(r.No) }

// arrange puts the rows of a part that fit the filter into its list.
func (v *View) arrange(p part, anew bool) {
	words := strings.Fields(strings.ToLower(v.filter.Value()))
	var ids []string
	hidden := 0
	add := func(key, text string) {
		for _, w := range words {
			if !strings.Contains(strings.ToLower(text), w) {
				hidden++
				return
			}
		}
		ids = append(ids, key)
	}
	if p == theCheck && v.read != nil {
		v.rows = map[string]*domain.DeliveryRow{}
		for i := range v.read.Rows {
			r := &v.read.Rows[i]
			v.rows[rowKey(r)] = r
			add(rowKey(r), strings.Join([]string{string(r.No), string(r.Store), r.Name, r.NameEn, v.env.Text.Deliver.Whats[r.What], v.clue(r)}, " "))
		}
	}
	if p == theLate {
		v.lates = map[string]*domain.LateDelivery{}
		for i := range v.late {
			r := &v.late[i]
			v.lates[lateKey(r)] = r
			add(lateKey(r), strings.Join([]string{string(r.No), string(r.Store), r.Name, r.NameEn, v.stage(r)}, " "))
		}
	}
	if p == v.part {
		v.hidden = hidden
	}
	l := v.lists[p]
	if p == v.part {
		l.SetHeight(v.listHeight())
	}
	if anew {
		l.Reset(ids)
		return
	}
	at, _ := l.Cursor()
	l.Set(ids)
	l.Refresh()
	l.To(at)
}

// list is the list of the part that is shown.
func (v *View) list() *widget.List[string] { return v.lists[v.part] }

// current is the row of the check under the cursor, currentLate the late one.
func (v *View) current() *domain.DeliveryRow {
	id, ok := v.list().Cursor()
	if !ok || v.part != theCheck {
		return nil
	}
	return v.rows[id]
}

func (v *View) currentLate() *domain.LateDelivery {
	id, ok := v.list().Cursor()
	if !ok || v.part != theLate {
		return nil
	}
	return v.lates[id]
}

// asked is a question with what is written once it is answered, one after the other.
type asked struct {
	*dialog.Ask

	write func(a *dialog.Ask) []task
	said  func(a *dialog.Ask) string // of one that was done
}

// task is one write of an act: name says of what, with a key of its own that is the same
// when it is sent again.
type task struct {
	name string
	do   func(ctx context.Context, op uuid.UUID) error
}
