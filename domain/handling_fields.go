package domain

import (
	"slices"
	"time"
)

// Fields are answered by typing; each begins with the likeliest value as soon as its
// choice is made.

// wanted lists what an order that is made would begin with: what is missing and can be
// ordered, or the order as the store wants it, without the slips that were found.
func (f Form) wanted(t Target) []Wanted {
	var out []Wanted
	gap := t.Lead().Kind == Replenishment
	told := f.Anomalies // an order that is ordered again is as all of them want it
	if gap {
		told = t.Anomalies
	}
	for _, l := range f.Order.Lines {
		if !l.Cancelled && !gap {
			out = append(out, Wanted{Line: l.No, Product: l.Product, Quantity: f.meant(l)})
		}
	}
	for _, a := range told {
		for _, it := range a.Evidence.Items {
			w := Wanted{Line: it.Line, Product: it.Product, Quantity: it.Wanted}
			switch {
			case gap:
				w = f.missing(it)
			case a.Kind == Replenishment:
				continue // what is missing is another order
			}
			if w.Line == 0 {
				w.Line = lineWith(out, w.Product)
			}
			i := slices.IndexFunc(out, func(have Wanted) bool {
				return have.Line == w.Line && have.Product == w.Product
			})
			if i < 0 {
				out = append(out, w)
				continue
			}
			out[i].Quantity = w.Quantity
		}
	}
	for i, w := range out {
		if !f.forSale(w.Product) {
			out[i].Quantity = 0
		}
	}
	return out
}

// forSale tells whether a product can be ordered; one that is not known here is left to
// who writes.
func (f Form) forSale(code ProductCode) bool {
	p, known := f.Product(code)
	return !known || p.Status == ProductNormal || p.Status == ""
}

// lineWith is the line a product is on that was told without its line, 0: none.
func lineWith(lines []Wanted, p ProductCode) int {
	for _, w := range lines {
		if w.Product == p {
			return w.Line
		}
	}
	return 0
}

// missing is what a store lacks: its usual quantity, or that of the line it lost;
// nothing where it cannot be ordered.
func (f Form) missing(it Item) Wanted {
	w := Wanted{Product: it.Product}
	if f.orderable(it) {
		w.Quantity = max(it.Wanted, it.Quantity)
	}
	return w
}

// meant is the quantity of a line without the slip an anomaly of it names.
func (f Form) meant(l Line) Quantity {
	for _, a := range f.Anomalies {
		if a.Line == l.No && a.Evidence.Multiple != "" && a.Evidence.Likely > 0 {
			return a.Evidence.Likely
		}
	}
	return l.Quantity
}

// orderable tells whether a missing product can be ordered now: a product that is not
// known here is left to the judge.
func (f Form) orderable(it Item) bool {
	p, _ := f.Product(it.Product)
	free, counted := p.Available()
	return f.forSale(it.Product) && (!counted || free > 0)
}

// inDispute is how much of a target is to be exchanged, returned or made up.
func (f Form) inDispute(t Target) Quantity {
	e := t.Lead().Evidence
	if k := t.Lead().Kind; k == ShortWeight || k == Overweight {
		return max(e.Difference, -e.Difference)
	}
	if e.Quantity > 0 {
		return e.Quantity
	}
	l, _ := f.Line(t.Line)
	return l.Quantity
}

// price is what a base unit of the target costs: as it was ordered, else as it is told.
func (f Form) price(t Target) Money {
	if l, ok := f.Line(t.Line); ok {
		return l.Price
	}
	if e := t.Lead().Evidence; e.Price > 0 {
		return e.Price
	}
	return f.subject(t).Price
}

// subject is the product a target is about, as it is now.
func (f Form) subject(t Target) Product {
	p, _ := f.Product(f.productOf(t))
	return p
}

// approved is how much procurement and the supplier agree to take back, and whether
// either said how much.
func (f Form) approved(t Target) (Quantity, bool) {
	var least Quantity
	said := false
	for _, what := range []FindingKind{FindGoods, FindSupplier} {
		if w := f.found(what, t.Line); w.Answer == FoundPart && w.Quantity != nil && (!said || *w.Quantity < least) {
			least, said = *w.Quantity, true
		}
	}
	return least, said
}

