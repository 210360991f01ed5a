package main_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cleardesk/db/dbtest"

	"github.com/creack/pty"
)

// tenThousand fills the queue with as many cases.
const tenThousand = `
INSERT INTO cleardesk.store (code, name, name_en) SELECT 'S' || g, 'store ' || g, 'store ' || g FROM generate_series(0, 199) g;
INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, content)
    SELECT 'N' || lpad(g::text, 5, '0'), 'S' || g % 200, now(), current_date, 'accepted', 100000, 1, '\x00' FROM generate_series(1, 10000) g;
INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, next_what, next_at, rank, search)
    SELECT store, id, 'customer_service', 'amount_surge', '{"amount": 504000, "rule": "amount", "rule_version": 1}', 504000, '[]',
           'window_close', now() + interval '1 hour', id, lower(order_no) FROM cleardesk.orders;`

// BenchmarkFirstScreen compares the time from the start of the desk to the first row
// on the screen with the time psql takes to print the same rows.
func BenchmarkFirstScreen(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "cleardesk")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	d := dbtest.New(b)
	root := d.Open(b, "postgres")
	if _, err := root.ExecContext(b.Context(), tenThousand); err != nil {
		b.Fatal(err)
	}
	login := d.Login(b, "lin", "agent")
	if _, err := root.ExecContext(b.Context(), `INSERT INTO cleardesk.staff (login, name, roles) VALUES ($1, 'Lin', '{agent}')`, login); err != nil {
		b.Fatal(err)
	}
	if _, err := root.ExecContext(b.Context(), `VACUUM ANALYZE`); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		var desk, psql []time.Duration
		for range 11 { // in turn, so that both meet the same machine
			desk = append(desk, toFirstRow(b, bin, d.DSN(login)))
			psql = append(psql, byPsql(b, d.DSN(login)))
		}
		slices.Sort(desk)
		slices.Sort(psql)
		b.ReportMetric(float64(desk[5])/float64(psql[5]), "desk/psql")
		b.ReportMetric(float64(desk[5].Microseconds())/1000, "ms/desk")
	}
}

// toFirstRow starts the desk on a terminal of its own and waits for the first row.
func toFirstRow(b *testing.B, bin, dsn string) time.Duration {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, "--dsn", dsn)
	cmd.Env = append(os.Environ(), "TERM=tmux-256color", "LANG=C.UTF-8", "XDG_STATE_HOME="+b.TempDir())
	start := time.Now()
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 200, Rows: 60})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var seen []byte
	buf := make([]byte, 1<<16)
	for !bytes.Contains(seen, []byte("N00001")) {
		n, err := f.Read(buf)
		if err != nil {
			b.Fatalf("the desk ended: %v\n%s", err, seen)
		}
		seen = append(seen, buf[:n]...)
	}
	took := time.Since(start)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	return took
}

// byPsql prints the rows of the first page with psql.
func byPsql(b *testing.B, dsn string) time.Duration {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), "psql", dsn, "-X", "-c",
		`SELECT * FROM cleardesk.queue WHERE lies_with = 'customer_service' AND state = 'open' ORDER BY rank, id LIMIT 300`)
	start := time.Now()
	out, err := cmd.Output()
	if err != nil || !bytes.Contains(out, []byte("N00001")) {
		b.Fatal(fmt.Errorf("psql: %w", err))
	}
	return time.Since(start)
}
