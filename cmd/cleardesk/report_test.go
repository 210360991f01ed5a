package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cleardesk/db/dbtest"
)

// reported makes a platform on which a rule raised ten anomalies last month, of which
// seven are decided, and one was made an exemption of.
func reported(t *testing.T) *dbtest.DB {
	t.Helper()
	d := dbtest.New(t)
	if _, err := d.Admin(t).ExecContext(t.Context(), `
		INSERT INTO cleardesk.staff (login, name, roles) VALUES ($1, 'Max', '{manager}'), ($2, 'Lin', '{agent}')`,
		d.Login(t, "max", "manager"), d.Login(t, "lin", "agent")); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Admin(t).ExecContext(t.Context(), `
		INSERT INTO cleardesk.store (code, name) VALUES ('S1', 'Wutong Road');
		INSERT INTO cleardesk.product (code, name) VALUES ('P1', '=Rice');
		INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, content)
			VALUES ('O1', 'S1', '2026-10-02Z', '2026-10-02', 'accepted', 4000, 10, '');
		INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
			SELECT 'S1', id, 'customer_service', 'quantity_surge', '{}', 0, '[]', 1, '' FROM cleardesk.orders;
		INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version, at_risk, hard, blocks, raised_at,
				outcome, closed_at)
			SELECT c.id, 'quantity_surge', c.order_id, g, '{}', '=surge', 1, 1, 0, false, false, '2026-10-02Z',
			       CASE WHEN g <= 7 THEN 'line_cancelled' END, CASE WHEN g <= 7 THEN timestamptz '2026-10-03Z' END
			FROM cleardesk.cases c, generate_series(1, 10) g;
		INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, answers, effects, changed, by_login, at)
			SELECT gen_random_uuid(), case_id, id, kind, outcome,
			       CASE WHEN line_no <= 4 THEN 'real_error' WHEN line_no = 5 THEN 'unusual_right' WHEN line_no = 6 THEN 'rule_wrong' ELSE 'master_data' END,
			       'other', '{}', '[]', '{}', (SELECT min(login) FROM cleardesk.staff), closed_at
			FROM cleardesk.anomaly WHERE closed_at IS NOT NULL;
		INSERT INTO cleardesk.exemption (store, product, kind, quantity, ratio_100, until_at, record_id, by_login)
			SELECT 'S1', 'P1', 'quantity_surge', 40000, 150, now() + interval '30 days', id, by_login
			FROM cleardesk.resolution_record WHERE close_reason = 'unusual_right';
		INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, content)
			SELECT 'R' || g, 'S1', '2026-10-02Z', '2026-10-02', 'refused', 4000, 1, '' FROM generate_series(1, 2) g;
		INSERT INTO cleardesk.event (what, key, store, order_id, at, detail)
			SELECT 'stage', order_no, 'S1', id, '2026-10-04Z', '{"stage": "refused"}' FROM cleardesk.orders WHERE state = 'refused'`); err != nil {
		t.Fatal(err)
	}
	return d
}

// command runs the program as a login and gives its exit code and what it printed.
func command(t *testing.T, d *dbtest.DB, login string, args ...string) (code int, out, problems string) {
	t.Helper()
	if login != "cleardesk_admin" {
		login += "_" + d.Name()
	}
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), program{
		args: append(args, "--dsn", d.DSN(login)), getenv: func(string) string { return "" },
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
	})
	return code, stdout.String(), stderr.String()
}

