package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"cleardesk/db/embedded"
)

const (
	template = "tpl"
	unready  = "tpl_unready"
	// templateLock is the advisory lock under which the template is made.
	templateLock = 7205
)

// ensureTemplate makes the migrated template once for each server. A maker that is killed leaves an unready one, which the
// next replaces.
func ensureTemplate(ctx context.Context, server *embedded.Server, super *sql.DB, s schema) error {
	if ready, err := exists(ctx, super); ready || err != nil {
		return err
	}
	conn, err := super.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", templateLock); err != nil {
		return err
	}
	err = makeTemplate(ctx, server, conn, s)
	_, unlock := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", templateLock)
	return errors.Join(err, unlock)
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func exists(ctx context.Context, q querier) (ready bool, err error) {
	err = q.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", template).Scan(&ready)
	return ready, err
}

func makeTemplate(ctx context.Context, server *embedded.Server, conn *sql.Conn, s schema) error {
	if ready, err := exists(ctx, conn); ready || err != nil {
		return err
	}
	for _, statement := range []string{
		"DROP DATABASE IF EXISTS " + unready + " WITH (FORCE)",
		"CREATE DATABASE " + unready + " OWNER " + embedded.AdminLogin,
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := migrate(ctx, dsn(server, embedded.AdminLogin, unready), s); err != nil {
		return fmt.Errorf("migrating the template: %w", err)
	}
	_, err := conn.ExecContext(ctx, "ALTER DATABASE "+unready+" RENAME TO "+template)
	return err
}

func migrate(ctx context.Context, dsn string, s schema) (err error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return s.up(ctx, db)
}

// clone makes a database from the template. Owner, rights on the database and settings for it are no part of what
// PostgreSQL copies, so they are brought over here.
func clone(ctx context.Context, super *sql.DB, name string) error {
	quoted := pq.QuoteIdentifier(name)
	if _, err := super.ExecContext(ctx, "CREATE DATABASE "+quoted+" TEMPLATE "+template+" STRATEGY FILE_COPY"); err != nil {
		return err
	}
	_, err := super.ExecContext(ctx, fmt.Sprintf(carryOver, pq.QuoteLiteral(template), pq.QuoteLiteral(name)))
	return err
}

const carryOver = `DO $do$
DECLARE
	source CONSTANT pg_database := (SELECT d FROM pg_database d WHERE datname = %s);
	target CONSTANT text := %s;
	r record;
	setting text;
BEGIN
	EXECUTE format('ALTER DATABASE %%I OWNER TO %%I', target, pg_get_userbyid(source.datdba));
	IF source.datacl IS NOT NULL THEN
		EXECUTE format('REVOKE ALL ON DATABASE %%I FROM PUBLIC', target);
		FOR r IN SELECT * FROM aclexplode(source.datacl) LOOP
			EXECUTE format('GRANT %%s ON DATABASE %%I TO %%s', r.privilege_type, target,
				CASE WHEN r.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee)) END);
		END LOOP;
	END IF;
	FOR r IN SELECT setrole, unnest(setconfig) AS config FROM pg_db_role_setting WHERE setdatabase = source.oid LOOP
		setting := format('SET %%I TO %%L', split_part(r.config, '=', 1), substr(r.config, strpos(r.config, '=') + 1));
		IF r.setrole = 0 THEN
			EXECUTE format('ALTER DATABASE %%I %%s', target, setting);
		ELSE
			EXECUTE format('ALTER ROLE %%I IN DATABASE %%I %%s', pg_get_userbyid(r.setrole), target, setting);
		END IF;
	END LOOP;
END
$do$`
