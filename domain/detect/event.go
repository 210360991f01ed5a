package detect

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
)

// EventInput is one thing the platform or a store told, with what it is judged
// against. Lines of the event name their line of the order, or only its product.
type EventInput struct {
	Event domain.Event
	// Order is the order it is about with its lines as they stand now; nil when there is
	// none, as with a refused attempt.
	Order    *domain.Order
	Products map[domain.ProductCode]domain.Product // of the event's and the order's lines
	Store    domain.Store
	Settings domain.Settings
	Calendar domain.Calendar
	// Received are the order's earlier receipts and stages: when the goods came, and how
	// much of them.
	Received []domain.Event
	// Refused are the store's earlier attempts of the same business day that were
	// refused; those of other products are not counted.
	Refused []domain.Event
	// Usual is what the store usually orders of a product (Engine.Usual); a product that
	// is missing has no habit.
	Usual map[domain.ProductCode]domain.Quantity
}

// JudgeEvent gives the anomalies of an event: none, one, or one a line. Stages and
// collections have none by themselves (stages: SlowFulfilment). A flag on line 0 of
// an order that blocks holds all of it; an attempt has no order to hold.
func JudgeEvent(in EventInput) []Flag {
	switch what := in.Event.What; {
	case what == domain.EventAttempt:
		return judgeAttempt(&in)
	case in.Order == nil:
		return nil
	case what == domain.EventReceipt:
		return judgeReceipt(&in)
	case what == domain.EventExchange:
		return exchange(&in)
	case what == domain.EventReturn:
		return returned(&in)
	case what == domain.EventChange:
		return []Flag{orderChange(&in)}
	case what == domain.EventWrongOrder:
		return []Flag{wrongOrderReport(&in)}
	default:
		return nil
	}
}

// evidence begins the evidence of an event with what was told by whom.
func (in *EventInput) evidence(rule string, version int) domain.Evidence {
	e := &in.Event
	return domain.Evidence{
		Event: e.ID, Told: e.Why, Text: e.Text, Caller: e.Caller, Slip: e.Slip, By: e.By,
		Rule: rule, RuleVersion: version,
	}
}

// line gives the line of the order an event's line is about: the one it names, else
// the first of its product that stands. nil when the order has none.
func (in *EventInput) line(l *domain.EventLine) *domain.Line {
	lines := in.Order.Lines
	if l.Line > 0 {
		if at := slices.IndexFunc(lines, func(o domain.Line) bool { return o.No == l.Line }); at >= 0 {
			return &lines[at]
		}
		return nil
	}
	at := slices.IndexFunc(lines, func(o domain.Line) bool { return o.Product == l.Product && !o.Cancelled })
	if at < 0 {
		at = slices.IndexFunc(lines, func(o domain.Line) bool { return o.Product == l.Product })
	}
	if at < 0 {
		return nil
	}
	return &lines[at]
}

// standing is the quantity of a line, nought of one that was cancelled or is not there.
func standing(l *domain.Line) domain.Quantity {
	if l == nil || l.Cancelled {
		return 0
	}
	return l.Quantity
}

// subject is the product an event's line is about.
func subject(l *domain.EventLine, of *domain.Line) domain.ProductCode {
	if of != nil {
		return of.Product
	}
	return l.Product
}

// price is what a unit of it costs: as ordered, else as the catalogue has it now.
func (in *EventInput) price(code domain.ProductCode, of *domain.Line) domain.Money {
	if of != nil {
		return of.Price
	}
	return in.Products[code].Price
}

// items tells of each line of a change what it is and what it is to be, the one that
// moves most money first, and that money in all. A line without a quantity is not
// wanted at all.
func (in *EventInput) items() (items []domain.Item, inAll int, moved domain.Money) {
	for i := range in.Event.Lines {
		l := &in.Event.Lines[i]
		of := in.line(l)
		it := domain.Item{Product: subject(l, of), Quantity: standing(of)}
		it.Price = in.price(it.Product, of)
		if of != nil {
			it.Line = of.No
		}
		if l.Quantity != nil {
			it.Wanted = *l.Quantity
		}
		items = append(items, it)
		moved += itemMoves(&it)
	}
	items, inAll = dearest(items, itemMoves)
	return items, inAll, moved
}

