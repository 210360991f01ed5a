package catalogue_test

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
	"cleardesk/tui/catalogue"
	"cleardesk/tui/cell"
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

func units(n int64) *domain.Quantity {
	q := domain.Units(n)
	return &q
}

// verified is what was said of a case's quantities.
type verified struct {
	Case  domain.CaseID
	Lines []int
	OK    bool
	Note  string
}

// settled is which value a clash was settled with.
type settled struct {
	Task domain.TaskID
	Side domain.ClashSide
	Note string
}

// fake is the database of these tests.
type fake struct {
	mu       sync.Mutex
	all      domain.Catalogue
	file     domain.ProductFile
	err      error
	failFor  domain.CaseID
	reads    int
	verified []verified
	settled  []settled
	edits    []domain.ProductEdit
	ops      []uuid.UUID
}

func (f *fake) Catalogue(context.Context) (domain.Catalogue, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	return f.all, nil
}

func (f *fake) ProductFile(context.Context, domain.ProductCode) (domain.ProductFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	return f.file, nil
}

func (f *fake) VerifyQuantity(_ context.Context, op uuid.UUID, id domain.CaseID, lines []int, ok bool, note string) (domain.Moved, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err != nil || id == f.failFor {
		return domain.Moved{}, domain.Errorf(domain.Taken, "verify", "held")
	}
	f.verified = append(f.verified, verified{id, lines, ok, note})
	return domain.Moved{}, nil
}

func (f *fake) SettleClash(_ context.Context, op uuid.UUID, c domain.Clash, side domain.ClashSide, note string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err == nil {
		f.settled = append(f.settled, settled{c.Task, side, note})
	}
	return f.err
}

func (f *fake) EditProduct(_ context.Context, op uuid.UUID, e domain.ProductEdit) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err == nil {
		f.edits = append(f.edits, e)
	}
	return f.err
}

func cleaner() domain.Product {
	return domain.Product{
		Code: "P9017", Name: "洁厕灵500g", NameEn: "Toilet cleaner 500 g", Unit: "瓶", UnitEn: "bottle", Category: "household", Step: units(6), Case: units(20),
		Price: 680, Supplier: "V21", Status: domain.ProductNormal, Stock: units(21_678), Reserved: domain.Units(936), VerifyAbove: units(378),
	}
}

func greens() domain.Product {
	step := domain.Unit / 2
	return domain.Product{
		Code: "P5105", Name: "油麦菜", NameEn: "Leaf lettuce", Unit: "kg", UnitEn: "kg", Weighed: true, Step: &step, Price: 480, Status: domain.ProductNormal,
		Stock: units(900), ToleranceRate: 300, ToleranceAbs: 100,
	}
}

