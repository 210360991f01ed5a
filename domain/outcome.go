package domain

// Outcome is how an anomaly ended.
type Outcome string

// The outcomes of the procedures handled so far.
const (
	ConfirmedGenuine  Outcome = "confirmed_genuine"
	QuantityCorrected Outcome = "quantity_corrected"
	OrderCorrected    Outcome = "order_corrected"
	QuantityRounded   Outcome = "quantity_rounded"
	LineCancelled     Outcome = "line_cancelled"
	OrderCancelled    Outcome = "order_cancelled"
	FalseAlarm        Outcome = "false_alarm"
)

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
)

// Effect is one thing to be done together with a record, or not at all.
type Effect struct {
	Op       EffectOp `json:"op"`
	Hold     HoldID   `json:"hold,omitempty"`
	Line     int      `json:"line,omitempty"`
	Quantity Quantity `json:"quantity,omitempty"`
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

// Rules lists the outcomes of every kind that is handled. The migrations fill
// act_authority and outcome_effect with the same rows.
func Rules() []Rule {
	desk := []Role{RoleAgent, RoleManager}
	change := []EffectOp{EffectSetQuantity, EffectRelease}
	line := []EffectOp{EffectCancelLine, EffectRelease}
	order := []EffectOp{EffectCancelOrder, EffectRelease}
	free := []EffectOp{EffectRelease, EffectLearn}
	quiet := []EffectOp{EffectRelease, EffectLearn, EffectQuieten}
	return []Rule{
		{QuantitySurge, ConfirmedGenuine, quiet, desk},
		{QuantitySurge, QuantityCorrected, change, desk},
		{QuantitySurge, LineCancelled, line, desk},
		{QuantitySurge, OrderCancelled, order, desk},
		{QuantitySurge, FalseAlarm, quiet, desk},
		{AmountSurge, ConfirmedGenuine, quiet, desk},
		{AmountSurge, OrderCorrected, []EffectOp{EffectSetQuantity, EffectCancelLine, EffectRelease}, desk},
		{AmountSurge, OrderCancelled, order, desk},
		{AmountSurge, FalseAlarm, quiet, desk},
		{StepMismatch, QuantityRounded, change, desk},
		{StepMismatch, LineCancelled, line, desk},
		{StepMismatch, OrderCancelled, order, desk},
		{StepMismatch, FalseAlarm, free, desk},
		{ZeroStock, QuantityCorrected, change, desk},
		{ZeroStock, LineCancelled, line, desk},
		{ZeroStock, OrderCancelled, order, desk},
		{ZeroStock, FalseAlarm, free, desk},
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
