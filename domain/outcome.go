package domain

import "time"

// Outcome is how an anomaly ended.
type Outcome string

// The outcomes of the procedures.
const (
	ConfirmedGenuine   Outcome = "confirmed_genuine"
	QuantityCorrected  Outcome = "quantity_corrected"
	OrderCorrected     Outcome = "order_corrected"
	QuantityRounded    Outcome = "quantity_rounded"
	LineCancelled      Outcome = "line_cancelled"
	OrderCancelled     Outcome = "order_cancelled"
	LimitRaised        Outcome = "limit_raised"
	StepCorrected      Outcome = "step_corrected"
	StockCorrected     Outcome = "stock_corrected"
	ListingCorrected   Outcome = "listing_corrected"
	DelistedConfirmed  Outcome = "delisted_confirmed"
	Substituted        Outcome = "substituted"
	SupplementCreated  Outcome = "supplement_created"
	ConvertedToReturn  Outcome = "converted_to_return"
	RequestRefused     Outcome = "refused"
	Rescheduled        Outcome = "rescheduled"
	WasDelivered       Outcome = "delivered"
	CancelledReordered Outcome = "cancelled_reordered"
	ChangeRefused      Outcome = "change_refused"
	Withdrawn          Outcome = "withdrawn"
	Credited           Outcome = "credited"
	ClaimRejected      Outcome = "claim_rejected"
	Charged            Outcome = "charged"
	SurplusReturned    Outcome = "surplus_returned"
	AcceptedFree       Outcome = "accepted_free"
	Reordered          Outcome = "reordered"
	NotNeededAny       Outcome = "not_needed"
	KeptAsOrdered      Outcome = "kept"
	Returned           Outcome = "returned"
	SupplierRejected   Outcome = "supplier_rejected"
	FalseAlarm         Outcome = "false_alarm"
)

// Lapsed is how an anomaly ends that the facts themselves took back: a gap foreseen
// that the store filled before the close. Nobody decides it and no record is written.
const Lapsed Outcome = "lapsed"

// EffectOp is one of the few things an outcome can do. The database knows these
// and no procedures.
type EffectOp string

// The effects.
const (
	EffectRelease     EffectOp = "release"      // the named hold goes; what nothing else holds is accepted
	EffectSetQuantity EffectOp = "set_quantity" // the line's quantity changes; the judge sees it again
	EffectCancelLine  EffectOp = "cancel_line"
	EffectCancelOrder EffectOp = "cancel_order"
	EffectLearn       EffectOp = "learn"   // the baselines learn the line's quantity as it is now
	EffectQuieten     EffectOp = "quieten" // an exemption: the statistics are quieter about it for a time

	EffectSupplement EffectOp = "supplement"  // a linked order of Lines, accepted at once: it makes up a lack
	EffectReorder    EffectOp = "reorder"     // a linked order of Lines, judged as any other
	EffectSubstitute EffectOp = "substitute"  // Quantity of Product in place of Line, which is cancelled
	EffectAdjust     EffectOp = "adjust"      // Amount on the store's settlement: below nought a credit or return
	EffectRestock    EffectOp = "restock"     // Quantity of Product is in stock again
	EffectReschedule EffectOp = "reschedule"  // the delivery is planned for At
	EffectDeliver    EffectOp = "deliver"     // it was delivered At, and nobody had told
	EffectOpenReturn EffectOp = "open_return" // Quantity of Line is returned: an anomaly of its own
	EffectSetLimit   EffectOp = "set_limit"   // the store's limit on cash on delivery becomes Amount

	// Corrections are acts of their own and do this; resolving does not.
	EffectCorrectStep    EffectOp = "correct_step"
	EffectCorrectStock   EffectOp = "correct_stock"
	EffectCorrectListing EffectOp = "correct_listing"
)

// EffectOps lists the effects.
func EffectOps() []EffectOp {
	return []EffectOp{
		EffectRelease, EffectSetQuantity, EffectCancelLine, EffectCancelOrder, EffectLearn, EffectQuieten,
		EffectSupplement, EffectReorder, EffectSubstitute, EffectAdjust, EffectRestock, EffectReschedule, EffectDeliver,
		EffectOpenReturn, EffectSetLimit, EffectCorrectStep, EffectCorrectStock, EffectCorrectListing,
	}
}

