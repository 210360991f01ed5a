package intake

import (
	"time"

	"cleardesk/domain"
)

// OrderLine is one line of an order as the platform sends it.
type OrderLine struct {
	Row      int // line of the file, from 1
	OrderNo  domain.OrderNo
	Store    domain.StoreCode
	PlacedAt time.Time
	Product  domain.ProductCode
	Quantity domain.Quantity
	Price    domain.Money    // per base unit
	StepSeen domain.Quantity // the step the store saw, 0: not told
	LineNo   int             // place in the order from 1, 0: not told
}

const (
	orderNo = iota
	orderStore
	orderPlacedAt
	orderProduct
	orderQuantity
	orderPrice
	orderStepSeen
	orderLineNo
)

// maxLineNo bounds the place of a line in its order.
const maxLineNo = 1_000_000

// Orders are order files with one line per order line (§1.1).
func Orders() Kind[OrderLine] {
	return Kind[OrderLine]{
		name: "orders", key: orderNo, nested: -1, parse: parseOrderLine,
		columns: []Column{
			orderNo:       {"order_no", true},
			orderStore:    {"store", true},
			orderPlacedAt: {"placed_at", true},
			orderProduct:  {"product", true},
			orderQuantity: {"quantity", true},
			orderPrice:    {"unit_price", true},
			orderStepSeen: {"step_seen", false},
			orderLineNo:   {"line_no", false},
		},
	}
}

func parseOrderLine(f *fields) OrderLine {
	l := OrderLine{
		Row:      f.line,
		OrderNo:  domain.OrderNo(f.code(orderNo)),
		Store:    domain.StoreCode(f.code(orderStore)),
		PlacedAt: f.moment(orderPlacedAt),
		Product:  domain.ProductCode(f.code(orderProduct)),
		Quantity: f.quantity(orderQuantity),
		Price:    f.price(orderPrice),
		StepSeen: f.amount(orderStepSeen),
		LineNo:   f.number(orderLineNo, maxLineNo),
	}
	checkAmount(f, orderQuantity, l.Quantity, l.Price)
	return l
}

// checkAmount refuses a line that costs more than any amount may be.
func checkAmount(f *fields, col int, q domain.Quantity, price domain.Money) {
	if domain.Amount(q, price) > domain.MaxMoney {
		f.fail(col, "%s at %s is more than an order can cost", q, price)
	}
}
