package domain

// Money is an exact amount in fen (1/100 yuan). Credits and returns are negative,
// charges positive.
type Money int64

// Yuan is one yuan.
const Yuan Money = 100

// MaxMoney is the greatest amount accepted anywhere: ten thousand million yuan.
const MaxMoney Money = 1_000_000_000_000

// ParseMoney reads yuan with at most two decimals: "12", "12.50", "1,200.00". The
// error is an Invalid *Error.
func ParseMoney(s string) (Money, error) {
	n, err := parseDecimal(s, 2)
	if err != nil {
		return 0, err
	}
	if n > int64(MaxMoney) || n < -int64(MaxMoney) {
		return 0, Errorf(Invalid, "", "%q is out of range", s)
	}
	return Money(n), nil
}

// Amount is what a line costs: quantity times unit price, rounded half up to the
// fen, once a line.
func Amount(q Quantity, price Money) Money {
	return Money(mulDivHalfUp(int64(q), int64(price), int64(Unit)))
}

// String gives yuan and fen without a currency sign: "38400.00".
func (m Money) String() string { return formatDecimal(int64(m), 2, 2, false) }

// Grouped gives yuan and fen with thousands separators: "38,400.00". It is for
// places where something is decided.
func (m Money) Grouped() string { return formatDecimal(int64(m), 2, 2, true) }

// WholeYuan gives yuan rounded half up, with thousands separators: "38,400". It is
// for lists and never used in sums.
func (m Money) WholeYuan() string {
	return formatDecimal(mulDivHalfUp(int64(m), 1, 100), 0, 0, true)
}

// Float is the amount in yuan, for statistics only.
func (m Money) Float() float64 { return float64(m) / float64(Yuan) }
