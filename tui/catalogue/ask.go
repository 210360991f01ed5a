package catalogue

import (
	"context"
	"slices"
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// askWrite asks for procurement's word on the marked rows, or the one under the cursor.
func (v *View) askWrite(p keys.Press) tea.Cmd {
	ids, _ := v.lists[v.at].Marked()
	if id := v.cursor(); len(ids) == 0 && id != "" {
		ids = []string{id}
	}
	switch off := mayWrite(v.env); {
	case v.at == toStandard || len(ids) == 0:
		return ui.NoSense(v.env, p)
	case off != "":
		return ui.Send(ui.Say{Text: off, Tone: ui.Problem})
	case v.at == toVerify:
		v.askVerify(ids)
	default:
		v.askSettle(ids)
	}
	return nil
}

// names are the rows a question is about.
func (v *View) names(ids []string) string {
	if len(ids) == 1 {
		return v.name(ids[0])
	}
	return strconv.Itoa(len(ids)) + " " + v.env.Text.Goods.Several
}

// optional is the check of a field that may stay empty.
func optional(*dialog.Ask, string) (string, bool) { return "", true }

// each writes one thing after the other, each with a key of its own that stays the same
// when it is sent again, and tells what became of them.
func each(op uuid.UUID, keys []string, did string, some func(int, int, string) string, errs func(error) string,
	one func(op uuid.UUID, i int) error,
) written {
	done, failed := 0, error(nil)
	for i, k := range keys {
		if err := one(uuid.NewSHA1(op, []byte(k)), i); err != nil {
			failed = err
			continue
		}
		done++
	}
	if failed != nil {
		return written{said: some(done, len(keys)-done, errs(failed)), failed: failed, wrote: done > 0}
	}
	return written{said: did, wrote: true}
}

// askVerify asks whether quantities are right (§4.1). A no takes a note.
func (v *View) askVerify(ids []string) {
	var rows []domain.Verification
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return v.verify[id] == nil })
	for _, id := range ids {
		rows = append(rows, *v.verify[id])
	}
	w, names, store := v.env.Text.Goods, v.names(ids), v.store
	said := func(a *dialog.Ask) string {
		if a.Picked(0) == 0 {
			return v.env.Text.Goods.VerifyYes
		}
		return v.env.Text.Goods.VerifyNo
	}
	note := func(a *dialog.Ask, text string) (string, bool) {
		if a.Picked(0) == 1 && text == "" {
			return v.env.Text.Dialog.Empty, false
		}
		return "", true
	}
	v.ask = &asked{Ask: dialog.New(v.env, func() string { return v.env.Text.Goods.VerifyHead(names) },
		func(a *dialog.Ask) string { return v.env.Text.Goods.VerifySum(said(a), a.Text(1)) },
		dialog.Step{Name: func() string { return v.env.Text.Goods.VerifyAsk }, Offers: func(*dialog.Ask) []string {
			return []string{v.env.Text.Goods.VerifyYes, v.env.Text.Goods.VerifyNo}
		}},
		dialog.Step{Name: func() string { return v.env.Text.Goods.VerifyNote }, Check: note})}
	did, some, errs := w.DidVerify(names), w.Some, v.env.Text.Error
	v.ask.write = func(ctx context.Context, a *dialog.Ask) written {
		return each(a.Op, ids, did, some, errs, func(op uuid.UUID, i int) error {
			var lines []int
			for _, l := range rows[i].Lines {
				lines = append(lines, l.Line)
			}
			_, err := store.VerifyQuantity(ctx, op, rows[i].Row.Case, lines, a.Picked(0) == 0, a.Text(1))
			return err
		})
	}
}

// askSettle asks which of two values stands.
func (v *View) askSettle(ids []string) {
	var rows []domain.Clash
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return v.clash[id] == nil })
	for _, id := range ids {
		rows = append(rows, *v.clash[id])
	}
	v.ask = settling(v.env, v.store, rows, ids, v.names(ids))
}

// settling is the question of clashes: ours or the platform's.
func settling(env *ui.Env, store interface {
	SettleClash(ctx context.Context, op uuid.UUID, c domain.Clash, side domain.ClashSide, note string) error
}, rows []domain.Clash, ids []string, names string,
) *asked {
	values := func(i int) string {
		side := env.Text.Goods.KeepOurs
		if i == 1 {
			side = env.Text.Goods.TakeTheirs
		}
		if len(rows) != 1 {
			return side
		}
		c := &rows[0]
		raw := c.Product.Raw(c.Field)
		if i == 1 {
			raw = c.File
		}
		return side + " " + env.Text.FieldValue(c.Field, raw, c.Product, nil)
	}
	offers := func(*dialog.Ask) []string {
		out := []string{values(0)}
		for i := range rows {
			if !rows[i].Takeable() {
				return out
			}
		}
		return append(out, values(1))
	}
	a := &asked{Ask: dialog.New(env, func() string { return env.Text.Goods.SettleHead(names) },
		func(a *dialog.Ask) string {
			return env.Text.Goods.SettleSum(values(max(0, a.Picked(0)))+": "+env.Text.Goods.Settled(a.Picked(0) == 1), a.Text(1))
		},
		dialog.Step{Name: func() string { return env.Text.Goods.SettleAsk }, Offers: offers},
		dialog.Step{Name: func() string { return env.Text.Goods.SettleNote }, Check: optional})}
	did, some, errs := env.Text.Goods.DidSettle(names), env.Text.Goods.Some, env.Text.Error
	a.write = func(ctx context.Context, q *dialog.Ask) written {
		side := domain.KeepOurs
		if q.Picked(0) == 1 {
			side = domain.TakeTheirs
		}
		return each(q.Op, ids, did, some, errs, func(op uuid.UUID, i int) error { return store.SettleClash(ctx, op, rows[i], side, q.Text(1)) })
	}
	return a
}
