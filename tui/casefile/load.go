package casefile

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// fileRead is what reading a case brings.
type fileRead struct {
	file     domain.CaseFile
	settings domain.Settings
	local    []byte // of the journal
}

// note is what the journal holds: answers the database does not have yet.
type note struct {
	Order   domain.OrderNo `json:"order"` // so that another database's case is not taken for this one
	Answers domain.Answers `json:"answers"`
	Act     uuid.UUID      `json:"act"`
	SavedAt time.Time      `json:"saved_at"`
}

// key is the journal's key of this person's answers to this case.
func (v *View) key() string {
	return "case-" + strconv.FormatInt(int64(v.id), 10) + "-" + string(v.env.Me.Login)
}

// reload reads the case again; while a read is under way it only notes that another
// is due.
func (v *View) reload() tea.Cmd {
	if v.reading {
		v.due = true
		return nil
	}
	v.reading, v.due = true, false
	store, journal, id, key := v.store, v.journal, v.id, v.key()
	return ui.Load(v.env, v.loadGen.Next(), "read case", readLimit, func(ctx context.Context) (fileRead, error) {
		f, err := store.CaseFile(ctx, id)
		if err != nil {
			return fileRead{}, err
		}
		s, err := store.Settings(ctx)
		local, _ := journal.Load(key)
		return fileRead{file: f, settings: s, local: local}, err
	})
}

// fileCame takes the case in. What the person has answered stays as it is; what
// changed meanwhile is said.
func (v *View) fileCame(msg ui.Loaded[fileRead]) tea.Cmd {
	v.reading = false
	var again tea.Cmd
	if v.due {
		again = v.reload()
	}
	if msg.Err != nil {
		v.loadErr, v.claim.write = msg.Err, false
		return again
	}
	v.loadErr = nil
	before, first := v.file, !v.loaded
	v.file, v.settings, v.loaded = msg.Value.file, msg.Value.settings, true
	var forget tea.Cmd
	if first {
		v.saving.held = len(msg.Value.local) > 0
		v.restore(msg.Value.local)
		if !v.saving.dirty {
			forget = v.forget()
		}
	} else if before.Row.Version != v.file.Row.Version && v.answers.Look != nil && v.write == nil {
		v.changed = v.whatChanged(before, v.file)
	}
	v.takeProposal()
	claim := v.takeHolder()
	if !v.picked || !slices.Contains(v.stops(), v.focus) {
		v.toCurrent()
	}
	v.present(v.doing())
	return tea.Batch(again, claim, forget, v.askWished())
}

// restore takes up the answers of before: the newer of the database's draft and the
// journal's.
func (v *View) restore(local []byte) {
	d := v.file.Draft
	var n note
	have := len(local) > 0 && json.Unmarshal(local, &n) == nil && n.Order == v.file.Row.OrderNo
	switch {
	case v.file.Row.State == domain.CaseClosed:
		return
	case have && (d == nil || !d.SavedAt.After(n.SavedAt)):
		v.answers, v.saving.act = n.Answers, n.Act
		v.saving.dirty = true
	case d != nil:
		if json.Unmarshal(d.Answers, &v.answers) != nil {
			v.answers = domain.Answers{}
			return
		}
		if act, err := uuid.Parse(d.Act); err == nil && d.By == v.env.Me.Login {
			v.saving.act = act
		}
	default:
		return
	}
	v.fillFields()
}

// takeHolder follows who holds the case. A claim of the person's is taken up, one
// that was lost is told.
func (v *View) takeHolder() tea.Cmd {
	h := v.file.Row.Holder
	switch {
	case h != nil && h.Login == v.env.Me.Login:
		mine := v.claim.no == h.No
		v.claim.no, v.claim.lost = h.No, ""
		if !mine && v.saving.dirty {
			return v.saveSoon()
		}
	case v.claim.no != 0 && !v.claim.asking && v.write == nil && v.file.Row.State != domain.CaseClosed:
		v.claim.no = 0
		if o := v.heldByOther(); o != nil {
			v.claim.lost = v.env.Text.Case.Say.Lost(v.env.Text.Person(o.Name, o.NameEn, o.Login))
		}
	case v.claim.op != uuid.Nil && v.shut() == "":
		return v.take() // it was asked for while the line was gone
	}
	return nil
}

// whatChanged says what is different in the case since the person saw it; "" where all of
// it is their own doing.
func (v *View) whatChanged(before, now domain.CaseFile) string {
	w, t := v.env.Text.Case.Say, v.env.Text
	var parts []string
	own := false
	if n := len(now.Notes); n > len(before.Notes) {
		last := now.Notes[n-1]
		if own = last.By == string(v.env.Me.Login); !own {
			parts = append(parts, w.ChangedBy(v.personOf(last.By), noteName(t, last.What), v.clock(last.At)))
		}
	}
	if before.Order.Total != now.Order.Total {
		parts = append(parts, w.NewTotal(t.MoneyExact(before.Order.Total), t.MoneyExact(now.Order.Total)))
	}
	switch open := openOf(now); {
	case open > openOf(before):
		parts = append(parts, w.NewFlag)
	case open < openOf(before):
		parts = append(parts, w.FlagGone)
	}
	switch {
	case len(parts) == 0 && own:
		return ""
	case len(parts) == 0:
		parts = append(parts, w.Acts[""])
	}
	return w.Changed(strings.Join(parts, t.Values.Join))
}

func openOf(f domain.CaseFile) int {
	n := 0
	for _, a := range f.Anomalies {
		if a.Outcome == "" {
			n++
		}
	}
	return n
}
