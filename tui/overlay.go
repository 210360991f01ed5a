package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// overlay is a box over the screen; it has the keys while it is there.
type overlay interface {
	press(d *Desk, p keys.Press) tea.Cmd
	// box draws it for a screen of w times h cells and says where it stands.
	box(d *Desk, w, h int) (lines []string, x, y int)
}

// typed is what a key message holds, fit to be shown.
func typed(msg tea.KeyMsg) string {
	s := msg.String()
	if msg.Type == tea.KeyRunes {
		s = string(msg.Runes)
	}
	return cell.Cut(cell.Clean(strings.TrimSpace(s)), 20)
}

// boxed is a view drawn as a box: finding.
type boxed struct{ page *page }

func (d *Desk) openFind() tea.Cmd {
	if d.opts.Views.Find == nil || d.w < minWidth || d.h < minHeight {
		return nil
	}
	if b, ok := d.over.(*boxed); ok {
		return b.page.view.Update(keys.Press{Action: keys.Find, Count: 1})
	}
	p := d.opened("find", d.opts.Views.Find)
	d.over = &boxed{page: p}
	d.layout()
	return tea.Batch(p.view.Init(), p.view.Update(ui.Shown{}))
}

func (b *boxed) press(_ *Desk, p keys.Press) tea.Cmd { return b.page.view.Update(p) }

// boxTop is the line a view in a box begins at: what is above stays in sight.
const boxTop = 3

// size gives the view the room it wants of a screen of w times h cells.
func (b *boxed) size(w, h int) {
	bw, bh := w, h/2
	if s, ok := b.page.view.(ui.Boxed); ok {
		bw, bh = s.Box(w, h-boxTop-1)
	}
	bw, bh = min(bw, w), min(bh, h-boxTop-1)
	if b.page.w != bw || b.page.h != bh {
		b.page.w, b.page.h = bw, bh
		b.page.view.SetSize(bw, bh)
	}
}

func (b *boxed) box(_ *Desk, w, _ int) ([]string, int, int) {
	return strings.Split(b.page.view.View(), "\n"), (w - b.page.w) / 2, boxTop
}

// menu is the action menu, or its rest.
type menu struct {
	title   string
	entries []widget.Entry
	actions []keys.Action
	list    *widget.Menu
}

// menuWidth is the outer width of the action menu.
const menuWidth = 60

// newMenu makes the action menu of a row: the same action always under the same
// digit, what the view does not offer grey.
func newMenu(d *Desk, m ui.Menu) *menu {
	out := &menu{title: m.Title}
	if out.title == "" {
		out.title = d.desk.Text.Desk.MenuTitle
	}
	for i, a := range keys.MenuOrder() {
		act, ok := pick(m.Acts, a)
		if a == keys.Rest {
			act, ok = ui.Act{Action: a}, true
		}
		out.add(d, act, ok, a, (i+1)%10)
	}
	out.list = widget.NewMenu(out.entries)
	return out
}

// restOrder is what stands under 0 on every screen, by digit.
func restOrder() []keys.Action {
	return []keys.Action{keys.TakeBack, keys.Copy, keys.Language, keys.Print, keys.Columns, keys.Sort, keys.Saved, keys.Away, keys.Handing}
}

// newRest makes what stands under 0: the same on every screen, then what the view
// adds.
func newRest(d *Desk, m ui.Menu) *menu {
	out := &menu{title: d.desk.Text.Desk.RestTitle}
	for i, a := range restOrder() {
		act, ok := pick(m.Rest, a)
		switch a {
		case keys.Language:
			words := d.desk.Text
			act, ok = ui.Act{Action: a, Name: words.ActMenu(string(a)) + " " + words.Desk.LangSwitch}, true
		case keys.Copy:
			ok = m.Copy != ""
			act = ui.Act{Action: a, Name: d.desk.Text.ActMenu(string(a)) + " " + m.Copy}
		case keys.Away:
			ok = d.opts.SetAway != nil
			if !d.desk.Status.Away.IsZero() {
				act.Name = d.desk.Text.Desk.ComeBack
			}
		case keys.Handing:
			ok = d.opts.Views.Handover != nil
		default:
		}
		out.add(d, act, ok, a, i+1)
	}
	next := len(restOrder()) + 1
	for _, act := range m.Rest {
		if slices.Contains(restOrder(), act.Action) {
			continue
		}
		digit := -1
		if next <= 10 { // after 9 comes 0, then there are no more
			digit, next = next%10, next+1
		}
		out.add(d, act, true, act.Action, digit)
	}
	out.list = widget.NewMenu(out.entries)
	return out
}

func pick(acts []ui.Act, a keys.Action) (ui.Act, bool) {
	for _, act := range acts {
		if act.Action == a {
			return act, true
		}
	}
	return ui.Act{Action: a}, false
}

