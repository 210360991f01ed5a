package db

import (
	"context"
	"slices"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

	"github.com/lib/pq"
)

// watchedFor is how long after it was placed an order is looked at for being late.
const watchedFor = 7 * 24 * time.Hour

// toldFacts are what was told beside orders, as far as a batch wants it.
type toldFacts struct {
	staged  bool // the platform has told of a stage before; else nothing can be late
	events  map[domain.EventID]domain.Event
	ofOrder map[domain.OrderID][]domain.Event   // receipts and stages, as they came in
	refused map[domain.StoreCode][]domain.Event // attempts, likewise
	plans   map[domain.OrderID]*domain.DeliveryPlan
	slow    map[domain.OrderID][]slowRow
}

// slowRow is a slow fulfilment that was raised before.
type slowRow struct {
	ID       int64
	Order    domain.OrderID `db:"order_id"`
	Stage    domain.Stage
	Foreseen bool
	Outcome  *domain.Outcome
}

// handled tells whether a person has ended it, and did not give the stage a new time.
func (r *slowRow) handled() bool {
	return r.Outcome != nil && *r.Outcome != domain.Lapsed && *r.Outcome != domain.Rescheduled
}

// readTold reads what the items' events, and the orders that are looked at, are judged by.
func (f *facts) readTold(ctx context.Context, s *Store, items []item) error {
	f.told = toldFacts{staged: f.told.staged}
	events, orders := pq.Int64Array{}, pq.Int64Array{}
	for i := range items {
		it := &items[i]
		if it.what == anEvent {
			events = append(events, int64(it.event))
		}
		if (it.what == anEvent || it.what == aWatch) && it.order.ID != 0 {
			orders = append(orders, int64(it.order.ID))
		}
	}
	if !f.told.staged {
		if err := s.db.GetContext(ctx, &f.told.staged, `SELECT EXISTS (SELECT FROM cleardesk.event WHERE what = 'stage')`); err != nil {
			return fail(ctx, "read events", err)
		}
	}
	if len(events) > 0 {
		if err := f.readEvents(ctx, s, items, events); err != nil {
			return err
		}
	}
	if len(orders) == 0 {
		return nil
	}
	return f.readWays(ctx, s, orders)
}

const eventColumns = `SELECT e.id, e.what, e.key, e.store, coalesce(e.order_id, 0) AS order_id, '' AS order_no, e.at,
	coalesce(e.by_login, '') AS by_login, e.detail FROM cleardesk.event e WHERE `

func (s *Store) judgedEvents(ctx context.Context, where string, args ...any) ([]domain.Event, error) {
	var rows []eventRow
	if err := s.db.SelectContext(ctx, &rows, eventColumns+where+` ORDER BY e.id`, args...); err != nil {
		return nil, fail(ctx, "read events", err)
	}
	out := make([]domain.Event, len(rows))
	for i := range rows {
		e, err := rows[i].toDomain()
		if err != nil {
			return nil, err
		}
		out[i] = e
	}
	return out, nil
}

// readEvents reads the events that wait, and where they are attempts the store's others of
// those days. An event without an order gives its item the store.
func (f *facts) readEvents(ctx context.Context, s *Store, items []item, ids pq.Int64Array) error {
	all, err := s.judgedEvents(ctx, `e.id = ANY ($1)`, ids)
	if err != nil {
		return err
	}
	f.told.events = make(map[domain.EventID]domain.Event, len(all))
	stores := pq.StringArray{}
	var first, last time.Time
	for _, e := range all {
		f.told.events[e.ID] = e
		if e.What != domain.EventAttempt {
			continue
		}
		if first.IsZero() || e.At.Before(first) {
			first = e.At
		}
		if e.At.After(last) {
			last = e.At
		}
		stores = append(stores, string(e.Store))
	}
	for i := range items {
		if e, here := f.told.events[items[i].event]; here && items[i].order.ID == 0 {
			items[i].order.Store = e.Store
		}
	}
	if len(stores) == 0 {
		return nil
	}
	attempts, err := s.judgedEvents(ctx, `e.what = 'attempt' AND e.store = ANY ($1) AND e.at >= $2 AND e.at <= $3`,
		stores, first.AddDate(0, 0, -1), last)
	f.told.refused = map[domain.StoreCode][]domain.Event{}
	for _, e := range attempts {
		f.told.refused[e.Store] = append(f.told.refused[e.Store], e)
	}
	return err
}

