package domain

import "slices"

// Quantities lists the quantities that may be meant by a decision, the likeliest
// first: what the store may have meant to order, what it wants to have exchanged or
// takes back, what is lacking.
func (f Form) Quantities(d Decision) []Proposal {
	t, ok := f.Target(d.Target)
	if !ok {
		return nil
	}
	if d.Choice == ChooseChange {
		return f.Proposals(f.lineOf(d))
	}
	var out []Proposal
	add := func(q Quantity, why ProposalWhy) {
		c, err := f.checkGoods(t, d, q)
		if err == nil && !slices.ContainsFunc(out, func(p Proposal) bool { return p.Quantity == q }) {
			out = append(out, Proposal{Quantity: q, Why: why, Check: c})
		}
	}
	l, _ := f.Line(t.Line)
	switch d.Choice {
	case ChooseSubstitute:
		p, _ := f.Product(d.Product)
		add(toStep(l.Quantity, p), ProposeAsOrdered)
		if free, known := p.Available(); known {
			add(toStep(min(free, l.Quantity), p), ProposeStock)
		}
	case ChooseReturn:
		if q, said := f.approved(t); said {
			add(q, ProposeApproved)
		}
		add(f.inDispute(t), ProposeAsked)
		add(l.Quantity, ProposeAsOrdered)
	case ChooseSupplement, ChooseToReturn, ChooseSendBack:
		why := ProposeAsked
		if k := t.Lead().Kind; k == ShortWeight || k == Overweight {
			why = ProposeDiffers
		}
		add(f.inDispute(t), why)
		if free, known := f.subject(t).Available(); known && d.Choice == ChooseSupplement {
			add(min(free, f.inDispute(t)), ProposeStock)
		}
	default:
	}
	return out
}

// Lines are the quantities the lines of an order that is made start with, and why:
// what the store asks for, or usually orders.
func (f Form) Lines(target int) []Proposal {
	t, ok := f.Target(target)
	if !ok {
		return nil
	}
	why := ProposeAsked
	if lead := t.Lead(); lead.Kind == Replenishment && lead.Evidence.Told == "" { // else the store tried to order it
		why = ProposeUsual
	}
	var out []Proposal
	for _, w := range f.wanted(t) {
		out = append(out, Proposal{Quantity: w.Quantity, Why: why})
	}
	return out
}

// CheckGoods tells whether a quantity of a target's decision can be written, and how
// it stands to its product. The error is Invalid: it is nought, more than was
// delivered or approved, or more than there is of what is sent at once.
func (f Form) CheckGoods(a Answers, target int, q Quantity) (QuantityCheck, error) {
	t, ok := f.Target(target)
	d, decided := a.Decision(target)
	if !ok || !decided {
		return QuantityCheck{}, Errorf(Invalid, "quantity", "nothing is decided that takes a quantity")
	}
	return f.checkGoods(t, d, q)
}

func (f Form) checkGoods(t Target, d Decision, q Quantity) (QuantityCheck, error) {
	if d.Choice == ChooseChange {
		return f.CheckQuantity(f.lineOf(d), q)
	}
	p := f.subject(t)
	if d.Choice == ChooseSubstitute {
		p, _ = f.Product(d.Product)
	}
	c := checkOf(p, q)
	most := f.mostGoods(t, d)
	switch {
	case q <= 0:
		return c, Errorf(Invalid, "quantity", "it must be more than nought")
	case q > MaxQuantity:
		return c, Errorf(Invalid, "quantity", "it is out of range")
	case d.Choice != ChooseSubstitute && q > most:
		return c, Errorf(Invalid, "quantity", "it is more than %s, which came or are agreed to", most)
	case d.Choice == ChooseSupplement && !c.StockOK:
		return c, Errorf(Invalid, "quantity", "there is not so much of it")
	default:
		return c, nil
	}
}

// mostGoods is the most of its goods a decision can move, whatever there is in stock.
func (f Form) mostGoods(t Target, d Decision) Quantity {
	switch d.Choice {
	case ChooseSendBack:
		return f.inDispute(t)
	case ChooseReturn:
		return f.returnable(t)
	default:
		return f.delivered(t)
	}
}

// Most is the most CheckGoods takes of a target's decision: what came, is agreed to, or
// is there; MaxQuantity where nothing bounds it.
func (f Form) Most(a Answers, target int) Quantity {
	t, ok := f.Target(target)
	d, decided := a.Decision(target)
	if !ok || !decided || d.Choice == ChooseChange || d.Choice == ChooseSubstitute {
		return MaxQuantity
	}
	most := f.mostGoods(t, d)
	if free, counted := f.subject(t).Available(); counted && d.Choice == ChooseSupplement {
		most = min(most, max(0, free))
	}
	return most
}

// MostMoney is the most that can be adjusted by a target's decision.
func (f Form) MostMoney(a Answers, target int) Money {
	t, ok := f.Target(target)
	d, decided := a.Decision(target)
	if !ok || !decided || d.Choice == ChooseRaiseLimit {
		return MaxMoney
	}
	return f.adjustable(t, d)
}

