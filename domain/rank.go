package domain

import (
	"math"
	"time"
)

// WhoCan is who can still change an order.
type WhoCan string

// Before the window closes the store can change its order; then only the desk,
// until the goods leave; then only at receipt.
const (
	StoreCan    WhoCan = "store"
	WeCan       WhoCan = "us"
	ReceiptOnly WhoCan = "receipt"
)

// Moment is a time at which waiting costs more ("Moments and money").
type Moment struct {
	What MomentKind `json:"what"`
	At   time.Time  `json:"at"`
}

// MomentKind names a moment.
type MomentKind string

// The moments in the life of a case.
const (
	WindowClose MomentKind = "window_close"
	Picking     MomentKind = "picking"
	Departure   MomentKind = "departure"
	Promise     MomentKind = "promise"
	ClaimEnds   MomentKind = "claim_ends"
	WeekEnds    MomentKind = "week_ends"
)

// Who is who can still change the order up to this moment.
func (k MomentKind) Who() WhoCan {
	switch k {
	case WindowClose:
		return StoreCan
	case Picking, Departure:
		return WeCan
	default:
		return ReceiptOnly
	}
}

// RankHour is how many hours earlier a case ranks for each tenfold of money.
const RankHour = 1.0

// pastLast is added to the rank of a case past its last moment, so that it stands
// below all that can still be stopped.
const pastLast = 1e11

// Rank is the stored place of a case in the queue, the smallest first: the next
// moment in seconds since 1970, less one hour for each tenfold of the yuan at risk
// (below one yuan counts as one). A nil moment means the last one has passed; such
// cases stand below the rest, by money. The database function case_rank gives the
// same number.
func Rank(next *time.Time, atRisk Money) float64 {
	yuan := math.Max(1, atRisk.Float())
	if next == nil {
		return pastLast - yuan
	}
	return float64(next.Unix()) - RankHour*3600*math.Log10(yuan)
}

// NextMoment gives the first of moments after now, nil when all have passed.
func NextMoment(moments []Moment, now time.Time) *Moment {
	var next *Moment
	for i := range moments {
		m := &moments[i]
		if m.At.After(now) && (next == nil || m.At.Before(next.At)) {
			next = m
		}
	}
	return next
}
