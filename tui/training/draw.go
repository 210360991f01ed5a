package training

import (
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

const (
	wideColumns = 110
	previewLow  = 7 // lines of a row's evidence under the list at 24 rows
	headLines   = 2
)

// beside tells whether the evidence stands at the right of the rows.
func (v *View) beside() bool { return v.W >= ui.SideBySide }

// heights are the lines of the list and of the evidence under it.
func (v *View) heights() (list, preview int) {
	if v.beside() {
		return max(1, v.H-headLines), v.H - headLines
	}
	preview = previewLow + max(0, v.H-19)/2
	return max(1, v.H-headLines-1-preview), preview
}

// SetSize divides the room.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	list, _ := v.heights()
	v.list.SetHeight(list)
	if v.opened != nil {
		v.opened.list.SetHeight(v.openedHeight())
	}
}

// View draws the rows with the evidence of the one under the cursor, or a row's cases.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.titleLine())
	if !v.read {
		return b.String()
	}
	if v.opened != nil {
		return v.drawOpened(b)
	}
	listH, previewH := v.heights()
	if v.beside() {
		left := v.W - ui.SideWidth - 1
		return b.Add(ui.Beside(v.env, v.table(left), left, v.preview(ui.SideWidth-1, previewH+1), v.H-1)...).String()
	}
	b.Add(v.table(v.W)...)
	b.Blank(headLines + listH)
	name := ""
	if r := v.current(); r != nil {
		name = v.env.Text.Train.Of(v.who(r.Trainee()), len(r.Cases))
	}
	b.Rule(name)
	return b.Add(v.preview(v.W, previewH)...).String()
}

func (v *View) titleLine() cell.Line {
	w := v.env.Text.Train
	line := cell.Painted(theme.Head, " "+w.Month(v.month.Format("2006-01")))
	if v.read {
		line.Right = []cell.Span{{Text: w.Sums(v.needs, v.held) + " ", Role: theme.Muted}}
	}
	return line
}

// table is the headings and the rows in w cells.
func (v *View) table(w int) []cell.Line {
	words := v.env.Text.Train
	who := 15
	if w >= wideColumns {
		who = 22
	}
	last := widget.Column{Title: words.HeadLast, W: 5}
	if w >= wideColumns {
		last.W = 20
	}
	t := widget.NewTable([]widget.Column{
		{Title: words.HeadWho, W: who},
		{Title: words.HeadWrong, W: 5, Right: true},
		{Title: words.HeadSteps, W: 5, Right: true},
		{Title: words.HeadLate, W: 4, Right: true},
		{Title: words.HeadReopened, W: 4, Right: true},
		{Title: words.HeadFalse, W: 5, Right: true},
		{Title: words.HeadRisk, W: 8, Right: true},
		last,
		{Title: words.HeadHelped, W: 15, Grow: true},
	}, w)
	out := []cell.Line{t.Head()}
	if len(v.order) == 0 {
		return append(out, cell.Plain(" "+words.None))
	}
	return append(out, v.list.Lines(func(id domain.Trainee, st widget.RowState) cell.Line { return t.Row(st, v.cells(id, w)...) })...)
}

// cells are one row: a store or a department.
func (v *View) cells(id domain.Trainee, w int) []cell.Span {
	r := v.rows[id]
	if r == nil {
		return nil
	}
	role := theme.Text
	if !r.Needs {
		role = theme.Muted
	}
	out := []cell.Span{{Text: v.who(id), Role: role}}
	for _, t := range append(domain.StoreTopics(), domain.DepartmentTopics()...) {
		text := "-"
		if n := r.Count(t); n > 0 {
			text = strconv.Itoa(n)
		}
		out = append(out, cell.Span{Text: text, Role: role})
	}
	out = append(out, cell.Span{Text: v.env.Text.Money(r.AtRisk), Role: role})
	if len(r.Held) == 0 {
		return append(out, cell.Span{Text: "-", Role: theme.Muted}, cell.Span{})
	}
	h := &r.Held[0]
	day, said := h.On.Format("01-02"), v.env.Text.HelpedBrief(h.Helped)
	if w >= wideColumns {
		day += " " + v.env.Text.Train.Topics[h.Topic]
		said = v.env.Text.HelpedBy(h.Helped)
	}
	return append(out, cell.Span{Text: day, Role: role}, cell.Span{Text: said, Role: verdictRole(h.Verdict())})
}

// verdictRole sets off what can be said by now.
func verdictRole(v domain.Verdict) theme.Role {
	switch v {
	case domain.Fewer:
		return theme.Done
	case domain.More, domain.NoChange:
		return theme.Near
	case domain.TooEarly:
	}
	return theme.Muted
}

// preview is what was done about the row under the cursor, and the cases that speak for
// it, in w cells and at most h lines.
func (v *View) preview(w, h int) []cell.Line {
	r := v.current()
	if r == nil {
		return nil
	}
	words := v.env.Text.Train
	var out []cell.Line
	if v.beside() {
		out = append(out, cell.Painted(theme.Head, " "+words.Of(v.who(r.Trainee()), len(r.Cases))))
	}
	t := v.caseTable(r, w)
	for _, e := range v.entries(r, w) {
		if e.kase == 0 {
			out = append(out, e.line)
		}
	}
	if len(r.Held) == 0 {
		out = append(out, cell.Painted(theme.Muted, "  "+words.Never))
	}
	out = append(out, t.Head())
	for i := range r.Shown {
		out = append(out, t.Row(widget.RowState{}, v.caseCells(r, &r.Shown[i])...))
	}
	if len(r.Shown) == 0 {
		out = append(out, cell.Painted(theme.Muted, "  "+words.Nothing))
	}
	return out[:max(0, min(h, len(out)))]
}

// caseTable lays out the cases that speak for a row.
func (v *View) caseTable(r *domain.TrainingRow, w int) widget.Table {
	words := v.env.Text.Train
	cols := []widget.Column{{Title: words.HeadDay, W: 5}, {Title: words.HeadOrder, W: 9}}
	if r.Store == "" {
		cols = append(cols, widget.Column{Title: words.HeadStore, W: 10})
	}
	return widget.NewTable(append(cols, widget.Column{Title: words.HeadKind, W: 8}, widget.Column{Title: words.HeadHow, W: 12, Grow: true},
		widget.Column{Title: words.HeadRisk, W: 8, Right: true}, widget.Column{Title: words.HeadShows, W: 12, Grow: true}), w)
}

func (v *View) caseCells(r *domain.TrainingRow, s *domain.Shown) []cell.Span {
	c := v.env.Text
	out := []cell.Span{{Text: c.Date(s.Raised.In(v.env.Zone))}, {Text: string(s.Order)}}
	if r.Store == "" {
		out = append(out, cell.Span{Text: c.Pick(s.Name, s.NameEn)})
	}
	how := c.Train.Open
	if s.Outcome != "" {
		how = c.Outcome(string(s.Outcome))
	}
	shows := ""
	for i, t := range s.Topics {
		if i > 0 {
			shows += c.Values.Join
		}
		shows += c.Train.Topics[t]
	}
	return append(out, cell.Span{Text: c.Kind(s.Kind)}, cell.Span{Text: how}, cell.Span{Text: c.Money(s.AtRisk)}, cell.Span{Text: shows})
}
