package db

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// causes lists the rows of causes: members, those open, money, store, state.
const causes = `SELECT coalesce(string_agg(concat_ws(' ', cause, members, members_open, at_risk, lies_with, coalesce(store, '-'), state), E'\n' ORDER BY id), '')
	FROM cleardesk.cases WHERE cause IS NOT NULL`

// shops puts in one order each of many stores, of some lines.
func (w *judgeWorld) shops(n int, lines ...testLine) {
	w.t.Helper()
	w.catalogueStores(n)
	var all []testOrder
	for i := range n {
		all = append(all, testOrder{store: fmt.Sprintf("S%d", i+1), at: firstOrder.Add(time.Duration(i) * time.Minute), lines: lines})
	}
	w.put(all...)
}

func (w *judgeWorld) catalogueStores(n int) {
	w.t.Helper()
	w.exec(`INSERT INTO cleardesk.store (code, name) SELECT 'S' || n, 'Store ' || n FROM generate_series(1, $1::int) n ON CONFLICT DO NOTHING`, n)
}

// Fourteen stores and one wrong step are one row, that opens into its members and is
// closed with the last of them.
func TestOneWrongStepIsOneRow(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec(`UPDATE cleardesk.product SET step = 7000 WHERE code = 'P1'`)
	w.shops(2, testLine{product: "P1", quantity: 10})
	w.run()
	w.want("", causes) // two are no crowd
	w.shops(14, testLine{product: "P1", quantity: 8})
	w.exec(`DELETE FROM cleardesk.waiting w USING cleardesk.orders o WHERE o.id = w.order_id AND o.store IN ('S1', 'S2')`)
	w.run()
	sum := w.text(`SELECT sum(at_risk)::text FROM cleardesk.cases WHERE parent IS NOT NULL`)
	w.want("step P1 v1 14 14 "+sum+" customer_service - open", causes)
	s := w.desk("lin", "agent")
	page, err := s.QueuePage(t.Context(), domain.QueueFilter{With: domain.CustomerService}, nil, 50)
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Cause != "step P1 v1" || page.Rows[0].ProductName != "大米" {
		t.Fatalf("the queue has %d rows: %+v, %v", len(page.Rows), page.Rows, err)
	}
	cause := page.Rows[0].Case
	found, err := s.QueuePage(t.Context(), domain.QueueFilter{With: domain.CustomerService, Words: []string{"store 9"}}, nil, 50)
	if err != nil || len(found.Rows) != 1 {
		t.Errorf("the cause is not found by its members' store: %+v, %v", found.Rows, err)
	}
	w.want("true", `SELECT (c.next_at = (SELECT min(m.next_at) FROM cleardesk.cases m WHERE m.parent = c.id))::text FROM cleardesk.cases c WHERE cause IS NOT NULL`)
	members, err := s.Members(t.Context(), cause)
	if err != nil || len(members) != 14 || members[0].Parent != cause {
		t.Fatalf("%d members, %v", len(members), err)
	}
	file, err := s.CaseFile(t.Context(), cause)
	if err != nil || len(file.Members) != 14 || file.Store.Code != "" || file.Products["P1"].Code != "P1" {
		t.Fatalf("the cause's file has %d members, store %q: %v", len(file.Members), file.Store.Code, err)
	}
	for i, m := range members {
		w.decide(s, m.Case, domain.ChooseDropOrder, 0)
		if i == 0 {
			w.want("13", `SELECT members_open FROM cleardesk.cases WHERE id = $1`, int64(cause))
			w.want("true", `SELECT (c.at_risk = (SELECT sum(m.at_risk) FROM cleardesk.cases m WHERE m.parent = c.id AND m.state <> 'closed'))::text FROM cleardesk.cases c WHERE id = $1`, int64(cause))
		}
	}
	w.want("closed 14 0", `SELECT concat_ws(' ', state, members, members_open) FROM cleardesk.cases WHERE id = $1`, int64(cause))
}

