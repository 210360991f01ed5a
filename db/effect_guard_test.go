package db_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"cleardesk/db/dial/dialtest"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// refusedEffect is an effect that the database does not do, whatever the program says.
type refusedEffect struct {
	kind    domain.Kind
	outcome domain.Outcome
	effect  domain.Effect
	before  string // what is done to the case first: $1 is the order
	code    domain.Code
}

func linkedLines(product string, quantity domain.Quantity, price domain.Money) []domain.LinkedLine {
	return []domain.LinkedLine{{Product: domain.ProductCode(product), Quantity: quantity, Price: price}}
}

func refusedEffects() map[string]refusedEffect {
	past, late, soon := time.Now().Add(-time.Minute), time.Now().Add(40*24*time.Hour), time.Now().Add(time.Hour)
	ago := time.Now().Add(-48 * time.Hour)
	supplement := func(l []domain.LinkedLine) domain.Effect {
		return domain.Effect{Op: domain.EffectSupplement, Lines: l}
	}
	adjust := func(line int, m domain.Money) domain.Effect {
		return domain.Effect{Op: domain.EffectAdjust, Line: line, Amount: m}
	}
	short, over, back := domain.ShortWeight, domain.Overweight, domain.Return
	return map[string]refusedEffect{
		"supplement of nothing":          {short, domain.SupplementCreated, supplement(nil), "", domain.Invalid},
		"supplement of no product":       {short, domain.SupplementCreated, supplement(linkedLines("P9", 1000, 0)), "", domain.NotFound},
		"supplement of nought":           {short, domain.SupplementCreated, supplement(linkedLines("P1", 0, 0)), "", domain.Invalid},
		"supplement at a price":          {short, domain.SupplementCreated, supplement(linkedLines("P1", 1000, 1)), "", domain.Invalid},
		"supplement at its price":        {short, domain.SupplementCreated, supplement(linkedLines("P1", 1000, 1200)), "", domain.Invalid},
		"supplement beyond stock":        {short, domain.SupplementCreated, supplement(linkedLines("P1", 2_000_001, 0)), "", domain.Conflict},
		"supplement of a cancelled one":  {short, domain.SupplementCreated, supplement(linkedLines("P1", 1000, 0)), `UPDATE cleardesk.orders SET state = 'cancelled' WHERE id = $1`, domain.Conflict},
		"re-order free of charge":        {domain.Replenishment, domain.Reordered, domain.Effect{Op: domain.EffectReorder, Lines: linkedLines("P1", 1000, 0)}, "", domain.Invalid},
		"re-order of what is paused":     {domain.Replenishment, domain.Reordered, domain.Effect{Op: domain.EffectReorder, Lines: linkedLines("P1", 1000, 1200)}, `UPDATE cleardesk.product SET status = 'paused' WHERE $1 = 0`, domain.Conflict},
		"credit above nought":            {short, domain.Credited, adjust(1, 100), "", domain.Invalid},
		"charge below nought":            {over, domain.Charged, adjust(1, -100), "", domain.Invalid},
		"credit of nothing":              {short, domain.Credited, adjust(1, 0), "", domain.Invalid},
		"credit above the order":         {short, domain.Credited, adjust(1, -49_000), "", domain.Conflict},
		"charge above the order":         {over, domain.Charged, adjust(1, 49_000), "", domain.Conflict},
		"credit of another line":         {short, domain.Credited, adjust(2, -100), "", domain.Forbidden},
		"credit for an exchange":         {domain.Exchange, domain.SupplementCreated, adjust(1, -100), "", domain.Forbidden},
		"return nobody looked at":        {back, domain.Returned, adjust(1, -100), "", domain.Forbidden},
		"restock of another product":     {over, domain.SurplusReturned, domain.Effect{Op: domain.EffectRestock, Product: "P2", Quantity: 1}, "", domain.Forbidden},
		"restock of nought":              {over, domain.SurplusReturned, domain.Effect{Op: domain.EffectRestock, Product: "P1"}, "", domain.Invalid},
		"plan in the past":               {domain.SlowFulfilment, domain.Rescheduled, domain.Effect{Op: domain.EffectReschedule, At: &past}, "", domain.Invalid},
		"plan without a time":            {domain.SlowFulfilment, domain.Rescheduled, domain.Effect{Op: domain.EffectReschedule}, "", domain.Invalid},
		"plan far ahead":                 {domain.SlowFulfilment, domain.Rescheduled, domain.Effect{Op: domain.EffectReschedule, At: &late}, "", domain.Invalid},
		"plan of what is there":          {domain.SlowFulfilment, domain.Rescheduled, domain.Effect{Op: domain.EffectReschedule, At: &soon}, `UPDATE cleardesk.orders SET state = 'delivered' WHERE id = $1`, domain.Conflict},
		"delivered later":                {domain.SlowFulfilment, domain.WasDelivered, domain.Effect{Op: domain.EffectDeliver, At: &soon}, "", domain.Invalid},
		"delivered before it was placed": {domain.SlowFulfilment, domain.WasDelivered, domain.Effect{Op: domain.EffectDeliver, At: &ago}, "", domain.Invalid},
		"cancelled when it has left":     {domain.SlowFulfilment, domain.OrderCancelled, domain.Effect{Op: domain.EffectCancelOrder}, `UPDATE cleardesk.orders SET state = 'shipped' WHERE id = $1`, domain.Conflict},
		"return of more than came":       {domain.Exchange, domain.ConvertedToReturn, domain.Effect{Op: domain.EffectOpenReturn, Line: 1, Quantity: 40_001}, "", domain.Invalid},
		"return of another line":         {domain.Exchange, domain.ConvertedToReturn, domain.Effect{Op: domain.EffectOpenReturn, Line: 2, Quantity: 1}, "", domain.Forbidden},
		"substitute of no product":       {domain.ZeroStock, domain.Substituted, domain.Effect{Op: domain.EffectSubstitute, Line: 1, Product: "P9", Quantity: 1}, "", domain.NotFound},
		"substitute by itself":           {domain.ZeroStock, domain.Substituted, domain.Effect{Op: domain.EffectSubstitute, Line: 1, Product: "P1", Quantity: 1}, "", domain.Invalid},
		"substitute of nought":           {domain.ZeroStock, domain.Substituted, domain.Effect{Op: domain.EffectSubstitute, Line: 1, Product: "P2"}, "", domain.Invalid},
		"substitute of another line":     {domain.ZeroStock, domain.Substituted, domain.Effect{Op: domain.EffectSubstitute, Line: 2, Product: "P3", Quantity: 1}, "", domain.Forbidden},
		"limit below the order":          {domain.AmountSurge, domain.LimitRaised, domain.Effect{Op: domain.EffectSetLimit, Amount: 48_998}, "", domain.Invalid},
		"correction of a step":           {domain.StepMismatch, domain.StepCorrected, domain.Effect{Op: domain.EffectCorrectStep, Product: "P1"}, "", domain.Forbidden},
		"correction of a listing":        {domain.NotOrderable, domain.ListingCorrected, domain.Effect{Op: domain.EffectCorrectListing, Product: "P1"}, "", domain.Forbidden},
	}
}

