package roster

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

const (
	wideColumns = 110 // from here on all three parts are shown, and departments
	tallLines   = 26
	hoursLines  = 7 // rule, five rows, gaps
	nowLow      = 6
	allHours    = 190 // columns from which a day has all its hours
)

// whole tells whether all three parts have room.
func (v *View) whole() bool { return v.W >= wideColumns && v.H >= tallLines }

// heights divides a whole screen: the moment, and the people of the grid.
func (v *View) heights() (now, grid int) {
	people := v.list.Len()
	if v.read != nil {
		people = max(people, len(v.read.People)-v.hidden)
	}
	now = nowLow
	grid = v.H - now - 3 - hoursLines
	if spare := grid - people; spare > 0 {
		now += min(spare, 8)
		grid = v.H - now - 3 - hoursLines
	}
	return now, max(1, grid)
}

// SetSize divides the room.
func (v *View) SetSize(w, h int) {
	v.Base.SetSize(w, h)
	_, grid := v.heights()
	if !v.whole() {
		grid = max(1, h-7)
	}
	v.list.SetHeight(grid)
	if v.past != nil {
		v.past.list.SetHeight(max(1, h-1))
	}
}

// View draws the three parts, or one of them, or what was done to the week.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	switch {
	case v.read == nil || v.now == nil:
		return b.Add(cell.Painted(theme.Muted, " "+v.env.Text.Form.Loading)).String()
	case v.past != nil:
		return b.Add(v.pastLines()...).String()
	case v.ask != nil && v.ask.publishes:
		return b.Add(v.changeLines(v.H)...).String()
	case v.whole():
		now, grid := v.heights()
		v.list.SetHeight(grid)
		b.Add(v.nowLines(now)...)
		b.Add(v.ruled(v.weekTitle()))
		b.Add(v.gridLines(grid)...)
		b.Add(v.ruled(v.hoursTitle()))
		b.Add(v.hourLines(hoursLines - 1)...)
		return b.String()
	}
	switch v.part {
	case partNow:
		b.Add(v.nowLines(v.H)...)
	case partHours:
		b.Add(cell.Painted(theme.Head, " "+v.hoursTitle()))
		b.Add(v.hourLines(v.H - 1)...)
	default:
		b.Add(cell.Painted(theme.Head, " "+v.weekTitle()))
		b.Add(v.gridLines(v.H - 7)...)
		b.Rule("")
		b.Add(v.underGrid(3)...)
	}
	return b.String()
}

// ruled is a rule with a title.
func (v *View) ruled(title string) cell.Line { return ui.Rule(v.env, title, v.W) }

// date writes a business day in the list's short form.
func (v *View) date(day time.Time) string { return day.Format("01-02") }

func (v *View) dayName(day time.Time) string {
	return v.date(day) + " " + v.env.Text.Values.Weekdays[day.Weekday()]
}

func (v *View) name(p domain.Staff) string { return v.env.Text.Person(p.Name, p.NameEn, p.Login) }

// nameOf names somebody by login.
func (v *View) nameOf(login domain.Login) string {
	if v.read != nil {
		if p, ok := v.read.Person(login); ok {
			return v.name(p)
		}
	}
	return string(login)
}

func (v *View) weekTitle() string {
	w, r := v.env.Text.Roster, v.read
	parts := []string{w.Week(v.dayName(r.Week), v.dayName(r.Day(6)))}
	if r.Version == nil {
		parts = append(parts, w.None)
	} else {
		parts = append(parts, w.Version(r.No()))
	}
	if n := len(r.Changes()); n > 0 {
		parts = append(parts, w.Drafted(n))
		if r.Draft.Base < r.No() {
			parts = append(parts, w.Behind(r.No(), v.env.Text.Person(r.Version.ByName, r.Version.ByNameEn, r.Version.By)))
		}
	}
	if _, last := v.list.Span(); last < v.list.Len() {
		parts = append(parts, w.Below(v.list.Len()-last))
	}
	s := strings.Join(parts, ", ")
	if cell.Width(s)+cell.Width(w.Legend)+6 < v.W {
		s += "   " + w.Legend
	}
	return s
}

// grid lays the columns of the week out.
func (v *View) grid() widget.Table {
	w := v.env.Text.Roster
	name := 8
	if v.W >= 200 {
		name = 14
	}
	cols := []widget.Column{{Title: w.HeadWho, W: name}}
	if v.W >= wideColumns {
		cols = append(cols, widget.Column{Title: w.HeadDept, W: max(5, min(16, (v.W-100)/6))})
	}
	today := v.today()
	for i := range 7 {
		day := v.read.Day(i)
		title := v.env.Text.Values.Weekdays[day.Weekday()] + day.Format("02")
		if day.Equal(today) && v.W >= wideColumns && (i != v.day || v.W >= ui.SideBySide) {
			title += " " + w.Today
		}
		if i == v.day {
			title = "[" + title + "]"
		}
		cols = append(cols, widget.Column{Title: title, W: 8, Grow: true})
	}
	hours := widget.Column{Title: w.HeadHours, W: 5, Right: true}
	return widget.NewTable(append(cols, hours), v.W-1)
}

