package text

import (
	"slices"
	"strconv"
	"time"

	"cleardesk/domain"
)

// telling is one anomaly with what its words are made from. In a list only the
// evidence, the row and the product it names are known.
type telling struct {
	c    *Catalog
	kind domain.Kind
	e    domain.Evidence
	row  domain.QueueRow
	p    domain.Product // that the evidence names
	f    domain.CaseFile
	now  time.Time // in the desk's zone; zero: times of day are left out
}

// kindWords are the words of one kind. What they give is not cleaned: it holds names
// from outside.
type kindWords interface {
	// why is one short line: what was observed against what was expected.
	why(t telling) string
	// odd is the same in a sentence; "" where another anomaly's says it.
	odd(t telling) string
	// facts are the parts of the two lines of evidence in the form.
	facts(t telling) (first, second []string)
	// say are the ways to say it to the store, the fullest first.
	say(t telling) []string
}

// briefWords are of a kind that has a shorter reason for narrow lists.
type briefWords interface {
	// brief is "" where there is nothing to leave out.
	brief(t telling) string
}

// itemWords are of a kind that may be about many products.
type itemWords interface {
	// itemised names all of them.
	itemised(t telling) []string
}

// KindWords are the words of the thirteen kinds, each in a file of its own, and of
// causes.
type KindWords struct {
	Shared      SharedWords
	Cause       CauseWords
	Exchange    ExchangeWords
	Quantity    QuantityWords
	Amount      AmountWords
	Step        StepWords
	Slow        SlowWords
	Change      ChangeWords
	Short       ShortWords
	Gap         GapWords
	Stock       StockWords
	Unorderable UnorderableWords
	Over        OverWords
	Wrong       WrongWords
	Return      ReturnWords
}

func kindsEnglish() KindWords {
	return KindWords{
		Shared: sharedEnglish(), Cause: causeEnglish(), Exchange: exchangeEnglish(), Quantity: quantityEnglish(), Amount: amountEnglish(),
		Step: stepEnglish(), Slow: slowEnglish(), Change: changeEnglish(), Short: shortEnglish(), Gap: gapEnglish(), Stock: stockEnglish(),
		Unorderable: unorderableEnglish(), Over: overEnglish(), Wrong: wrongEnglish(), Return: returnEnglish(),
	}
}

func kindsChinese() KindWords {
	return KindWords{
		Shared: sharedChinese(), Cause: causeChinese(), Exchange: exchangeChinese(), Quantity: quantityChinese(), Amount: amountChinese(),
		Step: stepChinese(), Slow: slowChinese(), Change: changeChinese(), Short: shortChinese(), Gap: gapChinese(), Stock: stockChinese(),
		Unorderable: unorderableChinese(), Over: overChinese(), Wrong: wrongChinese(), Return: returnChinese(),
	}
}

// of gives the words of a kind; nil for one that a later version of the database
// knows.
func (w KindWords) of(k domain.Kind) kindWords {
	switch k {
	case domain.Exchange:
		return w.Exchange
	case domain.QuantitySurge:
		return w.Quantity
	case domain.AmountSurge:
		return w.Amount
	case domain.StepMismatch:
		return w.Step
	case domain.SlowFulfilment:
		return w.Slow
	case domain.OrderChange:
		return w.Change
	case domain.ShortWeight:
		return w.Short
	case domain.Replenishment:
		return w.Gap
	case domain.ZeroStock:
		return w.Stock
	case domain.NotOrderable:
		return w.Unorderable
	case domain.Overweight:
		return w.Over
	case domain.WrongOrder:
		return w.Wrong
	case domain.Return:
		return w.Return
	default:
		return nil
	}
}

// Telling is an anomaly in the words of the form: parts of two lines of evidence, and
// the ways to say it to the store, the fullest first.
type Telling struct {
	First, Second, Say []string
	Items              []string // of what is about more products than the lines name: all of them
}

// Tell puts an anomaly of a case into words. now is as for Why.
func (c *Catalog) Tell(f domain.CaseFile, a domain.Anomaly, now time.Time) Telling {
	words := c.Kinds.of(a.Kind)
	if words == nil {
		return Telling{First: []string{c.KindLong(a.Kind)}, Say: []string{""}}
	}
	t := c.telling(f, a, now)
	first, second := words.facts(t)
	told := Telling{First: first, Second: second, Say: words.say(t)}
	if all, ok := words.(itemWords); ok && len(t.e.Items) > mostItems {
		told.Items = all.itemised(t)
	}
	return told
}

