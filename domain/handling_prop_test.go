package domain_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawCase makes an order in some state with random lines and anomalies of all kinds,
// holds for some of them, and words of procurement; sometimes there is no order.
func drawCase(t *rapid.T) domain.FormCase {
	c := milk()
	c.Terms = domain.Settings{}.HandlingTerms()
	c.Anomalies, c.Holds, c.Order.Lines = nil, nil, nil
	c.Others = of(domain.ZeroStock).Others
	c.By.Roles = rapid.SliceOfNDistinct(rapid.SampledFrom(domain.StaffRoles()), 1, 3, rapid.ID).Draw(t, "roles")
	n := rapid.IntRange(1, 5).Draw(t, "lines")
	for no := 1; no <= n; no++ {
		q := domain.Quantity(rapid.Int64Range(1, 5_000_000).Draw(t, "quantity"))
		price := domain.Money(rapid.Int64Range(0, 100_000).Draw(t, "price"))
		c.Order.Lines = append(c.Order.Lines, domain.Line{
			No: no, Product: "P1007", Quantity: q, Original: q, Price: price, Amount: domain.Amount(q, price),
			Cancelled: no > 1 && rapid.IntRange(0, 5).Draw(t, "cancelled") == 0,
		})
	}
	c.Order.Total = domain.TotalOf(c.Order.Lines)
	c.Order.State = rapid.SampledFrom(domain.OrderStates()).Draw(t, "state")
	if rapid.IntRange(0, 9).Draw(t, "no order") == 0 {
		c.Order, n = domain.Order{}, 0
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "anomalies") {
		a := drawAnomaly(t, n, c.Order.Lines)
		a.ID = domain.AnomalyID(i + 1)
		c.Anomalies = append(c.Anomalies, a)
		if a.Blocks {
			c.Holds = append(c.Holds, domain.Hold{ID: domain.HoldID(100 + i), Line: a.Line, Anomaly: a.ID, Kind: a.Kind})
		}
	}
	if n > 0 && rapid.Bool().Draw(t, "another hold") {
		c.Holds = append(c.Holds, domain.Hold{ID: 900, Line: 1, Anomaly: 901, Pending: rapid.Bool().Draw(t, "pending")})
	}
	if rapid.Bool().Draw(t, "adjusted before") {
		c.Adjusted = -domain.Money(rapid.Int64Range(0, int64(c.Order.Total)).Draw(t, "before"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "findings") {
		c.Findings = append(c.Findings, domain.Finding{
			What:     rapid.SampledFrom([]domain.FindingKind{domain.FindGoods, domain.FindSupplier, domain.FindStock}).Draw(t, "what"),
			Answer:   rapid.SampledFrom([]domain.FindingAnswer{domain.FoundYes, domain.FoundPart, domain.FoundNo, domain.FoundAsked}).Draw(t, "found"),
			Quantity: ptr(domain.Quantity(rapid.Int64Range(0, 9000).Draw(t, "part"))),
		})
	}
	return c
}

func drawAnomaly(t *rapid.T, n int, lines []domain.Line) domain.Anomaly {
	a := domain.Anomaly{Kind: rapid.SampledFrom(domain.Kinds()).Draw(t, "kind")}
	quantity := rapid.Int64Range(0, 90_000)
	a.Evidence = domain.Evidence{
		Product: "P1007", Price: domain.Money(rapid.Int64Range(0, 9000).Draw(t, "price")), Quantity: domain.Quantity(quantity.Draw(t, "asked")),
		Difference: domain.Quantity(rapid.Int64Range(-9000, 9000).Draw(t, "difference")),
		Items: []domain.Item{
			{Line: min(n, 1), Product: "P1007", Wanted: domain.Quantity(quantity.Draw(t, "wanted"))}, {Product: "P1008", Wanted: domain.Units(6), Price: 1300},
		},
	}
	if n == 0 {
		return a
	}
	a.Blocks = rapid.Bool().Draw(t, "blocks")
	switch a.Kind {
	case domain.AmountSurge:
		a.Evidence.OddLines = rapid.SliceOfNDistinct(rapid.IntRange(1, n), 0, n, rapid.ID).Draw(t, "odd")
		a.Evidence.HardLimit = rapid.SampledFrom([]string{"", "cod_limit"}).Draw(t, "limit")
	case domain.OrderChange, domain.SlowFulfilment, domain.Replenishment, domain.NotOrderable:
	default:
		a.Line = rapid.IntRange(0, n).Draw(t, "line")
		if a.Line > 0 && lines[a.Line-1].Cancelled {
			a.Line = 1
		}
	}
	return a
}

// drawAnswers answers whatever is asked at random, until nothing is or nothing can be.
func drawAnswers(t *rapid.T, f domain.Form) domain.Answers {
	var a domain.Answers
	for range 80 {
		q, ok := f.Current(a)
		if !ok {
			break
		}
		next, ok := drawAnswer(t, f, a, q)
		if !ok {
			return a
		}
		a = next
	}
	return a
}

func drawAnswer(t *rapid.T, f domain.Form, a domain.Answers, q domain.Question) (domain.Answers, bool) {
	target := q.ID.Target
	switch q.ID.Ask {
	case domain.AskQuantity:
		return f.SetQuantity(a, target, domain.Quantity(rapid.Int64Range(1, 1000).Draw(t, "new")), stamp()), true
	case domain.AskAmount:
		return f.SetAmount(a, target, domain.Money(rapid.Int64Range(1, 100_000).Draw(t, "amount")), stamp()), true
	case domain.AskWhen:
		return f.SetWhen(a, target, f.Now.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "minutes"))*time.Minute), stamp()), true
	case domain.AskItem:
		return f.SetItem(a, target, q.ID.Item, domain.Quantity(rapid.Int64Range(0, 1000).Draw(t, "item")), stamp()), true
	default:
	}
	options := slices.DeleteFunc(slices.Clone(q.Options), func(o domain.Option) bool {
		return len(o.Needs) > 0 || domain.CallOutcome(o.Code).Failed()
	})
	if len(options) == 0 {
		return a, false
	}
	o := rapid.SampledFrom(options).Draw(t, "answer")
	a, err := f.Choose(a, q.ID, o.Digit, stamp())
	if err != nil {
		t.Fatal(err)
	}
	return f.SetText(a, q.ID, "text", stamp()), true
}

