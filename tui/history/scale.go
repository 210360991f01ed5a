package history

import (
	"math"
	"slices"
)

// scale turns values into rows of the plot, the greatest into row 0.
type scale struct {
	low, high int64
	log       bool
	rows      int
}

// logFrom is how many times the median the greatest value must be for a logarithmic
// scale.
const logFrom = 5

// newScale fits a scale to values, none of them below one, over so many rows. The ends
// are round numbers, at least unit.
func newScale(values []int64, rows int, unit int64) scale {
	s := scale{rows: rows, high: unit}
	if len(values) == 0 {
		return s
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	least, most := sorted[0], sorted[len(sorted)-1]
	if s.log = most > logFrom*sorted[len(sorted)/2]; s.log {
		s.low, s.high = roundBelow(least, unit), roundAbove(most, unit)
		if s.high == s.low { // all of it is below the least step
			s.high = next(s.low, unit)
		}
		return s
	}
	step := roundAbove(max(most-least, most/4)/4, unit)
	s.low, s.high = least/step*step, (most+step-1)/step*step
	if s.low < s.high/2 {
		s.low = 0
	}
	if s.high == s.low {
		s.low -= step
	}
	return s
}

// row is where a value stands; what is beyond an end stands at it.
func (s scale) row(v int64) int {
	v = max(s.low, min(v, s.high))
	part := float64(s.high-v) / float64(max(1, s.high-s.low))
	if s.log {
		part = math.Log(float64(s.high)/float64(v)) / math.Log(float64(s.high)/float64(s.low))
	}
	return max(0, min(int(math.Round(part*float64(s.rows-1))), s.rows-1))
}

// ticks are the round numbers that have a name at the left, by row; between two of
// them is at least one row without.
func (s scale) ticks(unit int64) map[int]int64 {
	out := map[int]int64{0: s.high, s.rows - 1: s.low}
	put := func(v int64) {
		r := s.row(v)
		for near := r - 1; near <= r+1; near++ {
			if _, taken := out[near]; taken {
				return
			}
		}
		out[r] = v
	}
	if s.log {
		for v := s.low; v < s.high; v = roundAbove(v+1, unit) {
			put(v)
		}
		return out
	}
	step := roundAbove((s.high-s.low)/int64(max(2, s.rows/2)), unit)
	for v := s.high - step; v > s.low; v -= step {
		if v%step == 0 {
			put(v)
		}
	}
	return out
}

// roundBelow is the greatest of 1, 2, 5, 10, 20 ... times unit up to v.
func roundBelow(v, unit int64) int64 {
	best := unit
	for r := unit; r <= v; r = next(r, unit) {
		best = r
	}
	return best
}

// roundAbove is the least of them from v.
func roundAbove(v, unit int64) int64 {
	r := unit
	for r < v {
		r = next(r, unit)
	}
	return r
}

// next is the round number after one: 1, 2, 5, 10.
func next(r, unit int64) int64 {
	n := r / unit
	for n >= 10 {
		n /= 10
	}
	if n == 2 {
		return r / 2 * 5
	}
	return r * 2
}
