package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	startPatience = 5 * time.Minute // recovery of a large journal takes its time
	maxLog        = 16 << 20        // bytes of postgres.log before it is put aside at the next start
)

// postmaster starts and stops the server's first process. Its methods are called by the supervisor only.
type postmaster struct {
	paths  paths
	bins   Binaries
	acc    account
	unsafe bool
	log    *slog.Logger
}

// process is a running server.
type process struct {
	pid    int
	exited <-chan error
}

// settings is everything the server is told; data/postgresql.conf stays as initdb wrote it.
func (p postmaster) settings() []string {
	set := []string{
		"listen_addresses=", "unix_socket_directories=" + p.paths.run, "unix_socket_permissions=0700",
		"max_connections=100", "shared_buffers=64MB", "jit=off", "timezone=UTC", "log_timezone=UTC",
		"wal_level=minimal", "max_wal_senders=0", "min_wal_size=32MB",
		// The log must not carry what people typed.
		"log_min_error_statement=panic", "log_parameter_max_length_on_error=0",
	}
	if p.unsafe {
		set = append(set, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=300")
	}
	args := []string{"-D", p.paths.data()}
	for _, s := range set {
		args = append(args, "-c", s)
	}
	return args
}

// start clears away what a dead predecessor left, starts the server, and returns when it accepts connections. The backends
// of a killed predecessor may take seconds to go; then it tries for a while.
func (p postmaster) start(ctx context.Context) (process, error) {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	if err := p.endPredecessor(ctx); err != nil {
		return process{}, err
	}
	_, missing := os.Stat(p.paths.pidFile())
	killed := missing == nil // an orderly stop takes the file away
	for begun := time.Now(); ; {
		if err := p.clear(); err != nil {
			return process{}, err
		}
		server, err := p.launch(ctx)
		if err != nil {
			return process{}, err
		}
		if err = p.ready(ctx, server); err == nil {
			return server, nil
		}
		if waited := time.Since(begun); !killed || ctx.Err() != nil || waited > 10*time.Second {
			p.stop(server)
			return process{}, err
		} else if waited > 3*time.Second {
			p.killOrphans()
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return process{}, fmt.Errorf("private server: %w", err)
		}
	}
}

// launch starts the program. Where the system can, the server is told to shut down when its supervisor dies; that is tied
// to the thread which started it, hence the locked one.
func (p postmaster) launch(ctx context.Context) (process, error) {
	out, err := p.openLog()
	if err != nil {
		return process{}, err
	}
	defer out.Close()
	cmd := exec.CommandContext(context.WithoutCancel(ctx), p.bins.path("postgres"), p.settings()...)
	cmd.Dir = p.paths.data()
	cmd.Env = serverEnv()
	cmd.Stdout = out
	cmd.Stderr = out
	cmd.SysProcAttr = p.acc.sysProc()
	endWithParent(cmd.SysProcAttr)
	started, exited := make(chan error, 1), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			exited <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return process{}, fmt.Errorf("private server: %w", err)
	}
	return process{pid: cmd.Process.Pid, exited: exited}, nil
}

func (p postmaster) openLog() (*os.File, error) {
	if info, err := os.Stat(p.paths.log()); err == nil && info.Size() > maxLog {
		if err := os.Rename(p.paths.log(), p.paths.log()+".1"); err != nil {
			return nil, fmt.Errorf("private server's log: %w", err)
		}
	}
	f, err := os.OpenFile(p.paths.log(), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("private server's log: %w", err)
	}
	return f, nil
}

// ready waits until the server says so in its pid file and takes a connection.
func (p postmaster) ready(ctx context.Context, server process) error {
	for {
		select {
		case err := <-server.exited:
			return fmt.Errorf("private server did not start (%w)%s; see %s", orEnded(err), p.complaint(), p.paths.log())
		default:
		}
		file := readPIDFile(p.paths.pidFile())
		if file.pid == server.pid && file.status == "ready" && accepts(p.paths.socket()) {
			return nil
		}
		if err := pause(ctx, 3*time.Millisecond); err != nil {
			return fmt.Errorf("private server did not start in time: %w; see %s", err, p.paths.log())
		}
	}
}

