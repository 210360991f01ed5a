package intake

import (
	"slices"
	"strings"
	"time"

	"cleardesk/domain"
)

// EventRow is a row of a file of events: a whole event, or one with a single line of it.
// Rows of one key are one event.
type EventRow struct {
	Row   int // line of the file, from 1
	Event domain.Event
}

// eventColumns are the columns of a kind: of the event, then of its lines.
func eventColumns(what domain.EventKind) (head, lines []Column) {
	order := []Column{{"id", false}, {"order_no", true}, {"at", true}, {"store", false}}
	why, caller := Column{"why", false}, []Column{{"text", false}, {"caller", false}}
	goods := []Column{{"line_no", false}, {"product", false}}
	switch what {
	case domain.EventAttempt:
		return append([]Column{{"id", false}, {"store", true}, {"at", true}, why}, caller...),
			[]Column{{"product", true}, {"quantity", false}, {"step_seen", false}}
	case domain.EventChange:
		return append(append(order, why), caller...), append(goods, Column{"quantity", false})
	case domain.EventStage:
		return append(order, Column{"stage", true}, Column{"due", false}, Column{"route", false}, Column{"text", false}), nil
	case domain.EventReceipt:
		return append(append(order, Column{"slip", false}), caller...), append(goods, Column{"quantity", false}, Column{"weight", false})
	case domain.EventWrongOrder:
		return append(append(order, why), caller...), nil
	case domain.EventCollection:
		return append(append(order, Column{"amount", true}), caller...), nil
	default: // exchange, return
		return append(append(order, Column{"slip", false}, Column{"cause", false}), caller...),
			append(goods, Column{"quantity", true}, why)
	}
}

// OneRow tells whether an event of the kind is always a row of its own.
func OneRow(what domain.EventKind) bool {
	_, lines := eventColumns(what)
	return lines == nil
}

// Events are files of one kind of event: a row a line of it or, whole, JSON Lines with
// one event a line. Without an id an event is known by its order (an attempt by its store
// and product) and its time, a stage by its order and name.
func Events(what domain.EventKind, whole bool) Kind[EventRow] {
	head, lines := eventColumns(what)
	k := Kind[EventRow]{name: string(what) + " events", nested: -1, columns: head, lines: nil}
	if whole && lines != nil {
		k.nested = len(head)
		k.columns = append(slices.Clone(head), Column{"lines", true})
		k.lines = lines
	} else {
		k.columns = append(slices.Clone(head), lines...)
	}
	k.parse = func(f *fields) EventRow { return parseEvent(f, what, k.nested, lines != nil) }
	k.keyOf = func(f *fields) string { return eventKey(f, what) }
	return k
}

// column finds a column by its name, -1 where the kind has none.
func (f *fields) column(name string) int {
	return slices.IndexFunc(f.cols, func(c Column) bool { return c.Name == name })
}

// has tells whether a row has something in a column of that name.
func (f *fields) said(name string) (col int, ok bool) {
	col = f.column(name)
	return col, col >= 0 && (f.vals[col] != "" || f.cols[col].Required)
}

func parseEvent(f *fields, what domain.EventKind, nested int, lined bool) EventRow {
	e := domain.Event{What: what, At: f.momentOf("at")}
	e.OrderNo = domain.OrderNo(f.codeOf("order_no"))
	e.Store = domain.StoreCode(f.codeOf("store"))
	e.Text, e.Caller, e.Slip = f.nameOf("text"), f.nameOf("caller"), f.nameOf("slip")
	e.Cause, e.Route = f.nameOf("cause"), f.nameOf("route")
	f.codeOf("id")
	if what == domain.EventStage {
		parseStage(f, &e)
	}
	if col, ok := f.said("amount"); ok {
		m := f.price(col)
		e.Amount = &m
	}
	byLine := what == domain.EventExchange || what == domain.EventReturn
	if !byLine {
		e.Why = f.why(what)
	}
	switch {
	case nested >= 0:
		f.each(nested, func(l *fields) { e.Lines = append(e.Lines, parseEventLine(l, what, byLine)) })
	case lined:
		if l := parseEventLine(f, what, byLine); l.Line != 0 || l.Product != "" || what != domain.EventChange {
			e.Lines = []domain.EventLine{l}
		}
	}
	e.Key = eventKey(f, what)
	return EventRow{Row: f.line, Event: e}
}

