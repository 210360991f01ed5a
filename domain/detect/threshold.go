package detect

// The score's range is cut into bins for the running quantile.
const (
	scoreLow  = -20.0
	scoreBin  = 0.025
	scoreBins = 2400
	leastBin  = (leastScore-scoreLow)/scoreBin - 1 // the lowest cut

	// lineMemory and orderMemory are the numbers of items after which what was counted
	// is halved, so that a threshold follows the platform.
	lineMemory  = 1 << 17
	orderMemory = 1 << 13
	// thresholdPrior is the number of items the start threshold counts for.
	thresholdPrior = 1000

	million = 1_000_000
)

// threshold follows the quantile of a score above which a budget of items lies. All
// its numbers are integers, so it is exact however long it runs. An item costs a
// step or two: the cut moves as far as one item can move it.
type threshold struct {
	budget uint64 // per million
	memory uint64
	counts [scoreBins]uint32
	total  uint64
	above  uint64 // items in bins beyond cut
	cut    int
}

// reset puts the threshold at its start: as if of thresholdPrior items just the
// budget had scored start.
func (t *threshold) reset(budget int, memory uint64, start float64) {
	*t = threshold{budget: uint64(budget), memory: memory, total: thresholdPrior, cut: scoreBins - 1}
	t.counts[binOf(start)] = uint32(thresholdPrior * budget / million)
	t.settle()
}

// value gives the score an item must reach.
func (t *threshold) value() float64 { return scoreLow + float64(t.cut+1)*scoreBin }

// passes tells whether a score lies beyond the cut. With no budget none does: beyond
// the cut there is always what was not seen yet.
func (t *threshold) passes(score float64) bool { return t.budget > 0 && binOf(score) > t.cut }

// add counts an item. One that could not be flagged whatever its score still
// widens the budget.
func (t *threshold) add(score float64, eligible bool) {
	t.total++
	if eligible {
		b := binOf(score)
		t.counts[b]++
		if b > t.cut {
			t.above++
		}
	}
	if t.total >= t.memory {
		t.halve()
	}
	t.settle()
}

// halve halves what was counted. An odd one left over goes to the next bin below:
// rounding each bin down would empty the sparse tail the threshold lies in.
func (t *threshold) halve() {
	t.total /= 2
	t.above = 0
	over := uint32(0)
	for i := scoreBins - 1; i >= 0; i-- {
		n := t.counts[i] + over
		t.counts[i], over = n/2, n%2
		if i > t.cut {
			t.above += uint64(t.counts[i])
		}
	}
}

func (t *threshold) settle() {
	room := t.total * t.budget / million
	for t.above > room && t.cut < scoreBins-1 {
		t.cut++
		t.above -= uint64(t.counts[t.cut])
	}
	for t.cut > leastBin && t.above+uint64(t.counts[t.cut]) <= room {
		t.above += uint64(t.counts[t.cut])
		t.cut--
	}
}

func binOf(score float64) int {
	b := int((score - scoreLow) / scoreBin)
	return min(max(b, 0), scoreBins-1)
}
