package domain_test

import (
	"encoding/json"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

var shanghai = time.FixedZone("CST", 8*3600)

func at(clock string) time.Time {
	c, _ := domain.ParseClock(clock)
	return c.On(time.Date(2025, 9, 15, 0, 0, 0, 0, shanghai), shanghai)
}

func ptr[T any](v T) *T { return &v }

// milk is an order of three lines whose second is ten times too much, which makes
// the amount too large too.
func milk() domain.FormCase {
	line := func(no int, p domain.ProductCode, q int64, price domain.Money) domain.Line {
		return domain.Line{
			No: no, Product: p, Quantity: domain.Units(q), Original: domain.Units(q), Price: price,
			Amount: domain.Amount(domain.Units(q), price),
		}
	}
	order := domain.Order{
		ID: 1, No: "1123-0398", Store: "S031", State: domain.Placed,
		Lines: []domain.Line{line(1, "P1", 10, 300), line(2, "P1007", 480, 1200), line(3, "P3", 5, 1000)},
	}
	order.Total = domain.TotalOf(order.Lines)
	return domain.FormCase{
		Case: 7, Version: 3, Order: order,
		Anomalies: []domain.Anomaly{
			{ID: 12, Kind: domain.AmountSurge, Blocks: true, Evidence: domain.Evidence{OddLines: []int{2}}},
			{ID: 11, Kind: domain.QuantitySurge, Line: 2, Blocks: true, Evidence: domain.Evidence{
				Line: 2, Median: domain.Units(36), UsualHigh: domain.Units(60), Multiple: "x10", Likely: domain.Units(48),
			}},
		},
		Holds: []domain.Hold{
			{ID: 21, Line: 2, Anomaly: 11, Kind: domain.QuantitySurge},
			{ID: 22, Anomaly: 12, Kind: domain.AmountSurge},
		},
		Products: map[domain.ProductCode]domain.Product{
			"P1007": {Code: "P1007", Step: ptr(domain.Units(12)), Case: ptr(domain.Units(12)), Price: 1200, Stock: ptr(domain.Units(1240))},
		},
		Moments: []domain.Moment{
			{What: domain.WindowClose, At: at("15:00")}, {What: domain.Picking, At: at("15:30")}, {What: domain.Departure, At: at("23:00")},
		},
		By:  domain.Staff{Login: "lin", Roles: []domain.Role{domain.RoleAgent}, Active: true},
		Now: at("13:41"),
	}
}

func stamp() domain.Stamp { return domain.Stamp{At: at("13:41").UTC(), By: "lin"} }

// press answers the question at hand with each digit in turn; 0 takes the first
// proposal of a quantity.
func press(t *testing.T, f domain.Form, digits ...int) domain.Answers {
	t.Helper()
	var a domain.Answers
	for _, d := range digits {
		q, ok := f.Current(a)
		if !ok {
			t.Fatalf("digit %d: nothing is asked any more", d)
		}
		if q.ID.Ask == domain.AskQuantity {
			dec, _ := a.Decision(q.ID.Target)
			line := q.ID.Target
			if line == 0 {
				line = dec.OnLine
			}
			a = f.SetQuantity(a, q.ID.Target, f.Proposals(line)[d].Quantity, stamp())
			continue
		}
		var err error
		if a, err = f.Choose(a, q.ID, d, stamp()); err != nil {
			t.Fatalf("digit %d at %v: %v", d, q.ID, err)
		}
	}
	return a
}

// The keys of the drawing: reached, the manager, a mistake; new quantity, the first
// proposal, a digit too many.
func TestSurgeIsCorrectedWithDigitsAlone(t *testing.T) {
	t.Parallel()
	f := domain.NewForm(milk())
	if len(f.Targets) != 1 || f.Targets[0].Line != 2 || f.Targets[0].Lead().ID != 11 {
		t.Fatalf("the amount is not decided with the line that makes it: %+v", f.Targets)
	}
	a := press(t, f, 1, 1, 1, 2, 0, 1)
	p := f.Plan(a)
	if !p.Ready() || a.Look == nil {
		t.Fatalf("not ready: %+v", p)
	}
	want := []domain.Resolution{
		{
			Anomaly: 11, Kind: domain.QuantitySurge, Outcome: domain.QuantityCorrected, Close: domain.RealError, Reason: domain.WhyExtraDigit,
			Effects: []domain.Effect{
				{Op: domain.EffectSetQuantity, Line: 2, Quantity: domain.Units(48)}, {Op: domain.EffectRelease, Hold: 21},
			},
		},
		{
			Anomaly: 12, Kind: domain.AmountSurge, Outcome: domain.OrderCorrected, Close: domain.RealError, Reason: domain.WhyExtraDigit,
			Effects: []domain.Effect{{Op: domain.EffectRelease, Hold: 22}},
		},
	}
	if d := cmp.Diff(want, p.Resolutions); d != "" {
		t.Error(d)
	}
	v := p.Preview
	if v.Delta() != domain.Amount(domain.Units(48-480), 1200) || len(v.Rechecked) != 2 || len(v.Stays) != 0 || v.Accepted {
		t.Errorf("preview %+v", v)
	}
	if v.Until == nil || v.Until.What != domain.Picking {
		t.Errorf("changeable until %+v", v.Until)
	}
	learnt := []domain.Learnt{{Line: 2, Product: "P1007", Quantity: domain.Units(48), Not: domain.Units(480)}}
	if d := cmp.Diff(learnt, v.Learnt); d != "" {
		t.Error(d)
	}
}

func TestChoicesMakeTheirOutcomes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		digits   []int
		quantity domain.Outcome
		amount   domain.Outcome
		released int
		effects  int
		total    domain.Money
		close    domain.CloseReason
	}{
		"genuine":     {[]int{5, 1, 1}, domain.ConfirmedGenuine, domain.ConfirmedGenuine, 2, 4, 584_000, domain.UnusualRight},
		"line goes":   {[]int{5, 3, 1}, domain.LineCancelled, domain.OrderCorrected, 1, 3, 8_000, domain.RealError},
		"order goes":  {[]int{5, 4, 1}, domain.OrderCancelled, domain.OrderCancelled, 2, 3, 0, domain.RealError},
		"false alarm": {[]int{5, 5, 1}, domain.FalseAlarm, domain.FalseAlarm, 2, 4, 584_000, domain.RuleWrong},
		"wrong data":  {[]int{5, 5, 3}, domain.FalseAlarm, domain.FalseAlarm, 2, 4, 584_000, domain.MasterDataBad},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := domain.NewForm(milk())
			p := f.Plan(press(t, f, c.digits...))
			if !p.Ready() || len(p.Resolutions) != 2 {
				t.Fatalf("%+v", p)
			}
			if p.Resolutions[0].Outcome != c.quantity || p.Resolutions[1].Outcome != c.amount || p.Resolutions[0].Close != c.close {
				t.Errorf("outcomes %+v", p.Resolutions)
			}
			n := len(p.Resolutions[0].Effects) + len(p.Resolutions[1].Effects)
			if n != c.effects || len(p.Preview.Released) != c.released || p.Preview.NewTotal != c.total {
				t.Errorf("effects %d, preview %+v", n, p.Preview)
			}
		})
	}
}

