package demo

import (
	"time"

	"cleardesk/domain"
)

// day is a date as a count of days since 1970-01-01.
type day int

const dayLength = 24 * time.Hour

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / int64(dayLength/time.Second))
}

// date is midnight UTC, as business days are written.
func (d day) date() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// week counts weeks that begin on Monday; weekday is 0 for Monday.
func (d day) week() int    { return (int(d) + 3) / 7 }
func (d day) weekday() int { return (int(d) + 3) % 7 }

const (
	friday   = 4
	saturday = 5
)

// Promotion is a time in which a product is advertised and sells more.
type Promotion struct {
	Product domain.ProductCode
	From    time.Time // first day, midnight UTC
	To      time.Time // last day
	Percent int       // of the usual demand, above 100
}

// One product in so many is promoted in a given week, for so many days.
const (
	promotedOneIn = 50
	promotedDays  = 4
)

// promotions lists those that touch the days from first to last.
func (p *Platform) promotions(first, last day) []Promotion {
	var all []Promotion
	for week := (first - promotedDays).week(); week <= last.week(); week++ {
		for i := range p.Products {
			c := newChance(p.seed, forPromotions, uint64(week), uint64(i))
			if c.upTo(promotedOneIn) != 0 {
				continue
			}
			from := day(week*7 - 3 + c.upTo(7))
			if to := from + promotedDays - 1; from <= last && to >= first {
				all = append(all, Promotion{
					Product: p.Products[i].Code, From: from.date(), To: to.date(), Percent: 150 + 10*c.upTo(11),
				})
			}
		}
	}
	return all
}

// promoted gives the multiple of demand of the products promoted on a day.
func (p *Platform) promoted(d day) map[int]float64 {
	on := map[int]float64{}
	for i := range p.Promotions {
		promo := &p.Promotions[i]
		if dayOf(promo.From) <= d && d <= dayOf(promo.To) {
			on[p.index[promo.Product]] = float64(promo.Percent) / 100
		}
	}
	return on
}

// movable holidays of the lunar calendar: spring festival, dragon boat, mid-autumn.
func movable() []string {
	return []string{
		"2025-01-29", "2025-05-31", "2025-10-06", "2026-02-17", "2026-06-19", "2026-09-25",
		"2027-02-06", "2027-06-09", "2027-09-15", "2028-01-26", "2028-05-28", "2028-10-03",
		"2029-02-13", "2029-06-16", "2029-09-22", "2030-02-03", "2030-06-05", "2030-09-12",
	}
}

// holidays says how demand moves around a holiday: stores stock up in the three
// days before it, and order less on the day after.
func holidays(first, last day) map[day]float64 {
	moves := map[day]float64{}
	feast := func(d day) {
		for before := day(1); before <= 3; before++ {
			moves[d-before] = 1.35
		}
		moves[d+1] = 0.8
	}
	for _, s := range movable() {
		feast(dayOf(must(time.Parse(time.DateOnly, s))))
	}
	for year := first.date().Year(); year <= last.date().Year()+1; year++ {
		for _, fixed := range [][2]int{{1, 1}, {4, 5}, {5, 1}, {10, 1}, {12, 22}} {
			feast(dayOf(time.Date(year, time.Month(fixed[0]), fixed[1], 0, 0, 0, 0, time.UTC)))
		}
	}
	return moves
}

// weekly is the rhythm of the week: goods for the weekend are ordered on Friday and
// Saturday, and Monday fills up what the weekend took.
func weekly(d day, c category) float64 {
	switch d.weekday() {
	case friday, saturday:
		return c.weekend
	case 0:
		return 1.1
	default:
		return 1
	}
}
