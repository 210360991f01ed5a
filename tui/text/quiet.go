package text

import (
	"strings"
	"time"

	"cleardesk/domain"
)

// QuietWords tell of what the statistics let pass for a time, since a person found it
// right but unusual, or a false alarm.
type QuietWords struct {
	InForce func(what, upTo, date string) string
	Amount  string
	More    func(n int) string
	Passed  func(upTo, date string) string // what is flagged is beyond it
}

func quietEnglish() QuietWords {
	return QuietWords{
		InForce: func(what, upTo, d string) string { return "to " + d + " not flagged: " + what + " up to " + upTo },
		Amount:  "amount",
		More:    func(n int) string { return itoa(n) + " more" },
		Passed:  func(upTo, d string) string { return "past the " + upTo + " let pass to " + d },
	}
}

func quietChinese() QuietWords {
	return QuietWords{
		InForce: func(what, upTo, d string) string { return d + "前不因统计挂起: " + what + "到" + upTo },
		Amount:  "金额",
		More:    func(n int) string { return "另" + itoa(n) + "项" },
		Passed:  func(upTo, d string) string { return "超出" + d + "前放过的" + upTo },
	}
}

// Quieter says in one short line what the statistics let pass, "" for nothing: the
// first two, and how many more. Dates are of the zone.
func (c *Catalog) Quieter(all []domain.Exemption, zone *time.Location) string {
	const most = 2
	var parts []string
	for i, x := range all {
		if i == most {
			parts = append(parts, c.Queue.Odd.Quiet.More(len(all)-most))
			break
		}
		what, upTo := c.Queue.Odd.Quiet.Amount, c.Money(x.UpToAmount())
		if x.Product != "" {
			if what = c.Pick(x.ProductName, x.ProductNameEn); what == "" {
				what = string(x.Product)
			}
			upTo = c.Quantity(x.UpTo(), x.Unit, x.UnitEn)
		}
		parts = append(parts, c.Queue.Odd.Quiet.InForce(what, upTo, c.Date(x.Until.In(zone))))
	}
	return strings.Join(parts, c.Values.Join)
}

// QuietPassed says beyond which exemption a flag on a product or an amount lies, ""
// where none was in force.
func (c *Catalog) QuietPassed(e domain.Evidence, p domain.Product) string {
	day, err := time.Parse(time.DateOnly, e.QuietUntil)
	switch {
	case err != nil:
		return ""
	case e.QuietTo > 0:
		return c.Queue.Odd.Quiet.Passed(c.Quantity(e.QuietTo, p.Unit, p.UnitEn), c.Date(day))
	}
	return c.Queue.Odd.Quiet.Passed(c.Money(e.QuietToAmount), c.Date(day))
}
