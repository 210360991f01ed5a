package catalogue

import (
	"context"
	"slices"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

func (v *Product) press(p keys.Press) tea.Cmd {
	switch {
	case v.ask != nil:
		return v.answer(p)
	case v.field() != nil:
		return v.typing(p)
	case v.file == nil:
		if p.Action == keys.Back {
			return ui.Send(ui.Back{})
		}
		return ui.NoSense(v.env, p)
	}
	if p.Action != keys.Back {
		v.leaving = false
	}
	if v.move(p) {
		return nil
	}
	switch p.Action {
	case keys.Open, keys.Unfold:
		return v.open()
	case keys.Product:
		return v.correction(v.cursor().Correction())
	case keys.Refresh:
		return v.reload()
	case keys.Write:
		return v.askEdit()
	case keys.Back:
		return v.stepBack()
	default:
	}
	return ui.NoSense(v.env, p)
}

// move moves the cursor; half pages scroll the history.
func (v *Product) move(p keys.Press) bool {
	switch p.Action {
	case keys.Up:
		v.list.Move(-p.Count)
	case keys.Down:
		v.list.Move(p.Count)
	case keys.First:
		v.list.First()
	case keys.Last:
		v.list.Last()
	case keys.NextPart, keys.PrevPart:
		v.toFault(p.Action == keys.NextPart)
	case keys.HalfDown:
		v.scroll = min(v.scroll+p.Count, max(0, len(v.file.Changes)-1))
	case keys.HalfUp:
		v.scroll = max(0, v.scroll-p.Count)
	default:
		return false
	}
	return true
}

// toFault goes to the next field with a fault, or the one before.
func (v *Product) toFault(forward bool) {
	all := domain.ProductFields()
	at := slices.Index(all, v.cursor())
	by := 1
	if !forward {
		by = len(all) - 1
	}
	faults := v.faults()
	for i := 1; i <= len(all); i++ {
		f := all[(at+i*by)%len(all)]
		if v.clash(f) != nil || slices.ContainsFunc(faults, func(x domain.Fault) bool { return x.Rule.Field() == f }) {
			v.list.To(f)
			return
		}
	}
}

// open settles what clashes, edits a field, or leads to where it is corrected.
func (v *Product) open() tea.Cmd {
	f, off := v.cursor(), mayWrite(v.env)
	switch c := v.clash(f); {
	case f == domain.FieldPrice:
		return ui.Send(ui.Say{Text: v.env.Text.Goods.PriceNo, Tone: ui.Note})
	case off != "" && f.Correction() == "":
		return ui.Send(ui.Say{Text: off, Tone: ui.Problem})
	case c != nil && off == "":
		v.ask = settling(v.env, v.store, []domain.Clash{*c}, []string{string(f)}, v.name()+" "+v.env.Text.ProductField(f))
	case f.Correction() != "":
		return v.correction(f.Correction())
	default:
		v.edit(f)
	}
	return nil
}

func (v *Product) correction(what domain.CorrectionKind) tea.Cmd {
	return ui.Send(ui.OpenCorrection{Product: v.code, What: what})
}

// typing takes a key into the field at hand; enter keeps what was typed.
func (v *Product) typing(p keys.Press) tea.Cmd {
	f, in := v.cursor(), v.field()
	switch p.Action {
	case keys.Input, keys.Up, keys.Down:
		in.Update(p)
	case keys.Open, keys.NextPart, keys.Write:
		kept, said, good := v.meant(f, in.Value())
		if !good {
			return ui.Send(ui.Say{Text: said, Tone: ui.Problem})
		}
		v.typed[f] = kept
		if v.now().Raw(f) == v.file.Product.Raw(f) {
			delete(v.typed, f)
		}
		v.number, v.words = nil, nil
		if p.Action == keys.Write {
			return v.askEdit()
		}
		if p.Action == keys.NextPart {
			v.toFault(true)
		}
	case keys.Back:
		v.number, v.words = nil, nil
	default:
	}
	return nil
}

// stepBack leaves; over what is not written it says so first.
func (v *Product) stepBack() tea.Cmd {
	if len(v.changed()) > 0 && !v.leaving {
		v.leaving = true
		return ui.Send(ui.Say{Text: v.env.Text.Goods.Unwritten, Tone: ui.Problem})
	}
	return ui.Send(ui.Back{})
}

// askEdit asks why, and shows what will be written.
func (v *Product) askEdit() tea.Cmd {
	changed := v.changed()
	switch off := mayWrite(v.env); {
	case off != "":
		return ui.Send(ui.Say{Text: off, Tone: ui.Problem})
	case len(changed) == 0:
		return ui.Send(ui.Say{Text: v.env.Text.Goods.NothingNew, Tone: ui.Note})
	}
	edit := domain.ProductEdit{Was: v.file.Product, Version: v.file.Version, Now: v.now()}
	reasons := domain.CorrectionReasons()
	picked := func(a *dialog.Ask) domain.CorrectionReason { return reasons[max(0, a.Picked(0))] }
	what := func() string {
		var out []string
		for _, f := range changed {
			out = append(out, v.env.Text.ProductField(f)+" "+v.value(f, edit.Was)+" > "+v.value(f, edit.Now))
		}
		return strings.Join(out, "; ") + ". " + v.env.Text.Goods.Then(v.env.Text.Faulty(v.faults()))
	}
	name, store := v.name(), v.store
	v.ask = &asked{clears: true, Ask: dialog.New(v.env, func() string { return v.env.Text.Goods.EditHead(name) },
		func(a *dialog.Ask) string {
			return v.env.Text.Goods.EditSum(named(v.env.Text.Goods.Reasons, picked(a))+": "+what(), a.Text(1))
		},
		dialog.Step{Name: func() string { return v.env.Text.Goods.WhyAsk }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, r := range reasons {
				out = append(out, named(v.env.Text.Goods.Reasons, r))
			}
			return out
		}},
		dialog.Step{Name: func() string { return v.env.Text.Goods.NoteAsk }, Skip: func(a *dialog.Ask) bool { return picked(a) != domain.OtherReason }})}
	did := v.env.Text.Goods.DidEdit(name)
	v.ask.write = func(ctx context.Context, a *dialog.Ask) written {
		e := edit
		e.Reason, e.Note = picked(a), a.Text(1)
		err := store.EditProduct(ctx, a.Op, e)
		return written{said: did, failed: err, wrote: err == nil}
	}
	return nil
}

// answer takes a key while a question stands.
func (v *Product) answer(p keys.Press) tea.Cmd {
	verdict, cmd := v.ask.Press(p)
	switch verdict {
	case dialog.Closed:
		v.ask = nil
		return nil
	case dialog.Go:
		a := v.ask
		return ui.Load(v.env, v.actGen.Next(), "write product", writeLimit, func(ctx context.Context) (written, error) { return a.write(ctx, a.Ask), nil })
	case dialog.Stands:
	}
	return cmd
}
