package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// AdminLogin is the role that owns the private server's database: no superuser, but it may make roles and databases. The
// superuser made by initdb cannot log in.
const AdminLogin = "cleardesk_admin"

// DatabaseName is the private server's database.
const DatabaseName = "cleardesk"

// dataMajor reads which major version made the data; 0 when there are none yet.
func dataMajor(data string) (int, error) {
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("private server's data: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("private server's data: %s/PG_VERSION: %w", data, err)
	}
	return major, nil
}

// cluster makes a new set of data files.
type cluster struct {
	paths  paths
	bins   Binaries
	acc    account
	desk   string   // name of the account the desk runs as
	lock   *os.File // inherited by the children, so that one whose parent was killed still keeps others out
	unsafe bool
}

// create makes data/ with roles and database, all or nothing.
func (c cluster) create(ctx context.Context) error {
	dir := c.paths.newData()
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("private server's data: %w", err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("private server's data: %w", err)
	}
	if err := os.Chown(dir, c.acc.UID, c.acc.GID); err != nil {
		return fmt.Errorf("private server's data: %w", err)
	}
	if err := c.run(ctx, "", "initdb", c.initArgs(dir)...); err != nil {
		return err
	}
	if err := c.writeAccess(dir); err != nil {
		return err
	}
	roles := "CREATE ROLE " + AdminLogin + " LOGIN CREATEDB CREATEROLE;\nCREATE DATABASE " + DatabaseName + " OWNER " + AdminLogin + ";\n"
	if err := c.run(ctx, roles, "postgres", "--single", "-D", dir, "-c", "exit_on_error=on", "-c", "log_checkpoints=off", "postgres"); err != nil {
		return err
	}
	if err := os.Rename(dir, c.paths.data()); err != nil {
		return fmt.Errorf("private server's data: %w", err)
	}
	return syncDir(c.paths.root)
}

func (c cluster) initArgs(dir string) []string {
	args := []string{"-D", dir, "-U", "postgres", "-A", "peer", "-E", "UTF8"}
	switch {
	case runtime.GOOS != "darwin":
		args = append(args, "--locale=C.UTF-8")
	case c.bins.Major >= 17:
		// macOS has no C.UTF-8 of its own.
		args = append(args, "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
	default:
		args = append(args, "--locale=C", "--locale-provider=icu", "--icu-locale=und")
	}
	if c.unsafe {
		args = append(args, "--no-sync")
	}
	return args
}

// writeAccess writes who may log in and as whom.
func (c cluster) writeAccess(dir string) error {
	rule := "local all all peer map=" + identMapName + "\n"
	if c.unsafe {
		rule = "local all all trust\n"
	}
	if err := replaceFile(filepath.Join(dir, "pg_hba.conf"), []byte(rule), c.acc); err != nil {
		return err
	}
	text := identText([]string{c.desk, c.acc.Name}, nil)
	return replaceFile(filepath.Join(dir, "pg_ident.conf"), text, c.acc)
}

// run runs a server program as the server's account. Its complaint becomes the error.
func (c cluster) run(ctx context.Context, input, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, c.bins.path(program), args...)
	cmd.Dir = c.paths.root
	cmd.Env = serverEnv()
	cmd.SysProcAttr = c.acc.sysProc()
	cmd.Stdin = strings.NewReader(input)
	cmd.ExtraFiles = []*os.File{c.lock}
	var said strings.Builder
	cmd.Stdout = &said
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("private server: %s: %w%s", program, err, lastComplaint(said.String()))
	}
	return nil
}

// lastComplaint finds the line that says why a server program gave up.
func lastComplaint(text string) string {
	found := ""
	for line := range strings.Lines(text) {
		for _, mark := range []string{"FATAL:", "PANIC:", "ERROR:", "error:"} {
			if _, what, ok := strings.Cut(line, mark); ok {
				found = ": " + strings.TrimSpace(what)
			}
		}
	}
	if found == "" {
		return lastLine(text)
	}
	return found
}

// serverEnv is all the environment that the server's programs see: nothing of PG*, LC_* or LANG leaks into the data.
func serverEnv() []string {
	env := []string{"LC_ALL=C", "TZ=UTC"}
	for _, name := range []string{"PATH", "LD_LIBRARY_PATH", "TMPDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// replaceFile writes a file of the server's, atomically.
func replaceFile(path string, text []byte, owner account) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-")
	if err != nil {
		return fmt.Errorf("private server: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("private server: %w", err), os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chown(owner.UID, owner.GID), f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// syncDir makes a rename in dir outlast a crash of the system.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("private server: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
