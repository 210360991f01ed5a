package counts

import (
	"context"
	"fmt"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// The questions of a count, in their order.
const (
	askProduct = iota
	askQuantity
	askAt
	askWho
)

// askEnter asks for a count; the products that can be counted are read the first time.
func (v *View) askEnter() tea.Cmd {
	if why := v.needs(domain.RoleManager); why != "" {
		return ui.Send(ui.Say{Text: why, Tone: ui.Problem})
	}
	if v.products == nil {
		store := v.store
		return ui.Load(v.env, v.itsGen.Next(), "read products", readLimit, func(ctx context.Context) (productsRead, error) {
			all, err := store.Countable(ctx)
			return productsRead{all}, err
		})
	}
	start := ""
	if c := v.current(); c != nil && c.State == domain.CountAgain {
		start = string(c.Product.Code)
	}
	env, w := v.env, v.env.Text.Counts
	begun := env.Now().In(env.Zone) // an empty time is this one, however long the rest takes
	entered := func(a *dialog.Ask) (domain.Count, domain.Product) { return v.entered(a, begun) }
	ask := dialog.New(env, func() string { return env.Text.Counts.EnterHead }, func(a *dialog.Ask) string {
		c, p := entered(a)
		return env.Text.Counts.EnterSum(v.name(&p)+" "+string(p.Code), v.quantity(c.Counted, &p), v.soon(c.At), c.Counter)
	},
		dialog.Step{Name: func() string { return env.Text.Counts.Product }, Short: true, Start: start, Check: v.checkProduct},
		dialog.Step{Name: func() string { return env.Text.Counts.HowMany }, Short: true, Check: v.checkQuantity},
		dialog.Step{Name: func() string { return env.Text.Counts.At }, Short: true, Check: func(_ *dialog.Ask, text string) (string, bool) {
			at, ok := when(text, begun)
			if !ok {
				return env.Text.Counts.NotATime, false
			}
			return "= " + v.soon(at), true
		}},
		dialog.Step{Name: func() string { return env.Text.Counts.Who }, Start: env.MyName()},
	)
	store := v.store
	v.ask = &asked{Ask: ask, write: func(a *dialog.Ask) func(context.Context) written {
		c, p := entered(a)
		op, name := a.Op, v.name(&p)
		pick := env.Text.Quantity
		return func(ctx context.Context) written {
			got, err := store.RecordCount(ctx, op, c)
			if err != nil {
				return written{failed: err}
			}
			diff := ""
			if got.Diff != 0 {
				diff = signed(pick(got.Diff, p.Unit, p.UnitEn), got.Diff)
			}
			return written{said: w.EnterDone(name, diff, w.DidEnter[got.State])}
		}
	}}
	return nil
}

func (v *View) productsCame(msg ui.Loaded[productsRead]) tea.Cmd {
	switch {
	case msg.Gen != v.itsGen:
		return nil
	case msg.Err != nil:
		return ui.Fail(v.env, msg.Err)
	}
	v.products = msg.Value.products
	if len(v.products) == 0 {
		return ui.Send(ui.Say{Text: v.env.Text.Counts.NoProduct, Tone: ui.Problem})
	}
	if v.ask != nil {
		return nil
	}
	return v.askEnter()
}

// found are the products a text names: the one of that code, or those in whose code or
// name all its words stand.
func (v *View) found(text string) []domain.Product {
	text = strings.ToLower(strings.Map(keys.FoldRune, strings.TrimSpace(text)))
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil
	}
	var out []domain.Product
	for i := range v.products {
		p := &v.products[i]
		if strings.ToLower(string(p.Code)) == text {
			return []domain.Product{*p}
		}
		its, all := strings.ToLower(string(p.Code)+" "+p.Name+" "+p.NameEn), true
		for _, w := range words {
			all = all && strings.Contains(its, w)
		}
		if all {
			out = append(out, *p)
		}
	}
	return out
}

func (v *View) checkProduct(_ *dialog.Ask, text string) (string, bool) {
	w := v.env.Text.Counts
	switch all := v.found(text); len(all) {
	case 0:
		return w.NoProduct, false
	case 1:
		return "= " + v.name(&all[0]) + " " + string(all[0].Code), true
	default:
		return w.Several(len(all), v.name(&all[0])+" "+string(all[0].Code)), false
	}
}

// product is the one that was named, a nameless one where there is none yet.
func (v *View) product(a *dialog.Ask) domain.Product {
	if all := v.found(a.Text(askProduct)); len(all) == 1 {
		return all[0]
	}
	return domain.Product{}
}

// counted reads a count: nought is one too.
func counted(text string, p *domain.Product) (domain.Quantity, bool) {
	if q, err := domain.ParseQuantity(text); err == nil && q == 0 {
		return 0, true
	}
	in, err := domain.ParseEntered(text, *p)
	return in.Quantity, err == nil
}

func (v *View) checkQuantity(a *dialog.Ask, text string) (string, bool) {
	p := v.product(a)
	q, ok := counted(text, &p)
	if !ok {
		return v.env.Text.Counts.NotANumber, false
	}
	return "= " + v.quantity(q, &p), true
}

