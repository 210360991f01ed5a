package reports

import (
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

// workReport is the work of the week: of people, or of shifts, and the days of one of them.
type workReport struct {
	v        *View
	byShift  bool
	work     []domain.Work
	all      []domain.WorkRow   // each over all days, then everybody
	days     [][]domain.WorkRow // of each of these
	most     int                // handled by one
	mostADay int
}

func (v *View) newWork(byShift bool) *workReport {
	r := &workReport{v: v, byShift: byShift}
	words := v.words(people)
	if byShift {
		words = v.words(shifts)
	}
	for _, w := range v.work {
		if byShift && matches(words, w.Shift.Name(v.env.Zone), v.shift(w.Shift.Name(v.env.Zone))) || !byShift && matches(words, string(w.By), w.Name, w.NameEn) {
			r.work = append(r.work, w)
		}
	}
	c := v.calendar()
	rows := domain.WorkRows(r.work, c)
	if byShift {
		rows = domain.WorkShifts(r.work, c)
	}
	for _, row := range rows {
		if row.Day.IsZero() {
			r.all = append(r.all, row)
		}
	}
	r.days = make([][]domain.WorkRow, len(r.all))
	for i := range r.all {
		one := &r.all[i]
		if one.By == "" && one.Shift == "" {
			r.days[i] = domain.WorkDays(r.work, c)
		} else {
			r.most = max(r.most, one.Handled)
		}
		for _, row := range rows {
			if !row.Day.IsZero() && row.By == one.By && row.Shift == one.Shift {
				r.days[i] = append(r.days[i], row)
			}
		}
		for _, d := range r.days[i] {
			r.mostADay = max(r.mostADay, d.Handled)
		}
	}
	return r
}

// shift names a shift in the person's words.
func (v *View) shift(name string) string {
	if name == domain.NoShift {
		return v.env.Text.Report.NoShift
	}
	return name
}

func (r *workReport) period() string {
	return r.v.env.Text.Report.Days(r.v.monday.Format(time.DateOnly), r.v.monday.AddDate(0, 0, daysShown-1).Format("01-02"))
}

func (r *workReport) command() string {
	out := "cleardesk report workload --week " + r.v.monday.Format(time.DateOnly)
	if r.byShift {
		out += " --by shift"
	}
	return out + " --format csv"
}

func (r *workReport) cols(part, w int) []widget.Column {
	words := r.v.env.Text.Report
	name := words.HeadWho
	switch {
	case part == 1:
		name = words.HeadDay
	case r.byShift:
		name = words.HeadShift
	}
	cols := []widget.Column{{Title: name, W: 13}}
	if r.byShift {
		cols = append(cols, widget.Column{Title: words.HeadPeople, W: 6, Right: true})
	}
	if w >= wide {
		cols[0].W = 24
	}
	return append(cols, widget.Column{Title: words.HeadHandled, W: 7, Right: true}, widget.Column{W: 8, Grow: true}, widget.Column{Title: words.HeadByDay, W: 7},
		widget.Column{Title: words.HeadClaimed, W: 7, Right: true}, widget.Column{Title: words.HeadMinutes, W: 7, Right: true},
		widget.Column{Title: words.HeadHandedOn, W: 6, Right: true}, widget.Column{Title: words.HeadAgain, W: 6, Right: true})
}

func (r *workReport) rows(part, of int) int {
	switch {
	case part == 0:
		return len(r.all)
	case of < len(r.days):
		return len(r.days[of])
	}
	return 0
}

func (r *workReport) cells(part, of, i, w int) []cell.Span {
	var row *domain.WorkRow
	var name, curve string
	most := r.most
	if part == 0 {
		row, name = &r.all[i], r.name(i)
		curve = r.v.env.Glyphs.Curve(r.byDay(i), 7, true)
	} else {
		row, most = &r.days[of][i], r.mostADay
		name = r.v.day(row.Day)
	}
	role := theme.Text
	if part == 0 && r.sum(i) {
		role = theme.Head
	}
	out := []cell.Span{{Text: name, Role: role}}
	if r.byShift {
		out = append(out, cell.Span{Text: number(row.People), Role: role})
	}
	t := widget.NewTable(r.cols(part, w), w)
	bar := ""
	if role == theme.Text {
		bar = r.v.env.Glyphs.Bar(int64(row.Handled), int64(most), t.Width(len(out)+1))
	}
	return append(out, cell.Span{Text: number(row.Handled), Role: role}, cell.Own(theme.Accent, bar), cell.Own(theme.Text, curve), cell.Span{Text: number(row.Claimed), Role: role},
		cell.Span{Text: minutes(row.Took.Median, row.Timed), Role: role}, cell.Span{Text: number(row.HandedOn), Role: role}, cell.Span{Text: number(row.Reopened), Role: role})
}

// sum tells whether a row is of everybody.
func (r *workReport) sum(i int) bool { return r.all[i].By == "" && r.all[i].Shift == "" }

func (r *workReport) name(i int) string {
	t, row := r.v.env.Text, &r.all[i]
	switch {
	case r.sum(i) && r.byShift:
		return t.Report.AllShifts
	case r.sum(i):
		return t.Report.Everybody
	case r.byShift:
		return r.v.shift(row.Shift)
	}
	return t.Person(row.Name, row.NameEn, row.By)
}

// byDay is how much was handled on each day of the week.
func (r *workReport) byDay(i int) []int64 {
	out := make([]int64, daysShown)
	for _, d := range r.days[i] {
		if n := int(d.Day.Sub(r.v.monday) / (24 * time.Hour)); n >= 0 && n < daysShown {
			out[n] = int64(d.Handled)
		}
	}
	return out
}

func (r *workReport) second(of int) string {
	return r.v.env.Text.Report.DaysOf(r.name(of)) + ", " + r.v.env.Text.Report.Minutes
}

func (r *workReport) behind(of, i int) listing {
	v, t, w := r.v, r.v.env.Text, r.v.env.Text.Report
	if of >= len(r.all) {
		return listing{}
	}
	name, day := r.name(of), time.Time{}
	if i >= 0 && i < len(r.days[of]) {
		day = r.days[of][i].Day
		name += ", " + v.day(day)
	}
	out := listing{name: name, cols: func(int) []widget.Column {
		return []widget.Column{
			{Title: w.HeadWhen, W: 11},
			{Title: w.HeadWho, W: 9},
			{Title: w.HeadWhat, W: 9},
			{Title: w.HeadOrder, W: 9},
			{Title: w.HeadStore, W: 7, Grow: true},
			{Title: w.HeadMinutes, W: 7, Right: true},
			{W: 8},
		}
	}}
	c := v.calendar()
	for _, k := range r.work {
		if !day.IsZero() && !c.BusinessDay(k.At).Equal(day) || !r.sum(of) && k.By != r.all[of].By && !r.byShift ||
			!r.sum(of) && r.byShift && k.Shift.Name(c.Zone) != r.all[of].Shift {
			continue
		}
		again, long := "", ""
		if k.Reopened {
			again = w.Undone
		}
		if k.Took != nil {
			long = minutes(*k.Took, 1)
		}
		out.entries = append(out.entries, entry{opens: opens(k.Of), store: k.Of.Store, cells: []cell.Span{
			{Text: v.moment(k.At)},
			{Text: t.Person(k.Name, k.NameEn, k.By)},
			{Text: w.Did[k.What]},
			{Text: string(k.Of.OrderNo)},
			{Text: v.storeOf(k.Of)},
			{Text: long},
			{Text: again, Role: theme.Near},
		}})
	}
	return out
}
