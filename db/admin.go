package db

import (
	"context"
	"database/sql"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// OutsideWindow is nil unless now is in the order window as the settings have it: a
// schema is not changed while stores order. The pool is the owner's.
func OutsideWindow(ctx context.Context, pool *sql.DB, now time.Time) error {
	values := domain.Settings{}
	rows, err := pool.QueryContext(ctx, `
		SELECT DISTINCT ON (name) name, value FROM cleardesk.setting
		WHERE scope = 'platform' AND valid_from <= now() ORDER BY name, valid_from DESC, id DESC`)
	if err != nil {
		return fail(ctx, "read the order window", err)
	}
	defer rows.Close()
	for rows.Next() {
		v := domain.Setting{Scope: domain.ScopePlatform}
		if err := rows.Scan(&v.Name, &v.Value); err != nil {
			return fail(ctx, "read the order window", err)
		}
		values.Put(v)
	}
	if err := rows.Err(); err != nil {
		return fail(ctx, "read the order window", err)
	}
	c := values.Calendar()
	opens, closes := c.Opens.On(now, c.Zone), c.Closes.On(now, c.Zone)
	if now.Before(opens) || now.After(closes) {
		return nil
	}
	return domain.Errorf(domain.Conflict, "migrate", "stores are ordering until %s; wait, or add --now", c.Closes)
}

// HasFacts tells whether anything would be lost with the tables. The pool is the
// owner's.
func HasFacts(ctx context.Context, pool *sql.DB) (bool, error) {
	var yes bool
	err := pool.QueryRowContext(ctx, `
		SELECT EXISTS (SELECT FROM cleardesk.orders) OR EXISTS (SELECT FROM cleardesk.audit)`).Scan(&yes)
	return yes, fail(ctx, "look for facts", err)
}

// EnsureProgram makes a login for programs that take orders in and judge them, where
// it is missing. The Store must be the administrator's.
func (s *Store) EnsureProgram(ctx context.Context, login string) error {
	var there bool
	if err := s.db.GetContext(ctx, &there, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`, login); err != nil {
		return fail(ctx, "look for the programs' login", err)
	}
	if there {
		return nil
	}
	name := pq.QuoteIdentifier(login)
	return s.inTx(ctx, "make the programs' login", func(tx *sql.Tx) error {
		return execAll(ctx, tx, []string{
			"CREATE ROLE " + name + " LOGIN IN ROLE cleardesk_intake",
			"ALTER ROLE " + name + " SET statement_timeout = '60s'",
			"ALTER ROLE " + name + " SET lock_timeout = '10s'",
			"ALTER ROLE " + name + " SET idle_in_transaction_session_timeout = '60s'",
		})
	})
}
