package db_test

import (
	"testing"

	"github.com/google/uuid"
)

// An act locks a case before its order, and who signs a week off must too.
func TestSigningLocksCasesBeforeOrders(t *testing.T) {
	t.Parallel()
	w := newSettleWorld(t)
	a := w.delivered("S1", 1_000, settleDay(0))
	w.collected(a, 1_000, settleDay(0))
	w.exec(`INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search, opened_at)
		VALUES ('S1', $1, 'customer_service', 'return', '{}', 178, '[]', 1, '', $2)`, a.order, settleDay(1))
	seen := w.settlement("gao", settleWeek()).Seen()

	w.base.LetWait(t)
	gao := w.open(w.base.DSN(string(w.login("gao"))))
	act, err := w.admin.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = act.Rollback() }()
	step := func(statement string) {
		t.Helper()
		if _, err := act.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("an act and the signature wait for each other: %s: %v", statement, err)
		}
	}
	step("SET LOCAL lock_timeout = '5s'")
	step("SELECT FROM cleardesk.cases FOR UPDATE")
	done := make(chan error, 1)
	go func() { done <- gao.SignWeek(t.Context(), uuid.New(), settleWeek(), seen) }()
	w.base.AwaitBlocked(t)
	step("SELECT FROM cleardesk.orders FOR UPDATE")
	if err := act.Commit(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	w.want("settled", `SELECT state FROM cleardesk.orders`)
}
