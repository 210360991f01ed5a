package demo

import (
	"slices"
	"time"

	"cleardesk/domain"
)

// duty is somebody's usual shift, and the days of seven, counted from today, on which they
// rest: today everybody works, so that whoever's desk is opened is on duty.
type duty struct {
	shift string
	rests []int
}

func duties() map[domain.Login]duty {
	return map[domain.Login]duty{
		"lin": {"10-18", []int{3, 6}}, "wang": {"09-17", []int{1, 4}}, "zhao": {"12-20", []int{4, 6}}, "zhou": {"12-20", []int{2, 5}},
		"he": {"12-20", []int{1, 3}}, "lu": {"09-17", []int{2, 5}}, "sun": {"09-12 13-18", []int{5, 6}}, "jian": {"08-17", []int{5, 6}},
		"qian": {"07-16", []int{5, 6}}, "gao": {"09-17", []int{5, 6}}, "xu": {"09-17", []int{5, 6}}, "zheng": {"10-18", []int{5, 6}},
	}
}

// Sick is who is sick today and on the two days after it: on the last of them too few are
// left in the order window.
const (
	Sick     domain.Login = "he"
	SickDays int          = 3
)

// Shifts gives what the roster of the demo says of a person's day, "rest" on a free one.
func Shifts(who domain.Login, day, today time.Time) string {
	t, ok := duties()[who]
	offset := int(day.Sub(today)/(24*time.Hour)) % 7
	if offset < 0 {
		offset += 7
	}
	if !ok || slices.Contains(t.rests, offset) {
		return "rest"
	}
	return t.shift
}