func (c *Catalog) telling(f domain.CaseFile, a domain.Anomaly, now time.Time) telling {
	return telling{c: c, kind: a.Kind, e: a.Evidence, row: f.Row, p: c.oddProduct(a, f), f: f, now: now}
}

// oddProduct is the product an anomaly is about: the one its evidence names, else
// that of its line, else the row's.
func (c *Catalog) oddProduct(a domain.Anomaly, f domain.CaseFile) domain.Product {
	if p, ok := f.Products[a.Evidence.Product]; ok {
		return p
	}
	for _, l := range f.Order.Lines {
		if p, ok := f.Products[l.Product]; ok && a.Evidence.Product == "" && l.No == a.Evidence.Line {
			return p
		}
	}
	r := f.Row
	return domain.Product{Code: a.Evidence.Product, Name: r.ProductName, NameEn: r.ProductNameEn, Unit: r.Unit, UnitEn: r.UnitEn}
}

// name is the product's name, its code where it has none.
func (t telling) name() string {
	if n := t.c.Pick(t.p.Name, t.p.NameEn); n != "" {
		return n
	}
	return string(t.e.Product)
}

// short is the name as it stands in a sentence, spoken as it is said on the phone.
func (t telling) short() string { return t.shortOf(t.p, t.e.Product) }

func (t telling) shortOf(p domain.Product, code domain.ProductCode) string {
	if n := t.c.ShortProduct(p.Name, p.NameEn); n != "" {
		return n
	}
	return string(code)
}

func (t telling) spoken() string {
	if n := t.c.SpokenProduct(t.p.Name, t.p.NameEn); n != "" {
		return n
	}
	return string(t.e.Product)
}

// units is a quantity with the product's unit; counted has the name before it.
func (t telling) units(q domain.Quantity) string { return t.c.Quantity(q, t.p.Unit, t.p.UnitEn) }

func (t telling) counted() string {
	return t.c.Counted(t.name(), t.e.Quantity, t.p.Unit, t.p.UnitEn)
}

// weight is a quantity with as many decimals as a scale shows, if it was weighed.
func (t telling) weight(q domain.Quantity, decimals int) string {
	return t.c.Weight(q, t.decimals(decimals), t.p.Unit, t.p.UnitEn)
}

func (t telling) decimals(weighed int) int {
	if t.p.Weighed || t.p.UnitEn == "kg" || t.p.Unit == "kg" {
		return weighed
	}
	return 0
}

// orderLine is the line the anomaly is about, as it stands in the order.
func (t telling) orderLine() (domain.Line, bool) {
	i := slices.IndexFunc(t.f.Order.Lines, func(l domain.Line) bool { return l.No == t.e.Line && l.No != 0 })
	if i < 0 {
		return domain.Line{}, false
	}
	return t.f.Order.Lines[i], true
}

// clock is a time of day, with its day where that is not today; "" without a clock
// or a time.
func (t telling) clock(at *time.Time) string {
	if at == nil || t.now.IsZero() {
		return ""
	}
	if daysBetween(t.now, at.In(t.now.Location())) == 0 {
		return t.c.Clock(at.In(t.now.Location()))
	}
	return t.c.When(*at, t.now)
}

// reason is why the store asks, or the platform refused: the code's word, else its
// own words.
func (t telling) reason() string {
	if w, ok := t.c.Kinds.Shared.Told[t.e.Told]; ok && t.e.Told != domain.ToldOther {
		return w
	}
	return t.e.Text
}

// quoted are the store's own words, where the reason is not already those.
func (t telling) quoted() string {
	if t.e.Text == "" || t.reason() == t.e.Text {
		return ""
	}
	return t.c.Kinds.Shared.Quote(t.e.Text)
}

// caller is who rang or entered it.
func (t telling) caller() string {
	if t.e.Caller == "" {
		return ""
	}
	return t.c.Kinds.Shared.Rang(t.c.Caller(t.e.Caller, t.f.Store))
}

