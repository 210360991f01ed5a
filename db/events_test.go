package db_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// report enters an event as somebody.
func (w *deskWorld) report(who string, e domain.Event) (domain.EventID, error) {
	w.Helper()
	return w.stores[who].Report(w.Context(), uuid.New(), e)
}

// stage enters that an order came to a stage.
func (w *deskWorld) stage(c deskCase, stage domain.Stage) {
	w.Helper()
	if _, err := w.report("wu", domain.Event{What: domain.EventStage, OrderNo: domain.OrderNo(c.no), Stage: stage}); err != nil {
		w.Fatal(err)
	}
}

// stands is where an order stands, and the stock, what is reserved of it and what left,
// of a product.
func (w *deskWorld) stands(c deskCase, product string) string {
	w.Helper()
	return w.text(`SELECT concat_ws(' ', o.state, p.stock / 1000, p.reserved / 1000, p.gone / 1000) FROM cleardesk.orders o, cleardesk.product p
		WHERE o.id = $1 AND p.code = $2`, c.order, product)
}

func weight(n int64) *domain.Quantity { q := domain.Quantity(n); return &q }

func TestReportKeepsWhatWasTold(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P4", 20, ""}, deskLine{"P1", 48, ""})
	at := time.Now().Add(-time.Minute).Truncate(time.Microsecond)
	e := domain.Event{
		What: domain.EventReceipt, OrderNo: domain.OrderNo(c.no), At: at, Slip: "GB-0712", Caller: "许诺",
		Lines: []domain.EventLine{{Product: "P4", Weight: weight(18_400)}, {Line: 2, Quantity: weight(47_000)}},
	}
	id, err := w.report("tuo", e)
	if err != nil {
		t.Fatal(err)
	}
	f := w.orderFile(c.order)
	want := e
	want.ID, want.Store, want.OrderID, want.By = id, "S1", domain.OrderID(c.order), w.login("tuo")
	want.Lines = []domain.EventLine{{Line: 1, Product: "P4", Weight: weight(18_400)}, {Line: 2, Product: "P1", Quantity: weight(47_000)}}
	if len(f.Events) != 1 {
		t.Fatalf("events %+v", f.Events)
	}
	got := f.Events[0]
	want.Key = got.Key
	if d := cmp.Diff(domain.EventTold{Event: want, ByName: "人tuo", ByNameEn: "tuo"}, got, cmp.Comparer(time.Time.Equal)); d != "" {
		t.Error(d)
	}
	if _, err := uuid.Parse(got.Key); err != nil {
		t.Errorf("the key %q is not the act's", got.Key)
	}
	w.want("event", `SELECT what FROM cleardesk.waiting WHERE event_id = $1`, int64(id))
	w.want("report order "+c.no, `SELECT act || ' ' || subject FROM cleardesk.audit ORDER BY at DESC LIMIT 1`)
	file, err := w.stores["lin"].CaseFile(t.Context(), c.id)
	if err != nil || len(file.Events) != 1 || file.Events[0].Slip != "GB-0712" {
		t.Errorf("the case file has events %+v, %v", file.Events, err)
	}
}

func TestWhoReportsWhat(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.person("qian", "finance")
	w.person("pei", "training")
	c := w.put("S1", "", deskLine{"P1", 48, ""})
	due := time.Now().Add(time.Hour).Truncate(time.Microsecond)
	cash := domain.Money(165_000)
	events := map[string]domain.Event{
		"change":     {What: domain.EventChange},
		"attempt":    {What: domain.EventAttempt, Store: "S2", Lines: []domain.EventLine{{Product: "P1", Quantity: weight(4000)}}},
		"planned":    {What: domain.EventStage, Stage: domain.StagePlanned, Due: &due},
		"collection": {What: domain.EventCollection, Amount: &cash},
	}
	may := map[string]string{
		"change": "lin max tuo wu", "attempt": "lin max tuo wu", "planned": "wu", "collection": "qian",
	}
	for name, e := range events {
		if name != "attempt" {
			e.OrderNo = domain.OrderNo(c.no)
		}
		for _, who := range []string{"lin", "max", "tuo", "wu", "zhao", "qian", "pei"} {
			_, err := w.report(who, e)
			allowed := false
			for _, one := range strings.Fields(may[name]) {
				allowed = allowed || one == who
			}
			if allowed && err != nil || !allowed && domain.CodeOf(err) != domain.Forbidden {
				t.Errorf("%s reports %s: %v", who, name, err)
			}
		}
	}
	w.want("1", `SELECT count(*) FROM cleardesk.delivery_plan`)
	w.want("attempt 4, change 4", `SELECT string_agg(x.t, ', ' ORDER BY x.t) FROM (SELECT e.what || ' ' || count(*) AS t FROM cleardesk.waiting w
		JOIN cleardesk.event e ON e.id = w.event_id GROUP BY e.what) x`) // neither plans nor money
	if f := w.orderFile(c.order); len(f.Plans) != 1 || !f.Plans[0].Due.Equal(due) || f.Plans[0].By != w.login("wu") {
		t.Errorf("plans %+v", f.Plans)
	}
}

func TestReportRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 48, ""}, deskLine{"P1", 12, ""}, deskLine{"P2", 3, ""})
	no := domain.OrderNo(c.no)
	lines := func(l ...domain.EventLine) []domain.EventLine { return l }
	for name, x := range map[string]struct {
		e    domain.Event
		code domain.Code
	}{
		"of no kind":        {domain.Event{What: "visit", OrderNo: no}, domain.Invalid},
		"of no order":       {domain.Event{What: domain.EventChange}, domain.NotFound},
		"of another order":  {domain.Event{What: domain.EventChange, OrderNo: "none"}, domain.NotFound},
		"of another store":  {domain.Event{What: domain.EventChange, OrderNo: no, Store: "S2"}, domain.Invalid},
		"of no store":       {domain.Event{What: domain.EventAttempt, Store: "S99", Lines: lines(domain.EventLine{Product: "P1"})}, domain.NotFound},
		"without lines":     {domain.Event{What: domain.EventReturn, OrderNo: no}, domain.Invalid},
		"which line":        {domain.Event{What: domain.EventReturn, OrderNo: no, Lines: lines(domain.EventLine{Product: "P1", Quantity: weight(1000)})}, domain.Invalid},
		"no such line":      {domain.Event{What: domain.EventReturn, OrderNo: no, Lines: lines(domain.EventLine{Line: 9, Quantity: weight(1000)})}, domain.NotFound},
		"another's line":    {domain.Event{What: domain.EventReturn, OrderNo: no, Lines: lines(domain.EventLine{Line: 1, Product: "P2", Quantity: weight(1000)})}, domain.NotFound},
		"no such product":   {domain.Event{What: domain.EventReturn, OrderNo: no, Lines: lines(domain.EventLine{Product: "P9", Quantity: weight(1000)})}, domain.NotFound},
		"nothing returned":  {domain.Event{What: domain.EventReturn, OrderNo: no, Lines: lines(domain.EventLine{Product: "P2", Quantity: weight(0)})}, domain.Invalid},
		"less than nothing": {domain.Event{What: domain.EventReceipt, OrderNo: no, Lines: lines(domain.EventLine{Product: "P2", Weight: weight(-1)})}, domain.Invalid},
		"too much":          {domain.Event{What: domain.EventReceipt, OrderNo: no, Lines: lines(domain.EventLine{Product: "P2", Weight: weight(1e13)})}, domain.Invalid},
		"tomorrow":          {domain.Event{What: domain.EventChange, OrderNo: no, At: time.Now().Add(26 * time.Hour)}, domain.Invalid},
		"of no stage":       {domain.Event{What: domain.EventStage, OrderNo: no, Stage: "lost"}, domain.Invalid},
		"long":              {domain.Event{What: domain.EventChange, OrderNo: no, Text: fmt.Sprintf("%0500d", 1)}, domain.Invalid},
	} {
		if _, err := w.report("lin", x.e); domain.CodeOf(err) != x.code {
			t.Errorf("%s: %v, want %s", name, err, x.code)
		}
	}
	w.want("0", `SELECT count(*) FROM cleardesk.event`)
}

