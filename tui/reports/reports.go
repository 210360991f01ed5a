// Package reports is what happened, counted: the week, the work of people and of shifts,
// how often each rule was right. Every figure opens into the cases behind it, and the same
// figures are given out by the command line.
package reports

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// Store is what the reports read.
type Store interface {
	WeekFacts(ctx context.Context, from, to time.Time) (domain.WeekFacts, error)
	Work(ctx context.Context, from, to time.Time) ([]domain.Work, error)
	Precision(ctx context.Context, since time.Time, zone *time.Location) ([]domain.Precision, error)
	RuleItems(ctx context.Context, rule string, version int, from, to time.Time) ([]domain.RuleItem, error)
}

const (
	readLimit  = 30 * time.Second
	fieldLimit = 80
)

// The reports, in the order of their tabs.
const (
	week = iota
	people
	shifts
	precision
	reportCount
)

// What a load brings.
type (
	weekRead      struct{ facts domain.WeekFacts }
	workRead      struct{ work []domain.Work }
	precisionRead struct{ counted []domain.Precision }
	itemsRead     struct {
		key   ruleKey
		items []domain.RuleItem
	}
)

// report is one of the reports as it is drawn: a table, and a second one of the row the
// cursor was last on in the first. Rows are counted from 0.
type report interface {
	period() string
	cols(part, w int) []widget.Column
	rows(part, of int) int
	cells(part, of, i, w int) []cell.Span
	second(of int) string     // what the second table is of
	behind(of, i int) listing // what a row counts; i is of the second table, -1: the row of the first
	command() string          // the same figures on the command line
}

// place is where the cursor is in a report.
type place struct {
	part   int // 0 or 1
	at     [2]int
	top    [2]int
	filter *widget.Field
}

// View is the reports. Its methods run in the root's goroutine.
type View struct {
	ui.Base
	env   *ui.Env
	store Store

	shown  int
	places [reportCount]place
	made   [reportCount]report // nil: not read yet

	monday time.Time // of the week, midnight UTC
	since  time.Time // of precision: the first month
	facts  domain.WeekFacts
	work   []domain.Work
	judged []domain.Precision
	items  map[ruleKey][]domain.RuleItem
	gens   [reportCount]ui.Gen
	itGen  ui.Gen

	opened  *opened
	editing bool
	before  string
}

// New makes the reports of this week, and of rules of a year.
func New(env *ui.Env, store Store) *View {
	v := &View{env: env, store: store, items: map[ruleKey][]domain.RuleItem{}}
	v.monday = domain.WeekOf(v.today())
	v.since = monthOf(v.today()).AddDate(0, -11, 0)
	for i := range v.places {
		v.places[i].filter = widget.NewField(fieldLimit)
	}
	v.places[week].at[0] = int(v.today().Sub(v.monday) / (24 * time.Hour))
	return v
}

func (v *View) calendar() domain.Calendar { return domain.Calendar{Zone: v.env.Zone} }
func (v *View) today() time.Time          { return v.calendar().BusinessDay(v.env.Now()) }

func monthOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// begins is when a business day begins at the platform.
func (v *View) begins(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, v.env.Zone)
}

// Init reads the first report.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Report.Name }

// CapturesText is true while the filter is typed.
func (v *View) CapturesText() bool { return v.editing }

// Update takes keys and results. What happens meanwhile comes in with F5: figures that
// somebody reads do not change under their eyes.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[weekRead]:
		if !v.came(week, msg.Gen, msg.Err) {
			return v.failed(msg.Gen == v.gens[week], msg.Err)
		}
		v.facts = msg.Value.facts
		v.remake(week)
	case ui.Loaded[workRead]:
		if !v.came(people, msg.Gen, msg.Err) {
			return v.failed(msg.Gen == v.gens[people], msg.Err)
		}
		v.work = msg.Value.work
		v.remake(people)
		v.remake(shifts)
	case ui.Loaded[precisionRead]:
		if !v.came(precision, msg.Gen, msg.Err) {
			return v.failed(msg.Gen == v.gens[precision], msg.Err)
		}
		v.judged, v.items = msg.Value.counted, map[ruleKey][]domain.RuleItem{}
		v.remake(precision)
		return v.readItems()
	case ui.Loaded[itemsRead]:
		return v.itemsCame(msg)
	case ui.Shown:
		if msg.Stale {
			return v.reload()
		}
	}
	return nil
}

func (v *View) came(report int, gen ui.Gen, err error) bool {
	return gen == v.gens[report] && err == nil
}

func (v *View) failed(mine bool, err error) tea.Cmd {
	if !mine {
		return nil
	}
	return ui.Fail(v.env, err)
}

// reload reads the report that is shown.
func (v *View) reload() tea.Cmd {
	store := v.store
	from, to := v.begins(v.monday), v.begins(v.monday.AddDate(0, 0, 7))
	switch v.shown {
	case week:
		return ui.Load(v.env, v.gens[week].Next(), "read week", readLimit, func(ctx context.Context) (weekRead, error) {
			f, err := store.WeekFacts(ctx, from, to)
			return weekRead{f}, err
		})
	case people, shifts:
		return ui.Load(v.env, v.gens[people].Next(), "read work", readLimit, func(ctx context.Context) (workRead, error) {
			w, err := store.Work(ctx, from, to)
			return workRead{w}, err
		})
	}
	since, zone := v.since, v.env.Zone
	return ui.Load(v.env, v.gens[precision].Next(), "read precision", readLimit, func(ctx context.Context) (precisionRead, error) {
		p, err := store.Precision(ctx, since, zone)
		return precisionRead{p}, err
	})
}

// remake counts a report again, of what the filter leaves; the cursor stays in its rows.
func (v *View) remake(report int) {
	switch report {
	case week:
		v.made[week] = v.newWeek()
	case people, shifts:
		v.made[report] = v.newWork(report == shifts)
	default:
		v.made[precision] = v.newPrecision()
	}
	v.opened = nil
	v.settle()
}

func (v *View) now() (report, *place) { return v.made[v.shown], &v.places[v.shown] }
