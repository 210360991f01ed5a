package training

import (
	"context"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// The questions of a training, by their places.
const (
	askWhom = iota
	askCode
	askDept
	askTopic
	askDay
	askNote
)

// write writes one training for each that was chosen, with a key of its own that stays the
// same when it is sent again.
func (v *View) write() tea.Cmd {
	who := v.ask.chosen(v.ask.Ask)
	day, _ := dayBefore(v.ask.Text(askDay), today(v.env))
	in, note, op := topic(v.ask.Ask, who), v.ask.Text(askNote), v.ask.Op
	store, did, some, errs := v.store, v.env.Text.Train.Did(v.names(who)), v.env.Text.Train.Some, v.env.Text.Error
	return ui.Load(v.env, v.actGen.Next(), "write training", writeLimit, func(ctx context.Context) (written, error) {
		done, failed := 0, error(nil)
		for _, t := range who {
			key := uuid.NewSHA1(op, []byte(string(t.Store)+"\x00"+string(t.With)))
			if err := store.Train(ctx, key, domain.Lesson{Trainee: t, Topic: in, On: day, Note: note}); err != nil {
				failed = err
				continue
			}
			done++
		}
		if failed != nil {
			return written{said: some(done, len(who)-done, errs(failed)), failed: failed, wrote: done > 0}, nil
		}
		return written{said: did, wrote: true}, nil
	})
}

// askMarked asks for a training of the marked rows, or of the one under the cursor.
func (v *View) askMarked() tea.Cmd {
	who, _ := v.list.Marked()
	if len(who) == 0 {
		if t, ok := v.list.Cursor(); ok {
			who = []domain.Trainee{t}
		}
	}
	if len(who) == 0 {
		return v.askNew()
	}
	for _, t := range who {
		if (t.Store == "") != (who[0].Store == "") {
			return ui.Send(ui.Say{Text: v.env.Text.Train.Mixed, Tone: ui.Problem})
		}
	}
	return v.askFor(who)
}

// askNew asks first who was trained: the marked rows, the one under the cursor, a
// department or any other store.
func (v *View) askNew() tea.Cmd {
	if shown, _ := v.list.Marked(); len(shown) > 0 {
		return v.askMarked()
	}
	return v.askFor(nil)
}

// departments are those cases lie with; any other is trained from its row.
func departments() []domain.Department {
	return []domain.Department{domain.CustomerService, domain.Manager, domain.Expansion, domain.Procurement, domain.Logistics}
}

// whom are the answers to who was trained: the row under the cursor, any other store, a
// department.
type whom int

const (
	theRow whom = iota
	anyStore
	aDepartment
)

// askFor asks what was done; of nobody yet it asks who first.
func (v *View) askFor(who []domain.Trainee) tea.Cmd {
	if off := v.needsRole(); off != "" {
		return ui.Send(ui.Say{Text: off, Tone: ui.Problem})
	}
	row, have := v.list.Cursor()
	answers := []whom{anyStore, aDepartment}
	if have {
		answers = []whom{theRow, anyStore, aDepartment}
	}
	is := func(a *dialog.Ask, w whom) bool {
		i := a.Picked(askWhom)
		return len(who) == 0 && i >= 0 && i < len(answers) && answers[i] == w
	}
	chosen := func(a *dialog.Ask) []domain.Trainee {
		switch i := a.Picked(askDept); {
		case is(a, theRow):
			return []domain.Trainee{row}
		case is(a, aDepartment) && i >= 0:
			return []domain.Trainee{{With: departments()[i]}}
		case is(a, anyStore):
			return []domain.Trainee{{Store: domain.StoreCode(strings.ToUpper(a.Text(askCode)))}}
		}
		return who
	}
	head := func() string {
		if len(who) == 0 {
			return v.env.Text.Train.HeadNew
		}
		return v.env.Text.Train.Head(v.names(who))
	}
	sum := func(a *dialog.Ask) string { return v.sum(a, chosen(a)) }
	steps := append([]dialog.Step{
		askWhom: {Name: func() string { return v.env.Text.Train.Whom }, Skip: func(*dialog.Ask) bool { return len(who) > 0 }, Offers: func(*dialog.Ask) []string {
			out := []string{v.env.Text.Train.Another, v.env.Text.Train.Department}
			if have {
				out = append([]string{v.who(row)}, out...)
			}
			return out
		}},
		askCode: {Name: func() string { return v.env.Text.Train.Code }, Skip: func(a *dialog.Ask) bool { return !is(a, anyStore) }},
		askDept: {Name: func() string { return v.env.Text.Train.Whom }, Skip: func(a *dialog.Ask) bool { return !is(a, aDepartment) }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, d := range departments() {
				out = append(out, v.env.Text.Department(d))
			}
			return out
		}},
	}, v.steps(chosen)...)
	v.ask = &asked{Ask: dialog.New(v.env, head, sum, steps...), chosen: chosen}
	return nil
}

// steps ask in what, on which day and how they were trained.
func (v *View) steps(chosen func(*dialog.Ask) []domain.Trainee) []dialog.Step {
	day := today(v.env)
	return []dialog.Step{
		{Name: func() string { return v.env.Text.Train.Topic }, Offers: func(a *dialog.Ask) []string {
			var out []string
			for _, t := range chosen(a)[0].Topics() {
				out = append(out, v.env.Text.Train.Topics[t])
			}
			return out
		}},
		{Name: func() string { return v.env.Text.Train.When }, Short: true, Start: day.Format("01-02"), Check: func(_ *dialog.Ask, text string) (string, bool) {
			d, ok := dayBefore(text, day)
			if !ok {
				return v.env.Text.Train.BadDay, false
			}
			return v.env.Text.Train.GoodDay(d.Format(time.DateOnly)), true
		}},
		{Name: func() string { return v.env.Text.Train.Note }},
	}
}

// dayBefore reads a day up to today: of a later one in the year, that of the year before.
func dayBefore(text string, today time.Time) (time.Time, bool) {
	d, ok := dialog.Day(text, today)
	if ok && d.After(today) {
		d, ok = dialog.Day(text, today.AddDate(-1, 0, 0))
	}
	return d, ok
}

// names says who is trained.
func (v *View) names(who []domain.Trainee) string {
	if len(who) == 1 {
		return v.who(who[0])
	}
	return v.env.Text.Train.Several(len(who), len(who) > 0 && who[0].Store != "")
}

// topic is what was chosen.
func topic(a *dialog.Ask, who []domain.Trainee) domain.TrainingTopic {
	if i := a.Picked(askTopic); len(who) > 0 && i >= 0 && i < len(who[0].Topics()) {
		return who[0].Topics()[i]
	}
	return ""
}

// sum is what will be written.
func (v *View) sum(a *dialog.Ask, who []domain.Trainee) string {
	w := v.env.Text.Train
	d, _ := dayBefore(a.Text(askDay), today(v.env))
	t := topic(a, who)
	n := 0
	for _, one := range who {
		if r := v.rows[one]; r != nil {
			n += r.Count(t)
		}
	}
	return w.Sum(v.names(who), w.Topics[t], d.Format(time.DateOnly), a.Text(askNote)) + "  " + w.Before(n)
}
