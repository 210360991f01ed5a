package db

import (
	"testing"
	"time"

	"cleardesk/domain"
)

// Whoever acts on a case locks it before its order and the products; a file of stages
// must too, whatever the order of its rows.
func TestStagesLockCasesBeforeProducts(t *testing.T) {
	t.Parallel()
	g := newEventGate(t)
	g.exec(`INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
		SELECT store, id, 'customer_service', 'wrong_order', '{}', 0, '[]', 1, '' FROM cleardesk.orders ORDER BY id`)
	id := g.start(ImportStages, ImportOptions{})
	rows := []StagedEvent{
		told(1, domain.Event{OrderNo: "A", Stage: domain.StageShipped, At: placed}),
		told(2, domain.Event{OrderNo: "B", Stage: domain.StageShipped, At: placed.Add(time.Hour)}),
	}
	if err := g.in.StageEvents(t.Context(), id, 1, rows); err != nil {
		t.Fatal(err)
	}
	g.db.LetWait(t)
	act, err := g.admin.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = act.Rollback() })
	for _, s := range []string{
		"SET LOCAL lock_timeout = '5s'",
		"SELECT FROM cleardesk.cases WHERE order_id = (SELECT id FROM cleardesk.orders WHERE order_no = 'B') FOR UPDATE",
	} {
		if _, err := act.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	in, err := OpenIntake(g.db.DSN(g.login))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	done := make(chan error, 1)
	go func() {
		_, err := in.ApplyEvents(t.Context(), id, 1, 2)
		done <- err
	}()
	g.db.AwaitBlocked(t)
	for _, s := range []string{
		"SELECT FROM cleardesk.orders ORDER BY id FOR UPDATE", "SELECT FROM cleardesk.order_line ORDER BY order_id, line_no FOR UPDATE",
		"SELECT FROM cleardesk.product ORDER BY code FOR UPDATE", "UPDATE cleardesk.judge SET catalogue = catalogue",
	} {
		if _, err := act.ExecContext(t.Context(), s); err != nil {
			t.Errorf("an act and a file of stages wait for each other: %v", err)
		}
	}
	if err := act.Commit(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	g.want("A shipped, B shipped", `SELECT string_agg(order_no || ' ' || state, ', ' ORDER BY order_no) FROM cleardesk.orders`)
}
