package domain

import (
	"fmt"
	"time"
)

// Clock is a time of day, counted from midnight of the wall clock.
type Clock time.Duration

// ParseClock reads "13:00".
func ParseClock(s string) (Clock, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, Errorf(Invalid, "", "%q is not a time of day such as 13:00", s)
	}
	return Clock(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute), nil
}

// String gives "13:00".
func (c Clock) String() string {
	d := time.Duration(c)
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

// On gives this wall-clock time on the day of t in loc. On a day when the clock
// jumps over it, it is the moment just as far after the jump, as package time has it.
func (c Clock) On(t time.Time, loc *time.Location) time.Time {
	y, m, d := t.In(loc).Date()
	h := int(time.Duration(c) / time.Hour)
	minute := int(time.Duration(c)/time.Minute) % 60
	return time.Date(y, m, d, h, minute, 0, 0, loc)
}

// Calendar is the platform's day: the zone, the order window and the moments after
// it (§1.1). All are settings.
type Calendar struct {
	Zone      *time.Location
	Opens     Clock // stores may order from
	Closes    Clock // until
	Picking   Clock // goods are picked; after it we cannot change an order any more without cost
	Departure Clock // the vans leave; may be on the next morning
	NextDay   bool  // Departure is on the day after the order's
}

// BusinessDay is the day an order placed at t belongs to: the calendar day in the
// platform's zone, as midnight UTC of that date.
func (c Calendar) BusinessDay(t time.Time) time.Time {
	y, m, d := t.In(c.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Moments gives the moments of an order placed at t, in turn: the window's close,
// picking, departure.
func (c Calendar) Moments(placed time.Time) []Moment {
	leave := c.Departure.On(placed, c.Zone)
	if c.NextDay {
		leave = c.Departure.On(placed.In(c.Zone).AddDate(0, 0, 1), c.Zone)
	}
	return []Moment{
		{WindowClose, c.Closes.On(placed, c.Zone)},
		{Picking, c.Picking.On(placed, c.Zone)},
		{Departure, leave},
	}
}
