package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// writing is an act under way. send does all of it and may be called again: what was
// done is not done twice.
type writing struct {
	send    func(ctx context.Context) (domain.Resolved, error)
	done    func(r domain.Resolved) tea.Cmd
	gen     ui.Gen // negative, so that its pauses are told from those of the draft
	unknown bool   // no answer came yet
}

// written is the answer to an act.
type written domain.Resolved

func (v *View) retryGen() ui.Gen {
	if v.write == nil {
		return 0
	}
	return v.write.gen
}

func (v *View) start(w *writing) tea.Cmd {
	v.write = w
	return v.sendAgain()
}

// sendAgain sends the act, under the same keys each time.
func (v *View) sendAgain() tea.Cmd {
	v.write.gen--
	send := v.write.send
	return ui.Load(v.env, v.write.gen, "write case", actLimit, func(ctx context.Context) (written, error) {
		r, err := send(ctx)
		return written(r), err
	})
}

// writtenCame takes the answer to an act. As long as there is none it is asked for
// again.
func (v *View) writtenCame(msg ui.Loaded[written]) tea.Cmd {
	if v.write == nil || msg.Gen != v.write.gen {
		return nil
	}
	switch domain.CodeOf(msg.Err) {
	case "":
		done := v.write.done
		v.write = nil
		v.saving.dirty = false
		return done(domain.Resolved(msg.Value))
	case domain.Timeout, domain.Unavailable, domain.Canceled:
		v.write.unknown = true
		return ui.After(v.env, v.write.gen, askAgain)
	default:
		v.write = nil
		return v.refused(msg.Err)
	}
}

// refused says why nothing was written, and reads the case again.
func (v *View) refused(err error) tea.Cmd {
	if e, ok := errors.AsType[*domain.Error](err); ok && (e.Detail["claim"] != "" || e.Code == domain.Taken) {
		return v.lose(err)
	}
	if why, ok := v.env.Text.CannotReverse(v.file.Row, err); ok {
		return tea.Batch(v.say(why, ui.Problem), v.reload())
	}
	why := v.why(err)
	if domain.CodeOf(err) == domain.Conflict {
		v.changed = why
	}
	return tea.Batch(v.say(why, ui.Problem), v.reload())
}

// askToWrite is the first ctrl+s: it checks, and asks.
func (v *View) askToWrite() tea.Cmd {
	w := v.env.Text.Case.Say
	switch {
	case v.shut() != "":
		return v.say(v.shut(), ui.Problem)
	case v.special() != "":
		return v.askSpecial(v.special())
	case v.answers.Call != nil && v.answers.Call.Outcome.Failed():
		return v.openMissed()
	}
	plan := v.form().Plan(v.answers)
	if len(plan.Missing) > 0 {
		v.toQuestion(plan.Missing[0])
		return v.say(w.Missing(v.missingNames(plan.Missing)), ui.Problem)
	}
	if len(plan.Resolutions) == 0 {
		return v.say(v.env.Text.Case.Plan.Nothing, ui.Problem)
	}
	if plan.Next() == domain.StepCorrect {
		return tea.Batch(v.openCorrection(), v.take())
	}
	if v.claim.no == 0 {
		return v.wishToWrite()
	}
	v.changed = ""
	return v.confirm.Ask(v.env, v.content())
}

// mostNames is how many missing questions are named.
const mostNames = 4

// missingNames names the questions that keep the case from being written.
func (v *View) missingNames(missing []domain.QuestionID) string {
	f := v.form()
	no := map[domain.QuestionID]int{}
	for _, q := range f.Questions(v.answers) {
		no[q.ID] = q.No
	}
	var out []string
	for i, id := range missing {
		if i == mostNames && len(missing) > mostNames+1 {
			out = append(out, v.env.Text.Case.Say.AndMore(len(missing)-i))
			break
		}
		out = append(out, strconv.Itoa(no[id])+" "+v.questionName(f, id))
	}
	return strings.Join(out, v.env.Text.Values.Join)
}