// AmountWhy is the reason of a proposed amount.
type AmountWhy string

// The reasons.
const (
	AmountAll    AmountWhy = "all"    // the whole difference
	AmountBeyond AmountWhy = "beyond" // only what is beyond the tolerance
	AmountGoods  AmountWhy = "goods"  // the goods that come back
	AmountOrder  AmountWhy = "order"  // this order fits, to the next thousand yuan
	AmountRoomy  AmountWhy = "roomy"  // with a quarter to spare
)

// AmountWhys lists every reason there is.
func AmountWhys() []AmountWhy {
	return []AmountWhy{AmountAll, AmountBeyond, AmountGoods, AmountOrder, AmountRoomy}
}

// AmountProposal is an amount that may be meant, above nought.
type AmountProposal struct {
	Amount Money
	Why    AmountWhy
}

// Amounts lists the amounts that may be meant by a decision, the likeliest first. A
// difference is paid at the price as ordered, rounded half up to the fen.
func (f Form) Amounts(d Decision) []AmountProposal {
	t, ok := f.Target(d.Target)
	if !ok {
		return nil
	}
	var out []AmountProposal
	add := func(m Money, why AmountWhy) {
		if f.checkAmount(t, d, m) == nil && !slices.ContainsFunc(out, func(p AmountProposal) bool { return p.Amount == m }) {
			out = append(out, AmountProposal{m, why})
		}
	}
	switch d.Choice {
	case ChooseCredit, ChooseCharge:
		q := f.inDispute(t)
		add(Amount(q, f.price(t)), AmountAll)
		add(Amount(q-t.Lead().Evidence.Tolerance, f.price(t)), AmountBeyond)
	case ChooseReturn:
		add(Amount(d.Quantity, f.price(t)), AmountGoods)
	case ChooseRaiseLimit:
		const round = 1000 * Yuan
		total := TotalOf(f.Order.Lines)
		add((total+round-1)/round*round, AmountOrder)
		add((total+total/4+round-1)/round*round, AmountRoomy)
	default:
	}
	return out
}

// CheckAmount tells whether an amount of a target's decision can be written. The error
// is Invalid: it is not above nought, more than the order, or no higher limit.
func (f Form) CheckAmount(a Answers, target int, m Money) error {
	t, ok := f.Target(target)
	d, decided := a.Decision(target)
	if !ok || !decided {
		return Errorf(Invalid, "amount", "nothing is decided that takes an amount")
	}
	return f.checkAmount(t, d, m)
}

func (f Form) checkAmount(t Target, d Decision, m Money) error {
	total := TotalOf(f.Order.Lines)
	switch {
	case m == 0 && d.Choice == ChooseReturn && f.adjustable(t, d) == 0:
		return nil // what cost nothing goes back for nothing
	case m <= 0:
		return Errorf(Invalid, "amount", "it must be more than nought")
	case m > MaxMoney:
		return Errorf(Invalid, "amount", "it is out of range")
	case d.Choice == ChooseRaiseLimit && m <= f.limit(t):
		return Errorf(Invalid, "amount", "it must be above the limit as it is, %s", f.limit(t))
	case d.Choice == ChooseRaiseLimit && m < total:
		return Errorf(Invalid, "amount", "the order of %s would be held again", total)
	case d.Choice != ChooseRaiseLimit && m > f.adjustable(t, d):
		return Errorf(Invalid, "amount", "it is more than %s, all that can be adjusted", f.adjustable(t, d))
	default:
		return nil
	}
}

// adjustable is the most a decision can adjust: the order's total, of what is given back
// less what was before, and of a return what the goods cost that go back.
func (f Form) adjustable(t Target, d Decision) Money {
	most := TotalOf(f.Order.Lines)
	if d.Choice != ChooseCharge {
		most = min(most, most+f.Adjusted)
	}
	if d.Choice == ChooseReturn {
		most = min(most, Amount(f.returnable(t), f.price(t)))
	}
	return max(most, 0)
}

