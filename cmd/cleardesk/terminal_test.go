package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cleardesk/tui/cell"
)

// patience is how long a screen may take to become what is expected.
const patience = time.Minute

// terminal is a shell in a tmux of its own, in which the program runs as for a person:
// the command is cleardesk.
type terminal struct {
	t      *testing.T
	tmux   string
	folder string // of tmux's socket
	w, h   int
	rule   string // what the lines between the parts are made of
}

// seating says who sits where.
type seating struct {
	w, h int      // 80x24 when not said
	env  []string // added to a bare environment
	user string   // the account that types, "": the one of the test; only root can choose
}

// newTerminal opens a terminal with a shell that waits for a command.
func newTerminal(t *testing.T, s seating) *terminal {
	t.Helper()
	path, err := exec.LookPath("tmux")
	if err != nil {
		t.Fatalf("the desk is tested in a terminal, which takes tmux: apt-get install tmux (%v)", err)
	}
	if s.w == 0 {
		s.w, s.h = 80, 24
	}
	x := &terminal{t: t, tmux: path, folder: newDir(t, ""), w: s.w, h: s.h, rule: "─"}
	command := append(asUser(s.user), "env", "-i", "PATH="+filepath.Dir(binary(t))+":"+os.Getenv("PATH"), "HOME="+newDir(t, s.user),
		"TERM=tmux-256color", "LANG=C.UTF-8", "PS1=ready> ")
	command = append(append(command, s.env...), "bash", "--norc", "--noprofile", "--noediting", "-i")
	x.must(append([]string{"new-session", "-d", "-s", "desk", "-x", strconv.Itoa(s.w), "-y", strconv.Itoa(s.h)}, command...)...)
	t.Cleanup(func() { _, _ = x.run("kill-server") })
	x.sees("ready>")
	return x
}

