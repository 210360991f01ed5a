package main

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/db/embedded"
	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// platform is a small platform on a database of its own: four stores that order milk
// in cases of 12, now and in the two months before, two agents, a manager, and a judge.
type platform struct {
	*dbtest.DB
	t     *testing.T
	admin *sqlx.DB
	in    *db.Intake
	now   time.Time
}

const (
	milk   = "P1007" // 12.00 a bag, in steps of 12
	apples = "P2001" // 5.78 a kilogram, in steps of 0.5
)

func newPlatform(t *testing.T, d *dbtest.DB) *platform {
	t.Helper()
	p := &platform{DB: d, t: t, now: time.Now()}
	p.admin = p.Admin(t)
	admin := p.open(p.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	alone := domain.Setting{Name: "cause.members", Scope: domain.ScopePlatform, Value: "100"} // orders with one wrong step stay rows of their own
	if err := putAll(t.Context(), admin, append(demo.Settings(p.now), alone)); err != nil {
		t.Fatal(err)
	}
	for _, s := range []domain.Staff{
		{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Roles: []domain.Role{domain.RoleAgent}},
		{Login: "wang", Name: "王磊", NameEn: "Wang Lei", Roles: []domain.Role{domain.RoleAgent}},
		{Login: "zheng", Name: "郑爽", NameEn: "Zheng Shuang", Roles: []domain.Role{domain.RoleManager, domain.RoleAgent}},
	} {
		s.Login, s.Active = p.login(string(s.Login)), true
		if err := admin.AddStaff(t.Context(), uuid.New(), s); err != nil {
			t.Fatal(err)
		}
	}
	p.exec(`INSERT INTO cleardesk.store (code, name, name_en, manager, manager_en, phone, cod_limit) VALUES
		('S031', '望京店', 'Wangjing', '陈静', 'Chen Jing', '139 0000 0000', 2000000), ('S033', '劲松店', 'Jinsong', '', '', '138 1111 2222', 2000000),
		('S035', '方庄店', 'Fangzhuang', '', '', '138 1111 3333', 2000000), ('S014', '朝阳路店', 'Chaoyang', '', '', '138 1111 4444', 2000000);
		INSERT INTO cleardesk.product (code, name, name_en, unit, unit_en, weighed, step, case_size, price, stock) VALUES
		('P1007', '鲜牛奶250ml', 'Fresh milk 250 ml', '袋', 'bags', false, 12000, 12000, 1200, 1240000),
		('P2001', '苹果', 'Apples', 'kg', 'kg', true, 500, NULL, 578, 900000)`)
	program := p.DSN(p.Login(t, "program", "intake"))
	in, err := db.OpenIntake(program)
	if err != nil {
		t.Fatal(err)
	}
	p.in = in
	t.Cleanup(func() { _ = in.Close() })
	p.judge(program)
	return p
}

func (p *platform) open(dsn string, o db.Options) *db.Store {
	p.t.Helper()
	s, err := db.Open(dsn, o)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = s.Close() })
	return s
}

// judge judges what comes in until the test is over.
func (p *platform) judge(dsn string) {
	p.t.Helper()
	store, err := db.Open(dsn, db.Options{App: "cleardesk/judge"})
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(p.t.Context())
	var work sync.WaitGroup
	work.Go(func() {
		if err := db.NewJudge(store, db.JudgeOptions{KindWords: kindWords()}).Run(ctx, true); err != nil {
			p.t.Errorf("judge: %v", err)
		}
	})
	p.t.Cleanup(func() { stop(); work.Wait(); _ = store.Close() })
}

// login is the name of a person's login here: roles belong to the server, and other
// tests have their lin too.
func (p *platform) login(name string) domain.Login { return domain.Login(name + "_" + p.Name()) }

// seat gives the environment in which a person's desk opens here.
func (p *platform) seat(name string) []string {
	return []string{"CLEARDESK_DSN=" + p.DSN(string(p.login(name)))}
}

func (p *platform) exec(query string, args ...any) {
	p.t.Helper()
	if _, err := p.admin.ExecContext(p.t.Context(), query, args...); err != nil {
		p.t.Fatal(err)
	}
}

// value gives the one value of a query as text.
func (p *platform) value(query string, args ...any) string {
	p.t.Helper()
	var s string
	if err := p.admin.GetContext(p.t.Context(), &s, "SELECT coalesce(("+query+")::text, '')", args...); err != nil {
		p.t.Fatalf("%s: %v", query, err)
	}
	return s
}

func (p *platform) want(want, query string, args ...any) {
	p.t.Helper()
	if got := p.value(query, args...); got != want {
		p.t.Errorf("%s is %q, want %q", query, got, want)
	}
}

// until waits for a query to give a value.
func (p *platform) until(want, query string, args ...any) {
	p.t.Helper()
	limit, tick := time.After(patience), time.NewTicker(20*time.Millisecond)
	defer tick.Stop()
	for {
		got := p.value(query, args...)
		if got == want {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			p.t.Fatalf("%s is still %q, not %q", query, got, want)
		}
	}
}

// written counts what was ever written by people, but for who is away: that one key says,
// and takes back.
func (p *platform) written() string {
	p.t.Helper()
	return p.value("SELECT count(*) FROM cleardesk.audit WHERE act <> 'set_away'")
}

type ordered struct {
	product  domain.ProductCode
	quantity domain.Quantity
	price    domain.Money
}

func (p *platform) order(no, store string, at time.Time, lines ...ordered) domain.Order {
	o := domain.Order{No: domain.OrderNo(no), Store: domain.StoreCode(store), PlacedAt: at}
	for i, l := range lines {
		o.Lines = append(o.Lines, domain.Line{No: i + 1, Product: l.product, Quantity: l.quantity, Price: l.price})
	}
	return o
}

// usual gives every store two months of ordinary orders.
func (p *platform) usual() {
	p.t.Helper()
	var past []domain.Order
	for day := 60; day >= 1; day -= 2 {
		at := p.now.AddDate(0, 0, -day)
		for i, store := range []string{"S031", "S033", "S035", "S014"} {
			bags := domain.Quantity(24+12*((day/2+i)%4)) * 1000
			past = append(past, p.order(fmt.Sprintf("%s-%02d%d", at.Format("0102"), day, i), store, at,
				ordered{milk, bags, 1200}, ordered{apples, domain.Quantity(15+(day/2+i)%9) * 1000, 578}))
		}
	}
	p.takeIn(past, true)
}

// arrive lets orders of now come in and waits until they are judged.
func (p *platform) arrive(orders ...domain.Order) {
	p.t.Helper()
	p.takeIn(orders, false)
}

func (p *platform) takeIn(orders []domain.Order, history bool) {
	p.t.Helper()
	if err := takeOrders(p.t.Context(), p.in, orders, history); err != nil {
		p.t.Fatal(err)
	}
	p.until("0", "SELECT count(*) FROM cleardesk.waiting")
}

// oddOrders are n orders of one store each, in turn, that break the step of apples.
func (p *platform) oddOrders(n int) []domain.Order {
	stores := []string{"S031", "S033", "S035", "S014"}
	var all []domain.Order
	for i := range n {
		all = append(all, p.order(fmt.Sprintf("1123-9%03d", i+1), stores[i%len(stores)], p.now,
			ordered{apples, domain.Quantity(10+i)*1000 + 300, 578}))
	}
	return all
}
