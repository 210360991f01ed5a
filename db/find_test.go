package db

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/db/dbtest"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// findWorld is a platform with an agent who looks for things.
type findWorld struct {
	testing.TB
	admin *sqlx.DB
	*Store
}

func newFindWorld(tb testing.TB) *findWorld {
	tb.Helper()
	d := dbtest.New(tb)
	w := &findWorld{TB: tb, admin: d.Admin(tb)}
	login := d.Login(tb, "lin", "agent")
	w.exec(`INSERT INTO cleardesk.staff (login, name, name_en, roles, active) VALUES ($1, '林梅', 'Lin Mei', '{agent}', true),
		('wangjian', '王建', 'Wang Jian', '{procurement}', true), ('gone', '王走', 'Wang Zou', '{agent}', false)`, login)
	w.exec(`INSERT INTO cleardesk.store (code, name, name_en, initials, manager, manager_en, phone) VALUES
		('S031', '望京店', 'Wangjing', 'wjd', '陈静', 'Chen Jing', '139 0000 0398'),
		('S063', '望京西店', 'Wangjing West', 'wjxd', '吴迪', 'Wu Di', '13900001122'),
		('S014', '朝阳路店', 'Chaoyang Road', 'cyld', '刘洋', 'Liu Yang', '010-8888 0031'),
		('Q%_1', '百分%店\', 'Per''cent "one"', 'bfd', '', '', '')`)
	w.exec(`INSERT INTO cleardesk.product (code, name, name_en, initials, unit) VALUES
		('P4001', '五花肉', 'Pork belly', 'whr', 'kg'), ('P1007', '鲜牛奶250ml', 'Fresh milk 250 ml', 'xnn', '袋')`)
	store, err := Open(d.DSN(login), Options{Statement: time.Minute})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	w.Store = store
	return w
}

func (w *findWorld) exec(query string, args ...any) {
	w.Helper()
	if _, err := w.admin.ExecContext(w.Context(), query, args...); err != nil {
		w.Fatalf("%s: %v", query, err)
	}
}

// orders puts in orders n to m of a store, numbered by their numbers.
func (w *findWorld) orders(store string, n, m int) {
	w.Helper()
	w.exec(`INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content)
		SELECT 'N-' || lpad(g::text, 7, '0'), $1, now(), (now() AT TIME ZONE 'Asia/Shanghai')::date, 'accepted', 100, 1, true, ''
		FROM generate_series($2::int, $3::int) g`, store, n, m)
}

// found lists what is found, each as its kind and code.
func (w *findWorld) found(text string) []string {
	w.Helper()
	all, err := w.Find(w.Context(), text, 8)
	if err != nil {
		w.Errorf("find %.40q: %v", text, err)
	}
	var out []string
	for _, f := range all {
		switch f.Kind {
		case domain.FoundStore:
			out = append(out, "store "+string(f.Store.Code))
		case domain.FoundOrder:
			out = append(out, "order "+string(f.Order.No)+" of "+string(f.Store.Code))
		case domain.FoundProduct:
			out = append(out, "product "+string(f.Product.Code))
		case domain.FoundStaff:
			out = append(out, "staff "+f.Staff.Name)
		}
	}
	return out
}

