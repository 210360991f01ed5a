package returns_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/returns"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/muesli/termenv"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s: %s", name, d)
	}
}

var zone = time.FixedZone("Asia/Shanghai", 8*3600)

func at(hour, minute int) time.Time { return time.Date(2026, 11, 23, hour, minute, 0, 0, zone) }

// fake is the database of these tests.
type fake struct {
	mu    sync.Mutex
	lines []domain.ReturnLine
	fails map[domain.CaseID]error
	found map[domain.CaseID]domain.Finding
	ops   map[uuid.UUID]bool
}

func (f *fake) Returns(context.Context) ([]domain.ReturnLine, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]domain.ReturnLine(nil), f.lines...), nil
}

func (f *fake) RecordFinding(_ context.Context, op uuid.UUID, id domain.CaseID, x domain.Finding) (domain.Moved, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops[op] = true
	if err := f.fails[id]; err != nil {
		return domain.Moved{}, err
	}
	f.found[id] = x
	return domain.Moved{Case: id}, nil
}

// day is a day's returns, one of each stage and more.
func day() *fake {
	f := &fake{fails: map[domain.CaseID]error{}, found: map[domain.CaseID]domain.Finding{}, ops: map[uuid.UUID]bool{}}
	finding := func(what domain.FindingKind, answer domain.FindingAnswer, q int64, hour int, note string) *domain.Finding {
		x := &domain.Finding{What: what, Answer: answer, Note: note, By: "jian", ByName: "王建", ByNameEn: "Wang Jian", At: at(hour, 5)}
		if q > 0 {
			some := domain.Units(q)
			x.Quantity = &some
		}
		return x
	}
	asked := func(hour, minute int) *domain.Finding {
		x := finding(domain.FindSupplier, domain.FoundAsked, 0, 10, "")
		due := at(hour, minute)
		x.Due = &due
		return x
	}
	add := func(store, storeEn, name, nameEn, supplier string, q int64, with domain.Department) *domain.ReturnLine {
		n := len(f.lines) + 1
		next := at(15, 30+n)
		f.lines = append(f.lines, domain.ReturnLine{
			Anomaly: domain.AnomalyID(n), Case: domain.CaseID(100 + n), With: with, Store: domain.StoreCode("S0" + string(rune('0'+n))),
			StoreName: store, StoreNameEn: storeEn, Order: domain.OrderID(n), OrderNo: domain.OrderNo("1122-030" + string(rune('0'+n))), Line: n,
			Product: domain.Product{
				Code: domain.ProductCode("P10" + string(rune('0'+n))), Name: name, NameEn: nameEn, Unit: "盒", UnitEn: "box", Price: 1250,
				Supplier: domain.SupplierCode("V" + supplier),
			},
			Supplier: supplier, Price: 1250, Why: domain.ToldExpiry, Said: "还剩两天", Came: domain.Units(36), Asked: domain.Units(q), At: at(9, 10+n),
			Rank: float64(100 - n), NextAt: &next,
		})
		return &f.lines[n-1]
	}
	add("回龙观店", "Huilongguan", "酸奶原味180g", "Yoghurt 180 g", "顺源", 12, domain.CustomerService)
	add("亚运村店", "Yayuncun", "冻虾仁", "Frozen shrimp", "海顺", 4, domain.Procurement)
	add("天桥店", "Tianqiao", "鲜牛奶250ml", "Fresh milk 250 ml", "顺源", 12, domain.Procurement).Goods = finding(domain.FindGoods, domain.FoundPart, 10, 9, "两盒破了")
	r := add("望京店", "Wangjing", "速冻水饺1kg", "Dumplings 1 kg", "雪香", 6, domain.Procurement)
	r.Goods, r.Query = finding(domain.FindGoods, domain.FoundYes, 0, 9, ""), asked(17, 0)
	r = add("劲松店", "Jinsong", "奶酪", "Cheese", "顺源", 8, domain.Procurement)
	r.Goods, r.Query = finding(domain.FindGoods, domain.FoundYes, 0, 9, ""), asked(13, 0)
	r = add("方庄店", "Fangzhuang", "黄油", "Butter", "顺源", 12, domain.CustomerService)
	r.Goods, r.Answer = finding(domain.FindGoods, domain.FoundPart, 10, 9, ""), finding(domain.FindSupplier, domain.FoundPart, 8, 11, "两盒已拆")
	r = add("角门店", "Jiaomen", "奶油", "Cream", "", 3, domain.CustomerService)
	r.Goods = finding(domain.FindGoods, domain.FoundNo, 0, 9, "不是我们的货")
	r = add("丰台店", "Fengtai", "豆腐", "Tofu", "海顺", 5, domain.CustomerService)
	r.Goods, r.Answer = finding(domain.FindGoods, domain.FoundYes, 0, 8, ""), finding(domain.FindSupplier, domain.FoundYes, 0, 9, "")
	r.Ended = &domain.ReturnEnd{Outcome: domain.Returned, Back: domain.Units(5), Paid: -6250, By: "lin", ByName: "林梅", ByNameEn: "Lin Mei", At: at(12, 0)}
	return f
}

// world is the screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	view  *returns.View
}

func open(tb testing.TB, lang text.Lang, f *fake, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(13, 40))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "jian", Name: "王建", NameEn: "Wang Jian", Roles: []domain.Role{role}}, Conn: ui.Conn{State: ui.Live},
	})
	v := returns.New(ui.NewEnv(d, "returns"), f)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, view: v}
}

// confirm presses ctrl+s once the question was long enough on the screen.
func (w *world) confirm() {
	w.Advance(400 * time.Millisecond)
	w.Press("ctrl+s")
}

func (w *world) foot() string {
	var b strings.Builder
	for _, l := range w.view.Message() {
		for _, s := range l.Left {
			b.WriteString(s.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
