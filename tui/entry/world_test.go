package entry_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/entry"
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

// told is one thing that was written.
type told struct {
	op   uuid.UUID
	what string
}

// fake keeps what is written; lost says how many answers get lost after the write.
type fake struct {
	mu     sync.Mutex
	store  domain.StoreFile
	order  domain.OrderFile
	events []domain.Event
	told   []told
	fail   error
}

func (f *fake) StoreFile(context.Context, domain.StoreCode) (domain.StoreFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.store, nil
}

func (f *fake) OrderFile(_ context.Context, id domain.OrderID) (domain.OrderFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if id != f.order.Order.ID {
		return domain.OrderFile{}, domain.Errorf(domain.NotFound, "read order", "there is no order %d", id)
	}
	return f.order, nil
}

func (f *fake) Find(_ context.Context, text string, _ int) ([]domain.Found, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := []domain.Found{{Kind: domain.FoundStore, Store: f.store.Store}}
	for _, p := range f.order.Products {
		if strings.Contains(p.Name, text) || string(p.Code) == text {
			out = append(out, domain.Found{Kind: domain.FoundProduct, Product: p})
		}
	}
	return out, nil
}

func (f *fake) Report(_ context.Context, op uuid.UUID, e domain.Event) (domain.EventID, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	raw, err := json.Marshal(e)
	if err != nil {
		return 0, err
	}
	f.told, f.events = append(f.told, told{op, string(raw)}), append(f.events, e)
	return 1, f.fail
}

func (f *fake) NoteCase(_ context.Context, op uuid.UUID, id domain.CaseID, note string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told = append(f.told, told{op, "note " + string(rune('0'+id)) + " " + note})
	return f.fail
}

func (f *fake) PromiseStore(_ context.Context, op uuid.UUID, id domain.CaseID, due time.Time, what string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told = append(f.told, told{op, "promise " + string(rune('0'+id)) + " " + due.Format("01-02 15:04") + " " + what})
	return f.fail
}

var zone = time.FixedZone("Asia/Shanghai", 8*3600)

func clockAt(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, zone)
}

func q(n int64) domain.Quantity { return domain.Units(n) }

func line(no int, code domain.ProductCode, quantity domain.Quantity, price domain.Money) domain.Line {
	return domain.Line{No: no, Product: code, Quantity: quantity, Original: quantity, Price: price, Amount: domain.Amount(quantity, price)}
}

// world is the form with all around it.
type world struct {
	*tuitest.Driver
	store *fake
	clock *tuitest.Clock
	view  *entry.View
	desk  *ui.Desk
}

// dawanglu is a store with an order that came this morning, and one of today.
func dawanglu() (domain.StoreFile, domain.OrderFile) {
	step := q(12)
	accepted := clockAt(22, 13, 12)
	order := domain.OrderFile{
		Order: domain.Order{
			ID: 7, No: "1122-0377", Store: "S008", PlacedAt: clockAt(22, 13, 5), State: domain.Received,
			Lines: []domain.Line{
				line(1, "P4001", 20_000, 2790), line(2, "P1100", q(12), 2400), line(3, "P1007", q(48), 1200), line(4, "P5003", 15_000, 680),
			},
		},
		AcceptedAt: &accepted,
		Products: map[domain.ProductCode]domain.Product{
			"P4001": {Code: "P4001", Name: "五花肉", NameEn: "Pork belly", Unit: "kg", UnitEn: "kg", Weighed: true, Status: domain.ProductNormal},
			"P1100": {Code: "P1100", Name: "鸡蛋30枚", NameEn: "Eggs, 30", Unit: "板", UnitEn: "tray", Status: domain.ProductNormal},
			"P1007": {Code: "P1007", Name: "鲜牛奶250ml", NameEn: "Fresh milk 250 ml", Unit: "袋", UnitEn: "bag", Step: &step, Status: domain.ProductNormal},
			"P5003": {Code: "P5003", Name: "苹果", NameEn: "Apples", Unit: "kg", UnitEn: "kg", Weighed: true, Status: domain.ProductNormal},
		},
	}
	for i, stage := range []domain.Stage{domain.StagePlanned, domain.StageAllocated, domain.StageShipped, domain.StageDelivered} {
		order.Events = append(order.Events, domain.EventTold{Event: domain.Event{
			What: domain.EventStage, Stage: stage, At: clockAt(22, 14, 0).Add(time.Duration(i) * 5 * time.Hour),
		}})
	}
	order.Plans = []domain.DeliveryPlan{{Due: clockAt(23, 7, 0)}, {Due: clockAt(23, 16, 30), Route: "冷链2号车"}}
	order.Order.Total = domain.TotalOf(order.Order.Lines)
	due := clockAt(23, 15, 0)
	file := domain.StoreFile{
		Store: domain.Store{Code: "S008", Name: "大望路店", NameEn: "Dawanglu", Manager: "许诺", ManagerEn: "Xu Nuo", Phone: "137 0000 0000", Route: "冷链2号车"},
		Orders: []domain.OrderBrief{
			{ID: 9, No: "1123-0398", PlacedAt: clockAt(23, 13, 31), Total: 912_000, Lines: 7, State: domain.Placed},
			order.Brief(),
		},
		Open: []domain.QueueRow{
			{Case: 5, Kind: domain.SlowFulfilment, OrderID: 7, OrderNo: "1122-0377", With: domain.Logistics, NextAt: &due, StoreName: "大望路店", Why: domain.Evidence{Stage: domain.StageDelivered, StageDue: &due}},
		},
		ReadAt: clockAt(23, 13, 41),
	}
	return file, order
}

func open(tb testing.TB, lang text.Lang, ask ui.OpenEntry, w, h int) *world {
	tb.Helper()
	file, order := dawanglu()
	return openWith(tb, lang, &fake{store: file, order: order}, ask, w, h)
}

func openWith(tb testing.TB, lang text.Lang, f *fake, ask ui.OpenEntry, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(clockAt(23, 13, 41))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "zhao", Name: "赵敏", NameEn: "Zhao Min", Roles: []domain.Role{domain.RoleAgent}},
		Conn: ui.Conn{State: ui.Live},
	})
	ask.Store = "S008"
	v := entry.New(ui.NewEnv(d, "entry"), f, ask)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), store: f, clock: clock, view: v, desk: d}
}

// write presses ctrl+s twice, with the question long enough on the screen.
func (w *world) write() {
	w.Press("ctrl+s")
	w.Advance(400 * time.Millisecond)
	w.Press("ctrl+s")
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
