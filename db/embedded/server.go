package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lib/pq"

	"cleardesk/domain"
)

// Phase names what takes time while a server is opened.
type Phase string

// The phases that Progress can tell of.
const (
	PhaseFetch  Phase = "fetch"  // the programs are on their way
	PhaseUnpack Phase = "unpack" // they are being unpacked
	PhaseInit   Phase = "init"   // the data are made for the first time
	PhaseStart  Phase = "start"  // the server starts
)

// Progress tells how far a phase is. Done and Total are bytes; Total is 0 where there is nothing to count.
type Progress struct {
	Phase       Phase
	Done, Total int64
}

// Options says how to open a private server. Only StateDir is needed.
type Options struct {
	StateDir string                // the folder of the server's data, made when missing
	Getenv   func(string) string   // where settings are looked up; nil: the process's environment
	Programs string                // the folder of fetched programs; empty: DefaultProgramsDir
	Log      *slog.Logger          // nil: nothing is logged
	Progress func(Progress)        // called from Open; nil: nothing is told
	Unsafe   bool                  // for tests: a crash of the system may lose data, and who reaches the socket may be anyone
	Linger   time.Duration         // how long the server outlives its last user
	Remove   bool                  // take StateDir away when the server stops; for tests
	accounts []string              // who may run the server for root; nil: postgres, nobody
	globs    []string              // where packages put programs; nil: installedGlobs
	fetch    func(fetcher) fetcher // lets a test change the fetcher
}

// openPatience bounds Open when its context does not.
const openPatience = 2 * time.Minute

// Server is this process's share in a running private server. Its methods may be called concurrently.
type Server struct {
	opts  Options
	paths paths
	log   *slog.Logger
	stop  context.CancelFunc
	kept  chan struct{} // closed when the keeper has ended

	asking sync.Mutex // one request at a time
	mu     sync.Mutex // guards link
	link   *link
}

// Open starts the private server of a state folder, or joins it when it runs; the first time it makes the data. It returns
// when the server takes connections. While this process lives the server is kept running: whoever kills it, it comes
// back. The caller must Close it. Errors are *domain.Error of code Unavailable.
func Open(ctx context.Context, o Options) (*Server, error) {
	s, err := open(ctx, o)
	if err != nil {
		return nil, &domain.Error{Code: domain.Unavailable, Err: err}
	}
	return s, nil
}

func open(ctx context.Context, o Options) (*Server, error) {
	o = o.withDefaults()
	p, err := newPaths(o.StateDir)
	if err != nil {
		return nil, err
	}
	s := &Server{opts: o, paths: p, log: o.Log, kept: make(chan struct{})}
	opening := ctx
	if _, bounded := ctx.Deadline(); !bounded {
		var cancel context.CancelFunc
		opening, cancel = context.WithTimeout(ctx, openPatience)
		defer cancel()
	}
	if s.link, err = s.attach(opening); err != nil {
		return nil, err
	}
	keeping, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	go s.keep(keeping, s.link)
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.accounts == nil {
		o.accounts = []string{"postgres", "nobody"}
	}
	if o.globs == nil {
		o.globs = installedGlobs()
	}
	return o
}

// keep joins again whenever the supervisor is lost, until the server is closed.
func (s *Server) keep(ctx context.Context, current *link) {
	defer close(s.kept)
	const first, last = 50 * time.Millisecond, 5 * time.Second
	delay := first
	for {
		select {
		case <-current.lost:
		case <-ctx.Done():
			return
		}
		next, err := s.attach(ctx)
		switch {
		case err == nil:
			s.log.Info("Private server joined again")
			current, delay = next, first
			s.mu.Lock()
			s.link = next
			s.mu.Unlock()
			continue
		case ctx.Err() != nil:
			return
		}
		s.log.Error("Private server is lost", "error", err)
		if err := pause(ctx, delay); err != nil {
			return
		}
		delay = min(2*delay, last)
	}
}

// Close ends this process's use of the server. When it was the last user (and nothing lingers) Close returns after the
// server has stopped. Close must be called once.
func (s *Server) Close() error {
	s.stop()
	<-s.kept
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.link.leave()
}

// SocketDir is the folder of the server's socket.
func (s *Server) SocketDir() string { return s.paths.run }

// DSN is the connection string for a login, in the key=value form. It holds no password: the operating system vouches.
func (s *Server) DSN(login string) string { return dsn(s.paths, login) }

func dsn(p paths, login string) string {
	return "host=" + quote(p.run) + " user=" + quote(login) + " dbname=" + DatabaseName + " sslmode=disable"
}

// quote writes a value of a connection string; plain ones stay bare.
func quote(value string) string {
	if value != "" && !strings.ContainsAny(value, " '\\\t\n\r\v\f") {
		return value
	}
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
}

// Running says whether a private server runs in the state folder, without starting one, and how its admin reaches it.
func Running(stateDir string) (dsnWithoutPassword string, ok bool) {
	p, err := newPaths(stateDir)
	if err != nil || !accepts(p.socket()) {
		return "", false
	}
	return dsn(p, AdminLogin), true
}

// SyncLogins makes exactly these logins (and the admin's) open to the accounts of the desk and of the server, and returns
// when the server goes by it. Sessions that are already open are not ended.
func (s *Server) SyncLogins(ctx context.Context, logins []string) error {
	for _, login := range logins {
		if err := checkLogin(login); err != nil {
			return &domain.Error{Code: domain.Invalid, Err: err}
		}
	}
	s.asking.Lock()
	defer s.asking.Unlock()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := s.syncLogins(ctx, logins); err != nil {
		return &domain.Error{Code: domain.Unavailable, Err: fmt.Errorf("logins of the private server: %w", err)}
	}
	return nil
}

func (s *Server) syncLogins(ctx context.Context, logins []string) error {
	held, err := identLogins(s.paths.identMap())
	if err != nil {
		return err
	}
	if slices.Equal(held, withAdmin(logins)) {
		return nil // so it is at the start of nearly every desk
	}
	before, err := s.loadedAt(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	current := s.link
	s.mu.Unlock()
	if err := current.ask(ctx, request{Logins: logins}); err != nil {
		return err
	}
	for {
		// A session's answer is inherited from the server at its start, map and all.
		if after, err := s.loadedAt(ctx); err == nil && after != before {
			return nil
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return fmt.Errorf("the server does not take up the new map: %w", err)
		}
	}
}

// loadedAt asks a new session when the server last read its configuration.
func (s *Server) loadedAt(ctx context.Context) (at string, err error) {
	connector, err := pq.NewConnector(s.DSN(AdminLogin) + " connect_timeout=5")
	if err != nil {
		return "", fmt.Errorf("private server: %w", err)
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.QueryRowContext(ctx, "SELECT pg_conf_load_time()::text").Scan(&at)
	return at, err
}
