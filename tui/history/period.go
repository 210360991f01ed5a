package history

import (
	"time"

	"cleardesk/domain"
)

// period is how much of the past is on the screen at once.
type period int

const (
	lastOrders period = iota // 26 of them
	eightWeeks
	halfYear
	periodCount
)

// Lengths of the periods.
const (
	ordersShown = 26
	weeksShown  = 8
	day         = 24 * time.Hour
)

// seek goes back to the period that holds the order the history was opened from.
func (v *View) seek() {
	for back := 0; back <= v.earliest(); back++ {
		v.back = back
		for _, o := range v.shown() {
			if o.ID == v.this {
				return
			}
		}
	}
	v.back = 0
}

// shown are the orders of the period, newest first.
func (v *View) shown() []domain.PastOrder {
	all := v.file.Orders
	if v.period == lastOrders {
		from := min(v.back*ordersShown, len(all))
		return all[from:min(from+ordersShown, len(all))]
	}
	start, end := v.bounds()
	var out []domain.PastOrder
	for _, o := range all {
		if o.PlacedAt.After(start) && !o.PlacedAt.After(end) {
			out = append(out, o)
		}
	}
	return out
}

// bounds are the beginning and the end of a period of weeks. It ends with the newest
// order or now, whichever is later: a clock may be a little behind.
func (v *View) bounds() (start, end time.Time) {
	end = v.env.Now()
	if len(v.file.Orders) > 0 {
		if newest := v.file.Orders[0].PlacedAt; newest.After(end) || end.Sub(newest) > domain.HistoryWeeks*7*day {
			end = newest
		}
	}
	length := domain.HistoryWeeks * 7 * day
	if v.period == eightWeeks {
		length = weeksShown * 7 * day
	}
	end = end.Add(-time.Duration(v.back) * length)
	return end.Add(-length), end
}

// earliest is how many periods back there is something.
func (v *View) earliest() int {
	n := len(v.file.Orders)
	if n == 0 {
		return 0
	}
	switch v.period {
	case lastOrders:
		return (n - 1) / ordersShown
	case eightWeeks:
		return domain.HistoryWeeks / weeksShown
	default:
		return 0
	}
}

// turn goes to another period; the order under the cursor stays on the screen.
func (v *View) turn(by period) {
	v.period = (v.period + by) % periodCount
	at := v.at
	for v.back = 0; v.back <= v.earliest(); v.back++ {
		for _, o := range v.shown() {
			if o.ID == at {
				return
			}
		}
	}
	v.back = 0
}

// shift goes to the period before or after, with the cursor on its newest order.
func (v *View) shift(by int) {
	back := max(0, min(v.back+by, v.earliest()))
	if back == v.back {
		return
	}
	v.back = back
	if all := v.shown(); len(all) > 0 {
		v.at = all[0].ID
	}
}
