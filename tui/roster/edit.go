package roster

import (
	"errors"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// cellEdit is the cell that is typed, or the marked ones together.
type cellEdit struct {
	field *widget.Field
	keys  []domain.RosterKey
}

// startEdit lets the cell under the cursor be typed, or all marked ones; with add behind
// what stands there.
func (v *View) startEdit(add bool) tea.Cmd {
	if !v.manager() {
		return v.needs()
	}
	var cells []domain.RosterKey
	for _, p := range v.read.People { // in the order of the grid, for the draft to be the same each time
		for i := range 7 {
			if k := (domain.RosterKey{Login: p.Login, Day: v.read.Day(i)}); v.marks[k] {
				cells = append(cells, k)
			}
		}
	}
	k, ok := v.key()
	if len(cells) == 0 {
		if !ok {
			return nil
		}
		cells = []domain.RosterKey{k}
	}
	for _, k := range cells {
		if v.over(k.Day) {
			return v.problem(v.env.Text.Roster.PastDay)
		}
	}
	e := &cellEdit{field: widget.NewField(fieldLimit), keys: cells}
	if len(cells) == 1 {
		e.field.SetValue(v.typedAs(cells[0]))
		if add && e.field.Value() != "" {
			e.field.SetValue(e.field.Value() + " ")
		}
	}
	v.edit = e
	return nil
}

// typedAs is a cell as it would be typed; nothing for a rest day.
func (v *View) typedAs(k domain.RosterKey) string {
	shifts := v.read.Cell(k).Shifts
	if len(shifts) == 0 {
		return ""
	}
	return v.shiftsText(k.Login, shifts)
}

// typeCell takes a key into the cell; enter takes it into the draft.
func (v *View) typeCell(p keys.Press) tea.Cmd {
	switch p.Action {
	case keys.Input:
		v.edit.field.Update(p)
		return nil
	case keys.Back:
		v.edit = nil
		return nil
	case keys.Open:
	default:
		return nil
	}
	cells, err := v.typed()
	if err != nil {
		return v.problem(v.badCell(err))
	}
	still := false
	for _, c := range cells {
		v.read.Put(c)
		seen := v.read.Cell(c.RosterKey)
		still = still || c.Absence == "" && seen.AbsID != 0
	}
	v.edit = nil
	clear(v.marks)
	cmds := []tea.Cmd{v.saveDraft()}
	if still {
		cmds = append(cmds, ui.Send(ui.Say{Text: v.env.Text.Roster.Absent, Tone: ui.Note}))
	}
	return tea.Batch(cmds...)
}

// typed is what the field means for each of the cells. An absence leaves the shifts as they
// are: somebody has to stand in for them.
func (v *View) typed() ([]domain.RosterCell, error) {
	var out []domain.RosterCell
	said := strings.TrimSpace(v.edit.field.Value())
	if said == "" {
		said = "rest"
	}
	for _, k := range v.edit.keys {
		p, _ := v.read.Person(k.Login)
		c, err := domain.ParseRosterCell(said, p, k.Day, v.read.Rules.Zone, text.RosterWord)
		if err != nil {
			return nil, err
		}
		if c.Absence != "" {
			c.Shifts = v.read.Cell(k).Shifts
		}
		out = append(out, c)
	}
	return out, nil
}

// badCell says what is wrong with a cell.
func (v *View) badCell(err error) string {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		if say := v.env.Text.Roster.BadCell[e.Detail["why"]]; say != nil {
			return say(e.Detail["text"])
		}
	}
	return v.env.Text.Error(err)
}

// editLines are the cell that is typed, with what it means, and how it is typed.
func (v *View) editLines() []cell.Line {
	w := v.env.Text.Roster
	head := w.EditMany(len(v.edit.keys))
	if len(v.edit.keys) == 1 {
		head = w.Edit(v.nameOf(v.edit.keys[0].Login), v.dayName(v.edit.keys[0].Day))
	}
	line := cell.Line{Left: []cell.Span{{Text: " " + head + " ", Role: theme.Accent}}}
	line.Left = append(line.Left, v.edit.field.Spans(min(34, v.W-cell.Width(head)-4), true)...)
	out := []cell.Line{line, {}, cell.Painted(theme.Muted, " "+w.EditKeys)}
	cells, err := v.typed()
	switch {
	case err != nil:
		out[1] = cell.Painted(theme.Problem, " !"+v.badCell(err))
	case cells[0].Absence != "":
		out[1] = cell.Plain(" = " + w.Reasons[cells[0].Absence])
	case len(cells[0].Shifts) == 0:
		out[1] = cell.Plain(" = " + w.Rest)
	default:
		var sum time.Duration
		for _, s := range cells[0].Shifts {
			sum += s.Ends.Sub(s.Starts)
		}
		out[1] = cell.Plain(" = " + w.Reads(v.shiftsText(cells[0].Login, cells[0].Shifts), v.env.Text.DutyHours(sum)))
	}
	return out
}
