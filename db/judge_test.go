package db

import (
	"strings"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

func TestCleanOrderIsAcceptedAtOnce(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.learnt(12, testLine{product: "P1", quantity: 10})
	no := w.order(testLine{product: "P1", quantity: 11})
	if got := w.run(); got != (Judged{Orders: 13, Lines: 13}) {
		t.Errorf("judged %+v", got)
	}
	w.want("accepted", `SELECT state FROM cleardesk.orders WHERE order_no = $1 AND judged AND accepted_at IS NOT NULL`, no)
	w.want(`1 order_accepted {"lines": [1], "total": 11000}`, `SELECT n || ' ' || what || ' ' || detail FROM cleardesk.decision WHERE order_no = $1`, no)
	w.want("0/0", `SELECT (SELECT count(*) FROM cleardesk.waiting) || '/' || (SELECT count(*) FROM cleardesk.cases)`)
	w.want("true", `SELECT judged_to > now() - interval '1 minute' FROM cleardesk.judge`)
	w.want("12", `SELECT count(*) FROM cleardesk.orders WHERE history AND judged AND state = 'settled'`)
}

// anomalies lists an order's, the worst first: kind, line, whether it is hard and holds.
const anomalies = `SELECT string_agg(a.kind || ' ' || a.line_no || CASE WHEN a.hard THEN ' hard' ELSE '' END
	|| CASE WHEN h.id IS NULL THEN ' soft' ELSE '' END, ', ' ORDER BY a.at_risk DESC, a.id)
	FROM cleardesk.anomaly a LEFT JOIN cleardesk.hold h ON h.anomaly_id = a.id AND h.released_at IS NULL
	WHERE a.order_id = (SELECT id FROM cleardesk.orders WHERE order_no = $1)`

func TestEachKindHoldsWhatItShould(t *testing.T) {
	t.Parallel()
	usual := []testLine{{product: "P1", quantity: 10}, {product: "P2", quantity: 10, price: 50_000}}
	for name, c := range map[string]struct {
		prepare string
		lines   []testLine
		want    string
		state   string
		with    string
	}{
		"quantity_surge": {"", []testLine{{product: "P1", quantity: 100}, {product: "P2", quantity: 10, price: 50_000}}, "quantity_surge 1", "accepted", "customer_service"},
		"amount over the store's limit": {
			"UPDATE cleardesk.store SET cod_limit = 15000", usual, "amount_surge 0 hard", "placed", "customer_service",
		},
		"step": {
			"UPDATE cleardesk.product SET step = 6000 WHERE code = 'P2'", usual, "step_mismatch 2", "accepted", "customer_service",
		},
		"step seen": {
			"UPDATE cleardesk.product SET step = 5000 WHERE code = 'P2'",
			[]testLine{{product: "P1", quantity: 10}, {product: "P2", quantity: 10, seen: 10}},
			"step_mismatch 2", "accepted", "customer_service",
		},
		"no stock": {
			"UPDATE cleardesk.product SET stock = 0 WHERE code = 'P1'", usual, "zero_stock 1", "accepted", "procurement",
		},
		"limit of a product": {
			`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
			 VALUES ('limit.quantity', 'store_product', 'S1/P1', '2020-01-01', '9', 'mao')`, usual, "quantity_surge 1 hard", "accepted", "customer_service",
		},
		"soft limit only flags": {
			`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
			 VALUES ('limit.soft_multiple', 'product', 'P1', '2020-01-01', '1.2', 'mao')`,
			[]testLine{{product: "P1", quantity: 14}, {product: "P2", quantity: 10}},
			"quantity_surge 1 soft", "accepted", "customer_service",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newJudgeWorld(t)
			w.learnt(20, usual...)
			if c.prepare != "" {
				w.exec(c.prepare)
			}
			no := w.order(c.lines...)
			w.run()
			w.want(c.want, anomalies, no)
			w.want(c.state, `SELECT state FROM cleardesk.orders WHERE order_no = $1`, no)
			w.want(c.with, `SELECT lies_with FROM cleardesk.cases`)
		})
	}
}

