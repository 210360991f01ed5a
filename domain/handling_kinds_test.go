package domain_test

import (
	"slices"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// of is a case of one kind as it usually comes: for the kinds after delivery an order
// that was received, for those without an order none.
func of(k domain.Kind) domain.FormCase {
	c := milk()
	c.Terms = domain.Settings{}.HandlingTerms()
	c.Holds = nil
	a := domain.Anomaly{ID: 51, Kind: k, Order: 1}
	hold := domain.Hold{ID: 61, Anomaly: 51, Kind: k}
	c.Others = []domain.Product{
		{Code: "P1008", Status: domain.ProductNormal, Step: ptr(domain.Units(6)), Price: 1300, Stock: ptr(domain.Units(900))},
		{Code: "P1009", Status: domain.ProductPaused, Price: 1300},
	}
	ev := &a.Evidence
	switch k {
	case domain.QuantitySurge, domain.StepMismatch, domain.ZeroStock:
		a.Line, a.Blocks, hold.Line = 2, true, 2
		ev.Line, ev.Likely, ev.Multiple = 2, domain.Units(48), "x10"
		if k == domain.StepMismatch {
			c.Order.Lines[1].Quantity = domain.Units(50)
		}
		if k == domain.ZeroStock {
			p := c.Products["P1007"]
			p.Stock = ptr(domain.Units(20))
			c.Products["P1007"] = p
		}
	case domain.AmountSurge:
		a.Blocks, ev.OddLines, ev.HardLimit, ev.Limit = true, []int{1, 2}, "cod_limit", 500_000
	case domain.OrderChange, domain.WrongOrder:
		a.Blocks = true
		ev.Items = []domain.Item{{Line: 2, Product: "P1007", Quantity: domain.Units(480), Wanted: domain.Units(48), Price: 1200}, {Product: "P1008", Wanted: domain.Units(6), Price: 1300}}
	case domain.SlowFulfilment:
		c.Order.State = domain.Accepted
		ev.Stage, ev.StageDue, ev.Amount = domain.StageAllocated, ptr(at("13:00")), c.Order.Total
	case domain.ShortWeight, domain.Overweight, domain.Exchange, domain.Return:
		c.Order.State = domain.Received
		a.Line, ev.Line, ev.Product, ev.Price, ev.Tolerance = 2, 2, "P1007", 1200, domain.Units(1)
		ev.Quantity, ev.Difference = domain.Units(480), -2_345
		if k == domain.Overweight {
			ev.Difference = 2_345
		}
		if k == domain.Exchange || k == domain.Return {
			ev.Quantity, ev.Difference, ev.Told = domain.Units(20), 0, domain.ToldTooMany
		}
	case domain.Replenishment, domain.NotOrderable:
		c.Order = domain.Order{}
		a.Order = 0
		ev.Product, ev.Quantity, ev.Price = "P1007", domain.Units(36), 1200
		ev.Items = []domain.Item{{Product: "P1007", Wanted: domain.Units(36), Price: 1200, Times: 7, Of: 8}, {Product: "P1009", Wanted: domain.Units(5), Price: 1300}}
		if k == domain.NotOrderable {
			ev.Items, ev.Told = nil, domain.ToldStep
		}
	default:
	}
	c.Anomalies = []domain.Anomaly{a}
	if a.Blocks {
		c.Holds = []domain.Hold{hold}
	}
	return c
}

// variants are the case of a kind as it can stand: before and after the goods left,
// with and without an order, with the words procurement can have given.
func variants(k domain.Kind) []domain.FormCase {
	out := []domain.FormCase{of(k)}
	with := func(change func(*domain.FormCase)) {
		c := of(k)
		change(&c)
		out = append(out, c)
	}
	if of(k).Order.ID != 0 {
		for _, s := range domain.OrderStates() {
			with(func(c *domain.FormCase) { c.Order.State = s })
		}
	}
	for _, goods := range []domain.FindingAnswer{domain.FoundYes, domain.FoundPart, domain.FoundNo} {
		for _, supplier := range []domain.FindingAnswer{domain.FoundAsked, domain.FoundYes, domain.FoundNo} {
			with(func(c *domain.FormCase) {
				c.Findings = []domain.Finding{
					{What: domain.FindGoods, Answer: goods, Quantity: ptr(domain.Units(12))}, {What: domain.FindSupplier, Answer: supplier},
				}
			})
		}
	}
	if k == domain.ZeroStock {
		with(func(c *domain.FormCase) {
			c.Order = domain.Order{}
			c.Anomalies[0].Line, c.Anomalies[0].Evidence.Product = 0, "P1007"
		})
	}
	return out
}

// walk answers a form in every way digits can, with the typed parts as they begin, and
// tells each plan it comes to. Of reasons only the first is taken.
func walk(t *testing.T, f domain.Form, a domain.Answers, visit func(domain.Answers, domain.Plan)) {
	t.Helper()
	q, asked := f.Current(a)
	if !asked {
		visit(a, f.Plan(a))
		return
	}
	if q.ID.Ask == domain.AskCall {
		a, err := f.Choose(a, q.ID, 5, stamp())
		if err != nil {
			t.Fatal(err)
		}
		walk(t, f, a, visit)
		return
	}
	if q.ID.Ask == domain.AskQuantity {
		d, _ := a.Decision(q.ID.Target)
		p := f.Quantities(d)
		if len(p) == 0 {
			return
		}
		walk(t, f, f.SetQuantity(a, q.ID.Target, p[0].Quantity, stamp()), visit)
		return
	}
	for _, o := range q.Options {
		next, err := f.Choose(a, q.ID, o.Digit, stamp())
		if domain.CodeOf(err) == domain.Forbidden {
			continue
		}
		if err != nil {
			t.Fatalf("%s %s: %v", q.ID.Ask, o.Code, err)
		}
		if again, _ := f.Current(next); again.ID == q.ID {
			t.Fatalf("%s %s does not answer the question", q.ID.Ask, o.Code)
		}
		walk(t, f, next, visit)
		if q.ID.Ask == domain.AskWhy {
			return
		}
	}
}

// Every outcome of the rules is reached by answers, by somebody with the role and at
// once; and no other.
func TestEveryOutcomeIsReached(t *testing.T) {
	t.Parallel()
	for _, k := range domain.Kinds() {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			reached := map[domain.Outcome]bool{}
			for _, role := range domain.StaffRoles() {
				for _, c := range variants(k) {
					c.By.Roles = []domain.Role{role}
					walk(t, domain.NewForm(c), domain.Answers{}, func(_ domain.Answers, p domain.Plan) {
						for _, r := range p.Resolutions {
							rule, known := domain.RuleFor(r.Kind, r.Outcome)
							if !known {
								t.Fatalf("%s ends as %s", r.Kind, r.Outcome)
							}
							mine := slices.Contains(rule.Roles, role)
							if !mine && p.HandTo == "" {
								t.Errorf("%s writes %s", role, r.Outcome)
							}
							if mine && (p.Next() == domain.StepWrite || p.Next() == domain.StepCorrect) {
								reached[r.Outcome] = true
							}
						}
					})
				}
			}
			for _, o := range domain.Outcomes(k) {
				if !reached[o] {
					t.Errorf("nobody reaches %s", o)
				}
			}
			for o := range reached {
				if !slices.Contains(domain.Outcomes(k), o) {
					t.Errorf("%s is none of its outcomes", o)
				}
			}
		})
	}
}