func TestPlansKeepTheRules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := domain.NewForm(drawCase(t))
		checkTargets(t, f)
		a := drawAnswers(t, f)
		p := f.Plan(a)
		checkEffects(t, f, p)
		checkTotals(t, f, p)
		checkBeside(t, f, p)
		checkNext(t, f, p)
		if len(p.Missing) == 0 {
			checkEveryAnomalyEnds(t, f, p)
		}
		v := p.Preview
		if n := len(v.Released) + len(v.Rechecked) + len(v.Stays); n != len(f.Holds) {
			t.Fatalf("%d of %d holds are accounted for", n, len(f.Holds))
		}
		raw, _ := json.Marshal(a)
		var back domain.Answers
		if err := json.Unmarshal(raw, &back); err != nil || !cmp.Equal(p, f.Plan(back)) {
			t.Fatalf("another plan after the draft was stored: %v", err)
		}
	})
}

// checkTargets: each anomaly is of one target, and each target has its own name.
func checkTargets(t *rapid.T, f domain.Form) {
	names, found := map[int]bool{}, 0
	for _, target := range f.Targets {
		if names[target.ID] {
			t.Fatalf("two targets %d", target.ID)
		}
		names[target.ID] = true
		found += len(target.Anomalies)
	}
	if found != len(f.Anomalies) {
		t.Fatalf("%d of %d anomalies are asked about", found, len(f.Anomalies))
	}
}

// once lists the effects that several decisions may come to and are done once.
func once(op domain.EffectOp) bool {
	return !slices.Contains([]domain.EffectOp{domain.EffectAdjust, domain.EffectSupplement, domain.EffectRestock, domain.EffectOpenReturn}, op)
}

func checkEffects(t *rapid.T, f domain.Form, p domain.Plan) {
	seen := map[string]bool{}
	for _, r := range p.Resolutions {
		rule, ok := domain.RuleFor(r.Kind, r.Outcome)
		if !ok {
			t.Fatalf("%s cannot end as %s", r.Kind, r.Outcome)
		}
		for _, e := range r.Effects {
			if !slices.Contains(rule.Effects, e.Op) {
				t.Fatalf("%s/%s must not %s", r.Kind, r.Outcome, e.Op)
			}
			raw, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			if seen[string(raw)] && once(e.Op) {
				t.Fatalf("%s twice", raw)
			}
			seen[string(raw)] = true
			if e.Op == domain.EffectRelease && !slices.ContainsFunc(f.Holds, func(h domain.Hold) bool {
				return h.ID == e.Hold && h.Anomaly == r.Anomaly
			}) {
				t.Fatalf("releases the hold of another anomaly: %+v", r)
			}
			checkEffect(t, f, e)
		}
	}
}

