package entry

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// written is what will be written, in at most n lines: the changes line by line, then
// who told it, and what follows.
func (v *View) written(n int) []cell.Line {
	t, w := v.env.Text, v.env.Text.Entry
	var out []cell.Line
	add := func(s string) { out = append(out, cell.Plain(" "+s)) }
	if v.what == Other {
		for _, c := range v.cases() {
			if c.Case == v.caseID {
				add(w.NoteOn(string(c.OrderNo), t.Kind(c.Kind)))
			}
		}
		return out
	}
	changes := v.changes()
	room := max(1, n-1)
	for i, c := range changes {
		if i == room-1 && len(changes) > room {
			add(w.MoreLines(len(changes) - i))
			break
		}
		add(c)
	}
	told := []string{w.Longs[v.what-1]}
	if y := w.Whys[v.why]; v.why != "" && y != "" {
		told = append(told, y)
	}
	if who := v.caller(); who != "" {
		told = append(told, w.By(t.Caller(who, v.file.Store), t.Clock(v.at.In(v.env.Zone))))
	}
	told = append(told, w.Becomes)
	s := told[0]
	for _, more := range told[1:] {
		s += t.Values.Join + more
	}
	for _, line := range cell.Wrap(cell.Clean(s), v.W-2, max(1, n-len(out))) {
		add(line)
	}
	return out
}

// changes are the lines as they will be told.
func (v *View) changes() []string {
	t, w := v.env.Text, v.env.Text.Entry
	if v.what == Blocked {
		if v.product == nil {
			return nil
		}
		p := *v.product
		what := t.Pick(p.Name, p.NameEn) + " " + string(p.Code)
		if a := v.amountOf(0); a.given && a.bad == noTrouble {
			what += " " + t.Weight(a.q, decimals(p), p.Unit, p.UnitEn)
		}
		return []string{what}
	}
	if !v.ordered {
		return nil
	}
	no := string(v.order.Order.No)
	if len(v.about()) == 0 {
		if v.what == Change || v.what == Wrong {
			return []string{w.WholeOrder(no)}
		}
		return nil
	}
	var out []string
	for _, l := range v.about() {
		p := v.order.Products[l.Product]
		q := func(n domain.Quantity) string { return t.Weight(n, decimals(p), p.Unit, p.UnitEn) }
		said := w.Unsaid
		if a := v.amountOf(l.No); a.given && a.bad == noTrouble {
			said = q(a.q)
		}
		name := w.LineNo(l.No) + " " + t.Pick(p.Name, p.NameEn)
		switch v.what {
		case Short, Over:
			out = append(out, w.Received(no, name, q(l.Quantity), said))
		case Return, Exchange:
			out = append(out, w.OfLine(no, name, said, q(l.Quantity)))
		case Change, Wrong, Blocked, Where, Other:
			out = append(out, w.Instead(no, name, q(l.Quantity), said))
		}
	}
	return out
}

// facts say where an order is and when it comes.
func (v *View) facts() []row {
	if !v.ordered {
		return nil
	}
	t, w, b := v.env.Text, v.env.Text.Entry, v.order.Brief()
	now := v.env.Now()
	var all []string
	stands := w.Stands(t.OrderState(b.State))
	switch {
	case b.Held < 0:
		stands += t.Values.Join + t.Store.Rows.AllHeld
	case b.Held > 0:
		stands += t.Values.Join + t.Store.Rows.LinesHeld(b.Held)
	}
	if v.order.AcceptedAt != nil {
		stands += t.Values.Join + w.AcceptedAt(t.When(*v.order.AcceptedAt, now))
	}
	all = append(all, stands)
	if reached := v.reached(); reached != "" {
		all = append(all, reached)
	}
	leaves := b.Leaves()
	switch plans := v.order.Plans; {
	case b.State != domain.Accepted && b.State != domain.Allocated && b.State != domain.Shipped:
	case len(plans) > 0:
		newest := plans[len(plans)-1]
		all = append(all, w.Planned(t.When(newest.Due, now), newest.Route))
	case leaves.IsZero():
		all = append(all, w.NoVan)
	default:
		all = append(all, w.Van(v.file.Store.Route, t.When(leaves, now)))
	}
	if r := v.caseOfOrder(); r != nil {
		all = append(all, w.OpenCase(t.Kind(r.Kind), t.Department(r.With), t.Why(*r, now)))
	}
	var out []row
	for _, s := range all {
		out = append(out, row{line: cell.Line{Left: []cell.Span{{Text: cell.Spaces(signCells + labelCells)}, {Text: s}}}, at: place{stop: -1}, x: -1})
	}
	return out
}

// reached is which stages were told, and when.
func (v *View) reached() string {
	t := v.env.Text
	said := ""
	for _, e := range v.order.Events {
		if e.What != domain.EventStage || e.Stage == domain.StagePlanned {
			continue
		}
		if said != "" {
			said += t.Values.Join
		}
		said += t.Entry.Reached(t.Kinds.Shared.Reached[e.Stage], t.When(e.At, v.env.Now()))
	}
	return said
}

// Message is the question before writing, what is missing, and the sentence for the
// store.
func (v *View) Message() []cell.Line {
	t, w := v.env.Text, v.env.Text.Entry
	if !v.read {
		return nil
	}
	switch {
	case v.writes:
		return []cell.Line{cell.Painted(theme.Accent, " "+w.Writing)}
	case v.confirm.Asking():
		return []cell.Line{cell.Painted(theme.Accent, " "+w.AskWrite(w.Longs[v.what-1])), cell.Painted(theme.Near, " "+t.Form.WriteAgain)}
	}
	var out []cell.Line
	if v.ordered && (v.what == Change || v.what == Wrong || v.what == Where) {
		out = append(out, cell.Plain(" "+t.SayChange(v.order.Brief(), v.env.Now())))
	}
	if p, lacks := v.lacks(); !lacks && v.what != Where {
		out = append(out, cell.Painted(theme.Done, " "+w.Ready))
	} else if lacks && v.what.known() && v.what != Where {
		out = append(out, cell.Painted(theme.Muted, " "+w.Missing(v.label(p))))
	}
	return out
}
