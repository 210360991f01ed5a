package db_test

import (
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

// A day from its orders to its signature: every state in its line, the platform's count and
// its numbers, each destination, and what stays on the record.
func TestADayIsCheckedAndSigned(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	day, tomorrow := deliveryDay(2), time.Now().Add(20*time.Hour)
	w.planned(w.onDay(day, 1, "S1", domain.Accepted, 1_000), time.Now())
	w.onDay(day, 2, "S2", domain.Delivered, 2_000)
	toRound, toVan, toMorrow := w.onDay(day, 3, "S3", domain.Accepted, 300), w.onDay(day, 4, "S4", domain.Allocated, 400), w.onDay(day, 5, "S5", domain.Accepted, 500)
	w.onDay(day, 7, "S6", domain.Cancelled, 600)
	w.onDay(day, 8, "S7", domain.Refused, 700)
	held := w.heldUp(w.onDay(day, 9, "S8", domain.Placed, 800), 1)
	stopped := w.heldUp(w.onDay(day, 10, "S9", domain.Accepted, 900), 0)
	w.planned(stopped, time.Now())
	w.onDay(day, 11, "S10", domain.Placed, 1_100)
	w.counted(day, 12, 9_000)

	d := w.deliveries(day)
	want := map[domain.DayLine]domain.DayCount{
		domain.DayScheduled: {Orders: 2, Amount: 3_000}, domain.DayUnscheduled: {Orders: 3, Amount: 1_200}, domain.DayPast: {Orders: 3, Amount: 2_800},
		domain.DayCancelled: {Orders: 1, Amount: 600}, domain.DayRefused: {Orders: 1, Amount: 700},
	}
	if diff := cmp.Diff(want, d.Lines); diff != "" || !d.Proven() {
		t.Error(diff)
	}
	if d.Here != (domain.DayCount{Orders: 10, Amount: 8_300}) || d.Missing() != (domain.DayCount{Orders: 2, Amount: 700}) {
		t.Errorf("here %+v, missing %+v", d.Here, d.Missing())
	}
	no := func(n string) string { return day.Format("0102") + "-" + n }
	all := []string{
		"missing  open", "missing " + no("0006") + " open", "unscheduled " + no("0003") + " open", "unscheduled " + no("0004") + " open",
		"unscheduled " + no("0005") + " open", "past " + no("0009") + " open", "past " + no("0010") + " open", "past " + no("0011") + " open",
	}
	if diff := cmp.Diff(all, rowsOf(d)); diff != "" {
		t.Fatal(diff)
	}
	if r := d.Rows[1]; r.After != domain.OrderNo(no("0005")) || r.Before != domain.OrderNo(no("0007")) {
		t.Errorf("between %s and %s", r.After, r.Before)
	}
	wantCode(t, w.signDay("wu", day), domain.Conflict)

	// Who may, and what is no destination.
	wantCode(t, w.goes("lin", day, domain.RowPast, held.no, domain.GoesCancel), domain.Forbidden)
	wantCode(t, w.goes("wu", day, domain.RowPast, held.no, domain.GoesNever), domain.Invalid)
	wantCode(t, w.goes("wu", day, domain.RowMissing, no("0006"), domain.GoesCancel), domain.Invalid)
	wantCode(t, w.goes("wu", day, domain.RowUnscheduled, held.no, domain.GoesCancel), domain.Conflict)
	plan := domain.PlannedDelivery{Order: domain.OrderID(toRound.order), How: domain.GoesRound, Due: tomorrow, Note: "2号线"}
	wantCode(t, w.stores["max"].PlanDelivery(t.Context(), uuid.New(), plan), domain.Forbidden)
	late := plan
	late.Due = time.Now().Add(-time.Minute)
	wantCode(t, w.stores["wu"].PlanDelivery(t.Context(), uuid.New(), late), domain.Invalid)
	late.Order, late.Due = domain.OrderID(stopped.order), tomorrow
	wantCode(t, w.stores["wu"].PlanDelivery(t.Context(), uuid.New(), late), domain.Conflict)

	// Each its destination.
	ok(t, w.stores["wu"].PlanDelivery(t.Context(), uuid.New(), plan))
	plan.Order, plan.How, plan.Note = domain.OrderID(toVan.order), domain.GoesVan, "补车"
	ok(t, w.stores["wu"].PlanDelivery(t.Context(), uuid.New(), plan))
	plan.Order, plan.How, plan.Note = domain.OrderID(toMorrow.order), domain.GoesTomorrow, "已告知店"
	ok(t, w.stores["wu"].PlanDelivery(t.Context(), uuid.New(), plan))
	ok(t, w.goes("wu", day, domain.RowMissing, no("0006"), domain.GoesResent))
	ok(t, w.goes("wu", day, domain.RowMissing, "", domain.GoesNever))
	ok(t, w.goes("max", day, domain.RowPast, held.no, domain.GoesTomorrow))
	ok(t, w.goes("wu", day, domain.RowPast, stopped.no, domain.GoesCancel))
	ok(t, w.goes("wu", day, domain.RowPast, no("0011"), domain.GoesHanded))
	w.want("3 2 delivery", `SELECT (SELECT count(*) FROM cleardesk.promise WHERE order_id = ANY (ARRAY[$1::bigint, $2, $3])) || ' ' ||
		(SELECT count(*) FROM cleardesk.task WHERE what = 'delivery' AND lies_with IN ('customer_service', 'procurement')) || ' ' ||
		(SELECT max(what) FROM cleardesk.task)`, toRound.order, toMorrow.order, held.order)
	w.want("promised promise", `SELECT n.what || ' ' || (c.moments -> 0 ->> 'what') FROM cleardesk.cases c JOIN cleardesk.case_note n ON n.case_id = c.id
		WHERE c.id = $1`, int64(held.id))
	w.want("3", `SELECT count(*) FROM cleardesk.decision WHERE what = 'delivery_planned'`)
	d = w.deliveries(day)
	if n := d.Open(); len(n) > 0 || d.Lines[domain.DayScheduled].Orders != 5 {
		t.Errorf("open %v, lines %v", n, d.Lines)
	}

	// It is signed as it was seen, once, and takes nothing after that.
	wrong := d.Seen()
	wrong.Amount++
	wantCode(t, w.stores["wu"].SignDay(t.Context(), uuid.New(), day, wrong), domain.Conflict)
	wantCode(t, w.signDay("lin", day), domain.Forbidden)
	ok(t, w.signDay("wu", day))
	wantCode(t, w.signDay("max", day), domain.Conflict)
	wantCode(t, w.goes("wu", day, domain.RowPast, held.no, domain.GoesCancel), domain.Conflict)
	d = w.deliveries(day)
	if d.Signed == nil || d.Signed.Many != 5 || len(d.Signed.Missed) != 5 || d.Signed.By != w.login("wu") {
		t.Errorf("signed %+v", d.Signed)
	}
	w.want("0", `SELECT cleardesk.delivery_open($1)`, day.Format(time.DateOnly))
	if b := w.deliveries(day.AddDate(0, 0, 1)).Days; len(b) != 1 || b[0].By == "" || !b[0].Day.Equal(day) {
		t.Errorf("the day before: %+v", b)
	}
}

// The business day is the platform's, whatever the server's zone, over midnight and on the
// days the clocks change; hours of it are those of domain.Clock.
func TestTheDayIsThePlatforms(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES ('platform.zone', 'platform', '', '2020-01-01Z', 'America/New_York', 'x')`)
	zone, err := time.LoadLocation("America/New_York")
	ok(t, err)
	in, err := db.OpenIntake(w.base.DSN(w.base.Login(t, "feed", "intake")))
	ok(t, err)
	t.Cleanup(func() { _ = in.Close() })
	id := uuid.New()
	_, err = in.Start(t.Context(), id, db.ImportOrders, "o.csv", db.ImportOptions{})
	ok(t, err)
	midnight := time.Date(2026, 11, 2, 0, 0, 0, 0, zone) // the day before had 25 hours
	var lines []db.StagedLine
	for i, placed := range []time.Time{midnight.Add(-24*time.Hour - 30*time.Minute), midnight.Add(-time.Minute), midnight} {
		lines = append(lines, db.StagedLine{
			Row: int64(i + 1), Run: int64(i + 1), Order: domain.OrderNo([]string{"A1", "A2", "A3"}[i]), Store: "S1", PlacedAt: placed, Product: "P3", Quantity: 1000, Price: 100,
		})
	}
	ok(t, in.StageOrders(t.Context(), id, 1, lines, nil))
	_, err = in.Apply(t.Context(), id, 1, 3)
	ok(t, err)
	for day, want := range map[int]int{31: 0, 1: 2, 2: 1} {
		month := time.November
		if day == 31 {
			month = time.October
		}
		if d := w.deliveries(time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)); d.Here.Orders != want {
			t.Errorf("%s: %d orders, want %d", d.Day.Format(time.DateOnly), d.Here.Orders, want)
		}
	}
	for _, day := range []string{"2026-03-08", "2026-11-01", "2026-07-01"} {
		for _, clock := range []string{"00:00", "01:30", "03:30", "18:30"} {
			c, err := domain.ParseClock(clock)
			ok(t, err)
			date, err := time.ParseInLocation(time.DateOnly, day, zone)
			ok(t, err)
			var got time.Time
			w.scan(&got, `SELECT cleardesk.day_at($1, $2)`, day, clock)
			if want := c.On(date, zone); !got.Equal(want) && (day != "2026-11-01" || got.Sub(want) != time.Hour) { // 01:30 comes twice
				t.Errorf("%s %s: %v, want %v", day, clock, got, want)
			}
		}
	}
}

// A day nobody signs by the hour becomes the manager's, once; signing ends it. A day without
// orders needs no signature.
func TestADayNobodySignsIsTheManagers(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	day := deliveryDay(1)
	w.onDay(day, 1, "S1", domain.Delivered, 1_000)
	signed := deliveryDay(2)
	w.onDay(signed, 1, "S1", domain.Delivered, 1_000)
	ok(t, w.signDay("max", signed))
	w.onDay(deliveryDay(-1), 1, "S1", domain.Accepted, 1_000) // tomorrow's
	w.want("1", `SELECT cleardesk.queue_days()`)
	w.want("0", `SELECT cleardesk.queue_days()`)
	tasks, err := w.stores["max"].Tasks(t.Context(), domain.Manager)
	ok(t, err)
	if len(tasks) != 1 || tasks[0].What != domain.TaskDayUnsigned || tasks[0].Told().Day != day.Format(time.DateOnly) {
		t.Fatalf("tasks %+v", tasks)
	}
	wantCode(t, w.stores["max"].CloseTask(t.Context(), uuid.New(), tasks[0].ID, "好"), domain.Invalid)
	ok(t, w.signDay("wu", day))
	if tasks, err = w.stores["max"].Tasks(t.Context(), domain.Manager); err != nil || len(tasks) != 0 {
		t.Errorf("after signing: %+v %v", tasks, err)
	}
	w.want("0", `SELECT cleardesk.queue_days()`)
}

// What is missing: the platform's newest count decides how many, the numbers which, and an
// import that refused one says why. A gap where nothing is missing is a number left out.
func TestWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	day := deliveryDay(1)
	for _, n := range []int{1, 2, 4, 5, 6, 8} {
		w.onDay(day, n, "S1", domain.Delivered, 1_000)
	}
	no := func(n string) string { return day.Format("0102") + "-" + n }
	check := func(want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, rowsOf(w.deliveries(day))); diff != "" {
			t.Error(diff)
		}
	}
	check("missing "+no("0003")+" open", "missing "+no("0007")+" open")
	w.exec(`WITH i AS (INSERT INTO cleardesk.import (id, kind, file, options, by_login, started_at)
		    VALUES (gen_random_uuid(), 'orders', 'o.csv', '{}', 'x', cleardesk.day_at($1, '15:00')) RETURNING id)
		INSERT INTO cleardesk.import_reject (import_id, chunk, subject, first_row, last_row, reason, about)
		SELECT id, 1, no, 1, 1, 'unknown_store', 'S99' FROM i, unnest($2::text[]) no`, day.Format(time.DateOnly), pq.StringArray{no("0009"), no("0003"), "X-1"})
	check("missing "+no("0003")+" open", "missing "+no("0007")+" open", "missing "+no("0009")+" open")
	if r := w.deliveries(day).Rows[0]; r.Refused != "unknown_store" || r.About != "S99" || r.After != domain.OrderNo(no("0002")) {
		t.Errorf("refused %+v", r)
	}
	w.counted(day, 6, 6_000)
	check()
	w.counted(day, 7, 7_250)
	check("missing "+no("0003")+" open", "missing "+no("0007")+" open", "missing "+no("0009")+" open")
	w.counted(day, 11, 17_250)
	check("missing  open", "missing "+no("0003")+" open", "missing "+no("0007")+" open", "missing "+no("0009")+" open")
	if d := w.deliveries(day); d.Rows[0].Many != 2 || d.Rows[0].Amount != 0 || d.Open()[domain.RowMissing] != 5 {
		t.Errorf("unknown %+v", d.Rows[0])
	}
	// One that is missing alone costs what the platform counted more.
	alone := deliveryDay(2)
	for _, n := range []int{1, 2, 4} {
		w.onDay(alone, n, "S1", domain.Delivered, 1_000)
	}
	w.counted(alone, 4, 4_321)
	if r := w.deliveries(alone).Rows[0]; r.Amount != 1_321 {
		t.Errorf("alone %+v", r)
	}
	// Numbers far apart say nothing.
	apart := deliveryDay(3)
	for _, n := range []int{1, 50, 900, 4000} {
		w.onDay(apart, n, "S1", domain.Delivered, 1_000)
	}
	if rows := w.deliveries(apart).Rows; len(rows) != 0 {
		t.Errorf("apart %+v", rows)
	}
}

// Goods of a category may be picked earlier: what is held with them is past by then, what is
// held without them still in time. Both need the day to be today.
func TestACategoryHasItsHour(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.exec(`UPDATE cleardesk.product SET category = '生鲜' WHERE code = 'P4'`)
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES
		('picking.until', 'platform', '', '2020-01-01Z', '23:59', 'x'), ('picking.until', 'category', '生鲜', '2020-01-01Z', '00:00', 'x')`)
	today := deliveryDay(0)
	w.heldUp(w.onDay(today, 1, "S1", domain.Placed, 1_000), 1)
	fresh := w.heldUp(w.onDay(today, 2, "S2", domain.Placed, 1_000), 1)
	w.exec(`INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount) VALUES ($1, 2, 'P4', 1000, 1000, 0, 0)`, fresh.order)
	w.onDay(today, 3, "S3", domain.Placed, 1_000)
	d := w.deliveries(today)
	want := map[domain.DayLine]domain.DayCount{
		domain.DayHeld: {Orders: 1, Amount: 1_000}, domain.DayPast: {Orders: 1, Amount: 1_000}, domain.DayJudging: {Orders: 1, Amount: 1_000},
	}
	if diff := cmp.Diff(want, d.Lines); diff != "" {
		t.Error(diff)
	}
}

