package roster

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// askedOfMe lists the swaps that wait for the person's answer.
func (v *View) askedOfMe() []domain.RosterSwap {
	var out []domain.RosterSwap
	if v.read == nil {
		return nil
	}
	for _, x := range v.read.Swaps {
		if x.Of == v.env.Me.Login && x.Agreed == nil {
			out = append(out, x)
		}
	}
	return out
}

// swapSide is one side of a swap: the day and the shifts.
func (v *View) swapSide(login domain.Login, day time.Time, shifts []domain.RosterShift) string {
	return v.date(day) + " " + v.shiftsText(login, shifts)
}

// swapDays are the days that can be had for one's own: those ahead of this week.
func (v *View) swapDays(of domain.Login) []domain.RosterKey {
	var out []domain.RosterKey
	for i := range 7 {
		k := domain.RosterKey{Login: of, Day: v.read.Day(i)}
		if !k.Day.Before(v.today()) {
			out = append(out, k)
		}
	}
	return out
}

// askSwap asks a colleague for their shifts of a day for one's own of the day under the
// cursor.
func (v *View) askSwap() tea.Cmd {
	w := v.env.Text.Roster
	k, ok := v.key()
	mine := v.read.Published[k]
	if !ok || k.Login != v.env.Me.Login || k.Day.Before(v.today()) || len(mine) == 0 {
		return v.problem(w.SwapNone)
	}
	people := v.others(k.Login, mine[0].Role)
	if len(people) == 0 {
		return v.problem(w.SwapNone)
	}
	theirs := func(a *dialog.Ask) domain.RosterKey {
		who, day := max(0, a.Picked(0)), max(0, a.Picked(1))
		return v.swapDays(people[who].Login)[day]
	}
	side := func(k domain.RosterKey) string { return v.swapSide(k.Login, k.Day, v.read.Published[k]) }
	given := side(k)
	store := v.store
	v.question(func() string { return v.env.Text.Roster.SwapHead(v.shiftsText(k.Login, mine), v.dayName(k.Day)) },
		func(a *dialog.Ask) string {
			t := theirs(a)
			return v.env.Text.Roster.SwapSum(given, v.nameOf(t.Login)+" "+side(t))
		},
		func(ctx context.Context, a *dialog.Ask) (string, error) {
			t := theirs(a)
			return w.DidAsk(v.nameOf(t.Login)), store.AskSwap(ctx, a.Op, k.Day, t, a.Text(2))
		},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskColleague }, Offers: func(*dialog.Ask) []string { return v.names(people) }},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskTheirDay }, Offers: func(a *dialog.Ask) []string {
			var out []string
			for _, k := range v.swapDays(people[max(0, a.Picked(0))].Login) {
				out = append(out, v.env.Text.Roster.SwapOffer("", k.Day.Format("02"), v.shiftsText(k.Login, v.read.Published[k])))
			}
			return out
		}},
		v.note())
	return nil
}

// askAnswer answers the newest swap the person is asked for.
func (v *View) askAnswer() tea.Cmd {
	w := v.env.Text.Roster
	mine := v.askedOfMe()
	if len(mine) == 0 {
		return v.problem(w.NoAsked)
	}
	x, store := mine[0], v.store
	v.question(func() string {
		return v.env.Text.Roster.AnswerHead(v.nameOf(x.By), v.swapSide(x.By, x.GivesDay, x.Gives), v.swapSide(x.Of, x.TakesDay, x.Takes), x.Note)
	},
		func(a *dialog.Ask) string { return v.env.Text.Roster.AnswerSum[max(0, a.Picked(0))] },
		func(ctx context.Context, a *dialog.Ask) (string, error) {
			return w.DidAnswer[a.Picked(0)], store.AnswerSwap(ctx, a.Op, x.ID, a.Picked(0) == 0, a.Text(1))
		},
		dialog.Step{Name: func() string { return "" }, Offers: func(*dialog.Ask) []string { return v.env.Text.Roster.AgreeOrNot[:] }},
		v.note())
	return nil
}

// weekFuture tells whether a whole week can still be filled.
func (v *View) weekFuture() bool {
	return v.read.Day(6).After(v.today()) || v.read.Day(6).Equal(v.today())
}

