// Command cleardesk is the desk where abnormal store orders are cleared.
package main

import (
	"context"
	"os"

	"cleardesk/db/embedded"
)

func main() {
	ctx := context.Background()
	if embedded.SupervisorMain(ctx) {
		return
	}
	os.Exit(run(ctx, program{
		args: os.Args[1:], getenv: os.Getenv, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
	}))
}