// gridLines are the heads, so many people, and how many are there in the window.
func (v *View) gridLines(people int) []cell.Line {
	t := v.grid()
	out := []cell.Line{t.Head()}
	out = append(out, v.list.Lines(func(id domain.Login, st widget.RowState) cell.Line {
		p, ok := v.read.Person(id)
		if !ok {
			return t.Row(st, cell.Span{Text: string(id)})
		}
		return t.Row(st, v.row(t, p, st.Cursor)...)
	})...)
	if len(out) > 1+people {
		out = out[:1+people]
	}
	out = append(out, v.windowRow(t))
	gaps := v.weekGaps()
	for i := 0; len(out) < 2+people; i++ { // where there is room, the gaps of the whole week
		line := cell.Line{}
		if i > 0 && i <= len(gaps) && v.whole() {
			line = gaps[i-1]
		}
		out = append(out, line)
	}
	return out
}

func (v *View) row(t widget.Table, p domain.Staff, cursor bool) []cell.Span {
	role := theme.Text
	if !p.Active {
		role = theme.Muted
	}
	name := v.env.Text.FirstName(p.Name, p.NameEn, p.Login)
	if full := v.name(p); cell.Width(full) <= t.Width(0) {
		name = full
	}
	out := []cell.Span{{Text: name, Role: role}}
	if v.W >= wideColumns {
		out = append(out, cell.Span{Text: v.env.Text.Department(p.Roles[0].Department()), Role: theme.Muted})
	}
	first := len(out)
	for i := range 7 {
		out = append(out, v.cellSpan(domain.RosterKey{Login: p.Login, Day: v.read.Day(i)}, p, t.Width(first+i), cursor && i == v.day))
	}
	sum := v.read.Hours(p.Login)
	hours := cell.Span{Text: v.env.Text.DutyHours(sum)}
	if limit := v.read.Rules.Hours; limit > 0 && sum > time.Duration(limit)*time.Hour {
		hours = cell.Span{Text: hours.Text + "!", Role: theme.Near}
	}
	return append(out, hours)
}

// cellSpan writes a day of a person into w cells: what is too much for them is said by a
// number, the line below tells it.
func (v *View) cellSpan(k domain.RosterKey, p domain.Staff, w int, here bool) cell.Span {
	c := v.env.Text.Roster
	seen := v.read.Cell(k)
	zone := v.read.Rules.Zone
	role := theme.Text
	signs := ""
	if seen.Drafted {
		signs, role = "*", theme.Accent
	}
	if seen.Open {
		signs, role = signs+"!", theme.Near
	}
	room := w - cell.Width(signs)
	if here {
		room -= 2
	}
	if v.marks[k] {
		room--
	}
	var text string
	switch {
	case seen.Absence != "":
		text = c.Reasons[seen.Absence]
	case len(seen.Shifts) == 0:
		text, role = c.Rest, orElse(role, theme.Muted)
	default:
		text = domain.CellText(seen.Shifts, p.Roles[0], zone, v.env.Text.Role)
		if cell.Width(text) > room {
			text = seen.Shifts[0].Span(zone)
			if n := len(seen.Shifts) - 1; n > 0 {
				text += "+" + strconv.Itoa(n)
			}
		}
	}
	text = cell.Cut(text, max(1, room)) + signs
	if v.marks[k] {
		text, role = "#"+text, theme.Mark
	}
	if here {
		text = "[" + text + "]"
	}
	return cell.Span{Text: text, Role: role}
}

// orElse is role where it says something, else other.
func orElse(role, other theme.Role) theme.Role {
	if role == theme.Text {
		return other
	}
	return role
}

// windowRow tells how many of customer service are on duty in each day's window.
func (v *View) windowRow(t widget.Table) cell.Line {
	w := v.env.Text.Roster
	cells := []cell.Span{{Text: w.InWindow, Role: theme.Muted}}
	if v.W >= wideColumns {
		cells = append(cells, cell.Span{})
	}
	for i := range 7 {
		have := v.read.InWindow(v.read.Day(i), domain.CustomerService)
		s := cell.Span{Text: strconv.Itoa(have), Role: theme.Muted}
		if have < v.read.Rules.Window[domain.CustomerService] {
			s = cell.Span{Text: s.Text + "!", Role: theme.Near}
		}
		cells = append(cells, s)
	}
	return t.Row(widget.RowState{}, cells...)
}

// cellLine tells the cell under the cursor in full.
func (v *View) cellLine() cell.Line {
	c := v.env.Text.Roster
	k, ok := v.key()
	p, known := v.who()
	if !ok || !known {
		return cell.Line{}
	}
	seen := v.read.Cell(k)
	zone := v.read.Rules.Zone
	text := c.CellRest(v.name(p), v.dayName(k.Day))
	if len(seen.Shifts) > 0 {
		var sum time.Duration
		var parts []string
		for _, s := range seen.Shifts {
			sum += s.Ends.Sub(s.Starts)
			part := s.Span(zone) + " " + v.env.Text.Role(s.Role)
			if s.StandsFor != "" {
				part += " " + c.StandsFor(v.nameOf(s.StandsFor))
			}
			parts = append(parts, part)
		}
		text = c.CellIs(v.name(p), v.dayName(k.Day), strings.Join(parts, ", "), v.env.Text.DutyHours(sum))
	}
	if seen.Absence != "" {
		text += ", " + c.Reasons[seen.Absence]
		if seen.Open {
			text += ", " + c.NoStandIn
		}
	}
	if seen.Drafted {
		was := c.Rest
		if shifts := v.read.Published[k]; len(shifts) > 0 {
			was = domain.CellText(shifts, p.Roles[0], zone, v.env.Text.Role)
		}
		text += "   * " + c.WasCell(was)
	}
	return cell.Plain(" " + text)
}

// underGrid is the cell in full, and the gaps of its day.
func (v *View) underGrid(n int) []cell.Line {
	out := []cell.Line{v.cellLine()}
	return append(out, v.gapLines(v.read.Day(v.day), n-1)...)
}