// A store that orders on this weekday as a rule and has not is named, with its usual amount
// and the day's last call.
func TestStoresThatHaveNotOrdered(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	day := deliveryDay(1)
	for week := 1; week <= 8; week++ {
		before := day.AddDate(0, 0, -7*week)
		w.onDay(before, 1, "S1", domain.Settled, int64(1_000*week))
		w.onDay(before, 2, "S2", domain.Settled, 500)
		w.onDay(before.AddDate(0, 0, 1), 3, "S4", domain.Settled, 500) // on another weekday
		if week <= 5 {
			w.onDay(before, 4, "S3", domain.Settled, 500) // too seldom
		}
	}
	w.onDay(day, 1, "S2", domain.Accepted, 500)
	w.exec(`INSERT INTO cleardesk.call_record (op, store, by_login, outcome, said_text, at) VALUES (gen_random_uuid(), 'S1', $1, 'reached', '停业', cleardesk.day_at($2, '14:30'))`,
		string(w.login("lin")), day.Format(time.DateOnly))
	d := w.deliveries(day)
	if len(d.Silent) != 1 || d.Silent[0].Store != "S1" || d.Silent[0].Times != 8 || d.Silent[0].Usual != 4_000 || !d.Silent[0].Reached || d.Silent[0].Said != "停业" {
		t.Errorf("silent %+v", d.Silent)
	}
}

