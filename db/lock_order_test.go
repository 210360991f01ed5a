package db

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// holding begins a transaction that locks product P1 and gives up on any other lock
// after five seconds: one that somebody has who waits for P1 is never to be had. The
// server would end such a wait by itself, so for connections made from now on it does
// not look for one.
func holding(tb testing.TB, super, admin *sqlx.DB) *sqlx.Tx {
	tb.Helper()
	if _, err := super.ExecContext(tb.Context(), `DO $$ BEGIN
		EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = %L', current_database(), '10min'); END $$`); err != nil {
		tb.Fatal(err)
	}
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

// blocked waits until somebody waits for a lock in this database.
func blocked(tb testing.TB, super *sqlx.DB) {
	tb.Helper()
	ctx, stop := context.WithTimeout(tb.Context(), 20*time.Second)
	defer stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for n := 0; n == 0; {
		err := super.GetContext(ctx, &n, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
		if err != nil {
			tb.Fatalf("nobody waits: %v", err)
		}
		<-look.C
	}
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
	super := g.db.Open(t, "postgres")
	judging := holding(t, super, g.admin)
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
	blocked(t, super)
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

	super := w.db.Open(t, "postgres")
	act := holding(t, super, w.admin)
	done := make(chan error, 1)
	go func() { done <- w.judge(JudgeOptions{Lease: time.Minute}).Run(t.Context(), false) }()
	blocked(t, super)
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
