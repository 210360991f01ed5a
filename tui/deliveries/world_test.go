package deliveries_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/deliveries"
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

func some(t time.Time) *time.Time { return &t }

// fake is the database of these tests.
type fake struct {
	mu      sync.Mutex
	day     domain.DeliveryDay
	late    []domain.LateDelivery
	refuse  map[string]error // by order number
	days    []time.Time
	planned []domain.PlannedDelivery
	marks   []domain.RowMark
	ops     []uuid.UUID
	signed  []domain.DaySeen
}

func (f *fake) DeliveryDay(_ context.Context, day time.Time) (domain.DeliveryDay, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.days = append(f.days, day)
	out := f.day
	out.Day = day
	out.Rows = append([]domain.DeliveryRow(nil), f.day.Rows...)
	out.Price()
	out.Sort()
	return out, nil
}

func (f *fake) LateDeliveries(context.Context) ([]domain.LateDelivery, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]domain.LateDelivery(nil), f.late...), nil
}

func (f *fake) PlanDelivery(_ context.Context, op uuid.UUID, p domain.PlannedDelivery) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if err := f.refuse[fmt.Sprint(p.Order)]; err != nil {
		return err
	}
	f.planned = append(f.planned, p)
	return nil
}

func (f *fake) MarkRow(_ context.Context, op uuid.UUID, m domain.RowMark) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	if err := f.refuse[string(m.No)]; err != nil {
		return err
	}
	f.marks = append(f.marks, m)
	return nil
}

func (f *fake) SignDay(_ context.Context, op uuid.UUID, _ time.Time, seen domain.DaySeen) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ops = append(f.ops, op)
	f.signed = append(f.signed, seen)
	return nil
}

// drawn is the day of the drawing.
func drawn() *fake {
	d := domain.DeliveryDay{
		Platform: &domain.DayCount{Orders: 214, Amount: 81_240_000}, CountedAt: some(at(23, 15, 5)), Here: domain.DayCount{Orders: 213, Amount: 80_928_000},
		Lines: map[domain.DayLine]domain.DayCount{
			domain.DayScheduled: {Orders: 181, Amount: 66_821_000}, domain.DayUnscheduled: {Orders: 9, Amount: 3_144_000},
			domain.DayPast: {Orders: 3, Amount: 1_190_000}, domain.DayHeld: {Orders: 14, Amount: 7_261_000}, domain.DayCancelled: {Orders: 6, Amount: 2_512_000},
		},
		Reordered: domain.DayCount{Orders: 4, Amount: 1_500_000}, Closes: at(23, 15, 0), SignBy: at(23, 18, 30), Until: at(23, 18, 0),
		Silent: []domain.SilentStore{
			{Store: "S057", Name: "鲁谷店", NameEn: "Lugu", Times: 8, Usual: 330_000, Called: some(at(23, 14, 30))},
			{Store: "S051", Name: "八角店", NameEn: "Bajiao", Times: 7, Usual: 290_000, Called: some(at(23, 14, 31)), Reached: true, Said: "停业"},
		},
		Days: []domain.DaySigned{
			{Day: at(22, 8, 0).UTC().Truncate(24 * time.Hour), By: "qian", Name: "钱进", NameEn: "Qian Jin", At: at(22, 16, 42)},
			{
				Day: at(21, 8, 0).UTC().Truncate(24 * time.Hour), By: "qian", Name: "钱进", NameEn: "Qian Jin", At: at(21, 16, 31), Many: 1,
				Missed: []domain.MissedOrder{{No: "1121-0360", What: domain.RowMissing, Goes: domain.GoesResent}},
			},
			{Day: at(20, 8, 0).UTC().Truncate(24 * time.Hour)},
		},
	}
	add := func(what domain.RowWhat, no domain.OrderNo, name, en string, amount domain.Money, how func(r *domain.DeliveryRow)) {
		r := domain.DeliveryRow{
			What: what, No: no, Order: domain.OrderID(len(d.Rows) + 1), Store: domain.StoreCode(fmt.Sprintf("S%03d", len(d.Rows)+1)), Name: name, NameEn: en,
			Amount: amount, Many: 1, Latest: at(23, 18, 0), Open: true,
		}
		how(&r)
		d.Rows = append(d.Rows, r)
	}
	accepted := func(h, m int) func(*domain.DeliveryRow) {
		return func(r *domain.DeliveryRow) { r.Accepted = some(at(23, h, m)) }
	}
	released := func(h, m int) func(*domain.DeliveryRow) {
		return func(r *domain.DeliveryRow) { r.Released = some(at(23, h, m)) }
	}
	add(domain.RowMissing, "1123-0405", "", "", 0, func(r *domain.DeliveryRow) { r.Order, r.Store, r.After, r.Before = 0, "", "1123-0404", "1123-0406" })
	add(domain.RowUnscheduled, "1123-0373", "亚运村店", "Yayuncun", 348_000, accepted(13, 50))
	add(domain.RowUnscheduled, "1123-0388", "甘露园店", "Ganluyuan", 296_000, accepted(14, 58))
	add(domain.RowUnscheduled, "1123-0411", "方庄店", "Fangzhuang", 421_000, released(15, 12))
	add(domain.RowUnscheduled, "1123-0414", "劲松店", "Jinsong", 390_500, released(15, 31))
	add(domain.RowPast, "1123-0379", "大望路店", "Dawanglu", 502_000, func(r *domain.DeliveryRow) {
		r.Latest, r.Case, r.Kind, r.With, r.Holder, r.HolderEn, r.Attempts = at(23, 15, 30), 79, domain.AmountSurge, domain.CustomerService, "赵敏", "Zhao Min", 2
	})
	add(domain.RowPast, "1123-0402", "回龙观店", "Huilongguan", 311_000, func(r *domain.DeliveryRow) {
		r.Latest, r.Case, r.Kind, r.With = at(23, 15, 30), 80, domain.ZeroStock, domain.Procurement
	})
	add(domain.RowUnscheduled, "1123-0397", "双井店", "Shuangjing", 264_000, func(r *domain.DeliveryRow) {
		r.Open = false
		r.Mark = &domain.DayMark{Goes: domain.GoesVan, Due: some(at(24, 7, 0)), Note: "冷链4号车满", By: "qian", Name: "钱进", NameEn: "Qian Jin", At: at(23, 15, 58)}
	})
	return &fake{day: d, refuse: map[string]error{}, late: []domain.LateDelivery{
		{Order: 31, No: "1122-0301", Store: "S002", Name: "天桥店", NameEn: "Tianqiao", Amount: 446_000, State: domain.Allocated, Stage: domain.StageShipped, Due: at(23, 6, 0), Case: 91, With: domain.Logistics, Plan: some(at(23, 10, 0)), Route: "2"},
		{Order: 32, No: "1122-0344", Store: "S029", Name: "十里堡店", NameEn: "Shilipu", Amount: 188_000, State: domain.Shipped, Stage: domain.StageDelivered, Due: at(23, 17, 0), Promise: some(at(23, 17, 0))},
	}}
}

// world is the screen with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	view  *deliveries.View
}

func open(tb testing.TB, lang text.Lang, f *fake, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(at(23, 16, 10))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "qian", Name: "钱进", NameEn: "Qian Jin", Roles: []domain.Role{role}}, Conn: ui.Conn{State: ui.Live},
	})
	v := deliveries.New(ui.NewEnv(d, "deliveries"), f)
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
