package demo

import (
	"slices"

	"cleardesk/domain"
)

// Slip is what makes an order an odd one.
type Slip string

// What goes wrong with an order, and what only looks as if it had.
const (
	NoSlip      Slip = ""
	ExtraDigit  Slip = "extra_digit"   // a nought too many
	DoubledKey  Slip = "doubled_key"   // a digit or the whole number typed twice
	CaseForUnit Slip = "case_for_unit" // so many cases typed as wanted in pieces
	Pounds      Slip = "pounds"        // kilograms where half kilograms (jin) were meant
	WrongItem   Slip = "wrong_item"    // the neighbour in the list
	OffStep     Slip = "off_step"      // no multiple of the step
	StaleStep   Slip = "stale_step"    // the store saw another step than the catalogue's
	Twice       Slip = "twice"         // the same order once more, minutes later
	SoldOut     Slip = "sold_out"      // of what there is none, or more than there is
	WholeOrder  Slip = "whole_order"   // every line several times over

	Wedding   Slip = "wedding"   // right: a feast, two lines several times over
	Advertise Slip = "advertise" // right: the store advertises a product
	Holiday   Slip = "holiday"   // right: the whole order doubled before a holiday
)

// Wrong tells whether the store did not mean the order as it is.
func (s Slip) Wrong() bool {
	switch s {
	case NoSlip, Wedding, Advertise, Holiday:
		return false
	default:
		return true
	}
}

// Truth is what the store really meant, which nobody at the desk is told.
type Truth struct {
	Slip    Slip
	Line    int                // the line that is odd, from 1; 0: the whole order
	Meant   domain.Quantity    // on that line
	Product domain.ProductCode // what was meant, where it was another product
}

// How often each slip comes in a round of them, today and in the history.
var (
	todaysSlips = [...]Slip{
		ExtraDigit, ExtraDigit, ExtraDigit, DoubledKey, CaseForUnit, CaseForUnit, Pounds, WrongItem,
		OffStep, OffStep, StaleStep, Twice, SoldOut, SoldOut, WholeOrder, WholeOrder,
	}
	genuineSlips = [...]Slip{Wedding, Advertise, Holiday}
	pastSlips    = [...]Slip{ExtraDigit, DoubledKey, CaseForUnit, WrongItem, WholeOrder}
)

// spoil makes o an odd order of this kind, or where no line of it can be (nothing
// in it comes in cases, say) one with a digit too many, and tells the truth.
func (p *Platform) spoil(o *domain.Order, slip Slip, c *chance) Truth {
	switch slip {
	case WholeOrder:
		multiply(o.Lines, domain.Quantity([]int{4, 5, 10}[c.upTo(3)]))
		return Truth{Slip: slip}
	case Holiday:
		multiply(o.Lines, 2)
		return Truth{Slip: slip}
	case Wedding, Advertise:
		return p.feast(o, slip, c)
	case SoldOut:
		return p.orderSoldOut(o, c)
	default: // of one line, below
	}
	from := c.upTo(len(o.Lines))
	for i := range o.Lines {
		l := &o.Lines[(from+i)%len(o.Lines)]
		t := Truth{Slip: slip, Line: l.No, Meant: l.Quantity}
		if p.slipOn(l, slip, &t) {
			return t
		}
	}
	l := &o.Lines[from]
	t := Truth{Slip: ExtraDigit, Line: l.No, Meant: l.Quantity}
	setQuantity(l, l.Quantity*10)
	return t
}

// slipOn does it to one line, if it can be done there.
func (p *Platform) slipOn(l *domain.Line, slip Slip, t *Truth) bool {
	facts := &p.Products[p.index[l.Product]]
	step := stepOf(facts)
	switch slip {
	case ExtraDigit:
		setQuantity(l, l.Quantity*10)
		return true
	case DoubledKey:
		return doubleKey(l, step)
	case CaseForUnit:
		if facts.Case == nil || *facts.Case <= 2*domain.Unit {
			return false
		}
		setQuantity(l, l.Quantity**facts.Case/domain.Unit)
		return true
	case Pounds:
		if !facts.Weighed {
			return false
		}
		setQuantity(l, 2*l.Quantity)
		return true
	case WrongItem:
		t.Product = l.Product
		return p.swap(l)
	case OffStep:
		return offStep(l, facts)
	case StaleStep:
		if l.StepSeen == nil {
			return false
		}
		seen := 2 * step
		l.StepSeen = &seen
		setQuantity(l, (l.Quantity+step)/seen*seen)
		return l.Quantity > 0
	default:
		return false
	}
}

