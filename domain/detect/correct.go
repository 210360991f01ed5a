package detect

import (
	"math"

	"cleardesk/domain"
)

// Correct learns that a quantity was not meant: a store cancelled a part of it, or all
// (l.Quantity is 0 then), or a person corrected it. l has what stood in the end and the
// day of the order, typed is what it had been. It is for quantities that were learnt
// when they came in; what was held was not, and Learn is for that.
//
// What the pair learnt last is taken back where that is still typed. Beyond it the
// lesson was winsorised, and one line among many of its product.
func (e *Engine) Correct(l Lesson, typed domain.Quantity) {
	s := &e.stores[e.internStore(l.Store)]
	if own := s.pair(s.at(e.internProduct(l.Product))); own != nil && typed > 0 {
		own.takeBack(float32(math.Log(typed.Float())), dayNumber(l.Day), &e.tuning)
	}
	e.Learn(l)
	e.touchStore(e.storeAt[l.Store])
}

// takeBack undoes learn for the last lesson, as far as that can be known: of the
// quantities seen and the greatest one only a bound is.
func (p *pair) takeBack(x float32, day int32, t *tuning) {
	if p.n == 0 || p.last != x || p.day != day {
		return
	}
	if p.n == 1 {
		*p = pair{product: p.product, day: p.day}
		return
	}
	weight := float64(p.weight)
	off := float64(x) - float64(p.mean) // what is left of the difference the lesson made
	delta := off / (1 - 1/weight)
	mean := float64(p.mean) - delta/weight
	p.squares = float32(math.Max(0, (float64(p.squares)-delta*off)/t.decay))
	p.weight, p.mean, p.last = float32((weight-1)/t.decay), float32(mean), float32(mean)
	if p.top == x {
		p.top = float32(mean + math.Sqrt(float64(p.squares)/float64(p.weight)))
	}
	p.n--
}
