package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"cleardesk/db/dbtest"
)

// decidedHistory is sixty days of orders of one store: an error on day 40 that was
// corrected three days later, a genuine surge on day 45, a false alarm on day 50, and on
// day 55 an error nobody has decided on.
func decidedHistory(t *testing.T) (d *dbtest.DB, decide func()) {
	t.Helper()
	d = dbtest.New(t)
	exec := func(query string) {
		t.Helper()
		if _, err := d.Admin(t).ExecContext(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec(`INSERT INTO cleardesk.store (code, name) VALUES ('S1', 'Wutong Road');
		INSERT INTO cleardesk.product (code, name, step) VALUES ('P1', 'Rice', 1000), ('P2', 'Salt', 3000);
		INSERT INTO cleardesk.staff (login, name, roles) VALUES ('lin', 'Lin', '{agent}');
		INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, history, content, taken_at)
			SELECT 'O' || i, 'S1', at, at::date, 'settled', 0, 2, i < 30, '', at
			FROM generate_series(0, 59) i, LATERAL (SELECT '2026-01-01T06:00:00Z'::timestamptz + i * interval '1 day') d (at) ORDER BY i;
		INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount)
			SELECT o.id, 1, 'P1', q, q, 2000, q * 2 FROM cleardesk.orders o,
				LATERAL (SELECT CASE order_no WHEN 'O40' THEN 100 WHEN 'O45' THEN 90 WHEN 'O50' THEN 80 WHEN 'O55' THEN 110
					ELSE 10 + o.id % 3 END * 1000) l (q)
			UNION ALL SELECT o.id, 2, 'P2', 20000, 20000, 500, 10000 FROM cleardesk.orders o`)
	return d, func() {
		for order, what := range map[string]string{"O40": "real_error", "O45": "unusual_right", "O50": "rule_wrong"} {
			exec(fmt.Sprintf(`
				WITH o AS (SELECT id, placed_at FROM cleardesk.orders WHERE order_no = '%s'),
				c AS (INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search, state, closed_at)
				      SELECT 'S1', id, 'customer_service', 'quantity_surge', '{}', 12300, '[]', 0, '', 'closed', now() FROM o RETURNING id),
				a AS (INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version, at_risk,
				                                     hard, blocks, outcome, closed_at)
				      SELECT c.id, 'quantity_surge', o.id, 1, '{}', 'surge', 2, 1, 12300, false, true, 'x', now() FROM c, o RETURNING id, case_id)
				INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, answers, effects, changed,
				                                         by_login, at)
				SELECT gen_random_uuid(), a.case_id, a.id, 'quantity_surge', 'x', '%s', 'r', '{}', '{}', '{}', 'lin', placed_at + interval '3 days'
				FROM a, o`, order, what))
		}
		exec(`UPDATE cleardesk.order_line SET quantity = 10000 WHERE original = 100000`)
	}
}

func TestBacktestOverDecidedHistory(t *testing.T) {
	t.Parallel()
	d, decide := decidedHistory(t)
	person := at(d.DSN(d.Login(t, "reader", "agent")))
	dir := t.TempDir()
	run := func(name string, more ...string) (facts map[string][]string, scores []string) {
		t.Helper()
		path := filepath.Join(dir, name)
		got := runBacktest(t, person, append([]string{"--format", "csv", "--scores", path}, more...)...)
		if got.code != 0 || got.err != "" {
			t.Fatalf("exit %d: %s", got.code, got.err)
		}
		return factsIn(t, got.out), strings.Split(fileText(t, path), "\n")
	}
	_, before := run("before.csv")
	decide()
	facts, after := run("after.csv", "--set", "detect.budget=0", "--set", "limit.quantity=95", "--set", "limit.cod=1000000")
	for name, want := range map[string]string{
		"orders": "60 60", "quantity_surge": "2 2", "hard": "0 2", "errors_caught": "1 1", "errors_caught_money": "123.00 123.00",
		"errors_missed": "0 0", "unusual_flagged": "1 0", "unusual_spared": "0 1", "false_alarms_flagged": "1 0",
		"false_alarms_spared": "0 1", "false_alarms_spared_money": "0.00 123.00", "off_step": "60 60",
	} {
		if have := strings.Join(facts[name], " "); have != want {
			t.Errorf("%s is %s, want %s", name, have, want)
		}
	}
	// What was decided on the third day after O40 is known to orders that came in from then on.
	if before[1] != after[1] || !strings.HasPrefix(before[1], "O0/1,") {
		t.Errorf("%s and %s", before[1], after[1])
	}
	first := ""
	for i := range before {
		if cells := strings.Split(before[i], ","); first == "" && len(cells) == 3 && !strings.HasPrefix(after[i], strings.Join(cells[:2], ",")+",") {
			first = cells[0]
		}
	}
	if first != "O43/1" {
		t.Errorf("the first line scored otherwise is %q", first)
	}
}

// A program may not read decisions: it is told so, and gets the rest.
func TestBacktestOverHistoryAsAProgram(t *testing.T) {
	t.Parallel()
	d, decide := decidedHistory(t)
	decide()
	got := runBacktest(t, at(d.DSN(d.Login(t, "gate", "intake"))), "--format", "csv", "--since", "2026-02-20")
	facts := factsIn(t, got.out)
	if got.code != 0 || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, "may not read what was decided") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
	if _, told := facts["errors_caught"]; told || facts["orders"][0] != "10" {
		t.Errorf("%v", facts)
	}
}

// Nothing in the database is another after it: it runs by a login that may only read.
func TestBacktestReadsOnly(t *testing.T) {
	t.Parallel()
	d, _ := decidedHistory(t)
	login := d.Login(t, "reader", "agent")
	if _, err := d.Admin(t).ExecContext(t.Context(), "ALTER ROLE "+login+" SET default_transaction_read_only = on"); err != nil {
		t.Fatal(err)
	}
	if got := runBacktest(t, at(d.DSN(login)), "--set", "threshold=5%"); got.code != 0 {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
}