func parseStage(f *fields, e *domain.Event) {
	col := f.column("stage")
	e.Stage = domain.Stage(strings.ToLower(f.code(col)))
	if !slices.Contains(domain.Stages(), e.Stage) {
		f.fail(col, "%s is none of planned, allocated, shipped, delivered, received, refused", Show(string(e.Stage)))
	}
	due := f.column("due")
	at := f.moment(due)
	switch {
	case e.Stage != domain.StagePlanned && !at.IsZero():
		f.fail(due, "only a plan says when a delivery is due")
	case e.Stage == domain.StagePlanned && at.IsZero():
		f.fail(due, "a plan says when the delivery is due")
	case e.Stage == domain.StagePlanned:
		e.Due = &at
	}
}

func parseEventLine(f *fields, what domain.EventKind, why bool) domain.EventLine {
	l := domain.EventLine{Product: domain.ProductCode(f.codeOf("product"))}
	if col, ok := f.said("line_no"); ok {
		l.Line = f.number(col, maxLineNo)
	}
	if col, ok := f.said("quantity"); ok {
		q := f.amount(col)
		if q == 0 && what != domain.EventChange && what != domain.EventReceipt {
			f.fail(col, "%s is not above nought", Show(f.vals[col]))
		}
		l.Quantity = &q
	}
	if col, ok := f.said("weight"); ok {
		q := f.weight(col)
		l.Weight = &q
	}
	if col, ok := f.said("step_seen"); ok {
		if q := f.amount(col); q > 0 {
			l.StepSeen = &q
		}
	}
	if why {
		l.Why = f.why(what)
	}
	switch goods := f.column("product"); {
	case l.Line == 0 && l.Product == "" && (what != domain.EventChange || l.Quantity != nil):
		f.fail(goods, "neither a line nor a product is named")
	case what == domain.EventReceipt && l.Quantity == nil && l.Weight == nil:
		f.fail(goods, "neither a quantity nor a weight was received")
	}
	return l
}

// weight reads what a scale showed: kilograms, or with g, jin or liang behind the
// number. It is exact: what is no whole number of grams is refused.
func (f *fields) weight(col int) domain.Quantity {
	s := f.cell(col)
	if q, err := domain.ParseQuantity(s); err == nil && q == 0 {
		return 0 // nothing came
	}
	got, err := domain.ParseEntered(s, domain.Product{Weighed: true})
	if err != nil {
		f.fail(col, "%s", message(err))
	}
	return got.Quantity
}

// why reads a reason; without one it is the first of the kind's.
func (f *fields) why(what domain.EventKind) domain.WhyTold {
	col := f.column("why")
	if col < 0 {
		return ""
	}
	all := domain.WhysTold(what)
	if f.vals[col] == "" {
		return all[0]
	}
	w := domain.WhyTold(strings.ToLower(f.code(col)))
	if !slices.Contains(all, w) {
		names := make([]string, len(all))
		for i, one := range all {
			names[i] = string(one)
		}
		f.fail(col, "%s is none of %s", Show(string(w)), strings.Join(names, ", "))
	}
	return w
}

func (f *fields) codeOf(name string) string {
	if col := f.column(name); col >= 0 {
		return f.code(col)
	}
	return ""
}

func (f *fields) nameOf(name string) string {
	if col := f.column(name); col >= 0 {
		return f.name(col)
	}
	return ""
}

func (f *fields) momentOf(name string) time.Time { return f.moment(f.column(name)) }

// eventKey is what an event is known by, "" where that cannot be read.
func eventKey(f *fields, what domain.EventKind) string {
	raw := func(name string) string {
		if col := f.column(name); col >= 0 {
			return f.vals[col]
		}
		return ""
	}
	if id := raw("id"); id != "" {
		return keyOf(id)
	}
	at, err := ParseTime(raw("at"), f.zone)
	when := at.UTC().Format("2006-01-02T15:04:05.999999Z")
	switch stage := strings.ToLower(raw("stage")); {
	case what == domain.EventStage && stage != string(domain.StagePlanned):
		return keyOf(raw("order_no"), stage)
	case err != nil:
		return ""
	case what == domain.EventStage:
		return keyOf(raw("order_no"), stage, when)
	case what == domain.EventAttempt:
		return keyOf(raw("store"), raw("product"), when)
	}
	return keyOf(raw("order_no"), when)
}

// keyOf joins the parts of a key; of one that cannot be read there is none.
func keyOf(parts ...string) string {
	for i, p := range parts {
		if p == "" && i == 0 || len(p) > 4*maxCode || len([]rune(p)) > maxCode || strings.ContainsFunc(p, invisible) {
			return ""
		}
	}
	return strings.ToValidUTF8(strings.Join(parts, "|"), "")
}
