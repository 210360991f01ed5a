package db

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// found puts in n anomalies of a rule raised at a time and, unless they are open,
// decided on a week later.
func (w *judgeWorld) found(n int, rule string, version int, raised, reason string) {
	w.t.Helper()
	w.exec(`
		WITH a AS (
			INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version, at_risk, hard, blocks,
				raised_at, outcome, closed_at)
			SELECT (SELECT min(id) FROM cleardesk.cases), 'quantity_surge', (SELECT min(id) FROM cleardesk.orders),
			       (SELECT count(*) FROM cleardesk.anomaly) + g, '{}', $2, $3, 1, 0, false, false, $4::timestamptz,
			       CASE WHEN $5::text <> '' THEN 'false_alarm' END, CASE WHEN $5::text <> '' THEN $4::timestamptz + interval '7 days' END
			FROM generate_series(1, $1::int) g RETURNING id, case_id, closed_at)
		INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, answers, effects, changed, by_login, at)
		SELECT gen_random_uuid(), case_id, id, 'quantity_surge', 'false_alarm', $5, 'other', '{}', '[]', '{}', (SELECT min(login) FROM cleardesk.staff), closed_at
		FROM a WHERE $5::text <> ''`, n, rule, version, raised, reason)
}

// Months are the platform's, and an anomaly counts in the month it was raised in,
// whenever it was decided.
func TestPrecisionCountsWhatBecameOfEachRule(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	lin := w.desk("lin", "agent")
	w.order(testLine{product: "P1", quantity: 10})
	w.exec(`INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
		SELECT 'S1', id, 'customer_service', 'quantity_surge', '{}', 0, '[]', 1, '' FROM cleardesk.orders`)
	w.found(9, "surge", 1, "2026-01-31 15:59:59Z", "real_error") // the last second of January in Shanghai
	w.found(8, "surge", 1, "2026-01-31 16:00Z", "real_error")    // and the first of February
	w.found(3, "surge", 1, "2026-02-10Z", "unusual_right")
	w.found(2, "surge", 1, "2026-02-27Z", "rule_wrong") // decided in March
	w.found(4, "surge", 1, "2026-02-11Z", "master_data")
	w.found(5, "surge", 1, "2026-02-12Z", "")
	w.found(1, "surge", 2, "2026-02-12Z", "real_error")
	w.found(6, "amount", 1, "2026-03-01Z", "")
	again := func(rule string, version int) {
		w.exec(`INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, answers, effects, changed, by_login, at)
			SELECT gen_random_uuid(), case_id, min(id), 'quantity_surge', 'confirmed_genuine', 'unusual_right', 'other', '{}', '[]', '{}',
			       (SELECT min(login) FROM cleardesk.staff), '2026-03-09Z'
			FROM cleardesk.anomaly WHERE rule = $1 AND rule_version = $2 GROUP BY case_id`, rule, version)
	}
	again("surge", 2)  // decided otherwise
	again("amount", 1) // and one that is open again
	month := func(m time.Month) time.Time { return time.Date(2026, m, 1, 0, 0, 0, 0, time.UTC) }
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	got, err := lin.Precision(t.Context(), month(2), shanghai)
	if err != nil {
		t.Fatal(err)
	}
	want := []domain.Precision{
		{Month: month(2), Rule: "surge", Version: 1, Raised: 22, Open: 5, Decided: 17, Right: 8, Unusual: 3, Wrong: 2, Master: 4},
		{Month: month(2), Rule: "surge", Version: 2, Raised: 1, Decided: 1, Unusual: 1},
		{Month: month(3), Rule: "amount", Version: 1, Raised: 6, Open: 6},
	}
	if d := cmp.Diff(want, got, cmp.Transformer("utc", time.Time.UTC)); d != "" {
		t.Error(d)
	}
	// 8 of 13 is 0.6154, and 0.3552 to 0.8229 by Wilson's score.
	share, ok := got[0].Share()
	low, high := got[0].Interval()
	for _, c := range [][2]float64{{share, 0.6154}, {low, 0.3552}, {high, 0.8229}} {
		if d := c[0] - c[1]; !ok || d > 5e-5 || d < -5e-5 {
			t.Errorf("%.4f, want %.4f", c[0], c[1])
		}
	}
	if _, ok := got[2].Share(); ok {
		t.Error("a precision of nothing judged")
	}
	if all, err := lin.Precision(t.Context(), month(1), shanghai); err != nil || len(all) != 4 || all[0].Right != 9 {
		t.Errorf("since January: %+v %v", all, err)
	}
}

// The report reads its months only, whatever the years before hold.
func TestPrecisionReadsItsMonthsByIndex(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.desk("lin", "agent")
	w.order(testLine{product: "P1", quantity: 10})
	w.exec(`INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
		SELECT 'S1', id, 'customer_service', 'quantity_surge', '{}', 0, '[]', 1, '' FROM cleardesk.orders`)
	w.found(20_000, "surge", 1, "2020-01-31Z", "real_error")
	w.found(50, "surge", 1, "2026-02-10Z", "real_error")
	w.exec(`ANALYZE cleardesk.anomaly, cleardesk.resolution_record`)
	var lines []string
	err := w.admin.SelectContext(t.Context(), &lines, "EXPLAIN "+precisionQuery, time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), "Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	plan := strings.Join(lines, "\n")
	if !strings.Contains(plan, "anomaly_raised") || !strings.Contains(plan, "resolution_at") || strings.Contains(plan, "Seq Scan on anomaly") {
		t.Errorf("tables are read whole:\n%s", plan)
	}
}
