package dbtest

import (
	"context"
	"testing"
	"time"

	"github.com/lib/pq"
)

// LetWait keeps the server from ending waits in a circle, on connections made from now on: a test that looks for one must
// find it.
func (db *DB) LetWait(tb testing.TB) {
	tb.Helper()
	if _, err := db.super.ExecContext(tb.Context(), "ALTER DATABASE "+pq.QuoteIdentifier(db.name)+" SET deadlock_timeout = '10min'"); err != nil {
		tb.Fatal(err)
	}
}

// AwaitBlocked waits until somebody waits for a lock in the database.
func (db *DB) AwaitBlocked(tb testing.TB) {
	tb.Helper()
	ctx, stop := context.WithTimeout(tb.Context(), 20*time.Second)
	defer stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for n := 0; n == 0; {
		err := db.super.QueryRowContext(ctx, `SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`, db.name).Scan(&n)
		if err != nil {
			tb.Fatalf("nobody waits for a lock: %v", err)
		}
		<-look.C
	}
}
