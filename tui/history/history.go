// Package history is what a store ordered over the last weeks, as a plot and a table
// with one cursor, beside what is remembered of the store.
package history

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// Store is what the screen reads.
type Store interface {
	StoreHistory(ctx context.Context, code domain.StoreCode, order domain.OrderID, product domain.ProductCode) (domain.HistoryFile, error)
}

// readLimit is when a read that takes longer is given up.
const readLimit = 8 * time.Second

// fileRead is what a read brings.
type fileRead domain.HistoryFile

// View is the history of a store. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store
	code  domain.StoreCode
	this  domain.OrderID // the history was opened from it, 0: from none

	file   domain.HistoryFile
	read   bool  // it came
	failed error // why it did not
	reads  ui.Reading

	measure domain.Measure
	product domain.ProductCode // that is asked for
	asking  bool               // which product
	period  period
	back    int // periods before the last
	at      domain.OrderID
	was     int // its place when it was last seen
	top     int // the first row of the table on the screen
}

// New makes the history of a store, with the cursor on an order; 0: on its last.
func New(env *ui.Env, store Store, code domain.StoreCode, order domain.OrderID) *View {
	return &View{env: env, store: store, code: code, this: order, at: order}
}

// Init reads the history.
func (v *View) Init() tea.Cmd { return v.reload() }

// SetSize keeps the row under the cursor in sight.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	v.settle()
}

// Update takes keys, the file and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	defer v.settle()
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[fileRead]:
		return v.came(msg)
	case ui.Changed, ui.CaseWritten:
		return v.reload()
	case ui.Shown:
		if msg.Stale {
			return v.reload()
		}
	}
	return nil
}

// reload reads the history again.
func (v *View) reload() tea.Cmd {
	gen, ok := v.reads.Start()
	if !ok {
		return nil
	}
	store, code, order, product := v.store, v.code, v.this, v.product
	return ui.Load(v.env, gen, "read history", readLimit, func(ctx context.Context) (fileRead, error) {
		f, err := store.StoreHistory(ctx, code, order, product)
		return fileRead(f), err
	})
}

// came takes the history in. When a later read fails, what was read stays on the screen
// and the line's own state tells its age.
func (v *View) came(msg ui.Loaded[fileRead]) tea.Cmd {
	mine, again := v.reads.End(msg.Gen)
	if !mine {
		return nil
	}
	v.failed = msg.Err
	if msg.Err == nil {
		first := !v.read
		v.file, v.read = domain.HistoryFile(msg.Value), true
		if first {
			v.seek()
		}
	}
	if again {
		return v.reload()
	}
	if msg.Err == nil || !v.read {
		return nil
	}
	return ui.FailRead(v.env, msg.Err)
}

func (v *View) press(p keys.Press) tea.Cmd {
	if v.asking {
		return v.answer(p)
	}
	if v.move(p) {
		return nil
	}
	o, have := v.current()
	switch {
	case p.Action == keys.Digit && p.Digit >= 1 && p.Digit <= 3 && v.read:
		return v.choose(domain.Measure(p.Digit - 1))
	case (p.Action == keys.Open || p.Action == keys.Order) && have:
		return ui.Send(ui.OpenOrder{ID: o.ID})
	case p.Action == keys.Store:
		return ui.Send(ui.OpenStore{Code: v.code})
	case p.Action == keys.Refresh:
		return v.reload()
	case p.Action == keys.Back:
		return ui.Send(ui.Back{})
	}
	return ui.NoSense(v.env, p)
}

// move moves the point, which is the row, and the period.
func (v *View) move(p keys.Press) bool {
	switch p.Action {
	case keys.Up, keys.Unfold: // newer: up in the table, right in the plot
		v.step(-max(1, p.Count))
	case keys.Down, keys.Fold:
		v.step(max(1, p.Count))
	case keys.HalfUp:
		v.step(-max(1, v.rows()/2))
	case keys.HalfDown:
		v.step(max(1, v.rows()/2))
	case keys.First:
		v.step(-1 << 20)
	case keys.Last:
		v.step(1 << 20)
	case keys.NextPart:
		v.turn(1)
	case keys.PrevPart:
		v.turn(periodCount - 1)
	case keys.Earlier:
		v.shift(1)
	case keys.Onward:
		v.shift(-1)
	default:
		return false
	}
	return true
}

