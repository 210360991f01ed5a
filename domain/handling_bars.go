package domain

import "slices"

// Bar is why a choice that belongs to the procedure cannot be made now.
type Bar string

// The bars.
const (
	BarShipped      Bar = "shipped"       // the goods have left: nothing can be cancelled or changed
	BarNotShipped   Bar = "not_shipped"   // they have not left: it can still be changed
	BarGone         Bar = "gone"          // the order, or the line, is cancelled or was refused at the door
	BarNoOrder      Bar = "no_order"      // there is no order
	BarDelivered    Bar = "delivered"     // it is there already
	BarNoStock      Bar = "no_stock"      // there is nothing of it
	BarNotOrderable Bar = "not_orderable" // nothing of what is missing can be ordered
	BarNoLimit      Bar = "no_limit"      // no limit on the amount was passed
	BarRejected     Bar = "rejected"      // procurement or the supplier said no
	BarNotRejected  Bar = "not_rejected"  // neither has said no
)

// Bars lists every bar there is.
func Bars() []Bar {
	return []Bar{
		BarShipped, BarNotShipped, BarGone, BarNoOrder, BarDelivered, BarNoStock, BarNotOrderable, BarNoLimit, BarRejected, BarNotRejected,
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
	case ChooseReturn:
		return f.barReturn()
	case ChooseSupplement:
		if free, known := f.subject(t).Available(); known && free <= 0 {
			return BarNoStock
		}
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
	case t.Lead().Kind == Return && !f.rejected():
		return BarNotRejected
	default:
		return ""
	}
}

// barDelivery: what is there is not planned any more, and what is gone not delivered.
func (f Form) barDelivery(c Choice) Bar {
	switch f.Order.State {
	case Cancelled, Refused:
		return BarGone
	case Delivered, Received, Settled:
		if c == ChooseReschedule {
			return BarDelivered
		}
	default:
	}
	return ""
}

func (f Form) barReturn() Bar {
	if f.rejected() {
		return BarRejected
	}
	return ""
}

// found gives a department's last word on something, the zero Finding when there is
// none yet.
func (f Form) found(what FindingKind) Finding {
	var last Finding
	for _, w := range f.Findings {
		if w.What == what {
			last = w
		}
	}
	return last
}

// rejected tells whether a return was turned down.
func (f Form) rejected() bool {
	return f.found(FindGoods).Answer == FoundNo || f.found(FindSupplier).Answer == FoundNo
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
		if f.rejected() {
			return nil
		}
		for _, what := range []FindingKind{FindGoods, FindSupplier} {
			if a := f.found(what).Answer; a == "" || a == FoundAsked {
				out = append(out, what)
			}
		}
	case ZeroStock:
		if f.found(FindStock).Answer == "" {
			out = append(out, FindStock)
		}
	default:
	}
	return out
}
