package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/db/embedded"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestCommands runs the scripts of testdata/script, each on a database of its own. In
// them $ADMIN, $PROGRAM and $SUPER are DSNs of the owner, of a program and of a
// superuser, $DB is what the logins must end in.
// "sql WANT QUERY" compares the value of a query, "exits CODE COMMAND" the exit code of a
// command, which must say in one line why.
func TestCommands(t *testing.T) {
	t.Parallel()
	scripts, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, script := range scripts {
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			testscript.Run(t, testscript.Params{
				Files: []string{script},
				Setup: func(env *testscript.Env) error { return surround(t, d, env) },
				Cmds:  map[string]func(*testscript.TestScript, bool, []string){"sql": sqlCommand(t, d), "exits": exits},
			})
		})
	}
}

// surround gives a script its environment, and the database a window that is open now.
func surround(t *testing.T, d *dbtest.DB, env *testscript.Env) error {
	t.Helper()
	admin, err := db.Open(d.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/test"})
	if err != nil {
		return err
	}
	defer admin.Close()
	if err := putAll(t.Context(), admin, demo.Settings(time.Now())); err != nil {
		return err
	}
	env.Setenv("PATH", filepath.Dir(binary(t))+string(os.PathListSeparator)+env.Getenv("PATH"))
	env.Setenv("HOME", env.WorkDir)
	env.Setenv("TERM", "tmux-256color")
	env.Setenv("LANG", "C.UTF-8")
	env.Setenv("ADMIN", d.DSN(embedded.AdminLogin))
	env.Setenv("SUPER", d.DSN("postgres"))
	env.Setenv("PROGRAM", d.DSN(d.Login(t, "program", "intake")))
	env.Setenv("DB", d.Name())
	env.Setenv("NOW", time.Now().UTC().Format(time.RFC3339))
	return nil
}

func sqlCommand(t *testing.T, d *dbtest.DB) func(*testscript.TestScript, bool, []string) {
	t.Helper()
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if len(args) != 2 {
			ts.Fatalf("sql takes a value and a query")
		}
		var got string
		err := d.Admin(t).GetContext(t.Context(), &got, "SELECT coalesce(("+args[1]+")::text, '')")
		if err != nil {
			ts.Fatalf("%v", err)
		}
		if (got == args[0]) == neg {
			ts.Fatalf("it is %q", got)
		}
	}
}

// exits runs a command that must fail with a code, in one line, without a stack.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("exits takes a code and a command")
	}
	err := ts.Exec(args[1], args[2:]...)
	var failed *exec.ExitError
	if !errors.As(err, &failed) {
		ts.Fatalf("it did not fail: %v", err)
	}
	if code := strconv.Itoa(failed.ExitCode()); code != args[0] {
		ts.Fatalf("it ended with %s", code)
	}
	if said := ts.ReadFile("stderr"); strings.Count(said, "\n") > 1 || strings.Contains(said, "goroutine ") {
		ts.Fatalf("it said more than a line")
	}
}
