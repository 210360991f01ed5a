package order_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/order"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/muesli/termenv"
)

// fake answers with a file, or an error.
type fake struct {
	mu    sync.Mutex
	file  domain.OrderFile
	err   error
	reads int
}

func (f *fake) OrderFile(_ context.Context, id domain.OrderID) (domain.OrderFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	if f.err == nil && id != f.file.Order.ID {
		return domain.OrderFile{}, domain.Errorf(domain.NotFound, "read order", "there is no order %d", id)
	}
	return f.file, f.err
}

func (f *fake) set(file domain.OrderFile, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.file, f.err = file, err
}

var zone = time.FixedZone("Asia/Shanghai", 8*3600)

// at is a moment of the Monday of the drawings.
func at(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }

// desk is a screen with all around it.
type desk struct {
	*tuitest.Driver
	store *fake
	clock *tuitest.Clock
	desk  *ui.Desk
	view  ui.View
}

func open(tb testing.TB, lang text.Lang, file domain.OrderFile, w, h int) *desk {
	tb.Helper()
	return openWith(tb, lang, &fake{file: file}, w, h)
}

func openWith(tb testing.TB, lang text.Lang, f *fake, w, h int) *desk {
	tb.Helper()
	clock := tuitest.NewClock(at(23, 13, 41))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Roles: []domain.Role{domain.RoleAgent}},
		Conn: ui.Conn{State: ui.Live},
	})
	v := order.New(ui.NewEnv(d, "order"), f, 9)
	return &desk{Driver: tuitest.View(tb, clock, v, w, h), store: f, clock: clock, desk: d, view: v}
}

// under is the line the cursor is on, without the sign.
func (d *desk) under() string {
	for _, l := range strings.Split(d.Frame(), "\n") {
		if strings.HasPrefix(l, "> ") {
			return strings.TrimSpace(l[2:])
		}
	}
	return ""
}

func (d *desk) wantUnder(t *testing.T, start string) {
	t.Helper()
	if got := d.under(); !strings.HasPrefix(got, start) {
		t.Errorf("the cursor is on %q, want %q:\n%s", got, start, d.Frame())
	}
}

func q(n int64) domain.Quantity { return domain.Units(n) }

func line(no int, code domain.ProductCode, quantity, original domain.Quantity, price domain.Money) domain.Line {
	return domain.Line{No: no, Product: code, Quantity: quantity, Original: original, Price: price, Amount: domain.Amount(quantity, price)}
}

func products() map[domain.ProductCode]domain.Product {
	step := q(12)
	all := map[domain.ProductCode]domain.Product{}
	for _, p := range []domain.Product{
		{Code: "P1007", Name: "鲜牛奶250ml", NameEn: "Fresh milk 250 ml", Unit: "袋", UnitEn: "bag", Step: &step},
		{Code: "P1100", Name: "鸡蛋30枚", NameEn: "Eggs, 30", Unit: "板", UnitEn: "tray"},
		{Code: "P2031", Name: "挂面500g", NameEn: "Noodles 500 g", Unit: "袋", UnitEn: "bag"},
		{Code: "P4001", Name: "五花肉", NameEn: "Pork belly", Unit: "kg", UnitEn: "kg", Weighed: true},
		{Code: "P5003", Name: "苹果", NameEn: "Apples", Unit: "kg", UnitEn: "kg", Weighed: true},
		{Code: "P6001", Name: "矿泉水550ml整箱24瓶", NameEn: "Mineral water 550 ml, case of 24", Unit: "箱", UnitEn: "case"},
		{Code: "P7002", Name: "速冻水饺", NameEn: "Frozen dumplings", Unit: "袋", UnitEn: "bag"},
	} {
		all[p.Code] = p
	}
	return all
}

