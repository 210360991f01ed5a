package text_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"cleardesk/domain"
	"cleardesk/domain/detect"
	"cleardesk/tui/text"
)

// kindWorld is what the detectors find an anomaly of each kind in.
type kindWorld struct {
	calendar domain.Calendar
	order    domain.Order
	products map[domain.ProductCode]domain.Product
	at       time.Time // Monday 2026-11-23, 13:40 in Shanghai
}

func newKindWorld() kindWorld {
	w := kindWorld{calendar: domain.Settings{}.Calendar()}
	w.at = time.Date(2026, 11, 23, 13, 40, 0, 0, w.calendar.Zone)
	step, stock := domain.Units(12), domain.Units(1240)
	w.products = map[domain.ProductCode]domain.Product{
		"P1": {Code: "P1", Name: "鲜牛奶", NameEn: "Milk", Unit: "袋", UnitEn: "bag", Step: &step, Stock: &stock, Price: 1200},
		"P2": {
			Code: "P2", Name: "五花肉", NameEn: "Pork", Unit: "kg", UnitEn: "kg", Weighed: true, Price: 2790,
			ToleranceRate: 10, ToleranceAbs: 100,
		},
	}
	w.order = domain.Order{
		ID: 1, No: "1123-0398", Store: "S014", PlacedAt: w.at.Add(-9 * time.Minute), BusinessDay: w.calendar.BusinessDay(w.at),
		State: domain.Placed, Lines: []domain.Line{
			{No: 1, Product: "P1", Quantity: domain.Units(480), Price: 1200, Amount: 576_000},
			{No: 2, Product: "P2", Quantity: 20_000, Price: 2790, Amount: 55_800},
		},
	}
	w.order.Total = domain.TotalOf(w.order.Lines)
	return w
}

// found gives the flag the detector of a kind raises.
func (w kindWorld) found(t *testing.T, k domain.Kind) detect.Flag {
	t.Helper()
	var flags []detect.Flag
	switch k {
	case domain.QuantitySurge, domain.AmountSurge, domain.StepMismatch, domain.ZeroStock:
		flags = w.judged(k)
	case domain.SlowFulfilment:
		w.order.State = domain.Accepted
		flags = append(flags, *detect.SlowFulfilment(detect.StageInput{
			Order: w.order, AcceptedAt: w.order.PlacedAt, Products: w.products, Settings: domain.Settings{}, Calendar: w.calendar,
			Now: w.at.Add(24 * time.Hour),
		}).Flag)
	case domain.Replenishment:
		flags = append(flags, *detect.Replenishment(detect.HabitInput{
			Day: w.order.BusinessDay, Settings: domain.Settings{}, Calendar: w.calendar, Foreseen: true,
			Habits: []detect.Habit{{Product: "P1", Times: 8, Of: 8, Median: domain.Units(36), Price: 1200}},
		}))
	default:
		flags = w.told(k)
	}
	flags = slices.DeleteFunc(flags, func(f detect.Flag) bool { return f.Kind != k })
	if len(flags) != 1 {
		t.Fatalf("%d flags of its detector, want one", len(flags))
	}
	return flags[0]
}

// judged gives the flags of the order itself, made wrong in the way of the kind.
func (w kindWorld) judged(k domain.Kind) []detect.Flag {
	in := detect.Input{Order: w.order, Products: w.products, Calendar: w.calendar}
	milk := w.products["P1"]
	switch k {
	case domain.QuantitySurge:
		in.Limits.Line.HardQuantity = domain.Units(100)
	case domain.AmountSurge:
		in.Limits.Amount.Hard = 100 * domain.Yuan
	case domain.StepMismatch:
		in.Order.Lines[0].Quantity = domain.Units(50)
	default:
		none := domain.Quantity(0)
		milk.Stock = &none
	}
	in.Products["P1"] = milk
	return detect.New(detect.Defaults()).Judge(in).Flags
}

// told gives the flags of the event that tells of the kind.
func (w kindWorld) told(k domain.Kind) []detect.Flag {
	few, less, more := domain.Units(2), domain.Quantity(18_400), domain.Quantity(21_600)
	e := domain.Event{ID: 3, Store: w.order.Store, OrderID: w.order.ID, At: w.at, Why: domain.ToldDamaged}
	switch k {
	case domain.Exchange:
		e.What, e.Lines = domain.EventExchange, []domain.EventLine{{Line: 1, Quantity: &few}}
	case domain.OrderChange:
		e.What, e.Lines = domain.EventChange, []domain.EventLine{{Line: 1, Quantity: &few}}
	case domain.ShortWeight:
		e.What, e.Lines = domain.EventReceipt, []domain.EventLine{{Line: 2, Weight: &less}}
	case domain.Overweight:
		e.What, e.Lines = domain.EventReceipt, []domain.EventLine{{Line: 2, Weight: &more}}
	case domain.NotOrderable:
		e.What, e.Lines = domain.EventAttempt, []domain.EventLine{{Product: "P1", Quantity: &few, Why: domain.ToldStep}}
	case domain.WrongOrder:
		e.What, e.Why = domain.EventWrongOrder, domain.ToldTwice
	case domain.Return:
		e.What, e.Lines = domain.EventReturn, []domain.EventLine{{Line: 1, Quantity: &few}}
	default:
	}
	return detect.JudgeEvent(detect.EventInput{
		Event: e, Order: &w.order, Products: w.products, Settings: domain.Settings{}, Calendar: w.calendar,
	})
}

