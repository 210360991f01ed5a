package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// supervisorEnv carries the supervisor's orders, and tells the program that it is one.
const supervisorEnv = "CLEARDESK_PRIVATE_SERVER"

// firstUser is how long a new supervisor waits for the process that started it to call.
const firstUser = 10 * time.Second

// orders is what a supervisor is told.
type orders struct {
	State  string
	Dir    string // of the programs
	Major  int
	Acc    account
	Desk   string // name of the account of the desks
	Unsafe bool
	Linger time.Duration
	Remove bool
}

// request is what a user process asks of the supervisor: one JSON value; closing the connection is good-bye.
type request struct {
	Logins []string `json:"logins"`
}

// answer says that the server is ready (the first one) or that a request was done; or why not.
type answer struct {
	Error string `json:"error,omitempty"`
}

// SupervisorMain makes this process the supervisor of a private server when it was started as one, and answers true when
// that is over; the program must then end at once. Every program that calls Open calls this first in main.
func SupervisorMain(ctx context.Context) bool {
	text, ok := os.LookupEnv(supervisorEnv)
	if !ok {
		return false
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if err := supervise(ctx, text, log); err != nil {
		log.Error("Supervisor ends", "error", err)
	}
	return true
}

func supervise(ctx context.Context, text string, log *slog.Logger) error {
	var o orders
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return fmt.Errorf("orders: %w", err)
	}
	p, err := newPaths(o.State)
	if err != nil {
		return err
	}
	// The listener and the lock come from the process that started us, and stop here: the server must not inherit them.
	syscall.CloseOnExec(3)
	syscall.CloseOnExec(4)
	listener, err := net.FileListener(os.NewFile(3, "control"))
	if err != nil {
		return fmt.Errorf("control socket: %w", err)
	}
	lock := os.NewFile(4, "lock")
	defer lock.Close()
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	signal.Ignore(syscall.SIGHUP)
	s := &supervisor{
		orders: o, paths: p, log: log, listener: listener,
		post:     postmaster{paths: p, bins: Binaries{Dir: o.Dir, Major: o.Major}, acc: o.Acc, unsafe: o.Unsafe, log: log},
		accepted: make(chan net.Conn), asked: make(chan question), gone: make(chan net.Conn),
		users: map[net.Conn]bool{},
	}
	return s.run(ctx)
}

// supervisor owns the server. One goroutine does everything; others only wait for connections and requests.
type supervisor struct {
	orders
	paths    paths
	log      *slog.Logger
	listener net.Listener
	post     postmaster
	server   process

	accepted chan net.Conn
	asked    chan question
	gone     chan net.Conn
	users    map[net.Conn]bool
}

type question struct {
	from    net.Conn
	request request
}

func (s *supervisor) run(ctx context.Context) error {
	go s.accept()
	if err := s.startServer(ctx); err != nil {
		return errors.Join(err, s.refuse(err))
	}
	idle := time.NewTimer(firstUser)
	defer idle.Stop()
	for {
		select {
		case conn := <-s.accepted:
			s.welcome(conn)
		case q := <-s.asked:
			reply(q.from, s.setLogins(q.request.Logins))
		case conn := <-s.gone:
			delete(s.users, conn)
			if len(s.users) == 0 && s.Linger == 0 {
				return s.down() // conn is closed by our end, which tells its process that the server has stopped
			}
			s.closeConn(conn)
			idle.Reset(max(s.Linger, time.Millisecond))
		case <-idle.C:
			if len(s.users) == 0 {
				return s.down()
			}
		case err := <-s.server.exited:
			s.log.Warn("Server died, starting it again", "pid", s.server.pid, "error", err)
			if err := s.startServer(ctx); err != nil {
				return err
			}
		case <-ctx.Done():
			return s.down()
		}
	}
}

func (s *supervisor) accept() {
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil {
			s.accepted <- conn
		}
	}
}

func (s *supervisor) startServer(ctx context.Context) error {
	logins, err := identLogins(s.paths.identMap())
	if err == nil {
		err = s.writeMap(logins)
	}
	if err != nil {
		return err
	}
	s.server, err = s.post.start(ctx)
	return err
}

// refuse tells those who wait why there is no server; the first of them is surely on its way.
func (s *supervisor) refuse(cause error) error {
	patience := time.NewTimer(firstUser)
	defer patience.Stop()
	for {
		select {
		case conn := <-s.accepted:
			reply(conn, cause)
			s.closeConn(conn)
			patience.Reset(100 * time.Millisecond)
		case <-patience.C:
			return s.unlisten()
		}
	}
}

func (s *supervisor) welcome(conn net.Conn) {
	s.users[conn] = true
	reply(conn, nil)
	go func() {
		requests := json.NewDecoder(conn)
		for {
			var r request
			if err := requests.Decode(&r); err != nil {
				s.gone <- conn
				return
			}
			s.asked <- question{from: conn, request: r}
		}
	}()
}

// reply answers; a user process that is gone meanwhile is noticed by its reader.
func reply(conn net.Conn, err error) {
	var a answer
	if err != nil {
		a.Error = err.Error()
	}
	text, err := json.Marshal(a)
	if err != nil {
		return
	}
	if err := conn.SetWriteDeadline(time.Now().Add(time.Second)); err == nil {
		_, _ = conn.Write(append(text, '\n'))
	}
}

func (s *supervisor) setLogins(logins []string) error {
	if err := s.writeMap(logins); err != nil {
		return err
	}
	if err := syscall.Kill(s.server.pid, syscall.SIGHUP); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("private server: reload: %w", err)
	}
	return nil
}

func (s *supervisor) writeMap(logins []string) error {
	return replaceFile(s.paths.identMap(), identText([]string{s.Desk, s.Acc.Name}, logins), s.Acc)
}

func (s *supervisor) unlisten() error {
	err := errors.Join(s.listener.Close(), os.Remove(s.paths.control()))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// down stops the server, and takes its files away when they were for one run only.
func (s *supervisor) down() error {
	err := s.unlisten()
	s.post.stop(s.server)
	if !s.Remove {
		return err
	}
	aside := fmt.Sprintf("%s.gone-%d", s.State, os.Getpid())
	if err := os.Rename(s.State, aside); err != nil {
		return fmt.Errorf("removing %s: %w", s.State, err)
	}
	return errors.Join(err, os.RemoveAll(aside))
}

func (s *supervisor) closeConn(conn net.Conn) {
	if err := conn.Close(); err != nil {
		s.log.Warn("Connection does not close", "error", err)
	}
}
