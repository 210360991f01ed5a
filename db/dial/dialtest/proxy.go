// Package dialtest puts a proxy between a program and its PostgreSQL server that breaks the line where it hurts: after the
// server has committed and before the program hears of it. It is for tests only.
package dialtest

import (
	"errors"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lib/pq"

	"cleardesk/db/dial"
)

// Fault is how a line breaks.
type Fault int

// The ways a line breaks.
const (
	FIN  Fault = iota // the connection is closed in good order
	RST               // it is reset (over a Unix socket this is FIN)
	Hang              // it stays open, and nothing comes
)

// Proxy passes connections on to one server, until it is told to do worse.
type Proxy struct {
	dsn      string
	network  string // of the server
	address  string
	listener net.Listener
	over     chan struct{} // closed at the end of the test

	mu     sync.Mutex
	lines  map[*line]bool
	order  *order        // the reply to lose, if any
	passes chan struct{} // closed while the proxy passes bytes on
}

// order is a reply to be lost.
type order struct {
	fault Fault
	match string
	done  chan struct{}
}

// New puts a proxy on a TCP port of this machine before the (one) server of the connection string. It is gone with the
// test. The server sees the test's process as the caller.
func New(tb testing.TB, dsn string) *Proxy {
	tb.Helper()
	return start(tb, dsn, "tcp", "127.0.0.1:0")
}

// NewUnix is New on a Unix socket.
func NewUnix(tb testing.TB, dsn string) *Proxy {
	tb.Helper()
	return start(tb, dsn, "unix", filepath.Join(tb.TempDir(), ".s.PGSQL.5432"))
}

func start(tb testing.TB, dsn, network, address string) *Proxy {
	tb.Helper()
	config, err := pq.NewConfig(dsn)
	if err != nil {
		tb.Fatalf("proxy: %v", err)
	}
	listener, err := (&net.ListenConfig{}).Listen(tb.Context(), network, address)
	if err != nil {
		tb.Fatalf("proxy: %v", err)
	}
	open := make(chan struct{})
	close(open)
	p := &Proxy{listener: listener, over: make(chan struct{}), lines: map[*line]bool{}, passes: open}
	p.network, p.address = place(config)
	if p.dsn, err = dial.With(dsn, entrance(listener.Addr())); err != nil {
		tb.Fatalf("proxy: %v", err)
	}
	var working sync.WaitGroup
	working.Go(func() { p.accept(&working) })
	tb.Cleanup(func() {
		close(p.over)
		if err := listener.Close(); err != nil {
			tb.Errorf("proxy: %v", err)
		}
		p.CutAll(FIN)
		working.Wait()
	})
	return p
}

// place is where the server listens.
func place(c pq.Config) (network, address string) {
	port := strconv.Itoa(int(c.Port))
	if filepath.IsAbs(c.Host) {
		return "unix", filepath.Join(c.Host, ".s.PGSQL."+port)
	}
	return "tcp", net.JoinHostPort(c.Host, port)
}

// entrance is what in a connection string leads to the proxy.
func entrance(a net.Addr) map[string]string {
	if a.Network() == "unix" {
		return map[string]string{"host": filepath.Dir(a.String()), "port": "5432"}
	}
	host, port, _ := strings.Cut(a.String(), ":")
	return map[string]string{"host": host, "port": port, "sslmode": "disable"}
}

// DSN is the connection string that leads through the proxy.
func (p *Proxy) DSN() string { return p.dsn }

// LoseReply has the proxy pass on the next statement whose text holds match ("" for any), wait until the server has done
// it (outside a transaction block: has committed it), keep the whole answer to itself, and break that line. The channel is
// closed when that has happened. Later statements pass, on new lines.
func (p *Proxy) LoseReply(fault Fault, match string) <-chan struct{} {
	done := make(chan struct{})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.order = &order{fault: fault, match: match, done: done}
	return done
}

// CutAll breaks all lines that are open now, by FIN or RST. New ones pass.
func (p *Proxy) CutAll(fault Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.lines {
		l.cut(fault)
	}
}

// BlackHole has nothing pass in either direction, on old lines and new ones, until Heal.
func (p *Proxy) BlackHole() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.passes = make(chan struct{})
}

// Heal ends BlackHole. What was held back passes now, on lines that are still open.
func (p *Proxy) Heal() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.passes:
	default:
		close(p.passes)
	}
}

// Lines is the number of lines that are open now.
func (p *Proxy) Lines() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.lines)
}

// wait returns when bytes may pass, or says that the line is over.
func (p *Proxy) wait(l *line) error {
	p.mu.Lock()
	passes := p.passes
	p.mu.Unlock()
	select {
	case <-passes:
		return nil
	case <-l.over:
	case <-p.over:
	}
	return net.ErrClosed
}

// take hands out the order when the statement is the one meant.
func (p *Proxy) take(text string) *order {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.order
	if o == nil || !strings.Contains(text, o.match) {
		return nil
	}
	p.order = nil
	return o
}

func (p *Proxy) accept(working *sync.WaitGroup) {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		working.Go(func() { p.serve(client) })
	}
}

func (p *Proxy) serve(client net.Conn) {
	l := &line{proxy: p, client: client, over: make(chan struct{})}
	p.mu.Lock()
	p.lines[l] = true
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.lines, l)
		p.mu.Unlock()
	}()
	defer client.Close()
	if p.wait(l) != nil {
		return
	}
	server, err := net.DialTimeout(p.network, p.address, 5*time.Second) //nolint:noctx // bounded by its own limit
	if err != nil {
		return
	}
	defer server.Close()
	l.server = server
	ended := make(chan error, 2)
	go func() { ended <- l.requests() }()
	go func() { ended <- l.replies() }()
	err = <-ended
	if errors.Is(err, errHanging) {
		select {
		case <-l.over:
		case <-p.over:
		case err := <-ended: // the client has given up
			ended <- err
		}
	}
	_ = server.Close()
	l.cut(FIN)
	<-ended //nolint:errcheck // the other direction has nothing to add
}
