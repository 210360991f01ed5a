package order

import (
	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/ui"
)

// part is one of the parts of the screen, in their order.
type part int

const (
	ordered  part = iota // the lines
	found                // anomalies and holds
	happened             // the story
	partCount
)

// wide is the width from which notes stand beside their lines.
const wide = 110

// least is how many lines of each part are shown at least.
var least = [partCount]int{4, 2, 4}

// state is how a row is drawn.
type state struct {
	cursor bool // the cursor of its part is on it
	active bool // its part has the cursor
	top    bool // it is the first on the screen
}

// item is a row the cursor can rest on; it may take several lines.
type item struct {
	id    string
	lines func(state) []cell.Line
	opens domain.CaseID
	order domain.OrderID
	goods domain.ProductCode // what it is about, where it is about one product
}

// section is a part as it is drawn.
type section struct {
	name  string                      // in the rule above it
	head  cell.Line                   // instead of the rule, where it has no name
	foot  func(span string) cell.Line // beneath the rows, nil: nothing; span is given where not all are shown
	items []item
	room  int // lines for the rows
}

// sections are the parts, fitted into the lines there are.
func (v *View) sections() [partCount]section {
	all := [partCount]section{v.orderedPart(), v.foundPart(), v.happenedPart()}
	left := v.H - len(v.title())
	var want [partCount]int
	for p := range all {
		left--
		if all[p].foot != nil {
			left--
		}
		want[p] = len(v.flat(all[p], part(p), -1))
		all[p].room = min(want[p], least[p])
	}
	for p := range all {
		left -= all[p].room
	}
	for p := partCount - 1; left < 0 && p >= 0; p-- { // a very low screen
		if cut := min(-left, max(0, all[p].room-1)); cut > 0 {
			all[p].room -= cut
			left += cut
		}
	}
	if more := min(left, want[v.part]-all[v.part].room); more > 0 { // what is read now comes first
		all[v.part].room += more
		left -= more
	}
	for grew := true; grew; {
		grew = false
		for p := range all {
			if left > 0 && all[p].room < want[p] {
				all[p].room++
				left--
				grew = true
			}
		}
	}
	return all
}

// flat is all lines of a part's rows; the row that holds the line top says what the
// first on the screen says.
func (v *View) flat(s section, p part, top int) []cell.Line {
	var out []cell.Line
	at := v.index(s, p)
	for i, it := range s.items {
		st := state{cursor: i == at, active: p == v.part}
		lines := it.lines(st)
		if st.top = top >= len(out) && top < len(out)+len(lines); st.top {
			lines = it.lines(st)
		}
		out = append(out, lines...)
	}
	return out
}

// index is where the cursor of a part is: at its row, and where that is gone at the
// one that took its place.
func (v *View) index(s section, p part) int {
	for i, it := range s.items {
		if it.id == v.at[p] {
			return i
		}
	}
	return max(0, min(v.was[p], len(s.items)-1))
}

// current is the row under the cursor.
func (v *View) current() (item, bool) {
	if !v.read {
		return item{}, false
	}
	s := v.build(v.part)
	if len(s.items) == 0 {
		return item{}, false
	}
	return s.items[v.index(s, v.part)], true
}

func (v *View) build(p part) section {
	switch p {
	case ordered:
		return v.orderedPart()
	case found:
		return v.foundPart()
	default:
		return v.happenedPart()
	}
}

func (v *View) step(n int) {
	if !v.read {
		return
	}
	s := v.build(v.part)
	if len(s.items) > 0 {
		v.at[v.part] = s.items[max(0, min(v.index(s, v.part)+n, len(s.items)-1))].id
	}
}

// turn goes to the next part or the one before that has rows, round and round.
func (v *View) turn(by int) {
	if !v.read {
		return
	}
	for p := (v.part + part(by) + partCount) % partCount; p != v.part; p = (p + part(by) + partCount) % partCount {
		if len(v.build(p).items) > 0 {
			v.part = p
			return
		}
	}
}

// settle brings each cursor to a row that is there, and that row into sight.
func (v *View) settle() {
	if !v.read || v.W <= 0 {
		return
	}
	if v.part != ordered && len(v.build(v.part).items) == 0 {
		v.part = ordered
	}
	for p := range partCount {
		if s := v.build(p); len(s.items) > 0 {
			v.was[p] = v.index(s, p)
			v.at[p] = s.items[v.was[p]].id
		}
	}
	for p, s := range v.sections() {
		from, to, all := v.extent(s, part(p))
		first := max(min(v.seen[p], from), to-s.room)
		v.seen[p] = max(0, min(first, all-s.room))
	}
}

// extent is the lines of the cursor's row, from and up to, and how many all rows take.
func (v *View) extent(s section, p part) (from, to, all int) {
	at := v.index(s, p)
	for i, it := range s.items {
		n := len(it.lines(state{cursor: i == at, active: p == v.part}))
		if i == at {
			from, to = all, all+n
		}
		all += n
	}
	return from, min(to, from+max(1, s.room)), all
}

// View draws the title and the parts.
func (v *View) View() string {
	b := ui.NewBody(v.env, v.W, v.H)
	b.Add(v.title()...)
	if !v.read {
		return b.Add(v.waiting()...).String()
	}
	for p, s := range v.sections() {
		all := v.flat(s, part(p), v.seen[p])
		first := max(0, min(v.seen[p], len(all)-s.room))
		last := min(len(all), first+s.room)
		span := ""
		if s.room < len(all) {
			span = "   " + v.span(s, part(p), first, last)
		}
		if s.name != "" {
			b.Rule(s.name + span)
		} else {
			b.Add(s.head)
		}
		b.Add(all[first:last]...)
		if s.foot != nil {
			b.Add(s.foot(span))
		}
	}
	return b.String()
}

// span tells which rows of a part stand in its lines from first up to last.
func (v *View) span(s section, p part, first, last int) string {
	at := v.index(s, p)
	from, to, line := 0, 0, 0
	for i, it := range s.items {
		if line <= first {
			from = i + 1
		}
		if line < last {
			to = i + 1
		}
		line += len(it.lines(state{cursor: i == at, active: p == v.part}))
	}
	return v.env.Text.Order.Span(from, to, len(s.items))
}
