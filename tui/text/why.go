package text

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cleardesk/domain"
)

// WhyWords say in one short line why an order is held: what was observed against
// what was expected, numbers first.
type WhyWords struct {
	Last       func(what, n, usual string) string // this store's last n orders of it
	First      func(what, usual string) string    // it never ordered this
	Usual      func(what, usual string) string
	Short      func(what, usual string) string // where there is little room
	Alone      func(what string) string        // nothing to compare with
	Limit      func(what, limit string) string
	Amount     func(amount string) string
	CODLimit   func(amount, limit string) string
	Steps      func(what, step, below, above string) string
	StepAbove  func(what, step, above string) string // no multiple below
	StepSeen   func(what, seen, step string) string
	Left       func(what, left string) string
	NothingNow func(what string) string
}

func whyEnglish() WhyWords {
	return WhyWords{
		Last:     func(what, n, usual string) string { return what + "; last " + n + " " + usual },
		First:    func(what, usual string) string { return what + "; first, others " + usual },
		Usual:    func(what, usual string) string { return what + "; usual " + usual },
		Short:    func(what, usual string) string { return what + "; " + usual },
		Alone:    func(what string) string { return what + "; never before" },
		Limit:    func(what, limit string) string { return what + "; limit " + limit },
		Amount:   func(amount string) string { return amount },
		CODLimit: func(amount, limit string) string { return amount + " over COD limit " + limit },
		Steps: func(what, step, below, above string) string {
			return what + "; step " + step + ": " + below + " or " + above
		},
		StepAbove:  func(what, step, above string) string { return what + "; step " + step + ": " + above },
		StepSeen:   func(what, seen, step string) string { return what + "; saw step " + seen + ", is " + step },
		Left:       func(what, left string) string { return what + "; only " + left + " left" },
		NothingNow: func(what string) string { return what + "; none left" },
	}
}

func whyChinese() WhyWords {
	return WhyWords{
		Last:     func(what, n, usual string) string { return what + " 近" + n + "次" + usual },
		First:    func(what, usual string) string { return what + " 首次 别店" + usual },
		Usual:    func(what, usual string) string { return what + " 平常" + usual },
		Short:    func(what, usual string) string { return what + " 常" + usual },
		Alone:    func(what string) string { return what + " 从未订过" },
		Limit:    func(what, limit string) string { return what + " 上限" + limit },
		Amount:   func(amount string) string { return "金额" + amount },
		CODLimit: func(amount, limit string) string { return "金额" + amount + " 超货到付款限" + limit },
		Steps: func(what, step, below, above string) string {
			return what + " 步长" + step + " 可" + below + "/" + above
		},
		StepAbove:  func(what, step, above string) string { return what + " 步长" + step + " 可" + above },
		StepSeen:   func(what, seen, step string) string { return what + " 见步长" + seen + " 实" + step },
		Left:       func(what, left string) string { return what + " 只剩" + left },
		NothingNow: func(what string) string { return what + " 库存0" },
	}
}

// Why says in one line, for lists, why the row is there. The text is not cleaned:
// it holds names from outside. now is in the desk's zone; where it is zero, times of
// day are left out.
func (c *Catalog) Why(r domain.QueueRow, now time.Time) string {
	name, rest := c.WhyParts(r, false, now)
	return name + rest
}

// WhyParts gives Why as the name of the thing, which may be cut where there is little
// room, and the rest with the numbers, which must not. Amounts have no name. Short
// leaves out what the numbers of a quantity are compared with.
func (c *Catalog) WhyParts(r domain.QueueRow, short bool, now time.Time) (name, rest string) {
	name = c.Pick(r.ProductName, r.ProductNameEn)
	if name == "" {
		name = string(r.Why.Product)
	}
	what := c.Counted(name, r.Why.Quantity, r.Unit, r.UnitEn)
	whole := c.why(r, what, now)
	if low, high, ok := usualOf(r.Why); short && ok && r.Kind == domain.QuantitySurge {
		whole = c.Queue.Why.Short(what, c.Values.Ranged(low.Grouped(0), high.Grouped(0)))
	}
	rest, named := strings.CutPrefix(whole, name)
	if !named {
		return "", whole
	}
	return name, rest
}

func (c *Catalog) why(r domain.QueueRow, what string, _ time.Time) string {
	w, e := c.Queue.Why, r.Why
	switch r.Kind {
	case domain.AmountSurge:
		return c.whyAmount(e)
	case domain.StepMismatch:
		return c.whyStep(what, e)
	case domain.ZeroStock:
		if e.Available == nil || *e.Available <= 0 {
			return w.NothingNow(what)
		}
		return w.Left(what, e.Available.String())
	case domain.QuantitySurge:
		return c.whyQuantity(what, e)
	default:
		return string(r.OrderNo)
	}
}

// Counted is a thing with how much of it: "鲜牛奶480袋", "Milk 480 bags". A Chinese
// name that ends in a letter or digit keeps a space before the number.
func (c *Catalog) Counted(what string, q domain.Quantity, unit, unitEn string) string {
	gap := " "
	if last, _ := utf8.DecodeLastRuneInString(what); c.Lang == Chinese && last >= utf8.RuneSelf {
		gap = ""
	}
	return what + gap + c.Quantity(q, unit, unitEn)
}

// usualOf is the range a quantity is compared with: this store's last orders, else
// what the method expects.
func usualOf(e domain.Evidence) (low, high domain.Quantity, ok bool) {
	if len(e.Recent) > 1 {
		return slices.Min(e.Recent), slices.Max(e.Recent), true
	}
	return e.UsualLow, e.UsualHigh, e.UsualHigh > 0
}

func (c *Catalog) whyQuantity(what string, e domain.Evidence) string {
	w := c.Queue.Why
	low, high, ok := usualOf(e)
	usual := c.Values.Ranged(low.Grouped(0), high.Grouped(0))
	switch {
	case !ok:
		return w.Alone(what)
	case len(e.Recent) > 1:
		return w.Last(what, c.Number(int64(len(e.Recent))), usual)
	case e.Earlier == 0:
		return w.First(what, usual)
	}
	return w.Usual(what, usual)
}

func (c *Catalog) whyAmount(e domain.Evidence) string {
	w := c.Queue.Why
	if e.HighAmount > 0 {
		return w.Usual(w.Amount(e.Amount.WholeYuan()), c.Values.Ranged(e.LowAmount.WholeYuan(), e.HighAmount.WholeYuan()))
	}
	if e.Limit > 0 && e.Amount > e.Limit {
		return w.CODLimit(e.Amount.WholeYuan(), e.Limit.WholeYuan())
	}
	return w.Alone(w.Amount(e.Amount.WholeYuan()))
}

func (c *Catalog) whyStep(what string, e domain.Evidence) string {
	w := c.Queue.Why
	switch {
	case e.StepSeen > 0 && e.StepSeen != e.Step && e.Quantity.IsMultipleOf(e.Step):
		return w.StepSeen(what, e.StepSeen.String(), e.Step.String())
	case e.Below > 0:
		return w.Steps(what, e.Step.String(), e.Below.String(), e.Above.String())
	}
	return w.StepAbove(what, e.Step.String(), e.Above.String())
}
