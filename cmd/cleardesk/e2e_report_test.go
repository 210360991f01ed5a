package main

import (
	"testing"

	"cleardesk/db"
	"cleardesk/db/embedded"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// procurement adds somebody of the procurement department.
func (p *platform) procurement() {
	p.t.Helper()
	admin := p.open(p.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	jian := domain.Staff{Login: p.login("jian"), Name: "王建", NameEn: "Wang Jian", Roles: []domain.Role{domain.RoleProcurement}, Active: true}
	if err := admin.AddStaff(p.t.Context(), uuid.New(), jian); err != nil {
		p.t.Fatal(err)
	}
}

// TestWhatAStoreReportsIsCorrected: a store rings that it could not order; who is on the
// phone enters it, procurement finds it in its queue, corrects the step, and the case is
// closed with the correction as its reference.
func TestWhatAStoreReportsIsCorrected(t *testing.T) {
	t.Parallel()
	p := surge(t)
	p.procurement()
	x := newTerminal(t, seating{env: append(p.seat("lin"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("1-3 / 3", "480袋")
	x.press("F8")
	x.sees("望京店 S031", "店里说: 1 改单")
	x.press("+") // keys that come in one read are text
	x.sees("店里说什么?")
	x.press("7")
	x.sees("记来报: 订不了", "> 商品")
	x.press("P1007")
	x.sees("鲜牛奶250ml P1007  正常, 步长12袋")
	x.press("Enter")
	x.sees("> 哪一个")
	x.press("1")
	x.sees("> 想订")
	x.press("30", "Enter", "Enter")
	x.sees("= 30袋", "> 原因")
	x.press("1")
	x.sees("[1] 步长", "> 来电人")
	x.press("1")
	x.sees("都齐了", "[1] 店长 陈静")
	x.press("C-s")
	x.sees("再按 ctrl+s 写入")
	p.want("0", "SELECT count(*) FROM cleardesk.event")
	x.settle()
	x.press("C-s")
	x.sees("已记下: 订不了", "今天下单被拒", "鲜牛奶250ml 30袋: 步长12", "可订 24 或 36")
	lin := string(p.login("lin"))
	p.want("attempt "+lin, "SELECT what || ' ' || by_login FROM cleardesk.event")
	p.until("open procurement", "SELECT state || ' ' || lies_with FROM cleardesk.cases WHERE order_id IS NULL")
	x.sees("未结 3", "无法下单")

	y := newTerminal(t, seating{env: append(p.seat("jian"), "LANG=zh_CN.UTF-8")})
	y.enter("cleardesk")
	y.sees("1-1 / 1", "无法下单", "鲜牛奶")
	y.press("F2", "4")
	y.sees("更正  鲜牛奶250ml P1007", "步长12袋", "未结1条, 1店")
	y.press("6")
	y.sees("清1, 留0, 新起0", "正好5倍", "清, 可再下单")
	y.press("Tab", "Tab", "Tab", "Tab")
	y.sees("> 原因")
	y.press("1")
	y.sees("[1]录入错")
	y.press("Enter")
	y.sees("还缺: 告不告知")
	y.press("2")
	y.sees("[2]不告知", "都齐了")
	y.press("C-s")
	y.sees("步长 12 > 6袋; 写入后: 清1, 留0, 新起0")
	y.settle()
	y.press("C-s")
	y.sees("已更正: 清1, 留0", "异常[0]")
	p.want("6000", "SELECT step FROM cleardesk.product WHERE code = 'P1007'")
	p.want("closed", "SELECT state FROM cleardesk.cases WHERE order_id IS NULL")
	p.want("step_corrected "+string(p.login("jian")), "SELECT outcome || ' ' || by_login FROM cleardesk.resolution_record")
	x.sees("未结 2")
}
