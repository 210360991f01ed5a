package training

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// entry is one line behind a row: a training, or a case to open.
type entry struct {
	line cell.Line // of a training
	kase domain.CaseID
	at   int // of a case: which of those shown
}

// opened is what is behind a row, with a cursor.
type opened struct {
	who  domain.Trainee
	all  []entry
	list *widget.List[int]
}

func (v *View) open(r *domain.TrainingRow) *opened {
	if r == nil {
		return nil
	}
	o := &opened{who: r.Trainee(), all: v.entries(r, v.W), list: widget.NewList[int]()}
	ids := make([]int, len(o.all))
	for i := range ids {
		ids[i] = i
	}
	o.list.SetHeight(v.openedHeight())
	o.list.Reset(ids)
	return o
}

func (v *View) openedHeight() int { return max(1, v.H-headLines-1) }

// entries are what is behind a row: what was done, then the cases.
func (v *View) entries(r *domain.TrainingRow, w int) []entry {
	c := v.env.Text
	var out []entry
	for i := range r.Held {
		h := &r.Held[i]
		said := c.HelpedBy(h.Helped)
		note := "  " + c.Train.Lesson(h.On.Format("01-02"), c.Train.Topics[h.Topic], c.Person(h.ByName, h.ByNameEn, h.By), h.Note)
		line := cell.Line{Left: []cell.Span{{Text: cell.Cut(cell.Clean(note), max(10, w-cell.Width(said)-3))}}}
		line.Right = []cell.Span{{Text: said + " ", Role: verdictRole(h.Verdict())}}
		out = append(out, entry{line: line})
	}
	for i := range r.Shown {
		out = append(out, entry{kase: r.Shown[i].Case, at: i})
	}
	return out
}

// pressOpened takes a key among a row's cases.
func (v *View) pressOpened(p keys.Press) tea.Cmd {
	l := v.opened.list
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
	case keys.Back, keys.Fold:
		v.opened = nil
	case keys.Store:
		return v.openStore(p, v.opened.who)
	case keys.Open:
		if i, ok := l.Cursor(); ok && v.opened.all[i].kase != 0 {
			return ui.Send(ui.OpenCase{ID: v.opened.all[i].kase})
		}
		return ui.NoSense(v.env, p)
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

// openStore opens the store of a row; a department has none.
func (v *View) openStore(p keys.Press, t domain.Trainee) tea.Cmd {
	if t.Store == "" {
		return ui.NoSense(v.env, p)
	}
	return ui.Send(ui.OpenStore{Code: t.Store})
}

func (v *View) drawOpened(b *ui.Body) string {
	o := v.opened
	r, words := v.rows[o.who], v.env.Text.Train
	b.Rule(words.Of(v.who(o.who), len(r.Cases)))
	t := v.caseTable(r, v.W)
	b.Add(t.Head())
	if len(o.all) == 0 {
		b.Add(cell.Painted(theme.Muted, "  "+words.Nothing))
	}
	o.list.SetHeight(v.openedHeight())
	return b.Add(o.list.Lines(func(i int, st widget.RowState) cell.Line {
		e := o.all[i]
		if e.kase != 0 {
			return t.Row(st, v.caseCells(r, &r.Shown[e.at])...)
		}
		line := e.line
		if st.Cursor {
			line.Left = append([]cell.Span{{Text: ">", Role: theme.Cursor}}, cell.Span{Text: line.Left[0].Text[1:]})
		}
		return line
	})...).String()
}