// content is all that would be written, for comparing what was asked with what is.
// What counts on by itself is left out: how
// long it is to a moment, the hour from which a month is counted.
func (v *View) content() string {
	if ask := v.special(); ask != "" {
		return v.specialContent(ask)
	}
	plan := v.form().Plan(v.answers)
	for i := range plan.Preview.Warnings {
		plan.Preview.Warnings[i].Left = 0
	}
	for i, q := range plan.Preview.Quieter {
		y, m, d := q.Until.In(v.env.Zone).Date()
		plan.Preview.Quieter[i].Until = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	raw, err := json.Marshal(struct {
		Version int64
		Claim   domain.ClaimNo
		Plan    domain.Plan
		Answers domain.Answers
	}{v.file.Row.Version, v.claim.no, plan, v.answers})
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// confirmed takes a key while the question before writing stands.
func (v *View) confirmed(p keys.Press) tea.Cmd {
	switch v.confirm.Press(v.env, p, v.content()) {
	case widget.Changed:
		return v.say(v.env.Text.Case.Say.SeeAgain, ui.Problem)
	case widget.Confirmed:
		return v.writeNow()
	case widget.Waiting, widget.GoneBack:
	}
	return nil
}

// writeNow sends what was confirmed.
func (v *View) writeNow() tea.Cmd {
	if v.shut() != "" || v.claim.no == 0 && v.special() != askSign {
		return v.say(v.env.Text.Case.Say.SeeAgain, ui.Problem)
	}
	if ask := v.special(); ask != "" {
		return v.writeSpecial(ask)
	}
	plan := v.form().Plan(v.answers)
	h := domain.Handled{
		Case: v.id, Claim: v.claim.no, Version: v.file.Row.Version, Resolutions: plan.Resolutions, Answers: v.answers,
	}
	switch plan.Next() {
	case domain.StepHand:
		return v.handOver(plan.HandTo, v.handingNote(plan))
	case domain.StepPropose:
		return v.propose(h)
	case domain.StepWrite:
	default:
		return v.say(v.env.Text.Case.Say.SeeAgain, ui.Problem)
	}
	store, journal, key, act := v.store, v.journal, v.key(), v.saving.act
	call := v.callRecorder()
	return v.start(&writing{
		send: func(ctx context.Context) (domain.Resolved, error) {
			if err := call(ctx, h.Case); err != nil {
				return domain.Resolved{}, err
			}
			r, err := store.Resolve(ctx, act, h)
			if err == nil {
				journal.Remove(key)
			}
			return r, err
		},
		done: func(r domain.Resolved) tea.Cmd { return v.closeWith(v.writtenText(r, plan)) },
	})
}

// handingNote is what the department that goes on reads: the person's note, else what is
// asked of it.
func (v *View) handingNote(p domain.Plan) string {
	if v.answers.Note != "" {
		return v.answers.Note
	}
	w := v.env.Text.Case
	what := ""
	switch p.HandWhy {
	case domain.HandVerify:
		what = numbers(p.Verify)
	case domain.HandCorrect:
		what = w.Effects.Corrections[p.Correct.What]
	case domain.HandAct:
		what = v.choiceText()
	case domain.HandFind:
	}
	if say, ok := w.Effects.HandNote[p.HandWhy]; ok {
		return say(what)
	}
	return what
}

// choiceText names what was decided, each once.
func (v *View) choiceText() string {
	var out []string
	for _, d := range v.answers.Decisions {
		if s := v.choiceName(v.form(), d.Target, d.Choice); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, v.env.Text.Values.Join)
}

// product is what the case is about, "" where it is about an order as a whole.
func (v *View) product() domain.ProductCode {
	if v.file.Row.IsCause() {
		if words := strings.Fields(v.file.Row.Cause); len(words) > 1 {
			return domain.ProductCode(words[1])
		}
	}
	return v.goods(domain.QuestionID{Target: v.focus.ID.Target}).Code
}

// openCorrection opens the correction of the product at hand; what it cures ends by
// itself.
func (v *View) openCorrection() tea.Cmd {
	code := v.product()
	ask := ui.OpenCorrection{Case: v.id}
	switch p := v.form().Plan(v.answers); {
	case p.Correct != nil:
		code, ask.What, ask.Status = p.Correct.Product, p.Correct.What, p.Correct.Status
	case v.wanting() == domain.FindStock:
		ask.What = domain.CorrectStock
	}
	if code == "" {
		return v.say(v.env.Text.Desk.NotHere, ui.Note)
	}
	ask.Product = code
	return ui.Send(ask)
}

// closeWith tells everybody that the case is done with, and leaves the form.
func (v *View) closeWith(text string) tea.Cmd {
	return tea.Batch(ui.Send(ui.CaseWritten{ID: v.id}), ui.Done(text), ui.Send(ui.Back{}))
}

// writtenText says what was written and until when it can be taken back, then what
// follows: a narrow line cuts its end.
func (v *View) writtenText(r domain.Resolved, plan domain.Plan) string {
	w, t := v.env.Text.Case.Say, v.env.Text
	parts := []string{v.effectText(plan)}
	if m := plan.Preview.Until; m != nil && v.touchesOrder(plan) {
		parts = append(parts, w.StillTo(v.clock(m.At)))
	}
	switch {
	case r.Order.State == domain.Cancelled:
	case r.Rechecked:
		parts = append(parts, w.ToRecheck)
	case r.Accepted:
		parts = append(parts, w.NowAccepted)
	}
	return w.Written(v.caseName(), strings.Join(parts, t.Values.Join))
}

// callRecorder gives what writes the call to the store down, for cases the person
// holds. One call has one key wherever it is written from, so it is one record.
func (v *View) callRecorder() func(ctx context.Context, cases ...domain.CaseID) error {
	c := v.answers.Call
	if c == nil || c.Outcome != domain.Reached || c.By != v.env.Me.Login {
		return func(context.Context, ...domain.CaseID) error { return nil }
	}
	report := domain.CallReport{Outcome: c.Outcome, Who: c.Who, Name: c.Name, Said: c.Said, Text: c.Text}
	op := callKey(*c, v.file.Row.Store)
	store := v.store
	return func(ctx context.Context, cases ...domain.CaseID) error {
		report.Cases = cases
		_, err := store.RecordCall(ctx, op, report)
		return err
	}
}

// callKey is the key of a call's record: who rang which store when.
func callKey(c domain.Call, s domain.StoreCode) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(string(c.By)+"/"+string(s)+"/"+c.At.UTC().Format(time.RFC3339Nano)))
}

// numbers writes line numbers.
func numbers(lines []int) string {
	var out []string
	for _, l := range lines {
		out = append(out, strconv.Itoa(l))
	}
	return strings.Join(out, ", ")
}
