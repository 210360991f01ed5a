package db_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
)

func newSettleWorld(t *testing.T) *deskWorld {
	t.Helper()
	w := newDeskWorld(t)
	w.person("gao", "finance")
	w.person("ning", "finance")
	return w
}

func (w *deskWorld) review(who string, week time.Time, store domain.StoreCode, what domain.ReviewWhat, diff domain.Money, note string) error {
	r := domain.DifferenceReview{Week: week, Store: store, What: what, Diff: diff, Note: note}
	if what == domain.ReviewSent {
		r.Dept = domain.Logistics
	}
	return w.stores[who].ReviewDifference(w.Context(), uuid.New(), r)
}

func (w *deskWorld) signWeek(who string, week time.Time) error {
	s := w.settlement(who, week)
	return w.stores[who].SignWeek(w.Context(), uuid.New(), week, s.Seen())
}

// A week from deliveries to its signature, and what comes in after it.
func TestAWeekIsSettledAndSigned(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	mon := settleWeek()
	a, b, c, d := w.delivered("S1", 10_000, settleDay(0)), w.delivered("S2", 20_000, settleDay(1)), w.delivered("S3", 30_000, settleDay(6)), w.delivered("S4", 5_000, settleDay(3))
	w.delivered("S1", 77_000, settleDay(7)) // of the next week
	w.adjusted("lin", a, domain.ShortWeight, -500, settleDay(1))
	w.adjusted("lin", b, domain.Overweight, 300, settleDay(2))
	back := w.adjusted("lin", c, domain.Return, -1_000, settleDay(6))
	w.reversed(back, settleDay(6))
	w.collected(a, 10_000, settleDay(0)) // 5.00 too much
	w.collected(b, 20_240, settleDay(1)) // 0.60 too little: rounding
	w.collected(d, 5_000, settleDay(3))  // as due; nothing of c

	s := w.settlement("gao", mon)
	if !s.Proven() || s.Records != (domain.RecordSums{Records: 3, Credits: -500, Charges: 300}) {
		t.Errorf("records %+v, columns %+v", s.Records, s.Total())
	}
	var order []domain.StoreCode
	for _, x := range s.Stores {
		order = append(order, x.Store)
	}
	if !slices.Equal(order, []domain.StoreCode{"S3", "S1", "S2", "S4"}) {
		t.Errorf("in the order %v", order)
	}
	for store, want := range map[domain.StoreCode]string{"S1": "look 500", "S2": "rounding -60", "S3": "look -30000", "S4": "matches 0"} {
		if got := w.stateOf(mon, store); got != want {
			t.Errorf("%s: %s, want %s", store, got, want)
		}
	}
	wantCode(t, w.signWeek("gao", mon), domain.Conflict)
	w.want("0", `SELECT (SELECT count(*) FROM cleardesk.settlement_week) + (SELECT count(*) FROM cleardesk.settlement_entry)`)

	// S3 goes to logistics; S1 is accepted, by one who saw it as it is.
	if err := w.review("gao", mon, "S3", domain.ReviewSent, -30_000, "司机未交款"); err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.review("gao", mon, "S1", domain.ReviewAccepted, 400, "x"), domain.Conflict)
	if err := w.review("gao", mon, "S1", domain.ReviewAccepted, 500, "下周抵扣"); err != nil {
		t.Fatal(err)
	}
	tasks, err := w.stores["wu"].Tasks(t.Context(), domain.Logistics)
	if err != nil || len(tasks) != 1 || tasks[0].Store != "S3" || tasks[0].AtRisk != 30_000 || tasks[0].What != domain.TaskDifference {
		t.Fatalf("tasks of logistics: %+v %v", tasks, err)
	}
	wantCode(t, w.signWeek("lin", mon), domain.Forbidden)
	seen := w.settlement("gao", mon).Seen()
	late := seen
	late.Collected--
	wantCode(t, w.stores["gao"].SignWeek(t.Context(), uuid.New(), mon, late), domain.Conflict)
	if err := w.stores["gao"].SignWeek(t.Context(), uuid.New(), mon, seen); err != nil {
		t.Fatal(err)
	}
	before := asJSON(t, stripped(w.settlement("gao", mon)))

	// Afterwards: the order is settled, the difference is carried, and what comes in for the
	// week counts in the next.
	w.want("settled", `SELECT state FROM cleardesk.orders WHERE id = $1`, a.order)
	w.collected(c, 30_000, settleDay(6))
	w.adjusted("lin", a, domain.ShortWeight, -200, settleDay(9))
	if after := asJSON(t, stripped(w.settlement("gao", mon))); after != before {
		t.Errorf("a signed week changed:\n%s\n%s", before, after)
	}
	wantCode(t, w.signWeek("ning", mon), domain.Conflict)
	wantCode(t, w.review("gao", mon, "S3", domain.ReviewAccepted, -30_000, "x"), domain.Conflict)
	next := mon.AddDate(0, 0, 7)
	if got := w.stateOf(next, "S3"); got != "sent -30000" {
		t.Errorf("carried over: %s", got) // the money came in this very week
	}
	if got := w.stateOf(next, "S1"); got != "look -76800" {
		t.Errorf("the next week of S1: %s", got)
	}
	if got := w.stateOf(domain.WeekOf(time.Now().In(shanghai())), "S3"); got != "look 30000" {
		t.Errorf("this week of S3: %s", got)
	}
	tasks, _ = w.stores["wu"].Tasks(t.Context(), domain.Logistics)
	if len(tasks) != 1 || tasks[0].About != next.Format(time.DateOnly)+" S3" {
		t.Errorf("the task went on as %+v", tasks)
	}
}

