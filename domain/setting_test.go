package domain

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTheNarrowestSettingHolds(t *testing.T) {
	t.Parallel()
	s := Settings{}
	at := Where{Store: "S1", Product: "P1", Category: "dairy"}
	for _, v := range []Setting{
		{Scope: ScopePlatform, Value: "1"},
		{Scope: ScopeCategory, Key: "dairy", Value: "2"},
		{Scope: ScopeProduct, Key: "P1", Value: "3"},
		{Scope: ScopeStore, Key: "S1", Value: "4"},
		{Scope: ScopeStoreProduct, Key: "S1/P1", Value: "5"},
	} {
		v.Name = "limit.quantity"
		s.Put(v)
		if got := s.Get(v.Name, at); got != v.Value {
			t.Errorf("with one for a %s: %s, want %s", v.Scope, got, v.Value)
		}
		if got := s.Get(v.Name, Where{Store: "S2", Product: "P2", Category: "tea"}); got != "1" {
			t.Errorf("elsewhere: %s, want the platform's", got)
		}
	}
	if got := s.Get("claim.lease", at); got != "20" {
		t.Errorf("what is not set: %s, want the default", got)
	}
}

func TestEveryDefaultCanBeSet(t *testing.T) {
	t.Parallel()
	for _, d := range SettingDefs() {
		if err := d.Check(d.Default); err != nil {
			t.Errorf("%s: %v", d.Name, err)
		}
	}
}

func TestSettingValuesAreChecked(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][2][]string{ // what is taken, what is refused
		"platform.zone":      {{"Asia/Shanghai", "UTC", "Etc/GMT-8"}, {"", "Local", "Nowhere", "../zone"}},
		"window.closes":      {{"00:00", "15:30", "23:59"}, {"", "24:00", "15", "3pm"}},
		"departure.next_day": {{"true", "false"}, {"", "tomorrow"}},
		"call.attempts":      {{"0", "3"}, {"", "-1", "2.5", "1000001"}},
		"claim.lease":        {{"1", "20"}, {"", "0", "20m"}},
		"limit.quantity":     {{"", "0.001", "480"}, {"0", "-1", "0.0001", "many"}},
		"limit.cod":          {{"", "0.01", "30,000.00"}, {"0", "0.001", "1e3"}},
		"limit.multiple":     {{"", "10", "2.25"}, {"0", "2.255"}},
		"call.then":          {{"expansion", "manager"}, {"", "somebody"}},
	} {
		def, known := FindSetting(name)
		if !known {
			t.Fatalf("there is no setting %s", name)
		}
		for _, v := range values[0] {
			if err := def.Check(v); err != nil {
				t.Errorf("%s %q: %v", name, v, err)
			}
		}
		for _, v := range values[1] {
			if CodeOf(def.Check(v)) != Invalid {
				t.Errorf("%s takes %q", name, v)
			}
		}
	}
}

// The vans leave on the next day of the wall clock, also where a day has 23 hours.
func TestMomentsOfADay(t *testing.T) {
	t.Parallel()
	set := Settings{}
	set.Put(Setting{Name: "platform.zone", Scope: ScopePlatform, Value: "Europe/Berlin"})
	c := set.Calendar()
	placed := time.Date(2027, 3, 27, 22, 30, 0, 0, time.UTC) // 23:30 there, the night the clock jumps
	var got []string
	for _, m := range c.Moments(placed) {
		got = append(got, string(m.What)+" "+m.At.UTC().Format("2006-01-02 15:04"))
	}
	want := []string{"window_close 2027-03-27 14:00", "picking 2027-03-27 14:30", "departure 2027-03-28 03:00"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if day := c.BusinessDay(placed.Add(time.Hour)); day.Day() != 28 {
		t.Errorf("half an hour past midnight there is %s", day)
	}
}
