package dbtest

import (
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"cleardesk/db/embedded"
)

// Server is a private server of one test's own, for tests that stop, start or kill it. Its database is migrated and
// otherwise empty.
type Server struct {
	*DB
	state string
	down  bool
}

// NewServer starts a server (in about half a second) and stops it when the test is over.
func NewServer(tb testing.TB) *Server {
	tb.Helper()
	s, err := current()
	if err != nil {
		tb.Fatalf("test server: %v", err)
	}
	return newServer(tb, s)
}

func newServer(tb testing.TB, s schema) *Server {
	tb.Helper()
	dir, err := os.MkdirTemp(baseDir(), "cleardesk-own-") //nolint:usetesting // the server's account cannot enter a test's own folder
	if err != nil {
		tb.Fatalf("test server: %v", err)
	}
	tb.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			tb.Errorf("test server: %v", err)
		}
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		tb.Fatalf("test server: %v", err)
	}
	own := &Server{DB: &DB{name: embedded.DatabaseName}, state: filepath.Join(dir, "state"), down: true}
	own.Start(tb)
	tb.Cleanup(func() {
		if !own.down {
			own.Stop(tb)
		}
	})
	if err := migrate(tb.Context(), own.DSN(embedded.AdminLogin), s); err != nil {
		tb.Fatalf("test server: %v", err)
	}
	return own
}

// Stop stops the server in good order and returns when it is down. Its data stay.
func (s *Server) Stop(tb testing.TB) {
	tb.Helper()
	_ = s.super.Close() // its server may have been killed
	if err := s.server.Close(); err != nil {
		tb.Fatalf("stopping the test server: %v", err)
	}
	s.down = true
}

// Start starts the server again after Stop, at the same place.
func (s *Server) Start(tb testing.TB) {
	tb.Helper()
	server, err := embedded.Open(tb.Context(), embedded.Options{StateDir: s.state, Unsafe: true})
	if err != nil {
		tb.Fatalf("starting the test server: %v", err)
	}
	s.server, s.down = server, false
	if s.super, err = sql.Open("postgres", dsn(server, superuser, "postgres")); err != nil {
		tb.Fatalf("starting the test server: %v", err)
	}
}

// Kill kills the server's first process with SIGKILL. It comes back by itself within a second or so.
func (s *Server) Kill(tb testing.TB) {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join(s.state, "pg", "data", "postmaster.pid"))
	if err != nil {
		tb.Fatalf("killing the test server: %v", err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		tb.Fatalf("killing the test server: %v", err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		tb.Fatalf("killing the test server: %v", err)
	}
}