// Each choice that is offered does all its outcome may do where that is all there is
// to it: no effect is forgotten.
func TestEveryEffectIsReached(t *testing.T) {
	t.Parallel()
	for _, k := range domain.Kinds() {
		have := map[domain.Outcome]map[domain.EffectOp]bool{}
		for _, c := range variants(k) {
			c.Quiet = domain.QuietTerms{Days: 30, Ratio100: 150}
			c.By.Roles = domain.StaffRoles()
			for _, hard := range []bool{false, true} {
				c.Anomalies[0].Evidence.Line, c.Anomalies[0].Hard = c.Anomalies[0].Line, hard
				walk(t, domain.NewForm(c), domain.Answers{}, func(_ domain.Answers, p domain.Plan) {
					for _, r := range p.Resolutions {
						for _, e := range r.Effects {
							if have[r.Outcome] == nil {
								have[r.Outcome] = map[domain.EffectOp]bool{}
							}
							have[r.Outcome][e.Op] = true
						}
					}
				})
			}
		}
		for _, rule := range domain.Rules() {
			for _, op := range rule.Effects {
				held := op != domain.EffectRelease || of(k).Anomalies[0].Blocks
				if rule.Kind == k && held && !have[rule.Outcome][op] {
					t.Errorf("%s %s never comes to %s", k, rule.Outcome, op)
				}
			}
		}
	}
}

