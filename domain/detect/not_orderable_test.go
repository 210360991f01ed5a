package detect

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

func attemptInput(tb testing.TB, p domain.Product, told domain.WhyTold, wanted, seen *domain.Quantity) EventInput {
	tb.Helper()
	p.Code = "P3001"
	return EventInput{
		Event: domain.Event{
			ID: 9, What: domain.EventAttempt, Key: "a1", Store: "S014", At: clock(tb, "13:12"), Why: told,
			Lines: []domain.EventLine{{Product: "P3001", Quantity: wanted, StepSeen: seen}},
		},
		Products: map[domain.ProductCode]domain.Product{"P3001": p},
		Settings: domain.Settings{}, Calendar: domain.Settings{}.Calendar(),
	}
}

// The reason found here comes before the one that was told: the step first, then the
// price, then the stock. What is out of stock is zero stock; what is not for sale is
// rightly refused.
func TestAttempts(t *testing.T) {
	t.Parallel()
	const none = domain.Kind("")
	dumplings := domain.Product{Step: ptr(domain.Units(5)), StepVersion: 2, Price: 2200, Status: domain.ProductNormal, Stock: ptr(domain.Units(318))}
	with := func(change func(*domain.Product)) domain.Product {
		p := dumplings
		change(&p)
		return p
	}
	scarce := with(func(p *domain.Product) { p.Stock, p.Reserved = ptr(domain.Units(20)), domain.Units(10) })
	for _, c := range []struct {
		name   string
		p      domain.Product
		told   domain.WhyTold
		wanted *domain.Quantity
		seen   *domain.Quantity
		kind   domain.Kind
		found  domain.WhyTold
		cause  string
	}{
		{"no multiple", dumplings, domain.ToldStep, ptr(domain.Units(4)), nil, domain.NotOrderable, domain.ToldStep, "attempt P3001 step"},
		{"no multiple, told otherwise", dumplings, domain.ToldOther, ptr(domain.Units(4)), nil, domain.NotOrderable, domain.ToldStep, "attempt P3001 step"},
		{"a multiple, told of the step", dumplings, domain.ToldStep, ptr(domain.Units(5)), nil, domain.NotOrderable, "", "attempt P3001 step"},
		{"another step seen", dumplings, domain.ToldOther, ptr(domain.Units(5)), ptr(domain.Units(1)), domain.NotOrderable, domain.ToldStep, "attempt P3001 step"},
		{"the same step seen", dumplings, domain.ToldOther, ptr(domain.Units(5)), ptr(domain.Units(5)), domain.NotOrderable, "", "attempt P3001 other"},
		{"nothing told", dumplings, "", ptr(domain.Units(5)), nil, domain.NotOrderable, "", "attempt P3001 other"},
		{"no step set", with(func(p *domain.Product) { p.Step = nil }), domain.ToldOther, ptr(domain.Units(4)), ptr(domain.Units(5)), domain.NotOrderable, "", "attempt P3001 other"},
		{"told of the status", dumplings, domain.ToldStatus, ptr(domain.Units(5)), nil, domain.NotOrderable, "", "attempt P3001 status"},
		{"told of the price", dumplings, domain.ToldPrice, ptr(domain.Units(5)), nil, domain.NotOrderable, "", "attempt P3001 price"},
		{"without a price", with(func(p *domain.Product) { p.Price = 0 }), domain.ToldOther, ptr(domain.Units(5)), nil, domain.NotOrderable, domain.ToldPrice, "attempt P3001 price"},
		{"the step before the price", with(func(p *domain.Product) { p.Price = 0 }), domain.ToldOther, ptr(domain.Units(4)), nil, domain.NotOrderable, domain.ToldStep, "attempt P3001 step"},
		{"more than there is", scarce, domain.ToldOther, ptr(domain.Units(15)), nil, domain.ZeroStock, domain.ToldStock, "stock P3001"},
		{"just what there is", scarce, domain.ToldOther, ptr(domain.Units(10)), nil, domain.NotOrderable, "", "attempt P3001 other"},
		{"told of the stock, and there is some", dumplings, domain.ToldStock, ptr(domain.Units(5)), nil, domain.ZeroStock, "", "stock P3001"},
		{"told of the stock, nobody said how much", with(func(p *domain.Product) { p.Stock = nil }), domain.ToldStock, ptr(domain.Units(5)), nil, domain.ZeroStock, "", "stock P3001"},
		{"none left, no quantity told", with(func(p *domain.Product) { p.Stock = ptr(domain.Units(0)) }), domain.ToldOther, nil, nil, domain.ZeroStock, domain.ToldStock, "stock P3001"},
		{"one left, no quantity told", with(func(p *domain.Product) { p.Stock = ptr(domain.Units(1)) }), domain.ToldOther, nil, nil, domain.NotOrderable, "", "attempt P3001 other"},
		{"the step before the stock", scarce, domain.ToldOther, ptr(domain.Units(16)), nil, domain.NotOrderable, domain.ToldStep, "attempt P3001 step"},
		{"paused", with(func(p *domain.Product) { p.Status = domain.ProductPaused }), domain.ToldStatus, ptr(domain.Units(5)), nil, none, "", ""},
		{"delisted, told of the stock", with(func(p *domain.Product) { p.Status = domain.ProductDelisted }), domain.ToldStock, ptr(domain.Units(5)), nil, none, "", ""},
		{"outside the window", dumplings, domain.ToldWindow, ptr(domain.Units(5)), nil, domain.Replenishment, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			flags := JudgeEvent(attemptInput(t, c.p, c.told, c.wanted, c.seen))
			if c.kind == none {
				if len(flags) != 0 {
					t.Fatalf("flags %+v, want none", flags)
				}
				return
			}
			if len(flags) != 1 || flags[0].Kind != c.kind || flags[0].Evidence.Found != c.found || flags[0].Cause != c.cause {
				t.Fatalf("flags %+v, want one %s, found %q, of cause %q", flags, c.kind, c.found, c.cause)
			}
			if f := flags[0]; f.Line != 0 || f.Blocks || f.Evidence.Product != "P3001" || f.Evidence.Told != c.told || f.Evidence.Cause != c.cause {
				t.Errorf("flag %+v, want one of the product, with what was told, that holds no order", f)
			}
		})
	}
}

