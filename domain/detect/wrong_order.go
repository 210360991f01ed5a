package detect

import (
	"math"
	"time"

	"cleardesk/domain"
)

// wrongOrderReport flags an order its store says is wrong, or has cancelled (§3.1.12).
// It holds the order until it is shipped. Told with lines it says what was meant.
func wrongOrderReport(in *EventInput) Flag {
	return in.wish(domain.WrongOrder, in.evidence(ReportRule, ReportVersion))
}

// SameDay is an earlier order of the same store and business day that stands.
type SameDay struct {
	No        domain.OrderNo
	PlacedAt  time.Time
	Lines     int // that stand
	SameLines int // it has with the order at hand, product and quantity (SameLines)
}

// SameLines counts the lines two orders have in common, product and quantity, each
// line once. Cancelled lines are none.
func SameLines(a, b []domain.Line) int {
	type line struct {
		product  domain.ProductCode
		quantity domain.Quantity
	}
	left := map[line]int{}
	for i := range a {
		if !a[i].Cancelled {
			left[line{a[i].Product, a[i].Quantity}]++
		}
	}
	n := 0
	for i := range b {
		at := line{b[i].Product, b[i].Quantity}
		if !b[i].Cancelled && left[at] > 0 {
			left[at]--
			n++
		}
	}
	return n
}

// When an order repeats one of the same day. Measured on two years of real orders of
// 3,200 wholesale stores (uci) and retailers (iowa): of exact repeats within the hour
// 73 % of those of one line and 18 % of the others were taken back within three days,
// where 0.7 % of all orders are; of near repeats (nine lines of ten) 20 %, and of nearer
// to eight of ten none. Later in the day one line again is mostly on purpose. An exact
// repeat of several lines is asked about all day long, for stores that order once a
// day. All in all these are 4.2 and 0.2 of a thousand orders.
const (
	repeatSoon  = time.Hour // within which one line alone, or most of an order, is a repeat
	repeatShare = 90        // of a hundred lines of the longer order, for most of it
)

// repeats tells whether the order at hand, of so many lines, is this one again.
func (d SameDay) repeats(lines int, placed time.Time) bool {
	since := placed.Sub(d.PlacedAt)
	soon := max(since, -since) <= repeatSoon
	if lines > 0 && d.SameLines == lines && d.Lines == lines {
		return lines > 1 || soon
	}
	return d.SameLines > 0 && soon && d.SameLines*100 >= repeatShare*max(lines, d.Lines)
}

// repeat flags an order that repeats one of the same day (§3.1.12). It holds the whole
// order, and all of its money is at risk. An order the desk made (a supplement, or one
// ordered again) repeats nothing, and one that is judged again was asked about.
func repeat(v *Verdict, in *Input) {
	o := &in.Order
	if o.Link != domain.NotLinked || in.Recheck != nil {
		return
	}
	lines := standingLines(o.Lines)
	var best *SameDay
	for i := range in.Same {
		d := &in.Same[i]
		if d.repeats(lines, o.PlacedAt) && (best == nil || d.SameLines >= best.SameLines) {
			best = d
		}
	}
	if best == nil {
		return
	}
	placed, total := best.PlacedAt, domain.TotalOf(o.Lines)
	v.OrderHeld = true
	v.Flags = append(v.Flags, Flag{
		Kind: domain.WrongOrder, Blocks: true, AtRisk: total,
		Evidence: domain.Evidence{
			Repeats: best.No, RepeatsAt: &placed, RepeatsOf: best.Lines, SameLines: best.SameLines,
			Amount: total, Lines: lines, Rule: RepeatRule, RuleVersion: RepeatVersion,
		},
	})
}

// When a habit is steady enough for an exact slip of it to be flagged though the
// statistics let it pass. They know slips well: of those they let pass on real orders
// hardly one was an error, and a case where the store orders one piece was what most
// stores order. So the habit must be long and the quantity uncommon. On the same
// orders 0.2 of a thousand are flagged; half of the errors it is for, jin for
// kilograms, are too small a multiple for the statistics and did not occur there.
const (
	habitLeast  = 12   // orders learnt
	habitSpread = 0.05 // greatest standard deviation, in ln
	slipCommon  = 20   // one line in so many, at all stores: no slip
)

// habit gives the one quantity a store orders of a product time after time, 0 when it
// has none.
func (p *pair) habit(grain domain.Quantity) domain.Quantity {
	if p == nil || p.n < habitLeast || p.weight <= 0 {
		return 0
	}
	if math.Sqrt(float64(p.squares/p.weight)) > habitSpread || math.Abs(float64(p.last-p.mean)) > habitSpread {
		return 0
	}
	return orderable(math.Exp(float64(p.last)), grain)
}

// slip flags a line that is an exact slip of a very steady habit and that the
// statistics let pass: a zero too many, a key typed twice, cases for pieces, jin for
// kilograms (§3.1.12). What is worth no call as a surge is worth none here, nor is a
// quantity the store has ordered before.
func (e *Engine) slip(v *Verdict, s *store, in *Input, j *judged) {
	if j.quiet || !j.eligible || in.Order.Link != domain.NotLinked || flagged(v.Flags, j.line.No) != nil {
		return
	}
	own := s.pair(j.pair)
	grain := domain.Unit
	if j.facts.Weighed {
		grain = 1
	}
	habit := own.habit(grain)
	if habit == 0 || own.seen&seenBit(j.line.Quantity) != 0 {
		return
	}
	name := exactSlip(j.line.Quantity, habit, &j.facts)
	p := &e.products[j.product]
	exact, _ := p.counts.at(j.line.Quantity)
	if name == "" || exact*slipCommon > p.counts.total {
		return
	}
	ev := domain.Evidence{
		Product: j.line.Product, Line: j.line.No, Quantity: j.line.Quantity, Price: j.line.Price,
		Expected: habit, UsualLow: habit, UsualHigh: habit, Ratio100: hundredths(int64(j.line.Quantity), int64(habit)),
		Earlier: s.earlier(j.pair), Everywhere: int(p.counts.total), P999: p.counts.p999(),
		Multiple: name, Likely: habit, Lines: len(e.lines),
		Score1000: thousandths(j.score), Threshold1000: thousandths(e.platform.lineThreshold.value()),
		Rule: SlipRule, RuleVersion: SlipVersion,
	}
	v.raise(j, Flag{Kind: domain.WrongOrder, Line: j.line.No, Evidence: ev, Blocks: true, AtRisk: lineAtRisk(&ev)})
}

// exactSlip names the slip that makes exactly q of the habit, "" when none does.
func exactSlip(q, habit domain.Quantity, facts *domain.Product) string {
	for _, c := range slips(q, facts) {
		if c.likely == habit && c.name != ExtraDigit {
			return c.name
		}
	}
	return ""
}
