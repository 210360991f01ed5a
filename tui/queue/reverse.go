package queue

import (
	"context"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/takeback"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// lastRead is the case the person wrote last; none where nothing is left.
type lastRead struct {
	file domain.CaseFile
	none bool
}

// tookBack is the answer to a reversal.
type tookBack domain.Reversed

// needsDesk says why the person may take nothing back; "" where they may.
func (v *View) needsDesk() string {
	if v.env.Me.Has(domain.RoleAgent) || v.env.Me.Has(domain.RoleManager) {
		return ""
	}
	return v.env.Text.Errors.Needs(v.env.Text.Department(domain.CustomerService))
}

// readLast reads what the person wrote last, to show what taking it back does.
func (v *View) readLast() tea.Cmd {
	if why := v.needsDesk(); why != "" {
		return ui.Send(ui.Say{Text: why, Tone: ui.Problem})
	}
	if v.offline() {
		return v.sayOffline()
	}
	store := v.store
	return ui.Load(v.env, v.back.Next(), "read last write", readLimit, func(ctx context.Context) (lastRead, error) {
		id, err := store.LastWritten(ctx)
		if err != nil || id == 0 {
			return lastRead{none: true}, err
		}
		f, err := store.CaseFile(ctx, id)
		return lastRead{file: f}, err
	})
}

// lastCame asks about it, or says why it cannot be taken back.
func (v *View) lastCame(msg ui.Loaded[lastRead]) tea.Cmd {
	switch {
	case msg.Gen != v.back || v.ask != nil || v.filter.editing:
		return nil
	case msg.Err != nil:
		return ui.Fail(v.env, msg.Err)
	case msg.Value.none:
		return ui.Send(ui.Say{Text: v.env.Text.Reverse.None, Tone: ui.Note})
	}
	ask, why := takeback.New(v.env, msg.Value.file)
	if ask == nil {
		return ui.Send(ui.Say{Text: why, Tone: ui.Problem})
	}
	v.ask = &question{kind: askBack, back: ask}
	return nil
}

// seen takes the message that a question before writing was drawn.
func (v *View) seen(msg widget.Drawn) {
	switch {
	case v.ask == nil:
	case v.ask.back != nil:
		v.ask.back.Seen(msg)
	case v.ask.small != nil:
		v.ask.small.Seen(msg)
	default:
		v.ask.confirm.Seen(v.env, msg)
	}
}

// answerBack takes keys while that question stands.
func (v *View) answerBack(p keys.Press) tea.Cmd {
	ask := v.ask.back
	answer, cmd := ask.Press(p)
	switch answer {
	case takeback.Closed:
		v.ask = nil
	case takeback.Go:
		store, op, r, reason := v.store, ask.Op, ask.Case(), ask.Reason()
		return ui.Load(v.env, v.back.Next(), "take back", actLimit, func(ctx context.Context) (tookBack, error) {
			done, err := store.Reverse(ctx, op, r.Case, r.Version, reason)
			return tookBack(done), err
		})
	case takeback.Stands:
	}
	return cmd
}

// tookBackCame puts the cursor on the case that is open again. Where no answer came the
// question stays, with its key.
func (v *View) tookBackCame(msg ui.Loaded[tookBack]) tea.Cmd {
	if msg.Gen != v.back || v.ask == nil || v.ask.back == nil {
		return nil
	}
	r := v.ask.back.Case()
	switch domain.CodeOf(msg.Err) {
	case "":
	case domain.Timeout, domain.Unavailable, domain.Canceled:
		v.ask.back.Again()
		return ui.Send(ui.Say{Text: v.env.Text.Reverse.Unknown, Tone: ui.Problem})
	default:
		v.ask = nil
		if why, ok := v.env.Text.CannotReverse(r, msg.Err); ok {
			return tea.Batch(v.reload(), ui.Send(ui.Say{Text: why, Tone: ui.Problem}))
		}
		return tea.Batch(v.reload(), ui.Fail(v.env, msg.Err))
	}
	v.ask = nil
	delete(v.files, r.Case)
	v.to, v.filter.fresh = r.Case, true // it comes in by itself: it was asked for
	return tea.Batch(v.reload(), ui.Done(v.env.Text.Reverse.Done(v.env.Text.CaseName(r))))
}
