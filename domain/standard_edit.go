package domain

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Raw is a field's value as the history keeps it: quantities in thousandths, money in fen,
// "" where there is none.
func (p Product) Raw(f ProductField) string {
	amount := func(q *Quantity) string {
		if q == nil {
			return ""
		}
		return strconv.FormatInt(int64(*q), 10)
	}
	switch f {
	case FieldName:
		return p.Name
	case FieldNameEn:
		return p.NameEn
	case FieldUnit:
		return p.Unit
	case FieldUnitEn:
		return p.UnitEn
	case FieldWeighed:
		return strconv.FormatBool(p.Weighed)
	case FieldCategory:
		return p.Category
	case FieldSupplier:
		return string(p.Supplier)
	case FieldToleranceRate:
		return strconv.Itoa(p.ToleranceRate)
	case FieldToleranceAbs:
		return strconv.FormatInt(int64(p.ToleranceAbs), 10)
	case FieldCase:
		return amount(p.Case)
	case FieldLeast:
		return amount(p.Least)
	case FieldVerifyAbove:
		return amount(p.VerifyAbove)
	case FieldStep:
		return amount(p.Step)
	case FieldStock:
		return amount(p.Stock)
	case FieldStatus:
		return string(p.Status)
	default:
		return strconv.FormatInt(int64(p.Price), 10)
	}
}

// With gives the product with one field as somebody typed it: quantities as they are
// entered anywhere, a share in hundredths with one decimal, yes or no; nothing or a dash
// where there is none. A supplier is its code. The error is Invalid.
func (p Product) With(f ProductField, typed string) (Product, error) {
	text := strings.TrimSpace(typed)
	if text == "-" {
		text = ""
	}
	if !f.Editable() {
		return p, Errorf(Invalid, "edit product", "%s is not edited here", f)
	}
	if text == "" && (f == FieldName || f == FieldUnit) {
		return p, Errorf(Invalid, "edit product", "%s cannot be emptied", f)
	}
	var err error
	switch f {
	case FieldName:
		p.Name = text
	case FieldNameEn:
		p.NameEn = text
	case FieldUnit:
		p.Unit = text
	case FieldUnitEn:
		p.UnitEn = text
	case FieldCategory:
		p.Category = text
	case FieldSupplier:
		p.Supplier = SupplierCode(text)
	case FieldWeighed:
		p.Weighed, err = yes(text)
	case FieldToleranceRate:
		p.ToleranceRate, err = share(text)
	case FieldToleranceAbs:
		var q *Quantity
		if q, err = p.typedQuantity(text, true); q != nil {
			p.ToleranceAbs = *q
		} else if err == nil {
			p.ToleranceAbs = 0
		}
	case FieldCase:
		without := p
		without.Case = nil // a case cannot be measured in itself
		p.Case, err = without.typedQuantity(text, false)
	case FieldLeast:
		p.Least, err = p.typedQuantity(text, true)
	default:
		p.VerifyAbove, err = p.typedQuantity(text, false)
	}
	return p, err
}

// typedQuantity reads a quantity; nil for none. Nought says something where it may.
func (p Product) typedQuantity(text string, nought bool) (*Quantity, error) {
	if text == "" {
		return nil, nil
	}
	if q, err := ParseQuantity(text); err == nil && q == 0 && nought {
		return &q, nil
	}
	in, err := ParseEntered(text, p)
	if err != nil {
		return nil, err
	}
	return &in.Quantity, nil
}

func yes(text string) (bool, error) {
	switch strings.ToLower(fold(text)) {
	case "1", "y", "yes", "true", "\u662f": // shi
		return true, nil
	case "0", "2", "n", "no", "false", "\u5426", "": // fou
		return false, nil
	}
	return false, Errorf(Invalid, "edit product", "say yes or no")
}

// share reads 1.5 or 1.5% as 15 thousandths.
func share(text string) (int, error) {
	text = strings.TrimSpace(strings.TrimSuffix(fold(text), "%"))
	if text == "" {
		return 0, nil
	}
	n, err := parseDecimal(text, 1)
	if err == nil && (n < 0 || n > 1000) {
		err = Errorf(Invalid, "edit product", "a share is between 0 and 100%%")
	}
	return int(n), err
}

// ChangedFields lists the fields in which two forms of a product differ, in the order
// they are shown.
func ChangedFields(was, now Product) []ProductField {
	var out []ProductField
	for _, f := range ProductFields() {
		if was.Raw(f) != now.Raw(f) {
			out = append(out, f)
		}
	}
	return out
}

