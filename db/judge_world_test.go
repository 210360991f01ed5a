package db

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"cleardesk/db/dbtest"
	"cleardesk/domain"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// judgeWorld is a platform of a test's own, with a login of the programs.
type judgeWorld struct {
	t     testing.TB
	db    *dbtest.DB
	admin *sqlx.DB
	login string
	at    time.Time // when the next order is placed
	n     int
}

// Orders are placed at 14:00 in Shanghai, an hour before the window closes, so far
// ahead that no moment passes while a test runs.
var firstOrder = time.Date(2090, 3, 1, 6, 0, 0, 0, time.UTC)

func newJudgeWorld(tb testing.TB) *judgeWorld {
	tb.Helper()
	return judgeWorldOn(tb, dbtest.New(tb))
}

func judgeWorldOn(tb testing.TB, d *dbtest.DB) *judgeWorld {
	tb.Helper()
	w := &judgeWorld{t: tb, db: d, admin: d.Admin(tb), login: d.Login(tb, "judge", "intake"), at: firstOrder}
	w.exec(`INSERT INTO cleardesk.store (code, name, name_en, initials) VALUES ('S1', '梧桐路店', 'Wutong Road', 'wtld')`)
	w.exec(`INSERT INTO cleardesk.product (code, name, name_en, unit) VALUES ('P1', '大米', 'Rice', '袋'), ('P2', '面粉', 'Flour', '袋')`)
	return w
}

func (w *judgeWorld) exec(query string, args ...any) {
	w.t.Helper()
	if _, err := w.admin.ExecContext(w.t.Context(), query, args...); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

func (w *judgeWorld) text(query string, args ...any) string {
	w.t.Helper()
	var s string
	if err := w.admin.GetContext(w.t.Context(), &s, query, args...); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
	return s
}

// want fails the test unless the query's only value is the wanted one.
func (w *judgeWorld) want(want, query string, args ...any) {
	w.t.Helper()
	if got := w.text("SELECT coalesce(("+query+")::text, 'null')", args...); got != want {
		w.t.Errorf("%s\n got %s\nwant %s", query, got, want)
	}
}

func (w *judgeWorld) open(o Options) *Store {
	w.t.Helper()
	if o.Statement == 0 {
		o.Statement = time.Minute
	}
	s, err := Open(w.db.DSN(w.login), o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.Close() })
	return s
}

func (w *judgeWorld) judge(o JudgeOptions) *Judge { return NewJudge(w.open(Options{}), o) }

func testWords() map[domain.Kind]string {
	return map[domain.Kind]string{domain.QuantitySurge: "订单量剧增 Quantity surge"}
}

// run judges what waits.
func (w *judgeWorld) run() Judged {
	w.t.Helper()
	j := w.judge(JudgeOptions{KindWords: testWords()})
	if err := j.Run(w.t.Context(), false); err != nil {
		w.t.Fatal(err)
	}
	return j.Total()
}

type testLine struct {
	product  string
	quantity int64 // whole units
	price    int64 // fen; 0 means 10 yuan
	seen     int64 // step the store saw, in units
}

type testOrder struct {
	store   string
	at      time.Time
	history bool
	lines   []testLine
}

// order puts in one order of store S1, an hour after the last, and gives its number.
func (w *judgeWorld) order(lines ...testLine) string {
	w.t.Helper()
	w.at = w.at.Add(time.Hour)
	w.put(testOrder{store: "S1", at: w.at, lines: lines})
	return w.last()
}

func (w *judgeWorld) last() string { return fmt.Sprintf("O%06d", w.n) }

// learnt puts in n orders of the past that teach what S1 usually orders.
func (w *judgeWorld) learnt(n int, lines ...testLine) {
	w.t.Helper()
	var all []testOrder
	for i := range n {
		all = append(all, testOrder{
			store: "S1", at: firstOrder.Add(time.Duration(i-n) * 24 * time.Hour), history: true, lines: lines,
		})
	}
	w.put(all...)
}

