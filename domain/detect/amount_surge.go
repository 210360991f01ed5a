package detect

import (
	"math"

	"cleardesk/domain"
)

// startOrderScore is the threshold for orders of a platform that has judged none.
const startOrderScore = -2.0

// weighed is the order at hand as a whole.
type weighed struct {
	amount   float64 // yuan
	basket   float64 // yuan expected of this very basket
	shift    float64 // mean clipped residual
	lines    int
	expected expectation // of ln amount
	earlier  int
	score    float64
	eligible bool
	quiet    bool // an exemption covers it
}

// weighOrder scores the amount: against what the store's orders amount to, and
// against what this very basket should cost.
func (e *Engine) weighOrder(s *store) weighed {
	var w weighed
	t, g := &e.tuning, &e.platform
	for i := range e.lines {
		j := &e.lines[i]
		w.amount += j.line.Quantity.Float() * j.price
		w.basket += math.Exp(j.expected.mean) * j.price
		w.shift += clamp(j.residual, -shiftClip, shiftClip)
		w.lines++
	}
	if w.amount <= 0 || w.lines == 0 {
		return w
	}
	w.shift /= float64(w.lines)
	w.expected = s.amount.expect(&g.amount, t)
	w.earlier = int(s.amount.n)
	f := e.orderBlend(s, &w)
	w.score = dot(f[:], orderWeights[:])
	surplus := w.amount - math.Exp(w.expected.mean)
	w.eligible = surplus >= e.settings.OrderFloor.Float() && surplus > 0.5*math.Exp(w.expected.mean)
	return w
}

// shiftClip bounds what one line adds to the mean residual of its order.
const shiftClip = 3.0

// learnWhole takes the order's amount and shape into the store's baselines.
func (e *Engine) learnWhole(s *store, w weighed, clip float64) {
	if w.amount <= 0 || w.basket <= 0 {
		return
	}
	t, g := &e.tuning, &e.platform
	s.amount.learn(&g.amount, t, math.Log(w.amount), clip)
	s.basket.learn(&g.basket, t, math.Log(w.amount/w.basket), clip)
	s.shift.learn(&g.shift, t, w.shift, clip)
	s.lines.learn(&g.lines, t, math.Log(float64(w.lines)), clip)
}

// amountSurge flags an order whose total is far above this store's usual, or above
// a limit (§3.1.3). A store's own cash-on-delivery limit replaces the platform's.
func (e *Engine) amountSurge(v *Verdict, in *Input, w weighed) {
	total := domain.TotalOf(in.Order.Lines)
	over, limit := overAmount(in, total)
	over = over.heard(w.quiet)
	odd := w.eligible && e.platform.orderThreshold.passes(w.score)
	if !odd && over == (passed{}) {
		return
	}
	d := usualSpread * w.expected.sd
	ev := domain.Evidence{
		Amount: total, MedianAmount: fen(math.Exp(w.expected.mean)),
		LowAmount: fen(math.Exp(w.expected.mean - d)), HighAmount: fen(math.Exp(w.expected.mean + d)),
		Limit: limit, Lines: w.lines, Earlier: w.earlier,
		Score1000: thousandths(w.score), Threshold1000: thousandths(e.platform.orderThreshold.value()),
		HardLimit: over.hard, SoftLimit: over.soft, Rule: AmountSurgeRule, RuleVersion: AmountSurgeVersion,
	}
	ev.Ratio100 = hundredths(int64(ev.Amount), int64(ev.MedianAmount))
	tellQuiet(&ev, in, 0)
	f := Flag{Kind: domain.AmountSurge, Evidence: ev, Hard: over.hard != "", Blocks: odd || over.hard != ""}
	f.AtRisk = amountAtRisk(&f.Evidence)
	e.nameOddLines(&f.Evidence, v)
	v.Flags = append(v.Flags, f)
	v.OrderHeld = v.OrderHeld || f.Blocks
}

// overAmount tells which limit the total passes, and that limit.
func overAmount(in *Input, total domain.Money) (passed, domain.Money) {
	hard, name := in.Limits.Amount.Hard, LimitAmount
	if in.Store.CODLimit != nil {
		hard, name = *in.Store.CODLimit, LimitCOD
	}
	switch {
	case hard > 0 && total > hard:
		return passed{hard: name}, hard
	case in.Limits.Amount.Soft > 0 && total > in.Limits.Amount.Soft:
		return passed{soft: LimitAmount}, in.Limits.Amount.Soft
	}
	return passed{}, 0
}

// amountAtRisk is the surplus over the top of the usual; over the middle of it, or
// over the limit, when the amount lies within.
func amountAtRisk(ev *domain.Evidence) domain.Money {
	for _, base := range []domain.Money{ev.HighAmount, ev.MedianAmount, ev.Limit} {
		if ev.Amount > base {
			return ev.Amount - base
		}
	}
	return 0
}

func fen(yuan float64) domain.Money {
	return domain.Money(clamp(math.Round(yuan*float64(domain.Yuan)), 0, float64(domain.MaxMoney)))
}