func (m *menu) add(d *Desk, act ui.Act, there bool, a keys.Action, digit int) {
	e := widget.Entry{Digit: digit, Name: act.Name, Keys: keys.Short(a), Off: act.Off}
	if e.Name == "" {
		e.Name = d.desk.Text.ActMenu(string(a))
	}
	if !there {
		e.Off = d.desk.Text.Desk.NotHere
	}
	m.entries = append(m.entries, e)
	m.actions = append(m.actions, a)
}

func (m *menu) press(d *Desk, p keys.Press) tea.Cmd {
	if p.Action == keys.Back || p.Action == keys.Menu {
		d.over = nil
		return nil
	}
	i, ok := m.list.Press(p)
	if !ok {
		return nil
	}
	e := m.list.Entry(i)
	if e.Off != "" {
		d.say(ui.Say{Text: e.Name + ": " + e.Off, Tone: ui.Note})
		return nil
	}
	d.over = nil
	return d.choose(m.actions[i])
}

// choose does an entry of the menu: the root's own, or the view's by the same press
// as its key.
func (d *Desk) choose(a keys.Action) tea.Cmd {
	v := d.top().view
	switch a {
	case keys.Rest:
		d.over = newRest(d, v.Menu())
		return nil
	case keys.Language:
		d.switchLanguage()
		return nil
	case keys.Copy:
		return d.copyText(v.Menu().Copy)
	case keys.Away:
		return d.setAway()
	case keys.Handing:
		return d.open(ui.OpenHandover{})
	default:
		return v.Update(keys.Press{Action: a, Count: 1})
	}
}

func (m *menu) box(d *Desk, w, h int) ([]string, int, int) {
	lines := m.list.Lines(menuWidth-2, d.desk.Text.Desk.Unavailable)
	bh := min(len(lines)+2, h-2)
	box := widget.Box(d.desk.Theme, d.desk.Glyphs, m.title, lines, menuWidth, bh)
	return box, (w - menuWidth) / 2, max((h-bh)/2, 0)
}

// help tells of this screen: its procedure, if it has one, and what the keys do; and on
// a page of its own what the kinds of anomaly mean and who does what about them.
type help struct {
	offset int
	kinds  bool // the page of the kinds
}

func (hp *help) press(d *Desk, p keys.Press) tea.Cmd {
	page := max(d.h-4, 1)
	most := max(len(hp.lines(d))-page, 0)
	switch p.Action {
	case keys.Up:
		hp.offset -= p.Count
	case keys.Down:
		hp.offset += p.Count
	case keys.HalfUp:
		hp.offset -= page / 2
	case keys.HalfDown:
		hp.offset += page / 2
	case keys.First:
		hp.offset = 0
	case keys.Last:
		hp.offset = most
	case keys.NextPart, keys.PrevPart:
		hp.kinds, hp.offset = !hp.kinds, 0
		return nil
	default:
		d.over = nil
	}
	hp.offset = max(min(hp.offset, most), 0)
	return nil
}

// keyCells is the width of the keys in the help.
const keyCells = 24

func (hp *help) lines(d *Desk) []cell.Line {
	view, words := d.top().view, d.desk.Text
	if hp.kinds {
		return ui.HelpText(words.HelpKinds())
	}
	row := func(key, what string) cell.Line {
		return cell.Of(cell.Span{Text: " " + cell.Fit(key, keyCells) + " ", Role: theme.Key}, cell.Span{Text: what})
	}
	var lines []cell.Line
	if h, ok := view.(ui.Helper); ok {
		lines = append(lines, h.HelpLines()...)
		lines = append(lines, cell.Line{})
	}
	for _, h := range view.Keys() {
		key, word := h.Label()
		lines = append(lines, row(key, word))
	}
	lines = append(lines, cell.Line{})
	for _, b := range keys.Everywhere() {
		if b.Action == keys.Rest {
			continue
		}
		lines = append(lines, row(strings.Join(keys.Names(b.Action), "  "), words.ActHelp(string(b.Action))))
	}
	return lines
}

func (hp *help) box(d *Desk, w, h int) ([]string, int, int) {
	words := d.desk.Text.Desk
	lines := hp.lines(d)
	page := h - 4
	end := min(hp.offset+page, len(lines))
	shown := append([]cell.Line(nil), lines[hp.offset:end]...)
	for len(shown) < page {
		shown = append(shown, cell.Line{})
	}
	foot, title := words.HelpEnd, words.HelpTitle(d.top().view.Title())
	if hp.kinds {
		foot, title = words.HelpEndKinds, words.HelpTitle(d.desk.Text.Helps.AllKinds)
	}
	shown = append(shown, cell.Painted(theme.Muted, " "+foot))
	bw := min(w, 100)
	return widget.Box(d.desk.Theme, d.desk.Glyphs, title, shown, bw, h-1), (w - bw) / 2, 0
}
