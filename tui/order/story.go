package order

import (
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// Cells of the story's columns, and how many lines a row may take.
const (
	dayCells   = 5
	clockCells = 5
	whoCells   = 8
	textAt     = 2 + dayCells + 1 + clockCells + 2 + whoCells + 1
	textLines  = 3
	kindCells  = 8
)

// sign is the cursor's cells before a row.
func sign(st state) (cell.Span, theme.Role) {
	if st.cursor && st.active {
		return cell.Span{Text: "> ", Role: theme.Mark}, theme.Cursor
	}
	return cell.Span{Text: "  "}, theme.Text
}

// foundPart lists what was found, each with what became of it.
func (v *View) foundPart() section {
	w := v.env.Text.Order
	s := section{name: w.Found}
	for i := range v.file.Anomalies {
		a := v.file.Anomalies[i]
		s.items = append(s.items, item{id: v.env.Text.Number(int64(a.ID)), opens: a.Case, goods: a.Evidence.Product, lines: func(st state) []cell.Line { return v.odd(a, st) }})
	}
	if len(s.items) == 0 {
		s.name = w.NotFound
	}
	return s
}

func (v *View) odd(a domain.Anomaly, st state) []cell.Line {
	t := v.env.Text
	lead, over := sign(st)
	what := cell.Clean(t.OddPlace(a) + " " + t.Evident(a, v.file, v.env.Now()))
	stands, role := v.stands(a)
	more := cell.Clean(v.more(a))
	line := cell.Line{
		Left:  []cell.Span{lead, {Text: cell.Fit(t.Kind(a.Kind), kindCells) + "  "}, {Text: what}},
		Right: []cell.Span{{Text: stands + " ", Role: role}}, Over: over,
	}
	if v.W >= wide {
		if more != "" {
			line.Left = append(line.Left, cell.Span{Text: "   " + more, Role: theme.Muted})
		}
		return []cell.Line{line}
	}
	out := []cell.Line{line}
	if st.cursor && st.active && more != "" {
		out = append(out, cell.Painted(theme.Muted, "       "+more))
	}
	return out
}

// stands is what became of an anomaly: how it ended, or who works on it.
func (v *View) stands(a domain.Anomaly) (string, theme.Role) {
	t, w, now := v.env.Text, v.env.Text.Order.Odd, v.env.Now()
	h := v.file.HoldOf(a.ID)
	if r := v.file.RecordOf(a.ID); r != nil {
		if v.W < wide {
			return t.Outcome(string(r.Outcome)), theme.Muted
		}
		return t.Closed(*r, now), theme.Muted
	}
	if a.Outcome != "" {
		return t.Outcome(string(a.Outcome)), theme.Muted
	}
	parts := []string{w.Flags}
	role := theme.Text
	if h != nil && h.Active() {
		parts, role = []string{w.Blocks}, theme.Problem
		if h.Pending {
			parts, role = []string{w.Pending}, theme.Near
		}
	}
	if c := v.file.CaseOf(a.Case); c != nil {
		switch {
		case c.Holder != nil:
			parts = append(parts, v.person(c.Holder.Name, c.Holder.NameEn, c.Holder.Login)+" "+t.Age(now.Sub(c.Holder.Since)))
		case c.State == domain.CaseSnoozed && c.Until != nil:
			parts = append(parts, w.Later(t.Soon(*c.Until, now)))
		default:
			parts = append(parts, w.With(t.Department(c.With)))
		}
	}
	return strings.Join(parts, t.Values.Join), role
}

// more is the rule, and what became of the hold of one that is over.
func (v *View) more(a domain.Anomaly) string {
	t, w := v.env.Text, v.env.Text.Order.Odd
	var out []string
	if a.Evidence.Rule != "" {
		out = append(out, w.Rule(a.Evidence.Rule, a.Evidence.RuleVersion))
	}
	if a.Hard {
		out = append(out, w.Hard)
	}
	if r := v.file.RecordOf(a.ID); r != nil && v.W < wide {
		out = append(out, t.Closed(*r, v.env.Now()))
	}
	if h := v.file.HoldOf(a.ID); h != nil && a.Outcome != "" {
		switch {
		case h.ReleasedAt != nil:
			out = append(out, w.Released)
		case h.Pending:
			out = append(out, w.Pending)
		}
	}
	return strings.Join(out, t.Values.Join)
}

// happenedPart tells the story, oldest first.
func (v *View) happenedPart() section {
	s := section{name: v.env.Text.Order.Story}
	var day string
	for _, e := range v.story {
		at := e.At.In(v.env.Zone)
		date := v.env.Text.Date(at)
		again := date == day
		day = date
		it := item{id: e.Key, opens: e.Case, lines: func(st state) []cell.Line { return v.event(e, at, date, again && !st.top, st) }}
		if e.Link != nil {
			it.order = e.Link.ID
		}
		s.items = append(s.items, it)
	}
	return s
}

// event draws one line of the story. The day is left out where it is the same again.
func (v *View) event(e domain.StoryEvent, at time.Time, date string, again bool, st state) []cell.Line {
	t, w := v.env.Text, v.env.Text.Order.Event
	if again {
		date = ""
	}
	who := w.Platform
	switch {
	case e.By != "":
		who = v.person(e.ByName, e.ByNameEn, e.By)
	case e.What == domain.StoryFound || e.What == domain.StoryAccepted || e.What == domain.StoryCleared:
		who = w.Judge
	case e.What == domain.StoryTold && e.Told.What != domain.EventStage && e.Told.What != domain.EventCollection:
		who = t.Order.Told.Store
	}
	lead, over := sign(st)
	words := cell.Wrap(cell.Cut(cell.Clean(t.Event(e, v.file, v.env.Now())), textLines*v.W), v.W-textAt-1, textLines)
	if len(words) == 0 {
		words = []string{""}
	}
	out := []cell.Line{{
		Left: []cell.Span{
			lead,
			{Text: cell.Fit(date, dayCells) + " " + t.Clock(at) + "  ", Role: theme.Muted},
			{Text: cell.Fit(cell.Clean(who), whoCells) + " "},
			{Text: words[0]},
		},
		Over: over,
	}}
	for _, l := range words[1:] {
		out = append(out, cell.Line{Left: []cell.Span{{Text: cell.Spaces(textAt) + l}}, Over: over})
	}
	return out
}
