// Package casefile is the guided form of one case: what is odd, the questions of its
// procedure, and what will be written, before it is.
package casefile

import (
	"context"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Store is what the form reads and writes. One that also has Present is told what
// the person is at.
type Store interface {
	CaseFile(ctx context.Context, id domain.CaseID) (domain.CaseFile, error)
	Settings(ctx context.Context) (domain.Settings, error)
	Claim(ctx context.Context, op uuid.UUID, id domain.CaseID) (domain.Claimed, error)
	ClaimNext(ctx context.Context, op uuid.UUID, with domain.Department) (domain.Claimed, error)
	GiveBack(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo) error
	ExtendClaim(ctx context.Context, id domain.CaseID, no domain.ClaimNo) (time.Time, error)
	SaveDraft(ctx context.Context, id domain.CaseID, no domain.ClaimNo, a domain.Answers, act uuid.UUID) (time.Time, error)
	RecordCall(ctx context.Context, op uuid.UUID, r domain.CallReport) (domain.Called, error)
	HandOver(ctx context.Context, op uuid.UUID, id domain.CaseID, version int64, to domain.Department, note string) (domain.Moved, error)
	VerifyQuantity(ctx context.Context, op uuid.UUID, id domain.CaseID, lines []int, ok bool, note string) (domain.Moved, error)
	Resolve(ctx context.Context, op uuid.UUID, h domain.Handled) (domain.Resolved, error)
	Propose(ctx context.Context, op uuid.UUID, h domain.Handled) (domain.Moved, error)
	Sign(ctx context.Context, op uuid.UUID, proposal, version int64, yes bool, note string) (domain.Resolved, error)
	RecordFinding(ctx context.Context, op uuid.UUID, id domain.CaseID, f domain.Finding) (domain.Moved, error)
	Reverse(ctx context.Context, op uuid.UUID, id domain.CaseID, version int64, reason string) (domain.Reversed, error)
}

const (
	readLimit = 8 * time.Second
	saveLimit = 10 * time.Second
	actLimit  = 20 * time.Second // an act is sent again under its key until its answer is known, or this has passed
	askAgain  = 2 * time.Second  // then it is asked again after this
)

// View is the form. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env     *ui.Env
	store   Store
	journal Journal
	id      domain.CaseID

	file     domain.CaseFile
	settings domain.Settings
	loaded   bool
	gone     bool // written by what was opened from here
	loadErr  error
	loadGen  ui.Gen
	reading  bool
	due      bool // something changed while a read was under way
	changed  string

	answers domain.Answers
	focus   stop
	pick    int // the option up and down stand on, 0: none
	fields  map[stop]*widget.Field
	numbers map[numberKey]*widget.Number
	word    int // the answer to a question that is none of the procedure's, by its digit; 0: none yet
	member  int // of a cause: the one the cursor is on
	scroll  int
	picked  bool // the person or a draft has put the cursor somewhere

	claim   claim
	saving  saving
	confirm widget.Confirm
	write   *writing
	dialog  *dialog
	next    bool // the next case is being looked for
}

// New makes the form of a case. journal keeps what the database does not have yet;
// nil keeps nothing.
func New(env *ui.Env, store Store, journal Journal, id domain.CaseID) *View {
	if journal == nil {
		journal = nowhere{}
	}
	return &View{
		env: env, store: store, journal: journal, id: id,
		fields: map[stop]*widget.Field{}, numbers: map[numberKey]*widget.Number{},
	}
}

// Init reads the case.
func (v *View) Init() tea.Cmd { return v.reload() }

// Update takes keys, results and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[fileRead]:
		return v.fileCame(msg)
	case ui.Loaded[claimed]:
		return v.claimCame(msg)
	case ui.Loaded[kept]:
		return v.keptCame(msg)
	case ui.Loaded[journaled]:
		return v.journalCame()
	case ui.Loaded[written]:
		return v.writtenCame(msg)
	case ui.Loaded[wentOn]:
		return v.wentOnCame(msg)
	case ui.Woken:
		return v.woken(msg)
	case widget.Drawn:
		v.confirm.Seen(v.env, msg)
		if v.dialog != nil {
			v.dialog.seen(v.env, msg)
		}
	case ui.Changed:
		if msg.All || msg.Has("queue", "catalogue") {
			return v.reload()
		}
	case ui.CaseWritten:
		v.gone = v.gone || msg.ID == v.id
	case ui.Shown:
		if v.gone { // by what was opened from here: there is nothing left to do
			return ui.Send(ui.Back{})
		}
		v.present(v.doing())
		if msg.Stale {
			return v.reload()
		}
	}
	return nil
}

