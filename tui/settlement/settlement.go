// Package settlement is the weekly settlement of all stores: what each owes for what it
// received, beside what was collected. Every figure opens into what it comes from.
package settlement

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

// Store is what the settlement reads and writes.
type Store interface {
	Settlement(ctx context.Context, week time.Time) (domain.Settlement, error)
	StoreWeek(ctx context.Context, week time.Time, code domain.StoreCode) (domain.StoreWeekFile, error)
	ReviewDifference(ctx context.Context, op uuid.UUID, r domain.DifferenceReview) error
	SignWeek(ctx context.Context, op uuid.UUID, week time.Time, seen domain.WeekSeen) error
	Report(ctx context.Context, op uuid.UUID, e domain.Event) (domain.EventID, error)
}

const (
	readLimit  = 10 * time.Second
	writeLimit = 30 * time.Second
	fieldLimit = 80
)

// others is the row into which stores without anything to see are folded.
const others domain.StoreCode = "\x00"

// What a load brings.
type (
	weekRead  struct{ week domain.Settlement }
	storeRead struct{ file domain.StoreWeekFile }
	written   struct {
		said   string
		failed error
		wrote  bool
	}
)

// View is the settlement. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store

	week   time.Time // its Monday
	read   *domain.Settlement
	rows   map[domain.StoreCode]*domain.StoreWeek
	folded int // stores in the row of others
	whole  bool
	list   *widget.List[domain.StoreCode]
	hidden int

	files   map[domain.StoreCode]domain.StoreWeekFile
	gen     ui.Gen
	fileGen ui.Gen
	actGen  ui.Gen
	opened  *opened          // the records of a store, nil: the list
	toOpen  domain.StoreCode // whose records are to be opened once they are read

	filter  *widget.Field
	editing bool
	before  string

	ask *asked
}

// New makes the settlement of the week before this one: that is the one to be signed.
func New(env *ui.Env, store Store) *View {
	return &View{
		env: env, store: store, week: domain.WeekOf(env.Now()).AddDate(0, 0, -7), list: widget.NewList[domain.StoreCode](),
		rows: map[domain.StoreCode]*domain.StoreWeek{}, files: map[domain.StoreCode]domain.StoreWeekFile{}, filter: widget.NewField(fieldLimit),
	}
}

// Init reads the week.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Settle.Name }

// CapturesText is true while the filter or a note is typed.
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
	case ui.Loaded[weekRead]:
		return v.weekCame(msg)
	case ui.Loaded[storeRead]:
		return v.storeCame(msg)
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
	store, week := v.store, v.week
	return ui.Load(v.env, v.gen.Next(), "read settlement", readLimit, func(ctx context.Context) (weekRead, error) {
		w, err := store.Settlement(ctx, week)
		return weekRead{w}, err
	})
}

func (v *View) weekCame(msg ui.Loaded[weekRead]) tea.Cmd {
	if msg.Gen != v.gen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	fresh := v.read == nil || !v.read.Week.Equal(msg.Value.week.Week)
	w := msg.Value.week
	v.read, v.files = &w, map[domain.StoreCode]domain.StoreWeekFile{}
	v.arrange(fresh)
	return v.readFile()
}

// arrange puts the rows into the list: first those with something to see, then one row of
// the rest, or all of them once it is unfolded or searched through.
func (v *View) arrange(anew bool) {
	words := strings.Fields(strings.ToLower(v.filter.Value()))
	var ids []domain.StoreCode
	v.rows, v.folded, v.hidden = map[domain.StoreCode]*domain.StoreWeek{}, 0, 0
	if v.read == nil {
		return
	}
	for i := range v.read.Stores {
		s := &v.read.Stores[i]
		v.rows[s.Store] = s
		switch {
		case !v.fits(s, words):
			v.hidden++
		case len(words) == 0 && !v.whole && s.State(v.read.Rounding) == domain.SettleMatches:
			v.folded++
		default:
			ids = append(ids, s.Store)
		}
	}
	if v.folded > 0 {
		ids = append(ids, others)
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

func (v *View) fits(s *domain.StoreWeek, words []string) bool {
	text := strings.ToLower(strings.Join([]string{string(s.Store), s.Name, s.NameEn, v.state(s)}, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// current is the store under the cursor, nil on the row of others.
func (v *View) current() *domain.StoreWeek {
	id, ok := v.list.Cursor()
	if !ok {
		return nil
	}
	return v.rows[id]
}

// readFile reads what is behind the store whose records are shown, else the one under the
// cursor.
func (v *View) readFile() tea.Cmd {
	var code domain.StoreCode
	if s := v.current(); s != nil {
		code = s.Store
	}
	if v.opened != nil {
		code = v.opened.file.Store
	}
	if _, have := v.files[code]; have || code == "" {
		return nil
	}
	store, week := v.store, v.week
	return ui.Load(v.env, v.fileGen.Next(), "read settlement of store", readLimit, func(ctx context.Context) (storeRead, error) {
		f, err := store.StoreWeek(ctx, week, code)
		return storeRead{f}, err
	})
}

func (v *View) storeCame(msg ui.Loaded[storeRead]) tea.Cmd {
	switch {
	case msg.Gen != v.fileGen:
		return nil
	case msg.Err != nil:
		return ui.Fail(v.env, msg.Err)
	}
	f := msg.Value.file
	v.files[f.Store] = f
	switch {
	case v.opened != nil && v.opened.file.Store == f.Store:
		v.show(v.opened, &f)
	case v.toOpen == f.Store:
		v.toOpen, v.opened = "", v.open(&f)
	}
	return nil
}

// asked is a question with what is written once it is answered.
type asked struct {
	*dialog.Ask

	write func(ctx context.Context, a *dialog.Ask) written
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
