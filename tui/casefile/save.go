package casefile

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// saving is the state of the draft.
type saving struct {
	act     uuid.UUID // the key the case will be written under, made with the first answer
	dirty   bool      // the database does not have the answers yet
	changes int       // counts changes, to tell whether a save had the last one
	busy    bool      // a save is under way
	wake    ui.Gen    // of the pause before the next one
	failed  bool      // the last one did not arrive

	held    bool // the journal holds answers
	writing bool // the journal is being written
	again   bool // and has to be once more
}

// restFor is how long the person pauses before the draft is saved.
const restFor = 400 * time.Millisecond

// kept and journaled are what saving brings.
type (
	kept      struct{ changes int }
	journaled struct{}
)

// touched notes a change of the answers: the journal has it at once, the database
// after a pause.
func (v *View) touched() tea.Cmd {
	if v.saving.act == uuid.Nil {
		v.saving.act = uuid.New()
	}
	v.saving.dirty = true
	v.saving.changes++
	return tea.Batch(v.writeJournal(), v.saveSoon())
}

func (v *View) saveSoon() tea.Cmd { return ui.After(v.env, v.nextWake(), restFor) }

// nextWake numbers the pauses of the draft; those of a write are negative.
func (v *View) nextWake() ui.Gen {
	v.saving.wake++
	return v.saving.wake
}

// writeJournal keeps the answers on this machine. Only one such write is under way
// at a time, so that an older one never replaces a newer.
func (v *View) writeJournal() tea.Cmd {
	if v.saving.writing {
		v.saving.again = true
		return nil
	}
	v.saving.writing, v.saving.again, v.saving.held = true, false, true
	journal, key := v.journal, v.key()
	data, err := json.Marshal(note{Order: v.file.Row.OrderNo, Answers: v.answers, Act: v.saving.act, SavedAt: v.env.Now().UTC()})
	if err != nil {
		v.saving.writing = false
		return ui.Fail(v.env, err)
	}
	return ui.Load(v.env, 0, "keep draft here", saveLimit, func(context.Context) (journaled, error) {
		return journaled{}, journal.Save(key, data)
	})
}

func (v *View) journalCame() tea.Cmd {
	v.saving.writing = false
	switch {
	case v.saving.again:
		return v.writeJournal()
	case !v.saving.dirty:
		return v.forget()
	}
	return nil
}

// forget takes the answers out of the journal.
func (v *View) forget() tea.Cmd {
	if v.saving.writing || !v.saving.held {
		return nil // once it is written
	}
	v.saving.writing, v.saving.held = true, false
	journal, key := v.journal, v.key()
	return ui.Load(v.env, 0, "forget draft here", saveLimit, func(context.Context) (journaled, error) {
		journal.Remove(key)
		return journaled{}, nil
	})
}

// save brings the answers to the database, once they are anybody's claim.
func (v *View) save() tea.Cmd {
	if !v.saving.dirty || v.saving.busy || v.claim.no == 0 || v.write != nil || v.special() != "" {
		return nil
	}
	v.saving.busy = true
	changes, no := v.saving.changes, v.claim.no
	v.claim.seenAt = v.env.Now()
	draft := v.draftToKeep()
	return ui.Load(v.env, 0, "save draft", saveLimit, func(ctx context.Context) (kept, error) {
		return kept{changes: changes}, draft(ctx, no)
	})
}

// draftToKeep gives what saves the answers as they are now; nothing where there are
// none.
func (v *View) draftToKeep() func(ctx context.Context, no domain.ClaimNo) error {
	store, id, a, act := v.store, v.id, v.answers, v.saving.act
	if act == uuid.Nil || v.special() != "" {
		return func(context.Context, domain.ClaimNo) error { return nil }
	}
	return func(ctx context.Context, no domain.ClaimNo) error {
		_, err := store.SaveDraft(ctx, id, no, a, act)
		return err
	}
}

// keptCame notes that the database has the answers, or tries again later.
func (v *View) keptCame(msg ui.Loaded[kept]) tea.Cmd {
	v.saving.busy = false
	if msg.Err != nil {
		v.saving.failed = true
		if cmd := v.keepFailed(msg.Err); cmd != nil {
			return cmd
		}
		return ui.After(v.env, v.nextWake(), 10*restFor)
	}
	v.saving.failed = false
	if msg.Value.changes != v.saving.changes {
		return v.saveSoon()
	}
	v.saving.dirty = false
	return v.forget()
}
