package roster

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

func (v *View) hoursTitle() string {
	w, day := v.env.Text.Roster, v.read.Day(v.day)
	f := v.read.Facts[v.day]
	basis := w.NoBasis
	if len(f.Expected) > 0 {
		weekday := ""
		if f.Weekday {
			weekday = v.env.Text.Values.Weekdays[day.Weekday()]
		}
		basis = w.Basis(f.Days, weekday)
	}
	if f.Pace > 0 {
		basis += ", " + w.PaceOf(v.minutes(f.Pace), f.Paced)
	}
	return w.Hours(v.dayName(day), basis)
}

// hourLines are the hours of the day under the cursor, then its gaps, in h lines.
func (v *View) hourLines(h int) []cell.Line {
	hours := v.shownHours()
	w := v.env.Text.Roster
	label := 10
	width := min(7, (v.W-label-1)/max(1, len(hours)))
	row := func(name string, role theme.Role, each func(domain.RosterHour) cell.Span) cell.Line {
		line := cell.Line{Left: []cell.Span{{Text: " " + cell.Fit(name, label-1), Role: theme.Muted}}}
		for _, hour := range hours {
			s := each(hour)
			if s.Role == theme.Text {
				s.Role = role
			}
			line.Left = append(line.Left, cell.Span{Text: cell.FitRight(s.Text, width), Role: s.Role})
		}
		return line
	}
	number := func(known bool, n int) cell.Span {
		if !known {
			return cell.Span{Text: v.env.Text.Values.Unknown, Role: theme.Muted}
		}
		return cell.Span{Text: strconv.Itoa(n)}
	}
	out := []cell.Line{
		row(w.RowHour, theme.Head, func(x domain.RosterHour) cell.Span { return cell.Span{Text: strconv.Itoa(100 + x.Hour)[1:]} }),
		row(w.RowExpected, theme.Text, func(x domain.RosterHour) cell.Span { return number(x.Known, x.Expected) }),
		row(w.RowDuty, theme.Text, func(x domain.RosterHour) cell.Span { return cell.Span{Text: v.env.Text.DutyHours(x.Duty)} }),
		row(w.RowCleared, theme.Text, func(x domain.RosterHour) cell.Span { return number(true, x.Cleared) }),
		row(w.RowLeft, theme.Text, func(x domain.RosterHour) cell.Span {
			s := number(x.Known, x.Left)
			if x.Left > 0 {
				s.Role = theme.Near
			}
			return s
		}),
	}
	if v.whole() {
		return append(out, v.wholeFoot(h-len(out))...)
	}
	out = append(out, cell.Line{})
	return append(out, v.gapLines(v.read.Day(v.day), max(1, h-len(out)))...)
}

// wholeFoot is the last of a whole screen: the gaps where the cell needs no word.
func (v *View) wholeFoot(n int) []cell.Line {
	gaps := v.gapLines(v.read.Day(v.day), n)
	return gaps[:min(n, len(gaps))]
}

// shownHours are all hours of the day where there is room, else the handling hours and the
// window.
func (v *View) shownHours() []domain.RosterHour {
	hours := v.read.HoursOf(v.read.Day(v.day))
	if v.W >= allHours {
		return hours
	}
	r := &v.read.Rules
	hour := func(c domain.Clock) int { return int(time.Duration(c) / time.Hour) }
	from, to := min(hour(r.HandleFrom), hour(r.Opens)), max(hour(r.HandleTo), hour(r.Closes))
	var out []domain.RosterHour
	for _, x := range hours {
		if x.Hour >= from && x.Hour < to {
			out = append(out, x)
		}
	}
	return out
}

// gapLines names the gaps of a day in at most n lines, and says where nothing is missing.
func (v *View) gapLines(day time.Time, n int) []cell.Line {
	w := v.env.Text.Roster
	if v.read.Version == nil && len(v.read.Changes()) == 0 {
		return []cell.Line{cell.Painted(theme.Near, " "+w.NextWeek)}
	}
	gaps := v.read.RosterGaps(day)
	if len(gaps) == 0 {
		return []cell.Line{cell.Painted(theme.Done, " "+v.dayName(day)+": "+w.NoGap)}
	}
	var parts []string
	for _, g := range gaps {
		parts = append(parts, v.gap(g))
	}
	text := v.dayName(day) + ": " + strings.Join(parts, "; ")
	var out []cell.Line
	for _, s := range cell.Wrap(text, v.W-3, n) {
		out = append(out, cell.Painted(theme.Near, " "+s))
	}
	return out
}

// gap names one gap.
func (v *View) gap(g domain.RosterGap) string {
	span := ""
	if !g.From.IsZero() {
		span = domain.RosterShift{Starts: g.From, Ends: g.To}.Span(v.read.Rules.Zone)
	}
	return v.env.Text.Roster.Gap[g.What](v.env.Text.Department(g.Dept), span, g.Have, g.Need, g.Left)
}

// weekGaps lists the gaps of the days of the week that are not over.
func (v *View) weekGaps() []cell.Line {
	var out []cell.Line
	today := v.today()
	for i := range 7 {
		day := v.read.Day(i)
		if day.Before(today) {
			continue
		}
		for _, g := range v.read.RosterGaps(day) {
			out = append(out, cell.Painted(theme.Near, "  "+v.dayName(day)+" "+v.gap(g)))
		}
	}
	return out
}

// changeLines is what publishing would change, and the gaps then, in h lines.
func (v *View) changeLines(h int) []cell.Line {
	w := v.env.Text.Roster
	out := []cell.Line{cell.Painted(theme.Head, " "+w.Changes(v.date(v.read.Week), v.read.No()+1))}
	changes, gaps := v.read.Changes(), v.weekGaps()
	room := max(1, h-2-min(len(gaps), max(1, (h-2)/2)))
	for i, c := range changes {
		if i == room-1 && len(changes) > room {
			out = append(out, cell.Painted(theme.Muted, "  "+w.More(len(changes)-i)))
			break
		}
		out = append(out, cell.Plain("  "+v.change(c)))
	}
	if len(gaps) == 0 {
		return append(out, cell.Painted(theme.Done, " "+w.NoGapsThen))
	}
	out = append(out, v.ruled(w.GapsThen))
	for i, g := range gaps {
		if len(out) == h-1 && i < len(gaps)-1 {
			out = append(out, cell.Painted(theme.Muted, "  "+w.More(len(gaps)-i)))
			break
		}
		out = append(out, g)
	}
	return out
}

// change is one changed day: what it was and what it is.
func (v *View) change(c domain.RosterChange) string {
	is := v.shiftsText(c.Login, c.Is)
	if c.Absence != "" {
		is = v.env.Text.Roster.Reasons[c.Absence]
	}
	return v.env.Text.Roster.Change(v.dayName(c.Day), v.nameOf(c.Login), v.shiftsText(c.Login, c.Was), is)
}

// shiftsText writes a person's day as it is typed, rest where there is nothing.
func (v *View) shiftsText(login domain.Login, shifts []domain.RosterShift) string {
	if len(shifts) == 0 {
		return v.env.Text.Roster.Rest
	}
	first := domain.RoleAgent
	if p, ok := v.read.Person(login); ok {
		first = p.Roles[0]
	}
	return domain.CellText(shifts, first, v.read.Rules.Zone, v.env.Text.Role)
}
