package demo

import "cleardesk/domain"

// spoil takes something away from a product's information, or makes it not fit.
type spoil struct {
	fits func(p *domain.Product) bool
	nth  int // of those that fit, in the order of the catalogue
	do   func(p *domain.Product)
}

func weighed(p *domain.Product) bool { return p.Weighed }

// counted are those sold by the piece in steps that go into a case.
func counted(p *domain.Product) bool {
	return !p.Weighed && p.Case != nil && p.Step != nil && *p.Step < *p.Case
}

// spoils are what of the platform's information is not to standard (§4.3.1): one product
// each. None of them changes what is found odd in an order.
func spoils() []spoil {
	return []spoil{
		{counted, 3, func(p *domain.Product) { p.NameEn = "" }},
		{counted, 40, func(p *domain.Product) { p.NameEn, p.UnitEn = "", "" }},
		{weighed, 15, func(p *domain.Product) { p.NameEn = "" }},
		{counted, 9, func(p *domain.Product) { p.Supplier = "" }},
		{weighed, 30, func(p *domain.Product) { p.Supplier = "" }},
		{counted, 60, func(p *domain.Product) { p.Category, p.Supplier = "", "" }},
		{counted, 15, func(p *domain.Product) { least := *p.Step + domain.Unit; p.Least = &least }},
		{counted, 22, func(p *domain.Product) { least := *p.Case; low := domain.Unit; p.Least, p.VerifyAbove = &least, &low }},
		{counted, 30, func(p *domain.Product) { odd := *p.Step + domain.Unit; p.Case = &odd }},
		{counted, 75, func(p *domain.Product) { p.ToleranceRate = 20 }},
		{weighed, 6, func(p *domain.Product) { p.ToleranceRate = 300 }},
		{weighed, 40, func(p *domain.Product) { p.Unit, p.UnitEn = "斤", "jin" }},
	}
}

// spoilSome takes from the catalogue what the platform has not filled in. The products of
// the drawn scenes, and those wrong or gone today, are left as they are.
func (p *Platform) spoilSome(all []domain.Product) {
	for _, s := range spoils() {
		n := s.nth
		for i := range all {
			if p.inScene(i) || p.soldOut[i] || i == p.slipped || i == p.disputed() || !s.fits(&p.Products[i]) {
				continue
			}
			if n--; n == 0 {
				s.do(&all[i])
				break
			}
		}
	}
}

// disputed is the product in which the platform's catalogue and procurement differ: one
// that is ordered in whole cases only since procurement said so.
func (p *Platform) disputed() int {
	for i := range p.Products {
		if facts := &p.Products[i]; counted(facts) && *facts.Step == 6*domain.Unit && !p.inScene(i) && !p.soldOut[i] {
			return i
		}
	}
	return 0
}

// Disputed gives that product: as procurement sets it, and as a later catalogue of the
// platform still has it.
func (p *Platform) Disputed() (ours, theirs domain.Product) {
	ours, theirs = p.Products[p.disputed()], p.Products[p.disputed()]
	step := *ours.Step / 2
	ours.Step, ours.NameEn = &step, ours.NameEn+", fresh"
	theirs.NameEn += " (new)"
	return ours, theirs
}

// AskedNote is what an agent says when procurement is asked about a quantity.
const AskedNote = "店长说是团购, 请核实有没有货"

// Drawn tells whether a product is one of the drawn scenes, which stay as they are drawn.
func (p *Platform) Drawn(code domain.ProductCode) bool { return p.inScene(p.index[code]) }
