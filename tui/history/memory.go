package history

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// What is remembered, and how much of it is listed.
const (
	remembers    = 90 * day
	mostDays     = 2
	mostPromises = 3
	countCells   = 16
)

// remembered is what the desk knows of the store, for the room beside the plot.
func (v *View) remembered() []cell.Span {
	t, w, m := v.env.Text, v.env.Text.History.Memory, v.file.Memory
	since := v.env.Now().Add(-remembers)
	count := func(name string, n int, beside string) cell.Span {
		return cell.Span{Text: cell.Fit(name, countCells) + cell.FitRight(t.Number(int64(n)), 3) + "   " + beside}
	}
	out := []cell.Span{
		{Text: w.Title, Role: theme.Head},
		count(w.Wrong, m.WrongOrders, t.DaysShort(v.file.Days(domain.MarkWrong, since), mostDays, v.env.Zone)),
		count(w.Genuine, m.TrueSurges, t.DaysShort(v.file.Days(domain.MarkTrue, since), mostDays, v.env.Zone)),
		count(w.False, m.FalseAlarms, v.quieter()),
		count(w.Doors, v.file.RefusedSince(since), ""),
		{},
		{Text: w.Promised, Role: theme.Head},
	}
	for i, c := range v.file.Promised {
		if i == mostPromises {
			break
		}
		by := t.FirstName(c.ByName, c.ByNameEn, domain.Login(c.By))
		out = append(out, cell.Span{Text: w.Promise(by, t.Soon(*c.Again, v.env.Now()), string(c.OrderNo)), Role: theme.Near})
	}
	if len(v.file.Promised) == 0 {
		out = append(out, cell.Span{Text: w.NoPromise, Role: theme.Muted})
	}
	out = append(out, cell.Span{}, cell.Span{Text: w.Orders, Role: theme.Head})
	if s := v.when(); s != "" {
		out = append(out, cell.Span{Text: s})
	}
	return append(out, cell.Span{Text: v.usual()})
}

// quieter is until when the statistics are quieter about something of the store.
func (v *View) quieter() string {
	t := v.env.Text
	q := v.file.Memory.Quieter
	if len(q) == 0 {
		return ""
	}
	return t.History.Memory.Quieter(t.Date(q[len(q)-1].Until.In(v.env.Zone)))
}

// when says on what days and at what time the store orders.
func (v *View) when() string {
	t, m := v.env.Text, v.file.Memory
	if m.Orders == 0 {
		return ""
	}
	var days []string
	for _, d := range v.file.Weekdays(v.env.Now()) {
		days = append(days, t.Values.Weekdays[d])
	}
	return t.History.Memory.Between(days, m.FirstClock, m.LastClock)
}

// usual is what is usual by the measure that is shown.
func (v *View) usual() string {
	w := v.env.Text.History.Memory
	low, high, ok := v.file.Usual(v.measure, v.this)
	if !ok {
		return w.NoUsual
	}
	return w.Usual(v.name(low), v.name(high))
}

// shortly is the same in two lines, under a narrow plot.
func (v *View) shortly() []cell.Line {
	t, m := v.env.Text, v.file.Memory
	w := t.History.Memory
	first := " " + w.Short(m.WrongOrders, m.TrueSurges, m.FalseAlarms, v.file.RefusedSince(v.env.Now().Add(-remembers)))
	line := cell.Plain(first)
	if len(v.file.Promised) > 0 {
		c := v.file.Promised[0]
		line.Right = []cell.Span{{
			Text: w.Promise(t.FirstName(c.ByName, c.ByNameEn, domain.Login(c.By)), t.Soon(*c.Again, v.env.Now()), string(c.OrderNo)) + " ",
			Role: theme.Near,
		}}
	}
	return []cell.Line{line, cell.Sides(" "+v.usual(), v.when()+" ")}
}
