package domain

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
)

// EnteredUnit is the unit somebody typed a quantity in.
type EnteredUnit string

// The units that are understood.
const (
	EnteredBase  EnteredUnit = ""      // none, or the product's own
	EnteredKilo  EnteredUnit = "kg"    //
	EnteredGram  EnteredUnit = "g"     //
	EnteredJin   EnteredUnit = "jin"   // half a kilogram
	EnteredLiang EnteredUnit = "liang" // a twentieth of a kilogram
	EnteredCase  EnteredUnit = "case"  // the product's case
)

// Entered is what was understood of a quantity somebody typed.
type Entered struct {
	Quantity Quantity // in base units
	Count    Quantity // the number as typed, in thousandths
	Unit     EnteredUnit
}

// ParseEntered reads a quantity as people type it into a field of a product. A bare
// number is in base units. Weights may be in kilograms, grams, jin (0.5 kg) and liang
// (0.05 kg), or in several of them, the greatest first (36 jin 8 liang); pieces in cases
// where the case is known. Full-width characters are read
// as their plain forms, a comma only in its right place; what does not come out in
// whole thousandths is refused, not rounded. The error is Invalid.
func ParseEntered(s string, p Product) (Entered, error) {
	text := strings.TrimSpace(fold(s))
	if head, rest, more := compound(text); more && p.Weighed {
		return enteredTogether(s, head, rest, p)
	}
	cut := len(strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsDigit(r) }))
	if cut == 0 {
		return Entered{}, Errorf(Invalid, "quantity", "%q has no number", clip(s, 24))
	}
	if strings.HasPrefix(text[cut:], ".") {
		cut++ // left to the number, which refuses it
	}
	count, err := ParseQuantity(text[:cut])
	if err != nil {
		return Entered{}, err
	}
	if count <= 0 {
		return Entered{}, Errorf(Invalid, "quantity", "it must be more than nought")
	}
	unit, size, err := enteredUnit(strings.ToLower(strings.TrimSpace(text[cut:])), p)
	if err != nil {
		return Entered{}, err
	}
	q, ok := timesExact(count, size)
	if !ok {
		return Entered{}, Errorf(Invalid, "quantity", "%q does not come out in whole thousandths of the unit, or is out of range", clip(s, 24))
	}
	return Entered{Quantity: q, Count: count, Unit: unit}, nil
}

// compound parts a number and its unit from the numbers behind them.
func compound(text string) (head, rest string, more bool) {
	unit := strings.IndexFunc(text, unicode.IsLetter)
	if unit < 0 {
		return text, "", false
	}
	next := strings.IndexFunc(text[unit:], unicode.IsDigit)
	if next < 0 {
		return text, "", false
	}
	return text[:unit+next], text[unit+next:], true
}

// enteredTogether reads a weight in several units, each less than the one before; it
// counts as given in the greatest.
func enteredTogether(s, head, rest string, p Product) (Entered, error) {
	first, err := ParseEntered(head, p)
	if err != nil {
		return Entered{}, err
	}
	second, err := ParseEntered(rest, p)
	if err != nil {
		return Entered{}, err
	}
	size, least := weightOf(first.Unit), weightOf(second.Unit)
	switch {
	case least == 0 || size <= least:
		return Entered{}, Errorf(Invalid, "quantity", "%q is not in units that follow one another", clip(s, 24))
	case second.Quantity >= size, first.Quantity > MaxQuantity-second.Quantity:
		return Entered{}, Errorf(Invalid, "quantity", "%q is more than its first unit, or out of range", clip(s, 24))
	}
	q := first.Quantity + second.Quantity
	return Entered{Quantity: q, Count: q * (Unit / size), Unit: first.Unit}, nil
}

// weightOf is what one of a unit of weight weighs, in thousandths of a kilogram; the
// product's own is the kilogram. 0: it is none.
func weightOf(u EnteredUnit) Quantity {
	switch u {
	case EnteredBase, EnteredKilo:
		return Unit
	case EnteredJin:
		return Unit / 2
	case EnteredLiang:
		return Unit / 20
	case EnteredGram:
		return 1
	default:
		return 0
	}
}

// enteredUnit gives what one of a typed unit is in base units.
func enteredUnit(word string, p Product) (EnteredUnit, Quantity, error) {
	if word == "" || slices.Contains(ownUnits(p), word) {
		return EnteredBase, Unit, nil
	}
	for _, u := range []struct {
		unit  EnteredUnit
		size  Quantity
		words []string
	}{
		{EnteredKilo, Unit, []string{"kg", "\u516c\u65a4", "\u5343\u514b"}}, // gongjin, qianke
		{EnteredGram, 1, []string{"g", "\u514b"}},                           // ke
		{EnteredJin, Unit / 2, []string{"jin", "\u65a4"}},
		{EnteredLiang, Unit / 20, []string{"liang", "\u4e24"}},
	} {
		if p.Weighed && slices.Contains(u.words, word) {
			return u.unit, u.size, nil
		}
	}
	if slices.Contains([]string{"cs", "case", "cases", "\u7bb1"}, word) { // xiang
		if p.Case == nil {
			return "", 0, Errorf(Invalid, "quantity", "how much a case holds is not known")
		}
		return EnteredCase, *p.Case, nil
	}
	return "", 0, Errorf(Invalid, "quantity", "the unit %q is not known here", clip(word, 12))
}

// ownUnits lists how the product's own unit may be written.
func ownUnits(p Product) []string {
	var out []string
	for _, u := range []string{p.Unit, p.UnitEn} {
		if u = strings.ToLower(strings.TrimSpace(u)); u != "" {
			out = append(out, u, u+"s", u+"es")
		}
	}
	return out
}

// timesExact gives count × size ÷ 1000, if it is whole and in range. Both must be
// positive.
func timesExact(count, size Quantity) (Quantity, bool) {
	hi, lo := bits.Mul64(uint64(count), uint64(size))
	if hi >= uint64(Unit) {
		return 0, false
	}
	q, rest := bits.Div64(hi, lo, uint64(Unit))
	if rest != 0 || q == 0 || q > uint64(MaxQuantity) {
		return 0, false
	}
	return Quantity(q), true
}