// The sentence of an attempt can be read from its evidence alone. The money is that of
// what the store usually orders.
func TestAttemptEvidence(t *testing.T) {
	t.Parallel()
	p := domain.Product{
		Step: ptr(domain.Units(5)), Price: 2200, Status: domain.ProductNormal, Stock: ptr(domain.Units(320)), Reserved: domain.Units(2),
	}
	in := attemptInput(t, p, domain.ToldStep, ptr(domain.Units(12)), ptr(domain.Units(1)))
	in.Usual = map[domain.ProductCode]domain.Quantity{"P3001": domain.Units(10)}
	earlier := func(key string, p domain.ProductCode) domain.Event {
		return domain.Event{Key: key, Lines: []domain.EventLine{{Product: p}, {Product: p}}}
	}
	in.Refused = []domain.Event{earlier("a0", "P3001"), earlier("b", "P9"), earlier("a1", "P3001")}
	f := JudgeEvent(in)[0]
	want := domain.Evidence{
		Product: "P3001", Quantity: domain.Units(12), Price: 2200, Expected: domain.Units(10),
		Step: domain.Units(5), StepSeen: domain.Units(1), Below: domain.Units(10), Above: domain.Units(15), Times100: 240,
		Stock: ptr(domain.Units(320)), Available: ptr(domain.Units(318)), Event: 9, Told: domain.ToldStep, Found: domain.ToldStep,
		Refusals: 2, Status: domain.ProductNormal, Cause: "attempt P3001 step", Rule: AttemptRule, RuleVersion: AttemptVersion,
	}
	if diff := cmp.Diff(want, f.Evidence); diff != "" {
		t.Error(diff)
	}
	if f.AtRisk != 22_000 {
		t.Errorf("at risk %s, want the usual ten: 220.00", f.AtRisk)
	}
	if diff := cmp.Diff([]string{"window_close 11-23 15:00", "picking 11-23 15:30"}, saying(f.Moments)); diff != "" {
		t.Error(diff)
	}
	in.Usual = nil
	if f := JudgeEvent(in)[0]; f.AtRisk != 26_400 {
		t.Errorf("at risk %s of a store without a habit, want what it tried: 264.00", f.AtRisk)
	}
}

// A reason of a line is its own; each line of an attempt is judged.
func TestAttemptOfSeveralLines(t *testing.T) {
	t.Parallel()
	in := attemptInput(t, domain.Product{Price: 2200}, domain.ToldOther, ptr(domain.Units(5)), nil)
	in.Products["P2"] = domain.Product{Price: 100}
	in.Event.Lines = append(in.Event.Lines, domain.EventLine{Product: "P2", Quantity: ptr(domain.Units(5)), Why: domain.ToldStock})
	var got []domain.Kind
	for _, f := range JudgeEvent(in) {
		got = append(got, f.Kind)
	}
	if diff := cmp.Diff([]domain.Kind{domain.NotOrderable, domain.ZeroStock}, got); diff != "" {
		t.Error(diff)
	}
}

// What a store usually orders is its own habit, in quantities that can be ordered.
func TestUsual(t *testing.T) {
	t.Parallel()
	e := taught(t, Defaults(), 40)
	p := domain.Product{Code: "milk", Step: ptr(domain.Units(12))}
	if q, n := e.Usual("S1", p); q != domain.Units(36) || n != 40 {
		t.Errorf("usually %s of %d orders, want 36 of 40", q, n)
	}
	for _, c := range []struct {
		store domain.StoreCode
		p     domain.ProductCode
	}{{"S1", "tea"}, {"S99", "milk"}} {
		if q, n := e.Usual(c.store, domain.Product{Code: c.p}); q != 0 || n != 0 {
			t.Errorf("%s usually orders %s of %s in %d orders, want nothing", c.store, q, c.p, n)
		}
	}
}
