package db

import (
	"slices"
	"strconv"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

	"github.com/lib/pq"
)

// batch is the verdicts on what was taken at once, on their way to the database.
type batch struct {
	catalogue int64
	seqs      pq.Int64Array
	orders    pq.Int64Array
	versions  pq.Int64Array
	accepts   []*string
	seen      map[domain.OrderID]bool

	reserveOrders, reserveLines pq.Int64Array

	flagged  []flagged
	again    []rejudged
	told     []toldRecord
	watches  []watchRecord
	looked   map[domain.OrderID]time.Time // as of when orders on their way were looked at
	advanced map[domain.OrderID]bool      // orders that go on to the stage they were told to have come to
	holdings holdings
	counts   Judged
}

// flagged is an order with anomalies.
type flagged struct {
	at    int // place of its verdict in the batch
	order *domain.Order
	flags []detect.Flag
	rules domain.Calendar
}

// rejudged is an order that was judged again, as the database wants it.
type rejudged struct {
	Order domain.OrderID `json:"order"`
	Lines []int          `json:"lines"` // judged again
}

func newBatch(catalogue int64) *batch {
	return &batch{
		catalogue: catalogue, seen: map[domain.OrderID]bool{}, holdings: holdings{},
		seqs: pq.Int64Array{}, orders: pq.Int64Array{}, versions: pq.Int64Array{}, told: []toldRecord{}, watches: []watchRecord{},
		looked: map[domain.OrderID]time.Time{}, advanced: map[domain.OrderID]bool{},
		reserveOrders: pq.Int64Array{}, reserveLines: pq.Int64Array{},
	}
}

// unwritten tells whether the verdict on an item depends on what this batch did to its
// order, which the item does not know: it is for the next batch.
func (b *batch) unwritten(it *item) bool {
	at, looked := b.looked[it.order.ID]
	return b.advanced[it.order.ID] || (it.what == anEvent || it.what == aWatch) && looked && !at.Equal(it.at)
}

// judge gives the verdict on one item. The facts' reserved stock moves with it.
func (j *Judge) judge(b *batch, it *item) {
	b.seqs = append(b.seqs, it.seq)
	r := j.facts.at(it.at)
	switch {
	case it.what == learn:
		j.learn(it)
	case it.what == anEvent:
		j.judgeEvent(b, it, r)
	case it.what == aWatch:
		j.look(b, it, r)
	case it.what == windowClose, it.what == foreseeGaps:
		j.judgeWindow(b, it, r)
	case it.what == recheck:
		j.judgeAgain(b, it, r)
	case it.order.History:
		j.engine.Judge(detect.Input{Order: it.order, Calendar: r.calendar})
		b.see(it, nil)
	case it.order.State == domain.Placed:
		j.judgeNew(b, it, r)
	default:
		b.see(it, nil) // cancelled before it was judged
	}
	switch it.what {
	case recheck:
		j.known.changed(&it.order)
	case newOrder:
		j.known.judged(it, b.blocked(it.order.ID))
		b.counts.Orders++
		b.counts.Lines += len(it.order.Lines)
	}
}

// blocked tells whether the order judged last is held, as a whole or in a line.
func (b *batch) blocked(id domain.OrderID) bool {
	n := len(b.flagged)
	return n > 0 && b.flagged[n-1].order.ID == id &&
		slices.ContainsFunc(b.flagged[n-1].flags, func(f detect.Flag) bool { return f.Blocks })
}

// see notes the order's version, which must be the same when the batch is written.
func (b *batch) see(it *item, accepted []int) {
	if b.seen[it.order.ID] {
		return
	}
	b.seen[it.order.ID] = true
	b.orders = append(b.orders, int64(it.order.ID))
	b.versions = append(b.versions, it.order.Version)
	var detail *string
	if len(accepted) > 0 {
		text := make([]byte, 0, 32+4*len(accepted))
		text = append(text, `{"lines":[`...)
		for i, no := range accepted {
			if i > 0 {
				text = append(text, ',')
			}
			text = strconv.AppendInt(text, int64(no), 10)
		}
		text = append(text, `],"total":`...)
		text = strconv.AppendInt(text, int64(it.order.Total), 10)
		s := string(append(text, '}'))
		detail = &s
	}
	b.accepts = append(b.accepts, detail)
}

