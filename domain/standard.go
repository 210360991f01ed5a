package domain

import (
	"cmp"
	"slices"
	"strings"
)

// ProductField is one thing that is known of a product, named as the database's column.
type ProductField string

// The fields of a product.
const (
	FieldName          ProductField = "name"
	FieldNameEn        ProductField = "name_en"
	FieldUnit          ProductField = "unit"
	FieldUnitEn        ProductField = "unit_en"
	FieldWeighed       ProductField = "weighed"
	FieldCategory      ProductField = "category"
	FieldSupplier      ProductField = "supplier"
	FieldToleranceRate ProductField = "tolerance_permille"
	FieldToleranceAbs  ProductField = "tolerance_abs"
	FieldCase          ProductField = "case_size"
	FieldLeast         ProductField = "min_order"
	FieldVerifyAbove   ProductField = "verify_above"
	FieldStep          ProductField = "step"
	FieldStock         ProductField = "stock"
	FieldStatus        ProductField = "status"
	FieldPrice         ProductField = "price"
)

// ProductFields lists the fields in the order they are shown.
func ProductFields() []ProductField {
	return []ProductField{
		FieldName, FieldNameEn, FieldCategory, FieldSupplier, FieldUnit, FieldUnitEn, FieldWeighed, FieldToleranceRate, FieldToleranceAbs,
		FieldCase, FieldLeast, FieldVerifyAbove, FieldStep, FieldStock, FieldStatus, FieldPrice,
	}
}

// Correction is how a field is corrected that is not merely edited; "" for the others.
func (f ProductField) Correction() CorrectionKind {
	switch f {
	case FieldStep:
		return CorrectStep
	case FieldStock:
		return CorrectStock
	case FieldStatus:
		return CorrectListing
	default:
		return ""
	}
}

// Editable tells whether procurement edits a field here: not what is corrected with all
// that follows from it, and never the price.
func (f ProductField) Editable() bool { return f != FieldPrice && f.Correction() == "" }

// StandardRule is one rule of what a complete product is (§4.3.1).
type StandardRule string

// The rules, the gravest first. A case's size and a least quantity may be unknown: much is
// sold without either. So may the step of what is weighed, of which any weight is right;
// what is counted needs one, or half a box would do.
const (
	NoUnit        StandardRule = "no_unit"
	WeightUnit    StandardRule = "weight_unit"    // weighed, and its unit is no kilogram
	PieceUnit     StandardRule = "piece_unit"     // counted, and its unit is a weight
	NoStep        StandardRule = "no_step"        // counted without a step
	StepFraction  StandardRule = "step_fraction"  // counted in parts of a piece
	StepCase      StandardRule = "step_case"      // neither goes into the other
	CaseFraction  StandardRule = "case_fraction"  // a case of parts of a piece
	LeastStep     StandardRule = "least_step"     // the least quantity cannot be ordered
	VerifyLow     StandardRule = "verify_low"     // every order would have to be verified
	NoTolerance   StandardRule = "no_tolerance"   // weighed: each gram would be a complaint
	WideTolerance StandardRule = "wide_tolerance" // too much may be missing unnoticed
	NoPrice       StandardRule = "no_price"
	Oversold      StandardRule = "oversold" // less in stock than accepted orders take
	Twice         StandardRule = "twice"    // another one has the same name and unit
	NoName        StandardRule = "no_name"

	NoSupplier     StandardRule = "no_supplier"
	NoCategory     StandardRule = "no_category"
	NoNameEn       StandardRule = "no_name_en"
	NoUnitEn       StandardRule = "no_unit_en"
	StrayTolerance StandardRule = "stray_tolerance" // counted, with a tolerance in weight
)

// StandardRules lists the rules, the gravest first.
func StandardRules() []StandardRule {
	return []StandardRule{
		NoUnit, WeightUnit, PieceUnit, NoStep, StepFraction, StepCase, CaseFraction, LeastStep, VerifyLow, NoTolerance, WideTolerance,
		NoPrice, Oversold, Twice, NoName, NoSupplier, NoCategory, NoNameEn, NoUnitEn, StrayTolerance,
	}
}

