package demo

import (
	"time"

	"cleardesk/domain"
)

// Opening gives what was told of the last days' orders, and what stores and platform
// have told today by now: each kind of event, and some of each that are trouble.
// Today's orders are given as they came. The keys are the same each time.
func (p *Platform) Opening(now time.Time, today []Arrival) []domain.Event {
	w := &told{p: p, now: now, c: newChance(p.seed, forEvents, uint64(p.today))}
	byDay := map[day][]domain.Order{}
	for _, o := range p.Lately() {
		byDay[dayOf(o.BusinessDay)] = append(byDay[dayOf(o.BusinessDay)], o)
	}
	for i, o := range byDay[p.today-2] {
		w.arrived(o, i)
		w.complaint(o, i-4)
	}
	for i, o := range byDay[p.today-1] {
		w.onItsWay(o, i)
	}
	w.refusedAttempts()
	n := 0
	for i, a := range today {
		if i%unplanned != 3 {
			w.planToday(a.Order)
		}
		if a.Truth.Slip == NoSlip {
			w.secondThoughts(a.Order, n)
			n++
		}
	}
	return w.events
}

// told gathers events.
type told struct {
	p      *Platform
	now    time.Time
	c      chance
	events []domain.Event
}

// add keeps an event that has happened by now. Its key names it among its kind.
func (w *told) add(e domain.Event) {
	if e.At.After(w.now) {
		return
	}
	if e.OrderNo != "" && e.Key == "" {
		e.Key = string(e.OrderNo) + " " + string(e.What) + string(e.Stage)
	}
	w.events = append(w.events, e)
}

func (w *told) of(o domain.Order, what domain.EventKind, at time.Time) domain.Event {
	return domain.Event{What: what, Store: o.Store, OrderNo: o.No, At: at}
}

func (w *told) stage(o domain.Order, s domain.Stage, at time.Time) {
	e := w.of(o, domain.EventStage, at)
	e.Stage = s
	if s == domain.StagePlanned {
		due := w.p.clockOn(dayOf(o.BusinessDay)+1, 10*time.Hour)
		e.Due, e.Route = &due, w.p.Stores[w.p.storeAt(o.Store)].Route
	}
	w.add(e)
}

// The platform's own round: what is planned and picked in the evening leaves at five
// and is there in the morning.
const (
	planned   = 16 * time.Hour
	allocated = 18*time.Hour + 40*time.Minute
	left      = 5*time.Hour + 10*time.Minute
	firstStop = 7 * time.Hour
	lastStop  = 10 * time.Hour
)

// ride tells the stages up to the van's leaving, and when it is at the store.
func (w *told) ride(o domain.Order) time.Time {
	d := dayOf(o.BusinessDay)
	w.stage(o, domain.StagePlanned, w.p.clockOn(d, planned))
	w.stage(o, domain.StageAllocated, w.p.clockOn(d, allocated))
	w.stage(o, domain.StageShipped, w.p.clockOn(d+1, left))
	minutes := int((lastStop - firstStop) / time.Minute)
	return w.p.clockOn(d+1, firstStop+time.Duration(w.c.upTo(minutes))*time.Minute)
}

// arrived tells of an order that was delivered, looked at and paid.
func (w *told) arrived(o domain.Order, n int) {
	at := w.ride(o)
	w.stage(o, domain.StageDelivered, at)
	w.stage(o, domain.StageReceived, at.Add(15*time.Minute))
	w.receipt(o, n, at.Add(15*time.Minute))
	cash := w.of(o, domain.EventCollection, at.Add(5*time.Minute))
	paid := o.Total
	if n%17 == 9 {
		paid -= 5000 // the driver had no change
	}
	cash.Amount = &paid
	w.add(cash)
}

// Yesterday's orders by their place: what went wrong with which.
const (
	neverPlanned = 2
	notAllocated = 5
	notShipped   = 8
	notThere     = 11
	atTheDoor    = 14
)

// onItsWay tells of an order of yesterday: most are there, some are stuck.
func (w *told) onItsWay(o domain.Order, n int) {
	d := dayOf(o.BusinessDay)
	switch n {
	case neverPlanned:
		return
	case notAllocated:
		w.stage(o, domain.StagePlanned, w.p.clockOn(d, planned))
	case notShipped:
		w.stage(o, domain.StagePlanned, w.p.clockOn(d, planned))
		w.stage(o, domain.StageAllocated, w.p.clockOn(d, allocated))
	case notThere:
		w.ride(o)
	case atTheDoor:
		w.stage(o, domain.StageRefused, w.ride(o))
	default:
		w.arrived(o, n)
		w.complaint(o, n)
	}
}

// unplanned: of so many of today's orders the platform forgets to plan one.
const unplanned = 12

// planToday tells of the van an order of today was put on as it came in.
func (w *told) planToday(o domain.Order) { w.stage(o, domain.StagePlanned, o.PlacedAt) }

// receipt tells what the store's scale showed; of some orders it is not what was sent.
func (w *told) receipt(o domain.Order, n int, at time.Time) {
	e := w.of(o, domain.EventReceipt, at)
	odd := -1
	for i, l := range o.Lines {
		facts := &w.p.Products[w.p.index[l.Product]]
		if !facts.Weighed {
			continue
		}
		weight := l.Quantity
		switch {
		case odd >= 0:
		case n%13 == 3:
			odd, weight = i, l.Quantity*90/100
		case n%29 == 7:
			odd, weight = i, l.Quantity*108/100
		}
		e.Lines = append(e.Lines, domain.EventLine{Line: l.No, Product: l.Product, Weight: &weight})
	}
	if len(e.Lines) == 0 {
		return
	}
	if odd >= 0 {
		e.Slip = "GB-" + string(o.No)
	}
	w.add(e)
}