// drawn is a catalogue with each list filled.
func drawn() *fake {
	limits := domain.StandardLimits{ToleranceRate: 50}
	milk := cleaner()
	milk.Code, milk.Name, milk.NameEn, milk.Category, milk.Case, milk.Unit, milk.UnitEn = "P1001", "鲜牛奶950ml", "", "dairy", units(12), "盒", ""
	all := []domain.Product{cleaner(), greens(), milk}
	f := &fake{all: domain.Catalogue{Limits: limits, Products: 468, Standings: domain.Standings(all, limits), ReadAt: at(13, 40)}}
	stakes := []domain.Stake{{Orders: 231, Money: 10_016_400, Cases: 2}, {Orders: 30, Money: 1_007_000}, {Orders: 400, Money: 3_000_000}}
	for i := range f.all.Standings {
		f.all.Standings[i].Stake, f.all.Standings[i].Supplier = stakes[i], []string{"洁家日化", "", "三元"}[i]
	}
	domain.SortStandings(f.all.Standings)
	due := at(15, 0)
	lines := []domain.VerifyLine{
		{Line: 1, Product: cleaner(), Quantity: domain.Units(840), UsualLow: domain.Units(24), UsualHigh: domain.Units(42), Median: domain.Units(30), Note: "店长说是团购, 请核有没有货"},
		{Line: 4, Product: greens(), Quantity: domain.Units(1_000)},
	}
	for i, store := range []domain.QueueRow{
		{Case: 71, Store: "S057", StoreName: "鲁谷店", StoreNameEn: "Lugu", OrderNo: "1123-0341", OrderID: 9, NextAt: &due, AtRisk: 542_640},
		{
			Case: 72, Store: "S022", StoreName: "劲松店", StoreNameEn: "Jinsong", OrderNo: "1123-0366", OrderID: 8, NextAt: &due, AtRisk: 91_000,
			Holder: &domain.Holder{Login: "li", Name: "李想", NameEn: "Li Xiang"},
		},
	} {
		store.With = domain.Procurement
		f.all.Verify = append(f.all.Verify, domain.Verification{Row: store, Lines: lines[:2-i]})
	}
	f.all.Clashes = clashes()
	f.file = domain.ProductFile{
		Standing: f.all.Standings[0], Version: 4, Limits: limits, Categories: []string{"dairy", "household"},
		Suppliers: []domain.Supplier{{Code: "V21", Name: "洁家日化", NameEn: "Jiejia"}, {Code: "V22", Name: "净源", NameEn: "Jingyuan"}},
		Waiting:   []domain.ProductField{domain.FieldNameEn},
		Changes: []domain.ProductChange{
			{At: at(9, 2), Field: domain.FieldNameEn, What: domain.ChangeEdited, Old: "", New: "Toilet cleaner 500 g", Reason: domain.WrongEntry, By: "jian", ByName: "王建", ByNameEn: "Wang Jian"},
			{At: at(8, 30), Field: domain.FieldStep, What: domain.ChangeCorrected, Old: "12000", New: "6000", Reason: domain.OtherReason, Note: "小包装", By: "jian", ByName: "王建", ByNameEn: "Wang Jian"},
			{At: at(8, 0), Field: domain.FieldSupplier, What: domain.ChangeKept, Old: "V22", New: "V21", Reason: domain.WrongImport, By: "jian", ByName: "王建", ByNameEn: "Wang Jian"},
		},
	}
	return f
}

func clashes() []domain.Clash {
	last := &domain.ProductChange{At: at(9, 5), What: domain.ChangeCorrected, Old: "12000", New: "6000", Reason: domain.NewPack, By: "jian", ByName: "王建", ByNameEn: "Wang Jian"}
	return []domain.Clash{
		{Task: 5, Product: cleaner(), Field: domain.FieldStep, File: "12000", Here: []byte("6000"), At: at(11, 0), AtRisk: 5_000, Last: last},
		{Task: 6, Product: greens(), Field: domain.FieldCategory, File: "vegetables", Here: []byte(`""`), At: at(11, 0)},
		{Task: 7, Product: greens(), Field: domain.FieldStep, File: "", Here: []byte("500"), At: at(11, 0)},
	}
}

// world is a screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	view  ui.View
}

func desk(tb testing.TB, clock *tuitest.Clock, lang text.Lang, role domain.Role) *ui.Desk {
	tb.Helper()
	return ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer, Zone: zone,
		Me: domain.Staff{Login: "jian", Name: "王建", NameEn: "Wang Jian", Roles: []domain.Role{role}}, Conn: ui.Conn{State: ui.Live},
	})
}

// open opens the lists, openProduct one product.
func open(tb testing.TB, lang text.Lang, f *fake, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(13, 40))
	v := catalogue.New(ui.NewEnv(desk(tb, clock, lang, role), "catalogue"), f)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, view: v}
}

func openProduct(tb testing.TB, lang text.Lang, f *fake, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(13, 40))
	v := catalogue.NewProduct(ui.NewEnv(desk(tb, clock, lang, role), "product"), f, f.file.Product.Code)
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
