package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"cleardesk/db"
	"cleardesk/domain"
	"cleardesk/migrations"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/spf13/cobra"
)

func newMigrateCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "migrate", Short: "Bring the database's schema up or down",
		Long: "The desk never migrates a server it did not start. Run this as the database's owner, a login that may create roles.",
	}
	var now, discard bool
	up := &cobra.Command{
		Use: "up", Short: "Apply what is missing", Example: "  cleardesk migrate up --dsn postgres://admin@db.example/cleardesk",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.migrateUp(cmd.Context(), now) },
	}
	up.Flags().BoolVar(&now, "now", false, "also inside the order window")
	status := &cobra.Command{
		Use: "status", Short: "Tell which migrations are applied", Example: "  cleardesk migrate status", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.migrateStatus(cmd.Context()) },
	}
	var to int64
	down := &cobra.Command{
		Use: "down", Short: "Take migrations back", Example: "  cleardesk migrate down --to 5 --discard-facts", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.migrateDown(cmd.Context(), to, discard) },
	}
	down.Flags().Int64Var(&to, "to", -1, "the migration to go back to (default: one back)")
	down.Flags().BoolVar(&discard, "discard-facts", false, "also where records of what was done are lost")
	cmd.AddCommand(up, status, down)
	return cmd
}

// admin opens the database as its owner.
func (a *app) admin(ctx context.Context) (*sql.DB, error) {
	dsn, err := a.Open(ctx, asAdmin)
	if err != nil {
		return nil, err
	}
	c, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, &domain.Error{Code: domain.Invalid, Op: "open database", Msg: "the DSN cannot be read", Err: err}
	}
	pool := sql.OpenDB(c)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, &domain.Error{Code: domain.Unavailable, Op: "open database", Msg: "the server cannot be reached", Err: err}
	}
	return pool, nil
}

// migrations opens the database as its owner, with what there is to migrate.
func (a *app) migrations(ctx context.Context) (*goose.Provider, *sql.DB, error) {
	pool, err := a.admin(ctx)
	if err != nil {
		return nil, nil, err
	}
	p, err := migrations.Provider(pool)
	if err != nil {
		_ = pool.Close()
		return nil, nil, err
	}
	return p, pool, nil
}

func (a *app) migrateUp(ctx context.Context, now bool) error {
	p, pool, err := a.migrations(ctx)
	if err != nil {
		return err
	}
	defer pool.Close()
	current, err := p.GetDBVersion(ctx)
	if err != nil {
		return &domain.Error{Code: domain.Unavailable, Op: "migrate", Err: err}
	}
	if current > 0 && !now {
		if err := db.OutsideWindow(ctx, pool, time.Now()); err != nil {
			return err
		}
	}
	done, err := p.Up(ctx)
	if err != nil {
		return &domain.Error{Code: domain.Internal, Op: "migrate", Err: err}
	}
	for _, r := range done {
		_, _ = fmt.Fprintf(a.stdout, "applied %s (%s)\n", r.Source.Path, r.Duration.Round(time.Millisecond))
	}
	latest, err := p.GetDBVersion(ctx)
	_, _ = fmt.Fprintf(a.stdout, "schema %d\n", latest)
	return err
}

func (a *app) migrateStatus(ctx context.Context) error {
	p, pool, err := a.migrations(ctx)
	if err != nil {
		return err
	}
	defer pool.Close()
	all, err := p.Status(ctx)
	if err != nil {
		return &domain.Error{Code: domain.Unavailable, Op: "migrate", Err: err}
	}
	for _, s := range all {
		at := "-"
		if !s.AppliedAt.IsZero() {
			at = s.AppliedAt.Format(time.RFC3339)
		}
		_, _ = fmt.Fprintf(a.stdout, "%-9s %-28s %s\n", s.State, s.Source.Path, at)
	}
	return nil
}

func (a *app) migrateDown(ctx context.Context, to int64, discard bool) error {
	p, pool, err := a.migrations(ctx)
	if err != nil {
		return err
	}
	defer pool.Close()
	current, err := p.GetDBVersion(ctx)
	if err != nil {
		return &domain.Error{Code: domain.Unavailable, Op: "migrate", Err: err}
	}
	if to < 0 {
		to = current - 1
	}
	if to < 0 || to >= current {
		return domain.Errorf(domain.Invalid, "migrate", "the schema is at %d; --to takes a smaller number", current)
	}
	if to < migrations.Facts && !discard {
		lost, err := db.HasFacts(ctx, pool)
		if err != nil {
			return err
		}
		if lost {
			return domain.Errorf(domain.Conflict, "migrate",
				"going back to %d would drop orders and the record of what was done; add --discard-facts to do it", to)
		}
	}
	done, err := p.DownTo(ctx, to)
	if err != nil {
		return &domain.Error{Code: domain.Internal, Op: "migrate", Err: err}
	}
	for _, r := range done {
		_, _ = fmt.Fprintf(a.stdout, "taken back %s\n", r.Source.Path)
	}
	return nil
}
