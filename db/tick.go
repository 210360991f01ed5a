package db

import (
	"context"
	"math"
	"time"
)

// ticked is what the clock moved.
type ticked struct {
	Moments, Woken, Lapsed int
	Next                   time.Duration // until something is due again; very long when nothing is
}

// tick lets the database move what time moves: moments that passed, snoozes that
// ended, leases that lapsed. It is the judge's, so that one program does it.
func (j *Judge) tick(ctx context.Context) (ticked, error) {
	var sum ticked
	for {
		var a struct {
			Moments int    `json:"moments"`
			Woken   int    `json:"woken"`
			Lapsed  int    `json:"lapsed"`
			More    bool   `json:"more"`
			NextMs  *int64 `json:"next_ms"`
		}
		if err := j.answer(ctx, &a, "move the clock", `SELECT cleardesk.tick($1)`, j.fence); err != nil {
			return sum, err
		}
		sum.Moments, sum.Woken, sum.Lapsed = sum.Moments+a.Moments, sum.Woken+a.Woken, sum.Lapsed+a.Lapsed
		if a.More {
			continue
		}
		sum.Next = math.MaxInt64
		if a.NextMs != nil {
			sum.Next = time.Duration(min(*a.NextMs, 3_600_000)) * time.Millisecond
		}
		return sum, nil
	}
}
