package tui

import (
	"context"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"
)

// The smallest terminal the desk draws on.
const (
	minWidth  = 80
	minHeight = 24
)

// page is a view that lives, with its address.
type page struct {
	id     ui.Page
	number ui.ViewID // of a numbered view; "" for an opened screen
	view   ui.View
	stale  bool // something changed while it was hidden
	w, h   int  // as last given
}

// Desk is the root model. Its methods run in one goroutine.
type Desk struct {
	opts   Options
	desk   *ui.Desk
	keymap *keys.Map
	screen *Screen

	w, h   int
	pages  map[ui.ViewID]*page // numbered views made so far
	stack  []*page             // the numbered view, and what was opened from it
	before ui.ViewID           // the numbered view before
	over   overlay             // nil: none
	said   *ui.Say             // nil: nothing to say
	made   int                 // pages made, for addresses
	gen    ui.Gen              // of the status
	cursor [3]int              // the text cursor's cell, and 1 where it is shown
	quitAt time.Time           // when ctrl+c was pressed last
}

// rootPage is the address of the root itself.
const rootPage ui.Page = "root"

// New makes the desk. It starts on the first numbered view the person may use.
func New(ctx context.Context, o Options) *Desk {
	d := &Desk{
		opts: o, keymap: keys.NewMap(), pages: map[ui.ViewID]*page{},
		desk: ui.NewDesk(ctx, ui.Desk{
			Text: text.For(o.Lang), Theme: o.Theme, Glyphs: o.Glyphs, Clock: o.Clock, Timer: o.Timer, Zone: o.Zone, Me: o.Me, Log: o.Log,
		}),
	}
	for _, id := range ui.Numbered() {
		if o.Views.Numbered[id] != nil {
			d.desk.Views = append(d.desk.Views, id)
		}
	}
	if tabs := d.tabs(); len(tabs) > 0 {
		d.stack = []*page{d.numbered(tabs[0])}
	}
	return d
}

// Init starts the first view, the status line and the clock.
func (d *Desk) Init() tea.Cmd {
	return tea.Batch(d.readStatus(), d.tick(), d.heartbeat())
}

// numbered gives the page of a numbered view, making it the first time.
func (d *Desk) numbered(id ui.ViewID) *page {
	if p, ok := d.pages[id]; ok {
		return p
	}
	p := &page{id: ui.Page(id), number: id}
	p.view = d.opts.Views.Numbered[id](ui.NewEnv(d.desk, p.id))
	d.pages[id] = p
	return p
}

// opened makes the page of a screen that is opened from another.
func (d *Desk) opened(name string, build func(*ui.Env) ui.View) *page {
	d.made++
	p := &page{id: ui.Page(name + ":" + strconv.Itoa(d.made))}
	p.view = build(ui.NewEnv(d.desk, p.id))
	return p
}

// top is the page on the screen, nil where there is none.
func (d *Desk) top() *page {
	if len(d.stack) == 0 {
		return nil
	}
	return d.stack[len(d.stack)-1]
}

// push opens a screen over the present one; with replace in its place.
func (d *Desk) push(p *page, replace bool) tea.Cmd {
	var cmds []tea.Cmd
	if replace && len(d.stack) > 1 {
		cmds = append(cmds, d.drop())
	}
	d.over = nil
	d.stack = append(d.stack, p)
	return tea.Batch(append(cmds, d.enter(p))...)
}

// enter brings a page to the screen.
func (d *Desk) enter(p *page) tea.Cmd {
	fresh := p.w == 0
	d.layout()
	if p.w == 0 {
		return nil // no size is known yet: the first WindowSizeMsg comes back here
	}
	stale := p.stale
	p.stale = false
	var cmd tea.Cmd
	if fresh {
		cmd = p.view.Init()
	}
	return tea.Batch(cmd, p.view.Update(ui.Shown{Stale: stale}))
}

// drop takes the opened screen off the stack and lets it close.
func (d *Desk) drop() tea.Cmd {
	p := d.top()
	d.stack = d.stack[:len(d.stack)-1]
	if c, ok := p.view.(ui.Closer); ok {
		return c.Close()
	}
	return nil
}

