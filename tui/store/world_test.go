package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/store"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/muesli/termenv"
)

// fake answers with a file, or an error.
type fake struct {
	mu    sync.Mutex
	file  domain.StoreFile
	err   error
	reads int
}

func (f *fake) StoreFile(_ context.Context, code domain.StoreCode) (domain.StoreFile, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	if f.err == nil && code != f.file.Store.Code {
		return domain.StoreFile{}, domain.Errorf(domain.NotFound, "read store", "there is no store %s", code)
	}
	return f.file, f.err
}

func (f *fake) set(file domain.StoreFile, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.file, f.err = file, err
}

var zone = time.FixedZone("Asia/Shanghai", 8*3600)

// clockAt is a moment of the Monday of the drawings.
func clockAt(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, zone)
}

// desk is a screen with all around it.
type desk struct {
	*tuitest.Driver
	store *fake
	clock *tuitest.Clock
	desk  *ui.Desk
	view  ui.View
}

func open(tb testing.TB, lang text.Lang, file domain.StoreFile, w, h int) *desk {
	tb.Helper()
	return openWith(tb, lang, &fake{file: file}, w, h)
}

func openWith(tb testing.TB, lang text.Lang, f *fake, w, h int) *desk {
	tb.Helper()
	clock := tuitest.NewClock(clockAt(23, 13, 41))
	d := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Timer: clock.Timer,
		Zone: zone, Me: domain.Staff{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Roles: []domain.Role{domain.RoleAgent}},
		Conn: ui.Conn{State: ui.Live},
	})
	v := store.New(ui.NewEnv(d, "store"), f, "S031")
	return &desk{Driver: tuitest.View(tb, clock, v, w, h), store: f, clock: clock, desk: d, view: v}
}

func calendar() domain.Calendar {
	hour := func(h float64) domain.Clock { return domain.Clock(h * float64(time.Hour)) }
	return domain.Calendar{Zone: zone, Opens: hour(13), Closes: hour(15), Picking: hour(15.5), Departure: hour(5), NextDay: true}
}

func order(id int64, no string, placed time.Time, total domain.Money, lines int, state domain.OrderState, held int) domain.OrderBrief {
	return domain.OrderBrief{
		ID: domain.OrderID(id), No: domain.OrderNo(no), PlacedAt: placed, Total: total, Lines: lines, State: state, Held: held,
		Moments: calendar().Moments(placed),
	}
}

func q(n int64) domain.Quantity { return domain.Units(n) }

