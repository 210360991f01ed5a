package main

import (
	"testing"

	"cleardesk/db/dbtest"
)

// TestARosterIsPublishedByKeys: the manager writes a shift of next week into the grid;
// it counts once it is published, and everybody reads it.
func TestARosterIsPublishedByKeys(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	x := newTerminal(t, seating{env: append(p.seat("zheng"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("郑爽", "5 排班")
	x.press("5")
	x.sees("这周没发布", "林梅")
	x.press("]")
	x.sees(p.value("SELECT to_char(date_trunc('week', now() AT TIME ZONE cleardesk.platform_zone()) + interval '7 days', 'MM-DD')")+" 周一 至", "> 林梅")
	x.press("Enter")
	x.sees("林梅")
	x.press("22-06", "Enter")
	x.sees("22-06*", "草稿改1处")
	lin, wang := string(p.login("lin")), string(p.login("wang"))
	const monday = `(date_trunc('week', now() AT TIME ZONE cleardesk.platform_zone())::date + 7 + time '23:00') AT TIME ZONE cleardesk.platform_zone()`
	p.want("0 true true", `SELECT count(*) || ' ' || cleardesk.on_duty($1, `+monday+`) || ' ' || cleardesk.on_duty($2, `+monday+`) FROM cleardesk.roster_version`, lin, wang)
	x.press("C-s")
	x.sees("林梅", "22-06")
	x.settle()
	x.press("C-s")
	p.until("1 true false", `SELECT count(*) || ' ' || cleardesk.on_duty($1, `+monday+`) || ' ' || cleardesk.on_duty($2, `+monday+`) FROM cleardesk.roster_version`, lin, wang)

	y := newTerminal(t, seating{env: append(p.seat("wang"), "LANG=zh_CN.UTF-8")})
	y.enter("cleardesk")
	y.sees("王磊")
	y.press(":")
	y.sees("电话尾号")
	y.press("排班")
	y.sees("> 视图")
	y.press("Enter")
	y.sees("这周没发布")
	y.press("]")
	y.sees("已发布第1版", "22-06")
}
