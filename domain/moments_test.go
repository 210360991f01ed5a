package domain

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Each kind has the moments of the table ("Moments and money"), the earliest first.
func TestMomentsOfKinds(t *testing.T) {
	t.Parallel()
	c := Settings{}.Calendar()
	at := func(s string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", s, c.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	f := MomentFactsOf(Settings{}, c, "")
	f.Placed, f.Reported, f.Received = at("2026-11-23 13:10"), at("2026-11-24 13:31"), at("2026-11-24 07:22")
	f.Promises = []time.Time{at("2026-11-24 17:00")}
	const closes, picked, left, promised = "window_close 23 15:00", "picking 23 15:30", "departure 24 05:00", "promise 24 17:00"
	surplus := []string{closes, picked, left, promised}
	lack := []string{closes, picked, promised}
	dispute := []string{promised, "promise 24 17:31", "week_ends 30 00:00", "claim_ends 01 07:22"}
	for kind, want := range map[Kind][]string{
		QuantitySurge: surplus, AmountSurge: surplus, StepMismatch: surplus, WrongOrder: surplus,
		OrderChange: {picked, left, promised},
		ZeroStock:   lack, NotOrderable: lack, Replenishment: lack,
		SlowFulfilment: { // and each day after the last promise
			promised, "promise 25 17:00", "promise 26 17:00", "promise 27 17:00", "promise 28 17:00", "promise 29 17:00", "promise 30 17:00", "promise 01 17:00",
		},
		ShortWeight: dispute, Overweight: dispute, Exchange: dispute, Return: dispute,
	} {
		var got []string
		for _, m := range MomentsFor(kind, f) {
			got = append(got, string(m.What)+" "+m.At.In(c.Zone).Format("02 15:04"))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", kind, d)
		}
	}
	for _, kind := range Kinds() {
		if got := MomentsFor(kind, MomentFacts{Calendar: c}); len(got) != 0 {
			t.Errorf("%s of which nothing is known has the moments %v", kind, got)
		}
	}
}

// What is told twice is one moment; a claim period is a category's own; an answer is
// promised from the report on, or from the receipt that is the report.
func TestMomentsOfDisputes(t *testing.T) {
	t.Parallel()
	c := Settings{}.Calendar()
	s := Settings{}
	s.Put(Setting{Name: "claim.days", Scope: ScopeCategory, Key: "fresh", Value: "1"})
	s.Put(Setting{Name: "answer.minutes", Scope: ScopePlatform, Value: "30"})
	f := MomentFactsOf(s, c, "fresh")
	f.Received = time.Date(2026, 11, 24, 7, 22, 0, 0, c.Zone)
	f.Promises = []time.Time{f.Received.Add(30 * time.Minute)}
	want := []Moment{
		{Promise, f.Received.Add(30 * time.Minute)},
		{ClaimEnds, f.Received.AddDate(0, 0, 1)},
		{WeekEnds, time.Date(2026, 11, 30, 0, 0, 0, 0, c.Zone)},
	}
	if d := cmp.Diff(want, MomentsFor(Return, f)); d != "" {
		t.Error(d)
	}
	if f = MomentFactsOf(s, c, "tea"); f.Claim != 7 {
		t.Errorf("%d days to claim, want the platform's seven", f.Claim)
	}
}

// A week ends on Monday at midnight in the platform's zone, later than any time in it.
func TestWeekEnd(t *testing.T) {
	t.Parallel()
	c := Settings{}.Calendar()
	for in, want := range map[string]string{
		"2026-11-23 00:00": "2026-11-30", // a Monday: its own week
		"2026-11-23 13:00": "2026-11-30",
		"2026-11-28 23:00": "2026-11-30",
		"2026-11-29 23:59": "2026-11-30",
		"2026-12-31 12:00": "2027-01-04",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", in, c.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.WeekEnd(at.UTC()); got.In(c.Zone).Format("2006-01-02 15:04") != want+" 00:00" {
			t.Errorf("the week of %s ends %s, want %s 00:00", in, got.In(c.Zone), want)
		}
	}
}

func TestSettingsOfACategory(t *testing.T) {
	t.Parallel()
	s := Settings{}
	s.Put(Setting{Name: "promise.ship", Scope: ScopeCategory, Key: "fresh", Value: "15"})
	for category, want := range map[string]int{"fresh": 15, "tea": 60, "": 60} {
		n, set := s.IntAt("promise.ship", Where{Category: category})
		if n != want || !set || s.IsOwn("promise.ship", category) != (category == "fresh") {
			t.Errorf("%q: %d, set %v, its own %v; want %d", category, n, set, s.IsOwn("promise.ship", category), want)
		}
	}
	if _, set := s.IntAt("limit.quantity", Where{}); set {
		t.Error("a limit nobody set is a whole number")
	}
}
