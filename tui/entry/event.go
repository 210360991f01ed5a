package entry

import (
	"cmp"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/widget"
)

// amount is what a field of a quantity says.
type amount struct {
	q     domain.Quantity
	unit  domain.EnteredUnit
	given bool
	bad   trouble
}

// trouble is why a field does not stand.
type trouble int

const (
	noTrouble trouble = iota
	notRead           // not understood
	tooMuch           // more than was ordered
	asItWas           // what was ordered is no change
	noTime            // not a time of day
)

// number is the field of a line's quantity, empty at first.
func (v *View) number(line int) *widget.Number {
	n, ok := v.amounts[line]
	if !ok {
		n = widget.NewNumber(nil)
		v.amounts[line] = n
	}
	return n
}

// stepLine is the key of the field of the step that was seen, among those of lines.
const stepLine = -1

func (v *View) field(s stop) *widget.Field {
	f, ok := v.fields[s]
	if !ok {
		limit := textLimit
		if s == atNote {
			limit = noteLimit
		}
		f = widget.NewField(limit)
		v.fields[s] = f
	}
	return f
}

// typed is what stands in a text field.
func (v *View) typed(s stop) string { return strings.TrimSpace(v.field(s).Value()) }

// read understands a quantity as it is typed; nought only where it may be nought.
func read(text string, p domain.Product, nought bool) amount {
	if strings.TrimSpace(text) == "" {
		return amount{}
	}
	if q, err := domain.ParseQuantity(text); err == nil && q == 0 && nought {
		return amount{given: true}
	}
	in, err := domain.ParseEntered(text, p)
	if err != nil {
		return amount{given: true, bad: notRead}
	}
	return amount{q: in.Quantity, unit: in.Unit, given: true}
}

// amountOf is what the field of a line says, held against the line.
func (v *View) amountOf(no int) amount {
	l, ok := v.line(no)
	if !ok { // of the product that could not be ordered
		if v.product == nil {
			return amount{}
		}
		return read(v.number(no).Value(), *v.product, false)
	}
	a := read(v.number(no).Value(), v.order.Products[l.Product], v.what != Return && v.what != Exchange)
	switch {
	case !a.given || a.bad != noTrouble:
	case (v.what == Return || v.what == Exchange) && a.q > l.Quantity:
		a.bad = tooMuch
	case (v.what == Change || v.what == Wrong) && a.q == l.Quantity:
		a.bad = asItWas
	}
	return a
}

// due is the time that was typed, of today or, where that is over, of tomorrow.
func (v *View) due() (time.Time, trouble) {
	text := v.typed(atDue)
	if text == "" {
		return time.Time{}, noTrouble
	}
	at, ok := dialog.Moment(text, v.env.Now().In(v.env.Zone))
	if !ok {
		return time.Time{}, noTime
	}
	return at, noTrouble
}

// caller is who rang, as it is written down: every desk shows it in its own language.
func (v *View) caller() string {
	switch v.who {
	case domain.StoreManager:
		return cmp.Or(v.file.Store.Manager, string(v.who))
	case domain.StoreClerk:
		return string(v.who)
	case domain.SomebodyElse:
		return v.typed(atName)
	}
	return ""
}

// event is what would be reported.
func (v *View) event() domain.Event {
	e := domain.Event{
		What: v.what.event(), Key: v.op.String(), Store: v.code, At: v.at, By: v.env.Me.Login, Why: v.why, Text: v.typed(atNote),
		Caller: v.caller(),
	}
	if v.what == Blocked {
		e.Lines = []domain.EventLine{v.attempted()}
		return e
	}
	e.OrderID, e.OrderNo = v.orderID, v.order.Order.No
	if v.what == Short || v.what == Over {
		e.Slip = v.typed(atSlip)
	}
	for _, l := range v.about() {
		a := v.amountOf(l.No)
		line := domain.EventLine{Line: l.No, Product: l.Product, Why: v.why}
		if (v.what == Short || v.what == Over) && v.order.Products[l.Product].Weighed {
			line.Weight = &a.q
		} else {
			line.Quantity = &a.q
		}
		e.Lines = append(e.Lines, line)
	}
	return e
}

// attempted is the line of an order that could not be placed.
func (v *View) attempted() domain.EventLine {
	if v.product == nil {
		return domain.EventLine{}
	}
	l := domain.EventLine{Product: v.product.Code, Why: v.why}
	if a := v.amountOf(0); a.given {
		l.Quantity = &a.q
	}
	if a := v.amountOf(stepLine); a.given {
		l.StepSeen = &a.q
	}
	return l
}

// lacks is the first place where something is missing or does not stand; false where
// all is there.
func (v *View) lacks() (place, bool) {
	for _, p := range v.stops() {
		if v.open(p) {
			return p, true
		}
	}
	return place{}, false
}

// open tells whether a place still needs something.
func (v *View) open(p place) bool {
	switch p.stop {
	case atWhat:
		return !v.what.known()
	case atOrder:
		return v.orderID == 0 || !v.ordered
	case atProduct:
		return v.product == nil && len(v.found) == 0
	case atPick:
		return v.product == nil
	case atLines: // a change or a mistake may be about the whole order
		return len(v.about()) == 0 && v.what != Change && v.what != Wrong
	case atAmount:
		a := v.amountOf(p.line)
		return a.bad != noTrouble || !a.given && v.what != Blocked
	case atStep:
		return v.amountOf(stepLine).bad != noTrouble
	case atWhy:
		return v.why == ""
	case atWho:
		return v.who == ""
	case atName:
		return v.typed(atName) == ""
	case atCase:
		return v.caseID == 0
	case atDue:
		at, bad := v.due()
		return bad != noTrouble || at.IsZero()
	case atNote:
		return v.typed(atNote) == "" && (v.what == Other || v.why == domain.ToldOther)
	case atSlip:
	}
	return false
}
