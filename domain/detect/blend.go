package detect

import (
	"math"

	"cleardesk/domain"
)

// The score of a line and of an order is the logit of a logistic blend of a few
// numbers each of which can be said in words. blend_weights.go has the weights and how
// they were made.
const (
	lineFeatures  = 32
	orderFeatures = 12
)

// leastScore is the logit below which nothing is flagged, however calm a platform
// and however much of its budget is left: less than one such item in twenty is wrong.
const leastScore = -3.0

// lineScore is how odd the line at hand is: by itself, or as one of an order that is
// too large as a whole.
func lineScore(f *[lineFeatures]float64) float64 {
	return max(dot(f[:], lineWeights[:]), dot(f[:], plainWeights[:])-plainHandicap)
}

// history is what a pair's own orders say of a line.
type history struct {
	first, few, seen float64 // 0 or 1
	beyond           float64 // ln ratio to the greatest order
	since            float64 // ln ratio to the last
	known            float64 // ln of the number of orders
}

func historyOf(own *pair, j *judged) history {
	if own == nil || own.n == 0 {
		return history{first: 1}
	}
	h := history{
		beyond: clamp(j.x-float64(own.top), -2, 4),
		since:  clamp(j.x-float64(own.last), -2, 4),
		known:  math.Log(float64(own.n)),
	}
	if own.n < 3 {
		h.few = 1
	}
	if own.seen&seenBit(j.line.Quantity) != 0 {
		h.seen = 1
	}
	return h
}

// lineBlend gives the numbers of a line: how far it strays with and without what the
// rest of its order explains, how rare its quantity is, how it stands to the store's
// own orders of it, and how odd the whole order is.
func lineBlend(own *pair, p *product, j *judged, whole *weighed) [lineFeatures]float64 {
	exact, orMore := p.counts.at(j.line.Quantity)
	total := float64(p.counts.total)
	rare := p.counts.rarity(exact)
	inContext := j.residual - j.others
	z, zAlone := inContext/j.expected.sd, j.residual/j.expected.sd
	tail := -math.Log10((float64(orMore) + 0.5) / (total + 1))
	h, slipped := historyOf(own, j), undone(own, p, j)
	common := 0.0
	if j.residual > 0 {
		common = clamp(whole.score+7, 0, 12)
	}
	strays := clamp(z, -2, 10)
	return [lineFeatures]float64{
		1, strays, clamp(z-1.5, 0, 8), clamp(z-3, 0, 8), clamp(zAlone, -2, 10), clamp(zAlone-2, 0, 8),
		rare, tail, h.seen, h.first, h.few,
		clamp(inContext, -2, 5), clamp(inContext-1, 0, 4), clamp(j.residual, -2, 5), clamp(j.residual-1, 0, 4),
		h.beyond, max(h.beyond, 0),
		h.first * strays, h.first * tail, h.seen * strays, math.Log(float64(whole.lines)),
		h.since, h.known, common, max(common-3, 0),
		slipped.common, slipped.own,
		h.first * rare, max(tail-1.5, 0), max(rare-2, 0), math.Log(total + 1), math.Log(j.expected.sd),
	}
}

// undoing tells how well a slip would explain a quantity.
type undoing struct {
	common float64 // how common the quantity without the slip is: 0 never seen to 3 always
	own    float64 // 1: this store has ordered it
}

// slipResidual is the ln ratio from which on a slip is thought of.
const slipResidual = 1.0

// undone looks for the quantity without a zero or two, without its last digit, and
// with pieces for cases.
func undone(own *pair, p *product, j *judged) undoing {
	var out undoing
	if j.residual <= slipResidual {
		return out
	}
	q := j.line.Quantity
	try := func(likely domain.Quantity) {
		exact, _ := p.counts.at(likely)
		out.common = max(out.common, 3-p.counts.rarity(exact))
		if own != nil && own.seen&seenBit(likely) != 0 {
			out.own = 1
		}
	}
	by := func(k domain.Quantity) {
		if k > 1 && q%k == 0 && q/k%domain.Unit == 0 {
			try(q / k)
		}
	}
	by(10)
	by(100)
	if j.facts.Case != nil {
		by(*j.facts.Case / domain.Unit)
	}
	if units := q / domain.Unit; units >= 10 {
		try(units / 10 * domain.Unit)
	}
	return out
}

// orderBlend gives the numbers of an order: its amount against the store's and against
// this very basket's, the common shift of its lines, and their number.
func (e *Engine) orderBlend(s *store, w *weighed) [orderFeatures]float64 {
	t, g := &e.tuning, &e.platform
	beyond := math.Log(w.amount) - w.expected.mean
	amount := beyond / w.expected.sd
	basket := s.basket.expect(&g.basket, t).strays(math.Log(w.amount / w.basket))
	shift := s.shift.expect(&g.shift, t).strays(w.shift)
	lines := s.lines.expect(&g.lines, t).strays(math.Log(float64(w.lines)))
	first := 0.0
	if w.earlier == 0 {
		first = 1
	}
	pos := func(v float64) float64 { return clamp(v, 0, 8) }
	return [orderFeatures]float64{
		1, pos(amount), pos(basket), pos(shift), pos(lines), pos(amount - 2), pos(basket - 2), pos(shift - 2),
		first, clamp(w.shift, -1, 3), clamp(beyond, -1, 4), first * pos(amount),
	}
}

// strays gives how many standard deviations v lies above the expectation.
func (x expectation) strays(v float64) float64 { return (v - x.mean) / x.sd }

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