// Several orders of one store are one store, and what a cause tells at its end is what
// became of its own members: the money of those that left went with them.
func TestACauseCountsItsStoresAndItsMoney(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec(`UPDATE cleardesk.product SET step = 7000 WHERE code = 'P1'`)
	w.catalogueStores(2)
	var all []testOrder
	for i, store := range []string{"S1", "S2", "S1", "S1"} {
		all = append(all, testOrder{store: store, at: firstOrder.Add(time.Duration(i) * time.Minute), lines: []testLine{{product: "P1", quantity: int64(10 + i)}}})
	}
	w.put(all...)
	w.run()
	s := w.desk("lin", "agent")
	page, err := s.QueuePage(t.Context(), domain.QueueFilter{With: domain.CustomerService}, nil, 50)
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Members != 4 || page.Rows[0].Stores != 2 {
		t.Fatalf("%+v, %v", page.Rows, err)
	}
	cause := int64(page.Rows[0].Case)
	members, err := s.Members(t.Context(), page.Rows[0].Case)
	if err != nil {
		t.Fatal(err)
	}
	w.decide(s, members[0].Case, domain.ChooseDropOrder, 0)
	for _, m := range members[1:] {
		if _, err := s.HandOver(t.Context(), uuid.New(), m.Case, m.Version, domain.Expansion, "请问一下"); err != nil {
			t.Fatal(err)
		}
	}
	w.want(fmt.Sprintf("closed 1 1 %d", members[0].AtRisk), `SELECT concat_ws(' ', state, members, stores, at_risk) FROM cleardesk.cases WHERE id = $1`, cause)
}

// A case stands under the cause of its worst anomaly only; one that is found worse for
// something else, or handed to another department, stands by itself again.
func TestMembersThatLeaveTheirCause(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec(`UPDATE cleardesk.product SET step = 7000 WHERE code = 'P1'`)
	w.exec(`UPDATE cleardesk.store SET cod_limit = 100 WHERE code = 'S1'`) // its whole order is too dear, too
	w.shops(6, testLine{product: "P1", quantity: 10})
	w.run()
	w.want("5 S1", `SELECT count(parent) || ' ' || max(store) FILTER (WHERE parent IS NULL AND cause IS NULL) FROM cleardesk.cases`)
	s := w.desk("lin", "agent")
	var id, version int64
	if err := w.admin.QueryRow(`SELECT id, version FROM cleardesk.cases WHERE store = 'S2'`).Scan(&id, &version); err != nil {
		t.Fatal(err)
	}
	if _, err := s.HandOver(t.Context(), uuid.New(), domain.CaseID(id), version, domain.Expansion, "请问一下"); err != nil {
		t.Fatal(err)
	}
	w.want("step P1 v1 4 4", `SELECT concat_ws(' ', cause, members, members_open) FROM cleardesk.cases WHERE cause IS NOT NULL`)
	no := w.text(`SELECT order_no FROM cleardesk.orders WHERE store = 'S3'`)
	w.tell(no, domain.Event{What: domain.EventWrongOrder, OrderNo: domain.OrderNo(no)})
	w.run()
	w.want("3 1", `SELECT members_open || ' ' || (SELECT count(*) FROM cleardesk.cases c WHERE c.store = 'S3' AND c.parent IS NULL AND c.kind = 'wrong_order') FROM cleardesk.cases WHERE cause IS NOT NULL`)
	// The cause is handed on with those that nobody holds.
	w.exec(`UPDATE cleardesk.cases SET lies_with = 'procurement' WHERE cause IS NOT NULL`)
	w.want("procurement 3", `SELECT lies_with || ' ' || count(*) FROM cleardesk.cases WHERE parent IS NOT NULL GROUP BY lies_with`)
	w.want("3", `SELECT members_open FROM cleardesk.cases WHERE cause IS NOT NULL`)
}

