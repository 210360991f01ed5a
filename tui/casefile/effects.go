package casefile

import (
	"slices"
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/theme"
)

// besideRows say what is written beside the order's lines: money on the settlement,
// orders that are made, goods in stock, a delivery, a limit.
func (v *View) besideRows(x domain.Preview) []row {
	w, t := v.env.Text.Case.Effects, v.env.Text
	var out []row
	for _, a := range x.Adjusts {
		out = append(out, v.pair(w.Settle, theme.Text, w.Adjust[a.What](v.adjusted(a)), t.MoneyChange(a.Amount))...)
	}
	for _, m := range x.Linked {
		text := v.madeText(m)
		money := ""
		if m.Total != 0 {
			money = t.MoneyChange(m.Total)
		}
		out = append(out, v.pair(w.Order, theme.Text, text, money)...)
	}
	for _, s := range x.Stock {
		say := w.Back
		if s.Quantity < 0 {
			say = w.Taken
		}
		out = append(out, v.pair(w.Stock, theme.Text, say(v.shortName(s.Product), v.units(s.Product, max(s.Quantity, -s.Quantity))), "")...)
	}
	for _, r := range x.Returns {
		out = append(out, v.pair(w.Return, theme.Text, w.Opens(v.shortName(r.Product), v.units(r.Product, r.Quantity)), "")...)
	}
	if x.Planned != nil {
		out = append(out, v.pair(w.Delivery, theme.Text, w.Planned(v.when(*x.Planned)), "")...)
	}
	if x.DeliveredAt != nil {
		out = append(out, v.pair(w.Delivery, theme.Text, w.Came(v.when(*x.DeliveredAt)), "")...)
	}
	if x.Limit != nil {
		before := ""
		if x.Limit.Old > 0 {
			before = t.MoneyExact(x.Limit.Old)
		}
		out = append(out, v.pair(w.Limit, theme.Text, w.LimitTo(before, t.MoneyExact(x.Limit.New)), "")...)
	}
	return out
}

// adjusted names what money is for; of a return how much comes back, and whether it is
// sold again.
func (v *View) adjusted(a domain.Adjusting) string {
	name := v.shortName(a.Product)
	f := v.form()
	for _, d := range v.answers.Decisions {
		if t, ok := f.Target(d.Target); !ok || t.Line != a.Line || d.Choice != domain.ChooseReturn {
			continue
		}
		p, _ := f.Product(a.Product)
		name = v.env.Text.Counted(name, d.Quantity, p.Unit, p.UnitEn)
		if d.Restock == domain.ToWaste {
			name += v.env.Text.Values.Join + v.env.Text.Case.Effects.Wasted
		}
	}
	return name
}

// units is a quantity of a product with its unit.
func (v *View) units(code domain.ProductCode, q domain.Quantity) string {
	p, _ := v.form().Product(code)
	return v.env.Text.Quantity(q, p.Unit, p.UnitEn)
}

// How many lines of an order that is made are named, and of one ordered again how many
// of those that change.
const (
	mostLinked  = 2
	mostChanged = 3
)

// madeText says which order is made. Of one ordered again it names what changes: the
// rest is known.
func (v *View) madeText(m domain.MadeOrder) string {
	w := v.env.Text.Case.Effects
	switch {
	case m.Late:
		return w.Late(v.linkedItems(m.Lines))
	case m.Link != domain.Reorder:
		return w.Made[m.Link](v.linkedItems(m.Lines))
	}
	for _, d := range v.answers.Decisions {
		if d.Choice == domain.ChooseReorder {
			changed, same := v.changedItems(d)
			return w.Anew(changed, same)
		}
	}
	return w.Made[m.Link](v.linkedItems(m.Lines))
}

// changedItems names what an order that is made again does not have as it was, and counts
// what stays.
func (v *View) changedItems(d domain.Decision) (changed string, same int) {
	w, s, f := v.env.Text.Case.Effects, v.env.Text.Kinds.Shared, v.form()
	var out []string
	for _, it := range d.Items {
		l, was := f.Line(it.Line)
		name := v.shortName(it.Product)
		switch {
		case it.Quantity < 0: // it cannot be read yet
		case was && it.Quantity == l.Quantity:
			same++
		case !was && it.Quantity > 0:
			out = append(out, s.Added(name, v.units(it.Product, it.Quantity)))
		case was && it.Quantity == 0:
			out = append(out, s.Dropped(name, v.units(it.Product, l.Quantity)))
		case was:
			out = append(out, s.Wanted(name, l.Quantity.Grouped(0), v.units(it.Product, it.Quantity)))
		}
	}
	if more := len(out) - mostChanged; more > 0 {
		out = append(out[:mostChanged], w.MoreChanged(more))
	}
	return strings.Join(out, v.env.Text.Values.Join), same
}

