package main

import (
	"context"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/db/embedded"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// TestADayOfDeliveriesByKeys: logistics finds an order that never came, two without a van
// and one held past picking; gives each its destination and signs the day, which the
// manager was told of meanwhile.
func TestADayOfDeliveriesByKeys(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	admin := p.open(p.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	qian := domain.Staff{Login: p.login("qian"), Name: "钱进", NameEn: "Qian Jin", Roles: []domain.Role{domain.RoleLogistics}, Active: true}
	if err := admin.AddStaff(t.Context(), uuid.New(), qian); err != nil {
		t.Fatal(err)
	}
	p.usual()
	var over []domain.Setting // it is between 13:30 and 14:30 here
	for name, at := range map[string]string{"window.closes": "13:10", "picking.at": "13:15", "picking.until": "13:20", "deliver.sign_by": "13:25"} {
		over = append(over, domain.Setting{Name: name, Scope: domain.ScopePlatform, Value: at})
	}
	if err := putAll(t.Context(), admin, over); err != nil {
		t.Fatal(err)
	}
	odd := p.oddOrders(3)[2]
	odd.No = "1123-0504"
	p.arrive(p.order("1123-0501", "S031", p.now, ordered{milk, 36_000, 1200}), p.order("1123-0502", "S033", p.now, ordered{milk, 36_000, 1200}), odd)
	p.countedToday(4, 2*43_200+7_109+20_000)
	p.until("1", "SELECT count(*) FROM cleardesk.task WHERE what = 'day_unsigned' AND lies_with = 'manager' AND closed_at IS NULL")

	x := newTerminal(t, seating{env: p.seat("qian")})
	x.enter("cleardesk")
	x.sees("2 Deliveries[4]")
	x.press("2")
	x.sees("1 short", "accepted, not scheduled", "> Missing 1123-0503", "Held    1123-0504", "left out between 1123-0502 and 1123-0504", "¥200.00")
	x.press("C-s")
	x.sees("No destination yet: missing 1, no van 2, held 1")
	wrote := func(note string) {
		t.Helper()
		x.press(note, "C-s")
		x.sees("again writes")
		x.settle()
		x.press("C-s")
	}
	x.press("Enter")
	x.sees("sent again")
	x.press("3")
	wrote("rang them")
	x.sees("1123-0503: sent again", "> No van  1123-0501")
	x.press("Space", "Space", "+")
	x.sees("2 marked")
	x.press("1")
	x.sees("at the store")
	x.press("Enter")
	wrote("van 2")
	x.sees("done 2, not done 0", "1123-0502")
	x.press("Escape")
	x.sees("> Held    1123-0504", "2 Deliveries[1]")
	x.press("F9")
	x.sees("at the store")
	x.press("Enter")
	wrote("told Ms Wu")
	x.sees("another day", "to handle 0")
	x.press("C-s")
	x.sees("again writes", "missed 2")
	x.settle()
	x.press("C-s")
	x.sees("is signed", "Qian Jin")
	p.want("2 "+string(p.login("qian")), "SELECT missed || ' ' || by_login FROM cleardesk.day_signed")
	p.want("3", "SELECT count(*) FROM cleardesk.promise")
	p.want("0", "SELECT count(*) FROM cleardesk.task WHERE closed_at IS NULL")
	x.press("Tab")
	x.sees("late 0")
}

// countedToday brings what the platform counted of today.
func (p *platform) countedToday(orders int, amount domain.Money) {
	p.t.Helper()
	day := p.value("SELECT (now() AT TIME ZONE cleardesk.platform_zone())::date")
	id := uuid.New()
	for _, do := range []func(context.Context) error{
		func(ctx context.Context) error {
			_, err := p.in.Start(ctx, id, db.ImportTotals, "totals.csv", db.ImportOptions{})
			return err
		},
		func(ctx context.Context) error {
			return p.in.StageRows(ctx, id, 1, []db.StagedRow{{Row: 1, Values: map[string]any{
				"code": day, "orders": orders, "amount": int64(amount), "counted_at": time.Now().Format(time.RFC3339Nano),
			}}})
		},
		func(ctx context.Context) error {
			_, err := p.in.ApplyRows(ctx, id, 1, 1)
			return err
		},
	} {
		if err := do(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
	}
}
