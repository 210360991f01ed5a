package db_test

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// storeFile reads a store's file as Lin.
func (w *deskWorld) storeFile(code domain.StoreCode) domain.StoreFile {
	w.Helper()
	f, err := w.stores["lin"].StoreFile(w.Context(), code)
	if err != nil {
		w.Fatal(err)
	}
	return f
}

// set puts a value of the platform.
func (w *deskWorld) set(name, scope, key, value string) {
	w.Helper()
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
		VALUES ($1, $2, $3, now() - interval '1 second', $4, 'test')`, name, scope, key, value)
}

// past puts in an order with lines of the products, placed so many days ago in the
// platform's zone at a time of day, and gives its id.
func (w *deskWorld) past(store string, days int, clock, state string, products ...string) (id int64) {
	w.Helper()
	w.orders++
	w.scan(&id, `
		WITH zone AS (SELECT coalesce((SELECT value FROM cleardesk.setting WHERE name = 'platform.zone' ORDER BY id DESC LIMIT 1),
		    'Asia/Shanghai') AS z),
		at AS (SELECT ((now() AT TIME ZONE z)::date - $3::int + $4::time) AT TIME ZONE z AS t, z FROM zone)
		INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content)
		SELECT $1, $2, t, (t AT TIME ZONE z)::date, $5, $6, $7, true, '' FROM at RETURNING id`,
		fmt.Sprintf("O%05d", w.orders), store, days, clock, state, 1000*len(products), max(1, len(products)))
	for i, p := range products {
		w.exec(`INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount)
			VALUES ($1, $2, $3, 1000, 1000, 1000, 1000)`, id, i+1, p)
	}
	return id
}

func due(f domain.StoreFile) []string {
	var out []string
	for _, d := range f.Due {
		out = append(out, fmt.Sprintf("%s in %d", d.Amount, d.Orders))
	}
	return out
}

// The vans leave at 00:00 of the next day here, so that every order of yesterday is
// on today's van whenever the test runs, and every order of today on tomorrow's.
func TestStoreFileSaysWhatToHaveReady(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.set("departure.at", "platform", "", "00:00")
	w.past("S1", 0, "00:00", "accepted", "P1", "P2")
	w.past("S1", 0, "00:00", "placed", "P1") // not accepted yet
	w.past("S1", 0, "00:00", "cancelled", "P1")
	w.past("S1", 1, "00:00", "accepted", "P1")
	w.past("S1", 1, "23:59", "allocated", "P1", "P2", "P3")
	w.past("S1", 1, "12:00", "delivered", "P1") // paid
	w.past("S1", 2, "12:00", "accepted", "P1")  // its van has been
	w.past("S1", 2, "12:00", "shipped", "P4")   // still on the road
	w.past("S1", 30, "12:00", "shipped", "P4")
	w.past("S2", 0, "00:00", "accepted", "P1")
	part := w.past("S1", 0, "00:00", "accepted", "P1", "P2", "P3")
	w.exec(`UPDATE cleardesk.order_line SET cancelled = true WHERE order_id = $1 AND line_no = 3`, part)
	held := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""}) // 3 of P2 are accepted: 9.99
	f := w.storeFile("S1")
	if diff := cmp.Diff([]string{"50.00 in 3", "49.99 in 3"}, due(f)); diff != "" {
		t.Errorf("due (-want +got):\n%s", diff)
	}
	if got := f.Due[1].Leaves.Sub(f.Due[0].Leaves); got != 24*time.Hour {
		t.Errorf("the vans leave %s apart", got)
	}
	if _, err := w.finish("lin", held, domain.ChooseGenuine, 0); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"50.00 in 3", "5809.99 in 3"}, due(w.storeFile("S1"))); diff != "" {
		t.Errorf("due after the release (-want +got):\n%s", diff)
	}
}

func TestStoreFileHasTheLimitTheJudgeUses(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	want := func(limit string) {
		t.Helper()
		if got := w.storeFile("S1").CashLimit.String(); got != limit {
			t.Errorf("limit %s, want %s", got, limit)
		}
	}
	want("20000.00")
	w.set("limit.cod", "platform", "", "15000.00")
	want("15000.00")
	w.exec(`UPDATE cleardesk.store SET cod_limit = 1200000 WHERE code = 'S1'`)
	want("12000.00")
	w.set("limit.cod", "store", "S1", "9000.00")
	want("9000.00")
	if _, err := w.stores["lin"].StoreFile(t.Context(), "S999"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("a store that is not there: %v", err)
	}
}

// Kiritimati and the zone twelve hours behind Greenwich never have the same date.
func TestStoreFileCountsDaysInThePlatformsZone(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.set("platform.zone", "platform", "", "Pacific/Kiritimati")
	for range 3 {
		w.past("S1", 0, "00:00", "accepted", "P1")
	}
	for _, weeks := range []int{1, 2, 3, 4} {
		w.past("S1", 7*weeks, "23:59", "settled", "P1", "P2")
	}
	f := w.storeFile("S1")
	if f.Today != 3 || len(f.Missing) != 1 || f.Missing[0].Code != "P2" {
		t.Errorf("%d today, missing %v; want 3, and P2 missing", f.Today, f.Missing)
	}
	zone, err := time.LoadLocation("Pacific/Kiritimati")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range f.Orders {
		y, m, d := o.PlacedAt.In(zone).Date()
		want := []domain.Moment{
			{What: domain.WindowClose, At: time.Date(y, m, d, 15, 0, 0, 0, zone)},
			{What: domain.Picking, At: time.Date(y, m, d, 15, 30, 0, 0, zone)},
			{What: domain.Departure, At: time.Date(y, m, d+1, 5, 0, 0, 0, zone)},
		}
		if diff := cmp.Diff(want, o.Moments, cmp.Comparer(time.Time.Equal)); diff != "" {
			t.Errorf("moments of %s (-want +got):\n%s", o.No, diff)
		}
	}
	w.set("platform.zone", "platform", "", "Etc/GMT+12") // there today's date has not come yet
	if f = w.storeFile("S1"); f.Today != 0 || len(f.Missing) != 0 {
		t.Errorf("west of the date line %d today, missing %v", f.Today, f.Missing)
	}
}

func TestStoreFileRemembersHabits(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for i := range 10 { // 1 to 10 lines, at 13:10 to 13:19
		w.past("S1", 10-i, fmt.Sprintf("13:1%d", i), "settled", []string{"P1", "P2", "P3", "P4", "P1", "P2", "P3", "P4", "P1", "P2"}[:i+1]...)
	}
	w.past("S1", 5, "08:00", "cancelled", "P1", "P1", "P1", "P1", "P1", "P1", "P1", "P1", "P1", "P1", "P1", "P1") // counts for nothing
	w.past("S1", 120, "09:00", "settled", "P1")                                                                   // too long ago
	odd := w.put("S1", "", deskLine{"P1", 900, surge})
	m := w.storeFile("S1").Memory
	want := domain.StoreMemory{
		UsualLow: 1000, UsualMedian: 5000, UsualHigh: 9000, Orders: 10, FirstClock: "13:10", LastClock: "13:18",
		LastAmounts: []domain.Money{1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000},
	}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Errorf("habits (-want +got):\n%s", diff)
	}
	wrong, more := w.put("S1", "", deskLine{"P1", 700, surge}), w.put("S1", "", deskLine{"P3", 800, surge})
	finish := func(c deskCase, choice domain.Choice) {
		t.Helper()
		if _, err := w.finish("lin", c, choice, domain.Units(12)); err != nil {
			t.Fatal(err)
		}
	}
	finish(odd, domain.ChooseGenuine)
	finish(wrong, domain.ChooseChange)
	finish(more, domain.ChooseFalseAlarm)
	finish(w.put("S2", "", deskLine{"P1", 700, surge}), domain.ChooseFalseAlarm)
	f := w.storeFile("S1")
	m = f.Memory
	if m.Cases != 3 || m.WrongOrders != 1 || m.TrueSurges != 1 || m.FalseAlarms != 1 {
		t.Errorf("remembered %+v", m)
	}
	var records []string
	for _, r := range f.Records {
		records = append(records, fmt.Sprint(r.Case, r.OrderNo, r.ByNameEn))
	}
	if len(records) != 3 || len(f.Open) != 0 {
		t.Errorf("records %v, open %v", records, f.Open)
	}
	finish(w.put("S1", "", deskLine{"P1", 7, domain.ZeroStock}), domain.ChooseDropLine)
	if m := w.storeFile("S1").Memory; m.Cases != 4 || m.WrongOrders != 1 {
		t.Errorf("that there was none is no fault of the store's: %+v", m)
	}
}

func TestStoreFileSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.past("S1", 7, "13:00", "settled", "P1", "P2", "P3")
	w.past("S1", 14, "13:00", "settled", "P1", "P2", "P3")
	w.past("S1", 21, "13:00", "settled", "P1", "P2", "P4")
	dropped := w.past("S1", 28, "13:00", "settled", "P1", "P4", "P3")
	w.exec(`UPDATE cleardesk.order_line SET cancelled = true WHERE order_id = $1 AND product = 'P3'`, dropped) // or P3 were usual
	w.past("S1", 35, "13:00", "settled", "P4", "P2")
	w.past("S1", 63, "13:00", "settled", "P4") // nine weeks ago does not count: else P2 were not regular
	for _, days := range []int{6, 8, 13} {
		w.past("S1", days, "13:00", "settled", "P4") // other weekdays do not count
	}
	missing := func() (out []domain.ProductCode) {
		for _, p := range w.storeFile("S1").Missing {
			out = append(out, p.Code)
		}
		return out
	}
	if got := missing(); got != nil {
		t.Errorf("before the store has ordered, %v is missing", got)
	}
	w.past("S1", 0, "00:00", "cancelled", "P2")
	if got := missing(); got != nil {
		t.Errorf("an order that was cancelled is none, and %v is missing", got)
	}
	w.past("S1", 0, "00:00", "placed", "P1")
	if diff := cmp.Diff([]domain.ProductCode{"P2"}, missing()); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	w.past("S1", 0, "00:00", "placed", "P2")
	if got := missing(); got != nil {
		t.Errorf("all is ordered, and %v is missing", got)
	}
}

func TestStoreFileListsTheLastOrdersAndTheOpenOnes(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	closed := w.put("S1", "", deskLine{"P1", 480, surge})
	if _, err := w.finish("lin", closed, domain.ChooseGenuine, 0); err != nil {
		t.Fatal(err)
	}
	whole, line := w.put("S1", domain.AmountSurge, deskLine{"P1", 2, ""}), w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 1, ""})
	w.exec(`UPDATE cleardesk.orders SET placed_at = placed_at - interval '1 day' WHERE store = 'S1'`)
	for range 20 {
		w.past("S1", 0, "00:00", "accepted", "P1")
	}
	w.past("S2", 0, "00:00", "accepted", "P1")
	f := w.storeFile("S1")
	held := map[domain.OrderNo]int{}
	for i, o := range f.Orders {
		held[o.No] = o.Held
		if i > 0 && o.PlacedAt.After(f.Orders[i-1].PlacedAt) {
			t.Errorf("%s is not in its place", o.No)
		}
	}
	if len(held) != 12+2 || held[domain.OrderNo(whole.no)] != -1 || held[domain.OrderNo(line.no)] != 1 || len(f.Open) != 2 {
		t.Errorf("orders with what is held of them %v, %d open", held, len(f.Open))
	}
}

func TestStoreFileKnowsWhichCallsAreOwed(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c, d := w.put("S1", "", deskLine{"P1", 480, surge}), w.put("S1", "", deskLine{"P3", 480, surge})
	w.claim("lin", c)
	w.claim("lin", d)
	again := time.Now().Add(20 * time.Minute).UTC().Truncate(time.Second)
	call := func(r domain.CallReport, cases ...deskCase) {
		t.Helper()
		for _, c := range cases {
			r.Cases = append(r.Cases, c.id)
		}
		if _, err := w.stores["lin"].RecordCall(t.Context(), uuid.New(), r); err != nil {
			t.Fatal(err)
		}
	}
	missed := domain.CallReport{Outcome: domain.NoAnswer, Again: &again}
	reached := domain.CallReport{Outcome: domain.Reached, Who: domain.StoreManager, Said: domain.SaidMistake, Text: "按错了"}
	owed := func() (out []string) {
		for _, c := range w.storeFile("S1").Calls {
			if c.Owed {
				out = append(out, string(c.OrderNo)+" "+c.ByNameEn)
			}
		}
		return out
	}
	want := func(want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, owed()); diff != "" {
			t.Errorf("owed (-want +got):\n%s", diff)
		}
	}
	call(missed, c, d)
	want(c.no + " lin")
	call(reached, d) // the other case still waits
	want(c.no + " lin")
	call(missed, c)
	want(c.no + " lin")
	if calls := w.storeFile("S1").Calls; len(calls) != 3 || !calls[0].Owed || !calls[0].Again.Equal(again) || calls[0].Case != c.id ||
		calls[1].Text != "按错了" || calls[1].OrderNo != domain.OrderNo(d.no) {
		t.Errorf("calls %+v", calls)
	}
	call(reached, c)
	want()
	call(missed, c)
	want(c.no + " lin")
	f := w.form("lin", c)
	claim := w.claim("lin", c)
	if _, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), handled(f, claim, w.decided(f, domain.ChooseGenuine, 0))); err != nil {
		t.Fatal(err)
	}
	want()
	if other := w.storeFile("S2").Calls; len(other) != 0 {
		t.Errorf("another store has %v", other)
	}
}
