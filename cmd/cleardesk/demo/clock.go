package demo

import (
	"fmt"
	"strconv"
	"time"

	"cleardesk/domain"
)

// The platform's own day, for the history. Today's close and picking are those of
// Settings.
const (
	opens  = 13 * time.Hour
	window = 2 * time.Hour
)

// Zone gives the zone the demo platform lies in at the moment now: of the zones a
// whole number of hours off UTC the one where it is between 13:30 and 14:30. The
// server's clock is real and the desk counts down to real moments, so it is the
// place that is made up and not the time. The day there is always the day in UTC,
// so a demo opened again on the same day is still on the same business day. The
// zone's name is an IANA one (Etc/GMT-8 is eight hours east).
func Zone(now time.Time) *time.Location {
	utc := now.UTC()
	hour := 13
	if utc.Minute() < 30 {
		hour = 14
	}
	east := hour - utc.Hour() // from -9 to 14, all of which exist
	return time.FixedZone(fmt.Sprintf("Etc/GMT%+d", -east), east*3600)
}

// Calendar gives the demo platform's day at the moment now: the window is open since
// 13:00 and closes at the first half hour that is at least 75 minutes away (75 to
// 104 minutes), picking is half an hour later, the vans leave next morning at 05:00.
// Nothing passes midnight.
func Calendar(now time.Time) domain.Calendar {
	zone := Zone(now)
	local := now.In(zone)
	minutes := local.Hour()*60 + local.Minute() + 75
	closes := time.Duration((minutes+29)/30*30) * time.Minute
	return domain.Calendar{
		Zone: zone, Opens: domain.Clock(opens), Closes: domain.Clock(closes),
		Picking: domain.Clock(closes + 30*time.Minute), Departure: domain.Clock(5 * time.Hour), NextDay: true,
	}
}

// Settings gives Calendar, and when replenishment gaps are foreseen, as the settings of
// the platform, to be appended when the demo is made and each time it is opened again
// after its window has closed.
func Settings(now time.Time) []domain.Setting {
	c := Calendar(now)
	var all []domain.Setting
	for _, s := range [][2]string{
		{"platform.zone", c.Zone.String()},
		{"window.opens", c.Opens.String()},
		{"window.closes", c.Closes.String()},
		{"picking.at", c.Picking.String()},
		{"departure.at", c.Departure.String()},
		{"departure.next_day", "true"},
		{"roster.window.customer_service", "4"},
		{"roster.window.manager", "0"},
		{"roster.window.procurement", "0"},
		{"gap.foresee", strconv.Itoa(int(c.Closes.On(now, c.Zone).Sub(now)/time.Minute) - 1)}, // soon after it opens
	} {
		all = append(all, domain.Setting{Name: s[0], Scope: domain.ScopePlatform, From: now, Value: s[1]})
	}
	// Wrong orders are to be looked at soon: what waits moves up before the eyes.
	for _, s := range [][2]string{{"escalate.past", "10"}, {"escalate.near", "6"}} {
		all = append(all, domain.Setting{Name: s[0], Scope: domain.ScopeKind, Key: string(domain.WrongOrder), From: now, Value: s[1]})
	}
	return all
}
