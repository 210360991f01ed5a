package casefile

import (
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/widget"
)

// numberKey names a field for a number: the question, and what of the decision its
// proposals hang on.
type numberKey struct {
	id      domain.QuestionID
	choice  domain.Choice
	line    int
	product domain.ProductCode
}

// isTyped tells whether a question is answered by a number, an amount or a time.
func isTyped(ask domain.Ask) bool {
	switch ask {
	case domain.AskQuantity, domain.AskItem, domain.AskAmount, domain.AskWhen, askPart, askDue:
		return true
	default:
		return false
	}
}

// offer is a value a field proposes: as it would be typed, as it is shown, and why.
type offer struct{ value, shown, why string }

// offers are what may be meant by the answer to a question, the likeliest first.
func (v *View) offers(id domain.QuestionID) []offer {
	f, t, w := v.form(), v.env.Text, v.env.Text.Case.Ask
	d, _ := v.answers.Decision(id.Target)
	var out []offer
	switch id.Ask {
	case domain.AskQuantity:
		for _, p := range f.Quantities(d) {
			out = append(out, offer{p.Quantity.String(), p.Quantity.Grouped(0), w.Proposals[p.Why]})
		}
	case domain.AskAmount:
		for _, p := range f.Amounts(d) {
			out = append(out, offer{p.Amount.String(), t.MoneyExact(p.Amount), w.AmountWhys[p.Why]})
		}
	case domain.AskWhen:
		for _, p := range f.Times(d) {
			out = append(out, offer{v.timeValue(p.At), v.when(p.At), w.TimeWhys[p.Why]})
		}
	case domain.AskItem:
		out = v.itemOffers(d, id.Item)
	case askPart, askDue:
		out = v.findOffers(id.Ask)
	default:
	}
	return out
}

// itemOffers are the quantities of a line of an order that is made: as wanted, as it
// was, none.
func (v *View) itemOffers(d domain.Decision, item int) []offer {
	if item >= len(d.Items) {
		return nil
	}
	w, f := v.env.Text.Case.Ask, v.form()
	it := d.Items[item]
	want := domain.Proposal{Quantity: it.Quantity, Why: domain.ProposeAsked}
	if all := f.Lines(d.Target); item < len(all) {
		want = all[item]
	}
	none := offer{"0", "0", w.Choices[domain.ChooseNotNeeded]}
	out := []offer{{want.Quantity.String(), want.Quantity.Grouped(0), w.Proposals[want.Why]}}
	if want.Quantity == 0 { // what begins in the field is what is answered
		out[0] = none
	}
	if l, ok := f.Line(it.Line); ok && l.Quantity != want.Quantity {
		out = append(out, offer{l.Quantity.String(), l.Quantity.Grouped(0), w.Proposals[domain.ProposeAsOrdered]})
	}
	if want.Quantity == 0 {
		return out
	}
	return append(out, none)
}

// timeValue is a time as it would be typed: the day only where it is another.
func (v *View) timeValue(at time.Time) string {
	at = at.In(v.env.Zone)
	if now := v.env.Now(); at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		return at.Format("15:04")
	}
	return at.Format("01-02 15:04")
}

// lineOf is the line a target's decision is about or changes.
func (v *View) lineOf(target int) int {
	if t, _ := v.form().Target(target); t.Line != 0 {
		return t.Line
	}
	d, _ := v.answers.Decision(target)
	return d.OnLine
}

// number gives the field of a typed question, with what may be meant.
func (v *View) number(id domain.QuestionID) *widget.Number {
	d, _ := v.answers.Decision(id.Target)
	key := numberKey{id, d.Choice, v.lineOf(id.Target), d.Product}
	n, ok := v.numbers[key]
	if !ok {
		var all []widget.Proposal
		for _, o := range v.offers(id) {
			all = append(all, widget.Proposal{Value: o.value, Why: o.why})
		}
		n = widget.NewNumber(all)
		v.numbers[key] = n
	}
	return n
}

