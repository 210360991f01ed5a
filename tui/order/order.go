// Package order is one order with all that is known of it: its lines, what was found
// and holds it, what belongs with it, and what happened to it.
package order

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
	OrderFile(ctx context.Context, id domain.OrderID) (domain.OrderFile, error)
}

// readLimit is when a read that takes longer is given up.
const readLimit = 8 * time.Second

// fileRead is what a read brings.
type fileRead domain.OrderFile

// View is the screen of an order. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store
	id    domain.OrderID

	file   domain.OrderFile
	story  []domain.StoryEvent
	read   bool  // it came
	failed error // why it did not
	reads  ui.Reading

	part part
	at   [partCount]string // the row under the cursor of each part
	was  [partCount]int    // its number when it was last seen
	seen [partCount]int    // the first line of each part that is on the screen
}

// New makes the screen of an order.
func New(env *ui.Env, store Store, id domain.OrderID) *View {
	return &View{env: env, store: store, id: id}
}

// Init reads the order's file.
func (v *View) Init() tea.Cmd { return v.reload() }

// SetSize keeps the rows under the cursors in sight.
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
	store, id := v.store, v.id
	return ui.Load(v.env, gen, "read order", readLimit, func(ctx context.Context) (fileRead, error) {
		f, err := store.OrderFile(ctx, id)
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
		v.take(domain.OrderFile(msg.Value))
	}
	if again {
		return v.reload()
	}
	if msg.Err == nil || !v.read {
		return nil
	}
	return ui.FailRead(v.env, msg.Err)
}

// take shows a file: at first on the line that is held, and at the newest end of the
// story. Later the story goes on to its end where it was there and nobody reads in it.
func (v *View) take(f domain.OrderFile) {
	first := !v.read
	newest := v.at[happened] == lastKey(v.story) && v.part != happened
	v.file, v.story, v.read = f, f.Story(), true
	if first || newest {
		v.at[happened], v.seen[happened] = lastKey(v.story), 1<<30
	}
	if !first {
		return
	}
	for _, l := range f.Order.Lines {
		if h := f.HoldOn(l.No); h != nil && h.Line == l.No {
			v.at[ordered] = lineKey(l.No)
			return
		}
	}
}

func lastKey(all []domain.StoryEvent) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Key
}

func (v *View) press(p keys.Press) tea.Cmd {
	if v.move(p) {
		return nil
	}
	it, have := v.current()
	switch {
	case p.Action == keys.Open && have && it.order != 0:
		return ui.Send(ui.OpenOrder{ID: it.order})
	case p.Action == keys.Open && have && it.opens != 0:
		return ui.Send(ui.OpenCase{ID: it.opens})
	case p.Action == keys.Store && v.read:
		return ui.Send(ui.OpenStore{Code: v.file.Order.Store})
	case p.Action == keys.History && v.read:
		return ui.Send(ui.OpenHistory{Store: v.file.Order.Store, Order: v.id})
	case p.Action == keys.New && v.read:
		return ui.Send(ui.OpenEntry{Store: v.file.Order.Store, Order: v.id})
	case p.Action == keys.Product && have && it.goods != "":
		return ui.Send(ui.OpenCorrection{Product: it.goods, Case: it.opens})
	case p.Action == keys.Refresh:
		return v.reload()
	case p.Action == keys.Back:
		return ui.Send(ui.Back{})
	}
	return ui.NoSense(v.env, p)
}

// move goes about in a part, and from part to part.
func (v *View) move(p keys.Press) bool {
	half := max(1, v.H/4)
	switch p.Action {
	case keys.Up:
		v.step(-p.Count)
	case keys.Down:
		v.step(p.Count)
	case keys.HalfUp:
		v.step(-half * p.Count)
	case keys.HalfDown:
		v.step(half * p.Count)
	case keys.First:
		v.step(-1 << 20)
	case keys.Last:
		v.step(1 << 20)
	case keys.NextPart:
		v.turn(1)
	case keys.PrevPart:
		v.turn(-1)
	default:
		return false
	}
	return true
}

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Order.Name }

// Keys are what works now.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Order.Keys
	var out []keys.Hint
	if it, ok := v.current(); ok && (it.opens != 0 || it.order != 0) {
		out = append(out, keys.Hint{Action: keys.Open, Word: w.Open})
	}
	return append(out, keys.Hint{Action: keys.NextPart, Word: w.Part}, v.env.Hint(keys.Store), v.env.Hint(keys.New), v.env.Hint(keys.Find),
		v.env.Hint(keys.Menu), v.env.Hint(keys.Help), v.env.Hint(keys.Back), keys.Hint{Action: keys.Refresh, Word: w.Read})
}

// Message is the sentence for the store; before it, that the line is gone.
func (v *View) Message() []cell.Line {
	t := v.env.Text
	if !v.read {
		return nil
	}
	if c := v.env.Conn; c.State == ui.Down || c.State == ui.Reconnecting || v.failed != nil {
		at := v.file.ReadAt
		return []cell.Line{cell.Painted(theme.Problem, " "+t.Store.Offline(t.ClockSeconds(at.In(v.env.Zone)), t.Age(v.env.Now().Sub(at))))}
	}
	return []cell.Line{cell.Plain(" " + t.SayChange(v.file.Brief(), v.env.Now()))}
}

// Menu is what can be done with the order.
func (v *View) Menu() ui.Menu {
	if !v.read {
		return ui.Menu{}
	}
	s := v.file.Store
	m := ui.Menu{
		Title: string(v.file.Order.No) + "  " + v.env.Text.Pick(s.Name, s.NameEn) + " " + string(s.Code), Copy: string(v.file.Order.No),
		Acts: []ui.Act{{Action: keys.Store}, {Action: keys.History}},
	}
	if it, have := v.current(); have && it.goods != "" {
		m.Acts = append(m.Acts, ui.Act{Action: keys.Product})
	}
	return m
}
