package demo

import (
	"time"

	"cleardesk/domain"
)

// Total is what the platform counted of a day.
type Total struct {
	Day       time.Time // midnight UTC
	Orders    int
	Amount    domain.Money
	CountedAt time.Time // the zero time: after the day
}

// HandedNote is what logistics said of an order that was still held in the evening.
const HandedNote = "挂起过了拣货, 门店未定"

// Totals are the platform's counts of the last days and of today by now.
func (p *Platform) Totals(now time.Time, cal domain.Calendar) []Total {
	var out []Total
	for _, o := range p.Lately() {
		if len(out) == 0 || !out[len(out)-1].Day.Equal(o.BusinessDay) {
			out = append(out, Total{Day: o.BusinessDay})
		}
		t := &out[len(out)-1]
		t.Orders, t.Amount = t.Orders+1, t.Amount+o.Total
	}
	today := Total{Day: p.today.date(), CountedAt: now}
	for _, a := range p.Backlog(now, cal) {
		today.Orders, today.Amount = today.Orders+1, today.Amount+a.Order.Total
	}
	return append(out, today)
}

// lostFrom is from which of today's orders on one gets lost: nothing else hangs on those.
const lostFrom = 14

// Lost is the place, from 0, of the one of today's orders that the platform sent and that
// never came in: a small second one, so that its store has ordered; -1 where there is none.
func Lost(arrivals []Arrival) int {
	seen := map[domain.StoreCode]bool{}
	for i, a := range arrivals {
		if i >= lostFrom && i < len(arrivals)-1 && seen[a.Order.Store] && a.Truth.Slip == NoSlip {
			return i
		}
		seen[a.Order.Store] = true
	}
	return -1
}
