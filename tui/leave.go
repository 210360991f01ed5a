package tui

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// Leaving: ctrl+c twice within this time leaves whatever stands open, and this is
// how long the desk waits for the database before.
const (
	twice      = 2 * time.Second
	leaveLimit = 5 * time.Second
)

type (
	heldCases  []HeldCase
	handedBack struct{}
)

// leave takes ctrl+c: the first asks what happens with what is held, the second
// within two seconds leaves.
func (d *Desk) leave() tea.Cmd {
	now := d.desk.Now()
	if !d.quitAt.IsZero() && now.Sub(d.quitAt) < twice {
		return tea.Quit
	}
	d.quitAt = now
	if d.opts.Held == nil {
		d.say(ui.Say{Text: d.desk.Text.Desk.LeaveAgain, Tone: ui.Note})
		return nil
	}
	d.say(ui.Say{Text: d.desk.Text.Desk.LeaveLoading, Tone: ui.Note})
	held := d.opts.Held
	return ui.Load(ui.NewEnv(d.desk, rootPage), 0, "held", leaveLimit, func(ctx context.Context) (heldCases, error) {
		return held(ctx)
	})
}

// askLeave asks about each case held; with none, ctrl+c once more leaves.
func (d *Desk) askLeave(msg ui.Loaded[heldCases]) tea.Cmd {
	if msg.Err != nil || len(msg.Value) == 0 {
		d.say(ui.Say{Text: d.desk.Text.Desk.LeaveAgain, Tone: ui.Note})
		return nil
	}
	d.said = nil
	l := &leaving{cases: msg.Value, give: make([]bool, len(msg.Value))}
	l.grace.Open(d.desk.Now())
	d.over = l
	return nil
}

// quit lets every screen close and ends the program.
func (d *Desk) quit() tea.Cmd {
	var cmds []tea.Cmd
	for len(d.stack) > 1 {
		cmds = append(cmds, guard(d.desk.Log, d.drop()))
	}
	return tea.Sequence(tea.Batch(cmds...), tea.Quit)
}

// leaving is the question about what is still held.
type leaving struct {
	cases  []HeldCase
	give   []bool
	cursor int
	grace  ui.Grace
}

func (l *leaving) press(d *Desk, p keys.Press) tea.Cmd {
	if l.grace.Swallows(d.desk.Now()) {
		return nil
	}
	switch p.Action {
	case keys.Up:
		l.cursor = max(l.cursor-p.Count, 0)
	case keys.Down:
		l.cursor = min(l.cursor+p.Count, len(l.cases)-1)
	case keys.Mark:
		l.give[l.cursor] = !l.give[l.cursor]
	case keys.HandOver:
		return l.handOn(d)
	case keys.Digit:
		if p.Digit == 3 {
			return l.handOn(d)
		}
		if p.Digit == 1 || p.Digit == 2 {
			l.give[l.cursor] = p.Digit == 2
			l.cursor = min(l.cursor+1, len(l.cases)-1)
		}
	case keys.Open:
		return l.handBack(d)
	case keys.Back:
		d.over = nil
	default:
	}
	return nil
}

// handOn goes to where work is handed over with a note; leaving waits for that.
func (l *leaving) handOn(d *Desk) tea.Cmd {
	if d.opts.Views.Handover == nil {
		return nil
	}
	d.over = nil
	return d.open(ui.OpenHandover{})
}

// handBack hands back what was chosen and leaves.
func (l *leaving) handBack(d *Desk) tea.Cmd {
	var ids []domain.CaseID
	for i, c := range l.cases {
		if l.give[i] {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 || d.opts.GiveBack == nil {
		return d.quit()
	}
	give := d.opts.GiveBack
	return ui.Load(ui.NewEnv(d.desk, rootPage), 0, "give back", leaveLimit,
		func(ctx context.Context) (handedBack, error) { return handedBack{}, give(ctx, ids) })
}

func (l *leaving) box(d *Desk, w, h int) ([]string, int, int) {
	words := d.desk.Text
	room := min(len(l.cases), h-6)
	first := max(min(l.cursor-room+1, len(l.cases)-room), 0)
	var lines []cell.Line
	for i := first; i < first+room; i++ {
		what := words.Desk.LeaveKeep
		if l.give[i] {
			what = words.Desk.LeaveGive
		}
		sign := " "
		if i == l.cursor {
			sign = ">"
		}
		c := l.cases[i]
		line := cell.Of(cell.Span{Text: sign + " " + words.Pick(c.Text, c.TextEn)})
		line.Right = []cell.Span{{Text: what + " "}}
		if i == l.cursor {
			line.Over = theme.Cursor
		}
		lines = append(lines, line)
	}
	lines = append(lines, cell.Line{}, cell.Painted(theme.Muted, " "+words.Desk.LeaveKeys))
	bw, bh := min(w, 76), len(lines)+2
	box := widget.Box(d.desk.Theme, d.desk.Glyphs, words.Desk.LeaveTitle(len(l.cases)), lines, bw, bh)
	return box, (w - bw) / 2, max((h-bh)/2, 0)
}

// copyText puts a number on the clipboard of the person's terminal.
func (d *Desk) copyText(s string) tea.Cmd {
	s = cell.Clean(strings.TrimSpace(s))
	if s == "" {
		d.say(ui.Say{Text: d.desk.Text.Desk.NothingCopy, Tone: ui.Note})
		return nil
	}
	d.say(ui.Say{Text: d.desk.Text.Desk.Copied(s)})
	screen := d.screen
	return func() tea.Msg {
		screen.Copy(s)
		return nil
	}
}
