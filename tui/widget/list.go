// Package widget holds the parts that views are put together from: a list, a table,
// fields, a question before writing, boxes. They draw and keep their own small
// state; they know no business and read no data.
package widget

import "cleardesk/tui/cell"

// RowState is how a row is drawn.
type RowState struct {
	Cursor bool // the cursor is on it
	Marked bool
	Gone   bool // it left the list since the rows were put in order; drawn muted
}

// List is a list whose cursor stays on its row, whatever happens to the others.
// Rows keep their places; new ones are kept back until the person lets them in.
// The list knows ids only; the view keeps the data and draws the rows that are
// asked for, which are never more than the height.
type List[K comparable] struct {
	rows   []K       // as shown, top to bottom
	at     map[K]int // place of each row
	latest []K       // as last told by Set
	told   []int     // for each row the turn of Set that told it last
	turn   int
	fresh  int
	cursor int
	offset int
	height int
	marks  map[K]bool
}

// NewList makes an empty list.
func NewList[K comparable]() *List[K] {
	return &List[K]{at: map[K]int{}, marks: map[K]bool{}}
}

// Set tells the rows there are now, in their order. Rows on the screen keep their
// places, new ones are counted by Fresh, those that left are drawn as gone. A list
// that was empty takes them at once.
func (l *List[K]) Set(ids []K) {
	l.latest = ids
	if len(l.rows) == 0 {
		l.Refresh()
		return
	}
	l.turn++
	l.fresh = 0
	for _, id := range ids {
		if i, shown := l.at[id]; shown {
			l.told[i] = l.turn
		} else {
			l.fresh++
		}
	}
}

// Refresh lets the new rows in, takes the gone ones out and puts all in the order
// last told. The cursor stays on its row; if that is gone, on the next that stays.
func (l *List[K]) Refresh() {
	want, ok := l.survivor()
	line := l.cursor - l.offset
	l.adopt()
	if ok {
		l.cursor = l.at[want]
	}
	l.offset = l.cursor - line
	l.settle()
}

// Reset shows other rows, for another filter or order: the cursor stays on its row
// if it is among them, else it goes to the first.
func (l *List[K]) Reset(ids []K) {
	id, ok := l.Cursor()
	l.latest = ids
	l.adopt()
	l.cursor = 0
	if i, there := l.at[id]; ok && there {
		l.cursor = i
	}
	l.settle()
}

// Remove takes one row out at once, because the person saw it go. The cursor goes
// to the row that takes its place.
func (l *List[K]) Remove(id K) {
	i, ok := l.at[id]
	if !ok {
		return
	}
	l.rows = append(l.rows[:i:i], l.rows[i+1:]...)
	l.told = append(l.told[:i:i], l.told[i+1:]...)
	delete(l.marks, id)
	for j, k := range l.latest {
		if k == id {
			l.latest = append(l.latest[:j:j], l.latest[j+1:]...)
			break
		}
	}
	l.index()
	if l.cursor > i {
		l.cursor--
	}
	l.settle()
}

// survivor is the row at the cursor, or the nearest after, then before it that is
// still in the latest order.
func (l *List[K]) survivor() (K, bool) {
	stays := make(map[K]bool, len(l.latest))
	for _, id := range l.latest {
		stays[id] = true
	}
	for i := l.cursor; i < len(l.rows); i++ {
		if stays[l.rows[i]] {
			return l.rows[i], true
		}
	}
	for i := min(l.cursor, len(l.rows)) - 1; i >= 0; i-- {
		if stays[l.rows[i]] {
			return l.rows[i], true
		}
	}
	var none K
	return none, false
}

// adopt takes rows as they were last told.
func (l *List[K]) adopt() {
	l.rows = append([]K(nil), l.latest...)
	l.told = make([]int, len(l.rows))
	for i := range l.told {
		l.told[i] = l.turn
	}
	l.fresh = 0
	l.index()
}

func (l *List[K]) index() {
	l.at = make(map[K]int, len(l.rows))
	for i, id := range l.rows {
		l.at[id] = i
	}
}

// gone tells whether the row at a place has left the list.
func (l *List[K]) gone(i int) bool { return l.told[i] != l.turn }

// Fresh is how many rows wait to be let in.
func (l *List[K]) Fresh() int { return l.fresh }

// FreshRows lists the rows that wait to be let in, in their order.
func (l *List[K]) FreshRows() []K {
	var out []K
	for _, id := range l.latest {
		if _, shown := l.at[id]; !shown {
			out = append(out, id)
		}
	}
	return out
}

// Len is how many rows are shown, the gone ones among them.
func (l *List[K]) Len() int { return len(l.rows) }

// Rows lists the rows as shown. The caller must not change it.
func (l *List[K]) Rows() []K { return l.rows }

// Gone tells whether a shown row has left the list.
func (l *List[K]) Gone(id K) bool {
	i, shown := l.at[id]
	return !shown || l.gone(i)
}

// Cursor is the row under the cursor, false in an empty list.
func (l *List[K]) Cursor() (K, bool) {
	if l.cursor < len(l.rows) {
		return l.rows[l.cursor], true
	}
	var none K
	return none, false
}

// Index is the place of the cursor from 0.
func (l *List[K]) Index() int { return l.cursor }

// Span is the places of the first and the last row on the screen, from 1; 0, 0 in an
// empty list.
func (l *List[K]) Span() (first, last int) {
	if len(l.rows) == 0 {
		return 0, 0
	}
	return l.offset + 1, min(l.offset+l.height, len(l.rows))
}

// Move moves the cursor by n rows, downwards where n is positive. Arriving at the
// top lets the new rows in.
func (l *List[K]) Move(n int) {
	l.cursor += n
	l.settle()
	if n < 0 && l.cursor == 0 {
		l.top()
	}
}

// Page moves the cursor by n half pages.
func (l *List[K]) Page(n int) { l.Move(n * max(l.height/2, 1)) }

// First goes to the first row and lets the new ones in.
func (l *List[K]) First() {
	l.cursor = 0
	l.settle()
	l.top()
}

// top lets new rows in while the cursor rests at the top, and stays there.
func (l *List[K]) top() {
	if l.fresh == 0 {
		return
	}
	l.Refresh()
	l.cursor, l.offset = 0, 0
}

// Last goes to the last row.
func (l *List[K]) Last() {
	l.cursor = len(l.rows) - 1
	l.settle()
}

// To puts the cursor on a row, false where it is not shown.
func (l *List[K]) To(id K) bool {
	i, ok := l.at[id]
	if ok {
		l.cursor = i
		l.settle()
	}
	return ok
}

// SetHeight tells how many rows the screen has room for.
func (l *List[K]) SetHeight(h int) {
	l.height = max(h, 0)
	l.settle()
}

// settle brings cursor and offset into their bounds.
func (l *List[K]) settle() {
	l.cursor = max(min(l.cursor, len(l.rows)-1), 0)
	l.offset = min(l.offset, l.cursor)
	if l.height > 0 {
		l.offset = max(l.offset, l.cursor-l.height+1)
	}
	l.offset = max(min(l.offset, len(l.rows)-l.height), 0)
}

// Lines draws the rows on the screen, never more than the height.
func (l *List[K]) Lines(draw func(id K, s RowState) cell.Line) []cell.Line {
	end := min(l.offset+l.height, len(l.rows))
	lines := make([]cell.Line, 0, max(end-l.offset, 0))
	for i := l.offset; i < end; i++ {
		id := l.rows[i]
		lines = append(lines, draw(id, RowState{Cursor: i == l.cursor, Marked: l.marks[id], Gone: l.gone(i)}))
	}
	return lines
}
