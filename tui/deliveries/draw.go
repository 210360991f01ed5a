package deliveries

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

const wideColumns = 110 // the clue stands in the row

// tail is how many lines stand under the rows: the clue, the stores that have not ordered,
// the last days. Where there is room each has its own rule; from 160 columns on they stand
// at the right.
func (v *View) tail() int {
	switch {
	case v.W >= ui.SideBySide:
		return 0
	case v.H >= 26:
		return 6
	}
	return 3
}

// listHeight is the lines left for rows.
func (v *View) listHeight() int {
	if v.part == theLate {
		return max(1, v.H-2-1)
	}
	return max(1, v.H-1-len(v.counts())-2-v.tail())
}

// View draws the daily check, what runs late, or what became of an act.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	switch {
	case v.read == nil:
		return b.Rule(v.env.Text.Deliver.Name).String()
	case v.results != nil:
		return v.drawResults(b)
	case v.part == theLate:
		return v.drawLate(b)
	}
	w := v.W
	if w >= ui.SideBySide {
		w -= ui.SideWidth + 1
	}
	lines := []cell.Line{ui.Rule(v.env, v.title(), w)}
	lines = append(lines, v.counts()...)
	lines = append(lines, ui.Rule(v.env, v.handleTitle(), w))
	lines = append(lines, v.rowLines(w)...)
	if v.W >= ui.SideBySide {
		return b.Add(ui.Beside(v.env, lines, w, v.side(), v.H)...).String()
	}
	b.Add(lines...)
	b.Blank(v.H - v.tail())
	b.Add(v.under()...)
	return b.String()
}

// toHandle counts the rows without a destination.
func (v *View) toHandle() int {
	n := 0
	for _, many := range v.read.Open() {
		n += many
	}
	return n
}

// handleTitle counts the rows, and says which are shown where not all are.
func (v *View) handleTitle() string {
	out := v.env.Text.Deliver.ToHandle(v.toHandle())
	if from, to := v.list().Span(); to-from+1 < v.list().Len() {
		out += "   " + v.env.Text.Deliver.Shown(from, to, v.list().Len())
	}
	return out
}

func (v *View) title() string {
	w, t := v.env.Text.Deliver, v.env.Text
	how := w.Unsigned
	if s := v.read.Signed; s != nil {
		how = w.State(t.Person(s.Name, s.NameEn, s.By), v.moment(s.At))
	}
	out := w.Title(t.DayName(v.read.Day)) + ": " + how
	if v.W >= wideColumns {
		out += "   " + w.Proof
	}
	if n := v.overdue(); n > 0 {
		out += "   " + w.Part(n)
	}
	return out
}

// overdue counts the orders that are late by now.
func (v *View) overdue() int {
	n := 0
	for i := range v.late {
		if r := &v.late[i]; r.Case != 0 || !r.Due.After(v.env.Now()) {
			n++
		}
	}
	return n
}

// counts are the sums: what the platform has, what is here, and every line of it.
func (v *View) counts() []cell.Line {
	d, w := v.read, v.env.Text.Deliver
	if d == nil {
		return nil
	}
	out := []cell.Line{v.platformLine(), v.hereLine()}
	if d.Changed.Amount != 0 {
		out = append(out, v.countLine("  "+w.Changed, strconv.Itoa(d.Changed.Orders), v.env.Text.MoneyChange(d.Changed.Amount), "", theme.Muted))
	}
	if d.Made.Orders > 0 {
		out = append(out, v.sum("  "+w.Made, d.Made, "", theme.Muted))
	}
	for _, line := range domain.DayLines() {
		c, have := d.Lines[line]
		if !have && slices.Contains([]domain.DayLine{domain.DayRefused, domain.DayJudging}, line) {
			continue
		}
		name, note, role := w.Lines[line], "", theme.Text
		if c.Orders > 0 {
			name, note, role = v.noted(line)
		}
		out = append(out, v.sum("    "+name, c, note, role))
	}
	if !d.Proven() {
		out = append(out, cell.Painted(theme.Problem, " "+w.Unproven))
	}
	return out
}

