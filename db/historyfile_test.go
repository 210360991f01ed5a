package db_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// history reads a store's history as Lin.
func (w *deskWorld) history(code domain.StoreCode, order int64, product domain.ProductCode) domain.HistoryFile {
	w.Helper()
	f, err := w.stores["lin"].StoreHistory(w.Context(), code, domain.OrderID(order), product)
	if err != nil {
		w.Fatal(err)
	}
	return f
}

// An order that was corrected stands in the history as the store placed it, with what
// was seen in it.
func TestHistoryShowsOrdersAsPlaced(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.past("S1", 3, "13:00", "settled", "P1", "P2")
	w.past("S2", 2, "13:00", "settled", "P1")
	c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P3", 10, ""})
	if _, err := w.finish("lin", c, domain.ChooseChange, domain.Units(12)); err != nil {
		t.Fatal(err)
	}
	f := w.history("S1", c.order, "P1")
	if len(f.Orders) != 2 || f.Orders[0].ID != domain.OrderID(c.order) || len(f.Orders[0].Seen) != 1 {
		t.Fatalf("orders %+v", f.Orders)
	}
	o := f.Orders[0]
	s := o.Seen[0]
	if o.Total.String() != "5775.00" || o.Quantity != domain.Units(480) || o.Mark() != domain.MarkWrong || s.Outcome != domain.QuantityCorrected || s.CloseReason != domain.RealError {
		t.Errorf("the corrected order: %s, %s, %+v", o.Total, o.Quantity, s)
	}
	if before := f.Orders[1]; before.Quantity != domain.Units(1) || len(before.Seen) != 0 || before.Total.String() != "20.00" {
		t.Errorf("the order before: %+v", before)
	}
	if f.Product == nil || f.Product.Name != "牛奶" || f.CashLimit.String() != "20000.00" || f.Memory.WrongOrders != 1 || f.ReadAt.IsZero() {
		t.Errorf("product %+v, limit %s, memory %+v", f.Product, f.CashLimit, f.Memory)
	}
	var offered []string
	for _, p := range f.Products {
		offered = append(offered, string(p.Code))
	}
	if diff := cmp.Diff([]string{"P1", "P3", "P2"}, offered); diff != "" { // the odd line, the rest of the order, the usual
		t.Errorf("offered (-want +got):\n%s", diff)
	}
	if f := w.history("S1", 0, ""); f.Product != nil || f.Orders[0].Quantity != 0 || f.Products[0].Code != "P1" {
		t.Errorf("of no order and no product: %+v, %+v", f.Product, f.Products)
	}
	for product, code := range map[domain.ProductCode]domain.Code{"": domain.NotFound, "P999": domain.NotFound} {
		store := domain.StoreCode("S1")
		if product == "" {
			store = "S999"
		}
		if _, err := w.stores["lin"].StoreHistory(t.Context(), store, 0, product); domain.CodeOf(err) != code {
			t.Errorf("%s %s: %v", store, product, err)
		}
	}
}

func TestHistoryKnowsWhatIsPromised(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	w.claim("lin", c)
	again := time.Now().Add(10 * time.Minute)
	if _, err := w.stores["lin"].RecordCall(t.Context(), uuid.New(), domain.CallReport{
		Cases: []domain.CaseID{c.id}, Outcome: domain.NoAnswer, Again: &again,
	}); err != nil {
		t.Fatal(err)
	}
	if f := w.history("S1", 0, ""); len(f.Promised) != 1 || f.Promised[0].ByNameEn != "lin" || f.Promised[0].Again == nil {
		t.Errorf("promised %+v", f.Promised)
	}
	if f := w.history("S2", 0, ""); len(f.Promised) != 0 {
		t.Errorf("promised another store %+v", f.Promised)
	}
}

// The window is of the last weeks; opened from an older order, it reaches a little past
// that one.
func TestHistoryReachesToItsOrder(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	old := w.past("S1", 400, "13:00", "settled", "P1")
	w.past("S1", 390, "13:00", "settled", "P1")
	w.past("S1", 300, "13:00", "settled", "P1")
	w.past("S1", 150, "13:00", "settled", "P1")
	w.past("S1", 1, "13:00", "settled", "P1")
	days := func(f domain.HistoryFile) string {
		var out []string
		for _, o := range f.Orders {
			out = append(out, fmt.Sprint(int(time.Since(o.PlacedAt).Hours()+12)/24))
		}
		return strings.Join(out, " ")
	}
	if got := len(w.history("S1", 0, "").Orders); got != 2 {
		t.Errorf("%d orders of the last weeks, want 2", got)
	}
	f := w.history("S1", old, "")
	if len(f.Orders) != 2 || f.Orders[1].ID != domain.OrderID(old) {
		t.Errorf("around the old one: days ago %s", days(f))
	}
	if got := len(w.history("S2", old, "").Orders); got != 0 {
		t.Errorf("another store has %d orders", got)
	}
}

// However much there is, at most so many orders are read, by the store's index.
func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.exec(`INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content)
		SELECT 'X' || g, 'S' || 1 + g % 40, now() - g * interval '5 minutes', current_date, 'settled', 1000, 1, true, '' FROM generate_series(1, 20000) g`)
	w.exec(`ANALYZE cleardesk.orders`)
	if f := w.history("S1", 0, ""); len(f.Orders) != domain.HistoryOrders {
		t.Errorf("%d orders", len(f.Orders))
	}
	var lines []string
	err := w.admin.SelectContext(t.Context(), &lines, "EXPLAIN SELECT id FROM cleardesk.orders o WHERE "+db.HistoryQuery,
		"S1", time.Now().Add(-182*24*time.Hour), time.Now(), domain.HistoryOrders)
	if err != nil {
		t.Fatal(err)
	}
	if plan := strings.Join(lines, "\n"); !strings.Contains(plan, "orders_store") || strings.Contains(plan, "Seq Scan") {
		t.Errorf("plan:\n%s", plan)
	}
}
