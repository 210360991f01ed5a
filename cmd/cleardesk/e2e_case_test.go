package main

import (
	"syscall"
	"testing"

	"cleardesk/db/dbtest"
)

// surge gives a platform with two months of ordinary orders and three suspicious ones of
// today: milk for Wangjing ten times over, and two broken steps below it.
func surge(t *testing.T) *platform {
	t.Helper()
	p := newPlatform(t, dbtest.New(t))
	p.usual()
	p.arrive(append(p.oddOrders(2),
		p.order("1123-0398", "S031", p.now, ordered{apples, 18_000, 578}, ordered{milk, 480_000, 1200}))...)
	return p
}

// answerAll answers every question of the surge under the cursor with the keys of the
// drawing: reached, the manager, a mistake, another quantity, the proposed one, a digit
// too many. Nothing is typed that an input method could swallow.
func answerAll(x *terminal) {
	x.t.Helper()
	x.press("Enter")
	x.sees("1123-0398", "> 2 ", "您这单鲜牛奶订了480袋")
	x.press("1")
	x.sees("[1] 接通", "谁接")
	x.press("1")
	x.sees("[1] 店长 陈静 139 0000 0000")
	x.press("1")
	x.sees("接通", "店长陈静: 打错了", "归我")
	x.press("2")
	x.sees("[2] 改数量", "新数量 [ 48 ")
	x.press("Enter")
	x.sees("> 4 ")
	x.press("1")
	x.sees("[1] 多打一位", "四问已答, 可写入")
}

// TestSurgeIsHandledByKeysAlone clears a case from the queue to the record and looks in
// the database what came of it.
func TestSurgeIsHandledByKeysAlone(t *testing.T) {
	t.Parallel()
	p := surge(t)
	x := newTerminal(t, seating{env: append(p.seat("lin"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("1-3 / 3", "480袋", "挂起")
	answerAll(x)
	x.press("C-s")
	x.sees("再按 ctrl+s 写入", "第2行改为48袋")
	p.want("0", "SELECT count(*) FROM cleardesk.resolution_record")
	x.settle()
	x.press("C-s")
	x.sees("1-2 / 2", "1123-0398", "在客服")
	x.cursorOn(1) // on the row that took its place

	order, lin := "(SELECT id FROM cleardesk.orders WHERE order_no = '1123-0398')", string(p.login("lin"))
	p.want("48000 of 480000", "SELECT quantity || ' of ' || original FROM cleardesk.order_line WHERE order_id = "+order+" AND line_no = 2")
	p.want("68004", "SELECT total FROM cleardesk.orders WHERE id = "+order)
	p.want("closed", "SELECT state FROM cleardesk.cases WHERE order_id = "+order)
	p.want("order_corrected "+lin+", quantity_corrected "+lin, "SELECT string_agg(outcome || ' ' || by_login, ', ' ORDER BY outcome) FROM cleardesk.resolution_record")
	p.want("1 reached", "SELECT count(*) || ' ' || min(outcome) FROM cleardesk.call_record")
	p.want("1 "+lin, "SELECT count(*) || ' ' || min(actor) FROM cleardesk.audit WHERE act = 'resolve'")
	p.until("accepted", "SELECT state FROM cleardesk.orders WHERE id = "+order) // the judge saw it again
	p.want("0", "SELECT count(*) FROM cleardesk.hold WHERE released_at IS NULL AND order_id = "+order)
	p.want("line_held order_held quantity_changed order_accepted", `SELECT string_agg(what, ' ' ORDER BY n) FROM cleardesk.decision
		WHERE order_no = '1123-0398' AND what <> 'line_accepted'`)
}

// TestTwiceInOneReadAsksOnly: ctrl+s twice in one read asks and does not write; and any
// other key than ctrl+s after the question goes back to the form.
func TestTwiceInOneReadAsksOnly(t *testing.T) {
	t.Parallel()
	p := surge(t)
	x := newTerminal(t, seating{env: append(p.seat("lin"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("1-3 / 3", "480袋")
	answerAll(x)
	x.write("\x13\x13")
	x.sees("再按 ctrl+s 写入")
	x.settle()
	x.write("写入")
	x.loses("再按 ctrl+s 写入")
	x.sees("1123-0398", "[1] 多打一位")
	p.want("0", "SELECT count(*) FROM cleardesk.resolution_record")
}

// TestKilledDeskKeepsTheDraft: what was answered is there for the next desk of the same
// person, on the terminal that the killed one left.
func TestKilledDeskKeepsTheDraft(t *testing.T) {
	t.Parallel()
	p := surge(t)
	x := newTerminal(t, seating{env: append(p.seat("lin"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("1-3 / 3", "480袋")
	answerAll(x)
	p.until("1", "SELECT count(*) FROM cleardesk.draft WHERE answers::text LIKE '%digit%'")
	kill(t, syscall.SIGKILL, x.deskPid())
	x.sees("Killed")
	x.enter("cleardesk")
	x.row(1, " 我 ")
	x.frame()
	x.press("Enter")
	x.sees("1123-0398", "店长陈静: 打错了", "[2] 改数量", "[1] 多打一位", "四问已答, 可写入")
	p.want("0", "SELECT count(*) FROM cleardesk.resolution_record")
}
