package domain_test

import (
	"math"
	"testing"

	"cleardesk/domain"

	"pgregory.net/rapid"
)

// The values are those of published tables of the score interval, and of its closed
// forms n=1 and hits=0: z²/(n+z²).
func TestWilsonAgainstKnownValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		hits, n   int
		low, high float64
	}{
		{0, 0, 0, 1},
		{0, 1, 0, 0.793451},
		{1, 1, 0.206549, 1},
		{0, 10, 0, 0.277533},
		{10, 10, 0.722467, 1},
		{5, 10, 0.236593, 0.763407},
		{81, 263, 0.255293, 0.366201}, // Newcombe 1998: 0.2553 to 0.3662
		{15, 148, 0.062386, 0.160514}, // 0.0624 to 0.1605
		{0, 20, 0, 0.161125},          // 0.0000 to 0.1611
		{1, 29, 0.006113, 0.171755},   // 0.0061 to 0.1718
	} {
		low, high := domain.Wilson(c.hits, c.n)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.6f to %.6f, want %.6f to %.6f", c.hits, c.n, low, high, c.low, c.high)
		}
	}
}

// Its defining property: the bounds are the shares that lie just z standard errors of
// their own from what was seen.
func TestWilsonBoundsAreJustAsFarAsTheyShould(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 100_000).Draw(rt, "n")
		hits := rapid.IntRange(0, n).Draw(rt, "hits")
		seen := float64(hits) / float64(n)
		low, high := domain.Wilson(hits, n)
		if !(0 <= low && low <= seen && seen <= high && high <= 1) {
			rt.Fatalf("%d of %d: %v to %v", hits, n, low, high)
		}
		for _, bound := range []float64{low, high} {
			if bound == 0 || bound == 1 {
				continue
			}
			if z := math.Abs(seen-bound) / math.Sqrt(bound*(1-bound)/float64(n)); math.Abs(z-1.96) > 0.001 {
				rt.Fatalf("%d of %d: the bound %v is %v standard errors off", hits, n, bound, z)
			}
		}
	})
}
