package settlement_test

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
	"cleardesk/tui/settlement"
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

func at(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }

// fake is the database of these tests.
type fake struct {
	mu      sync.Mutex
	week    domain.Settlement
	files   map[domain.StoreCode]domain.StoreWeekFile
	err     error
	weeks   []time.Time
	reviews []domain.DifferenceReview
	told    []domain.Event
	ops     []uuid.UUID
	signed  []domain.WeekSeen
}

func (f *fake) Settlement(_ context.Context, week time.Time) (domain.Settlement, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.weeks = append(f.weeks, week)
	out := f.week
	out.Week = week
	out.Stores = append([]domain.StoreWeek(nil), f.week.Stores...)
	out.Sort()
	return out, nil
}

func (f *fake) StoreWeek(_ context.Context, _ time.Time, code domain.StoreCode) (domain.StoreWeekFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.files[code]
	out.Store = code
	return out, nil
}

func (f *fake) ReviewDifference(_ context.Context, op uuid.UUID, r domain.DifferenceReview) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err == nil {
		f.reviews = append(f.reviews, r)
	}
	return f.err
}

func (f *fake) SignWeek(_ context.Context, op uuid.UUID, _ time.Time, seen domain.WeekSeen) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err == nil {
		f.signed = append(f.signed, seen)
	}
	return f.err
}

// drawn is the week of the drawing, as far as it goes.
func drawn() *fake {
	row := func(code domain.StoreCode, name, en string, n int, delivered, credits, charges, returns, collected domain.Money) domain.StoreWeek {
		return domain.StoreWeek{
			Store: code, Name: name, NameEn: en, Deliveries: n, Delivered: delivered, Credits: credits, Charges: charges, Returns: returns, Collected: collected,
		}
	}
	w := domain.Settlement{Rounding: 100, Ended: true, Records: domain.RecordSums{Records: 9, Credits: -75460, Charges: 4200, Returns: -74300}}
	sent := &domain.SettlementReview{What: domain.ReviewSent, Dept: domain.Logistics, Note: "driver short", By: "gao", ByName: "高岚", ByNameEn: "Gao Lan", At: at(23, 9, 0)}
	w.Stores = []domain.StoreWeek{
		row("S022", "劲松店", "Jinsong", 5, 2204800, -31200, 0, 0, 2204800), row("S019", "双井店", "Shuangjing", 5, 1930250, 0, 4200, 0, 1929450),
		row("S044", "回龙观店", "Huilongguan", 4, 986500, 0, 0, -6100, 0), row("S014", "朝阳店", "Chaoyang", 6, 2914000, -12000, 0, 0, 2892000),
		row("S025", "方庄店", "Fangzhuang", 5, 1610000, 0, 0, -9300, 1600660), row("S040", "亚运村店", "Yayuncun", 5, 1722300, -15600, 0, 0, 1706700),
		row("S008", "大望路店", "Dawanglu", 6, 2811420, -10000, 0, -6100, 2795320), row("S002", "天桥店", "Tianqiao", 5, 1544020, 0, 0, -12800, 1531220),
		row("S029", "十里堡店", "Shilipu", 4, 1188040, 0, 0, 0, 1188040), row("S047", "甘露园店", "Ganluyuan", 4, 976230, -2200, 0, 0, 974030),
		row("S031", "望京店", "Wangjing", 5, 1285090, -4460, 0, -40000, 1240630),
	}
	w.Stores[2].Review, w.Stores[3].Review = sent, sent
	w.Stores[5].Open, w.Stores[5].OpenSum, w.Stores[6].Open, w.Stores[6].OpenSum = 2, 12000, 1, 5800
	w.Stores[7].Refused, w.Stores[7].RefusedSum = 1, 218000
	f := &fake{week: w, files: map[domain.StoreCode]domain.StoreWeekFile{}}
	jinsong := domain.StoreWeekFile{StoreWeek: w.Stores[0]}
	for i, o := range []struct {
		day int
		no  domain.OrderNo
		sum domain.Money
	}{{16, "1115-0402", 412000}, {17, "1116-0377", 398000}, {18, "1117-0391", 461200}, {20, "1119-0366", 481600}, {21, "1120-0380", 452000}} {
		jinsong.Orders = append(jinsong.Orders, domain.SettledOrder{Day: at(o.day, 8, 0), Order: domain.OrderID(i + 1), No: o.no, Delivered: o.sum, Collected: o.sum})
	}
	jinsong.Orders[2].Adjustments = []domain.SettledAdjustment{{
		Adjustment: domain.Adjustment{ID: 1, OrderID: 3, Line: 1, What: "credit", Amount: -31200, Record: 9, By: "lin", At: at(18, 16, 5)},
		Case:       77, Kind: domain.ShortWeight, Outcome: domain.Credited, ByName: "林梅", ByNameEn: "Lin Mei",
	}}
	f.files["S022"] = jinsong
	return f
}

// world is the screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	view  *settlement.View
	desk  *ui.Desk
}

func open(tb testing.TB, lang text.Lang, f *fake, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(23, 9, 20))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "gao", Name: "高岚", NameEn: "Gao Lan", Roles: []domain.Role{role}}, Conn: ui.Conn{State: ui.Live},
	})
	v := settlement.New(ui.NewEnv(d, "settlement"), f)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, view: v, desk: d}
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

func (f *fake) Report(_ context.Context, op uuid.UUID, e domain.Event) (domain.EventID, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if f.err == nil {
		f.told = append(f.told, e)
		for _, file := range f.files {
			for i := range file.Orders {
				if o := &file.Orders[i]; o.Order == e.OrderID {
					o.Collected += *e.Amount
				}
			}
		}
	}
	return 1, f.err
}
