package detect

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cleardesk/domain"
)

// onItsWay is an order of Sunday, accepted at 13:12, of 990.00 in two categories. With
// the settings as they are it is promised a plan by 16:30, allocation by 19:30,
// departure by 06:00 and delivery by 11:00 on Monday.
func onItsWay(tb testing.TB, now string) StageInput {
	tb.Helper()
	in := eventInput(tb, domain.EventStage)
	in.Order.State = domain.Accepted
	return StageInput{
		Order: *in.Order, AcceptedAt: on(tb, "2026-11-22 13:12"), At: map[domain.Stage]time.Time{},
		Products: in.Products, Settings: in.Settings, Calendar: in.Calendar, Now: on(tb, now),
	}
}

// seen tells a verdict in a line: what is late or foreseen, what it waits for, and when
// to look again.
func seen(v StageVerdict) string {
	zone := domain.Settings{}.Calendar().Zone
	out := "in time"
	if v.Flag != nil {
		out = "late"
		if v.Flag.Evidence.Foreseen {
			out = "foreseen"
		}
	}
	if v.Stage != "" {
		out += " " + string(v.Stage) + " " + v.Due.In(zone).Format("02 15:04")
	}
	if v.Next != nil {
		out += ", next " + v.Next.In(zone).Format("02 15:04")
	}
	return out
}

// Each promise is kept up to its minute, foreseen half an hour before, and broken at
// it; whatever the verdict, the next look is the next time it may change.
func TestPromises(t *testing.T) {
	t.Parallel()
	type told = map[domain.Stage]string
	planned := told{domain.StagePlanned: "22 15:40"}
	allocated := told{domain.StagePlanned: "22 15:40", domain.StageAllocated: "22 18:00"}
	shipped := told{domain.StageAllocated: "22 18:00", domain.StageShipped: "23 05:10"}
	for _, c := range []struct {
		name string
		now  string
		told told
		want string
	}{
		{"accepted just now", "22 13:12", nil, "in time planned 22 16:30, next 22 16:00"},
		{"a minute before a plan is foreseen to lack", "22 15:59", nil, "in time planned 22 16:30, next 22 16:00"},
		{"foreseen", "22 16:00", nil, "foreseen planned 22 16:30, next 22 16:30"},
		{"foreseen to the last minute", "22 16:29", nil, "foreseen planned 22 16:30, next 22 16:30"},
		{"no plan at its time", "22 16:30", nil, "late planned 22 16:30, next 22 19:00"},
		{"no plan, and allocation near", "22 19:00", nil, "late planned 22 16:30, next 22 19:30"},
		{"planned", "22 16:30", planned, "in time allocated 22 19:30, next 22 19:00"},
		{"not allocated yet", "22 18:59", planned, "in time allocated 22 19:30, next 22 19:00"},
		{"allocation foreseen", "22 19:00", planned, "foreseen allocated 22 19:30, next 22 19:30"},
		{"not allocated", "22 19:30", planned, "late allocated 22 19:30, next 23 05:30"},
		{"allocated", "22 19:30", allocated, "in time shipped 23 06:00, next 23 05:30"},
		{"not left", "23 06:00", allocated, "late shipped 23 06:00, next 23 10:30"},
		{"left without a plan", "23 06:00", shipped, "in time delivered 23 11:00, next 23 10:30"},
		{"delivery foreseen", "23 10:30", shipped, "foreseen delivered 23 11:00, next 23 11:00"},
		{"not there", "23 11:00", shipped, "late delivered 23 11:00"},
		{"long not there", "25 11:00", nil, "late planned 22 16:30"},
		{"a later stage told alone", "23 06:30", told{domain.StageShipped: "23 06:20"}, "in time delivered 23 11:00, next 23 10:30"},
		{"delivered", "23 11:00", told{domain.StageDelivered: "23 10:59"}, "in time"},
		{"received", "23 11:00", told{domain.StageReceived: "23 10:59"}, "in time"},
		{"refused at the door", "23 11:00", told{domain.StageRefused: "23 10:59"}, "in time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := onItsWay(t, "2026-11-"+c.now)
			for stage, at := range c.told {
				in.At[stage] = on(t, "2026-11-"+at)
			}
			if got := seen(SlowFulfilment(in)); got != c.want {
				t.Errorf("%s: %s, want %s", c.now, got, c.want)
			}
		})
	}
}

