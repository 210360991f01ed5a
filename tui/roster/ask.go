package roster

import (
	"context"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
)

// write runs the act that was asked for; what changes the draft only is done at once.
func (v *View) write() tea.Cmd {
	a := v.ask
	if a.drafts != nil {
		cells, said := a.drafts(a.Ask)
		for _, c := range cells {
			if !v.over(c.Day) {
				v.read.Put(c)
			}
		}
		if cells == nil {
			v.read.Draft = domain.RosterDraft{Base: v.read.No()}
		}
		v.ask = nil
		return tea.Batch(v.saveDraft(), ui.Done(said))
	}
	return ui.Load(v.env, v.actGen.Next(), "write roster", writeLimit, func(ctx context.Context) (written, error) {
		return a.write(ctx, a.Ask), nil
	})
}

// question puts a question that writes one act.
func (v *View) question(head func() string, sum func(a *dialog.Ask) string, write func(ctx context.Context, a *dialog.Ask) (string, error), steps ...dialog.Step) {
	v.ask = &asked{Ask: dialog.New(v.env, head, sum, steps...), write: func(ctx context.Context, a *dialog.Ask) written {
		said, err := write(ctx, a)
		return written{said: said, failed: err}
	}}
}

// ready shows a question without steps as one that is about to be written.
func (v *View) ready() tea.Cmd {
	_, cmd := v.ask.Press(keys.Press{Action: keys.Write})
	return cmd
}

// askPublish shows the changes and the gaps then; the next ctrl+s publishes them.
func (v *View) askPublish() tea.Cmd {
	w := v.env.Text.Roster
	switch {
	case !v.manager():
		return v.needs()
	case len(v.read.Changes()) == 0:
		return v.problem(w.Nothing)
	}
	changes, gaps := len(v.read.Changes()), len(v.weekGaps())
	draft := domain.RosterDraft{Base: v.read.No(), Cells: append([]domain.RosterCell(nil), v.read.Draft.Cells...)}
	store, week, no := v.store, v.read.Week, v.read.No()+1
	v.question(func() string { return v.env.Text.Roster.PublishHead(v.date(week), no) },
		func(*dialog.Ask) string { return v.env.Text.Roster.PublishSum(changes, gaps) },
		func(ctx context.Context, a *dialog.Ask) (string, error) {
			return w.DidPublish(week.Format("01-02"), no), store.PublishRoster(ctx, a.Op, week, draft, domain.RosterPublished, "")
		})
	v.ask.publishes = true
	return v.ready()
}

// others offers up to eight people who have a role.
func (v *View) others(not domain.Login, role domain.Role) []domain.Staff {
	var all []domain.Staff
	for _, p := range v.read.People {
		if p.Active && p.Login != not && p.Has(role) {
			all = append(all, p)
		}
	}
	return all[:min(8, len(all))]
}

func (v *View) names(people []domain.Staff) []string {
	var out []string
	for _, p := range people {
		out = append(out, v.env.Text.FirstName(p.Name, p.NameEn, p.Login))
	}
	return out
}

// roleOf is as what somebody is on duty on a day, else their first role.
func (v *View) roleOf(k domain.RosterKey) domain.Role {
	if shifts := v.read.Cell(k).Shifts; len(shifts) > 0 {
		return shifts[0].Role
	}
	p, _ := v.read.Person(k.Login)
	if len(p.Roles) == 0 {
		return ""
	}
	return p.Roles[0]
}

func (v *View) note() dialog.Step {
	return dialog.Step{Name: func() string { return v.env.Text.Roster.AskNote }, Check: func(*dialog.Ask, string) (string, bool) { return "", true }}
}

// askAbsence writes that somebody is not there from the day under the cursor on, with who
// stands in.
func (v *View) askAbsence() tea.Cmd {
	k, ok := v.key()
	switch {
	case !v.manager():
		return v.needs()
	case !ok || k.Day.Before(v.today()):
		return v.problem(v.env.Text.Roster.PastDay)
	}
	people := v.others(k.Login, v.roleOf(k))
	store := v.store
	who, did := v.nameOf(k.Login), v.env.Text.Roster.DidAbsence(v.nameOf(k.Login))
	standIn := func(a *dialog.Ask) (domain.Login, string) {
		if i := a.Picked(2) - 1; i >= 0 {
			return people[i].Login, v.name(people[i])
		}
		return "", v.env.Text.Roster.Nobody
	}
	last := func(a *dialog.Ask) time.Time {
		day, _ := lastDay(k.Day, a.Text(1))
		return day
	}
	v.question(func() string { return v.env.Text.Roster.AbsenceHead(who, v.dayName(k.Day)) },
		func(a *dialog.Ask) string {
			c := v.env.Text.Roster
			reason := ""
			if i := a.Picked(0); i >= 0 {
				reason = c.Reasons[domain.AbsenceReasons()[i]]
			}
			_, name := standIn(a)
			return c.AbsenceSum(who, reason, v.date(k.Day), v.date(last(a)), name)
		},
		func(ctx context.Context, a *dialog.Ask) (string, error) {
			by, _ := standIn(a)
			return did, store.NoteAbsence(ctx, a.Op, k, last(a), domain.AbsenceReasons()[a.Picked(0)], a.Text(3), by)
		},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskReason }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, r := range domain.AbsenceReasons() {
				out = append(out, v.env.Text.Roster.Reasons[r])
			}
			return out
		}},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskLast }, Short: true, Start: "1", Check: func(_ *dialog.Ask, s string) (string, bool) {
			day, good := lastDay(k.Day, s)
			if !good {
				return v.env.Text.Roster.LastBad, false
			}
			return v.env.Text.Roster.LastReads(v.dayName(day), int(day.Sub(k.Day)/(24*time.Hour))+1), true
		}},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskStandIn }, Offers: func(*dialog.Ask) []string {
			return append([]string{v.env.Text.Roster.Nobody}, v.names(people)...)
		}},
		v.note())
	return nil
}