// The manager here has every role: what is refused is refused for what it is.
func TestEffectsThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for name, x := range refusedEffects() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			w.exec(`UPDATE cleardesk.staff SET roles = '{manager,agent,logistics,procurement}' WHERE login = $1`, string(w.login("max")))
			w.signless()
			e := w.ready(x.kind)
			if x.before != "" {
				w.exec(x.before, e.order)
			}
			e = w.claimed("max", domain.CustomerService, e)
			effects := []domain.Effect{x.effect}
			if e.hold != 0 {
				effects = append(effects, domain.Effect{Op: domain.EffectRelease, Hold: e.hold})
			}
			h := e.handledAs(domain.Rule{Kind: x.kind, Outcome: x.outcome})
			h.Resolutions[0].Effects = effects
			before := w.rows()
			_, err := w.stores["max"].Resolve(t.Context(), uuid.New(), h)
			wantCode(t, err, x.code)
			if d := cmp.Diff(before, w.rows()); d != "" {
				t.Errorf("written: %s", d)
			}
		})
	}
}

// The last effect of several cannot be done, when the others are done already: nothing is.
func TestTheLastEffectTakesTheOthersWithIt(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.signless()
	e := w.ready(domain.ShortWeight)
	w.raise(e.deskCase, 2, domain.ShortWeight)
	var second domain.AnomalyID
	w.scan(&second, `SELECT max(id) FROM cleardesk.anomaly`)
	e = w.claimed("lin", domain.CustomerService, e)
	r, _ := domain.RuleFor(domain.ShortWeight, domain.Credited)
	h := e.handledAs(r)
	h.Resolutions = append(h.Resolutions, domain.Resolution{
		Anomaly: second, Kind: domain.ShortWeight, Outcome: domain.SupplementCreated, Close: domain.RealError, Reason: "other",
		Effects: []domain.Effect{{Op: domain.EffectSupplement, Line: 2, Lines: linkedLines("P2", 900_001, 0)}},
	})
	before := w.rows()
	_, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), h)
	d, _ := errors.AsType[*domain.Error](err)
	if domain.CodeOf(err) != domain.Conflict || d.Detail["product"] != "P2" || d.Detail["left"] != "900000" || d.Detail["wanted"] != "900001" {
		t.Fatalf("%v", err)
	}
	if d := cmp.Diff(before, w.rows()); d != "" {
		t.Errorf("written: %s", d)
	}
	h.Resolutions[1].Effects[0].Lines[0].Quantity = 900_000
	out, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), h)
	if err != nil || len(out.Did) != 2 || out.Did[0].Amount != -2400 || out.Did[1].OrderNo != domain.OrderNo(e.no+"-S1") || len(out.Decisions) != 3 {
		t.Errorf("%+v %v", out, err)
	}
}

