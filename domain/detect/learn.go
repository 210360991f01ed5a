package detect

import (
	"math"
	"time"

	"cleardesk/domain"
)

// confirmedClip is how many standard deviations a quantity a person confirmed may
// teach: all of it that any order can hold.
const confirmedClip = 1e3

// Lesson is one line a person has decided on: released as genuine, or corrected.
// The quantity is the one that stood in the end; a cancelled line teaches nothing.
type Lesson struct {
	Store    domain.StoreCode
	Product  domain.ProductCode
	Quantity domain.Quantity
	Day      time.Time // the order's business day
}

// Learn takes a decided quantity into the baselines, unclipped: a person vouches for
// it. It is for held lines that are released without being judged again; a line that
// is judged again and found clean is learnt by Judge.
func (e *Engine) Learn(l Lesson) {
	if l.Quantity <= 0 {
		return
	}
	at := e.internStore(l.Store)
	s := &e.stores[at]
	j := judged{product: e.internProduct(l.Product), x: math.Log(l.Quantity.Float())}
	j.pair = s.at(j.product)
	j.expected = e.expect(s, &e.products[j.product], s.pair(j.pair))
	e.learnLine(s, &j, l.Quantity, dayNumber(l.Day), confirmedClip)
	e.touchStore(at)
	e.platform.changed = true
}

// LearnAmount takes the amount of an order whose hold was released into the store's
// baselines. Its lines are learnt one by one with Learn.
func (e *Engine) LearnAmount(o domain.Order) {
	in := Input{Order: o}
	at := e.internStore(o.Store)
	s := &e.stores[at]
	e.measure(s, &in)
	e.learnWhole(s, e.weighOrder(s), confirmedClip)
	e.touchStore(at)
	e.platform.changed = true
}

// learnOrder learns the lines of the order at hand that are not held, and its amount
// with held lines at what was expected of them.
func (e *Engine) learnOrder(s *store, v *Verdict, whole weighed, day int32, fresh bool) {
	if v.OrderHeld && !e.settings.LearnHeld {
		return
	}
	for i := range e.lines {
		j := &e.lines[i]
		if !j.again || j.held && !e.settings.LearnHeld {
			continue
		}
		e.learnLine(s, j, j.line.Quantity, day, e.tuning.winsor)
	}
	if fresh {
		e.learnWhole(s, e.withoutHeld(whole), e.tuning.winsor)
	}
}

// withoutHeld is the order with its held lines at what was expected of them.
func (e *Engine) withoutHeld(w weighed) weighed {
	if e.settings.LearnHeld {
		return w
	}
	for i := range e.lines {
		if j := &e.lines[i]; j.held {
			w.amount += (math.Exp(j.expected.mean) - j.line.Quantity.Float()) * j.price
			w.shift -= clamp(j.residual, -shiftClip, shiftClip) / float64(w.lines)
		}
	}
	return w
}

// learnLine takes one line into pair, product, store and platform. What was seen of
// it is clipped to clip standard deviations, so that a slip nobody found does little.
func (e *Engine) learnLine(s *store, j *judged, q domain.Quantity, day int32, clip float64) {
	t, g, p := &e.tuning, &e.platform, &e.products[j.product]
	spread := clip * j.expected.sd
	x := clamp(j.x, j.expected.mean-spread, j.expected.mean+spread)
	r := x - j.expected.mean
	level, storeLevel := p.level(g, t), s.level(t)
	first := j.pair < 0
	if first {
		// Two lines of one order may be on one product: the second finds the first's pair.
		j.pair = s.at(j.product)
	}
	if j.pair < 0 {
		j.pair = s.add(pair{product: j.product})
	}
	if first {
		p.coldN++
		p.coldSum += r * r
		g.coldN++
		g.coldSum += r * r
	} else {
		p.varN++
		p.varSum += r * r
		g.varN++
		g.varSum += r * r
	}
	p.levelN++
	p.levelSum += x - storeLevel
	g.levelN++
	g.levelSum += x - storeLevel
	s.levelN++
	s.levelSum += x - level
	s.pairs[j.pair].learn(x, q, day, t)
	p.learnMove(clamp(r, -t.contextClip, t.contextClip), day, t)
	p.counts.add(q)
	e.touchProduct(j.product)
}

func (p *pair) learn(x float64, q domain.Quantity, day int32, t *tuning) {
	weight := float64(p.weight)*t.decay + 1
	delta := x - float64(p.mean)
	mean := float64(p.mean) + delta/weight
	p.squares = float32(float64(p.squares)*t.decay + delta*(x-mean))
	if p.n == 0 {
		mean, p.squares, p.top = x, 0, float32(x)
	}
	p.weight, p.mean, p.last, p.day = float32(weight), float32(mean), float32(x), day
	p.top = max(p.top, float32(x))
	p.n++
	p.seen |= seenBit(q)
}

// learnMove is for orders in intake order; a late one counts as of the latest day.
func (p *product) learnMove(r float64, day int32, t *tuning) {
	if p.moveN > 0 {
		f := fade(day-p.moveDay, t.halfLife)
		p.moveN *= f
		p.moveSum *= f
	}
	p.moveDay = max(p.moveDay, day)
	p.moveN++
	p.moveSum += r
}
