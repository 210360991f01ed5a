package entry

import "cleardesk/domain"

// What is what a store rings about, by the digit it has on the store's screen.
type What int

// What stores ring about.
const (
	Change   What = iota + 1 // an order is to be changed (§3.1.6)
	Wrong                    // an order was placed by mistake (§3.1.12)
	Short                    // less came than was ordered (§3.1.7)
	Over                     // more came (§3.1.11)
	Return                   // §3.1.13
	Exchange                 // §3.1.1
	Blocked                  // a product cannot be ordered (§3.1.10)
	Where                    // where the order is: nothing is reported, a promise may be noted
	Other                    // a note on a case
)

func (w What) known() bool { return w >= Change && w <= Other }

// event is the kind of event it becomes, "" where it becomes none.
func (w What) event() domain.EventKind {
	switch w {
	case Change:
		return domain.EventChange
	case Wrong:
		return domain.EventWrongOrder
	case Short, Over:
		return domain.EventReceipt
	case Return:
		return domain.EventReturn
	case Exchange:
		return domain.EventExchange
	case Blocked:
		return domain.EventAttempt
	case Where, Other:
	}
	return ""
}

// stop is a question of the form.
type stop int

const (
	atWhat stop = iota
	atOrder
	atProduct // that could not be ordered: a name is typed
	atPick    // which of those found
	atLines
	atAmount // of one line
	atStep   // the step the store saw
	atWhy
	atSlip
	atWho
	atName // of somebody else who rang
	atCase
	atDue
	atNote
)

// place is a stop; of amounts the line's.
type place struct {
	stop stop
	line int
}

// field tells whether letters are typed there.
func (p place) field() bool {
	switch p.stop {
	case atProduct, atAmount, atStep, atSlip, atName, atDue, atNote:
		return true
	default:
		return false
	}
}

// stops are the questions as they stand, in their order.
func (v *View) stops() []place {
	out := []place{{stop: atWhat}}
	add := func(s ...stop) {
		for _, one := range s {
			out = append(out, place{stop: one})
		}
	}
	switch v.what {
	case Blocked:
		add(atProduct, atPick)
		if v.product != nil {
			add(atAmount, atStep)
		}
		add(atWhy)
	case Where:
		add(atOrder, atDue, atNote)
		return out
	case Other:
		add(atCase, atNote)
		return out
	case Change, Wrong, Short, Over, Return, Exchange:
		add(atOrder)
		if v.ordered {
			add(atLines)
		}
		for _, l := range v.about() {
			out = append(out, place{atAmount, l.No})
		}
		if v.what == Short || v.what == Over {
			add(atSlip)
		} else {
			add(atWhy)
		}
	default:
		return out
	}
	add(atWho)
	if v.who == domain.SomebodyElse {
		add(atName)
	}
	add(atNote)
	return out
}

// about are the lines that were chosen, in their order.
func (v *View) about() []domain.Line {
	var out []domain.Line
	for _, l := range v.lines() {
		if v.chosen[l.No] {
			out = append(out, l)
		}
	}
	return out
}

// lines are those of the order that stand.
func (v *View) lines() []domain.Line {
	var out []domain.Line
	if !v.ordered {
		return nil
	}
	for _, l := range v.order.Order.Lines {
		if !l.Cancelled {
			out = append(out, l)
		}
	}
	return out
}

// line is a line of the order by its number.
func (v *View) line(no int) (domain.Line, bool) {
	for _, l := range v.lines() {
		if l.No == no {
			return l, true
		}
	}
	return domain.Line{}, false
}

// whys are the reasons that can be told, the one that means nothing last.
func (v *View) whys() []domain.WhyTold {
	all := domain.WhysTold(v.what.event())
	if len(all) < 2 {
		return nil
	}
	return append(append([]domain.WhyTold(nil), all[1:]...), all[0])
}

// whos are who may have rung.
func whos() []domain.CallWho {
	return []domain.CallWho{domain.StoreManager, domain.StoreClerk, domain.SomebodyElse}
}

// orders are those that can be chosen by a digit.
func (v *View) orders() []domain.OrderBrief {
	return v.file.Orders[:min(len(v.file.Orders), mostOffers)]
}

// cases are those a note or a promise can be written on.
func (v *View) cases() []domain.QueueRow { return v.file.Open[:min(len(v.file.Open), mostOffers)] }

// caseOfOrder is the open case of the order that was chosen.
func (v *View) caseOfOrder() *domain.QueueRow {
	for i := range v.file.Open {
		if r := &v.file.Open[i]; v.orderID != 0 && r.OrderID == v.orderID {
			return r
		}
	}
	return nil
}
