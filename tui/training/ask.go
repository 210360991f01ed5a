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
	askTopic
	askDay
	askNote
)

// mostOffers is how many answers have a digit.
const mostOffers = 9

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

// whom are those a training without marked rows can be of: the row under the cursor, the
// departments. Behind them stands any other store.
func (v *View) whom() []domain.Trainee {
	var out []domain.Trainee
	if t, ok := v.list.Cursor(); ok {
		out = append(out, t)
	}
	for _, d := range domain.Departments() {
		if t := (domain.Trainee{With: d}); len(out) == 0 || out[0] != t {
			out = append(out, t)
		}
	}
	return out[:min(len(out), mostOffers-1)]
}

// askFor asks what was done; of nobody yet it asks who first.
func (v *View) askFor(who []domain.Trainee) tea.Cmd {
	if off := v.needsRole(); off != "" {
		return ui.Send(ui.Say{Text: off, Tone: ui.Problem})
	}
	c, offered := func() string { return v.names(who) }, v.whom()
	chosen := func(a *dialog.Ask) []domain.Trainee {
		i := a.Picked(askWhom)
		switch {
		case len(who) > 0:
			return who
		case i >= 0 && i < len(offered):
			return offered[i : i+1]
		}
		return []domain.Trainee{{Store: domain.StoreCode(strings.ToUpper(a.Text(askCode)))}}
	}
	head := func() string {
		if len(who) == 0 {
			return v.env.Text.Train.HeadNew
		}
		return v.env.Text.Train.Head(c())
	}
	sum := func(a *dialog.Ask) string { return v.sum(a, chosen(a)) }
	v.ask = &asked{Ask: dialog.New(v.env, head, sum, v.steps(who, offered, chosen)...), chosen: chosen}
	return nil
}

func (v *View) steps(who, offered []domain.Trainee, chosen func(*dialog.Ask) []domain.Trainee) []dialog.Step {
	w := v.env.Text.Train
	day := today(v.env)
	return []dialog.Step{
		askWhom: {Name: func() string { return w.Whom }, Skip: func(*dialog.Ask) bool { return len(who) > 0 }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, t := range offered {
				out = append(out, v.who(t))
			}
			return append(out, v.env.Text.Train.Another)
		}},
		askCode: {Name: func() string { return w.Code }, Skip: func(a *dialog.Ask) bool { return len(who) > 0 || a.Picked(askWhom) != len(offered) }},
		askTopic: {Name: func() string { return w.Topic }, Offers: func(a *dialog.Ask) []string {
			var out []string
			for _, t := range chosen(a)[0].Topics() {
				out = append(out, v.env.Text.Train.Topics[t])
			}
			return out
		}},
		askDay: {Name: func() string { return w.When }, Short: true, Start: day.Format("01-02"), Check: func(_ *dialog.Ask, text string) (string, bool) {
			d, ok := dayBefore(text, day)
			if !ok {
				return v.env.Text.Train.BadDay, false
			}
			return v.env.Text.Train.GoodDay(d.Format(time.DateOnly)), true
		}},
		askNote: {Name: func() string { return w.Note }},
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
	if i := a.Picked(askTopic); i >= 0 && i < len(who[0].Topics()) {
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