// complaint tells what a store wants exchanged or taken back.
func (w *told) complaint(o domain.Order, n int) {
	var what domain.EventKind
	var why domain.WhyTold
	switch n {
	case 1, 10:
		what, why = domain.EventExchange, domain.ToldDamaged
	case 4, 13:
		what, why = domain.EventReturn, domain.ToldExpiry
	case 7:
		what, why = domain.EventReturn, domain.ToldWrong
	case 16, 19:
		what, why = domain.EventReturn, domain.ToldQuality
	default:
		return
	}
	l := o.Lines[w.c.upTo(len(o.Lines))]
	step := stepOf(&w.p.Products[w.p.index[l.Product]])
	q := min(l.Quantity, max(step, l.Quantity/4/step*step))
	e := w.of(o, what, w.p.clockOn(w.p.today, 12*time.Hour+time.Duration(3*n)*time.Minute))
	e.Lines = []domain.EventLine{{Line: l.No, Product: l.Product, Quantity: &q, Why: why}}
	e.Why, e.Caller = why, w.p.Stores[w.p.storeAt(o.Store)].Manager
	w.add(e)
}

// refusedAttempts tells of orders the platform refused to take today: for the step
// that is wrong since this morning, and for what is paused, dear or gone.
func (w *told) refusedAttempts() {
	attempt := func(store, product int, q domain.Quantity, why domain.WhyTold, seen *domain.Quantity) {
		w.attempt(store, product, q, why, seen, w.p.clockOn(w.p.today, opens+time.Duration(2+len(w.events)%17)*time.Minute))
	}
	wrong := 10 * *w.p.Products[w.p.slipped].Step
	for n, store := 0, 0; n < 4 && store < len(w.p.Stores); store++ {
		if w.p.habits[store].has(w.p.slipped) {
			attempt(store, w.p.slipped, roundTo(w.p.typical[w.p.slipped], stepOf(&w.p.Products[w.p.slipped]))+domain.Unit/2, domain.ToldStep, &wrong)
			n++
		}
	}
	for n, product := range w.p.soldOutProducts() {
		attempt((17+9*n)%len(w.p.Stores), product, stepOf(&w.p.Products[product])*2, domain.ToldStock, nil)
	}
	for n, why := range []domain.WhyTold{domain.ToldStatus, domain.ToldPrice} {
		store := w.c.upTo(len(w.p.Stores))
		it := w.p.habits[store].basket[2+n]
		attempt(store, it.product, stepOf(&w.p.Products[it.product])*4, why, nil)
	}
}

// Along gives what is told along with an order that comes in while the demo runs: now
// and then the store wants it otherwise at once, or another store's attempt is refused.
func (p *Platform) Along(a Arrival) []domain.Event {
	n := p.placeOf(a.Order.No)
	w := &told{p: p, now: a.Order.PlacedAt, c: newChance(p.seed, forEvents, uint64(p.today), uint64(n))}
	if n%unplanned != 5 {
		w.planToday(a.Order)
	}
	if a.Truth.Slip != NoSlip {
		return w.events
	}
	o := a.Order
	o.PlacedAt = o.PlacedAt.Add(-secondThought) // the store rings as the order comes in
	switch n % 12 {
	case 3:
		w.secondThoughts(o, lessOfOne)
	case 7:
		w.secondThoughts(o, byMistake)
	case 11:
		store := w.c.upTo(len(p.Stores))
		it := p.habits[store].basket[w.c.upTo(len(p.habits[store].basket))]
		w.attempt(store, it.product, stepOf(&p.Products[it.product])*3, domain.ToldStatus, nil, a.Order.PlacedAt)
	}
	return w.events
}

// secondThought is how long after its order a store rings about it, and which of
// today's ordinary orders the stores ring about.
const (
	secondThought = 4 * time.Minute
	lessOfOne     = 2
	byMistake     = 5
	noneOfOne     = 9
)

// attempt tells of an order of one thing that the platform refused to take.
func (w *told) attempt(store, product int, q domain.Quantity, why domain.WhyTold, seen *domain.Quantity, at time.Time) {
	code, shop := w.p.Products[product].Code, w.p.Stores[store].Code
	w.add(domain.Event{
		What: domain.EventAttempt, Store: shop, At: at, Why: why,
		Key:   string(code) + " " + string(shop) + " " + w.p.today.date().Format(time.DateOnly),
		Lines: []domain.EventLine{{Product: code, Quantity: &q, StepSeen: seen, Why: why}},
	})
}

// secondThoughts tells what stores want of orders they placed today.
func (w *told) secondThoughts(o domain.Order, n int) {
	at := o.PlacedAt.Add(secondThought)
	caller := w.p.Stores[w.p.storeAt(o.Store)].Manager
	switch n {
	case lessOfOne, noneOfOne:
		e := w.of(o, domain.EventChange, at)
		l := o.Lines[len(o.Lines)-1]
		step := stepOf(&w.p.Products[w.p.index[l.Product]])
		q := l.Quantity / 2 / step * step
		if n == noneOfOne {
			q = 0
		}
		e.Lines, e.Why, e.Caller = []domain.EventLine{{Line: l.No, Product: l.Product, Quantity: &q}}, domain.ToldTooMany, caller
		w.add(e)
	case byMistake:
		e := w.of(o, domain.EventWrongOrder, at)
		e.Why, e.Caller = domain.ToldTwice, caller
		w.add(e)
	}
}