// noted is a line's name, what is to be said of it, and how it is drawn.
func (v *View) noted(line domain.DayLine) (name, note string, role theme.Role) {
	w := v.env.Text.Deliver
	name, note = w.Lines[line], w.Notes[line]
	switch line {
	case domain.DayUnscheduled:
		return name, note, theme.Near
	case domain.DayPast:
		with := map[domain.Department]bool{}
		var names []string
		for i := range v.read.Rows {
			if r := &v.read.Rows[i]; r.What == domain.RowPast && r.With != "" && !with[r.With] {
				with[r.With] = true
				names = append(names, v.env.Text.Department(r.With))
			}
		}
		return name, w.PastNote(strings.Join(names, v.env.Text.Values.Join)), theme.Late
	case domain.DayHeld:
		return name, w.HeldNote(v.picking()), theme.Text
	case domain.DayCancelled:
		if n := v.read.Reordered.Orders; n > 0 {
			return name, w.Reordered(n), theme.Text
		}
	default:
	}
	return name, note, theme.Text
}

// picking is the hour goods are picked until.
func (v *View) picking() string { return v.env.Text.Clock(v.read.Until.In(v.env.Zone)) }

func (v *View) platformLine() cell.Line {
	d, w := v.read, v.env.Text.Deliver
	if d.Platform == nil {
		return v.countLine(w.PlatformNone, "-", "-", w.FromNumbers, theme.Muted)
	}
	at := ""
	if d.CountedAt != nil {
		at = v.env.Text.Clock(d.CountedAt.In(v.env.Zone))
	}
	return v.sum(w.Platform(at), *d.Platform, w.FromTotals, theme.Text)
}

func (v *View) hereLine() cell.Line {
	d, w, t := v.read, v.env.Text.Deliver, v.env.Text
	var parts []string
	role := theme.Text
	if d.Platform != nil {
		switch m := d.Missing(); {
		case m.Orders > 0 || m.Orders == 0 && m.Amount > 0:
			parts, role = append(parts, w.More(m.Orders, t.MoneyExact(m.Amount))), theme.Late
		case m.Orders < 0 || m.Amount < 0:
			parts, role = append(parts, w.Less(-m.Orders, t.MoneyExact(-m.Amount))), theme.Near
		default:
			parts = append(parts, w.Same)
		}
	}
	if d.Later.Orders > 0 {
		parts = append(parts, w.Later(d.Later.Orders, t.Clock(d.CountedAt.In(v.env.Zone))))
	}
	return v.sum("  "+w.Here, d.Here, strings.Join(parts, "  "), role)
}

func (v *View) sum(name string, c domain.DayCount, note string, role theme.Role) cell.Line {
	return v.countLine(name, v.env.Text.Number(int64(c.Orders)), v.env.Text.MoneyExact(c.Amount), note, role)
}

// countLine lays a sum out: what, how many, how much, and what is to be said of it.
func (v *View) countLine(name, orders, amount, note string, role theme.Role) cell.Line {
	wide := 30
	if v.W >= wideColumns {
		wide = 38
	}
	return cell.Of(cell.Span{Text: " " + cell.Fit(cell.Clean(name), wide) + cell.FitRight(orders, 6) + cell.FitRight(amount, 15)},
		cell.Span{Text: "   " + note, Role: role})
}

// rowLines are the rows with their headings.
func (v *View) rowLines(w int) []cell.Line {
	t := v.table(w)
	out := []cell.Line{t.Head()}
	if v.list().Len() == 0 {
		return append(out, cell.Painted(theme.Done, "  "+v.env.Text.Deliver.Nothing))
	}
	return append(out, v.list().Lines(func(id string, st widget.RowState) cell.Line {
		r := v.rows[id]
		if r == nil {
			return t.Row(st)
		}
		st.Gone = st.Gone || !r.Open
		return t.Row(st, v.cells(r, w)...)
	})...)
}

// table lays the columns out; the clue stands in the row where there is room.
func (v *View) table(width int) widget.Table {
	w := v.env.Text.Deliver
	cols := []widget.Column{
		{Title: w.HeadWhat, W: 7},
		{Title: w.HeadOrder, W: 11},
		{Title: w.HeadStore, W: 14},
		{Title: w.HeadSum, W: 12, Right: true},
		{Title: w.HeadLatest, W: 12},
	}
	if width < wideColumns && v.W < ui.SideBySide {
		cols[2].Grow = true
		return widget.NewTable(cols, width)
	}
	return widget.NewTable(append(cols, widget.Column{Title: w.HeadClue, W: 20, Grow: true}), width)
}

