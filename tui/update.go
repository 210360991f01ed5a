package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"
)

// How often the root reads the status line without being told to, and for how long
// it waits for an answer.
const (
	beatEvery   = 5 * time.Second // the clock of "judged to" must not look dead
	statusLimit = 5 * time.Second
)

type (
	ticked struct{}
	beaten struct{}
)

func (d *Desk) tick() tea.Cmd {
	return d.desk.Timer(time.Second, func(time.Time) tea.Msg { return ticked{} })
}

func (d *Desk) heartbeat() tea.Cmd {
	return d.desk.Timer(beatEvery, func(time.Time) tea.Msg { return beaten{} })
}

// Update routes a message. Every command is guarded, every size and the place of
// the text cursor follow what changed.
func (d *Desk) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := d.route(msg)
	d.layout()
	return d, guard(d.desk.Log, tea.Batch(cmd, d.placeCursor()))
}

// route decides by the kind of message: the terminal's, results with an address,
// keys, what views ask for, news.
func (d *Desk) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return d.resize(msg)
	case tea.ResumeMsg:
		return tea.Batch(tea.ClearScreen, d.readStatus(), d.changed(ui.Changed{All: true}))
	case tea.KeyMsg:
		return d.key(msg)
	case ui.Addressed:
		return d.deliver(msg)
	case crashed:
		d.say(ui.Say{Text: d.desk.Text.Desk.Fault, Tone: ui.Problem})
		return nil
	}
	if cmd, ok := d.asked(msg); ok {
		return cmd
	}
	return d.news(msg)
}

// resize takes the terminal's size; the first one brings the first view to life.
func (d *Desk) resize(msg tea.WindowSizeMsg) tea.Cmd {
	first := d.top() != nil && d.top().w == 0
	shrunk := msg.Width < d.w || msg.Height < d.h
	d.w, d.h = msg.Width, msg.Height
	d.layout()
	var cmds []tea.Cmd
	if p := d.top(); first && p.w > 0 {
		cmds = append(cmds, p.view.Init(), p.view.Update(ui.Shown{}))
	}
	if shrunk {
		cmds = append(cmds, tea.ClearScreen)
	}
	return tea.Batch(cmds...)
}

// deliver brings a result to its page, hidden or not; one whose page is gone is
// dropped.
func (d *Desk) deliver(msg ui.Addressed) tea.Cmd {
	if msg.Address() == rootPage {
		return d.rootResult(msg)
	}
	if b, ok := d.over.(*boxed); ok && b.page.id == msg.Address() {
		return b.page.view.Update(msg)
	}
	if p := d.find(msg.Address()); p != nil {
		return p.view.Update(msg)
	}
	return nil
}

func (d *Desk) rootResult(msg ui.Addressed) tea.Cmd {
	switch msg := msg.(type) {
	case ui.Loaded[ui.Status]:
		if msg.Gen == d.gen && msg.Err == nil {
			msg.Value.UpdatedAt = msg.At
			d.desk.Status = msg.Value
			d.desk.Conn.DataAt = msg.At
		}
	case ui.Loaded[wentAway]:
		return d.awayCame(msg)
	case ui.Loaded[heldCases]:
		return d.askLeave(msg)
	case ui.Loaded[handedBack]:
		if msg.Err != nil {
			d.over = nil
			d.say(ui.Say{Text: d.desk.Text.Desk.LeaveFailed(d.desk.Text.Error(msg.Err)), Tone: ui.Problem})
			return nil
		}
		return d.quit()
	}
	return nil
}

// asked does what a view asks of the root.
func (d *Desk) asked(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case ui.Show:
		return d.show(msg.View), true
	case ui.OpenCase, ui.OpenStore, ui.OpenOrder, ui.OpenHistory, ui.OpenEntry, ui.OpenCorrection, ui.OpenProduct, ui.OpenHandover:
		return d.open(msg), true
	case ui.OpenFind:
		return d.openFind(), true
	case ui.Back:
		return d.back(), true
	case ui.Say:
		d.say(msg)
	case ui.CopyText:
		return d.copyText(msg.Text), true
	default:
		return nil, false
	}
	return nil, true
}

