package smallact

import (
	"context"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/ui"

	"github.com/google/uuid"
)

// The questions of a finding, in their order.
const (
	findWhat = iota
	findAnswer
	findPart
	findDue
	findNote
)

// MayFind says why the person may record no finding on a case, "" where they may.
func MayFind(env *ui.Env, r domain.QueueRow) string {
	switch {
	case !env.Me.Has(domain.RoleProcurement):
		return env.Text.Errors.Needs(env.Text.Department(domain.Procurement))
	case r.With != domain.Procurement:
		return env.Text.Queue.Acted.LiesWith(env.Text.Department(r.With))
	}
	return ""
}

// Finding asks procurement what it found about a case that lies with it.
func Finding(env *ui.Env, store Store, r domain.QueueRow) *Act {
	name := Name(env, r) + " " + env.Text.Pick(r.StoreName, r.StoreNameEn)
	a := &Act{Ask: dialog.New(env, func() string { return env.Text.Dialog.Finding.Head(name) },
		func(a *dialog.Ask) string { return findingSum(env, name, r, a) }, findingSteps(env, r)...)}
	a.Write = func() func(context.Context, uuid.UUID) error {
		f := findingOf(env, r, a.Ask)
		return func(ctx context.Context, op uuid.UUID) error {
			_, err := store.RecordFinding(ctx, op, r.Case, f)
			return err
		}
	}
	a.Said = func() string { return env.Text.Dialog.Finding.Done(name) }
	return a
}

// findingSteps are the questions: how much where it is a part, until when where the
// supplier was asked.
func findingSteps(env *ui.Env, r domain.QueueRow) []dialog.Step {
	about := func(a *dialog.Ask) domain.FindingKind { return r.Kind.Findings()[max(0, a.Picked(findWhat))] }
	answered := func(a *dialog.Ask) domain.FindingAnswer {
		if i := a.Picked(findAnswer); i >= 0 && i < len(about(a).Answers()) {
			return about(a).Answers()[i]
		}
		return ""
	}
	return []dialog.Step{
		{Name: func() string { return env.Text.Dialog.Finding.About }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, k := range r.Kind.Findings() {
				out = append(out, env.Text.Dialog.Finding.Whats[string(k)])
			}
			return out
		}},
		{
			Name: func() string { return env.Text.Dialog.Finding.Answer },
			Offers: func(a *dialog.Ask) []string {
				var out []string
				for _, f := range about(a).Answers() {
					out = append(out, env.Text.Dialog.Finding.Answers[string(f)])
				}
				return out
			},
		},
		{
			Name: func() string { return env.Text.Dialog.Finding.HowMany }, Skip: func(a *dialog.Ask) bool { return answered(a) != domain.FoundPart },
			Short: true, Check: func(_ *dialog.Ask, text string) (string, bool) {
				in, err := domain.ParseEntered(text, productOf(r))
				if err != nil {
					return env.Text.Dialog.NotRead, false
				}
				return "= " + env.Text.Quantity(in.Quantity, r.Unit, r.UnitEn), true
			},
		},
		{
			Name: func() string { return env.Text.Dialog.Finding.Until }, Skip: func(a *dialog.Ask) bool { return answered(a) != domain.FoundAsked },
			Short: true, Check: moment(env),
		},
		{Name: func() string { return env.Text.Dialog.Finding.Note }, Check: func(a *dialog.Ask, text string) (string, bool) {
			if text == "" && answered(a) == domain.FoundNo { // a no says why
				return env.Text.Dialog.Empty, false
			}
			return "", true
		}},
	}
}

// productOf is as much of a row's product as is needed to read a quantity of it.
func productOf(r domain.QueueRow) domain.Product {
	return domain.Product{Unit: r.Unit, UnitEn: r.UnitEn, Weighed: r.Unit == "kg"}
}

// findingOf is the finding as it was answered.
func findingOf(env *ui.Env, r domain.QueueRow, a *dialog.Ask) domain.Finding {
	f := domain.Finding{Line: r.Why.Line, Note: a.Text(findNote)}
	if i := a.Picked(findWhat); i >= 0 {
		f.What = r.Kind.Findings()[i]
	}
	if i, all := a.Picked(findAnswer), f.What.Answers(); i >= 0 && i < len(all) {
		f.Answer = all[i]
	}
	if in, err := domain.ParseEntered(a.Text(findPart), productOf(r)); err == nil && f.Answer == domain.FoundPart {
		f.Quantity = &in.Quantity
	}
	if at, ok := dialog.Moment(a.Text(findDue), env.Now().In(env.Zone)); ok && f.Answer == domain.FoundAsked {
		f.Due = &at
	}
	return f
}

func findingSum(env *ui.Env, name string, r domain.QueueRow, a *dialog.Ask) string {
	t := env.Text
	f := findingOf(env, r, a)
	more := ""
	switch {
	case f.Quantity != nil:
		more = t.Quantity(*f.Quantity, r.Unit, r.UnitEn)
	case f.Due != nil:
		more = t.When(*f.Due, env.Now().In(env.Zone))
	}
	w := t.Dialog.Finding
	return w.Sum(name, w.Whats[string(f.What)], w.Answers[string(f.Answer)], more, f.Note)
}