// when reads the time of a count, one of the last days; empty is when it was begun.
func when(text string, begun time.Time) (time.Time, bool) {
	if strings.TrimSpace(text) == "" {
		return begun, true
	}
	at, ok := dialog.Passed(text, begun)
	return at, ok && !at.Before(begun.Add(-domain.CountReach))
}

// entered is the count as it was answered.
func (v *View) entered(a *dialog.Ask, begun time.Time) (domain.Count, domain.Product) {
	p := v.product(a)
	c := domain.Count{Product: p.Code, Counter: a.Text(askWho)}
	c.Counted, _ = counted(a.Text(askQuantity), &p)
	c.At, _ = when(a.Text(askAt), begun)
	return c, p
}

// askVerify asks before the marked differences, or the one under the cursor, are verified.
func (v *View) askVerify() tea.Cmd {
	w := v.env.Text.Counts
	if why := v.needs(domain.RoleManager); why != "" {
		return ui.Send(ui.Say{Text: why, Tone: ui.Problem})
	}
	rows := v.those(domain.CountDiffers, domain.CountAgain)
	if len(rows) == 0 {
		return ui.Send(ui.Say{Text: w.NothingToVerify, Tone: ui.Problem})
	}
	if len(rows) == 1 && rows[0].Stale(v.env.Now()) {
		return ui.Send(ui.Say{Text: w.Stale, Tone: ui.Problem})
	}
	of := v.of(rows)
	env := v.env
	ask := dialog.New(env, func() string { return env.Text.Counts.VerifyHead(of) },
		func(a *dialog.Ask) string { return env.Text.Counts.VerifySum(of, a.Text(0)) },
		dialog.Step{
			Name:  func() string { return env.Text.Counts.Note },
			Check: func(*dialog.Ask, string) (string, bool) { return "", true },
		})
	v.ask = &asked{Ask: ask, write: v.reviewing(rows, domain.CountVerified, w.DidVerify(of))}
	return nil
}

// askRecount asks why the marked counts, or the one under the cursor, are to be made again.
func (v *View) askRecount() tea.Cmd {
	w := v.env.Text.Counts
	if why := v.mayRecount(); why != "" {
		return ui.Send(ui.Say{Text: why, Tone: ui.Problem})
	}
	states := []domain.CountState{domain.CountVerified}
	if v.env.Me.Has(domain.RoleManager) {
		states = append(states, domain.CountDiffers)
	}
	rows := v.those(states...)
	if len(rows) == 0 {
		return ui.Send(ui.Say{Text: w.NothingToRecount, Tone: ui.Problem})
	}
	of, env := v.of(rows), v.env
	ask := dialog.New(env, func() string { return env.Text.Counts.RecountHead(of) },
		func(a *dialog.Ask) string { return env.Text.Counts.RecountSum(of, a.Text(0)) },
		dialog.Step{Name: func() string { return env.Text.Counts.Why }})
	v.ask = &asked{Ask: ask, write: v.reviewing(rows, domain.CountAgain, w.DidRecount(of))}
	return nil
}

// those are the marked counts, or the one under the cursor, that are in one of the states.
func (v *View) those(states ...domain.CountState) []domain.StockCount {
	shown, _ := v.list.Marked()
	if c := v.current(); len(shown) == 0 && c != nil {
		shown = append(shown, c.ID)
	}
	var out []domain.StockCount
	for _, id := range shown {
		c := v.rows[id]
		for _, s := range states {
			if c != nil && c.State == s {
				out = append(out, *c)
			}
		}
	}
	return out
}

// of is which counts an act is about.
func (v *View) of(rows []domain.StockCount) string {
	if len(rows) == 1 {
		c := &rows[0]
		return v.name(&c.Product) + " " + v.diff(c) + ", " + v.env.Text.Money(c.Amount)
	}
	var sum domain.Money
	for i := range rows {
		sum += rows[i].Amount
	}
	return v.env.Text.Counts.Of(len(rows), v.env.Text.Money(sum))
}

// reviewing works out what is written of counts. Each has a key of its own, the same when
// it is sent again; what it gives touches nothing of the view.
func (v *View) reviewing(rows []domain.StockCount, what domain.CountState, did string) func(a *dialog.Ask) func(context.Context) written {
	store, words, errs := v.store, v.env.Text.Counts, v.env.Text.Error
	names := make([]string, len(rows))
	for i := range rows {
		names[i] = v.name(&rows[i].Product)
	}
	return func(a *dialog.Ask) func(context.Context) written {
		op, note := a.Op, a.Text(0)
		return func(ctx context.Context) written {
			done, why, failed := 0, "", error(nil)
			for i := range rows {
				err := store.ReviewCount(ctx, uuid.NewSHA1(op, fmt.Append(nil, rows[i].ID)), rows[i].ID, what, rows[i].Diff, note)
				switch code := domain.CodeOf(err); code {
				case "":
					done++
				case domain.Unavailable, domain.Timeout:
					return written{failed: err} // all of it is sent again: what is in stays as it is
				default:
					failed, why = err, names[i]+" "+errs(err)
				}
			}
			if failed != nil {
				return written{said: words.Some(done, len(rows)-done, why), failed: failed}
			}
			return written{said: did}
		}
	}
}
