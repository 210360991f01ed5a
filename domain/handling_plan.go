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
	p := Plan{Missing: f.Missing(a)}
	done := map[effectKey]bool{}
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
	if p.Verify = f.mustVerify(p.Resolutions); len(p.Verify) > 0 {
		p.HandTo = Procurement
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

// effectKey tells two effects of the answers apart.
type effectKey struct {
	op       EffectOp
	hold     HoldID
	line     int
	quantity Quantity
}

// effects lists what an anomaly's outcome does. done keeps a change of a line, or of
// the order, from being named twice.
func (f Form) effects(an Anomaly, o Outcome, d Decision, done map[effectKey]bool) []Effect {
	out := []Effect{}
	rule, _ := RuleFor(an.Kind, o)
	once := func(e Effect) {
		key := effectKey{e.Op, e.Hold, e.Line, e.Quantity}
		if slices.Contains(rule.Effects, e.Op) && !done[key] {
			done[key] = true
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

// mustVerify lists the lines that are to be released although procurement has to
// verify them first: their quantity, or an amount they make, is confirmed as genuine
// or called a false alarm, and nothing changes them (§4.1).
func (f Form) mustVerify(done []Resolution) []int {
	var released, changed []int
	for _, r := range done {
		for _, e := range r.Effects {
			if e.Op == EffectSetQuantity || e.Op == EffectCancelLine {
				changed = append(changed, e.Line)
			}
		}
		if r.Outcome == ConfirmedGenuine || r.Outcome == FalseAlarm {
			released = append(released, f.surging(r.Anomaly)...)
		}
	}
	return slices.DeleteFunc(f.unverified(released), func(no int) bool { return slices.Contains(changed, no) })
}

// Unverified lists the lines of the case that procurement has to verify before they
// are released, whatever is decided (§4.1).
func (f Form) Unverified() []int {
	var lines []int
	for _, an := range f.Anomalies {
		lines = append(lines, f.surging(an.ID)...)
	}
	return f.unverified(lines)
}

// surging lists the lines whose quantity an anomaly is about: its own, or those that
// make the order's amount odd.
func (f Form) surging(id AnomalyID) []int {
	for _, an := range f.Anomalies {
		switch {
		case an.ID != id:
		case an.Kind == QuantitySurge:
			return []int{an.Line}
		case an.Kind == AmountSurge:
			return an.Evidence.OddLines
		}
	}
	return nil
}

// unverified lists those of the lines that need verifying, each once, in their order.
func (f Form) unverified(lines []int) []int {
	var out []int
	for _, l := range f.Order.Lines {
		if slices.Contains(lines, l.No) && !l.Cancelled && l.Verified == "" && needsVerifying(f.Products[l.Product], l) {
			out = append(out, l.No)
		}
	}
	return out
}

// needsVerifying tells whether procurement verifies a line before it is released: it
// is above the stock that is free, none of which it has taken yet, or above its
// product's verification quantity (§4.1).
func needsVerifying(p Product, l Line) bool {
	if p.VerifyAbove != nil && l.Quantity > *p.VerifyAbove {
		return true
	}
	free, known := p.Available()
	return known && !l.Reserved && l.Quantity > free
}
