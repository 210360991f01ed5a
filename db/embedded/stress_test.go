package embedded

import (
	"bufio"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// deskProcess is the test program running as a desk (see deskMain).
type deskProcess struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	over  chan struct{} // closed when its output has ended

	mu    sync.Mutex
	acked []string // rows that the server acknowledged
	said  []string // everything else
}

// startDesk starts a desk, as the account of attr when that is not nil.
func startDesk(t *testing.T, state string, attr *syscall.SysProcAttr) *deskProcess {
	t.Helper()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), deskEnv+"="+state)
	cmd.Dir = "/"
	cmd.SysProcAttr = attr
	stdin, err1 := cmd.StdinPipe()
	stdout, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	d := &deskProcess{cmd: cmd, stdin: stdin, over: make(chan struct{})}
	go func() {
		defer close(d.over)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			row, isRow := strings.CutPrefix(lines.Text(), "row ")
			d.mu.Lock()
			if isRow {
				d.acked = append(d.acked, row)
			} else {
				d.said = append(d.said, lines.Text())
			}
			d.mu.Unlock()
		}
	}()
	return d
}

// end waits until the desk is gone and gives the rows it had acknowledged and what else it said.
func (d *deskProcess) end(t *testing.T) (acked []string, said string) {
	t.Helper()
	select {
	case <-d.over:
	case <-time.After(60 * time.Second):
		t.Fatal("the desk does not end")
	}
	_ = d.cmd.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.acked, strings.Join(d.said, "\n")
}

func (d *deskProcess) rows() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.acked)
}

func (d *deskProcess) kill(t *testing.T) {
	t.Helper()
	if err := d.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
}

func makeTable(t *testing.T, s *Server) {
	t.Helper()
	// Without a column list there is nothing to select but the fact that it was made.
	if _, err := one(t.Context(), s.DSN(AdminLogin), "CREATE TABLE IF NOT EXISTS row_ (row_ text); SELECT 'made'"); err != nil {
		t.Fatal(err)
	}
}

// storm keeps three desks on one folder and kills at random.
type storm struct {
	t     *testing.T
	state string
	paths paths
	desks []*deskProcess
	acked []string
	kills map[string]int
}

// strike kills one thing and waits until every desk gets a row in again.
func (s *storm) strike() {
	s.t.Helper()
	switch dice := rand.IntN(10); {
	case dice < 5:
		i := rand.IntN(len(s.desks))
		s.desks[i].kill(s.t)
		acked, _ := s.desks[i].end(s.t)
		s.acked = append(s.acked, acked...)
		s.desks[i] = startDesk(s.t, s.state, nil)
		s.kills["desk"]++
	case dice < 8:
		if pid := readPIDFile(s.paths.pidFile()).pid; pid > 1 && syscall.Kill(pid, syscall.SIGKILL) == nil {
			s.kills["postmaster"]++
		}
	default:
		for _, pid := range s.supervisors() {
			if syscall.Kill(pid, syscall.SIGKILL) == nil {
				s.kills["supervisor"]++
			}
		}
	}
	for i, d := range s.desks {
		before := d.rows()
		eventually(s.t, "desk "+strconv.Itoa(i)+" writes again", func() bool { return d.rows() > before })
	}
}

func (s *storm) supervisors() []int {
	var found []int
	for _, p := range running(s.t, filepath.Dir(s.state)) {
		number, command, _ := strings.Cut(p, " ")
		if pid, err := strconv.Atoi(number); err == nil && strings.HasPrefix(command, "cleardesk: private server") {
			found = append(found, pid)
		}
	}
	return found
}

// TestKillAnywhereRecovers kills desks, the server and the supervisor, more than a hundred times in all. After each kill
// the desks that live go on by themselves; in the end all are killed at once, nothing runs on, and every row that the
// server had acknowledged is there.
func TestKillAnywhereRecovers(t *testing.T) {
	t.Parallel()
	const rounds = 110
	state := newState(t)
	p, err := newPaths(state)
	if err != nil {
		t.Fatal(err)
	}
	server := mustOpen(t, Options{StateDir: state})
	makeTable(t, server)
	s := &storm{t: t, state: state, paths: p, kills: map[string]int{}}
	for range 3 {
		s.desks = append(s.desks, startDesk(t, state, nil))
	}
	mustClose(t, server)
	begun := time.Now()
	for n := range rounds {
		s.strike()
		if time.Since(begun) > 2*time.Minute {
			t.Fatalf("only %d of %d rounds in two minutes", n+1, rounds)
		}
	}
	t.Logf("%d rounds in %v: %v", rounds, time.Since(begun).Round(time.Millisecond), s.kills)
	// The supervisor first: nobody is left that could see the desks go.
	for _, pid := range s.supervisors() {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	for _, d := range s.desks {
		d.kill(t)
	}
	for _, d := range s.desks {
		acked, _ := d.end(t)
		s.acked = append(s.acked, acked...)
	}
	eventually(t, "nothing runs after all were killed", func() bool { return len(running(t, filepath.Dir(state))) == 0 })
	server = mustOpen(t, Options{StateDir: state})
	defer mustClose(t, server)
	checkRows(t, server, s.acked)
}

// checkRows looks for rows that were acknowledged and are not there.
func checkRows(t *testing.T, server *Server, acked []string) {
	t.Helper()
	if len(acked) == 0 {
		t.Fatal("no row was ever acknowledged")
	}
	text, err := one(t.Context(), server.DSN(AdminLogin), "SELECT coalesce(string_agg(row_, ' '), '') FROM row_")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, row := range strings.Fields(text) {
		there[row] = true
	}
	lost := 0
	for _, row := range acked {
		if !there[row] {
			lost++
		}
	}
	t.Logf("%d rows acknowledged", len(acked))
	if lost > 0 {
		t.Errorf("%d acknowledged rows are lost", lost)
	}
}

// TestManyDesksAtOnceOnNothing lets desks race for an empty folder, and kills one while the data are being made.
func TestManyDesksAtOnceOnNothing(t *testing.T) {
	t.Parallel()
	for range 3 {
		state := newState(t)
		p, err := newPaths(state)
		if err != nil {
			t.Fatal(err)
		}
		first := startDesk(t, state, nil)
		eventually(t, "the data are being made", func() bool {
			_, err := os.Stat(filepath.Join(p.newData(), "PG_VERSION"))
			return err == nil
		})
		var desks []*deskProcess
		for range 4 {
			desks = append(desks, startDesk(t, state, nil))
		}
		first.kill(t)
		first.end(t)
		server := mustOpen(t, Options{StateDir: state})
		makeTable(t, server)
		mustClose(t, server)
		var acked []string
		for _, d := range desks {
			eventually(t, "each desk writes", func() bool { return d.rows() > 0 })
		}
		for _, d := range desks {
			if err := d.stdin.Close(); err != nil {
				t.Error(err)
			}
			rows, said := d.end(t)
			acked = append(acked, rows...)
			if strings.Contains(said, "error") {
				t.Errorf("a desk said: %s", said)
			}
		}
		if n := len(running(t, filepath.Dir(state))); n != 0 {
			t.Errorf("%d processes run when the last desk has left", n)
		}
		server = mustOpen(t, Options{StateDir: state})
		checkRows(t, server, acked)
		mustClose(t, server)
	}
}