func TestNotReachedIsNotWritten(t *testing.T) {
	t.Parallel()
	f := domain.NewForm(milk())
	a := press(t, f, 2)
	if p := f.Plan(a); p.Ready() || len(p.Missing) != 1 || p.Missing[0].Ask != domain.AskCall {
		t.Errorf("missing %+v", p.Missing)
	}
	s := domain.Settings{}
	for with, then := range map[domain.Department]domain.Department{
		domain.CustomerService: domain.Expansion, domain.Expansion: domain.Manager, domain.Manager: domain.Expansion,
	} {
		if p := domain.AfterCall(2, with, s, at("13:41"), nil); p.Then != then || !p.GoesOn || p.LastTry != nil {
			t.Errorf("from %s: %+v", with, p)
		}
	}
	s.Put(domain.Setting{Name: "call.then", Scope: domain.ScopePlatform, Value: "manager"})
	if p := domain.AfterCall(2, domain.Manager, s, at("13:41"), nil); p.GoesOn {
		t.Errorf("beyond the manager: %+v", p)
	}
	s = domain.Settings{}
	for name, c := range map[string]struct {
		before int
		now    string
		goesOn bool
		last   string
	}{
		"first":           {0, "13:41", false, "15:20"},
		"third":           {2, "13:41", true, "15:20"},
		"before picking":  {0, "15:11", true, "15:20"},
		"just in time":    {0, "15:10", false, "15:20"},
		"picking is past": {0, "15:31", false, "22:50"},
	} {
		p := domain.AfterCall(c.before, domain.CustomerService, s, at(c.now), milk().Moments)
		if p.GoesOn != c.goesOn || p.LastTry == nil || !p.LastTry.Equal(at(c.last)) || p.Then != domain.Expansion {
			t.Errorf("%s: %+v", name, p)
		}
		if !p.Again.Equal(at(c.now).Add(10 * time.Minute)) {
			t.Errorf("%s: again at %v", name, p.Again)
		}
	}
}