// The whole way of an order, and its stock on the way: shipped it is gone, refused it is
// back. What was not told of is taken as passed.
func TestStagesBringOrderAndStockOn(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 400, ""}, deskLine{"P1", 100, ""}, deskLine{"P3", 9, ""})
	step := func(stage domain.Stage, want string) {
		t.Helper()
		w.stage(c, stage)
		if got := w.stands(c, "P1"); got != want {
			t.Errorf("%s: %q, want %q", stage, got, want)
		}
	}
	if got := w.stands(c, "P1"); got != "accepted 2000 500 0" {
		t.Fatal(got)
	}
	step(domain.StageDelivered, "delivered 1500 0 500")
	step(domain.StageAllocated, "delivered 1500 0 500") // told late
	step(domain.StageShipped, "delivered 1500 0 500")
	step(domain.StageReceived, "received 1500 0 500")
	step(domain.StageRefused, "received 1500 0 500") // it was not
	w.want("shipped P1 -500000 1500000", `SELECT string_agg(concat_ws(' ', why, product, delta, stock), ', ') FROM cleardesk.stock_move`)
	w.want("false", `SELECT bool_or(reserved)::text FROM cleardesk.order_line WHERE order_id = $1`, c.order)

	c = w.put("S2", "", deskLine{"P1", 400, ""})
	step(domain.StageAllocated, "allocated 1500 400 500")
	step(domain.StageShipped, "shipped 1100 0 900")
	step(domain.StageRefused, "refused 1500 0 500")
	step(domain.StageDelivered, "refused 1500 0 500")
	w.want("restocked P1 400000 1500000", `SELECT concat_ws(' ', why, product, delta, stock) FROM cleardesk.stock_move ORDER BY id DESC LIMIT 1`)

	c = w.put("S3", "", deskLine{"P1", 400, ""})
	step(domain.StageRefused, "refused 1500 0 500") // it never left
	w.want("3", `SELECT count(*) FROM cleardesk.stock_move`)
}

// Stock that a count has made less than what leaves does not fall below nought, and what
// comes back is what left.
func TestStockNeverFallsBelowNought(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 400, ""})
	w.exec(`UPDATE cleardesk.product SET stock = 150000 WHERE code = 'P1'`)
	w.stage(c, domain.StageShipped)
	if got := w.stands(c, "P1"); got != "shipped 0 0 150" {
		t.Error(got)
	}
	w.stage(c, domain.StageRefused)
	if got := w.stands(c, "P1"); got != "refused 150 0 0" {
		t.Error(got)
	}
}