// checkEffect: what an effect needs is there, and the order's state lets it.
func checkEffect(t *rapid.T, f domain.Form, e domain.Effect) {
	ok := true
	line, found := f.Line(e.Line)
	switch e.Op {
	case domain.EffectSetQuantity:
		ok = found && !line.Cancelled && e.Quantity > 0 && f.Order.State.CanFollow(domain.Cancelled)
	case domain.EffectCancelLine:
		ok = found && !line.Cancelled && f.Order.State.CanFollow(domain.Cancelled)
	case domain.EffectCancelOrder:
		ok = f.HasOrder() && f.Order.State.CanFollow(domain.Cancelled)
	case domain.EffectSubstitute:
		ok = found && e.Quantity > 0 && e.Product == "P1008" && f.Order.State.CanFollow(domain.Cancelled)
	case domain.EffectSupplement, domain.EffectReorder:
		ok = len(e.Lines) > 0 && (e.Op == domain.EffectReorder || domain.Accepted.CanFollow(f.Order.State) || f.Order.State == domain.Accepted)
		for _, l := range e.Lines {
			ok = ok && l.Quantity > 0 && l.Product != "" && l.Price >= 0
		}
	case domain.EffectAdjust:
		ok = e.Amount != 0 && max(e.Amount, -e.Amount) <= f.Order.Total && f.Order.Total+f.Adjusted+e.Amount >= 0
	case domain.EffectRestock:
		ok = e.Quantity > 0 && e.Product == "P1007" && (domain.Allocated.CanFollow(f.Order.State) || f.Order.State == domain.Refused)
	case domain.EffectOpenReturn:
		ok = e.Quantity > 0 && found && e.Quantity <= max(line.Quantity, 9000) && domain.Placed != f.Order.State
	case domain.EffectReschedule:
		ok = e.At != nil && e.At.After(f.Now) && slices.Contains([]domain.OrderState{domain.Accepted, domain.Allocated, domain.Shipped}, f.Order.State)
	case domain.EffectDeliver:
		ok = e.At != nil && !e.At.After(f.Now) && (domain.Accepted.CanFollow(f.Order.State) || f.Order.State == domain.Accepted)
	case domain.EffectLearn:
		ok = f.HasOrder()
	case domain.EffectSetLimit:
		ok = e.Amount >= f.Order.Total
	case domain.EffectCorrectStep, domain.EffectCorrectStock, domain.EffectCorrectListing:
		ok = e.Product == "P1007"
	default:
	}
	if !ok {
		t.Fatalf("cannot be done, of an order that is %s: %+v", f.Order.State, e)
	}
}

func checkTotals(t *rapid.T, f domain.Form, p domain.Plan) {
	v := p.Preview
	lines := slices.Clone(f.Order.Lines)
	for _, c := range v.Lines {
		if c.Old == 0 {
			lines = append(lines, domain.Line{No: c.Line, Quantity: c.New, Amount: c.NewAmount})
			continue
		}
		for i := range lines {
			if lines[i].No == c.Line {
				lines[i].Quantity, lines[i].Amount, lines[i].Cancelled = c.New, c.NewAmount, c.New == 0
			}
		}
	}
	for _, m := range v.Linked {
		if m.Late { // its lines leave the order as they are
			lines = append(lines, domain.Line{No: -1, Amount: -m.Total})
		}
	}
	if v.NewTotal != domain.TotalOf(lines) || v.OldTotal != f.Order.Total {
		t.Fatalf("totals %v and %v, the lines make %v", v.OldTotal, v.NewTotal, domain.TotalOf(lines))
	}
	numbers := map[int]bool{}
	for _, l := range lines {
		if numbers[l.No] {
			t.Fatalf("two lines %d", l.No)
		}
		numbers[l.No] = true
	}
}

