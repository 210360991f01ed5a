package correct_test

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
	"cleardesk/tui/correct"
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
		if err := os.WriteFile(file, []byte(got+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got+"\n"); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// fake answers with a file and keeps what is written.
type fake struct {
	mu         sync.Mutex
	file       domain.CorrectionFile
	reads      int
	made       []domain.Correction
	ops        []uuid.UUID
	everywhere []domain.ProductExchange
	fail       error
}

func (f *fake) CorrectionFile(context.Context, domain.ProductCode, domain.CaseID) (domain.CorrectionFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	return f.file, nil
}

func (f *fake) Correct(_ context.Context, op uuid.UUID, c domain.Correction) (domain.Corrected, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.made, f.ops = append(f.made, c), append(f.ops, op)
	done := domain.Corrected{Cleared: []domain.AnomalyID{1, 2}, Left: []domain.AnomalyID{3}, Listed: []domain.OrderID{4}}
	if c.Tell {
		done.Cleared, done.Told = append(done.Cleared, 20), []domain.CaseID{20}
	}
	return done, f.fail
}

func (f *fake) ExchangeProduct(_ context.Context, op uuid.UUID, e domain.ProductExchange) (domain.ExchangeOpened, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.everywhere, f.ops = append(f.everywhere, e), append(f.ops, op)
	return domain.ExchangeOpened{Events: 11, Stores: 9}, f.fail
}

var zone = time.FixedZone("Asia/Shanghai", 8*3600)

func clockAt(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, zone)
}

func ptr(q domain.Quantity) *domain.Quantity { return &q }

// pork is the product of the drawing: a step of 5 kg where it was half a kilogram.
func pork() domain.CorrectionFile {
	f := domain.CorrectionFile{
		Product: domain.Product{
			Code: "P4001", Name: "五花肉", NameEn: "Pork belly", Unit: "kg", UnitEn: "kg", Weighed: true, Step: ptr(5_000), StepVersion: 3,
			Price: 2790, Status: domain.ProductNormal, Stock: ptr(312_400), Reserved: 100_000,
		},
		Supplier: "顺源",
		Corrections: []domain.CorrectionMade{
			{
				ID: 9, What: domain.CorrectStep, Old: "500", New: "5000", Reason: domain.WrongEntry, By: "li", ByName: "李青", ByNameEn: "Li Qing",
				At: clockAt(23, 9, 2),
			},
		},
		Imported: ptr(5_000),
		Ordered: []domain.OrderedTimes{
			{Quantity: 500, Lines: 209}, {Quantity: 1_000, Lines: 328}, {Quantity: 5_000, Lines: 74}, {Quantity: 7_250, Lines: 1},
		},
		ReadAt: clockAt(23, 13, 40),
	}
	for i, s := range []struct {
		code   domain.StoreCode
		zh, en string
		q      domain.Quantity
	}{
		{"S014", "朝阳路店", "Chaoyang", 8_000},
		{"S002", "天桥店", "Tianqiao", 18_300},
		{"S044", "回龙观店", "Huilongguan", 12_500},
		{"S040", "亚运村店", "Yayuncun", 7_250},
		{"S008", "大望路店", "Dawanglu", 20_500},
		{"S022", "劲松店", "Jinsong", 9_500},
		{"S025", "方庄店", "Fangzhuang", 14_000},
		{"S052", "角门店", "Jiaomen", 3_500},
		{"S047", "甘露园店", "Ganluyuan", 11_000},
		{"S036", "丰台店", "Fengtai", 5_500},
		{"S029", "十里堡店", "Shilipu", 16_000},
		{"S019", "双井店", "Shuangjing", 6_000},
	} {
		c := domain.CorrectionCase{
			Row: domain.QueueRow{
				Case: domain.CaseID(i + 1), With: domain.Procurement, State: domain.CaseOpen, Store: s.code, StoreName: s.zh, StoreNameEn: s.en,
				OrderID: domain.OrderID(100 + i), OrderNo: domain.OrderNo("1123-03" + string(rune('5'+i/10)) + string(rune('0'+i%10))), Rank: float64(i),
			},
			Anomaly: domain.AnomalyID(i + 1), Kind: domain.StepMismatch, Line: 1, Quantity: s.q,
		}
		f.Open = append(f.Open, c)
	}
	f.Open[5].Row.Holder = &domain.Holder{Login: "lin", Name: "林梅", NameEn: "Lin Mei"}
	f.Open[5].Row.Draft = true
	f.Open[5].Others = []domain.Hold{{ID: 1, Line: 3, Kind: domain.QuantitySurge}}
	for i := range 5 {
		at := clockAt(23, 13, 2+i*8)
		f.Attempts = append(f.Attempts, domain.Event{
			ID: domain.EventID(i + 1), What: domain.EventAttempt, Store: domain.StoreCode("S06" + string(rune('0'+i))), At: at, Why: domain.ToldStep,
			Lines: []domain.EventLine{{Product: "P4001", Quantity: ptr(3_500)}},
		})
	}
	f.Open = append(f.Open, domain.CorrectionCase{
		Row: domain.QueueRow{
			Case: 20, With: domain.Procurement, State: domain.CaseOpen, Store: "S060", StoreName: "八角店", StoreNameEn: "Bajiao", Rank: 30,
		},
		Anomaly: 20, Kind: domain.NotOrderable, Quantity: 3_500, Told: domain.ToldStep,
	}, domain.CorrectionCase{
		Row: domain.QueueRow{
			Case: 21, With: domain.Procurement, State: domain.CaseOpen, Store: "S051", StoreName: "鲁谷店", StoreNameEn: "Lugu", OrderID: 210,
			OrderNo: "1123-0401", Rank: 40,
		},
		Anomaly: 21, Kind: domain.ZeroStock, Line: 2, Quantity: 250_000,
	})
	for i := range 6 {
		f.Accepted = append(f.Accepted, domain.CorrectionLine{Order: domain.OrderID(300 + i), Line: 1, Quantity: 5_000})
	}
	f.StockMoves = []domain.StockMove{
		{At: clockAt(23, 6, 0), Why: "told", Delta: 332_400, Stock: 332_400}, {At: clockAt(23, 13, 20), Why: "shipped", Delta: -20_000, Stock: 312_400},
	}
	return f
}

// world is the screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	clock *tuitest.Clock
	view  *correct.View
	desk  *ui.Desk
}

func open(tb testing.TB, lang text.Lang, f domain.CorrectionFile, of domain.CaseID, w, h int) *world {
	tb.Helper()
	return openAs(tb, lang, &fake{file: f}, of, domain.RoleProcurement, w, h)
}

func openAs(tb testing.TB, lang text.Lang, f *fake, of domain.CaseID, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(clockAt(23, 13, 40))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "wangjian", Name: "王建", NameEn: "Wang Jian", Roles: []domain.Role{role}},
		Conn: ui.Conn{State: ui.Live},
	})
	v := correct.New(ui.NewEnv(d, "correct"), f, ui.OpenCorrection{Product: "P4001", Case: of})
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, clock: clock, view: v, desk: d}
}

// write presses ctrl+s twice, with the question long enough on the screen.
func (w *world) write() {
	w.Press("ctrl+s")
	w.Advance(400 * time.Millisecond)
	w.Press("ctrl+s")
}

// keys presses keys; "type:" types the rest.
func (w *world) keys(all ...string) {
	for _, k := range all {
		if s, ok := strings.CutPrefix(k, "type:"); ok {
			w.Type(s)
			continue
		}
		w.Press(k)
	}
}

// foot is what stands above the keys.
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
