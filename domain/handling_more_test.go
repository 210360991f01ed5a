package domain_test

import (
	"slices"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// begin makes a choice about the only target of a form, the store not being rung.
func begin(t *testing.T, f domain.Form, c domain.Choice) (domain.Answers, int) {
	t.Helper()
	a := press(t, f, 5)
	q, _ := f.Current(a)
	i := slices.IndexFunc(q.Options, func(o domain.Option) bool { return o.Code == string(c) })
	if i < 0 {
		t.Fatalf("%s is not offered: %+v", c, q)
	}
	a, err := f.Choose(a, q.ID, q.Options[i].Digit, stamp())
	if err != nil {
		t.Fatal(err)
	}
	return a, q.ID.Target
}

func TestMoneyIsProposedToTheFen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind       domain.Kind
		choice     domain.Choice
		difference domain.Quantity
		price      domain.Money
		want       []domain.Money
		effect     domain.Money
	}{
		"half a fen goes up":   {domain.ShortWeight, domain.ChooseCredit, -1_500, 333, []domain.Money{500, 167}, -500},
		"less than half stays": {domain.ShortWeight, domain.ChooseCredit, -1_498, 333, []domain.Money{499, 166}, -499},
		"a charge":             {domain.Overweight, domain.ChooseCharge, 2_345, 2790, []domain.Money{6543, 3753}, 6543},
	} {
		fc := of(c.kind)
		fc.Anomalies[0].Evidence.Difference, fc.Order.Lines[1].Price = c.difference, c.price
		f := domain.NewForm(fc)
		a, target := begin(t, f, c.choice)
		d, _ := a.Decision(target)
		var got []domain.Money
		var why []domain.AmountWhy
		for _, p := range f.Amounts(d) {
			got, why = append(got, p.Amount), append(why, p.Why)
		}
		if diff := cmp.Diff(c.want, got) + cmp.Diff([]domain.AmountWhy{domain.AmountAll, domain.AmountBeyond}, why); diff != "" || d.Amount != c.want[0] {
			t.Errorf("%s: begins with %v: %s", name, d.Amount, diff)
		}
		p := f.Plan(a)
		if len(p.Preview.Adjusts) != 1 || p.Preview.Adjusts[0].Amount != c.effect || p.Preview.Due() != c.effect {
			t.Errorf("%s: %+v", name, p.Preview.Adjusts)
		}
		for m, ok := range map[domain.Money]bool{0: false, -5: false, f.Order.Total: true, f.Order.Total + 1: false} {
			if err := f.CheckAmount(a, target, m); (err == nil) != ok {
				t.Errorf("%s: an amount of %v: %v", name, m, err)
			}
		}
	}
}

