package db

import (
	"slices"
	"strconv"

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
	Order   domain.OrderID `json:"order"`
	Lines   []int          `json:"lines"` // judged again
	Flagged bool           `json:"flagged"`
	Odd     []int          `json:"odd"` // lines that are flagged
	Words   string         `json:"words"`
}

func newBatch(catalogue int64) *batch {
	return &batch{
		catalogue: catalogue, seen: map[domain.OrderID]bool{}, holdings: holdings{},
		seqs: pq.Int64Array{}, orders: pq.Int64Array{}, versions: pq.Int64Array{},
		reserveOrders: pq.Int64Array{}, reserveLines: pq.Int64Array{},
	}
}

// judge gives the verdict on one item. The facts' reserved stock moves with it.
func (j *Judge) judge(b *batch, it *item) {
	b.seqs = append(b.seqs, it.seq)
	r := j.facts.at(it.at)
	switch {
	case it.what == learn:
		j.learn(it)
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
	}
}

func (j *Judge) judgeNew(b *batch, it *item, r *rules) {
	v := j.engine.Judge(j.input(it, r))
	b.see(it, v.Accept)
	j.reserve(b, it, v.Accept)
	b.flag(it, v.Flags, r)
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
	for i := range flags {
		if at := (place{it.order.ID, flags[i].Line}); flags[i].Blocks {
			b.holdings[at] = len(b.seqs)
		}
	}
	b.flagged = append(b.flagged, flagged{at: len(b.seqs), order: &it.order, flags: flags, rules: r.calendar})
	b.counts.Flagged++
	b.counts.Anomalies += len(flags)
}

// judgeAgain judges what a person changed. Acceptance depends on holds that only the
// database knows, so it is settled there and the batch ends here.
func (j *Judge) judgeAgain(b *batch, it *item, r *rules) {
	b.see(it, nil)
	seen := rejudged{Order: it.order.ID, Lines: []int{}, Odd: []int{}}
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
		flags := stillOdd(v.Flags, it)
		b.flag(it, flags, r)
		seen.Flagged = len(flags) > 0
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

// flagRecord is one flag as the database wants it.
type flagRecord struct {
	Kind     domain.Kind     `json:"kind"`
	Line     int             `json:"line"`
	Evidence domain.Evidence `json:"evidence"`
	AtRisk   domain.Money    `json:"at_risk"`
	Hard     bool            `json:"hard"`
	Blocks   bool            `json:"blocks"`
}

// flaggedRecord is one order with flags as the database wants it, the worst first.
type flaggedRecord struct {
	Order   domain.OrderID    `json:"order"`
	Version int64             `json:"version"`
	With    domain.Department `json:"with"`
	Moments []domain.Moment   `json:"moments"`
	Lines   []int             `json:"lines"`
	Words   string            `json:"words"`
	Flags   []flagRecord      `json:"flags"`
}

// record sorts the flags, the worst first: by money at risk, then by weight. The
// money of a case is that of the worst and not their sum, for the anomalies of one
// order mostly tell of the same goods.
func (f *flagged) record(words map[domain.Kind]string) flaggedRecord {
	slices.SortStableFunc(f.flags, func(a, b detect.Flag) int {
		if a.AtRisk != b.AtRisk {
			return int(min(max(b.AtRisk-a.AtRisk, -1), 1))
		}
		return b.Kind.Weight() - a.Kind.Weight()
	})
	out := flaggedRecord{
		Order: f.order.ID, Version: f.order.Version, With: f.flags[0].Kind.FirstWith(),
		Moments: momentsOf(f.flags[0].Kind, f.rules, f.order), Lines: []int{},
	}
	for _, flag := range f.flags {
		out.Flags = append(out.Flags, flagRecord{flag.Kind, flag.Line, flag.Evidence, flag.AtRisk, flag.Hard, flag.Blocks})
		out.Lines = append(append(out.Lines, flag.Evidence.OddLines...), flag.Line)
		out.Words += string(flag.Kind) + " " + words[flag.Kind] + " "
	}
	slices.Sort(out.Lines)
	out.Lines = slices.Compact(out.Lines)
	return out
}

// momentsOf gives the moments of a kind in an order's day ("Moments and money"):
// what is out of stock matters until picking only.
func momentsOf(k domain.Kind, c domain.Calendar, o *domain.Order) []domain.Moment {
	all := c.Moments(o.PlacedAt)
	if k != domain.ZeroStock && k != domain.NotOrderable {
		return all
	}
	return slices.DeleteFunc(all, func(m domain.Moment) bool { return m.What == domain.Departure })
}

func (b *batch) flaggedJSON(words map[domain.Kind]string) (string, error) {
	records := make([]flaggedRecord, len(b.flagged))
	for i := range b.flagged {
		records[i] = b.flagged[i].record(words)
		for k := range b.again {
			if b.again[k].Order == records[i].Order {
				b.again[k].Odd, b.again[k].Words = records[i].Lines, records[i].Words
			}
		}
	}
	return jsonArg(records)
}

func (b *batch) againJSON() (string, error) {
	if b.again == nil {
		return "[]", nil
	}
	return jsonArg(b.again)
}
