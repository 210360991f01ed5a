package detect

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cleardesk/domain"
)

// keeper keeps states as the database would.
type keeper struct {
	at     map[string]int
	states []State
}

func (k *keeper) keep(states []State) {
	if k.at == nil {
		k.at = map[string]int{}
	}
	for _, s := range states {
		key := string(s.Scope) + "/" + s.Key
		at, ok := k.at[key]
		if !ok {
			at = len(k.states)
			k.at[key] = at
			k.states = append(k.states, State{})
		}
		k.states[at] = s
	}
}

func drawOrder(t *rapid.T, day int) domain.Order {
	store := domain.StoreCode(rapid.SampledFrom([]string{"S1", "S2", "S3"}).Draw(t, "store"))
	n := rapid.IntRange(1, 6).Draw(t, "lines")
	items := make([]item, n)
	for i := range items {
		items[i] = item{
			product: domain.ProductCode(fmt.Sprintf("P%d", rapid.IntRange(0, 9).Draw(t, "product"))),
			units:   rapid.SampledFrom([]int64{1, 2, 6, 12, 13, 24, 60, 120, 1200, 480}).Draw(t, "units"),
			yuan:    int64(rapid.IntRange(1, 40).Draw(t, "yuan")),
		}
	}
	o := orderOf(store, day, items...)
	o.History = day < 3
	return o
}

// A judge that is killed and taken over at any moment gives the verdicts an
// undisturbed one gives.
func TestTakeOverChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := Defaults()
		s.LineBudget, s.OrderBudget, s.LineFloor = 200_000, 200_000, 0
		calm, taken := New(s), New(s)
		var kept keeper
		for day := range rapid.IntRange(1, 40).Draw(t, "days") {
			in := Input{Order: drawOrder(t, day), Limits: Limits{Line: LineLimits{HardQuantity: domain.Units(1000)}}}
			want, got := calm.Judge(in), taken.Judge(in)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("order %d after a take-over (-undisturbed +taken over):\n%s", day, diff)
			}
			for _, f := range find(want, domain.QuantitySurge) {
				l := in.Order.Lines[f.Line-1]
				lesson := Lesson{in.Order.Store, l.Product, l.Quantity / 10, in.Order.BusinessDay}
				calm.Learn(lesson)
				taken.Learn(lesson)
			}
			if rapid.Bool().Draw(t, "kept") {
				kept.keep(taken.Changed())
				if rapid.Bool().Draw(t, "killed") {
					taken = New(s)
					if err := taken.Load(kept.states); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	})
}

// Changed gives what changed since the last call, and nothing else.
func TestChangedGivesOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	e := taught(t, Defaults(), 3)
	e.Changed()
	e.Judge(Input{Order: orderOf("S1", 4, item{"eggs", 6, 30})})
	var got []string
	for _, s := range e.Changed() {
		got = append(got, string(s.Scope)+"/"+s.Key)
	}
	if diff := cmp.Diff([]string{"store/S1", "product/eggs", "platform/"}, got); diff != "" {
		t.Error(diff)
	}
	if again := e.Changed(); len(again) != 0 {
		t.Errorf("a second call gives %d states, want none", len(again))
	}
}

// What was damaged on the way is refused with its name, never taken over in part
// unnoticed, and never panics.
func TestLoadRefusesDamage(t *testing.T) {
	t.Parallel()
	e := taught(t, Defaults(), 5)
	states := e.Changed()
	for _, st := range states {
		for cut := range len(st.Data) {
			err := New(Defaults()).Load([]State{{st.Scope, st.Key, st.Data[:cut]}})
			if domain.CodeOf(err) != domain.Invalid {
				t.Fatalf("%s %q cut to %d of %d bytes: error %v, want invalid", st.Scope, st.Key, cut, len(st.Data), err)
			}
		}
		long := append([]byte{}, st.Data...)
		if err := New(Defaults()).Load([]State{{st.Scope, st.Key, append(long, 0)}}); err == nil {
			t.Errorf("%s %q with a byte too many was taken", st.Scope, st.Key)
		}
		long[0]++
		if err := New(Defaults()).Load([]State{{st.Scope, st.Key, long}}); err == nil {
			t.Errorf("%s %q of another version was taken", st.Scope, st.Key)
		}
	}
	if err := New(Defaults()).Load([]State{{Scope: "planet"}}); err == nil {
		t.Error("an unknown scope was taken")
	}
}