// returnable is the most of a target that can go back: what came, what the store asked
// for, and what procurement and the supplier agree to.
func (f Form) returnable(t Target) Quantity {
	most := min(f.delivered(t), f.inDispute(t))
	if q, said := f.approved(t); said {
		most = min(most, q)
	}
	return most
}

// limit is the store's limit on cash on delivery as it is, 0: none is known.
func (f Form) limit(t Target) Money {
	if f.Store.CODLimit != nil {
		return *f.Store.CODLimit
	}
	for _, a := range t.Anomalies {
		if a.Evidence.HardLimit == limitCOD {
			return a.Evidence.Limit
		}
	}
	return 0
}

// TimeWhy is the reason of a proposed time.
type TimeWhy string

// The reasons.
const (
	TimeNextVan  TimeWhy = "next_van"
	TimeLaterVan TimeWhy = "later_van" // the one after it
	TimeHour     TimeWhy = "hour"      // in an hour
	TimeNow      TimeWhy = "now"
	TimeHourAgo  TimeWhy = "hour_ago"
	TimePromised TimeWhy = "promised" // when it was promised for
)

// TimeWhys lists every reason there is.
func TimeWhys() []TimeWhy {
	return []TimeWhy{TimeNextVan, TimeLaterVan, TimeHour, TimeNow, TimeHourAgo, TimePromised}
}

// TimeProposal is a time that may be meant.
type TimeProposal struct {
	At  time.Time
	Why TimeWhy
}

// Times lists the times that may be meant by a decision, the likeliest first: of a
// delivery the next vans' arrivals and in an hour; of one nobody told of, now and
// before.
func (f Form) Times(d Decision) []TimeProposal {
	var out []TimeProposal
	add := func(at time.Time, why TimeWhy) {
		if f.checkWhen(d, at) == nil {
			out = append(out, TimeProposal{at, why})
		}
	}
	now := f.Now.Truncate(time.Minute)
	switch d.Choice {
	case ChooseReschedule:
		for i, van := range f.Terms.vans(f.Now, 2) {
			add(van.Add(f.Terms.Deliver), []TimeWhy{TimeNextVan, TimeLaterVan}[i])
		}
		const quarter = 15 * time.Minute
		add(now.Add(time.Hour+quarter-1).Truncate(quarter), TimeHour)
	case ChooseDelivered:
		add(now, TimeNow)
		add(now.Add(-time.Hour), TimeHourAgo)
		if t, _ := f.Target(d.Target); len(t.Anomalies) > 0 && t.Lead().Evidence.StageDue != nil {
			add(*t.Lead().Evidence.StageDue, TimePromised)
		}
	default:
	}
	return out
}

// farthest is how far ahead a delivery may be planned.
const farthest = 14 * 24 * time.Hour

// CheckWhen tells whether a time of a target's decision can be written. The error is
// Invalid: a delivery is planned ahead, and was made before now.
func (f Form) CheckWhen(a Answers, target int, at time.Time) error {
	d, decided := a.Decision(target)
	if !decided {
		return Errorf(Invalid, "when", "nothing is decided that takes a time")
	}
	return f.checkWhen(d, at)
}

func (f Form) checkWhen(d Decision, at time.Time) error {
	switch {
	case d.Choice == ChooseReschedule && !at.After(f.Now):
		return Errorf(Invalid, "when", "it has passed already")
	case d.Choice == ChooseReschedule && at.Sub(f.Now) > farthest:
		return Errorf(Invalid, "when", "it is more than a fortnight ahead")
	case d.Choice == ChooseDelivered && at.After(f.Now):
		return Errorf(Invalid, "when", "it has not come yet")
	case d.Choice == ChooseDelivered && f.HasOrder() && at.Before(f.Order.PlacedAt):
		return Errorf(Invalid, "when", "the order was not placed yet")
	default:
		return nil
	}
}
