// Package store is what is told to a store that rings up: what is held and why, who
// can still change it until when, what to have ready at the door, what was promised.
package store

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
	StoreFile(ctx context.Context, code domain.StoreCode) (domain.StoreFile, error)
}

// readLimit is when a read that takes longer is given up.
const readLimit = 8 * time.Second

// fileRead is what a read brings.
type fileRead domain.StoreFile

// View is the store on the phone. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store
	code  domain.StoreCode

	file   domain.StoreFile
	read   bool  // it came
	failed error // why it did not
	reads  ui.Reading

	at   place         // the row under the cursor
	was  int           // its number when it was last seen
	all  map[part]bool // parts whose rows are all shown
	seen [2]int        // first line on the screen of each column
	asks bool          // + was pressed: what does the store say?
}

// New makes the screen of a store.
func New(env *ui.Env, store Store, code domain.StoreCode) *View {
	return &View{env: env, store: store, code: code, all: map[part]bool{}, at: place{part: orders}}
}

// Init reads the store's file.
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

// reload reads the file again.
func (v *View) reload() tea.Cmd {
	gen, ok := v.reads.Start()
	if !ok {
		return nil
	}
	store, code := v.store, v.code
	return ui.Load(v.env, gen, "read store", readLimit, func(ctx context.Context) (fileRead, error) {
		f, err := store.StoreFile(ctx, code)
		return fileRead(f), err
	})
}

// came takes the file in. When a later read fails, what was read stays on the screen
// and the line's own state tells its age.
func (v *View) came(msg ui.Loaded[fileRead]) tea.Cmd {
	mine, again := v.reads.End(msg.Gen)
	if !mine {
		return nil
	}
	v.failed = msg.Err
	if msg.Err == nil {
		first := !v.read
		v.file, v.read = domain.StoreFile(msg.Value), true
		if first {
			v.start()
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
	if v.asks {
		return v.says(p)
	}
	if v.move(p) {
		return nil
	}
	r, have := v.current()
	switch {
	case p.Action == keys.Open && have && r.opens != 0:
		return ui.Send(ui.OpenCase{ID: r.opens})
	case p.Action == keys.Order && have && r.order != nil:
		return ui.Send(ui.OpenOrder{ID: r.order.ID})
	case p.Action == keys.History && v.read:
		o := domain.OrderID(0)
		if have && r.order != nil {
			o = r.order.ID
		}
		return ui.Send(ui.OpenHistory{Store: v.code, Order: o})
	case p.Action == keys.New:
		v.asks = v.read
	case p.Action == keys.Product && have && r.product != "":
		return ui.Send(ui.OpenCorrection{Product: r.product, Case: r.opens})
	case p.Action == keys.Refresh:
		return v.reload()
	case p.Action == keys.Back:
		return ui.Send(ui.Back{})
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

// says opens the form for what the store says, by its digit; any other key takes the
// question back.
func (v *View) says(p keys.Press) tea.Cmd {
	v.asks = false
	if p.Action != keys.Digit || p.Digit == 0 {
		return nil
	}
	ask := ui.OpenEntry{Store: v.code, What: p.Digit}
	if r, ok := v.current(); ok && r.order != nil {
		ask.Order = r.order.ID
	}
	return ui.Send(ask)
}

// Asks is true while it is waited for what the store says.
func (v *View) Asks() bool { return v.asks }

// move goes about among the rows and parts.
func (v *View) move(p keys.Press) bool {
	switch p.Action {
	case keys.Up:
		v.step(-p.Count)
	case keys.Down:
		v.step(p.Count)
	case keys.HalfUp:
		v.step(-max(1, v.H/2))
	case keys.HalfDown:
		v.step(max(1, v.H/2))
	case keys.First:
		v.to(0)
	case keys.Last:
		v.to(1 << 30)
	case keys.NextPart:
		v.turn(1)
	case keys.PrevPart:
		v.turn(-1)
	case keys.Unfold:
		v.all[v.at.part] = true
	case keys.Fold:
		v.all[v.at.part] = false
	default:
		return false
	}
	return true
}

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Store.Name }

// Keys are what works now.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Store
	if v.asks {
		return []keys.Hint{v.env.Hint(keys.Digit), v.env.Hint(keys.Back)}
	}
	out := []keys.Hint{v.env.Hint(keys.New)}
	r, have := v.current()
	if have && r.opens != 0 {
		out = append(out, keys.Hint{Action: keys.Open, Word: w.Rows.OpenWord})
	}
	out = append(out, keys.Hint{Action: keys.NextPart, Word: w.Rows.PartWord})
	switch {
	case have && v.all[r.part]:
		out = append(out, keys.Hint{Action: keys.Fold, Word: w.Rows.LessWord})
	case have && r.more > 0:
		out = append(out, keys.Hint{Action: keys.Unfold, Word: w.Rows.AllWord})
	}
	return append(out, v.env.Hint(keys.Find), v.env.Hint(keys.Menu), v.env.Hint(keys.Help), v.env.Hint(keys.Back))
}

// Message is the sentence for the store about the order under the cursor; before it,
// that the line is gone.
func (v *View) Message() []cell.Line {
	t := v.env.Text
	if c := v.env.Conn; v.read && (c.State == ui.Down || c.State == ui.Reconnecting || v.failed != nil) {
		at := v.file.ReadAt
		return []cell.Line{cell.Painted(theme.Problem, " "+t.Store.Offline(t.ClockSeconds(at.In(v.env.Zone)), t.Age(v.env.Now().Sub(at))))}
	}
	if v.asks {
		return []cell.Line{cell.Painted(theme.Accent, " "+t.Store.AskCall)}
	}
	r, ok := v.current()
	if !ok || r.order == nil {
		return nil
	}
	return []cell.Line{cell.Plain(" " + t.SayChange(*r.order, v.env.Now()))}
}

// Menu is what can be done with the row. The number to copy is the store's phone.
func (v *View) Menu() ui.Menu {
	s := v.file.Store
	m := ui.Menu{Title: v.env.Text.Pick(s.Name, s.NameEn) + " " + string(v.code), Copy: s.Phone}
	if v.read {
		m.Acts = []ui.Act{{Action: keys.History}}
	}
	if r, ok := v.current(); ok && r.order != nil {
		m.Title += "  " + string(r.order.No)
		m.Acts = append(m.Acts, ui.Act{Action: keys.Order})
	}
	if r, ok := v.current(); ok && r.product != "" {
		m.Acts = append(m.Acts, ui.Act{Action: keys.Product})
	}
	return m
}