// Late: an order whose promise has passed or comes soon, the newest promise to the store
// among them; a new plan moves it on.
func TestWhatRunsLate(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	day := deliveryDay(0)
	late, soon, far := w.onDay(day, 1, "S1", domain.Accepted, 1_000), w.onDay(day, 2, "S2", domain.Shipped, 1_000), w.onDay(day, 3, "S3", domain.Accepted, 1_000)
	w.exec(`INSERT INTO cleardesk.order_watch (order_id, stage, due) VALUES ($1, 'allocated', now() - interval '1 hour'), ($2, 'delivered', now() + interval '1 hour'),
		($3, 'delivered', now() + interval '9 hours')`, late.order, soon.order, far.order)
	nos := func() (out []string) {
		rows, err := w.stores["wu"].LateDeliveries(t.Context())
		ok(t, err)
		for _, r := range rows {
			out = append(out, string(r.No))
		}
		return out
	}
	if diff := cmp.Diff([]string{late.no, soon.no}, nos()); diff != "" {
		t.Error(diff)
	}
	w.exec(`INSERT INTO cleardesk.promise (store, order_id, what, due, by_login) VALUES ('S3', $1, 'x', now() + interval '2 hours', $2)`, far.order, string(w.login("wu")))
	if diff := cmp.Diff([]string{late.no, soon.no, far.no}, nos()); diff != "" {
		t.Error(diff)
	}
	w.exec(`UPDATE cleardesk.order_watch SET due = now() + interval '9 hours'`)
	ok(t, w.stores["wu"].PlanDelivery(t.Context(), uuid.New(), domain.PlannedDelivery{Order: domain.OrderID(far.order), How: domain.GoesRound, Due: time.Now().Add(20 * time.Hour)}))
	if got := nos(); len(got) != 0 {
		t.Errorf("after it was planned: %v", got)
	}
}
