package widget

import "slices"

// Unfold shows rows right under another at once, because the person asked for them.
// Rows that are shown already stay where they are.
func (l *List[K]) Unfold(under K, ids []K) {
	at, shown := l.at[under]
	if !shown {
		return
	}
	var add []K
	for _, id := range ids {
		if _, there := l.at[id]; !there {
			add = append(add, id)
		}
	}
	turns := make([]int, len(add))
	for i := range turns {
		turns[i] = l.turn
	}
	l.rows = slices.Insert(l.rows, at+1, add...)
	l.told = slices.Insert(l.told, at+1, turns...)
	if i := slices.Index(l.latest, under); i >= 0 {
		l.latest = slices.Insert(slices.Clone(l.latest), i+1, add...)
	}
	if l.cursor > at {
		l.cursor += len(add)
	}
	l.index()
	l.settle()
}

// Fold takes rows away at once, the cursor from one of them to the row they stood
// under. Their marks stay: they count as marks of rows that are not shown.
func (l *List[K]) Fold(under K, ids []K) {
	here, _ := l.Cursor()
	if slices.Contains(ids, here) {
		here = under
	}
	var rows []K
	var told []int
	for i, id := range l.rows {
		if !slices.Contains(ids, id) {
			rows, told = append(rows, id), append(told, l.told[i])
		}
	}
	l.rows, l.told = rows, told
	l.latest = slices.DeleteFunc(slices.Clone(l.latest), func(id K) bool { return slices.Contains(ids, id) })
	l.index()
	l.To(here)
	l.settle()
}