func (j *Judge) input(it *item, r *rules) detect.Input {
	o := &it.order
	return detect.Input{
		Order: *o, Products: j.facts.products, Store: r.storeFor(j.facts.stores[o.Store], o.Store),
		Calendar: r.calendar, Limits: r.limits(o, j.facts.products), Quiet: j.facts.quiet.of(o, it.at),
		Same: j.facts.same[o.ID], StepsThen: j.facts.stepsThen(o),
	}
}

func (j *Judge) judgeNew(b *batch, it *item, r *rules) {
	v := j.engine.Judge(j.input(it, r))
	b.see(it, v.Accept)
	j.reserve(b, it, v.Accept)
	b.flag(it, v.Flags, r)
	if len(v.Accept) > 0 {
		j.watchNew(b, it, r)
	}
}

// reserve takes accepted lines out of the stock that is left for later orders.
func (j *Judge) reserve(b *batch, it *item, accepted []int) {
	for i := range it.order.Lines {
		l := &it.order.Lines[i]
		p := j.facts.products[l.Product]
		if p.Stock == nil || !slices.Contains(accepted, l.No) {
			continue
		}
		p.Reserved += l.Quantity
		j.facts.products[l.Product] = p
		b.reserveOrders = append(b.reserveOrders, int64(it.order.ID))
		b.reserveLines = append(b.reserveLines, int64(l.No))
	}
}

func (b *batch) flag(it *item, flags []detect.Flag, r *rules) {
	if len(flags) == 0 {
		return
	}
	b.hold(it, flags)
	b.flagged = append(b.flagged, flagged{at: len(b.seqs), order: &it.order, flags: flags, rules: r.calendar})
	b.counts.Flagged++
	b.counts.Anomalies += len(flags)
}

// hold notes which places of an order the flags hold.
func (b *batch) hold(it *item, flags []detect.Flag) {
	for i := range flags {
		if at := (place{it.order.ID, flags[i].Line}); flags[i].Blocks {
			b.holdings[at] = len(b.seqs)
		}
	}
}

// judgeAgain judges what a person changed. Acceptance depends on holds that only the
// database knows, so it is settled there and the batch ends here.
func (j *Judge) judgeAgain(b *batch, it *item, r *rules) {
	b.see(it, nil)
	seen := rejudged{Order: it.order.ID, Lines: []int{}}
	for i := range it.order.Lines {
		l := &it.order.Lines[i]
		if it.lineMarks[i]&markWaiting == 0 && l.No != it.line {
			continue
		}
		seen.Lines = append(seen.Lines, l.No)
		if p := j.facts.products[l.Product]; it.lineMarks[i]&markReserved != 0 && p.Stock != nil {
			p.Reserved -= l.Quantity // its own
			j.facts.products[l.Product] = p
		}
	}
	if it.order.State == domain.Placed || it.order.State == domain.Accepted {
		in := j.input(it, r)
		in.Recheck = seen.Lines
		v := j.engine.Judge(in)
		b.flag(it, stillOdd(v.Flags, it), r)
		if it.marks&markPending != 0 && !v.OrderHeld {
			j.learnRest(it)
		}
	}
	b.again = append(b.again, seen)
}

// stillOdd leaves out the amount of an order whose amount a person has let pass.
func stillOdd(flags []detect.Flag, it *item) []detect.Flag {
	passed := it.marks&markEverHeld != 0 && it.marks&(markHeld|markPending) == 0
	return slices.DeleteFunc(flags, func(f detect.Flag) bool { return passed && f.Line == 0 })
}

// learnRest learns what an order held as a whole kept from the baselines: its amount
// and the lines that were neither held nor judged again themselves.
func (j *Judge) learnRest(it *item) {
	j.engine.LearnAmount(it.order)
	for i, l := range it.order.Lines {
		if it.lineMarks[i]&(markEverHeld|markWaiting) == 0 {
			j.learnLine(it, l)
		}
	}
}

// learn takes what a person confirmed into the baselines.
func (j *Judge) learn(it *item) {
	switch {
	case it.order.State == domain.Cancelled || it.order.State == domain.Refused:
	case it.line == 0:
		j.learnRest(it)
	default:
		for _, l := range it.order.Lines {
			if l.No == it.line {
				j.learnLine(it, l)
			}
		}
	}
}

func (j *Judge) learnLine(it *item, l domain.Line) {
	if l.Cancelled {
		return
	}
	j.engine.Learn(detect.Lesson{
		Store: it.order.Store, Product: l.Product, Quantity: l.Quantity, Day: it.order.BusinessDay,
	})
}
