package text

import (
	"strings"
	"time"

	"cleardesk/domain"
)

// CauseWords are the words of what anomalies of several orders have in common.
type CauseWords struct {
	Exchange func(name, day string) string
	Step     func(name string) string
	Stock    func(name string) string
	Attempt  func(name, why string) string
	Other    func(name, cause string) string
	Open     func(open, all int) string
	Sentence func(what string, open, all int) string
	Stores   func(n int) string
}

func causeEnglish() CauseWords {
	return CauseWords{
		Exchange: func(n, day string) string {
			if day != "" {
				day += " on"
			}
			return listed(" ", n+" exchange", day)
		},
		Step:    func(n string) string { return n + " one step" },
		Stock:   func(n string) string { return n + " out of stock" },
		Attempt: func(n, why string) string { return listed(": ", n+" refused", why) },
		Other:   func(n, cause string) string { return listed(" ", n, cause) },
		Open:    func(open, all int) string { return itoa(open) + " of " + itoa(all) + " open" },
		Sentence: func(what string, open, all int) string {
			return what + ": " + count(all, "case", "cases") + " with this one cause, " + itoa(open) + " open"
		},
		Stores: func(n int) string { return count(n, "store", "stores") + " +" },
	}
}

func causeChinese() CauseWords {
	return CauseWords{
		Exchange: func(n, day string) string { return n + day + "起要换" },
		Step:     func(n string) string { return n + " 同一步长" },
		Stock:    func(n string) string { return n + " 缺货" },
		Attempt:  func(n, why string) string { return n + " 被拒" + during(": ", why) },
		Other:    func(n, cause string) string { return listed(" ", n, cause) },
		Open:     func(open, all int) string { return itoa(all) + "条未结" + itoa(open) },
		Sentence: func(what string, open, all int) string {
			return what + ": 同一原因共" + itoa(all) + "条, 未结" + itoa(open) + "条"
		},
		Stores: func(n int) string { return itoa(n) + "家店 +" },
	}
}

// Cause says what the members of a cause have in common, without how many they are.
func (c *Catalog) Cause(r domain.QueueRow) string {
	w := c.Kinds.Cause
	words := strings.Fields(r.Cause)
	if len(words) < 2 {
		return w.Other(c.Pick(r.ProductName, r.ProductNameEn), r.Cause)
	}
	name := c.Pick(r.ProductName, r.ProductNameEn)
	if name == "" {
		name = words[1]
	}
	last := ""
	if len(words) > 2 {
		last = words[2]
	}
	switch words[0] {
	case "exchange":
		if day, err := time.Parse(time.DateOnly, last); err == nil {
			last = c.Date(day)
		}
		return w.Exchange(name, last)
	case "step":
		return w.Step(name)
	case "stock":
		return w.Stock(name)
	case "attempt":
		return w.Attempt(name, named(c.Kinds.Shared.Told, domain.WhyTold(last)))
	}
	return w.Other(name, r.Cause)
}

// CauseWhy is the one line of a cause in a list.
func (c *Catalog) CauseWhy(r domain.QueueRow) string {
	return listed(c.Values.Join, c.Cause(r), c.Kinds.Cause.Open(r.MembersOpen, r.Members))
}
