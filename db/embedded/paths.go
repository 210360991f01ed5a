package embedded

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

const (
	socketName  = ".s.PGSQL.5432"
	controlName = "desk.sock"
	// maxSocketPath is what the narrowest system (macOS, 104 bytes with the closing zero) takes for a socket's path.
	maxSocketPath = 103
)

// DefaultStateDir is where the private server lives when neither --state nor CLEARDESK_STATE says otherwise:
// $XDG_DATA_HOME/cleardesk or ~/.local/share/cleardesk; for root /var/lib/cleardesk, because the account that runs the
// server cannot enter root's home.
func DefaultStateDir(getenv func(string) string) (string, error) {
	if os.Geteuid() == 0 {
		return "/var/lib/cleardesk", nil
	}
	if dir := getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "cleardesk"), nil
	}
	home := getenv("HOME")
	if !filepath.IsAbs(home) {
		return "", errors.New("no folder for the private server: HOME is not set; name one with --state, or a server with --dsn")
	}
	return filepath.Join(home, ".local", "share", "cleardesk"), nil
}

// DefaultProgramsDir is where fetched PostgreSQL programs are kept: a cache, safe to delete when no server runs.
func DefaultProgramsDir(getenv func(string) string) (string, error) {
	if os.Geteuid() == 0 {
		return "/var/cache/cleardesk", nil
	}
	if dir := getenv("XDG_CACHE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "cleardesk"), nil
	}
	home := getenv("HOME")
	if !filepath.IsAbs(home) {
		return "", errors.New("no folder for PostgreSQL's programs: HOME is not set; install PostgreSQL, or name a server with --dsn")
	}
	return filepath.Join(home, ".cache", "cleardesk"), nil
}

// paths names the files of one private server.
type paths struct {
	state string // the state folder as given, absolute
	root  string // state/pg
	run   string // the folder of the sockets
}

func newPaths(state string) (paths, error) {
	if state == "" {
		return paths{}, errors.New("the private server needs a state folder: name one with --state")
	}
	abs, err := filepath.Abs(state)
	if err != nil {
		return paths{}, fmt.Errorf("state folder %s: %w", state, err)
	}
	p := paths{state: abs, root: filepath.Join(abs, "pg")}
	p.run = filepath.Join(p.root, "run")
	if len(p.socket()) > maxSocketPath {
		sum := sha256.Sum256([]byte(p.root))
		p.run = filepath.Join(os.TempDir(), fmt.Sprintf("cleardesk-%d-%x", os.Geteuid(), sum[:6]))
	}
	if len(p.socket()) > maxSocketPath {
		return paths{}, fmt.Errorf("state folder %s: its name is too long for a socket (%d bytes at most), and so is TMPDIR; name a shorter one with --state",
			abs, maxSocketPath)
	}
	return p, nil
}

func (p paths) data() string     { return filepath.Join(p.root, "data") }
func (p paths) newData() string  { return filepath.Join(p.root, "data.new") }
func (p paths) lock() string     { return filepath.Join(p.root, "server.lock") }
func (p paths) log() string      { return filepath.Join(p.root, "postgres.log") }
func (p paths) pidFile() string  { return filepath.Join(p.data(), "postmaster.pid") }
func (p paths) identMap() string { return filepath.Join(p.data(), "pg_ident.conf") }
func (p paths) socket() string   { return filepath.Join(p.run, socketName) }
func (p paths) control() string  { return filepath.Join(p.run, controlName) }

// makeRoot makes the folders above data/, open to the server's account when that is another one.
func (p paths) makeRoot() error {
	mode := os.FileMode(0o700)
	if os.Geteuid() == 0 {
		mode = 0o711
	}
	for _, dir := range []string{p.state, p.root} {
		_, err := os.Stat(dir)
		if err == nil {
			continue
		}
		if err := os.MkdirAll(dir, mode); err != nil {
			return fmt.Errorf("cannot make the private server's folder: %w; name another with --state, or a server with --dsn", err)
		}
		// A strict umask must not shut the server's account out.
		if err := os.Chmod(dir, mode); err != nil {
			return fmt.Errorf("state folder: %w", err)
		}
	}
	return nil
}

// makeRun makes the folder of the sockets and gives it to the server's account. A folder that somebody else put there (it
// may be below /tmp) is refused.
func (p paths) makeRun(a account) error {
	if err := os.Mkdir(p.run, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("socket folder: %w", err)
	}
	info, err := os.Lstat(p.run)
	if err != nil {
		return fmt.Errorf("socket folder: %w", err)
	}
	owner, ok := ownerOf(info)
	if !info.IsDir() || !ok || (owner != a.UID && owner != os.Geteuid()) {
		return fmt.Errorf("socket folder %s belongs to somebody else: remove it, or name another folder with --state", p.run)
	}
	if err := os.Lchown(p.run, a.UID, a.GID); err != nil {
		return fmt.Errorf("socket folder: %w", err)
	}
	if err := os.Chmod(p.run, 0o700); err != nil {
		return fmt.Errorf("socket folder: %w", err)
	}
	return nil
}

func ownerOf(info os.FileInfo) (uid int, ok bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(stat.Uid), true
}

// tryLock takes the exclusive lock of the file at path, made when missing. It answers nil when another process has it, or
// when the file was replaced meanwhile; the caller comes again. The lock lasts until the last copy of the file is closed,
// copies in child processes included.
func tryLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, f.Close()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w; a network folder cannot hold the private server, name another with --state", path, err), f.Close())
	}
	mine, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock: %w", err), f.Close())
	}
	if there, err := os.Stat(path); err != nil || !os.SameFile(mine, there) {
		return nil, f.Close()
	}
	return f, nil
}
