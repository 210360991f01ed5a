package detect

import (
	"math"

	"cleardesk/domain"
)

// startLineScore is the threshold of a platform that has judged nothing yet.
const startLineScore = -2.0

// leastResidual is the least ln ratio to the expectation the statistics flag: half
// as much again. Below it nobody would ring a store, however calm its history.
const leastResidual = 0.405

// restOfOrder sums what the lines of an order have in common.
type restOfOrder struct {
	n   int
	sum float64 // of clipped residuals
}

// without gives the shrunk mean residual of the other lines.
func (r restOfOrder) without(j *judged, t *tuning) float64 {
	return (r.sum - clamp(j.residual, -t.contextClip, t.contextClip)) / (float64(r.n-1) + t.contextPrior)
}

// scoreLines scores each line of the order at hand.
func (e *Engine) scoreLines(s *store, in *Input, whole *weighed, day int32) restOfOrder {
	t := &e.tuning
	rest := restOfOrder{n: len(e.lines)}
	for i := range e.lines {
		rest.sum += clamp(e.lines[i].residual, -t.contextClip, t.contextClip)
	}
	for i := range e.lines {
		j := &e.lines[i]
		floor := e.settings.LineFloor
		if own := in.Limits.of(j.line.No).Floor; own > 0 {
			floor = own
		}
		p := &e.products[j.product]
		j.others = rest.without(j, t) + t.productShare*p.move(day, t)
		f := lineBlend(s.pair(j.pair), p, j, whole)
		j.score = lineScore(&f)
		surplus := (j.line.Quantity.Float() - math.Exp(j.expected.mean)) * j.price
		j.eligible = j.residual > leastResidual && surplus >= floor.Float()
	}
	return rest
}

// quantitySurge flags a line whose quantity is far above what this store orders of
// this product (§3.1.2), or above a limit.
func (e *Engine) quantitySurge(v *Verdict, s *store, in *Input, j *judged, rest restOfOrder) {
	limits := in.Limits.of(j.line.No)
	odd := j.eligible && e.platform.lineThreshold.passes(j.score)
	if !odd && limits == (LineLimits{}) {
		return
	}
	usual := j.usual()
	over := overLine(limits, j.line.Quantity, usual.expected).heard(j.quiet)
	if !odd && over == (passed{}) {
		return
	}
	p := &e.products[j.product]
	_, orMore := p.counts.at(j.line.Quantity)
	multiple, likely := looksLike(j.line.Quantity, usual.expected, &j.facts)
	ev := domain.Evidence{
		Product: j.line.Product, Line: j.line.No, Quantity: j.line.Quantity, Price: j.line.Price,
		Expected: usual.expected, UsualLow: usual.low, UsualHigh: usual.high,
		Ratio100: hundredths(int64(j.line.Quantity), int64(usual.expected)),
		Earlier:  s.earlier(j.pair), Everywhere: int(p.counts.total),
		P999:       p.counts.p999(),
		RestNormal: rest.n > 1 && math.Abs(rest.without(j, &e.tuning)) < restNormal,
		Multiple:   multiple, Likely: likely, Lines: rest.n,
		Score1000: thousandths(j.score), Threshold1000: thousandths(e.platform.lineThreshold.value()),
		HardLimit: over.hard, SoftLimit: over.soft, Rule: QuantitySurgeRule, RuleVersion: QuantitySurgeVersion,
	}
	ev.LimitQuantity, ev.LimitRatio100 = over.quantity, over.multiple
	tellQuiet(&ev, in, j.line.No)
	if p.counts.total > 0 {
		ev.RarePPM = int64(orMore * million / p.counts.total)
	}
	v.raise(j, Flag{
		Kind: domain.QuantitySurge, Line: j.line.No, Evidence: ev,
		AtRisk: lineAtRisk(&ev), Hard: over.hard != "", Blocks: odd || over.hard != "",
	})
}

// restNormal is how far, in ln, the other lines of an order may lie from what was
// expected of them and still be called as usual.
const restNormal = 0.5

// passed names the limit a line or order is over, if any, and where it lies.
type passed struct {
	hard, soft string
	quantity   domain.Quantity
	multiple   int64 // hundredths
}

func overLine(l LineLimits, q, expected domain.Quantity) passed {
	switch {
	case l.HardQuantity > 0 && q > l.HardQuantity:
		return passed{hard: LimitQuantity, quantity: l.HardQuantity}
	case l.HardMultiple > 0 && overMultiple(q, expected, l.HardMultiple):
		return passed{hard: LimitMultiple, multiple: l.HardMultiple}
	case l.SoftQuantity > 0 && q > l.SoftQuantity:
		return passed{soft: LimitQuantity, quantity: l.SoftQuantity}
	case l.SoftMultiple > 0 && overMultiple(q, expected, l.SoftMultiple):
		return passed{soft: LimitMultiple, multiple: l.SoftMultiple}
	}
	return passed{}
}
