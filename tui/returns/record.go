package returns

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// recording is what procurement can record of returns.
type recording string

const (
	recordGoods  recording = "goods"
	recordAsked  recording = "asked"
	recordAnswer recording = "answer"
)

// recordings are what can be recorded, in the order it is done.
func recordings() []recording { return []recording{recordGoods, recordAsked, recordAnswer} }

func (v *View) recordingName(k recording) string {
	w := v.env.Text.Returns
	switch k {
	case recordGoods:
		return w.Whats[domain.FindGoods]
	case recordAsked:
		return w.AskAct
	case recordAnswer:
	}
	return w.Whats[domain.FindSupplier]
}

// The questions, in their order.
const (
	askWhat = iota
	askFound
	askPart
	askUntil
	askReason
	askNote
)

// records is one recording that is asked for, of one or several returns.
type records struct {
	v    *View
	rows []domain.ReturnLine
	what recording // "": to be asked
}

// record asks what is recorded of the marked returns, or of the one under the cursor.
func (v *View) record(what recording) tea.Cmd {
	if why := v.mayRecord(); why != "" {
		return ui.Send(ui.Say{Text: why, Tone: ui.Problem})
	}
	k := &records{v: v, what: what}
	shown, _ := v.list.Marked()
	if r := v.current(); len(shown) == 0 && r != nil {
		shown = append(shown, r.Anomaly)
	}
	for _, id := range shown {
		if r := v.rows[id]; r != nil {
			k.rows = append(k.rows, *r)
		}
	}
	bar := domain.BarEnded
	for i := range k.rows {
		if bar = k.rows[i].Bars(&domain.Finding{What: domain.FindGoods, Answer: domain.FoundYes}); bar == "" {
			break
		}
	}
	if bar != "" {
		return ui.Send(ui.Say{Text: v.env.Text.Returns.Bars[bar], Tone: ui.Problem})
	}
	v.ask = &asked{Ask: dialog.New(v.env, k.head, k.sum, k.steps()...), write: k.write}
	return nil
}

// of is which returns it is about.
func (k *records) of() string {
	if len(k.rows) == 1 {
		return k.v.name(&k.rows[0])
	}
	return k.v.env.Text.Returns.Of(len(k.rows))
}

func (k *records) head() string {
	if k.what == "" {
		return k.of()
	}
	return k.v.env.Text.Returns.Head(k.v.recordingName(k.what), k.of())
}

// chosen is what is recorded, once that is answered.
func (k *records) chosen(a *dialog.Ask) recording {
	if i := a.Picked(askWhat); k.what == "" && i >= 0 {
		return recordings()[i]
	}
	return k.what
}

// answers are those there are: of several returns a part would be a part of each.
func (k *records) answers() []domain.FindingAnswer {
	if len(k.rows) == 1 {
		return []domain.FindingAnswer{domain.FoundYes, domain.FoundPart, domain.FoundNo}
	}
	return []domain.FindingAnswer{domain.FoundYes, domain.FoundNo}
}

func (k *records) found(a *dialog.Ask) domain.FindingAnswer {
	switch i := a.Picked(askFound); {
	case k.chosen(a) == recordAsked:
		return domain.FoundAsked
	case i >= 0:
		return k.answers()[i]
	}
	return ""
}

// answerWord is an answer as it is said of the goods, or of the supplier.
func (k *records) answerWord(what recording, f domain.FindingAnswer) string {
	if what == recordGoods {
		return k.v.env.Text.Returns.Answers[f]
	}
	return k.v.env.Text.Returns.Takes[f]
}

func (k *records) steps() []dialog.Step {
	env := k.v.env
	return []dialog.Step{
		{Name: func() string { return env.Text.Returns.What }, Skip: func(*dialog.Ask) bool { return k.what != "" }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, r := range recordings() {
				out = append(out, k.v.recordingName(r))
			}
			return out
		}},
		{Name: func() string { return env.Text.Returns.Found }, Skip: func(a *dialog.Ask) bool { return k.chosen(a) == recordAsked }, Offers: func(a *dialog.Ask) []string {
			var out []string
			for _, f := range k.answers() {
				out = append(out, k.answerWord(k.chosen(a), f))
			}
			return out
		}},
		{
			Name: func() string { return env.Text.Returns.HowMany }, Short: true, Check: k.checkPart,
			Skip: func(a *dialog.Ask) bool { return k.found(a) != domain.FoundPart },
		},
		{
			Name: func() string { return env.Text.Returns.Until }, Short: true, Check: k.checkUntil,
			Skip: func(a *dialog.Ask) bool { return k.found(a) != domain.FoundAsked },
		},
		{Name: func() string { return env.Text.Returns.Reason }, Skip: func(a *dialog.Ask) bool { return k.found(a) != domain.FoundNo }},
		{
			Name: func() string { return env.Text.Returns.Note }, Check: func(*dialog.Ask, string) (string, bool) { return "", true },
			Skip: func(a *dialog.Ask) bool { return k.found(a) == domain.FoundNo },
		},
	}
}