// file is the case the flag opens.
func (w kindWorld) file(f detect.Flag) domain.CaseFile {
	p := w.products[f.Evidence.Product]
	moments := f.Moments
	if moments == nil {
		facts := domain.MomentFactsOf(domain.Settings{}, w.calendar, p.Category)
		facts.Placed = w.order.PlacedAt
		moments = domain.MomentsFor(f.Kind, facts)
	}
	c := domain.CaseFile{
		Row: domain.QueueRow{
			Case: 1, Kind: f.Kind, With: f.Kind.FirstWith(), Why: f.Evidence, AtRisk: f.AtRisk, Store: w.order.Store, OrderNo: w.order.No,
			OrderID: w.order.ID, ProductName: p.Name, ProductNameEn: p.NameEn, Unit: p.Unit, UnitEn: p.UnitEn,
		},
		Moments: moments, Products: w.products, Order: w.order,
		Anomalies: []domain.Anomaly{{ID: 1, Case: 1, Kind: f.Kind, Line: f.Line, Evidence: f.Evidence, AtRisk: f.AtRisk, Blocks: f.Blocks}},
	}
	if next := domain.NextMoment(moments, w.at); next != nil {
		c.Row.Next, c.Row.NextAt = next.What, &next.At
	}
	return c
}

// Every kind has all a kind needs: a detector whose evidence tells it, moments and money,
// a department, a procedure whose ways out are its outcomes with their effects and
// roles, and words for all of it in both languages. A kind that is added and lacks one
// of them fails here.
func TestEveryKindIsWhole(t *testing.T) {
	t.Parallel()
	for _, k := range domain.Kinds() {
		t.Run(string(k), func(t *testing.T) {
			t.Parallel()
			w := newKindWorld()
			f := w.found(t, k)
			file := w.file(f)
			if f.AtRisk <= 0 || f.Evidence.Rule == "" || f.Evidence.RuleVersion == 0 || len(file.Moments) == 0 || !k.FirstWith().Valid() {
				t.Errorf("flag %+v with moments %v lies with %q: want money, a rule, moments and a department", f, file.Moments, k.FirstWith())
			}
			wholeProcedure(t, k)
			for lang, native := range map[text.Lang]bool{text.Chinese: true, text.English: false} {
				wholeWords(t, text.For(lang), file, w.at, native)
			}
		})
	}
}

// wholeProcedure tells what the procedure of a kind lacks. Its ways out and its outcomes
// are the same, and each outcome has somebody who may write it.
func wholeProcedure(t *testing.T, k domain.Kind) {
	t.Helper()
	reached := map[domain.Outcome]bool{}
	for _, c := range domain.WaysOut(k) {
		o, _ := domain.OutcomeOf(k, c)
		if reached[o] = true; len(domain.Reasons(k, c)) == 0 {
			t.Errorf("%s has no reason", c)
		}
	}
	known := domain.EffectOps()
	for _, o := range domain.Outcomes(k) {
		r, _ := domain.RuleFor(k, o)
		if !reached[o] || len(r.Roles) == 0 {
			t.Errorf("outcome %s is reached: %v, and written by %v", o, reached[o], r.Roles)
		}
		for _, e := range r.Effects {
			if !slices.Contains(known, e) {
				t.Errorf("outcome %s has the effect %s, which there is not", o, e)
			}
		}
		delete(reached, o)
	}
	if len(reached) > 0 || len(domain.Outcomes(k)) < 3 {
		t.Errorf("%d outcomes, and ways out that are none: %v", len(domain.Outcomes(k)), reached)
	}
}

// wholeWords tells what words a kind lacks in a language, or has in the other one.
func wholeWords(t *testing.T, c *text.Catalog, f domain.CaseFile, now time.Time, chinese bool) {
	t.Helper()
	k := f.Row.Kind
	told := c.Tell(f, f.Anomalies[0], now)
	words := map[string]string{
		"short name": c.Names.Short[k], "full name": c.Names.Long[k], "reason in the queue": c.Why(f.Row, now),
		"evidence": strings.Join(told.First, " ") + strings.Join(told.Second, " "), "sentence for the store": told.Say[0],
	}
	for _, o := range domain.Outcomes(k) {
		words["outcome "+string(o)], words["help on outcome "+string(o)] = c.Names.Outcomes[string(o)], c.Helps.Ends[o]
	}
	page := ""
	for _, l := range c.Help(k) {
		page += l.Text
	}
	words["help page"] = page
	for _, choice := range domain.WaysOut(k) {
		words["choice "+string(choice)] = c.Case.Ask.Choices[choice]
		for _, why := range domain.Reasons(k, choice) {
			words["reason "+string(why)] = c.Case.Ask.Reasons[why]
		}
	}
	for what, s := range words {
		han := strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		if s == "" || han != chinese {
			t.Errorf("%s: %s is %q", c.Lang, what, s)
		}
	}
}
