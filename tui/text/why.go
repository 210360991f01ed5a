package text

import (
	"strings"
	"time"
	"unicode/utf8"

	"cleardesk/domain"
)

// Why says in one line, for lists, why the row is there. The text is not cleaned:
// it holds names from outside. now is in the desk's zone; where it is zero, times of
// day are left out.
func (c *Catalog) Why(r domain.QueueRow, now time.Time) string {
	name, rest := c.WhyParts(r, false, now)
	return name + rest
}

// WhyParts gives Why as the name of the thing, which may be cut where there is little
// room, and the rest with the numbers, which must not. Amounts have no name. Short
// leaves out what can be left out of what the numbers are compared with.
func (c *Catalog) WhyParts(r domain.QueueRow, short bool, now time.Time) (name, rest string) {
	t := c.telling(domain.CaseFile{Row: r}, domain.Anomaly{Kind: r.Kind, Evidence: r.Why}, now)
	whole := c.why(t)
	if words, ok := c.Kinds.of(r.Kind).(briefWords); ok && short {
		if brief := words.brief(t); brief != "" {
			whole = brief
		}
	}
	if r.IsCause() {
		whole = c.CauseWhy(r)
		if short { // how many are open stands in a column of its own
			whole = c.Cause(r)
		}
	}
	name = t.name()
	rest, named := strings.CutPrefix(whole, name)
	if !named {
		return "", whole
	}
	return name, rest
}

func (c *Catalog) why(t telling) string {
	if words := c.Kinds.of(t.kind); words != nil {
		return words.why(t)
	}
	return string(t.row.OrderNo)
}

// Counted is a thing with how much of it: "鲜牛奶480袋", "Milk 480 bags". A Chinese
// name that ends in a letter or digit keeps a space before the number.
func (c *Catalog) Counted(what string, q domain.Quantity, unit, unitEn string) string {
	gap := " "
	if last, _ := utf8.DecodeLastRuneInString(what); c.Lang == Chinese && last >= utf8.RuneSelf {
		gap = ""
	}
	return what + gap + c.Quantity(q, unit, unitEn)
}