// What is returned is no more than procurement and the supplier said, and both did (§4.3).
func TestReturnsTakeBothWords(t *testing.T) {
	t.Parallel()
	r, _ := domain.RuleFor(domain.Return, domain.Returned)
	try := func(t *testing.T, words string, amount domain.Money, code domain.Code) {
		t.Helper()
		w := newDeskWorld(t)
		e := w.ready(domain.Return)
		if words != "" {
			w.exec(`INSERT INTO cleardesk.finding (case_id, what, answer, quantity, by_login)
				SELECT `+w.text(`SELECT max(id) FROM cleardesk.cases`)+`, x.what, x.answer, x.quantity, $1 FROM (VALUES `+words+`) x (what, answer, quantity)`, string(w.login("zhao")))
		}
		e = w.claimed("lin", domain.CustomerService, e)
		h := e.handledAs(r)
		h.Resolutions[0].Effects[0].Amount = amount
		_, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), h)
		if code == "" && err != nil || code != "" && domain.CodeOf(err) != code {
			t.Errorf("%q, %s: %v, want %q", words, amount, err, code)
		}
	}
	// Two of P1 are returned, for 24.00.
	for words, code := range map[string]domain.Code{
		`('goods', 'yes', NULL::bigint)`:                                                   domain.Forbidden,
		`('goods', 'yes', NULL::bigint), ('supplier', 'asked', NULL)`:                      domain.Forbidden,
		`('goods', 'no', NULL::bigint), ('supplier', 'yes', NULL)`:                         domain.Forbidden,
		`('goods', 'part', 1999::bigint), ('supplier', 'yes', NULL)`:                       domain.Conflict,
		`('goods', 'yes', NULL::bigint), ('supplier', 'part', 1999)`:                       domain.Conflict,
		`('goods', 'part', 2000::bigint), ('supplier', 'part', 2000)`:                      "",
		`('goods', 'no', NULL::bigint), ('goods', 'yes', NULL), ('supplier', 'yes', NULL)`: "",
	} {
		try(t, words, -2400, code)
	}
	// Little money for more goods than were agreed to, and much for as many.
	try(t, `('goods', 'part', 1999::bigint), ('supplier', 'yes', NULL)`, -100, domain.Conflict)
	try(t, `('goods', 'part', 2000::bigint), ('supplier', 'yes', NULL)`, -2401, domain.Conflict)
}

