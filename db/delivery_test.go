package db_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
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
