package text

import (
	"strings"
	"time"

	"cleardesk/domain"
)

// OrderToldWords are the words for what was told of an order beside itself.
type OrderToldWords struct {
	HeadAllocated, HeadReceived, HeadDifference string

	Due, Cash          func(amount string) string
	Over, Short        func(amount string) string // cash beyond what is due, and less
	Sum                func(lines int, ordered string) string
	Less, More         func(amount string) string // due against ordered
	Within             string                     // the difference is in the tolerance
	Refused            string                     // of one refused at the door
	Store              string                     // who told of it, at most 8 cells
	Receipt            func(lines string) string
	Asked              map[domain.EventKind]string
	Collected          func(amount string) string
	Planned            func(when string) string
	Driver             func(name string) string
	Money              map[string]func(where, amount string) string
	MoneyBack          func(amount string) string
	Conflict           func(stage string) string
	Reached            map[domain.Stage]func(when string) string // in the title
	Line               func(what, quantity string) string
	LineWhy, EventWhat func(what, why string) string
}

func orderToldEnglish() OrderToldWords {
	return OrderToldWords{
		HeadAllocated: "ALLOCATED", HeadReceived: "RECEIVED", HeadDifference: "DIFF",
		Due: func(a string) string { return "due " + a }, Cash: func(a string) string { return "cash " + a },
		Over: func(a string) string { return a + " too much" }, Short: func(a string) string { return a + " missing" },
		Sum:  func(n int, ordered string) string { return count(n, "line", "lines") + ", ordered " + ordered },
		Less: func(a string) string { return a + " less" }, More: func(a string) string { return a + " more" },
		Within: "in tolerance, as ordered", Refused: "nothing due", Store: "store",
		Receipt: func(l string) string { return "received: " + l },
		Asked: map[domain.EventKind]string{
			domain.EventChange: "wants a change", domain.EventExchange: "wants an exchange", domain.EventReturn: "wants to return",
			domain.EventWrongOrder: "ordered wrongly",
		},
		Collected: func(a string) string { return "cash " + a }, Planned: func(w string) string { return "delivery planned for " + w },
		Driver: func(n string) string { return "driver " + n },
		Money: map[string]func(where, amount string) string{
			"credit": func(w, a string) string { return "credit " + a + ", " + w },
			"charge": func(w, a string) string { return "charge " + a + ", " + w },
			"return": func(w, a string) string { return "for the return " + a + ", " + w },
		},
		MoneyBack: func(a string) string { return "taken back: " + a },
		Conflict:  func(s string) string { return "past the desk: " + s + " though held" },
		Reached: map[domain.Stage]func(when string) string{
			domain.StageAllocated: func(w string) string { return "allocated " + w }, domain.StageShipped: func(w string) string { return "shipped " + w },
			domain.StageDelivered: func(w string) string { return "delivered " + w }, domain.StageReceived: func(w string) string { return "received " + w },
			domain.StageRefused: func(w string) string { return "refused " + w },
		},
		Line:    func(what, q string) string { return what + " " + q },
		LineWhy: func(what, why string) string { return what + " (" + why + ")" }, EventWhat: func(what, why string) string { return what + ": " + why },
	}
}

func orderToldChinese() OrderToldWords {
	return OrderToldWords{
		HeadAllocated: "配", HeadReceived: "收", HeadDifference: "差",
		Due: func(a string) string { return "应付 " + a }, Cash: func(a string) string { return "已收现 " + a },
		Over: func(a string) string { return "多收 " + a }, Short: func(a string) string { return "少收 " + a },
		Sum:  func(n int, ordered string) string { return "合计 " + itoa(n) + "行, 订 " + ordered },
		Less: func(a string) string { return "少 " + a }, More: func(a string) string { return "多 " + a },
		Within: "容差内, 按订量收", Refused: "不付款", Store: "门店",
		Receipt: func(l string) string { return "收货: " + l },
		Asked: map[domain.EventKind]string{
			domain.EventChange: "要改单", domain.EventExchange: "要换货", domain.EventReturn: "要退货", domain.EventWrongOrder: "报下错",
		},
		Collected: func(a string) string { return "收现 " + a }, Planned: func(w string) string { return "排送货 " + w },
		Driver: func(n string) string { return "司机 " + n },
		Money: map[string]func(where, amount string) string{
			"credit": func(w, a string) string { return "抵扣 " + a + ", " + w },
			"charge": func(w, a string) string { return "补收 " + a + ", " + w },
			"return": func(w, a string) string { return "退货款 " + a + ", " + w },
		},
		MoneyBack: func(a string) string { return "撤回 " + a },
		Conflict:  func(s string) string { return "越过本台: 挂起中, " + s },
		Reached: map[domain.Stage]func(when string) string{
			domain.StageAllocated: func(w string) string { return w + "配货" }, domain.StageShipped: func(w string) string { return w + "发车" },
			domain.StageDelivered: func(w string) string { return w + "送达" }, domain.StageReceived: func(w string) string { return w + "收货" },
			domain.StageRefused: func(w string) string { return w + "拒收" },
		},
		Line:    func(what, q string) string { return what + " " + q },
		LineWhy: func(what, why string) string { return what + "(" + why + ")" }, EventWhat: func(what, why string) string { return what + ": " + why },
	}
}