// open puts the screen that was asked for over the present one; where there is none
// it says so.
func (d *Desk) open(msg tea.Msg) tea.Cmd {
	views := d.opts.Views
	switch msg := msg.(type) {
	case ui.OpenCase:
		return opening(d, "case", views.Case, msg.ID, msg.Replace)
	case ui.OpenStore:
		return opening(d, "store", views.Store, msg.Code, false)
	case ui.OpenOrder:
		return opening(d, "order", views.Order, msg.ID, false)
	case ui.OpenHistory:
		if mk := views.History; mk != nil {
			return d.push(d.opened("history", func(e *ui.Env) ui.View { return mk(e, msg.Store, msg.Order) }), false)
		}
		return opening[ui.OpenHistory](d, "history", nil, msg, false)
	case ui.OpenHandover:
		if mk := views.Handover; mk != nil {
			return d.push(d.opened("handover", mk), false)
		}
	case ui.OpenEntry:
		return opening(d, "entry", views.Entry, msg, false)
	case ui.OpenCorrection:
		return opening(d, "correction", views.Correct, msg, false)
	case ui.OpenProduct:
		return opening(d, "product", views.Product, msg.Code, false)
	}
	return nil
}

// opening makes the page of a screen and puts it on top.
func opening[T any](d *Desk, name string, mk func(*ui.Env, T) ui.View, of T, replace bool) tea.Cmd {
	if mk == nil {
		d.say(ui.Say{Text: d.desk.Text.Desk.NotHere, Tone: ui.Note})
		return nil
	}
	return d.push(d.opened(name, func(e *ui.Env) ui.View { return mk(e, of) }), replace)
}

// news takes what happens without the person: time, and hints from the database.
func (d *Desk) news(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ticked:
		return tea.Batch(d.tick(), d.toTop(ui.Tick{}))
	case beaten:
		cmds := []tea.Cmd{d.heartbeat(), d.readStatus()}
		if d.desk.Conn.State != ui.Live {
			cmds = append(cmds, d.changed(ui.Changed{All: true}))
		}
		return tea.Batch(cmds...)
	case ui.Changed:
		return tea.Batch(d.readStatus(), d.changed(msg))
	case lineState:
		return d.lineTo(msg.state)
	case ui.CaseWritten:
		return d.toAll(msg)
	}
	return d.toTop(msg)
}

// lineTo notes the state of the line. Coming back, everything is read again: what
// was told while it was gone is lost.
func (d *Desk) lineTo(s ui.ConnState) tea.Cmd {
	if s == d.desk.Conn.State {
		return nil
	}
	d.desk.Conn.State, d.desk.Conn.Since = s, d.desk.Now()
	if s != ui.Live {
		return nil
	}
	return tea.Batch(d.readStatus(), d.changed(ui.Changed{All: true}))
}

// changed tells the page on the screen; the hidden ones learn it when they come
// back.
func (d *Desk) changed(msg ui.Changed) tea.Cmd {
	for _, p := range d.pages {
		p.stale = p.stale || p != d.top()
	}
	for _, p := range d.stack {
		p.stale = p.stale || p != d.top()
	}
	return d.toTop(msg)
}

func (d *Desk) toTop(msg tea.Msg) tea.Cmd {
	if p := d.top(); p != nil && p.w > 0 {
		return p.view.Update(msg)
	}
	return nil
}

func (d *Desk) toAll(msg tea.Msg) tea.Cmd {
	seen := map[*page]bool{}
	var cmds []tea.Cmd
	send := func(p *page) {
		if !seen[p] && p.w > 0 {
			seen[p] = true
			cmds = append(cmds, p.view.Update(msg))
		}
	}
	for _, p := range d.pages {
		send(p)
	}
	for _, p := range d.stack {
		send(p)
	}
	return tea.Batch(cmds...)
}

func (d *Desk) readStatus() tea.Cmd {
	if d.opts.Status == nil {
		return nil
	}
	read := d.opts.Status
	return ui.Load(ui.NewEnv(d.desk, rootPage), d.gen.Next(), "status", statusLimit,
		func(ctx context.Context) (ui.Status, error) { return read(ctx) })
}