func (v *View) linkedItems(lines []domain.LinkedLine) string {
	w, t := v.env.Text.Case.Effects, v.env.Text
	var out []string
	for i, l := range lines {
		if i == mostLinked && len(lines) > mostLinked+1 {
			out = append(out, w.Items(len(lines)))
			break
		}
		out = append(out, w.Item(v.shortName(l.Product), v.units(l.Product, l.Quantity)))
	}
	return strings.Join(out, t.Values.Join)
}

// touchesOrder tells whether a plan changes the order itself or frees something of it.
func (v *View) touchesOrder(p domain.Plan) bool {
	return slices.ContainsFunc(p.Resolutions, func(r domain.Resolution) bool {
		return slices.ContainsFunc(r.Effects, func(e domain.Effect) bool {
			switch e.Op {
			case domain.EffectRelease, domain.EffectSetQuantity, domain.EffectCancelLine, domain.EffectCancelOrder, domain.EffectSubstitute:
				return true
			default:
				return false
			}
		})
	})
}

// doesNothing tells whether only the record is written.
func doesNothing(p domain.Plan) bool {
	return !slices.ContainsFunc(p.Resolutions, func(r domain.Resolution) bool {
		return slices.ContainsFunc(r.Effects, func(e domain.Effect) bool { return e.Op != domain.EffectLearn && e.Op != domain.EffectQuieten })
	})
}

// effectText says in short what writing does.
func (v *View) effectText(p domain.Plan) string {
	w, e, t := v.env.Text.Case.Say, v.env.Text.Case.Effects, v.env.Text
	x := p.Preview
	var parts []string
	if x.OrderCancelled {
		parts = append(parts, w.OrderGone)
	} else {
		for _, c := range x.Lines {
			if c.New == 0 {
				parts = append(parts, w.LineGone(strconv.Itoa(c.Line)))
				continue
			}
			parts = append(parts, w.LineTo(strconv.Itoa(c.Line), v.units(c.Product, c.New)))
		}
	}
	for _, a := range x.Adjusts {
		parts = append(parts, e.Money[a.What](t.MoneyExact(max(a.Amount, -a.Amount))))
	}
	for _, m := range x.Linked {
		parts = append(parts, v.madeName(m))
	}
	for _, r := range x.Returns {
		parts = append(parts, e.Opens(v.shortName(r.Product), v.units(r.Product, r.Quantity)))
	}
	if x.Planned != nil {
		parts = append(parts, e.ToPlan(v.when(*x.Planned)))
	}
	if x.DeliveredAt != nil {
		parts = append(parts, e.Delivered(v.when(*x.DeliveredAt)))
	}
	if x.Limit != nil {
		parts = append(parts, e.LimitTo("", t.MoneyExact(x.Limit.New)))
	}
	switch {
	case len(parts) == 0 && v.touchesOrder(p):
		return w.AsOrdered
	case len(parts) == 0:
		return v.outcomes(p)
	}
	return strings.Join(parts, t.Values.Join)
}

// madeName says in short which order is made.
func (v *View) madeName(m domain.MadeOrder) string {
	w := v.env.Text.Case.Effects
	switch {
	case m.Link != domain.Reorder:
		return w.Supplied
	case slices.ContainsFunc(v.answers.Decisions, func(d domain.Decision) bool { return d.Choice == domain.ChooseReorder }):
		return w.Again
	}
	return w.Ordered
}

// outcomes names how the anomalies end, each once; without an order what was decided.
func (v *View) outcomes(p domain.Plan) string {
	if !v.form().HasOrder() && len(v.answers.Decisions) > 0 {
		return v.choiceText()
	}
	var out []string
	for _, r := range p.Resolutions {
		if s := v.env.Text.Outcome(string(r.Outcome)); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, v.env.Text.Values.Join)
}