// readWays reads how far orders were told to have come, their newest plans, and what was
// found slow of them before.
func (f *facts) readWays(ctx context.Context, s *Store, orders pq.Int64Array) error {
	all, err := s.judgedEvents(ctx, `e.order_id = ANY ($1) AND e.what IN ('receipt', 'stage')`, orders)
	if err != nil {
		return err
	}
	f.told.ofOrder = map[domain.OrderID][]domain.Event{}
	for _, e := range all {
		f.told.ofOrder[e.OrderID] = append(f.told.ofOrder[e.OrderID], e)
	}
	var plans []struct {
		Order domain.OrderID `db:"order_id"`
		domain.DeliveryPlan
	}
	err = s.db.SelectContext(ctx, &plans, `
		SELECT DISTINCT ON (order_id) order_id, due, route, coalesce(by_login, '') AS by, at
		FROM cleardesk.delivery_plan WHERE order_id = ANY ($1) ORDER BY order_id, id DESC`, orders)
	if err != nil {
		return fail(ctx, "read delivery plans", err)
	}
	f.told.plans = map[domain.OrderID]*domain.DeliveryPlan{}
	for i := range plans {
		f.told.plans[plans[i].Order] = &plans[i].DeliveryPlan
	}
	var slow []slowRow
	err = s.db.SelectContext(ctx, &slow, `SELECT id, order_id, stage, foreseen, outcome FROM cleardesk.judge_slow($1)`, orders)
	f.told.slow = map[domain.OrderID][]slowRow{}
	for _, r := range slow {
		f.told.slow[r.Order] = append(f.told.slow[r.Order], r)
	}
	return fail(ctx, "read what was slow", err)
}

// judgeEvent judges what was told, and where it is a stage looks at its order again.
func (j *Judge) judgeEvent(b *batch, it *item, r *rules) {
	e := j.facts.told.events[it.event]
	in := detect.EventInput{
		Event: e, Products: j.facts.products, Store: r.storeFor(j.facts.stores[e.Store], e.Store), Settings: r.settings, Calendar: r.calendar,
		Usual: map[domain.ProductCode]domain.Quantity{},
	}
	if it.order.ID != 0 {
		in.Order = &it.order
		in.Received = slices.DeleteFunc(slices.Clone(j.facts.told.ofOrder[it.order.ID]), func(x domain.Event) bool { return x.ID >= e.ID })
	}
	if e.What == domain.EventAttempt {
		day := r.calendar.BusinessDay(e.At)
		in.Refused = slices.DeleteFunc(slices.Clone(j.facts.told.refused[e.Store]), func(x domain.Event) bool {
			return x.ID >= e.ID || !r.calendar.BusinessDay(x.At).Equal(day)
		})
		for _, l := range e.Lines {
			if usual, times := j.engine.Usual(e.Store, j.facts.products[l.Product]); times > 0 {
				in.Usual[l.Product] = usual
			}
		}
	}
	j.tell(b, it, detect.JudgeEvent(in))
	if e.What == domain.EventStage && it.order.ID != 0 {
		if to := e.Stage.State(); to != "" && (it.order.State == domain.Placed || it.order.State.CanFollow(to)) {
			b.see(it, nil)
			b.told = append(b.told, toldRecord{Advance: it.order.ID})
			b.advanced[it.order.ID] = true
		}
		j.look(b, it, r)
	}
}

// tell raises flags that are no order's own verdict: those of an order by the department
// they lie with, others by kind and product.
func (j *Judge) tell(b *batch, it *item, flags []detect.Flag) {
	type group struct {
		with    domain.Department
		kind    domain.Kind
		product domain.ProductCode
	}
	groups := map[group][]detect.Flag{}
	var turn []group
	for _, f := range flags {
		g := group{with: f.Kind.FirstWith()}
		if it.order.ID == 0 {
			g.kind, g.product = f.Kind, f.Evidence.Product
		}
		if groups[g] == nil {
			turn = append(turn, g)
		}
		groups[g] = append(groups[g], f)
	}
	for _, g := range turn {
		j.raise(b, it, nil, groups[g])
	}
}

