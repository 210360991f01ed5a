package demo

import (
	"time"

	"cleardesk/domain"
)

// liveDays is how many days before today have orders that are still on their way, or
// were received so lately that stores write in about them.
const liveDays = 2

// Settled gives the orders of the history that only teach: those before the last days,
// and of those days the ones in which the product stands whose step the catalogue has
// wrong since this morning. Orders that turned out wrong are left out.
func (p *Platform) Settled() []domain.Order {
	var out []domain.Order
	for _, o := range p.History {
		if !p.Odd[o.No].Slip.Wrong() && !p.live(&o) {
			out = append(out, o)
		}
	}
	return out
}

// Lately gives the orders of the last days, as they were placed: the desk judges them
// as any other, and then is told how far they have come.
func (p *Platform) Lately() []domain.Order {
	var out []domain.Order
	for _, o := range p.History {
		if p.live(&o) {
			o = copyOf(o)
			o.History, o.State = false, domain.Placed
			out = append(out, o)
		}
	}
	return out
}

// live tells whether an order of the history came in as today's do: an ordinary one
// of the last days, for the others were cleared on their day.
func (p *Platform) live(o *domain.Order) bool {
	if _, odd := p.Odd[o.No]; odd || dayOf(o.BusinessDay) < p.today-liveDays {
		return false
	}
	for _, l := range o.Lines {
		if p.index[l.Product] == p.slipped {
			return false
		}
	}
	return true
}

// Catalogue gives the products as the platform's catalogue has them today: with what
// the last days' orders will take of the stock, and one step with a slip in it.
func (p *Platform) Catalogue() []domain.Product {
	out := make([]domain.Product, len(p.Products))
	copy(out, p.Products)
	for _, o := range p.Lately() {
		for _, l := range o.Lines {
			facts := &out[p.index[l.Product]]
			stock := *facts.Stock + l.Quantity
			facts.Stock = &stock
		}
	}
	wrong := 10 * *p.Products[p.slipped].Step
	out[p.slipped].Step = &wrong
	p.spoilSome(out)
	return out
}

// slippedStores is about how many stores have the product in their basket whose step is
// wrong: a third of them order on a day, and it comes round every few orders.
const slippedStores = 24

// pickSlipped finds the product whose step is typed a digit too long this morning: of
// those weighed out by the jin the one that nearest to so many stores order.
func (p *Platform) pickSlipped() int {
	best, off := -1, len(p.Stores)
	for i := range p.Products {
		facts := &p.Products[i]
		if !facts.Weighed || facts.Step == nil || *facts.Step != domain.Unit/2 || p.soldOut[i] || p.inScene(i) {
			continue
		}
		n := 0
		for h := range p.habits {
			if p.habits[h].has(i) {
				n++
			}
		}
		if d := max(n-slippedStores, slippedStores-n); d < off {
			best, off = i, d
		}
	}
	return best
}

// silentStores are those that do not order today although they always do: the first
// two by the size of what they order every time.
func (p *Platform) silentStores() map[int]bool {
	out := map[int]bool{}
	for len(out) < 2 {
		best, most := -1, 0
		for store := range p.habits {
			h := &p.habits[store]
			if _, due := h.due(p.today); !due || h.scene != nil || out[store] {
				continue
			}
			n := 0
			for _, it := range h.basket {
				if it.every == 1 {
					n++
				}
			}
			if n > most {
				best, most = store, n
			}
		}
		if best < 0 {
			return out
		}
		out[best] = true
	}
	return out
}

// clockOn is a time of day in the platform's zone.
func (p *Platform) clockOn(d day, after time.Duration) time.Time {
	date := d.date()
	return time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, p.zone).Add(after)
}
