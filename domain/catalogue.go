package domain

import "time"

// Product is one thing stores can order (§4.3.1).
type Product struct {
	Code          ProductCode
	Name          string // Chinese
	NameEn        string
	Unit          string // base unit: 袋, kg, ...
	UnitEn        string // bag, kg, ...
	Weighed       bool   // ordered and received by weight, base unit kg
	Category      string
	Step          *Quantity // nil: none is set; never zero
	StepVersion   int64
	Case          *Quantity // base units in a case, nil: not known
	Least         *Quantity // least of one order line, nil: nobody said; zero: there is none
	Price         Money     // per base unit
	Supplier      SupplierCode
	Status        ProductStatus
	Stock         *Quantity // nil: nobody said; zero: there is none
	Reserved      Quantity  // taken by accepted orders
	VerifyAbove   *Quantity // verification quantity, §4.1; nil: none
	ToleranceRate int       // weight tolerance in thousandths of the ordered weight
	ToleranceAbs  Quantity  // weight tolerance, absolute; the larger of the two counts
}

// Available is what can still be accepted, and whether anybody said.
func (p Product) Available() (Quantity, bool) {
	if p.Stock == nil {
		return 0, false
	}
	return *p.Stock - p.Reserved, true
}

// ProductStatus tells whether a product can be ordered.
type ProductStatus string

// The states of a product in the catalogue.
const (
	ProductNormal   ProductStatus = "normal"
	ProductPaused   ProductStatus = "paused"
	ProductDelisted ProductStatus = "delisted"
)

// Store is one franchise store.
type Store struct {
	Code      StoreCode
	Name      string
	NameEn    string
	Manager   string
	ManagerEn string
	Phone     string
	Expansion string // the expansion manager who knows it, §4.2
	Route     string // the van that brings its goods
	CODLimit  *Money // cash-on-delivery limit of this store, nil: the platform's setting
	OpenedOn  time.Time
}

// Staff is one person at the desk.
type Staff struct {
	Login  Login
	Name   string
	NameEn string
	Roles  []Role
	Active bool
}

// Has tells whether the person has role r.
func (s Staff) Has(r Role) bool {
	for _, have := range s.Roles {
		if have == r {
			return true
		}
	}
	return false
}
