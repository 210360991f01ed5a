package store

import (
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

// Cells of the curve of the last amounts, and lines of what is missing.
const (
	curveCells   = 13
	missingLines = 2
)

// memoryPart is what the store did in 90 days, its habits, and what of them it has not
// done today.
func (v *View) memoryPart(w int) section {
	t, m := v.env.Text, v.file.Memory
	words := t.Store
	kept := words.Rows.NoneKept
	if m.Cases > 0 {
		n := func(n int) string { return t.Number(int64(n)) }
		kept = words.Rows.Wrong(n(m.WrongOrders), n(m.TrueSurges), n(m.FalseAlarms), n(m.Cases))
	}
	s := section{part: memory, name: words.Memory}
	id := int64(0)
	add := func(role theme.Role, text string) {
		s.rows = append(s.rows, v.words(place{memory, id}, role, text))
		id++
	}
	add(theme.Text, kept)
	s.rows = append(s.rows, v.habit(m))
	id++
	if role, text := v.missing(); text != "" {
		for _, l := range cell.Wrap(cell.Clean(text), w-3, missingLines) {
			add(role, l)
		}
	}
	if quiet := t.Quieter(m.Quieter, v.env.Zone); quiet != "" {
		add(theme.Muted, quiet)
	}
	return s
}

// habit says when and for how much the store orders, with the curve of its last
// orders.
func (v *View) habit(m domain.StoreMemory) row {
	t := v.env.Text
	at := place{memory, 1}
	if m.Orders == 0 {
		return v.words(at, theme.Muted, t.Store.Rows.NoHabit)
	}
	amounts := make([]int64, len(m.LastAmounts))
	for i, a := range m.LastAmounts {
		amounts[i] = int64(a)
	}
	text := t.Store.Rows.Habit(m.FirstClock, m.LastClock, t.Money(m.UsualLow), t.Money(m.UsualHigh), m.Orders)
	curve := v.env.Glyphs.Curve(amounts, curveCells, true)
	return row{place: at, line: func(st widget.RowState) cell.Line {
		return lineOf(st, cell.Span{Text: text + "  "}, cell.Own(theme.Muted, curve))
	}}
}

// missing names what the store usually orders on this weekday and has not today.
func (v *View) missing() (theme.Role, string) {
	t, f := v.env.Text, v.file
	if f.Today == 0 && f.Memory.Orders > 0 {
		return theme.Muted, t.Store.Rows.NotOrdered
	}
	if len(f.Missing) == 0 {
		return theme.Muted, ""
	}
	names := make([]string, len(f.Missing))
	for i, p := range f.Missing {
		names[i] = t.Pick(p.Name, p.NameEn)
	}
	return theme.Near, t.Store.Rows.Missing(t.Values.Weekdays[v.env.Now().Weekday()], names)
}

// talk is a call or a record.
type talk struct {
	at    time.Time
	by    string
	what  string
	text  string
	no    domain.OrderNo
	opens domain.CaseID
	id    int64 // calls and records have numbers of their own
}

// talkPart lists the last calls and records together, newest first.
func (v *View) talkPart(w int) section {
	t, now := v.env.Text, v.env.Now()
	var all []talk
	for _, c := range v.file.Calls {
		all = append(all, talk{
			at: c.At, by: v.person(c.ByName, c.ByNameEn, domain.Login(c.By)), what: t.Store.Rows.Called, text: t.Answered(c.CallRecord),
			no: c.OrderNo, opens: c.Case, id: c.At.UnixNano(),
		})
	}
	for _, r := range v.file.Records {
		all = append(all, talk{
			at: r.At, by: v.person(r.ByName, r.ByNameEn, r.By), what: t.Store.Rows.Written, text: t.Recorded(r.ResolutionRecord),
			no: r.OrderNo, opens: r.Case, id: -int64(r.ID),
		})
	}
	slices.SortStableFunc(all, func(a, b talk) int { return b.at.Compare(a.at) })
	table := widget.NewTable([]widget.Column{{W: placedCells, Tight: true}, {W: 8}, {W: 6}, {W: 20, Grow: true}, {W: 9}}, w)
	s := section{part: talks, name: t.Store.Talks}
	for _, k := range all {
		s.rows = append(s.rows, row{
			place: place{talks, k.id}, opens: k.opens, order: v.orderNo(k.no),
			line: func(st widget.RowState) cell.Line {
				return table.Row(st, cell.Span{Text: t.Short(k.at, now, placedCells, cell.Width)}, cell.Span{Text: k.by},
					cell.Span{Text: k.what, Role: theme.Muted}, cell.Span{Text: k.text}, cell.Span{Text: string(k.no), Role: theme.Muted})
			},
		})
	}
	return s
}
