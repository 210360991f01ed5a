package settlement

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// entry is one line behind a store's figures, and what it opens into.
type entry struct {
	cells []cell.Span
	opens tea.Msg              // nil: nothing
	order *domain.SettledOrder // of a delivery
}

// opened is a store's records with a cursor.
type opened struct {
	file domain.StoreWeekFile
	list *widget.List[int]
}

func (v *View) open(f *domain.StoreWeekFile) *opened {
	o := &opened{list: widget.NewList[int]()}
	o.list.SetHeight(v.openedHeight())
	v.show(o, f)
	return o
}

// show puts a store's records into the list; the cursor stays in its place.
func (v *View) show(o *opened, f *domain.StoreWeekFile) {
	at, had := o.list.Cursor()
	o.file = *f
	ids := make([]int, len(v.entries(f, v.W)))
	for i := range ids {
		ids[i] = i
	}
	o.list.Reset(ids)
	if had {
		o.list.To(min(at, len(ids)-1))
	}
}

func (v *View) openedHeight() int { return max(1, v.H-4) }

// pressOpened takes a key among a store's records.
func (v *View) pressOpened(p keys.Press) tea.Cmd {
	l := v.opened.list
	switch p.Action {
	case keys.Up:
		l.Move(-p.Count)
	case keys.Down:
		l.Move(p.Count)
	case keys.HalfUp:
		l.Page(-p.Count)
	case keys.HalfDown:
		l.Page(p.Count)
	case keys.First:
		l.First()
	case keys.Last:
		l.Last()
	case keys.Back, keys.Fold:
		v.opened = nil
		return v.readFile()
	case keys.Store:
		return ui.Send(ui.OpenStore{Code: v.opened.file.Store})
	case keys.New:
		return v.askCash()
	case keys.Open:
		if i, ok := l.Cursor(); ok {
			if e := v.entries(&v.opened.file, v.W)[i]; e.opens != nil {
				return ui.Send(e.opens)
			}
		}
		return ui.NoSense(v.env, p)
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

func (v *View) drawOpened(b *ui.Body) string {
	f, w := &v.opened.file, v.env.Text.Settle
	t := v.recordTable(v.W)
	all := v.entries(f, v.W)
	b.Rule(w.Of(v.name(&f.StoreWeek), f.Deliveries))
	b.Add(t.Head())
	if len(all) == 0 {
		b.Add(cell.Plain("  " + w.Nothing))
	}
	b.Add(v.opened.list.Lines(func(i int, st widget.RowState) cell.Line { return t.Row(st, all[i].cells...) })...)
	b.Blank(v.H - 1)
	s := &f.StoreWeek
	sums := v.sums(w.All(len(f.Orders)), "", s, v.state(s), theme.Head, v.W)
	return b.Add(v.table(v.W).Row(widget.RowState{}, sums...)).String()
}

// recordTable lays out the lines behind a store's figures for a width.
func (v *View) recordTable(width int) widget.Table {
	w := v.env.Text.Settle
	cols := []widget.Column{
		{Title: w.HeadDay, W: 5}, {Title: w.HeadOrder, W: 9}, {Title: w.HeadDelivered, W: 10, Right: true}, {Title: w.HeadAdjusted, W: 9, Right: true},
	}
	if width >= wideColumns {
		cols = append(cols, widget.Column{Title: w.HeadDue, W: 10, Right: true})
	}
	cols = append(cols, widget.Column{Title: w.HeadCollected, W: 10, Right: true}, widget.Column{Title: w.HeadDiff, W: 10, Right: true})
	record := w.HeadRecord
	if v.opened == nil && v.W >= ui.SideBySide {
		record = ""
	}
	return widget.NewTable(append(cols, widget.Column{Title: record, Grow: true}), width)
}

// line makes the cells of an entry; what has no figure in a column is empty there.
func (v *View) line(width int, day, no, delivered, adjusted, due, collected, diff, record string, role theme.Role) []cell.Span {
	out := []cell.Span{{Text: day}, {Text: no}, {Text: delivered}, {Text: adjusted}}
	if width >= wideColumns {
		out = append(out, cell.Span{Text: due})
	}
	return append(out, cell.Span{Text: collected}, cell.Span{Text: diff, Role: role}, cell.Span{Text: record})
}

// entries are all lines behind a store's figures: deliveries each with its adjustments,
// what belongs to none of them, open cases, and what was done about the difference.
func (v *View) entries(f *domain.StoreWeekFile, width int) []entry {
	var out []entry
	for i := range f.Orders {
		out = append(out, v.order(&f.Orders[i], width)...)
	}
	for i := range f.Others {
		out = append(out, v.adjustment(&f.Others[i], width))
	}
	w, c := v.env.Text.Settle, v.env.Text
	for _, x := range f.Cash {
		e := entry{cells: v.line(width, v.local(x.At), string(x.OrderNo), "", "", "", x.Amount.Grouped(), "", w.Taken(string(x.OrderNo)), theme.Text)}
		if x.OrderID != 0 {
			e.opens = ui.OpenOrder{ID: x.OrderID}
		}
		out = append(out, e)
	}
	for _, x := range f.Carries {
		out = append(out, entry{cells: v.line(width, "", "", "", "", "", "", plain(x.Amount), w.Carried(v.day(x.From)), theme.Near)})
	}
	for i := range f.Cases {
		x := &f.Cases[i]
		out = append(out, entry{
			cells: v.line(width, v.local(x.OpenedAt), string(x.OrderNo), "", "", "", "", "", w.Open(c.Kind(x.Kind), c.MoneyExact(x.AtRisk)), theme.Text),
			opens: ui.OpenCase{ID: x.Case},
		})
	}
	for i := range f.Reviews {
		out = append(out, entry{cells: v.line(width, v.local(f.Reviews[i].At), "", "", "", "", "", plain(f.Reviews[i].Diff), v.reviewed(&f.Reviews[i]), theme.Text)})
	}
	return out
}

func (v *View) reviewed(r *domain.SettlementReview) string {
	w, c := v.env.Text.Settle, v.env.Text
	by := c.Person(r.ByName, r.ByNameEn, r.By)
	switch r.What {
	case domain.ReviewSent:
		return w.Sent(c.Department(r.Dept), r.Note, by)
	case domain.ReviewReturned:
		return w.Returned(c.Department(r.Dept), r.Note, by)
	case domain.ReviewAccepted:
	}
	return w.Accepted(r.Note, by)
}

func (v *View) order(o *domain.SettledOrder, width int) []entry {
	role := theme.Text
	if o.Diff() != 0 {
		role = theme.Near
	}
	said := ""
	if o.Refused {
		said = v.env.Text.Settle.Refused(v.env.Text.MoneyExact(o.Worth))
	}
	due := o.Delivered + o.Adjusted()
	out := []entry{{
		cells: v.line(width, v.local(o.Day), string(o.No), o.Delivered.Grouped(), dashed(o.Adjusted()), due.Grouped(), o.Collected.Grouped(), zero(o.Diff()), said, role),
		opens: ui.OpenOrder{ID: o.Order}, order: o,
	}}
	if o.Refused {
		out[0].order = nil // nobody pays for it
	}
	for i := range o.Adjustments {
		e := v.adjustment(&o.Adjustments[i], width)
		e.cells[0].Text, e.cells[1].Text = "", "" // as of the order above
		out = append(out, e)
	}
	return out
}

func (v *View) adjustment(a *domain.SettledAdjustment, width int) entry {
	w, c := v.env.Text.Settle, v.env.Text
	by, when := c.Person(a.ByName, a.ByNameEn, a.By), v.local(a.At)+" "+c.Clock(a.At.In(v.env.Zone))
	said := w.Wrote(c.Kind(a.Kind), c.Outcome(string(a.Outcome)), when, by)
	if a.Reverses != 0 {
		said = w.Back(c.Kind(a.Kind), when, by)
	}
	return entry{cells: v.line(width, v.local(a.At), string(a.OrderNo), "", plain(a.Amount), "", "", "", said, theme.Text), opens: ui.OpenCase{ID: a.Case}}
}
