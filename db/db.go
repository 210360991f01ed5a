// Package db is PostgreSQL: every SQL statement of the program, one file a
// subject. Reads are plain queries; every write is one call of one function of the
// database, repeatable under a key, because a statement whose answer was lost must
// be sent again without being done again.
package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq" // the driver
)

// Store is the database as one login sees it. It is safe for concurrent use.
type Store struct {
	db        *sqlx.DB
	dsn       string
	kindWords map[domain.Kind]string
}

// Options are what a program says of itself when it opens a Store.
type Options struct {
	App       string        // shown by the server: "cleardesk/desk"
	Conns     int           // connections at most; 0 means 2, a desk's share
	Statement time.Duration // the server ends a statement after it; 0 means 5 s
	// KindWords are a kind's names in every language: the queue's filter finds them.
	KindWords map[domain.Kind]string
}

// Open makes a Store over dsn (libpq's key=value form or a URL). It connects only
// when it is first used.
func Open(dsn string, o Options) (*Store, error) {
	if o.Conns == 0 {
		o.Conns = 2
	}
	if o.Statement == 0 {
		o.Statement = 5 * time.Second
	}
	pool, err := connect(dsn, o)
	if err != nil {
		return nil, &domain.Error{Code: domain.Invalid, Op: "open database", Msg: "the DSN cannot be read", Err: err}
	}
	pool.SetMaxOpenConns(o.Conns)
	pool.SetMaxIdleConns(o.Conns)
	pool.SetConnMaxLifetime(5 * time.Minute)
	return &Store{db: sqlx.NewDb(pool, "postgres"), dsn: dsn, kindWords: o.KindWords}, nil
}

// Close ends its connections.
func (s *Store) Close() error { return s.db.Close() }

// Ping tells whether the server answers.
func (s *Store) Ping(ctx context.Context) error { return fail(ctx, "ping", s.db.PingContext(ctx)) }

// sendFor is how long an act whose answer is unknown is sent again: a server that is
// restarted or failed over is back by then.
const sendFor = time.Minute

// act calls a function of the database that writes, and reads its JSON answer into
// out (nil: not wanted). While the answer is unknown it calls again with the same
// key, until sendFor has passed or the context ends, so that it is done once or, as
// far as the caller knows, not decided.
func (s *Store) act(ctx context.Context, out any, fn string, op uuid.UUID, args ...any) error {
	query := "SELECT cleardesk." + fn + "($1" + placeholders(2, len(args)) + ")"
	all := append([]any{op}, args...)
	last := time.Now().Add(sendFor)
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		var raw []byte
		err := s.db.QueryRowContext(ctx, query, all...).Scan(&raw)
		if err == nil {
			return decode(raw, out)
		}
		failed := fail(ctx, fn, err)
		if !sendAgain(failed) || time.Now().After(last) {
			return failed
		}
		select {
		case <-ctx.Done():
			return failed
		case <-time.After(wait):
		}
	}
}

func decode(raw []byte, out any) error {
	if out == nil || raw == nil {
		return nil
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "read answer", Err: err}
	}
	return nil
}

// placeholders gives ", $2, $3" for count arguments from number first.
func placeholders(first, count int) string {
	var b strings.Builder
	for i := range count {
		b.WriteString(", $")
		b.WriteString(itoa(first + i))
	}
	return b.String()
}

// jsonArg makes a value the parameter of a jsonb argument.
func jsonArg(v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", &domain.Error{Code: domain.Internal, Op: "write argument", Err: err}
	}
	return string(raw), nil
}

// noRows tells whether a query found nothing.
func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
