package deliveries

import (
	"context"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// result is what became of one row of an act.
type result struct {
	name   string
	failed error
}

// write runs what was asked for on each row; none stops the next.
func (v *View) write() tea.Cmd {
	tasks, op := v.ask.write(v.ask.Ask), v.ask.Op
	return ui.Load(v.env, v.actGen.Next(), "write deliveries", writeLimit, func(ctx context.Context) ([]result, error) {
		out := make([]result, 0, len(tasks))
		for _, t := range tasks {
			out = append(out, result{t.name, t.do(ctx, uuid.NewSHA1(op, []byte(t.name)))})
		}
		return out, nil
	})
}

// writtenCame says what became of an act; one on several rows ends in a list of all of
// them. What got no answer may be written again under the same keys.
func (v *View) writtenCame(msg ui.Loaded[[]result]) tea.Cmd {
	if msg.Gen != v.actGen || v.ask == nil {
		return nil
	}
	if msg.Err != nil {
		v.ask.Again()
		return ui.Fail(v.env, msg.Err)
	}
	all, lost := msg.Value, error(nil)
	for _, r := range all {
		if code := domain.CodeOf(r.failed); r.failed != nil && (code == domain.Unavailable || code == domain.Timeout) {
			lost = r.failed
		}
	}
	if lost != nil {
		v.ask.Again()
		return ui.Fail(v.env, lost)
	}
	said := v.ask.said(v.ask.Ask)
	v.ask = nil
	v.goOn()
	switch {
	case len(all) > 1:
		v.results = newResults(all)
		return v.reload()
	case len(all) == 1 && all[0].failed != nil:
		return tea.Batch(ui.Fail(v.env, all[0].failed), v.reload())
	}
	return tea.Batch(ui.Done(said), v.reload())
}

// goOn takes the marks away and puts the cursor on the next row that needs something.
func (v *View) goOn() {
	l, done := v.list(), map[string]bool{}
	last := l.Index()
	for _, id := range v.chosen() {
		done[id] = true
		last = max(last, slices.Index(l.Rows(), id))
	}
	l.Unmark()
	rows := l.Rows()
	for _, id := range append(slices.Clone(rows[min(last+1, len(rows)):]), rows...) {
		if r := v.rows[id]; !done[id] && (r == nil || r.Open) {
			l.To(id)
			return
		}
	}
}

// name is how a row is called in a sentence.
func (v *View) name(r *domain.DeliveryRow) string {
	no := string(r.No)
	if no == "" {
		no = v.env.Text.Deliver.NoNumber(r.Many)
	}
	if r.Store == "" {
		return no
	}
	return no + " " + v.env.Text.Pick(r.Name, r.NameEn)
}

// target is a row an act is on: one of the check, or a late one.
type target struct {
	row  *domain.DeliveryRow
	late *domain.LateDelivery
}

func (v *View) targets() []target {
	var out []target
	for _, id := range v.chosen() {
		if r := v.rows[id]; r != nil {
			out = append(out, target{row: r})
		} else if r := v.lates[id]; r != nil {
			out = append(out, target{late: r})
		}
	}
	return out
}

func (v *View) nameOf(t target) string {
	if t.late != nil {
		return string(t.late.No) + " " + v.env.Text.Pick(t.late.Name, t.late.NameEn)
	}
	return v.name(t.row)
}

// names is one row by its name, several by their number and what they come to.
func (v *View) names(all []target) string {
	if len(all) == 1 {
		return v.nameOf(all[0])
	}
	var sum domain.Money
	for _, t := range all {
		if t.late != nil {
			sum += t.late.Amount
		} else {
			sum += t.row.Amount
		}
	}
	return v.env.Text.Deliver.Many(len(all), v.env.Text.Money(sum))
}

// when reads a time to come.
func (v *View) when(text string) (time.Time, bool) {
	return dialog.Moment(text, v.env.Now().In(v.env.Zone))
}

func (v *View) whenStep(start string) dialog.Step {
	return dialog.Step{
		Name: func() string { return v.env.Text.Deliver.When }, Short: true, Start: start,
		Check: func(_ *dialog.Ask, text string) (string, bool) {
			at, ok := v.when(text)
			if !ok {
				return v.env.Text.Dialog.NotATime, false
			}
			return "= " + v.moment(at), true
		},
	}
}

// maybe is a field that may stay empty.
func maybe(*dialog.Ask, string) (string, bool) { return "", true }

// tomorrowStart is what a delivery on another day begins with: tomorrow at ten.
func (v *View) tomorrowStart() string {
	return v.env.Now().In(v.env.Zone).AddDate(0, 0, 1).Format("01-02") + " 10:00"
}

// plan is the write of a delivery that is planned; a row that is held cannot be, and keeps
// its destination for the day.
func (v *View) plan(t target, how domain.Goes, due time.Time, note string) task {
	store, name := v.store, v.nameOf(t)
	if t.row != nil && t.row.What != domain.RowUnscheduled {
		m := v.mark(t.row, how)
		m.Due, m.Note = due, note
		return task{name, func(ctx context.Context, op uuid.UUID) error { return store.MarkRow(ctx, op, m) }}
	}
	var order domain.OrderID
	if t.late != nil {
		order = t.late.Order
	} else {
		order = t.row.Order
	}
	p := domain.PlannedDelivery{Order: order, How: how, Due: due, Note: note}
	return task{name, func(ctx context.Context, op uuid.UUID) error { return store.PlanDelivery(ctx, op, p) }}
}

func (v *View) mark(r *domain.DeliveryRow, goes domain.Goes) domain.RowMark {
	return domain.RowMark{Day: v.day, What: r.What, No: r.No, Goes: goes}
}

// guard says why rows cannot go that way, "" where they can.
func (v *View) guard(all []target, round bool) string {
	w := v.env.Text.Deliver
	if len(all) == 0 {
		return w.Nothing
	}
	for _, t := range all {
		switch {
		case t.row != nil && t.row.What == domain.RowMissing:
			return w.CannotPlan
		case t.row != nil && v.read.Signed != nil && t.row.What == domain.RowPast:
			return w.WasSigned
		case round && t.row != nil && t.row.What == domain.RowPast && len(all) > 1:
			return w.HeldStill
		}
	}
	return ""
}

// askPlan schedules the marked, or the row under the cursor: with their round or by an
// extra van; what is held goes by an extra van only.
func (v *View) askPlan() tea.Cmd {
	w, all := v.env.Text.Deliver, v.targets()
	if !v.env.Me.Has(domain.RoleLogistics) {
		return v.say(w.OnlyLogistics)
	}
	if why := v.guard(all, true); why != "" {
		return v.say(why)
	}
	ways := []domain.Goes{domain.GoesRound, domain.GoesVan}
	if all[0].row != nil && all[0].row.What == domain.RowPast {
		ways = ways[1:]
	}
	way := func(a *dialog.Ask) domain.Goes { return ways[max(0, a.Picked(0))] }
	a := dialog.New(v.env, func() string { return v.env.Text.Deliver.PlanHead(v.names(all)) },
		func(a *dialog.Ask) string {
			at, _ := v.when(a.Text(1))
			return v.env.Text.Deliver.PlanSum(v.env.Text.Deliver.Ways[way(a)], v.moment(at), a.Text(2))
		},
		dialog.Step{Name: func() string { return v.env.Text.Deliver.Way }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, g := range ways {
				out = append(out, v.env.Text.Deliver.Ways[g])
			}
			return out
		}, Skip: func(*dialog.Ask) bool { return len(ways) == 1 }},
		v.whenStep(v.tomorrowStart()), v.noteStep(func() string { return v.env.Text.Deliver.Note }, ways[0] == domain.GoesRound))
	v.ask = &asked{Ask: a, write: func(a *dialog.Ask) []task {
		at, _ := v.when(a.Text(1))
		return v.each(all, func(t target) task { return v.plan(t, way(a), at, a.Text(2)) })
	}, said: func(a *dialog.Ask) string { return w.Done(v.names(all), w.Ways[way(a)]) }}
	return nil
}

