// Package smallact holds the small acts on a case beside its form: it is the same as
// another, its store was promised something, a department gives its word on it. Views
// show the same questions in their message lines.
package smallact

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/ui"

	"github.com/google/uuid"
)

// Store is what the acts write.
type Store interface {
	Merge(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo, into domain.CaseID, note string) (domain.Moved, error)
	PromiseStore(ctx context.Context, op uuid.UUID, id domain.CaseID, due time.Time, what string) error
	RecordFinding(ctx context.Context, op uuid.UUID, id domain.CaseID, f domain.Finding) (domain.Moved, error)
}

// Act is one that is asked for. When its question answers Go, Write gives what writes
// it under the question's key, with nothing of the view in it; Said is what to say then.
type Act struct {
	*dialog.Ask

	Write func() func(ctx context.Context, op uuid.UUID) error
	Said  func() string
}

// mostOffers is how many cases have a digit.
const mostOffers = 9

// Name is how a case is called in a sentence: by its order, else by its complaint or by
// what it is.
func Name(env *ui.Env, r domain.QueueRow) string {
	switch {
	case r.OrderNo != "":
		return string(r.OrderNo)
	case r.Complaint != "":
		return r.Complaint
	}
	return env.Text.Kind(r.Kind)
}

// titled is a case by its order and kind, or by its kind and what it is about.
func titled(env *ui.Env, r domain.QueueRow) string {
	t := env.Text
	if r.OrderNo != "" || r.Complaint != "" {
		return Name(env, r) + " " + t.Kind(r.Kind)
	}
	if product := t.Pick(r.ProductName, r.ProductNameEn); product != "" {
		return t.Kind(r.Kind) + " " + product
	}
	return t.Kind(r.Kind) + " " + t.Pick(r.StoreName, r.StoreNameEn)
}

// Merge asks which of the others a case is the same as; the caller holds it by its
// claim no. nil: there are none.
func Merge(env *ui.Env, store Store, r domain.QueueRow, no domain.ClaimNo, others []domain.QueueRow) *Act {
	if len(others) == 0 {
		return nil
	}
	others = others[:min(len(others), mostOffers)]
	names := func(*dialog.Ask) []string {
		var out []string
		for _, o := range others {
			out = append(out, titled(env, o))
		}
		return out
	}
	into := func(a *dialog.Ask) string {
		if i := a.Picked(0); i >= 0 {
			return names(a)[i]
		}
		return ""
	}
	name := func() string { return titled(env, r) }
	a := &Act{Ask: dialog.New(env,
		func() string { return env.Text.Dialog.Merge.Head(name()) },
		func(a *dialog.Ask) string { return env.Text.Dialog.Merge.Sum(name(), into(a), a.Text(1)) },
		dialog.Step{Name: func() string { return env.Text.Dialog.Merge.Into }, Offers: names},
		dialog.Step{Name: func() string { return env.Text.Dialog.Merge.Why }},
	)}
	a.Write = func() func(context.Context, uuid.UUID) error {
		other, why := others[a.Picked(0)].Case, a.Text(1)
		return func(ctx context.Context, op uuid.UUID) error {
			_, err := store.Merge(ctx, op, r.Case, no, other, why)
			return err
		}
	}
	a.Said = func() string { return env.Text.Dialog.Merge.Done(name(), into(a.Ask)) }
	return a
}

// Promise asks what the store of a case was promised, and for when.
func Promise(env *ui.Env, store Store, r domain.QueueRow) *Act {
	due := func(text string) (time.Time, bool) { return dialog.Moment(text, env.Now().In(env.Zone)) }
	when := func(a *dialog.Ask) string {
		at, ok := due(a.Text(0))
		if !ok {
			return a.Text(0)
		}
		return env.Text.When(at, env.Now().In(env.Zone))
	}
	name := Name(env, r) + " " + env.Text.Pick(r.StoreName, r.StoreNameEn)
	a := &Act{Ask: dialog.New(env,
		func() string { return env.Text.Dialog.Promise.Head(name) },
		func(a *dialog.Ask) string { return env.Text.Dialog.Promise.Sum(name, when(a), a.Text(1)) },
		dialog.Step{Name: func() string { return env.Text.Dialog.Promise.When }, Short: true, Check: moment(env)},
		dialog.Step{Name: func() string { return env.Text.Dialog.Promise.What }},
	)}
	a.Write = func() func(context.Context, uuid.UUID) error {
		at, _ := due(a.Text(0)) // checked when it was typed
		what := a.Text(1)
		return func(ctx context.Context, op uuid.UUID) error { return store.PromiseStore(ctx, op, r.Case, at, what) }
	}
	a.Said = func() string { return env.Text.Dialog.Promise.Done(when(a.Ask)) }
	return a
}

// moment checks a field that takes a time to come.
func moment(env *ui.Env) func(*dialog.Ask, string) (string, bool) {
	return func(_ *dialog.Ask, text string) (string, bool) {
		at, ok := dialog.Moment(text, env.Now().In(env.Zone))
		if !ok {
			return env.Text.Dialog.NotATime, false
		}
		return "= " + env.Text.When(at, env.Now().In(env.Zone)), true
	}
}
