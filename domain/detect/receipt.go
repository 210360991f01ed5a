package detect

import "cleardesk/domain"

// judgeReceipt sets each line that was received against what was ordered: too little is
// a short weight (§3.1.7), too much an overweight (§3.1.11). Goods by weight may differ
// by the product's tolerance, goods by the piece by none. What was told of a line
// later counts, so a receipt is judged by itself.
func judgeReceipt(in *EventInput) []Flag {
	var out []Flag
	for i := range in.Event.Lines {
		l := &in.Event.Lines[i]
		of := in.line(l)
		code := subject(l, of)
		facts := in.Products[code]
		got := told(l, facts.Weighed)
		if got == nil {
			continue
		}
		w := weighing{ordered: standing(of), received: *got}
		w.tolerance = facts.Tolerance(w.ordered)
		kind, off := w.off()
		if !off {
			continue
		}
		at := in.Event.At
		ev := in.evidence(WeightRule, WeightVersion)
		ev.Product, ev.Line, ev.Price = code, lineNo(of), in.price(code, of)
		ev.Quantity, ev.Received, ev.Difference, ev.Tolerance = w.ordered, got, w.difference(), w.tolerance
		ev.ReceivedAt = &at
		out = append(out, Flag{
			Kind: kind, Line: ev.Line, Evidence: ev, Moments: in.moments(kind, code),
			AtRisk: domain.Amount(max(ev.Difference, -ev.Difference), ev.Price),
		})
	}
	return out
}

// weighing is what was ordered and received of a line, in the product's unit.
type weighing struct{ ordered, received, tolerance domain.Quantity }

// difference is received less ordered: below nought is short.
func (w weighing) difference() domain.Quantity { return w.received - w.ordered }

// off tells whether the difference is more than the tolerance, and what that is.
func (w weighing) off() (domain.Kind, bool) {
	if w.short() {
		return domain.ShortWeight, true
	}
	return domain.Overweight, w.over()
}