func (v *View) cells(r *domain.DeliveryRow, w int) []cell.Span {
	t, words := v.env.Text, v.env.Text.Deliver
	no := string(r.No)
	if no == "" {
		no = words.NoNumber(r.Many)
	}
	amount := "-"
	if r.Amount > 0 {
		amount = t.MoneyExact(r.Amount)
	}
	out := []cell.Span{
		{Text: words.Whats[r.What]}, {Text: no}, {Text: cmp.Or(t.Pick(r.Name, r.NameEn), "-")}, {Text: amount}, v.latest(r),
	}
	if w < wideColumns && v.W < ui.SideBySide {
		return out
	}
	return append(out, cell.Span{Text: v.clue(r)})
}

// latest is until when something can be done, or where the row goes.
func (v *View) latest(r *domain.DeliveryRow) cell.Span {
	w := v.env.Text.Deliver
	if r.Mark != nil && !r.Open {
		return cell.Span{Text: v.goes(r.Mark)}
	}
	if r.Latest.IsZero() {
		return cell.Span{Text: "-"}
	}
	clock := v.env.Text.Clock(r.Latest.In(v.env.Zone))
	if left := r.Latest.Sub(v.env.Now()); left <= 0 {
		return cell.Span{Text: w.Over(clock), Role: theme.Late}
	}
	return cell.Span{Text: w.Picked(clock)}
}

func (v *View) goes(m *domain.DayMark) string {
	w := v.env.Text.Deliver
	if m.Goes == domain.GoesHanded {
		return w.GoesTo(v.env.Text.Department(m.Dept))
	}
	return w.Goes[m.Goes]
}

// clue is what is known of a row, in one line. It holds words from outside.
func (v *View) clue(r *domain.DeliveryRow) string {
	w, t := v.env.Text.Deliver, v.env.Text
	if m := r.Mark; m != nil && !r.Open {
		goes := v.goes(m)
		if m.Due != nil {
			goes += " " + v.moment(*m.Due)
		}
		return w.Said(goes, m.Note, t.Person(m.Name, m.NameEn, m.By), v.moment(m.At))
	}
	switch {
	case r.Refused != "":
		return w.Refused(cmp.Or(w.Reasons[r.Refused], r.Refused), r.About)
	case r.What == domain.RowMissing && r.After != "":
		return w.Gap(string(r.After), string(r.Before))
	case r.What == domain.RowMissing:
		return w.OnlyCount
	case r.What == domain.RowPast && r.Case == 0:
		return w.NotJudged
	case r.What == domain.RowPast:
		who := t.Pick(r.Holder, r.HolderEn)
		if who == "" {
			who = t.Department(r.With)
		}
		out := w.HeldFor(t.Kind(r.Kind), who)
		if r.Attempts > 0 {
			out += t.Values.Join + w.Tried(r.Attempts)
		}
		return out
	case r.Released != nil:
		return w.ReleasedAt(v.clock(*r.Released))
	case r.Accepted != nil:
		return w.AcceptedAt(v.clock(*r.Accepted))
	}
	return ""
}

// clock is a time of the day that is shown, with its day where it is another.
func (v *View) clock(t time.Time) string {
	if t = t.In(v.env.Zone); t.Format(time.DateOnly) == v.read.Day.Format(time.DateOnly) {
		return v.env.Text.Clock(t)
	}
	return v.moment(t)
}

// under is what stands under the rows: the clue of the row under the cursor, the stores
// that have not ordered, the last days.
func (v *View) under() []cell.Line {
	w := v.env.Text.Deliver
	clue := cell.Line{}
	if r := v.current(); r != nil && v.W < wideColumns {
		clue = cell.Painted(theme.Muted, "   "+v.clue(r))
	}
	silent, days := v.silentLine(), v.daysLine()
	if v.tail() < 6 {
		return []cell.Line{clue, silent, days}
	}
	out := []cell.Line{ui.Rule(v.env, w.Silent(v.env.Text.Values.Weekdays[v.read.Day.Weekday()]), v.W), silent, ui.Rule(v.env, w.Before, v.W), days, ui.Rule(v.env, "", v.W)}
	return append([]cell.Line{clue}, out...)
}

