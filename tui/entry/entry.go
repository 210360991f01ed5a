// Package entry is the form in which what a store reports on the phone is written
// down: an event with the store, the caller, the time and the order it is about. The
// case follows by itself, as soon as the event was judged.
package entry

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Store is what the form reads and writes.
type Store interface {
	StoreFile(ctx context.Context, code domain.StoreCode) (domain.StoreFile, error)
	OrderFile(ctx context.Context, id domain.OrderID) (domain.OrderFile, error)
	Find(ctx context.Context, text string, limit int) ([]domain.Found, error)
	Report(ctx context.Context, op uuid.UUID, e domain.Event) (domain.EventID, error)
	NoteCase(ctx context.Context, op uuid.UUID, id domain.CaseID, text string) error
	PromiseStore(ctx context.Context, op uuid.UUID, id domain.CaseID, due time.Time, what string) error
}

const (
	readLimit  = 8 * time.Second
	writeLimit = 20 * time.Second
	waitFor    = 120 * time.Millisecond // after the last letter of a product's name
	mostOffers = 9                      // what has a digit
	textLimit  = 200
	noteLimit  = 500
)

// what reads bring.
type (
	storeRead domain.StoreFile
	orderRead domain.OrderFile
	foundRead []domain.Found
	wrote     struct{}
)

// View is the form. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store
	code  domain.StoreCode
	op    uuid.UUID // of the report, from the beginning: sent again it is not told twice
	at    time.Time // when the store rang

	what  What
	file  domain.StoreFile
	read  bool
	fails error
	reads ui.Reading

	orderID  domain.OrderID
	order    domain.OrderFile
	ordered  bool // the order's file came
	orderGen ui.Gen

	found   []domain.Product // that the typed name finds
	findGen ui.Gen
	wakeGen ui.Gen
	product *domain.Product // that could not be ordered

	focus   place
	lineAt  int          // line under the cursor among the lines, from 0
	chosen  map[int]bool // lines of the order it is about
	amounts map[int]*widget.Number
	fields  map[stop]*widget.Field
	why     domain.WhyTold
	who     domain.CallWho
	caseID  domain.CaseID // the note goes to

	confirm  widget.Confirm
	writes   bool // what was written is on its way
	writeGen ui.Gen
	leaving  bool // esc was pressed once over what was typed
	touched  bool // something was typed or chosen
}

// New makes the form for a store that rings.
func New(env *ui.Env, store Store, ask ui.OpenEntry) *View {
	v := &View{
		env: env, store: store, code: ask.Store, op: uuid.New(), at: env.Now(), orderID: ask.Order, chosen: map[int]bool{},
		amounts: map[int]*widget.Number{}, fields: map[stop]*widget.Field{},
	}
	if w := What(ask.What); w.known() {
		v.what = w
	}
	return v
}

// Init reads the store, and the order that is already told.
func (v *View) Init() tea.Cmd { return tea.Batch(v.reload(), v.readOrder()) }

// Update takes keys, what was read and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[storeRead]:
		return v.storeCame(msg)
	case ui.Loaded[orderRead]:
		return v.orderCame(msg)
	case ui.Loaded[foundRead]:
		v.foundCame(msg)
	case ui.Loaded[wrote]:
		return v.wroteCame(msg)
	case ui.Woken:
		if msg.Gen == v.wakeGen {
			return v.find()
		}
	case widget.Drawn:
		v.confirm.Seen(v.env, msg)
	case ui.Changed:
		return tea.Batch(v.reload(), v.readOrder())
	case ui.Shown:
		if msg.Stale {
			return tea.Batch(v.reload(), v.readOrder())
		}
	}
	return nil
}

// reload reads the store again.
func (v *View) reload() tea.Cmd {
	gen, ok := v.reads.Start()
	if !ok {
		return nil
	}
	store, code := v.store, v.code
	return ui.Load(v.env, gen, "read store", readLimit, func(ctx context.Context) (storeRead, error) {
		f, err := store.StoreFile(ctx, code)
		return storeRead(f), err
	})
}

func (v *View) storeCame(msg ui.Loaded[storeRead]) tea.Cmd {
	mine, again := v.reads.End(msg.Gen)
	if !mine {
		return nil
	}
	first := !v.read
	v.fails = msg.Err
	if msg.Err == nil {
		v.file, v.read = domain.StoreFile(msg.Value), true
	}
	if first && v.read {
		v.begin()
	}
	if again {
		return v.reload()
	}
	if msg.Err != nil && v.read {
		return ui.FailRead(v.env, msg.Err)
	}
	return nil
}

// readOrder reads the order the report is about.
func (v *View) readOrder() tea.Cmd {
	if v.orderID == 0 {
		return nil
	}
	store, id := v.store, v.orderID
	return ui.Load(v.env, v.orderGen.Next(), "read order", readLimit, func(ctx context.Context) (orderRead, error) {
		f, err := store.OrderFile(ctx, id)
		return orderRead(f), err
	})
}

func (v *View) orderCame(msg ui.Loaded[orderRead]) tea.Cmd {
	if msg.Gen != v.orderGen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	v.order, v.ordered = domain.OrderFile(msg.Value), true
	if v.focus.stop == atOrder {
		v.begin()
	}
	return nil
}

// begin goes to the first question that is open; of a change or a mistake to the lines,
// as it may be about a few of them.
func (v *View) begin() {
	v.toFirst()
	if v.ordered && v.focus.stop == atWhy && (v.what == Change || v.what == Wrong) && len(v.about()) == 0 {
		v.focus = place{stop: atLines}
	}
}

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Entry.Name }

// CapturesText is true while a field has the cursor.
func (v *View) CapturesText() bool { return !v.Asks() && v.focus.field() }

// Asks is true while the question before writing stands, or the answer is waited for.
func (v *View) Asks() bool { return v.confirm.Asking() || v.writes }

// FootLines are three: the form has more to say than one line.
func (v *View) FootLines() int { return 3 }

// Menu has the number of the order to copy.
func (v *View) Menu() ui.Menu {
	m := ui.Menu{Title: v.env.Text.Pick(v.file.Store.Name, v.file.Store.NameEn) + " " + string(v.code)}
	if v.ordered {
		m.Copy = string(v.order.Order.No)
		m.Acts = []ui.Act{{Action: keys.Order}}
	}
	return m
}

// Keys are what works now.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Entry
	switch {
	case v.confirm.Asking():
		return []keys.Hint{{Action: keys.Write, Word: w.WriteWord}, v.env.Hint(keys.Back)}
	case v.writes:
		return nil
	}
	out := []keys.Hint{{Action: keys.Write, Word: w.WriteWord}, {Action: keys.NextPart, Word: w.NextWord}}
	switch {
	case v.focus.stop == atLines:
		out = append(out, keys.Hint{Action: keys.Digit, Key: "1-9 space", Word: w.LinesWord}, keys.Hint{Action: keys.Open, Word: w.GoOnWord})
	case v.focus.field():
		out = append(out, keys.Hint{Action: keys.Open, Word: w.GoOnWord})
	default:
		out = append(out, v.env.Hint(keys.Digit))
	}
	return append(out, v.env.Hint(keys.Find), v.env.Hint(keys.Menu), v.env.Hint(keys.Back))
}