// goods is the product a typed quantity is of.
func (v *View) goods(id domain.QuestionID) domain.Product {
	f := v.form()
	d, _ := v.answers.Decision(id.Target)
	switch {
	case id.Ask == domain.AskItem && id.Item < len(d.Items):
		p, _ := f.Product(d.Items[id.Item].Product)
		return p
	case d.Choice == domain.ChooseSubstitute:
		p, _ := f.Product(d.Product)
		return p
	}
	t, ok := f.Target(id.Target)
	if !ok && len(f.Targets) > 0 {
		t = f.Targets[0]
	}
	line := t.Line
	if line == 0 {
		line = d.OnLine
	}
	code := domain.ProductCode("")
	if l, known := f.Line(line); known {
		code = l.Product
	} else if len(t.Anomalies) > 0 {
		code = t.Lead().Evidence.Product
	}
	p, _ := f.Product(code)
	return p
}

// typedQuantity is what a quantity field says, and the problem with it. A line of an
// order that is made may be nought.
func (v *View) typedQuantity(id domain.QuestionID) (domain.Quantity, string) {
	f, t, w := v.form(), v.env.Text, v.env.Text.Case.Ask
	value := strings.TrimSpace(v.number(id).Value())
	if id.Ask == domain.AskItem && value == "0" {
		return 0, ""
	}
	p := v.goods(id)
	in, err := domain.ParseEntered(value, p)
	switch {
	case value == "":
		return 0, w.NotTyped
	case err != nil:
		return 0, w.NotRead
	}
	d, _ := v.answers.Decision(id.Target)
	switch {
	case id.Ask == askPart:
		return in.Quantity, v.partProblem(in.Quantity)
	case id.Ask == domain.AskItem:
		_, err = f.CheckItem(v.answers, id.Target, id.Item, in.Quantity)
	case d.Choice == domain.ChooseChange:
		line, _ := f.Line(v.lineOf(id.Target))
		if in.Quantity == line.Quantity {
			return 0, w.SameAsWas
		}
		_, err = f.CheckQuantity(line.No, in.Quantity)
	default:
		if _, err = f.CheckGoods(v.answers, id.Target, in.Quantity); err != nil && in.Quantity <= domain.MaxQuantity {
			return 0, w.TooMuch(t.Weight(f.Most(v.answers, id.Target), weighed(p), p.Unit, p.UnitEn))
		}
	}
	if err != nil {
		return 0, w.OutOfRange
	}
	return in.Quantity, ""
}

// typedAmount is what an amount field says, and the problem with it.
func (v *View) typedAmount(id domain.QuestionID) (domain.Money, string) {
	w := v.env.Text.Case.Ask
	value := strings.TrimSpace(v.number(id).Value())
	m, err := domain.ParseMoney(value)
	switch {
	case value == "":
		return 0, w.NoMoney
	case err != nil || m <= 0:
		return 0, w.NotMoney
	}
	f := v.form()
	switch most := f.MostMoney(v.answers, id.Target); {
	case f.CheckAmount(v.answers, id.Target, m) == nil:
		return m, ""
	case m > most:
		return 0, w.TooMuch(v.env.Text.MoneyExact(most))
	default:
		return 0, w.TooLittle
	}
}

// typedTime is what a time field says, and the problem with it.
func (v *View) typedTime(id domain.QuestionID) (time.Time, string) {
	w := v.env.Text.Case.Ask
	d, _ := v.answers.Decision(id.Target)
	ahead := d.Choice == domain.ChooseReschedule || id.Ask == askDue
	at, ok := readTime(v.number(id).Value(), v.env.Now(), ahead)
	if !ok {
		return time.Time{}, w.NotTime
	}
	if id.Ask == askDue {
		if !at.After(v.env.Now()) {
			return time.Time{}, w.Passed
		}
		return at, ""
	}
	if v.form().CheckWhen(v.answers, id.Target, at) != nil {
		return time.Time{}, w.Passed
	}
	return at, ""
}

// readTime reads 17:00, 1700 or 17, with a day before it where it is not today's:
// 11-25 17:00. Ahead, an hour that has passed today is tomorrow's, and a day that has
// passed next year's.
func readTime(s string, now time.Time, ahead bool) (time.Time, bool) {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 2 {
		return time.Time{}, false
	}
	minute, ok := readClock(words[len(words)-1])
	if !ok {
		return time.Time{}, false
	}
	day := now
	if len(words) == 2 {
		d, err := time.Parse("2006-01-02", strconv.Itoa(now.Year())+"-"+words[0])
		if err != nil {
			return time.Time{}, false
		}
		day = d
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), 0, minute, 0, 0, now.Location())
	if ahead && !at.After(now) {
		if len(words) == 1 {
			return at.AddDate(0, 0, 1), true
		}
		return at.AddDate(1, 0, 0), true
	}
	return at, true
}