func (v *View) woken(msg ui.Woken) tea.Cmd {
	switch msg.Gen {
	case v.saving.wake:
		return v.save()
	case v.retryGen():
		return v.sendAgain()
	}
	return nil
}

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Case.Name }

// FootLines is how many message lines the form keeps.
func (v *View) FootLines() int {
	if v.dialog != nil && v.dialog.back != nil {
		return max(3, len(v.dialog.back.Lines(v.W)))
	}
	return 3
}

// CapturesText is true while a text field has the cursor.
func (v *View) CapturesText() bool {
	if v.confirm.Asking() || !v.loaded || v.file.Row.IsCause() {
		return false
	}
	if v.dialog != nil {
		return v.dialog.typing()
	}
	return v.shut() == "" && v.inField()
}

// Asks is true while a question before writing or a dialog stands.
func (v *View) Asks() bool { return v.confirm.Asking() || v.dialog != nil }

// Close saves what is not saved yet.
func (v *View) Close() tea.Cmd {
	v.present(domain.Presence{})
	if !v.saving.dirty || v.claim.no == 0 || v.special() != "" {
		return nil
	}
	draft, no, journal, key := v.draftToKeep(), v.claim.no, v.journal, v.key()
	return ui.Load(v.env, 0, "save draft", saveLimit, func(ctx context.Context) (kept, error) {
		err := draft(ctx, no)
		if err == nil {
			journal.Remove(key)
		}
		return kept{}, err
	})
}

// HelpLines are the procedures of the kinds that are open in the case, clause by clause,
// then how the form is used.
func (v *View) HelpLines() []cell.Line {
	var out []cell.Line
	for _, k := range v.kinds() {
		out = append(append(out, ui.HelpText(v.env.Text.Help(k))...), cell.Line{})
	}
	var form []text.HelpLine
	for _, s := range v.env.Text.Case.Help {
		form = append(form, text.HelpLine{Text: s})
	}
	return append(out, ui.HelpText(form)...)
}

// kinds are the kinds of the case: what is open in it, else what it was about.
func (v *View) kinds() []domain.Kind {
	var out []domain.Kind
	for _, a := range v.file.Anomalies {
		if a.Outcome == "" && !slices.Contains(out, a.Kind) {
			out = append(out, a.Kind)
		}
	}
	if len(out) == 0 && v.file.Row.Kind != "" {
		out = append(out, v.file.Row.Kind)
	}
	return out
}

// form is the procedure with the facts as they are now.
func (v *View) form() domain.Form {
	return domain.NewForm(domain.FormCaseOf(v.file, v.env.Me, v.env.Now()))
}

func (v *View) stamp() domain.Stamp { return domain.Stamp{At: v.env.Now().UTC(), By: v.env.Me.Login} }

// shut says why nothing can be answered now; "" where it can.
func (v *View) shut() string {
	w := v.env.Text.Case.Say
	switch {
	case !v.loaded:
		return v.env.Text.Form.Loading
	case v.file.Row.State == domain.CaseClosed:
		return w.ClosedNow
	case v.claim.lost != "":
		return v.claim.lost
	case v.write != nil:
		return w.Locked
	case v.waitsToSign() != "":
		return v.waitsToSign()
	}
	if h := v.heldByOther(); h != nil {
		return w.ReadOnly(v.env.Text.Person(h.Name, h.NameEn, h.Login), v.clock(h.Since))
	}
	return ""
}

// heldByOther is who else holds the case; nil where nobody does, or the lease is
// over.
func (v *View) heldByOther() *domain.Holder {
	h := v.file.Row.Holder
	if h == nil || h.Login == v.env.Me.Login || !h.Until.IsZero() && !h.Until.After(v.env.Now()) {
		return nil
	}
	return h
}

func (v *View) clock(t time.Time) string { return v.env.Text.Clock(t.In(v.env.Zone)) }

func (v *View) say(text string, tone ui.Tone) tea.Cmd {
	return ui.Send(ui.Say{Text: text, Tone: tone})
}

// doing is what colleagues are told the person is at.
func (v *View) doing() domain.Presence {
	p := domain.Presence{Store: v.file.Row.Store, Case: v.id}
	switch {
	case v.file.Row.Store == "" || v.shut() != "":
	case v.focus.ID.Ask == domain.AskCall || v.focus.ID.Ask == domain.AskWho || v.focus.ID.Ask == domain.AskSaid:
		p.Doing = "calling"
	case v.claim.no != 0:
		p.Doing = "typing"
	}
	return p
}

func (v *View) present(p domain.Presence) {
	if s, ok := v.store.(interface{ Present(p domain.Presence) }); ok {
		s.Present(p)
	}
}
