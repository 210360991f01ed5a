// Package training is the operations department's screen: who would gain from training,
// with the evidence, what was done about it, and whether it helped.
package training

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

// Store is what the screen reads and writes.
type Store interface {
	Training(ctx context.Context, first, last time.Time, zone *time.Location) (domain.TrainingFacts, error)
	Train(ctx context.Context, op uuid.UUID, l domain.Lesson) error
}

const (
	readLimit  = 20 * time.Second
	writeLimit = 30 * time.Second
	fieldLimit = 80
)

// What a load brings.
type (
	monthRead struct{ facts domain.TrainingFacts }
	written   struct {
		said   string
		failed error
		wrote  bool
	}
)

// asked is a question with whom its answers are about.
type asked struct {
	*dialog.Ask
	chosen func(a *dialog.Ask) []domain.Trainee
}

// View is the training screen. Its methods run in the root's goroutine.
type View struct {
	ui.Base
	env   *ui.Env
	store Store

	month  time.Time // its first day, midnight UTC
	read   bool
	rows   map[domain.Trainee]*domain.TrainingRow
	order  []domain.Trainee
	needs  int // rows that would gain, and rows with a training
	held   int
	list   *widget.List[domain.Trainee]
	hidden int
	gen    ui.Gen
	actGen ui.Gen

	opened  *opened // the cases of a row, nil: the list
	filter  *widget.Field
	editing bool
	before  string
	ask     *asked
}

// New makes the training screen of this month.
func New(env *ui.Env, store Store) *View {
	return &View{
		env: env, store: store, month: monthOf(today(env)), list: widget.NewList[domain.Trainee](),
		rows: map[domain.Trainee]*domain.TrainingRow{}, filter: widget.NewField(fieldLimit),
	}
}

// today is the business day at the platform.
func today(env *ui.Env) time.Time { return domain.Calendar{Zone: env.Zone}.BusinessDay(env.Now()) }

func monthOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// Init reads the month.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Train.Name }

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

// Update takes keys, results and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[monthRead]:
		return v.monthCame(msg)
	case ui.Loaded[written]:
		return v.writtenCame(msg)
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
	}
	return nil
}

// days are the first and the last of the month.
func (v *View) days() (first, last time.Time) { return v.month, v.month.AddDate(0, 1, -1) }

func (v *View) reload() tea.Cmd {
	store, zone := v.store, v.env.Zone
	first, last := v.days()
	return ui.Load(v.env, v.gen.Next(), "read training", readLimit, func(ctx context.Context) (monthRead, error) {
		f, err := store.Training(ctx, first, last, zone)
		return monthRead{f}, err
	})
}

func (v *View) monthCame(msg ui.Loaded[monthRead]) tea.Cmd {
	switch {
	case msg.Gen != v.gen:
		return nil
	case msg.Err != nil:
		return ui.Fail(v.env, msg.Err)
	}
	fresh := !v.read
	v.read, v.order, v.needs, v.held, v.rows = true, nil, 0, 0, map[domain.Trainee]*domain.TrainingRow{}
	rows := domain.TrainingRows(msg.Value.facts, domain.TrainingLeast, domain.Calendar{Zone: v.env.Zone})
	for i := range rows {
		t := rows[i].Trainee()
		v.order = append(v.order, t)
		v.rows[t] = &rows[i]
		if rows[i].Needs {
			v.needs++
		}
		if len(rows[i].Held) > 0 {
			v.held++
		}
	}
	v.arrange(fresh)
	if v.opened != nil {
		v.opened = v.open(v.rows[v.opened.who])
	}
	return nil
}

// arrange puts the rows the filter leaves into the list.
func (v *View) arrange(anew bool) {
	words := strings.Fields(strings.ToLower(v.filter.Value()))
	var ids []domain.Trainee
	v.hidden = 0
	for _, t := range v.order {
		if v.fits(t, words) {
			ids = append(ids, t)
		} else {
			v.hidden++
		}
	}
	if anew {
		v.list.Reset(ids)
		return
	}
	at, _ := v.list.Cursor()
	v.list.Set(ids)
	v.list.Refresh()
	v.list.To(at)
}

func (v *View) fits(t domain.Trainee, words []string) bool {
	r := v.rows[t]
	text := strings.ToLower(strings.Join([]string{string(t.Store), r.Name, r.NameEn, string(t.With), v.who(t)}, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// current is the row under the cursor, nil where there is none.
func (v *View) current() *domain.TrainingRow {
	t, ok := v.list.Cursor()
	if !ok {
		return nil
	}
	return v.rows[t]
}

// who names a row's store or department.
func (v *View) who(t domain.Trainee) string {
	name, nameEn := "", ""
	if r := v.rows[t]; r != nil {
		name, nameEn = r.Name, r.NameEn
	}
	return v.env.Text.Trainee(t, name, nameEn)
}

func (v *View) writtenCame(msg ui.Loaded[written]) tea.Cmd {
	if msg.Gen != v.actGen || v.ask == nil {
		return nil
	}
	failed := msg.Err
	if failed == nil {
		failed = msg.Value.failed
	}
	if failed != nil && !msg.Value.wrote {
		v.ask.Again()
		if code := domain.CodeOf(failed); code == domain.Unavailable || code == domain.Timeout {
			return ui.Fail(v.env, failed)
		}
		v.ask = nil
		return tea.Batch(ui.Fail(v.env, failed), v.reload())
	}
	v.ask = nil
	v.list.Unmark()
	tone := ui.Result
	if failed != nil {
		tone = ui.Problem
	}
	return tea.Batch(ui.Send(ui.Say{Text: msg.Value.said, Tone: tone}), v.reload())
}
