package intake

import (
	"strings"

	"cleardesk/domain"
)

// ProductRow is one product as the platform has it. A column that is not in Given
// was not told and means nothing; an empty text that was told empties it.
type ProductRow struct {
	Row           int // line of the file, from 1
	Given         []string
	Code          domain.ProductCode
	Name          string
	NameEn        string
	Unit          string
	UnitEn        string
	Weighed       bool
	Category      string
	Step          *domain.Quantity // nil: none is set; a nought in the file says the same
	Case          *domain.Quantity // base units in a case; nil: not known, as for a nought
	Least         *domain.Quantity // of one order line; nil: nobody said; nought: there is none
	Price         *domain.Money    // per base unit
	Supplier      domain.SupplierCode
	SupplierName  string
	Status        domain.ProductStatus // "": not told
	Stock         *domain.Quantity     // nil: nobody said; nought: there is none
	VerifyAbove   *domain.Quantity     // §4.1; nil: none, as for a nought
	ToleranceRate int                  // thousandths of the ordered weight, 0 to 1000
	ToleranceAbs  domain.Quantity
}

const (
	productCode = iota
	productName
	productNameEn
	productUnit
	productUnitEn
	productWeighed
	productCategory
	productStep
	productCase
	productLeast
	productPrice
	productSupplier
	productSupplierName
	productStatus
	productStock
	productVerifyAbove
	productToleranceRate
	productToleranceAbs
)

// Products are files with one line a product (§4.3.1).
func Products() Kind[ProductRow] {
	return Kind[ProductRow]{
		name: "products", key: productCode, nested: -1, parse: parseProduct,
		columns: []Column{
			productCode:          {"product", true},
			productName:          {"name", false},
			productNameEn:        {"name_en", false},
			productUnit:          {"unit", false},
			productUnitEn:        {"unit_en", false},
			productWeighed:       {"weighed", false},
			productCategory:      {"category", false},
			productStep:          {"step", false},
			productCase:          {"case", false},
			productLeast:         {"min_order", false},
			productPrice:         {"price", false},
			productSupplier:      {"supplier", false},
			productSupplierName:  {"supplier_name", false},
			productStatus:        {"status", false},
			productStock:         {"stock", false},
			productVerifyAbove:   {"verify_above", false},
			productToleranceRate: {"tolerance_permille", false},
			productToleranceAbs:  {"tolerance_abs", false},
		},
	}
}

func parseProduct(f *fields) ProductRow {
	p := ProductRow{
		Row:           f.line,
		Given:         f.given,
		Code:          domain.ProductCode(f.code(productCode)),
		Name:          f.name(productName),
		NameEn:        f.name(productNameEn),
		Unit:          f.name(productUnit),
		UnitEn:        f.name(productUnitEn),
		Weighed:       f.yes(productWeighed),
		Category:      f.name(productCategory),
		Step:          f.some(productStep),
		Case:          f.some(productCase),
		Price:         f.money(productPrice),
		Supplier:      domain.SupplierCode(f.code(productSupplier)),
		SupplierName:  f.name(productSupplierName),
		Status:        domain.ProductStatus(strings.ToLower(f.code(productStatus))),
		VerifyAbove:   f.some(productVerifyAbove),
		ToleranceRate: f.number(productToleranceRate, 1000),
		ToleranceAbs:  f.amount(productToleranceAbs),
	}
	p.Stock, p.Least = told(f, productStock), told(f, productLeast)
	switch p.Status {
	case "", domain.ProductNormal, domain.ProductPaused, domain.ProductDelisted:
	default:
		f.fail(productStatus, "%s is none of normal, paused, delisted", Show(string(p.Status)))
	}
	return p
}

// told is a quantity of which nought says something; nil where nothing was told.
func told(f *fields, column int) *domain.Quantity {
	if f.vals[column] == "" {
		return nil
	}
	q := f.amount(column)
	return &q
}
