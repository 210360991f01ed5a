package detect

import (
	"slices"
	"time"

	"cleardesk/domain"
)

// StageInput is an accepted order on its way, with what was told of it.
type StageInput struct {
	Order      domain.Order
	At         map[domain.Stage]time.Time // when a stage was reached, by what was told
	AcceptedAt time.Time
	Plan       *domain.DeliveryPlan // the newest, nil: none
	Products   map[domain.ProductCode]domain.Product
	Settings   domain.Settings
	Calendar   domain.Calendar
	Now        time.Time
}

// StageVerdict is what an order's way looks like at a time.
type StageVerdict struct {
	Flag  *Flag        // nil: all in time. A flag that was foreseen and is nil now has lapsed
	Stage domain.Stage // that it waits for, "": nothing more
	Due   time.Time    // when that was promised for
	Next  *time.Time   // when to look again, nil: there is nothing more to watch
}

// Names of the settings of the promises.
const (
	promiseSchedule = "promise.schedule"
	promiseAllocate = "promise.allocate"
	promiseShip     = "promise.ship"
	promiseDeliver  = "promise.deliver"
	promiseForesee  = "promise.foresee"
)

// promised is a stage an order waits for.
type promised struct {
	stage    domain.Stage
	due      time.Time
	category string // whose own promise it is, "": the platform's
}

// SlowFulfilment flags an order that has not come to a stage at the time promised for
// it, or will not have: so long before a promise (promise.foresee) as it is called
// foreseen, and at once where the platform plans the delivery for later than was
// promised (§3.1.5). An order without a planned delivery is late by promise.schedule.
// It is asked at Next and whenever a stage is told; no order is looked at in between.
//
// Promises run from when picking begins and from when the vans leave on the order's
// day, or after it was accepted where that was later. Of several categories in an
// order the shortest counts. A stage is as good as reached when a later one was told.
// A delivery the desk has planned anew is a promise to the store that takes the place
// of all others.
func SlowFulfilment(in StageInput) StageVerdict {
	waits := in.waits()
	if len(waits) == 0 {
		return StageVerdict{}
	}
	v := StageVerdict{Stage: waits[0].stage, Due: waits[0].due, Next: in.next(waits)}
	worst, foreseen, late := in.late(waits)
	if !late {
		return v
	}
	v.Stage, v.Due = worst.stage, worst.due
	v.Flag = in.flag(worst, foreseen, waits)
	return v
}

// waits lists the stages an order waits for, the first due first; none once it has
// arrived, or will not.
func (in *StageInput) waits() []promised {
	if in.reached(domain.StageDelivered) || in.Order.State == domain.Placed ||
		in.Order.State == domain.Cancelled || in.Order.State == domain.Refused || standingLines(in.Order.Lines) == 0 {
		return nil
	}
	if in.Plan != nil && in.Plan.By != "" {
		return []promised{{stage: domain.StageDelivered, due: in.Plan.Due}}
	}
	picking, departure := in.day()
	var out []promised
	for _, p := range []struct {
		stage domain.Stage
		name  string
		from  time.Time
	}{
		{domain.StagePlanned, promiseSchedule, picking},
		{domain.StageAllocated, promiseAllocate, picking},
		{domain.StageShipped, promiseShip, departure},
		{domain.StageDelivered, promiseDeliver, departure},
	} {
		if !in.reached(p.stage) {
			minutes, category := in.shortest(p.name)
			w := promised{p.stage, p.from.Add(minutes), category}
			if p.stage == domain.StageDelivered && in.Plan != nil && in.Plan.Due.Before(w.due) {
				w.due, w.category = in.Plan.Due, "" // what was planned is what the store was told
			}
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b promised) int { return a.due.Compare(b.due) })
	return out
}

// reached tells whether an order has come to a stage, by what was told or by its state.
func (in *StageInput) reached(s domain.Stage) bool {
	if s == domain.StagePlanned {
		_, told := in.At[s]
		return told || in.Plan != nil || in.reached(domain.StageShipped)
	}
	if s.State() == in.Order.State {
		return true
	}
	for _, later := range domain.Stages() {
		if _, told := in.At[later]; told && later.State() != "" && (later == s || s.State().CanFollow(later.State())) {
			return true
		}
	}
	return s.State().CanFollow(in.Order.State)
}

