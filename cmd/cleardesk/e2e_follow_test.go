package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dbtest"
	"cleardesk/db/embedded"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// buyers puts somebody of procurement on the platform's staff.
func (p *platform) buyers() {
	p.t.Helper()
	admin := p.open(p.DSN(embedded.AdminLogin), db.Options{App: "cleardesk/admin"})
	if err := admin.AddStaff(p.t.Context(), uuid.New(), domain.Staff{
		Login: p.login("jian"), Name: "王建", NameEn: "Wang Jian", Roles: []domain.Role{domain.RoleProcurement}, Active: true,
	}); err != nil {
		p.t.Fatal(err)
	}
}

// tell reads rows in with the command, as a program does, and gives what it said.
func (p *platform) tell(program, kind, head string, rows ...string) string {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), kind+".csv")
	if err := os.WriteFile(path, []byte(head+"\n"+strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
		p.t.Fatal(err)
	}
	cmd := exec.CommandContext(p.t.Context(), binary(p.t), "import", kind, path)
	cmd.Env = append(os.Environ(), "CLEARDESK_DSN="+program)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState.ExitCode() != 3 {
		p.t.Fatalf("import %s: %v\n%s", kind, err, out)
	}
	p.until("0", "SELECT count(*) FROM cleardesk.waiting")
	return string(out)
}

// A file of counts comes in, the manager verifies what differs, procurement corrects the
// stock to it, and the task has ended; all by keys.
func TestACountIsVerifiedAndCorrectedByKeys(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	p.buyers()
	program := p.DSN(p.Login(t, "teller", "intake"))
	at := p.now.Add(-2 * time.Hour).UTC().Truncate(time.Second)
	rows := []string{
		fmt.Sprintf("P1007,1200,%s,老周", at.Format(time.RFC3339)), // 1240 were known
		fmt.Sprintf("P2001,1800斤,%s,老周", at.Format(time.RFC3339)),
		fmt.Sprintf("P1007,5,%s,老周", at.AddDate(0, 0, -9).Format(time.RFC3339)),
	}
	if said := p.tell(program, "counts", "product,quantity,at,by", rows...); !strings.Contains(said, "rejected  1") {
		t.Errorf("said %s", said)
	}
	if said := p.tell(program, "counts", "product,quantity,at,by", rows[:2]...); !strings.Contains(said, "same      2: nothing is new") {
		t.Errorf("said again %s", said)
	}
	// What leaves the house since the count has no part in the difference.
	p.exec(`UPDATE cleardesk.product SET stock = 1140000, gone = 100000 WHERE code = 'P1007';
		INSERT INTO cleardesk.stock_move (product, why, delta, stock) VALUES ('P1007', 'shipped', -100000, 1140000)`)

	manager := newTerminal(t, seating{env: append(p.seat("zheng"), "LANG=zh_CN.UTF-8")})
	manager.enter("cleardesk")
	manager.sees("8 盘点[1]")
	manager.press("8")
	manager.sees("待核实1", "鲜牛奶250ml", "1,200袋", "-40", "¥480")
	manager.press("C-s")
	manager.sees("核实 鲜牛奶250ml -40袋")
	manager.press("C-s")
	manager.sees("再按 ctrl+s")
	manager.settle()
	manager.press("C-s")
	manager.sees("待更正1", "下一步: 采购更正库存")
	p.want("procurement P1007 48000", "SELECT lies_with || ' ' || about || ' ' || at_risk FROM cleardesk.task WHERE what = 'count_difference' AND closed_at IS NULL")

	buyer := newTerminal(t, seating{env: append(p.seat("jian"), "LANG=zh_CN.UTF-8")})
	buyer.enter("cleardesk")
	buyer.sees("8 盘点[1]", "盘点差异")
	buyer.press("8")
	buyer.sees("鲜牛奶250ml", "待更正")
	buyer.press("Enter")
	buyer.sees("实盘", "[ 1200")
	buyer.press("Tab", "Tab", "Tab", "1") // past the time and the listing to the reason
	buyer.press("C-s")
	buyer.sees("再按")
	buyer.settle()
	buyer.press("C-s")
	buyer.sees("没有要处理的")
	p.want("1100000", "SELECT stock FROM cleardesk.product WHERE code = 'P1007'") // 1140 less 40
	p.want("-40000 "+at.Format("15:04:05"), "SELECT delta || ' ' || to_char(counted_at AT TIME ZONE 'UTC', 'HH24:MI:SS') FROM cleardesk.correction")
	p.want("corrected", "SELECT state FROM cleardesk.stock_counted WHERE product = 'P1007'")
	p.want("0", "SELECT count(*) FROM cleardesk.task WHERE what = 'count_difference' AND closed_at IS NULL")
}

