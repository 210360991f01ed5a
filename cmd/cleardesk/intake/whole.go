package intake

import (
	"time"

	"cleardesk/domain"
)

// WholeOrder is one order with all its lines, one JSON object on one line.
type WholeOrder struct {
	Row      int // line of the source, from 1
	OrderNo  domain.OrderNo
	Store    domain.StoreCode
	PlacedAt time.Time
	Lines    []WholeLine
}

// WholeLine is one line of a WholeOrder.
type WholeLine struct {
	Product  domain.ProductCode
	Quantity domain.Quantity
	Price    domain.Money    // per base unit
	StepSeen domain.Quantity // the step the store saw, 0: not told
	LineNo   int             // place in the order from 1, 0: not told
}

// OrderLines gives the order as the lines of an order file.
func (o WholeOrder) OrderLines() []OrderLine {
	lines := make([]OrderLine, len(o.Lines))
	for i, l := range o.Lines {
		lines[i] = OrderLine{
			Row: o.Row, OrderNo: o.OrderNo, Store: o.Store, PlacedAt: o.PlacedAt,
			Product: l.Product, Quantity: l.Quantity, Price: l.Price, StepSeen: l.StepSeen, LineNo: l.LineNo,
		}
	}
	return lines
}

const (
	wholeNo = iota
	wholeStore
	wholePlacedAt
	wholeLines
)

const (
	lineProduct = iota
	lineQuantity
	linePrice
	lineStepSeen
	lineNo
)

// WholeOrders are JSON Lines with one whole order a line, as a platform sends them
// continuously (§1.1).
func WholeOrders() Kind[WholeOrder] {
	return Kind[WholeOrder]{
		name: "orders", key: wholeNo, nested: wholeLines, parse: parseWhole,
		columns: []Column{
			wholeNo:       {"order_no", true},
			wholeStore:    {"store", true},
			wholePlacedAt: {"placed_at", true},
			wholeLines:    {"lines", true},
		},
		lines: []Column{
			lineProduct:  {"product", true},
			lineQuantity: {"quantity", true},
			linePrice:    {"unit_price", true},
			lineStepSeen: {"step_seen", false},
			lineNo:       {"line_no", false},
		},
	}
}

func parseWhole(f *fields) WholeOrder {
	o := WholeOrder{
		Row:      f.line,
		OrderNo:  domain.OrderNo(f.code(wholeNo)),
		Store:    domain.StoreCode(f.code(wholeStore)),
		PlacedAt: f.moment(wholePlacedAt),
	}
	var total domain.Money
	f.each(wholeLines, func(l *fields) {
		line := WholeLine{
			Product:  domain.ProductCode(l.code(lineProduct)),
			Quantity: l.quantity(lineQuantity),
			Price:    l.price(linePrice),
			StepSeen: l.amount(lineStepSeen),
			LineNo:   l.number(lineNo, maxLineNo),
		}
		checkAmount(l, lineQuantity, line.Quantity, line.Price)
		total = min(total+domain.Amount(line.Quantity, line.Price), domain.MaxMoney+1)
		o.Lines = append(o.Lines, line)
	})
	if total > domain.MaxMoney {
		f.fail(wholeLines, "together they cost more than an order can")
	}
	return o
}
