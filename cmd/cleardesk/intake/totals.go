package intake

import (
	"time"

	"cleardesk/domain"
)

// TotalRow is what the platform itself counted for a business day.
type TotalRow struct {
	Row       int       // line of the file, from 1
	Day       time.Time // midnight UTC
	Orders    int
	Amount    domain.Money
	CountedAt *time.Time // orders placed after it are not counted; nil: the whole day is
}

const (
	totalDay = iota
	totalOrders
	totalAmount
	totalCountedAt
)

// maxDayOrders is more orders than a day can have.
const maxDayOrders = 100_000_000

// DayTotals are files with one line a business day (§4.4.1).
func DayTotals() Kind[TotalRow] {
	return Kind[TotalRow]{
		name: "day-totals", key: totalDay, nested: -1, parse: parseTotal,
		columns: []Column{
			totalDay:       {"day", true},
			totalOrders:    {"orders", true},
			totalAmount:    {"amount", true},
			totalCountedAt: {"counted_at", false},
		},
	}
}

func parseTotal(f *fields) TotalRow {
	t := TotalRow{Row: f.line, Orders: f.number(totalOrders, maxDayOrders), Amount: f.price(totalAmount)}
	y, m, d := f.moment(totalDay).In(f.zone).Date()
	t.Day = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if at := f.moment(totalCountedAt); !at.IsZero() {
		t.CountedAt = &at
	}
	return t
}
