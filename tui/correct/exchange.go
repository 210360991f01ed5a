package correct

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// actExchange opens an exchange of the product at every store that received it (§2.1).
const actExchange keys.Action = "correct_exchange"

// opened is what became of an exchange.
type opened domain.ExchangeOpened

// exchange is the question before one.
type exchange struct{ *dialog.Ask }

// The questions, in their order.
const (
	askFrom = iota
	askTo
	askWhy
	askText
)

// reach is how far back an exchange goes at first.
const reach = 7 * 24 * time.Hour

// mayExchange says why the person may open none, "" where they may.
func (v *View) mayExchange() string {
	for _, r := range []domain.Role{domain.RoleAgent, domain.RoleManager, domain.RoleProcurement} {
		if v.env.Me.Has(r) {
			return ""
		}
	}
	return v.env.Text.Errors.Needs(v.env.Text.Department(domain.CustomerService))
}

// askExchange asks which days, and why.
func (v *View) askExchange() tea.Cmd {
	if why := v.mayExchange(); why != "" {
		return ui.Send(ui.Say{Text: why, Tone: ui.Problem})
	}
	env := v.env
	now := env.Now().In(env.Zone)
	words := func() string {
		return env.Text.Pick(v.file.Product.Name, v.file.Product.NameEn) + " " + string(v.product)
	}
	day := func(_ *dialog.Ask, text string) (string, bool) {
		at, ok := dialog.Day(text, now)
		if !ok {
			return env.Text.Dialog.NotADay, false
		}
		return "= " + at.Format("2006-01-02"), true
	}
	v.ask = &exchange{dialog.New(env,
		func() string { return env.Text.Correct.Exchange.Head(words()) },
		func(a *dialog.Ask) string {
			why := ""
			if i := a.Picked(askWhy); i >= 0 {
				why = env.Text.Entry.Whys[exchangeWhys()[i]]
			}
			return env.Text.Correct.Exchange.Sum(words(), a.Text(askFrom), a.Text(askTo), why, a.Text(askText))
		},
		dialog.Step{Name: func() string { return env.Text.Correct.Exchange.From }, Check: day, Short: true, Start: env.Text.Date(now.Add(-reach))},
		dialog.Step{Name: func() string { return env.Text.Correct.Exchange.To }, Check: day, Short: true, Start: env.Text.Date(now)},
		dialog.Step{Name: func() string { return env.Text.Correct.AskReason }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, w := range exchangeWhys() {
				out = append(out, env.Text.Entry.Whys[w])
			}
			return out
		}},
		dialog.Step{Name: func() string { return env.Text.Correct.AskNote }},
	)}
	return nil
}

// exchangeWhys are the reasons for an exchange, the one that says nothing last.
func exchangeWhys() []domain.WhyTold {
	all := domain.WhysTold(domain.EventExchange)
	return append(append([]domain.WhyTold(nil), all[1:]...), all[0])
}

// typing is true while a field of it has the keys.
func (e *exchange) typing() bool { return e.Typing() }

// pressExchange takes keys while it is asked.
func (v *View) pressExchange(p keys.Press) tea.Cmd {
	answer, cmd := v.ask.Press(p)
	switch answer {
	case dialog.Closed:
		v.ask = nil
	case dialog.Go:
		now := v.env.Now().In(v.env.Zone)
		from, _ := dialog.Day(v.ask.Text(askFrom), now) // checked when they were typed
		to, _ := dialog.Day(v.ask.Text(askTo), now)
		if from.After(to) { // over the turn of the year
			from = from.AddDate(-1, 0, 0)
		}
		store, op := v.store, v.ask.Op
		e := domain.ProductExchange{Product: v.product, From: from, To: to, Why: exchangeWhys()[v.ask.Picked(askWhy)], Text: v.ask.Text(askText)}
		return ui.Load(v.env, v.writeGen.Next(), "exchange product", writeLimit, func(ctx context.Context) (opened, error) {
			done, err := store.ExchangeProduct(ctx, op, e)
			return opened(done), err
		})
	case dialog.Stands:
	}
	return cmd
}

// exchanged says how many stores it is about. Where no answer came the question stays,
// with its key.
func (v *View) exchanged(msg ui.Loaded[opened]) tea.Cmd {
	if msg.Gen != v.writeGen || v.ask == nil {
		return nil
	}
	switch domain.CodeOf(msg.Err) {
	case "":
	case domain.Timeout, domain.Unavailable, domain.Canceled:
		v.ask.Again()
		return ui.Send(ui.Say{Text: v.env.Text.Dialog.Unknown, Tone: ui.Problem})
	default:
		v.ask = nil
		return ui.Fail(v.env, msg.Err)
	}
	v.ask = nil
	return ui.Done(v.env.Text.Correct.Exchange.Done(msg.Value.Stores, msg.Value.Events))
}

// seen tells whichever question stands that it was drawn.
func (v *View) seen(d widget.Drawn) {
	v.confirm.Seen(v.env, d)
	if v.ask != nil {
		v.ask.Seen(d)
	}
}