func TestFindByWhatACallerSays(t *testing.T) {
	t.Parallel()
	w := newFindWorld(t)
	w.orders("S014", 398, 398)
	w.exec(`INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content)
		VALUES ('1123-0412', 'S031', now(), current_date, 'placed', 100, 1, true, ''), ('ab-9', 'S031', now(), current_date, 'placed', 100, 1, true, '')`)
	both := []string{"store S031", "store S063"}
	for text, want := range map[string][]string{
		"0398":              {"store S031", "order N-0000398 of S014"},
		"00 0398":           {"store S031"},
		"000398":            {"store S031", "order N-0000398 of S014"},
		"000 01122":         {"store S063"},
		"0000 1122":         {"store S063"},
		"139-0000-0398":     {"store S031"},
		"+86 139 0000 0398": {"store S031"},
		"(010) 88880031":    {"store S014"},
		"８８８８００３１":          {"store S014"},
		"S031":              {"store S031"}, // a code is no phone's tail
		"31":                {"store S014"},
		"wj":                both,
		"ＷＪ":                both,
		"wjx":               {"store S063"},
		"望京":                both,
		" 望京西 ":             {"store S063"},
		"wangjing":          both,
		"west":              {"store S063"},
		"陈":                 {"store S031"},
		"chen jing":         {"store S031"},
		"0412":              {"order 1123-0412 of S031"},
		"1123-0412":         {"order 1123-0412 of S031"},
		"AB-9":              {"order ab-9 of S031"},
		"五花":                {"product P4001"},
		"whr":               {"product P4001"},
		"milk":              {"product P1007"},
		"p4":                {"product P4001"},
		"王":                 {"staff 王建"},
		"林梅":                {"staff 林梅"},
		"":                  nil,
		"  ":                nil,
		"1":                 nil,
		"nothing of this":   nil,
	} {
		if diff := cmp.Diff(want, w.found(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestFindTakesAnyTextAsItIs(t *testing.T) {
	t.Parallel()
	w := newFindWorld(t)
	odd := []string{"store Q%_1"}
	for text, want := range map[string][]string{
		"%": odd, "q%": odd, "q%_": odd, "_": nil, "\\": odd, "'": odd, `"`: odd, `'cent "one`: odd,
		"s%": nil, "s___": nil, "'; DROP TABLE cleardesk.store; --": nil,
		"\x00": nil, "w\x00j": {"store S031", "store S063"}, "wj\x1b": {"store S031", "store S063"}, "\xff\xfewjx": {"store S063"},
		strings.Repeat("wj", 5000): nil, strings.Repeat("9", 10_000): nil, strings.Repeat("\u6f22", 10_000): nil,
	} {
		if diff := cmp.Diff(want, w.found(text)); diff != "" {
			t.Errorf("%.20q (-want +got):\n%s", text, diff)
		}
	}
}

func TestFindSaysHowTheStoreStands(t *testing.T) {
	t.Parallel()
	w := newFindWorld(t)
	w.orders("S031", 1, 3)
	w.exec(`INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content)
		SELECT 'old', 'S031', now() - interval '3 days', (now() AT TIME ZONE 'Asia/Shanghai')::date - 3, 'accepted', 100, 1, true, ''`)
	w.exec(`WITH c AS (INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
		    SELECT 'S031', id, 'customer_service', 'amount_surge', '{}', 1, '[]', id, '' FROM cleardesk.orders WHERE order_no IN ('N-0000002', 'old')
		    RETURNING id, order_id),
		a AS (INSERT INTO cleardesk.anomaly (case_id, kind, order_id, evidence, rule, rule_version, order_version, at_risk, hard, blocks)
		    SELECT id, 'amount_surge', order_id, '{}', 'r', 1, 1, 1, false, true FROM c RETURNING id, order_id)
		INSERT INTO cleardesk.hold (order_id, anomaly_id) SELECT order_id, id FROM a`)
	all, err := w.Find(t.Context(), "wj", 8)
	if err != nil || len(all) != 2 {
		t.Fatalf("%v, %v", all, err)
	}
	if f := all[0]; f.Today != 3 || f.HeldToday != 1 || f.OpenCases != 2 {
		t.Errorf("Wangjing has %d orders today, %d of them held, %d open cases; want 3, 1, 2", f.Today, f.HeldToday, f.OpenCases)
	}
	if f := all[1]; f.Today != 0 || f.HeldToday != 0 || f.OpenCases != 0 {
		t.Errorf("Wangjing West has %+v", f)
	}
	all, err = w.Find(t.Context(), "n-0000002", 8)
	if err != nil || len(all) != 1 || all[0].Case == 0 || all[0].Order.Held != -1 {
		t.Errorf("the held order is %+v, %v", all, err)
	}
}

// The tail of a number is looked for among the newest orders only; an older one is
// found by its whole number, through the index.
func TestFindReadsABoundedNumberOfOrders(t *testing.T) {
	t.Parallel()
	w := newFindWorld(t)
	const more = 2000
	w.orders("S014", 1, findReach+more)
	w.exec(`ANALYZE cleardesk.orders`)
	for text, want := range map[string][]string{
		"n-0000001":                     {"order N-0000001 of S014"},
		"-0000001":                      nil,
		fmt.Sprintf("-%07d", more):      nil,
		fmt.Sprintf("-%07d", more+1):    {fmt.Sprintf("order N-%07d of S014", more+1)},
		fmt.Sprintf("-%07d", findReach): {fmt.Sprintf("order N-%07d of S014", findReach)},
	} {
		if diff := cmp.Diff(want, w.found(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	for _, text := range []string{"n-0000001", "0000001"} {
		var plan []string
		query := strings.NewReplacer("$1", pq.QuoteLiteral(text), "$2", "8", "$3", fmt.Sprint(findReach)).Replace(tailOrders)
		if err := w.admin.SelectContext(t.Context(), &plan, `EXPLAIN `+query); err != nil {
			t.Fatal(err)
		}
		p := strings.Join(plan, "\n")
		if strings.Contains(p, "Seq Scan on orders") || !strings.Contains(p, "orders_order_no_key") || !strings.Contains(p, "Limit") {
			t.Errorf("%s is not looked up in a bounded way:\n%s", text, p)
		}
	}
}

// BenchmarkFind looks among 5,000 stores and a million orders, and opens a store.
func BenchmarkFind(b *testing.B) {
	w := newFindWorld(b)
	w.exec(`INSERT INTO cleardesk.store (code, name, name_en, initials, phone)
		SELECT 'T' || g, '店' || g, 'Store ' || g, 'd' || g, '138 ' || lpad(g::text, 8, '0') FROM generate_series(1, 5000) g`)
	w.exec(`INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content)
		SELECT 'N-' || lpad(g::text, 7, '0'), 'T' || 1 + g % 5000, at, (at AT TIME ZONE 'Asia/Shanghai')::date, 'accepted', 100, 1, true, ''
		FROM generate_series(1, 1000000) g, LATERAL (SELECT now() - (1000000 - g) * interval '40 seconds' AS at) t`)
	w.exec(`ANALYZE cleardesk.orders, cleardesk.store`)
	b.Run("store file", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.StoreFile(b.Context(), "T412"); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, text := range []string{"0412", "n-0000001", "wj", "店1", "zzz"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := w.Find(b.Context(), text, 8); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
