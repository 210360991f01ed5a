package detect

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

func received(at time.Time, lines ...domain.EventLine) domain.Event {
	return domain.Event{What: domain.EventReceipt, At: at, Lines: lines}
}

// Exchanges and returns flag a line each, with how much of it, why, and when it came.
func TestAskedBack(t *testing.T) {
	t.Parallel()
	for what, kind := range map[domain.EventKind]domain.Kind{domain.EventExchange: domain.Exchange, domain.EventReturn: domain.Return} {
		t.Run(string(what), func(t *testing.T) {
			t.Parallel()
			in := eventInput(t, what,
				domain.EventLine{Line: 2, Quantity: ptr(domain.Units(2)), Why: domain.ToldDamaged}, domain.EventLine{Product: "pork"})
			in.Event.Why, in.Event.Cause = domain.ToldQuality, "batch 1120"
			in.Received = []domain.Event{
				{What: domain.EventStage, Stage: domain.StageDelivered, At: clock(t, "07:05")},
				received(clock(t, "07:22"), domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(18_400))}),
			}
			flags := JudgeEvent(in)
			if len(flags) != 2 {
				t.Fatalf("flags %+v, want one a line", flags)
			}
			rule := map[domain.Kind]string{domain.Exchange: ExchangeRule, domain.Return: ReturnRule}[kind]
			eggs := in.begun(rule)
			eggs.Product, eggs.Line, eggs.Quantity, eggs.Price, eggs.Told = "eggs", 2, domain.Units(2), 2400, domain.ToldDamaged
			eggs.ReceivedAt = ptr(clock(t, "07:22"))
			pork := in.begun(rule)
			pork.Product, pork.Line, pork.Quantity, pork.Price, pork.Told = "pork", 1, 18_400, 2790, domain.ToldQuality
			pork.Received, pork.ReceivedAt = ptr(domain.Quantity(18_400)), ptr(clock(t, "07:22"))
			if kind == domain.Exchange {
				eggs.Cause, pork.Cause = "exchange eggs batch 1120", "exchange pork batch 1120"
			}
			for i, want := range []domain.Evidence{eggs, pork} {
				f := flags[i]
				if diff := cmp.Diff(want, f.Evidence); diff != "" {
					t.Error(diff)
				}
				if f.Kind != kind || f.Line != want.Line || f.Blocks || f.Cause != want.Cause {
					t.Errorf("flag %+v, want a %s of line %d that blocks nothing, with its cause", f, kind, want.Line)
				}
				if want := domain.Amount(want.Quantity, want.Price); f.AtRisk != want {
					t.Errorf("at risk %s, want %s", f.AtRisk, want)
				}
			}
			moments := []string{"promise 11-23 17:31", "week_ends 11-30 00:00", "claim_ends 11-30 07:22"}
			if diff := cmp.Diff(moments, saying(flags[1].Moments)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A cause that is told whole stays as it is: the exchange was opened here.
func TestCauseOfAnExchange(t *testing.T) {
	t.Parallel()
	for told, want := range map[string]string{
		"": "", "batch 1120": "exchange eggs batch 1120", "exchange eggs 2026-11-20": "exchange eggs 2026-11-20",
	} {
		in := eventInput(t, domain.EventExchange, domain.EventLine{Line: 2})
		in.Event.Cause = told
		if got := JudgeEvent(in)[0]; got.Cause != want || got.Evidence.Cause != want {
			t.Errorf("of %q: %q and %q, want %q", told, got.Cause, got.Evidence.Cause, want)
		}
	}
}

// How much is asked back where nobody says: what was received by the latest receipt,
// else what stands in the order; of nothing there is nothing to ask.
func TestHowMuchIsAskedBack(t *testing.T) {
	t.Parallel()
	whole := domain.EventLine{Line: 2}
	for _, c := range []struct {
		name     string
		line     domain.EventLine
		received []domain.Event
		want     []domain.Quantity
	}{
		{"not received yet", whole, nil, []domain.Quantity{domain.Units(12)}},
		{"received", whole, []domain.Event{
			received(clock(t, "07:22"), domain.EventLine{Line: 2, Quantity: ptr(domain.Units(11))}),
		}, []domain.Quantity{domain.Units(11)}},
		{"received, and told again", whole, []domain.Event{
			received(clock(t, "08:10"), domain.EventLine{Line: 2, Quantity: ptr(domain.Units(10))}),
			received(clock(t, "07:22"), domain.EventLine{Line: 2, Quantity: ptr(domain.Units(11))}),
		}, []domain.Quantity{domain.Units(10)}},
		{"another line was received", whole, []domain.Event{
			received(clock(t, "07:22"), domain.EventLine{Line: 4, Quantity: ptr(domain.Units(5))}),
		}, []domain.Quantity{domain.Units(12)}},
		{"told", domain.EventLine{Line: 2, Quantity: ptr(domain.Units(3))}, []domain.Event{
			received(clock(t, "07:22"), domain.EventLine{Line: 2, Quantity: ptr(domain.Units(11))}),
		}, []domain.Quantity{domain.Units(3)}},
		{"by weight", domain.EventLine{Line: 1, Weight: ptr(domain.Quantity(1250))}, nil, []domain.Quantity{1250}},
		{"of a cancelled line", domain.EventLine{Line: 3}, nil, nil},
		{"nothing received", whole, []domain.Event{
			received(clock(t, "07:22"), domain.EventLine{Line: 2, Quantity: ptr(domain.Units(0))}),
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := eventInput(t, domain.EventExchange, c.line)
			in.Received = c.received
			var got []domain.Quantity
			for _, f := range JudgeEvent(in) {
				got = append(got, f.Evidence.Quantity)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Before anybody told that the goods came there is no claim period; their delivery
// begins one where there is no receipt, and the first receipt where there are several.
func TestTheClaimPeriodBeginsWithTheReceipt(t *testing.T) {
	t.Parallel()
	delivered := domain.Event{What: domain.EventStage, Stage: domain.StageDelivered, At: clock(t, "07:05")}
	for name, c := range map[string]struct {
		told []domain.Event
		want []string
	}{
		"nothing told":    {nil, []string{"promise 11-23 17:31", "week_ends 11-30 00:00"}},
		"delivered":       {[]domain.Event{delivered}, []string{"promise 11-23 17:31", "week_ends 11-30 00:00", "claim_ends 11-30 07:05"}},
		"received later":  {[]domain.Event{received(clock(t, "07:22")), delivered}, []string{"promise 11-23 17:31", "week_ends 11-30 00:00", "claim_ends 11-30 07:22"}},
		"received twice":  {[]domain.Event{received(clock(t, "09:00")), received(clock(t, "07:22"))}, []string{"promise 11-23 17:31", "week_ends 11-30 00:00", "claim_ends 11-30 07:22"}},
		"told as a stage": {[]domain.Event{{What: domain.EventStage, Stage: domain.StageReceived, At: clock(t, "07:30")}}, []string{"promise 11-23 17:31", "week_ends 11-30 00:00", "claim_ends 11-30 07:30"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := eventInput(t, domain.EventReturn, domain.EventLine{Line: 2})
			in.Received = c.told
			if diff := cmp.Diff(c.want, saying(JudgeEvent(in)[0].Moments)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