func (v *View) noteStep(name func() string, mayBeEmpty bool) dialog.Step {
	s := dialog.Step{Name: name}
	if mayBeEmpty {
		s.Check = maybe
	}
	return s
}

func (v *View) each(all []target, write func(target) task) []task {
	var out []task
	for _, t := range all {
		out = append(out, write(t))
	}
	return out
}

// askLater sends rows on another day; what the store was told is kept.
func (v *View) askLater() tea.Cmd {
	w, all := v.env.Text.Deliver, v.targets()
	if !v.env.Me.Has(domain.RoleLogistics) {
		return v.say(w.OnlyLogistics)
	}
	if why := v.guard(all, false); why != "" {
		return v.say(why)
	}
	a := dialog.New(v.env, func() string { return v.env.Text.Deliver.LaterHead(v.names(all)) },
		func(a *dialog.Ask) string {
			at, _ := v.when(a.Text(0))
			return v.env.Text.Deliver.PlanSum(v.env.Text.Deliver.Goes[domain.GoesTomorrow], v.moment(at), a.Text(1))
		},
		v.whenStep(v.tomorrowStart()), v.noteStep(func() string { return v.env.Text.Deliver.Told }, false))
	v.ask = &asked{Ask: a, write: func(a *dialog.Ask) []task {
		at, _ := v.when(a.Text(0))
		return v.each(all, func(t target) task { return v.plan(t, domain.GoesTomorrow, at, a.Text(1)) })
	}, said: func(*dialog.Ask) string { return w.Done(v.names(all), w.Goes[domain.GoesTomorrow]) }}
	return nil
}