// Caller names who rang in the person's language where it is the store's manager, whose
// name is known in both, or one of its clerks; anybody else as they were written down.
func (c *Catalog) Caller(caller string, s domain.Store) string {
	switch role := c.Case.Ask.Whos; {
	case caller == s.Manager && caller != "":
		return c.Pick(s.Manager, s.ManagerEn)
	case caller == string(domain.StoreManager), caller == string(domain.StoreClerk):
		return role[domain.CallWho(caller)]
	}
	return caller
}

// which are the parts every line's evidence begins with: the line, the product, how
// much was ordered, its price, what is left of it.
func (t telling) which() []string {
	w := t.c.Case.Facts
	var out []string
	name := t.c.Pick(t.p.Name, t.p.NameEn)
	if t.e.Line > 0 {
		out = append(out, w.Which(itoa(t.e.Line), name, string(t.p.Code)))
	} else {
		out = append(out, listed(" ", name, string(t.p.Code)))
	}
	return out
}

func (t telling) price(m domain.Money) string {
	return t.c.Case.Facts.Price(t.c.MoneyExact(m), t.c.unitBehind(domain.Unit, t.p))
}

// stock is what can still be had of the product; "" where nobody said.
func (t telling) stock() string {
	free, known := t.p.Available()
	if !known {
		return ""
	}
	free = max(0, free)
	return t.c.Case.Facts.Stock(free.Grouped(0), t.c.unitBehind(free, t.p))
}

// unitBehind is the unit as it stands behind a quantity: "bags".
func (c *Catalog) unitBehind(q domain.Quantity, p domain.Product) string {
	s := c.Quantity(q, p.Unit, p.UnitEn)
	n := len(q.Grouped(0))
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return s[min(n, len(s)):]
}

// state is where the order stands, and the next moment it has.
func (t telling) state() string {
	if t.f.Order.State == "" {
		return ""
	}
	return t.c.OrderState(t.f.Order.State)
}

func (t telling) moment() string {
	if t.row.NextAt == nil || t.now.IsZero() {
		return ""
	}
	return t.c.Kinds.Shared.At(named(t.c.Kinds.Shared.Moments, t.row.Next), t.clock(t.row.NextAt))
}

// whole is the order in short: how many lines, how much.
func (t telling) whole() string {
	if len(t.f.Order.Lines) == 0 {
		return ""
	}
	return t.c.Case.Facts.OrderOf(len(t.f.Order.Lines), t.c.MoneyExact(t.f.Order.Total))
}

// inAll is how many items there were, those the evidence does not hold included.
func (t telling) inAll() int { return max(t.e.ItemsInAll, len(t.e.Items)) }

// onLine puts the line before what is odd about it, where it is a line of an order.
func (t telling) onLine(what string) string {
	if t.e.Line == 0 {
		return upper(what)
	}
	return t.c.Kinds.Shared.OnLine(itoa(t.e.Line), what)
}

// mostItems is how many products are named before the rest are counted.
const mostItems = 3

// items names products one after the other, at most n of them.
func (t telling) items(n int, say func(i domain.Item, p domain.Product, name string) string) []string {
	var out []string
	for i, it := range t.e.Items {
		if i == n && t.inAll() > n+1 {
			return append(out, t.c.Kinds.Shared.Others(t.inAll()-n))
		}
		p := t.f.Products[it.Product]
		if p.Code == "" && it.Product == t.e.Product {
			p = t.p
		}
		out = append(out, say(it, p, t.shortOf(p, it.Product)))
	}
	return out
}

// parts leaves out what is empty.
func parts(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// tenths writes a ratio with one decimal, rounded.
func tenths(a, b int64) string {
	if b == 0 {
		return "0"
	}
	n := (a*10 + b/2) / b
	return strconv.FormatInt(n/10, 10) + "." + strconv.FormatInt(n%10, 10)
}

// findings is the last word of other departments on it.
func (t telling) findings() []string {
	w := t.c.Case.Finds
	last := map[domain.FindingKind]domain.Finding{}
	for _, f := range t.f.Findings {
		last[f.What] = f
	}
	var out []string
	for _, what := range []domain.FindingKind{domain.FindGoods, domain.FindSupplier, domain.FindStock} {
		f, ok := last[what]
		if !ok {
			continue
		}
		answer := named(w.Answers[what], f.Answer)
		if f.Quantity != nil {
			answer += " " + t.units(*f.Quantity)
		}
		out = append(out, w.Told(named(w.Ask, what), answer))
	}
	return out
}
