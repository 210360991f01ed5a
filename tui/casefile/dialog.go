package casefile

import (
	"context"
	"slices"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/takeback"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// dialog stands in the message lines: what follows a call that was not answered, or
// to whom the case is handed; or it is taken back.
type dialog struct {
	missed  *domain.CallPlan // nil: handing over
	grace   ui.Grace
	to      domain.Department
	note    *widget.Field
	confirm widget.Confirm
	back    *takeback.Ask // whether what was written is taken back
}

func (d *dialog) typing() bool {
	if d.back != nil {
		return d.back.Typing()
	}
	return d.note != nil && !d.confirm.Asking()
}

func (d *dialog) seen(env *ui.Env, msg widget.Drawn) {
	if d.back != nil {
		d.back.Seen(msg)
		return
	}
	d.confirm.Seen(env, msg)
}

// soon is the short wait before ringing again.
const soon = 5 * time.Minute

// notReached is F9: nobody answered.
func (v *View) notReached() tea.Cmd {
	if why := v.shut(); why != "" {
		return v.say(why, ui.Problem)
	}
	if v.special() != "" {
		return v.say(v.env.Text.Case.Say.PickFirst, ui.Note)
	}
	call := domain.QuestionID{Ask: domain.AskCall}
	if c := v.answers.Call; c != nil && c.Outcome == domain.Reached {
		v.goTo(stop{ID: call})
		return v.say(v.env.Text.Case.Later.Answered(v.clock(c.At)), ui.Note)
	}
	if c := v.answers.Call; c != nil && c.Outcome.Failed() {
		return v.openMissed()
	}
	if !v.asks(call) {
		return v.say(v.env.Text.Case.Say.NoCallHere, ui.Note)
	}
	v.goTo(stop{ID: call})
	return v.choose(slices.Index(domain.CallOutcomes(), domain.NoAnswer) + 1)
}

// openMissed asks what follows the call. The attempt is written with the answer.
func (v *View) openMissed() tea.Cmd {
	p := domain.AfterCall(v.file.Row.Attempts, v.file.Row.With, v.settings, v.env.Now(), v.file.Moments)
	v.dialog = &dialog{missed: &p}
	v.dialog.grace.Open(v.env.Now())
	return nil
}

// inDialog takes keys while a dialog stands.
func (v *View) inDialog(p keys.Press) tea.Cmd {
	d := v.dialog
	switch {
	case d.back != nil:
		return v.inTakeBack(p)
	case d.missed != nil:
		return v.inMissed(p)
	case d.confirm.Asking():
		return v.handConfirmed(p)
	case p.Action == keys.Back:
		v.dialog = nil
	case d.note == nil && p.Action == keys.Digit:
		if all := v.otherDepartments(); p.Digit >= 1 && p.Digit <= len(all) {
			d.to, d.note = all[p.Digit-1], widget.NewField(noteLimit)
		}
	case d.note != nil && p.Action == keys.Input:
		d.note.Update(p)
	case d.note != nil && (p.Action == keys.Write || p.Action == keys.Open):
		if strings.TrimSpace(d.note.Value()) == "" {
			return v.say(v.env.Text.Case.Say.NoteFirst, ui.Problem)
		}
		return d.confirm.Ask(v.env, v.handContent())
	}
	return nil
}

func (v *View) inMissed(p keys.Press) tea.Cmd {
	plan := *v.dialog.missed
	if p.Action != keys.Back && v.dialog.grace.Swallows(v.env.Now()) {
		return nil
	}
	later := func(at time.Time, giveBack bool) tea.Cmd {
		v.dialog = nil
		return v.recordMissed(&at, "", giveBack)
	}
	switch {
	case p.Action == keys.Back:
		v.dialog = nil
	case p.Action == keys.Digit && p.Digit == 2: // another number: the call is still being made
		v.dialog = nil
		v.answers.Call = nil
		v.goTo(stop{ID: domain.QuestionID{Ask: domain.AskCall}})
		return v.touched()
	case p.Action == keys.Digit && p.Digit == 3 && plan.Then != v.file.Row.With, p.Action == keys.Open && plan.GoesOn:
		v.dialog = nil
		return v.recordMissed(nil, plan.Then, false)
	case plan.GoesOn:
	case p.Action == keys.Open:
		return later(plan.Again, false)
	case p.Action == keys.Digit && p.Digit == 1:
		return later(v.env.Now().Add(soon), false)
	case p.Action == keys.Digit && p.Digit == 4:
		return later(plan.Again, true)
	}
	return nil
}

// recordMissed writes the attempt down: to be made again at a time, or the case goes
// on to a department. The answers stay, without the call.
func (v *View) recordMissed(again *time.Time, then domain.Department, giveBack bool) tea.Cmd {
	report := domain.CallReport{Cases: []domain.CaseID{v.id}, Outcome: v.answers.Call.Outcome, Again: again, Then: then}
	v.answers.Call = nil
	store, journal, key, id, no, act, a := v.store, v.journal, v.key(), v.id, v.claim.no, v.saving.act, v.answers
	op, claimOp, backOp := uuid.New(), v.claim.op, uuid.New()
	if claimOp == uuid.Nil {
		claimOp = uuid.New()
	}
	send := func(ctx context.Context) (domain.Resolved, error) {
		if no == 0 {
			c, err := store.Claim(ctx, claimOp, id)
			if err != nil {
				return domain.Resolved{}, err
			}
			no = c.No
		}
		// The draft is saved first: with the case goes the claim. Sent again after that
		// it is refused, and nothing is lost by it.
		_, _ = store.SaveDraft(ctx, id, no, a, act)
		_, err := store.RecordCall(ctx, op, report)
		if err == nil && giveBack {
			err = store.GiveBack(ctx, backOp, id, no)
		}
		if err == nil {
			journal.Remove(key)
		}
		return domain.Resolved{}, err
	}
	return v.start(&writing{send: send, done: func(domain.Resolved) tea.Cmd {
		return v.closeWith(v.missedText(again, then, giveBack))
	}})
}

func (v *View) missedText(again *time.Time, then domain.Department, giveBack bool) string {
	w, order := v.env.Text.Case.Later, v.caseName()
	switch {
	case again == nil:
		return v.env.Text.Case.Say.HandedTo(order, v.env.Text.Department(then))
	case giveBack:
		return w.DoneBack(order, v.clock(*again))
	}
	return w.Done(order, v.clock(*again))
}

// askHandOver is ctrl+o: to whom, and with what note.
func (v *View) askHandOver() tea.Cmd {
	if why := v.shut(); why != "" {
		return v.say(why, ui.Problem)
	}
	v.dialog = &dialog{}
	return nil
}

func (v *View) otherDepartments() []domain.Department {
	var out []domain.Department
	for _, d := range domain.Departments() {
		if d != v.file.Row.With {
			out = append(out, d)
		}
	}
	return out
}

func (v *View) handContent() string {
	return string(v.dialog.to) + " " + v.dialog.note.Value() + " " + v.content()
}

func (v *View) handConfirmed(p keys.Press) tea.Cmd {
	d := v.dialog
	switch d.confirm.Press(v.env, p, v.handContent()) {
	case widget.Confirmed:
		v.dialog = nil
		return v.handOver(d.to, strings.TrimSpace(d.note.Value()))
	case widget.Changed:
		return v.say(v.env.Text.Case.Say.SeeAgain, ui.Problem)
	case widget.Waiting, widget.GoneBack:
	}
	return nil
}

// handOver gives the case to another department. The answers go with it.
func (v *View) handOver(to domain.Department, words string) tea.Cmd {
	store, journal, key, id, no := v.store, v.journal, v.key(), v.id, v.claim.no
	op, version, draft, call := uuid.New(), v.file.Row.Version, v.draftToKeep(), v.callRecorder()
	return v.start(&writing{
		send: func(ctx context.Context) (domain.Resolved, error) {
			if no != 0 {
				_ = draft(ctx, no) // refused only when sent again, after the case went on
				if err := call(ctx, id); err != nil {
					return domain.Resolved{}, err
				}
			}
			_, err := store.HandOver(ctx, op, id, version, to, words)
			if err == nil {
				journal.Remove(key)
			}
			return domain.Resolved{}, err
		},
		done: func(domain.Resolved) tea.Cmd {
			return v.closeWith(v.env.Text.Case.Say.HandedTo(v.caseName(), v.env.Text.Department(to)))
		},
	})
}