// choose shows another measure; the third asks which product.
func (v *View) choose(m domain.Measure) tea.Cmd {
	if m != domain.ByProduct {
		v.measure = m
		return nil
	}
	if len(v.file.Products) == 0 {
		return ui.Done(v.env.Text.Form.Nothing)
	}
	v.asking = true
	return nil
}

// answer takes the digit of a product.
func (v *View) answer(p keys.Press) tea.Cmd {
	switch {
	case p.Action == keys.Digit && p.Digit >= 1 && p.Digit <= len(v.file.Products):
		v.asking = false
		v.measure, v.product = domain.ByProduct, v.file.Products[p.Digit-1].Code
		return v.reload()
	case p.Action == keys.Back:
		v.asking = false
		return nil
	}
	return ui.NoSense(v.env, p)
}

// index is where the cursor is among the orders shown.
func (v *View) index(all []domain.PastOrder) int {
	for i, o := range all {
		if o.ID == v.at {
			return i
		}
	}
	return max(0, min(v.was, len(all)-1))
}

func (v *View) current() (domain.PastOrder, bool) {
	all := v.shown()
	if !v.read || len(all) == 0 {
		return domain.PastOrder{}, false
	}
	return all[v.index(all)], true
}

func (v *View) step(n int) {
	if all := v.shown(); len(all) > 0 {
		v.at = all[max(0, min(v.index(all)+n, len(all)-1))].ID
	}
}

// settle brings the cursor to an order that is there, and its row into sight.
func (v *View) settle() {
	all := v.shown()
	if !v.read || len(all) == 0 {
		v.top = 0
		return
	}
	v.was = v.index(all)
	v.at = all[v.was].ID
	rows := max(1, v.rows())
	v.top = max(0, min(max(min(v.top, v.was), v.was-rows+1), len(all)-rows))
}

// Asks is true while a product is asked for.
func (v *View) Asks() bool { return v.asking }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.History.Name }

// Keys are what works now.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.History
	if v.asking {
		return []keys.Hint{{Action: keys.Digit, Word: w.WhichKey}, v.env.Hint(keys.Back)}
	}
	return []keys.Hint{
		{Action: keys.Open, Word: w.Keys.Open},
		{Action: keys.Fold, Key: "left/right", Word: w.Keys.Point},
		{Action: keys.Digit, Key: "1-3", Word: w.Keys.Measure},
		{Action: keys.Earlier, Key: "[ ]", Word: w.Keys.Period},
		{Action: keys.NextPart, Word: w.Keys.Turn},
		v.env.Hint(keys.Store), v.env.Hint(keys.Menu), v.env.Hint(keys.Help), v.env.Hint(keys.Back),
	}
}

// Message tells what was seen in the order under the cursor; before it, that the line
// is gone.
func (v *View) Message() []cell.Line {
	t := v.env.Text
	if !v.read {
		return nil
	}
	if c := v.env.Conn; c.State == ui.Down || c.State == ui.Reconnecting || v.failed != nil {
		at := v.file.ReadAt
		return []cell.Line{cell.Painted(theme.Problem, " "+t.Store.Offline(t.ClockSeconds(at.In(v.env.Zone)), t.Age(v.env.Now().Sub(at))))}
	}
	if v.asking {
		return []cell.Line{cell.Painted(theme.Accent, " "+t.History.Which)}
	}
	if o, ok := v.current(); ok && len(o.Seen) > 0 {
		return []cell.Line{cell.Plain(" " + string(o.No) + " " + t.SeenIn(o))}
	}
	return []cell.Line{cell.Painted(theme.Muted, " "+t.History.Tip)}
}

// Menu is what can be done with the order under the cursor. The number to copy is its
// own.
func (v *View) Menu() ui.Menu {
	if !v.read {
		return ui.Menu{}
	}
	s := v.file.Store
	m := ui.Menu{Title: v.env.Text.Pick(s.Name, s.NameEn) + " " + string(v.code), Acts: []ui.Act{{Action: keys.Store}}}
	if o, ok := v.current(); ok {
		m.Title += "  " + string(o.No)
		m.Copy = string(o.No)
		m.Acts = append(m.Acts, ui.Act{Action: keys.Order})
	}
	return m
}