// key reads a key for whoever has it: ctrl+c before all, then the box over the
// screen, a standing question, a text field, what holds everywhere, the view.
func (d *Desk) key(msg tea.KeyMsg) tea.Cmd {
	top := d.top()
	p := d.keymap.Read(msg)
	if d.captures() {
		p = d.keymap.InText(msg)
	}
	if p.Action != keys.Leave {
		d.said, d.quitAt = nil, time.Time{}
	}
	switch p.Action {
	case keys.Leave:
		return d.leave()
	case keys.Suspend:
		return tea.Suspend
	case keys.Redraw:
		return tea.ClearScreen
	default:
	}
	if top == nil || top.w == 0 {
		return nil
	}
	if d.over != nil {
		return d.over.press(d, p)
	}
	if top.view.Asks() {
		return top.view.Update(p)
	}
	if cmd, ok := d.everywhere(top, p); ok {
		return cmd
	}
	return top.view.Update(p)
}

// captures tells whether a text field has the keys.
func (d *Desk) captures() bool {
	if b, ok := d.over.(*boxed); ok {
		return b.page.view.CapturesText()
	}
	return d.over == nil && d.top() != nil && d.top().view.CapturesText()
}

// everywhere does what keys mean on every screen.
func (d *Desk) everywhere(top *page, p keys.Press) (tea.Cmd, bool) {
	words := d.desk.Text.Desk
	switch p.Action {
	case keys.None:
		d.say(ui.Say{Text: words.NoSense(typed(p.Msg)), Tone: ui.Note})
	case keys.Stray:
		d.say(ui.Say{Text: words.Stray(typed(p.Msg)), Tone: ui.Note})
	case keys.Help:
		d.over = &help{}
	case keys.Menu:
		d.over = newMenu(d, top.view.Menu())
	case keys.Find:
		return d.openFind(), true
	case keys.Before:
		return d.showBefore(), true
	case keys.Copy:
		return d.copyText(top.view.Menu().Copy), true
	case keys.Away:
		return d.setAway(), true
	case keys.Digit:
		if top.number == "" {
			return nil, false
		}
		return d.showNumber(p), true
	default:
		return nil, false
	}
	return nil, true
}

func (d *Desk) showBefore() tea.Cmd {
	if d.before == "" {
		d.say(ui.Say{Text: d.desk.Text.Desk.NoSense(keys.Name(keys.Before)), Tone: ui.Note})
		return nil
	}
	return d.show(d.before)
}

// showNumber switches to the view with a number, if this person has it.
func (d *Desk) showNumber(p keys.Press) tea.Cmd {
	if all := ui.Numbered(); p.Digit >= 1 && p.Digit <= len(all) && contains(d.tabs(), all[p.Digit-1]) {
		return d.show(all[p.Digit-1])
	}
	d.say(ui.Say{Text: d.desk.Text.Desk.NoSense(typed(p.Msg)), Tone: ui.Note})
	return nil
}

// switchLanguage changes the words under the views; they draw with the new ones.
func (d *Desk) switchLanguage() {
	d.desk.Text = text.For(d.desk.Text.Lang.Other())
}

// placeCursor brings the terminal's cursor to the field that has it, so that an
// input method opens its window there.
func (d *Desk) placeCursor() tea.Cmd {
	x, y, shown := d.textCursor()
	at := [3]int{x, y, 0}
	if shown {
		at[2] = 1
	}
	if d.screen == nil || at == d.cursor {
		return nil
	}
	d.cursor = at
	d.screen.Point(x, y, shown)
	screen := d.screen
	return func() tea.Msg {
		screen.Sync()
		return nil
	}
}

func (d *Desk) textCursor() (x, y int, shown bool) {
	p := d.top()
	if p == nil || p.w == 0 || d.w < minWidth || d.h < minHeight {
		return 0, 0, false
	}
	dx, dy := 0, d.headLines(p)
	if d.over != nil {
		b, ok := d.over.(*boxed)
		if !ok {
			return 0, 0, false
		}
		_, dx, dy = b.box(d, d.w, d.h)
		p = b.page
	}
	t, ok := p.view.(ui.TextCursor)
	if !ok {
		return 0, 0, false
	}
	x, y, shown = t.TextCursor()
	return x + dx, y + dy, shown
}
