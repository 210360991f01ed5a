package detect

import (
	"math"
	"time"

	"cleardesk/domain"
)

// Versions of the rules. A change of what a rule flags raises its number; the same
// order is never judged twice by one version of one rule.
const (
	QuantitySurgeVersion = 2
	AmountSurgeVersion   = 2
	StepMismatchVersion  = 1
	ZeroStockVersion     = 1
	RepeatVersion        = 1
	SlipVersion          = 1
	ReportVersion        = 1
	ChangeVersion        = 1
	WeightVersion        = 1
	AttemptVersion       = 1
	ExchangeVersion      = 1
	ReturnVersion        = 1
	PromiseVersion       = 1
	GapVersion           = 1
)

// Names of the rules as they stand in Evidence.Rule.
const (
	QuantitySurgeRule = "surge"
	AmountSurgeRule   = "amount"
	StepMismatchRule  = "step"
	ZeroStockRule     = "stock"
	RepeatRule        = "repeat"   // of wrong orders: one of the same day again
	SlipRule          = "slip"     // of wrong orders: a slip of a steady habit
	ReportRule        = "report"   // of wrong orders: the store's own word
	ChangeRule        = "change"   // of order changes
	WeightRule        = "weight"   // of short weights and overweights
	AttemptRule       = "attempt"  // of what is not orderable, or out of stock when tried
	ExchangeRule      = "exchange" // of exchanges
	ReturnRule        = "return"   // of returns
	PromiseRule       = "promise"  // of slow fulfilment
	GapRule           = "gap"      // of replenishment gaps
)

// Input is one order with what it is judged against.
type Input struct {
	// Order is judged with its lines as they stand; cancelled lines are left out. An
	// order with History set only teaches.
	Order domain.Order
	// Products holds the facts of the order's products. Reserved is what accepted orders
	// took before this one. A product that is missing has no step and no known stock.
	Products map[domain.ProductCode]domain.Product
	Store    domain.Store
	// Calendar dates the order when its BusinessDay is not set.
	Calendar domain.Calendar
	Limits   Limits
	// Recheck lists the lines judged again after a correction; nil for a new order.
	// They were held until now, so they are learnt if they are clean. The others are
	// their context, neither judged nor learnt again; the amount is judged again.
	Recheck []int
	// Quiet are the exemptions in force, by line number, 0 for the amount: what they
	// cover is flagged by hard limits only.
	Quiet map[int]domain.Exemption
	// Same are the store's earlier orders of the same business day that stand, for
	// those that are repeated.
	Same []SameDay
	// StepsThen holds the step a product had when the order was placed, where it is
	// another now: what a store was shown is set against it.
	StepsThen map[domain.ProductCode]domain.Quantity
}

// Flag is one anomaly found. Blocks tells that acceptance must wait: of the line,
// or of the whole order when Line is 0.
type Flag struct {
	Kind     domain.Kind
	Line     int
	Evidence domain.Evidence
	AtRisk   domain.Money
	Hard     bool // a hard limit was passed
	Blocks   bool
	Cause    string          // what it has in common with flags of other orders, "": nothing
	Moments  []domain.Moment // when waiting costs more; nil: those of its kind on the order's day
}

// Verdict is the answer to one order.
type Verdict struct {
	Flags []Flag
	// Accept lists the judged lines that nothing holds, in order; it is empty when the
	// order is held. Just these were learnt.
	Accept []int
	// OrderHeld tells that a flag on the whole order blocks it.
	OrderHeld bool
	// LineScores stand beside Order.Lines, 0 for cancelled ones: the higher, the odder.
	LineScores []float64
	// OrderScore is the same for the order's amount.
	OrderScore float64
}

// Engine judges orders and holds the baselines they are judged against. It is not
// safe for use by several goroutines.
type Engine struct {
	settings Settings
	tuning   tuning

	platform platform
	stores   []store
	products []product
	storeAt  map[domain.StoreCode]uint32
	prodAt   map[domain.ProductCode]uint32

	changedStores   []uint32
	changedProducts []uint32

	lines []judged // of the order at hand, reused
}

// judged is one line while its order is at hand.
type judged struct {
	line     *domain.Line
	facts    domain.Product
	at       int // its place in Order.Lines
	product  uint32
	pair     int // in the store, -1 for a first order
	again    bool
	x        float64 // ln quantity
	price    float64 // yuan a unit
	expected expectation
	residual float64
	others   float64 // what the rest of the order and other stores explain of it
	score    float64
	eligible bool // worth a flag if the score is high
	quiet    bool // an exemption covers it
	held     bool
}

// New makes an engine that has learnt nothing.
func New(s Settings) *Engine {
	return &Engine{
		settings: s, tuning: defaultTuning(), platform: newPlatform(s),
		storeAt: map[domain.StoreCode]uint32{}, prodAt: map[domain.ProductCode]uint32{},
	}
}

