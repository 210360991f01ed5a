package db

import (
	"database/sql"
	"strconv"
	"time"

	"cleardesk/db/dial"

	"github.com/lib/pq"
)

// answerWithin is how much longer than the server's own limit for a statement the
// client waits for its answer.
const answerWithin = 3 * time.Second

// connect opens a pool whose connections carry the program's name and its limits.
func connect(dsn string, o Options) (*sql.DB, error) {
	return dial.Open(dsn, dial.Options{
		Name: o.App, Read: o.Statement + answerWithin,
		Session: map[string]string{"statement_timeout": strconv.FormatInt(o.Statement.Milliseconds(), 10)},
	})
}

// newListener opens a connection for hints; it connects in the background.
func newListener(dsn string, least, most time.Duration, on pq.EventCallbackType) (*pq.Listener, error) {
	return dial.NewListener(dsn, dial.Options{Name: "cleardesk/listen"}, least, most, on)
}
