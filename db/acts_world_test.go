package db_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// deskWorld is a database with people who are logged in as themselves.
type deskWorld struct {
	testing.TB
	base   *dbtest.DB
	admin  *sqlx.DB
	stores map[string]*db.Store
	orders int
	in     *db.Intake // opened by the first import
}

// newDeskWorld makes one with an agent more than once, one of each other department,
// and products with and without stock.
func newDeskWorld(tb testing.TB) *deskWorld {
	tb.Helper()
	w := &deskWorld{TB: tb, base: dbtest.New(tb), stores: map[string]*db.Store{}}
	w.admin = w.base.Admin(tb)
	for name, role := range map[string]string{
		"lin": "agent", "wang": "agent", "max": "manager", "zhao": "procurement", "tuo": "expansion", "wu": "logistics",
	} {
		w.person(name, role)
	}
	w.exec(`INSERT INTO cleardesk.store (code, name) SELECT 'S' || g, '店' || g FROM generate_series(1, 40) g`)
	w.exec(`INSERT INTO cleardesk.product (code, name, price, step, stock, verify_above) VALUES
		('P1', '牛奶', 1200, 12000, 2000000, NULL), ('P2', '鸡蛋', 333, NULL, 900000, NULL), ('P3', '水', 150, NULL, NULL, NULL),
		('P4', '虾', 9000, 500, 50000, 20000)`)
	return w
}

// person makes a login and puts it on the staff.
func (w *deskWorld) person(name, role string) *db.Store {
	w.Helper()
	login := w.base.Login(w, name, role)
	w.exec(`INSERT INTO cleardesk.staff (login, name, name_en, roles) VALUES ($1, $2, $3, $4)`, login, "人"+name, name, "{"+role+"}")
	w.stores[name] = w.open(w.base.DSN(login))
	return w.stores[name]
}

func (w *deskWorld) open(dsn string) *db.Store {
	w.Helper()
	s, err := db.Open(dsn, db.Options{KindWords: map[domain.Kind]string{domain.Replenishment: "Gap 补货", domain.StepMismatch: "Step 步长"}})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = s.Close() })
	return s
}

func (w *deskWorld) login(name string) domain.Login { return domain.Login(name + "_" + w.base.Name()) }

func (w *deskWorld) exec(query string, args ...any) {
	w.Helper()
	if _, err := w.admin.ExecContext(w.Context(), query, args...); err != nil {
		w.Fatalf("%s: %v", strings.TrimSpace(query), err)
	}
}

// text reads one value as text, NULL as "".
func (w *deskWorld) text(query string, args ...any) string {
	w.Helper()
	var v *string
	if err := w.admin.GetContext(w.Context(), &v, query, args...); err != nil {
		w.Fatalf("%s: %v", strings.TrimSpace(query), err)
	}
	if v == nil {
		return ""
	}
	return *v
}

func (w *deskWorld) want(want, query string, args ...any) {
	w.Helper()
	if got := w.text(query, args...); got != want {
		w.Errorf("%s: %q, want %q", strings.TrimSpace(query), got, want)
	}
}

// deskLine is a line of an order: what, how much in whole units, and what is odd
// about it.
type deskLine struct {
	product  string
	quantity int64
	odd      domain.Kind
}

// deskCase is an order with its case, as the judge leaves them.
type deskCase struct {
	version int64       // as prepared
	form    domain.Form // likewise
	id      domain.CaseID
	order   int64
	no      string
}

// put makes an order with a case: anomalies and holds on its odd lines, and on the
// whole order if it is odd itself. Free lines of an order that is not held are
// accepted.
func (w *deskWorld) put(store string, whole domain.Kind, lines ...deskLine) deskCase {
	w.Helper()
	w.orders++
	c := deskCase{no: fmt.Sprintf("O%05d", w.orders)}
	var total int64
	accepted := false
	for _, l := range lines {
		total += l.quantity * w.price(l.product)
		accepted = accepted || whole == "" && l.odd == ""
	}
	state := "placed"
	if accepted {
		state = "accepted"
	}
	w.scan(&c.order, `INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content, accepted_at)
		VALUES ($1, $2, now(), current_date, $3, $4, $5, true, '', CASE $3 WHEN 'accepted' THEN now() END) RETURNING id`, c.no, store, state, total, len(lines))
	moments, err := json.Marshal([]domain.Moment{
		{What: domain.WindowClose, At: time.Now().Add(time.Hour)}, {What: domain.Picking, At: time.Now().Add(90 * time.Minute)},
	})
	if err != nil {
		w.Fatal(err)
	}
	w.scan(&c.id, `INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, next_what, next_at, rank, search)
		VALUES ($1, $2, 'customer_service', 'quantity_surge', '{}', 100, $3, 'window_close', now() + interval '1 hour',
		        cleardesk.case_rank(now() + interval '1 hour', $4), '') RETURNING id`, store, c.order, string(moments), int64(w.orders)*100)
	if whole != "" {
		w.flag(c, 0, whole)
	}
	for i, l := range lines {
		w.exec(`INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount, reserved)
			SELECT $1, $2, code, $3::bigint, $3::bigint, price, price * $3::bigint / 1000, stock IS NOT NULL AND $5 FROM cleardesk.product WHERE code = $4`,
			c.order, i+1, l.quantity*1000, l.product, whole == "" && l.odd == "")
		if l.odd != "" {
			w.flag(c, i+1, l.odd)
		}
	}
	w.exec(`UPDATE cleardesk.product p SET reserved = p.reserved + l.n FROM (SELECT product, sum(quantity)::bigint AS n
		FROM cleardesk.order_line WHERE order_id = $1 AND reserved GROUP BY product) l WHERE l.product = p.code`, c.order)
	return c
}

