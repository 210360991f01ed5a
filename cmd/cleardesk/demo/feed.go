package demo

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
)

// meanGap is the time from one order to the next while the demo runs, at speed 1.
const meanGap = 15 * time.Second

// Backlog gives the orders of today that came in before now, the earliest first:
// spread over the time since the window opened.
func (p *Platform) Backlog(now time.Time, cal domain.Calendar) []Arrival {
	var all []Arrival
	for t := p.newTurns(); t.opening(); {
		all = append(all, t.next())
	}
	open := cal.Opens.On(now, cal.Zone)
	gap := now.Sub(open) / time.Duration(len(all)+1)
	c := newChance(p.seed, forPlaces)
	for i := range all {
		early := time.Duration(c.float() * float64(gap))
		all[i].Order.PlacedAt = open.Add(time.Duration(i+1)*gap - early).Truncate(time.Second)
	}
	return all
}

// Feed is the orders that come in while the demo runs.
type Feed struct {
	turns *turns
	c     chance
	at    time.Time
	close time.Time
	speed float64
}

// Feed goes on after the order numbered last (the last one of today that is in the
// database, "" or one of another day if there is none of today) at the moment now.
// Speed is how many times faster than usual orders come; below 1 is slower, and 0 or
// less means 1. What the orders hold depends on their numbers only, not on now or speed.
func (p *Platform) Feed(now time.Time, cal domain.Calendar, speed float64, last domain.OrderNo) *Feed {
	if speed <= 0 {
		speed = 1
	}
	f := &Feed{
		turns: p.newTurns(), c: newChance(p.seed, forGaps, uint64(p.today)), at: now,
		close: cal.Closes.On(now, cal.Zone), speed: speed,
	}
	for skip := p.placeOf(last); skip > 0; skip-- {
		f.turns.next()
	}
	return f
}

// Next gives the next order and, in its PlacedAt, when it comes in; false when that
// would be after the window has closed.
func (f *Feed) Next() (Arrival, bool) {
	gap := f.c.between(0.2, 1.8) * float64(meanGap) / f.speed
	f.at = f.at.Add(time.Duration(gap))
	if f.at.After(f.close) {
		return Arrival{}, false
	}
	a := f.turns.next()
	a.Order.PlacedAt = f.at
	return a, true
}

// placeOf is which order of today the number belongs to, from 1; 0 if none.
func (p *Platform) placeOf(no domain.OrderNo) int {
	today, _, _ := strings.Cut(string(number(p.today, 0)), "-")
	date, running, _ := strings.Cut(string(no), "-")
	n, err := strconv.Atoi(running)
	if date != today || err != nil {
		return 0
	}
	return max(n-numbersFrom+1, 0)
}
