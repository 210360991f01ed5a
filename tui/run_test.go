package tui_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"

	"cleardesk/tui"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
)

// asDesk makes the test binary a desk with demo views, for tests that need a real
// process on a real terminal.
const asDesk = "CLEARDESK_TEST_DESK"

func TestMain(m *testing.M) {
	if os.Getenv(asDesk) == "" {
		os.Exit(m.Run())
	}
	w := &world{clock: tuitest.NewClock(time.Now()), views: map[string]*demo{}}
	if err := tui.Run(context.Background(), w.options(text.English)); err != nil {
		fmt.Fprintln(os.Stderr, "failed:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// terminal is a desk on a pseudo terminal that answers no question.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	mu   sync.Mutex
	out  strings.Builder
	more chan struct{}
}

func startDesk(t *testing.T) *terminal {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), asDesk+"=1", "TERM=xterm-256color", "LANG=zh_CN.UTF-8", "COLORFGBG=")
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 80, Rows: 24})
	if err != nil {
		t.Fatal(err)
	}
	d := &terminal{t: t, cmd: cmd, tty: tty, more: make(chan struct{}, 1)}
	go d.listen()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = tty.Close()
	})
	return d
}

func (d *terminal) listen() {
	buf := make([]byte, 4096)
	for {
		n, err := d.tty.Read(buf)
		d.mu.Lock()
		d.out.Write(buf[:n])
		d.mu.Unlock()
		select {
		case d.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (d *terminal) text() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.out.String()
}

// waitFor waits until the terminal was sent a text.
func (d *terminal) waitFor(s string) {
	d.t.Helper()
	limit := time.After(10 * time.Second)
	for !strings.Contains(d.text(), s) {
		select {
		case <-d.more:
		case <-limit:
			d.t.Fatalf("no %q in\n%q", s, d.text())
		}
	}
}

func (d *terminal) send(s string) {
	d.t.Helper()
	if _, err := d.tty.WriteString(s); err != nil {
		d.t.Fatal(err)
	}
}

// ends waits for the process and gives its error.
func (d *terminal) ends() error {
	d.t.Helper()
	done := make(chan error, 1)
	go func() { done <- d.cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-time.After(10 * time.Second):
		d.t.Fatalf("still running:\n%q", d.text())
		return nil
	}
}

// No question is put to the terminal: one that does not answer would cost five
// seconds, and a late answer would be typed into a field.
func TestStartAsksTheTerminalNothing(t *testing.T) {
	t.Parallel()
	start := time.Now()
	d := startDesk(t)
	d.waitFor("queue")
	if took := time.Since(start); took > 4*time.Second {
		t.Errorf("the first frame took %v", took)
	}
	for _, question := range []string{"\x1b]11;?", "\x1b]10;?", "\x1b[6n", "\x1b[c"} {
		if strings.Contains(d.text(), question) {
			t.Errorf("the terminal was asked %q", question)
		}
	}
}

func TestSignalsEndTheDeskInGoodOrder(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT} {
		d := startDesk(t)
		d.waitFor("queue")
		if err := d.cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		if err := d.ends(); err != nil {
			t.Errorf("%v: %v", sig, err)
		}
		d.waitFor(ansi.ResetModeAltScreenSaveCursor)
	}
}

func TestTwiceCtrlCLeaves(t *testing.T) {
	t.Parallel()
	d := startDesk(t)
	d.waitFor("queue")
	d.send("\x03")
	d.waitFor("again within 2 s leaves")
	d.send("\x03")
	if err := d.ends(); err != nil {
		t.Error(err)
	}
	d.waitFor(ansi.ResetModeAltScreenSaveCursor)
}

func TestTheInputMethodFindsTheField(t *testing.T) {
	t.Parallel()
	d := startDesk(t)
	d.waitFor("queue")
	d.send("/")
	d.waitFor("\x1b[4;3H" + ansi.ShowCursor) // below the head, behind "[ "
	d.send("望京")
	d.waitFor("\x1b[4;7H" + ansi.ShowCursor)
}

// Whatever ctrl+z does to the process, fg brings the whole screen back.
func TestSuspendAndBack(t *testing.T) {
	t.Parallel()
	d := startDesk(t)
	d.waitFor("queue")
	d.send("\x1a")
	d.waitFor(ansi.ResetModeAltScreenSaveCursor)
	before := len(d.text())
	if err := d.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	limit := time.After(10 * time.Second)
	for !strings.Contains(d.text()[before:], "queue") {
		select {
		case <-d.more:
			_ = d.cmd.Process.Signal(syscall.SIGCONT)
		case <-time.After(100 * time.Millisecond):
			_ = d.cmd.Process.Signal(syscall.SIGCONT) // the first may have come before it stopped
		case <-limit:
			t.Fatalf("did not come back: %q", d.text()[before:])
		}
	}
}
