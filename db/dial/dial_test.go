package dial_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"

	"cleardesk/db/dbtest"
	"cleardesk/db/dial"
	"cleardesk/db/dial/dialtest"
)

// quick limits keep the tests short; what is tested is that they hold.
func quick() dial.Options {
	return dial.Options{Connect: 2 * time.Second, Read: 400 * time.Millisecond, Write: 400 * time.Millisecond}
}

// slack is what a loaded machine may add to a limit.
const slack = 3 * time.Second

func newTable(t *testing.T) (db *dbtest.DB, rows func() int) {
	t.Helper()
	db = dbtest.New(t)
	admin := db.Admin(t)
	admin.MustExecContext(t.Context(), "CREATE TABLE public.written (what text)")
	return db, func() (n int) {
		t.Helper()
		if err := admin.GetContext(t.Context(), &n, "SELECT count(*) FROM public.written"); err != nil {
			t.Fatal(err)
		}
		return n
	}
}

func mustOpen(t *testing.T, dsn string, o dial.Options) *sql.DB {
	t.Helper()
	pool, err := dial.Open(dsn, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return pool
}

type shape struct {
	name string
	call func(context.Context, *sql.DB) error
}

// shapes are the ways in which a program sends one statement.
func shapes() []shape {
	const insert = "INSERT INTO public.written VALUES "
	return []shape{
		{"plain", func(ctx context.Context, db *sql.DB) error {
			_, err := db.ExecContext(ctx, insert+"('one')")
			return err
		}},
		{"arguments", func(ctx context.Context, db *sql.DB) error {
			_, err := db.ExecContext(ctx, insert+"($1)", "one")
			return err
		}},
		{"returning", func(ctx context.Context, db *sql.DB) error {
			var what string
			return db.QueryRowContext(ctx, insert+"($1) RETURNING what", "one").Scan(&what)
		}},
		{"plain returning", func(ctx context.Context, db *sql.DB) error {
			var what string
			return db.QueryRowContext(ctx, insert+"('one') RETURNING what").Scan(&what)
		}},
		{"prepared", func(ctx context.Context, db *sql.DB) error {
			s, err := db.PrepareContext(ctx, insert+"($1)")
			if err != nil {
				return err
			}
			defer s.Close()
			_, err = s.ExecContext(ctx, "one")
			return err
		}},
	}
}

func TestLostReplyIsSeenAndWritesOnce(t *testing.T) {
	t.Parallel()
	faults := map[string]dialtest.Fault{"fin": dialtest.FIN, "rst": dialtest.RST, "hang": dialtest.Hang}
	proxies := map[string]func(testing.TB, string) *dialtest.Proxy{"tcp": dialtest.New, "unix": dialtest.NewUnix}
	db, rows := newTable(t)
	for network, proxy := range proxies {
		for fault, how := range faults {
			for _, s := range shapes() {
				before := rows()
				p := proxy(t, db.DSN("cleardesk_admin"))
				pool := mustOpen(t, p.DSN(), quick())
				lost := p.LoseReply(how, "INSERT")
				begun := time.Now()
				err := s.call(t.Context(), pool)
				if _, visible := errors.AsType[*net.OpError](err); !visible {
					t.Errorf("%s, %s, %s: the error is %v, not one of the line", network, fault, s.name, err)
				}
				if took := time.Since(begun); took > quick().Read+slack {
					t.Errorf("%s, %s, %s: came back after %v", network, fault, s.name, took)
				}
				<-lost
				if n := rows() - before; n != 1 {
					t.Errorf("%s, %s, %s: %d rows, not 1", network, fault, s.name, n)
				}
			}
		}
	}
}

// Without the dialer the driver writes twice and says nothing. Should that end one day, this package may go; and as long
// as this test passes, the one above does test something.
func TestDriverAloneWritesTwice(t *testing.T) {
	t.Parallel()
	db, rows := newTable(t)
	p := dialtest.New(t, db.DSN("cleardesk_admin"))
	pool, err := sql.Open("postgres", p.DSN())
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	p.LoseReply(dialtest.FIN, "INSERT")
	if err := shapes()[0].call(t.Context(), pool); err != nil || rows() != 2 {
		t.Errorf("error %v, %d rows", err, rows())
	}
}

func TestSilenceEndsACall(t *testing.T) {
	t.Parallel()
	db, _ := newTable(t)
	p := dialtest.New(t, db.DSN("cleardesk_admin"))
	o := quick()
	o.Connect = 400 * time.Millisecond
	pool := mustOpen(t, p.DSN(), o)
	if err := pool.PingContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.BlackHole()
	for _, on := range []string{"an open connection", "a new connection"} {
		begun := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		_, err := pool.ExecContext(ctx, "SELECT 1")
		cancel()
		if took := time.Since(begun); err == nil || took > o.Read+slack {
			t.Errorf("on %s: %v after %v", on, err, took)
		}
	}
	p.Heal()
	if err := pool.PingContext(t.Context()); err != nil {
		t.Errorf("after healing: %v", err)
	}
}

func TestConnectionThatDiedInThePoolIsReplaced(t *testing.T) {
	t.Parallel()
	db, rows := newTable(t)
	p := dialtest.New(t, db.DSN("cleardesk_admin"))
	pool := mustOpen(t, p.DSN(), quick())
	deaths := map[string]func(){
		"cut": func() {
			p.CutAll(dialtest.FIN)
		},
		"ended by the administrator": func() {
			db.Open(t, "postgres").MustExecContext(t.Context(), `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
				WHERE datname = current_database() AND application_name = 'idle in the pool'`)
		},
	}
	for how, die := range deaths {
		if _, err := pool.ExecContext(t.Context(), "SET application_name = 'idle in the pool'"); err != nil {
			t.Fatal(err)
		}
		before, begun := rows(), time.Now()
		die()
		for tick := time.Tick(time.Millisecond); p.Lines() > 0; <-tick {
			if time.Since(begun) > slack {
				t.Fatalf("%s: the proxy keeps the line", how)
			}
		}
		if err := shapes()[1].call(t.Context(), pool); err != nil || rows() != before+1 {
			t.Errorf("%s: %v, %d rows more", how, err, rows()-before)
		}
	}
}

func TestCopyMayTakeLongerThanOneAnswer(t *testing.T) {
	t.Parallel()
	db, rows := newTable(t)
	o := quick()
	pool := mustOpen(t, db.DSN("cleardesk_admin"), o)
	tx, err := pool.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	in, err := tx.PrepareContext(t.Context(), "COPY public.written (what) FROM STDIN")
	if err != nil {
		t.Fatal(err)
	}
	wide, tick := strings.Repeat("x", 70_000), time.NewTicker(o.Read/4)
	defer tick.Stop()
	const count = 8 // in all twice the limit
	for range count {
		<-tick.C
		if _, err := in.ExecContext(t.Context(), wide); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := in.ExecContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(in.Close(), tx.Commit()); err != nil || rows() != count { //nolint:sqlclosecheck // COPY ends with Close, before the commit
		t.Errorf("%v, %d rows", err, rows())
	}
}

func TestSilentHostLeavesTimeForTheNext(t *testing.T) {
	t.Parallel()
	db, _ := newTable(t)
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0") // takes connections, says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	_, first, err := net.SplitHostPort(silent.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	good, err := pq.NewConfig(dialtest.New(t, db.DSN("cleardesk_admin")).DSN())
	if err != nil {
		t.Fatal(err)
	}
	dsn := fmt.Sprintf("host=127.0.0.1,127.0.0.1 port=%s,%d user=cleardesk_admin dbname=%s sslmode=disable", first, good.Port, db.Name())
	o := dial.Options{Connect: 300 * time.Millisecond, Read: time.Minute}
	begun := time.Now()
	err = mustOpen(t, dsn, o).PingContext(t.Context())
	if took := time.Since(begun); err != nil || took < o.Connect || took > o.Connect+slack {
		t.Errorf("%v after %v", err, took)
	}
}

func TestListenerNoticesADeadLine(t *testing.T) {
	t.Parallel()
	db, _ := newTable(t)
	p := dialtest.New(t, db.DSN("cleardesk_admin"))
	events := make(chan pq.ListenerEventType, 100)
	o := quick()
	l, err := dial.NewListener(p.DSN(), o, 20*time.Millisecond, 50*time.Millisecond, func(e pq.ListenerEventType, _ error) { events <- e })
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Listen("news"); err != nil {
		t.Fatal(err)
	}
	ping := time.NewTicker(o.Read / 4)
	defer ping.Stop()
	await := func(want pq.ListenerEventType) {
		t.Helper()
		limit := time.After(o.Read + slack)
		for {
			select {
			case got := <-events:
				if got == want {
					return
				}
			case <-ping.C:
				go l.Ping() //nolint:errcheck // what comes of it shows as an event
			case <-limit:
				t.Fatalf("no event %v", want)
			}
		}
	}
	await(pq.ListenerEventConnected)
	p.BlackHole()
	await(pq.ListenerEventDisconnected)
	p.Heal()
	await(pq.ListenerEventReconnected)
	db.Admin(t).MustExecContext(t.Context(), "NOTIFY news")
	limit := time.After(slack)
	for n := (*pq.Notification)(nil); n == nil; { // nil says that some may have been lost
		select {
		case n = <-l.Notify:
		case <-limit:
			t.Fatal("no notification after the line came back")
		}
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestSessionSettings(t *testing.T) {
	t.Parallel()
	db, _ := newTable(t)
	o := dial.Options{Name: "cleardesk 'desk'", Session: map[string]string{"statement_timeout": "5000", "lock_timeout": "2000"}}
	dsn, err := dial.With(db.DSN("cleardesk_admin"), map[string]string{"lock_timeout": "1000"})
	if err != nil {
		t.Fatal(err)
	}
	const query = `SELECT current_setting('application_name') || '/' || current_setting('statement_timeout') || '/' || current_setting('lock_timeout')`
	var got string
	if err := mustOpen(t, dsn, o).QueryRowContext(t.Context(), query).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "cleardesk 'desk'/5s/1s"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWith(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"host=a":                      `host=a port='5' user='o\'b'`,
		"postgres://h/d?sslmode=x":    "postgres://h/d?port=5&sslmode=x&user=o%27b",
		"postgresql://u:p@h:1/d":      "postgresql://u:p@h:1/d?port=5&user=o%27b",
		"postgres://h/d?port=9&a=%20": "postgres://h/d?a=+&port=5&user=o%27b",
	} {
		got, err := dial.With(dsn, map[string]string{"port": "5", "user": "o'b"})
		if err != nil || (got != want && got != `host=a user='o\'b' port='5'`) {
			t.Errorf("With(%q) = %q, %v", dsn, got, err)
		}
	}
	if _, err := dial.With("postgres://u:secret@[::1/d", nil); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
}
