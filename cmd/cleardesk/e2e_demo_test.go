package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDemo is what a person sees who tries the program: the queue of a made-up platform
// fills by itself, in both languages and at every size; its server may die under it;
// and when the desk is closed nothing is left.
func TestDemo(t *testing.T) {
	t.Parallel()
	state := newDir(t, "")
	x := newTerminal(t, seating{})
	x.enter("cleardesk demo --speed 20 --state " + state)
	x.sees("Lin Mei", "with customer service, open, all kinds", " live", "held ")
	x.frame()
	x.sees(" new, most urgent ") // while nobody touches a key
	x.letIn(" new, most urgent ")

	x.press("F2")
	x.sees(" 0 take back, copy, language")
	x.settle()
	x.press("0")
	x.sees("language: 中文")
	x.press("3")
	x.sees("林梅", "在客服 未结 全部类型", "实时")
	x.frame()
	for _, s := range [][2]int{{110, 32}, {200, 60}, {80, 24}} {
		x.resize(s[0], s[1])
		x.frame()
		x.sees("在客服 未结 全部类型", "实时")
	}

	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT} {
		x.letIn("新到")
		before := postmaster(t, state)
		kill(t, signal, before)
		eventually(t, "the server is there again", func() bool { now := postmaster(t, state); return now != 0 && now != before })
		x.sees("实时", "新到") // orders go on arriving
	}

	if n := len(processes(t, state)); n == 0 {
		t.Error("no process of the private server is found: the check below is blind")
	}
	x.press("C-c")
	x.sees("2秒内再按 ctrl+c 离开")
	x.press("C-c")
	if code := x.shell(); code != "0" {
		t.Error("exit code", code)
	}
	nothingLeft(t, state)
}

// TestDemoOfAnOrdinaryUser: root is no more than anybody else; two desks share a server, and the one that is killed leaves it to the other.
func TestDemoOfAnOrdinaryUser(t *testing.T) {
	t.Parallel()
	account := ""
	if os.Geteuid() == 0 {
		account = "nobody"
	}
	home := newDir(t, account)
	env := []string{"XDG_DATA_HOME=" + home}
	first := newTerminal(t, seating{user: account, env: env})
	first.enter("cleardesk demo --lang zh --speed 20")
	first.sees("林梅", "在客服 未结 全部类型", "实时")
	second := newTerminal(t, seating{user: account, env: env})
	second.enter("cleardesk demo --as wang")
	second.sees("Wang Lei", "on duty 2", " live", "by urgency   1-")
	kill(t, syscall.SIGKILL, first.deskPid())
	second.press("F6")
	second.sees(" me <1m")
	second.press("C-c")
	second.sees("1 still yours")
	second.settle()
	second.press("2")
	second.until("it is given back", func(s string) bool { return givenBack.MatchString(s) })
	second.press("Enter")
	if code := second.shell(); code != "0" {
		t.Error("exit code", code)
	}
	nothingLeft(t, home)
}

// nothingLeft waits until no process works in a folder and no socket is in it.
func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	var left []string
	defer func() {
		for _, p := range left {
			t.Log("still runs:", p)
		}
	}()
	soon(t, 5*time.Second, "no process of the private server is left", func() bool { left = processes(t, dir); return len(left) == 0 })
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type()&os.ModeSocket != 0 {
			t.Errorf("the socket %s is left", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// processes lists the processes that work in a folder or name it.
func processes(t *testing.T, dir string) []string {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, p := range all {
		line, err := os.ReadFile(filepath.Join(p, "cmdline"))
		if err != nil || len(line) == 0 {
			continue // it ended, or is a dead one that nobody asked after
		}
		cwd, _ := os.Readlink(filepath.Join(p, "cwd"))
		if filepath.Base(string(bytes.SplitN(line, []byte{0}, 2)[0])) == "tmux" {
			continue // the terminal of the test; what it was told to start names the folder
		}
		if strings.HasPrefix(cwd, dir+"/") || bytes.Contains(line, []byte(dir)) {
			found = append(found, filepath.Base(p)+" "+string(bytes.ReplaceAll(line, []byte{0}, []byte{' '})))
		}
	}
	return found
}

// postmaster is the number of the first process of the demo's server, 0 while it does
// not take connections.
func postmaster(t *testing.T, state string) int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(state, "demo", "pg", "data", "postmaster.pid"))
	if err != nil {
		return 0
	}
	lines := strings.Split(string(raw), "\n")
	if len(lines) < 8 || strings.TrimSpace(lines[7]) != "ready" {
		return 0
	}
	pid, err := strconv.Atoi(lines[0])
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// letIn lets in what is new until nothing is: more may arrive meanwhile.
func (x *terminal) letIn(news string) {
	x.t.Helper()
	eventually(x.t, "what is new is let in", func() bool {
		x.press("F5")
		return x.within(300*time.Millisecond, func(s string) bool { return !strings.Contains(s, news) })
	})
}
