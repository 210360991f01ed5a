package domain

import "math"

// z95 is the 97.5th of a hundred of the normal distribution: what lies outside on both
// sides together is one of twenty.
const z95 = 1.959963984540054

// Wilson gives the 95 % interval of a share of which hits of n were seen, by Wilson's
// score: it stays within nought and one and tells the truth of few cases too, where
// the usual interval about the point does not. Of nothing seen nothing is known: 0 to
// 1. Hits are from 0 to n.
func Wilson(hits, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	total := float64(n)
	p, z2 := float64(hits)/total, z95*z95
	middle := (p + z2/(2*total)) / (1 + z2/total)
	half := z95 / (1 + z2/total) * math.Sqrt(p*(1-p)/total+z2/(4*total*total))
	low, high = math.Max(middle-half, 0), math.Min(middle+half, 1)
	if hits == 0 {
		low = 0 // what rounding leaves
	}
	if hits == n {
		high = 1
	}
	return low, high
}
