package widget

// ToggleMark marks the row under the cursor or takes its mark away, and moves by n
// rows.
func (l *List[K]) ToggleMark(n int) {
	if id, ok := l.Cursor(); ok {
		if l.marks[id] {
			delete(l.marks, id)
		} else {
			l.marks[id] = true
		}
	}
	l.Move(n)
}

// MarkMoving marks the row under the cursor, moves by n rows and marks that one.
func (l *List[K]) MarkMoving(n int) {
	for range 2 {
		if id, ok := l.Cursor(); ok {
			l.marks[id] = true
		}
		l.Move(n)
		n = 0
	}
}

// MarkAll marks all rows shown; if all are, it takes the marks away.
func (l *List[K]) MarkAll() {
	missing := false
	for i, id := range l.rows {
		missing = missing || !l.marks[id] && !l.gone(i)
	}
	if !missing {
		l.Unmark()
		return
	}
	for i, id := range l.rows {
		if !l.gone(i) {
			l.marks[id] = true
		}
	}
}

// Unmark takes all marks away, those of hidden rows too.
func (l *List[K]) Unmark() { l.marks = map[K]bool{} }

// Marked lists the marked rows that are shown, in their order. hidden is how many
// more are marked but not shown: bulk acts leave those alone and say so.
func (l *List[K]) Marked() (shown []K, hidden int) {
	for _, id := range l.rows {
		if l.marks[id] {
			shown = append(shown, id)
		}
	}
	return shown, len(l.marks) - len(shown)
}