// What the order's state says counts as told.
func TestStatesAreStages(t *testing.T) {
	t.Parallel()
	for state, want := range map[domain.OrderState]string{
		domain.Placed: "in time", domain.Cancelled: "in time", domain.Refused: "in time",
		domain.Accepted:  "late planned 22 16:30, next 23 05:30",
		domain.Allocated: "late planned 22 16:30, next 23 05:30",
		domain.Shipped:   "in time delivered 23 11:00, next 23 10:30",
		domain.Delivered: "in time", domain.Received: "in time", domain.Settled: "in time",
	} {
		in := onItsWay(t, "2026-11-22 20:00")
		in.Order.State = state
		if got := seen(SlowFulfilment(in)); got != want {
			t.Errorf("%s: %s, want %s", state, got, want)
		}
	}
	in := onItsWay(t, "2026-11-22 20:00")
	for i := range in.Order.Lines {
		in.Order.Lines[i].Cancelled = true
	}
	if got := seen(SlowFulfilment(in)); got != "in time" {
		t.Errorf("an order without a line: %s, want nothing to watch", got)
	}
}

// A plan of the platform's that comes too late is foreseen at once; one the desk made is
// the promise itself.
func TestPlans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, now, due string
		by             domain.Login
		want           string
	}{
		{"in time", "22 16:30", "23 11:00", "", "in time allocated 22 19:30, next 22 19:00"},
		{"a minute too late", "22 16:30", "23 11:01", "", "foreseen delivered 23 11:00, next 22 19:00"},
		{"what is broken comes first", "22 19:30", "23 11:01", "", "late allocated 22 19:30, next 23 05:30"},
		{"the desk's own", "22 19:30", "24 09:00", "chen", "in time delivered 24 09:00, next 24 08:30"},
		{"the desk's own, foreseen", "24 08:30", "24 09:00", "chen", "foreseen delivered 24 09:00, next 24 09:00"},
		{"the desk's own, broken", "24 09:00", "24 09:00", "chen", "late delivered 24 09:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := onItsWay(t, "2026-11-"+c.now)
			in.Plan = &domain.DeliveryPlan{Due: on(t, "2026-11-"+c.due), By: c.by}
			v := SlowFulfilment(in)
			if got := seen(v); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if v.Flag != nil && !v.Flag.Evidence.PlanDue.Equal(in.Plan.Due) {
				t.Errorf("evidence says planned for %s, want %s", v.Flag.Evidence.PlanDue, in.Plan.Due)
			}
		})
	}
}

// Promises run from when an order was accepted where that was after its day's moments.
func TestAcceptedLate(t *testing.T) {
	t.Parallel()
	for accepted, want := range map[string]string{
		"22 15:30": "in time planned 22 16:30, next 22 16:00",
		"22 17:00": "in time planned 22 18:00, next 22 17:30",
		"23 05:00": "in time planned 23 06:00, next 23 05:30", // just with the vans
	} {
		in := onItsWay(t, "2026-11-"+accepted)
		in.AcceptedAt = in.Now
		if got := seen(SlowFulfilment(in)); got != want {
			t.Errorf("accepted at %s: %s, want %s", accepted, got, want)
		}
	}
	for accepted, want := range map[string]string{"23 05:00": "23 11:00", "23 05:01": "24 11:00"} {
		in := onItsWay(t, "2026-11-"+accepted)
		in.AcceptedAt, in.Order.State = in.Now, domain.Shipped
		if got := SlowFulfilment(in).Due.In(in.Calendar.Zone).Format("02 15:04"); got != want {
			t.Errorf("accepted at %s it is to be there by %s, want %s", accepted, got, want)
		}
	}
}

// Of several categories the shortest promise counts and is named; what is promised to be
// there sooner than other goods is perishable and counts double. A line that was
// cancelled promises nothing.
func TestPromisesOfCategories(t *testing.T) {
	t.Parallel()
	own := func(category, value string) domain.Settings {
		s := domain.Settings{}
		s.Put(domain.Setting{Name: promiseDeliver, Scope: domain.ScopeCategory, Key: category, Value: value})
		return s
	}
	for _, c := range []struct {
		name       string
		settings   domain.Settings
		due        string
		category   string
		perishable domain.Money
	}{
		{"none", domain.Settings{}, "23 11:00", "", 0},
		{"shorter", own("fresh", "120"), "23 07:00", "fresh", 55_800},
		{"longer", own("fresh", "1440"), "23 11:00", "", 0},
		{"as long", own("fresh", "360"), "23 11:00", "fresh", 0},
		{"not in the order", own("tea", "120"), "23 11:00", "", 0},
		{"of a cancelled line", own("dairy", "120"), "23 11:00", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := onItsWay(t, "2026-11-24 00:00")
			in.Order.State, in.Settings = domain.Shipped, c.settings
			milk := in.Products["milk"]
			milk.Category = "dairy"
			in.Products["milk"] = milk
			v := SlowFulfilment(in)
			ev := v.Flag.Evidence
			if got := v.Due.In(in.Calendar.Zone).Format("02 15:04"); got != c.due || ev.Category != c.category || ev.Perishable != c.perishable {
				t.Errorf("due %s by %q with %s perishable, want %s by %q with %s", got, ev.Category, ev.Perishable, c.due, c.category, c.perishable)
			}
			if want := 99_000 + c.perishable; v.Flag.AtRisk != want {
				t.Errorf("at risk %s, want %s", v.Flag.AtRisk, want)
			}
		})
	}
}

