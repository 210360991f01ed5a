package detect

import (
	"math"
	"math/bits"

	"cleardesk/domain"
)

// usualSpread is how many standard deviations about the expectation are called
// usual while the store's own last orders are not at hand: nine of ten lie within.
const usualSpread = 1.64

// usual is what a store usually orders of a product, as quantities that can be
// ordered.
type usual struct{ expected, low, high domain.Quantity }

func (j *judged) usual() usual {
	grain := grainOf(&j.facts)
	m, d := j.expected.mean, usualSpread*j.expected.sd
	return usual{
		expected: orderable(math.Exp(m), grain),
		low:      orderable(math.Exp(m-d), grain),
		high:     orderable(math.Exp(m+d), grain),
	}
}

// grainOf is the least difference between two quantities of a product.
func grainOf(facts *domain.Product) domain.Quantity {
	switch {
	case facts.Step != nil && *facts.Step > 0:
		return *facts.Step
	case facts.Weighed:
		return domain.Unit / 10
	default:
		return domain.Unit
	}
}

// orderable rounds an estimate to a whole number of grains, one at least.
func orderable(units float64, grain domain.Quantity) domain.Quantity {
	grains := math.Round(units * float64(domain.Unit) / float64(grain))
	grains = clamp(grains, 1, float64(domain.MaxQuantity/grain))
	return domain.Quantity(grains) * grain
}

// surplus is what q has beyond the top of the usual; beyond the middle of it when
// it lies within; never negative.
func surplus(q, high, middle domain.Quantity) domain.Quantity {
	if q > high {
		return q - high
	}
	return max(q-middle, 0)
}

// lineAtRisk is the money of a line's surplus over what is usual: over the median of
// the store's last orders where they are known, else over the expected.
func lineAtRisk(ev *domain.Evidence) domain.Money {
	middle := ev.Median
	if middle == 0 {
		middle = ev.Expected
	}
	return domain.Amount(surplus(ev.Quantity, ev.UsualHigh, middle), ev.Price)
}

func (s *store) earlier(at int) int {
	if at < 0 {
		return 0
	}
	return int(s.pairs[at].n)
}

// overMultiple tells whether q is more than limit hundredths of expected, exactly.
func overMultiple(q, expected domain.Quantity, limit int64) bool {
	h1, l1 := bits.Mul64(uint64(q), 100)
	h2, l2 := bits.Mul64(uint64(expected), uint64(limit))
	return h1 > h2 || h1 == h2 && l1 > l2
}

// hundredths gives a/b in hundredths, rounded half up; 0 when b is not positive.
func hundredths(a, b int64) int64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(a), 100)
	lo, carry := bits.Add64(lo, uint64(b)/2, 0)
	hi += carry
	if hi >= uint64(b) {
		return math.MaxInt64
	}
	quo, _ := bits.Div64(hi, lo, uint64(b))
	return int64(min(quo, math.MaxInt64))
}

func thousandths(score float64) int64 { return int64(math.Round(score * 1000)) }
