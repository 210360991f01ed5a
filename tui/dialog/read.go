package dialog

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/tui/keys"
)

// Moment reads a time to come as people type it: 17:00, 1700 or 17 of today or, where
// that is over, tomorrow; with a day, 11-25 17:00, of that day. It is in now's zone.
func Moment(text string, now time.Time) (time.Time, bool) {
	fields := strings.Fields(strings.Map(keys.FoldRune, text))
	switch len(fields) {
	case 1:
		h, m, ok := clock(fields[0])
		at := time.Date(now.Year(), now.Month(), now.Day(), h, m, 0, 0, now.Location())
		if !at.After(now) {
			at = at.AddDate(0, 0, 1)
		}
		return at, ok
	case 2:
		day, ok := Day(fields[0], now)
		h, m, timed := clock(fields[1])
		at := time.Date(day.Year(), day.Month(), day.Day(), h, m, 0, 0, now.Location())
		if at.Before(now) {
			at = at.AddDate(1, 0, 0)
		}
		return at, ok && timed
	}
	return time.Time{}, false
}

// Passed reads a time gone by as people type it: 13:05, 1305 or 13 of today or, where that
// is still to come, of yesterday; with a day, 11-22 17:00, of that day. It is in now's zone.
func Passed(text string, now time.Time) (time.Time, bool) {
	at, ok := Moment(text, now)
	if !at.After(now) {
		return at, ok
	}
	if len(strings.Fields(text)) == 2 {
		return at.AddDate(-1, 0, 0), ok
	}
	return at.AddDate(0, 0, -1), ok
}

// Day reads a day of the year now is in, 11-25 or 11/25.
func Day(text string, now time.Time) (time.Time, bool) {
	month, day, found := strings.Cut(strings.ReplaceAll(strings.Map(keys.FoldRune, strings.TrimSpace(text)), "/", "-"), "-")
	mo, errM := strconv.Atoi(month)
	d, errD := strconv.Atoi(day)
	at := time.Date(now.Year(), time.Month(mo), d, 0, 0, 0, 0, now.Location())
	ok := found && errM == nil && errD == nil && at.Day() == d && at.Month() == time.Month(mo)
	return at, ok
}

// clock reads 17:00, 1700 and 17.
func clock(text string) (h, m int, ok bool) {
	hours, mins, found := strings.Cut(text, ":")
	if !found && len(text) > 2 {
		hours, mins = text[:len(text)-2], text[len(text)-2:]
	} else if !found {
		mins = "00"
	}
	h, errH := strconv.Atoi(hours)
	m, errM := strconv.Atoi(mins)
	return h, m, errH == nil && errM == nil && h >= 0 && h < 24 && m >= 0 && m < 60 && len(mins) == 2
}
