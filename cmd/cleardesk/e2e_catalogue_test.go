package main

import (
	"testing"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// TestTheCatalogueIsKeptToStandard: the day of procurement beside its queue. What is
// missing of a product is filled in with a reason, a catalogue that says otherwise is
// answered, and a quantity an agent asked about is verified.
func TestTheCatalogueIsKeptToStandard(t *testing.T) {
	t.Parallel()
	p := surge(t)
	p.procurement()
	p.exec(`UPDATE cleardesk.product SET verify_above = 96000 WHERE code = 'P1007'`)
	x := newTerminal(t, seating{env: append(p.seat("jian"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("没有要处理的")
	x.press("4")
	x.sees("[资料 2]", "缺允差", "> P2001", "按重量卖而没有允差")
	x.press("Enter")
	x.sees("苹果 P2001", "> 允差比例", "缺3")
	x.press("Enter")
	x.sees("[ -")
	x.press("C-u", "1.5")
	x.sees("= 1.5%")
	x.press("Enter")
	x.sees("> 1.5%", "写入后: 缺2, 不合0")
	x.press("C-s")
	x.sees("改苹果 P2001的资料", "1 录入错")
	x.press("1")
	x.sees("录入错: 允差比例 - > 1.5%")
	x.press("C-s")
	x.settle()
	p.want("0", "SELECT count(*) FROM cleardesk.product_edit")
	x.press("C-s")
	x.sees("资料已改, 已告知平台", "允差比例 - > 1.5%  改资料")
	jian := string(p.login("jian"))
	p.want("15 tolerance_permille 0 > 15 "+jian, `SELECT concat_ws(' ', p.tolerance_permille, e.field, e.old_value, '>', e.new_value, e.by_login)
		FROM cleardesk.product_edit e JOIN cleardesk.product p ON p.code = e.product`)
	p.want("1", "SELECT count(*) FROM cleardesk.decision WHERE what = 'product_edited'")

	// The platform's next catalogue has another value: it is not written, and stands there.
	id := uuid.New()
	if _, err := p.in.Start(t.Context(), id, db.ImportProducts, "f", db.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := p.in.StageRows(t.Context(), id, 1, []db.StagedRow{{Row: 2, Values: map[string]any{"code": "P2001", "tolerance_permille": 30}}}); err != nil {
		t.Fatal(err)
	}
	if got, err := p.in.ApplyRows(t.Context(), id, 1, 1); err != nil || got.Clashed != 1 {
		t.Fatalf("import %+v %v", got, err)
	}
	x.sees("!平台: 3%")
	x.press("Escape")
	x.sees("导入冲突 1")
	x.press("Tab", "Tab")
	x.sees("[导入冲突 1]", "1.5%", "> P2001")
	x.press("C-s")
	x.sees("1 保留本处 1.5%", "2 按平台目录 3%")
	x.press("1")
	x.sees("说明(可空)")
	x.press("Enter")
	x.sees("再次告知平台")
	x.press("C-s")
	x.settle()
	x.press("C-s")
	x.sees("冲突已定", "没有与平台目录的冲突")
	p.want("15", "SELECT tolerance_permille FROM cleardesk.product WHERE code = 'P2001'")
	p.want("kept 30 > 15", "SELECT what || ' ' || old_value || ' > ' || new_value FROM cleardesk.product_edit WHERE what <> 'edited'")

	// An agent asks about 480 bags.
	agent := p.open(p.DSN(string(p.login("lin"))), db.Options{})
	var asked struct{ ID, Version int64 }
	if err := p.admin.GetContext(t.Context(), &asked, "SELECT c.id, c.version FROM cleardesk.cases c JOIN cleardesk.orders o ON o.id = c.order_id WHERE o.order_no = '1123-0398'"); err != nil {
		t.Fatal(err)
	}
	if _, err := agent.HandOver(t.Context(), uuid.New(), domain.CaseID(asked.ID), asked.Version, domain.Procurement, "团购, 请核"); err != nil {
		t.Fatal(err)
	}
	x.press("BTab")
	x.sees("[核量 1]", "鲜牛奶250ml", "480袋", "过核量线", "团购, 请核")
	x.press("C-s")
	x.sees("1 属实, 有货", "2 不对")
	x.press("1")
	x.press("Enter")
	x.sees("交还客服")
	x.press("C-s")
	x.settle()
	x.press("C-s")
	x.sees("已核实, 交还客服", "没有等采购核实的数量")
	p.want("customer_service "+jian, `SELECT c.lies_with || ' ' || l.verified FROM cleardesk.cases c JOIN cleardesk.order_line l ON l.order_id = c.order_id
		WHERE c.id = $1 AND l.line_no = 2`, asked.ID)
}
