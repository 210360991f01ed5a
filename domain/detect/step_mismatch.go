package detect

import "cleardesk/domain"

// stepMismatch flags a quantity that is no exact multiple of the product's step, or
// a step the store saw that is not the one the catalogue had when it ordered
// (§3.1.4). Where the catalogue has no step nobody said one, and there is nothing to
// differ from.
func (e *Engine) stepMismatch(v *Verdict, s *store, in *Input, j *judged) {
	l := j.line
	if j.facts.Step == nil {
		return
	}
	step := *j.facts.Step
	then, moved := in.StepsThen[l.Product]
	if !moved {
		then = step
	}
	seen := l.StepSeen != nil && *l.StepSeen != then
	if l.Quantity.IsMultipleOf(step) && !seen {
		return
	}
	usual := j.usual()
	cause := stepCause(&j.facts, l.Product)
	ev := domain.Evidence{
		Product: l.Product, Line: l.No, Quantity: l.Quantity, Price: l.Price, Step: step,
		Expected: usual.expected, UsualLow: usual.low, UsualHigh: usual.high,
		Times100: l.Quantity.Times(step), Earlier: s.earlier(j.pair), Cause: cause,
		Rule: StepMismatchRule, RuleVersion: StepMismatchVersion,
	}
	ev.Below, ev.Above = l.Quantity.Neighbours(step)
	if l.StepSeen != nil && *l.StepSeen != step {
		ev.StepSeen = *l.StepSeen
	}
	v.raise(j, Flag{Kind: domain.StepMismatch, Line: l.No, Evidence: ev, Blocks: true, AtRisk: lineAtRisk(&ev), Cause: cause})
}
