package main

import (
	"bytes"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// A spreadsheet computes nothing of a name, and takes what is below nought as a number.
func TestSettlementCSVIsSafeAndNumbersAreNumbers(t *testing.T) {
	t.Parallel()
	w := domain.Settlement{Week: time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC), Rounding: 100, Stores: []domain.StoreWeek{{
		Store: "S022", Name: `=HYPERLINK("x")`, Deliveries: 5, Delivered: 2_204_800, Credits: -31_200, Collected: 2_204_800, Refused: 1, RefusedSum: 500,
	}}}
	var out bytes.Buffer
	if err := settlementCSV(&out, &w); err != nil {
		t.Fatal(err)
	}
	want := "week,signed,store,name,deliveries,delivered,credits,charges,returns,due,collected,carried,difference,refused,refused_amount,open_cases,open_at_risk,state\n" +
		`2026-11-16,false,S022,"'=HYPERLINK(""x"")",5,22048.00,-312.00,0.00,0.00,21736.00,22048.00,0.00,312.00,1,5.00,0,0.00,look` + "\n"
	if d := cmp.Diff(want, out.String()); d != "" {
		t.Error(d)
	}
}