// The common way through each kind takes at most eight keys, the two of writing
// included: digits, and enter for what is typed but begins with the right value.
func TestCommonWayIsShort(t *testing.T) {
	t.Parallel()
	for k, c := range map[domain.Kind]struct {
		role   domain.Role
		digits []int // -1: enter takes a value as it begins, of a change the first proposal
		next   domain.Step
	}{
		domain.QuantitySurge:  {domain.RoleAgent, []int{1, 1, 1, 2, -1, 1}, domain.StepWrite},
		domain.AmountSurge:    {domain.RoleAgent, []int{1, 1, 2, 1, 1}, domain.StepWrite},
		domain.StepMismatch:   {domain.RoleAgent, []int{1, 1, 3, 1, -1, 1}, domain.StepWrite},
		domain.SlowFulfilment: {domain.RoleLogistics, []int{5, 1, -1, 1}, domain.StepWrite},
		domain.OrderChange:    {domain.RoleAgent, []int{5, 1, -1, 1}, domain.StepWrite},
		domain.ShortWeight:    {domain.RoleAgent, []int{5, 1, -1, 1, 1}, domain.StepWrite},
		domain.Overweight:     {domain.RoleAgent, []int{5, 1, -1, 1, 1}, domain.StepWrite},
		domain.Replenishment:  {domain.RoleAgent, []int{1, 1, 1, 1, -1, 1}, domain.StepWrite},
		domain.ZeroStock:      {domain.RoleAgent, []int{1, 1, 3, 5, 1, 1}, domain.StepWrite},
		domain.NotOrderable:   {domain.RoleProcurement, []int{1, 1}, domain.StepCorrect},
		domain.WrongOrder:     {domain.RoleAgent, []int{1, 1, 1, 1, 1}, domain.StepWrite},
		domain.Exchange:       {domain.RoleAgent, []int{5, 1, -1, 1}, domain.StepWrite},
		domain.Return:         {domain.RoleAgent, []int{5, 1, -1, 1}, domain.StepHand},
	} {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			fc := of(k)
			fc.By.Roles = []domain.Role{c.role}
			f := domain.NewForm(fc)
			var a domain.Answers
			for _, d := range c.digits {
				q, asked := f.Current(a)
				if d == -1 {
					if asked && q.ID.Ask == domain.AskQuantity {
						dec, _ := a.Decision(q.ID.Target)
						a = f.SetQuantity(a, q.ID.Target, f.Quantities(dec)[0].Quantity, stamp())
					}
					continue
				}
				var err error
				if a, err = f.Choose(a, q.ID, d, stamp()); err != nil {
					t.Fatalf("digit %d at %s: %v", d, q.ID.Ask, err)
				}
			}
			if p := f.Plan(a); p.Next() != c.next {
				t.Errorf("then %s: missing %v", p.Next(), p.Missing)
			}
			if n := len(c.digits) + 2; n > 8 {
				t.Errorf("%d keys", n)
			}
		})
	}
}

// An attempt that met no stock has no line: the store is told, and nothing more is asked.
func TestAnAttemptWithoutStockCanEnd(t *testing.T) {
	t.Parallel()
	c := of(domain.ZeroStock)
	c.Order, c.Holds, c.Anomalies[0].Line, c.Anomalies[0].Evidence.Product = domain.Order{}, nil, 0, "P1007"
	f := domain.NewForm(c)
	var a domain.Answers
	for {
		q, asked := f.Current(a)
		if !asked {
			break
		}
		var err error
		if a, err = f.Choose(a, q.ID, 1, stamp()); err != nil {
			t.Fatalf("%s: %v", q.ID.Ask, err)
		}
	}
	p := f.Plan(a)
	if p.Next() != domain.StepWrite || len(p.Resolutions) != 1 || p.Resolutions[0].Outcome != domain.LineCancelled || len(p.Resolutions[0].Effects) != 0 {
		t.Errorf("%s, missing %v, %+v", p.Next(), p.Missing, p.Resolutions)
	}
}

