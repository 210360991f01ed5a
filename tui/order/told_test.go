package order_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
)

func grams(n int64) *domain.Quantity { g := domain.Quantity(n); return &g }

func fen(n int64) *domain.Money { m := domain.Money(n); return &m }

// dawanglu is the order of the drawing: it has come, the pork 1.6 kg short, and the cash
// was taken for all that was ordered.
func dawanglu() domain.OrderFile {
	accepted, closed, due := at(22, 13, 12), at(22, 13, 12), at(23, 7, 0)
	f := domain.OrderFile{
		Order: domain.Order{
			ID: 9, No: "1122-0377", Store: "S008", PlacedAt: at(22, 13, 5), State: domain.Received, Link: domain.Reorder, LinkedTo: "1122-0369",
			Lines: []domain.Line{
				line(1, "P4001", 20_000, 20_000, 2790), line(2, "P1100", q(12), q(12), 2400), line(3, "P1007", q(48), q(480), 1200),
				line(4, "P5003", 15_000, 15_000, 680), line(5, "P2031", q(30), q(30), 420),
			},
		},
		AcceptedAt: &accepted, Products: products(), Moments: wangjing().Moments, ReadAt: at(23, 13, 41),
		Store: domain.Store{
			Code: "S008", Name: "大望路店", NameEn: "Dawanglu", Manager: "许诺", ManagerEn: "Xu Nuo", Phone: "137 0000 0000", Route: "冷链2号车",
		},
		Links: []domain.OrderLink{{ID: 5, No: "1122-0369", Link: domain.Reorder, State: domain.Cancelled, PlacedAt: at(22, 13, 1)}},
	}
	for _, code := range []domain.ProductCode{"P4001", "P5003"} {
		p := f.Products[code]
		p.ToleranceRate, p.ToleranceAbs = 10, 100
		f.Products[code] = p
	}
	f.Order.Total = domain.TotalOf(f.Order.Lines)
	f.Anomalies = []domain.Anomaly{
		{
			ID: 42, Case: 81, Kind: domain.ShortWeight, Order: 9, Line: 1, RaisedAt: at(23, 7, 22), AtRisk: 4464,
			Evidence: domain.Evidence{
				Product: "P4001", Line: 1, Quantity: 20_000, Received: grams(18_400), Difference: -1600, Tolerance: 200, Price: 2790, Rule: "weight", RuleVersion: 1,
			},
		},
		{
			ID: 41, Case: 80, Kind: domain.QuantitySurge, Order: 9, Line: 3, Blocks: true, RaisedAt: at(22, 13, 5), ClosedAt: &closed, Outcome: domain.QuantityCorrected,
			Evidence: domain.Evidence{Product: "P1007", Line: 3, Quantity: q(480), UsualLow: q(24), UsualHigh: q(60), Rule: "surge", RuleVersion: 7},
		},
	}
	f.Holds = []domain.Hold{{ID: 61, Line: 3, Anomaly: 41, Kind: domain.QuantitySurge, PlacedAt: at(22, 13, 5), ReleasedAt: &closed, ReleasedBy: "wang"}}
	f.Cases = []domain.QueueRow{
		{Case: 80, Kind: domain.QuantitySurge, OrderID: 9, With: domain.CustomerService, State: domain.CaseClosed},
		{
			Case: 81, Kind: domain.ShortWeight, OrderID: 9, With: domain.CustomerService, State: domain.CaseOpen,
			Holder: &domain.Holder{Login: "zhao", Name: "赵敏", NameEn: "Zhao Min", Since: at(23, 13, 32)},
		},
	}
	f.Records = []domain.OrderRecord{{
		ResolutionRecord: domain.ResolutionRecord{
			ID: 5, Anomaly: 41, Kind: domain.QuantitySurge, Outcome: domain.QuantityCorrected, Reason: string(domain.WhyExtraDigit), By: "wang",
			ByName: "王磊", ByNameEn: "Wang Lei", At: closed,
		},
		Case: 80, OldTotal: 683_400, Total: 165_000, Changed: []domain.ResolvedLine{{Line: 3, Product: "P1007", Old: q(480), New: q(48)}},
	}}
	told := func(id domain.EventID, e domain.Event) domain.EventTold { e.ID = id; return domain.EventTold{Event: e} }
	f.Events = []domain.EventTold{
		told(1, domain.Event{What: domain.EventStage, Stage: domain.StagePlanned, At: at(22, 15, 20), Due: &due, Route: "冷链2号车"}),
		told(2, domain.Event{What: domain.EventStage, Stage: domain.StageAllocated, At: at(22, 15, 34)}),
		told(3, domain.Event{What: domain.EventStage, Stage: domain.StageShipped, At: at(23, 5, 10), Route: "冷链2号车"}),
		told(4, domain.Event{What: domain.EventStage, Stage: domain.StageDelivered, At: at(23, 7, 5)}),
		told(5, domain.Event{What: domain.EventCollection, At: at(23, 7, 5), Amount: fen(165_000), Caller: "何勇"}),
		told(6, domain.Event{What: domain.EventStage, Stage: domain.StageReceived, At: at(23, 7, 22)}),
		told(7, domain.Event{
			What: domain.EventReceipt, At: at(23, 7, 22), Slip: "GB-0712", Lines: []domain.EventLine{
				{Line: 1, Product: "P4001", Weight: grams(18_400)},
				{Line: 2, Product: "P1100", Quantity: grams(12_000)},
				{Line: 3, Product: "P1007", Quantity: grams(48_000)},
				{Line: 4, Product: "P5003", Weight: grams(15_100)},
				{Line: 5, Product: "P2031", Quantity: grams(30_000)},
			},
		}),
		told(8, domain.Event{
			What: domain.EventReturn, At: at(23, 9, 2), By: "wang", Caller: "许诺", Text: "破了两板",
			Lines: []domain.EventLine{{Line: 2, Product: "P1100", Quantity: grams(2000), Why: domain.ToldDamaged}},
		}),
	}
	f.Events[7].ByName, f.Events[7].ByNameEn = "王磊", "Wang Lei"
	f.Plans = []domain.DeliveryPlan{{Due: due, Route: "冷链2号车", At: at(22, 15, 20)}}
	return f
}

func TestReceivedIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, s := range sizes {
			d := open(t, lang, dawanglu(), s[0], s[1]-2)
			golden(t, fmt.Sprintf("received-%s-%dx%d", lang, s[0], s[1]), d.Frame())
		}
		d := open(t, lang, dawanglu(), 80, 22)
		d.Press("tab", "tab")
		golden(t, fmt.Sprintf("received-story-%s-80x24", lang), d.Frame())
	}
}

// What is credited, refused and past the desk is told.
func TestMoneyAndConflictsAreTold(t *testing.T) {
	t.Parallel()
	f := dawanglu()
	f.Anomalies[0].Outcome = domain.Credited
	f.Adjustments = []domain.Adjustment{{ID: 3, Line: 1, What: "credit", Amount: -4464, Record: 5, By: "wang", At: at(23, 13, 40)}}
	f.Notes = []domain.OrderNote{{CaseNote: domain.CaseNote{At: at(22, 13, 6), What: "conflict", Text: "shipped"}, Case: 80}}
	d := open(t, text.Chinese, f, 110, 60)
	d.Sees("抵扣 -¥44.64, 第1行", "越过本台: 挂起中, 已装车", "应付 ¥1,605.36", "多收 ¥44.64")
	for l := range strings.SplitSeq(d.Frame(), "\n") {
		if strings.Contains(l, "越过本台") && !strings.Contains(l, "平台") {
			t.Errorf("a note nobody wrote is the platform's: %s", l)
		}
	}
	f.Events[4].Amount = fen(160_000)
	d = open(t, text.Chinese, f, 80, 22)
	d.Sees("应付 ¥1,605.36   已收现 ¥1,600.00   少收 ¥5.36")
	f.Events[4].Amount = fen(165_000)
	f.Order.State = domain.Refused
	d = open(t, text.English, f, 110, 60)
	d.Sees("due ¥0.00", "nothing due", "¥1,650.00 too much")
}

// Whatever is told from outside, at whatever size, a frame has exactly its cells; Frame
// checks it.
func TestToldFramesAreExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	all := tuitest.Hostile()
	odd := func() string { return all[r.IntN(len(all))] }
	for range 25 {
		f := dawanglu()
		for i := range f.Events {
			e := &f.Events[i]
			e.Stage, e.Why, e.Text, e.Slip, e.Caller, e.Route = domain.Stage(odd()), domain.WhyTold(odd()), odd(), odd(), odd(), strings.Repeat(odd(), r.IntN(30))
			e.What = append(domain.EventKinds(), domain.EventKind(odd()))[r.IntN(9)]
			e.By, e.ByName, e.ByNameEn = domain.Login(odd()), odd(), odd()
			e.Lines = append(e.Lines, domain.EventLine{
				Line: r.IntN(7), Product: domain.ProductCode(odd()), Quantity: grams(r.Int64N(1e12)), Weight: grams(r.Int64N(1e12)), Why: domain.WhyTold(odd()),
			})
		}
		f.Plans = append(f.Plans, domain.DeliveryPlan{Due: at(24, 1, 1), Route: odd(), Why: odd(), By: domain.Login(odd()), At: at(23, 1, 1)})
		f.Adjustments = []domain.Adjustment{{ID: 1, Line: r.IntN(7), What: odd(), Amount: domain.Money(r.Int64N(1e11) - 5e10), At: at(23, 1, 2)}}
		d := open(t, []text.Lang{text.Chinese, text.English}[r.IntN(2)], f, 80+r.IntN(171), 18+r.IntN(60))
		for range 6 {
			d.Frame()
			d.Press([]string{"down", "pgdown", "tab", "end", "up", "home"}[r.IntN(6)])
			d.Resize(80+r.IntN(171), 18+r.IntN(60))
			if d.under() == "" {
				t.Fatalf("the cursor is out of sight:\n%s", d.Frame())
			}
		}
	}
}

// What the store says is entered, and a product corrected, from where it is seen.
func TestEntryAndCorrectionOpenFromTheOrder(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, dawanglu(), 80, 22)
	d.Press("+")
	d.Send(keys.Press{Action: keys.Product, Count: 1})
	want := []tea.Msg{ui.OpenEntry{Store: "S008", Order: 9}, ui.OpenCorrection{Product: "P4001", Case: 81}}
	if diff := cmp.Diff(want, d.Out()); diff != "" {
		t.Error(diff)
	}
	if m := d.view.Menu(); len(m.Acts) != 3 || m.Acts[2].Action != keys.Product {
		t.Errorf("menu %+v", m)
	}
	d.Press("tab", "tab")
	if m := d.view.Menu(); len(m.Acts) != 2 {
		t.Errorf("a line of the story is about no product: %+v", m)
	}
}
