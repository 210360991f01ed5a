package embedded

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cleardesk/domain"
)

// stopped makes a folder with a server that has run and stopped, and a row in it.
func stopped(t *testing.T) (paths, Options) {
	t.Helper()
	o := Options{StateDir: newState(t)}
	s := mustOpen(t, o)
	makeTable(t, s)
	if _, err := one(t.Context(), s.DSN(AdminLogin), "INSERT INTO row_ VALUES ('kept') RETURNING row_"); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	return s.paths, o
}

func TestWhatTheDeadLeaveBehind(t *testing.T) {
	t.Parallel()
	p, o := stopped(t)
	acc, err := serverAccount(p.data(), nil)
	if err != nil {
		t.Fatal(err)
	}
	// PostgreSQL is only taken in by processes of its own account.
	zombie, stranger := exec.Command("true"), exec.Command("sleep", "600")
	for _, cmd := range []*exec.Cmd{zombie, stranger} {
		cmd.SysProcAttr = acc.sysProc()
		cmd.Dir = "/"
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
	}
	defer func() { _ = errors.Join(stranger.Process.Kill(), stranger.Wait(), zombie.Wait()) }()
	eventually(t, "a zombie", func() bool { _, alive := commandOf(t.Context(), zombie.Process.Pid); return !alive })
	full := func(pid int) string {
		return fmt.Sprintf("%d\n%s\n1700000000\n5432\n%s\n\n  1 1\nready   \n", pid, p.data(), p.run)
	}
	for what, text := range map[string]string{
		"a pid that a stranger has now": full(stranger.Process.Pid),
		"a zombie's pid":                full(zombie.Process.Pid),
		"init's pid":                    full(1),
		"no whole line":                 "123",
		"nothing":                       "",
	} {
		if err := replaceFile(p.pidFile(), []byte(text), acc); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{p.socket(), p.socket() + ".lock", p.control()} {
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Open(t.Context(), o)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if n, err := one(t.Context(), s.DSN(AdminLogin), "SELECT count(*) FROM row_"); err != nil || n != "1" {
			t.Errorf("%s: %s rows, %v", what, n, err)
		}
		mustClose(t, s)
	}
}

func TestHalfMadeDataAreMadeAgain(t *testing.T) {
	t.Parallel()
	o := Options{StateDir: newState(t)}
	p, err := newPaths(o.StateDir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(p.makeRoot(), os.MkdirAll(filepath.Join(p.newData(), "base"), 0o700)); err != nil {
		t.Fatal(err)
	}
	mustClose(t, mustOpen(t, o))
}

func TestDataOfAnotherMajorAreLeftAlone(t *testing.T) {
	t.Parallel()
	p, o := stopped(t)
	version := filepath.Join(p.data(), "PG_VERSION")
	before, err := os.ReadFile(version)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(version, []byte("99\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), o); !errors.Is(err, ErrOtherMajor) || domain.CodeOf(err) != domain.Unavailable {
		t.Errorf("error %v", err)
	}
	if err := os.WriteFile(version, before, 0o600); err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, o)
	if n, err := one(t.Context(), s.DSN(AdminLogin), "SELECT count(*) FROM row_"); err != nil || n != "1" {
		t.Errorf("%s rows, %v", n, err)
	}
	mustClose(t, s)
}

func TestServerThatCannotStartSaysWhy(t *testing.T) {
	t.Parallel()
	p, o := stopped(t)
	control := filepath.Join(p.data(), "global", "pg_control")
	if err := os.Rename(control, control+".gone"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), p.log()) || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v", err)
	}
}

func TestLongFolderHasItsSocketElsewhere(t *testing.T) {
	t.Parallel()
	o := Options{StateDir: filepath.Join(newState(t), strings.Repeat("long", 30))}
	s := mustOpen(t, o)
	defer func() {
		if err := os.RemoveAll(s.SocketDir()); err != nil {
			t.Error(err)
		}
	}()
	defer mustClose(t, s)
	if strings.HasPrefix(s.SocketDir(), o.StateDir) {
		t.Errorf("socket in %s", s.SocketDir())
	}
	if _, err := one(t.Context(), s.DSN(AdminLogin), "SELECT 1"); err != nil {
		t.Error(err)
	}
	info, err := os.Stat(s.SocketDir())
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestReset(t *testing.T) {
	t.Parallel()
	p, o := stopped(t)
	journal := filepath.Join(p.state, "journal")
	if err := os.WriteFile(journal, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, o)
	if err := Reset(o.StateDir); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("while the server runs: %v", err)
	}
	mustClose(t, s)
	if err := Reset(o.StateDir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(journal); err != nil {
		t.Errorf("a file that is not the server's: %v", err)
	}
	s = mustOpen(t, o)
	defer mustClose(t, s)
	if n, err := one(t.Context(), s.DSN(AdminLogin), "SELECT count(*) FROM pg_tables WHERE tablename = 'row_'"); err != nil || n != "0" {
		t.Errorf("after the reset: %s tables, %v", n, err)
	}
}

func TestLingerAndRemove(t *testing.T) {
	t.Parallel()
	o := Options{StateDir: newState(t), Unsafe: true, Remove: true, Linger: 300_000_000}
	s := mustOpen(t, o)
	makeTable(t, s)
	mustClose(t, s)
	s = mustOpen(t, o) // within the linger: the same server
	if _, err := one(t.Context(), s.DSN("postgres"), "SELECT count(*) FROM row_"); err != nil {
		t.Error(err)
	}
	mustClose(t, s)
	eventually(t, "the folder is gone", func() bool {
		found, err := filepath.Glob(o.StateDir + "*")
		return err == nil && len(found) == 0
	})
}