// Effect is one thing to be done together with a record, or not at all.
type Effect struct {
	Op       EffectOp     `json:"op"`
	Hold     HoldID       `json:"hold,omitempty"`
	Line     int          `json:"line,omitempty"`
	Quantity Quantity     `json:"quantity,omitempty"`
	Product  ProductCode  `json:"product,omitempty"`
	Amount   Money        `json:"amount,omitempty"`
	At       *time.Time   `json:"at,omitempty"`
	Lines    []LinkedLine `json:"lines,omitempty"`
}

// LinkedLine is one line of an order the desk makes.
type LinkedLine struct {
	Product  ProductCode `json:"product"`
	Quantity Quantity    `json:"quantity"`
	Price    Money       `json:"price"` // per base unit; nought for what makes up a lack free of charge
}

// CloseReason says what to mend after a case.
type CloseReason string

// The four reasons.
const (
	RealError     CloseReason = "real_error"
	UnusualRight  CloseReason = "unusual_right"
	MasterDataBad CloseReason = "master_data"
	RuleWrong     CloseReason = "rule_wrong"
)

// Rule is one row of the tables that tell the database what goes with what: an
// outcome of a kind, the effects it may have, and who may write it.
type Rule struct {
	Kind    Kind
	Outcome Outcome
	Effects []EffectOp
	Roles   []Role
}

// Rules lists the outcomes of every kind ("The procedures"). The migrations fill
// act_authority and outcome_effect with the same rows.
func Rules() []Rule {
	var out []Rule
	for _, k := range Kinds() {
		out = append(out, rulesOf(k)...)
	}
	return out
}

var (
	deskRoles    = []Role{RoleAgent, RoleManager}
	onlyManager  = []Role{RoleManager}
	onlyBuyers   = []Role{RoleProcurement}
	onlyCarriers = []Role{RoleLogistics}

	nothing     = []EffectOp{}
	release     = []EffectOp{EffectRelease}
	change      = []EffectOp{EffectSetQuantity, EffectRelease}
	cancelLine  = []EffectOp{EffectCancelLine, EffectRelease}
	cancelOrder = []EffectOp{EffectCancelOrder, EffectRelease}
	free        = []EffectOp{EffectRelease, EffectLearn}
	quiet       = []EffectOp{EffectRelease, EffectLearn, EffectQuieten}
	again       = []EffectOp{EffectCancelOrder, EffectReorder, EffectRelease}
	mendStep    = []EffectOp{EffectCorrectStep, EffectRelease}
	mendStock   = []EffectOp{EffectCorrectStock, EffectRelease}
)

// rulesOf lists the outcomes of one kind in the order they are offered.
func rulesOf(k Kind) []Rule {
	switch k {
	case Exchange:
		return []Rule{
			{k, SupplementCreated, []EffectOp{EffectSupplement}, deskRoles},
			{k, ConvertedToReturn, []EffectOp{EffectOpenReturn}, deskRoles},
			{k, RequestRefused, nothing, deskRoles},
			{k, FalseAlarm, nothing, deskRoles},
		}
	case QuantitySurge:
		return []Rule{
			{k, ConfirmedGenuine, quiet, deskRoles},
			{k, QuantityCorrected, change, deskRoles},
			{k, LineCancelled, cancelLine, deskRoles},
			{k, OrderCancelled, cancelOrder, deskRoles},
			{k, FalseAlarm, quiet, deskRoles},
		}
	case AmountSurge:
		return []Rule{
			{k, ConfirmedGenuine, quiet, deskRoles},
			{k, OrderCorrected, []EffectOp{EffectSetQuantity, EffectCancelLine, EffectRelease}, deskRoles},
			{k, OrderCancelled, cancelOrder, deskRoles},
			{k, LimitRaised, []EffectOp{EffectSetLimit, EffectRelease, EffectLearn}, onlyManager},
			{k, FalseAlarm, quiet, deskRoles},
		}
	case StepMismatch:
		return []Rule{
			{k, QuantityRounded, change, deskRoles},
			{k, LineCancelled, cancelLine, deskRoles},
			{k, OrderCancelled, cancelOrder, deskRoles},
			{k, StepCorrected, mendStep, onlyBuyers},
			{k, FalseAlarm, free, deskRoles},
		}
	case SlowFulfilment:
		return []Rule{
			{k, Rescheduled, []EffectOp{EffectReschedule}, onlyCarriers},
			{k, WasDelivered, []EffectOp{EffectDeliver}, onlyCarriers},
			{k, OrderCancelled, cancelOrder, deskRoles},
			{k, FalseAlarm, nothing, deskRoles},
		}
	case OrderChange:
		return []Rule{
			{k, CancelledReordered, again, deskRoles},
			{k, ChangeRefused, release, deskRoles},
			{k, Withdrawn, release, deskRoles},
			{k, FalseAlarm, release, deskRoles},
		}
	default:
		return laterRulesOf(k)
	}
}

