package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"cleardesk/db/embedded"
)

// DB is a test's own database.
type DB struct {
	server *embedded.Server
	super  *sql.DB // to the server's "postgres" database, as the superuser
	name   string
}

// New makes a migrated, otherwise empty database for the test, and drops it when the test is over, whatever is still
// connected to it.
func New(tb testing.TB) *DB {
	tb.Helper()
	s, err := current()
	if err != nil {
		tb.Fatalf("test database: %v", err)
	}
	return newDB(tb, s)
}

func newDB(tb testing.TB, s schema) *DB {
	tb.Helper()
	server, err := join(tb.Context(), s)
	if err != nil {
		tb.Fatalf("test server: %v", err)
	}
	tb.Cleanup(func() {
		if err := server.Close(); err != nil {
			tb.Errorf("test server: %v", err)
		}
	})
	db := &DB{server: server, name: "t_" + random()}
	db.super = open(tb, dsn(server, superuser, "postgres")).DB
	if err := ensureTemplate(tb.Context(), server, db.super, s); err != nil {
		tb.Fatalf("test database: %v", err)
	}
	tb.Cleanup(func() { db.drop(tb) })
	if err := clone(tb.Context(), db.super, db.name); err != nil {
		tb.Fatalf("test database: %v", err)
	}
	return db
}

// drop drops the database, and the logins that carry its name.
func (db *DB) drop(tb testing.TB) {
	tb.Helper()
	// The test's own context has ended.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := db.super.ExecContext(ctx, "DROP DATABASE IF EXISTS "+pq.QuoteIdentifier(db.name)+" WITH (FORCE)"); err != nil {
		tb.Errorf("dropping the test database: %v", err)
	}
	_, err := db.super.ExecContext(ctx, fmt.Sprintf(`DO $$
		DECLARE r name;
		BEGIN
			FOR r IN SELECT rolname FROM pg_roles WHERE right(rolname, %d) = %s LOOP
				EXECUTE format('DROP ROLE %%I', r);
			END LOOP;
		END $$`, len(db.name)+1, pq.QuoteLiteral("_"+db.name)))
	if err != nil {
		tb.Errorf("dropping the test's logins: %v", err)
	}
}

// Name is the database's name. A login whose name ends in "_" and this name goes with the database.
func (db *DB) Name() string { return db.name }

// DSN is the connection string of a login, without password.
func (db *DB) DSN(login string) string { return dsn(db.server, login, db.name) }

// Open opens a pool as the login, which need not have been made by Login: "postgres" is the superuser. The pool is closed
// at the end of the test.
func (db *DB) Open(tb testing.TB, login string) *sqlx.DB {
	tb.Helper()
	return open(tb, db.DSN(login))
}

// Admin opens a pool as the owner of the database, cleardesk_admin.
func (db *DB) Admin(tb testing.TB) *sqlx.DB {
	tb.Helper()
	return db.Open(tb, embedded.AdminLogin)
}

// Login makes a login role and answers its name: the given one and the database's. It is a member of cleardesk_<group> for
// each group, and is dropped with the database. It is not on the staff yet.
func (db *DB) Login(tb testing.TB, name string, groups ...string) string {
	tb.Helper()
	login := name + "_" + db.name
	if len(login) > 63 {
		tb.Fatalf("login %s: PostgreSQL would cut this name to 63 bytes", login)
	}
	statement := "CREATE ROLE " + pq.QuoteIdentifier(login) + " LOGIN"
	for i, group := range groups {
		statement += []string{" IN ROLE ", ", "}[min(i, 1)] + pq.QuoteIdentifier("cleardesk_"+group)
	}
	if _, err := db.super.ExecContext(tb.Context(), statement); err != nil {
		tb.Fatalf("login %s: %v", login, err)
	}
	return login
}

func dsn(server *embedded.Server, login, database string) string {
	return server.DSN(login) + " dbname=" + database
}

func open(tb testing.TB, dsn string) *sqlx.DB {
	tb.Helper()
	db, err := sqlx.ConnectContext(tb.Context(), "postgres", dsn)
	if err != nil {
		tb.Fatalf("connecting to the test database: %v", err)
	}
	tb.Cleanup(func() {
		_ = db.Close() // the server may have been stopped or killed under it, which is the test's own doing
	})
	return db
}

func random() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
