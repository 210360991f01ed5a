package db

import (
	"testing"
	"time"

	"cleardesk/db/dbtest"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// holding begins a transaction that locks product P1 and gives up on any other lock
// after five seconds: one that somebody has who waits for P1 is never to be had.
func holding(tb testing.TB, d *dbtest.DB, admin *sqlx.DB) *sqlx.Tx {
	tb.Helper()
	d.LetWait(tb)
	tx, err := admin.BeginTxx(tb.Context(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = tx.Rollback() })
	for _, s := range []string{"SET LOCAL lock_timeout = '5s'", "SELECT FROM cleardesk.product WHERE code = 'P1' FOR UPDATE"} {
		if _, err := tx.ExecContext(tb.Context(), s); err != nil {
			tb.Fatal(err)
		}
	}
	return tx
}

// The judge locks products before its own row, and an import must too.
func TestImportLocksProductsBeforeTheJudge(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	id := g.start(ImportProducts, ImportOptions{})
	rows := []StagedRow{{Row: 2, Values: product("P1", map[string]any{"price": 1_250})}}
	if err := g.in.StageRows(t.Context(), id, 1, rows); err != nil {
		t.Fatal(err)
	}
	judging := holding(t, g.db, g.admin)
	in, err := OpenIntake(g.db.DSN(g.login))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	done := make(chan error, 1)
	go func() {
		_, err := in.ApplyRows(t.Context(), id, 1, 1)
		done <- err
	}()
	g.db.AwaitBlocked(t)
	if _, err := judging.ExecContext(t.Context(), "UPDATE cleardesk.judge SET batch = $1", uuid.New()); err != nil {
		t.Errorf("the judge and an import wait for each other: %v", err)
	}
	if err := judging.Commit(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	g.want("1250", "SELECT price FROM cleardesk.product WHERE code = 'P1'")
}

// An act locks products before it counts its decisions, and the judge must too, also
// for what it judges again after an order that it accepts.
func TestJudgeLocksProductsBeforeItCountsDecisions(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.product SET stock = 500000 WHERE code = 'P1'")
	w.learnt(20, testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 10, price: 50_000})
	no := w.order(testLine{product: "P1", quantity: 100}, testLine{product: "P2", quantity: 10, price: 50_000})
	w.run()
	w.order(testLine{product: "P2", quantity: 10})
	w.corrected(no, 1, 10)

	act := holding(t, w.db, w.admin)
	done := make(chan error, 1)
	go func() { done <- w.judge(JudgeOptions{Lease: time.Minute}).Run(t.Context(), false) }()
	w.db.AwaitBlocked(t)
	if _, err := act.ExecContext(t.Context(), "UPDATE cleardesk.decision_counter SET n = n"); err != nil {
		t.Errorf("the judge and an act wait for each other: %v", err)
	}
	if err := act.Commit(); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	w.want("order_accepted [2], line_held 1, line_accepted 1", lastDecisions, no)
}