// laterRulesOf goes on with the kinds from §3.1.7 on.
func laterRulesOf(k Kind) []Rule {
	switch k {
	case ShortWeight:
		return []Rule{
			{k, Credited, []EffectOp{EffectAdjust}, deskRoles},
			{k, SupplementCreated, []EffectOp{EffectSupplement}, deskRoles},
			{k, ClaimRejected, nothing, deskRoles},
			{k, FalseAlarm, nothing, deskRoles},
		}
	case Replenishment:
		return []Rule{
			{k, Reordered, []EffectOp{EffectReorder}, deskRoles},
			{k, NotNeededAny, nothing, deskRoles},
			{k, FalseAlarm, nothing, deskRoles},
		}
	case ZeroStock:
		return []Rule{
			{k, QuantityCorrected, change, deskRoles},
			{k, Substituted, []EffectOp{EffectSubstitute, EffectRelease}, deskRoles},
			{k, LineCancelled, cancelLine, deskRoles},
			{k, OrderCancelled, cancelOrder, deskRoles},
			{k, StockCorrected, mendStock, onlyBuyers},
			{k, FalseAlarm, free, deskRoles},
		}
	case NotOrderable:
		return []Rule{
			{k, StepCorrected, []EffectOp{EffectCorrectStep}, onlyBuyers},
			{k, StockCorrected, []EffectOp{EffectCorrectStock}, onlyBuyers},
			{k, ListingCorrected, []EffectOp{EffectCorrectListing}, onlyBuyers},
			{k, DelistedConfirmed, []EffectOp{EffectCorrectListing}, onlyBuyers},
			{k, FalseAlarm, nothing, deskRoles},
		}
	case Overweight:
		return []Rule{
			{k, Charged, []EffectOp{EffectAdjust}, deskRoles},
			{k, SurplusReturned, []EffectOp{EffectRestock}, deskRoles},
			{k, AcceptedFree, nothing, deskRoles},
			{k, FalseAlarm, nothing, deskRoles},
		}
	case WrongOrder:
		return []Rule{
			{k, QuantityCorrected, change, deskRoles},
			{k, LineCancelled, cancelLine, deskRoles},
			{k, OrderCancelled, cancelOrder, deskRoles},
			{k, CancelledReordered, again, deskRoles},
			{k, KeptAsOrdered, free, deskRoles},
			{k, FalseAlarm, free, deskRoles},
		}
	case Return:
		return []Rule{
			{k, Returned, []EffectOp{EffectAdjust, EffectRestock}, deskRoles},
			{k, SupplierRejected, nothing, deskRoles},
			{k, Withdrawn, nothing, deskRoles},
			{k, FalseAlarm, nothing, deskRoles},
		}
	default:
		return nil
	}
}

// RuleFor gives the rule of an outcome of a kind.
func RuleFor(k Kind, o Outcome) (Rule, bool) {
	for _, r := range Rules() {
		if r.Kind == k && r.Outcome == o {
			return r, true
		}
	}
	return Rule{}, false
}

// Outcomes lists the outcomes of a kind in the order they are offered.
func Outcomes(k Kind) []Outcome {
	var out []Outcome
	for _, r := range Rules() {
		if r.Kind == k {
			out = append(out, r.Outcome)
		}
	}
	return out
}