// A return waits for procurement's look and the supplier's word, takes no more than
// they agree to, and its money follows the goods until another was agreed.
func TestReturnGoesByItsFindings(t *testing.T) {
	t.Parallel()
	c := of(domain.Return)
	f := domain.NewForm(c)
	a, target := begin(t, f, domain.ChooseReturn)
	p := f.Plan(a)
	if p.HandTo != domain.Procurement || p.HandWhy != domain.HandFind || !cmp.Equal(p.Find, []domain.FindingKind{domain.FindGoods, domain.FindSupplier}) {
		t.Fatalf("unseen goods: %+v", p)
	}
	c.Findings = []domain.Finding{{What: domain.FindGoods, Answer: domain.FoundYes}, {What: domain.FindSupplier, Answer: domain.FoundAsked}}
	if got := domain.NewForm(c).Wanting(); !cmp.Equal(got, []domain.FindingKind{domain.FindSupplier}) {
		t.Fatalf("while the supplier is asked: %v", got)
	}
	c.Findings = append(c.Findings, domain.Finding{What: domain.FindSupplier, Answer: domain.FoundPart, Quantity: ptr(domain.Units(12))})
	f = domain.NewForm(c)
	if err := checkGoods(f, a, target, 12_001); err == nil {
		t.Error("more is taken back than was approved")
	}
	fewer, _ := f.SetQuantity(a, target, domain.Units(12), stamp()).Decision(target)
	if fewer.Amount != domain.Amount(domain.Units(12), 1200) {
		t.Errorf("the money of all does not follow what was approved: %v", fewer.Amount)
	}
	a, target = begin(t, f, domain.ChooseReturn)
	d, _ := a.Decision(target)
	if d.Quantity != domain.Units(12) || d.Amount != domain.Amount(domain.Units(12), 1200) || d.Restock != domain.ToStock {
		t.Fatalf("begins with %+v", d)
	}
	a = f.SetQuantity(a, target, domain.Units(10), stamp())
	if d, _ = a.Decision(target); d.Amount != domain.Amount(domain.Units(10), 1200) {
		t.Errorf("the money does not follow the goods: %v", d.Amount)
	}
	a = f.SetQuantity(f.SetAmount(a, target, 9_000, stamp()), target, domain.Units(8), stamp())
	if d, _ = a.Decision(target); d.Amount != 9_000 {
		t.Errorf("what was agreed is lost: %v", d.Amount)
	}
	q, _ := f.Current(a)
	a, err := f.Choose(a, q.ID, 1, stamp())
	if err != nil {
		t.Fatal(err)
	}
	p = f.Plan(a)
	want := []domain.Effect{
		{Op: domain.EffectAdjust, Line: 2, Amount: -9_000}, {Op: domain.EffectRestock, Line: 2, Product: "P1007", Quantity: domain.Units(8)},
	}
	if diff := cmp.Diff(want, p.Resolutions[0].Effects); diff != "" || !p.Ready() {
		t.Errorf("%s then %s", diff, p.Next())
	}
	a, _ = f.Choose(a, domain.QuestionID{Ask: domain.AskRestock, Target: target}, 2, stamp())
	if p = f.Plan(a); len(p.Resolutions[0].Effects) != 1 || len(p.Preview.Stock) != 0 {
		t.Errorf("what is thrown away comes into stock: %+v", p.Resolutions[0].Effects)
	}
}

func checkGoods(f domain.Form, a domain.Answers, target int, q domain.Quantity) error {
	_, err := f.CheckGoods(a, target, q)
	return err
}

// An order that is ordered again begins as the store wants it, line by line, and can
// be changed by quantity.
func TestReorderBeginsWithWhatIsWanted(t *testing.T) {
	t.Parallel()
	f := domain.NewForm(of(domain.OrderChange))
	a, target := begin(t, f, domain.ChooseReorder)
	d, _ := a.Decision(target)
	want := []domain.Wanted{
		{Line: 1, Product: "P1", Quantity: domain.Units(10)},
		{Line: 2, Product: "P1007", Quantity: domain.Units(48)},
		{Line: 3, Product: "P3", Quantity: domain.Units(5)},
		{Product: "P1008", Quantity: domain.Units(6)},
	}
	if diff := cmp.Diff(want, d.Items); diff != "" {
		t.Fatal(diff)
	}
	a = f.SetItem(f.SetItem(a, target, 0, 0, stamp()), target, 1, domain.Units(36), stamp())
	v := f.Plan(a).Preview
	lines := []domain.LinkedLine{
		{Product: "P1007", Quantity: domain.Units(36), Price: 1200},
		{Product: "P3", Quantity: domain.Units(5), Price: 1000},
		{Product: "P1008", Quantity: domain.Units(6), Price: 1300},
	}
	if len(v.Linked) != 1 || !cmp.Equal(lines, v.Linked[0].Lines) || v.Linked[0].Total != 56_000 || !v.OrderCancelled {
		t.Errorf("%+v", v.Linked)
	}
	if v.Due() != 56_000-f.Order.Total {
		t.Errorf("the store owes %v more", v.Due())
	}
	if _, err := f.CheckItem(a, target, 1, domain.MaxQuantity+1); err == nil {
		t.Error("a quantity out of range is taken")
	}
	if c, err := f.CheckItem(a, target, 1, domain.Units(37)); err != nil || c.StepOK {
		t.Errorf("no multiple: %+v %v", c, err)
	}
	for i := range d.Items {
		a = f.SetItem(a, target, i, 0, stamp())
	}
	p := f.Plan(a)
	if len(p.Preview.Linked) != 0 || !slices.ContainsFunc(p.Preview.Warnings, func(w domain.Warning) bool { return w.Kind == domain.WarnNothing }) {
		t.Errorf("nothing is ordered again: %+v", p.Preview)
	}
}

