package main

import (
	"strings"
	"testing"
	"time"

	"cleardesk/db/dbtest"
)

// TestKeysThatMustNotWrite sends to every screen what an input method, a paste or a key
// in its full-width form sends: nothing is written. Left out are the full-width c and n,
// which take a case as the plain ones do.
func TestKeysThatMustNotWrite(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("claim 写入 cn ", 800) // 10 kB
	for _, screen := range []struct {
		name string
		open []string
		at   string
	}{
		{"queue", nil, "with customer service"},
		{"help", []string{"F1"}, "Help: "},
		{"menu", []string{"F2"}, "1 order"},
		{"case", []string{"Enter"}, "> 2 Call"},
		{"store", []string{"F8"}, "S033"},
	} {
		t.Run(screen.name, func(t *testing.T) {
			t.Parallel()
			p := newPlatform(t, dbtest.New(t))
			p.arrive(p.oddOrders(2)...)
			x := newTerminal(t, seating{env: p.seat("lin")})
			x.enter("cleardesk")
			x.sees("1-2 / 2", " live", "can change")
			before := p.written()
			there := func() { x.goTo(screen.open, screen.at) }
			there()
			for _, s := range []string{"claim", "xiugai", "写入", "jj", "cc", "\x1bc", "\x1b\x1b"} {
				x.write(s)
				there()
			}
			x.paste(long)
			there()
			for _, s := range fullWidth(screen.name) {
				x.write(s)
				there()
			}
			x.goTo(nil, "with customer service")
			if after := p.written(); after != before {
				t.Errorf("%s acts were written, %s before", after, before)
			}
			p.want("0", "SELECT count(*) FROM cleardesk.cases WHERE holder IS NOT NULL")
			x.press("F6") // the keys were not deaf
			x.sees(" me")
		})
	}
}

// fullWidth lists the bound keys in the form an input method gives them, but for c and
// n, which take a case, and in a case for those that answer: digits, and z, which says
// that nobody was reached.
func fullWidth(screen string) []string {
	all := []string{"\u3000", "、", "。", "【", "】", "《", "》"}
	for _, r := range "?:/*-+[]<>kjgGlhqxrsvuy" {
		all = append(all, string(r-'!'+'！'))
	}
	if screen == "queue" {
		all = append(all, "１", "５", "０", "ｚ")
	}
	return all
}

// goTo brings the desk to a screen from wherever a key led it: back to the queue, then
// the keys that open the screen.
func (x *terminal) goTo(open []string, at string) {
	x.t.Helper()
	x.back()
	for _, key := range open {
		x.press(key)
		x.changes()
	}
	x.sees(at)
}

// back goes to the bare queue. Two desks look alike before and after a key was read, so
// the cursor is sent to the end and to the top: only the queue's own list follows. Rows
// that a key asked for may come later; then it is done once more.
func (x *terminal) back() {
	x.t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		x.press("End")
		if x.within(100*time.Millisecond, func(s string) bool { return cursorRow(s) == 2 }) {
			x.press("Home")
			if x.within(100*time.Millisecond, func(s string) bool { return cursorRow(s) == 1 }) {
				return
			}
		}
		if s := x.text(); strings.HasPrefix(s, " 1 Queue") && !strings.Contains(s, "┌") { // another numbered view
			x.press("1")
		}
		x.press("Escape")
		x.within(60*time.Millisecond, func(s string) bool { return strings.Contains(s, "first screen") })
	}
	x.t.Fatalf("the desk does not find back:\n%s", x.text())
}

// cursorRow is the row of the queue that has the cursor, 0 when the queue is not alone
// on the screen.
func cursorRow(screen string) int {
	lines := strings.Split(screen, "\n")
	if len(lines) < 24 || !strings.HasPrefix(lines[4], "    LEFT BY KIND ") || strings.Contains(screen, "┌") {
		return 0
	}
	for i, l := range lines[5:15] {
		if strings.HasPrefix(l, ">") {
			return i + 1
		}
	}
	return 0
}

// within tells whether the screen becomes as expected in a short time.
func (x *terminal) within(d time.Duration, ok func(screen string) bool) bool {
	x.t.Helper()
	limit, tick := time.After(d), time.NewTicker(10*time.Millisecond)
	defer tick.Stop()
	for {
		if ok(x.text()) {
			return true
		}
		select {
		case <-tick.C:
		case <-limit:
			return false
		}
	}
}

// changes waits until the screen is another than the bare queue.
func (x *terminal) changes() {
	x.t.Helper()
	x.until("a screen opens", func(s string) bool { return cursorRow(s) == 0 })
}
