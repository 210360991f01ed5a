package domain_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

func TestHistoryTellsWhatIsUsual(t *testing.T) {
	t.Parallel()
	var f domain.HistoryFile
	add := func(lines int, seen ...domain.PastSeen) {
		f.Orders = append(f.Orders, domain.PastOrder{
			OrderBrief: domain.OrderBrief{ID: domain.OrderID(len(f.Orders) + 1), Lines: lines, State: domain.Settled}, Seen: seen,
		})
	}
	for n := 1; n <= 4; n++ {
		add(n)
	}
	if _, _, ok := f.Usual(domain.ByLines, 0); ok {
		t.Error("four orders tell what is usual")
	}
	for n := 5; n <= 10; n++ {
		add(n)
	}
	add(90, domain.PastSeen{Anomaly: domain.Anomaly{Kind: domain.QuantitySurge}, CloseReason: domain.RealError})
	late := domain.PastSeen{Anomaly: domain.Anomaly{Kind: domain.SlowFulfilment}, CloseReason: domain.RealError}
	f.Orders[4].Seen = []domain.PastSeen{late} // no fault of the store's, and no odd order
	add(80, domain.PastSeen{Anomaly: domain.Anomaly{Outcome: domain.ConfirmedGenuine}})
	add(70)
	f.Orders[12].State = domain.Cancelled
	add(60)
	if low, high, ok := f.Usual(domain.ByLines, 14); !ok || low != 1 || high != 9 {
		t.Errorf("usual %d to %d, %v; want 1 to 9", low, high, ok)
	}
	if low, high, _ := f.Usual(domain.ByLines, 0); low != 2 || high != 10 {
		t.Errorf("with the last one %d to %d, want 2 to 10", low, high)
	}
	if _, _, ok := f.Usual(domain.ByProduct, 0); ok {
		t.Error("orders without the product tell what is usual of it")
	}
	f.Memory = domain.StoreMemory{Orders: 30, UsualLow: 100, UsualHigh: 900}
	if low, high, _ := f.Usual(domain.ByAmount, 0); low != 100 || high != 900 {
		t.Errorf("amounts %d to %d: not those of the store's memory", low, high)
	}
}

func TestHistoryMarks(t *testing.T) {
	t.Parallel()
	right := domain.PastSeen{Anomaly: domain.Anomaly{Outcome: domain.ConfirmedGenuine}, CloseReason: domain.UnusualRight}
	wrong := domain.PastSeen{Anomaly: domain.Anomaly{Kind: domain.QuantitySurge, Outcome: domain.QuantityCorrected}, CloseReason: domain.RealError}
	opened := domain.PastSeen{Anomaly: domain.Anomaly{Kind: domain.QuantitySurge}}
	for want, seen := range map[domain.Mark][]domain.PastSeen{
		domain.MarkOrder: {opened}, domain.MarkTrue: {opened, right}, domain.MarkWrong: {right, wrong, opened},
	} {
		if got := (domain.PastOrder{Seen: seen}).Mark(); got != want {
			t.Errorf("%v is marked %d, want %d", seen, got, want)
		}
	}
}

// The days are those of the platform's zone, in at least half of the last eight weeks.
func TestHistoryTellsWeekdays(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("Asia/Shanghai", 8*3600)
	now := time.Date(2026, 11, 23, 13, 41, 0, 0, zone) // a Monday
	var f domain.HistoryFile
	add := func(daysAgo, hour int) {
		at := time.Date(2026, 11, 23-daysAgo, hour, 30, 0, 0, zone)
		f.Orders = append(f.Orders, domain.PastOrder{OrderBrief: domain.OrderBrief{PlacedAt: at.UTC(), State: domain.Settled}})
	}
	for week := range 4 {
		add(7*week, 1)    // Mondays, by UTC still Sundays
		add(7*week+1, 23) // Sundays
	}
	for range 9 {
		add(4, 13) // many on one Thursday
	}
	for week := 9; week < 20; week++ {
		add(7*week+6, 13) // Tuesdays, long ago
	}
	if diff := cmp.Diff([]time.Weekday{time.Monday, time.Sunday}, f.Weekdays(now)); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
}