// A store that says which line is wrong, and what it meant, is taken at its word first.
func TestWrongLineIsTheOneTheStoreNames(t *testing.T) {
	t.Parallel()
	c := of(domain.WrongOrder)
	c.Anomalies[0].Evidence.Items = []domain.Item{{Line: 3, Product: "P3", Quantity: domain.Units(5), Wanted: domain.Units(50)}}
	f := domain.NewForm(c)
	a, target := begin(t, f, domain.ChooseChange)
	a, err := f.Choose(a, domain.QuestionID{Ask: domain.AskOnLine, Target: target}, 1, stamp())
	d, _ := a.Decision(target)
	if err != nil || d.OnLine != 3 {
		t.Fatalf("line %d: %v", d.OnLine, err)
	}
	if p := f.Quantities(d); len(p) == 0 || p[0].Quantity != domain.Units(50) || p[0].Why != domain.ProposeAsked {
		t.Errorf("proposed %+v", p)
	}
}

// What cannot be ordered now is not among what a store lacks; of nothing there is no
// order.
func TestWhatIsMissingIsOrdered(t *testing.T) {
	t.Parallel()
	f := domain.NewForm(of(domain.Replenishment))
	a, target := begin(t, f, domain.ChooseOrder)
	d, _ := a.Decision(target)
	if diff := cmp.Diff([]domain.Wanted{{Product: "P1007", Quantity: domain.Units(36)}, {Product: "P1009"}}, d.Items); diff != "" {
		t.Fatal(diff)
	}
	a = f.SetItem(a, target, 0, 0, stamp())
	if q, _ := f.Current(a); q.ID.Ask != domain.AskItem {
		t.Errorf("an order of nothing: %v is asked", q.ID)
	}
	c := of(domain.Replenishment)
	c.Anomalies[0].Evidence.Items = c.Anomalies[0].Evidence.Items[1:]
	f = domain.NewForm(c)
	q, _ := f.Current(press(t, f, 5))
	if !cmp.Equal(q.Barred, []domain.Barred{{Choice: domain.ChooseOrder, Why: domain.BarNotOrderable}}) {
		t.Errorf("nothing can be ordered: %+v", q.Barred)
	}
}

