package demo

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// At any minute of any day the desk is in its order window, with an hour to go.
func TestTheWindowIsAlwaysOpen(t *testing.T) {
	t.Parallel()
	for minute := range 2 * 24 * 60 {
		now := time.Date(2027, 2, 28, 0, minute, 30, 0, time.UTC)
		set := domain.Settings{}
		for _, s := range Settings(now) {
			def, known := domain.FindSetting(s.Name)
			if !known {
				t.Fatalf("there is no setting %s", s.Name)
			}
			if err := def.Check(s.Value); err != nil {
				t.Fatal(err)
			}
			set.Put(s)
		}
		cal := set.Calendar()
		local := now.In(cal.Zone)
		if at := local.Hour()*60 + local.Minute(); at < 13*60+30 || at >= 14*60+30 {
			t.Fatalf("at %s it is %s at the platform", now, local)
		}
		if !cal.BusinessDay(now).Equal(time.Date(2027, 2, now.Day(), 0, 0, 0, 0, time.UTC)) && now.Month() == 2 {
			t.Fatalf("at %s the business day is %s", now, cal.BusinessDay(now))
		}
		moments := cal.Moments(now)
		for i, within := range [][2]int{{74, 104}, {104, 134}, {14 * 60, 16 * 60}} {
			left := moments[i].At.Sub(now).Minutes()
			if left < float64(within[0]) || left > float64(within[1]) {
				t.Fatalf("at %s the %s is in %.1f minutes", local, moments[i].What, left)
			}
		}
		if since := now.Sub(cal.Opens.On(now, cal.Zone)); since < 30*time.Minute || since > 90*time.Minute {
			t.Fatalf("at %s the window is open since %s", local, since)
		}
	}
}

func TestSettingsAreTheCalendar(t *testing.T) {
	t.Parallel()
	set := domain.Settings{}
	for _, s := range Settings(morning()) {
		set.Put(s)
	}
	want, got := Calendar(morning()), set.Calendar()
	if want.Zone.String() != got.Zone.String() {
		t.Errorf("zone %s, want %s", got.Zone, want.Zone)
	}
	_, wantOff := morning().In(want.Zone).Zone()
	if _, off := morning().In(got.Zone).Zone(); off != wantOff {
		t.Errorf("zone %s is %d s off UTC, want %d", got.Zone, off, wantOff)
	}
	want.Zone, got.Zone = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheBacklogCameBeforeNow(t *testing.T) {
	t.Parallel()
	now := morning()
	p, cal := platform(1), Calendar(now)
	last := cal.Opens.On(now, cal.Zone)
	for _, a := range p.Backlog(now, cal) {
		if a.Order.PlacedAt.Before(last) || !a.Order.PlacedAt.Before(now) || a.Order.History || a.Order.State != domain.Placed {
			t.Errorf("%s placed at %s after one at %s", a.Order.No, a.Order.PlacedAt, last)
		}
		last = a.Order.PlacedAt
	}
}

func TestTheFeedGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	now := morning()
	p, cal := platform(1), Calendar(now)
	backlog := p.Backlog(now, cal)
	whole := take(p.Feed(now, cal, 1, backlog[len(backlog)-1].Order.No), 60)
	later := now.Add(9 * time.Hour)
	rest := take(p.Feed(later, Calendar(later), 30, whole[19].Order.No), 40)
	for i, a := range rest {
		b := whole[20+i]
		if !a.Order.PlacedAt.After(later) {
			t.Errorf("%s comes at %s, before %s", a.Order.No, a.Order.PlacedAt, later)
		}
		a.Order.PlacedAt = b.Order.PlacedAt
		if diff := cmp.Diff(b, a); diff != "" {
			t.Fatalf("order %d differs: %s", i, diff)
		}
	}
	if other := take(p.Feed(now, cal, 1, "1122-0400"), 1); other[0].Order.No != "1123-0301" {
		t.Errorf("after an order of yesterday the first is %s", other[0].Order.No)
	}
}

func TestSpeedAndTheClose(t *testing.T) {
	t.Parallel()
	now := morning()
	p, cal := platform(1), Calendar(now)
	left := cal.Closes.On(now, cal.Zone).Sub(now)
	for _, speed := range []float64{0, 1, 10} {
		feed := p.Feed(now, cal, speed, "")
		all := take(feed, 1<<20)
		want := int(float64(left/meanGap) * max(speed, 1))
		between(t, "orders until the close", len(all), want*9/10, want*11/10)
		if end := all[len(all)-1].Order.PlacedAt; end.After(now.Add(left)) {
			t.Errorf("the last comes at %s, after the close", end)
		}
		if _, more := feed.Next(); more {
			t.Error("an order after the close")
		}
	}
}

func BenchmarkNew(b *testing.B) {
	zone := Zone(morning())
	for b.Loop() {
		New(1, morning(), zone)
	}
}