// wangjing is an order of the drawings' store: a line is held, one was changed, one
// cancelled, one waits for the judge.
func wangjing() domain.OrderFile {
	accepted, closed, again, close15 := at(23, 13, 31), at(23, 13, 36), at(23, 13, 51), at(23, 15, 0)
	cal := domain.Calendar{
		Zone: zone, Opens: domain.Clock(13 * time.Hour), Closes: domain.Clock(15 * time.Hour), Picking: domain.Clock(15*time.Hour + 30*time.Minute),
		Departure: domain.Clock(5 * time.Hour), NextDay: true,
	}
	f := domain.OrderFile{
		Order: domain.Order{
			ID: 9, No: "1123-0398", Store: "S031", PlacedAt: at(23, 13, 31), State: domain.Accepted, Link: domain.Reorder, LinkedTo: "1123-0361",
			Lines: []domain.Line{
				line(1, "P4001", 20_000, 20_000, 2790), line(2, "P1007", q(480), q(480), 1200), line(3, "P1100", q(12), q(120), 2400),
				line(4, "P5003", 15_500, 15_500, 680), line(5, "P6001", q(30), q(30), 4200), line(6, "P2031", q(60), q(60), 420),
				line(7, "P7002", q(24), q(25), 1850),
			},
		},
		AcceptedAt: &accepted,
		Store: domain.Store{
			Code: "S031", Name: "望京店", NameEn: "Wangjing", Manager: "陈静", ManagerEn: "Chen Jing", Phone: "139 0000 0000", Route: "冷链3号车",
		},
		Products: products(), Moments: cal.Moments(at(23, 13, 31)), ReadAt: at(23, 13, 41),
	}
	f.Order.Lines[4].Cancelled, f.Order.Lines[6].Waiting = true, true
	f.Order.Total = domain.TotalOf(f.Order.Lines)
	f.Links = []domain.OrderLink{
		{ID: 5, No: "1123-0361", Link: domain.Reorder, State: domain.Cancelled, PlacedAt: at(23, 13, 12)},
		{ID: 12, No: "1123-0402", Link: domain.Supplement, Later: true, State: domain.Placed, PlacedAt: at(23, 13, 40)},
	}
	milk := domain.Evidence{
		Product: "P1007", Line: 2, Quantity: q(480), UsualLow: q(24), UsualHigh: q(60), Recent: []domain.Quantity{q(24), q(36), q(60), q(36)},
		Rule: "surge", RuleVersion: 7,
	}
	f.Anomalies = []domain.Anomaly{
		{ID: 31, Case: 71, Kind: domain.QuantitySurge, Order: 9, Line: 2, Evidence: milk, AtRisk: 504_000, Blocks: true, RaisedAt: at(23, 13, 31)},
		{
			ID: 33, Case: 71, Kind: domain.StepMismatch, Order: 9, Line: 7, Blocks: true, RaisedAt: at(23, 13, 31), ClosedAt: &closed,
			Outcome:  domain.QuantityRounded,
			Evidence: domain.Evidence{Product: "P7002", Line: 7, Quantity: q(25), Step: q(12), Below: q(24), Above: q(36), Rule: "step", RuleVersion: 2},
		},
		{
			ID: 32, Case: 70, Kind: domain.QuantitySurge, Order: 9, Line: 3, Blocks: true, Hard: true, RaisedAt: at(23, 13, 31), ClosedAt: &closed,
			Outcome:  domain.QuantityCorrected,
			Evidence: domain.Evidence{Product: "P1100", Line: 3, Quantity: q(120), UsualLow: q(6), UsualHigh: q(12), Rule: "surge", RuleVersion: 7},
		},
	}
	released := at(23, 13, 37)
	f.Holds = []domain.Hold{
		{ID: 51, Line: 2, Anomaly: 31, Kind: domain.QuantitySurge, PlacedAt: at(23, 13, 31)},
		{ID: 53, Line: 7, Anomaly: 33, Kind: domain.StepMismatch, PlacedAt: at(23, 13, 31), Pending: true},
		{ID: 52, Line: 3, Anomaly: 32, Kind: domain.QuantitySurge, PlacedAt: at(23, 13, 31), ReleasedAt: &released, ReleasedBy: domain.JudgeName},
	}
	f.Cases = []domain.QueueRow{
		{Case: 70, Kind: domain.QuantitySurge, OrderID: 9, OrderNo: "1123-0398", With: domain.CustomerService, State: domain.CaseClosed},
		{
			Case: 71, Kind: domain.QuantitySurge, OrderID: 9, OrderNo: "1123-0398", With: domain.CustomerService, State: domain.CaseOpen, NextAt: &close15,
			Holder: &domain.Holder{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Since: at(23, 13, 38)},
		},
	}
	f.Claims = []domain.CaseClaim{
		{Case: 70, No: 1, At: at(23, 13, 33), What: "claimed", By: "wang", ByName: "王磊", ByNameEn: "Wang Lei"},
		{Case: 70, No: 1, At: closed, What: "closed", By: "wang", ByName: "王磊", ByNameEn: "Wang Lei"},
		{Case: 71, No: 1, At: at(23, 13, 38), What: "claimed", By: "lin", ByName: "林梅", ByNameEn: "Lin Mei"},
	}
	f.Calls = []domain.StoreCall{
		{
			CallRecord: domain.CallRecord{At: at(23, 13, 35), By: "wang", Outcome: "reached", Who: "manager", Said: "mistake", Text: "多按了一个零"},
			ByName:     "王磊", ByNameEn: "Wang Lei", Case: 70,
		},
		{CallRecord: domain.CallRecord{At: at(23, 13, 39), By: "lin", Outcome: "no_answer", Again: &again}, ByName: "林梅", ByNameEn: "Lin Mei", Case: 71},
	}
	f.Notes = []domain.OrderNote{
		{
			CaseNote: domain.CaseNote{At: at(23, 13, 34), By: "wang", What: "handed_over", With: domain.CustomerService, Text: "先核实库存"},
			Case:     71, ByName: "王磊", ByNameEn: "Wang Lei",
		},
		{
			CaseNote: domain.CaseNote{At: at(23, 13, 37), By: "zhao", What: "verified", With: domain.Procurement, Text: "供应商可供500袋, 最迟明早到库"},
			Case:     71, ByName: "赵敏", ByNameEn: "Zhao Min",
		},
	}
	f.Records = []domain.OrderRecord{
		{
			ResolutionRecord: domain.ResolutionRecord{
				ID: 5, Anomaly: 32, Kind: domain.QuantitySurge, Outcome: domain.QuantityCorrected, Reason: string(domain.WhyExtraDigit), By: "wang",
				ByName: "王磊", ByNameEn: "Wang Lei", At: closed, Note: "第5行一并取消",
			},
			Case: 70, OldTotal: 10_634_50, Total: 6_782_50, Left: domain.Accepted,
			Changed: []domain.ResolvedLine{
				{Line: 3, Product: "P1100", Old: q(120), New: q(12)}, {Line: 5, Product: "P6001", Old: q(30)}, {Line: 7, Product: "P7002", Old: q(25), New: q(24)},
			},
		},
		{
			ResolutionRecord: domain.ResolutionRecord{
				ID: 6, Anomaly: 33, Kind: domain.StepMismatch, Outcome: domain.QuantityRounded, By: "wang", ByName: "王磊", ByNameEn: "Wang Lei", At: closed,
			},
			Case: 70, OldTotal: 10_634_50, Total: 6_782_50, Left: domain.Accepted,
		},
	}
	return f
}
