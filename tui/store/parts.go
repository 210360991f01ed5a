package store

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"
)

// part is one of the parts of the screen, in their order.
type part int

const (
	orders part = iota
	open
	promised
	refused
	memory
	talks
	partCount
)

// place names a row wherever it stands, so that the cursor stays on it when the file
// is read again.
type place struct {
	part part
	id   int64
}

// row is one line the cursor can rest on.
type row struct {
	place
	line  func(s widget.RowState) cell.Line
	order *domain.OrderBrief // it is about, nil: none
	opens domain.CaseID      // 0: nothing
	more  int                // rows of its part that are not shown

	product domain.ProductCode // it is about, "": none
}

// section is a part as it is drawn.
type section struct {
	part  part
	name  string
	head  *cell.Line // the line of column headings, nil: none
	rows  []row
	shown int // rows that are drawn
}

func (s section) lines() int {
	n := 1 + s.shown
	if s.head != nil {
		n++
	}
	return n
}

// Widths at which more is shown.
const (
	wideColumns = 110
	sideBySide  = 160 // what was and what is stand side by side
	sideWidth   = 76  // of the right column there
	titleLines  = 2
	callLines   = 2 // what the store may say, at the bottom
)

// room is how many lines the parts have.
func (v *View) room() int { return max(0, v.H-titleLines-callLines) }

// least is how many rows of a part are shown on a low screen.
func least(p part) int {
	switch p {
	case orders, open:
		return 4
	case memory:
		return 99 // all: they are few, and the point of the screen
	default:
		return 3
	}
}

// columns are the parts by column, fitted to the room: rows beyond the least are shown
// where there is room for them, or where the person asked for all.
func (v *View) columns() [][]section {
	if !v.read {
		return nil
	}
	w, wide := v.W, v.W >= sideBySide
	side := w
	if wide {
		w, side = v.W-sideWidth-1, sideWidth
	}
	left := []section{v.orderPart(w), v.openPart(w), v.promisedPart(w), v.refusedPart(w)}
	right := []section{v.memoryPart(side), v.talkPart(side)}
	if wide {
		return [][]section{v.fit(left), v.fit(right)}
	}
	return [][]section{v.fit(append(left, right...))}
}

// fit leaves out parts that have nothing to say and shows rows while there is room.
func (v *View) fit(all []section) []section {
	var out []section
	used := 0
	for _, s := range all {
		if len(s.rows) == 0 && s.part != open && s.part != orders {
			continue
		}
		s.shown = min(least(s.part), len(s.rows))
		if v.all[s.part] {
			s.shown = len(s.rows)
		}
		used += s.lines()
		out = append(out, s)
	}
	for grew := true; grew; {
		grew = false
		for i := range out {
			if used < v.room() && out[i].shown < len(out[i].rows) {
				out[i].shown++
				used++
				grew = true
			}
		}
	}
	for i := range out {
		for j := range out[i].rows {
			out[i].rows[j].more = len(out[i].rows) - out[i].shown
		}
	}
	return out
}

// shown lists the rows in the order the cursor passes them.
func (v *View) shown() []row {
	var out []row
	for _, col := range v.columns() {
		for _, s := range col {
			out = append(out, s.rows[:s.shown]...)
		}
	}
	return out
}

// index is where the cursor is among the rows: at its row, and where that is gone at
// the row that took its place, in the same part if it has any.
func (v *View) index(rows []row) int {
	for i, r := range rows {
		if r.place == v.at {
			return i
		}
	}
	i := max(0, min(v.was, len(rows)-1))
	for i > 0 && rows[i].part > v.at.part {
		i--
	}
	return i
}

func (v *View) current() (row, bool) {
	rows := v.shown()
	if len(rows) == 0 {
		return row{}, false
	}
	return rows[v.index(rows)], true
}

// start puts the cursor on the first order that has a case: the one the store most
// likely rings about.
func (v *View) start() {
	for _, r := range v.shown() {
		if r.part == orders && r.opens != 0 {
			v.at = r.place
			return
		}
	}
}

// to puts the cursor on the i-th row, or the nearest there is.
func (v *View) to(i int) {
	if rows := v.shown(); len(rows) > 0 {
		v.at = rows[max(0, min(i, len(rows)-1))].place
	}
}

func (v *View) step(n int) { v.to(v.index(v.shown()) + n) }

// turn goes to the first row of the next part or the one before that has rows, round
// and round.
func (v *View) turn(by int) {
	rows := v.shown()
	if len(rows) == 0 {
		return
	}
	here := rows[v.index(rows)].part
	for p := (here + part(by) + partCount) % partCount; p != here; p = (p + part(by) + partCount) % partCount {
		for _, r := range rows {
			if r.part == p {
				v.at = r.place
				return
			}
		}
	}
}

// drawn is a column as lines. at is the line the cursor is on and from the one that
// belongs in sight with it, -1 where the cursor is in another column.
func (v *View) drawn(col []section, w int) (lines []cell.Line, from, at int) {
	from, at = -1, -1
	for _, s := range col {
		top := len(lines)
		name := s.name
		if n := len(s.rows) - s.shown; n > 0 {
			name += "   " + v.env.Text.Store.More(n)
		}
		lines = append(lines, ui.Rule(v.env, name, w))
		if s.head != nil {
			lines = append(lines, *s.head)
		}
		for i, r := range s.rows[:s.shown] {
			here := r.place == v.at
			if here {
				from, at = len(lines), len(lines)
			}
			if here && i == 0 {
				from = top
			}
			lines = append(lines, r.line(widget.RowState{Cursor: here}))
		}
	}
	return lines, from, at
}

// settle brings the cursor to a row that is there, and that row into sight.
func (v *View) settle() {
	rows := v.shown()
	room := v.room()
	if len(rows) == 0 || room <= 0 {
		return
	}
	v.was = v.index(rows)
	v.at = rows[v.was].place
	for n, col := range v.columns() {
		lines, from, at := v.drawn(col, v.W)
		first := v.seen[n]
		if at >= 0 {
			first = max(min(first, from), at-room+1)
		}
		v.seen[n] = max(0, min(first, len(lines)-room))
	}
}
