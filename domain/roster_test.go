package domain_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"pgregory.net/rapid"
)

func berlin(tb testing.TB) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

func noWord(string) (domain.RosterWord, bool) { return domain.RosterWord{}, false }

func TestRosterCellIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	who := domain.Staff{Login: "lin", Roles: []domain.Role{domain.RoleAgent, domain.RoleExpansion}}
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"09-15": "09-15", "9-15": "09-15", "0930-15": "09:30-15", "9:30-15:15": "09:30-15:15", "16-20 09-12": "09-12 16-20", "22-06": "22-06",
		"18-24": "18-24", "00-24": "00-24", "09-12 expansion 13-17": "09-12 expansion 13-17", "０９－１５": "09-15", "09—12，13~15": "09-12 13-15", "rest": "",
	} {
		c, err := domain.ParseRosterCell(text, who, day, berlin(t), noWord)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := domain.CellText(c.Shifts, domain.RoleAgent, berlin(t), domain.RoleCode); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	for text, why := range map[string]string{
		"": domain.CellShift, "25-30": domain.CellShift, "09-09": domain.CellShift, "09-15 12-18": domain.CellOverlap, "09-15 manager": domain.CellRole,
		"expansion 09-15": domain.CellRole, "09-15 rest": domain.CellMixed, "soon": domain.CellWord, "09-1": "", "9-": domain.CellShift,
	} {
		if _, err := domain.ParseRosterCell(text, who, day, berlin(t), noWord); (err == nil) != (why == "") {
			t.Errorf("%s: %v", text, err)
		} else if e, ok := err.(*domain.Error); ok && e.Detail["why"] != why { //nolint:errorlint // it is made right there
			t.Errorf("%s: %s, want %s", text, e.Detail["why"], why)
		}
	}
}

// Hour by hour: nothing is lost and nothing is made. People times time add up to the hours
// of the day, what comes is cleared or left, and nothing is cleared that nobody can clear.
func TestHoursOfADayAddUp(t *testing.T) {
	t.Parallel()
	zone := berlin(t)
	rapid.Check(t, func(rt *rapid.T) {
		week := rapid.SampledFrom([]time.Time{time.Date(2027, 3, 22, 0, 0, 0, 0, time.UTC), time.Date(2027, 10, 25, 0, 0, 0, 0, time.UTC)}).Draw(rt, "week")
		w := domain.RosterWeek{Week: week, Published: map[domain.RosterKey][]domain.RosterShift{}, Rules: domain.Settings{}.RosterRules()}
		w.Rules.Zone = zone
		var duty time.Duration
		for _, login := range []domain.Login{"a", "b"} {
			p := domain.Staff{Login: login, Roles: []domain.Role{domain.RoleAgent}, Active: true}
			w.People = append(w.People, p)
			from := rapid.IntRange(0, 22).Draw(rt, "from")
			to := rapid.IntRange(from+1, 24).Draw(rt, "to")
			c := domain.RosterCell{RosterKey: domain.RosterKey{Login: login, Day: w.Day(6)}, Shifts: []domain.RosterShift{{
				Starts: domain.Clock(time.Duration(from)*time.Hour).On(domain.Midnight(w.Day(6), zone), zone),
				Ends:   time.Date(w.Day(6).Year(), w.Day(6).Month(), w.Day(6).Day(), to, 0, 0, 0, zone), Role: domain.RoleAgent,
			}}}
			w.Put(c)
			duty += w.Hours(login)
		}
		expected := rapid.SliceOfN(rapid.IntRange(0, 60), 24, 24).Draw(rt, "expected")
		w.Facts[6] = domain.RosterFacts{Expected: expected, Pace: time.Duration(rapid.IntRange(30, 1200).Draw(rt, "pace")) * time.Second}
		hours := w.HoursOf(w.Day(6))
		if n := len(hours); n != map[time.Month]int{time.March: 23, time.October: 25}[w.Day(6).Month()] {
			rt.Fatalf("the day has %d hours", n)
		}
		var there time.Duration
		left := 0
		for _, h := range hours {
			there += h.Duty
			if h.Left < 0 || h.Left < left+h.Expected-h.Cleared || h.Left > left+h.Expected || h.Cleared > int(h.Duty/w.Facts[6].Pace) {
				rt.Fatalf("hour %d: left %d of %d and %d, cleared %d", h.Hour, h.Left, left, h.Expected, h.Cleared)
			}
			left = h.Left
		}
		if there != duty {
			rt.Fatalf("on duty %v by the hour, %v in the day", there, duty)
		}
	})
}
