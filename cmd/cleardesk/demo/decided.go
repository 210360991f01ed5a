package demo

import (
	"fmt"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"
)

// The past of the desk: how many cases a day had, besides those of the stores below.
const (
	casesADay = 6
	casesMore = 5 // on some days
)

// A store that errs again and again, between so many and so few days ago.
type erring struct {
	store    domain.StoreCode
	kind     domain.Kind
	from, to int
	cases    int
}

// Who would gain from training, and who gained from it: S019 was trained 33 days ago.
var erringStores = [...]erring{
	{"S019", domain.WrongOrder, 63, 34, 7},
	{"S019", domain.WrongOrder, 32, 4, 2},
	{"S027", domain.StepMismatch, 38, 10, 4},
	{"S027", domain.StepMismatch, 8, 3, 1},
	{"S009", domain.WrongOrder, 19, 3, 4},
	{"S041", domain.StepMismatch, 17, 3, 3},
}

// Lessons are the trainings that were held: one that is long enough ago to tell, one that
// is not, and one of a department.
func (p *Platform) Lessons() []domain.Lesson {
	on := func(ago day) time.Time { return (p.today - ago).date() }
	return []domain.Lesson{
		{Trainee: domain.Trainee{Store: "S019"}, Topic: domain.TopicWrongOrders, On: on(33), Note: "在店里和店长一起下了三单", By: "xu"},
		{Trainee: domain.Trainee{Store: "S027"}, Topic: domain.TopicSteps, On: on(9), Note: "电话里讲了步长: 按箱还是按袋", By: "xu"},
		{Trainee: domain.Trainee{With: domain.Logistics}, Topic: domain.TopicLate, On: on(35), Note: "晨会上过了一遍配货超时的流程", By: "xu"},
	}
}

// Decided are the cases that were decided before the last days, by the orders of the
// history, the oldest first.
func (p *Platform) Decided() []domain.DecidedCase {
	byDay := map[day][]domain.Order{}
	for _, o := range p.Settled() {
		d := dayOf(o.BusinessDay)
		if _, odd := p.Odd[o.No]; !odd && d < p.today-liveDays && len(o.Lines) > 0 {
			byDay[d] = append(byDay[d], o)
		}
	}
	var out []domain.DecidedCase
	for d := p.today - HistoryDays; d < p.today-liveDays; d++ {
		orders := byDay[d]
		c := newChance(p.seed, forPast, uint64(d))
		for n := min(len(orders), casesADay+c.upTo(casesMore)); n > 0; n-- {
			i := c.upTo(len(orders))
			out = append(out, p.decided(&c, orders[i], pastKinds[c.upTo(len(pastKinds))], len(out)))
			orders = slices.Delete(orders, i, i+1)
		}
	}
	for i, e := range erringStores {
		out = append(out, p.erred(byDay, e, i, len(out))...)
	}
	slices.SortStableFunc(out, func(a, b domain.DecidedCase) int { return a.Raised.Compare(b.Raised) })
	return out
}

// pastKinds are what came up, as often as it is named.
var pastKinds = [...]domain.Kind{
	domain.QuantitySurge, domain.QuantitySurge, domain.QuantitySurge, domain.QuantitySurge, domain.AmountSurge, domain.AmountSurge,
	domain.StepMismatch, domain.SlowFulfilment, domain.SlowFulfilment, domain.WrongOrder, domain.Replenishment,
}

// erred are the cases of a store that errs, spread over its days.
func (p *Platform) erred(byDay map[day][]domain.Order, e erring, nth, made int) []domain.DecidedCase {
	var of []domain.Order
	for ago := e.from; ago >= e.to; ago-- {
		for _, o := range byDay[p.today-day(ago)] {
			if o.Store == e.store {
				of = append(of, o)
			}
		}
	}
	var out []domain.DecidedCase
	c := newChance(p.seed, forPast, uint64(1_000_000+nth))
	for i := range min(e.cases, len(of)) {
		one := p.decided(&c, of[i*len(of)/e.cases], e.kind, made+i)
		if one.Outcome == domain.StepCorrected {
			continue
		}
		one.Reopened = false
		out = append(out, one)
	}
	return out
}

