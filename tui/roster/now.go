package roster

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

// nowTableW is how wide the people of the moment are, where the sums stand beside them.
const nowTableW = 58

// nowLines draws the moment into h lines: who is here, and what will be left.
func (v *View) nowLines(h int) []cell.Line {
	w, n := v.env.Text.Roster, v.now
	title := w.Title(v.env.Text.Clock(n.At.In(v.env.Zone)), len(n.With(domain.HereOn)), len(n.With(domain.HereAway)), n.Lacking())
	if extra := len(n.With(domain.HereExtra)); extra > 0 {
		title += "  " + w.Extra(extra)
	}
	if !n.Rostered {
		title += "   " + w.NoRoster
	}
	out := []cell.Line{cell.Painted(theme.Head, " "+title)}
	said := v.saidNow()
	if v.W < wideColumns {
		people := v.peopleNow(v.W-1, h-1-len(said)-1)
		out = append(out, people...)
		for len(out) < h-len(said) {
			out = append(out, cell.Line{})
		}
		return append(out, said...)
	}
	people := v.peopleNow(nowTableW, h-1)
	for i := range h - 1 {
		var l cell.Line
		if i < len(people) {
			l = people[i]
		}
		used := 0
		for _, s := range l.Left {
			used += cell.Width(cell.Clean(s.Text))
		}
		if i < len(said) {
			l.Left = append(l.Left, cell.Span{Text: cell.Spaces(max(1, nowTableW-used))})
			l.Left = append(l.Left, said[i].Left...)
		}
		out = append(out, l)
	}
	return out
}

// peopleNow are the heads and so many people; those who do not fit are counted.
func (v *View) peopleNow(width, h int) []cell.Line {
	c := v.env.Text.Roster
	t := widget.NewTable([]widget.Column{
		{Title: c.HeadWho, W: 8},
		{Title: c.HeadShift, W: 7},
		{Title: c.HeadState, W: 12, Grow: true},
		{Title: c.HeadHeld, W: 4, Right: true},
		{Title: c.HeadClosed, W: 4, Right: true},
		{Title: c.HeadPace, W: 6, Right: true},
		{Title: c.HeadOldest, W: 6, Right: true},
	}, width)
	out := []cell.Line{t.Head()}
	var people []domain.RosterHere
	for _, p := range v.now.People {
		if p.State != domain.HereOff || p.Held > 0 {
			people = append(people, p)
		}
	}
	room := h - 1
	for i, p := range people {
		if i == room-1 && len(people) > room {
			out = append(out, cell.Painted(theme.Muted, "  "+c.Below(len(people)-i)))
			break
		}
		out = append(out, t.Row(widget.RowState{}, v.hereCells(p)...))
	}
	return out
}

func (v *View) hereCells(p domain.RosterHere) []cell.Span {
	c := v.env.Text
	shift, none := "", c.Values.Unknown
	if p.Shift != nil {
		shift = p.Shift.Span(v.env.Zone)
	}
	state := cell.Span{Text: c.Roster.States[p.State]}
	switch p.State {
	case domain.HereAway:
		state = cell.Span{Text: v.awayWord(p), Role: theme.Near}
	case domain.HereAbsent:
		state = cell.Span{Text: c.Roster.Reasons[p.Absence], Role: theme.Near}
	case domain.HereOff, domain.HereExtra:
		state.Role = theme.Muted
	case domain.HereOn:
	}
	pace, oldest := none, cell.Span{Text: none}
	if p.Pace != nil {
		pace = v.minutes(*p.Pace)
	}
	if p.Oldest != nil {
		age := v.now.At.Sub(*p.Oldest)
		oldest.Text = c.Age(age)
		if age > v.now.Lease {
			oldest.Role = theme.Near
		}
	}
	return []cell.Span{
		{Text: c.FirstName(p.Who.Name, p.Who.NameEn, p.Who.Login)},
		{Text: shift},
		state,
		{Text: strconv.Itoa(p.Held)},
		{Text: strconv.Itoa(p.Closed)},
		{Text: pace},
		oldest,
	}
}