// back goes one step back: from a box, then from an opened screen.
func (d *Desk) back() tea.Cmd {
	if d.over != nil {
		d.over = nil
		return nil
	}
	if len(d.stack) <= 1 {
		d.say(ui.Say{Text: d.desk.Text.Desk.FirstScreen, Tone: ui.Note})
		return nil
	}
	return tea.Batch(d.drop(), d.enter(d.top()))
}

// show switches to a numbered view; screens opened from the one before close.
func (d *Desk) show(id ui.ViewID) tea.Cmd {
	if id == ui.Handover {
		d.over = nil
		return d.open(ui.OpenHandover{})
	}
	if d.opts.Views.Numbered[id] == nil {
		return nil
	}
	d.over = nil
	var cmds []tea.Cmd
	for len(d.stack) > 1 {
		cmds = append(cmds, d.drop())
	}
	if now := d.top(); now != nil && now.number != id {
		d.before = now.number
	}
	p := d.numbered(id)
	d.stack = []*page{p}
	return tea.Batch(append(cmds, d.enter(p))...)
}

// find gives the page with an address, nil where it is gone.
func (d *Desk) find(id ui.Page) *page {
	for _, p := range d.stack {
		if p.id == id {
			return p
		}
	}
	for _, p := range d.pages {
		if p.id == id {
			return p
		}
	}
	return nil
}

func (d *Desk) say(s ui.Say) { d.said = &s }

// tabs lists the numbered views this person's roles use, of those that exist.
func (d *Desk) tabs() []ui.ViewID {
	var out []ui.ViewID
	for _, id := range ui.Numbered() {
		if d.opts.Views.Numbered[id] != nil && used(id, d.opts.Me) {
			out = append(out, id)
		}
	}
	return out
}

// used tells whether a person's roles use a view. Any other view is reached by
// finding it.
func used(id ui.ViewID, me domain.Staff) bool {
	for _, r := range me.Roles {
		for _, v := range viewsOf(r) {
			if v == id {
				return true
			}
		}
	}
	return false
}

func viewsOf(r domain.Role) []ui.ViewID {
	switch r {
	case domain.RoleAgent:
		return []ui.ViewID{ui.Queue, ui.Deliveries, ui.Returns, ui.Roster, ui.Reports}
	case domain.RoleManager:
		return []ui.ViewID{ui.Queue, ui.Deliveries, ui.Returns, ui.Roster, ui.Reports, ui.Counts}
	case domain.RoleExpansion:
		return []ui.ViewID{ui.Queue, ui.Reports}
	case domain.RoleProcurement:
		return []ui.ViewID{ui.Queue, ui.Returns, ui.Catalogue, ui.Reports, ui.Counts}
	case domain.RoleLogistics:
		return []ui.ViewID{ui.Queue, ui.Deliveries, ui.Roster, ui.Reports}
	case domain.RoleTraining:
		return []ui.ViewID{ui.Queue, ui.Reports, ui.Training}
	case domain.RoleFinance:
		return []ui.ViewID{ui.Queue, ui.Settlement, ui.Reports}
	case domain.RoleIntake:
		return nil
	}
	return nil
}

// layout gives every page on the stack its size.
func (d *Desk) layout() {
	if d.w < minWidth || d.h < minHeight {
		return
	}
	for _, p := range d.stack {
		w, h := d.w, d.h-d.headLines(p)-d.footLines(p)-1
		if p.w != w || p.h != h {
			p.w, p.h = w, h
			p.view.SetSize(w, h)
		}
	}
	if b, ok := d.over.(*boxed); ok {
		b.size(d.w, d.h)
	}
}

func (d *Desk) headLines(p *page) int {
	if p.number != "" {
		return 3
	}
	return 0
}

func (d *Desk) footLines(p *page) int {
	if f, ok := p.view.(ui.Footer); ok {
		return max(f.FootLines(), 1)
	}
	return 1
}

var _ tea.Model = (*Desk)(nil)

// View draws the frame; a frame that does not hold is clipped, and the log says so.
func (d *Desk) View() string {
	if d.w == 0 {
		return ""
	}
	frame := d.Frame()
	if err := cell.CheckFrame(frame, d.w, d.h); err != nil {
		d.desk.Log.Error("Frame clipped", "error", err.Error())
		return cell.ClipFrame(frame, d.w, d.h)
	}
	return frame
}