// raise raises flags into one case, after what the facts took back has lapsed.
func (j *Judge) raise(b *batch, it *item, ends []int64, flags []detect.Flag) {
	rec := recordOf(flags, j.o.KindWords)
	rec.Store = it.order.Store
	if it.order.ID != 0 {
		rec.Order, rec.Version = it.order.ID, it.order.Version
		b.see(it, nil)
		b.hold(it, flags)
		if slices.ContainsFunc(flags, func(f detect.Flag) bool { return f.Blocks }) {
			j.known.blocked(&it.order)
		}
	}
	b.told = append(b.told, toldRecord{Ends: ends, Raise: &rec})
	b.counts.Flagged++
	b.counts.Anomalies += len(flags)
}

// watchRecord is when an order is looked at next; no time: never more.
type watchRecord struct {
	Order domain.OrderID `json:"order"`
	Stage domain.Stage   `json:"stage"`
	Due   time.Time      `json:"due"`
	Next  *time.Time     `json:"next,omitempty"`
}

// watchNew has an order that is accepted now looked at when it is due; at once, where it is
// late already. Nothing is watched before the platform has told of any stage.
func (j *Judge) watchNew(b *batch, it *item, r *rules) {
	if !j.facts.told.staged || it.at.Sub(it.order.PlacedAt) > watchedFor {
		return
	}
	in := j.way(it, r)
	in.Order.State, in.AcceptedAt = domain.Accepted, it.at
	v := detect.SlowFulfilment(in)
	if v.Flag != nil {
		v.Next = &it.at
	}
	if v.Next != nil {
		b.watch(it, &v)
	}
}

// way is how far an order has come, as of when the item came in.
func (j *Judge) way(it *item, r *rules) detect.StageInput {
	in := detect.StageInput{
		Order: it.order, At: map[domain.Stage]time.Time{}, AcceptedAt: it.accepted, Plan: j.facts.told.plans[it.order.ID],
		Products: j.facts.products, Settings: r.settings, Calendar: r.calendar, Now: it.at,
	}
	for _, e := range j.facts.told.ofOrder[it.order.ID] {
		if at, before := in.At[e.Stage]; e.What == domain.EventStage && (!before || e.At.Before(at)) {
			in.At[e.Stage] = e.At
		}
	}
	return in
}

// watch notes when an order is looked at next.
func (b *batch) watch(it *item, v *detect.StageVerdict) {
	b.looked[it.order.ID] = it.at
	b.watches = append(b.watches, watchRecord{it.order.ID, v.Stage, v.Due, v.Next})
}

// look looks at an order on its way: is it late, or will it be, and when to look again. A
// lateness that was foreseen lapses when the stage was reached in time, and gives way to
// the real one; one that somebody has handled is not raised again. Of several things told
// at once each knows all, and the first is enough.
func (j *Judge) look(b *batch, it *item, r *rules) {
	if _, again := b.looked[it.order.ID]; again {
		return
	}
	if it.order.State == domain.Placed || it.order.History || it.at.Sub(it.order.PlacedAt) > watchedFor {
		if it.what == aWatch {
			b.watch(it, &detect.StageVerdict{})
		}
		return
	}
	in := j.way(it, r)
	var foreseen, open []int64
	for _, s := range j.facts.told.slow[it.order.ID] {
		switch {
		case s.Outcome == nil && s.Foreseen:
			foreseen = append(foreseen, s.ID)
		case s.Outcome == nil:
			open = append(open, s.ID)
		case s.handled():
			in.At[s.Stage] = in.AcceptedAt
		}
	}
	if it.order.State == domain.Cancelled {
		foreseen, open = append(foreseen, open...), nil
	}
	v := detect.SlowFulfilment(in)
	b.watch(it, &v)
	switch f := v.Flag; {
	case f == nil && len(foreseen) > 0:
		b.told = append(b.told, toldRecord{Ends: foreseen})
	case f == nil || len(open) > 0 || f.Evidence.Foreseen && len(foreseen) > 0:
	default:
		j.raise(b, it, foreseen, []detect.Flag{*f})
	}
}
