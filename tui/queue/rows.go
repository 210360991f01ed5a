package queue

import (
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// Widths at which the columns and the place of the preview change.
const (
	wideColumns = 110 // order number and store code appear
	wideHolder  = 140 // the holder says what they are doing
	previewLow  = 4   // its lines under the rows at 24 rows
	previewHigh = 10  // and on high screens
	nearBy      = 15 * time.Minute
	leastName   = 6 // cells of a product's name that are always shown
)

// shape is how the screen is divided at its size.
type shape struct {
	rowsW, rowsH int
	sideW, sideH int  // the preview
	side         bool // it stands at the right
}

func (v *View) shape() shape {
	w, h := v.W, v.H
	if w >= ui.SideBySide {
		return shape{rowsW: w - ui.SideWidth - 1, rowsH: max(1, h-2), sideW: ui.SideWidth, sideH: max(1, h-2), side: true}
	}
	low := previewLow + min(max(0, h-30)/4, previewHigh-previewLow)
	return shape{rowsW: w, rowsH: max(1, h-3-low), sideW: w, sideH: low}
}

// SetSize divides the room.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	v.list.SetHeight(v.shape().rowsH)
}

// View draws the rows and what is known of the one under the cursor.
func (v *View) View() string {
	s := v.shape()
	table := v.table(s.rowsW)
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.titleLine())
	rows := append([]cell.Line{table.Head()}, v.rowLines(table, s)...)
	if !s.side {
		return b.Add(rows...).Blank(2 + s.rowsH).Rule("").Add(v.preview(s.sideW, s.sideH)...).String()
	}
	return b.Add(ui.Beside(v.env, rows, s.rowsW, v.preview(s.sideW, s.sideH), s.rowsH+1)...).String()
}

func (v *View) rowLines(table widget.Table, s shape) []cell.Line {
	if v.list.Len() == 0 {
		return v.emptyLines(s.rowsW)
	}
	now := v.env.Now()
	return v.list.Lines(func(id domain.CaseID, st widget.RowState) cell.Line {
		return table.Row(st, v.cells(v.rows[id], table, s.rowsW, now)...)
	})
}

// table lays the columns out as they are drawn for the width.
func (v *View) table(w int) widget.Table {
	q := v.env.Text.Queue
	cols := []widget.Column{
		{Title: q.HeadLeft, W: 6, Right: true},
		{W: 1, Tight: true}, // within, near or past due
		{Title: q.HeadBy, W: 2, Tight: true},
		{Title: q.HeadKind, W: 8},
		{W: 2, Tight: true},
	}
	holder := holderCells(w)
	if w >= wideColumns {
		cols = append(cols, widget.Column{Title: q.HeadStore, W: 15}, widget.Column{Title: q.HeadOrder, W: 9})
	} else {
		cols = append(cols, widget.Column{Title: q.HeadStore, W: 10})
	}
	cols = append(cols,
		widget.Column{Title: q.HeadWhy, W: 28, Grow: true},
		widget.Column{Title: q.HeadRisk, W: 8, Right: true},
		widget.Column{Title: q.HeadHolder, W: holder})
	cols[0].Tight = true
	return widget.NewTable(cols, w)
}

func (v *View) cells(r domain.QueueRow, table widget.Table, w int, now time.Time) []cell.Span {
	if r.Task != nil {
		return v.taskCells(r, w, now)
	}
	t := v.env.Text
	more := ""
	if r.More > 0 {
		more = "+" + strconv.Itoa(min(r.More, 9))
	}
	out := []cell.Span{v.left(r, now), dueMark(r, now), {Text: t.Who(r.WhoCan())}, {Text: t.Kind(r.Kind)}, {Text: more, Role: theme.Muted}}
	name, why := v.place(r), len(out)+1
	if w >= wideColumns {
		why++
		if !r.IsCause() {
			name = cell.Fit(cell.Clean(name), 10) + " " + cell.Clean(string(r.Store))
		}
		out = append(out, cell.Span{Text: name}, cell.Span{Text: string(r.OrderNo)})
	} else {
		out = append(out, cell.Span{Text: name})
	}
	return append(out, cell.Span{Text: v.why(r, table.Width(why))}, cell.Span{Text: t.Money(r.AtRisk)}, v.holder(r, w, now))
}