func orEnded(err error) error {
	if err == nil {
		return errors.New("it ended at once")
	}
	return err
}

// complaint is the last thing the server's log says.
func (p postmaster) complaint() string {
	text, err := os.ReadFile(p.paths.log())
	if err != nil {
		return ""
	}
	return lastComplaint(string(text[max(0, len(text)-8192):]))
}

// stop ends a server that this process started, and waits: politely, then without its final checkpoint, then at once.
func (p postmaster) stop(server process) {
	for _, step := range stopSteps() {
		if err := syscall.Kill(server.pid, step.signal); err != nil {
			return
		}
		select {
		case err := <-server.exited:
			p.log.Info("Server stopped", "pid", server.pid, "error", err)
			return
		case <-time.After(step.patience):
			p.log.Warn("Server does not stop", "pid", server.pid, "signal", step.signal.String())
		}
	}
}

type stopStep struct {
	signal   syscall.Signal
	patience time.Duration
}

func stopSteps() []stopStep {
	return []stopStep{
		{syscall.SIGINT, 15 * time.Second}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second},
	}
}

// endPredecessor ends a server on our data that no supervisor owns any more.
func (p postmaster) endPredecessor(ctx context.Context) error {
	pid := readPIDFile(p.paths.pidFile()).pid
	for _, step := range stopSteps() {
		if !p.isServer(ctx, pid) {
			return nil
		}
		p.log.Info("Ending a server left over", "pid", pid, "signal", step.signal.String())
		if err := syscall.Kill(pid, step.signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("private server: a server left over (pid %d) cannot be ended: %w", pid, err)
		}
		for end := time.Now().Add(step.patience); p.isServer(ctx, pid) && time.Now().Before(end); {
			if err := pause(ctx, 5*time.Millisecond); err != nil {
				return fmt.Errorf("private server: a server left over (pid %d) does not end: %w", pid, err)
			}
		}
	}
	return nil
}

// isServer says whether pid is a living server on our data, and no zombie nor a stranger that was given the same number.
func (p postmaster) isServer(ctx context.Context, pid int) bool {
	command, alive := commandOf(ctx, pid)
	return alive && strings.Contains(command, p.paths.data())
}

// clear takes away what would keep a new server from starting. Sockets and their lock are simply removed. The pid file
// stays, because it leads to the shared memory by which PostgreSQL sees that old backends still run; only the pid in it,
// which may belong to a zombie or to a stranger by now, becomes that of this process, the new server's parent, which
// PostgreSQL passes over.
func (p postmaster) clear() error {
	for _, name := range []string{p.paths.socket(), p.paths.socket() + ".lock"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("private server: %w", err)
		}
	}
	text, err := os.ReadFile(p.paths.pidFile())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("private server: %w", err)
	}
	_, rest, whole := strings.Cut(string(text), "\n")
	if !whole {
		// An unfinished file tells PostgreSQL nothing, and it would refuse it.
		return os.Remove(p.paths.pidFile())
	}
	return replaceFile(p.paths.pidFile(), []byte(strconv.Itoa(os.Getpid())+"\n"+rest), p.acc)
}

// pidFile is what postmaster.pid says: pid 0 when there is none.
type pidFile struct {
	pid    int
	status string
}

func readPIDFile(path string) pidFile {
	text, err := os.ReadFile(path)
	if err != nil {
		return pidFile{}
	}
	lines := strings.Split(string(text), "\n")
	pid, err := strconv.Atoi(lines[0])
	if err != nil || pid <= 1 {
		return pidFile{}
	}
	if len(lines) < 8 {
		return pidFile{pid: pid}
	}
	return pidFile{pid: pid, status: strings.TrimSpace(lines[7])}
}

// accepts says whether somebody listens on the socket.
func accepts(socket string) bool {
	conn, err := net.DialTimeout("unix", socket, time.Second) //nolint:noctx // bounded by its own limit
	if err != nil {
		return false
	}
	return conn.Close() == nil
}

// pause waits, or ends early with the context's error.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