// A plan that is earlier than the promise is what the store was told: from then on the
// delivery is late.
func TestEarlyPlanIsThePromise(t *testing.T) {
	t.Parallel()
	for now, want := range map[string]string{"2026-11-23 08:29": "in time", "2026-11-23 08:30": "foreseen", "2026-11-23 09:00": "late"} {
		in := onItsWay(t, now)
		in.Order.State = domain.Shipped
		in.Plan = &domain.DeliveryPlan{Due: on(t, "2026-11-23 09:00")}
		v := SlowFulfilment(in)
		if got := seen(v); !strings.HasPrefix(got, want) || !v.Due.Equal(in.Plan.Due) {
			t.Errorf("%s: %s, due %s; want %s", now, got, v.Due, want)
		}
	}
}

// The sentence of a late order can be read from its evidence alone.
func TestSlowFulfilmentEvidence(t *testing.T) {
	t.Parallel()
	in := onItsWay(t, "2026-11-23 06:00")
	in.At[domain.StagePlanned], in.At[domain.StageAllocated] = on(t, "2026-11-22 19:00"), on(t, "2026-11-22 18:00")
	in.Plan = &domain.DeliveryPlan{Due: on(t, "2026-11-23 10:00")}
	f := SlowFulfilment(in).Flag
	want := &Flag{
		Kind: domain.SlowFulfilment, AtRisk: 99_000,
		Evidence: domain.Evidence{
			Stage: domain.StageShipped, StageDue: ptr(on(t, "2026-11-23 06:00")), Since: ptr(on(t, "2026-11-22 18:00")),
			PlanDue: ptr(on(t, "2026-11-23 10:00")), Amount: 99_000, Lines: 3, Rule: PromiseRule, RuleVersion: PromiseVersion,
		},
	}
	if diff := cmp.Diff(want, f, cmpopts.IgnoreFields(Flag{}, "Moments")); diff != "" {
		t.Error(diff)
	}
	said := saying(f.Moments)
	if diff := cmp.Diff([]string{"promise 11-23 06:00", "promise 11-23 10:00", "promise 11-24 10:00", "promise 11-25 10:00"}, said[:4]); diff != "" || len(said) != 9 {
		t.Errorf("%d moments: %s", len(said), diff)
	}
	// Past its last promise it goes on to the next day: it does not sink below the rest.
	for _, now := range []string{"2026-11-23 10:01", "2026-11-25 12:00", "2026-11-29 23:00"} {
		if m := domain.NextMoment(SlowFulfilment(in).Flag.Moments, on(t, now)); m == nil || m.What != domain.Promise {
			t.Errorf("%s: no next moment", now)
		}
	}
}

// Looking at Next alone finds every change of the verdict, and comes to an end.
func TestNextMissesNoChange(t *testing.T) {
	t.Parallel()
	whole := onItsWay(t, "2026-11-22 13:12")
	rapid.Check(t, func(rt *rapid.T) {
		in := whole
		in.At = map[domain.Stage]time.Time{}
		for _, s := range []domain.Stage{domain.StagePlanned, domain.StageAllocated, domain.StageShipped} {
			if rapid.Bool().Draw(rt, string(s)) {
				in.At[s] = in.Now
			}
		}
		if rapid.Bool().Draw(rt, "plan") {
			in.Plan = &domain.DeliveryPlan{Due: in.Now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(rt, "due")) * time.Minute)}
			in.Plan.By = rapid.SampledFrom([]domain.Login{"", "chen"}).Draw(rt, "by")
		}
		v := SlowFulfilment(in)
		for looks := 0; v.Next != nil; looks++ {
			if looks > 8 || !v.Next.After(in.Now) {
				rt.Fatalf("look %d at %s, after %s", looks, v.Next, in.Now)
			}
			in.Now = v.Next.Add(-time.Second)
			if before := SlowFulfilment(in); seen(before) != seen(v) {
				rt.Fatalf("at %s it is %s, though it was %s", in.Now, seen(before), seen(v))
			}
			in.Now = *v.Next
			v = SlowFulfilment(in)
		}
		in.Now = in.Now.AddDate(1, 0, 0)
		if last := SlowFulfilment(in); seen(last) != seen(v) {
			rt.Fatalf("a year later it is %s, though it was %s and not to be looked at again", seen(last), seen(v))
		}
	})
}
