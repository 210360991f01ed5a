package demo

// chance is a stream of numbers that the seed and the names given to it decide
// (SplitMix64). It is a plain value: what is drawn for one store and day does not
// depend on what was drawn for another, so a day of history is the same whichever
// day it is seen from.
type chance uint64

// The names of the streams.
const (
	forStores uint64 = iota + 1
	forProducts
	forPromotions
	forOrders
	forToday
	forGaps
	forPlaces
	forEvents
	forPast
)

func newChance(seed uint64, names ...uint64) chance {
	c := chance(seed)
	for _, n := range names {
		c = chance(c.next() ^ n*0x9E3779B97F4A7C15)
	}
	return c
}

func (c *chance) next() uint64 {
	*c += 0x9E3779B97F4A7C15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// float is in [0, 1).
func (c *chance) float() float64 { return float64(c.next()>>11) / (1 << 53) }

// upTo is in [0, n); n must be positive.
func (c *chance) upTo(n int) int { return int(c.next() % uint64(n)) }

// between is in [low, high).
func (c *chance) between(low, high float64) float64 { return low + (high-low)*c.float() }

// bell has mean 0, deviation 1 and no tail beyond 3.5: what goes far beyond is put
// in on purpose, or it would not be known for what it is.
func (c *chance) bell() float64 {
	sum := -2.0
	for range 4 {
		sum += c.float()
	}
	return sum * 1.7320508
}