// askMark asks where rows of the check go that are not planned: which, and a note.
func (v *View) askMark(head func(of string) string, all []target, question string, offers func() []string, pick func(i int) (domain.Goes, domain.Department)) tea.Cmd {
	w := v.env.Text.Deliver
	switch {
	case !v.checks():
		return v.say(w.OnlyLogistics)
	case len(all) == 0 || all[0].row == nil:
		return v.say(w.Nothing)
	case v.read.Signed != nil:
		return v.say(w.WasSigned)
	}
	goes := func(a *dialog.Ask) string {
		if i := a.Picked(0); i >= 0 {
			return offers()[i]
		}
		return offers()[0]
	}
	a := dialog.New(v.env, func() string { return head(v.names(all)) },
		func(a *dialog.Ask) string { return v.env.Text.Deliver.GoesSum(goes(a), a.Text(1)) },
		dialog.Step{
			Name: func() string { return question }, Offers: func(*dialog.Ask) []string { return offers() },
			Skip: func(*dialog.Ask) bool { return len(offers()) == 1 },
		}, v.noteStep(func() string { return v.env.Text.Deliver.Note }, false))
	v.ask = &asked{Ask: a, write: func(a *dialog.Ask) []task {
		g, dept := pick(max(0, a.Picked(0)))
		store, note := v.store, a.Text(1)
		return v.each(all, func(t target) task {
			m := v.mark(t.row, g)
			m.Dept, m.Note = dept, note
			return task{v.nameOf(t), func(ctx context.Context, op uuid.UUID) error { return store.MarkRow(ctx, op, m) }}
		})
	}, said: func(a *dialog.Ask) string { return w.Done(v.names(all), goes(a)) }}
	return nil
}

// passTo are the departments an order can be handed to.
func passTo() []domain.Department {
	var out []domain.Department
	for _, d := range domain.Departments() {
		if d != domain.Logistics {
			out = append(out, d)
		}
	}
	return out
}

// askPass hands rows over: to customer service, to be cancelled, or to a department.
func (v *View) askPass() tea.Cmd {
	if v.part == theLate {
		return ui.NoSense(v.env, keys.Press{Action: keys.HandOver})
	}
	w, all := v.env.Text.Deliver, v.targets()
	cancels := true
	for _, t := range all {
		cancels = cancels && t.row.What != domain.RowMissing
	}
	offers := func() []string {
		var out []string
		if cancels {
			out = append(out, v.env.Text.Deliver.ToCancel)
		}
		for _, d := range passTo() {
			out = append(out, v.env.Text.Department(d))
		}
		return out
	}
	return v.askMark(w.PassHead, all, w.To, offers, func(i int) (domain.Goes, domain.Department) {
		if cancels {
			if i == 0 {
				return domain.GoesCancel, ""
			}
			i--
		}
		return domain.GoesHanded, passTo()[i]
	})
}

// askCancel asks customer service to cancel: logistics does not.
func (v *View) askCancel() tea.Cmd {
	w, all := v.env.Text.Deliver, v.targets()
	for _, t := range all {
		if t.row != nil && t.row.What == domain.RowMissing {
			return v.say(w.CannotPlan)
		}
	}
	return v.askMark(w.CancelHead, all, w.To, func() []string { return []string{w.Goes[domain.GoesCancel]} },
		func(int) (domain.Goes, domain.Department) { return domain.GoesCancel, "" })
}

// askFound asks what was found of an order that is missing.
func (v *View) askFound() tea.Cmd {
	w, r := v.env.Text.Deliver, v.current()
	found := []domain.Goes{domain.GoesFound, domain.GoesNever, domain.GoesResent}
	offers := func() []string {
		var out []string
		for _, g := range found {
			out = append(out, v.env.Text.Deliver.Goes[g])
		}
		return out
	}
	return v.askMark(w.FoundHead, []target{{row: r}}, w.Answer, offers, func(i int) (domain.Goes, domain.Department) { return found[i], "" })
}

// askSign asks before the day is signed: this press asks, the next one writes.
func (v *View) askSign() tea.Cmd {
	w := v.env.Text.Deliver
	switch {
	case !v.checks():
		return v.say(v.env.Text.Errors.Needs(v.env.Text.Department(domain.Logistics)))
	case v.read == nil || v.part == theLate:
		return ui.NoSense(v.env, keys.Press{Action: keys.Write})
	case v.read.Signed != nil:
		return v.say(w.WasSigned)
	case !v.read.Proven():
		return v.say(w.Unproven)
	case len(v.leftOver()) > 0:
		return v.say(w.NotReady(v.leftOver()))
	case v.open_():
		return v.say(w.NotYet)
	}
	d := v.read
	name := func() string { return v.env.Text.DayName(d.Day) }
	a := dialog.New(v.env, func() string { return v.env.Text.Deliver.SignHead(name()) }, func(*dialog.Ask) string {
		return v.env.Text.Deliver.SignSum(d.Here.Orders, v.env.Text.MoneyExact(d.Here.Amount), d.Missed())
	})
	store, day, seen := v.store, v.day, d.Seen()
	v.ask = &asked{Ask: a, write: func(*dialog.Ask) []task {
		return []task{{name(), func(ctx context.Context, op uuid.UUID) error { return store.SignDay(ctx, op, day, seen) }}}
	}, said: func(*dialog.Ask) string { return w.Signed(name()) }}
	_, cmd := v.ask.Press(keys.Press{Action: keys.Write})
	return cmd
}
