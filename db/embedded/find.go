package embedded

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// MinMajor is the oldest major version of PostgreSQL that Cleardesk works with.
const MinMajor = 15

// FetchOnly as the value of CLEARDESK_PG_BIN passes over the installed programs and uses fetched ones.
const FetchOnly = "fetch"

// ErrNoPrograms is wrapped by errors that say: this machine has no usable PostgreSQL programs, and none could be fetched.
var ErrNoPrograms = errors.New("no PostgreSQL programs found")

// ErrOtherMajor is wrapped by errors that say: the data were made by a major version whose programs are not here.
var ErrOtherMajor = errors.New("the data belong to another major version of PostgreSQL")

// Binaries is a folder with PostgreSQL's server programs.
type Binaries struct {
	Dir   string
	Major int
}

func (b Binaries) path(program string) string { return filepath.Join(b.Dir, program) }

// finder looks for installed programs.
type finder struct {
	getenv func(string) string
	globs  []string
}

// installedGlobs are the places where packages put the server's programs without putting them on PATH.
func installedGlobs() []string {
	return []string{
		"/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
		"/usr/pgsql-*/bin",                                   // PGDG on Red Hat and its kin
		"/usr/libexec/postgresql*",                           // Alpine
		"/usr/lib/postgresql*/bin",                           // SUSE
		"/opt/homebrew/opt/postgresql*/bin",                  // Homebrew on arm64
		"/usr/local/opt/postgresql*/bin",                     // Homebrew on amd64
		"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",     // Homebrew on Linux
		"/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
		"/Library/PostgreSQL/*/bin",                          // EDB on macOS
		"/opt/PostgreSQL/*/bin",                              // EDB on Linux
		"/opt/local/lib/postgresql*/bin",                     // MacPorts
		"/usr/local/pgsql/bin",                               // make install
	}
}

// Find looks for installed server programs, in this order: CLEARDESK_PG_BIN (then nowhere else), PATH, pg_config, and where
// packages of the common systems put them. major is the version that existing data ask for; 0 takes any from MinMajor on.
// The error wraps ErrNoPrograms or ErrOtherMajor.
func Find(ctx context.Context, getenv func(string) string, major int) (Binaries, error) {
	return finder{getenv: getenv, globs: installedGlobs()}.find(ctx, major)
}

func (f finder) find(ctx context.Context, major int) (Binaries, error) {
	if dir := f.getenv("CLEARDESK_PG_BIN"); dir != "" && dir != FetchOnly {
		b, err := probe(ctx, dir)
		if err != nil {
			return Binaries{}, fmt.Errorf("CLEARDESK_PG_BIN: %w", err)
		}
		return b, fits(b, major)
	}
	failed := ErrNoPrograms
	for dir := range f.candidates(ctx) {
		b, err := probe(ctx, dir)
		if err != nil {
			continue
		}
		err = fits(b, major)
		if err == nil {
			return b, nil
		}
		if !errors.Is(failed, ErrOtherMajor) {
			failed = err
		}
	}
	return Binaries{}, failed
}

func (f finder) candidates(ctx context.Context) iter.Seq[string] {
	return func(yield func(string) bool) {
		if f.getenv("CLEARDESK_PG_BIN") == FetchOnly {
			return
		}
		for _, dir := range filepath.SplitList(f.getenv("PATH")) {
			if filepath.IsAbs(dir) && hasPrograms(dir) && !yield(dir) {
				return
			}
		}
		if dir := f.configured(ctx); dir != "" && hasPrograms(dir) && !yield(dir) {
			return
		}
		for _, dir := range f.globbed() {
			if hasPrograms(dir) && !yield(dir) {
				return
			}
		}
	}
}

// configured asks pg_config, which development packages put on PATH where the server's programs are not.
func (f finder) configured(ctx context.Context) string {
	for _, dir := range filepath.SplitList(f.getenv("PATH")) {
		program := filepath.Join(dir, "pg_config")
		if !filepath.IsAbs(dir) || !isProgram(program) {
			continue
		}
		out, err := exec.CommandContext(ctx, program, "--bindir").Output()
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(out))
	}
	return ""
}

// globbed expands the globs, the newest version first.
func (f finder) globbed() []string {
	var dirs []string
	for _, g := range f.globs {
		found, err := filepath.Glob(g)
		if err == nil {
			dirs = append(dirs, found...)
		}
	}
	number := regexp.MustCompile(`\d+`)
	version := func(dir string) int {
		n, err := strconv.Atoi(number.FindString(dir))
		if err != nil {
			return 0
		}
		return n
	}
	slices.SortStableFunc(dirs, func(a, b string) int { return cmp.Compare(version(b), version(a)) })
	return dirs
}

func hasPrograms(dir string) bool {
	return isProgram(filepath.Join(dir, "postgres")) && isProgram(filepath.Join(dir, "initdb"))
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0
}

// probe runs the server program in dir to learn its version.
func probe(ctx context.Context, dir string) (Binaries, error) {
	if !hasPrograms(dir) {
		return Binaries{}, fmt.Errorf("%w: %s has no postgres and initdb", ErrNoPrograms, dir)
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return Binaries{}, fmt.Errorf("%w: %s/postgres does not run: %w", ErrNoPrograms, dir, err)
	}
	number := regexp.MustCompile(`\) (\d+)`).FindSubmatch(out)
	if number == nil {
		return Binaries{}, fmt.Errorf("%w: %s/postgres does not tell its version", ErrNoPrograms, dir)
	}
	major, err := strconv.Atoi(string(number[1]))
	if err != nil {
		return Binaries{}, fmt.Errorf("%w: %s/postgres: %w", ErrNoPrograms, dir, err)
	}
	return Binaries{Dir: dir, Major: major}, nil
}

func fits(b Binaries, major int) error {
	if major != 0 && b.Major != major {
		return fmt.Errorf("%w: the data are of version %d, %s is version %d; install PostgreSQL %d, or dump and restore the data",
			ErrOtherMajor, major, b.Dir, b.Major, major)
	}
	if b.Major < MinMajor {
		return fmt.Errorf("%w: %s is version %d, too old (%d or newer is needed)", ErrNoPrograms, b.Dir, b.Major, MinMajor)
	}
	return nil
}

// installCommand is how this system installs PostgreSQL.
func installCommand(getenv func(string) string) string {
	known := []struct{ tool, command string }{
		{"apt-get", "apt-get install postgresql"},
		{"dnf", "dnf install postgresql-server"},
		{"apk", "apk add postgresql"},
		{"brew", "brew install postgresql@17"},
	}
	for _, k := range known {
		if lookPath(getenv, k.tool) != "" {
			return k.command
		}
	}
	return "your system's package manager"
}

// lookPath finds a program on the PATH that getenv knows.
func lookPath(getenv func(string) string, program string) string {
	for _, dir := range filepath.SplitList(getenv("PATH")) {
		if path := filepath.Join(dir, program); filepath.IsAbs(dir) && isProgram(path) {
			return path
		}
	}
	return ""
}