// readClock reads a time of day as the minute it is.
func readClock(s string) (minute int, ok bool) {
	h, m, split := strings.Cut(s, ":")
	if !split && len(s) > 2 {
		h, m = s[:len(s)-2], s[len(s)-2:]
	}
	hour, err := strconv.Atoi(h)
	rest := 0
	if err == nil && m != "" {
		rest, err = strconv.Atoi(m)
	}
	good := err == nil && hour >= 0 && hour < 24 && rest >= 0 && rest < 60 && len(h) <= 2 && len(m) <= 2 && (!split || len(m) == 2)
	return hour*60 + rest, good
}

// problem is what is wrong with a typed answer; "" where it is one.
func (v *View) problem(id domain.QuestionID) string {
	var s string
	switch id.Ask {
	case domain.AskAmount:
		_, s = v.typedAmount(id)
	case domain.AskWhen, askDue:
		_, s = v.typedTime(id)
	default:
		_, s = v.typedQuantity(id)
	}
	return s
}

// takeNumber reads a field into the answers; what is not understood is no answer.
func (v *View) takeNumber(id domain.QuestionID) {
	f, at := v.form(), v.stamp()
	switch id.Ask {
	case domain.AskQuantity:
		q, _ := v.typedQuantity(id)
		v.answers = f.SetQuantity(v.answers, id.Target, q, at)
		v.follow(id)
	case domain.AskItem:
		q, bad := v.typedQuantity(id)
		if bad != "" {
			q = -1 // of these, nought is an answer
		}
		v.answers = f.SetItem(v.answers, id.Target, id.Item, q, at)
	case domain.AskAmount:
		m, _ := v.typedAmount(id)
		v.answers = f.SetAmount(v.answers, id.Target, m, at)
	case domain.AskWhen:
		when, _ := v.typedTime(id)
		v.answers = f.SetWhen(v.answers, id.Target, when.UTC(), at)
	default: // what procurement finds out is kept by its fields alone
	}
}

// follow shows the amount that went with a quantity.
func (v *View) follow(from domain.QuestionID) {
	id := domain.QuestionID{Ask: domain.AskAmount, Target: from.Target}
	d, _ := v.answers.Decision(from.Target)
	if v.asks(id) && d.Amount > 0 {
		v.number(id).SetValue(d.Amount.String())
	}
}

// prefill starts the quantity of a change with the likeliest value, so that what
// will be written shows it. What else is typed begins filled by itself.
func (v *View) prefill(target int) {
	d, ok := v.answers.Decision(target)
	id := domain.QuestionID{Ask: domain.AskQuantity, Target: target}
	if !ok || d.Choice != domain.ChooseChange || v.lineOf(target) == 0 || !v.asks(id) {
		return
	}
	v.takeNumber(id)
}

// fillNumbers puts what was typed before into its fields.
func (v *View) fillNumbers() {
	for _, d := range v.answers.Decisions {
		at := func(ask domain.Ask) domain.QuestionID { return domain.QuestionID{Ask: ask, Target: d.Target} }
		if d.Quantity > 0 && (v.lineOf(d.Target) != 0 || d.Choice != domain.ChooseChange) {
			v.number(at(domain.AskQuantity)).SetValue(d.Quantity.String())
		}
		if d.Amount > 0 {
			v.number(at(domain.AskAmount)).SetValue(d.Amount.String())
		}
		if d.When != nil && !d.When.IsZero() {
			v.number(at(domain.AskWhen)).SetValue(v.timeValue(*d.When))
		}
		for i, it := range d.Items {
			id := at(domain.AskItem)
			id.Item = i
			v.number(id).SetValue(max(0, it.Quantity).String())
		}
	}
}

// typedKey takes a key into the number field at hand.
func (v *View) typedKey(p keys.Press) bool {
	if p.Action == keys.Digit { // of the action menu, not typed
		return false
	}
	if !v.number(v.focus.ID).Update(p) {
		return false
	}
	v.takeNumber(v.focus.ID)
	return true
}
