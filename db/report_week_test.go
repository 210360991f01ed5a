package db

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// reportWorld is a week of November: Lin corrects a line and credits a weight, Ana cancels
// an order that she got from Lin, which is taken back, and a gap closes by itself.
func reportWorld(t *testing.T) (*judgeWorld, *Store) {
	t.Helper()
	w := newJudgeWorld(t)
	lin := w.desk("lin", "agent")
	w.desk("ana", "agent")
	w.exec(`
		INSERT INTO cleardesk.store (code, name, name_en) VALUES ('S2', '=1+1', '');
		INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, content)
			SELECT 'O' || n, 'S1', '2026-11-16Z', '2026-11-16', CASE n WHEN 9 THEN 'refused' ELSE 'accepted' END, 88000, 2, ''
			FROM unnest('{1,2,3,9}'::int[]) n;
		INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
			SELECT s.store, o.id, s.dept, 'quantity_surge', '{}', 0, '[{"what": "picking", "at": "2026-11-16T06:20:00Z"}]', 1, ''
			FROM (VALUES (1, 'S1', 'O1', 'customer_service'), (2, 'S2', 'O2', 'customer_service'), (3, 'S1', 'O3', 'logistics'), (4, 'S2', '', 'customer_service'))
			    s (n, store, no, dept) LEFT JOIN cleardesk.orders o ON o.order_no = s.no ORDER BY s.n;
		INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, product, evidence, rule, rule_version, order_version, at_risk, hard, blocks,
				raised_at, outcome, closed_at)
			SELECT x.c, x.kind, k.order_id, x.line, NULL, '{"kind": "=x"}', '@rule', 1, CASE WHEN k.order_id IS NOT NULL THEN x.n END, x.money, false, x.blocks,
			       x.raised::timestamptz, x.outcome, x.closed::timestamptz
			FROM (VALUES
			    (1, 1, 'quantity_surge', 1, 48000, true, '2026-11-16 06:00Z', 'quantity_corrected', '2026-11-16 06:25Z'),
			    (2, 1, 'step_mismatch', 2, 700, false, '2026-11-16 06:15Z', 'false_alarm', '2026-11-16 06:25Z'),
			    (3, 2, 'wrong_order', 0, 30000, true, '2026-11-17 02:00Z', NULL, NULL),
			    (4, 3, 'short_weight', 1, 3000, false, '2026-11-17 02:30Z', 'credited', '2026-11-17 03:00Z'),
			    (5, 4, 'replenishment', 0, 900, false, '2026-11-17 06:00Z', 'lapsed', '2026-11-17 06:30Z'),
			    (6, 3, 'exchange', 1, 5, false, '2026-11-15 15:59:59Z', NULL, NULL),
			    (7, 3, 'exchange', 2, 6, false, '2026-11-22 16:00Z', NULL, NULL))
			    x (n, c, kind, line, money, blocks, raised, outcome, closed) JOIN cleardesk.cases k ON k.id = x.c ORDER BY x.n;
		INSERT INTO cleardesk.claim (case_id, claim_no, holder, what, at)
			SELECT x.c, x.no, (SELECT login FROM cleardesk.staff WHERE name = x.who), x.what, x.at::timestamptz
			FROM (VALUES (1, 1, 'lin', 'claimed', '2026-11-16 05:10Z'), (1, 1, 'lin', 'given_back', '2026-11-16 05:20Z'),
			    (1, 2, 'lin', 'claimed', '2026-11-16 06:10Z'), (1, 2, 'lin', 'closed', '2026-11-16 06:25Z'),
			    (2, 1, 'lin', 'claimed', '2026-11-17 02:07Z'), (2, 1, 'lin', 'handed_over', '2026-11-17 02:09Z'),
			    (2, 2, 'ana', 'claimed', '2026-11-17 02:20Z'), (2, 2, 'ana', 'closed', '2026-11-17 02:40Z')) x (c, no, who, what, at);
		WITH k AS (INSERT INTO cleardesk.call_record (op, store, by_login, at, outcome)
			SELECT gen_random_uuid(), 'S2', login, '2026-11-17 02:05Z', 'busy' FROM cleardesk.staff WHERE name = 'lin' RETURNING id)
		INSERT INTO cleardesk.call_case SELECT id, 2 FROM k;
		INSERT INTO cleardesk.resolution_record (op, case_id, anomaly_id, kind, outcome, close_reason, reason, note, answers, effects, changed, by_login, at)
			SELECT x.op::uuid, x.c, x.a, a.kind, x.outcome, x.why, 'other', '-2+3', '{}', x.effects::jsonb, x.changed::jsonb,
			       (SELECT login FROM cleardesk.staff WHERE name = x.who), x.at::timestamptz
			FROM (VALUES
			    ('00000000-0000-4000-8000-000000000001', 1, 1, 'quantity_corrected', 'real_error', '[{"op": "set_quantity", "line": 1}]',
			     '{"lines": [{"line": 1, "product": "P1", "old": 6000, "new": 1200, "old_amount": 60000, "new_amount": 12000}], "old_total": 88000, "new_total": 40000}',
			     'lin', '2026-11-16 06:25Z'),
			    ('00000000-0000-4000-8000-000000000001', 1, 2, 'false_alarm', 'rule_wrong', '[]',
			     '{"lines": [{"line": 1, "product": "P1", "old": 6000, "new": 1200, "old_amount": 60000, "new_amount": 12000}], "old_total": 88000, "new_total": 40000}',
			     'lin', '2026-11-16 06:25Z'),
			    ('00000000-0000-4000-8000-000000000002', 2, 3, 'order_cancelled', 'real_error', '[{"op": "cancel_order"}]',
			     '{"lines": [{"line": 1, "product": "P1", "old": 6000, "new": 0, "old_amount": 88000, "new_amount": 0}]}', 'ana', '2026-11-17 02:40Z'),
			    ('00000000-0000-4000-8000-000000000003', 3, 4, 'credited', 'real_error', '[{"op": "adjust", "amount": -3000}]', '{}', 'lin', '2026-11-17 03:00Z'))
			    x (op, c, a, outcome, why, effects, changed, who, at) JOIN cleardesk.anomaly a ON a.id = x.a;
		WITH wr AS (INSERT INTO cleardesk.written (op, case_id, found, by_login, at)
			SELECT op, case_id, '{}', by_login, at FROM cleardesk.resolution_record WHERE case_id = 2 RETURNING id, by_login)
		INSERT INTO cleardesk.reversal (op, written_id, case_id, records, changed, reason, by_login, at)
			SELECT gen_random_uuid(), id, 2, '{3}', '[]', 'mistaken', by_login, '2026-11-17 05:00Z' FROM wr;
		INSERT INTO cleardesk.adjustment (store, order_id, line_no, what, amount, record_id, by_login, at)
			SELECT 'S1', 3, 1, x.what, x.amount, 4, (SELECT login FROM cleardesk.staff WHERE name = 'lin'), x.at::timestamptz
			FROM (VALUES ('credit', -3000, '2026-11-17 03:00Z'), ('credit', 1000, '2026-11-18 03:00Z'), ('charge', 400, '2026-11-18 03:00Z'),
			    ('return', -70, '2026-11-18 03:00Z'), ('credit', -9, '2026-11-22 16:00Z')) x (what, amount, at);
		INSERT INTO cleardesk.event (what, key, store, order_id, at, detail)
			SELECT 'stage', order_no || s, 'S1', id, '2026-11-18 04:00Z', jsonb_build_object('stage', s)
			FROM cleardesk.orders, unnest('{refused,shipped}'::text[]) s WHERE state = 'refused'`)
	return w, lin
}