// Grave tells whether a fault lets a wrong order through or stops a right one; the others
// are in the way of who looks the product up.
func (r StandardRule) Grave() bool {
	return slices.Index(StandardRules(), r) < slices.Index(StandardRules(), NoSupplier)
}

// Missing tells whether something is not there; else what is there does not fit.
func (r StandardRule) Missing() bool { return strings.HasPrefix(string(r), "no_") }

// Field is where the fault is mended.
func (r StandardRule) Field() ProductField {
	return map[StandardRule]ProductField{
		NoUnit: FieldUnit, WeightUnit: FieldUnit, PieceUnit: FieldUnit, NoStep: FieldStep, StepFraction: FieldStep, StepCase: FieldCase,
		CaseFraction: FieldCase, LeastStep: FieldLeast, VerifyLow: FieldVerifyAbove, NoTolerance: FieldToleranceRate,
		WideTolerance: FieldToleranceRate, NoPrice: FieldPrice, Oversold: FieldStock, Twice: FieldName, NoName: FieldName,
		NoSupplier: FieldSupplier, NoCategory: FieldCategory, NoNameEn: FieldNameEn, NoUnitEn: FieldUnitEn, StrayTolerance: FieldToleranceRate,
	}[r]
}

// Fault is one rule that a product breaks.
type Fault struct {
	Rule  StandardRule
	Other ProductCode // of Twice: the one it is like
}

// StandardLimits are the bounds of the rules that have one.
type StandardLimits struct {
	ToleranceRate int // the greatest share of the weight that may be missing, thousandths
}

// Faults lists what of a product is missing or does not fit (§4.3.1), the gravest first.
// What is delisted has none: nobody orders it.
func (p Product) Faults(limits StandardLimits) []Fault {
	if p.Status == ProductDelisted {
		return nil
	}
	var out []Fault
	for _, r := range StandardRules() {
		if p.breaks(r, limits) {
			out = append(out, Fault{Rule: r})
		}
	}
	return out
}

func (p Product) breaks(r StandardRule, limits StandardLimits) bool {
	switch r {
	case NoUnit, WeightUnit, PieceUnit, NoUnitEn, NoName, NoNameEn, NoSupplier, NoCategory:
		return p.breaksWords(r)
	case NoStep:
		return !p.Weighed && p.Step == nil
	case StepFraction:
		return !p.Weighed && p.Step != nil && !p.Step.IsMultipleOf(Unit)
	case CaseFraction:
		return !p.Weighed && p.Case != nil && !p.Case.IsMultipleOf(Unit)
	case StepCase:
		return p.Step != nil && p.Case != nil && !p.Case.IsMultipleOf(*p.Step) && !p.Step.IsMultipleOf(*p.Case)
	case LeastStep:
		return p.Step != nil && p.Least != nil && !p.Least.IsMultipleOf(*p.Step)
	case VerifyLow:
		return p.VerifyAbove != nil && (p.Step != nil && *p.VerifyAbove < *p.Step || p.Least != nil && *p.VerifyAbove < *p.Least)
	case NoTolerance:
		return p.Weighed && p.ToleranceRate == 0 && p.ToleranceAbs == 0
	case WideTolerance:
		return p.Weighed && (p.ToleranceRate > limits.ToleranceRate || p.Step != nil && p.ToleranceAbs >= *p.Step)
	case StrayTolerance:
		return !p.Weighed && (p.ToleranceRate != 0 || p.ToleranceAbs != 0)
	case NoPrice:
		return p.Price <= 0 && p.Status == ProductNormal
	case Oversold:
		free, known := p.Available()
		return known && free < 0
	default:
		return false // Twice is seen among all products
	}
}

