package settlement

import (
	"context"
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// departments are those a difference can be sent to.
func departments() []domain.Department {
	var out []domain.Department
	for _, d := range domain.Departments() {
		if d != domain.Finance {
			out = append(out, d)
		}
	}
	return out
}

// write runs the act that was asked for.
func (v *View) write() tea.Cmd {
	a := v.ask
	return ui.Load(v.env, v.actGen.Next(), "write settlement", writeLimit, func(ctx context.Context) (written, error) {
		return a.write(ctx, a.Ask), nil
	})
}

// askSend sends the marked differences, or the one under the cursor, to a department; a
// department gives its own back.
func (v *View) askSend() tea.Cmd {
	w := v.env.Text.Settle
	if v.read == nil || v.read.Signed != nil {
		return ui.Send(ui.Say{Text: w.WasSigned, Tone: ui.Problem})
	}
	if !v.env.Me.Has(domain.RoleFinance) {
		return v.askReturn(v.current())
	}
	var rows []domain.StoreWeek
	shown, _ := v.list.Marked()
	if len(shown) == 0 {
		if s := v.current(); s != nil {
			shown = []domain.StoreCode{s.Store}
		}
	}
	for _, id := range shown {
		if s := v.rows[id]; s != nil && s.Diff() != 0 {
			rows = append(rows, *s)
		}
	}
	if len(rows) == 0 {
		return ui.Send(ui.Say{Text: w.NoDifference, Tone: ui.Problem})
	}
	var sum domain.Money
	for i := range rows {
		sum += rows[i].Diff()
	}
	names := func() string {
		if len(rows) == 1 {
			return v.name(&rows[0])
		}
		return strconv.Itoa(len(rows)) + " " + v.env.Text.Settle.Stores
	}
	steps := []dialog.Step{
		{Name: func() string { return v.env.Text.Settle.ToDept }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, d := range departments() {
				out = append(out, v.env.Text.Department(d))
			}
			return out
		}},
		{Name: func() string { return v.env.Text.Settle.Note }},
	}
	store, week := v.store, v.week
	v.ask = &asked{Ask: dialog.New(v.env, func() string { return v.env.Text.Settle.SendHead(names()) }, func(a *dialog.Ask) string {
		to := ""
		if i := a.Picked(0); i >= 0 {
			to = v.env.Text.Department(departments()[i])
		}
		return v.env.Text.Settle.SendSum(to, v.env.Text.MoneyChange(sum), a.Text(1))
	}, steps...)}
	did, some, errs := w.DidSend(names()), w.Some, v.env.Text.Error
	v.ask.write = func(ctx context.Context, a *dialog.Ask) written {
		done, failed := 0, error(nil)
		for i := range rows { // each has a key of its own, the same when it is sent again
			err := store.ReviewDifference(ctx, uuid.NewSHA1(a.Op, []byte(rows[i].Store)), domain.DifferenceReview{
				Week: week, Store: rows[i].Store, What: domain.ReviewSent, Dept: departments()[a.Picked(0)], Diff: rows[i].Diff(), Note: a.Text(1),
			})
			if err != nil {
				failed = err
				continue
			}
			done++
		}
		if failed != nil {
			return written{said: some(done, len(rows)-done, errs(failed)), failed: failed, wrote: done > 0}
		}
		return written{said: did, wrote: true}
	}
	return nil
}

// askReview asks for one store's difference with a note.
func (v *View) askReview(s *domain.StoreWeek, what domain.ReviewWhat, head func() string, name, did string, sum func(note string) string) tea.Cmd {
	store, r := v.store, domain.DifferenceReview{Week: v.week, Store: s.Store, What: what, Diff: s.Diff()}
	v.ask = &asked{Ask: dialog.New(v.env, head, func(a *dialog.Ask) string { return sum(a.Text(0)) }, dialog.Step{Name: func() string { return name }})}
	v.ask.write = func(ctx context.Context, a *dialog.Ask) written {
		r.Note = a.Text(0)
		err := store.ReviewDifference(ctx, a.Op, r)
		return written{said: did, failed: err, wrote: err == nil}
	}
	return nil
}

