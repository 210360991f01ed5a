package detect

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The share flagged keeps to the budget over many times the memory, also where the
// tail is so thin that most of its bins hold one item, and follows a platform whose
// scores move.
func TestThresholdKeepsToItsBudget(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	var th threshold
	th.reset(10_000, 1<<12, 0)
	const phase = 40_000
	for _, level := range []float64{0, 2, -0.5} {
		flagged := 0
		for i := range phase {
			score := level + rng.ExpFloat64() // its tail beyond the cut spans some forty bins
			if i >= phase/2 && th.passes(score) {
				flagged++
			}
			th.add(score, true)
		}
		if rate := float64(flagged) / (phase / 2); rate < 0.007 || rate > 0.013 {
			t.Errorf("at level %.1f %.4f of the items are flagged, want about .01", level, rate)
		}
		if want := level + math.Log(100); math.Abs(th.value()-want) > 0.5 {
			t.Errorf("at level %.1f the threshold is %.2f, want about %.2f", level, th.value(), want)
		}
	}
}

// However calm a platform is, nothing is flagged below the least score.
func TestThresholdHasAFloor(t *testing.T) {
	t.Parallel()
	var th threshold
	th.reset(10_000, 1<<12, 0)
	for range 1 << 14 {
		th.add(-15, true)
	}
	if th.passes(leastScore-2*scoreBin) || !th.passes(leastScore+2*scoreBin) {
		t.Errorf("threshold is %.3f after a calm stream, want %.3f", th.value(), leastScore)
	}
}
