package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// link is a connection to the supervisor.
type link struct {
	conn    *net.UnixConn
	answers chan answer
	lost    chan struct{} // closed when the supervisor has gone
}

// leavePatience bounds the wait for a server that stops.
const leavePatience = 40 * time.Second

// attach joins the folder's supervisor, and makes one when there is none.
func (s *Server) attach(ctx context.Context) (*link, error) {
	for {
		joined, err := s.join(ctx)
		if joined != nil || err != nil {
			return joined, err
		}
		if err := s.paths.makeRoot(); err != nil {
			return nil, err
		}
		lock, err := tryLock(s.paths.lock())
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		if lock != nil {
			err = errors.Join(s.prepare(ctx, lock), lock.Close())
			if err != nil {
				return nil, err
			}
			continue
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return nil, fmt.Errorf("the private server in %s does not answer: %w; another process is starting or stopping it, see %s",
				s.paths.root, err, s.paths.log())
		}
	}
}

// join calls the supervisor and waits for its word that the server is ready. It answers nil when there is none, or when it
// went away meanwhile.
func (s *Server) join(ctx context.Context) (*link, error) {
	conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: s.paths.control(), Net: "unix"})
	if err != nil {
		if errors.Is(err, os.ErrPermission) {
			return nil, fmt.Errorf("the private server belongs to another account: %w; name your own folder with --state", err)
		}
		return nil, nil
	}
	s.opts.Progress(Progress{Phase: PhaseStart})
	l := &link{conn: conn, answers: make(chan answer, 1), lost: make(chan struct{})}
	go l.read()
	switch err := l.wait(ctx); {
	case err == nil:
		return l, nil
	case errors.Is(err, errLost):
		return nil, conn.Close()
	default:
		return nil, errors.Join(err, conn.Close())
	}
}

var errLost = errors.New("the private server's supervisor is gone")

func (l *link) read() {
	defer close(l.lost)
	answers := json.NewDecoder(l.conn)
	for {
		var a answer
		if err := answers.Decode(&a); err != nil {
			return
		}
		l.answers <- a
	}
}

func (l *link) wait(ctx context.Context) error {
	select {
	case a := <-l.answers:
		return a.err()
	case <-l.lost:
		// The last answer may have come just before the end.
		select {
		case a := <-l.answers:
			return a.err()
		default:
			return errLost
		}
	case <-ctx.Done():
		return fmt.Errorf("the private server does not get ready: %w", context.Cause(ctx))
	}
}

func (a answer) err() error {
	if a.Error == "" {
		return nil
	}
	return errors.New(a.Error)
}

// ask sends a request and waits for the answer.
func (l *link) ask(ctx context.Context, r request) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if _, err := l.conn.Write(append(text, '\n')); err != nil {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return l.wait(ctx)
}

// leave says good-bye and waits for the supervisor to let go, which the last user's does when the server has stopped.
func (l *link) leave() error {
	err := l.conn.CloseWrite()
	timer := time.NewTimer(leavePatience)
	defer timer.Stop()
	select {
	case <-l.lost:
		err = nil // also when the supervisor was gone already
	case <-timer.C:
		err = errors.Join(err, errors.New("the private server does not stop"))
	}
	return errors.Join(err, l.conn.Close())
}

// prepare makes the folder ready (programs, data, sockets) and starts a supervisor, which inherits the lock.
func (s *Server) prepare(ctx context.Context, lock *os.File) error {
	major, err := dataMajor(s.paths.data())
	if err != nil {
		return err
	}
	acc, err := serverAccount(s.paths.data(), s.opts.accounts)
	if err != nil {
		return err
	}
	desk, err := deskAccount()
	if err != nil {
		return err
	}
	if err := acc.canReach(s.paths.root); err != nil {
		return err
	}
	bins, err := s.programs(ctx, major)
	if err != nil {
		return err
	}
	if err := acc.canReach(bins.Dir); err != nil {
		return err
	}
	if err := s.paths.makeRun(acc); err != nil {
		return err
	}
	if major == 0 {
		s.opts.Progress(Progress{Phase: PhaseInit})
		c := cluster{paths: s.paths, bins: bins, acc: acc, desk: desk, lock: lock, unsafe: s.opts.Unsafe}
		if err := c.create(ctx); err != nil {
			return err
		}
	}
	return s.startSupervisor(ctx, lock, orders{
		State: s.paths.state, Dir: bins.Dir, Major: bins.Major, Acc: acc, Desk: desk,
		Unsafe: s.opts.Unsafe, Linger: s.opts.Linger, Remove: s.opts.Remove,
	})
}

// programs finds the server's programs, or fetches them.
func (s *Server) programs(ctx context.Context, major int) (Binaries, error) {
	bins, err := finder{getenv: s.opts.Getenv, globs: s.opts.globs}.find(ctx, major)
	mayFetch := (errors.Is(err, ErrNoPrograms) || errors.Is(err, ErrOtherMajor)) && (major == 0 || major == fetchedMajor)
	named := s.opts.Getenv("CLEARDESK_PG_BIN")
	if err == nil || !mayFetch || (named != "" && named != FetchOnly) {
		return bins, err
	}
	p, ok := pinFor(runtime.GOOS, runtime.GOARCH)
	if !ok {
		return Binaries{}, fmt.Errorf("%w; install them (%s), or name a server with --dsn", err, installCommand(s.opts.Getenv))
	}
	f := fetcher{getenv: s.opts.Getenv, programs: s.opts.Programs, progress: s.opts.Progress, pin: p}
	if f.programs == "" {
		if f.programs, err = DefaultProgramsDir(s.opts.Getenv); err != nil {
			return Binaries{}, err
		}
	}
	if s.opts.fetch != nil {
		f = s.opts.fetch(f)
	}
	return f.get(ctx)
}

// startSupervisor starts this program again as the supervisor. It listens before the child runs, so that a call cannot
// come too early.
func (s *Server) startSupervisor(ctx context.Context, lock *os.File, o orders) error {
	if err := os.Remove(s.paths.control()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("control socket: %w", err)
	}
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: s.paths.control(), Net: "unix"})
	if err != nil {
		return fmt.Errorf("control socket: %w", err)
	}
	listener.SetUnlinkOnClose(false)
	defer listener.Close()
	socket, err := listener.File()
	if err != nil {
		return fmt.Errorf("control socket: %w", err)
	}
	defer socket.Close()
	text, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("supervisor: %w", err)
	}
	log, err := postmaster{paths: s.paths}.openLog()
	if err != nil {
		return err
	}
	defer log.Close()
	program, err := ownProgram()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), program)
	cmd.Args = []string{"cleardesk: private server in " + s.paths.state}
	cmd.Dir = s.paths.root
	cmd.Env = append(serverEnv(), supervisorEnv+"="+string(text))
	cmd.Stdout = log
	cmd.Stderr = log
	cmd.ExtraFiles = []*os.File{socket, lock}
	// A session of its own: ctrl+c and a closed terminal do not reach it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("supervisor: %w", err)
	}
	go func() {
		if err := cmd.Wait(); err != nil {
			s.log.Warn("Supervisor ended", "error", err)
		}
	}()
	return nil
}

// ownProgram is this program's file. The link works even when the file was deleted, as `go run` and `go test` do.
func ownProgram() (string, error) {
	if _, err := os.Stat("/proc/self/exe"); err == nil {
		return "/proc/self/exe", nil
	}
	program, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("supervisor: %w", err)
	}
	return program, nil
}
