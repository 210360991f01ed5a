package widget_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cleardesk/tui/cell"
	"cleardesk/tui/widget"
)

func listOf(h int, ids ...int) *widget.List[int] {
	l := widget.NewList[int]()
	l.SetHeight(h)
	l.Set(ids)
	return l
}

// screen is what a list draws: "> 3 " for the cursor's row, "*" marked, "~" gone.
func screen(l *widget.List[int]) []string {
	out := []string{}
	for _, line := range l.Lines(func(id int, s widget.RowState) cell.Line {
		sign := ""
		if s.Cursor {
			sign += ">"
		}
		if s.Marked {
			sign += "*"
		}
		if s.Gone {
			sign += "~"
		}
		return cell.Plain(sign + fmt.Sprint(id))
	}) {
		out = append(out, line.Left[0].Text)
	}
	return out
}

func want(t *testing.T, l *widget.List[int], rows ...string) {
	t.Helper()
	if diff := cmp.Diff(rows, screen(l)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNewRowsWaitAndGoneOnesStay(t *testing.T) {
	t.Parallel()
	l := listOf(5, 1, 2, 3)
	l.Move(1)
	l.Set([]int{9, 3, 1, 8})
	want(t, l, "1", ">~2", "3")
	if l.Fresh() != 2 || !slices.Equal(l.FreshRows(), []int{9, 8}) || !l.Gone(2) || l.Gone(3) {
		t.Errorf("fresh %d %v, gone %v %v", l.Fresh(), l.FreshRows(), l.Gone(2), l.Gone(3))
	}
	l.Refresh()
	want(t, l, "9", ">3", "1", "8")
	if l.Fresh() != 0 {
		t.Errorf("fresh %d after they were let in", l.Fresh())
	}
}

func TestTheTopLetsNewRowsIn(t *testing.T) {
	t.Parallel()
	l := listOf(3, 1, 2)
	l.Move(1)
	l.Set([]int{9, 1, 2})
	want(t, l, "1", ">2")
	l.Move(-1)
	want(t, l, ">9", "1", "2")
	l.Set([]int{7, 9, 1, 2})
	want(t, l, ">9", "1", "2") // resting there, nothing moves under the cursor
	l.First()
	want(t, l, ">7", "9", "1")
}

func TestTheCursorKeepsItsLineOnRefresh(t *testing.T) {
	t.Parallel()
	l := listOf(3, 1, 2, 3, 4, 5)
	l.Move(3)
	want(t, l, "2", "3", ">4")
	l.Set([]int{9, 8, 1, 2, 3, 4, 5})
	l.Refresh()
	want(t, l, "2", "3", ">4")
}

func TestRemovePutsTheCursorOnTheNextRow(t *testing.T) {
	t.Parallel()
	l := listOf(3, 1, 2, 3)
	l.Move(1)
	l.ToggleMark(0)
	l.Set([]int{1, 2, 3, 4})
	l.Remove(2)
	want(t, l, "1", ">3")
	if _, hidden := l.Marked(); hidden != 0 || l.Fresh() != 1 {
		t.Errorf("hidden marks %d, fresh %d", hidden, l.Fresh())
	}
	l.Remove(3)
	want(t, l, ">1")
	l.Remove(1)
	l.Remove(1)
	if _, ok := l.Cursor(); ok || l.Len() != 0 {
		t.Error("an empty list has a cursor")
	}
	l.Move(3)
	l.ToggleMark(1)
	l.Set([]int{5})
	want(t, l, ">5")
}

func TestResetKeepsTheRowUnderTheCursor(t *testing.T) {
	t.Parallel()
	l := listOf(3, 1, 2, 3, 4)
	l.Move(2)
	l.ToggleMark(0)
	l.Reset([]int{7, 3})
	want(t, l, "7", ">*3")
	l.Reset([]int{7, 8})
	want(t, l, ">7", "8")
	if shown, hidden := l.Marked(); len(shown) != 0 || hidden != 1 {
		t.Errorf("marked %v, hidden %d", shown, hidden)
	}
	l.Reset([]int{1, 2, 3})
	want(t, l, ">1", "2", "*3")
}

func TestMarks(t *testing.T) {
	t.Parallel()
	l := listOf(5, 1, 2, 3)
	l.ToggleMark(1)
	want(t, l, "*1", ">2", "3")
	l.MarkMoving(1)
	want(t, l, "*1", "*2", ">*3")
	l.ToggleMark(1)
	want(t, l, "*1", "*2", ">3")
	l.MarkAll()
	want(t, l, "*1", "*2", ">*3")
	l.MarkAll()
	want(t, l, "1", "2", ">3")
	l.Set([]int{1, 3})
	l.MarkAll()
	want(t, l, "*1", "~2", ">*3")
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	l := listOf(3, 1, 2, 3, 4, 5)
	l.Last()
	if a, b := l.Span(); a != 3 || b != 5 || l.Index() != 4 {
		t.Errorf("%d-%d at %d", a, b, l.Index())
	}
	l.Page(-1)
	if id, _ := l.Cursor(); id != 4 {
		t.Errorf("half a page up is at %d", id)
	}
	if !l.To(1) || l.To(77) {
		t.Error("To")
	}
	if a, b := listOf(3).Span(); a != 0 || b != 0 {
		t.Errorf("empty: %d-%d", a, b)
	}
}

// Whatever happens to a list, the row under the cursor is the one that was there
// unless the person moved it or it is gone, and never more rows are drawn than fit.
func TestListHoldsForAnything(t *testing.T) {
	t.Parallel()
	ids := rapid.SliceOfNDistinct(rapid.IntRange(0, 30), 0, 20, rapid.ID[int])
	rapid.Check(t, func(t *rapid.T) {
		l := widget.NewList[int]()
		l.SetHeight(rapid.IntRange(0, 8).Draw(t, "height"))
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			before, had := l.Cursor()
			op := rapid.SampledFrom([]string{"set", "refresh", "remove", "move", "mark", "height"}).Draw(t, "op")
			switch op {
			case "set":
				l.Set(ids.Draw(t, "ids"))
				if after, ok := l.Cursor(); had && (!ok || after != before) {
					t.Fatalf("Set moved the cursor from %d to %d", before, after)
				}
			case "refresh":
				stays := had && !l.Gone(before)
				l.Refresh()
				if after, _ := l.Cursor(); stays && after != before {
					t.Fatalf("Refresh moved the cursor from %d to %d", before, after)
				}
				if l.Fresh() != 0 {
					t.Fatal("Refresh left rows waiting")
				}
			case "remove":
				l.Remove(rapid.IntRange(0, 30).Draw(t, "id"))
			case "move":
				l.Move(rapid.IntRange(-9, 9).Draw(t, "n"))
			case "mark":
				l.ToggleMark(1)
			case "height":
				l.SetHeight(rapid.IntRange(0, 8).Draw(t, "height"))
			}
			seen := 0
			lines := l.Lines(func(_ int, s widget.RowState) cell.Line {
				if s.Cursor {
					seen++
				}
				return cell.Line{}
			})
			if a, b := l.Span(); len(lines) > 0 && (seen != 1 || b-a+1 != len(lines)) {
				t.Fatalf("after %s: %d cursors in %d lines, span %d-%d", op, seen, len(lines), a, b)
			}
		}
	})
}

func BenchmarkSet(b *testing.B) {
	ids := make([]int, 100_000)
	for i := range ids {
		ids[i] = i
	}
	l := listOf(50, ids...)
	for b.Loop() {
		l.Set(ids)
	}
}