// Judge flags what is odd in an order and learns the rest. Orders are given in
// intake order. A score stands on earlier orders and the other lines of its own
// order alone.
func (e *Engine) Judge(in Input) Verdict {
	at := e.internStore(in.Order.Store)
	s := &e.stores[at]
	day := dayOf(in)
	e.measure(s, &in)
	v := Verdict{LineScores: make([]float64, len(in.Order.Lines))}
	whole := e.weighOrder(s)
	rest := e.scoreLines(s, &in, &whole, day)
	e.hush(&in, &whole)
	for i := range e.lines {
		v.LineScores[e.lines[i].at] = e.lines[i].score
	}
	v.OrderScore = whole.score
	if !in.Order.History {
		e.flag(&v, s, &in, rest, whole)
	}
	e.count(whole, in.Recheck == nil)
	e.learnOrder(s, &v, whole, day, in.Recheck == nil)
	e.touchStore(at)
	e.platform.changed = true
	return v
}

// flag runs the rules: those of one line, then the stock, which depends on what the
// others hold, then the whole order.
func (e *Engine) flag(v *Verdict, s *store, in *Input, rest restOfOrder, whole weighed) {
	for i := range e.lines {
		j := &e.lines[i]
		if !j.again {
			continue
		}
		e.quantitySurge(v, s, in, j, rest)
		e.stepMismatch(v, s, in, j)
		e.slip(v, s, in, j)
	}
	e.zeroStock(v)
	e.amountSurge(v, in, whole)
	repeat(v, in)
	if v.OrderHeld {
		return
	}
	for i := range e.lines {
		if j := &e.lines[i]; j.again && !j.held {
			v.Accept = append(v.Accept, j.line.No)
		}
	}
}

func (v *Verdict) raise(j *judged, f Flag) {
	v.Flags = append(v.Flags, f)
	if f.Blocks {
		j.held = true
	}
}

// measure looks up what is known of each line.
func (e *Engine) measure(s *store, in *Input) {
	e.lines = e.lines[:0]
	for i := range in.Order.Lines {
		l := &in.Order.Lines[i]
		if l.Cancelled || l.Quantity <= 0 {
			continue
		}
		e.lines = append(e.lines, judged{line: l, at: i, product: e.internProduct(l.Product), x: math.Log(l.Quantity.Float()), price: l.Price.Float()})
		j := &e.lines[len(e.lines)-1]
		j.facts = in.Products[l.Product]
		j.again = in.Recheck == nil || contains(in.Recheck, l.No)
		j.pair = s.at(j.product)
		j.expected = e.expect(s, &e.products[j.product], s.pair(j.pair))
		j.residual = j.x - j.expected.mean
	}
}

// count takes the scores into the running thresholds; a re-check was counted
// before.
func (e *Engine) count(whole weighed, fresh bool) {
	if !fresh {
		return
	}
	for i := range e.lines {
		e.platform.lineThreshold.add(e.lines[i].score, e.lines[i].eligible)
	}
	if len(e.lines) > 0 {
		e.platform.orderThreshold.add(whole.score, whole.eligible)
	}
}

func (s *store) pair(at int) *pair {
	if at < 0 {
		return nil
	}
	return &s.pairs[at]
}

func (e *Engine) internStore(code domain.StoreCode) uint32 {
	at, ok := e.storeAt[code]
	if !ok {
		at = uint32(len(e.stores))
		e.stores = append(e.stores, store{code: code})
		e.storeAt[code] = at
	}
	return at
}

func (e *Engine) internProduct(code domain.ProductCode) uint32 {
	at, ok := e.prodAt[code]
	if !ok {
		at = uint32(len(e.products))
		e.products = append(e.products, product{code: code})
		e.prodAt[code] = at
	}
	return at
}

func (e *Engine) touchStore(at uint32) {
	if s := &e.stores[at]; !s.changed {
		s.changed = true
		e.changedStores = append(e.changedStores, at)
	}
}

func (e *Engine) touchProduct(at uint32) {
	if p := &e.products[at]; !p.changed {
		p.changed = true
		e.changedProducts = append(e.changedProducts, at)
	}
}

// dayOf gives the business day as days since 1970.
func dayOf(in Input) int32 {
	switch {
	case !in.Order.BusinessDay.IsZero():
		return dayNumber(in.Order.BusinessDay)
	case in.Calendar.Zone != nil:
		return dayNumber(in.Calendar.BusinessDay(in.Order.PlacedAt))
	default:
		return dayNumber(in.Order.PlacedAt)
	}
}

func dayNumber(t time.Time) int32 { return int32(t.Unix() / 86400) }

func contains(nos []int, no int) bool {
	for _, n := range nos {
		if n == no {
			return true
		}
	}
	return false
}

// Usual gives what a store usually orders of a product, and in how many orders that
// was learnt; 0 of a product it never ordered.
func (e *Engine) Usual(code domain.StoreCode, p domain.Product) (domain.Quantity, int) {
	at, known := e.storeAt[code]
	product, sold := e.prodAt[p.Code]
	if !known || !sold {
		return 0, 0
	}
	s := &e.stores[at]
	own := s.pair(s.at(product))
	if own == nil || own.n == 0 {
		return 0, 0
	}
	return orderable(math.Exp(float64(own.mean)), grainOf(&p)), int(own.n)
}
