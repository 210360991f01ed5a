package casefile

import (
	"context"
	"encoding/json"

	"cleardesk/domain"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// wentOn is where F7 leads: another case, 0 for none.
type wentOn struct{ id domain.CaseID }

// goNext is F7: the next open case of the same store, with the call that was made;
// where the store has none, the next of the queue.
func (v *View) goNext() tea.Cmd {
	if v.next || !v.loaded || v.write != nil {
		return nil
	}
	v.next = true
	row, ok := v.sameStore()
	switch {
	case !ok:
		store, op, with := v.store, uuid.New(), v.file.Row.With
		return ui.Load(v.env, 0, "claim next", actLimit, func(ctx context.Context) (wentOn, error) {
			c, err := store.ClaimNext(ctx, op, with)
			return wentOn{id: c.Case}, err
		})
	case !v.called():
		v.next = false
		return ui.Send(ui.OpenCase{ID: row.Case, Replace: true})
	}
	return v.carryCall(row)
}

// sameStore is the next case of the store that nobody else holds.
func (v *View) sameStore() (domain.QueueRow, bool) {
	for _, r := range v.file.SameStore {
		free := r.Holder == nil || r.Holder.Login == v.env.Me.Login || !r.Holder.Until.IsZero() && !r.Holder.Until.After(v.env.Now())
		if r.Case != v.id && r.State != domain.CaseClosed && free {
			return r, true
		}
	}
	return domain.QueueRow{}, false
}

// called tells whether the store was reached and what it said is answered.
func (v *View) called() bool {
	c := v.answers.Call
	return c != nil && c.Outcome == domain.Reached && c.Who != "" && c.Said != "" && (c.Said != domain.SaidOther || c.Text != "")
}

// carryCall claims the next case, writes the call down for both, and puts it among
// the answers of the next: one call, one record of it.
func (v *View) carryCall(row domain.QueueRow) tea.Cmd {
	store, op, call, act := v.store, uuid.New(), *v.answers.Call, uuid.New()
	record := v.callRecorder()
	cases := []domain.CaseID{row.Case}
	if v.claim.no != 0 {
		cases = append(cases, v.id)
	}
	return ui.Load(v.env, 0, "take the call along", actLimit, func(ctx context.Context) (wentOn, error) {
		c, err := store.Claim(ctx, op, row.Case)
		if err != nil {
			return wentOn{}, err
		}
		if err := record(ctx, cases...); err != nil {
			return wentOn{}, err
		}
		f, err := store.CaseFile(ctx, row.Case)
		if err != nil {
			return wentOn{}, err
		}
		var a domain.Answers
		if f.Draft != nil && json.Unmarshal(f.Draft.Answers, &a) == nil {
			if had, err := uuid.Parse(f.Draft.Act); err == nil && f.Draft.By == call.By {
				act = had
			}
		}
		if a.Call == nil {
			a.Call = &call
		}
		_, err = store.SaveDraft(ctx, row.Case, c.No, a, act)
		return wentOn{id: row.Case}, err
	})
}

func (v *View) wentOnCame(msg ui.Loaded[wentOn]) tea.Cmd {
	v.next = false
	switch {
	case msg.Err != nil:
		return tea.Batch(v.say(v.why(msg.Err), ui.Problem), v.reload())
	case msg.Value.id == 0:
		return v.say(v.env.Text.Case.Say.NoNext, ui.Note)
	}
	return ui.Send(ui.OpenCase{ID: msg.Value.id, Replace: true})
}
