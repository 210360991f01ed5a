package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"
)

// toy is a small schema, so that these tests do not depend on the product's.
func toy(t *testing.T) schema {
	t.Helper()
	const text = `CREATE TABLE thing (n int);
		DO $$ BEGIN
			IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cleardesk_toy') THEN CREATE ROLE cleardesk_toy; END IF;
			EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database());
			EXECUTE format('GRANT CONNECT ON DATABASE %I TO cleardesk_toy', current_database());
			EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''7s''', current_database());
		END $$;
		GRANT SELECT ON thing TO cleardesk_toy`
	s, err := schemaOf(fstest.MapFS{"0001_toy.sql": {Data: []byte(text)}}, func(ctx context.Context, db *sql.DB) error {
		_, err := db.ExecContext(ctx, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func value(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	var v string
	if err := db.QueryRowContext(t.Context(), query, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

func TestDatabasesAreApart(t *testing.T) {
	t.Parallel()
	s := toy(t)
	a, b := newDB(t, s), newDB(t, s)
	a.Admin(t).MustExecContext(t.Context(), "INSERT INTO thing VALUES (1)")
	if n := value(t, b.Admin(t).DB, "SELECT count(*) FROM thing"); n != "0" {
		t.Errorf("a row of one database is in another: %s", n)
	}
}

func TestCloneHasTheRightsAndSettingsOfTheTemplate(t *testing.T) {
	t.Parallel()
	db := newDB(t, toy(t))
	member, stranger := db.Login(t, "lin", "toy"), db.Login(t, "wu")
	if got := value(t, db.Open(t, member).DB, "SELECT count(*) || current_setting('statement_timeout') FROM thing"); got != "07s" {
		t.Errorf("a member sees %s", got)
	}
	pool, err := sql.Open("postgres", db.DSN(stranger))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if err := pool.PingContext(t.Context()); err == nil {
		t.Error("a login without the group may connect: the rights on the database were not carried over")
	}
	owner := "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
	if got := value(t, db.Admin(t).DB, owner); got != "cleardesk_admin" {
		t.Errorf("owner %s", got)
	}
}

func TestDatabaseAndLoginsGoWithTheTest(t *testing.T) {
	t.Parallel()
	keep := newDB(t, toy(t))
	var name, login string
	t.Run("one", func(t *testing.T) {
		db := newDB(t, toy(t))
		name, login = db.Name(), db.Login(t, "lin", "toy")
		busy, err := sql.Open("postgres", db.DSN(login)) // still connected when the test ends
		if err != nil {
			t.Fatal(err)
		}
		keep.Open(t, superuser)
		if err := busy.PingContext(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	left := "SELECT (SELECT count(*) FROM pg_database WHERE datname = $1) || '/' || (SELECT count(*) FROM pg_roles WHERE rolname = $2)"
	if got := value(t, keep.Admin(t).DB, left, name, login); got != "0/0" {
		t.Errorf("left behind: databases/roles %s", got)
	}
}

func TestOwnServerStopsStartsAndComesBack(t *testing.T) {
	t.Parallel()
	own := newServer(t, toy(t))
	pool := own.Admin(t)
	pool.MustExecContext(t.Context(), "INSERT INTO thing VALUES (1)")
	own.Stop(t)
	if err := pool.PingContext(t.Context()); err == nil {
		t.Error("a stopped server answers")
	}
	own.Start(t)
	if n := value(t, pool.DB, "SELECT count(*) FROM thing"); n != "1" {
		t.Errorf("rows after a stop and a start: %s", n)
	}
	own.Kill(t)
	limit := time.After(20 * time.Second)
	for tick := time.Tick(5 * time.Millisecond); pool.PingContext(t.Context()) != nil; <-tick {
		select {
		case <-limit:
			t.Fatal("the killed server does not come back")
		default:
		}
	}
}

func TestSchemaIsKnownByItsContent(t *testing.T) {
	t.Parallel()
	hash := func(files fstest.MapFS) string {
		s, err := schemaOf(files, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s.hash
	}
	one := hash(fstest.MapFS{"1.sql": {Data: []byte("a")}})
	if one == hash(fstest.MapFS{"1.sql": {Data: []byte("b")}}) || one == hash(fstest.MapFS{"2.sql": {Data: []byte("a")}}) {
		t.Error("another schema has the same name")
	}
	if one != hash(fstest.MapFS{"1.sql": {Data: []byte("a")}}) {
		t.Error("the same schema has two names")
	}
}

func TestProductSchema(t *testing.T) {
	t.Parallel()
	db := New(t)
	if got := value(t, db.Admin(t).DB, "SELECT count(*) > 0 FROM pg_tables WHERE schemaname = 'cleardesk'"); got != "true" {
		t.Error("the migrations made no table in schema cleardesk")
	}
}

func TestClaimTakesOnlyAFolderOfItsOwn(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "folder")
	if err := errors.Join(claim(folder), claim(folder)); err != nil {
		t.Errorf("own folder: %v", err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(folder, link); err != nil {
		t.Fatal(err)
	}
	if err := claim(link); err == nil {
		t.Error("a link that somebody may have put there was taken")
	}
}
