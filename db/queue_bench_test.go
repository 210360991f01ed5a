package db_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/domain"
)

// manyCases fills the queue with n open cases, a store in two hundred, by urgency.
const manyCases = `
INSERT INTO cleardesk.store (code, name, name_en)
    SELECT 'S' || g, 'store ' || g, 'store ' || g FROM generate_series(0, 199) g;
INSERT INTO cleardesk.product (code, name, unit) VALUES ('P1', 'milk', 'bag');
INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, content)
    SELECT 'N' || g, 'S' || g %% 200, now(), current_date, 'accepted', 100000, 1, '\x00' FROM generate_series(1, %[1]d) g;
INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, next_what, next_at, rank, search)
    SELECT store, id, 'customer_service', CASE id %% 4 WHEN 0 THEN 'amount_surge' ELSE 'quantity_surge' END,
           '{"product": "P1", "line": 1, "quantity": 480000, "usual_low": 24000, "usual_high": 60000, "rule": "surge", "rule_version": 1}',
           504000, '[]', 'window_close', now() + id * interval '1 second',
           cleardesk.case_rank(now() + id * interval '1 second', 504000), 'quantity surge ' || lower(store) || ' ' || lower(order_no) || ' milk'
    FROM cleardesk.orders;
ANALYZE;`

// benchQueue gives a Store of an agent over n open cases.
func benchQueue(b *testing.B, n int) *db.Store {
	b.Helper()
	d := dbtest.New(b)
	root := d.Open(b, "postgres")
	if _, err := root.ExecContext(b.Context(), fmt.Sprintf(manyCases, n)); err != nil {
		b.Fatal(err)
	}
	login := d.Login(b, "lin", "agent")
	if _, err := root.ExecContext(b.Context(), `INSERT INTO cleardesk.staff (login, name, roles) VALUES ($1, 'Lin', '{agent}')`, login); err != nil {
		b.Fatal(err)
	}
	if _, err := root.ExecContext(b.Context(), `VACUUM ANALYZE`); err != nil {
		b.Fatal(err)
	}
	s, err := db.Open(d.DSN(login), db.Options{App: "bench", Statement: time.Minute})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

// median times do a few times.
func median(b *testing.B, times int, do func() error) time.Duration {
	b.Helper()
	var took []time.Duration
	for range times {
		start := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// BenchmarkQueuePage compares a page of the queue at a million open cases with the
// same at ten thousand: the first rows, a page far down, and one filtered by words.
func BenchmarkQueuePage(b *testing.B) {
	small, large := benchQueue(b, 10_000), benchQueue(b, 1_000_000)
	all := domain.QueueFilter{With: domain.CustomerService}
	words := domain.QueueFilter{With: domain.CustomerService, Words: []string{"s17", "milk"}}
	for _, c := range []struct {
		name  string
		f     domain.QueueFilter
		after bool
	}{{"first", all, false}, {"next", all, true}, {"words", words, false}} {
		b.Run(c.name, func(b *testing.B) {
			page := func(s *db.Store) time.Duration {
				var after *domain.QueueKey
				if c.after {
					p, err := s.QueuePage(b.Context(), all, nil, 1000)
					if err != nil {
						b.Fatal(err)
					}
					k := p.Rows[len(p.Rows)-1].Key()
					after = &k
				}
				return median(b, 15, func() error {
					p, err := s.QueuePage(b.Context(), c.f, after, 50)
					if err == nil && len(p.Rows) != 50 {
						err = fmt.Errorf("%d rows", len(p.Rows))
					}
					return err
				})
			}
			for b.Loop() {
				ten, million := page(small), page(large)
				b.ReportMetric(float64(million)/float64(ten), "million/ten-thousand")
				b.ReportMetric(float64(million.Microseconds())/1000, "ms/page")
			}
		})
	}
}

// BenchmarkStatus compares the status line at a million open cases with the same at
// ten thousand.
func BenchmarkStatus(b *testing.B) {
	small, large := benchQueue(b, 10_000), benchQueue(b, 1_000_000)
	read := func(s *db.Store) time.Duration {
		return median(b, 15, func() error { _, err := s.Status(b.Context()); return err })
	}
	for b.Loop() {
		ten, million := read(small), read(large)
		b.ReportMetric(float64(million)/float64(ten), "million/ten-thousand")
		b.ReportMetric(float64(million.Microseconds())/1000, "ms/read")
	}
}
