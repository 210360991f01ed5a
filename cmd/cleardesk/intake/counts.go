package intake

import (
	"strings"
	"time"
	"unicode"

	"cleardesk/domain"
)

// CountRow is a product's stock as somebody counted it (§4.1.6).
type CountRow struct {
	Row      int // line of the file, from 1
	Key      string
	Product  domain.ProductCode
	Quantity domain.Quantity // in base units, at least nought
	Weight   bool            // it was told as a weight: of goods sold by weight only
	At       time.Time
	Counter  string // who counted
}

const (
	countProduct = iota
	countQuantity
	countAt
	countBy
)

// Counts are files with one line a count. A count is known by its product and its time.
func Counts() Kind[CountRow] {
	return Kind[CountRow]{
		name: "counts", nested: -1, parse: parseCount, keyOf: countKey,
		columns: []Column{
			countProduct:  {"product", true},
			countQuantity: {"quantity", true},
			countAt:       {"at", true},
			countBy:       {"by", false},
		},
	}
}

func parseCount(f *fields) CountRow {
	c := CountRow{
		Row: f.line, Key: countKey(f), Product: domain.ProductCode(f.code(countProduct)), At: f.moment(countAt), Counter: f.name(countBy),
	}
	if s := strings.TrimSpace(f.vals[countQuantity]); strings.IndexFunc(s, unicode.IsLetter) >= 0 {
		c.Quantity, c.Weight = f.weight(countQuantity), true
	} else {
		c.Quantity = f.amount(countQuantity)
	}
	return c
}

func countKey(f *fields) string {
	at, err := ParseTime(f.vals[countAt], f.zone)
	if err != nil {
		return ""
	}
	return keyOf(f.vals[countProduct], at.UTC().Format("2006-01-02T15:04:05.999999Z"))
}
