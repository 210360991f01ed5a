package domain

import (
	"slices"
	"time"
)

// effectKey tells apart the effects that several anomalies share.
type effectKey struct {
	op       EffectOp
	hold     HoldID
	line     int
	quantity Quantity
	at       time.Time
}

// shared tells whether an effect that several decisions come to is done once. Money
// and goods are owed each time.
func (op EffectOp) shared() bool {
	return !slices.Contains([]EffectOp{EffectAdjust, EffectSupplement, EffectRestock, EffectOpenReturn}, op)
}

// effects lists what an anomaly's outcome does. done keeps a change of a line, or of
// the order, from being named twice.
func (f Form) effects(an Anomaly, o Outcome, d Decision, done map[effectKey]bool) []Effect {
	out := []Effect{}
	rule := ruleOf(an.Kind, o)
	once := func(e Effect) {
		key := effectKey{op: e.Op, hold: e.Hold, line: e.Line, quantity: e.Quantity}
		if e.At != nil {
			key.at = *e.At
		}
		if !slices.Contains(rule.Effects, e.Op) || done[key] {
			return
		}
		done[key] = e.Op.shared()
		out = append(out, e)
	}
	for _, e := range f.decided(an, d) {
		once(e)
	}
	if hold := f.holdOf(an.ID); hold != 0 {
		once(Effect{Op: EffectRelease, Hold: hold})
	}
	return out
}

// decided lists what a decision comes to for an anomaly; what its outcome may not do
// is left out by the caller.
func (f Form) decided(an Anomaly, d Decision) []Effect {
	switch d.Choice {
	case ChooseGenuine, ChooseFalseAlarm:
		if !f.HasOrder() {
			return nil // nothing was ordered that could be learnt
		}
		out := []Effect{{Op: EffectLearn, Line: an.Line}}
		if f.Quiet.Quietens(an, closeReason(d.Choice, d.Why)) {
			out = append(out, Effect{Op: EffectQuieten, Line: an.Line})
		}
		return out
	case ChooseChange:
		if line := f.lineOf(d); f.fits(d) {
			return []Effect{{Op: EffectSetQuantity, Line: line, Quantity: d.Quantity}}
		}
	case ChooseDropLine:
		if l, ok := f.Line(f.lineOf(d)); ok && !l.Cancelled {
			return []Effect{{Op: EffectCancelLine, Line: l.No}}
		}
	case ChooseDropOrder:
		return []Effect{{Op: EffectCancelOrder}}
	case ChooseReorder:
		out := []Effect{{Op: EffectCancelOrder}}
		if lines := f.linked(d); len(lines) > 0 {
			out = append(out, Effect{Op: EffectReorder, Lines: lines})
		}
		return out
	case ChooseOrder:
		if lines := f.linked(d); len(lines) > 0 {
			return []Effect{{Op: EffectReorder, Lines: lines}}
		}
	case ChooseSubstitute:
		if f.CheckProduct(d.Target, d.Product) == nil && f.fits(d) {
			return []Effect{{Op: EffectSubstitute, Line: f.lineOf(d), Product: d.Product, Quantity: d.Quantity}}
		}
	case ChooseRaiseLimit:
		return append(f.paid(d, d.Amount, EffectSetLimit), Effect{Op: EffectLearn, Line: an.Line})
	default:
		return f.decidedLater(an, d)
	}
	return nil
}

// decidedLater goes on with what is decided after the goods have left, and with what
// is wrong in the catalogue.
func (f Form) decidedLater(an Anomaly, d Decision) []Effect {
	t, _ := f.Target(d.Target)
	product := f.productOf(t)
	switch d.Choice {
	case ChooseReschedule, ChooseDelivered:
		if d.When != nil && f.checkWhen(d, *d.When) == nil {
			op := EffectReschedule
			if d.Choice == ChooseDelivered {
				op = EffectDeliver
			}
			return []Effect{{Op: op, At: d.When}}
		}
	case ChooseCredit:
		return f.paid(d, -d.Amount, EffectAdjust)
	case ChooseCharge:
		return f.paid(d, d.Amount, EffectAdjust)
	case ChooseReturn:
		out := f.paid(d, -d.Amount, EffectAdjust)
		if d.Restock == ToStock && f.fits(d) {
			out = append(out, Effect{Op: EffectRestock, Line: an.Line, Product: product, Quantity: d.Quantity})
		}
		return out
	case ChooseSendBack:
		if f.fits(d) {
			return []Effect{{Op: EffectRestock, Line: an.Line, Product: product, Quantity: d.Quantity}}
		}
	case ChooseSupplement:
		if f.fits(d) {
			return []Effect{{Op: EffectSupplement, Line: an.Line, Lines: []LinkedLine{{Product: product, Quantity: d.Quantity}}}}
		}
	case ChooseToReturn:
		if f.fits(d) {
			return []Effect{{Op: EffectOpenReturn, Line: an.Line, Product: product, Quantity: d.Quantity}}
		}
	case ChooseFixStep:
		return []Effect{{Op: EffectCorrectStep, Product: product}}
	case ChooseFixStock:
		return []Effect{{Op: EffectCorrectStock, Product: product}}
	case ChooseFixListing, ChooseDelisted:
		return []Effect{{Op: EffectCorrectListing, Product: product}}
	default:
	}
	return nil
}

// fits tells whether the quantity of a decision can be written.
func (f Form) fits(d Decision) bool {
	t, _ := f.Target(d.Target)
	_, problem := f.checkGoods(t, d, d.Quantity)
	return problem == nil
}

// paid gives an effect with an amount, where the decision's can be written.
func (f Form) paid(d Decision, m Money, op EffectOp) []Effect {
	t, _ := f.Target(d.Target)
	if m == 0 || f.checkAmount(t, d, d.Amount) != nil {
		return nil
	}
	e := Effect{Op: op, Amount: m}
	if op == EffectAdjust {
		e.Line = t.Line
	}
	return []Effect{e}
}