func TestRolesSeeWhatTheyMayNotDo(t *testing.T) {
	t.Parallel()
	c := milk()
	c.By.Roles = []domain.Role{domain.RoleProcurement}
	f := domain.NewForm(c)
	a := press(t, f, 5)
	q, _ := f.Current(a)
	for _, o := range q.Options {
		if !cmp.Equal(o.Needs, []domain.Role{domain.RoleAgent, domain.RoleManager}) {
			t.Errorf("%s is open to procurement", o.Code)
		}
	}
	if _, err := f.Choose(a, q.ID, 1, stamp()); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("choosing it: %v", err)
	}
	if _, err := f.Choose(a, q.ID, 9, stamp()); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a digit that is not there: %v", err)
	}
}

func TestStepAndStockOfferWhatTheyCan(t *testing.T) {
	t.Parallel()
	c := milk()
	c.Order.Lines[1].Quantity = domain.Units(50)
	c.Anomalies = []domain.Anomaly{
		{ID: 31, Kind: domain.StepMismatch, Line: 2, Blocks: true},
		{ID: 32, Kind: domain.ZeroStock, Line: 2, Blocks: true},
	}
	p := c.Products["P1007"]
	p.Stock = ptr(domain.Units(20))
	c.Products["P1007"] = p
	f := domain.NewForm(c)
	q, _ := f.Current(press(t, f, 5))
	var codes []string
	for _, o := range q.Options {
		codes = append(codes, o.Code)
	}
	if d := cmp.Diff([]string{"change", "drop_line", "drop_order", "false_alarm"}, codes); d != "" {
		t.Error(d)
	}
	var got []string
	for _, o := range f.Proposals(2) {
		got = append(got, o.Quantity.String()+" "+string(o.Why))
	}
	if d := cmp.Diff([]string{"48 below", "60 above", "12 in_stock"}, got); d != "" {
		t.Error(d)
	}
}

func TestOrderOfManyOddLinesIsDecidedAsAWhole(t *testing.T) {
	t.Parallel()
	c := milk()
	c.Anomalies[0].Evidence.OddLines = []int{2, 3}
	f := domain.NewForm(c)
	if len(f.Targets) != 2 || f.Targets[1].Line != 0 {
		t.Fatalf("targets %+v", f.Targets)
	}
	// Line 2 is genuine; the order changes by line 3, the odd one without a decision of its own.
	a := press(t, f, 5, 1, 1, 2, 1)
	if d, _ := a.Decision(0); d.OnLine != 3 {
		t.Fatalf("the odd line is not offered first: %+v", d)
	}
	a = f.SetQuantity(a, 0, domain.Units(1), stamp())
	q, _ := f.Current(a)
	a, err := f.Choose(a, q.ID, 1, stamp())
	if err != nil {
		t.Fatal(err)
	}
	p := f.Plan(a)
	if !p.Ready() || len(p.Preview.Released) != 1 || len(p.Preview.Rechecked) != 1 || p.Preview.Lines[0].Line != 3 {
		t.Errorf("%+v", p)
	}
	// Changing line 2 makes the order's change without naming a line.
	a = press(t, f, 5, 2, 0, 1, 2, 1)
	if p := f.Plan(a); !p.Ready() || len(p.Preview.Rechecked) != 2 {
		t.Errorf("%+v", p)
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	kinds := func(c domain.FormCase, digits ...int) []domain.WarningKind {
		f := domain.NewForm(c)
		var out []domain.WarningKind
		for _, w := range f.Plan(press(t, f, digits...)).Preview.Warnings {
			out = append(out, w.Kind)
		}
		return out
	}
	late := milk()
	late.Now = at("14:56")
	picking := milk()
	picking.Now = at("15:25")
	past := milk()
	past.Now = at("15:31")
	for name, c := range map[string]struct{ got, want []domain.WarningKind }{
		"none":       {kinds(milk(), 1, 1, 1, 2, 0, 1), nil},
		"mistake":    {kinds(milk(), 1, 1, 1, 1, 1), []domain.WarningKind{domain.WarnSaidWrong}},
		"wanted":     {kinds(milk(), 1, 1, 2, 3, 1), []domain.WarningKind{domain.WarnSaidWanted}},
		"no reorder": {kinds(late, 5, 3, 1), []domain.WarningKind{domain.WarnReorder}},
		"kept late":  {kinds(late, 5, 1, 1), nil},
		"picking":    {kinds(picking, 5, 1, 1), []domain.WarningKind{domain.WarnPicking}},
		"past":       {kinds(past, 5, 1, 1), []domain.WarningKind{domain.WarnPast}},
	} {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestDraftComesBackAsItWas(t *testing.T) {
	t.Parallel()
	f := domain.NewForm(milk())
	a := press(t, f, 1, 3, 5)
	a = f.SetText(a, domain.QuestionID{Ask: domain.AskWho}, "会计", stamp())
	a = f.SetText(a, domain.QuestionID{Ask: domain.AskSaid}, "要问店长", stamp())
	a.Note = "再打"
	raw, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var back domain.Answers
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(a, back); d != "" {
		t.Error(d)
	}
}
