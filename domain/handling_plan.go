package domain

import "slices"

// Resolution is how one anomaly ends: its record, and the effects written with it.
type Resolution struct {
	Anomaly    AnomalyID   `json:"anomaly"`
	Kind       Kind        `json:"kind"`
	Outcome    Outcome     `json:"outcome"`
	Close      CloseReason `json:"close_reason"`
	Reason     ReasonCode  `json:"reason"`
	ReasonText string      `json:"reason_text,omitempty"`
	Effects    []Effect    `json:"effects"`
}

// Plan is what the answers come to.
type Plan struct {
	Missing     []QuestionID // what keeps it from being written
	Resolutions []Resolution // one for each anomaly that is decided; of all, once nothing is missing
	HandTo      Department   // not empty: it is not written now, this department has to verify first (§4.1)
	Verify      []int        // lines it has to verify
	Preview     Preview
}

// Ready tells whether the plan can be written now.
func (p Plan) Ready() bool { return len(p.Missing) == 0 && p.HandTo == "" }

// Plan gives what the answers so far come to. Of several decisions that touch the
// same thing its effect is named once.
func (f Form) Plan(a Answers) Plan {
	p := Plan{Missing: f.Missing(a), Verify: f.mustVerify(a)}
	if len(p.Verify) > 0 {
		p.HandTo = Procurement
	}
	done := map[Effect]bool{}
	for _, t := range f.Targets {
		d, ok := f.decisionFor(t, a)
		if !ok {
			continue
		}
		for _, an := range t.Anomalies {
			o, _ := OutcomeOf(an.Kind, d.Choice)
			p.Resolutions = append(p.Resolutions, Resolution{
				Anomaly: an.ID, Kind: an.Kind, Outcome: o, Close: closeReason(d.Choice, d.Why),
				Reason: d.Why, ReasonText: d.WhyText, Effects: f.effects(an, o, d, done),
			})
		}
	}
	p.Preview = f.preview(a, p)
	return p
}

// decisionFor gives the decision that settles a target: its own, or the one that
// cancels the whole order.
func (f Form) decisionFor(t Target, a Answers) (Decision, bool) {
	if d, ok := f.dropsOrder(a); ok {
		return d, t.Offers(ChooseDropOrder)
	}
	d, ok := a.Decision(t.Line)
	return d, ok && t.Offers(d.Choice)
}

// effects lists what an anomaly's outcome does. done keeps a change of a line, or of
// the order, from being named twice.
func (f Form) effects(an Anomaly, o Outcome, d Decision, done map[Effect]bool) []Effect {
	out := []Effect{}
	rule, _ := RuleFor(an.Kind, o)
	once := func(e Effect) {
		if slices.Contains(rule.Effects, e.Op) && !done[e] {
			done[e] = true
			out = append(out, e)
		}
	}
	switch d.Choice {
	case ChooseChange:
		if _, problem := f.CheckQuantity(d.line(), d.Quantity); problem == nil {
			once(Effect{Op: EffectSetQuantity, Line: d.line(), Quantity: d.Quantity})
		}
	case ChooseDropLine:
		if l, ok := f.Line(d.line()); ok && !l.Cancelled {
			once(Effect{Op: EffectCancelLine, Line: l.No})
		}
	case ChooseDropOrder:
		once(Effect{Op: EffectCancelOrder})
	case ChooseGenuine, ChooseFalseAlarm:
		once(Effect{Op: EffectLearn, Line: an.Line})
		if f.Quiet.Quietens(an, closeReason(d.Choice, d.Why)) {
			once(Effect{Op: EffectQuieten, Line: an.Line})
		}
	}
	if hold := f.holdOf(an.ID); hold != 0 {
		once(Effect{Op: EffectRelease, Hold: hold})
	}
	return out
}

// mustVerify lists the lines that are to be confirmed as genuine and are above the
// stock or above their product's verification quantity, and that procurement has not
// verified (§4.1).
func (f Form) mustVerify(a Answers) []int {
	var out []int
	if _, dropped := f.dropsOrder(a); dropped {
		return nil
	}
	for _, t := range f.Targets {
		d, ok := a.Decision(t.Line)
		if !ok || d.Choice != ChooseGenuine || !t.Offers(d.Choice) {
			continue
		}
		for _, an := range t.Anomalies {
			l, found := f.Line(an.Line)
			if an.Kind == QuantitySurge && found && l.Verified == "" && NeedsVerifying(f.Products[l.Product], l.Quantity) {
				out = append(out, l.No)
				break
			}
		}
	}
	return out
}

// NeedsVerifying tells whether procurement verifies a quantity before it is
// confirmed: it is above the stock that is free, or above the product's
// verification quantity (§4.1).
func NeedsVerifying(p Product, q Quantity) bool {
	if p.VerifyAbove != nil && q > *p.VerifyAbove {
		return true
	}
	free, known := p.Available()
	return known && q > free
}
