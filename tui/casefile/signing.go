package casefile

import (
	"context"
	"encoding/json"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

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
	if v.outdated() {
		out = append(out, plain(cell.Of(v.indent(), cell.Span{Text: v.env.Text.Case.Signs.Stale, Role: theme.Problem})))
	}
	if note := v.answers.Note; note != "" {
		for _, s := range cell.Wrap(cell.Clean(note), v.W-6-v.env.Text.Case.Indent, 2) {
			out = append(out, plain(cell.Of(v.indent(), cell.Span{Text: s, Role: theme.Muted})))
		}
	}
	return out
}

// outdated tells whether the case has changed since it was proposed: then it can only be
// refused.
func (v *View) outdated() bool {
	p := v.proposed()
	return p != nil && p.Version != v.file.Row.Version
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
	store, op, id, version, yes, note := v.store, uuid.New(), v.proposed().ID, v.file.Row.Version, v.word == 1, v.noted()
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
	store, journal, key, act, call := v.store, v.journal, v.key(), v.saving.act, v.callRecorder()
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