// wangjing is the store of the drawing.
func wangjing() domain.StoreFile {
	close15, pick := clockAt(23, 15, 0), clockAt(23, 15, 30)
	again, talked := clockAt(23, 13, 51), clockAt(23, 13, 36)
	none := domain.Quantity(0)
	f := domain.StoreFile{
		Store: domain.Store{
			Code: "S031", Name: "望京店", NameEn: "Wangjing", Manager: "陈静", ManagerEn: "Chen Jing", Phone: "139 0000 0000",
			Expansion: "孙悦", Route: "冷链3号车",
		},
		Orders: []domain.OrderBrief{
			order(9, "1123-0398", clockAt(23, 13, 31), 912_000, 7, domain.Accepted, 1),
			order(8, "1123-0377", clockAt(23, 13, 12), 1_384_000, 12, domain.Placed, -1),
			order(7, "1122-0391", clockAt(22, 14, 20), 415_720, 9, domain.Accepted, 0),
			order(6, "1121-0388", clockAt(21, 13, 40), 388_000, 8, domain.Received, 0),
			order(5, "1120-0366", clockAt(20, 13, 52), 401_040, 8, domain.Settled, 0),
			order(4, "1116-0341", clockAt(16, 13, 25), 377_250, 7, domain.Settled, 0),
			order(3, "1115-0322", clockAt(15, 13, 44), 35_600, 2, domain.Cancelled, 0),
		},
		Open: []domain.QueueRow{
			{
				Case: 71, Kind: domain.QuantitySurge, OrderID: 9, OrderNo: "1123-0398", AtRisk: 504_000, With: domain.CustomerService, NextAt: &close15,
				ProductName: "鲜牛奶", ProductNameEn: "Fresh milk", Unit: "袋", UnitEn: "bag",
				Why: domain.Evidence{
					Quantity: q(480), UsualLow: q(24), UsualHigh: q(60), Recent: []domain.Quantity{q(24), q(36), q(60), q(36)}, Line: 2,
				},
				Holder: &domain.Holder{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Since: clockAt(23, 13, 40)},
			},
			{
				Case: 72, Kind: domain.ZeroStock, OrderID: 8, OrderNo: "1123-0377", AtRisk: 84_000, With: domain.Procurement, Next: domain.Picking, NextAt: &pick,
				ProductName: "速冻水饺", ProductNameEn: "Frozen dumplings", Unit: "袋", UnitEn: "bag",
				Why: domain.Evidence{Quantity: q(30), Available: &none},
			},
		},
		Calls: []domain.StoreCall{
			{
				CallRecord: domain.CallRecord{At: talked, By: "zhao", Outcome: "no_answer", Again: &again}, ByName: "赵敏", ByNameEn: "Zhao Min",
				Case: 72, OrderNo: "1123-0377", Owed: true,
			},
			{
				CallRecord: domain.CallRecord{At: clockAt(23, 13, 20), By: "lin", Outcome: "reached", Who: "manager", Said: "mistake", Text: "多按了一个零"},
				ByName:     "林梅", ByNameEn: "Lin Mei", Case: 60, OrderNo: "1122-0391",
			},
		},
		Records: []domain.StoreRecord{
			{
				ResolutionRecord: domain.ResolutionRecord{
					ID: 5, Kind: domain.QuantitySurge, Outcome: domain.QuantityCorrected, Reason: string(domain.WhyExtraDigit), By: "wang",
					ByName: "王磊", ByNameEn: "Wang Lei", At: clockAt(23, 13, 22),
				},
				Case: 60, OrderNo: "1122-0391",
			},
			{
				ResolutionRecord: domain.ResolutionRecord{
					ID: 4, Kind: domain.AmountSurge, Outcome: domain.ConfirmedGenuine, Reason: string(domain.WhyEvent), By: "lin",
					ByName: "林梅", ByNameEn: "Lin Mei", At: clockAt(9, 14, 5),
				},
				Case: 40, OrderNo: "1109-0299",
			},
		},
		Memory: domain.StoreMemory{
			WrongOrders: 2, TrueSurges: 1, Cases: 3, UsualLow: 360_000, UsualHigh: 490_000, UsualMedian: 415_000, Orders: 63,
			FirstClock: "13:20", LastClock: "14:30",
			LastAmounts: []domain.Money{377_250, 401_040, 388_000, 415_720, 420_000, 360_000, 377_250, 401_040, 388_000, 912_000},
		},
		Missing: []domain.Product{{Code: "P1100", Name: "鸡蛋30枚", NameEn: "Eggs, 30"}, {Code: "P2040", Name: "豆腐", NameEn: "Tofu"}},
		Today:   2, CashLimit: 2_000_000, ReadAt: clockAt(23, 13, 41),
		Due: []domain.CashDue{
			{Leaves: clockAt(23, 5, 0), Amount: 415_720, Orders: 1}, {Leaves: clockAt(24, 5, 0), Amount: 336_000, Orders: 1},
		},
	}
	five, thirty, have, step := q(4), q(30), q(318), q(5)
	f.Refused = []domain.Event{
		{
			ID: 31, What: domain.EventAttempt, At: clockAt(23, 13, 12), Why: domain.ToldStep,
			Lines: []domain.EventLine{{Product: "P7002", Quantity: &five, StepSeen: &step}},
		},
		{
			ID: 32, What: domain.EventAttempt, At: clockAt(23, 13, 36), Why: domain.ToldOther, Text: "E-4031",
			Lines: []domain.EventLine{{Product: "P9", Quantity: &thirty}},
		},
	}
	f.Tried = map[domain.ProductCode]domain.Product{
		"P7002": {Code: "P7002", Name: "速冻水饺", NameEn: "Frozen dumplings", Unit: "袋", UnitEn: "bag", Step: &step, Stock: &have, Status: domain.ProductNormal},
	}
	f.Promises = []domain.PromiseMade{
		{
			ID: 3, Case: 73, OrderNo: "1120-0366", What: "酸奶12盒退货, 供应商答复", Due: clockAt(25, 17, 0), By: "wang", ByName: "王磊", ByNameEn: "Wang Lei",
			At: clockAt(18, 14, 2),
		},
		{
			ID: 2, Case: 70, What: "冻虾仁2盒破损, 随车抵扣", Due: clockAt(23, 7, 0), By: "lin", ByName: "林梅", ByNameEn: "Lin Mei", At: clockAt(20, 10, 5),
			Kept: true,
		},
	}
	return f
}
