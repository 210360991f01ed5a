package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"runtime/debug"
	"syscall"

	"cleardesk/domain"

	"github.com/spf13/cobra"
)

// program is what the process was given; tests give their own.
type program struct {
	args   []string
	getenv func(string) string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// exitError ends the program with a code of its own. The message, if any, was
// printed already.
type exitError struct{ code int }

func (e exitError) Error() string { return fmt.Sprintf("exit %d", e.code) }

// run is the whole program: 0 done, 1 nothing done, 2 the call cannot be read, 3
// done in part.
func run(ctx context.Context, p program) int {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	a := &app{program: p}
	defer a.close()
	root := newRoot(a)
	root.SetArgs(p.args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	if e, ok := errors.AsType[exitError](err); ok {
		return e.code
	}
	_, _ = fmt.Fprintln(p.stderr, "cleardesk: "+oneLine(err))
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Code != domain.Invalid {
		return 1
	}
	return 2
}

// newRoot makes the command line: the desk itself, and a command for each thing that
// can be done without it.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "cleardesk",
		Short: "The desk where abnormal store orders are cleared",
		Long: "Cleardesk holds suspicious store orders before they cost money and lets the platform's people clear them.\n" +
			"Without a command it opens the desk.",
		Example:       "  cleardesk demo\n  cleardesk --dsn postgres://lin@desk.example/cleardesk --lang zh",
		Args:          cobra.NoArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
		RunE:          func(cmd *cobra.Command, _ []string) error { return a.desk(cmd.Context()) },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	f := root.PersistentFlags()
	f.StringVar(&a.flags.dsn, "dsn", "", "the server to use instead of a private one (or CLEARDESK_DSN, DATABASE_URL, PGHOST, PGSERVICE)")
	f.StringVar(&a.flags.state, "state", "", "folder of the private server (or CLEARDESK_STATE)")
	f.BoolVar(&a.demo, "demo", false, "work on the demo's private server")
	f.StringVar(&a.flags.as, "as", "", "the login to work as")
	f.StringVar(&a.flags.lang, "lang", "", "en or zh (or CLEARDESK_LANG, else the locale's)")
	root.AddCommand(
		newDemoCmd(a), newMigrateCmd(a), newImportsCmd(a), newDetectCmd(a), newListCmd(a), newShowCmd(a), newExportsCmd(a),
		newStaffCmd(a), newSettingsCmd(a), newReportCmd(a), newBacktestCmd(a), newDoctorCmd(a),
	)
	return root
}

// version is the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return info.Main.Version
}