// delivered is the most that can have come of the target's goods: what was ordered or
// received of its line, or what the store says where they are not of the order.
func (f Form) delivered(t Target) Quantity {
	l, ok := f.Line(t.Line)
	if !ok {
		return f.inDispute(t)
	}
	most := l.Quantity
	if r := t.Lead().Evidence.Received; r != nil {
		most = max(most, *r)
	}
	return most
}

// checkOf tells how a quantity stands to a product of which nothing is taken yet.
func checkOf(p Product, q Quantity) QuantityCheck {
	return Form{FormCase: FormCase{Products: map[ProductCode]Product{"": p}}}.check(Line{}, q)
}

// CheckProduct tells whether a product can stand in for the target's. The error is
// Invalid: it is not known, the same, not to be ordered, or there is none of it.
func (f Form) CheckProduct(target int, code ProductCode) error {
	t, _ := f.Target(target)
	l, _ := f.Line(t.Line)
	p, known := f.Product(code)
	free, counted := p.Available()
	switch {
	case !known:
		return Errorf(Invalid, "product", "product %s is not known here", clip(string(code), 24))
	case code == l.Product:
		return Errorf(Invalid, "product", "it is the product as it was")
	case !f.forSale(code):
		return Errorf(Invalid, "product", "%s cannot be ordered now", code)
	case counted && free <= 0:
		return Errorf(Invalid, "product", "there is nothing of %s either", code)
	default:
		return nil
	}
}

// mostOthers is how many products that may stand in are offered by digit.
const mostOthers = 7

// standIns lists the products that are offered in place of the target's.
func (f Form) standIns(t Target) []ProductCode {
	var out []ProductCode
	for _, p := range f.Others {
		alike := p.Category == f.subject(t).Category
		if len(out) < mostOthers && alike && f.CheckProduct(t.ID, p.Code) == nil {
			out = append(out, p.Code)
		}
	}
	return out
}

// CheckItem tells how a quantity of a line of the order that is made stands to its
// product. Nought leaves it out. The error is Invalid.
func (f Form) CheckItem(a Answers, target, item int, q Quantity) (QuantityCheck, error) {
	d, _ := a.Decision(target)
	return f.checkItem(d, item, q)
}

func (f Form) checkItem(d Decision, item int, q Quantity) (QuantityCheck, error) {
	if item < 0 || item >= len(d.Items) {
		return QuantityCheck{}, Errorf(Invalid, "quantity", "there is no such line")
	}
	switch {
	case q < 0 || q > MaxQuantity:
		return QuantityCheck{}, Errorf(Invalid, "quantity", "it is out of range")
	case q > 0 && !f.forSale(d.Items[item].Product):
		return QuantityCheck{}, Errorf(Invalid, "quantity", "%s cannot be ordered now", d.Items[item].Product)
	}
	p, _ := f.Product(d.Items[item].Product)
	c := checkOf(p, q)
	if l, ok := f.Line(d.Items[item].Line); ok && l.Reserved && !c.StockOK { // what the order has taken comes back
		free, _ := p.Available()
		c.StockOK = q <= free+l.Quantity
	}
	return c, nil
}

// ItemPrice is what a base unit of a line of the order that is made costs: as it was
// ordered, else as it is told, else as the catalogue has it.
func (f Form) ItemPrice(target int, w Wanted) Money {
	if l, ok := f.Line(w.Line); ok {
		return l.Price
	}
	t, _ := f.Target(target)
	for _, a := range t.Anomalies {
		for _, it := range a.Evidence.Items {
			if it.Product == w.Product && it.Price > 0 {
				return it.Price
			}
		}
	}
	p, _ := f.Product(w.Product)
	return p.Price
}

// linked lists the lines of the order a decision makes.
func (f Form) linked(d Decision) []LinkedLine {
	var out []LinkedLine
	for _, w := range d.Items {
		if w.Quantity > 0 {
			out = append(out, LinkedLine{Product: w.Product, Quantity: w.Quantity, Price: f.ItemPrice(d.Target, w)})
		}
	}
	return out
}

// begin fills a decision that was just made with the likeliest values of what it asks
// for by typing. A change of a quantity begins empty: the drawing has its own start.
func (f Form) begin(d Decision) Decision {
	t, _ := f.Target(d.Target)
	asks := f.asksOf(t, d.Choice)
	if slices.Contains(asks, AskItem) {
		d.Items = f.wanted(t)
	}
	if slices.Contains(asks, AskQuantity) && d.Choice != ChooseChange {
		d.Quantity = first(f.Quantities(d), func(p Proposal) Quantity { return p.Quantity })
	}
	if slices.Contains(asks, AskAmount) {
		d.Amount = first(f.Amounts(d), func(p AmountProposal) Money { return p.Amount })
	}
	if slices.Contains(asks, AskWhen) {
		if times := f.Times(d); len(times) > 0 {
			d.When = &times[0].At
		}
	}
	if slices.Contains(asks, AskRestock) {
		d.Restock = ToStock
		if !f.hasLeft() || slices.Contains([]WhyTold{ToldDamaged, ToldExpiry, ToldQuality}, t.Lead().Evidence.Told) {
			d.Restock = ToWaste
		}
	}
	return d
}

func first[P, V any](of []P, value func(P) V) V {
	var none V
	if len(of) == 0 {
		return none
	}
	return value(of[0])
}
