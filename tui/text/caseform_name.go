package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cleardesk/domain"
)

// ShortProduct is a product's name without its size, as it stands in a sentence:
// "fresh milk" of "Fresh milk 250 ml".
func (c *Catalog) ShortProduct(name, nameEn string) string {
	full := c.Pick(name, nameEn)
	short := full
	if i := strings.IndexFunc(full, unicode.IsDigit); i > 0 {
		short = full[:i]
	}
	if short = strings.TrimRight(short, " ,;(-/"); short == "" {
		return full
	}
	first, n := utf8.DecodeRuneInString(short)
	if second, _ := utf8.DecodeRuneInString(short[n:]); unicode.IsUpper(first) && unicode.IsLower(second) {
		return strings.ToLower(short[:n]) + short[n:]
	}
	return short
}

// SpokenProduct is the name as one says it on the phone, as short as it is still
// clear: "milk". How it is kept goes without saying.
func (c *Catalog) SpokenProduct(name, nameEn string) string {
	short := c.ShortProduct(name, nameEn)
	if c.Lang != English {
		return short
	}
	for {
		word, rest, ok := strings.Cut(short, " ")
		if !ok || !slices.Contains([]string{"fresh", "frozen", "chilled", "organic", "large", "small"}, word) {
			return short
		}
		short = rest
	}
}

// Choice names a choice about an anomaly of a kind.
func (c *Catalog) Choice(k domain.Kind, choice domain.Choice, ordered bool) string {
	if s, ok := c.Case.Ask.NoOrder[choice]; ok && !ordered {
		return s
	}
	if s, ok := c.Case.Ask.KindChoices[k][choice]; ok {
		return s
	}
	return named(c.Case.Ask.Choices, choice)
}
