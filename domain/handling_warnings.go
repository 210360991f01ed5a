package domain

import (
	"slices"
	"time"
)

func (f Form) momentWarnings(v Preview) []Warning {
	var out []Warning
	left := func(k MomentKind) (time.Duration, bool) {
		for _, m := range f.Moments {
			if m.What == k {
				return m.At.Sub(f.Now), true
			}
		}
		return 0, false
	}
	dropped := slices.ContainsFunc(v.Lines, func(c LineChange) bool { return c.New == 0 })
	if d, ok := left(WindowClose); ok && d < Near && dropped {
		out = append(out, Warning{Kind: WarnReorder, Left: d})
	}
	d, ok := left(Picking)
	switch {
	case !ok:
	case d <= 0:
		out = append(out, Warning{Kind: WarnPast, Left: d})
	case d < Near:
		out = append(out, Warning{Kind: WarnPicking, Left: d})
	}
	return out
}

func (f Form) answerWarnings(a Answers) []Warning {
	var out []Warning
	for _, t := range f.Targets {
		d, ok := f.decisionFor(t, a)
		if !ok {
			continue
		}
		reached := a.Call != nil && a.Call.Outcome == Reached
		switch {
		case reached && a.Call.Said == SaidMistake && d.Choice == ChooseGenuine:
			out = append(out, Warning{Kind: WarnSaidWrong, Line: t.Line})
		case reached && a.Call.Said == SaidWanted && (d.Choice == ChooseDropLine || d.Choice == ChooseDropOrder):
			out = append(out, Warning{Kind: WarnSaidWanted, Line: t.Line})
		}
		if t.ID == d.Target {
			out = append(out, f.goodsWarnings(t, d)...)
			out = append(out, f.claimWarnings(t, d)...)
		}
	}
	return out
}

// goodsWarnings are about quantities that will be flagged again.
func (f Form) goodsWarnings(t Target, d Decision) []Warning {
	var out []Warning
	add := func(line int, c QuantityCheck) {
		if !c.StepOK {
			out = append(out, Warning{Kind: WarnStep, Line: line})
		}
		if !c.StockOK {
			out = append(out, Warning{Kind: WarnStock, Line: line})
		}
	}
	switch d.Choice {
	case ChooseChange, ChooseSubstitute:
		if c, err := f.checkGoods(t, d, d.Quantity); err == nil {
			add(f.lineOf(d), c)
		}
	case ChooseReorder, ChooseOrder:
		for i, w := range d.Items {
			if c, err := f.checkItem(d, i, w.Quantity); err == nil && w.Quantity > 0 {
				add(w.Line, c)
			}
			if !f.forSale(w.Product) {
				out = append(out, Warning{Kind: WarnOrderable, Line: w.Line, Product: w.Product})
			}
		}
		if len(f.linked(d)) == 0 {
			out = append(out, Warning{Kind: WarnNothing})
		}
	default:
	}
	return out
}

// claimWarnings are about what a store claims after its goods came.
func (f Form) claimWarnings(t Target, d Decision) []Warning {
	var out []Warning
	switch d.Choice {
	case ChooseSupplement, ChooseToReturn, ChooseReturn:
		if t.Lead().Kind != ShortWeight && f.Order.State.way() < Delivered.way() {
			out = append(out, Warning{Kind: WarnNotDelivered, Line: t.Line})
		}
	default:
	}
	owed := d.Choice == ChooseCredit || d.Choice == ChooseCharge || d.Choice == ChooseSupplement
	if owed && d.Confirmed == ByNobody {
		out = append(out, Warning{Kind: WarnUnconfirmed, Line: t.Line})
	}
	most := Amount(f.inDispute(t), f.price(t))
	if d.Choice == ChooseReturn {
		most = Amount(d.Quantity, f.price(t))
	}
	if (d.Choice == ChooseCredit || d.Choice == ChooseCharge || d.Choice == ChooseReturn) && d.Amount > most {
		out = append(out, Warning{Kind: WarnAmount, Line: t.Line})
	}
	return out
}