// A store wants twelve back, procurement finds ten as told, the supplier takes eight: eight
// go back to stock and settlement. Customer service hands it over and carries it out,
// procurement records what was found; all by keys.
func TestAReturnInPartsByKeys(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, dbtest.New(t))
	p.buyers()
	p.usual()
	p.exec(`INSERT INTO cleardesk.supplier (code, name) VALUES ('V1', '顺源'); UPDATE cleardesk.product SET supplier = 'V1'`)
	p.arrive(p.order("1123-0301", "S031", p.now, ordered{milk, 36_000, 1200}))
	program := p.DSN(p.Login(t, "teller", "intake"))
	soon := func(d time.Duration) string { return p.now.Add(d).UTC().Format(time.RFC3339) }
	p.tell(program, "stages", "order_no,stage,at", "1123-0301,shipped,"+soon(time.Second), "1123-0301,received,"+soon(2*time.Second))
	p.tell(program, "returns", "order_no,at,line_no,quantity,why,text", "1123-0301,"+soon(3*time.Second)+",1,12,expiry,还剩两天")
	p.until("1", "SELECT count(*) FROM cleardesk.anomaly WHERE kind = 'return'")
	before := p.value("SELECT stock FROM cleardesk.product WHERE code = 'P1007'")
	agent := p.open(p.DSN(string(p.login("lin"))), db.Options{App: "cleardesk/test"})
	f := p.returning(agent)
	if _, err := agent.HandOver(t.Context(), uuid.New(), f.Row.Case, f.Row.Version, domain.Procurement, "请验货"); err != nil {
		t.Fatal(err)
	}

	x := newTerminal(t, seating{env: append(p.seat("jian"), "LANG=zh_CN.UTF-8")})
	x.enter("cleardesk")
	x.sees("3 退换[1]")
	x.press("3")
	x.sees("待验货1", "12/-/-袋", "还剩两天", "顺源")
	// Each answer is given once its question stands: keys read together are no answers.
	record := func(done string, answers ...string) {
		t.Helper()
		for i := 0; i < len(answers); i += 2 {
			if key := answers[i]; len(key) == 1 || key == "Enter" {
				x.press(key)
			} else {
				x.write(key)
			}
			x.sees(answers[i+1])
		}
		x.press("C-s")
		x.sees("再按 ctrl+s")
		x.settle()
		x.press("C-s")
		x.sees(done)
	}
	record("12/10/-袋", "+", "1 验货", "1", "2 部分", "2", "多少", "10", "= 10袋", "Enter", "备注(可空)")
	record("已问1", "+", "2 已问供应商", "2", "几时前答复", "23:59", "= 今23:59", "Enter", "备注(可空)")
	record("12/10/8袋", "+", "3 供应商答复", "3", "2 收一部分", "2", "多少", "8", "= 8袋", "Enter", "备注(可空)")
	p.want("customer_service", "SELECT lies_with FROM cleardesk.cases WHERE kind = 'return'")
	p.want("goods part 10000 1, supplier asked  1, supplier part 8000 1", `SELECT string_agg(concat_ws(' ', what, answer, coalesce(quantity::text, ''), line_no), ', ' ORDER BY id)
		FROM cleardesk.finding`)

	p.carryOut(agent)
	p.want("8000", "SELECT stock - "+before+" FROM cleardesk.product WHERE code = 'P1007'")
	p.want("restocked 8000", "SELECT why || ' ' || delta FROM cleardesk.stock_move WHERE why = 'restocked'")
	p.want("return -9600 "+string(p.login("lin")), "SELECT what || ' ' || amount || ' ' || by_login FROM cleardesk.adjustment")
	x.press("F5")
	x.sees("办结1")
	x.press("BTab")
	x.sees("8袋回库", "减免¥96.00")
}

// returning is the case of the return as somebody sees it.
func (p *platform) returning(s *db.Store) domain.CaseFile {
	p.t.Helper()
	var id domain.CaseID
	if err := p.admin.GetContext(p.t.Context(), &id, "SELECT case_id FROM cleardesk.anomaly WHERE kind = 'return'"); err != nil {
		p.t.Fatal(err)
	}
	f, err := s.CaseFile(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	return f
}

// carryOut writes what both agreed to: it is credited and goes back on the shelf.
func (p *platform) carryOut(s *db.Store) {
	p.t.Helper()
	claim, err := s.Claim(p.t.Context(), uuid.New(), p.returning(s).Row.Case)
	if err != nil {
		p.t.Fatal(err)
	}
	f := p.returning(s)
	eight := domain.Units(8)
	write := func(q domain.Quantity) error {
		_, err := s.Resolve(p.t.Context(), uuid.New(), domain.Handled{Case: f.Row.Case, Claim: claim.No, Version: f.Row.Version, Resolutions: []domain.Resolution{{
			Anomaly: f.Anomalies[0].ID, Outcome: domain.Returned, Close: domain.RealError, Reason: domain.WhyNotWanted, Effects: []domain.Effect{
				{Op: domain.EffectAdjust, Line: 1, Amount: -domain.Amount(q, 1200)}, {Op: domain.EffectRestock, Line: 1, Product: milk, Quantity: q},
			},
		}}})
		return err
	}
	if err := write(eight + domain.Unit); domain.CodeOf(err) != domain.Conflict {
		p.t.Errorf("more than was agreed to: %v", err)
	}
	if err := write(eight); err != nil {
		p.t.Fatal(err)
	}
}
