package reports

import (
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

// daysShown are the days of a week, and all of them together behind these.
const daysShown = 7

// weekReport is the week: its days, and the kinds of one of them or of all.
type weekReport struct {
	v     *View
	facts domain.WeekFacts
	days  [daysShown + 1]domain.WeekRow
	kinds [daysShown + 1][]domain.WeekRow
	most  int // raised on one day
	store domain.StoreCode
}

func (v *View) newWeek() *weekReport {
	r := &weekReport{v: v, facts: v.facts}
	if words := v.words(week); len(words) > 0 {
		r.facts = v.facts.Only(func(p domain.Place) bool {
			return matches(words, string(p.Store), p.Name, p.NameEn, string(p.With), v.env.Text.Department(p.With))
		})
		r.store = onlyStore(r.facts)
	}
	c := v.calendar()
	at := func(day time.Time) int {
		if day.IsZero() {
			return daysShown
		}
		return max(0, min(int(day.Sub(v.monday)/(24*time.Hour)), daysShown-1))
	}
	for i := range daysShown {
		r.days[i].Day = v.monday.AddDate(0, 0, i)
	}
	for _, d := range domain.WeekDays(r.facts, c) {
		r.days[at(d.Day)] = d
		r.most = max(r.most, d.Raised)
	}
	for _, k := range domain.WeekRows(r.facts, c) {
		if k.Kind == "" {
			r.days[daysShown] = k
			continue
		}
		r.kinds[at(k.Day)] = append(r.kinds[at(k.Day)], k)
	}
	return r
}

// onlyStore is the store all of it is of; "" where it is of several.
func onlyStore(f domain.WeekFacts) domain.StoreCode {
	var out domain.StoreCode
	for i, item := range f.Items() {
		if i == 0 {
			out = item.Of.Store
		} else if item.Of.Store != out {
			return ""
		}
	}
	return out
}

func (r *weekReport) period() string {
	return r.v.env.Text.Report.Days(r.v.monday.Format(time.DateOnly), r.v.monday.AddDate(0, 0, daysShown-1).Format("01-02"))
}

func (r *weekReport) command() string {
	out := "cleardesk report week --week " + r.v.monday.Format(time.DateOnly)
	if r.store != "" {
		out += " --store " + string(r.store)
	}
	return out + " --format csv"
}

func (r *weekReport) cols(part, w int) []widget.Column {
	words := r.v.env.Text.Report
	name := words.HeadDay
	if part == 1 {
		name = words.HeadKind
	}
	cols := []widget.Column{{Title: name, W: 10}, {Title: words.HeadRaised, W: 6, Right: true}, {W: 6, Grow: true}, {Title: words.HeadOpen, W: 4, Right: true}}
	money := 10
	if w >= wide {
		money = 12
		cols = append(cols, widget.Column{Title: words.HeadDecided, W: 7, Right: true})
	}
	cols = append(cols, widget.Column{Title: words.HeadTouch, W: 6, Right: true})
	if w >= wide {
		cols = append(cols, widget.Column{Title: words.HeadNinth, W: 6, Right: true})
	}
	cols = append(cols, widget.Column{Title: words.HeadResolve, W: 7, Right: true})
	if w >= wide {
		cols = append(cols, widget.Column{Title: words.HeadNinth, W: 7, Right: true})
	}
	return append(cols, widget.Column{Title: words.HeadHeld, W: money, Right: true}, widget.Column{Title: words.HeadSaved, W: money, Right: true},
		widget.Column{Title: words.HeadLost, W: money, Right: true})
}

func (r *weekReport) rows(part, of int) int {
	if part == 0 {
		return len(r.days)
	}
	return len(r.kinds[of])
}

func (r *weekReport) row(part, of, i int) *domain.WeekRow {
	if part == 0 {
		return &r.days[i]
	}
	return &r.kinds[of][i]
}

func (r *weekReport) cells(part, of, i, w int) []cell.Span {
	d, g := r.row(part, of, i), r.v.env.Glyphs
	width := widget.NewTable(r.cols(part, w), w).Width(2)
	name, role := r.name(part, d), theme.Text
	if part == 0 && i == daysShown {
		role = theme.Head
	}
	var bar string
	switch {
	case part == 0 && i < daysShown:
		bar = g.Bar(int64(d.Raised), int64(r.most), width)
	case part == 1 && of == daysShown:
		bar = g.Curve(r.byDay(d.Kind), width, true)
	case part == 1:
		bar = g.Bar(int64(d.Raised), int64(r.most), width)
	}
	out := []cell.Span{{Text: name, Role: role}, {Text: number(d.Raised), Role: role}, cell.Own(theme.Accent, bar), {Text: number(d.Open), Role: role}}
	if w >= wide {
		out = append(out, cell.Span{Text: number(d.Decided), Role: role})
	}
	out = append(out, cell.Span{Text: minutes(d.Touch.Median, d.Touched), Role: role})
	if w >= wide {
		out = append(out, cell.Span{Text: minutes(d.Touch.Ninth, d.Touched), Role: role})
	}
	out = append(out, cell.Span{Text: minutes(d.Resolve.Median, d.Decided), Role: role})
	if w >= wide {
		out = append(out, cell.Span{Text: minutes(d.Resolve.Ninth, d.Decided), Role: role})
	}
	return append(out, cell.Span{Text: r.v.money(d.Held, w), Role: role}, cell.Span{Text: r.v.money(d.Saved, w), Role: role}, cell.Span{Text: r.v.money(d.Lost, w), Role: role})
}

func (r *weekReport) name(part int, d *domain.WeekRow) string {
	t := r.v.env.Text
	switch {
	case part == 0 && d.Day.IsZero():
		return t.Report.AllDays
	case part == 0:
		return r.v.day(d.Day)
	case d.Kind == domain.NoKind:
		return t.Report.Door
	}
	return t.Kind(d.Kind)
}

// byDay is how often a kind was raised on each day.
func (r *weekReport) byDay(k domain.Kind) []int64 {
	out := make([]int64, daysShown)
	for i := range out {
		for _, row := range r.kinds[i] {
			if row.Kind == k {
				out[i] = int64(row.Raised)
			}
		}
	}
	return out
}

func (r *weekReport) second(of int) string {
	return r.v.env.Text.Report.Kinds(r.name(0, &r.days[of])) + ", " + r.v.env.Text.Report.Minutes
}

func (r *weekReport) behind(of, i int) listing {
	v, w := r.v, r.v.env.Text.Report
	day, kind, name := r.days[of].Day, domain.Kind(""), r.name(0, &r.days[of])
	if of == daysShown {
		day = time.Time{}
	}
	if i >= 0 && i < len(r.kinds[of]) {
		kind = r.kinds[of][i].Kind
		name = r.name(1, &r.kinds[of][i]) + ", " + name
	}
	out := listing{name: name, cols: func(int) []widget.Column {
		return []widget.Column{
			{Title: w.HeadWhen, W: 11},
			{Title: w.HeadKind, W: 8},
			{Title: w.HeadOrder, W: 9},
			{Title: w.HeadStore, W: 6, Grow: true},
			{Title: w.HeadTouch, W: 6, Right: true},
			{Title: w.HeadResolve, W: 7, Right: true},
			{Title: w.HeadAmount, W: 8, Right: true},
			{W: 5},
		}
	}}
	for _, item := range r.facts.Behind(day, kind, v.calendar()) {
		touch, touched := item.Touch()
		resolve, decided := item.Resolve()
		amount, what := item.Held, ""
		switch {
		case item.Saved != 0:
			amount, what = item.Saved, w.Money["saved"]
		case item.Lost != 0:
			amount, what = item.Lost, w.Money["lost"]
		}
		k := w.Door
		if item.Kind != domain.NoKind {
			k = v.env.Text.Kind(item.Kind)
		}
		out.entries = append(out.entries, entry{opens: opens(item.Of), store: item.Of.Store, cells: []cell.Span{
			{Text: v.moment(item.At)},
			{Text: k},
			{Text: string(item.Of.OrderNo)},
			{Text: v.storeOf(item.Of)},
			{Text: took(touch, touched)},
			{Text: took(resolve, decided)},
			{Text: v.money(amount, 0)},
			{Text: what, Role: theme.Muted},
		}})
	}
	return out
}
