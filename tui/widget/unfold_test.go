package widget_test

import (
	"testing"

	"cleardesk/tui/widget"

	"github.com/google/go-cmp/cmp"
)

// Unfolding and folding keep the cursor on its row, the marks, and what is new out.
func TestUnfoldKeepsTheCursor(t *testing.T) {
	t.Parallel()
	l := widget.NewList[int]()
	l.SetHeight(10)
	l.Set([]int{1, 2, 3})
	l.Set([]int{1, 9, 2, 3}) // 9 is new
	l.To(3)
	l.Unfold(2, []int{21, 22})
	if at, _ := l.Cursor(); at != 3 {
		t.Errorf("the cursor is on %d", at)
	}
	if diff := cmp.Diff([]int{1, 2, 21, 22, 3}, l.Rows()); diff != "" {
		t.Error(diff)
	}
	if l.Fresh() != 1 {
		t.Errorf("%d are new", l.Fresh())
	}
	l.To(22)
	l.ToggleMark(0)
	l.Set([]int{1, 9, 2, 21, 22, 3})
	if l.Gone(22) || l.Fresh() != 1 {
		t.Errorf("gone %v, %d new", l.Gone(22), l.Fresh())
	}
	l.Fold(2, []int{21, 22})
	if at, _ := l.Cursor(); at != 2 {
		t.Errorf("the cursor is on %d", at)
	}
	if shown, hidden := l.Marked(); len(shown) != 0 || hidden != 1 {
		t.Errorf("marked %v and %d hidden", shown, hidden)
	}
	l.Unfold(2, []int{21, 22})
	if shown, hidden := l.Marked(); !cmp.Equal(shown, []int{22}) || hidden != 0 {
		t.Errorf("marked %v and %d hidden", shown, hidden)
	}
	l.Refresh()
	if diff := cmp.Diff([]int{1, 9, 2, 21, 22, 3}, l.Rows()); diff != "" {
		t.Error(diff)
	}
	l.Unfold(77, []int{78}) // not shown
	l.Unfold(2, []int{21, 23})
	if diff := cmp.Diff([]int{1, 9, 2, 23, 21, 22, 3}, l.Rows()); diff != "" {
		t.Error(diff)
	}
}
