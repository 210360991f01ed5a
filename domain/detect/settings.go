package detect

import "cleardesk/domain"

// Settings are the platform-wide parameters of the statistics. Changing them
// changes flags, never what has been learnt.
type Settings struct {
	// LineBudget is the share of lines, per million, that may be flagged as quantity
	// surges by the statistics. The threshold follows the running quantile of the score.
	LineBudget int
	// OrderBudget is the same for orders and excessive amounts.
	OrderBudget int
	// LineFloor is the least surplus over the usual, in fen, for which a line is
	// worth a call.
	LineFloor domain.Money
	// OrderFloor is the same for the amount of an order.
	OrderFloor domain.Money
	// LearnHeld learns lines and orders that are held at once, winsorised, as if they
	// had been accepted. It is for streams on which nobody decides (a backtest).
	LearnHeld bool
}

// Defaults gives the settings a new platform starts with: one line and one order
// in a hundred, and a floor of ten yuan a line and a hundred an order.
func Defaults() Settings {
	return Settings{LineBudget: 10_000, OrderBudget: 10_000, LineFloor: 10 * domain.Yuan, OrderFloor: 100 * domain.Yuan}
}

// Limits are the limits in force for one order, resolved by the caller to the
// narrowest scope. The zero value has none: only the statistics, the steps and the
// stock are judged. A hard limit holds, a soft one only flags.
type Limits struct {
	Amount AmountLimits
	Line   LineLimits         // for every line without its own
	Lines  map[int]LineLimits // by line number, replacing Line as a whole
}

// AmountLimits bound the total of an order, in fen; 0 means no limit. A store's
// own cash-on-delivery limit replaces Hard (§3.1.3).
type AmountLimits struct {
	Hard domain.Money
	Soft domain.Money
}

// LineLimits bound one line; 0 means no limit. Multiples are in hundredths of what
// this store usually orders of the product: 500 is five times.
type LineLimits struct {
	HardMultiple int64
	SoftMultiple int64
	HardQuantity domain.Quantity
	SoftQuantity domain.Quantity
	Floor        domain.Money // least surplus worth a call, for Settings.LineFloor; 0: that one
}

// Names of the limits as they stand in Evidence.HardLimit.
const (
	LimitMultiple = "max_multiple"
	LimitQuantity = "max_quantity"
	LimitAmount   = "max_amount"
	LimitCOD      = "cod_limit"
)

// of gives the limits of line no.
func (l Limits) of(no int) LineLimits {
	if own, ok := l.Lines[no]; ok {
		return own
	}
	return l.Line
}

// tuning holds the constants of the statistics. They were found on real order
// streams and are insensitive: halving or doubling one moves little.
type tuning struct {
	decay        float64 // weight of a pair's past, per order of it
	pairPrior    float64 // orders the pooled expectation counts for
	varPrior     float64 // orders the product's variance counts for, per pair
	productPrior float64 // lines the platform's level counts for, per product
	storePrior   float64 // lines a store level of nought counts for
	productVar   float64 // lines the platform's variance counts for, per product
	contextClip  float64 // residuals beyond are clipped before they make a context
	contextPrior float64 // lines of nought the other lines of an order compete with
	productShare float64 // how much of the product's move at other stores is expected here
	halfLife     float64 // days after which such a move counts half
	winsor       float64 // standard deviations beyond which what is learnt is clipped
	amountDecay  float64
	amountPrior  float64
	amountVar    float64
}

func defaultTuning() tuning {
	return tuning{
		decay: 0.9, pairPrior: 1, varPrior: 16, productPrior: 5, storePrior: 1, productVar: 50,
		contextClip: 1.5, contextPrior: 1, productShare: 0.8, halfLife: 10, winsor: 6,
		amountDecay: 0.95, amountPrior: 1, amountVar: 8,
	}
}
