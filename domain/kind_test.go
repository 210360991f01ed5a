package domain

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What of a kind others ask for stands in its row: nobody else names kinds for it.
func TestWhatKindsAreAskedFor(t *testing.T) {
	t.Parallel()
	got := map[string][]Kind{}
	for _, k := range Kinds() {
		if k.Teaches() {
			got["teaches"] = append(got["teaches"], k)
		}
		if k.ShowsPast() {
			got["shows the past"] = append(got["shows the past"], k)
		}
	}
	want := map[string][]Kind{
		"teaches":        {QuantitySurge, AmountSurge, StepMismatch, ZeroStock, WrongOrder},
		"shows the past": {ZeroStock},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
