package embedded

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// commandOf is the command line of a living process. Zombies are not alive.
func commandOf(ctx context.Context, pid int) (command string, alive bool) {
	if pid <= 1 {
		return "", false
	}
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		out, err := exec.CommandContext(ctx, "ps", "-o", "stat=,command=", "-p", strconv.Itoa(pid)).Output()
		return string(out), err == nil && !strings.HasPrefix(strings.TrimSpace(string(out)), "Z")
	}
	// A zombie's command line is empty.
	line, err := os.ReadFile(filepath.Join(dir, "cmdline"))
	return strings.ReplaceAll(string(line), "\x00", " "), err == nil && len(line) > 0
}

// killOrphans ends backends that outlived their killed server and keep its shared memory: one in the middle of a long
// computation notices late. It sees only processes that the system lets it look into.
func (p postmaster) killOrphans() {
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return
	}
	for _, dir := range all {
		cwd, err1 := os.Readlink(filepath.Join(dir, "cwd"))
		exe, err2 := os.Readlink(filepath.Join(dir, "exe"))
		pid, err3 := strconv.Atoi(filepath.Base(dir))
		if err1 != nil || err2 != nil || err3 != nil || cwd != p.paths.data() || !strings.HasPrefix(filepath.Base(exe), "postgres") {
			continue
		}
		p.log.Warn("Killing an orphaned backend", "pid", pid, "error", syscall.Kill(pid, syscall.SIGKILL))
	}
}
