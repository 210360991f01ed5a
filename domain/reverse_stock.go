package domain

import (
	"slices"
	"strings"
)

// Shortage is what there is too little of to put lines back.
type Shortage struct {
	Product ProductCode
	Left    Quantity
	Wanted  Quantity
}

// needed is what has to be there of each product to take back what the write did beside
// its order: the orders it linked give back what they have taken.
func (w Written) needed() map[ProductCode]Quantity {
	out := map[ProductCode]Quantity{}
	for code, taken := range w.Linked {
		out[code] -= taken
	}
	return out
}

// restocked is the product that was put back into stock and has gone since; nil: none.
func (w Written) restocked(f CaseFile) *Shortage {
	for _, d := range slices.Backward(w.Found.Did) {
		if p := f.Products[d.Product]; d.Op == EffectRestock && p.Stock != nil && *p.Stock < d.Quantity {
			return &Shortage{Product: d.Product, Left: *p.Stock, Wanted: d.Quantity}
		}
	}
	return nil
}

// shortage is the first product, by its code, of which there is too little to put the
// lines back; nil: there is enough.
func (w Written) shortage(f CaseFile, p ReversalPlan) *Shortage {
	if gone := w.restocked(f); gone != nil || !w.Found.Touched() {
		return gone
	}
	more := w.needed()
	for _, l := range f.Order.Lines {
		taken := slices.Contains(w.Reserved, l.No)
		was, changed := w.changed(l.No)
		heldAgain := p.State == Placed || f.heldLine(l.No, p.Held)
		added := slices.Contains(w.Found.Added, l.No)
		if !changed && !added && (!taken || !slices.Contains(w.Found.Free, l.No) || !heldAgain) {
			continue
		}
		if changed && was.Reserved {
			more[l.Product] += was.Quantity
		}
		if taken {
			more[l.Product] -= l.Quantity
		}
	}
	var short *Shortage
	for code, wanted := range more {
		left, known := f.Products[code].Available()
		if known && wanted > 0 && wanted > left && (short == nil || strings.Compare(string(code), string(short.Product)) < 0) {
			short = &Shortage{Product: code, Left: max(0, left), Wanted: wanted}
		}
	}
	return short
}
