// Package counts is the inventory follow-up: what was counted beside the stock known at
// that time. A manager enters counts and verifies differences, procurement corrects the
// stock (§4.1.6).
package counts

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

// Store is what the list reads and writes.
type Store interface {
	Counts(ctx context.Context) ([]domain.StockCount, error)
	CountFile(ctx context.Context, product domain.ProductCode) (domain.CountFile, error)
	Countable(ctx context.Context) ([]domain.Product, error)
	RecordCount(ctx context.Context, op uuid.UUID, c domain.Count) (domain.CountEntered, error)
	ReviewCount(ctx context.Context, op uuid.UUID, id domain.CountID, what domain.CountState, diff domain.Quantity, note string) error
}

const (
	readLimit  = 10 * time.Second
	writeLimit = 30 * time.Second
	fieldLimit = 80
)

// What is shown: an index of the words' Parts.
const (
	showOpen = iota
	showDone
	showAll
	shows
)

// What a load brings.
type (
	countsRead   struct{ counts []domain.StockCount }
	fileRead     struct{ file domain.CountFile }
	productsRead struct{ products []domain.Product }
	written      struct {
		said   string // "": nothing is to be said but the failure
		failed error
	}
)

// View is the list of counts. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store

	read   bool
	all    []domain.StockCount
	rows   map[domain.CountID]*domain.StockCount
	list   *widget.List[domain.CountID]
	part   int
	hidden int
	letIn  bool // the next read puts the rows in order and lets new ones in
	files  map[domain.ProductCode]domain.CountFile

	gen     ui.Gen
	fileGen ui.Gen
	itsGen  ui.Gen
	actGen  ui.Gen

	filter  *widget.Field
	editing bool
	before  string

	products []domain.Product // that can be counted, once they were asked for
	ask      *asked
}

// New makes the list.
func New(env *ui.Env, store Store) *View {
	return &View{
		env: env, store: store, list: widget.NewList[domain.CountID](), rows: map[domain.CountID]*domain.StockCount{},
		files: map[domain.ProductCode]domain.CountFile{}, filter: widget.NewField(fieldLimit),
	}
}

// Init reads the counts.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Counts.Name }

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
	case ui.Loaded[countsRead]:
		return v.came(msg)
	case ui.Loaded[fileRead]:
		return v.fileCame(msg)
	case ui.Loaded[productsRead]:
		return v.productsCame(msg)
	case ui.Loaded[written]:
		return v.wrote(msg)
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
	store := v.store
	return ui.Load(v.env, v.gen.Next(), "read counts", readLimit, func(ctx context.Context) (countsRead, error) {
		all, err := store.Counts(ctx)
		return countsRead{all}, err
	})
}

func (v *View) came(msg ui.Loaded[countsRead]) tea.Cmd {
	if msg.Gen != v.gen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	first := !v.read
	v.read, v.all = true, msg.Value.counts
	if v.env.Me.Has(domain.RoleProcurement) {
		domain.SortCounts(v.all, domain.CountVerified)
	}
	clear(v.files)
	v.arrange(first)
	return v.readFile()
}

// arrange puts the rows into the list: those of the part that is shown.
func (v *View) arrange(anew bool) {
	words := strings.Fields(strings.ToLower(v.filter.Value()))
	var ids []domain.CountID
	v.rows, v.hidden = map[domain.CountID]*domain.StockCount{}, 0
	for i := range v.all {
		c := &v.all[i]
		v.rows[c.ID] = c
		switch {
		case v.part == showOpen && !c.State.Open(), v.part == showDone && c.State.Open():
		case !v.fits(c, words):
			v.hidden++
		default:
			ids = append(ids, c.ID)
		}
	}
	if anew {
		v.list.Reset(ids)
		return
	}
	v.list.Set(ids)
	if v.letIn || v.list.Index() == 0 {
		v.list.Refresh()
	}
	v.letIn = false
}

func (v *View) fits(c *domain.StockCount, words []string) bool {
	text := strings.ToLower(strings.Join([]string{
		string(c.Product.Code), c.Product.Name, c.Product.NameEn, c.Product.Category, c.Counter, v.env.Text.Counts.States[c.State],
	}, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// current is the count under the cursor, nil where there is none.
func (v *View) current() *domain.StockCount {
	id, ok := v.list.Cursor()
	if !ok {
		return nil
	}
	return v.rows[id]
}

// readFile reads the story of the product under the cursor.
func (v *View) readFile() tea.Cmd {
	c := v.current()
	if c == nil {
		return nil
	}
	if _, have := v.files[c.Product.Code]; have {
		return nil
	}
	store, product := v.store, c.Product.Code
	return ui.Load(v.env, v.fileGen.Next(), "read counts of product", readLimit, func(ctx context.Context) (fileRead, error) {
		f, err := store.CountFile(ctx, product)
		return fileRead{f}, err
	})
}

func (v *View) fileCame(msg ui.Loaded[fileRead]) tea.Cmd {
	switch {
	case msg.Gen != v.fileGen:
		return nil
	case msg.Err != nil:
		return ui.Fail(v.env, msg.Err)
	}
	v.files[msg.Value.file.Product] = msg.Value.file
	return nil
}

// asked is a question; write works out what is written once it is answered.
type asked struct {
	*dialog.Ask

	write func(a *dialog.Ask) func(ctx context.Context) written
}

// run runs the act that was asked for.
func (v *View) run() tea.Cmd {
	write := v.ask.write(v.ask.Ask)
	return ui.Load(v.env, v.actGen.Next(), "write count", writeLimit, func(ctx context.Context) (written, error) {
		return write(ctx), nil
	})
}

// wrote says what was done. Where no answer came the question stays, with its key.
func (v *View) wrote(msg ui.Loaded[written]) tea.Cmd {
	if msg.Gen != v.actGen || v.ask == nil {
		return nil
	}
	failed := msg.Err
	if failed == nil {
		failed = msg.Value.failed
	}
	if code := domain.CodeOf(failed); code == domain.Unavailable || code == domain.Timeout {
		v.ask.Again()
		return ui.Send(ui.Say{Text: v.env.Text.Dialog.Unknown, Tone: ui.Problem})
	}
	v.ask = nil
	if failed != nil && msg.Value.said == "" {
		return tea.Batch(ui.Fail(v.env, failed), v.reload())
	}
	v.list.Unmark()
	v.letIn = true
	tone := ui.Result
	if failed != nil {
		tone = ui.Problem
	}
	return tea.Batch(ui.Send(ui.Say{Text: msg.Value.said, Tone: tone}), v.reload())
}
