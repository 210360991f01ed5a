package dbtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"cleardesk/db/embedded"
	"cleardesk/domain"
)

// The supervisor of the shared server is this same test program, started again: here is where it turns off.
func init() {
	if embedded.SupervisorMain(context.Background()) {
		os.Exit(0)
	}
}

// linger bridges the pause between the tests of one package and the next.
const linger = 3 * time.Second

// superuser made the server. Only tests may be it.
const superuser = "postgres"

// join opens this test's share in the server for a schema. Joining a running server takes less than a millisecond, so each
// test does it by itself and nothing is kept between tests.
func join(ctx context.Context, s schema) (*embedded.Server, error) {
	base := baseDir()
	name := fmt.Sprintf("cleardesk-test-%d-", os.Geteuid())
	dir := filepath.Join(base, name+s.hash)
	if err := claim(dir); err != nil {
		return nil, err
	}
	if err := sweep(filepath.Join(base, name+"*"), dir); err != nil {
		return nil, err
	}
	return embedded.Open(ctx, embedded.Options{StateDir: dir, Unsafe: true, Linger: linger, Remove: true})
}

// baseDir is on memory where the system has such a place: a clone of the template takes 15 ms there, 100 on a disk.
func baseDir() string {
	const memory = "/dev/shm"
	if info, err := os.Stat(memory); err == nil && info.IsDir() && info.Mode().Perm()&0o002 != 0 {
		return memory
	}
	return os.TempDir()
}

// claim makes the folder, and refuses one that another account made first.
func claim(dir string) error {
	err := os.Mkdir(dir, 0o711)
	if err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil // taken away this moment by the end of an earlier run; it will be made anew
	}
	if err != nil {
		return err
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || !info.IsDir() || int(stat.Uid) != os.Geteuid() {
		return fmt.Errorf("%s belongs to somebody else", dir)
	}
	return nil
}

// sweep takes away what killed test runs of other schemas left.
func sweep(pattern, keep string) error {
	found, err := filepath.Glob(pattern)
	if err != nil {
		return err
	}
	for _, dir := range found {
		if dir == keep {
			continue
		}
		if err := embedded.Reset(dir); err != nil && domain.CodeOf(err) != domain.Conflict {
			return err
		} else if err == nil {
			_ = os.Remove(dir) // not when somebody has just moved in again
		}
	}
	return nil
}