// silentLine names the stores that have not ordered, as far as they fit.
func (v *View) silentLine() cell.Line {
	w := v.env.Text.Deliver
	if len(v.read.Silent) == 0 {
		return cell.Painted(theme.Muted, " "+w.SilentNone)
	}
	head := w.Stores(len(v.read.Silent))
	if v.tail() < 6 {
		head = w.Silent(v.env.Text.Values.Weekdays[v.read.Day.Weekday()]) + " " + head
	}
	var names []string
	for i := range v.read.Silent {
		names = append(names, v.silent(&v.read.Silent[i]))
	}
	return cell.Of(cell.Span{Text: " " + head, Role: theme.Near}, cell.Span{Text: strings.Join(names, v.env.Text.Values.Join)})
}

func (v *View) silent(s *domain.SilentStore) string {
	w, t := v.env.Text.Deliver, v.env.Text
	out := w.Usually(t.Pick(s.Name, s.NameEn)+" "+string(s.Store), s.Times, t.Money(s.Usual))
	if s.Called == nil {
		return out
	}
	said := w.NoAnswer
	if s.Reached {
		said = cmp.Or(s.Said, w.Reached)
	}
	return out + w.Called(t.Clock(s.Called.In(v.env.Zone)), said)
}

// daysLine tells who signed the last days.
func (v *View) daysLine() cell.Line {
	line := cell.Of(cell.Span{Text: " "})
	for _, unsigned := range []bool{true, false} { // what nobody signed is never cut off
		for i := range v.read.Days {
			if d := &v.read.Days[i]; (d.By == "") == unsigned {
				line.Left = append(line.Left, v.dayBefore(d), cell.Span{Text: "    "})
			}
		}
	}
	return line
}

func (v *View) dayBefore(d *domain.DaySigned) cell.Span {
	w, t := v.env.Text.Deliver, v.env.Text
	if d.By == "" {
		return cell.Span{Text: w.NotSigned(t.Date(d.Day)), Role: theme.Late}
	}
	said := w.SignedBy(t.Date(d.Day), t.Clock(d.At.In(v.env.Zone)), t.FirstName(d.Name, d.NameEn, d.By), d.Many)
	var nos []string
	for _, m := range d.Missed {
		nos = append(nos, strings.TrimSpace(string(m.No)+" "+w.Goes[m.Goes]))
	}
	if len(nos) > 0 {
		said += " (" + strings.Join(nos, t.Values.Join) + ")"
	}
	return cell.Span{Text: said}
}

// side is what stands at the right of the rows where there is room for it.
func (v *View) side() []cell.Line {
	w, t := v.env.Text.Deliver, v.env.Text
	wrap := func(role theme.Role, text string, most int) []cell.Line {
		var out []cell.Line
		for _, s := range cell.Wrap(cell.Clean(text), ui.SideWidth-2, most) {
			out = append(out, cell.Painted(role, " "+s))
		}
		return out
	}
	var out []cell.Line
	if r := v.current(); r != nil {
		out = append(out, ui.Rule(v.env, w.Whats[r.What]+" "+v.name(r), ui.SideWidth))
		out = append(out, wrap(theme.Text, v.clue(r), 4)...)
		out = append(out, cell.Line{})
	}
	out = append(out, ui.Rule(v.env, w.Silent(t.Values.Weekdays[v.read.Day.Weekday()]), ui.SideWidth))
	if len(v.read.Silent) == 0 {
		out = append(out, cell.Painted(theme.Muted, " "+w.SilentNone))
	}
	for i := range v.read.Silent {
		out = append(out, wrap(theme.Text, v.silent(&v.read.Silent[i]), 2)...)
	}
	out = append(out, cell.Line{}, ui.Rule(v.env, w.Before, ui.SideWidth))
	for i := range v.read.Days {
		d := v.dayBefore(&v.read.Days[i])
		out = append(out, wrap(d.Role, d.Text, 3)...)
	}
	return out
}
