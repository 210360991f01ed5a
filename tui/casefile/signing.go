package casefile

import (
	"context"
	"encoding/json"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Signer takes what needs a second person, and their answer.
type Signer interface {
	Propose(ctx context.Context, op uuid.UUID, h domain.Handled) (domain.Moved, error)
	Sign(ctx context.Context, op uuid.UUID, proposal int64, version int64, yes bool, note string) (domain.Resolved, error)
}

// proposed is what waits for a second person; nil where nothing does.
func (v *View) proposed() *domain.ToSign {
	p := v.file.ToSign
	if !v.loaded || p == nil || p.Signed != nil || v.file.Row.State == domain.CaseClosed {
		return nil
	}
	return p
}

// toSign is what waits for this person: somebody else proposed it, and they may sign.
func (v *View) toSign() *domain.ToSign {
	p := v.proposed()
	if p == nil || p.By == v.env.Me.Login || !v.env.Me.Has(domain.RoleManager) && !v.env.Me.Has(domain.RoleAgent) {
		return nil
	}
	return p
}

// proposer is who proposed it.
func (v *View) proposer(p *domain.ToSign) string {
	return v.env.Text.Person(p.ByName, p.ByNameEn, p.By)
}

// waitsToSign says for whom it waits, where it is not this person.
func (v *View) waitsToSign() string {
	p := v.proposed()
	if p == nil || v.toSign() != nil {
		return ""
	}
	w := v.env.Text.Case.Signs
	if p.By != v.env.Me.Login {
		return w.Waits(v.proposer(p), v.when(p.At)) + "; " + w.Needs
	}
	return w.Waits(v.proposer(p), v.when(p.At))
}

// takeProposal shows the answers that were proposed, which nobody may change now.
func (v *View) takeProposal() {
	p := v.proposed()
	if p == nil {
		return
	}
	var a domain.Answers
	if json.Unmarshal(p.Answers, &a) == nil {
		v.answers = a
	}
}

// signLines say who proposed it, and for what money.
func (v *View) signLines() []row {
	p := v.proposed()
	text := v.env.Text.Case.Signs.By(v.proposer(p), v.when(p.At), v.env.Text.MoneyExact(p.Stake))
	out := []row{plain(cell.Of(v.indent(), cell.Span{Text: text}))}
	if note := v.answers.Note; note != "" {
		for _, s := range cell.Wrap(cell.Clean(note), v.W-6-v.env.Text.Case.Indent, 2) {
			out = append(out, plain(cell.Of(v.indent(), cell.Span{Text: s, Role: theme.Muted})))
		}
	}
	return out
}

// signPlan is what the signature writes: the same that was proposed.
func (v *View) signPlan() []row {
	f := v.form()
	if v.word == 2 {
		return v.pair(v.env.Text.Case.Plan.After, theme.Text, v.env.Text.Case.Signs.WillRefuse, "")
	}
	return v.effectRows(f, f.Plan(v.answers))
}

func (v *View) writeSignature() tea.Cmd {
	store, ok := v.store.(Signer)
	if !ok {
		return v.say(v.env.Text.Desk.NotHere, ui.Problem)
	}
	op, id, version, yes, note := uuid.New(), v.proposed().ID, v.file.Row.Version, v.word == 1, v.noted()
	w, name := v.env.Text.Case.Signs, v.caseName()
	return v.start(&writing{
		send: func(ctx context.Context) (domain.Resolved, error) { return store.Sign(ctx, op, id, version, yes, note) },
		done: func(domain.Resolved) tea.Cmd {
			if yes {
				return v.closeWith(w.Signed(name))
			}
			return v.closeWith(w.Refused(name, v.env.Text.Department(domain.CustomerService)))
		},
	})
}

// propose sends what takes a second person on to them.
func (v *View) propose(h domain.Handled) tea.Cmd {
	store, ok := v.store.(Signer)
	if !ok {
		return v.say(v.env.Text.Desk.NotHere, ui.Problem)
	}
	journal, key, act, call := v.journal, v.key(), v.saving.act, v.callRecorder()
	with := v.file.Terms.SignWith
	return v.start(&writing{
		send: func(ctx context.Context) (domain.Resolved, error) {
			if err := call(ctx, h.Case); err != nil {
				return domain.Resolved{}, err
			}
			_, err := store.Propose(ctx, act, h)
			if err == nil {
				journal.Remove(key)
			}
			return domain.Resolved{}, err
		},
		done: func(domain.Resolved) tea.Cmd {
			return v.closeWith(v.env.Text.Case.Effects.Proposed(v.caseName(), v.env.Text.Department(with)))
		},
	})
}