// most is what a part is a part of.
func (k *records) most(a *dialog.Ask) domain.Quantity {
	r := &k.rows[0]
	if k.chosen(a) == recordAnswer {
		q, _ := r.Verified()
		return q
	}
	return min(r.Asked, r.Came)
}

func (k *records) checkPart(a *dialog.Ask, text string) (string, bool) {
	p := k.rows[0].Product
	in, err := domain.ParseEntered(text, p)
	switch {
	case err != nil:
		return k.v.env.Text.Dialog.NotRead, false
	case in.Quantity >= k.most(a):
		return k.v.env.Text.Returns.Less(k.v.quantity(k.most(a), &k.rows[0])), false
	}
	return "= " + k.v.quantity(in.Quantity, &k.rows[0]), true
}

func (k *records) checkUntil(_ *dialog.Ask, text string) (string, bool) {
	now := k.v.env.Now().In(k.v.env.Zone)
	at, ok := dialog.Moment(text, now)
	if !ok {
		return k.v.env.Text.Dialog.NotATime, false
	}
	return "= " + k.v.env.Text.When(at, now), true
}

// finding is what was answered, about no line yet.
func (k *records) finding(a *dialog.Ask) domain.Finding {
	f := domain.Finding{What: domain.FindSupplier, Answer: k.found(a), Note: a.Text(askNote)}
	if k.chosen(a) == recordGoods {
		f.What = domain.FindGoods
	}
	if f.Answer == domain.FoundNo {
		f.Note = a.Text(askReason)
	}
	if in, err := domain.ParseEntered(a.Text(askPart), k.rows[0].Product); err == nil && f.Answer == domain.FoundPart {
		f.Quantity = &in.Quantity
	}
	if at, ok := dialog.Moment(a.Text(askUntil), k.v.env.Now().In(k.v.env.Zone)); ok && f.Answer == domain.FoundAsked {
		f.Due = &at
	}
	return f
}

func (k *records) sum(a *dialog.Ask) string {
	f, more := k.finding(a), ""
	switch {
	case f.Quantity != nil:
		more = k.v.quantity(*f.Quantity, &k.rows[0])
	case f.Due != nil:
		more = k.v.env.Text.When(*f.Due, k.v.env.Now().In(k.v.env.Zone))
	}
	word := k.answerWord(k.chosen(a), f.Answer)
	return k.v.env.Text.Returns.Sum(k.of(), k.v.recordingName(k.chosen(a)), word, more, f.Note)
}

// errBarred is that a return was left out for what is known of it here.
var errBarred = errors.New("barred")

// write works out what is written of the returns, as it was answered. Each has a key of its
// own, the same when it is sent again; what it gives touches nothing of the view.
func (k *records) write(a *dialog.Ask) func(ctx context.Context) written {
	store, rows, words, errs := k.v.store, k.rows, k.v.env.Text.Returns, k.v.env.Text.Error
	f, op := k.finding(a), a.Op
	did := words.Did(k.v.recordingName(k.chosen(a)), k.of())
	names := make([]string, len(rows))
	for i := range rows {
		names[i] = k.v.name(&rows[i])
	}
	return func(ctx context.Context) written {
		done, why, failed := 0, "", error(nil)
		for i := range rows {
			r := &rows[i]
			f.Line = r.Line
			if bar := r.Bars(&f); bar != "" {
				failed, why = errBarred, names[i]+" "+words.Bars[bar]
				continue
			}
			if _, err := store.RecordFinding(ctx, uuid.NewSHA1(op, fmt.Append(nil, r.Anomaly)), r.Case, f); err != nil {
				failed, why = err, names[i]+" "+errs(err)
				if code := domain.CodeOf(err); code == domain.Unavailable || code == domain.Timeout {
					return written{failed: err} // all of it is sent again: what is in stays as it is
				}
				continue
			}
			done++
		}
		if failed != nil {
			return written{said: words.Some(done, len(rows)-done, why), failed: failed}
		}
		return written{said: did}
	}
}

// soon is a moment as it is written here.
func (v *View) soon(t time.Time) string {
	return v.env.Text.When(t.In(v.env.Zone), v.env.Now().In(v.env.Zone))
}
