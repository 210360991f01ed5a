package demo

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"cleardesk/domain"
)

// numbersFrom is the first number of a day; the platform's other towns have those below.
const numbersFrom = 301

// Of a thousand orders of the history so many were wrong, and so many unusual and right.
const (
	wrongOf1000   = 5
	genuineOf1000 = 5
)

// makeHistory fills History and Odd with the days from first to yesterday.
func (p *Platform) makeHistory(first day) {
	stores := len(p.Stores)
	p.History = make([]domain.Order, 0, HistoryDays*stores*3/4)
	orders := make([]drawn, 0, stores)
	lines := make([]domain.Line, 0, HistoryDays*stores*6)
	for d := first; d < p.today; d++ {
		orders = orders[:0]
		s := p.seasonOf(d)
		date := d.date()
		midnight := time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, p.zone)
		for store := range p.Stores {
			n, due := p.habits[store].due(d)
			c := newChance(p.seed, forOrders, uint64(store), uint64(d))
			part := min(max(p.habits[store].moment+0.05*c.bell(), 0), 0.999)
			if !due || c.upTo(25) == 0 {
				continue
			}
			from := len(lines)
			lines = p.orderLines(s, store, n, &c, lines)
			orders = append(orders, drawn{c, domain.Order{
				Store: p.Stores[store].Code, PlacedAt: p.at(midnight, part), BusinessDay: date,
				Lines: lines[from:len(lines):len(lines)], State: p.stateOf(d), History: true, Version: 1,
			}})
		}
		slices.SortFunc(orders, func(a, b drawn) int {
			return cmp.Or(a.order.PlacedAt.Compare(b.order.PlacedAt), cmp.Compare(a.order.Store, b.order.Store))
		})
		for i := range orders {
			p.History = append(p.History, p.finish(orders[i], d, i))
		}
	}
}

// stateOf is how far an undisturbed order of a past day has come by now.
func (p *Platform) stateOf(d day) domain.OrderState {
	switch p.today - d {
	case 1:
		return domain.Shipped
	case 2:
		return domain.Received
	default:
		return domain.Settled
	}
}

// drawn is an order and the stream it was drawn from.
type drawn struct {
	chance chance
	order  domain.Order
}

// finish numbers an order of the history and now and then makes it an odd one.
func (p *Platform) finish(made drawn, d day, n int) domain.Order {
	c, o := &made.chance, made.order
	o.No = number(d, n)
	switch at := c.upTo(1000); {
	case at < wrongOf1000:
		t := p.spoil(&o, pastSlips[c.upTo(len(pastSlips))], c)
		o.State = domain.Cancelled
		if p.today-d > 1 && c.upTo(2) == 0 {
			o.State = domain.Refused
		}
		p.Odd[o.No] = t
	case at < wrongOf1000+genuineOf1000:
		p.Odd[o.No] = p.spoil(&o, Wedding, c)
	}
	o.Total = domain.TotalOf(o.Lines)
	return o
}

// number is the platform's number of the n-th order of a day, from 0: month and
// day, and a running number, as in 1123-0412.
func number(d day, n int) domain.OrderNo {
	date := d.date()
	return domain.OrderNo(fmt.Sprintf("%02d%02d-%04d", date.Month(), date.Day(), numbersFrom+n))
}
