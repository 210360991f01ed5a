package embedded

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/lib/pq"
)

func TestMain(m *testing.M) {
	if SupervisorMain(context.Background()) {
		return
	}
	if deskMain(context.Background()) {
		return
	}
	os.Exit(m.Run())
}

// newState is an empty state folder that the server's account can reach, on memory when there is such a place, and checks
// at the end that nothing runs in it any more.
func newState(t *testing.T) string {
	t.Helper()
	base := "/dev/shm"
	if _, err := os.Stat(base); err != nil {
		base = os.TempDir()
	}
	dir, err := os.MkdirTemp(base, "cleardesk-embedded-") //nolint:usetesting // the server's account cannot enter a test's own folder
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	state := filepath.Join(dir, "state")
	t.Cleanup(func() {
		p, err := newPaths(state)
		if err != nil {
			t.Fatal(err)
		}
		eventually(t, "everything has ended", func() bool { return len(running(t, dir)) == 0 })
		if t.Failed() {
			if log, err := os.ReadFile(p.log()); err == nil {
				t.Logf("server's log:\n%s", log[max(0, len(log)-4000):])
			}
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return state
}

// running lists the commands of the living processes that belong to a folder.
func running(t *testing.T, dir string) []string {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, p := range all {
		line, err := os.ReadFile(filepath.Join(p, "cmdline"))
		if err != nil || len(line) == 0 {
			continue
		}
		cwd, err := os.Readlink(filepath.Join(p, "cwd"))
		if err == nil && within(cwd, dir) {
			found = append(found, filepath.Base(p)+" "+string(line))
		}
	}
	return found
}

func within(path, dir string) bool {
	return len(path) > len(dir) && path[:len(dir)+1] == dir+"/"
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	limit, tick := time.After(20*time.Second), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("not so in time: %s", what)
		}
	}
}

func mustOpen(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustClose(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// one runs a statement on a connection of its own and returns its value as text.
func one(ctx context.Context, dsn, query string) (value string, err error) {
	connector, err := pq.NewConnector(dsn + " connect_timeout=5")
	if err != nil {
		return "", err
	}
	db := sql.OpenDB(connector)
	defer func() {
		if e := db.Close(); err == nil && e != nil {
			err = fmt.Errorf("close: %w", e)
		}
	}()
	err = db.QueryRowContext(ctx, query).Scan(&value)
	return value, err
}
