package main

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/db/embedded"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// remembered is a platform with a past: a store that ordered wrongly thrice this month,
// what lin and wang decided, and somebody of the operations department.
func remembered(t *testing.T) (p *platform, day time.Time) {
	t.Helper()
	p = newPlatform(t, dbtest.New(t))
	admin := p.open(p.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	xu := domain.Staff{Login: p.login("xu"), Name: "许言", NameEn: "Xu Yan", Roles: []domain.Role{domain.RoleTraining}, Active: true}
	if err := admin.AddStaff(t.Context(), uuid.New(), xu); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(p.value("SELECT cleardesk.platform_zone()"))
	if err != nil {
		t.Fatal(err)
	}
	today := domain.Calendar{Zone: zone}.BusinessDay(time.Now())
	// Of a week that is over and lies in one month, so that both screens turn back once to it.
	day = time.Date(today.Year(), today.Month(), 1, 12, 0, 0, 0, zone).AddDate(0, -1, 10)
	var past []domain.DecidedCase
	for n := range 4 {
		at := day.Add(time.Duration(n) * 10 * time.Minute)
		c := domain.DecidedCase{
			Order: domain.Order{
				No: domain.OrderNo(fmt.Sprintf("W-%d", n)), Store: "S031", PlacedAt: at, BusinessDay: at, State: domain.Cancelled, Total: 43_200,
				Lines: []domain.Line{{No: 1, Product: milk, Quantity: 36_000, Price: 1_200, Amount: 43_200}},
			},
			Kind: domain.WrongOrder, With: domain.CustomerService, Rule: "repeat", Version: 1, AtRisk: 43_200, Blocks: true, Raised: at,
			Claimed: at.Add(6 * time.Minute), Closed: at.Add(15*time.Minute + 30*time.Second), By: p.login("lin"), Outcome: domain.OrderCancelled, Reason: domain.RealError,
			Effects: []domain.Effect{{Op: domain.EffectCancelOrder}},
			Changed: []domain.ResolvedLine{{Line: 1, Product: milk, Old: 36_000, OldAmount: 43_200}},
		}
		if n == 3 {
			c.Order.Store, c.By, c.Outcome, c.Reason, c.Effects, c.Changed = "S033", p.login("wang"), domain.FalseAlarm, domain.RuleWrong, nil, nil
		}
		past = append(past, c)
	}
	if err := admin.PutDecided(t.Context(), past, nil); err != nil {
		t.Fatal(err)
	}
	return p, day
}

// TestATrainingIsHeldByKeys: the operations department finds the store that errs, looks
// at a case of it, reads the procedure and writes down what it did.
func TestATrainingIsHeldByKeys(t *testing.T) {
	t.Parallel()
	p, day := remembered(t)
	x := newTerminal(t, seating{env: append(p.seat("xu"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("9 培训")
	x.press("9")
	x.sees("该培训谁")
	x.press("[")
	x.sees("该培训谁, "+day.Format("2006-01"), "望京店 S031", "还没为此培训过", "W-2", "下错订单")
	x.press("?")
	x.sees("帮助: 培训", "3.1.12", "看发货没有")
	x.press("Escape")
	x.sees("换月")
	x.press("Enter")
	x.sees("个案3件")
	x.press("Enter")
	x.sees("下错订单", "W-2")
	x.press("Escape")
	x.sees("个案3件")
	x.press("Escape")
	x.sees("记培训", "还没为此培训过")
	x.press("C-s")
	x.sees("记培训: 望京店 S031", "培训什么")
	x.press("1")
	x.sees("哪天")
	x.press("Enter")
	x.sees("怎么培训的")
	x.write("show")
	x.press("C-s")
	x.sees("再按 ctrl+s 写入", "本月3次")
	p.want("0", "SELECT count(*) FROM cleardesk.training")
	x.settle()
	x.press("C-s")
	x.sees("已记下: 望京店 S031")
	p.want("S031 wrong_orders show "+string(p.login("xu")), "SELECT store || ' ' || topic || ' ' || note || ' ' || by_login FROM cleardesk.training")
	x.press("]")
	x.sees("望京店 S031", "尚早: ")

	y := newTerminal(t, seating{env: append(p.seat("lin"), "LANG=en_US.UTF-8")})
	y.enter("cleardesk")
	y.sees("7 Reports")
	y.press(":")
	y.sees("Find")
	y.write("Training")
	y.sees("> ", "Training")
	y.press("Enter")
	y.sees("who would gain from training")
	y.press("C-s")
	y.sees("training")
	p.want("1", "SELECT count(*) FROM cleardesk.training")
}

// TestReportsAreTheCommandsFigures: the manager turns back to a week, sees what the command
// line counts of it, and opens a figure into its cases.
func TestReportsAreTheCommandsFigures(t *testing.T) {
	t.Parallel()
	p, day := remembered(t)
	monday := domain.WeekOf(day)
	_, out, problems := command(t, p.DB, "zheng", "report", "week", "--week", monday.Format(time.DateOnly), "--format", "csv")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || problems != "" || len(rows) != 4 {
		t.Fatalf("%v %s %v", err, problems, rows)
	}
	if got := strings.Join(rows[3], ","); got != ",,4,0,4,0,6.0,6.0,15.5,15.5,1728.00,1296.00,0.00" {
		t.Errorf("the command counts %s", got)
	}
	if _, out, _ := command(t, p.DB, "zheng", "export", "settlements", "--bom"); !strings.HasPrefix(out, "\ufeffweek,signed,store,") {
		t.Errorf("settlements begin with %q", out[:min(len(out), 20)])
	}
	x := newTerminal(t, seating{env: append(p.seat("zheng"), "LANG=en_US.UTF-8"), w: 200, h: 60})
	x.enter("cleardesk")
	x.sees("7 Reports")
	x.press("7")
	x.sees("[week]", "all days")
	for w := domain.WeekOf(time.Now().In(day.Location())); w.After(monday); w = w.AddDate(0, 0, -7) {
		x.press("[")
		x.sees(w.AddDate(0, 0, -7).Format(time.DateOnly) + " to ")
	}
	x.until("the screen has the command's figures", func(s string) bool {
		for _, line := range strings.Split(s, "\n") {
			if f := strings.Fields(strings.Split(line, "│")[0]); len(f) > 3 && f[0] == ">" && f[1] == "all" {
				return strings.Join(f[3:], " ") == "4 - 4 6.0 6.0 15.5 15.5 1,728.00 1,296.00 -"
			}
		}
		return false
	})
	x.press("Enter")
	x.sees("all days: 7 entries", "W-3", "saved")
	x.press("Enter")
	x.sees("W-0")
	x.press("Escape")
	x.sees("all days: 7 entries")
	x.press("Escape")
	x.sees("kinds, all days")
	x.press("Tab")
	x.sees("[people]", "Lin Mei", "Wang Lei", "everybody")
	x.press("Tab")
	x.sees("[shifts]", "all shifts", "in no shift")
	x.press("Tab")
	x.sees("[precision]", "repeat v1", "75.0 %", "30.1 to 95.4")
}
