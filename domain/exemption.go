package domain

import "time"

// Exemption makes the statistics quieter about one thing at one store until its end
// date: what a person found to be right but unusual, or a false alarm. Up to the
// confirmed times a factor nothing is flagged; beyond it, and beyond a hard limit, it
// is. It only ever concerns quantity_surge and amount_surge: the other rules tell of
// facts, which are mended and not grown used to.
type Exemption struct {
	ID       ExemptionID
	Store    StoreCode
	Product  ProductCode // empty: the order's amount
	Kind     Kind
	Quantity Quantity // confirmed; 0 for the order's amount
	Amount   Money    // confirmed, of the order; 0 for a line
	Ratio100 int64    // the factor, in hundredths
	From     time.Time
	Until    time.Time // the first moment it holds no more, unless it was ended before
	Record   RecordID
	By       Login
	EndedAt  *time.Time // by a manager, before Until
	EndedBy  string

	ProductName   string // for the words
	ProductNameEn string
	Unit          string
	UnitEn        string
	ByName        string
	ByNameEn      string
}

// ends is when it holds no more.
func (e Exemption) ends() time.Time {
	if e.EndedAt != nil && e.EndedAt.Before(e.Until) {
		return *e.EndedAt
	}
	return e.Until
}

// HoldsAt tells whether it is in force at t.
func (e Exemption) HoldsAt(t time.Time) bool { return !t.Before(e.From) && t.Before(e.ends()) }

// UpTo is the greatest quantity it covers, 0 for the order's amount.
func (e Exemption) UpTo() Quantity {
	return min(Quantity(int64(e.Quantity)*e.Ratio100/100), MaxQuantity)
}

// UpToAmount is the greatest amount it covers, 0 for a line.
func (e Exemption) UpToAmount() Money { return min(Money(int64(e.Amount)*e.Ratio100/100), MaxMoney) }

// Wider tells whether it covers more than the other one of the same thing.
func (e Exemption) Wider(other Exemption) bool {
	return e.UpTo() > other.UpTo() || e.UpToAmount() > other.UpToAmount()
}

// QuietTerms are how long and how far the statistics are quieter after a person's
// word. The zero value makes no exemptions.
type QuietTerms struct {
	Days     int
	Ratio100 int64
}

// Bounds of the terms. The database has the same.
const (
	mostQuietDays  = 366
	leastQuiet100  = 100
	mostQuietRatio = 10_000
)

// QuietTerms gives what is set for the platform.
func (s Settings) QuietTerms() QuietTerms {
	ratio, _ := s.Hundredths("detect.quiet_ratio", Where{})
	return QuietTerms{
		Days:     min(s.Int("detect.quiet_days"), mostQuietDays),
		Ratio100: min(max(ratio, leastQuiet100), mostQuietRatio),
	}
}

// Quietens tells whether an anomaly that ends for a reason makes an exemption. What
// passed a hard limit makes none: the limit goes on holding.
func (t QuietTerms) Quietens(a Anomaly, why CloseReason) bool {
	return t.Days > 0 && !a.Hard && (a.Kind == QuantitySurge || a.Kind == AmountSurge) &&
		(why == UnusualRight || why == RuleWrong)
}

// QuieterHere lists those of the store's exemptions in force that concern the case:
// its amount and the products of its order.
func (f CaseFile) QuieterHere() []Exemption {
	var out []Exemption
	for _, x := range f.Memory.Quieter {
		if _, ordered := f.Products[x.Product]; ordered || x.Product == "" {
			out = append(out, x)
		}
	}
	return out
}
