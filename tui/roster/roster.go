// Package roster is who is on duty: who is here now and what will be left, the week as a
// grid of people and days, and the hours of the day under the cursor. What a manager
// changes is a draft until it is published.
package roster

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

// Store is what the roster reads and writes.
type Store interface {
	RosterWeek(ctx context.Context, week time.Time) (domain.RosterWeek, error)
	RosterFacts(ctx context.Context, week time.Time) ([7]domain.RosterFacts, error)
	RosterNow(ctx context.Context) (domain.RosterNow, error)
	RosterHistory(ctx context.Context, week time.Time) (domain.RosterHistory, error)
	SaveRosterDraft(ctx context.Context, week time.Time, d domain.RosterDraft) error
	PublishRoster(ctx context.Context, op uuid.UUID, week time.Time, d domain.RosterDraft, why domain.RosterWhy, note string) error
	TakeShift(ctx context.Context, op uuid.UUID, of domain.RosterKey, to domain.Login, note string) error
	NoteAbsence(ctx context.Context, op uuid.UUID, first domain.RosterKey, last time.Time, why domain.AbsenceReason, note string, standIn domain.Login) error
	EndAbsence(ctx context.Context, op uuid.UUID, id int64) error
	AskSwap(ctx context.Context, op uuid.UUID, gives time.Time, takes domain.RosterKey, note string) error
	AnswerSwap(ctx context.Context, op uuid.UUID, id int64, agreed bool, note string) error
	SaveTemplate(ctx context.Context, op uuid.UUID, t domain.RosterTemplate) error
	HandOn(ctx context.Context, op uuid.UUID, person domain.Login, cases []domain.CaseID, to domain.Login, note string) ([]domain.Offered, error)
}

const (
	readLimit  = 10 * time.Second
	writeLimit = 30 * time.Second
	fieldLimit = 80
	factsFor   = time.Hour // so long what history says of a week holds
)

// What a load brings.
type (
	weekRead struct {
		week  domain.RosterWeek
		saves int // drafts kept when it was asked for
	}
	nowRead   struct{ now domain.RosterNow }
	factsCame struct {
		week  time.Time
		facts [7]domain.RosterFacts
	}
	historyRead struct{ history domain.RosterHistory }
	copyRead    struct{ week domain.RosterWeek }
	draftSaved  struct{}
	written     struct {
		said   string
		failed error
	}
)

// factsOf is what history says of a week, and when it was read.
type factsOf struct {
	facts [7]domain.RosterFacts
	at    time.Time
}

// asked is a question with what is written once it is answered.
type asked struct {
	*dialog.Ask

	publishes bool
	drafts    func(a *dialog.Ask) (cells []domain.RosterCell, said string) // it changes the draft only
	write     func(ctx context.Context, a *dialog.Ask) written
}

// View is the roster. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store

	week   time.Time // its Monday
	read   *domain.RosterWeek
	now    *domain.RosterNow
	facts  map[time.Time]factsOf
	awaits map[time.Time]bool // weeks whose facts are on their way: hints come faster than they do
	list   *widget.List[domain.Login]
	day    int // 0 is Monday
	part   int // of a small terminal
	marks  map[domain.RosterKey]bool

	gen, nowGen, factsGen, histGen, draftGen, actGen, copyGen ui.Gen
	saving                                                    bool // a draft is on its way: what is read has not got it yet
	saves                                                     int  // drafts that were sent: what was asked for before has not got the last

	filter  *widget.Field
	editing bool // the filter
	before  string
	hidden  int

	edit *cellEdit
	ask  *asked
	past *past // the history, nil: the grid
}

// The parts of the screen.
const (
	partWeek = iota
	partNow
	partHours
	parts
)

// New makes the roster of this week, with the cursor on today.
func New(env *ui.Env, store Store) *View {
	today := domain.Calendar{Zone: env.Zone}.BusinessDay(env.Now())
	v := &View{
		env: env, store: store, week: domain.WeekOf(today), list: widget.NewList[domain.Login](), facts: map[time.Time]factsOf{},
		awaits: map[time.Time]bool{}, marks: map[domain.RosterKey]bool{}, filter: widget.NewField(fieldLimit),
	}
	v.day = int(today.Sub(v.week) / (24 * time.Hour))
	return v
}

// Init reads the week and the moment.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Roster.Name }

// CapturesText is true while a cell, the filter or a note is typed.
func (v *View) CapturesText() bool {
	return v.edit != nil || v.editing || v.ask != nil && v.ask.Typing()
}

// Asks is true while a question stands.
func (v *View) Asks() bool { return v.ask != nil }

// FootLines is how many lines the messages take.
func (v *View) FootLines() int {
	if v.ask != nil || v.edit != nil {
		return 3
	}
	return 1
}

// today is the business day now.
func (v *View) today() time.Time {
	return domain.Calendar{Zone: v.env.Zone}.BusinessDay(v.env.Now())
}

// Update takes keys, results and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[weekRead]:
		return v.weekCame(msg)
	case ui.Loaded[nowRead]:
		return v.nowCame(msg)
	case ui.Loaded[factsCame]:
		return v.factsCome(msg)
	case ui.Loaded[historyRead]:
		return v.historyCame(msg)
	case ui.Loaded[copyRead]:
		return v.copyCame(msg)
	case ui.Loaded[draftSaved]:
		return v.draftCame(msg)
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

