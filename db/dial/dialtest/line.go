package dialtest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
)

// errHanging ends the copying of a line that hangs on purpose.
var errHanging = errors.New("hanging")

// line is one connection through the proxy.
type line struct {
	proxy  *Proxy
	client net.Conn
	server net.Conn
	over   chan struct{}
	once   sync.Once
	losing atomic.Pointer[order] // the order that the request under way has met
}

// cut breaks the line towards the client.
func (l *line) cut(fault Fault) {
	if fault == Hang {
		return
	}
	l.once.Do(func() {
		close(l.over)
		if tcp, ok := l.client.(*net.TCPConn); ok && fault == RST {
			_ = tcp.SetLinger(0)
		}
		_ = l.client.Close()
	})
}

// Message types of PostgreSQL's protocol that matter here.
const (
	simpleQuery   = 'Q'
	parse         = 'P'
	execute       = 'E'
	readyForQuery = 'Z'

	sslRequest    = 80877103
	cancelRequest = 80877102
)

// requests passes on what the client sends.
func (l *line) requests() error {
	if err := l.startup(); err != nil {
		return err
	}
	var met *order // by a statement that was parsed and not yet run
	for {
		kind, body, err := message(l.client)
		if err != nil {
			return err
		}
		switch kind {
		case simpleQuery:
			l.losing.Store(l.proxy.take(text(body)))
		case parse:
			if o := l.proxy.take(text(body)); o != nil {
				met = o
			}
		case execute:
			if met == nil {
				met = l.proxy.take("")
			}
			l.losing.Store(met)
			met = nil
		}
		if err := l.pass(l.server, kind, body); err != nil {
			return err
		}
	}
}

// startup passes on the first packet, which has no type.
func (l *line) startup() error {
	var head [8]byte
	if _, err := io.ReadFull(l.client, head[:]); err != nil {
		return err
	}
	code := binary.BigEndian.Uint32(head[4:])
	if code == sslRequest {
		return errors.New("the proxy reads the protocol: connect with sslmode=disable")
	}
	rest := make([]byte, binary.BigEndian.Uint32(head[:4])-8)
	if _, err := io.ReadFull(l.client, rest); err != nil {
		return err
	}
	if err := l.proxy.wait(l); err != nil {
		return err
	}
	if _, err := l.server.Write(append(head[:], rest...)); err != nil {
		return err
	}
	if code == cancelRequest {
		_, err := io.Copy(io.Discard, l.client)
		return err
	}
	return nil
}

// replies passes on what the server sends, but for the reply that is to be lost.
func (l *line) replies() error {
	for {
		kind, body, err := message(l.server)
		if err != nil {
			return err
		}
		lost := l.losing.Load()
		if lost == nil {
			if err := l.pass(l.client, kind, body); err != nil {
				return err
			}
			continue
		}
		if kind == readyForQuery {
			l.cut(lost.fault)
			close(lost.done)
			return errHanging
		}
	}
}

func (l *line) pass(to net.Conn, kind byte, body []byte) error {
	if err := l.proxy.wait(l); err != nil {
		return err
	}
	packet := binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(body)+4))
	_, err := to.Write(append(packet, body...))
	return err
}

func message(from io.Reader) (kind byte, body []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return 0, nil, err
	}
	size := binary.BigEndian.Uint32(head[1:])
	if size < 4 || size > 1<<28 {
		return 0, nil, fmt.Errorf("message of %d bytes", size)
	}
	body = make([]byte, size-4)
	_, err = io.ReadFull(from, body)
	return head[0], body, err
}

// text is what a query or parse message says; the name of a prepared statement in it does no harm.
func text(body []byte) string { return strings.ReplaceAll(string(body), "\x00", " ") }
