package db

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
)

// What waits for the judge.
const (
	newOrder    = "order"
	recheck     = "recheck"
	learn       = "learn"
	anEvent     = "event"
	aWatch      = "watch"   // an order whose promise has come
	windowClose = "close"   // of a day
	foreseeGaps = "foresee" // the time before it
)

// marks are what take_batch tells of a line, or of the order as a whole.
type marks int

const (
	markCancelled marks = 1 << iota
	markReserved
	markWaiting // changed, and to be judged again
	markHeld    // by a hold that no change has answered
	markEverHeld
	markPending // held by one that a change has answered
)

// item is one thing that waits.
type item struct {
	catalogue int64
	seq       int64
	what      string
	at        time.Time
	line      int // of what is to be learnt, 0 for the order
	event     domain.EventID
	day       time.Time    // of the window that closes
	order     domain.Order // its ID is 0 where there is none; the store of an event without one is known
	accepted  time.Time    // when the order was, zero: not yet
	marks     marks        // of the order
	lineMarks []marks
	prints    prints // of a new order
}

// alone tells whether what follows must find the verdict on this written.
func (it *item) alone() bool {
	return it.what == recheck || it.what == windowClose || it.what == foreseeGaps
}

// maxOrders bounds a batch beside its lines.
const maxOrders = 20_000

// take reads the next batch.
func (j *Judge) take(ctx context.Context) ([]item, error) {
	rows, err := j.store.db.QueryContext(ctx, `
		SELECT catalogue, seq, what, at, line_no, event_id, day, order_id, order_no, store, placed_at, business_day, state, history,
		       link, accepted_at, version, marks, lines
		FROM cleardesk.take_batch($1, $2, $3)`, j.fence, maxOrders, j.lines)
	if err != nil {
		return nil, fail(ctx, "take a batch", err)
	}
	defer rows.Close()
	var out []item
	for rows.Next() {
		var it item
		var day, placed, business, accepted sql.NullTime
		var lines sql.RawBytes
		o := &it.order
		err := rows.Scan(&it.catalogue, &it.seq, &it.what, &it.at, &it.line, &it.event, &day, &o.ID, &o.No, &o.Store, &placed, &business,
			&o.State, &o.History, &o.Link, &accepted, &o.Version, &it.marks, &lines)
		if err != nil {
			return nil, fail(ctx, "take a batch", err)
		}
		it.day, it.accepted, o.PlacedAt, o.BusinessDay = day.Time, accepted.Time, placed.Time, business.Time
		if err := it.readLines(string(lines)); err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, fail(ctx, "take a batch", rows.Err())
}

// readLines reads an order's lines from the text take_batch packs them into.
func (it *item) readLines(packed string) error {
	if packed == "" {
		return nil
	}
	n := strings.Count(packed, "\n") + 1
	it.order.Lines, it.lineMarks = make([]domain.Line, 0, n), make([]marks, 0, n)
	for packed != "" {
		row, rest, _ := strings.Cut(packed, "\n")
		packed = rest
		l, m, ok := readLine(row)
		if !ok {
			return domain.Errorf(domain.Internal, "take a batch", "the lines of order %s cannot be read", it.order.No)
		}
		it.order.Lines = append(it.order.Lines, l)
		it.lineMarks = append(it.lineMarks, m)
	}
	it.order.Total = domain.TotalOf(it.order.Lines)
	return nil
}

func readLine(row string) (l domain.Line, m marks, ok bool) {
	var field [5]string
	more := true
	for i := range field {
		if !more {
			return l, 0, false
		}
		field[i], row, more = strings.Cut(row, "\t")
	}
	no, err1 := strconv.Atoi(field[0])
	quantity, err2 := strconv.ParseInt(field[2], 10, 64)
	price, err3 := strconv.ParseInt(field[3], 10, 64)
	bits, err4 := strconv.Atoi(field[4])
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
		return l, 0, false
	}
	m = marks(bits)
	l = domain.Line{
		No: no, Product: domain.ProductCode(field[1]), Quantity: domain.Quantity(quantity), Price: domain.Money(price),
		Amount: domain.Amount(domain.Quantity(quantity), domain.Money(price)), Cancelled: m&markCancelled != 0,
	}
	if more {
		seen, err := strconv.ParseInt(row, 10, 64)
		if err != nil {
			return l, 0, false
		}
		step := domain.Quantity(seen)
		l.StepSeen = &step
	}
	return l, m, true
}
