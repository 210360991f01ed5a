// Package migrations carries the numbered SQL of the database: tables, roles,
// functions and grants. The database is the last guard of every rule.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// FS holds the migrations, in goose's format.
//
//go:embed *.sql
var FS embed.FS

// Provider gives goose over db, with a lock so that two programs that migrate at
// once do it one after the other. The connection must be of a role that may create
// roles and own the database.
func Provider(db *sql.DB) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
	if err != nil {
		return nil, fmt.Errorf("make migration lock: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, FS, goose.WithSessionLocker(locker))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// Up applies every migration that is missing.
func Up(ctx context.Context, db *sql.DB) error {
	p, err := Provider(db)
	if err != nil {
		return err
	}
	pending, err := p.HasPending(ctx) // takes no lock, so the usual case costs one query
	if err != nil || !pending {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// Latest is the number of the newest migration in this program.
func Latest() (int64, error) {
	names, err := fs.Glob(FS, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("list migrations: %w", err)
	}
	return goose.NumericComponent(names[len(names)-1])
}

// Facts is the migration that makes the tables: taking it back drops orders and
// everything on record.
const Facts = 2
