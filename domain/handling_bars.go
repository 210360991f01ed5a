package domain

import "slices"

// Bar is why a choice that belongs to the procedure cannot be made now.
type Bar string

// The bars.
const (
	BarShipped      Bar = "shipped"       // the goods have left: nothing can be cancelled or changed
	BarNotShipped   Bar = "not_shipped"   // they have not left: it can still be changed
	BarGone         Bar = "gone"          // the order, or the line, is cancelled or was refused at the door
	BarNotAccepted  Bar = "not_accepted"  // it is not accepted yet: it is held, or is being judged
	BarNoOrder      Bar = "no_order"      // there is no order, or the goods are not of it
	BarDelivered    Bar = "delivered"     // it is there already
	BarNothingDue   Bar = "nothing_due"   // nothing of the order can be credited or charged any more
	BarNoStock      Bar = "no_stock"      // there is nothing of it
	BarNotOrderable Bar = "not_orderable" // nothing of what is missing can be ordered
	BarNoLimit      Bar = "no_limit"      // no limit on the amount was passed
	BarRejected     Bar = "rejected"      // procurement or the supplier said no
	BarNotRejected  Bar = "not_rejected"  // neither has said no
)

// Bars lists every bar there is.
func Bars() []Bar {
	return []Bar{
		BarShipped, BarNotShipped, BarGone, BarNotAccepted, BarNoOrder, BarDelivered, BarNothingDue, BarNoStock, BarNotOrderable, BarNoLimit, BarRejected, BarNotRejected,
	}
}

// Barred is a choice of the procedure that is not offered.
type Barred struct {
	Choice Choice
	Why    Bar
}

// limitCOD names, in evidence, the limit on cash on delivery.
const limitCOD = "cod_limit"

// bar says why a choice about a target cannot be made, "" when it can.
func (f Form) bar(t Target, c Choice) Bar {
	switch c {
	case ChooseDropLine:
		if !f.HasOrder() {
			return "" // the store is told that there is none
		}
		return f.barChange(t)
	case ChooseSubstitute:
		if t.Line == 0 {
			return BarNoOrder
		}
		return f.barChange(t)
	case ChooseChange, ChooseDropOrder, ChooseReorder:
		return f.barChange(t)
	case ChooseRefuse:
		return f.barRefuse(t)
	case ChooseReturn, ChooseCredit, ChooseCharge:
		return f.barMoney(t, c)
	case ChooseSendBack:
		if !f.hasLeft() {
			return BarNotShipped
		}
	case ChooseSupplement, ChooseToReturn:
		return f.barClaim(t, c)
	case ChooseReschedule, ChooseDelivered:
		return f.barDelivery(c)
	case ChooseRaiseLimit:
		if !slices.ContainsFunc(t.Anomalies, func(a Anomaly) bool { return a.Evidence.HardLimit == limitCOD }) {
			return BarNoLimit
		}
	case ChooseOrder:
		if !slices.ContainsFunc(f.wanted(t), func(w Wanted) bool { return w.Quantity > 0 }) {
			return BarNotOrderable
		}
	default:
	}
	return ""
}

// barChange says why the order cannot be changed any more.
func (f Form) barChange(t Target) Bar {
	l, _ := f.Line(t.Line)
	switch {
	case !f.HasOrder():
		return BarNoOrder
	case f.Order.State == Cancelled || t.Line != 0 && l.Cancelled:
		return BarGone
	case !f.Order.State.CanFollow(Cancelled):
		return BarShipped
	default:
		return ""
	}
}

// barRefuse: a change is refused because it is too late, a return because procurement
// or the supplier says no.
func (f Form) barRefuse(t Target) Bar {
	switch {
	case t.Lead().Kind == OrderChange && f.barChange(t) == "":
		return BarNotShipped
	case t.Lead().Kind == Return && !f.rejected(t):
		return BarNotRejected
	default:
		return ""
	}
}

// barDelivery: what is there is not planned any more, what is gone not delivered, and
// what is not accepted neither.
func (f Form) barDelivery(c Choice) Bar {
	switch f.Order.State {
	case Cancelled, Refused:
		return BarGone
	case Delivered, Received, Settled:
		if c == ChooseReschedule {
			return BarDelivered
		}
	case Placed:
		return BarNotAccepted
	default:
	}
	if !f.HasOrder() {
		return BarNoOrder
	}
	return ""
}

// barClaim: what a store claims of an order that is accepted and not gone is sent while
// there is some of it, and goes back where it is of the order.
func (f Form) barClaim(t Target, c Choice) Bar {
	if bar := f.barDelivery(ChooseDelivered); bar != "" {
		return bar
	}
	_, ordered := f.Line(t.Line)
	free, known := f.subject(t).Available()
	switch {
	case c == ChooseToReturn && !ordered:
		return BarNoOrder
	case c == ChooseSupplement && known && free <= 0:
		return BarNoStock
	default:
		return ""
	}
}

// barMoney: there is money to adjust, and nobody has turned the return down. Goods that
// cost nothing can go back all the same.
func (f Form) barMoney(t Target, c Choice) Bar {
	switch {
	case c == ChooseReturn && f.rejected(t):
		return BarRejected
	case c != ChooseReturn && f.adjustable(t, Decision{Choice: c}) == 0:
		return BarNothingDue
	default:
		return ""
	}
}

// hasLeft tells whether the order's goods have left, so that some can come back.
func (f Form) hasLeft() bool {
	return slices.Contains([]OrderState{Shipped, Delivered, Received, Settled, Refused}, f.Order.State)
}

// found gives a department's last word on something about a line, the zero Finding when
// there is none yet.
func (f Form) found(what FindingKind, line int) Finding {
	var last Finding
	for _, w := range f.Findings {
		if w.What == what && (w.Line == 0 || w.Line == line) {
			last = w
		}
	}
	return last
}

// rejected tells whether the return of a target was turned down.
func (f Form) rejected(t Target) bool {
	return f.found(FindGoods, t.Line).Answer == FoundNo || f.found(FindSupplier, t.Line).Answer == FoundNo
}

// Wanting lists what procurement is to find out before the case can end: of a return
// the goods, then the supplier's answer (§4.3); of goods that are out the real stock
// (§2.5). The first is asked next.
func (f Form) Wanting() []FindingKind {
	var out []FindingKind
	for _, t := range f.Targets {
		for _, what := range f.wantingOf(t) {
			if !slices.Contains(out, what) {
				out = append(out, what)
			}
		}
	}
	return out
}

func (f Form) wantingOf(t Target) []FindingKind {
	var out []FindingKind
	switch t.Lead().Kind {
	case Return:
		if f.rejected(t) {
			return nil
		}
		for _, what := range []FindingKind{FindGoods, FindSupplier} {
			if a := f.found(what, t.Line).Answer; a == "" || a == FoundAsked {
				out = append(out, what)
			}
		}
	case ZeroStock:
		if f.found(FindStock, t.Line).Answer == "" {
			out = append(out, FindStock)
		}
	default:
	}
	return out
}
