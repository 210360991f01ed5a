package demo

import (
	"math"
	"time"

	"cleardesk/domain"
)

// HistoryDays is how many days of orders there are before today.
const HistoryDays = 90

// Supplier is a supplier of the demo platform.
type Supplier struct {
	Code   domain.SupplierCode
	Name   string // Chinese
	NameEn string
}

// Platform is a made-up platform on one day. Nothing in it changes once it is made.
type Platform struct {
	Stores     []domain.Store
	Products   []domain.Product // with today's stock, nothing of it taken yet
	Suppliers  []Supplier
	Staff      []domain.Staff
	Promotions []Promotion    // those that touch the history or today
	History    []domain.Order // the days before today, oldest first; History is set in each
	// Odd tells of the orders of the history that are no ordinary ones. Those that
	// were wrong are cancelled or refused: nothing is to be learnt from them.
	Odd map[domain.OrderNo]Truth

	seed       uint64
	today      day
	zone       *time.Location
	categories map[string]category
	index      map[domain.ProductCode]int
	habits     []habit   // of each store
	typical    []float64 // base units on a line of a middling store, of each product
	wanted     []float64 // running sum of how much each product is wanted
	scenes     []scene
	moves      map[day]float64 // holidays
	soldOut    map[int]bool    // products with no or little stock today
	slipped    int             // the product whose step is wrong in the catalogue since this morning
	silent     map[int]bool    // stores that do not order today although they always do
}

// New makes the platform of a seed on the day that today lies in, in zone. The same
// seed and day give the same platform; the zone only moves the hours.
func New(seed uint64, today time.Time, zone *time.Location) *Platform {
	p := &Platform{
		Stores: readStores(), Suppliers: readSuppliers(), Staff: readStaff(),
		Odd: map[domain.OrderNo]Truth{}, seed: seed, today: dayOf(today.In(zone)), zone: zone,
		categories: readCategories(), index: map[domain.ProductCode]int{}, soldOut: map[int]bool{},
	}
	p.Products = readProducts(p.categories)
	for i := range p.Products {
		p.index[p.Products[i].Code] = i
	}
	p.scenes = p.readScenes()
	p.weighProducts()
	p.habits = make([]habit, len(p.Stores))
	for i := range p.Stores {
		p.habits[i] = p.makeHabit(i)
	}
	first := p.today - HistoryDays
	p.Promotions = p.promotions(first, p.today)
	p.moves = holidays(first, p.today)
	p.fillStock()
	p.slipped, p.silent = p.pickSlipped(), p.silentStores()
	p.makeHistory(first)
	return p
}

// weighProducts settles what a usual line of each product is and how much the
// products are wanted: a few by everybody, most by some.
func (p *Platform) weighProducts() {
	p.typical = make([]float64, len(p.Products))
	p.wanted = make([]float64, len(p.Products))
	sum := 0.0
	for i := range p.Products {
		c := newChance(p.seed, forProducts, uint64(i))
		p.typical[i] = p.categories[p.Products[i].Category].line / p.Products[i].Price.Float()
		sum += 1 / math.Pow(1+float64(c.upTo(len(p.Products))), 0.7)
		p.wanted[i] = sum
	}
}

// fillStock gives every product some days of what the stores usually take, two of
// them nothing and one next to nothing, and the quantity above which procurement
// is asked (§4.1).
func (p *Platform) fillStock() {
	daily := make([]float64, len(p.Products))
	for _, h := range p.habits {
		for _, it := range h.basket {
			daily[it.product] += it.level / float64(it.every) * float64(h.weekdays()) / 7
		}
	}
	for i := range p.Products {
		product := &p.Products[i]
		cover := daily[i]*p.categories[product.Category].cover + 60*p.typical[i]
		stock, above := roundTo(cover, stepOf(product)), roundTo(8*p.typical[i], stepOf(product))
		product.Stock, product.VerifyAbove = &stock, &above
	}
	c := newChance(p.seed, forProducts, uint64(len(p.Products)))
	for n := 0; n < 3; {
		i := c.upTo(len(p.Products))
		if p.soldOut[i] || daily[i] == 0 || p.inScene(i) {
			continue
		}
		p.soldOut[i] = true
		if n == 2 {
			*p.Products[i].Stock = 3 * stepOf(&p.Products[i])
		} else {
			*p.Products[i].Stock = 0
		}
		n++
	}
}

func (p *Platform) inScene(product int) bool {
	for _, s := range p.scenes {
		if s.product == product {
			return true
		}
	}
	return false
}

// stepOf is the step a store orders in: the product's, and where none is set a
// whole unit, or a tenth of a kilogram.
func stepOf(p *domain.Product) domain.Quantity {
	switch {
	case p.Step != nil:
		return *p.Step
	case p.Weighed:
		return domain.Unit / 10
	default:
		return domain.Unit
	}
}

// roundTo gives the multiple of step nearest to so many units, at least one step.
func roundTo(units float64, step domain.Quantity) domain.Quantity {
	n := domain.Quantity(math.Round(units * float64(domain.Unit) / float64(step)))
	return max(n, 1) * step
}