// decided is one case: an order as it stands now, with what was odd about it before.
func (p *Platform) decided(c *chance, o domain.Order, k domain.Kind, nth int) domain.DecidedCase {
	l := o.Lines[c.upTo(len(o.Lines))]
	out := domain.DecidedCase{
		Order: copyOf(o), Kind: k, With: domain.CustomerService, Version: 1, Raised: o.PlacedAt.Add(4 * time.Second), Reason: domain.RealError,
		By: []domain.Login{"lin", "lin", "wang", "wang", "zhao", "zhou", "he"}[c.upTo(7)], Blocks: true,
	}
	out.Evidence.Lines, out.Evidence.Amount = len(o.Lines), o.Total
	out.Last = p.clockOn(dayOf(o.BusinessDay), 15*time.Hour+30*time.Minute)
	out.Claimed = out.Raised.Add(time.Duration(60+c.upTo(24*60)) * time.Second)
	out.Closed = out.Claimed.Add(time.Duration(90+c.upTo(16*60)) * time.Second)
	switch k {
	case domain.StepMismatch:
		p.offTheStep(&out, l)
		if c.upTo(6) == 0 { // the catalogue was wrong, not the store
			out.With, out.By, out.Outcome, out.Reason, out.Effects, out.Changed = domain.Procurement, "jian", domain.StepCorrected, domain.MasterDataBad, nil, nil
		}
	case domain.AmountSurge:
		p.amounted(c, &out, l)
	case domain.SlowFulfilment:
		p.wasLate(c, &out)
	case domain.WrongOrder:
		p.repeated(&out, nth)
	case domain.Replenishment:
		out.Rule, out.Version, out.Outcome, out.Reason, out.Blocks = detect.GapRule, detect.GapVersion, domain.Lapsed, "", false
		out.AtRisk, out.Claimed, out.Closed = l.Amount, time.Time{}, out.Raised.Add(20*time.Minute)
		out.Evidence = domain.Evidence{Day: o.BusinessDay.Format(time.DateOnly), Foreseen: true, Items: []domain.Item{{Product: l.Product}}, ItemsInAll: 1}
	default:
		p.surged(c, &out, l)
	}
	out.Reopened = out.Outcome != domain.Lapsed && c.upTo(40) == 0
	return out
}

// surged is a line ten times as large as it was meant, or one that was meant.
func (p *Platform) surged(c *chance, out *domain.DecidedCase, l domain.Line) {
	out.Rule, out.Version, out.Line, out.Product = detect.QuantitySurgeRule, detect.QuantitySurgeVersion, l.No, l.Product
	typed := 10 * l.Quantity
	e := &out.Evidence
	e.Product, e.Line, e.Price, e.Earlier, e.RestNormal = l.Product, l.No, l.Price, 12, true
	e.Median, e.UsualLow, e.UsualHigh, e.Expected = l.Quantity, l.Quantity/2, 2*l.Quantity, l.Quantity
	switch c.upTo(5) {
	case 0: // right, though unusual
		e.Quantity, e.Median, e.UsualLow, e.UsualHigh, e.Ratio100 = l.Quantity, l.Quantity/4, l.Quantity/8, l.Quantity/2, 400
		out.AtRisk, out.Outcome, out.Reason = l.Amount*3/4, domain.ConfirmedGenuine, domain.UnusualRight
		out.Effects = []domain.Effect{{Op: domain.EffectRelease, Line: l.No}}
	case 1:
		e.Quantity, e.Median, e.UsualLow, e.UsualHigh, e.Ratio100 = l.Quantity, l.Quantity/2, l.Quantity/3, l.Quantity*2/3, 200
		out.AtRisk, out.Outcome, out.Reason = l.Amount/2, domain.FalseAlarm, domain.RuleWrong
		out.Effects = []domain.Effect{{Op: domain.EffectRelease, Line: l.No}}
	default:
		e.Quantity, e.Ratio100, e.Multiple, e.Likely = typed, 1000, "x10", l.Quantity
		old := domain.Amount(typed, l.Price)
		out.AtRisk, out.Outcome = old-l.Amount, domain.QuantityCorrected
		out.Effects = []domain.Effect{{Op: domain.EffectSetQuantity, Line: l.No, Quantity: l.Quantity}, {Op: domain.EffectRelease, Line: l.No}}
		out.Changed = []domain.ResolvedLine{{Line: l.No, Product: l.Product, Old: typed, New: l.Quantity, OldAmount: old, NewAmount: l.Amount}}
	}
}

