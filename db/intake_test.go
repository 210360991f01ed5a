package db

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/db/dbtest"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// gate is a platform's database with one store and two products, and the login of a
// program that imports.
type gate struct {
	t     testing.TB
	db    *dbtest.DB
	admin *sqlx.DB
	in    *Intake
	login string
}

func newGate(tb testing.TB) *gate {
	tb.Helper()
	d := dbtest.New(tb)
	g := &gate{t: tb, db: d, admin: d.Admin(tb), login: d.Login(tb, "gate", "intake")}
	in, err := OpenIntake(d.DSN(g.login))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = in.Close() })
	g.in = in
	g.exec(`INSERT INTO cleardesk.store (code, name) VALUES ('S1', '一店'), ('S2', '二店')`)
	g.exec(`INSERT INTO cleardesk.product (code, name) VALUES ('P1', '大米'), ('P2', '面粉')`)
	return g
}

func (g *gate) exec(query string, args ...any) {
	g.t.Helper()
	if _, err := g.admin.ExecContext(g.t.Context(), query, args...); err != nil {
		g.t.Fatalf("%s: %v", query, err)
	}
}

// want fails the test unless the query's only value is the wanted one.
func (g *gate) want(want, query string, args ...any) {
	g.t.Helper()
	var got string
	if err := g.admin.GetContext(g.t.Context(), &got, "SELECT coalesce(("+query+")::text, 'null')", args...); err != nil {
		g.t.Fatalf("%s: %v", query, err)
	}
	if got != want {
		g.t.Errorf("%s\n got %s\nwant %s", query, got, want)
	}
}

func (g *gate) start(kind ImportKind, o ImportOptions) uuid.UUID {
	g.t.Helper()
	id := uuid.New()
	if _, err := g.in.Start(g.t.Context(), id, kind, "orders.csv", o); err != nil {
		g.t.Fatal(err)
	}
	return id
}

func (g *gate) stage(id uuid.UUID, chunk int, lines ...StagedLine) {
	g.t.Helper()
	if err := g.in.StageOrders(g.t.Context(), id, chunk, lines, nil); err != nil {
		g.t.Fatal(err)
	}
}

func (g *gate) apply(id uuid.UUID, chunk int, lines int64) Applied {
	g.t.Helper()
	a, err := g.in.Apply(g.t.Context(), id, chunk, lines)
	if err != nil {
		g.t.Fatal(err)
	}
	return a
}

// take imports lines as one chunk of an import of their own.
func (g *gate) take(o ImportOptions, lines ...StagedLine) (uuid.UUID, Applied) {
	g.t.Helper()
	id := g.start(ImportOrders, o)
	g.stage(id, 1, lines...)
	return id, g.apply(id, 1, int64(len(lines)))
}

var placed = time.Date(2026, 5, 1, 5, 30, 0, 0, time.UTC)

// line is a line of store S1; row is its place in the file.
func line(row int64, order, product string, quantity, price int64) StagedLine {
	return StagedLine{
		Row: row, Run: row, Order: domain.OrderNo(order), Store: "S1", PlacedAt: placed, Product: domain.ProductCode(product),
		Quantity: domain.Quantity(quantity), Price: domain.Money(price),
	}
}

func with(l StagedLine, change func(*StagedLine)) StagedLine {
	change(&l)
	return l
}