// askCopy drafts the week as the one before was published: that is read first.
func (v *View) askCopy() tea.Cmd {
	switch {
	case !v.manager():
		return v.needs()
	case !v.weekFuture():
		return v.problem(v.env.Text.Roster.WasOver)
	}
	store, from := v.store, v.read.Week.AddDate(0, 0, -7)
	return ui.Load(v.env, v.copyGen.Next(), "read roster", readLimit, func(ctx context.Context) (copyRead, error) {
		w, err := store.RosterWeek(ctx, from)
		return copyRead{w}, err
	})
}

// copyCame asks whether the week is drafted as the one that was read.
func (v *View) copyCame(msg ui.Loaded[copyRead]) tea.Cmd {
	from := msg.Value.week
	switch {
	case msg.Gen != v.copyGen || v.ask != nil || v.edit != nil || v.read == nil || !v.read.Week.Equal(from.Week.AddDate(0, 0, 7)):
		return nil
	case msg.Err != nil:
		return ui.Fail(v.env, msg.Err)
	case from.Version == nil:
		return v.problem(v.env.Text.Roster.NoCopy)
	}
	return v.askDraft(v.read.CopyWeek(&from),
		func() string { return v.env.Text.Roster.CopyHead(v.date(from.Week), v.date(v.read.Week)) },
		func(n int) string { return v.env.Text.Roster.DidCopy(n) })
}

// askDraft asks whether cells go into the draft: those of days that are not over, and that
// are other than what stands there.
func (v *View) askDraft(all []domain.RosterCell, head func() string, did func(n int) string) tea.Cmd {
	cells := v.newCells(all)
	v.question(head, func(*dialog.Ask) string { return v.env.Text.Roster.CopySum(len(cells)) }, nil)
	v.ask.drafts = func(*dialog.Ask) ([]domain.RosterCell, string) { return cells, did(len(cells)) }
	return v.ready()
}

// newCells are the cells that change something.
func (v *View) newCells(all []domain.RosterCell) []domain.RosterCell {
	cells := []domain.RosterCell{}
	for _, c := range all {
		if !v.over(c.Day) && !domain.SameShifts(c.Shifts, v.read.Cell(c.RosterKey).Shifts) {
			cells = append(cells, c)
		}
	}
	return cells
}

// askTemplate drafts the week by a template.
func (v *View) askTemplate() tea.Cmd {
	w := v.env.Text.Roster
	switch {
	case !v.manager():
		return v.needs()
	case !v.weekFuture():
		return v.problem(w.WasOver)
	case len(v.read.Templates) == 0:
		return v.problem(w.NoTemplate)
	}
	all := v.read.Templates
	cells := func(a *dialog.Ask) []domain.RosterCell {
		return v.newCells(v.read.ApplyTemplate(all[max(0, a.Picked(0))]))
	}
	v.question(func() string { return v.env.Text.Roster.TemplateHead(v.date(v.read.Week)) },
		func(a *dialog.Ask) string { return v.env.Text.Roster.CopySum(len(cells(a))) }, nil,
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskTemplate }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, t := range all {
				out = append(out, t.Name)
			}
			return out
		}})
	v.ask.drafts = func(a *dialog.Ask) ([]domain.RosterCell, string) {
		put := cells(a)
		return put, w.DidTemplate(all[a.Picked(0)].Name, len(put))
	}
	return nil
}

// askKeep keeps the week as it is shown under a name.
func (v *View) askKeep() tea.Cmd {
	w := v.env.Text.Roster
	if !v.manager() {
		return v.needs()
	}
	pattern, store := v.read.Pattern(), v.store
	v.question(func() string { return v.env.Text.Roster.KeepHead(v.date(v.read.Week)) },
		func(a *dialog.Ask) string { return v.env.Text.Roster.KeepSum(a.Text(0), len(pattern)) },
		func(ctx context.Context, a *dialog.Ask) (string, error) {
			return w.DidKeep(a.Text(0)), store.SaveTemplate(ctx, a.Op, domain.RosterTemplate{Name: a.Text(0), Cells: pattern})
		},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskName }})
	return nil
}

// askDiscard throws the draft away.
func (v *View) askDiscard() tea.Cmd {
	w := v.env.Text.Roster
	n := len(v.read.Changes())
	switch {
	case !v.manager():
		return v.needs()
	case n == 0:
		return v.problem(w.Nothing)
	}
	v.question(func() string { return v.env.Text.Roster.DiscardHead(n) }, func(*dialog.Ask) string { return v.date(v.read.Week) }, nil)
	v.ask.drafts = func(*dialog.Ask) ([]domain.RosterCell, string) { return nil, w.DidDiscard }
	return v.ready()
}