// newDir makes a folder with a short name, which sockets need, that user owns and every
// account may enter.
func newDir(t *testing.T, account string) string {
	t.Helper()
	base := "/dev/shm"
	if _, err := os.Stat(base); err != nil {
		base = os.TempDir()
	}
	dir, err := os.MkdirTemp(base, "cleardesk-e2e-") //nolint:usetesting // other accounts cannot enter a test's own folder, and its name is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // a desk that is ending may still write its last words
		eventually(t, "the folder goes away", func() bool { return os.RemoveAll(dir) == nil })
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if account == "" {
		return dir
	}
	u, err := user.Lookup(account)
	if err != nil {
		t.Fatal(err)
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := errors.Join(err1, err2, os.Chown(dir, uid, gid)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func asUser(account string) []string {
	if account == "" {
		return nil
	}
	return []string{"setpriv", "--reuid", account, "--regid", groupOf(account), "--clear-groups", "--"}
}

// groupOf is the number of an account's group.
func groupOf(account string) string {
	if u, err := user.Lookup(account); err == nil {
		return u.Gid
	}
	return account
}

// run gives tmux a command.
func (x *terminal) run(args ...string) (string, error) {
	cmd := exec.Command(x.tmux, append([]string{"-L", "desk", "-f", "/dev/null", "-u"}, args...)...)
	cmd.Env = []string{"TMUX_TMPDIR=" + x.folder, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (x *terminal) must(args ...string) string {
	x.t.Helper()
	out, err := x.run(args...)
	if err != nil {
		x.t.Fatalf("tmux %s: %v\n%s", args[0], err, out)
	}
	return out
}

// screen is what stands on the terminal, a line each, without the spaces at the ends.
func (x *terminal) screen() []string {
	x.t.Helper()
	return strings.Split(strings.TrimSuffix(x.must("capture-pane", "-p", "-t", "desk"), "\n"), "\n")
}

// text is the screen as one text.
func (x *terminal) text() string {
	x.t.Helper()
	return strings.Join(x.screen(), "\n")
}

// until waits for the screen to become as expected.
func (x *terminal) until(what string, ok func(screen string) bool) string {
	x.t.Helper()
	limit, tick := time.After(patience), time.NewTicker(20*time.Millisecond)
	defer tick.Stop()
	for {
		s := x.text()
		if ok(s) {
			return s
		}
		select {
		case <-tick.C:
		case <-limit:
			x.t.Fatalf("not so in time: %s; the screen is\n%s", what, s)
		}
	}
}

// sees waits until all of the texts stand on the screen.
func (x *terminal) sees(texts ...string) string {
	x.t.Helper()
	return x.until(fmt.Sprintf("the screen holds %q", texts), func(s string) bool {
		for _, text := range texts {
			if !strings.Contains(s, text) {
				return false
			}
		}
		return true
	})
}

// loses waits until none of the texts stands on the screen.
func (x *terminal) loses(texts ...string) string {
	x.t.Helper()
	return x.until(fmt.Sprintf("the screen is without %q", texts), func(s string) bool {
		for _, text := range texts {
			if strings.Contains(s, text) {
				return false
			}
		}
		return true
	})
}

// press sends keys by tmux's names: Enter, Escape, F6, C-s, Down.
func (x *terminal) press(keys ...string) {
	x.t.Helper()
	x.must(append([]string{"send-keys", "-t", "desk"}, keys...)...)
}

// write sends text, as from an input method or a keyboard that is fast: in one piece.
func (x *terminal) write(s string) {
	x.t.Helper()
	x.must("send-keys", "-l", "-t", "desk", s)
}

// paste sends text as a terminal does that brackets what is pasted.
func (x *terminal) paste(s string) {
	x.t.Helper()
	file := filepath.Join(x.folder, "pasted")
	if err := os.WriteFile(file, []byte(s), 0o600); err != nil {
		x.t.Fatal(err)
	}
	x.must("load-buffer", file)
	x.must("paste-buffer", "-p", "-t", "desk")
}

// enter gives the shell a command line.
func (x *terminal) enter(line string) {
	x.t.Helper()
	x.write(line + "\r")
}

// resize changes the terminal's size.
func (x *terminal) resize(w, h int) {
	x.t.Helper()
	x.w, x.h = w, h
	x.must("resize-window", "-t", "desk", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h))
}

// shell waits until the shell has the terminal back, in order, and gives the exit code
// of the program that ran in it.
func (x *terminal) shell() string {
	x.t.Helper()
	x.until("the shell has the terminal", func(s string) bool { return strings.HasSuffix(strings.TrimRight(s, "\n "), "ready>") })
	x.enter(`echo "[code $?, $(stty -a | tr ' ' '\n' | grep -xE -- '-?(echo|icanon|isig|opost);?' | tr -d ';' | sort | tr '\n' ' ')]"`)
	s := x.until("the shell answers", func(s string) bool { return shellAnswer.MatchString(s) })
	all := shellAnswer.FindAllStringSubmatch(s, -1)
	got := all[len(all)-1]
	if got[2] != "echo icanon isig opost " {
		x.t.Errorf("the terminal was left %q", got[2])
	}
	return got[1]
}

var shellAnswer = regexp.MustCompile(`(?m)^\[code (\d+), ([^]]*)\]`)

// frame waits for a whole frame of the desk: as large as the terminal, with the tabs
// at its top and the keys at its bottom.
func (x *terminal) frame() []string {
	x.t.Helper()
	s := x.until("a whole frame stands", func(s string) bool { return x.isFrame(strings.Split(s, "\n")) == nil })
	return strings.Split(s, "\n")
}

var keyLine = regexp.MustCompile(`^ (enter \S+|esc \S+)  `)

func (x *terminal) isFrame(lines []string) error {
	if len(lines) != x.h {
		return fmt.Errorf("%d lines, not %d", len(lines), x.h)
	}
	for i, l := range lines {
		if n := cell.Width(l); n > x.w {
			return fmt.Errorf("line %d has %d cells", i+1, n)
		}
	}
	switch rule := strings.Repeat(x.rule, x.w); {
	case !strings.HasPrefix(lines[0], " 1 "):
		return errors.New("no tabs at the top")
	case lines[2] != rule:
		return errors.New("no rule under the status")
	case !keyLine.MatchString(lines[x.h-1]):
		return errors.New("no keys at the bottom")
	}
	return nil
}

// row waits until a row of the list, from 1, ends with a text.
func (x *terminal) row(n int, end string) {
	x.t.Helper()
	x.until(fmt.Sprintf("row %d ends in %q", n, end), func(s string) bool {
		lines := strings.Split(s, "\n")
		return len(lines) > 4+n && strings.Contains(lines[4+n], end)
	})
}

// cursorOn waits until the cursor is on a row of the list, from 1.
func (x *terminal) cursorOn(n int) string {
	x.t.Helper()
	return x.until(fmt.Sprintf("the cursor is on row %d", n), func(s string) bool {
		lines := strings.Split(s, "\n")
		return len(lines) > 4+n && strings.HasPrefix(lines[4+n], ">")
	})
}

// message is the line above the keys of a screen.
func (x *terminal) message(screen string) string {
	lines := strings.Split(screen, "\n")
	return lines[max(len(lines)-2, 0)]
}

// settle waits until the screen has been the same for half a second: a question that
// opens swallows keys that long.
func (x *terminal) settle() {
	x.t.Helper()
	last, since := "", time.Now()
	x.until("the screen stands still", func(s string) bool {
		if s = clock.ReplaceAllString(s, "#"); s != last {
			last, since = s, time.Now()
		}
		return time.Since(since) > 500*time.Millisecond
	})
}

// eventually waits for a condition.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	soon(t, patience, what, ok)
}

// soon waits for a condition that has to hold before long.
func soon(t *testing.T, within time.Duration, what string, ok func() bool) {
	t.Helper()
	limit, tick := time.After(within), time.NewTicker(10*time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("not so in time: %s", what)
		}
	}
}

// kill sends a signal to one process.
func kill(t *testing.T, signal syscall.Signal, pid int) {
	t.Helper()
	if pid <= 0 {
		t.Fatal("there is no process to signal")
	}
	if err := syscall.Kill(pid, signal); err != nil {
		t.Fatal(err)
	}
}

// deskPid is the number of the desk's process in the terminal, 0 when there is none.
func (x *terminal) deskPid() int {
	x.t.Helper()
	shell := strings.TrimSpace(x.must("list-panes", "-t", "desk", "-F", "#{pane_pid}"))
	raw, err := os.ReadFile("/proc/" + shell + "/task/" + shell + "/children")
	if err != nil {
		x.t.Fatal(err)
	}
	for _, child := range strings.Fields(string(raw)) {
		name, err := os.ReadFile("/proc/" + child + "/comm")
		if err == nil && strings.TrimSpace(string(name)) == "cleardesk" {
			pid, _ := strconv.Atoi(child)
			return pid
		}
	}
	return 0
}

// rows are the rows of a list, without what runs with time.
func rows(screen string) string {
	lines := strings.Split(screen, "\n")
	for i, l := range lines {
		lines[i] = clock.ReplaceAllString(l, "#")
	}
	return strings.Join(lines[5:min(13, len(lines))], "\n")
}

var clock = regexp.MustCompile(`\d\d:\d\d:\d\d|\d\d:\d\d|\d+h\d\d|\d+m`)
