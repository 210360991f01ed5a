package detect

import (
	"time"

	"cleardesk/domain"
)

// HabitInput is one store's day as the order window closes, or shortly before it.
type HabitInput struct {
	Store    domain.Store
	Day      time.Time // the business day
	Foreseen bool      // it is not closed yet: the store can still order
	// Habits are what the store ordered on its last days like this one before it: of the
	// same weekday, since its first order, on which the platform took orders at all.
	Habits  []Habit
	Ordered map[domain.ProductCode]bool // in the day's orders, held ones included
	Orders  int                         // how many those are
	// Orderable tells whether a product can be had now: for sale and in stock. What
	// cannot be had is no gap. nil: all can.
	Orderable func(domain.ProductCode) bool
	Dropped   []domain.Item    // lines that vanished from an order of the day; Quantity is what they had
	Late      []domain.OrderNo // orders placed outside the window since the last close
	Settings  domain.Settings
	Calendar  domain.Calendar
}

// Habit is how a store orders a product on days like the one at hand.
type Habit struct {
	Product domain.ProductCode
	Times   int             // of its last Of chances the store ordered it
	Of      int             // chances: days like this one, whether it ordered anything or not
	Median  domain.Quantity // of those orders
	Price   domain.Money    // per base unit, now
}

// Names of the settings of the gaps.
const (
	gapShare   = "gap.share"
	gapChances = "gap.chances"
)

// Replenishment flags what a store replenishes regularly and has not ordered when the
// window closes, lines that were dropped, and orders that came outside the window
// (§3.1.8): one flag a store, with its items. Before the close it is foreseen, and
// late orders are left for the close. nil: nothing is amiss.
func Replenishment(in HabitInput) *Flag {
	var items []domain.Item
	for _, h := range in.Habits {
		if in.missing(h) {
			items = append(items, domain.Item{Product: h.Product, Wanted: h.Median, Price: h.Price, Times: h.Times, Of: h.Of})
		}
	}
	for _, it := range in.Dropped {
		if in.can(it.Product) && !in.Ordered[it.Product] {
			it.Gap = domain.GapDropped
			items = append(withoutProduct(items, it.Product), it)
		}
	}
	if len(items) == 0 && (len(in.Late) == 0 || in.Foreseen) {
		return nil
	}
	ev := domain.Evidence{
		Day: in.Day.Format(time.DateOnly), Orders: in.Orders, Foreseen: in.Foreseen,
		Rule: GapRule, RuleVersion: GapVersion,
	}
	if !in.Foreseen {
		ev.LateOrders = in.Late
	}
	for i := range items {
		ev.Amount += gapWorth(&items[i])
	}
	ev.Items, ev.ItemsInAll = dearest(items, gapWorth)
	f := domain.MomentFacts{Calendar: in.Calendar, Placed: in.Calendar.Closes.On(noonOf(in.Day, in.Calendar.Zone), in.Calendar.Zone)}
	return &Flag{
		Kind: domain.Replenishment, Evidence: ev, AtRisk: ev.Amount, Moments: domain.MomentsFor(domain.Replenishment, f),
	}
}

// noonOf gives noon of a business day, which is midnight UTC of its date.
func noonOf(day time.Time, zone *time.Location) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, zone)
}

// missing tells whether a habit is regular and was not followed though it could be.
func (in *HabitInput) missing(h Habit) bool {
	least, share := in.Settings.Int(gapChances), in.Settings.Int(gapShare)
	regular := h.Of >= least && h.Times*100 >= share*h.Of && h.Times > 0
	return regular && !in.Ordered[h.Product] && in.can(h.Product)
}

func (in *HabitInput) can(p domain.ProductCode) bool { return in.Orderable == nil || in.Orderable(p) }

// gapWorth is the usual amount of what is missing, or that of the line that was dropped.
func gapWorth(it *domain.Item) domain.Money {
	return domain.Amount(max(it.Wanted, it.Quantity), it.Price)
}

func withoutProduct(items []domain.Item, p domain.ProductCode) []domain.Item {
	for i := range items {
		if items[i].Product == p {
			return append(items[:i], items[i+1:]...)
		}
	}
	return items
}

// late flags an attempt the platform refused because the window was closed: a
// replenishment outside the window. What the store wanted is its item.
func (a *attempt) late() Flag {
	f := a.flag(domain.Replenishment, "", "")
	ev := &f.Evidence
	ev.Rule, ev.RuleVersion = GapRule, GapVersion
	ev.Day = a.in.Calendar.BusinessDay(a.in.Event.At).Format(time.DateOnly)
	ev.Items = []domain.Item{{Product: a.line.Product, Wanted: a.wanted, Price: ev.Price, Gap: domain.GapLate}}
	ev.ItemsInAll, ev.Amount = 1, domain.Amount(a.wanted, ev.Price)
	f.AtRisk = ev.Amount
	return f
}
