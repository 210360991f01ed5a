package db

import (
	"database/sql"

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
