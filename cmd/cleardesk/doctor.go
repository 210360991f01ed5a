package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cleardesk/db"
	"cleardesk/db/embedded"
	"cleardesk/domain"
	"cleardesk/migrations"

	"github.com/spf13/cobra"
)

// health is what doctor found.
type health struct {
	DSN     string    `json:"dsn"`     // the server in use, without password; "" when none runs
	Private bool      `json:"private"` // it is this machine's private server
	Version string    `json:"version"`
	Schema  int64     `json:"schema"`  // of the database, 0 when it cannot be read
	Latest  int64     `json:"latest"`  // of this program
	Server  string    `json:"server"`  // PostgreSQL's version
	Judge   string    `json:"judge"`   // "alive", "none"
	Waiting int       `json:"waiting"` // orders not judged
	Found   []finding `json:"findings"`
}

// finding is one thing looked at: "ok", "warn" or "wrong", with what to do.
type finding struct {
	What  string `json:"what"`
	State string `json:"state"`
	Do    string `json:"do,omitempty"`
}

func newDoctorCmd(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use: "doctor", Short: "Tell what is wrong with this set-up and what to do",
		Long:    "Looks at the programs, the server, the schema, the judge and the terminal. It starts no server and changes nothing.",
		Example: "  cleardesk doctor\n  cleardesk doctor --format json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "table" && format != "json" {
				return domain.Errorf(domain.Invalid, "doctor", "--format takes table or json")
			}
			return a.doctor(cmd.Context(), format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "table or json")
	return cmd
}

func (a *app) doctor(ctx context.Context, format string) error {
	h := health{Version: version(), Judge: "none"}
	h.Latest, _ = migrations.Latest()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	a.lookAtServer(ctx, &h)
	a.lookAtTerminal(&h)
	if format == "json" {
		if err := writeJSON(a.stdout, h); err != nil {
			return err
		}
	} else if err := a.printHealth(h); err != nil {
		return err
	}
	for _, f := range h.Found {
		if f.State == "wrong" {
			return exitError{1}
		}
	}
	return nil
}

func (h *health) add(state, what, do string) {
	h.Found = append(h.Found, finding{What: what, State: state, Do: do})
}

// lookAtServer finds the server in use without starting one.
func (a *app) lookAtServer(ctx context.Context, h *health) {
	dsn, ok := a.named()
	if ok && !a.demo {
		h.DSN = withoutPassword(dsn)
	} else {
		h.Private = true
		a.lookAtPrograms(ctx, h)
		dir, err := a.stateDir()
		if err != nil {
			h.add("wrong", "private server: "+oneLine(err), "name a server with --dsn, or a folder with --state")
			return
		}
		if dsn, ok = embedded.Running(dir); !ok {
			h.add("ok", "private server: not running, files in "+dir, "it starts with the desk")
			return
		}
		h.DSN = dsn
	}
	a.lookAtDatabase(ctx, dsn, h)
}

func (a *app) lookAtPrograms(ctx context.Context, h *health) {
	bin, err := embedded.Find(ctx, a.getenv, 0)
	if err != nil {
		h.add("warn", "PostgreSQL's programs: "+oneLine(err), "they are fetched with npm where that is there; or name a server with --dsn")
		return
	}
	h.add("ok", "PostgreSQL "+strconv.Itoa(bin.Major)+" in "+bin.Dir, "")
}

func (a *app) lookAtDatabase(ctx context.Context, dsn string, h *health) {
	store, err := db.Open(dsn, db.Options{App: "cleardesk/doctor"})
	if err == nil {
		defer store.Close()
		h.Server, err = store.ServerVersion(ctx)
	}
	if err != nil {
		h.add("wrong", "server: "+oneLine(err), "see that it runs and that the DSN is right")
		return
	}
	h.add("ok", "server: PostgreSQL "+h.Server, "")
	if major, _ := strconv.Atoi(strings.Split(h.Server, ".")[0]); major < embedded.MinMajor {
		h.add("wrong", "server: older than PostgreSQL 15", "move to 15 or newer")
	}
	h.Schema, err = store.SchemaVersion(ctx)
	switch {
	case err != nil:
		h.add("wrong", "schema: "+oneLine(err), "cleardesk migrate up, as the owner of the database")
		return
	case h.Schema < h.Latest:
		h.add("wrong", fmt.Sprintf("schema: %d, this program wants %d", h.Schema, h.Latest), "cleardesk migrate up")
	case h.Schema > h.Latest+1:
		h.add("wrong", fmt.Sprintf("schema: %d, this program knows %d", h.Schema, h.Latest), "install a newer cleardesk")
	default:
		h.add("ok", fmt.Sprintf("schema: %d", h.Schema), "")
	}
	a.lookAtJudge(ctx, store, h)
}

func (a *app) lookAtJudge(ctx context.Context, store *db.Store, h *health) {
	j, err := store.JudgeState(ctx)
	if err != nil {
		h.add("warn", "judge: "+oneLine(err), "")
		return
	}
	h.Waiting = j.Unjudged
	if j.JudgeAlive {
		h.Judge = "alive"
		h.add("ok", fmt.Sprintf("judge: alive, %d orders wait", j.Unjudged), "")
		return
	}
	state := "warn"
	if j.Unjudged > 0 {
		state = "wrong"
	}
	h.add(state, fmt.Sprintf("judge: none is running, %d orders wait", j.Unjudged), "cleardesk detect --follow")
}

// lookAtTerminal says what a person would see go wrong on the screen.
func (a *app) lookAtTerminal(h *health) {
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale = a.getenv(name); locale != "" {
			break
		}
	}
	if !strings.Contains(strings.ToUpper(locale), "UTF") {
		h.add("warn", "terminal: the locale "+strconv.Quote(locale)+" is not UTF-8", "export LANG=C.UTF-8")
	}
	if term := a.getenv("TERM"); term == "" || term == "dumb" {
		h.add("warn", "terminal: TERM is "+strconv.Quote(term), "use a terminal, or cleardesk list")
	}
	if a.getenv("TMUX") != "" {
		h.add("ok", "terminal: tmux", "set -sg escape-time 10 makes esc quick")
	}
}

func (a *app) printHealth(h health) error {
	rows := [][]string{{"", "cleardesk " + h.Version, ""}}
	for _, f := range h.Found {
		rows = append(rows, []string{f.State, f.What, f.Do})
	}
	if h.DSN != "" {
		rows = append(rows, []string{"", "dsn " + h.DSN, ""})
	}
	return writeColumns(a.stdout, rows)
}

// dsnPart is one parameter of a DSN in the key=value form: spaces may stand about the
// sign, and in a value that is quoted; a backslash takes the next character as it is.
var dsnPart = regexp.MustCompile(`([a-z_]+)\s*=\s*('(?:[^'\\]|\\.)*'?|(?:[^\s\\]|\\.)*)`)

// withoutPassword gives a DSN without its secrets.
func withoutPassword(dsn string) string {
	if strings.Contains(dsn, "://") {
		u, err := url.Parse(dsn)
		if err != nil {
			return ""
		}
		if u.User != nil {
			u.User = url.User(u.User.Username())
		}
		q := u.Query()
		q.Del("password")
		q.Del("sslpassword")
		u.RawQuery = q.Encode()
		return u.String()
	}
	var kept []string
	for _, m := range dsnPart.FindAllStringSubmatch(dsn, -1) {
		if m[1] != "password" && m[1] != "sslpassword" {
			kept = append(kept, m[1]+"="+m[2])
		}
	}
	if len(kept) == 0 {
		return "host=" + os.Getenv("PGHOST")
	}
	return strings.Join(kept, " ")
}