func TestOneCaseGathersAnOrder(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.product SET step = 7000 WHERE code = 'P2'")
	w.learnt(20, testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 14})
	no := w.order(testLine{product: "P1", quantity: 200}, testLine{product: "P2", quantity: 15})
	w.run()
	if got := w.text("SELECT ("+anomalies+")", no); got != "amount_surge 0, quantity_surge 1, step_mismatch 2" {
		t.Errorf("anomalies: %s", got)
	}
	w.want("1 2 amount_surge", `SELECT count(*) || ' ' || max(more) || ' ' || max(kind) FROM cleardesk.cases`)
	w.want("191000 true", `SELECT c.at_risk || ' ' || (c.rank = cleardesk.case_rank(c.next_at, c.at_risk)) FROM cleardesk.cases c`)
	w.want("window_close picking departure 07:00", `SELECT (SELECT string_agg(m ->> 'what', ' ' ORDER BY m ->> 'at') FROM jsonb_array_elements(moments) m)
		|| ' ' || to_char(next_check AT TIME ZONE 'UTC', 'HH24:MI') FROM cleardesk.cases`)
	w.want("placed", `SELECT state FROM cleardesk.orders WHERE order_no = $1`, no)
	w.want("1 order_held - [amount_surge], 2 line_held 1 [quantity_surge], 3 line_held 2 [step_mismatch]",
		`SELECT string_agg(n || ' ' || what || ' ' || coalesce(line_no::text, '-') || ' ' || translate((detail -> 'kinds')::text, '"', ''), ', ' ORDER BY n)
		 FROM cleardesk.decision`)
	search := w.text(`SELECT search FROM cleardesk.cases`)
	for _, word := range []string{"s1", "梧桐路", "wutong", "wtld", strings.ToLower(no), "p1", "大米", "rice", "flour", "amount_surge", "订单量剧增"} {
		if !strings.Contains(search, word) {
			t.Errorf("the filter does not find %q in %q", word, search)
		}
	}
	w.want("20/24000", `SELECT jsonb_array_length(why -> 'recent_amount') || '/' || (why ->> 'high_amount') FROM cleardesk.cases`)
	w.want("20/10000/10000", `SELECT jsonb_array_length(evidence -> 'recent') || '/' || (evidence ->> 'usual_high') || '/' || (evidence ->> 'median')
		FROM cleardesk.anomaly WHERE kind = 'quantity_surge'`)
}

func TestOrderWithAllLinesHeldStaysPlaced(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.product SET step = 7000")
	no := w.order(testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 10})
	w.run()
	w.want("placed true", `SELECT state || ' ' || judged FROM cleardesk.orders WHERE order_no = $1`, no)
	w.want("0", `SELECT count(*) FROM cleardesk.decision WHERE what = 'order_accepted'`)
}

func TestStockIsTakenWithinABatch(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.product SET stock = 25000, reserved = 3000 WHERE code = 'P1'")
	first := w.order(testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 1})
	second := w.order(testLine{product: "P1", quantity: 10})
	third := w.order(testLine{product: "P1", quantity: 5}, testLine{product: "P1", quantity: 2})
	w.run()
	for no, want := range map[string]string{first: "accepted", second: "accepted", third: "accepted"} {
		w.want(want, `SELECT state FROM cleardesk.orders WHERE order_no = $1`, no)
	}
	w.want("zero_stock 1", anomalies, third)
	w.want("25000", `SELECT reserved FROM cleardesk.product WHERE code = 'P1'`)
	w.want("3", `SELECT count(*) FROM cleardesk.order_line WHERE reserved AND product = 'P1'`)
	w.want("2000", `SELECT evidence ->> 'available' FROM cleardesk.anomaly`)
}

func TestOrderCancelledBeforeItWasJudged(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	no := w.order(testLine{product: "P1", quantity: 10})
	w.exec(`UPDATE cleardesk.orders SET state = 'cancelled' WHERE order_no = $1`, no)
	w.run()
	w.want("cancelled true", `SELECT state || ' ' || judged FROM cleardesk.orders WHERE order_no = $1`, no)
	w.want("0/0", `SELECT (SELECT count(*) FROM cleardesk.decision) || '/' || (SELECT count(*) FROM cleardesk.baseline)`)
}

func TestKindsWeighAsInDomain(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	got := map[domain.Kind]int{}
	want := map[domain.Kind]int{}
	for _, k := range domain.Kinds() {
		var n int
		if err := w.admin.GetContext(t.Context(), &n, `SELECT cleardesk.kind_weight($1)`, k); err != nil {
			t.Fatal(err)
		}
		got[k], want[k] = n, k.Weight()
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestLimitOfCashOnDelivery(t *testing.T) {
	t.Parallel()
	own := domain.Money(5000)
	plain, set := domain.Settings{}, domain.Settings{}
	set.Put(domain.Setting{Name: limitCOD, Scope: domain.ScopeStore, Key: "S1", Value: "70.00"})
	for _, c := range []struct {
		settings domain.Settings
		own      *domain.Money
		want     domain.Money
	}{{plain, nil, 2_000_000}, {plain, &own, 5000}, {set, &own, 7000}, {set, nil, 7000}} {
		r := rules{settings: c.settings}
		if got := r.storeFor(domain.Store{CODLimit: c.own}, "S1"); got.CODLimit == nil || *got.CODLimit != c.want {
			t.Errorf("limit %v, want %v", got.CODLimit, c.want)
		}
	}
}