// awayWord tells since when somebody is away, or that they are at no desk.
func (v *View) awayWord(p domain.RosterHere) string {
	w := v.env.Text.Roster
	if p.Away == nil {
		return w.NoDesk
	}
	return w.AwayFor(v.env.Text.Age(v.now.At.Sub(*p.Away)))
}

// minutes writes how long a case takes: "4.4" minutes.
func (v *View) minutes(d time.Duration) string {
	tenths := int64(d+3*time.Second) / int64(6*time.Second)
	return strconv.FormatInt(tenths/10, 10) + "." + v.env.Text.Values.Minutes(int(tenths%10))
}

// saidNow is what follows from the moment: what is open, what will be left with the people
// there are and with more, who can be called, the oldest claim.
func (v *View) saidNow() []cell.Line {
	c, w, n := v.env.Text, v.env.Text.Roster, v.now
	out := []cell.Line{cell.Plain(" " + w.OpenNow(n.Open(), n.Unclaimed, n.Held, n.Closed))}
	f, ok := n.Forecast()
	if ok {
		clock, money := c.Clock(f.Until), c.Money(f.LeftSum)
		line := w.UntilUnknown(clock, f.Open, f.Cleared, f.Left[0], money)
		if f.Known {
			line = w.Until(clock, f.Open, f.Expected, f.Cleared, f.Left[0], money)
		}
		out = append(out, cell.Plain(" "+line))
		if f.Left[0] > 0 {
			out = append(out, cell.Plain(" "+v.more(f)))
		}
	} else {
		out = append(out, cell.Painted(theme.Muted, " "+w.Over))
	}
	out = append(out, cell.Plain(" "+v.callable()))
	if line, ok := v.oldest(); ok {
		out = append(out, line)
	}
	return out
}

func (v *View) more(f domain.Forecast) string {
	w := v.env.Text.Roster
	var parts []string
	for n := 1; n < len(f.Left); n++ {
		if f.Left[n] == 0 {
			parts = append(parts, w.MoreClears(n))
			break
		}
		parts = append(parts, w.MoreLeaves(n, f.Left[n]))
	}
	return strings.Join(parts, "   ")
}

func (v *View) callable() string {
	c, w := v.env.Text, v.env.Text.Roster
	all := v.now.Callable()
	if len(all) == 0 {
		return w.CallNobody
	}
	var parts []string
	for _, p := range all[:min(3, len(all))] {
		how := w.States[p.State]
		switch {
		case p.State == domain.HereAway:
			how = v.awayWord(p)
		case p.State == domain.HereOn && p.Shift != nil:
			how = c.Department(p.Shift.Role.Department()) + ", " + how
		}
		parts = append(parts, c.FirstName(p.Who.Name, p.Who.NameEn, p.Who.Login)+" ("+how+")")
	}
	return w.Callable(strings.Join(parts, ", "))
}

// oldest is the oldest claim of all.
func (v *View) oldest() (cell.Line, bool) {
	c := v.env.Text
	var worst *domain.RosterHere
	for i := range v.now.People {
		if p := &v.now.People[i]; p.Oldest != nil && (worst == nil || p.Oldest.Before(*worst.Oldest)) {
			worst = p
		}
	}
	if worst == nil {
		return cell.Line{}, false
	}
	age := v.now.At.Sub(*worst.Oldest)
	line := cell.Plain(" " + c.Roster.Oldest(c.FirstName(worst.Who.Name, worst.Who.NameEn, worst.Who.Login), c.Kind(worst.OldKind), c.Age(age),
		c.Age(v.now.Lease), age > v.now.Lease))
	if age > v.now.Lease {
		line.Left[0].Role = theme.Near
	}
	return line, true
}
