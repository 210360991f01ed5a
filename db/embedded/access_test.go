package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/lib/pq"

	"cleardesk/domain"
)

func TestSyncLogins(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, Options{StateDir: newState(t)})
	defer mustClose(t, s)
	for _, login := range []string{"lin", "王 staff"} {
		if _, err := one(t.Context(), s.DSN(AdminLogin), `CREATE ROLE "`+login+`" LOGIN; SELECT 'made'`); err != nil {
			t.Fatal(err)
		}
	}
	enters := func(login string) bool {
		t.Helper()
		got, err := one(t.Context(), s.DSN(login), "SELECT current_user")
		if refusal, ok := errors.AsType[*pq.Error](err); err != nil && (!ok || refusal.Code.Class() != "28") {
			t.Fatal(err)
		}
		return got == login
	}
	for _, logins := range [][]string{{}, {"lin"}, {"lin", "王 staff"}, {"王 staff"}, {}} {
		if err := s.SyncLogins(t.Context(), logins); err != nil {
			t.Fatal(err)
		}
		for _, login := range []string{"lin", "王 staff"} {
			if want := slices.Contains(logins, login); enters(login) != want {
				t.Errorf("with the map %q: %s enters is not %v", logins, login, want)
			}
		}
		if !enters(AdminLogin) {
			t.Errorf("with the map %q the admin is shut out", logins)
		}
	}
	if enters("postgres") {
		t.Error("the superuser may log in")
	}
	for _, bad := range []string{"", "a\"b", "a\nb", "+all", "/x", `a\1`} {
		if err := s.SyncLogins(t.Context(), []string{bad}); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("login %q: %v", bad, err)
		}
	}
}

func TestLoginsOutlastARestart(t *testing.T) {
	t.Parallel()
	state := newState(t)
	s := mustOpen(t, Options{StateDir: state})
	if _, err := one(t.Context(), s.DSN(AdminLogin), "CREATE ROLE lin LOGIN; SELECT 'made'"); err != nil {
		t.Fatal(err)
	}
	if err := s.SyncLogins(t.Context(), []string{"lin"}); err != nil {
		t.Fatal(err)
	}
	mustClose(t, s)
	s = mustOpen(t, Options{StateDir: state})
	defer mustClose(t, s)
	if _, err := one(t.Context(), s.DSN("lin"), "SELECT current_user"); err != nil {
		t.Error(err)
	}
}

func TestAdminIsNoSuperuserAndNothingListensOnTCP(t *testing.T) {
	t.Parallel()
	s := mustOpen(t, Options{StateDir: newState(t)})
	defer mustClose(t, s)
	const query = `SELECT concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, current_setting('listen_addresses'),
		pg_get_userbyid((SELECT datdba FROM pg_database WHERE datname = current_database())),
		current_setting('fsync'), current_setting('synchronous_commit'), current_setting('server_encoding'))
		FROM pg_roles WHERE rolname = current_user`
	got, err := one(t.Context(), s.DSN(AdminLogin), query)
	if want := "f t t f  cleardesk_admin on on UTF8"; err != nil || got != want {
		t.Errorf("got %q, want %q, %v", got, want, err)
	}
}

// A desk of an ordinary account runs everything as itself; another account's desk is refused the folder, and cannot reach
// the socket.
func TestOrdinaryAccount(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("run by an ordinary account, which all other tests try")
		return
	}
	nobody := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	state := newState(t)
	if err := os.Chown(filepath.Dir(state), 65534, 65534); err != nil {
		t.Fatal(err)
	}
	d := startDesk(t, state, nobody)
	eventually(t, "the server runs", func() bool { _, ok := Running(state); return ok || ended(d) })
	p, err := newPaths(state)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(p.data())
	if err != nil {
		_ = d.stdin.Close()
		_, said := d.end(t)
		t.Fatalf("%v; the desk said: %s", err, said)
	}
	if owner, _ := ownerOf(info); owner != 65534 {
		t.Errorf("the data belong to uid %d", owner)
	}
	if err := d.stdin.Close(); err != nil {
		t.Error(err)
	}
	if _, said := d.end(t); strings.Contains(said, "error") {
		t.Errorf("the desk said: %s", said)
	}
	if _, ok := Running(state); ok {
		t.Error("the server outlived its last user")
	}

	ours := newState(t)
	s := mustOpen(t, Options{StateDir: ours})
	defer mustClose(t, s)
	stranger := startDesk(t, ours, nobody)
	if _, said := stranger.end(t); !strings.Contains(said, "another account") {
		t.Errorf("a stranger's desk said: %s", said)
	}
}

func ended(d *deskProcess) bool {
	select {
	case <-d.over:
		return true
	default:
		return false
	}
}

func TestRootWithoutAPostgresAccountUsesNobody(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("run by an ordinary account, which runs the server as itself")
		return
	}
	state := newState(t)
	o := Options{StateDir: state, accounts: []string{"no such account", "nobody"}}
	s := mustOpen(t, o)
	if _, err := one(t.Context(), s.DSN(AdminLogin), "SELECT 1"); err != nil {
		t.Error(err)
	}
	mustClose(t, s)
	// With the better account there at last, the data stay with whom they belong to.
	s = mustOpen(t, Options{StateDir: state})
	mustClose(t, s)
	o.accounts = []string{"no such account"}
	o.StateDir = newState(t)
	if _, err := Open(t.Context(), o); domain.CodeOf(err) != domain.Unavailable || !strings.Contains(err.Error(), "--dsn") {
		t.Errorf("without any account: %v", err)
	}
}

func TestFolderThatTheServerCannotEnterIsNamed(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Log("run by an ordinary account, which enters what it made")
		return
	}
	shut := filepath.Dir(newState(t))
	if err := os.Chmod(shut, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{StateDir: filepath.Join(shut, "state")}); err == nil || !strings.Contains(err.Error(), shut+":") {
		t.Errorf("error %v", err)
	}
}
