// Package find is one box for everything: stores by the tail of a number, a name or
// its pinyin initials, orders, products, people and views.
package find

import (
	"context"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// Store is what the box asks.
type Store interface {
	Find(ctx context.Context, text string, limit int) ([]domain.Found, error)
}

const (
	mostEach  = 8 // findings of each kind
	waitFor   = 120 * time.Millisecond
	readLimit = 5 * time.Second
	fixed     = 4 // lines that are no findings: the frame, the hint, the field
	lowest    = 8 // lines of the box when little is found
)

type found []domain.Found

// entry is a row: a finding, or a view of the desk.
type entry struct {
	found domain.Found
	view  ui.ViewID // "" for a finding
}

// View is the find box.
type View struct {
	ui.Base
	env     *ui.Env
	store   Store
	views   []ui.ViewID // that can be gone to
	field   *widget.Field
	rows    []entry
	cursor  int
	gen     ui.Gen
	wakeGen ui.Gen
	asked   string // what the rows answer, or will
	waits   bool   // the answer is on its way
	opens   bool   // open what comes, if it is one thing
	failed  bool
}

// New makes an empty box; views are those that can be gone to.
func New(env *ui.Env, store Store, views []ui.ViewID) *View {
	v := &View{env: env, store: store, views: views, field: widget.NewField(60)}
	v.rows = v.viewRows("")
	return v
}

// Init has nothing to read.
func (v *View) Init() tea.Cmd { return nil }

// Box asks for the whole width and as many lines as there are rows.
func (v *View) Box(maxW, maxH int) (int, int) {
	return min(maxW, 100), min(maxH, max(lowest, fixed+len(v.rows)+min(1, len(v.said()))))
}

// Update takes keys and findings.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Woken:
		if msg.Gen == v.wakeGen {
			return v.look()
		}
	case ui.Loaded[found]:
		return v.came(msg)
	}
	return nil
}

func (v *View) press(p keys.Press) tea.Cmd {
	switch p.Action {
	case keys.Input:
		if v.field.Update(p) {
			v.opens = false
			return ui.After(v.env, v.wakeGen.Next(), waitFor)
		}
	case keys.Down, keys.NextPart:
		v.move(p.Count)
	case keys.Up, keys.PrevPart:
		v.move(-p.Count)
	case keys.HalfDown:
		v.move(mostEach)
	case keys.HalfUp:
		v.move(-mostEach)
	case keys.Open:
		return v.open()
	case keys.Back, keys.Find:
		return ui.Send(ui.Back{})
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

func (v *View) move(n int) {
	v.cursor = max(0, min(v.cursor+max(-mostEach, min(n, mostEach)), len(v.rows)-1))
}

// look asks the database for what stands in the field.
func (v *View) look() tea.Cmd {
	text, store := strings.TrimSpace(v.field.Value()), v.store
	v.asked, v.waits = text, text != ""
	if text == "" {
		v.gen.Next()
		v.rows, v.cursor, v.failed = v.viewRows(""), 0, false
		return nil
	}
	return ui.Load(v.env, v.gen.Next(), "find", readLimit, func(ctx context.Context) (found, error) {
		return store.Find(ctx, text, mostEach)
	})
}

// came takes the findings in. What enter asked for before they came is opened where
// there is only one; of several the person chooses.
func (v *View) came(msg ui.Loaded[found]) tea.Cmd {
	if msg.Gen != v.gen {
		return nil
	}
	v.failed, v.waits = msg.Err != nil, false
	v.rows, v.cursor = nil, 0
	for _, f := range msg.Value {
		v.rows = append(v.rows, entry{found: f})
	}
	v.rows = append(v.rows, v.viewRows(v.asked)...)
	if v.opens && !v.failed && len(v.rows) == 1 {
		return v.open()
	}
	v.opens = false
	return nil
}

// viewRows are the views whose name or number holds the text.
func (v *View) viewRows(text string) []entry {
	var out []entry
	for i, id := range ui.Numbered() {
		if !has(v.views, id) {
			continue
		}
		name := v.env.Text.Desk.Tabs[string(id)]
		if strings.Contains(strings.ToLower(name), strings.ToLower(text)) || strings.HasPrefix(string(id), strings.ToLower(text)) ||
			text == strconv.Itoa(i+1) {
			out = append(out, entry{view: id})
		}
	}
	if name := v.env.Text.Desk.Tabs[string(ui.Handover)]; text != "" && strings.Contains(strings.ToLower(name), strings.ToLower(text)) {
		out = append(out, entry{view: ui.Handover})
	}
	return out
}

func has(all []ui.ViewID, id ui.ViewID) bool {
	for _, have := range all {
		if have == id {
			return true
		}
	}
	return false
}

// open goes to what the cursor is on: a store, an order's case, a view.
func (v *View) open() tea.Cmd {
	if v.waits || v.asked != strings.TrimSpace(v.field.Value()) {
		v.opens = true // typed faster than looked up
		if v.waits && v.asked == strings.TrimSpace(v.field.Value()) {
			return nil
		}
		v.wakeGen.Next()
		return v.look()
	}
	v.opens = false
	if v.cursor >= len(v.rows) {
		return nil
	}
	e := v.rows[v.cursor]
	if e.view != "" {
		return ui.Send(ui.Show{View: e.view})
	}
	f := e.found
	switch {
	case f.Kind == domain.FoundStore:
		return ui.Send(ui.OpenStore{Code: f.Store.Code})
	case f.Kind == domain.FoundOrder && f.Case != 0:
		return ui.Send(ui.OpenCase{ID: f.Case})
	case f.Kind == domain.FoundOrder:
		return ui.Send(ui.OpenStore{Code: f.Store.Code})
	case f.Kind == domain.FoundProduct:
		return ui.Send(ui.OpenProduct{Code: f.Product.Code})
	}
	return ui.Send(ui.Say{Text: v.env.Text.Find.NoScreen, Tone: ui.Note})
}

// Title names the box for the help.
func (v *View) Title() string { return v.env.Text.Find.Name }

// CapturesText is always true: the field has the cursor.
func (v *View) CapturesText() bool { return true }

// Keys are what works now.
func (v *View) Keys() []keys.Hint {
	return []keys.Hint{v.env.Hint(keys.Open), v.env.Hint(keys.Up), v.env.Hint(keys.Down), v.env.Hint(keys.Back)}
}

// TextCursor is in the field.
func (v *View) TextCursor() (x, y int, ok bool) { return 2 + v.field.CursorX(v.W-4), 2, true }

// View draws the box.
func (v *View) View() string {
	w := v.env.Text.Find
	lines := []cell.Line{
		cell.Painted(theme.Muted, " "+w.Hint),
		{Left: append([]cell.Span{{Text: " "}}, v.field.Spans(v.W-4, true)...)},
	}
	said := v.said()
	room := max(0, v.H-2-len(lines)-len(said))
	from := max(0, v.cursor-room+1)
	for i := from; i < len(v.rows) && i < from+room; i++ {
		lines = append(lines, v.row(v.rows[i], i == v.cursor))
	}
	return strings.Join(widget.Box(v.env.Theme, v.env.Glyphs, w.Name, append(lines, said...), v.W, v.H), "\n")
}

// said is what there is to say beneath the rows.
func (v *View) said() []cell.Line {
	w := v.env.Text.Find
	switch {
	case v.failed:
		return []cell.Line{cell.Painted(theme.Problem, " "+w.Failed)}
	case v.waits && len(v.rows) == 0:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Waiting)}
	case len(v.rows) == 0 && v.asked != "":
		return []cell.Line{cell.Painted(theme.Muted, " "+w.Nothing)}
	}
	return nil
}

