package detect

import "cleardesk/domain"

// orderChange flags a store's wish to have an order changed (§3.1.6). It holds the
// order until it is shipped; after that it only tells. Told with no lines it is about
// the whole order. The money is what the change takes away or adds.
func orderChange(in *EventInput) Flag {
	ev := in.evidence(ChangeRule, ChangeVersion)
	return in.wish(domain.OrderChange, ev)
}

// wish flags what a store wants of an order instead of what it is.
func (in *EventInput) wish(kind domain.Kind, ev domain.Evidence) Flag {
	o := in.Order
	ev.Amount, ev.Lines = domain.TotalOf(o.Lines), standingLines(o.Lines)
	risk := ev.Amount
	if len(in.Event.Lines) > 0 {
		ev.Items, ev.ItemsInAll, risk = in.items()
	}
	return Flag{
		Kind: kind, Evidence: ev, AtRisk: risk, Blocks: in.stoppable(), Moments: in.moments(kind, ""),
	}
}

func standingLines(lines []domain.Line) int {
	n := 0
	for i := range lines {
		if !lines[i].Cancelled {
			n++
		}
	}
	return n
}
