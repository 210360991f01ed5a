package domain

import "time"

// Precision counts what became of what one version of a rule raised in one month of
// the platform's zone. Raised is Open and Decided; Decided is the other four.
type Precision struct {
	Month    time.Time // its first day, UTC
	Rule     string
	Version  int
	Raised   int
	Open     int
	Decided  int
	Right    int // confirmed: a real error
	Unusual  int // right but unusual
	Wrong    int // false alarms
	Master   int // the master data was wrong
	Quietens int // exemptions made of them
	Missed   int // orders refused at the door in which no rule had found anything to hold; of NoRule only
}

// NoRule stands in a rule's place where what counts is what none of them found.
const NoRule = "none"

// Judged is how many decisions tell of the rule. Wrong master data does not: neither
// did the store err nor the rule.
func (p Precision) Judged() int { return p.Right + p.Unusual + p.Wrong }

// Share is the part of Judged that were real errors, and whether there is any.
func (p Precision) Share() (float64, bool) {
	if p.Judged() == 0 {
		return 0, false
	}
	return float64(p.Right) / float64(p.Judged()), true
}

// Interval is the 95 % interval of Share.
func (p Precision) Interval() (low, high float64) { return Wilson(p.Right, p.Judged()) }

// Add gives the two counted together, under the month, rule and version of p.
func (p Precision) Add(o Precision) Precision {
	p.Raised += o.Raised
	p.Open += o.Open
	p.Decided += o.Decided
	p.Right += o.Right
	p.Unusual += o.Unusual
	p.Wrong += o.Wrong
	p.Master += o.Master
	p.Quietens += o.Quietens
	p.Missed += o.Missed
	return p
}

// PrecisionSums are the counts of each rule and version over all months, in the order in
// which they first come; their month is the zero time.
func PrecisionSums(counted []Precision) []Precision {
	var out []Precision
	place := map[Precision]int{}
	for _, p := range counted {
		k := Precision{Rule: p.Rule, Version: p.Version}
		i, seen := place[k]
		if !seen {
			i = len(out)
			place[k] = i
			out = append(out, k)
		}
		out[i] = out[i].Add(p)
	}
	return out
}

// RuleItem is one anomaly a rule raised, or one order that it missed.
type RuleItem struct {
	At      time.Time
	Kind    Kind        // "": of an order that was missed
	Reason  CloseReason // "": nobody decided it
	Outcome Outcome     // "": open
	AtRisk  Money
	Of      Place
}