func TestOrderIsTakenWhole(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	_, got := g.take(ImportOptions{},
		line(1, "A", "P2", 12_000, 250), line(2, "A", "P1", 18_305, 333), with(line(3, "A", "P1", 1_500, 1), func(l *StagedLine) { l.StepSeen = 500 }))
	if want := (Applied{Taken: 1, Lines: 3}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want("A S1 2026-05-01 05:30:00+00 2026-05-01 placed f 3 9098", `SELECT concat_ws(' ', order_no, store, placed_at AT TIME ZONE 'UTC'
		|| '+00', business_day, state, history, line_count, total) FROM cleardesk.orders`)
	g.want("1 P2 12000 3000, 2 P1 18305 6096, 3 P1 1500 2 500", `SELECT string_agg(concat_ws(' ', line_no, product, quantity, amount, step_seen),
		', ' ORDER BY line_no) FROM cleardesk.order_line`)
	g.want("order", `SELECT w.what FROM cleardesk.waiting w JOIN cleardesk.orders o ON o.id = w.order_id`)
	g.want("0", `SELECT count(*) FROM cleardesk.stage_order_line`)
}

func TestAmountIsTheDomains(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	var lines []StagedLine
	quantities := []int64{1, 499, 500, 501, 1_000, 1_499, 1_500, 999_999_999, int64(domain.MaxQuantity)}
	prices := []int64{0, 1, 3, 99, 100, 12_345, 1_000_000}
	for i, q := range quantities {
		for j, p := range prices {
			if domain.Amount(domain.Quantity(q), domain.Money(p)) <= domain.MaxMoney {
				lines = append(lines, line(int64(len(lines)+1), fmt.Sprintf("A%d-%d", i, j), "P1", q, p))
			}
		}
	}
	if _, got := g.take(ImportOptions{}, lines...); got.Taken != int64(len(lines)) {
		t.Fatalf("%+v of %d", got, len(lines))
	}
	var rows []struct {
		Quantity domain.Quantity
		Price    domain.Money
		Amount   domain.Money
		Total    domain.Money
	}
	if err := g.admin.SelectContext(t.Context(), &rows, `SELECT l.quantity, l.price, l.amount, o.total
		FROM cleardesk.order_line l JOIN cleardesk.orders o ON o.id = l.order_id`); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if want := domain.Amount(r.Quantity, r.Price); r.Amount != want || r.Total != want {
			t.Errorf("%s at %s: %s, total %s; want %s", r.Quantity, r.Price, r.Amount, r.Total, want)
		}
	}
}

func TestEveryReasonToRefuse(t *testing.T) {
	t.Parallel()
	at := func(store domain.StoreCode) func(*StagedLine) { return func(l *StagedLine) { l.Store = store } }
	cases := []struct {
		name   string
		why    string
		reason string
		lines  []StagedLine
	}{
		{"unknown store", "unknown_store", "store S9 is not known", []StagedLine{with(line(1, "X", "P1", 1000, 100), at("S9"))}},
		{"unknown product", "unknown_product", "product P9 is not known", []StagedLine{line(1, "X", "P1", 1000, 100), line(2, "X", "P9", 1000, 100)}},
		{"mixed store", "mixed_store", "its lines name more than one store, S2 among them", []StagedLine{line(1, "X", "P1", 1000, 100), with(line(2, "X", "P2", 1000, 100), at("S2"))}},
		{"mixed time", "mixed_time", "its lines are placed at more than one time", []StagedLine{line(1, "X", "P1", 1000, 100), with(line(2, "X", "P2", 1000, 100), func(l *StagedLine) { l.PlacedAt = placed.Add(time.Minute) })}},
		{"line numbers", "line_numbers", "its line numbers are not one for each line", []StagedLine{with(line(1, "X", "P1", 1000, 100), func(l *StagedLine) { l.LineNo = 2 }), with(line(2, "X", "P2", 1000, 100), func(l *StagedLine) { l.LineNo = 2 })}},
		{"other store", "other_store", "this number is an order of store S1", []StagedLine{with(line(1, "IN", "P1", 1000, 100), at("S2"))}},
		{"other content", "other_content", "this number is in already with other content", []StagedLine{line(1, "IN", "P1", 2000, 100)}},
		{"line too large", "too_large", "it costs more than an order can", []StagedLine{line(1, "X", "P1", int64(domain.MaxQuantity), int64(domain.MaxMoney))}},
		{"sum too large", "too_large", "it costs more than an order can", []StagedLine{line(1, "X", "P1", 1_000_000_000, 600_000), line(2, "X", "P1", 1_000_000_000, 600_000)}},
	}
	g := newGate(t)
	g.take(ImportOptions{}, line(1, "IN", "P1", 1000, 100))
	for _, c := range cases {
		lines := append(c.lines, line(9, "GOOD "+c.name, "P1", 1000, 100))
		id, got := g.take(ImportOptions{}, lines...)
		want := Applied{Taken: 1, Lines: 1, Rejected: 1, RejectedLines: int64(len(c.lines))}
		if !cmp.Equal(got, want) {
			t.Errorf("%s: %s", c.name, cmp.Diff(want, got))
		}
		subject := string(c.lines[0].Order)
		refused, err := g.in.Refused(t.Context(), id, []string{subject, "GOOD " + c.name})
		if err != nil || len(refused) != 1 || refused[0].Why != c.why || refused[0].Subject != subject ||
			refused[0].LastRow != int64(len(c.lines)) || refused[0].Reason() != c.reason {
			t.Errorf("%s: %+v, %v", c.name, refused, err)
		}
	}
	g.want("0", `SELECT count(*) FROM cleardesk.orders WHERE order_no = 'X'`)
	g.want(fmt.Sprint(1+2*len(cases)-len(cases)), `SELECT count(*) FROM cleardesk.order_line`)
}

