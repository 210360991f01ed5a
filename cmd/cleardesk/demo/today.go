package demo

import (
	"cmp"
	"slices"

	"cleardesk/domain"
)

// Arrival is an order that comes in today, with the truth about it.
type Arrival struct {
	Order domain.Order // placed, not judged; PlacedAt is when it comes in
	Truth Truth
}

// Of today's orders one in wrongEvery is wrong and one in genuineEvery unusual and
// right, each at a place of its own in its group, so that there is never a long time
// without. The scenes come on top.
const (
	wrongEvery   = 16
	genuineEvery = 40
	// earlyPart of the window's time is before the demo opens, by the stores' habits.
	earlyPart = 0.85
	// extraOf100 orders of today are small second ones: what was forgotten.
	extraOf100 = 38
)

// turns is today's orders in the order of their arrival, without their times. It
// never ends: when all stores have ordered, forgotten things go on coming.
type turns struct {
	p       *Platform
	c       chance
	season  season
	stores  []int          // those that order today, in the order of their habits
	early   int            // so many of them before the demo opens
	called  int            // so many have ordered
	count   int            // orders so far
	made    []domain.Order // ordinary orders, the latest at the end
	slips   []Slip
	wrong   int // the next order to be wrong, and the next one unusual
	unusual int
}

func (p *Platform) newTurns() *turns {
	t := &turns{
		p: p, c: newChance(p.seed, forToday, uint64(p.today)), season: p.seasonOf(p.today),
	}
	for store := range p.Stores {
		if _, due := p.habits[store].due(p.today); due && !p.silent[store] {
			t.stores = append(t.stores, store)
		}
	}
	slices.SortFunc(t.stores, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.habits[a].moment, p.habits[b].moment), cmp.Compare(a, b))
	})
	for _, store := range t.stores {
		if p.habits[store].moment < earlyPart {
			t.early++
		}
	}
	t.wrong, t.unusual = t.c.upTo(wrongEvery), t.c.upTo(genuineEvery)
	return t
}

// opening tells whether the next order still comes before the demo opens.
func (t *turns) opening() bool { return t.called < t.early }

// next gives the next order.
func (t *turns) next() Arrival {
	var o domain.Order
	var h *habit
	if t.called >= len(t.stores) || t.called > 3 && t.c.upTo(100) < extraOf100 {
		o = t.extra()
	} else {
		store := t.stores[t.called]
		o, h = t.regular(store), &t.p.habits[store]
		if t.called++; t.called == t.early {
			t.wrong = t.count + 2 // among the first orders somebody sees come in
			t.slips = append(t.slips, ExtraDigit)
		}
	}
	a := Arrival{Order: o}
	switch {
	case h != nil && h.scene != nil:
		a.Truth = t.p.play(&a.Order, h.scene)
		t.wrong, t.unusual = max(t.wrong, t.count+1), max(t.unusual, t.count+1)
	case t.count == t.wrong:
		t.spoilNext(&a)
		t.unusual = max(t.unusual, t.count+1)
	case t.count == t.unusual:
		a.Truth = t.p.spoil(&a.Order, genuineSlips[t.c.upTo(len(genuineSlips))], &t.c)
		t.unusual = (t.count/genuineEvery+1)*genuineEvery + t.c.upTo(genuineEvery)
	case h != nil:
		t.made = append(t.made, copyOf(o))
	}
	a.Order.No = number(t.p.today, t.count)
	a.Order.Total = domain.TotalOf(a.Order.Lines)
	t.count++
	return a
}

// spoilNext makes a wrong order of a, with the next slip of a shuffled round.
func (t *turns) spoilNext(a *Arrival) {
	if len(t.slips) == 0 {
		t.slips = append(t.slips, todaysSlips[:]...)
		for i := len(t.slips) - 1; i > 0; i-- {
			j := t.c.upTo(i + 1)
			t.slips[i], t.slips[j] = t.slips[j], t.slips[i]
		}
	}
	last := len(t.slips) - 1
	slip := t.slips[last]
	t.slips = t.slips[:last]
	t.wrong = (t.count/wrongEvery+1)*wrongEvery + t.c.upTo(wrongEvery)
	if slip == Twice && len(t.made) > 0 {
		back := 1 + t.c.upTo(min(len(t.made), 6))
		a.Order = copyOf(t.made[len(t.made)-back])
		a.Truth = Truth{Slip: Twice}
		return
	}
	a.Truth = t.p.spoil(&a.Order, slip, &t.c)
}

func (t *turns) order(store int, lines []domain.Line) domain.Order {
	for i := range lines {
		lines[i].StepSeen = t.p.Products[t.p.index[lines[i].Product]].Step
	}
	return domain.Order{
		Store: t.p.Stores[store].Code, BusinessDay: t.p.today.date(), State: domain.Placed, Lines: lines, Version: 1,
	}
}

// regular is the order a store owes to its habit.
func (t *turns) regular(store int) domain.Order {
	n, _ := t.p.habits[store].due(t.p.today)
	return t.order(store, t.p.orderLines(t.season, store, n, &t.c, nil))
}

// extra is a small order of a store that has ordered already: one to three things.
func (t *turns) extra() domain.Order {
	store := t.stores[t.c.upTo(t.called)]
	h := &t.p.habits[store]
	var lines []domain.Line
	for n := 1 + t.c.upTo(3); len(lines) < n; {
		it := h.basket[t.c.upTo(len(h.basket))]
		q := t.p.demand(t.season, it.product, 0.6*it.level, &t.c)
		if before := len(lines); t.p.soldOut[it.product] {
			n--
		} else if lines = t.p.addLine(t.season, lines, 0, it.product, q); len(lines) == before {
			n--
		}
	}
	if len(lines) == 0 {
		return t.regular(store)
	}
	return t.order(store, lines)
}

// play turns a store's regular order into the scene written for it.
func (p *Platform) play(o *domain.Order, s *scene) Truth {
	for i := range o.Lines {
		if l := &o.Lines[i]; l.Product == p.Products[s.product].Code {
			setQuantity(l, s.typed)
			return Truth{Slip: ExtraDigit, Line: l.No, Meant: s.meant}
		}
	}
	return Truth{}
}

func copyOf(o domain.Order) domain.Order {
	o.Lines = slices.Clone(o.Lines)
	return o
}