// checkBeside: what is done beside the order's lines is all shown, and no money comes
// from nowhere.
func checkBeside(t *rapid.T, f domain.Form, p domain.Plan) {
	v := p.Preview
	due := v.NewTotal - v.OldTotal
	stock := map[domain.ProductCode]domain.Quantity{}
	shown := map[domain.EffectOp]int{
		domain.EffectAdjust: len(v.Adjusts), domain.EffectOpenReturn: len(v.Returns),
		domain.EffectSupplement: 0, domain.EffectReorder: 0,
	}
	for _, m := range v.Linked {
		if m.Late {
			due += m.Total
			continue
		}
		shown[map[domain.Link]domain.EffectOp{domain.Supplement: domain.EffectSupplement, domain.Reorder: domain.EffectReorder}[m.Link]]++
	}
	for _, r := range p.Resolutions {
		for _, e := range r.Effects {
			shown[e.Op]--
			switch e.Op {
			case domain.EffectAdjust:
				due += e.Amount
			case domain.EffectSupplement, domain.EffectReorder:
				for _, l := range e.Lines {
					due += domain.Amount(l.Quantity, l.Price)
					if e.Op == domain.EffectSupplement {
						stock[l.Product] -= l.Quantity
					}
				}
			case domain.EffectRestock:
				stock[e.Product] += e.Quantity
			default:
			}
		}
	}
	for _, op := range []domain.EffectOp{domain.EffectAdjust, domain.EffectOpenReturn, domain.EffectSupplement, domain.EffectReorder} {
		if shown[op] != 0 {
			t.Fatalf("%s: %d more are shown than done", op, shown[op])
		}
	}
	for _, s := range v.Stock {
		stock[s.Product] -= s.Quantity
	}
	for product, q := range stock {
		if q != 0 {
			t.Fatalf("stock of %s is off by %s", product, q)
		}
	}
	if v.Due() != due {
		t.Fatalf("the store owes %s more, shown %s", due, v.Due())
	}
	done := func(op domain.EffectOp) bool { return shown[op] < 0 }
	if done(domain.EffectReschedule) != (v.Planned != nil) || done(domain.EffectDeliver) != (v.DeliveredAt != nil) ||
		done(domain.EffectSetLimit) != (v.Limit != nil) || f.HasOrder() && done(domain.EffectCancelOrder) && !v.OrderCancelled {
		t.Fatalf("not the whole truth: %+v", v)
	}
}

// checkNext: nobody writes what their roles do not allow, and corrections are not
// written as records.
func checkNext(t *rapid.T, f domain.Form, p domain.Plan) {
	for _, r := range p.Resolutions {
		rule, _ := domain.RuleFor(r.Kind, r.Outcome)
		if !slices.ContainsFunc(rule.Roles, f.By.Has) && p.HandTo == "" {
			t.Fatalf("%v write %s", f.By.Roles, r.Outcome)
		}
		if slices.ContainsFunc(r.Effects, func(e domain.Effect) bool {
			return slices.Contains([]domain.EffectOp{domain.EffectCorrectStep, domain.EffectCorrectStock, domain.EffectCorrectListing}, e.Op)
		}) && p.Ready() {
			t.Fatalf("a correction is written as a record: %+v", r)
		}
		if r.Outcome == domain.Returned && p.Ready() && len(f.Wanting()) > 0 {
			wanting := f.Wanting()
			if slices.Contains(wanting, domain.FindGoods) || slices.Contains(wanting, domain.FindSupplier) {
				t.Fatalf("returned without %v", wanting)
			}
		}
	}
	if (p.HandTo == "") != (p.HandWhy == "") {
		t.Fatalf("to %q because %q", p.HandTo, p.HandWhy)
	}
}

func checkEveryAnomalyEnds(t *rapid.T, f domain.Form, p domain.Plan) {
	ended := map[domain.AnomalyID]int{}
	for _, r := range p.Resolutions {
		ended[r.Anomaly]++
		if r.Reason == "" || r.Close == "" {
			t.Fatalf("a record without a reason: %+v", r)
		}
	}
	for _, a := range f.Anomalies {
		if ended[a.ID] != 1 {
			t.Fatalf("anomaly %d ends %d times", a.ID, ended[a.ID])
		}
	}
}

// Of two forms of the same facts answered alike each comes to the same plan.
func TestFormsArePure(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		a := drawAnswers(t, domain.NewForm(c))
		before := fmt.Sprintf("%+v", a)
		slices.Reverse(c.Anomalies)
		one, other := domain.NewForm(c).Plan(a), domain.NewForm(c).Plan(a)
		if !cmp.Equal(one, other) || fmt.Sprintf("%+v", a) != before {
			t.Fatal("another plan for the same facts")
		}
	})
}
