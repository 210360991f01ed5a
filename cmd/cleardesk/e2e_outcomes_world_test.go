package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/db/embedded"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// scene is a platform on which every outcome of one kind has a store, an order and a
// product of its own, numbered from 1 in the order of the rules.
type scene struct {
	*platform
	kind    domain.Kind
	program string // for the commands that read files in
	folder  string
	desks   map[string]*db.Store
}

// Who works here beside the two agents and the manager.
const (
	buyer   = "zhao"
	carrier = "he"
)

func newScene(t *testing.T, kind domain.Kind) *scene {
	t.Helper()
	p := newPlatform(t, dbtest.New(t))
	s := &scene{platform: p, kind: kind, folder: t.TempDir(), desks: map[string]*db.Store{}}
	s.program = p.DSN(p.Login(t, "reader", "intake"))
	admin := p.open(p.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	for login, role := range map[string]domain.Role{buyer: domain.RoleProcurement, carrier: domain.RoleLogistics} {
		if err := admin.AddStaff(t.Context(), uuid.New(), domain.Staff{Login: p.login(login), Name: login, NameEn: login, Roles: []domain.Role{role}, Active: true}); err != nil {
			t.Fatal(err)
		}
	}
	far := p.now.Add(-time.Hour)
	if err := putAll(t.Context(), admin, []domain.Setting{
		{Name: "cause.members", Scope: domain.ScopePlatform, From: far, Value: "100"}, // each by itself here
		{Name: "gap.chances", Scope: domain.ScopePlatform, From: far, Value: "100"},
	}); err != nil {
		t.Fatal(err)
	}
	s.catalogue()
	s.habits()
	return s
}

// n is how many outcomes the kind has.
func (s *scene) n() int { return len(domain.Outcomes(s.kind)) }

func (s *scene) store(i int) string        { return fmt.Sprintf("E%02d", i) }
func (s *scene) number(i int) string       { return fmt.Sprintf("K-%02d", i) }
func (s *scene) scarce(i int) string       { return fmt.Sprintf("SC%02d", i) }
func (s *scene) at(d time.Duration) string { return s.now.Add(d).UTC().Format(time.RFC3339) }

// catalogue makes a store and a scarce product for each outcome.
func (s *scene) catalogue() {
	s.t.Helper()
	limit := 2_000_000
	if s.kind == domain.AmountSurge {
		limit = 40_000 // what they always order is above it
	}
	for i := 1; i <= s.n(); i++ {
		s.exec(`INSERT INTO cleardesk.store (code, name, name_en, phone, cod_limit) VALUES ($1, $2, $4, '138', $3)`, s.store(i), fmt.Sprintf("试点%d店", i), limit, s.store(i))
		s.exec(`INSERT INTO cleardesk.product (code, name, name_en, unit, unit_en, weighed, step, price, stock) VALUES ($1, $2, $3, '盒', 'boxes', false, 1000, 900, 5000)`,
			s.scarce(i), fmt.Sprintf("试品%d", i), s.scarce(i))
	}
	s.exec(`INSERT INTO cleardesk.product (code, name, name_en, unit, unit_en, weighed, step, price, stock) VALUES ('P1008', '酸奶', 'Yoghurt', '盒', 'boxes', false, 1000, 900, 90000)`)
}

// habits gives every store two months of ordinary orders.
func (s *scene) habits() {
	s.t.Helper()
	var past []domain.Order
	for day := 60; day >= 2; day -= 2 {
		for i := 1; i <= s.n(); i++ {
			at := s.now.AddDate(0, 0, -day)
			past = append(past, s.order(fmt.Sprintf("H-%02d-%02d", day, i), s.store(i), at,
				ordered{apples, domain.Quantity(13+(day/2+i)%5) * 1000, 578}, ordered{milk, domain.Quantity(24+12*((day/2+i)%3)) * 1000, 1200}))
		}
	}
	s.takeIn(past, true)
}

// file reads rows in with the command, as a platform does.
func (s *scene) file(kind, head string, rows ...string) {
	s.t.Helper()
	path := filepath.Join(s.folder, kind+".csv")
	if err := os.WriteFile(path, []byte(head+"\n"+strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.CommandContext(s.t.Context(), binary(s.t), "import", kind, path)
	cmd.Env = append(os.Environ(), "CLEARDESK_DSN="+s.program)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("import %s: %v\n%s", kind, err, out)
	}
	s.until("0", "SELECT count(*) FROM cleardesk.waiting")
}

// each makes a row for each outcome.
func (s *scene) each(row func(i int) string) []string {
	var all []string
	for i := 1; i <= s.n(); i++ {
		all = append(all, row(i))
	}
	return all
}

// orders reads an order of each store in, of 15 kg of apples and 36 bags of milk unless
// the kind is about another quantity.
func (s *scene) orders() {
	s.t.Helper()
	kilos, bags, placed := "15", "36", s.at(0)
	switch s.kind {
	case domain.QuantitySurge:
		bags = "480"
	case domain.StepMismatch:
		kilos = "15.3"
	case domain.SlowFulfilment:
		placed = s.at(-24 * time.Hour)
	default:
	}
	var rows []string
	for i := 1; i <= s.n(); i++ {
		line := func(no int, product, quantity, price string) {
			rows = append(rows, fmt.Sprintf("%s,%s,%s,%d,%s,%s,%s", s.number(i), s.store(i), placed, no, product, quantity, price))
		}
		line(1, apples, kilos, "5.78")
		line(2, milk, bags, "12.00")
		if s.kind == domain.ZeroStock {
			line(3, s.scarce(i), "6", "9.00")
		}
	}
	s.file("orders", "order_no,store,placed_at,line_no,product,quantity,unit_price", rows...)
}

// received reads in that the goods of each order have come.
func (s *scene) received() {
	s.t.Helper()
	s.orders()
	var rows []string
	for i := 1; i <= s.n(); i++ {
		for _, stage := range []string{"shipped", "received"} {
			rows = append(rows, fmt.Sprintf("%s,%s,%s", s.number(i), stage, s.at(time.Minute)))
		}
	}
	s.file("stages", "order_no,stage,at", rows...)
}

// happen reads in what raises the kind, as the platform or a store tells it.
func (s *scene) happen() {
	s.t.Helper()
	at := s.at(2 * time.Minute)
	switch s.kind {
	case domain.QuantitySurge, domain.AmountSurge, domain.StepMismatch, domain.ZeroStock:
		s.orders()
	case domain.SlowFulfilment: // found when the judge looks at what is due
		s.orders()
		s.file("stages", "order_no,stage,at,due", s.each(func(i int) string {
			return fmt.Sprintf("%s,planned,%s,%s", s.number(i), s.at(-20*time.Hour), s.at(-time.Hour))
		})...)
	case domain.OrderChange:
		s.orders()
		s.file("stages", "order_no,stage,at", s.number(s.of(domain.ChangeRefused))+",shipped,"+s.at(time.Minute))
		s.file("changes", "order_no,at,line_no,quantity,why,caller", s.each(func(i int) string { return s.number(i) + "," + at + ",2,24,too_many,Chen Jing" })...)
	case domain.WrongOrder:
		s.orders()
		s.file("wrong-orders", "order_no,at,why,caller", s.each(func(i int) string { return s.number(i) + "," + at + ",digit,Chen Jing" })...)
	case domain.Exchange, domain.Return:
		s.received()
		kind := map[domain.Kind]string{domain.Exchange: "exchanges", domain.Return: "returns"}[s.kind]
		s.file(kind, "order_no,at,line_no,quantity,why", s.each(func(i int) string { return s.number(i) + "," + at + ",2,12,wrong_item" })...)
	case domain.ShortWeight, domain.Overweight:
		s.received()
		weight := map[domain.Kind]string{domain.ShortWeight: "13.765", domain.Overweight: "16.235"}[s.kind]
		s.file("receipts", "order_no,at,line_no,weight,slip", s.each(func(i int) string { return s.number(i) + "," + at + ",1," + weight + ",GB-1" })...)
	case domain.Replenishment:
		s.file("attempts", "store,at,product,quantity,why", s.each(func(i int) string { return s.store(i) + "," + s.at(0) + ",P1007,36,window" })...)
	case domain.NotOrderable:
		s.file("attempts", "store,at,product,quantity,step_seen,why", s.each(func(i int) string {
			why := []string{"step", "other", "status", "status", "other"}[i-1]
			return s.store(i) + "," + s.at(0) + "," + s.scarce(i) + ",3,," + why
		})...)
	default:
	}
}

// desk is a person's connection.
func (s *scene) desk(login string) *db.Store {
	s.t.Helper()
	if s.desks[login] == nil {
		s.desks[login] = s.open(s.DSN(string(s.login(login))), db.Options{App: "cleardesk/test"})
	}
	return s.desks[login]
}

// person is who writes an outcome, with the roles they have here.
func (s *scene) person(o domain.Outcome) domain.Staff {
	rule, _ := domain.RuleFor(s.kind, o)
	for _, p := range []domain.Staff{
		{Login: "lin", Roles: []domain.Role{domain.RoleAgent}},
		{Login: "zheng", Roles: []domain.Role{domain.RoleManager, domain.RoleAgent}},
		{Login: buyer, Roles: []domain.Role{domain.RoleProcurement}},
		{Login: carrier, Roles: []domain.Role{domain.RoleLogistics}},
	} {
		if slices.ContainsFunc(rule.Roles, p.Has) {
			return p
		}
	}
	s.t.Fatalf("nobody writes %s", o)
	return domain.Staff{}
}

// caseOf is the case of an outcome.
func (s *scene) caseOf(i int) domain.CaseID {
	s.t.Helper()
	var id domain.CaseID
	s.until("true", `SELECT count(*) > 0 FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id WHERE a.kind = $1 AND c.store = $2`,
		string(s.kind), s.store(i))
	if err := s.admin.GetContext(s.t.Context(), &id, `SELECT a.case_id FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id
		WHERE a.kind = $1 AND c.store = $2 ORDER BY a.id LIMIT 1`, string(s.kind), s.store(i)); err != nil {
		s.t.Fatalf("%s of %s was not raised: %v", s.kind, s.store(i), err)
	}
	return id
}

// lies reads the case of an outcome as its person sees it, after whoever has it handed
// it to where they work.
func (s *scene) lies(i int, who domain.Staff) domain.CaseFile {
	s.t.Helper()
	desk := s.desk("zheng") // a manager works in all departments
	f, err := desk.CaseFile(s.t.Context(), s.caseOf(i))
	if err != nil {
		s.t.Fatal(err)
	}
	at := who.Roles[0].Department()
	if f.Row.With != at && at != domain.Manager {
		if _, err := desk.HandOver(s.t.Context(), uuid.New(), f.Row.Case, f.Row.Version, at, "yours"); err != nil {
			s.t.Fatal(err)
		}
	}
	if f, err = s.desk(string(who.Login)).CaseFile(s.t.Context(), f.Row.Case); err != nil {
		s.t.Fatal(err)
	}
	return f
}