// Somebody went past the desk: the stage is kept and the cases of the order say so; once
// the hold is released the order goes where it has been all along.
func TestStageOfAHeldOrderIsAConflict(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", domain.AmountSurge, deskLine{"P1", 480, ""})
	version := func() string { return w.text(`SELECT version FROM cleardesk.cases WHERE id = $1`, int64(c.id)) }
	before := version()
	w.stage(c, domain.StageShipped)
	if got := w.stands(c, "P1"); got != "placed 2000 0 0" {
		t.Error(got)
	}
	note := `SELECT string_agg(what || ' ' || text || ' ' || coalesce(by_login, 'platform'), ', ') FROM cleardesk.case_note WHERE case_id = $1`
	w.want("conflict shipped "+string(w.login("wu")), note, int64(c.id))
	if version() == before {
		t.Error("whoever handles the case is not told that it changed")
	}
	w.exec(`UPDATE cleardesk.orders SET state = 'accepted' WHERE id = $1`, c.order)
	w.want("true", `SELECT cleardesk.advance_order($1) ->> 'barred'`, c.order)
	w.exec(`UPDATE cleardesk.hold SET released_at = now(), released_by = 'lin' WHERE order_id = $1`, c.order)
	w.want("accepted shipped", `SELECT x.a ->> 'was' || ' ' || (x.a ->> 'state') FROM (SELECT cleardesk.advance_order($1) AS a) x`, c.order)
	w.want("conflict shipped "+string(w.login("wu")), note, int64(c.id)) // told once
	f := w.orderFile(c.order)
	if len(f.Notes) != 1 || f.Notes[0].What != "conflict" || f.Order.State != domain.Shipped {
		t.Errorf("notes %+v, state %s", f.Notes, f.Order.State)
	}
	// A hold on one line stops that line, not the order.
	d := w.put("S2", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	w.stage(d, domain.StageShipped)
	w.want("shipped", `SELECT state FROM cleardesk.orders WHERE id = $1`, d.order)
	w.want("", note, int64(d.id))
}

// The database and the domain agree on what may follow what.
func TestTheDatabaseKnowsWhatMayFollow(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	var rows []struct {
		State, Next string
		May         bool
	}
	states, err := json.Marshal(domain.OrderStates())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.admin.Select(&rows, `SELECT s AS state, n AS next, cleardesk.can_follow(s, n) AS may
		FROM jsonb_array_elements_text($1) s, jsonb_array_elements_text($1) n`, string(states)); err != nil {
		t.Fatal(err)
	}
	stages := map[domain.OrderState]bool{}
	for _, s := range domain.Stages() {
		stages[s.State()] = true
	}
	n := 0
	for _, r := range rows {
		if !stages[domain.OrderState(r.Next)] {
			continue // no stage: nothing that is told of brings an order there
		}
		n++
		if want := domain.OrderState(r.State).CanFollow(domain.OrderState(r.Next)); r.May != want {
			t.Errorf("%s after %s: %v, want %v", r.Next, r.State, r.May, want)
		}
	}
	if n != 45 {
		t.Errorf("%d pairs", n)
	}
}

func TestStoreFileTellsRefusalsAndPromises(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	attempt := domain.Event{
		What: domain.EventAttempt, Store: "S1", Why: domain.ToldStep,
		Lines: []domain.EventLine{{Product: "P1", Quantity: weight(5000), StepSeen: weight(12_000)}},
	}
	if _, err := w.report("lin", attempt); err != nil {
		t.Fatal(err)
	}
	attempt.At = time.Now().Add(-49 * time.Hour) // another day's
	if _, err := w.report("lin", attempt); err != nil {
		t.Fatal(err)
	}
	w.exec(`INSERT INTO cleardesk.promise (store, case_id, what, due, by_login) VALUES ('S1', $1, '17:00前答复', now() + interval '1 hour', $2),
		('S1', $1, 'long ago', now() - interval '9 days', $2), ('S1', NULL, 'gone', now() - interval '9 days', $2), ('S2', NULL, 'other', now(), $2)`,
		int64(c.id), string(w.login("lin")))
	f, err := w.stores["lin"].StoreFile(t.Context(), "S1")
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Refused) != 1 || f.Refused[0].Why != domain.ToldStep || *f.Refused[0].Lines[0].StepSeen != 12_000 {
		t.Errorf("refused %+v", f.Refused)
	}
	if p := f.Tried["P1"]; len(f.Tried) != 1 || p.Name != "牛奶" || p.Step == nil || *p.Step != 12_000 {
		t.Errorf("tried %+v", f.Tried)
	}
	var got []string
	for _, p := range f.Promises {
		got = append(got, fmt.Sprint(p.What, " ", p.OrderNo, " ", p.ByNameEn, " ", p.Kept))
	}
	if d := cmp.Diff([]string{"long ago " + c.no + " lin false", "17:00前答复 " + c.no + " lin false"}, got); d != "" {
		t.Error(d)
	}
}

// A refusal at the door is an error that was missed, unless something had held the order;
// one that came to its store after all was none.
func TestRefusedOrdersWereMissed(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	free := w.put("S1", "", deskLine{"P1", 40, ""})
	held := w.put("S2", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	came := w.put("S3", "", deskLine{"P1", 40, ""})
	w.stage(came, domain.StageReceived)
	for _, c := range []deskCase{free, held, came} {
		w.stage(c, domain.StageRefused)
	}
	all, err := w.stores["lin"].Precision(t.Context(), time.Now().AddDate(0, -1, 0), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	missed, raised := 0, 0
	for _, p := range all {
		missed += p.Missed
		raised += p.Raised
		if (p.Missed > 0) != (p.Rule == domain.NoRule) {
			t.Errorf("%+v", p)
		}
	}
	if missed != 1 || raised != 1 {
		t.Errorf("missed %d, raised %d: %+v", missed, raised, all)
	}
	w.want("refused refused received", `SELECT string_agg(state, ' ' ORDER BY id) FROM cleardesk.orders`)
}