// ProductEdit is an edit of a product's information (§4.3.1).
type ProductEdit struct {
	Was     Product // as it was read
	Version int64   // of that
	Now     Product // as it should be: its editable fields count
	Reason  CorrectionReason
	Note    string
}

// Check says why an edit cannot be: Invalid.
func (e ProductEdit) Check() error {
	changed := ChangedFields(e.Was, e.Now)
	switch {
	case len(changed) == 0:
		return Errorf(Invalid, "edit product", "nothing would change")
	case slices.ContainsFunc(changed, func(f ProductField) bool { return !f.Editable() }):
		return Errorf(Invalid, "edit product", "the price is not this desk's; step, stock and listing are corrected")
	case strings.TrimSpace(e.Now.Name) == "" || strings.TrimSpace(e.Now.Unit) == "" && e.Was.Unit != "":
		return Errorf(Invalid, "edit product", "a name and a unit cannot be emptied")
	case !slices.Contains(CorrectionReasons(), e.Reason) || e.Reason == OtherReason && strings.TrimSpace(e.Note) == "":
		return Errorf(Invalid, "edit product", "an edit has a reason, and another one than those offered a note")
	}
	return nil
}

// ChangeWhat is how a field came to another value.
type ChangeWhat string

// The ways.
const (
	ChangeEdited    ChangeWhat = "edited"
	ChangeCorrected ChangeWhat = "corrected"
	ChangeKept      ChangeWhat = "kept"  // against the platform's catalogue
	ChangeTaken     ChangeWhat = "taken" // from it, in the place of ours
)

// ProductChange is one field of a product that was set here.
type ProductChange struct {
	At       time.Time
	Field    ProductField
	What     ChangeWhat
	Old, New string // as Product.Raw has them
	Reason   CorrectionReason
	Note     string
	By       Login
	ByName   string
	ByNameEn string
}

// ProductFile is what there is to know of a product's information.
type ProductFile struct {
	Standing

	Version    int64
	Limits     StandardLimits
	Suppliers  []Supplier
	Categories []string        // that products have
	Changes    []ProductChange // newest first
	Waiting    []ProductField  // set here, and the platform's catalogue has not said so yet
	Clashes    []Clash         // open ones
	Others     []Product       // that have the same name
}

// Supplier is who products come from.
type Supplier struct {
	Code   SupplierCode
	Name   string
	NameEn string
}

// Clash is a value that was set here and that an import brings otherwise (design: it
// becomes a procurement task instead of undoing ours).
type Clash struct {
	Task    TaskID
	Product Product
	Field   ProductField
	File    string          // what the platform's catalogue says, as Product.Raw has it
	Here    json.RawMessage // ours, as the database has it: whoever settles says what they saw
	At      time.Time       // when the import came
	AtRisk  Money
	Last    *ProductChange // by which ours came about, nil: not known
}

// ClashSide is which value a clash is settled with.
type ClashSide string

// The sides.
const (
	KeepOurs   ClashSide = "ours"
	TakeTheirs ClashSide = "theirs"
)

// Takeable tells whether the other's value can be taken: no step is taken away.
func (c *Clash) Takeable() bool { return c.Field != FieldStep || c.File != "" }

// Verification is a case that waits for procurement to verify quantities (§4.1).
type Verification struct {
	Row   QueueRow
	Lines []VerifyLine
}

// VerifyLine is one line of it.
type VerifyLine struct {
	Line      int
	Product   Product
	Quantity  Quantity
	Reserved  bool
	UsualLow  Quantity // of the evidence; 0: not known
	UsualHigh Quantity
	Median    Quantity
	Earlier   int
	Note      string // of who handed it over
}

// AboveLimit tells whether the line is above its product's verification quantity.
func (l *VerifyLine) AboveLimit() bool {
	return l.Product.VerifyAbove != nil && l.Quantity > *l.Product.VerifyAbove
}

// AboveStock tells whether the line takes more than is free.
func (l *VerifyLine) AboveStock() bool {
	free, known := l.Product.Available()
	return known && !l.Reserved && l.Quantity > free
}

// Catalogue is what procurement's screen of the catalogue shows.
type Catalogue struct {
	Limits    StandardLimits
	Products  int        // that can be ordered or will be again
	Standings []Standing // that break a rule, the worst first
	Verify    []Verification
	Clashes   []Clash
	ReadAt    time.Time
}
