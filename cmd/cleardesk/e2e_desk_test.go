package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"cleardesk/db/dbtest"
)

// TestTwoDesks: what one person takes is seen by the other at once, and of two who take
// the same the second is told who has it.
func TestTwoDesks(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	p.arrive(p.oddOrders(4)...)
	lin := newTerminal(t, seating{env: p.seat("lin")})
	wang := newTerminal(t, seating{env: p.seat("wang")})
	for _, x := range []*terminal{lin, wang} {
		x.enter("cleardesk")
	}
	for _, x := range []*terminal{lin, wang} {
		x.sees("1-4 / 4", "on duty 2")
	}
	lin.press("F6")
	lin.row(1, " me")
	wang.row(1, " Lin")
	wang.press("Down", "F6")
	wang.row(2, " me")
	lin.row(2, " Wang")
	lin.press("Down", "F6")
	lin.until("who has it is told", func(s string) bool { return strings.Contains(lin.message(s), "Wang Lei") })
	p.want("2", "SELECT count(*) FROM cleardesk.cases WHERE holder IS NOT NULL")

	lin.press("Down") // both stand on the third row and press at once
	wang.press("Down")
	done := make(chan error)
	for _, x := range []*terminal{lin, wang} {
		go func() { _, err := x.run("send-keys", "-t", "desk", "F6"); done <- err }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	p.until("3", "SELECT count(*) FROM cleardesk.cases WHERE holder IS NOT NULL")
	winner := p.value("SELECT split_part(holder, '_', 1) FROM cleardesk.cases WHERE holder IS NOT NULL ORDER BY claimed_at DESC LIMIT 1")
	loser, name := lin, "Wang Lei"
	if winner == "lin" {
		loser, name = wang, "Lin Mei"
	}
	loser.until("the slower one is told who was faster", func(s string) bool { return strings.Contains(loser.message(s), name) })
}

// TestDeskOutlivesItsServer: the server is stopped and started under the desk, which
// stays, says so, and comes back with the filter, the cursor and the marks it had.
func TestDeskOutlivesItsServer(t *testing.T) {
	t.Parallel()
	own := dbtest.NewServer(t)
	p := newPlatform(t, own.DB)
	p.arrive(p.oddOrders(8)...)
	x := newTerminal(t, seating{env: p.seat("lin")})
	x.enter("cleardesk")
	x.sees("1-8 / 8", " live")
	x.press("/")
	x.sees("enter keeps  esc undoes")
	x.write("jin") // Jinsong and Wangjing
	x.press("Enter")
	x.sees("1-4 / 4", "4 hidden")
	x.press("Down", "Space")
	x.cursorOn(3)
	x.press("Space")
	before := x.cursorOn(4)
	own.Stop(t)
	x.sees("!reconnecting", "!No line", "writing waits for the line")
	x.press("Up")
	x.cursorOn(3)
	x.press("Down") // it goes on taking keys
	x.cursorOn(4)
	x.frame()
	own.Start(t)
	after := x.sees(" live")
	if got, want := rows(after), rows(before); got != want {
		t.Errorf("the list came back as\n%s\nand was\n%s", got, want)
	}
	p.arrive(p.order("1123-7001", "S033", p.now, ordered{apples, 99_300, 578}))
	x.sees("1 new")
}

// TestSuspendAndSignals: ctrl+z and fg, a signal that ends, a terminal that goes away:
// the terminal is left in order and colleagues see the person leave.
func TestSuspendAndSignals(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	p.arrive(p.oddOrders(3)...)
	x := newTerminal(t, seating{env: p.seat("lin")})
	here := "SELECT count(*) FROM cleardesk.presence"

	x.enter("cleardesk")
	x.sees("1-3 / 3", " live")
	x.press("C-z")
	x.sees("Stopped")
	p.arrive(p.order("1123-7001", "S031", p.now, ordered{apples, 99_300, 578}))
	x.enter("fg")
	x.sees(" / 4", " live")
	x.frame()

	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		p.until("1", here)
		x.until("the desk's number is known", func(string) bool { return x.deskPid() != 0 })
		kill(t, signal, x.deskPid())
		if code := x.shell(); code != "0" {
			t.Errorf("after %v the exit code is %s", signal, code)
		}
		p.until("0", here)
		x.enter("clear; cleardesk")
		x.sees(" / 4", " live")
	}

	kill(t, syscall.SIGKILL, x.deskPid())
	x.sees("Killed")
	x.enter("cleardesk") // on the terminal that the killed one left behind
	x.sees("/ 4", " live")
	x.frame()
	pid := x.deskPid()
	x.must("kill-session", "-t", "desk") // the connection breaks
	eventually(t, "the desk ends with its terminal", func() bool {
		_, err := os.Stat(fmt.Sprintf("/proc/%d", pid))
		return err != nil
	})
	p.until("1", here) // of the one that was killed, until its time is over
}

