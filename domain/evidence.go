package domain

import "time"

// Evidence is the snapshot of numbers an anomaly was raised on. It never changes
// with later rules or data, and every sentence about the anomaly, in either
// language, is made from it. Quantities are thousandths of the base unit, money is
// fen, shares are per million. A field that has no sense for a kind is left out.
type Evidence struct {
	Product    ProductCode `json:"product,omitempty"`
	Line       int         `json:"line,omitempty"`     // the line that is odd, from 1
	Quantity   Quantity    `json:"quantity,omitempty"` // ordered; attempted; to be exchanged or returned
	Price      Money       `json:"price,omitempty"`    // per base unit, as ordered
	Expected   Quantity    `json:"expected,omitempty"` // what the method expected
	UsualLow   Quantity    `json:"usual_low,omitempty"`
	UsualHigh  Quantity    `json:"usual_high,omitempty"`
	Median     Quantity    `json:"median,omitempty"`
	Recent     []Quantity  `json:"recent,omitempty"`      // this store's last orders of it, oldest first
	RecentDays []string    `json:"recent_days,omitempty"` // their business days, ISO
	Ratio100   int64       `json:"ratio_100,omitempty"`   // observed against median or expected, hundredths
	Earlier    int         `json:"earlier,omitempty"`     // earlier orders of it by this store, or of the store for amounts
	Everywhere int         `json:"everywhere,omitempty"`  // lines of this product at all stores
	RarePPM    int64       `json:"rare_ppm,omitempty"`    // share of all lines of the product with this quantity or more
	P999       Quantity    `json:"p999,omitempty"`        // 99.9 % of all lines of the product are below it
	RestNormal bool        `json:"rest_normal,omitempty"` // the other lines of the order are as usual
	Multiple   string      `json:"multiple,omitempty"`    // what the slip looks like: "x10", "x100", "doubled", "case", "extra_digit", "jin"
	Likely     Quantity    `json:"likely,omitempty"`      // the quantity without that slip

	Amount       Money   `json:"amount,omitempty"`
	MedianAmount Money   `json:"median_amount,omitempty"`
	LowAmount    Money   `json:"low_amount,omitempty"`
	HighAmount   Money   `json:"high_amount,omitempty"`
	RecentAmount []Money `json:"recent_amount,omitempty"`
	Limit        Money   `json:"limit,omitempty"`       // the limit on the amount that was passed
	WithoutOdd   Money   `json:"without_odd,omitempty"` // the order's total were the odd line usual
	OddLines     []int   `json:"odd_lines,omitempty"`
	Lines        int     `json:"lines,omitempty"` // lines in the order

	Step     Quantity `json:"step,omitempty"`
	StepSeen Quantity `json:"step_seen,omitempty"`
	Below    Quantity `json:"below,omitempty"` // neighbouring multiple, absent when there is none
	Above    Quantity `json:"above,omitempty"`
	Times100 int64    `json:"times_100,omitempty"` // quantity in steps, hundredths

	Stock     *Quantity `json:"stock,omitempty"`     // in the system when judged
	Available *Quantity `json:"available,omitempty"` // of it not yet taken

	// Of what was told: by an event, or by what is missing from an order.
	Event      EventID       `json:"event,omitempty"`
	Told       WhyTold       `json:"told,omitempty"`   // the reason given with it
	Found      WhyTold       `json:"found,omitempty"`  // the reason found here for a refused attempt, the step first (§1.3)
	Text       string        `json:"text,omitempty"`   // in the store's or the platform's own words
	Caller     string        `json:"caller,omitempty"` // who rang
	Slip       string        `json:"slip,omitempty"`   // of a weighing slip or photo
	By         Login         `json:"by,omitempty"`     // who entered it at the desk
	Items      []Item        `json:"items,omitempty"`  // what is missing, or what is wanted instead; the dearest first, at most MaxItems
	ItemsInAll int           `json:"items_in_all,omitempty"`
	Received   *Quantity     `json:"received,omitempty"`
	Difference Quantity      `json:"difference,omitempty"` // received less ordered: below nought is short
	Tolerance  Quantity      `json:"tolerance,omitempty"`  // the larger of the share and the absolute one
	ReceivedAt *time.Time    `json:"received_at,omitempty"`
	Repeats    OrderNo       `json:"repeats,omitempty"`     // the earlier order of the day
	RepeatsAt  *time.Time    `json:"repeats_at,omitempty"`  // when that was placed
	RepeatsOf  int           `json:"repeats_of,omitempty"`  // lines of that one
	SameLines  int           `json:"same_lines,omitempty"`  // lines it has with that one, product and quantity
	Stage      Stage         `json:"stage,omitempty"`       // that is late, or will be
	StageDue   *time.Time    `json:"stage_due,omitempty"`   // when it was promised for
	Since      *time.Time    `json:"since,omitempty"`       // when the stage before it was reached
	PlanDue    *time.Time    `json:"plan_due,omitempty"`    // when the delivery is planned for
	Category   string        `json:"category,omitempty"`    // whose promise it is, where a category has its own
	Perishable Money         `json:"perishable,omitempty"`  // of the amount, what counts double
	Foreseen   bool          `json:"foreseen,omitempty"`    // it has not happened yet, but will
	Refusals   int           `json:"refusals,omitempty"`    // attempts of the day that were refused, this one included
	Day        string        `json:"day,omitempty"`         // the business day that lacks something, ISO
	Orders     int           `json:"orders,omitempty"`      // the store's orders of that day
	LateOrders []OrderNo     `json:"late_orders,omitempty"` // placed outside the window
	Status     ProductStatus `json:"status,omitempty"`      // of the product when it was judged
	Cause      string        `json:"cause,omitempty"`       // what anomalies of several orders have in common

	Score1000     int64  `json:"score_1000,omitempty"`     // the method's score, thousandths
	Threshold1000 int64  `json:"threshold_1000,omitempty"` // what it had to pass
	HardLimit     string `json:"hard_limit,omitempty"`     // name of the setting that was passed, if a hard one
	SoftLimit     string `json:"soft_limit,omitempty"`     // the same for one that only flags
	// The limit that was passed, if it bounds a quantity or a multiple (hundredths) of the usual.
	LimitQuantity Quantity `json:"limit_quantity,omitempty"`
	LimitRatio100 int64    `json:"limit_ratio_100,omitempty"`
	// An exemption that was in force and did not reach so far: up to what, and its last day, ISO.
	QuietTo       Quantity `json:"quiet_to,omitempty"`
	QuietToAmount Money    `json:"quiet_to_amount,omitempty"`
	QuietUntil    string   `json:"quiet_until,omitempty"`
	Rule          string   `json:"rule"`
	RuleVersion   int      `json:"rule_version"`
}

// Item is one product of an anomaly that is about several.
type Item struct {
	Line     int         `json:"line,omitempty"` // of the order, 0: not one of it
	Product  ProductCode `json:"product"`
	Quantity Quantity    `json:"quantity"`        // ordered, 0: not at all
	Wanted   Quantity    `json:"wanted"`          // asked for instead, or usual; 0: not at all
	Price    Money       `json:"price,omitempty"` // per base unit
	Times    int         `json:"times,omitempty"` // of the last Of chances it was ordered
	Of       int         `json:"of,omitempty"`    //
	Gap      GapKind     `json:"gap,omitempty"`   // of a replenishment: what became of it
}

// RuleTold is the rule of a gap at a store whose refused attempt was put right.
const RuleTold = "correction_told"

// MaxItems bounds the items of an evidence, as what comes in is bounded; ItemsInAll
// tells how many there were.
const MaxItems = 100

// GapKind says how something that should be in a day's order is not.
type GapKind string

// The gaps (§3.1.8).
const (
	GapMissing GapKind = ""        // regular, and not ordered
	GapDropped GapKind = "dropped" // it was in an order of the day, and no one took it out here
	GapLate    GapKind = "late"    // it came, or was tried, outside the window
)
