package text

import (
	"strconv"
	"strings"

	"cleardesk/domain"
)

// GoodsWords are the words of the catalogue: product information to standard,
// quantities to verify, and clashes with the platform's catalogue.
type GoodsWords struct {
	Name  string
	Parts []string // the three lists, in their order
	Part  func(name string, n int) string

	Sums     func(faulty, products int) string
	Order    string // how the list is ordered
	Filtered func(words string, hidden int) string
	None     []string // of each list

	HeadCode, HeadName, HeadFaults, HeadOrders, HeadMoney, HeadCases, HeadCategory, HeadSupplier                            string
	HeadLeft, HeadStore, HeadOrder, HeadProduct, HeadOrdered, HeadUsual, HeadFree, HeadAbove, HeadHolder                    string
	HeadField, HeadOurs, HeadTheirs, HeadSince, HeadBy, HeadNow, HeadNew, HeadSays                                          string
	Fields                                                                                                                  map[domain.ProductField]string
	Faults                                                                                                                  map[domain.StandardRule]string // short, for lists
	Says                                                                                                                    map[domain.StandardRule]string // in a sentence; {step} and the like stand for the values
	Mend                                                                                                                    map[string]string              // where a fault is mended
	Yes, No                                                                                                                 string
	Reasons                                                                                                                 map[domain.CorrectionReason]string
	What                                                                                                                    map[domain.ChangeWhat]string
	Stake                                                                                                                   func(orders int, money string, cases int) string
	Faulty                                                                                                                  func(missing, wrong int) string
	Complete                                                                                                                string
	Then                                                                                                                    func(left string) string // what is left once it is written
	Waits                                                                                                                   func(fields string) string
	WaitsOne                                                                                                                string
	Clashes                                                                                                                 func(theirs string) string
	History                                                                                                                 string
	NoHistory                                                                                                               string
	MoreLines                                                                                                               func(n int) string
	VerifyLine                                                                                                              func(line int, product, ordered, usual, free, above string) string
	AboveLimit, AboveStock                                                                                                  string
	Asked                                                                                                                   func(note string) string
	ClashShort, With                                                                                                        func(what string) string
	Ours, Theirs                                                                                                            string
	ClashSince                                                                                                              func(when string) string
	ClashBy                                                                                                                 func(change, by, when string) string
	ClashStep, ClashWords                                                                                                   string
	Edit, Correct, Settle, Verify, OpenCase, OpenProduct, Parts2, WriteWord, NextWord, NextFault                            string
	PriceNo, NothingNew, Unwritten, ReadyEdit, ReadOnly, CannotTake, Understood, ChooseSupplier, NoSupplier, UnitsStay      string
	VerifyHead, SettleHead                                                                                                  func(names string) string
	VerifyAsk, VerifyNote, SettleAsk, SettleNote, WhyAsk, NoteAsk, VerifyYes, VerifyNo, KeepOurs, TakeTheirs, Several, Open string
	EditHead                                                                                                                func(product string) string
	EditSum, VerifySum, SettleSum                                                                                           func(what, note string) string
	Settled                                                                                                                 func(theirs bool) string
	DidEdit, DidVerify, DidSettle                                                                                           func(what string) string
	Some                                                                                                                    func(done, failed int, why string) string
}

// ProductField names a field of a product.
func (c *Catalog) ProductField(f domain.ProductField) string { return named(c.Goods.Fields, f) }

// FaultShort is a fault as it stands in the list.
func (c *Catalog) FaultShort(f domain.Fault) string { return named(c.Goods.Faults, f.Rule) }

// FaultSays is a fault in a sentence with the product's own values. The text is not
// cleaned: it holds words from outside.
func (c *Catalog) FaultSays(f domain.Fault, p domain.Product, limits domain.StandardLimits) string {
	value := func(field domain.ProductField) string { return c.FieldValue(field, p.Raw(field), p, nil) }
	return strings.NewReplacer(
		"{unit}", value(domain.FieldUnit), "{step}", value(domain.FieldStep), "{case}", value(domain.FieldCase),
		"{least}", value(domain.FieldLeast), "{above}", value(domain.FieldVerifyAbove), "{share}", value(domain.FieldToleranceRate),
		"{weight}", value(domain.FieldToleranceAbs), "{limit}", permille(limits.ToleranceRate), "{stock}", value(domain.FieldStock),
		"{taken}", c.amountOf(p.Reserved, p), "{other}", string(f.Other),
	).Replace(named(c.Goods.Says, f.Rule))
}

// Mended says where a field's fault is mended: here, by a correction, or by the platform.
func (c *Catalog) Mended(f domain.ProductField) string {
	switch {
	case f.Editable():
		return c.Goods.Mend["edit"]
	case f.Correction() != "":
		return c.Goods.Mend["correct"]
	}
	return c.Goods.Mend["platform"]
}

// FieldValue is a field's value as domain.Product.Raw has it, in the person's words; "-"
// where there is none. Suppliers are named where they are told.
func (c *Catalog) FieldValue(f domain.ProductField, raw string, p domain.Product, suppliers []domain.Supplier) string {
	if raw == "" || raw == "0" && (f == domain.FieldToleranceRate || f == domain.FieldToleranceAbs) {
		return "-"
	}
	switch f {
	case domain.FieldWeighed:
		if raw == "true" {
			return c.Goods.Yes
		}
		return c.Goods.No
	case domain.FieldSupplier:
		for _, s := range suppliers {
			if string(s.Code) == raw {
				return raw + " " + c.Pick(s.Name, s.NameEn)
			}
		}
	case domain.FieldStatus:
		return c.ProductState(domain.ProductStatus(raw))
	case domain.FieldToleranceRate:
		if n, err := strconv.Atoi(raw); err == nil {
			return permille(n)
		}
	case domain.FieldPrice:
		if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
			return c.MoneyExact(domain.Money(n))
		}
	case domain.FieldToleranceAbs, domain.FieldCase, domain.FieldLeast, domain.FieldVerifyAbove, domain.FieldStep, domain.FieldStock:
		if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
			return c.amountOf(domain.Quantity(n), p)
		}
	default:
	}
	return raw
}

func (c *Catalog) amountOf(q domain.Quantity, p domain.Product) string {
	if p.Weighed {
		return c.Weight(q, 3, p.Unit, p.UnitEn)
	}
	return c.Quantity(q, p.Unit, p.UnitEn)
}

// permille writes thousandths as hundredths: 15 is 1.5%.
func permille(n int) string {
	s := strconv.Itoa(n / 10)
	if n%10 != 0 {
		s += "." + strconv.Itoa(n%10)
	}
	return s + "%"
}

// Faulty counts what is missing and what does not fit.
func (c *Catalog) Faulty(faults []domain.Fault) string {
	if len(faults) == 0 {
		return c.Goods.Complete
	}
	missing := 0
	for _, f := range faults {
		if f.Rule.Missing() {
			missing++
		}
	}
	return c.Goods.Faulty(missing, len(faults)-missing)
}