// why is the reason in w cells: where it is too long the product's name is cut, the
// numbers stay.
func (v *View) why(r domain.QueueRow, w int) string {
	if _, under := v.unfolded[r.Parent]; under && !r.IsCause() {
		return v.differs(r)
	}
	name, rest := v.env.Text.WhyParts(r, false, v.env.Now())
	if cell.Width(cell.Clean(rest))+min(leastName, cell.Width(cell.Clean(name))) > w {
		name, rest = v.env.Text.WhyParts(r, true, v.env.Now())
	}
	name, rest = cell.Clean(name), cell.Clean(rest)
	return cell.Cut(name, max(leastName, w-cell.Width(rest))) + rest
}

// left is the time to the next moment: amber when it is near, red when it has passed.
func (v *View) left(r domain.QueueRow, now time.Time) cell.Span {
	left, ok := leftOf(r, now)
	switch {
	case !ok:
		return cell.Span{Text: v.env.Text.Queue.PastLast, Role: theme.Late}
	case left < 0:
		return cell.Span{Text: v.env.Text.Left(left), Role: theme.Late}
	case left < nearBy:
		return cell.Span{Text: v.env.Text.Left(left), Role: theme.Near}
	}
	return cell.Span{Text: v.env.Text.Left(left)}
}

// dueMark tells a case that is near due with its department, or past due.
func dueMark(r domain.QueueRow, now time.Time) cell.Span {
	switch r.Due(now) {
	case domain.NearDue:
		return cell.Span{Text: "^", Role: theme.Near}
	case domain.PastDue:
		return cell.Span{Text: "!", Role: theme.Late}
	case domain.WithinDue:
	}
	return cell.Span{}
}

// dueSpan says until when a case that is near due, or past due, is to be cleared.
func (v *View) dueSpan(r domain.QueueRow) (cell.Span, bool) {
	mark := dueMark(r, v.env.Now())
	if mark.Text == "" {
		return mark, false
	}
	at := v.env.Text.When(r.DueAt.In(v.env.Zone), v.env.Now())
	mark.Text += v.env.Text.Tasks.CaseDue(at, r.Due(v.env.Now()) == domain.PastDue) + " "
	return mark, true
}

// holderCells is how wide the holder's column is.
func holderCells(w int) int {
	if w >= wideHolder {
		return 12
	}
	return 8
}

// holder says who works on the row and for how long; in brackets who is busy with
// the same store.
func (v *View) holder(r domain.QueueRow, w int, now time.Time) cell.Span {
	q := v.env.Text.Queue
	switch {
	case r.IsCause():
		return v.progress(r)
	case r.State == domain.CaseClosed && r.Parent != 0:
		return cell.Span{Text: v.env.Text.CaseState(r.State), Role: theme.Muted}
	}
	if r.Holder == nil {
		if len(r.Busy) > 0 {
			return cell.Span{Text: "(" + v.who(r.Busy[0]) + ")", Role: theme.Muted}
		}
		if r.Draft {
			return cell.Span{Text: q.Draft, Role: theme.Muted}
		}
		return cell.Span{Text: "-", Role: theme.Muted}
	}
	name := v.who(*r.Holder)
	role := theme.Muted
	if r.Holder.Login == v.env.Me.Login {
		role = theme.Text
	}
	switch {
	case w >= wideHolder && r.Doing != "":
		return cell.Span{Text: name + " " + q.Doing(r.Doing), Role: role}
	case r.Draft && r.Doing == "" && cell.Width(name+" "+q.Draft) <= holderCells(w):
		return cell.Span{Text: name + " " + q.Draft, Role: role}
	}
	return cell.Span{Text: name + " " + v.env.Text.Age(now.Sub(r.Holder.Since)), Role: role}
}

// who is a person's short name: "me", else the family name in English.
func (v *View) who(h domain.Holder) string {
	if h.Login == v.env.Me.Login {
		return v.env.Text.Queue.Me
	}
	return v.env.Text.FirstName(h.Name, h.NameEn, h.Login)
}

