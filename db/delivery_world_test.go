package db_test

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// deliveryDay is the business day these tests check, some days before today: its window has
// closed whatever the hour.
func deliveryDay(back int) time.Time {
	y, m, d := time.Now().In(shanghai()).AddDate(0, 0, -back).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// onDay makes an order of a business day in a state, of one line of water over an amount in
// fen, placed at 13:00 and n minutes; its number runs with n.
func (w *deskWorld) onDay(day time.Time, n int, store string, state domain.OrderState, fen int64) deskCase {
	w.Helper()
	at := time.Date(day.Year(), day.Month(), day.Day(), 13, 0, 0, 0, shanghai()).Add(time.Duration(n) * time.Minute)
	c := deskCase{no: fmt.Sprintf("%s-%04d", day.Format("0102"), n)}
	w.scan(&c.order, `INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content, accepted_at)
		VALUES ($1, $2, $3::timestamptz, $4, $5::text, $6, 1, true, '', CASE WHEN $5::text <> 'placed' THEN $3::timestamptz END) RETURNING id`,
		c.no, store, at, day.Format(time.DateOnly), string(state), fen)
	w.exec(`INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount) VALUES ($1, 1, 'P3', 1000, 1000, $2, $2)`,
		c.order, fen)
	return c
}

// heldUp puts a hold on an order, with its case.
func (w *deskWorld) heldUp(c deskCase, line int) deskCase {
	w.Helper()
	w.scan(&c.id, `INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
		SELECT store, id, 'customer_service', 'amount_surge', '{}', total, '[]', 1, '' FROM cleardesk.orders WHERE id = $1 RETURNING id`, c.order)
	w.flag(c, line, domain.AmountSurge)
	return c
}

// planned writes a plan of the platform's.
func (w *deskWorld) planned(c deskCase, due time.Time) {
	w.Helper()
	w.exec(`INSERT INTO cleardesk.delivery_plan (order_id, due, route) VALUES ($1, $2, '2')`, c.order, due)
}

// counted is what the platform says of a day.
func (w *deskWorld) counted(day time.Time, orders int, fen int64) {
	w.Helper()
	w.exec(`WITH i AS (INSERT INTO cleardesk.import (id, kind, file, options, by_login) VALUES (gen_random_uuid(), 'day-totals', 't.csv', '{}', 'x') RETURNING id)
		INSERT INTO cleardesk.day_total (day, orders, amount, import_id) SELECT $1, $2, $3, id FROM i`, day.Format(time.DateOnly), orders, fen)
}

func (w *deskWorld) deliveries(day time.Time) *domain.DeliveryDay {
	w.Helper()
	d, err := w.stores["wu"].DeliveryDay(w.Context(), day)
	if err != nil {
		w.Fatal(err)
	}
	return &d
}

// rows are the rows of a day as "what no open" or, with a destination, "what no goes".
func rowsOf(d *domain.DeliveryDay) []string {
	var out []string
	for i := range d.Rows {
		r := &d.Rows[i]
		how := "open"
		if !r.Open && r.Mark != nil {
			how = string(r.Mark.Goes)
		}
		out = append(out, fmt.Sprintf("%s %s %s", r.What, r.No, how))
	}
	return out
}

func (w *deskWorld) goes(who string, day time.Time, what domain.RowWhat, no string, to domain.Goes) error {
	m := domain.RowMark{Day: day, What: what, No: domain.OrderNo(no), Goes: to, Note: "核对过"}
	switch to {
	case domain.GoesHanded:
		m.Dept = domain.Procurement
	case domain.GoesVan, domain.GoesTomorrow:
		m.Due = time.Now().Add(20 * time.Hour)
	default:
	}
	return w.stores[who].MarkRow(w.Context(), uuid.New(), m)
}

func (w *deskWorld) signDay(who string, day time.Time) error {
	return w.stores[who].SignDay(w.Context(), uuid.New(), day, w.deliveries(day).Seen())
}

func ok(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
