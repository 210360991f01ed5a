package domain

import (
	"testing"
	"time"
)

// Who can still change an order follows where it is: the clock alone would give up on one
// that is late but still here, and hope for one that has left.
func TestWhoCanChangeAnOrder(t *testing.T) {
	t.Parallel()
	soon := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		next  MomentKind
		at    *time.Time
		state OrderState
		want  WhoCan
	}{
		{WindowClose, &soon, Placed, StoreCan},
		{WindowClose, &soon, Accepted, StoreCan},
		{WindowClose, &soon, Shipped, ReceiptOnly},
		{Picking, &soon, Accepted, WeCan},
		{Departure, &soon, Delivered, ReceiptOnly},
		{Promise, &soon, Accepted, WeCan},
		{Promise, &soon, Allocated, WeCan},
		{Promise, &soon, Shipped, ReceiptOnly},
		{ClaimEnds, &soon, Received, ReceiptOnly},
		{"", nil, Accepted, WeCan},
		{"", nil, Received, ReceiptOnly},
		{"", nil, "", ReceiptOnly},
		{WindowClose, &soon, "", StoreCan},
	} {
		r := QueueRow{Next: c.next, NextAt: c.at, OrderState: c.state}
		if got := r.WhoCan(); got != c.want {
			t.Errorf("%s of an order that is %q: %s, want %s", c.next, c.state, got, c.want)
		}
	}
}
