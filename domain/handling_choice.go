package domain

import "slices"

// Choice is what a person decides about a target.
type Choice string

// The choices.
const (
	ChooseGenuine    Choice = "genuine" // it stands as it was ordered
	ChooseChange     Choice = "change"
	ChooseDropLine   Choice = "drop_line"
	ChooseDropOrder  Choice = "drop_order"
	ChooseFalseAlarm Choice = "false_alarm"

	ChooseReorder    Choice = "reorder" // the order is cancelled and ordered again as it is wanted
	ChooseRaiseLimit Choice = "raise_limit"
	ChooseSubstitute Choice = "substitute"
	ChooseFixStep    Choice = "fix_step"
	ChooseFixStock   Choice = "fix_stock"
	ChooseFixListing Choice = "fix_listing"
	ChooseDelisted   Choice = "delisted"

	ChooseSupplement Choice = "supplement"
	ChooseToReturn   Choice = "to_return"
	ChooseReturn     Choice = "return"
	ChooseCredit     Choice = "credit"
	ChooseCharge     Choice = "charge"
	ChooseSendBack   Choice = "send_back" // the surplus comes back
	ChooseFree       Choice = "free"      // the surplus is the store's, free of charge
	ChooseRefuse     Choice = "refuse"
	ChooseWithdraw   Choice = "withdraw" // the store takes back what it asked for

	ChooseReschedule Choice = "reschedule"
	ChooseDelivered  Choice = "delivered"
	ChooseOrder      Choice = "order" // what is missing is ordered
	ChooseNotNeeded  Choice = "not_needed"
)

// Choices lists every choice there is. In which order they are offered the procedure
// of a kind says.
func Choices() []Choice {
	return []Choice{
		ChooseGenuine, ChooseChange, ChooseDropLine, ChooseDropOrder, ChooseFalseAlarm,
		ChooseReorder, ChooseRaiseLimit, ChooseSubstitute, ChooseFixStep, ChooseFixStock, ChooseFixListing, ChooseDelisted,
		ChooseSupplement, ChooseToReturn, ChooseReturn, ChooseCredit, ChooseCharge, ChooseSendBack, ChooseFree,
		ChooseRefuse, ChooseWithdraw, ChooseReschedule, ChooseDelivered, ChooseOrder, ChooseNotNeeded,
	}
}

// changes tells whether the choice alters a line and leaves the order standing.
func (c Choice) changes() bool { return c == ChooseChange || c == ChooseDropLine }

// dropsOrder tells whether the choice cancels the order and so settles whatever else
// was wrong with it.
func (c Choice) dropsOrder() bool { return c == ChooseDropOrder || c == ChooseReorder }

// correction gives what of the catalogue the choice puts right.
func (c Choice) correction() (CorrectionKind, ProductStatus, bool) {
	switch c {
	case ChooseFixStep:
		return CorrectStep, "", true
	case ChooseFixStock:
		return CorrectStock, "", true
	case ChooseFixListing:
		return CorrectListing, ProductNormal, true
	case ChooseDelisted:
		return CorrectListing, ProductDelisted, true
	default:
		return "", "", false
	}
}

// OutcomeOf gives what a choice makes of an anomaly of a kind, and whether it makes
// anything of it.
func OutcomeOf(k Kind, c Choice) (Outcome, bool) {
	w, ok := wayOf(k, c)
	return w.outcome, ok
}

// wayOf gives the row of a choice. An order that is cancelled to be ordered again is
// cancelled for every kind that can end so.
func wayOf(k Kind, c Choice) (way, bool) {
	for _, want := range []Choice{c, ChooseDropOrder} {
		for _, w := range procedureOf(k).ways {
			if w.choice == want {
				return w, true
			}
		}
		if c != ChooseReorder {
			break
		}
	}
	return way{}, false
}

// WaysOut lists the choices of a kind in the order they are offered.
func WaysOut(k Kind) []Choice {
	var out []Choice
	for _, w := range procedureOf(k).ways {
		out = append(out, w.choice)
	}
	return out
}

// choices lists what the target offers, in the order of its lead's procedure. It has
// an outcome for each anomaly.
func (t Target) choices() []Choice {
	var out []Choice
	for _, a := range t.Anomalies {
		for _, c := range WaysOut(a.Kind) {
			if t.Offers(c) && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// Offers tells whether a choice has an outcome for each anomaly of the target, and is
// one of the procedure of at least one.
func (t Target) Offers(c Choice) bool {
	own := false
	for _, a := range t.Anomalies {
		if _, ok := OutcomeOf(a.Kind, c); !ok {
			return false
		}
		own = own || slices.Contains(WaysOut(a.Kind), c)
	}
	return own
}

// settledBy tells whether a decision that cancels the order ends the target too.
func (t Target) settledBy(c Choice) bool {
	for _, a := range t.Anomalies {
		if _, ok := OutcomeOf(a.Kind, c); !ok {
			return false
		}
	}
	return len(t.Anomalies) > 0
}

// needs gives the roles one of which the choice takes, empty when s has one for
// each anomaly.
func (t Target) needs(c Choice, s Staff) []Role {
	for _, a := range t.Anomalies {
		o, _ := OutcomeOf(a.Kind, c)
		r := ruleOf(a.Kind, o)
		if !slices.ContainsFunc(r.Roles, s.Has) {
			return r.Roles
		}
	}
	return nil
}

// ruleOf gives the rule of an outcome of a kind, the zero Rule when there is none.
func ruleOf(k Kind, o Outcome) Rule {
	for _, r := range rulesOf(k) {
		if r.Outcome == o {
			return r
		}
	}
	return Rule{}
}

// takesPart tells whether somebody has a say in how an anomaly of the target ends.
// Whoever has may prepare the others' part of the procedure and hand it to them.
func (t Target) takesPart(s Staff) bool {
	return slices.ContainsFunc(t.Anomalies, func(a Anomaly) bool {
		return slices.ContainsFunc(rulesOf(a.Kind), func(r Rule) bool { return slices.ContainsFunc(r.Roles, s.Has) })
	})
}
