package db

import (
	"database/sql"
	"time"

	"github.com/lib/pq"
)

// connect opens a pool whose connections carry the program's name and its limits.
func connect(dsn string, o Options) (*sql.DB, error) {
	c, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(c), nil
}

// newListener opens a connection for hints; it connects in the background.
func newListener(dsn string, least, most time.Duration, on pq.EventCallbackType) *pq.Listener {
	return pq.NewListener(dsn, least, most, on)
}