// stripped leaves out what is no figure of the week.
func stripped(s *domain.Settlement) *domain.Settlement {
	s.ReadAt, s.First = time.Time{}, time.Time{}
	return s
}

// Who wrote an adjustment, or took it back, does not accept the difference; the department
// gives back what was sent to it, others cannot.
func TestADifferenceGoesOutAndComesBack(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	mon := settleWeek()
	a := w.delivered("S1", 10_000, settleDay(0))
	w.adjusted("gao", a, domain.ShortWeight, -500, settleDay(1))
	w.collected(a, 10_000, settleDay(0))
	if s := w.settlement("gao", mon); !s.Stores[0].MineToo {
		t.Error("gao wrote an adjustment of it")
	}
	if s := w.settlement("ning", mon); s.Stores[0].MineToo {
		t.Error("ning wrote none")
	}
	wantCode(t, w.review("gao", mon, "S1", domain.ReviewAccepted, 500, "自己改的"), domain.Forbidden)
	wantCode(t, w.review("wu", mon, "S1", domain.ReviewReturned, 500, "查过"), domain.Conflict)
	wantCode(t, w.review("wu", mon, "S1", domain.ReviewSent, 500, "x"), domain.Forbidden)
	wantCode(t, w.review("gao", mon, "S1", domain.ReviewSent, 500, " "), domain.Invalid)
	wantCode(t, w.review("gao", mon, "S9", domain.ReviewSent, 500, "x"), domain.NotFound)
	wantCode(t, w.review("gao", mon.AddDate(0, 0, 1), "S1", domain.ReviewSent, 500, "x"), domain.Invalid)
	if err := w.review("gao", mon, "S1", domain.ReviewSent, 500, "退款未退"); err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.review("zhao", mon, "S1", domain.ReviewReturned, 500, "查过"), domain.Forbidden)
	if err := w.review("wu", mon, "S1", domain.ReviewReturned, 500, "门店已收"); err != nil {
		t.Fatal(err)
	}
	if got := w.stateOf(mon, "S1"); got != "look 500" {
		t.Errorf("came back as %s", got)
	}
	w.want("closed 门店已收", `SELECT CASE WHEN closed_at IS NULL THEN 'open' ELSE 'closed' END || ' ' || note FROM cleardesk.task`)
	if err := w.review("ning", mon, "S1", domain.ReviewAccepted, 500, "按此"); err != nil {
		t.Fatal(err)
	}
	file, err := w.stores["gao"].StoreWeek(t.Context(), mon, "S1")
	if err != nil || len(file.Reviews) != 3 || len(file.Orders) != 1 || len(file.Orders[0].Adjustments) != 1 {
		t.Fatalf("behind the figures: %+v %v", file, err)
	}
	// Another difference than the one that was accepted is looked at again.
	w.collected(a, 7, settleDay(2))
	if got := w.stateOf(mon, "S1"); got != "look 507" {
		t.Errorf("changed after it was accepted: %s", got)
	}
}

func TestWeeksAreSignedInTheirOrderOnceOver(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	mon := settleWeek()
	now := domain.WeekOf(time.Now().In(shanghai()))
	wantCode(t, w.signWeek("gao", now), domain.Invalid)
	if err := w.signWeek("gao", mon); err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.signWeek("gao", mon.AddDate(0, 0, 14)), domain.Invalid)
	wantCode(t, w.signWeek("gao", mon.AddDate(0, 0, -7)), domain.Invalid)
	if err := w.signWeek("ning", mon.AddDate(0, 0, 7)); err != nil {
		t.Fatal(err)
	}
	w.want("2", `SELECT count(*) FROM cleardesk.settlement_week`)
}