// TestLeavingAsks: who leaves with cases in hand is asked about each.
func TestLeavingAsks(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	p.arrive(p.oddOrders(3)...)
	x := newTerminal(t, seating{env: p.seat("lin")})
	x.enter("cleardesk")
	x.sees("1-3 / 3")
	x.press("F6")
	x.row(1, " me")
	x.press("Down", "F6")
	x.row(2, " me")
	x.press("C-c")
	x.sees("2 still yours")
	x.settle()
	x.press("1")
	x.until("the cursor is on the second", func(s string) bool { return secondChosen.MatchString(s) })
	x.press("2")
	x.sees("give back")
	x.press("Enter")
	if code := x.shell(); code != "0" {
		t.Error("exit code", code)
	}
	p.until("1", "SELECT count(*) FROM cleardesk.cases WHERE holder IS NOT NULL")
}

// TestSizesAndSurroundings: every size has its frame, and the desk keeps to what the
// environment says about words, lines and colours.
func TestSizesAndSurroundings(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	p.arrive(p.oddOrders(40)...)
	colour := regexp.MustCompile("\x1b\\[[0-9;]*(3[0-8]|4[0-8]|9[0-7])")
	for _, c := range []struct {
		name string
		env  []string
		has  string
		rule string
		mono bool
	}{
		{name: "zh", env: []string{"LANG=zh_CN.UTF-8"}, has: "在客服 未结 全部类型", rule: "─"},
		{name: "C", env: []string{"LANG=C"}, has: "with customer service", rule: "-"},
		{name: "POSIX", env: []string{"LANG=zh_CN.UTF-8", "LC_ALL=POSIX"}, has: "with customer service", rule: "-"},
		{name: "none", env: []string{"LANG="}, has: "with customer service", rule: "-"},
		{name: "mono", env: []string{"NO_COLOR=1"}, has: "with customer service", rule: "─", mono: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := newTerminal(t, seating{w: 200, h: 60, env: append(p.seat("lin"), c.env...)})
			x.rule = c.rule
			x.enter("cleardesk")
			x.sees(c.has, "/ 40")
			x.frame()
			if got := colour.MatchString(x.must("capture-pane", "-p", "-e", "-t", "desk")); got == c.mono {
				t.Errorf("colours: %v", got)
			}
			for _, s := range [][2]int{{80, 24}, {200, 60}, {110, 32}, {79, 24}, {80, 23}, {20, 3}, {80, 24}, {250, 80}, {80, 24}} {
				x.resize(s[0], s[1])
				if s[0] < 80 || s[1] < 24 {
					x.sees(fmt.Sprintf("%dx%d", s[0], s[1]))
					continue
				}
				x.frame()
			}
			x.sees(c.has)
		})
	}
}

var (
	secondChosen = regexp.MustCompile(`(?m)│  .*keep.*\n.*│> .*keep`)
	givenBack    = regexp.MustCompile(`(?m)│> .*give back +│`)
)