// breaksWords is the part that is about words.
func (p Product) breaksWords(r StandardRule) bool {
	switch unit := strings.TrimSpace(p.Unit); r {
	case NoUnit:
		return unit == ""
	case WeightUnit:
		return p.Weighed && unit != "" && !isKilo(unit)
	case PieceUnit:
		return !p.Weighed && (isKilo(unit) || isWeight(unit))
	case NoUnitEn:
		return unit != "" && strings.TrimSpace(p.UnitEn) == ""
	case NoName:
		name := strings.TrimSpace(p.Name)
		return name == "" || name == string(p.Code) // an import without names puts the code there
	case NoNameEn:
		return strings.TrimSpace(p.NameEn) == ""
	case NoSupplier:
		return p.Supplier == ""
	default:
		return strings.TrimSpace(p.Category) == ""
	}
}

// isKilo tells whether a unit is the kilogram: what is weighed is counted in it.
func isKilo(unit string) bool {
	return slices.Contains([]string{"kg", "\u516c\u65a4", "\u5343\u514b"}, strings.ToLower(unit)) // gongjin, qianke
}

// isWeight tells whether a unit is another weight.
func isWeight(unit string) bool {
	return slices.Contains([]string{"g", "jin", "liang", "\u514b", "\u65a4", "\u4e24"}, strings.ToLower(unit)) // ke, jin, liang
}

// Stake is what a product's faults put at risk: what stores ordered of it in the last
// StakeDays days, and the open cases about it.
type Stake struct {
	Orders int
	Money  Money
	Cases  int
}

// StakeDays is how far back orders are counted.
const StakeDays = 28

// Standing is how one product stands against the standard.
type Standing struct {
	Product    Product
	Supplier   string // its name
	SupplierEn string
	Faults     []Fault
	Stake      Stake
}

// Grave tells whether one of the faults is.
func (s *Standing) Grave() bool { return len(s.Faults) > 0 && s.Faults[0].Rule.Grave() }

// Standings gives the products that break a rule, without what they put at stake.
func Standings(all []Product, limits StandardLimits) []Standing {
	type likeness struct{ name, unit string }
	like := func(p *Product) likeness {
		return likeness{strings.ToLower(strings.Join(strings.Fields(p.Name), "")), strings.ToLower(strings.TrimSpace(p.Unit))}
	}
	same := map[likeness][]ProductCode{}
	for i := range all {
		if p := &all[i]; p.Status != ProductDelisted && !p.breaks(NoName, limits) {
			same[like(p)] = append(same[like(p)], p.Code)
		}
	}
	var out []Standing
	for i := range all {
		p := &all[i]
		faults := p.Faults(limits)
		if p.Status != ProductDelisted {
			for _, code := range same[like(p)] {
				if code != p.Code && slices.Contains(same[like(p)], p.Code) {
					faults = append(faults, Fault{Rule: Twice, Other: code})
					break
				}
			}
		}
		if len(faults) > 0 {
			slices.SortStableFunc(faults, func(a, b Fault) int {
				return cmp.Compare(slices.Index(StandardRules(), a.Rule), slices.Index(StandardRules(), b.Rule))
			})
			out = append(out, Standing{Product: *p, Faults: faults})
		}
	}
	return out
}

// SortStandings puts the worst first: grave faults of what stores order, then all by the
// orders at stake and the open cases, then by the money in them.
func SortStandings(all []Standing) {
	harms := func(s *Standing) bool { return s.Grave() && s.Stake.Orders+s.Stake.Cases > 0 }
	slices.SortStableFunc(all, func(a, b Standing) int {
		if harms(&a) != harms(&b) {
			if harms(&a) {
				return -1
			}
			return 1
		}
		return cmp.Or(
			cmp.Compare(b.Stake.Orders+b.Stake.Cases, a.Stake.Orders+a.Stake.Cases),
			cmp.Compare(b.Stake.Money, a.Stake.Money),
			cmp.Compare(a.Product.Code, b.Product.Code),
		)
	})
}