func TestSameAgainChangesNothing(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	lines := []StagedLine{line(1, "A", "P1", 1000, 100), line(2, "A", "P2", 2000, 100), line(3, "B", "P1", 500, 100)}
	g.take(ImportOptions{}, lines...)
	before := `SELECT md5(string_agg(o::text || l::text, '' ORDER BY o.id, l.line_no)) FROM cleardesk.orders o JOIN cleardesk.order_line l ON l.order_id = o.id`
	var sum string
	if err := g.admin.GetContext(t.Context(), &sum, before); err != nil {
		t.Fatal(err)
	}
	// The same lines in another order, and with the time in another zone, are the same.
	again := []StagedLine{lines[2], lines[1], lines[0]}
	for i := range again {
		again[i].Row = int64(i + 1)
		again[i].PlacedAt = placed.In(time.FixedZone("", 8*3600))
	}
	_, got := g.take(ImportOptions{Verdicts: true}, again...)
	if want := (Applied{Same: 2, SameLines: 3, SameOrders: []string{"B", "A"}}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want(sum, before)
	g.want("2", `SELECT count(*) FROM cleardesk.waiting`)
}

func TestChunkIsAppliedOnce(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	id, first := g.take(ImportOptions{}, line(1, "A", "P1", 1000, 100))
	g.stage(id, 1, line(1, "B", "P1", 1000, 100)) // what a late copy might leave behind
	if got := g.apply(id, 1, 1); !cmp.Equal(got, first) {
		t.Error(cmp.Diff(first, got))
	}
	g.want("1", `SELECT count(*) FROM cleardesk.orders`)
}

func TestStageThatLostOrDoubledRowsIsNotApplied(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	id := g.start(ImportOrders, ImportOptions{})
	one := line(1, "A", "P1", 1000, 100)
	// The server crashed between stage and apply: the stage is empty.
	if got := g.apply(id, 1, 1); !got.Lost {
		t.Errorf("applied from an empty stage: %+v", got)
	}
	// The answer to a copy was lost and it was sent again: the stage holds it twice.
	g.stage(id, 1, one)
	g.stage(id, 1, one)
	if got := g.apply(id, 1, 1); !got.Lost {
		t.Errorf("applied twice the rows: %+v", got)
	}
	g.stage(id, 1, one)
	if got := g.apply(id, 1, 1); got.Taken != 1 {
		t.Errorf("%+v", got)
	}
	g.want("1000", `SELECT sum(quantity) FROM cleardesk.order_line`)
}

func TestCrashBetweenStageAndApply(t *testing.T) {
	t.Parallel()
	d := dbtest.NewServer(t)
	in, err := OpenIntake(d.DSN("gate"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	g := &gate{t: t, db: d.DB, admin: d.Admin(t), in: in}
	g.exec(`CREATE ROLE gate LOGIN IN ROLE cleardesk_intake`)
	g.exec(`INSERT INTO cleardesk.store (code, name) VALUES ('S1', '一店')`)
	g.exec(`INSERT INTO cleardesk.product (code, name) VALUES ('P1', '大米')`)
	id := g.start(ImportOrders, ImportOptions{})
	one := line(1, "A", "P1", 1000, 100)
	g.stage(id, 1, one)
	if _, err := d.Open(t, "postgres").ExecContext(t.Context(), "CHECKPOINT"); err != nil { // a test server writes nothing down by itself
		t.Fatal(err)
	}
	var began time.Time
	if err := g.admin.GetContext(t.Context(), &began, `SELECT pg_postmaster_start_time()`); err != nil {
		t.Fatal(err)
	}
	d.Kill(t)
	for back := false; !back; { // its sessions outlive a server's first process by a moment
		_ = g.admin.GetContext(t.Context(), &back, `SELECT pg_postmaster_start_time() > $1`, began)
		if t.Context().Err() != nil {
			t.Fatal("the server does not come back")
		}
	}
	got := g.apply(id, 1, 1)
	if !got.Lost {
		t.Fatalf("the stage outlived a crash: %+v", got)
	}
	g.stage(id, 1, one)
	if got := g.apply(id, 1, 1); got.Taken != 1 {
		t.Errorf("%+v", got)
	}
}

func TestHistoryIsSettled(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.take(ImportOptions{History: true}, line(1, "A", "P1", 1000, 100))
	g.want("settled true false", `SELECT concat_ws(' ', state, history::text, judged::text) FROM cleardesk.orders`)
	g.want("1", `SELECT count(*) FROM cleardesk.waiting WHERE what = 'order'`)
}

func TestMissingIsMadeOnlyForWhatIsTaken(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	_, got := g.take(ImportOptions{CreateMissing: true},
		with(line(1, "A", "P7", 1000, 100), func(l *StagedLine) { l.Store = "S7" }),
		with(line(2, "B", "P8", 1000, 100), func(l *StagedLine) { l.Store = "S8" }), line(3, "B", "P8", 1000, 100))
	if got.Taken != 1 || got.Rejected != 1 {
		t.Errorf("%+v", got)
	}
	g.want("S1,S2,S7", `SELECT string_agg(code, ',' ORDER BY code) FROM cleardesk.store`)
	g.want("P1,P2,P7", `SELECT string_agg(code, ',' ORDER BY code) FROM cleardesk.product`)
}

func TestDryRunWritesNoOrder(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	_, got := g.take(ImportOptions{DryRun: true, CreateMissing: true}, line(1, "A", "P7", 1000, 100))
	if want := (Applied{Taken: 1, Lines: 1}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want("0 0 2", `SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.orders), (SELECT count(*) FROM cleardesk.waiting),
		(SELECT count(*) FROM cleardesk.product))`)
}

func TestWaitingStandsInTheOrderOfPlacing(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	later := func(l *StagedLine) { l.PlacedAt = placed.Add(time.Hour) }
	g.take(ImportOptions{}, with(line(1, "C", "P1", 1000, 100), later), line(2, "B", "P1", 1000, 100), line(3, "A", "P1", 1000, 100))
	g.want("A B C", `SELECT string_agg(o.order_no, ' ' ORDER BY w.seq) FROM cleardesk.waiting w JOIN cleardesk.orders o ON o.id = w.order_id`)
}

func TestBusinessDayIsOfThePlatformsZone(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	evening := func(l *StagedLine) { l.PlacedAt = time.Date(2026, 5, 1, 17, 0, 0, 0, time.UTC) }
	g.take(ImportOptions{}, with(line(1, "A", "P1", 1000, 100), evening))
	g.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES ('platform.zone', 'platform', '', now(), 'UTC', 'x')`)
	g.take(ImportOptions{}, with(line(1, "B", "P1", 1000, 100), evening))
	g.want("A 2026-05-02, B 2026-05-01", `SELECT string_agg(order_no || ' ' || business_day, ', ' ORDER BY order_no) FROM cleardesk.orders`)
}
