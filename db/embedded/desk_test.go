package embedded

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/lib/pq"
)

// deskEnv makes the test binary a desk on the folder that it names.
const deskEnv = "CLEARDESK_TEST_DESK"

// deskMain opens the folder's server, writes numbered rows and says each one that the server acknowledged, until its
// standard input ends; then it closes the server.
func deskMain(ctx context.Context) bool {
	state, ok := os.LookupEnv(deskEnv)
	if !ok {
		return false
	}
	if err := desk(ctx, state, os.Stdin, os.Stdout); err != nil {
		fmt.Println("error", err)
	}
	return true
}

func desk(ctx context.Context, state string, in io.Reader, out io.Writer) (err error) {
	begun := time.Now()
	s, err := Open(ctx, Options{StateDir: state})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	fmt.Fprintln(out, "open", time.Since(begun))
	over := make(chan struct{})
	go func() {
		_, _ = bufio.NewReader(in).ReadString('\n')
		close(over)
	}()
	connector, err := pq.NewConnector(s.DSN(AdminLogin) + " connect_timeout=5")
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	for n := 0; ; n++ {
		select {
		case <-over:
			return nil
		default:
		}
		row := fmt.Sprintf("%d-%d", os.Getpid(), n)
		if _, err := db.ExecContext(ctx, "INSERT INTO row_ VALUES ($1)", row); err == nil {
			fmt.Fprintln(out, "row", row)
		}
		if err := pause(ctx, 2*time.Millisecond); err != nil {
			return err
		}
	}
}
