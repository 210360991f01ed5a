package main

import (
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/db/embedded"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// settled is a platform with three deliveries of last week: the cash of one came in whole,
// of one 50 yuan short, of one not at all.
func settled(t *testing.T) (p *platform, week time.Time) {
	t.Helper()
	p = newPlatform(t, dbtest.New(t))
	admin := p.open(p.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	for _, s := range []domain.Staff{
		{Login: "gao", Name: "高岚", NameEn: "Gao Lan", Roles: []domain.Role{domain.RoleFinance}},
		{Login: "qian", Name: "钱进", NameEn: "Qian Jin", Roles: []domain.Role{domain.RoleLogistics}},
	} {
		s.Login, s.Active = p.login(string(s.Login)), true
		if err := admin.AddStaff(t.Context(), uuid.New(), s); err != nil {
			t.Fatal(err)
		}
	}
	zone, err := time.LoadLocation(p.value("SELECT cleardesk.platform_zone()"))
	if err != nil {
		t.Fatal(err)
	}
	week = domain.WeekOf(time.Now().In(zone)).AddDate(0, 0, -7)
	noon := time.Date(week.Year(), week.Month(), week.Day()+2, 12, 0, 0, 0, zone)
	p.usual()
	p.arrive(p.order("S-1", "S031", noon.AddDate(0, 0, -1), ordered{milk, 36_000, 1200}),
		p.order("S-2", "S033", noon.AddDate(0, 0, -1), ordered{milk, 36_000, 1200}),
		p.order("S-3", "S035", noon.AddDate(0, 0, -1), ordered{milk, 24_000, 1200}))
	gao, qian := p.open(p.DSN(string(p.login("gao"))), db.Options{}), p.open(p.DSN(string(p.login("qian"))), db.Options{})
	tell := func(s *db.Store, e domain.Event) {
		t.Helper()
		if _, err := s.Report(t.Context(), uuid.New(), e); err != nil {
			t.Fatal(err)
		}
	}
	for _, no := range []domain.OrderNo{"S-1", "S-2", "S-3"} {
		tell(qian, domain.Event{What: domain.EventStage, OrderNo: no, At: noon, Stage: domain.StageReceived})
	}
	whole, short := domain.Money(43_200), domain.Money(38_200)
	tell(gao, domain.Event{What: domain.EventCollection, OrderNo: "S-1", At: noon, Amount: &whole})
	tell(gao, domain.Event{What: domain.EventCollection, OrderNo: "S-2", At: noon, Amount: &short})
	p.until("0", "SELECT count(*) FROM cleardesk.waiting")
	return p, week
}

// TestAWeekIsSettledByKeys: the accountant enters cash that was missing, sends a
// difference to logistics, gets it back, accepts it and signs the week off.
func TestAWeekIsSettledByKeys(t *testing.T) {
	t.Parallel()
	p, week := settled(t)
	x := newTerminal(t, seating{env: append(p.seat("gao"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("6 结算")
	x.press("6")
	x.sees(week.Format("01-02"), "未签核", "方庄店", "-288.00", "劲松店", "-50.00")
	x.press("C-s")
	x.sees("还不能签核: 待看2家")
	x.press("Enter")
	x.sees("S-3", "共1家")
	x.press("+")
	x.sees("应收288.00, 已记0.00", "记后差额0")
	x.press("Enter")
	x.sees("送货时")
	x.press("1", "C-s")
	x.sees("再按")
	x.settle()
	x.press("C-s")
	x.sees("¥288.00已记")
	p.want("28800 "+string(p.login("gao")), "SELECT (detail ->> 'amount') || ' ' || by_login FROM cleardesk.event WHERE what = 'collection' ORDER BY id DESC LIMIT 1")
	x.press("Escape")
	x.sees("待看1家")
	x.press("C-o")
	x.sees("转给")
	x.press("5")
	x.sees("要查什么")
	x.press("司机少交50", "C-s")
	x.sees("再按")
	x.settle()
	x.press("C-s")
	x.sees("已转出", "物流")
	p.want("logistics -5000", "SELECT dept || ' ' || diff FROM cleardesk.settlement_review WHERE store = 'S033'")

	y := newTerminal(t, seating{env: append(p.seat("qian"), "LANG=zh_CN.UTF-8")})
	y.enter("cleardesk")
	y.sees("钱进")
	y.press(":")
	y.sees("电话尾号")
	y.press("结算")
	y.sees("> 视图")
	y.press("Enter")
	y.sees("劲松店", "-50.00")
	y.press("C-o")
	y.sees("查到什么")
	y.press("司机已认, 从运费扣", "C-s")
	y.sees("再按")
	y.settle()
	y.press("C-s")
	y.sees("已退回会计")

	x.sees("待看1家")
	x.press("F2", "0")
	x.sees("0 照此认可")
	x.press("0")
	x.sees("理由")
	x.press("运费抵扣", "C-s")
	x.sees("再按")
	x.settle()
	x.press("C-s")
	x.sees("已认可。", "待看0家")
	x.press("C-s")
	x.sees("签核", "差额-¥50.00")
	x.settle()
	x.press("C-s")
	x.sees("周已签核")
	p.want("3 1 -5000", `SELECT (SELECT count(*) FROM cleardesk.orders WHERE state = 'settled' AND NOT history) || ' ' || count(*) || ' ' ||
		(SELECT sum(collected + carried - delivered - credits - charges - returns) FROM cleardesk.settlement_store) FROM cleardesk.settlement_week`)
}
