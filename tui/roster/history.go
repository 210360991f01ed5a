package roster

import (
	"cmp"
	"context"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// past is what was done to a week, as a list of lines, the newest first.
type past struct {
	week  time.Time
	lines []cell.Line
	list  *widget.List[int]
}

// pastEntry is one thing that was done, and what it changed.
type pastEntry struct {
	at    time.Time
	lines []cell.Line
}

// readHistory opens what was done to the week.
func (v *View) readHistory() tea.Cmd {
	store, week := v.store, v.read.Week
	return ui.Load(v.env, v.histGen.Next(), "read roster history", readLimit, func(ctx context.Context) (historyRead, error) {
		h, err := store.RosterHistory(ctx, week)
		return historyRead{h}, err
	})
}

func (v *View) historyCame(msg ui.Loaded[historyRead]) tea.Cmd {
	switch {
	case msg.Gen != v.histGen || v.ask != nil || v.edit != nil:
		return nil
	case msg.Err != nil:
		return ui.Fail(v.env, msg.Err)
	}
	h := msg.Value.history
	var all []pastEntry
	for _, x := range h.Versions {
		all = append(all, v.versionEntry(x))
	}
	for _, a := range h.Absences {
		all = append(all, v.absenceEntries(a)...)
	}
	for _, x := range h.Swaps {
		all = append(all, v.swapEntry(x))
	}
	slices.SortStableFunc(all, func(a, b pastEntry) int { return cmp.Compare(b.at.UnixNano(), a.at.UnixNano()) })
	p := &past{week: h.Week, list: widget.NewList[int]()}
	for _, e := range all {
		p.lines = append(p.lines, e.lines...)
	}
	ids := make([]int, len(p.lines))
	for i := range ids {
		ids[i] = i
	}
	p.list.SetHeight(max(1, v.H-1))
	p.list.Reset(ids)
	v.past = p
	return nil
}

func (v *View) when(t time.Time) string { return v.env.Text.When(t.In(v.env.Zone), v.env.Now()) }

func (v *View) versionEntry(x domain.RosterVersion) pastEntry {
	w := v.env.Text.Roster
	head := w.VersionLine(x.No, w.Why[x.Why], v.env.Text.Person(x.ByName, x.ByNameEn, x.By), v.when(x.At))
	if x.Note != "" {
		head += ": " + x.Note
	}
	e := pastEntry{at: x.At, lines: []cell.Line{cell.Painted(theme.Accent, head)}}
	for _, c := range x.Changes {
		e.lines = append(e.lines, cell.Plain("  "+v.change(c)))
	}
	return e
}

func (v *View) absenceEntries(a domain.RosterAbsence) []pastEntry {
	w := v.env.Text.Roster
	head := w.AbsenceLine(v.nameOf(a.Login), w.Reasons[a.Reason], v.when(a.Starts), v.when(a.Ends), v.nameOf(a.By), v.when(a.At))
	if a.Note != "" {
		head += ": " + a.Note
	}
	out := []pastEntry{{at: a.At, lines: []cell.Line{cell.Painted(theme.Accent, head)}}}
	if a.EndedBy != "" {
		out = append(out, pastEntry{at: a.EndedAt, lines: []cell.Line{cell.Painted(theme.Accent, w.EndedLine(v.nameOf(a.Login), v.nameOf(a.EndedBy), v.when(a.EndedAt)))}})
	}
	return out
}

func (v *View) swapEntry(x domain.RosterSwap) pastEntry {
	w := v.env.Text.Roster
	line := w.SwapLine(v.nameOf(x.By), v.nameOf(x.Of), v.swapSide(x.By, x.GivesDay, x.Gives), v.swapSide(x.Of, x.TakesDay, x.Takes), x.Agreed)
	for _, note := range []string{x.Note, x.Answer} {
		if note != "" {
			line += ": " + note
		}
	}
	return pastEntry{at: x.Answered, lines: []cell.Line{cell.Painted(theme.Accent, line+", "+v.when(x.Answered))}}
}

// pastLines draws the history.
func (v *View) pastLines() []cell.Line {
	w := v.env.Text.Roster
	out := []cell.Line{cell.Painted(theme.Head, " "+w.History(v.date(v.past.week)))}
	if len(v.past.lines) == 0 {
		return append(out, cell.Painted(theme.Muted, " "+w.NoHistory))
	}
	return append(out, v.past.list.Lines(func(i int, st widget.RowState) cell.Line {
		line := v.past.lines[i]
		sign := "  "
		if st.Cursor {
			sign, line.Over = "> ", theme.Cursor
		}
		line.Left = append([]cell.Span{{Text: sign, Role: theme.Mark}}, line.Left...)
		return line
	})...)
}

// pressPast takes keys in the history.
func (v *View) pressPast(p keys.Press) tea.Cmd {
	l := v.past.list
	switch p.Action {
	case keys.Up:
		l.Move(-p.Count)
	case keys.Down:
		l.Move(p.Count)
	case keys.HalfUp:
		l.Page(-p.Count)
	case keys.HalfDown:
		l.Page(p.Count)
	case keys.First:
		l.First()
	case keys.Last:
		l.Last()
	case keys.Refresh:
		return v.readHistory()
	case keys.Back, keys.History:
		v.past = nil
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}
