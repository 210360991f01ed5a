package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"sync"

	"cleardesk/db"
	"cleardesk/db/dial"
	"cleardesk/db/embedded"
	"cleardesk/domain"
	"cleardesk/migrations"
)

// app is the running program: its flags, and the server it works on.
type app struct {
	program
	flags struct{ dsn, state, as, lang string }

	demo    bool             // the private server is the demo's
	server  *embedded.Server // nil until the private server is wanted
	ready   bool             // the private server's schema and program login stand
	logOnce sync.Once
	logger  *slog.Logger
	logFile *os.File
}

// Who a connection is for.
const (
	asIntake = "intake" // programs: import, judge, export
	asAdmin  = "admin"  // migrations and staff
	asDesk   = "desk"   // the person at the desk
)

// programLogin is the private server's login for programs.
const programLogin = "cleardesk_program"

// named gives the server that was named, and whether one was. An empty DSN with ok
// means libpq's PG* variables name it.
func (a *app) named() (dsn string, ok bool) {
	for _, dsn := range []string{a.flags.dsn, a.getenv("CLEARDESK_DSN"), a.getenv("DATABASE_URL")} {
		if dsn != "" {
			return dsn, true
		}
	}
	return "", a.getenv("PGHOST") != "" || a.getenv("PGSERVICE") != ""
}

// Open gives the DSN for a connection of who, starting the private server where none
// is named.
func (a *app) Open(ctx context.Context, who string) (string, error) {
	if dsn, ok := a.named(); ok && !a.demo {
		if a.flags.as != "" {
			return dial.With(dsn, map[string]string{"user": a.flags.as})
		}
		return dsn, nil
	}
	if err := a.startPrivate(ctx); err != nil {
		return "", err
	}
	switch who {
	case asAdmin:
		return a.server.DSN(embedded.AdminLogin), nil
	case asIntake:
		return a.server.DSN(programLogin), nil
	default:
		login, err := a.person(ctx)
		return a.server.DSN(login), err
	}
}

// stateDir is the folder of the private server; the demo has one of its own inside.
func (a *app) stateDir() (string, error) {
	dir := a.flags.state
	if dir == "" {
		dir = a.getenv("CLEARDESK_STATE")
	}
	if dir == "" {
		var err error
		if dir, err = embedded.DefaultStateDir(a.getenv); err != nil {
			return "", err
		}
	}
	if a.demo {
		dir = filepath.Join(dir, "demo")
	}
	return filepath.Abs(dir)
}

// startPrivate starts or joins the private server, and brings its schema up: a
// server this program started is this program's to migrate.
func (a *app) startPrivate(ctx context.Context) error {
	if a.ready {
		return nil
	}
	dir, err := a.stateDir()
	if err != nil {
		return err
	}
	if a.server == nil {
		a.server, err = embedded.Open(ctx, embedded.Options{
			StateDir: dir, Getenv: a.getenv, Log: a.log(), Progress: newFetchBar(a.stderr),
		})
		if err != nil {
			return err
		}
	}
	admin, err := sql.Open("postgres", a.server.DSN(embedded.AdminLogin))
	if err != nil {
		return &domain.Error{Code: domain.Internal, Op: "open private server", Err: err}
	}
	defer admin.Close()
	if err := migrations.Up(ctx, admin); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "bring the private server's schema up", Err: err}
	}
	if err := a.syncLogins(ctx); err != nil {
		return err
	}
	a.ready = true
	return nil
}

// syncLogins makes the programs' login and lets the operating system's user in as
// it and as each of the staff.
func (a *app) syncLogins(ctx context.Context) error {
	admin, err := db.Open(a.server.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	if err != nil {
		return err
	}
	defer admin.Close()
	if err := admin.EnsureProgram(ctx, programLogin); err != nil {
		return err
	}
	staff, err := admin.Staff(ctx)
	if err != nil {
		return err
	}
	logins := []string{programLogin}
	for _, s := range staff {
		if s.Active {
			logins = append(logins, string(s.Login))
		}
	}
	return a.server.SyncLogins(ctx, logins)
}

// person decides who sits at a private server's desk: --as, the operating system's
// user if that is on the staff, or the only one there is.
func (a *app) person(ctx context.Context) (string, error) {
	admin, err := db.Open(a.server.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	if err != nil {
		return "", err
	}
	defer admin.Close()
	all, err := admin.Staff(ctx)
	if err != nil {
		return "", err
	}
	want := a.flags.as
	if want == "" {
		if u, err := user.Current(); err == nil {
			want = u.Username
		}
	}
	var active []string
	for _, s := range all {
		if s.Active {
			active = append(active, string(s.Login))
		}
		if s.Active && string(s.Login) == want {
			return want, nil
		}
	}
	switch {
	case len(active) == 0:
		return "", domain.Errorf(domain.NotFound, "open desk",
			"nobody is on the staff yet: cleardesk staff add LOGIN --name NAME --role agent")
	case a.flags.as != "":
		return "", domain.Errorf(domain.NotFound, "open desk", "%q is not on the staff; --as takes one of %s", a.flags.as, strings.Join(active, ", "))
	case len(active) == 1:
		return active[0], nil
	}
	return "", domain.Errorf(domain.Invalid, "open desk", "who are you? --as takes one of %s", strings.Join(active, ", "))
}

// stateHome is where the log and what was typed and not yet written are kept; ""
// where the person has no home.
func (a *app) stateHome() string {
	dir := a.getenv("XDG_STATE_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "cleardesk")
}

// journalDir is where this person's answers on this server are kept until they are
// written: cases of another server have the same numbers.
func (a *app) journalDir(dsn string, who domain.Login) string {
	sum := sha256.Sum256([]byte(withoutPassword(dsn) + "\n" + string(who)))
	return filepath.Join(a.stateHome(), "journal", hex.EncodeToString(sum[:8]))
}

// log writes to a file, never to the screen. Whoever is first opens it.
func (a *app) log() *slog.Logger {
	a.logOnce.Do(a.openLog)
	return a.logger
}

func (a *app) openLog() {
	a.logger = slog.New(slog.DiscardHandler)
	dir := a.stateHome()
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	f, err := os.OpenFile(filepath.Join(dir, "cleardesk.log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	a.logFile = f
	level := slog.LevelInfo
	if a.getenv("CLEARDESK_DEBUG") != "" {
		level = slog.LevelDebug
	}
	a.logger = slog.New(slog.NewTextHandler(f, &slog.HandlerOptions{Level: level}))
}

// close gives the private server back; the last to do so stops it.
func (a *app) close() {
	if a.server != nil {
		if err := a.server.Close(); err != nil {
			a.log().Warn("Private server did not stop", "err", err)
		}
	}
	if a.logFile != nil {
		_ = a.logFile.Close()
	}
}

// oneLine is an error as one line, without a stack and without a password.
func oneLine(err error) string {
	s := err.Error()
	if e, ok := errors.AsType[*domain.Error](err); ok {
		s = e.Error()
		if e.Err != nil && e.Msg != "" && e.Code == domain.Unavailable {
			s += " (" + e.Err.Error() + ")"
		}
	}
	return strings.Join(strings.Fields(s), " ")
}