// lastDay reads "11-26", "26" as a number of days, from the first day on.
func lastDay(first time.Time, s string) (time.Time, bool) {
	month, day, dated := strings.Cut(s, "-")
	if !dated {
		n, err := strconv.Atoi(s)
		return first.AddDate(0, 0, n-1), err == nil && n >= 1 && n <= 366
	}
	m, err := strconv.Atoi(month)
	d, err2 := strconv.Atoi(day)
	if err != nil || err2 != nil || m < 1 || m > 12 || d < 1 || d > 31 {
		return first, false
	}
	at := time.Date(first.Year(), time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if at.Before(first) {
		at = at.AddDate(1, 0, 0)
	}
	return at, at.Day() == d && at.Sub(first) <= 366*24*time.Hour
}

// askEnd says that somebody who is absent is there again.
func (v *View) askEnd() tea.Cmd {
	w := v.env.Text.Roster
	k, ok := v.key()
	if !v.manager() {
		return v.needs()
	}
	var at *domain.RosterAbsence
	if id := v.read.Cell(k).AbsID; ok && id != 0 {
		for i := range v.read.Absences {
			if v.read.Absences[i].ID == id {
				at = &v.read.Absences[i]
			}
		}
	}
	if at == nil || !at.Ends.After(v.env.Now()) {
		return v.problem(w.NotAbsent)
	}
	who, store, id, reason, ends := v.nameOf(k.Login), v.store, at.ID, at.Reason, at.Ends
	v.question(func() string {
		c := v.env.Text
		return c.Roster.EndHead(who, c.Roster.Reasons[reason], c.When(ends.In(v.env.Zone), v.env.Now()))
	}, func(*dialog.Ask) string { return v.env.Text.Roster.EndSum },
		func(ctx context.Context, a *dialog.Ask) (string, error) {
			return w.DidEnd(who), store.EndAbsence(ctx, a.Op, id)
		})
	return v.ready()
}

// askStandIn gives the shifts of the day under the cursor to somebody else: from now where
// one runs.
func (v *View) askStandIn() tea.Cmd {
	w := v.env.Text.Roster
	k, ok := v.key()
	if !v.manager() {
		return v.needs()
	}
	shifts := v.read.Published[k]
	if !ok || len(shifts) == 0 || !shifts[len(shifts)-1].Ends.After(v.env.Now()) {
		return v.problem(w.NoShift)
	}
	people := v.others(k.Login, shifts[0].Role)
	if len(people) == 0 {
		return v.problem(v.env.Text.Roster.Nobody)
	}
	runs := !shifts[0].Starts.After(v.env.Now())
	who, store := v.nameOf(k.Login), v.store
	by := func(a *dialog.Ask) string {
		if i := a.Picked(0); i >= 0 {
			return v.name(people[i])
		}
		return ""
	}
	text := v.shiftsText(k.Login, shifts)
	v.question(func() string { return v.env.Text.Roster.StandHead(who, v.dayName(k.Day), text) },
		func(a *dialog.Ask) string { return v.env.Text.Roster.StandSum(by(a), who, runs) },
		func(ctx context.Context, a *dialog.Ask) (string, error) {
			return w.DidStand(people[a.Picked(0)].Name, who), store.TakeShift(ctx, a.Op, k, people[a.Picked(0)].Login, a.Text(1))
		},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskWho }, Offers: func(*dialog.Ask) []string { return v.names(people) }},
		v.note())
	return nil
}

// askHand hands on what the person under the cursor holds.
func (v *View) askHand() tea.Cmd {
	w := v.env.Text.Roster
	p, ok := v.who()
	if !v.manager() {
		return v.needs()
	}
	held := 0
	for _, h := range v.now.People {
		if h.Who.Login == p.Login {
			held = h.Held
		}
	}
	if !ok || held == 0 {
		return v.problem(w.HoldsNone(v.name(p)))
	}
	var people []domain.Staff
	for _, h := range v.now.With(domain.HereOn) {
		if h.Who.Login != p.Login && len(people) < 8 {
			people = append(people, h.Who)
		}
	}
	to := func(a *dialog.Ask) (domain.Login, string) {
		if i := a.Picked(0); i >= 0 && i < len(people) {
			return people[i].Login, v.name(people[i])
		}
		return "", v.env.Text.Roster.NextShift
	}
	who, store := v.name(p), v.store
	v.question(func() string { return v.env.Text.Roster.HandHead(who, held) },
		func(a *dialog.Ask) string {
			_, name := to(a)
			return v.env.Text.Roster.HandSum(held, name, a.Text(1))
		},
		func(ctx context.Context, a *dialog.Ask) (string, error) {
			login, name := to(a)
			done, err := store.HandOn(ctx, a.Op, p.Login, nil, login, a.Text(1))
			return w.DidHand(len(done), name), err
		},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskWho }, Offers: func(*dialog.Ask) []string {
			return append(v.names(people), v.env.Text.Roster.NextShift)
		}},
		dialog.Step{Name: func() string { return v.env.Text.Roster.AskNote }})
	return nil
}
