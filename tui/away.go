package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/ui"
)

// awayLimit bounds going away and coming back.
const awayLimit = 10 * time.Second

// wentAway is whether the person is away now.
type wentAway bool

// setAway goes away from the desk, or comes back.
func (d *Desk) setAway() tea.Cmd {
	if d.opts.SetAway == nil {
		d.say(ui.Say{Text: d.desk.Text.Desk.NotHere, Tone: ui.Note})
		return nil
	}
	set, away := d.opts.SetAway, d.desk.Status.Away.IsZero()
	return ui.Load(ui.NewEnv(d.desk, rootPage), 0, "away", awayLimit,
		func(ctx context.Context) (wentAway, error) { return wentAway(away), set(ctx, away) })
}

func (d *Desk) awayCame(msg ui.Loaded[wentAway]) tea.Cmd {
	words := d.desk.Text.Desk
	switch {
	case msg.Err != nil:
		d.say(ui.Say{Text: d.desk.Text.Error(msg.Err), Tone: ui.Problem})
		return nil
	case bool(msg.Value):
		d.desk.Status.Away = d.desk.Now()
		d.say(ui.Say{Text: words.WentAway})
	default:
		d.desk.Status.Away = time.Time{}
		d.say(ui.Say{Text: words.CameBack})
	}
	return d.readStatus()
}