// row is a finding: its kind, what it is, and how it stands now.
func (v *View) row(e entry, here bool) cell.Line {
	sign, over := "  ", theme.Text
	if here {
		sign, over = "> ", theme.Cursor
	}
	kindW := cell.Width(v.env.Text.Find.View)
	for _, k := range v.env.Text.Find.Kinds {
		kindW = max(kindW, cell.Width(k))
	}
	kindW += 2
	whatW := max(0, v.W-4-kindW) * whatShare / 100
	kind, what, now := v.words(e, whatW)
	return cell.Line{
		Left: []cell.Span{
			{Text: sign}, {Text: cell.Fit(kind, kindW), Role: theme.Muted}, {Text: cell.Fit(cell.Clean(what), whatW) + " "}, {Text: now},
		},
		Over: over,
	}
}

// whatShare is how much of a row names the finding, in hundredths; the rest tells how
// it stands.
const whatShare = 45

// storeWords name a store with its phone, or the end of it where there is no room.
func (v *View) storeWords(s domain.Store, room int) string {
	t := v.env.Text
	who := t.Pick(s.Name, s.NameEn) + " " + string(s.Code) + " " + t.Pick(s.Manager, s.ManagerEn) + " "
	if cell.Width(cell.Clean(who+s.Phone)) <= room {
		return who + s.Phone
	}
	phone := []rune(s.Phone)
	return who + string(phone[max(0, len(phone)-4):])
}

// words are the kind of a finding, what it is, and how it stands.
func (v *View) words(e entry, room int) (kind, what, now string) {
	t := v.env.Text
	w := t.Find
	if e.view != "" {
		return w.View, t.Desk.Tabs[string(e.view)], ""
	}
	f := e.found
	kind = w.Kinds[f.Kind]
	switch f.Kind {
	case domain.FoundStore:
		what, now = v.storeWords(f.Store, room), w.StoreNow(f.Today, f.HeldToday, f.OpenCases)
	case domain.FoundOrder:
		what = string(f.Order.No) + " " + t.Pick(f.Store.Name, f.Store.NameEn) + " " + t.Money(f.Order.Total)
		now = t.OrderState(f.Order.State)
		if f.Order.Held != 0 {
			now = w.OrderHeld(now)
		}
	case domain.FoundProduct:
		p := f.Product
		step, stock := w.NoStep, t.Values.Unknown
		decimals := 0
		if p.Weighed {
			decimals = 3
		}
		if p.Step != nil {
			step = t.Weight(*p.Step, decimals, p.Unit, p.UnitEn)
		}
		if have, ok := p.Available(); ok {
			stock = t.Weight(have, decimals, p.Unit, p.UnitEn)
		}
		what = t.Pick(p.Name, p.NameEn) + " " + string(p.Code)
		now = w.Product(t.ProductState(p.Status), step, stock)
	case domain.FoundStaff:
		what = t.Person(f.Staff.Name, f.Staff.NameEn, f.Staff.Login) + " " + string(f.Staff.Login)
		for _, r := range f.Staff.Roles {
			what += " " + t.Role(r)
		}
		if f.OnDuty {
			now = w.OnDuty
		}
	}
	return kind, what, now
}