// askReturn gives a difference back to the accountant.
func (v *View) askReturn(s *domain.StoreWeek) tea.Cmd {
	w := v.env.Text.Settle
	if s == nil || s.Review == nil || s.Review.What != domain.ReviewSent || !v.worksWith(s.Review.Dept) {
		return ui.Send(ui.Say{Text: w.NotMine, Tone: ui.Problem})
	}
	head := func() string { return v.env.Text.Settle.ReturnHead(v.name(s), v.env.Text.Department(s.Review.Dept)) }
	return v.askReview(s, domain.ReviewReturned, head, w.Found, w.DidReturn(v.name(s)), w.ReturnSum)
}

func (v *View) worksWith(d domain.Department) bool {
	for _, r := range v.env.Me.Roles {
		if r.Department() == d || r == domain.RoleManager {
			return true
		}
	}
	return false
}

// askAccept accepts a difference as it is, unless the person wrote an adjustment of it.
func (v *View) askAccept(s *domain.StoreWeek) tea.Cmd {
	w := v.env.Text.Settle
	switch {
	case s == nil || s.Diff() == 0:
		return ui.Send(ui.Say{Text: w.NoDifference, Tone: ui.Problem})
	case v.read.Signed != nil:
		return ui.Send(ui.Say{Text: w.WasSigned, Tone: ui.Problem})
	case s.MineToo:
		return ui.Send(ui.Say{Text: w.MineToo, Tone: ui.Problem})
	}
	diff := v.env.Text.MoneyChange(s.Diff())
	head := func() string { return v.env.Text.Settle.AcceptHead(v.name(s), diff) }
	return v.askReview(s, domain.ReviewAccepted, head, w.Why, w.DidAccept(v.name(s)), func(note string) string { return w.AcceptSum(diff, note) })
}

// askSign asks before the week is signed: this press asks, the next one writes.
func (v *View) askSign() tea.Cmd {
	w := v.env.Text.Settle
	switch {
	case !v.env.Me.Has(domain.RoleFinance):
		return ui.Send(ui.Say{Text: v.env.Text.Errors.Needs(v.env.Text.Department(domain.Finance)), Tone: ui.Problem})
	case v.read == nil:
		return nil
	case v.read.Signed != nil:
		return ui.Send(ui.Say{Text: w.WasSigned, Tone: ui.Problem})
	case !v.read.Ended:
		return ui.Send(ui.Say{Text: w.NotOver, Tone: ui.Problem})
	case !v.read.Proven():
		r := v.read.Records
		return ui.Send(ui.Say{Text: w.Unproven(plain(r.Credits), plain(r.Charges), plain(r.Returns)), Tone: ui.Problem})
	case len(v.read.ToLook()) > 0:
		return ui.Send(ui.Say{Text: w.NotReady(len(v.read.ToLook())), Tone: ui.Problem})
	}
	total, sent := v.read.Total(), v.read.With(domain.SettleSent)
	c := v.env.Text
	sum := func(*dialog.Ask) string {
		return v.env.Text.Settle.SignSum(c.MoneyExact(total.Due()), c.MoneyExact(total.Collected), c.MoneyChange(total.Diff()), total.Open, len(sent))
	}
	store, week, seen, did := v.store, v.week, v.read.Seen(), w.DidSign(v.day(v.week))
	v.ask = &asked{Ask: dialog.New(v.env, func() string { return v.env.Text.Settle.SignHead(v.day(week)) }, sum)}
	v.ask.write = func(ctx context.Context, a *dialog.Ask) written {
		err := store.SignWeek(ctx, a.Op, week, seen)
		return written{said: did, failed: err, wrote: err == nil}
	}
	_, cmd := v.ask.Press(keys.Press{Action: keys.Write})
	return cmd
}
