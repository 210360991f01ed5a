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
	HandTo      Department   // not empty: it is not written now, this department goes on with it
	HandWhy     HandWhy
	Verify      []int             // lines it has to verify (§4.1)
	Find        []FindingKind     // what it has to find out, the first next (§4.3)
	Correct     *CorrectionToMake // not nil: it ends with a correction of the catalogue, made on its own screen
	Second      bool              // a second person signs before it is written
	Stake       Money             // the amount that calls for them
	Preview     Preview
}

// HandWhy says why another department goes on.
type HandWhy string

// The reasons.
const (
	HandVerify  HandWhy = "verify"  // it verifies quantities first
	HandFind    HandWhy = "find"    // it looks at the goods and asks the supplier first
	HandCorrect HandWhy = "correct" // it corrects the catalogue
	HandAct     HandWhy = "act"     // what was decided is its to write
)

// HandWhys lists every reason there is.
func HandWhys() []HandWhy { return []HandWhy{HandVerify, HandFind, HandCorrect, HandAct} }

// CorrectionToMake is what of the catalogue an outcome takes.
type CorrectionToMake struct {
	What    CorrectionKind
	Product ProductCode
	Status  ProductStatus // of a listing: what it becomes
}

// Step is what comes next with a plan.
type Step string

// The steps.
const (
	StepAnswer  Step = "answer"  // something is missing
	StepHand    Step = "hand"    // hand it to HandTo, the draft stays with the case
	StepCorrect Step = "correct" // make the correction: it ends what it cures by itself
	StepPropose Step = "propose" // propose it to a second person
	StepWrite   Step = "write"
)

// Next gives what comes next.
func (p Plan) Next() Step {
	switch {
	case len(p.Missing) > 0:
		return StepAnswer
	case p.HandTo != "":
		return StepHand
	case p.Correct != nil:
		return StepCorrect
	case p.Second:
		return StepPropose
	default:
		return StepWrite
	}
}

// Ready tells whether the plan can be written now.
func (p Plan) Ready() bool { return p.Next() == StepWrite }

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
		f.handOn(&p, t, d)
	}
	if p.Verify = f.mustVerify(p.Resolutions); len(p.Verify) > 0 {
		p.HandTo, p.HandWhy = Procurement, HandVerify
	}
	p.Preview = f.preview(a, p)
	p.Stake = f.stake(p)
	p.Second = p.Stake > 0
	return p
}

// handOn notes which department goes on with a decision that the person cannot write:
// it finds out first, corrects the catalogue, or it is its to write. The first such
// decision counts.
func (f Form) handOn(p *Plan, t Target, d Decision) {
	what, status, corrects := d.Choice.correction()
	roles := t.needs(d.Choice, f.By)
	if corrects {
		p.Correct = &CorrectionToMake{What: what, Product: f.productOf(t), Status: status}
	}
	switch {
	case p.HandTo != "":
	case len(roles) > 0 && corrects:
		p.HandTo, p.HandWhy = roles[0].Department(), HandCorrect
	case len(roles) > 0:
		p.HandTo, p.HandWhy = roles[0].Department(), HandAct
	case d.Choice == ChooseReturn && len(f.wantingOf(t)) > 0:
		p.HandTo, p.HandWhy, p.Find = Procurement, HandFind, f.wantingOf(t)
	}
}

// productOf is the product a target is about.
func (f Form) productOf(t Target) ProductCode {
	if l, ok := f.Line(t.Line); ok {
		return l.Product
	}
	return t.Lead().Evidence.Product
}

// decisionFor gives the decision that settles a target: the one that cancels the whole
// order where that ends it, or its own.
func (f Form) decisionFor(t Target, a Answers) (Decision, bool) {
	if d, ok := f.dropsOrder(a); ok && t.settledBy(d.Choice) {
		return d, true
	}
	d, ok := a.Decision(t.ID)
	return d, ok && f.offers(t, d.Choice)
}

// stake is the amount for which a second person signs, 0 when none is needed: the
// total of an order that is released or cancelled, else what is paid, charged or sent
// free of charge.
func (f Form) stake(p Plan) Money {
	var adjusts Money
	order := false
	for _, r := range p.Resolutions {
		for _, e := range r.Effects {
			switch e.Op {
			case EffectRelease, EffectCancelOrder:
				order = true
			case EffectAdjust:
				adjusts += max(e.Amount, -e.Amount)
			case EffectSupplement:
				adjusts += f.worth(e.Lines)
			default:
			}
		}
	}
	if total := TotalOf(f.Order.Lines); order && f.Terms.SignRelease > 0 && total >= f.Terms.SignRelease {
		return total
	}
	if f.Terms.SignAdjust > 0 && adjusts >= f.Terms.SignAdjust {
		return adjusts
	}
	return 0
}

// worth is what goods cost by the catalogue.
func (f Form) worth(lines []LinkedLine) Money {
	var sum Money
	for _, l := range lines {
		p, _ := f.Product(l.Product)
		sum += Amount(l.Quantity, max(l.Price, p.Price))
	}
	return sum
}

// mustVerify lists the lines that are to be released although procurement has to
// verify them first: their quantity, or an amount they make, is confirmed as genuine
// or called a false alarm, and nothing changes them (§4.1).
func (f Form) mustVerify(done []Resolution) []int {
	var released, changed []int
	for _, r := range done {
		for _, e := range r.Effects {
			if e.Op == EffectSetQuantity || e.Op == EffectCancelLine || e.Op == EffectSubstitute {
				changed = append(changed, e.Line)
			}
		}
		if r.Outcome == ConfirmedGenuine || r.Outcome == LimitRaised || r.Outcome == FalseAlarm {
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
