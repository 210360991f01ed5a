package main

import (
	"strings"
	"testing"

	"cleardesk/db/dbtest"
)

// TestOneLeavesTheNextTakesOver: who goes with work in hand is asked what becomes of it and
// hands it over with a note; the colleague sees it among their rows, takes one and gives the
// other back with a reason, all by keys.
func TestOneLeavesTheNextTakesOver(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	p.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES
		('handling.opens', 'platform', '', now() - interval '1 day', '00:00', 'x'), ('handling.closes', 'platform', '', now() - interval '1 day', '00:00', 'x')`)
	p.arrive(p.oddOrders(3)...)
	lin := newTerminal(t, seating{env: p.seat("lin")})
	wang := newTerminal(t, seating{env: p.seat("wang")})
	for _, x := range []*terminal{lin, wang} {
		x.enter("cleardesk")
	}
	for _, x := range []*terminal{lin, wang} {
		x.sees("1-3 / 3", "on duty 2")
	}

	lin.press(".")
	lin.sees("away: the next is given to nobody but who is there", "away <1m")
	wang.sees("on duty 1")
	lin.press("F7")
	lin.until("who is away is given nothing", func(s string) bool { return strings.Contains(lin.message(s), "you are away") })
	lin.press(".")
	lin.sees("back: the next comes to you again")
	wang.sees("on duty 2")

	lin.press("Space", "Space", "F6")
	p.until("2", "SELECT count(*) FROM cleardesk.cases WHERE holder IS NOT NULL")
	lin.press("C-c")
	lin.sees("Leave? 2 still yours", "3 hand over with a note")
	lin.settle()
	lin.press("3")
	lin.sees("Handover", "mine: 2", "here: Wang")
	lin.press("*", "C-o")
	lin.sees("1 next shift  2 Wang 0")
	lin.press("2")
	lin.sees("what they have to know")
	lin.write("rings back at two")
	lin.press("C-s")
	lin.sees("2 marked > Wang: rings back at two", "ctrl+s again")
	lin.settle()
	lin.press("C-s")
	lin.sees("2 marked handed to Wang", "handed over, not taken: 2", "nothing: you can leave")

	wang.press("F5")
	wang.sees("Offered", "from Lin: 1123-900", "> Wang", "1-3 / 3")
	wang.press("F2")
	wang.sees(" 0 take back, copy, language")
	wang.settle()
	wang.press("0")
	wang.sees("hand over my work")
	wang.press("9")
	wang.sees("handed to me: 2", "rings back at two", "F6 takes")
	wang.press("F6")
	wang.sees("is yours", "mine: 1", "handed to me: 1")
	p.until("1", "SELECT count(*) FROM cleardesk.cases WHERE holder = $1", string(p.login("wang")))
	wang.press("Tab", "C-o")
	wang.sees("do not take")
	wang.write("two calls wait")
	wang.press("C-s")
	wang.sees("ctrl+s again")
	wang.settle()
	wang.press("C-s")
	wang.sees("went back")
	lin.sees("handed to me: 1", "two calls wait", "Wang>me") // lin is still there
	lin.press("F6")
	lin.sees("is yours", "mine: 1")
	p.until("1", "SELECT count(*) FROM cleardesk.cases WHERE holder = $1", string(p.login("lin")))
	lin.press("Escape")
	lin.sees("with customer service")
	p.want("accepted, refused, accepted", "SELECT string_agg(what, ', ' ORDER BY id) FROM cleardesk.case_note WHERE what IN ('accepted', 'refused')")
	p.want("0", "SELECT count(*) FROM cleardesk.task WHERE closed_at IS NULL")
	lin.press("C-c", "C-c")
	if code := lin.shell(); code != "0" {
		t.Error("exit code", code)
	}
}
