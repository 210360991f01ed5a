package demo

import (
	"math"
	"math/bits"
	"time"

	"cleardesk/domain"
)

// habit is how a store orders: on fixed weekdays, at about the same time, from the
// same basket of goods, each every so many orders at its own level.
type habit struct {
	size   float64
	days   uint8   // bit 0 is Monday
	moment float64 // part of the window that has passed when it orders
	growth float64 // the swing of its trade over a year
	phase  float64
	basket []item
	scene  *scene
}

// item is a product a store orders regularly.
type item struct {
	product int
	level   float64 // base units
	every   int     // orders from one to the next
	phase   int
}

func (h *habit) weekdays() int { return bits.OnesCount8(h.days) }

func (h *habit) has(product int) bool {
	for _, it := range h.basket {
		if it.product == product {
			return true
		}
	}
	return false
}

// due tells whether the store orders on this weekday, and gives the running number
// of its order.
func (h *habit) due(d day) (int, bool) {
	bit := uint8(1) << d.weekday()
	return d.week()*h.weekdays() + bits.OnesCount8(h.days&(bit-1)), h.days&bit != 0
}

// trade is the level of the store's trade on a day: it grows and declines slowly.
func (h *habit) trade(d day) float64 {
	return 1 + h.growth*math.Sin(2*math.Pi*(float64(d)/365+h.phase))
}

// The shares of the stores that order on so many weekdays, and how often an item
// of the basket comes round.
var (
	weekdayChoices = [...]int{3, 3, 4, 4, 5, 5, 5, 5, 6, 6}
	everyChoices   = [...]int{1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6}
)

func (p *Platform) makeHabit(store int) habit {
	c := newChance(p.seed, forStores, uint64(store))
	h := habit{
		size: c.between(0.6, 1.7), moment: c.between(0.02, 0.98),
		growth: c.between(0.05, 0.35), phase: c.float(),
	}
	for n := weekdayChoices[c.upTo(len(weekdayChoices))]; h.weekdays() < n; {
		h.days |= 1 << c.upTo(7)
	}
	for i := range p.scenes {
		if s := &p.scenes[i]; s.store == store {
			h.scene, h.size, h.growth, h.days = s, 0.7, 0.05, 0x7f
			h.moment = 0.2 + 0.1*float64(i)
			h.basket = append(h.basket, item{product: s.product, level: s.usual, every: 1})
		}
	}
	for n := 14 + c.upTo(5); len(h.basket) < n; {
		it := item{product: p.pick(&c), every: everyChoices[c.upTo(len(everyChoices))], phase: c.upTo(60)}
		if !h.has(it.product) {
			it.level = p.typical[it.product] * h.size * math.Exp(0.35*c.bell())
			h.basket = append(h.basket, it)
		}
	}
	return h
}

// pick draws a product by how much it is wanted.
func (p *Platform) pick(c *chance) int {
	at := c.float() * p.wanted[len(p.wanted)-1]
	low, high := 0, len(p.wanted)-1
	for low < high {
		if mid := (low + high) / 2; p.wanted[mid] > at {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// season is what moves the demand of a whole day.
type season struct {
	day      day
	feast    float64 // holiday
	promoted map[int]float64
}

func (p *Platform) seasonOf(d day) season {
	s := season{day: d, feast: 1, promoted: p.promoted(d)}
	if f, ok := p.moves[d]; ok {
		s.feast = f
	}
	return s
}

// demand is what a store orders of a product at its level, with the day's chance.
func (p *Platform) demand(s season, product int, level float64, c *chance) domain.Quantity {
	q := level * weekly(s.day, p.categories[p.Products[product].Category]) * s.feast * math.Exp(0.17*c.bell())
	if f, ok := s.promoted[product]; ok {
		q *= f
	}
	return roundTo(q, stepOf(&p.Products[product]))
}

// orderLines appends what the store orders on its n-th order to lines: what is due
// of its basket, what is promoted, and now and then something new.
func (p *Platform) orderLines(s season, store, n int, c *chance, lines []domain.Line) []domain.Line {
	h := &p.habits[store]
	from, trade := len(lines), h.trade(s.day)
	for _, it := range h.basket {
		_, cheap := s.promoted[it.product]
		if (n+it.phase)%it.every == 0 || cheap {
			lines = p.addLine(s, lines, from, it.product, p.demand(s, it.product, it.level*trade, c))
		}
	}
	if c.upTo(4) == 0 {
		product := p.pick(c)
		lines = p.addLine(s, lines, from, product, p.demand(s, product, p.typical[product]*h.size*trade, c))
	}
	if len(lines) == from {
		it := h.basket[0]
		lines = p.addLine(s, lines, from, it.product, p.demand(s, it.product, it.level*trade, c))
	}
	return lines
}

// addLine appends a line, unless the order has the product already or the store
// sees today that it is sold out.
func (p *Platform) addLine(s season, lines []domain.Line, from, product int, q domain.Quantity) []domain.Line {
	facts := &p.Products[product]
	if s.day == p.today && p.soldOut[product] {
		return lines
	}
	for i := from; i < len(lines); i++ {
		if lines[i].Product == facts.Code {
			return lines
		}
	}
	return append(lines, domain.Line{
		No: len(lines) - from + 1, Product: facts.Code, Quantity: q, Original: q,
		Price: facts.Price, Amount: domain.Amount(q, facts.Price), Version: 1,
	})
}

// at is the moment of a day when a part of the platform's own window has passed.
func (p *Platform) at(midnight time.Time, part float64) time.Time {
	return midnight.Add(opens + time.Duration(part*float64(window/time.Second))*time.Second)
}