func (v *View) reload() tea.Cmd {
	store, week, saves := v.store, v.week, v.saves
	cmds := []tea.Cmd{
		ui.Load(v.env, v.gen.Next(), "read roster", readLimit, func(ctx context.Context) (weekRead, error) {
			w, err := store.RosterWeek(ctx, week)
			return weekRead{w, saves}, err
		}),
		ui.Load(v.env, v.nowGen.Next(), "read who is here", readLimit, func(ctx context.Context) (nowRead, error) {
			n, err := store.RosterNow(ctx)
			return nowRead{n}, err
		}),
	}
	return tea.Batch(append(cmds, v.readFacts())...)
}

// readFacts reads what history says of the week shown and of this one, where that is not
// known or is old: it changes slowly, and takes a while to count.
func (v *View) readFacts() tea.Cmd {
	store := v.store
	var cmds []tea.Cmd
	for _, w := range []time.Time{v.week, domain.WeekOf(v.today())} {
		if f, ok := v.facts[w]; v.awaits[w] || ok && v.env.Now().Sub(f.at) <= factsFor {
			continue
		}
		v.awaits[w] = true
		cmds = append(cmds, ui.Load(v.env, v.factsGen, "read roster facts", readLimit, func(ctx context.Context) (factsCame, error) {
			f, err := store.RosterFacts(ctx, w)
			return factsCame{w, f}, err
		}))
	}
	return tea.Batch(cmds...)
}

func (v *View) factsCome(msg ui.Loaded[factsCame]) tea.Cmd {
	delete(v.awaits, msg.Value.week)
	if msg.Err != nil {
		clear(v.awaits) // the next reading asks again
		return ui.Fail(v.env, msg.Err)
	}
	v.facts[msg.Value.week] = factsOf{msg.Value.facts, v.env.Now()}
	v.putFacts()
	return nil
}

// putFacts gives the week and the moment what history says.
func (v *View) putFacts() {
	if v.read != nil {
		v.read.Facts = v.facts[v.read.Week].facts
	}
	if v.now != nil {
		today := v.today()
		week := domain.WeekOf(today)
		v.now.Facts = v.facts[week].facts[min(6, max(0, int(today.Sub(week)/(24*time.Hour))))]
	}
}

func (v *View) weekCame(msg ui.Loaded[weekRead]) tea.Cmd {
	if msg.Gen != v.gen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	w := msg.Value.week
	if v.read != nil && v.read.Week.Equal(w.Week) && (v.saving || msg.Value.saves != v.saves) {
		w.Draft = v.read.Draft
	}
	fresh := v.read == nil
	v.read = &w
	v.putFacts()
	v.arrange(fresh)
	return nil
}

func (v *View) nowCame(msg ui.Loaded[nowRead]) tea.Cmd {
	if msg.Gen != v.nowGen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	n := msg.Value.now
	v.now = &n
	v.putFacts()
	return nil
}

// arrange puts the people into the list that the filter lets through.
func (v *View) arrange(anew bool) {
	if v.read == nil {
		return
	}
	words := strings.Fields(strings.ToLower(v.filter.Value()))
	var ids []domain.Login
	v.hidden = 0
	for _, p := range v.read.People {
		if v.fits(p, words) {
			ids = append(ids, p.Login)
		} else {
			v.hidden++
		}
	}
	if anew {
		v.list.Reset(ids)
		v.list.To(v.env.Me.Login)
		if v.env.Me.Has(domain.RoleManager) {
			v.list.First()
		}
		return
	}
	at, _ := v.list.Cursor()
	v.list.Set(ids)
	v.list.Refresh()
	v.list.To(at)
}

func (v *View) fits(p domain.Staff, words []string) bool {
	said := []string{string(p.Login), p.Name, p.NameEn}
	for _, r := range p.Roles {
		said = append(said, v.env.Text.Role(r), v.env.Text.Department(r.Department()))
	}
	text := strings.ToLower(strings.Join(said, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// who is the person under the cursor.
func (v *View) who() (domain.Staff, bool) {
	login, ok := v.list.Cursor()
	if !ok || v.read == nil {
		return domain.Staff{}, false
	}
	return v.read.Person(login)
}

// key is the cell under the cursor.
func (v *View) key() (domain.RosterKey, bool) {
	p, ok := v.who()
	if !ok {
		return domain.RosterKey{}, false
	}
	return domain.RosterKey{Login: p.Login, Day: v.read.Day(v.day)}, true
}

// saveDraft keeps the draft at the server.
func (v *View) saveDraft() tea.Cmd {
	store, week, d := v.store, v.read.Week, v.read.Draft
	d.Cells = append([]domain.RosterCell(nil), d.Cells...)
	v.saving, v.saves = true, v.saves+1
	return ui.Load(v.env, v.draftGen.Next(), "save roster draft", writeLimit, func(ctx context.Context) (draftSaved, error) {
		return draftSaved{}, store.SaveRosterDraft(ctx, week, d)
	})
}

func (v *View) draftCame(msg ui.Loaded[draftSaved]) tea.Cmd {
	if msg.Gen != v.draftGen {
		return nil
	}
	v.saving = false
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	return nil
}

func (v *View) writtenCame(msg ui.Loaded[written]) tea.Cmd {
	if msg.Gen != v.actGen || v.ask == nil {
		return nil
	}
	failed := msg.Err
	if failed == nil {
		failed = msg.Value.failed
	}
	if failed != nil {
		v.ask.Again()
		if code := domain.CodeOf(failed); code == domain.Unavailable || code == domain.Timeout {
			return ui.Fail(v.env, failed)
		}
		v.ask = nil
		return tea.Batch(ui.Fail(v.env, failed), v.reload())
	}
	v.ask = nil
	clear(v.marks)
	return tea.Batch(ui.Done(msg.Value.said), v.reload())
}
