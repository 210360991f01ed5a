package handover

import (
	"context"
	"slices"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/smallact"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// mostNamed is how many colleagues have a digit beside the next shift.
const mostNamed = 7

// press does what a key means here.
func (v *View) press(p keys.Press) tea.Cmd {
	if v.ask != nil {
		return v.answer(p)
	}
	i, have := v.current()
	last := max(0, len(v.items)-1)
	switch p.Action {
	case keys.Up:
		v.cursor = max(0, v.cursor-p.Count)
	case keys.Down:
		v.cursor = min(last, v.cursor+p.Count)
	case keys.HalfUp:
		v.cursor = max(0, v.cursor-v.H/2)
	case keys.HalfDown:
		v.cursor = min(last, v.cursor+v.H/2)
	case keys.First:
		v.cursor = 0
	case keys.Last:
		v.cursor = last
	case keys.NextPart, keys.PrevPart:
		v.toPart(p.Action == keys.NextPart)
	case keys.Mark, keys.MarkDown, keys.MarkUp, keys.MarkAll:
		v.mark(p.Action)
	case keys.Refresh:
		return v.reload()
	case keys.Back:
		if slices.ContainsFunc(v.items, func(i item) bool { return v.marked[i.id()] }) {
			clear(v.marked)
			return nil
		}
		return ui.Send(ui.Back{})
	case keys.Open, keys.Store, keys.Claim, keys.HandOver, keys.Digit:
		if !have {
			return nil
		}
		return v.act(p, i)
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

// toPart goes to the first row of the next part that has any, or of the one before.
func (v *View) toPart(onward bool) {
	i, have := v.current()
	if !have {
		return
	}
	by := 1
	if !onward {
		by = -1
	}
	for p := (i.part + part(by) + parts) % parts; p != i.part; p = (p + part(by) + parts) % parts {
		if n := slices.IndexFunc(v.items, func(x item) bool { return x.part == p }); n >= 0 {
			v.cursor = n
			return
		}
	}
}

// mark marks what is mine: only that is handed over several at a time.
func (v *View) mark(a keys.Action) {
	i, have := v.current()
	if !have {
		return
	}
	switch a {
	case keys.MarkAll:
		all := true
		for _, x := range v.items {
			all = all && (x.part != partMine || v.marked[x.id()])
		}
		for _, x := range v.items {
			v.marked[x.id()] = x.part == partMine && !all
		}
		return
	case keys.MarkUp:
		v.cursor = max(0, v.cursor-1)
	default:
		v.cursor = min(max(0, len(v.items)-1), v.cursor+1)
	}
	if i.part == partMine {
		v.marked[i.id()] = !v.marked[i.id()]
	}
}

// act does something with the row under the cursor.
func (v *View) act(p keys.Press, i item) tea.Cmd {
	offer := i.part == partForMe
	switch {
	case p.Action == keys.Open && i.part == partPromised && i.promise.Case != 0:
		return ui.Send(ui.OpenCase{ID: i.promise.Case})
	case p.Action == keys.Open && i.row.Case != 0:
		return ui.Send(ui.OpenCase{ID: i.row.Case})
	case p.Action == keys.Store && i.row.Store != "":
		return ui.Send(ui.OpenStore{Code: i.row.Store})
	case p.Action == keys.Store && i.promise.Store != "":
		return ui.Send(ui.OpenStore{Code: i.promise.Store})
	case i.part == partOffered && (p.Action == keys.Claim || p.Action == keys.HandOver) && !v.env.Me.Has(domain.RoleManager):
		return v.sayNo(v.env.Text.Hand.NotMine)
	case p.Action == keys.Claim && (offer || i.part == partOffered), offer && p.Action == keys.Digit && p.Digit == 1:
		return v.take(i)
	case p.Action == keys.HandOver && (offer || i.part == partOffered), offer && p.Action == keys.Digit && p.Digit == 2:
		return v.askRefuse(i)
	case p.Action == keys.HandOver && i.part == partMine, p.Action == keys.HandOver && v.anyMarked():
		return v.askHand()
	case p.Action == keys.HandOver && i.part == partHeld && v.env.Me.Has(domain.RoleManager):
		return v.askHandOn(i)
	case p.Action == keys.HandOver && i.part == partHeld:
		return v.sayNo(v.env.Text.Errors.Needs(v.env.Text.Department(domain.Manager)))
	}
	return v.sayNo(v.env.Text.Hand.NotHere)
}

func (v *View) sayNo(why string) tea.Cmd { return ui.Send(ui.Say{Text: why, Tone: ui.Problem}) }

func (v *View) anyMarked() bool { return len(v.targets()) > 0 && v.marked[v.targets()[0].id()] }

// targets are the marked rows of mine, or the one under the cursor.
func (v *View) targets() []item {
	var out []item
	for _, i := range v.items {
		if v.marked[i.id()] && i.part == partMine {
			out = append(out, i)
		}
	}
	if i, ok := v.current(); len(out) == 0 && ok && i.part == partMine {
		out = append(out, i)
	}
	return out
}

// take takes what is offered: one key, as every claim.
func (v *View) take(i item) tea.Cmd {
	if v.busy {
		return nil
	}
	v.busy = true
	store, op, task, said := v.store, uuid.New(), i.offer.Task, v.env.Text.Hand.Took(v.name(i))
	return ui.Load(v.env, v.actGen.Next(), "take over", writeLimit, func(ctx context.Context) (done, error) {
		_, err := store.AnswerOffer(ctx, op, task, true, "")
		return done{said: said, failed: err, wrote: 1}, nil
	})
}

// name is how a row is called in a sentence.
func (v *View) name(i item) string {
	return smallact.Name(v.env, i.row) + " " + v.env.Text.Pick(i.row.StoreName, i.row.StoreNameEn)
}

// askRefuse asks why it is not taken.
func (v *View) askRefuse(i item) tea.Cmd {
	w, name, store, task := v.env.Text.Hand, v.name(i), v.store, i.offer.Task
	v.ask = dialog.New(v.env, func() string { return v.env.Text.Hand.NoHead(name) },
		func(a *dialog.Ask) string { return v.env.Text.Hand.NoSum(name, a.Text(0)) },
		dialog.Step{Name: func() string { return v.env.Text.Hand.Why }})
	v.then = func(a *dialog.Ask) tea.Cmd {
		op, why, said := a.Op, a.Text(0), w.Refused(name)
		return ui.Load(v.env, v.actGen.Next(), "refuse", writeLimit, func(ctx context.Context) (done, error) {
			_, err := store.AnswerOffer(ctx, op, task, false, why)
			return done{said: said, failed: err, wrote: 1}, nil
		})
	}
	return nil
}

// askHand asks to whom what is mine goes, and what they have to know.
func (v *View) askHand() tea.Cmd {
	rows := v.targets()
	what := v.env.Text.Hand.Rows(len(rows))
	if len(rows) == 1 {
		what = v.name(rows[0])
	}
	to := v.recipients(rows, v.env.Me.Login)
	ops := make([]uuid.UUID, len(rows))
	for i := range ops {
		ops[i] = uuid.New()
	}
	store := v.store
	v.ask = v.asking(func() string { return v.env.Text.Hand.AskHead(what) }, what, to)
	v.then = func(a *dialog.Ask) tea.Cmd {
		who, note, said := to[a.Picked(0)].Login, a.Text(1), v.env.Text.Hand.Handed(what, v.toName(to[a.Picked(0)]))
		return ui.Load(v.env, v.actGen.Next(), "hand over", writeLimit, func(ctx context.Context) (done, error) {
			out := done{said: said}
			for i, r := range rows {
				if _, err := store.OfferWork(ctx, ops[i], r.row.Case, r.row.Holder.No, who, note); err != nil {
					out.not++
					out.failed = err
					continue
				}
				out.wrote++
			}
			return out, nil
		})
	}
	return nil
}

// askHandOn asks a manager to whom another person's case goes.
func (v *View) askHandOn(i item) tea.Cmd {
	what, holder, store := v.name(i), *i.row.Holder, v.store
	to := v.recipients([]item{i}, holder.Login)
	v.ask = v.asking(func() string {
		return v.env.Text.Hand.OnHead(what, v.env.Text.FirstName(holder.Name, holder.NameEn, holder.Login))
	}, what, to)
	v.then = func(a *dialog.Ask) tea.Cmd {
		op, who, note, said := a.Op, to[a.Picked(0)].Login, a.Text(1), v.env.Text.Hand.Handed(what, v.toName(to[a.Picked(0)]))
		return ui.Load(v.env, v.actGen.Next(), "hand on", writeLimit, func(ctx context.Context) (done, error) {
			_, err := store.HandOn(ctx, op, holder.Login, []domain.CaseID{i.row.Case}, who, note)
			return done{said: said, failed: err, wrote: 1}, nil
		})
	}
	return nil
}

// asking is the question to whom, and the note.
func (v *View) asking(head func() string, what string, to []domain.Colleague) *dialog.Ask {
	return dialog.New(v.env, head,
		func(a *dialog.Ask) string {
			if a.Picked(0) < 0 {
				return ""
			}
			return v.env.Text.Hand.AskSum(what, v.toName(to[a.Picked(0)]), a.Text(1))
		},
		dialog.Step{Name: func() string { return v.env.Text.Hand.To }, Offers: func(*dialog.Ask) []string {
			var out []string
			for _, c := range to {
				name := v.toName(c)
				if c.Login != "" {
					name = v.env.Text.Hand.Colleague(name, c.AtDesk, c.Holds)
				}
				out = append(out, name)
			}
			return out
		}},
		dialog.Step{Name: func() string { return v.env.Text.Hand.Note }},
	)
}

func (v *View) toName(c domain.Colleague) string {
	if c.Login == "" {
		return v.env.Text.Hand.NextShift
	}
	return v.env.Text.FirstName(c.Name, c.NameEn, c.Login)
}

// recipients are those who are there and work with all the rows' departments, after the next
// shift, which is whoever comes.
func (v *View) recipients(rows []item, from domain.Login) []domain.Colleague {
	out := []domain.Colleague{{}}
	for _, c := range v.read.Colleagues {
		works := c.Login != from && len(out) <= mostNamed
		for _, r := range rows {
			works = works && slices.ContainsFunc(c.Roles, func(role domain.Role) bool {
				return role == domain.RoleManager || role.Department() == r.row.With
			})
		}
		if works {
			out = append(out, c)
		}
	}
	return out
}

// answer takes keys while a question stands.
func (v *View) answer(p keys.Press) tea.Cmd {
	answer, cmd := v.ask.Press(p)
	switch answer {
	case dialog.Closed:
		v.ask = nil
	case dialog.Go:
		return tea.Batch(cmd, v.then(v.ask))
	case dialog.Stands:
	}
	return cmd
}

// doneCame says what was done. Where no answer came the question stays, with its keys.
func (v *View) doneCame(msg ui.Loaded[done]) tea.Cmd {
	if msg.Gen != v.actGen {
		return nil
	}
	v.busy = false
	d := msg.Value
	if msg.Err != nil {
		d.failed = msg.Err
	}
	switch domain.CodeOf(d.failed) {
	case domain.Timeout, domain.Unavailable, domain.Canceled:
		if v.ask != nil {
			v.ask.Again()
		}
		return ui.Send(ui.Say{Text: v.env.Text.Dialog.Unknown, Tone: ui.Problem})
	default:
	}
	v.ask = nil
	clear(v.marked)
	switch {
	case d.failed == nil:
		return tea.Batch(v.reload(), ui.Done(d.said))
	case d.wrote > 0 && d.not > 0:
		return tea.Batch(v.reload(), ui.Send(ui.Say{Text: v.env.Text.Hand.Several(d.wrote, d.not, v.env.Text.Error(d.failed)), Tone: ui.Problem}))
	}
	return tea.Batch(v.reload(), ui.Fail(v.env, d.failed))
}

// Keys are what works now.
func (v *View) Keys() []keys.Hint {
	if v.ask != nil {
		return nil
	}
	w := v.env.Text.Hand
	out := []keys.Hint{v.env.Hint(keys.Open)}
	if i, ok := v.current(); ok {
		switch i.part {
		case partForMe:
			out = append(out, keys.Hint{Action: keys.Claim, Word: w.TakeWord}, keys.Hint{Action: keys.HandOver, Word: w.NoWord})
		case partMine:
			out = append(out, v.env.Hint(keys.Mark), keys.Hint{Action: keys.HandOver, Word: w.HandWord})
		case partHeld:
			if v.env.Me.Has(domain.RoleManager) {
				out = append(out, keys.Hint{Action: keys.HandOver, Word: w.HandWord})
			}
		case partOffered, partPromised, partBack, parts:
		}
	}
	return append(out, v.env.Hint(keys.Store), v.env.Hint(keys.NextPart), v.env.Hint(keys.Refresh), v.env.Hint(keys.Menu), v.env.Hint(keys.Help), v.env.Hint(keys.Back))
}

// Menu is what can be done with the row.
func (v *View) Menu() ui.Menu {
	i, ok := v.current()
	if !ok || i.row.Case == 0 {
		return ui.Menu{}
	}
	w := v.env.Text.Hand
	m := ui.Menu{Title: v.name(i) + "  " + v.env.Text.Kind(i.row.Kind), Copy: string(i.row.OrderNo)}
	if i.row.Store != "" {
		m.Acts = append(m.Acts, ui.Act{Action: keys.Store})
	}
	switch i.part {
	case partForMe:
		m.Acts = append(m.Acts, ui.Act{Action: keys.Claim, Name: w.TakeWord}, ui.Act{Action: keys.HandOver, Name: w.NoWord})
	case partMine:
		m.Acts = append(m.Acts, ui.Act{Action: keys.HandOver, Name: w.HandWord})
	case partHeld:
		off := ""
		if !v.env.Me.Has(domain.RoleManager) {
			off = v.env.Text.Errors.Needs(v.env.Text.Department(domain.Manager))
		}
		m.Acts = append(m.Acts, ui.Act{Action: keys.HandOver, Name: w.HandWord, Off: off})
	case partOffered, partPromised, partBack, parts:
	}
	return m
}