// Told tells in a sentence what was told of an order.
func (c *Catalog) Told(e domain.EventTold, f domain.OrderFile, now time.Time) string {
	w, shared := c.Order.Told, c.Kinds.Shared
	var out []string
	add := func(s string) { out = append(out, s) }
	switch e.What {
	case domain.EventStage:
		if e.Stage == domain.StagePlanned && e.Due != nil {
			add(w.Planned(c.When(*e.Due, now)))
		} else {
			add(named(shared.Reached, e.Stage))
		}
	case domain.EventReceipt:
		add(w.Receipt(c.toldLines(e.Event, f)))
	case domain.EventCollection:
		amount := c.Values.Unknown
		if e.Amount != nil {
			amount = c.MoneyExact(*e.Amount)
		}
		add(w.Collected(amount))
	default:
		add(listed(": ", named(w.Asked, e.What), c.toldLines(e.Event, f)))
	}
	if e.Why != "" && e.Why != domain.ToldOther {
		add(named(shared.Told, e.Why))
	}
	if e.Route != "" {
		add(e.Route)
	}
	if e.Slip != "" {
		add(shared.Slip(e.Slip))
	}
	switch {
	case e.Caller == "":
	case e.What == domain.EventCollection || e.What == domain.EventStage:
		add(w.Driver(e.Caller))
	default:
		add(shared.Rang(c.Caller(e.Caller, f.Store)))
	}
	if e.Text != "" {
		add(shared.Quote(e.Text))
	}
	return strings.Join(out, c.Values.Join)
}

// toldLines names the lines of an event with their quantities.
func (c *Catalog) toldLines(e domain.Event, f domain.OrderFile) string {
	w := c.Order.Told
	var out []string
	for _, l := range e.Lines {
		p := f.Products[l.Product]
		what := c.Pick(p.Name, p.NameEn)
		if what == "" {
			what = string(l.Product)
		}
		q := l.Quantity
		if p.Weighed && l.Weight != nil {
			q = l.Weight
		}
		if q != nil {
			what = w.Line(what, c.Amounted(*q, p))
		}
		if l.Why != "" && l.Why != domain.ToldOther {
			what = w.LineWhy(what, named(c.Kinds.Shared.Told, l.Why))
		}
		out = append(out, what)
	}
	return strings.Join(out, c.Values.Join)
}

// Amounted is a quantity of a product, to the gram where it is weighed.
func (c *Catalog) Amounted(q domain.Quantity, p domain.Product) string {
	if p.Weighed {
		return c.Weight(q, 3, p.Unit, p.UnitEn)
	}
	return c.Quantity(q, p.Unit, p.UnitEn)
}

// Adjusted tells of money beside an order.
func (c *Catalog) Adjusted(a domain.Adjustment) string {
	w := c.Order.Told
	amount := c.MoneyChange(a.Amount)
	if a.Reverses != 0 {
		return w.MoneyBack(amount)
	}
	if say, ok := w.Money[a.What]; ok {
		return say(c.place(a.Line), amount)
	}
	return amount
}

// Planned tells when an order is to be at its store, as somebody at the desk said.
func (c *Catalog) Planned(p domain.DeliveryPlan, now time.Time) string {
	return listed(c.Values.Join, c.Order.Told.Planned(c.When(p.Due, now)), p.Route, p.Why)
}