func TestReportPrecision(t *testing.T) {
	t.Parallel()
	d := reported(t)
	code, out, problems := command(t, d, "lin", "report", "precision", "--since", "2026-10")
	want := `MONTH    RULE       RAISED  DECIDED  CONFIRMED  UNUSUAL  FALSE  MASTER DATA  OPEN  QUIET  MISSED  PRECISION  95 % INTERVAL
2026-10  =surge v1  10      7        4          1        1      1            3     1      0       66.7 %     30.0 % to 90.3 %
2026-10  none       0       0        0          0        0      0            0     0      2       -          -
all      =surge v1  10      7        4          1        1      1            3     1      0       66.7 %     30.0 % to 90.3 %
all      none       0       0        0          0        0      0            0     0      2       -          -
`
	if code != 0 || problems != "" || out != want {
		t.Errorf("%d %s\n%s\nwant\n%s", code, problems, out, want)
	}
	code, out, problems = command(t, d, "cleardesk_admin", "report", "precision", "--since", "2026-10", "--format", "csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if code != 0 || problems != "" || err != nil || len(rows) != 5 {
		t.Fatalf("%d %s %v\n%s", code, problems, err, out)
	}
	if got := strings.Join(rows[1], ","); got != "2026-10,'=surge,1,10,7,4,1,1,1,3,1,0,0.6667,0.3000,0.9032" {
		t.Error(got)
	}
	code, out, _ = command(t, d, "max", "report", "precision", "--since", "2026-11", "--format", "json")
	var none []precisionRow
	if err := json.Unmarshal([]byte(out), &none); code != 0 || err != nil || none == nil || len(none) != 0 {
		t.Errorf("of November %d %v %s", code, err, out)
	}
	for _, args := range [][]string{{"--since", "yesterday"}, {"--format", "xml"}} {
		if code, _, problems := command(t, d, "lin", append([]string{"report", "precision"}, args...)...); code != 2 || strings.Count(problems, "\n") != 1 {
			t.Errorf("%v: %d %s", args, code, problems)
		}
	}
}

func TestExemptionsAreListedAndEndedByManagers(t *testing.T) {
	t.Parallel()
	d := reported(t)
	code, out, _ := command(t, d, "lin", "settings", "exemptions")
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	until := time.Now().Add(30 * 24 * time.Hour).In(shanghai).Format(time.DateOnly)
	for _, want := range []string{"S1", "P1 =Rice", " 60 ", " 40 ", until} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("%d: no %q in\n%s", code, want, out)
		}
	}
	if code, _, problems := command(t, d, "lin", "settings", "exemptions", "end", "1"); code != 1 || !strings.Contains(problems, "permission") && !strings.Contains(problems, "manager") {
		t.Errorf("an agent ends it: %d %s", code, problems)
	}
	if code, out, problems := command(t, d, "max", "settings", "exemptions", "end", "1", "--why", "over"); code != 0 || out != "exemption 1 has ended\n" {
		t.Errorf("a manager does not: %d %s %s", code, out, problems)
	}
	if _, out, _ := command(t, d, "lin", "settings", "exemptions"); strings.Contains(out, "P1") {
		t.Errorf("still in force:\n%s", out)
	}
	if _, out, _ := command(t, d, "lin", "settings", "exemptions", "--ended"); !strings.Contains(out, "P1") || !strings.Contains(out, " max_") {
		t.Errorf("forgotten:\n%s", out)
	}
	if code, _, _ := command(t, d, "max", "settings", "exemptions", "end", "x"); code != 2 {
		t.Errorf("x is a number: %d", code)
	}
}

func TestSettingsHistory(t *testing.T) {
	t.Parallel()
	d := reported(t)
	for _, args := range [][]string{{"detect.floor", "80"}, {"limit.quantity", "500", "--store", "S1", "--product", "P1"}, {"limit.quantity", ""}} {
		if code, _, problems := command(t, d, "max", append([]string{"settings", "set"}, args...)...); code != 0 {
			t.Fatalf("%v: %d %s", args, code, problems)
		}
	}
	_, out, _ := command(t, d, "lin", "settings", "history", "detect.floor")
	rows := strings.Split(out, "\n")
	if len(rows) != 4 || !strings.Contains(rows[1], " 80 ") || !strings.Contains(rows[1], "max_") || !strings.Contains(rows[1], "Max") ||
		!strings.Contains(rows[2], "50.00") || !strings.Contains(rows[2], "default") {
		t.Errorf("floor:\n%s", out)
	}
	_, out, _ = command(t, d, "lin", "settings", "history", "limit.quantity")
	if rows := strings.Split(out, "\n"); len(rows) != 5 || !strings.Contains(rows[1], "all  ") || !strings.Contains(rows[2], "store product S1/P1") {
		t.Errorf("limits:\n%s", out)
	}
	if code, _, problems := command(t, d, "lin", "settings", "history", "detect.flor"); code != 2 || !strings.Contains(problems, `"detect.flor"`) {
		t.Errorf("no such setting: %d %s", code, problems)
	}
}
