package detect

import (
	"math"

	"cleardesk/domain"
)

// pair is what is known of one product at one store. It is kept small: there are as
// many as stores times products they order.
type pair struct {
	product uint32 // index of the product in this engine
	n       uint32 // orders learnt
	weight  float32
	mean    float32 // of ln quantity
	squares float32 // decayed squared deviations
	top     float32 // greatest ln quantity learnt
	last    float32
	day     int32
	seen    uint64 // set of quantities ordered, hashed to bits
}

// product is what is known of one product over all stores.
type product struct {
	code   domain.ProductCode
	counts counts
	// level: lines and sum of ln quantity less the store level
	levelN, levelSum float64
	// squared residuals of repeat orders and of first orders
	varN, varSum   float64
	coldN, coldSum float64
	// recent residuals at all stores, decayed by days
	moveN, moveSum float64
	moveDay        int32

	changed bool
}

// store is what is known of one store.
type store struct {
	code  domain.StoreCode
	pairs []pair
	slots []uint32 // open addressing over pairs: position + 1, 0 is free
	// level: lines and sum of ln quantity less the product level
	levelN, levelSum float64
	amount           series // ln of the order's amount
	basket           series // ln of amount over expected amount of the very basket
	shift            series // mean clipped residual of the order's lines
	lines            series // ln of the number of lines

	changed bool
}

// platform is what is known over all stores and products.
type platform struct {
	levelN, levelSum              float64
	varN, varSum                  float64
	coldN, coldSum                float64
	amount, basket, shift, lines  pool
	lineThreshold, orderThreshold threshold

	changed bool
}

// series is a decayed mean and spread of one number per order of a store.
type series struct {
	n                     uint32
	weight, mean, squares float64
}

// pool is the level and spread of a series over all stores.
type pool struct {
	n, sum   float64 // of the values of all orders
	varN, sq float64 // squared residuals of repeat orders
	coldN    float64
	cold     float64 // squared residuals of first orders
}

// Values the platform's sums start from, each counting for priorLines lines: the
// usual spread of quantities in wholesale ordering.
const (
	priorLines     = 50
	priorLevel     = 2.0
	priorVar       = 0.35
	priorCold      = 1.0
	priorAmountVar = 0.5
	priorAmountMu  = 6.0
)

func newPlatform(s Settings) platform {
	p := platform{
		levelN: priorLines, levelSum: priorLines * priorLevel,
		varN: priorLines, varSum: priorLines * priorVar,
		coldN: priorLines, coldSum: priorLines * priorCold,
		amount: newPool(priorAmountMu), basket: newPool(0), shift: newPool(0), lines: newPool(priorLevel),
	}
	p.lineThreshold.reset(s.LineBudget, lineMemory, startLineScore)
	p.orderThreshold.reset(s.OrderBudget, orderMemory, startOrderScore)
	return p
}

func newPool(mean float64) pool {
	return pool{
		n: priorLines, sum: priorLines * mean,
		varN: priorLines, sq: priorLines * priorAmountVar,
		coldN: priorLines, cold: priorLines * 2 * priorAmountVar,
	}
}

// expectation of one number: where it should lie and how far it usually strays.
type expectation struct{ mean, sd float64 }

// expect gives what the series should show next: its own mean shrunk to the pool's.
func (s *series) expect(p *pool, t *tuning) expectation {
	level := p.sum / p.n
	if s == nil || s.n == 0 {
		return expectation{level, math.Sqrt(p.cold / p.coldN)}
	}
	within := p.sq / p.varN
	weight := t.amountPrior + s.weight
	return expectation{
		mean: (t.amountPrior*level + s.weight*s.mean) / weight,
		sd:   math.Sqrt((t.amountVar*within + s.squares) / (t.amountVar + s.weight) * (1 + 1/weight)),
	}
}

// learn takes value into the series and its pool, clipped to what it may teach.
func (s *series) learn(p *pool, t *tuning, value float64, clip float64) {
	e := s.expect(p, t)
	value = clamp(value, e.mean-clip*e.sd, e.mean+clip*e.sd)
	r := value - e.mean
	if s.n == 0 {
		p.coldN++
		p.cold += r * r
		s.mean = value
	} else {
		p.varN++
		p.sq += r * r
	}
	p.n++
	p.sum += value
	s.n++
	s.weight = s.weight*t.amountDecay + 1
	delta := value - s.mean
	s.mean += delta / s.weight
	s.squares = s.squares*t.amountDecay + delta*(value-s.mean)
}

// at gives the place of the store's pair of a product, -1 when there is none.
func (s *store) at(product uint32) int {
	if len(s.slots) == 0 {
		return -1
	}
	mask := uint32(len(s.slots) - 1)
	for i := slotOf(product) & mask; ; i = (i + 1) & mask {
		at := s.slots[i]
		if at == 0 {
			return -1
		}
		if s.pairs[at-1].product == product {
			return int(at - 1)
		}
	}
}

// add makes the pair of a product the store has not ordered yet.
func (s *store) add(p pair) int {
	s.pairs = append(s.pairs, p)
	if 4*len(s.pairs) > 3*len(s.slots) {
		s.slots = make([]uint32, max(8, 2*len(s.slots)))
		for i := range s.pairs {
			s.place(i)
		}
	} else {
		s.place(len(s.pairs) - 1)
	}
	return len(s.pairs) - 1
}

func (s *store) place(at int) {
	mask := uint32(len(s.slots) - 1)
	i := slotOf(s.pairs[at].product) & mask
	for s.slots[i] != 0 {
		i = (i + 1) & mask
	}
	s.slots[i] = uint32(at + 1)
}

func slotOf(product uint32) uint32 { return (product * 0x9E3779B1) >> 7 }

func (p *product) level(g *platform, t *tuning) float64 {
	return (t.productPrior*g.levelSum/g.levelN + p.levelSum) / (t.productPrior + p.levelN)
}

func (s *store) level(t *tuning) float64 { return s.levelSum / (t.storePrior + s.levelN) }

// expect gives what ln quantity of the product this store should order, its pair
// being nil for a first order.
func (e *Engine) expect(s *store, p *product, own *pair) expectation {
	t, g := &e.tuning, &e.platform
	pooled := p.level(g, t) + s.level(t)
	if own == nil || own.n == 0 {
		v := (t.productVar*g.coldSum/g.coldN + p.coldSum) / (t.productVar + p.coldN)
		return expectation{pooled, math.Sqrt(v)}
	}
	within := (t.productVar*g.varSum/g.varN + p.varSum) / (t.productVar + p.varN)
	w := float64(own.weight)
	weight := t.pairPrior + w
	return expectation{
		mean: (t.pairPrior*pooled + w*float64(own.mean)) / weight,
		sd:   math.Sqrt((t.varPrior*within + float64(own.squares)) / (t.varPrior + w) * (1 + 1/weight)),
	}
}

// move gives how far the product has moved at all stores in the last days.
func (p *product) move(day int32, t *tuning) float64 {
	if p.moveN == 0 {
		return 0
	}
	f := fade(day-p.moveDay, t.halfLife)
	return p.moveSum * f / (1 + p.moveN*f)
}

func fade(days int32, halfLife float64) float64 {
	if days <= 0 {
		return 1
	}
	return math.Exp2(-float64(days) / halfLife)
}

func clamp(v, low, high float64) float64 { return max(low, min(high, v)) }
