package detect

import (
	"math"
	"slices"

	"cleardesk/domain"
)

// maxDistinct bounds the distinct quantities counted for a product, and with it the
// cost of a line. Goods by weight have the most.
const maxDistinct = 256

// counts says how often each quantity of a product was ordered, over all stores. The
// quantities are sorted.
type counts struct {
	qty   []domain.Quantity
	n     []uint32
	total uint64
}

// add counts one line. When the table is full the two neighbours that matter least
// become one, under the greater quantity, so that the tail stays true.
func (c *counts) add(q domain.Quantity) {
	c.total++
	i, found := slices.BinarySearch(c.qty, q)
	if found {
		c.n[i]++
		return
	}
	c.qty = slices.Insert(c.qty, i, q)
	c.n = slices.Insert(c.n, i, 1)
	if len(c.qty) > maxDistinct {
		c.merge()
	}
}

func (c *counts) merge() {
	best, least := 0, uint64(math.MaxUint64)
	for i := range len(c.n) - 1 {
		if sum := uint64(c.n[i]) + uint64(c.n[i+1]); sum < least {
			best, least = i, sum
		}
	}
	c.n[best+1] += c.n[best]
	c.qty = slices.Delete(c.qty, best, best+1)
	c.n = slices.Delete(c.n, best, best+1)
}

// at gives the lines with exactly q and those with q or more.
func (c *counts) at(q domain.Quantity) (exact, orMore uint64) {
	i, found := slices.BinarySearch(c.qty, q)
	if found {
		exact = uint64(c.n[i])
	}
	if i > len(c.n)/2 {
		for _, n := range c.n[i:] {
			orMore += uint64(n)
		}
		return exact, orMore
	}
	orMore = c.total
	for _, n := range c.n[:i] {
		orMore -= uint64(n)
	}
	return exact, orMore
}

// rarity is the decimal logarithm of how seldom a quantity counted exact times is, at
// most 3.
func (c *counts) rarity(exact uint64) float64 {
	return -math.Log10((float64(exact)+0.001)/(float64(c.total)+1) + 0.001)
}

// p999 gives the quantity 99.9 % of the lines do not pass; 0 when there are none.
func (c *counts) p999() domain.Quantity {
	left := c.total / 1000
	for i := len(c.n) - 1; i >= 0; i-- {
		if uint64(c.n[i]) > left {
			return c.qty[i]
		}
		left -= uint64(c.n[i])
	}
	return 0
}

// seenBit is the bit of a quantity in the 64-bit set a pair keeps of what it ordered.
func seenBit(q domain.Quantity) uint64 {
	return 1 << ((uint64(q) * 0x9E3779B97F4A7C15) >> 58)
}
