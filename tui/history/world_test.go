package history_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/history"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/muesli/termenv"
)

// fake answers with a file, or an error, and remembers what was asked for.
type fake struct {
	mu      sync.Mutex
	file    domain.HistoryFile
	err     error
	reads   int
	product domain.ProductCode
}

func (f *fake) StoreHistory(_ context.Context, code domain.StoreCode, _ domain.OrderID, product domain.ProductCode) (domain.HistoryFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	f.product = product
	if f.err == nil && code != f.file.Store.Code {
		return domain.HistoryFile{}, domain.Errorf(domain.NotFound, "read history", "there is no store %s", code)
	}
	out := f.file
	for i := range out.Products {
		if out.Products[i].Code == product {
			out.Product = &out.Products[i]
		}
	}
	return out, f.err
}

func (f *fake) set(file domain.HistoryFile, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.file, f.err = file, err
}

var zone = time.FixedZone("Asia/Shanghai", 8*3600)

// now is the Monday of the drawings.
func now() time.Time { return time.Date(2026, 11, 23, 13, 41, 0, 0, zone) }

// desk is a screen with all around it.
type desk struct {
	*tuitest.Driver
	store *fake
	clock *tuitest.Clock
	desk  *ui.Desk
	view  ui.View
}

func open(tb testing.TB, lang text.Lang, file domain.HistoryFile, w, h int) *desk {
	tb.Helper()
	return openWith(tb, lang, &fake{file: file}, w, h)
}

func openWith(tb testing.TB, lang text.Lang, f *fake, w, h int) *desk {
	tb.Helper()
	clock := tuitest.NewClock(now())
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Roles: []domain.Role{domain.RoleAgent}},
		Conn: ui.Conn{State: ui.Live},
	})
	v := history.New(ui.NewEnv(d, "history"), f, "S014", 100)
	return &desk{Driver: tuitest.View(tb, clock, v, w, h), store: f, clock: clock, desk: d, view: v}
}

// under is the row the cursor is on, without the sign.
func (d *desk) under() string {
	for _, l := range strings.Split(d.Frame(), "\n") {
		if strings.HasPrefix(l, "> ") {
			return strings.TrimSpace(l[2:])
		}
	}
	return ""
}

// pointer is the cell of the sign under the plot, -1 where there is none, and whether
// the plot has the letter above it.
func (d *desk) pointer() (x int, letter string) {
	lines := strings.Split(d.Frame(), "\n")
	for i, l := range lines {
		r := []rune(l)
		for x, c := range r {
			if c != '^' || len(r) < 11 || r[10] != '└' {
				continue
			}
			for up := i - 1; up > 2; up-- {
				if above := []rune(lines[up]); x < len(above) && strings.ContainsRune("oTW#", above[x]) && cell.Width(string(above[:x])) == x {
					return x, string(above[x])
				}
			}
			return x, ""
		}
	}
	return -1, ""
}

func (d *desk) wantUnder(t *testing.T, start string) {
	t.Helper()
	if got := d.under(); !strings.HasPrefix(got, start) {
		t.Errorf("the cursor is on %q, want %q:\n%s", got, start, d.Frame())
	}
}

func q(n int64) domain.Quantity { return domain.Units(n) }

// chaoyang is the store of the drawing: three orders a week for 20 weeks, a true surge,
// a wrong order and the one that is held now.
func chaoyang() domain.HistoryFile {
	water := domain.Product{Code: "P6001", Name: "矿泉水550ml", NameEn: "Mineral water 550 ml", Unit: "箱", UnitEn: "case"}
	milk := domain.Product{Code: "P1007", Name: "鲜牛奶250ml", NameEn: "Fresh milk 250 ml", Unit: "袋", UnitEn: "bag"}
	f := domain.HistoryFile{
		Store: domain.Store{Code: "S014", Name: "朝阳路店", NameEn: "Chaoyang", Manager: "刘洋", ManagerEn: "Liu Yang", Phone: "138 0000 0000"},
		Memory: domain.StoreMemory{
			WrongOrders: 1, TrueSurges: 2, FalseAlarms: 1, Cases: 4, UsualLow: 310_000, UsualMedian: 422_000, UsualHigh: 520_000, Orders: 38,
			FirstClock: "13:10", LastClock: "13:40",
			Quieter: []domain.Exemption{{Until: time.Date(2026, 12, 31, 0, 0, 0, 0, zone)}},
		},
		Products: []domain.Product{water, milk}, CashLimit: 2_000_000, ReadAt: now(),
	}
	again := now().Add(19 * time.Minute)
	f.Promised = []domain.StoreCall{{
		CallRecord: domain.CallRecord{At: now().Add(-time.Hour), By: "zhao", Outcome: "no_answer", Again: &again}, ByName: "赵敏", ByNameEn: "Zhao Min",
		OrderNo: "1123-0412", Owed: true,
	}}
	at := time.Date(2026, 11, 23, 13, 20, 0, 0, zone)
	for i := range 60 {
		o := domain.PastOrder{OrderBrief: domain.OrderBrief{
			ID: domain.OrderID(100 - i), No: domain.OrderNo(fmt.Sprintf("%s-%04d", at.Format("0102"), 412-i)), PlacedAt: at,
			Total: domain.Money(330_000 + 7_000*(i*17%26)), Lines: 6 + i*5%4, State: domain.Settled,
		}}
		if i%3 != 1 {
			o.Quantity = q(60 + int64(i*7%5)*10)
		}
		f.Orders = append(f.Orders, o)
		at = at.AddDate(0, 0, -[]int{3, 2, 2}[i%3])
	}
	seen := func(i int, total domain.Money, s domain.PastSeen) {
		f.Orders[i].Total = total
		f.Orders[i].Seen = append(f.Orders[i].Seen, s)
	}
	seen(0, 3_840_000, domain.PastSeen{
		Anomaly: domain.Anomaly{Kind: domain.AmountSurge, Evidence: domain.Evidence{Amount: 3_840_000, LowAmount: 310_000, HighAmount: 520_000}},
	})
	seen(0, 3_840_000, domain.PastSeen{
		Anomaly: domain.Anomaly{Kind: domain.QuantitySurge, Evidence: domain.Evidence{Quantity: q(1000), UsualLow: q(60), UsualHigh: q(100), Earlier: 9}}, Product: water,
	})
	f.Orders[0].State, f.Orders[0].Held, f.Orders[0].Lines, f.Orders[0].Quantity = domain.Placed, -1, 8, q(1000)
	seen(12, 1_310_000, domain.PastSeen{
		Anomaly: domain.Anomaly{
			Kind: domain.QuantitySurge, Outcome: domain.QuantityCorrected, Evidence: domain.Evidence{Quantity: q(360), UsualLow: q(24), UsualHigh: q(60), Earlier: 9},
		},
		CloseReason: domain.RealError, Product: milk,
	})
	seen(24, 790_000, domain.PastSeen{
		Anomaly: domain.Anomaly{
			Kind: domain.AmountSurge, Outcome: domain.ConfirmedGenuine, Evidence: domain.Evidence{Amount: 790_000, LowAmount: 310_000, HighAmount: 520_000},
		},
		CloseReason: domain.UnusualRight,
	})
	f.Orders[7].State = domain.Refused
	return f
}
