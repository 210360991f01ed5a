package domain

import "slices"

// Kind is one of the thirteen kinds of anomaly (§3.1).
type Kind string

// The thirteen kinds, in the order of the clauses §3.1.1 to §3.1.13.
const (
	Exchange       Kind = "exchange"        // §3.1.1
	QuantitySurge  Kind = "quantity_surge"  // §3.1.2
	AmountSurge    Kind = "amount_surge"    // §3.1.3
	StepMismatch   Kind = "step_mismatch"   // §3.1.4
	SlowFulfilment Kind = "slow_fulfilment" // §3.1.5
	OrderChange    Kind = "order_change"    // §3.1.6
	ShortWeight    Kind = "short_weight"    // §3.1.7
	Replenishment  Kind = "replenishment"   // §3.1.8
	ZeroStock      Kind = "zero_stock"      // §3.1.9
	NotOrderable   Kind = "not_orderable"   // §3.1.10
	Overweight     Kind = "overweight"      // §3.1.11
	WrongOrder     Kind = "wrong_order"     // §3.1.12
	Return         Kind = "return"          // §3.1.13
)

// Kinds lists the thirteen kinds in the order of their clauses.
func Kinds() []Kind {
	return []Kind{
		Exchange, QuantitySurge, AmountSurge, StepMismatch, SlowFulfilment, OrderChange, ShortWeight,
		Replenishment, ZeroStock, NotOrderable, Overweight, WrongOrder, Return,
	}
}

// Valid tells whether k is one of the thirteen.
func (k Kind) Valid() bool {
	for _, known := range Kinds() {
		if k == known {
			return true
		}
	}
	return false
}

// Weight orders the anomalies of one case: the greater stands for the row. Money
// decides first; this breaks ties: what a store asked for itself before what was
// found, the order's total before its lines.
func (k Kind) Weight() int {
	switch k {
	case OrderChange:
		return 6
	case WrongOrder:
		return 5
	case AmountSurge:
		return 4
	case QuantitySurge:
		return 3
	case ZeroStock:
		return 2
	case StepMismatch:
		return 1
	default:
		return 0
	}
}

// EntryKinds lists the kinds that are about how a store entered its order: only these
// are a wrong order of the store's where they end as a real error.
func EntryKinds() []Kind { return []Kind{QuantitySurge, AmountSurge, StepMismatch, WrongOrder} }

// Teaches tells whether the detectors may learn from how an anomaly of the kind ends: one
// of its outcomes does.
func (k Kind) Teaches() bool {
	return slices.ContainsFunc(rulesOf(k), func(r Rule) bool { return slices.Contains(r.Effects, EffectLearn) })
}

// ShowsPast tells whether the store's last orders stand beside the evidence though it was
// not found by them: who has to do without something is asked how much they usually take.
func (k Kind) ShowsPast() bool { return k == ZeroStock }

// FirstWith is the department new work of this kind lies with first.
func (k Kind) FirstWith() Department {
	switch k {
	case SlowFulfilment:
		return Logistics
	case ZeroStock, NotOrderable:
		return Procurement
	default:
		return CustomerService
	}
}