func TestWhatTheStateForbidsIsTold(t *testing.T) {
	t.Parallel()
	offered := func(k domain.Kind, s domain.OrderState, change func(*domain.FormCase)) ([]string, []domain.Barred) {
		c := of(k)
		c.Order.State = s
		if change != nil {
			change(&c)
		}
		f := domain.NewForm(c)
		for _, q := range f.Questions(domain.Answers{}) {
			if q.ID.Ask == domain.AskDecide {
				var codes []string
				for _, o := range q.Options {
					codes = append(codes, o.Code)
				}
				return codes, q.Barred
			}
		}
		return nil, nil
	}
	none := func(c *domain.FormCase) {
		p := c.Products["P1007"]
		p.Stock = ptr(domain.Quantity(0))
		c.Products["P1007"] = p
	}
	no := func(c *domain.FormCase) {
		c.Findings = []domain.Finding{{What: domain.FindSupplier, Answer: domain.FoundNo}}
	}
	for name, c := range map[string]struct {
		kind   domain.Kind
		state  domain.OrderState
		change func(*domain.FormCase)
		want   []string
		barred []domain.Barred
	}{
		"change before": {domain.OrderChange, domain.Allocated, nil, []string{"reorder", "withdraw", "false_alarm"}, []domain.Barred{{domain.ChooseRefuse, domain.BarNotShipped}}},
		"change after":  {domain.OrderChange, domain.Shipped, nil, []string{"refuse", "withdraw", "false_alarm"}, []domain.Barred{{domain.ChooseReorder, domain.BarShipped}}},
		"wrong after": {domain.WrongOrder, domain.Shipped, nil, []string{"genuine", "false_alarm"}, []domain.Barred{
			{domain.ChooseDropOrder, domain.BarShipped}, {domain.ChooseReorder, domain.BarShipped}, {domain.ChooseChange, domain.BarShipped}, {domain.ChooseDropLine, domain.BarShipped},
		}},
		"late and there":   {domain.SlowFulfilment, domain.Delivered, nil, []string{"delivered", "false_alarm"}, []domain.Barred{{domain.ChooseReschedule, domain.BarDelivered}, {domain.ChooseDropOrder, domain.BarShipped}}},
		"late and refused": {domain.SlowFulfilment, domain.Refused, nil, []string{"false_alarm"}, []domain.Barred{{domain.ChooseReschedule, domain.BarGone}, {domain.ChooseDelivered, domain.BarGone}, {domain.ChooseDropOrder, domain.BarShipped}}},
		"nothing to send":  {domain.Exchange, domain.Received, none, []string{"to_return", "refuse", "false_alarm"}, []domain.Barred{{domain.ChooseSupplement, domain.BarNoStock}}},
		"unasked return":   {domain.Return, domain.Received, nil, []string{"return", "withdraw", "false_alarm"}, []domain.Barred{{domain.ChooseRefuse, domain.BarNotRejected}}},
		"refused return":   {domain.Return, domain.Received, no, []string{"refuse", "withdraw", "false_alarm"}, []domain.Barred{{domain.ChooseReturn, domain.BarRejected}}},
		"no limit passed":  {domain.AmountSurge, domain.Placed, func(c *domain.FormCase) { c.Anomalies[0].Evidence.HardLimit = "" }, []string{"genuine", "change", "drop_line", "drop_order", "false_alarm"}, []domain.Barred{{domain.ChooseRaiseLimit, domain.BarNoLimit}}},
		"cancelled":        {domain.QuantitySurge, domain.Cancelled, nil, []string{"genuine", "false_alarm"}, []domain.Barred{{domain.ChooseChange, domain.BarGone}, {domain.ChooseDropLine, domain.BarGone}, {domain.ChooseDropOrder, domain.BarGone}}},
	} {
		got, barred := offered(c.kind, c.state, c.change)
		if d := cmp.Diff(c.want, got) + cmp.Diff(c.barred, barred); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// A draft that was made before the goods left does not go on after it.
func TestBarredDecisionIsAskedAgain(t *testing.T) {
	t.Parallel()
	c := of(domain.OrderChange)
	a := press(t, domain.NewForm(c), 5, 1, 1)
	if p := domain.NewForm(c).Plan(a); !p.Ready() {
		t.Fatalf("not ready: %v", p.Missing)
	}
	c.Order.State = domain.Shipped
	p := domain.NewForm(c).Plan(a)
	if p.Ready() || len(p.Resolutions) != 0 || p.Missing[0].Ask != domain.AskDecide {
		t.Errorf("goes on after it has left: %+v", p)
	}
}

func TestTimesOfADelivery(t *testing.T) {
	t.Parallel()
	c := of(domain.SlowFulfilment)
	c.By.Roles = []domain.Role{domain.RoleLogistics}
	f := domain.NewForm(c)
	a := press(t, f, 5, 1)
	d := a.Decisions[0]
	var got []string
	for _, p := range f.Times(d) {
		got = append(got, string(p.Why)+" "+p.At.In(shanghai).Format("02 15:04"))
	}
	// 13:41 on the 15th; the vans leave at 05:00 and are there six hours later.
	if diff := cmp.Diff([]string{"next_van 16 11:00", "later_van 17 11:00", "hour 15 14:45"}, got); diff != "" {
		t.Error(diff)
	}
	if d.When == nil || !d.When.Equal(f.Times(d)[0].At) {
		t.Errorf("begins with %v", d.When)
	}
	for when, ok := range map[time.Time]bool{f.Now: false, f.Now.Add(time.Minute): true, f.Now.AddDate(0, 0, 15): false} {
		if err := f.CheckWhen(a, d.Target, when); (err == nil) != ok {
			t.Errorf("at %v: %v", when, err)
		}
	}
	a = f.SetWhen(a, d.Target, f.Now, stamp())
	if q, _ := f.Current(a); q.ID.Ask != domain.AskWhen {
		t.Errorf("a time that has passed is taken: %v", q.ID)
	}
}