// doubleKey types the last digit of a whole number twice (15 is 155), or the whole
// number (1515) where only that keeps the step.
func doubleKey(l *domain.Line, step domain.Quantity) bool {
	n := l.Quantity / domain.Unit
	if l.Quantity%domain.Unit != 0 || n < 2 || n > 999 {
		return false
	}
	choices := []domain.Quantity{n*10 + n%10}
	if n >= 10 && n < 100 {
		choices = append(choices, n*100+n)
	}
	for _, typed := range choices {
		if q := typed * domain.Unit; q.IsMultipleOf(step) && n%10 != 0 {
			setQuantity(l, q)
			return true
		}
	}
	return false
}

// offStep leaves the step: pieces by one to half a step, kilograms by 300 g.
func offStep(l *domain.Line, facts *domain.Product) bool {
	if facts.Step == nil || *facts.Step <= domain.Unit/10 || *facts.Step == domain.Unit {
		return false
	}
	more := 3 * domain.Unit / 10
	if !facts.Weighed {
		more = max(*facts.Step/domain.Unit/2, 1) * domain.Unit
	}
	setQuantity(l, l.Quantity+more)
	return !l.Quantity.IsMultipleOf(*facts.Step)
}

// swap puts the dearest product of the same category on the line, in the quantity
// that was meant of the cheap one.
func (p *Platform) swap(l *domain.Line) bool {
	facts, dear := &p.Products[p.index[l.Product]], -1
	for i := range p.Products {
		other := &p.Products[i]
		if other.Category == facts.Category && other.Weighed == facts.Weighed && !p.soldOut[i] &&
			(dear < 0 || other.Price > p.Products[dear].Price) {
			dear = i
		}
	}
	if dear < 0 || p.Products[dear].Price < 3*facts.Price {
		return false
	}
	l.Product, l.Price = p.Products[dear].Code, p.Products[dear].Price
	if l.StepSeen != nil {
		l.StepSeen = p.Products[dear].Step
	}
	setQuantity(l, roundTo(l.Quantity.Float(), stepOf(&p.Products[dear])))
	return true
}

// feast multiplies one line of an advertised product, or up to two for a wedding.
func (p *Platform) feast(o *domain.Order, slip Slip, c *chance) Truth {
	from, times := c.upTo(len(o.Lines)), domain.Quantity(3+c.upTo(3))
	multiply(o.Lines[from:from+1], times)
	if slip == Wedding && from+1 < len(o.Lines) {
		multiply(o.Lines[from+1:from+2], times)
	}
	return Truth{Slip: slip, Line: o.Lines[from].No, Meant: o.Lines[from].Quantity}
}

// orderSoldOut adds a line of a product of which there is none, or not enough.
func (p *Platform) orderSoldOut(o *domain.Order, c *chance) Truth {
	out := p.soldOutProducts()
	i := out[c.upTo(len(out))]
	facts := &p.Products[i]
	q := roundTo(p.typical[i], stepOf(facts)) + *facts.Stock
	line := domain.Line{No: len(o.Lines) + 1, Product: facts.Code, Price: facts.Price, StepSeen: facts.Step, Version: 1}
	setQuantity(&line, q)
	o.Lines = append(o.Lines, line)
	return Truth{Slip: SoldOut, Line: line.No, Meant: q}
}

func (p *Platform) soldOutProducts() []int {
	var all []int
	for i := range p.soldOut {
		all = append(all, i)
	}
	slices.Sort(all)
	return all
}

func multiply(lines []domain.Line, times domain.Quantity) {
	for i := range lines {
		setQuantity(&lines[i], times*lines[i].Quantity)
	}
}

func setQuantity(l *domain.Line, q domain.Quantity) {
	l.Quantity, l.Original, l.Amount = q, q, domain.Amount(q, l.Price)
}