// A product that is exchanged everywhere is one row from the first store on; others are
// gathered over refused attempts too, which have no orders.
func TestCausesOfEvents(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.shops(3, testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 5})
	w.run()
	w.exec(`UPDATE cleardesk.orders SET state = 'delivered'`)
	for i := range 3 {
		no := fmt.Sprintf("O%06d", i+1)
		w.tell("", domain.Event{What: domain.EventAttempt, Store: domain.StoreCode(fmt.Sprintf("S%d", i+1)), Lines: []domain.EventLine{{Product: "P2", Why: domain.ToldPrice, Quantity: of(1000)}}})
		w.tell(no, domain.Event{What: domain.EventExchange, OrderNo: domain.OrderNo(no), Cause: "exchange P1 2090-03-01", Lines: []domain.EventLine{{Line: 1, Quantity: of(10_000)}}})
		if i == 0 {
			w.run()
			w.want("exchange P1 2090-03-01 1 1 10000 customer_service S1 open", causes)
		}
	}
	w.run()
	w.want(strings.Join([]string{
		"exchange P1 2090-03-01 3 3 30000 customer_service - open",
		"attempt P2 price 3 3 0 procurement - open",
	}, "\n"), causes)
}

// How many anomalies are a crowd is a setting.
func TestHowManyMakeACause(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.set("cause.members", "5")
	w.exec(`UPDATE cleardesk.product SET step = 7000 WHERE code = 'P1'`)
	w.shops(4, testLine{product: "P1", quantity: 10}, testLine{product: "P1", quantity: 11})
	w.run()
	w.want("", causes) // eight anomalies, but four cases
	w.shops(5, testLine{product: "P1", quantity: 9})
	w.exec(`DELETE FROM cleardesk.waiting w USING cleardesk.orders o WHERE o.id = w.order_id AND o.store <> 'S5'`)
	w.run()
	w.want("step P1 v1 5 5", `SELECT concat_ws(' ', cause, members, members_open) FROM cleardesk.cases WHERE cause IS NOT NULL`)
}

// Who claims a cause holds its free members too, each under a claim of its own.
func TestClaimMembers(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec(`UPDATE cleardesk.product SET step = 7000 WHERE code = 'P1'`)
	w.shops(6, testLine{product: "P1", quantity: 10})
	w.run()
	lin, wang := w.desk("lin", "agent"), w.desk("wang", "agent")
	id := func(store string) domain.CaseID {
		var id int64
		if err := w.admin.Get(&id, `SELECT id FROM cleardesk.cases WHERE parent IS NOT NULL AND store = $1`, store); err != nil {
			t.Fatal(err)
		}
		return domain.CaseID(id)
	}
	if _, err := wang.Claim(t.Context(), uuid.New(), id("S2")); err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE cleardesk.cases SET state = 'snoozed', snooze_until = now() + interval '1 hour' WHERE store = 'S3'`)
	w.exec(`UPDATE cleardesk.cases SET lies_with = 'expansion' WHERE store = 'S4'`)
	var cause int64
	if err := w.admin.Get(&cause, `SELECT id FROM cleardesk.cases WHERE cause IS NOT NULL`); err != nil {
		t.Fatal(err)
	}
	got, err := lin.Claim(t.Context(), uuid.New(), domain.CaseID(cause))
	if err != nil {
		t.Fatal(err)
	}
	held := map[domain.StoreCode]bool{}
	for _, m := range got.Members {
		held[m.Store] = m.No == 1
	}
	if len(held) != 3 || !held["S1"] || !held["S5"] || !held["S6"] {
		t.Errorf("claimed %+v", got.Members)
	}
	w.want("4 1 2", `SELECT count(*) FILTER (WHERE holder LIKE 'lin%') || ' ' || count(*) FILTER (WHERE holder LIKE 'wang%') || ' ' || count(*) FILTER (WHERE holder IS NULL) FROM cleardesk.cases`)
}

// Who is off the staff holds nothing for longer than a tick.
func TestClockFreesWhatTheGoneHold(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.heldCase()
	w.exec(`UPDATE cleardesk.cases SET holder = 'lin', claim_no = 4, claimed_at = now(), lease_until = now() + interval '1 hour', state = 'snoozed',
		snooze_until = now() + interval '30 minutes', next_check = now() + interval '30 minutes'`)
	w.exec(`UPDATE cleardesk.staff SET active = false`)
	w.run()
	w.want("open t off 4", `SELECT concat_ws(' ', k.state, k.next_check = k.next_at, c.what, c.claim_no) FROM cleardesk.cases k JOIN cleardesk.claim c ON c.case_id = k.id
		WHERE k.holder IS NULL AND k.lease_until IS NULL AND k.snooze_until IS NULL`)
}
