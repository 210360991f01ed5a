package history

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestScaleOfTheDrawing(t *testing.T) {
	t.Parallel()
	s := newScale([]int64{310_000, 420_000, 440_000, 520_000, 1_300_000, 2_000_000, 3_840_000}, 12, 100)
	if !s.log || s.low != 200_000 || s.high != 5_000_000 {
		t.Errorf("scale %+v", s)
	}
	want := map[int]int64{0: 5_000_000, 3: 2_000_000, 6: 1_000_000, 9: 500_000, 11: 200_000}
	got := s.ticks(100)
	delete(want, 9) // 500,000 stands in row 8
	want[8] = 500_000
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ticks (-want +got):\n%s", diff)
	}
	if s = newScale([]int64{310_000, 420_000, 1_550_000}, 12, 100); s.log {
		t.Error("less than five times the median is linear")
	}
	if s.low != 0 || s.high < 1_550_000 {
		t.Errorf("linear: %+v", s)
	}
}

// Whatever the values: more stands higher or as high, nothing outside, the names of the
// scale where their values stand.
func TestScaleProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(1, 1e12), 0, 30).Draw(t, "values")
		rows := rapid.IntRange(2, 24).Draw(t, "rows")
		unit := rapid.SampledFrom([]int64{1, 100}).Draw(t, "unit")
		s := newScale(values, rows, unit)
		a, b := rapid.Int64Range(1, 1e12).Draw(t, "a"), rapid.Int64Range(1, 1e12).Draw(t, "b")
		if a < b && s.row(a) < s.row(b) || s.row(a) < 0 || s.row(a) >= rows {
			t.Fatalf("%d in row %d, %d in row %d of %d", a, s.row(a), b, s.row(b), rows)
		}
		for _, v := range values {
			if v > s.high || v < s.low && (!s.log || v >= unit) {
				t.Fatalf("%d is outside %d to %d", v, s.low, s.high)
			}
		}
		for r, v := range s.ticks(unit) {
			if s.row(v) != r {
				t.Fatalf("%d is named in row %d and stands in %d", v, r, s.row(v))
			}
		}
	})
}