func TestSecondPersonAbove(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   domain.Kind
		choice domain.Choice
		terms  func(*domain.HandlingTerms, domain.Money)
		stake  func(domain.Form, domain.Plan) domain.Money
	}{
		"an order that is cancelled": {
			domain.QuantitySurge, domain.ChooseDropOrder,
			func(t *domain.HandlingTerms, m domain.Money) { t.SignRelease = m }, func(f domain.Form, _ domain.Plan) domain.Money { return f.Order.Total },
		},
		"an order that is released": {
			domain.QuantitySurge, domain.ChooseGenuine,
			func(t *domain.HandlingTerms, m domain.Money) { t.SignRelease = m }, func(f domain.Form, _ domain.Plan) domain.Money { return f.Order.Total },
		},
		"a credit": {
			domain.ShortWeight, domain.ChooseCredit,
			func(t *domain.HandlingTerms, m domain.Money) { t.SignAdjust = m }, func(_ domain.Form, p domain.Plan) domain.Money { return -p.Preview.Due() },
		},
		"a supplement": {
			domain.Exchange, domain.ChooseSupplement,
			func(t *domain.HandlingTerms, m domain.Money) { t.SignAdjust = m }, func(domain.Form, domain.Plan) domain.Money { return 24_000 },
		},
	} {
		fc := of(c.kind)
		f := domain.NewForm(fc)
		a, _ := begin(t, f, c.choice)
		for _, q := range f.Questions(a) {
			if !q.Answered && len(q.Options) > 0 {
				a, _ = f.Choose(a, q.ID, 1, stamp())
			}
		}
		stake := c.stake(f, f.Plan(a))
		for above, want := range map[domain.Money]domain.Step{0: domain.StepPropose, 1: domain.StepWrite} {
			c.terms(&fc.Terms, stake+above)
			f := domain.NewForm(fc)
			if p := f.Plan(a); p.Next() != want || (want == domain.StepPropose && p.Stake != stake) {
				t.Errorf("%s of %v, from %v on: %s, stake %v, missing %v", name, stake, stake+above, p.Next(), p.Stake, p.Missing)
			}
		}
	}
}

// Whoever has a part in a procedure prepares another's part of it and hands it on.
func TestAnothersPartIsHandedOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   domain.Kind
		role   domain.Role
		choice domain.Choice
		to     domain.Department
		why    domain.HandWhy
	}{
		"the step":  {domain.StepMismatch, domain.RoleAgent, domain.ChooseFixStep, domain.Procurement, domain.HandCorrect},
		"the limit": {domain.AmountSurge, domain.RoleAgent, domain.ChooseRaiseLimit, domain.Manager, domain.HandAct},
		"a time":    {domain.SlowFulfilment, domain.RoleAgent, domain.ChooseReschedule, domain.Logistics, domain.HandAct},
		"the order": {domain.SlowFulfilment, domain.RoleLogistics, domain.ChooseDropOrder, domain.CustomerService, domain.HandAct},
	} {
		fc := of(c.kind)
		fc.By.Roles = []domain.Role{c.role}
		f := domain.NewForm(fc)
		a, target := begin(t, f, c.choice)
		a, err := f.Choose(a, domain.QuestionID{Ask: domain.AskWhy, Target: target}, 1, stamp())
		if p := f.Plan(a); err != nil || p.Next() != domain.StepHand || p.HandTo != c.to || p.HandWhy != c.why {
			t.Errorf("%s: %s to %q because %q: %v", name, p.Next(), p.HandTo, p.HandWhy, err)
		}
	}
}

func TestStandInIsChosenAndPriced(t *testing.T) {
	t.Parallel()
	f := domain.NewForm(of(domain.ZeroStock))
	a, target := begin(t, f, domain.ChooseSubstitute)
	q, _ := f.Current(a)
	if q.ID.Ask != domain.AskProduct || len(q.Options) != 1 || q.Options[0].Code != "P1008" {
		t.Fatalf("asked %+v", q)
	}
	a, err := f.Choose(a, q.ID, 1, stamp())
	if err != nil {
		t.Fatal(err)
	}
	p := f.Plan(a).Preview
	want := []domain.LineChange{
		{Line: 2, Product: "P1007", Old: domain.Units(480), OldAmount: 576_000}, {Line: 4, Product: "P1008", New: domain.Units(480), NewAmount: 624_000},
	}
	if diff := cmp.Diff(want, p.Lines); diff != "" || p.Delta() != 48_000 {
		t.Errorf("the order changes by %v: %s", p.Delta(), diff)
	}
	for code, ok := range map[domain.ProductCode]bool{"P1008": true, "P1007": false, "P1009": false, "P9999": false} {
		if err := f.CheckProduct(target, code); (err == nil) != ok {
			t.Errorf("%s in its place: %v", code, err)
		}
	}
}