// day gives when picking begins for an order and when its vans leave: on its day, or
// the first time after it was accepted.
func (in *StageInput) day() (picking, departure time.Time) {
	for _, m := range in.Calendar.Moments(in.Order.PlacedAt) {
		switch m.What {
		case domain.Picking:
			picking = m.At
		case domain.Departure:
			departure = m.At
		default:
		}
	}
	if in.AcceptedAt.After(picking) {
		picking = in.AcceptedAt
	}
	for departure.Before(in.AcceptedAt) {
		departure = in.Calendar.Departure.On(departure.In(in.Calendar.Zone).AddDate(0, 0, 1), in.Calendar.Zone)
	}
	return picking, departure
}

// shortest gives the shortest promise of the order's categories, and the category
// where it is one's own.
func (in *StageInput) shortest(name string) (time.Duration, string) {
	least, whose := -1, ""
	for i := range in.Order.Lines {
		l := &in.Order.Lines[i]
		if l.Cancelled {
			continue
		}
		category := in.Products[l.Product].Category
		n, _ := in.Settings.IntAt(name, domain.Where{Category: category})
		if least < 0 || n < least {
			least, whose = n, ""
			if in.Settings.IsOwn(name, category) {
				whose = category
			}
		}
	}
	return time.Duration(max(least, 0)) * time.Minute, whose
}

// late gives the first promise that is broken, or will be.
func (in *StageInput) late(waits []promised) (p promised, foreseen, late bool) {
	before := in.Settings.Minutes(promiseForesee)
	for _, w := range waits {
		if !in.Now.Before(w.due) {
			return w, false, true
		}
	}
	for _, w := range waits {
		planned := w.stage == domain.StageDelivered && in.Plan != nil && in.Plan.Due.After(w.due)
		if planned || !in.Now.Before(w.due.Add(-before)) {
			return w, true, true
		}
	}
	return promised{}, false, false
}

// next gives the first time after now at which an answer may be another.
func (in *StageInput) next(waits []promised) *time.Time {
	var next *time.Time
	before := in.Settings.Minutes(promiseForesee)
	for _, w := range waits {
		for _, at := range []time.Time{w.due.Add(-before), w.due} {
			if at.After(in.Now) && (next == nil || at.Before(*next)) {
				next = &at
			}
		}
	}
	return next
}

func (in *StageInput) flag(p promised, foreseen bool, waits []promised) *Flag {
	due, since := p.due, in.since(p.stage)
	total, perishable := in.amounts()
	ev := domain.Evidence{
		Stage: p.stage, StageDue: &due, Since: &since, Foreseen: foreseen, Category: p.category,
		Amount: total, Perishable: perishable, Lines: standingLines(in.Order.Lines),
		Rule: PromiseRule, RuleVersion: PromiseVersion,
	}
	if in.Plan != nil {
		planned := in.Plan.Due
		ev.PlanDue = &planned
	}
	f := domain.MomentFactsOf(in.Settings, in.Calendar, "")
	for _, w := range waits {
		f.Promises = append(f.Promises, w.due)
	}
	return &Flag{
		Kind: domain.SlowFulfilment, Evidence: ev, AtRisk: total + perishable,
		Moments: domain.MomentsFor(domain.SlowFulfilment, f),
	}
}

// since gives when the order came to where it waits for a stage.
func (in *StageInput) since(stage domain.Stage) time.Time {
	since := in.AcceptedAt
	for _, s := range domain.Stages() {
		if s == stage {
			break
		}
		if at, told := in.At[s]; told && s != domain.StagePlanned {
			since = at
		}
	}
	return since
}

// amounts gives what the order is worth and how much of it is perishable: of a category
// that is promised to be delivered sooner than others are. That counts double.
func (in *StageInput) amounts() (total, perishable domain.Money) {
	for i := range in.Order.Lines {
		l := &in.Order.Lines[i]
		if l.Cancelled {
			continue
		}
		total += l.Amount
		own, _ := in.Settings.IntAt(promiseDeliver, domain.Where{Category: in.Products[l.Product].Category})
		if own < in.Settings.Int(promiseDeliver) {
			perishable += l.Amount
		}
	}
	return total, perishable
}