// Credits together never come to more than the order.
func TestCreditsComeToNoMoreThanTheOrder(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	r, _ := domain.RuleFor(domain.ShortWeight, domain.Credited)
	e := w.ready(domain.ShortWeight)
	for i, x := range []struct {
		amount domain.Money
		code   domain.Code
	}{{-40_000, ""}, {-9_000, domain.Conflict}, {-8_999, ""}} {
		if i == 1 {
			w.exec(`INSERT INTO cleardesk.anomaly (case_id, kind, order_id, line_no, evidence, rule, rule_version, order_version, at_risk, hard, blocks)
				SELECT case_id, kind, order_id, line_no, evidence, rule, rule_version, 2, at_risk, hard, blocks FROM cleardesk.anomaly`)
			w.exec(`UPDATE cleardesk.cases SET state = 'open', closed_at = NULL`)
			w.scan(&e.anomaly, `SELECT max(id) FROM cleardesk.anomaly`)
		}
		e = w.claimed("lin", domain.CustomerService, e)
		h := e.handledAs(r)
		h.Resolutions[0].Effects[0].Amount = x.amount
		_, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), h)
		if x.code == "" && err != nil || x.code != "" && domain.CodeOf(err) != x.code {
			t.Errorf("%s: %v, want %q", x.amount, err, x.code)
		}
	}
	w.want("-48999", `SELECT sum(amount) FROM cleardesk.adjustment`)
}

// A linked order is made once, though its answer is lost.
func TestALostAnswerLinksOneOrder(t *testing.T) {
	t.Parallel()
	for fault, what := range map[dialtest.Fault]string{dialtest.FIN: "closed", dialtest.RST: "reset"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			r, _ := domain.RuleFor(domain.OrderChange, domain.CancelledReordered)
			e := w.claimed("lin", domain.CustomerService, w.ready(domain.OrderChange))
			proxy := dialtest.New(t, w.dsn("lin"))
			s := w.open(proxy.DSN())
			lost := proxy.LoseReply(fault, "cleardesk.resolve(")
			out, err := s.Resolve(t.Context(), uuid.New(), e.handledAs(r))
			if err != nil {
				t.Fatal(err)
			}
			<-lost
			w.want("1 1", `SELECT count(*) || ' ' || (SELECT count(*) FROM cleardesk.audit WHERE act = 'resolve') FROM cleardesk.orders WHERE link IS NOT NULL`)
			w.want(string(out.Did[0].OrderNo)+" reorder placed", `SELECT order_no || ' ' || link || ' ' || state FROM cleardesk.orders WHERE link IS NOT NULL`)
		})
	}
}

// Above the amounts that are set it takes a second person, whoever writes it.
func TestAmountsAboveTheLimitTakeASecondPerson(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		kind    domain.Kind
		outcome domain.Outcome
		setting string
		amount  domain.Money // at stake
	}{
		"credit":     {domain.ShortWeight, domain.Credited, "sign.adjust", 2_400},
		"supplement": {domain.ShortWeight, domain.SupplementCreated, "sign.adjust", 2_400},
		"cancelled":  {domain.SlowFulfilment, domain.OrderCancelled, "sign.release", 48_999},
		"released":   {domain.WrongOrder, domain.KeptAsOrdered, "sign.release", 48_999},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			limit := func(m domain.Money) {
				w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES ($1, 'platform', '', now(), $2, 'test')`, x.setting, m.String())
			}
			limit(x.amount)
			r, _ := domain.RuleFor(x.kind, x.outcome)
			e := w.claimed("max", domain.CustomerService, w.ready(x.kind))
			before := w.rows()
			_, err := w.stores["max"].Resolve(t.Context(), uuid.New(), e.handledAs(r))
			d, _ := errors.AsType[*domain.Error](err)
			if domain.CodeOf(err) != domain.Forbidden || d.Detail["needs"] != "second" || d.Detail["stake"] != strconv.FormatInt(int64(x.amount), 10) {
				t.Fatalf("%v", err)
			}
			if d := cmp.Diff(before, w.rows()); d != "" {
				t.Errorf("written: %s", d)
			}
			limit(x.amount + 1)
			if _, err := w.stores["max"].Resolve(t.Context(), uuid.New(), e.handledAs(r)); err != nil {
				t.Error(err)
			}
		})
	}
}