// amounted is an order that was several times as large as usual.
func (p *Platform) amounted(c *chance, out *domain.DecidedCase, l domain.Line) {
	total, e := out.Order.Total, &out.Evidence
	out.Rule, out.Version, e.Earlier, e.Ratio100 = detect.AmountSurgeRule, detect.AmountSurgeVersion, 26, 200
	e.MedianAmount, e.LowAmount, e.HighAmount = total/2, total/3, total*2/3
	out.AtRisk, out.Outcome, out.Reason = total/2, domain.ConfirmedGenuine, domain.UnusualRight
	switch c.upTo(6) {
	case 0:
		out.Outcome, out.Reason = domain.FalseAlarm, domain.RuleWrong
	case 1, 2, 3: // one line was typed ten times as large
		old := domain.Amount(10*l.Quantity, l.Price)
		e.Amount, e.MedianAmount, e.LowAmount, e.HighAmount, e.WithoutOdd = total+old-l.Amount, total, total*2/3, total*3/2, total
		e.Ratio100 = int64(100 * e.Amount / max(1, total))
		e.OddLines = []int{l.No}
		out.AtRisk, out.Outcome, out.Reason = old-l.Amount, domain.OrderCorrected, domain.RealError
		out.Effects = []domain.Effect{{Op: domain.EffectSetQuantity, Line: l.No, Quantity: l.Quantity}, {Op: domain.EffectRelease}}
		out.Changed = []domain.ResolvedLine{{Line: l.No, Product: l.Product, Old: 10 * l.Quantity, New: l.Quantity, OldAmount: old, NewAmount: l.Amount}}
	}
}

// offTheStep is a line that was rounded to its step.
func (p *Platform) offTheStep(out *domain.DecidedCase, l domain.Line) {
	step := stepOf(&p.Products[p.index[l.Product]])
	typed := l.Quantity + max(step/2, 1)
	out.Rule, out.Version, out.Line, out.Product, out.Outcome = detect.StepMismatchRule, detect.StepMismatchVersion, l.No, l.Product, domain.QuantityRounded
	e := &out.Evidence
	e.Product, e.Line, e.Price, e.Quantity, e.Step, e.Below, e.Above = l.Product, l.No, l.Price, typed, step, l.Quantity, l.Quantity+step
	e.Times100 = int64(100 * typed / step)
	old := domain.Amount(typed, l.Price)
	out.AtRisk = old - l.Amount
	out.Effects = []domain.Effect{{Op: domain.EffectSetQuantity, Line: l.No, Quantity: l.Quantity}, {Op: domain.EffectRelease, Line: l.No}}
	out.Changed = []domain.ResolvedLine{{Line: l.No, Product: l.Product, Old: typed, New: l.Quantity, OldAmount: old, NewAmount: l.Amount}}
}

// repeated is the same order once more, minutes later, which was cancelled.
func (p *Platform) repeated(out *domain.DecidedCase, nth int) {
	first := out.Order
	at := first.PlacedAt
	out.Order.PlacedAt = at.Add(7 * time.Minute)
	out.Order.No, out.Order.State = domain.OrderNo(fmt.Sprintf("%s-%04d", first.No[:4], 8000+nth)), domain.Cancelled
	shift := out.Order.PlacedAt.Sub(at)
	out.Raised, out.Claimed, out.Closed = out.Raised.Add(shift), out.Claimed.Add(shift), out.Closed.Add(shift)
	out.Rule, out.Version, out.AtRisk, out.Outcome = detect.RepeatRule, detect.RepeatVersion, first.Total, domain.OrderCancelled
	out.Evidence.Repeats, out.Evidence.RepeatsAt, out.Evidence.RepeatsOf, out.Evidence.SameLines = first.No, &at, len(first.Lines), len(first.Lines)
	out.Effects = []domain.Effect{{Op: domain.EffectCancelOrder}}
	for _, l := range first.Lines {
		out.Changed = append(out.Changed, domain.ResolvedLine{Line: l.No, Product: l.Product, Old: l.Quantity, OldAmount: l.Amount})
	}
}

// wasLate is a delivery that took too long; a third of them were looked at too late.
func (p *Platform) wasLate(c *chance, out *domain.DecidedCase) {
	due := p.clockOn(dayOf(out.Order.BusinessDay)+1, 9*time.Hour)
	out.With, out.By, out.Blocks, out.Rule, out.Version = domain.Logistics, "qian", false, detect.PromiseRule, detect.PromiseVersion
	out.Evidence.Stage, out.Evidence.StageDue = domain.StageDelivered, &due
	out.AtRisk, out.Outcome, out.Reason, out.Raised = out.Order.Total, domain.Rescheduled, domain.RealError, due
	out.Last = due.Add(4 * time.Hour)
	out.Claimed = due.Add(time.Duration(5+c.upTo(90)) * time.Minute)
	out.Closed = out.Claimed.Add(time.Duration(5+c.upTo(60)) * time.Minute)
	if c.upTo(3) == 0 {
		out.Claimed = out.Last.Add(time.Duration(c.upTo(50)) * time.Minute)
		out.Closed = out.Claimed.Add(20 * time.Minute)
	}
}
