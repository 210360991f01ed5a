package reports

import (
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// opened is what is behind a row, with a cursor.
type opened struct {
	of   listing
	list *widget.List[int]
}

// openRow shows what is behind the row under the cursor.
func (v *View) openRow(p keys.Press) tea.Cmd {
	r, at := v.now()
	if r == nil || r.rows(0, 0) == 0 {
		return ui.NoSense(v.env, p)
	}
	l := v.behind(r, at)
	if l.waits {
		return v.readItems()
	}
	o := &opened{of: l, list: widget.NewList[int]()}
	ids := make([]int, len(l.entries))
	for i := range ids {
		ids[i] = i
	}
	o.list.SetHeight(v.openedHeight())
	o.list.Reset(ids)
	v.opened = o
	return nil
}

func (v *View) openedHeight() int { return max(1, v.H-frame) }

// pressOpened takes a key among what is behind a row.
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
	case keys.Open:
		if i, ok := l.Cursor(); ok && v.opened.of.entries[i].opens != nil {
			return ui.Send(v.opened.of.entries[i].opens)
		}
		return ui.NoSense(v.env, p)
	case keys.Store:
		if i, ok := l.Cursor(); ok && v.opened.of.entries[i].store != "" {
			return ui.Send(ui.OpenStore{Code: v.opened.of.entries[i].store})
		}
		return ui.NoSense(v.env, p)
	default:
		return ui.NoSense(v.env, p)
	}
	return nil
}

func (v *View) drawOpened(b *ui.Body) string {
	o := v.opened
	b.Rule(v.env.Text.Report.Behind(o.of.name, len(o.of.entries)))
	if len(o.of.entries) == 0 {
		return b.Add(cell.Painted(theme.Muted, "  "+v.nothing(o.of))).String()
	}
	t := widget.NewTable(o.of.cols(v.W), v.W)
	b.Add(t.Head())
	return b.Add(o.list.Lines(func(i int, st widget.RowState) cell.Line { return t.Row(st, o.of.entries[i].cells...) })...).String()
}
