package dial

import (
	"errors"
	"io"
	"net"
	"sync/atomic"
	"syscall"
	"time"
)

// ErrClosed is in the *net.OpError that a read gives when the server, or something on the way, closed the connection.
var ErrClosed = errors.New("the server closed the connection")

// conn bounds reads and writes. One goroutine may read while another writes, as the driver does in COPY and when it
// listens.
type conn struct {
	net.Conn
	read, write time.Duration
	until       atomic.Int64 // the driver's own deadline for the handshake, in Unix nanoseconds; 0: none
	rested      atomic.Bool  // something was read since the last write: the line may have rested in the pool
}

// due is the sooner of the limit and the deadline that the driver set.
func (c *conn) due(limit time.Duration) time.Time {
	due := time.Now().Add(limit)
	if until := c.until.Load(); until != 0 && until < due.UnixNano() {
		return time.Unix(0, until)
	}
	return due
}

// Read reads what the server sends. It ends with a *net.OpError when nothing comes in time or the stream ends.
func (c *conn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(c.due(c.read)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	c.rested.Store(true)
	if errors.Is(err, io.EOF) {
		err = c.fault("read", ErrClosed)
	}
	return n, err
}

// Write sends to the server. On a connection that died while it rested it fails with nothing sent, which is what makes
// the driver take another.
func (c *conn) Write(p []byte) (int, error) {
	if c.rested.Swap(false) && c.dead() {
		return 0, c.fault("write", ErrClosed)
	}
	if err := c.SetWriteDeadline(c.due(c.write)); err != nil {
		return 0, err
	}
	// A read may be waiting since before, in COPY and in listeners: what is sent now gives the server new time to answer. A
	// listener's pings do not keep a dead line alive by that: each waits for the answer to the one before.
	if err := c.SetReadDeadline(c.due(c.read)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func (c *conn) fault(op string, err error) error {
	return &net.OpError{Op: op, Net: c.LocalAddr().Network(), Source: c.LocalAddr(), Addr: c.RemoteAddr(), Err: err}
}

// SetDeadline is the driver's: a bound for the whole handshake, lifted by the zero time.
func (c *conn) SetDeadline(t time.Time) error {
	if t.IsZero() {
		c.until.Store(0)
	} else {
		c.until.Store(t.UnixNano())
	}
	return c.Conn.SetDeadline(t)
}

// dead looks, without waiting and without taking anything, at what has come in since the last answer: the end of the
// stream, or a last message. Sessions end with an error message of the server's; over TLS with an alert.
func (c *conn) dead() bool {
	const errorMessage, tlsAlert = 'E', 21
	system, ok := c.Conn.(syscall.Conn)
	if !ok {
		return false
	}
	raw, err := system.SyscallConn()
	if err != nil {
		return true
	}
	var first [1]byte
	var n int
	var got error
	err = raw.Control(func(fd uintptr) {
		n, _, got = syscall.Recvfrom(int(fd), first[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	})
	switch {
	case err != nil:
		return true
	case errors.Is(got, syscall.EAGAIN), errors.Is(got, syscall.EINTR):
		return false
	case got != nil, n <= 0:
		return true
	}
	return first[0] == errorMessage || first[0] == tlsAlert
}