// Sunday's last second and Monday's first are of two weeks, by the platform's zone.
func TestAWeekEndsAtMidnightOfThePlatform(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	mon := settleWeek()
	edge := settleDay(7).Add(-12 * time.Hour)
	w.delivered("S1", 1_000, edge.Add(-time.Second))
	w.delivered("S2", 2_000, edge)
	if got := w.stateOf(mon, "S1") + ", " + w.stateOf(mon, "S2"); got != "look -1000, nothing" {
		t.Error(got)
	}
	if got := w.stateOf(mon.AddDate(0, 0, 7), "S1") + ", " + w.stateOf(mon.AddDate(0, 0, 7), "S2"); got != "nothing, look -2000" {
		t.Error(got)
	}
}

// What was refused at the door is shown and owes nothing; open cases are named.
func TestRefusalsAndOpenCasesAreShown(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	a, b := w.delivered("S1", 1_000, settleDay(0)), w.arrived("S1", 2_500, settleDay(0), domain.StageDelivered)
	w.told(b, domain.StageRefused, settleDay(1))
	w.collected(a, 1_000, settleDay(0))
	w.exec(`INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search, opened_at)
		VALUES ('S1', $1, 'customer_service', 'return', '{}', 178, '[]', 1, '', $2)`, a.order, settleDay(1))
	s := w.settlement("lin", settleWeek())
	if x := s.Stores[0]; x.Refused != 1 || x.RefusedSum != 2_500 || x.Delivered != 1_000 || x.Open != 1 || x.OpenSum != 178 ||
		x.State(s.Rounding) != domain.SettleOpen {
		t.Errorf("%+v", x)
	}
	file, err := w.stores["lin"].StoreWeek(t.Context(), settleWeek(), "S1")
	if err != nil || len(file.Orders) != 2 || !file.Orders[1].Refused || file.Orders[1].Worth != 2_500 || len(file.Cases) != 1 {
		t.Errorf("%+v %v", file, err)
	}
	if err := w.signWeek("gao", settleWeek()); err != nil {
		t.Fatal(err)
	}
	w.want("1", `SELECT cardinality(open_cases) FROM cleardesk.settlement_store`)
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Cash that was entered wrongly is taken back by a counter-entry, no further than there is;
// files only bring money in.
func TestCashIsTakenBackByACounterEntry(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	a := w.delivered("S1", 10_000, settleDay(0))
	w.collected(a, 12_000, settleDay(0))
	enter := func(who string, amount domain.Money) error {
		_, err := w.stores[who].Report(w.Context(), uuid.New(), domain.Event{What: domain.EventCollection, OrderNo: domain.OrderNo(a.no), At: settleDay(1), Amount: &amount})
		return err
	}
	wantCode(t, enter("gao", -12_001), domain.Invalid)
	wantCode(t, enter("wu", 1_000), domain.Forbidden)
	if err := enter("gao", -2_000); err != nil {
		t.Fatal(err)
	}
	if got := w.stateOf(settleWeek(), "S1"); got != "matches 0" {
		t.Errorf("after the counter-entry: %s", got)
	}
	wantCode(t, enter("gao", -10_001), domain.Invalid)
}

// The week to be signed next is work of the accountant's from its end until it is signed.
func TestAnUnsignedWeekIsATask(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	judge := w.open(w.base.DSN(w.base.Login(t, "judge", "intake")))
	tasks := func() string {
		t.Helper()
		if err := db.NewJudge(judge, db.JudgeOptions{}).Run(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		all, err := w.stores["gao"].Tasks(t.Context(), domain.Finance)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, x := range all {
			out = append(out, string(x.What)+" "+x.About)
		}
		return strings.Join(out, ", ")
	}
	if got := tasks(); got != "" {
		t.Errorf("before anything was delivered: %s", got)
	}
	last := domain.WeekOf(time.Now().In(shanghai())).AddDate(0, 0, -7)
	w.delivered("S1", 1_000, settleDay(21))
	w.collected(deskCase{no: "O00001"}, 1_000, settleDay(21))
	if got, want := tasks(), "week_unsigned "+last.Format(time.DateOnly); got != want {
		t.Errorf("once a week with a delivery is over: %q, want %q", got, want)
	}
	if err := w.signWeek("gao", last.AddDate(0, 0, -7)); err != nil { // the books begin with a week that has nothing
		t.Fatal(err)
	}
	if got, want := tasks(), "week_unsigned "+last.Format(time.DateOnly); got != want {
		t.Errorf("after the week before: %q, want %q", got, want)
	}
	if err := w.signWeek("gao", last); err != nil {
		t.Fatal(err)
	}
	if got := tasks(); got != "" {
		t.Errorf("after it was signed: %s", got)
	}
}