// itemMoves is the money a change of an item takes away or adds.
func itemMoves(it *domain.Item) domain.Money {
	q := it.Wanted - it.Quantity
	return domain.Amount(max(q, -q), it.Price)
}

// dearest sorts items by what they are worth, the dearest first, and keeps no more
// than evidence holds.
func dearest(items []domain.Item, worth func(*domain.Item) domain.Money) (kept []domain.Item, inAll int) {
	slices.SortStableFunc(items, func(a, b domain.Item) int { return int(min(max(worth(&b)-worth(&a), -1), 1)) })
	return items[:min(len(items), domain.MaxItems)], len(items)
}

// stoppable tells whether the order can still be held: it has not left yet.
func (in *EventInput) stoppable() bool {
	s := in.Order.State
	return s == domain.Placed || s == domain.Accepted || s == domain.Allocated
}

// received gives when the goods came: as the event itself says, as a receipt says, or
// when they were delivered; zero when nobody told. Of several the first counts, for a
// claim period begins with it.
func (in *EventInput) received() time.Time {
	var receipt, delivered time.Time
	first := func(t *time.Time, at time.Time) {
		if t.IsZero() || at.Before(*t) {
			*t = at
		}
	}
	for _, e := range append(slices.Clone(in.Received), in.Event) {
		switch {
		case e.What == domain.EventReceipt, e.What == domain.EventStage && e.Stage == domain.StageReceived:
			first(&receipt, e.At)
		case e.What == domain.EventStage && e.Stage == domain.StageDelivered:
			first(&delivered, e.At)
		}
	}
	if receipt.IsZero() {
		return delivered
	}
	return receipt
}

// took gives how much of a line the store received by its latest receipt, nil when
// none tells.
func (in *EventInput) took(of *domain.Line) *domain.Quantity {
	var latest *domain.Quantity
	var at time.Time
	for i := range in.Received {
		e := &in.Received[i]
		if e.What != domain.EventReceipt || e.At.Before(at) {
			continue
		}
		for k := range e.Lines {
			l := &e.Lines[k]
			if got := in.line(l); got != nil && got.No == of.No {
				if q := told(l, in.Products[of.Product].Weighed); q != nil {
					latest, at = q, e.At
				}
			}
		}
	}
	return latest
}

// told is what a receipt's line says was received, in the product's unit; nil when it
// does not. What is sold by weight is told by weight, and what is not cannot be.
func told(l *domain.EventLine, weighed bool) *domain.Quantity {
	if weighed && l.Weight != nil {
		return l.Weight
	}
	return l.Quantity
}

// moments gives the moments of a kind for this event.
func (in *EventInput) moments(k domain.Kind, code domain.ProductCode) []domain.Moment {
	f := domain.MomentFactsOf(in.Settings, in.Calendar, in.Products[code].Category)
	f.Reported, f.Received, f.Placed = in.Event.At, in.received(), in.Event.At
	if in.Order != nil {
		f.Placed = in.Order.PlacedAt
	}
	return domain.MomentsFor(k, f)
}

// lineNo gives the number of a line, 0 when there is none.
func lineNo(l *domain.Line) int {
	if l == nil {
		return 0
	}
	return l.No
}

// stepCause names one version of one product's step: what it makes wrong at several
// stores is mended at once.
func stepCause(p *domain.Product, code domain.ProductCode) string {
	return "step " + string(code) + " v" + strconv.FormatInt(p.StepVersion, 10)
}

// stockCause names what is out of stock: one count of it answers all its orders.
func stockCause(code domain.ProductCode) string { return "stock " + string(code) }

// exchangeCause names what a product is exchanged for at several stores, as it was told:
// a batch, or a day. "" where the store asks for itself.
func exchangeCause(code domain.ProductCode, told string) string {
	if told == "" || strings.HasPrefix(told, "exchange ") {
		return told
	}
	return "exchange " + string(code) + " " + told
}

// attemptCause names why attempts of a product were refused.
func attemptCause(code domain.ProductCode, why domain.WhyTold) string {
	return "attempt " + string(code) + " " + string(why)
}
