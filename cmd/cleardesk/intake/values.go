package intake

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cleardesk/domain"
)

const (
	maxCode = 64  // characters of a code
	maxName = 200 // characters of a name
)

// fail keeps the first thing wrong with a row.
func (f *fields) fail(col int, format string, args ...any) {
	if f.bad == "" {
		f.bad = f.cols[col].Name + ": " + fmt.Sprintf(format, args...)
	}
}

// cell gives a cell's text; a required one that is empty fails the row.
func (f *fields) cell(col int) string {
	s := f.vals[col]
	if s == "" && f.cols[col].Required {
		f.fail(col, "it is empty")
	}
	return s
}

// code reads an identifier: 1 to 64 characters, none of them invisible, so that
// two codes that look the same are the same.
func (f *fields) code(col int) string {
	s := f.cell(col)
	if len(s) > maxCode && utf8.RuneCountInString(s) > maxCode {
		f.fail(col, "%s is longer than %d characters", Show(s), maxCode)
	}
	for _, r := range s {
		if invisible(r) {
			f.fail(col, "%s holds characters that cannot be seen", Show(s))
			break
		}
	}
	return s
}

func invisible(r rune) bool {
	if r >= ' ' && r < 0x7F {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}

// name reads a short text. Control characters in it become spaces.
func (f *fields) name(col int) string {
	s := strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == 0:
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, f.cell(col)))
	if len(s) > maxName && utf8.RuneCountInString(s) > maxName {
		f.fail(col, "it is longer than %d characters", maxName)
	}
	return s
}

// quantity reads a quantity above nought, 0 when the cell is empty.
func (f *fields) quantity(col int) domain.Quantity {
	q := f.amount(col)
	if q <= 0 && f.vals[col] != "" {
		f.fail(col, "%s is not above nought", Show(f.vals[col]))
	}
	return q
}

// amount reads a quantity of nought or more, 0 when the cell is empty.
func (f *fields) amount(col int) domain.Quantity {
	s := f.cell(col)
	if s == "" {
		return 0
	}
	q, err := domain.ParseQuantity(s)
	if err != nil {
		f.fail(col, "%s", message(err))
	} else if q < 0 {
		f.fail(col, "%s is below nought", Show(s))
	}
	return q
}

// some gives a quantity only where it is above nought: a step or a case of nought
// does not exist.
func (f *fields) some(col int) *domain.Quantity {
	if q := f.amount(col); q > 0 {
		return &q
	}
	return nil
}

// money reads an amount of nought or more, nil when the cell is empty.
func (f *fields) money(col int) *domain.Money {
	s := f.cell(col)
	if s == "" {
		return nil
	}
	m := f.yuan(col, s)
	return &m
}

// price reads a required amount of nought or more.
func (f *fields) price(col int) domain.Money {
	s := f.cell(col)
	if s == "" {
		return 0
	}
	return f.yuan(col, s)
}

func (f *fields) yuan(col int, s string) domain.Money {
	m, err := domain.ParseMoney(s)
	if err != nil {
		f.fail(col, "%s", message(err))
	} else if m < 0 {
		f.fail(col, "%s is below nought", Show(s))
	}
	return m
}

// number reads a whole number from 0 to most, 0 when the cell is empty.
func (f *fields) number(col, most int) int {
	s := f.cell(col)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > most {
		f.fail(col, "%s is not a whole number from 0 to %d", Show(s), most)
	}
	return n
}

// yes reads a truth value, false when the cell is empty.
func (f *fields) yes(col int) bool {
	switch s := f.cell(col); strings.ToLower(s) {
	case "true", "t", "yes", "y", "1":
		return true
	case "", "false", "f", "no", "n", "0":
		return false
	default:
		f.fail(col, "%s is neither true nor false", Show(s))
		return false
	}
}

// message is an error's own line, without what was being done.
func message(err error) string {
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Msg != "" {
		return e.Msg
	}
	return err.Error()
}

// timeMemo remembers the last time read: the lines of an order share one.
type timeMemo struct {
	text string
	at   time.Time
}

// moment reads a time. One without a zone is in the platform's.
func (f *fields) moment(col int) time.Time {
	s := f.cell(col)
	if s == "" {
		return time.Time{}
	}
	if s == f.times.text {
		return f.times.at
	}
	at, err := ParseTime(s, f.zone)
	if err != nil {
		f.fail(col, "%s", message(err))
		return time.Time{}
	}
	f.times.text, f.times.at = s, at
	return at
}

// ParseTime reads a time in one of a few fixed forms, the year first: RFC 3339,
// "2026-05-01 13:04:05" (or with T, or without seconds), "2026-05-01", and with
// slashes "2026/5/1 13:04". One without a zone is in zone. Years outside 2000 to
// 2100 are refused. The error is an Invalid *domain.Error.
func ParseTime(s string, zone *time.Location) (time.Time, error) {
	at, err := time.ParseInLocation(timeLayout(s), s, zone)
	if err != nil {
		return time.Time{}, domain.Errorf(domain.Invalid, "", "%s is not a time such as 2026-05-01 13:04", Show(s))
	}
	if y := at.Year(); y < 2000 || y > 2100 {
		return time.Time{}, domain.Errorf(domain.Invalid, "", "%s is not between the years 2000 and 2100", Show(s))
	}
	return at.Truncate(time.Microsecond), nil
}

// timeLayout picks the one layout s can have.
func timeLayout(s string) string {
	if strings.Contains(s, "/") {
		switch strings.Count(s, ":") {
		case 0:
			return "2006/1/2"
		case 1:
			return "2006/1/2 15:04"
		default:
			return "2006/1/2 15:04:05"
		}
	}
	switch {
	case len(s) <= len("2006-01-02"):
		return "2006-01-02"
	case len(s) == len("2006-01-02T15:04") && s[10] == 'T':
		return "2006-01-02T15:04"
	case len(s) == len("2006-01-02 15:04"):
		return "2006-01-02 15:04"
	case len(s) == len("2006-01-02T15:04:05") && s[10] == 'T':
		return "2006-01-02T15:04:05"
	case len(s) == len("2006-01-02 15:04:05"):
		return "2006-01-02 15:04:05"
	default:
		return time.RFC3339
	}
}

// Show makes a text from outside fit for a message: short, one line, and nothing
// in it that could not be seen.
func Show(s string) string {
	const most = 40
	r := []rune(s)
	cut := ""
	if len(r) > most {
		r, cut = r[:most], "~"
	}
	s = string(r)
	for _, c := range s {
		if c == '"' || c == utf8.RuneError || !unicode.IsPrint(c) {
			return strconv.Quote(s) + cut
		}
	}
	if strings.ContainsAny(s, " ,;") || s == "" {
		return `"` + s + `"` + cut
	}
	return s + cut
}
