package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"cleardesk/db/dbtest"
)

// at is an opener that gives one DSN to everybody.
type at string

func (a at) Open(context.Context, string) (string, error) { return string(a), nil }

// waiting puts n orders in that wait for the judge, one of them with a broken step.
func waiting(t *testing.T, n int) (*dbtest.DB, at) {
	t.Helper()
	d := dbtest.New(t)
	if _, err := d.Admin(t).ExecContext(t.Context(), `
		INSERT INTO cleardesk.store (code, name) VALUES ('S1', 'Wutong Road');
		INSERT INTO cleardesk.product (code, name, step) VALUES ('P1', 'Rice', 2000);
		INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, content)
			SELECT 'O' || i, 'S1', now(), now()::date, 'placed', 4000, 1, '' FROM generate_series(1, `+strconv.Itoa(n)+`) i;
		INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount)
			SELECT id, 1, 'P1', CASE order_no WHEN 'O1' THEN 3000 ELSE 2000 + 2000 * id END, 4000, 1000, 4000 FROM cleardesk.orders;
		INSERT INTO cleardesk.waiting (what, order_id) SELECT 'order', id FROM cleardesk.orders ORDER BY id`); err != nil {
		t.Fatal(err)
	}
	return d, at(d.DSN(d.Login(t, "judge", "intake")))
}

func TestDetectJudgesWhatWaits(t *testing.T) {
	t.Parallel()
	d, dsn := waiting(t, 5)
	for _, want := range []string{`^judged 5 orders, 5 lines: 1 orders with 1 anomalies in \d`, `^judged 0 orders, 0 lines: 0 orders`} {
		var out, problems bytes.Buffer
		cmd := newDetectCmd(dsn)
		cmd.SetArgs(nil)
		cmd.SetOut(&out)
		cmd.SetErr(&problems)
		if err := cmd.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(want).MatchString(out.String()) || problems.Len() > 0 {
			t.Errorf("it says %q and %q, want %s", out.String(), problems.String(), want)
		}
	}
	var states string
	if err := d.Admin(t).GetContext(t.Context(), &states, `SELECT string_agg(state, ' ' ORDER BY id) FROM cleardesk.orders`); err != nil {
		t.Fatal(err)
	}
	if states != "placed accepted accepted accepted accepted" {
		t.Error(states)
	}
}

func TestDetectFollowsUntilItIsStopped(t *testing.T) {
	t.Parallel()
	_, dsn := waiting(t, 3)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	cmd := newDetectCmd(dsn)
	cmd.SetArgs([]string{"--follow"})
	cmd.SetOut(write)
	done := make(chan error, 1)
	go func() { done <- cmd.ExecuteContext(ctx); _ = write.Close() }()
	first := make([]byte, 200)
	n, err := read.Read(first)
	if err != nil || !strings.HasPrefix(string(first[:n]), "judged 3 orders") {
		t.Errorf("it says %q, %v", first[:n], err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
