package tui

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
)

// staleAfter is how long the line may be gone before the data counts as stale.
const staleAfter = 30 * time.Second

// Frame draws the frame as it is, unchecked; tests check it.
func (d *Desk) Frame() string {
	if d.w < minWidth || d.h < minHeight {
		small := cell.Plain(d.desk.Text.Desk.TooSmall(d.w, d.h))
		return cell.RenderAll(d.desk.Theme, []cell.Line{small}, d.w, d.h)
	}
	p := d.top()
	if p == nil {
		return cell.RenderAll(d.desk.Theme, nil, d.w, d.h)
	}
	lines := make([]string, 0, d.h)
	draw := func(l cell.Line) { lines = append(lines, l.Render(d.desk.Theme, d.w)) }
	if p.number != "" {
		draw(d.tabLine(p.number))
		draw(d.statusLine())
		draw(ui.Rule(ui.NewEnv(d.desk, rootPage), "", d.w))
	}
	lines = append(lines, strings.Split(p.view.View(), "\n")...)
	foot := d.foot(p)
	for i := range d.footLines(p) {
		l := cell.Line{}
		if i < len(foot) {
			l = foot[i]
		}
		draw(l)
	}
	draw(ui.KeyLine(d.desk.Text, p.view.Keys(), d.w))
	if d.over != nil {
		box, x, y := d.over.box(d, d.w, d.h)
		lines = cell.Overlay(lines, box, x, y)
	}
	return strings.Join(lines, "\n")
}

// foot is what stands above the key line: the last result, or what the view says.
func (d *Desk) foot(p *page) []cell.Line {
	if d.said != nil {
		return ui.SayLines(*d.said, d.w, d.footLines(p))
	}
	return p.view.Message()
}

// tabLine is the first line: the numbered views, and who is at the desk.
func (d *Desk) tabLine(active ui.ViewID) cell.Line {
	words := d.desk.Text
	tabs := d.tabs()
	if !contains(tabs, active) {
		tabs = append(tabs, active)
	}
	line := cell.Line{}
	for i, id := range tabs {
		gap := "  "
		if i == 0 {
			gap = " "
		}
		s := number(id) + " " + words.Desk.Tabs[string(id)]
		if n, ok := d.desk.Status.Counts[id]; ok && (n > 0 || id == ui.Queue) { // an empty queue says so
			s += "[" + strconv.Itoa(n) + "]"
		}
		role := theme.Muted
		if id == active {
			role = theme.Accent
		}
		line.Left = append(line.Left, cell.Span{Text: gap}, cell.Span{Text: s, Role: role})
	}
	who := []string{d.desk.MyName()}
	if len(d.opts.Me.Roles) > 0 {
		who = append(who, words.Role(d.opts.Me.Roles[0]))
	}
	if s := d.desk.Status.Shift; s != "" {
		who = append(who, s)
	}
	// The tabs are what one goes by: who sits here gives way to them, the last word first.
	used := 0
	for _, s := range line.Left {
		used += cell.Width(cell.Clean(s.Text))
	}
	for len(who) > 0 && used+cell.Width(cell.Clean(strings.Join(who, " ")))+2 > d.w {
		who = who[:len(who)-1]
	}
	if len(who) > 0 {
		line.Right = []cell.Span{{Text: strings.Join(who, " ") + " "}}
	}
	if s := d.desk.Status.Away; !s.IsZero() {
		line.Right = append(line.Right, cell.Span{Text: words.Desk.Away(words.Age(d.desk.Now().Sub(s))) + " ", Role: theme.Near})
	}
	return line
}

// number is a numbered view's fixed number.
func number(id ui.ViewID) string {
	for i, v := range ui.Numbered() {
		if v == id {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}

func contains(ids []ui.ViewID, id ui.ViewID) bool {
	for _, v := range ids {
		if v == id {
			return true
		}
	}
	return false
}

// statusLine is the second line: clock, next moment, what is held, who is here; at
// its right how far judging has come and how the line is.
func (d *Desk) statusLine() cell.Line {
	words, s, now := d.desk.Text, d.desk.Status, d.desk.Now()
	left := " " + words.Clock(now)
	if !s.UpdatedAt.IsZero() {
		left += " " + d.nextMoment(now) + "  " + words.Desk.Held(words.Number(int64(s.HeldCount)), words.Money(s.HeldMoney)) +
			"  " + words.Desk.OnDuty(s.OnDuty)
	}
	var right []cell.Span
	switch {
	case s.Unjudged > 0:
		stood := words.Desk.JudgeStood(words.Number(int64(s.Unjudged)), words.Age(s.Oldest))
		right = append(right, cell.Span{Text: stood, Role: theme.Problem})
	case !s.JudgedTo.IsZero() && d.desk.Conn.State <= ui.Live:
		right = append(right, cell.Span{Text: words.Desk.JudgedTo(words.ClockSeconds(s.JudgedTo.In(d.desk.Zone)))})
	}
	right = append(right, cell.Span{Text: "  "}, d.connection(now), cell.Span{Text: " "})
	return cell.Line{Left: []cell.Span{{Text: left}}, Right: right}
}

func (d *Desk) nextMoment(now time.Time) string {
	words, next := d.desk.Text, d.desk.Status.Next
	left := words.Left(next.At.Sub(now))
	switch next.What {
	case "":
		return words.Desk.Closed
	case ui.WindowOpens:
		return words.Desk.OpensIn(left)
	case domain.WindowClose:
		return words.Desk.ClosesIn(left)
	default:
		return words.Desk.Until(words.Moment(next.What), left)
	}
}

// connection tells whether news arrive, and if not, how old the data is.
func (d *Desk) connection(now time.Time) cell.Span {
	words, c := d.desk.Text.Desk, d.desk.Conn
	switch c.State {
	case ui.Live:
		return cell.Span{Text: words.Live}
	case ui.Connecting:
		return cell.Span{Text: words.Connecting, Role: theme.Muted}
	case ui.Reconnecting:
		if now.Sub(c.Since) < staleAfter {
			return cell.Span{Text: words.Reconnect(d.desk.Text.Age(now.Sub(c.Since))), Role: theme.Near}
		}
	case ui.Down:
	}
	at := c.DataAt
	if at.IsZero() {
		at = c.Since
	}
	clock := d.desk.Text.ClockSeconds(at.In(d.desk.Zone))
	return cell.Span{Text: words.Down(clock, d.desk.Text.Age(now.Sub(at))), Role: theme.Problem}
}