// titleLine says what is shown, in which order, and what the filter hides.
func (v *View) titleLine() cell.Line {
	q := v.env.Text.Queue
	if v.filter.editing {
		spans := append([]cell.Span{{Text: " " + q.FilterName + " ", Role: theme.Head}}, v.filter.field.Spans(min(44, v.W-30), true)...)
		return cell.Line{Left: spans, Right: []cell.Span{{Text: q.FilterKeys + " ", Role: theme.Muted}}}
	}
	first, last := v.list.Span()
	total := v.page.Shown
	for _, ids := range v.unfolded {
		total += len(ids)
	}
	hidden := cell.Span{Text: q.Hidden(v.counted(v.page.Hidden())) + " ", Role: theme.Muted}
	if v.page.Hidden() > 0 {
		hidden.Role = theme.Near
	}
	if v.page.Urgent != nil {
		hidden = cell.Span{Text: q.HiddenUrgent(v.counted(v.page.Hidden()), v.leftText(*v.page.Urgent)) + " ", Role: theme.Late}
	}
	left := cell.Span{Text: " " + v.describe(), Role: theme.Head}
	order := q.ByUrgency + "   "
	if v.narrowed() {
		order = ""
	}
	return cell.Line{Left: []cell.Span{left}, Right: []cell.Span{
		{Text: order + q.Span(first, last, v.counted(total)) + "   ", Role: theme.Muted}, hidden,
	}}
}

func (v *View) leftText(r domain.QueueRow) string { return v.left(r, v.env.Now()).Text }

// counted writes a count, "10,000+" where counting stopped.
func (v *View) counted(n int) string {
	s := v.env.Text.Number(int64(n))
	if n >= domain.MaxCount {
		s += "+"
	}
	return s
}

// describe says in words what the list shows: of a narrowed list only what narrows
// it, because that is what a person must not forget.
func (v *View) describe() string {
	t := v.env.Text
	parts := []string{t.Queue.With(t.Department(v.with))}
	if !v.narrowed() {
		return t.Queue.Parts(append(parts, t.Queue.OpenOnes, t.Queue.AllKinds))
	}
	return t.Queue.Parts(append(parts, v.narrowing()...))
}

// narrowing says in words what the filter lets through.
func (v *View) narrowing() []string {
	t, f := v.env.Text, v.domainFilter()
	var parts []string
	if f.States == domain.SnoozedOnly {
		parts = append(parts, t.Queue.Snoozed)
	}
	for _, k := range f.Kinds {
		parts = append(parts, t.Kind(k))
	}
	if f.Store != "" {
		parts = append(parts, string(f.Store))
	}
	if f.Holding != "" {
		parts = append(parts, t.Queue.Holding(f.Holding))
	}
	if f.Who != "" {
		parts = append(parts, t.WhoLong(f.Who))
	}
	if words := v.filter.field.Value(); words != "" {
		parts = append(parts, t.Queue.Quoted(words))
	}
	return parts
}

// emptyLines tells an empty queue from one that is hidden or not judged.
func (v *View) emptyLines(w int) []cell.Line {
	q, now := v.env.Text.Queue, v.env.Now()
	st := v.env.Status
	var said, work string
	role := theme.Muted
	switch {
	case !v.read && v.env.Conn.State != ui.Live && v.env.Conn.State != ui.Connecting:
		return nil
	case !v.read:
		said = q.Reading
	case st.Unjudged > 0 && st.Oldest > 0:
		said, role = q.EmptyUnjudged(v.counted(st.Unjudged), v.env.Text.Age(st.Oldest)), theme.Problem
	case v.narrowed() && v.page.Hidden() > 0:
		urgent := ""
		if u := v.page.Urgent; u != nil {
			left, _ := leftOf(*u, now)
			urgent = q.MostUrgent(v.env.Text.Left(left), v.env.Text.Money(u.AtRisk))
		}
		said = q.EmptyHidden(v.counted(v.page.Hidden()), q.Parts(v.narrowing()), urgent)
	case v.narrowed():
		said = q.EmptyFilter
	default:
		said = q.Empty(v.env.Text.ClockSeconds(st.JudgedTo.In(v.env.Zone)), st.HeldCount)
		work = v.workElsewhere()
	}
	var out []cell.Line
	for _, l := range cell.Wrap(cell.Clean(said), w-2, 3) {
		out = append(out, cell.Painted(role, " "+l))
	}
	for _, l := range cell.Wrap(cell.Clean(work), w-2, 2) {
		out = append(out, cell.Painted(theme.Accent, " "+l))
	}
	return out
}