// weekOfNovember is 16 to 22 November in Shanghai.
func weekOfNovember(t *testing.T) (from, to time.Time, c domain.Calendar) {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 11, 16, 0, 0, 0, 0, zone), time.Date(2026, 11, 23, 0, 0, 0, 0, zone), domain.Calendar{Zone: zone}
}

func TestWeekIsCountedFromTheRecords(t *testing.T) {
	t.Parallel()
	_, lin := reportWorld(t)
	from, to, calendar := weekOfNovember(t)
	facts, err := lin.WeekFacts(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	const m = time.Minute
	once := func(d time.Duration) domain.Span { return domain.Span{Median: d, Ninth: d} }
	want := []domain.WeekRow{
		{Kind: domain.QuantitySurge, Raised: 1, Decided: 1, Touched: 1, Touch: once(10 * m), Resolve: once(25 * m), Held: 48000, Saved: 48000},
		{Kind: domain.StepMismatch, Raised: 1, Decided: 1, Touched: 1, Resolve: once(10 * m)}, // it came while Lin had the case
		{Kind: domain.ShortWeight, Raised: 1, Decided: 1, Touched: 1, Touch: once(30 * m), Resolve: once(30 * m), Lost: 2000},
		{Kind: domain.Replenishment, Raised: 1, Lapsed: 1},
		{Kind: domain.WrongOrder, Raised: 1, Open: 1, Touched: 1, Touch: once(5 * m), Held: 30000}, // rung first; taken back, nothing is saved
		{Kind: domain.NoKind, Lost: 88000},
		{
			Raised: 5, Open: 1, Decided: 3, Lapsed: 1, Touched: 4, Touch: domain.Span{Median: 7*m + 30*time.Second, Ninth: 30 * m},
			Resolve: domain.Span{Median: 25 * m, Ninth: 30 * m}, Held: 78000, Saved: 48000, Lost: 90000,
		},
	}
	var got []domain.WeekRow
	for _, r := range domain.WeekRows(facts, calendar) {
		if r.Day.IsZero() {
			got = append(got, r)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWorkIsCountedFromClaimsAndRecords(t *testing.T) {
	t.Parallel()
	w, lin := reportWorld(t)
	w.exec(`INSERT INTO cleardesk.cases (cause, lies_with, kind, why, at_risk, moments, rank, search) VALUES ('x', 'customer_service', 'exchange', '{}', 0, '[]', 1, '')`)
	w.exec(`INSERT INTO cleardesk.claim (case_id, claim_no, holder, what, at)
		SELECT k.id, 1, s.login, 'claimed', '2026-11-17 02:00Z' FROM cleardesk.cases k, cleardesk.staff s WHERE k.cause = 'x' AND s.name = 'lin'`)
	from, to, calendar := weekOfNovember(t)
	work, err := lin.Work(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	const m = time.Minute
	day := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	minutes := func(n int) domain.Span { return domain.Span{Median: time.Duration(n) * m, Ninth: time.Duration(n) * m} }
	want := []domain.WorkRow{
		{Day: day, Name: "lin", Claimed: 2, Handled: 1, Timed: 1, Took: minutes(15)},
		{Day: day.AddDate(0, 0, 1), Name: "ana", Claimed: 1, Handled: 1, Timed: 1, Took: minutes(20), Reopened: 1},
		{Day: day.AddDate(0, 0, 1), Name: "lin", Claimed: 1, Handled: 1, HandedOn: 1}, // the credit was never claimed
	}
	var got []domain.WorkRow
	for _, r := range domain.WorkRows(work, calendar) {
		if !r.Day.IsZero() {
			r.By = ""
			got = append(got, r)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTrainingIsSeenInHowAnomaliesWent(t *testing.T) {
	t.Parallel()
	w, lin := reportWorld(t)
	w.exec(`UPDATE cleardesk.anomaly SET outcome = 'order_cancelled', closed_at = '2026-11-17 06:00Z' WHERE id = 3`)
	from, to, _ := weekOfNovember(t)
	past, err := pastAnomalies(t.Context(), lin.db, from, to)
	if err != nil {
		t.Fatal(err)
	}
	want := []domain.TrainingNeed{
		{Store: "S2", Name: "=1+1", Raised: 2, WrongOrders: 1, AtRisk: 30000, Cases: []domain.CaseID{2}},
		{With: domain.CustomerService, Raised: 4, Late: 2, Reopened: 1, FalseAlarms: 1, AtRisk: 78700, Cases: []domain.CaseID{2, 1}},
	}
	if d := cmp.Diff(want, domain.TrainingNeeds(past, to, 1)); d != "" {
		t.Error(d)
	}
}

func TestListsComeInPagesByTheirNumbers(t *testing.T) {
	t.Parallel()
	w, lin := reportWorld(t)
	from, to, _ := weekOfNovember(t)
	w.exec(`INSERT INTO cleardesk.correction (op, product, what, old_value, new_value, reason, by_login, at)
		SELECT gen_random_uuid(), 'P1', 'step', '5000', '1500', 'entry', (SELECT min(login) FROM cleardesk.staff),
		       CASE WHEN n <= 2010 THEN timestamptz '2026-11-22 15:59:59Z' ELSE '2026-11-22 16:00Z' END
		FROM generate_series(1, 2020) n`)
	var sizes []int
	next := int64(10)
	err := lin.EachCorrection(t.Context(), Stretch{After: 9, From: from, To: to}, func(page []CorrectionRow) error {
		sizes = append(sizes, len(page))
		for _, r := range page {
			if r.ID != next || r.ProductName != "大米" || r.Old != "5000" {
				t.Fatalf("%+v, want %d", r, next)
			}
			next++
		}
		return nil
	})
	if d := cmp.Diff([]int{1000, 1000, 1}, sizes); d != "" || err != nil {
		t.Error(d, err)
	}
	var ids []domain.RecordID
	err = lin.EachRecord(t.Context(), Stretch{After: 1, From: from, To: to}, func(page []RecordRow) error {
		for _, r := range page {
			ids = append(ids, r.ID)
			if (r.ReversedAt != nil) != (r.ID == 3) {
				t.Errorf("record %d taken back at %v", r.ID, r.ReversedAt)
			}
		}
		return nil
	})
	if d := cmp.Diff([]domain.RecordID{2, 3, 4}, ids); d != "" || err != nil {
		t.Error(d, err)
	}
	var kinds []string
	err = lin.EachAnomaly(t.Context(), Stretch{From: from, To: to}, func(page []AnomalyRow) error {
		for _, r := range page {
			kinds = append(kinds, string(r.Kind)+" "+r.OrderNo+" "+string(r.CloseReason))
		}
		return nil
	})
	wantKinds := []string{"quantity_surge O1 real_error", "step_mismatch O1 rule_wrong", "wrong_order O2 ", "short_weight O3 real_error", "replenishment  "}
	if d := cmp.Diff(wantKinds, kinds); d != "" || err != nil {
		t.Error(d, err)
	}
}
