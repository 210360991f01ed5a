package handover

import (
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// View draws the title, the headings and the parts, scrolled to the cursor.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.titleLines()...)
	if !v.came {
		return b.Add(cell.Painted(theme.Muted, " "+v.env.Text.Form.Loading)).String()
	}
	table := v.table()
	b.Add(table.Head())
	lines, at := v.lines(table)
	room := b.Left()
	from := max(0, min(at-room/2, len(lines)-room))
	return b.Add(lines[from:]...).String()
}

func (v *View) titleLines() []cell.Line {
	t, w := v.env.Text, v.env.Text.Hand
	var here []string
	for _, c := range v.read.Colleagues {
		if c.AtDesk {
			here = append(here, t.FirstName(c.Name, c.NameEn, c.Login))
		}
	}
	who := w.Alone
	if len(here) > 0 {
		who = w.Here(strings.Join(here, " "))
	}
	free := 0
	for _, n := range v.read.Free {
		free += n
	}
	sum := w.Sum(v.count(partMine), v.count(partForMe), v.count(partOffered), v.count(partHeld), t.Number(int64(free)))
	now := v.env.Now()
	right := v.env.MyName() + "  " + t.Date(now) + " " + t.Clock(now)
	return ui.OpenedTitle(v.env, v.W, w.Name, right, sum, cell.Cut(cell.Clean(who), max(0, v.W-cell.Width(sum)-4)))
}

// table has the columns of every part.
func (v *View) table() widget.Table {
	w := v.env.Text.Hand
	return widget.NewTable([]widget.Column{
		{Title: w.Left, W: 6, Right: true, Tight: true},
		{W: 1, Tight: true},
		{Title: w.Kind, W: 8},
		{W: 2, Tight: true},
		{Title: w.Store, W: 10},
		{Title: w.What, W: 24, Grow: true},
		{Title: w.Risk, W: 8, Right: true},
		{Title: w.Who, W: 11},
	}, v.W)
}

// lines draws all parts, and says which line the cursor is on.
func (v *View) lines(table widget.Table) (out []cell.Line, at int) {
	w := v.env.Text.Hand
	names := []string{w.Mine, w.ForMe, w.Offered, w.Held, w.Promised, w.Back}
	for p := partMine; p < parts; p++ {
		n := v.count(p)
		if n == 0 && p != partMine {
			continue
		}
		out = append(out, ui.Rule(v.env, w.Part(names[p], n), v.W))
		if n == 0 {
			out = append(out, cell.Painted(theme.Muted, "   "+w.NoneMine))
		}
		for k, i := range v.items {
			if i.part != p {
				continue
			}
			if k == v.cursor {
				at = len(out)
			}
			out = append(out, table.Row(widget.RowState{Cursor: k == v.cursor, Marked: v.marked[i.id()]}, v.cells(i)...))
		}
	}
	return out, at
}

// cells are a row's columns.
func (v *View) cells(i item) []cell.Span {
	t, now, r := v.env.Text, v.env.Now(), i.row
	if i.part == partPromised {
		p := i.promise
		what := strings.TrimSpace(p.What + " " + string(p.OrderNo))
		if p.What == string(p.OrderNo) {
			what = string(p.OrderNo)
		}
		left := p.Due.Sub(now)
		return []cell.Span{
			{Text: t.Left(left), Role: urgent(left < 0)},
			{},
			{Text: t.Hand.Promise},
			{},
			{Text: t.Pick(p.StoreName, p.StoreNameEn)},
			{Text: what},
			{},
			{Text: t.FirstName(p.ByName, p.ByNameEn, p.By)},
		}
	}
	more := ""
	if r.More > 0 {
		more = "+" + t.Number(int64(min(r.More, 9)))
	}
	left, role := "-", theme.Text
	switch {
	case i.offer.Task != 0:
		d := i.offer.Due.Sub(now)
		left, role = t.Left(d), urgent(d < 0)
	case r.State == domain.CaseSnoozed && r.Until != nil:
		left = t.Left(r.Until.Sub(now))
	case r.NextAt != nil:
		d := r.NextAt.Sub(now)
		left, role = t.Left(d), urgent(d < 0)
	}
	store := t.Pick(r.StoreName, r.StoreNameEn)
	if r.IsCause() {
		store = t.Kinds.Cause.Stores(r.Members)
	}
	return []cell.Span{
		{Text: left, Role: role},
		due(r.Due(now)),
		{Text: t.Kind(r.Kind)},
		{Text: more, Role: theme.Muted},
		{Text: store},
		{Text: v.what(i)},
		{Text: t.Money(r.AtRisk)},
		{Text: v.who(i), Role: theme.Muted},
	}
}

func urgent(past bool) theme.Role {
	if past {
		return theme.Late
	}
	return theme.Text
}

func due(s domain.DueState) cell.Span {
	switch s {
	case domain.NearDue:
		return cell.Span{Text: "^", Role: theme.Near}
	case domain.PastDue:
		return cell.Span{Text: "!", Role: theme.Late}
	case domain.WithinDue:
	}
	return cell.Span{}
}

// what is the note of an offer, else why the case is there.
func (v *View) what(i item) string {
	why := strings.TrimSpace(string(i.row.OrderNo) + " " + v.env.Text.Why(i.row, v.env.Now()))
	if i.offer.Note != "" {
		return i.offer.Note + "  " + why
	}
	return why
}

// who is who holds a case, or who hands it to whom.
func (v *View) who(i item) string {
	t := v.env.Text
	name := func(h domain.Holder) string {
		if h.Login == v.env.Me.Login {
			return t.Hand.Me
		}
		return t.FirstName(h.Name, h.NameEn, h.Login)
	}
	switch {
	case i.offer.Task != 0 && i.offer.To.Login == "":
		return name(i.offer.From) + ">" + t.Hand.Next
	case i.offer.Task != 0:
		return name(i.offer.From) + ">" + name(i.offer.To)
	case i.row.Holder != nil && i.row.Draft:
		return name(*i.row.Holder) + " " + t.Queue.Draft
	case i.row.Holder != nil:
		return name(*i.row.Holder) + " " + t.Age(v.env.Now().Sub(i.row.Holder.Since))
	}
	return "-"
}

// Message is what stands above the keys: a question, or what to do here.
func (v *View) Message() []cell.Line {
	w := v.env.Text.Hand
	switch {
	case v.ask != nil:
		return v.ask.Lines(v.W)
	case v.count(partForMe) > 0:
		return []cell.Line{cell.Painted(theme.Accent, " "+w.TakeFirst(v.count(partForMe)))}
	case v.count(partMine) > 0:
		return []cell.Line{cell.Painted(theme.Muted, " "+w.HandFirst)}
	}
	return nil
}
