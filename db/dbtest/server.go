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
func NewServer(t testing.TB) *Server {
	t.Helper()
	s, err := current()
	if err != nil {
		t.Fatalf("test server: %v", err)
	}
	return newServer(t, s)
}

func newServer(t testing.TB, s schema) *Server {
	t.Helper()
	dir, err := os.MkdirTemp(baseDir(), "cleardesk-own-")
	if err != nil {
		t.Fatalf("test server: %v", err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("test server: %v", err)
		}
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatalf("test server: %v", err)
	}
	own := &Server{DB: &DB{name: embedded.DatabaseName}, state: filepath.Join(dir, "state"), down: true}
	own.Start(t)
	t.Cleanup(func() {
		if !own.down {
			own.Stop(t)
		}
	})
	if err := migrate(t.Context(), own.DSN(embedded.AdminLogin), s); err != nil {
		t.Fatalf("test server: %v", err)
	}
	return own
}

// Stop stops the server in good order and returns when it is down. Its data stay.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.super.Close(); err != nil {
		t.Errorf("test server: %v", err)
	}
	if err := s.server.Close(); err != nil {
		t.Fatalf("stopping the test server: %v", err)
	}
	s.down = true
}

// Start starts the server again after Stop, at the same place.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	server, err := embedded.Open(t.Context(), embedded.Options{StateDir: s.state, Unsafe: true})
	if err != nil {
		t.Fatalf("starting the test server: %v", err)
	}
	s.server, s.down = server, false
	if s.super, err = sql.Open("postgres", dsn(server, superuser, "postgres")); err != nil {
		t.Fatalf("starting the test server: %v", err)
	}
}

// Kill kills the server's first process with SIGKILL. It comes back by itself within a second or so.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.state, "pg", "data", "postmaster.pid"))
	if err != nil {
		t.Fatalf("killing the test server: %v", err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatalf("killing the test server: %v", err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatalf("killing the test server: %v", err)
	}
}
