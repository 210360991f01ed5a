package domain

import (
	"math/bits"
	"strconv"
	"strings"
)

// Quantity is an exact amount of goods: a count of thousandths of the product's
// base unit (480 bags are 480,000; 18.4 kg are 18,400). It is never a float, so
// that eight modulo 1.6 is nought.
type Quantity int64

// Unit is one whole base unit.
const Unit Quantity = 1000

// MaxQuantity is the greatest quantity accepted anywhere: a thousand million
// thousandths of a unit. The database's domain holds the same bound.
const MaxQuantity Quantity = 1_000_000_000_000

// Units gives n whole base units.
func Units(n int64) Quantity { return Quantity(n) * Unit }

// ParseQuantity reads a decimal number of base units with at most three
// decimals: "480", "18.4", "1,200.500", and their full-width forms. A comma is
// taken only as a thousands separator in its right place. More than three
// decimals are refused, not rounded. The error is an Invalid *Error.
func ParseQuantity(s string) (Quantity, error) {
	n, err := parseDecimal(s, 3)
	if err != nil {
		return 0, err
	}
	if n > int64(MaxQuantity) || n < -int64(MaxQuantity) {
		return 0, Errorf(Invalid, "", "%q is out of range", s)
	}
	return Quantity(n), nil
}

// String gives the shortest exact decimal: "480", "18.4", "-1.6".
func (q Quantity) String() string { return formatDecimal(int64(q), 3, 0, false) }

// Grouped gives the decimal with thousands separators and at least so many decimals
// (0 to 3): "1,240", "18.400".
func (q Quantity) Grouped(least int) string { return formatDecimal(int64(q), 3, least, true) }

// Float is the quantity in base units, for statistics only.
func (q Quantity) Float() float64 { return float64(q) / float64(Unit) }

// IsMultipleOf tells whether q is an exact whole multiple of step (§3.1.4). A
// step that is not positive divides nothing.
func (q Quantity) IsMultipleOf(step Quantity) bool {
	return step > 0 && q%step == 0
}

// Neighbours gives the exact multiples of step just below and just above q. If q
// is itself a multiple both are q. Below is 0 when there is no positive multiple
// below; nought is never offered to a store, so callers test below > 0. The step
// must be positive.
func (q Quantity) Neighbours(step Quantity) (below, above Quantity) {
	if step <= 0 || q <= 0 {
		return 0, 0
	}
	below = q - q%step
	if below == q {
		return q, q
	}
	return below, below + step
}

// Times gives how many steps q is, in hundredths, rounded half up: 18.3 kg at
// 0.5 kg is 3660. It is for words only. The step must be positive.
func (q Quantity) Times(step Quantity) int64 {
	if step <= 0 {
		return 0
	}
	return mulDivHalfUp(int64(q), 100, int64(step))
}

// mulDivHalfUp gives a×b÷c rounded half away from nought, exact in 128 bits. The
// divisor must be positive.
func mulDivHalfUp(a, b, c int64) int64 {
	neg := (a < 0) != (b < 0)
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	lo, carry := bits.Add64(lo, uint64(c)/2, 0)
	hi += carry
	if hi >= uint64(c) {
		hi = uint64(c) - 1 // out of range: saturate, the domains refuse it
	}
	quo, _ := bits.Div64(hi, lo, uint64(c))
	const top = uint64(1)<<63 - 1
	if quo > top {
		quo = top
	}
	if neg {
		return -int64(quo)
	}
	return int64(quo)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// fold brings the characters an input method makes of digits and marks to their
// ASCII forms: full-width forms, and the ideographic full stop between digits.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == 0x3002:
			return '.'
		case r == 0x3000:
			return ' '
		}
		return r
	}, s)
}

// parseDecimal reads a decimal number as a count of 10^-places.
func parseDecimal(in string, places int) (int64, error) {
	s := strings.TrimSpace(fold(in))
	bad := func(why string) (int64, error) {
		return 0, Errorf(Invalid, "", "%q is not a number: %s", clip(in, 24), why)
	}
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")
	whole, frac, hasPoint := strings.Cut(s, ".")
	if whole == "" && frac == "" {
		return bad("it has no digits")
	}
	whole, ok := ungroup(whole)
	if !ok {
		return bad("a comma stands in the wrong place")
	}
	if hasPoint && frac == "" {
		return bad("nothing follows the point")
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > places {
		return bad("at most " + strconv.Itoa(places) + " decimals are kept")
	}
	digits := whole + frac + strings.Repeat("0", places-len(frac))
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return bad("it has other characters than digits")
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return bad("it is too large")
	}
	if neg {
		n = -n
	}
	return n, nil
}

// ungroup takes thousands separators out and says whether they stood rightly.
func ungroup(s string) (string, bool) {
	if !strings.Contains(s, ",") {
		return s, true
	}
	parts := strings.Split(s, ",")
	if len(parts[0]) < 1 || len(parts[0]) > 3 {
		return "", false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func formatDecimal(n int64, places, least int, group bool) string {
	sign := ""
	if n < 0 {
		sign = "-"
	}
	s := strconv.FormatUint(magnitude(n), 10)
	if len(s) <= places {
		s = strings.Repeat("0", places-len(s)+1) + s
	}
	whole, frac := s[:len(s)-places], s[len(s)-places:]
	for len(frac) > least && strings.HasSuffix(frac, "0") {
		frac = frac[:len(frac)-1]
	}
	if group {
		whole = groupThousands(whole)
	}
	if frac == "" {
		return sign + whole
	}
	return sign + whole + "." + frac
}

func groupThousands(s string) string {
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "~"
}
