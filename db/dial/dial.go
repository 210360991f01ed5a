package dial

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/lib/pq"
)

// Options are the limits of a connection. A zero duration means the default.
type Options struct {
	// Connect bounds the making of a connection to one host, handshake included, where the connection string has no
	// connect_timeout. 2 s. A context for a string of several hosts must leave this much for each.
	Connect time.Duration
	// Read bounds the wait for the server to go on, counted from the last byte sent or received. It must be longer than the
	// server's statement_timeout. 8 s, for 5 s there; a listener's 25 s, which wants a ping at least every 10 s.
	Read time.Duration
	// Write bounds one write. 5 s.
	Write time.Duration
	// Unacknowledged is how long the kernel waits for sent bytes to be acknowledged (TCP on Linux). 6 s.
	Unacknowledged time.Duration
	// Name becomes application_name where the connection string has none.
	Name string
	// Session holds settings for each session, such as statement_timeout; those in the connection string win.
	Session map[string]string
}

const (
	connectDefault        = 2 * time.Second
	readDefault           = 8 * time.Second
	listenDefault         = 25 * time.Second
	writeDefault          = 5 * time.Second
	unacknowledgedDefault = 6 * time.Second
)

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		value *time.Duration
		or    time.Duration
	}{
		{&o.Connect, connectDefault}, {&o.Read, readDefault}, {&o.Write, writeDefault}, {&o.Unacknowledged, unacknowledgedDefault},
	} {
		if *d.value <= 0 {
			*d.value = d.or
		}
	}
	return o
}

// Open makes a pool for a connection string in either form; what it leaves out comes from the PG* environment, the service
// file and the password file. Nothing is connected yet; the error is about the string.
func Open(dsn string, o Options) (*sql.DB, error) {
	o = o.withDefaults()
	config, err := pq.NewConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("connection string: %w", err)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = o.Connect
	}
	if config.ApplicationName == "" {
		config.ApplicationName = o.Name
	}
	session := maps.Clone(o.Session)
	if session == nil {
		session = map[string]string{}
	}
	maps.Copy(session, config.Runtime)
	config.Runtime = session
	connector, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, fmt.Errorf("connection string: %w", err)
	}
	connector.Dialer(newDialer(o))
	return sql.OpenDB(connector), nil
}

// NewListener makes a listener, which connects in the background and again whenever the line is lost, least to most apart.
// The caller pings it at least every 10 s (more often when Read is shorter than 25 s): the answers are what tells a silent
// line from a dead one. The error is about the connection string.
func NewListener(dsn string, o Options, least, most time.Duration, on pq.EventCallbackType) (*pq.Listener, error) {
	o.Read = cmp.Or(o.Read, listenDefault)
	o = o.withDefaults()
	config, err := pq.NewConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("connection string: %w", err)
	}
	add := map[string]string{}
	for name, value := range o.Session {
		if _, set := config.Runtime[name]; !set {
			add[name] = value
		}
	}
	if config.ConnectTimeout == 0 {
		add["connect_timeout"] = strconv.Itoa(max(1, int(o.Connect.Round(time.Second)/time.Second)))
	}
	if config.ApplicationName == "" && o.Name != "" {
		add["application_name"] = o.Name
	}
	if dsn, err = With(dsn, add); err != nil {
		return nil, err
	}
	return pq.NewDialListener(newDialer(o), dsn, least, most, on), nil
}

// With adds parameters to a connection string in either form; they win over those that are there.
func With(dsn string, parameters map[string]string) (string, error) {
	if !strings.HasPrefix(dsn, "postgres://") && !strings.HasPrefix(dsn, "postgresql://") {
		for name, value := range parameters {
			dsn += " " + name + "='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
		}
		return dsn, nil
	}
	u, err := url.Parse(dsn)
	if err != nil {
		// The parser's own words would show the password.
		return "", fmt.Errorf("connection string: it is no URL")
	}
	query := u.Query()
	for name, value := range parameters {
		query.Set(name, value)
	}
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// Dialer makes the connections; it is what lib/pq asks for.
type Dialer struct {
	o      Options
	dialer net.Dialer
}

var (
	_ pq.Dialer        = (*Dialer)(nil)
	_ pq.DialerContext = (*Dialer)(nil)
)

func newDialer(o Options) *Dialer {
	return &Dialer{o: o, dialer: net.Dialer{
		Timeout:         o.Connect,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 3 * time.Second, Count: 3},
	}}
}

// Dial connects within the limit of Options.Connect.
func (d *Dialer) Dial(network, address string) (net.Conn, error) {
	c, err := d.dialer.Dial(network, address)
	return d.wrap(c, err)
}

// DialTimeout connects within the given time, or the limit of Options.Connect if that is shorter.
func (d *Dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	quick := d.dialer
	quick.Timeout = min(timeout, d.o.Connect)
	c, err := quick.Dial(network, address)
	return d.wrap(c, err)
}

// DialContext connects until the context ends, or within the limit of Options.Connect if that is shorter.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.dialer.DialContext(ctx, network, address)
	return d.wrap(c, err)
}

func (d *Dialer) wrap(c net.Conn, err error) (net.Conn, error) {
	if err != nil {
		return nil, err
	}
	if tcp, ok := c.(*net.TCPConn); ok {
		if err := setUnacknowledged(tcp, d.o.Unacknowledged); err != nil {
			_ = c.Close()
			return nil, err
		}
	}
	return &conn{Conn: c, read: d.o.Read, write: d.o.Write}, nil
}
