package detect

import (
	"slices"
	"time"

	"cleardesk/domain"
)

// Past is one earlier order as evidence shows it: of the flagged product, or of the
// store for amounts. The caller gives the store's last ones that stood (not those
// found wrong), oldest first.
type Past struct {
	Day      time.Time // its business day
	Quantity domain.Quantity
	Amount   domain.Money
}

// leastPast is the number of earlier orders from which on the usual range is the
// store's own rather than the method's estimate.
const leastPast = 3

// Finish fills in the store's last orders, their range and median, and the money at
// risk by them. It is called for flagged lines and orders only, with as many past
// orders as the sentence shall speak of.
func Finish(f *Flag, recent []Past) {
	if len(recent) == 0 || f.Kind == domain.WrongOrder && f.Line == 0 {
		return
	}
	if f.Kind == domain.AmountSurge {
		finishAmount(f, recent)
	} else {
		finishLine(f, recent)
	}
}

func finishLine(f *Flag, recent []Past) {
	ev := &f.Evidence
	ev.Recent, ev.RecentDays = make([]domain.Quantity, len(recent)), make([]string, len(recent))
	for i, p := range recent {
		ev.Recent[i], ev.RecentDays[i] = p.Quantity, p.Day.Format(time.DateOnly)
	}
	ev.Median = middle(ev.Recent)
	if f.Kind == domain.ZeroStock || len(recent) < leastPast {
		return
	}
	ev.UsualLow, ev.UsualHigh = slices.Min(ev.Recent), slices.Max(ev.Recent)
	ev.Ratio100 = hundredths(int64(ev.Quantity), int64(ev.Median))
	f.AtRisk = lineAtRisk(ev)
}

func finishAmount(f *Flag, recent []Past) {
	ev := &f.Evidence
	ev.RecentAmount, ev.RecentDays = make([]domain.Money, len(recent)), make([]string, len(recent))
	for i, p := range recent {
		ev.RecentAmount[i], ev.RecentDays[i] = p.Amount, p.Day.Format(time.DateOnly)
	}
	ev.MedianAmount = middle(ev.RecentAmount)
	if len(recent) >= leastPast {
		ev.LowAmount, ev.HighAmount = slices.Min(ev.RecentAmount), slices.Max(ev.RecentAmount)
	}
	ev.Ratio100 = hundredths(int64(ev.Amount), int64(ev.MedianAmount))
	f.AtRisk = amountAtRisk(ev)
}

// middle gives the median, the lower of the two middle ones: a value that occurred.
func middle[T ~int64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}
