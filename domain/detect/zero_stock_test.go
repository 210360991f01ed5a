package detect

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

func TestZeroStock(t *testing.T) {
	t.Parallel()
	type want struct {
		line      int
		available int64
	}
	for _, c := range []struct {
		name     string
		stock    *domain.Quantity
		reserved int64
		units    []int64 // lines of the one product
		limits   Limits
		want     []want
	}{
		{"nobody said", nil, 0, []int64{1000}, Limits{}, nil},
		{"just enough", ptr(domain.Units(10)), 0, []int64{10}, Limits{}, nil},
		{"one more than there is", ptr(domain.Units(10)), 0, []int64{11}, Limits{}, []want{{1, 10}}},
		{"none", ptr(domain.Units(0)), 0, []int64{1}, Limits{}, []want{{1, 0}}},
		{"taken by earlier orders", ptr(domain.Units(10)), 4, []int64{7}, Limits{}, []want{{1, 6}}},
		{"just left by earlier orders", ptr(domain.Units(10)), 4, []int64{6}, Limits{}, nil},
		{"more taken than there is", ptr(domain.Units(10)), 14, []int64{1}, Limits{}, []want{{1, -4}}},
		{"two lines, the second too much", ptr(domain.Units(10)), 0, []int64{6, 5}, Limits{}, []want{{2, 4}}},
		{"what is short takes nothing", ptr(domain.Units(10)), 0, []int64{6, 5, 4}, Limits{}, []want{{2, 4}}},
		{"what is held takes nothing", ptr(domain.Units(10)), 0, []int64{8, 5}, Limits{
			Lines: map[int]LineLimits{1: {HardQuantity: domain.Units(7)}},
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var items []item
			for _, n := range c.units {
				items = append(items, item{"milk", n, 12})
			}
			products := map[domain.ProductCode]domain.Product{"milk": {Stock: c.stock, Reserved: domain.Units(c.reserved)}}
			v := New(Defaults()).Judge(Input{Order: orderOf("S1", 0, items...), Products: products, Limits: c.limits})
			var got []want
			for _, f := range find(v, domain.ZeroStock) {
				got = append(got, want{f.Line, int64(*f.Evidence.Available / domain.Unit)})
				if line := v.Flags; !f.Blocks || f.AtRisk != domain.Amount(f.Evidence.Quantity, 12*domain.Yuan) {
					t.Errorf("flag %+v of %d blocks %v with %s at risk, want the line's amount", f, len(line), f.Blocks, f.AtRisk)
				}
				if f.Cause != "stock milk" || f.Evidence.Cause != f.Cause {
					t.Errorf("cause %q, want the product's stock", f.Cause)
				}
			}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}