func (w *deskWorld) price(product string) (p int64) {
	w.Helper()
	w.scan(&p, `SELECT price FROM cleardesk.product WHERE code = $1`, product)
	return p
}

func (w *deskWorld) scan(into any, query string, args ...any) {
	w.Helper()
	if err := w.admin.GetContext(w.Context(), into, query, args...); err != nil {
		w.Fatalf("%s: %v", strings.TrimSpace(query), err)
	}
}

// flag adds an anomaly with its hold to a case.
func (w *deskWorld) flag(c deskCase, line int, kind domain.Kind) {
	w.Helper()
	w.exec(`WITH a AS (INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version,
		at_risk, hard, blocks) VALUES ($1, $2, $3, $4, '{"rule": "r", "rule_version": 1}', 'r', 1, 1, 100, false, true) RETURNING id)
		INSERT INTO cleardesk.hold (order_id, line_no, anomaly_id) SELECT $3, $4, id FROM a`, int64(c.id), string(kind), c.order, line)
	w.exec(`UPDATE cleardesk.cases SET version = version + 1, more = (SELECT count(*) - 1 FROM cleardesk.anomaly a
		WHERE a.case_id = cases.id AND a.closed_at IS NULL) WHERE id = $1`, int64(c.id))
}

// form opens the form of a case as somebody sees it.
func (w *deskWorld) form(who string, c deskCase) domain.Form {
	w.Helper()
	s := w.stores[who]
	file, err := s.CaseFile(w.Context(), c.id)
	if err != nil {
		w.Fatal(err)
	}
	seen, err := s.Welcome(w.Context())
	me := seen.Me
	if err != nil {
		w.Fatal(err)
	}
	return domain.NewForm(domain.FormCaseOf(file, me, time.Now()))
}

// claim claims a case for somebody.
func (w *deskWorld) claim(who string, c deskCase) domain.Claimed {
	w.Helper()
	claimed, err := w.stores[who].Claim(w.Context(), uuid.New(), c.id)
	if err != nil {
		w.Fatal(err)
	}
	return claimed
}

// decided answers a form with the same choice everywhere; a change is to quantity.
func (w *deskWorld) decided(f domain.Form, choice domain.Choice, quantity domain.Quantity) domain.Answers {
	w.Helper()
	at := domain.Stamp{At: time.Now().UTC(), By: f.By.Login}
	a := domain.Answers{Look: &at, Call: &domain.Call{Stamp: at, Outcome: domain.NotNeeded}}
	for _, t := range f.Targets {
		d := domain.Decision{Stamp: at, Target: t.Line, Choice: choice, Why: domain.Reasons(t.Lead().Kind, choice)[0]}
		if choice == domain.ChooseChange {
			d.Quantity, d.OnLine = quantity, 1
		}
		a.Decisions = append(a.Decisions, d)
	}
	return a
}

// handled makes what is written of a form.
func handled(f domain.Form, claim domain.Claimed, a domain.Answers) domain.Handled {
	return domain.Handled{Case: f.Case, Claim: claim.No, Version: f.Version, Resolutions: f.Plan(a).Resolutions, Answers: a}
}

// finish claims a case and writes it with one choice.
func (w *deskWorld) finish(who string, c deskCase, choice domain.Choice, quantity domain.Quantity) (domain.Resolved, error) {
	w.Helper()
	claim := w.claim(who, c)
	f := w.form(who, c)
	return w.stores[who].Resolve(w.Context(), uuid.New(), handled(f, claim, w.decided(f, choice, quantity)))
}

// wantCode fails unless err is of the class.
func wantCode(tb testing.TB, err error, code domain.Code) {
	tb.Helper()
	if domain.CodeOf(err) != code {
		tb.Errorf("error %v, want %s", err, code)
	}
}
