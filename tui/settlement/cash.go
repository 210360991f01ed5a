package settlement

import (
	"context"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// askCash asks for money that was taken for the delivery under the cursor, and enters it.
// An amount below nought takes back what was entered wrongly.
func (v *View) askCash() tea.Cmd {
	w := v.env.Text.Settle
	if !v.env.Me.Has(domain.RoleFinance) {
		return ui.Send(ui.Say{Text: v.env.Text.Errors.Needs(v.env.Text.Department(domain.Finance)), Tone: ui.Problem})
	}
	o := v.delivery()
	if o == nil {
		return ui.Send(ui.Say{Text: w.CashOrderFirst, Tone: ui.Problem})
	}
	diff := func(m domain.Money) string { return zero(o.Diff() + m) }
	amount := dialog.Step{
		Name: func() string { return v.env.Text.Settle.Cash }, Short: true,
		Check: func(_ *dialog.Ask, text string) (string, bool) {
			m, err := domain.ParseMoney(text)
			switch {
			case err != nil:
				return v.env.Text.Error(err), false
			case m == 0 || o.Collected+m < 0:
				return v.env.Text.Settle.CashReads(diff(m)), false
			}
			return v.env.Text.Settle.CashReads(diff(m)), true
		},
	}
	if left := -o.Diff(); left > 0 {
		amount.Start = left.String()
	}
	at := dialog.Step{
		Name:   func() string { return v.env.Text.Settle.CashWhen },
		Offers: func(*dialog.Ask) []string { return v.env.Text.Settle.CashAt(v.local(o.Day)) },
	}
	said := func(a *dialog.Ask) (domain.Money, string) {
		m, _ := domain.ParseMoney(a.Text(0)) // checked as it was typed
		return m, v.env.Text.MoneyChange(m)
	}
	v.ask = &asked{Ask: dialog.New(v.env, func() string {
		return v.env.Text.Settle.CashHead(string(o.No), (o.Delivered + o.Adjusted()).Grouped(), o.Collected.Grouped())
	}, func(a *dialog.Ask) string {
		m, exact := said(a)
		when := v.env.Text.Settle.CashAt(v.local(o.Day))[max(0, a.Picked(1))]
		return v.env.Text.Settle.CashSum(exact, string(o.No), when, diff(m))
	}, amount, at)}
	store, now := v.store, v.env.Now()
	v.ask.write = func(ctx context.Context, a *dialog.Ask) written {
		m, exact := said(a)
		e := domain.Event{What: domain.EventCollection, OrderID: o.Order, OrderNo: o.No, At: now, Amount: &m}
		if a.Picked(1) == 0 {
			e.At = o.Day
		}
		_, err := store.Report(ctx, a.Op, e)
		return written{said: w.DidCash(exact, string(o.No)), failed: err, wrote: err == nil}
	}
	return nil
}

// delivery is the one under the cursor among a store's records, or nil.
func (v *View) delivery() *domain.SettledOrder {
	if v.opened == nil {
		return nil
	}
	at, ok := v.opened.list.Cursor()
	if !ok {
		return nil
	}
	return v.entries(&v.opened.file, v.W)[at].order
}
