package casefile

import (
	"context"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/takeback"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// askTakeBack shows what taking back the last write of this case does, and asks; or it
// says why it cannot be taken back.
func (v *View) askTakeBack() tea.Cmd {
	if v.write != nil {
		return v.say(v.shut(), ui.Problem)
	}
	ask, why := takeback.New(v.env, v.file)
	if ask == nil {
		return v.say(why, ui.Problem)
	}
	v.dialog = &dialog{back: ask}
	return nil
}

// barred says in the menu why it cannot; "" where it can.
func (v *View) barred() string {
	if !v.loaded {
		return v.env.Text.Form.Loading
	}
	_, why := takeback.New(v.env, v.file)
	return why
}

// inTakeBack takes keys while that question stands. The case stays on the screen, open
// again.
func (v *View) inTakeBack(p keys.Press) tea.Cmd {
	ask := v.dialog.back
	answer, cmd := ask.Press(p)
	if answer != takeback.Stands {
		v.dialog = nil
	}
	if answer != takeback.Go {
		return cmd
	}
	store, op, id, version, reason := v.store, ask.Op, v.id, ask.Case().Version, ask.Reason()
	return v.start(&writing{
		send: func(ctx context.Context) (domain.Resolved, error) {
			r, err := store.Reverse(ctx, op, id, version, reason)
			return domain.Resolved{Case: r.Case, Version: r.Version}, err
		},
		done: func(domain.Resolved) tea.Cmd {
			v.picked = false
			return tea.Batch(v.reload(), ui.Done(v.env.Text.Reverse.Done(v.caseName())))
		},
	})
}