// put puts orders in as intake does: orders, lines, and what waits in their order.
func (w *judgeWorld) put(orders ...testOrder) {
	w.t.Helper()
	var no, store, product pq.StringArray
	var at []time.Time
	var history pq.BoolArray
	var count, total, of, line, quantity, price, seen pq.Int64Array
	for _, o := range orders {
		w.n++
		no, store, history = append(no, w.last()), append(store, o.store), append(history, o.history)
		at, count = append(at, o.at), append(count, int64(len(o.lines)))
		sum := int64(0)
		for i, l := range o.lines {
			if l.price == 0 {
				l.price = 1000
			}
			sum += l.quantity * l.price
			of, line, product = append(of, int64(len(no))), append(line, int64(i+1)), append(product, l.product)
			quantity, price, seen = append(quantity, l.quantity*1000), append(price, l.price), append(seen, l.seen*1000)
		}
		total = append(total, sum)
	}
	w.exec(`
		WITH new AS (
			INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, history, content)
			SELECT n.no, n.store, n.at, (n.at AT TIME ZONE 'Asia/Shanghai')::date, CASE WHEN n.history THEN 'settled' ELSE 'placed' END,
			       n.total, n.count, n.history, ''
			FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::bool[], $5::bigint[], $6::int[])
			    WITH ORDINALITY n (no, store, at, history, total, count, ord) ORDER BY n.ord
			RETURNING id, order_no
		), placed AS (
			SELECT new.id, n.ord FROM unnest($1::text[]) WITH ORDINALITY n (no, ord) JOIN new ON new.order_no = n.no
		), lines AS (
			INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount, step_seen)
			SELECT p.id, l.line, l.product, l.quantity, l.quantity, l.price, l.quantity / 1000 * l.price, nullif(l.seen, 0)
			FROM unnest($7::bigint[], $8::int[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[])
			    l (of, line, product, quantity, price, seen) JOIN placed p ON p.ord = l.of
			ORDER BY p.ord, l.line
		)
		INSERT INTO cleardesk.waiting (what, order_id) SELECT 'order', p.id FROM placed p ORDER BY p.ord`,
		no, store, pq.Array(at), history, total, count, of, line, product, quantity, price, seen)
}

// stream makes a believable stream of orders with errors among them, always the same
// for a seed: the first part is history.
func stream(seed uint64, stores, products, orders, lines int) []testOrder {
	r := rand.New(rand.NewPCG(seed, 7))
	usual := func(s, p int) int64 { return int64(2 + (s*31+p*17)%40) }
	out := make([]testOrder, orders)
	for i := range out {
		s := r.IntN(stores)
		out[i] = testOrder{
			store: fmt.Sprintf("S%d", s+1), at: firstOrder.Add(time.Duration(i) * time.Minute), history: i < orders/3,
		}
		first := r.IntN(products)
		for k := range 1 + r.IntN(2*lines-1) {
			p := (first + k*7) % products
			q := max(1, int64(float64(usual(s, p))*(0.7+0.6*r.Float64())))
			if r.IntN(60) == 0 {
				q *= 10
			}
			out[i].lines = append(out[i].lines, testLine{product: fmt.Sprintf("P%d", p+1), quantity: q})
		}
	}
	return out
}

// people the stream's stores and products, a third of them with a stock and a tenth
// with a step.
func (w *judgeWorld) catalogue(stores, products int, stock int64) {
	w.t.Helper()
	w.exec(`INSERT INTO cleardesk.store (code, name) SELECT 'S' || n, 'Store ' || n FROM generate_series(1, $1::int) n ON CONFLICT DO NOTHING`, stores)
	w.exec(`INSERT INTO cleardesk.product (code, name, stock, step)
		SELECT 'P' || n, 'Product ' || n, CASE WHEN n % 3 = 0 THEN $2::bigint * 1000 END, CASE WHEN n % 10 = 0 THEN 2000 END
		FROM generate_series(1, $1::int) n ON CONFLICT (code) DO UPDATE SET stock = excluded.stock, step = excluded.step`, products, stock)
}
