package text

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cleardesk/domain"
)

// ValueWords are the signs values are written with.
type ValueWords struct {
	Minutes   func(n int) string    // 6m
	HoursMins func(h, m int) string // 1h20
	Hours     func(h int) string    // 5h
	Days      func(n int) string    // 3d
	UnderMin  string                // less than a minute
	Late      func(s string) string // -4m
	Unit      func(n, unit string, one bool) string
	Today     string
	Yesterday string
	Tomorrow  string
	Weekdays  [7]string                      // from Sunday
	OnDay     func(day, clock string) string // "Sat 13:40"
	Ranged    func(low, high string) string  // "24-60"
	Join      string                         // between the parts of a list
	Unknown   string                         // a value nobody gave
}

func valuesEnglish() ValueWords {
	num := strconv.Itoa
	return ValueWords{
		Minutes:   func(n int) string { return num(n) + "m" },
		HoursMins: func(h, m int) string { return num(h) + "h" + two(m) },
		Hours:     func(h int) string { return num(h) + "h" },
		Days:      func(n int) string { return num(n) + "d" },
		UnderMin:  "<1m",
		Late:      func(s string) string { return "-" + s },
		Unit:      unitEnglish,
		Today:     "today", Yesterday: "yest.", Tomorrow: "tomor.",
		Weekdays: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		OnDay:    func(day, clock string) string { return day + " " + clock },
		Ranged:   func(low, high string) string { return low + "-" + high },
		Join:     ", ",
		Unknown:  "-",
	}
}

func valuesChinese() ValueWords {
	num := strconv.Itoa
	return ValueWords{
		Minutes:   func(n int) string { return num(n) + "分" },
		HoursMins: func(h, m int) string { return num(h) + "时" + two(m) },
		Hours:     func(h int) string { return num(h) + "时" },
		Days:      func(n int) string { return num(n) + "天" },
		UnderMin:  "<1分",
		Late:      func(s string) string { return "超" + s },
		Unit:      func(n, unit string, _ bool) string { return n + unit },
		Today:     "今", Yesterday: "昨", Tomorrow: "明",
		Weekdays: [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		OnDay:    func(day, clock string) string { return day + clock },
		Ranged:   func(low, high string) string { return low + "-" + high },
		Join:     ", ",
		Unknown:  "-",
	}
}

// unitEnglish writes "480 bags", "1 bag", "18.4 kg".
func unitEnglish(n, unit string, one bool) string {
	switch unit {
	case "":
		return n
	case "kg", "g", "l", "ml", "cs", "pcs":
		return n + " " + unit
	}
	if one || unit[0] >= utf8.RuneSelf { // a unit that has no English name
		return n + " " + unit
	}
	for _, end := range []string{"s", "x", "ch", "sh"} {
		if strings.HasSuffix(unit, end) {
			return n + " " + unit + "es"
		}
	}
	return n + " " + unit + "s"
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// Left is the time left until a moment, at most 6 cells: "6m", "1h20", "3d", and
// "-4m" when it has passed. What is left is rounded down to the minute, what is
// late up, so that neither looks better than it is.
func (c *Catalog) Left(d time.Duration) string {
	v := c.Values
	if d < 0 {
		mins := int((-d + time.Minute - 1) / time.Minute)
		switch {
		case mins < 60:
			return v.Late(v.Minutes(mins))
		case mins < 24*60:
			return v.Late(v.Hours(mins / 60))
		}
		return v.Late(v.Days(mins / (24 * 60)))
	}
	return c.Age(d)
}

// Age is how long something has lasted, at most 6 cells: "2m", "1h20", "3d".
func (c *Catalog) Age(d time.Duration) string {
	v := c.Values
	mins := int(d / time.Minute)
	switch {
	case mins < 1:
		return v.UnderMin
	case mins < 60:
		return v.Minutes(mins)
	case mins < 24*60:
		return v.HoursMins(mins/60, mins%60)
	}
	return v.Days(mins / (24 * 60))
}

// Money is an amount for lists, rounded to the yuan: "¥38,400".
func (c *Catalog) Money(m domain.Money) string { return signed(m.WholeYuan()) }

// MoneyExact is an amount where something is decided: "¥38,400.00".
func (c *Catalog) MoneyExact(m domain.Money) string { return signed(m.Grouped()) }

// MoneyChange is an exact difference with its sign: "+¥312.00", "-¥5,184.00".
func (c *Catalog) MoneyChange(m domain.Money) string {
	if m > 0 {
		return "+" + c.MoneyExact(m)
	}
	return c.MoneyExact(m)
}

func signed(s string) string {
	if rest, neg := strings.CutPrefix(s, "-"); neg {
		return "-¥" + rest
	}
	return "¥" + s
}

// Quantity is a quantity with its unit, as short as it is exact: "480 bags",
// "18.4 kg". The unit's names are Chinese and English.
func (c *Catalog) Quantity(q domain.Quantity, unit, unitEn string) string {
	return c.Values.Unit(q.Grouped(0), c.Pick(unit, unitEn), q == domain.Unit)
}

// Weight is a quantity with at least the given decimals: "18.400 kg" with three.
func (c *Catalog) Weight(q domain.Quantity, decimals int, unit, unitEn string) string {
	return c.Values.Unit(q.Grouped(decimals), c.Pick(unit, unitEn), q == domain.Unit)
}

// Number is a whole number with thousands separators: "1,240".
func (c *Catalog) Number(n int64) string { return domain.Units(n).Grouped(0) }

// Clock is the time of day of t in its own zone: "13:40".
func (c *Catalog) Clock(t time.Time) string { return t.Format("15:04") }

// ClockSeconds is the time of day with seconds: "13:39:58".
func (c *Catalog) ClockSeconds(t time.Time) string { return t.Format("15:04:05") }

// Date is month and day: "11-23".
func (c *Catalog) Date(t time.Time) string { return t.Format("01-02") }

// When is day and time seen from now: "today 13:31", "Sat 13:40", and month and day
// further away than six days. Both times are taken in the zone of now.
func (c *Catalog) When(t, now time.Time) string {
	day, clock := c.Day(t, now), c.Clock(t.In(now.Location()))
	if day[len(day)-1] < utf8.RuneSelf { // a date in digits would run into the hour
		return day + " " + clock
	}
	return c.Values.OnDay(day, clock)
}

// Day is the day of t seen from now: "today", "Sat", "11-14".
func (c *Catalog) Day(t, now time.Time) string {
	v := c.Values
	t = t.In(now.Location())
	switch n := daysBetween(now, t); {
	case n == 0:
		return v.Today
	case n == -1:
		return v.Yesterday
	case n == 1:
		return v.Tomorrow
	case n > -7 && n < 7:
		return v.Weekdays[t.Weekday()]
	}
	if t.Year() != now.Year() {
		return t.Format("2006-01-02")
	}
	return c.Date(t)
}

// daysBetween counts calendar days from a to b, whatever the clock does between.
func daysBetween(a, b time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(b).Sub(day(a)) / (24 * time.Hour))
}
