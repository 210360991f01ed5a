package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"cleardesk/domain"
)

// pastSource gives the past batch by batch. What its other methods give does not change.
type pastSource interface {
	// next fills b with the orders that come next; io.EOF at the end.
	next(ctx context.Context, b *pastBatch) error
	settings() domain.Settings                       // that hold today
	products() map[domain.ProductCode]domain.Product // what lines are judged by
	steps() map[domain.ProductCode]domain.Quantity   // what quantities should be multiples of
	store(code domain.StoreCode) domain.Store        // with its own limit, if any
	decided() []truthGroup                           // in which what is known of orders is counted
	cuts() bool                                      // whether cancellations are told of
	name() string
	leftOut() (lines int64, first string) // lines that could not be read, and why the first could not
	clear()                               // take the progress off the terminal
	close()
}

// truthGroup is a kind of what was decided: errors, which are caught or missed, or what
// was right, which is bothered with or spared.
type truthGroup struct {
	name, words string
	errors      bool
}

// batchLines is how many lines a batch has, at least, but for the last.
const batchLines = 4096

// pastBatch is a part of the past on its way from the reader to the judges. It is
// used again and again.
type pastBatch struct {
	orders []pastOrder
	lines  []domain.Line // of all orders, in turn
	ids    []byte        // of all lines, in turn
	idEnds []int         // beside lines: where each one's id ends
	events []pastEvent   // of all orders, in turn: what became known before each
}

// pastOrder is one order with what is known of it by now.
type pastOrder struct {
	domain.Order
	from, to int // its lines
	events   int // where those end that became known before it
	quiet    map[int]domain.Exemption
	truths   []truth
}

// pastEvent is something that became known of an earlier order: a cancellation took so
// much away from what a store ordered, or a decision set what stood in the end.
type pastEvent struct {
	at       time.Time
	store    domain.StoreCode
	product  domain.ProductCode
	cut      domain.Quantity // taken away; 0: a decision
	stood    domain.Quantity // of a decision: 0: nothing
	orderDay time.Time
}

// truth is what people decided on some lines, or on the whole order by line 0.
type truth struct {
	group int // of decided()
	lines []int
	money domain.Money // of the worst
}

// found tells whether a flag leads people to it: on one of its lines, or on the order;
// to an order its lines lead too.
func (t *truth) found(o *domain.Order, flagged []bool, amount bool) bool {
	for _, no := range t.lines {
		if amount || no == 0 && slices.Contains(flagged, true) || no > 0 && flagged[place(o.Lines, no)] {
			return true
		}
	}
	return false
}

func (b *pastBatch) reset() {
	b.orders, b.lines, b.ids, b.idEnds, b.events = b.orders[:0], b.lines[:0], b.ids[:0], b.idEnds[:0], b.events[:0]
}

// seal gives each order its lines, which no longer move.
func (b *pastBatch) seal() {
	for i := range b.orders {
		o := &b.orders[i]
		o.Lines = b.lines[o.from:o.to:o.to]
	}
}

// id is what the file calls a line, by its place in lines.
func (b *pastBatch) id(line int) []byte {
	from := 0
	if line > 0 {
		from = b.idEnds[line-1]
	}
	return b.ids[from:b.idEnds[line]]
}

// replay reads ahead while the columns judge. The last column's verdicts are written.
func replay(ctx context.Context, src pastSource, columns []*column, files *scoreFiles) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	const ahead = 3
	free, full := make(chan *pastBatch, ahead), make(chan *pastBatch, ahead)
	for range ahead {
		free <- &pastBatch{}
	}
	var failed error
	var reader sync.WaitGroup
	reader.Go(func() {
		defer close(full)
		failed = readAhead(ctx, src, free, full)
	})
	judged := judgeAll(full, free, columns, files)
	stop()
	for range full { // what was read ahead of an error
	}
	reader.Wait()
	if judged != nil {
		return judged
	}
	return failed
}

func readAhead(ctx context.Context, src pastSource, free <-chan *pastBatch, full chan<- *pastBatch) error {
	for {
		var b *pastBatch
		select {
		case b = <-free:
		case <-ctx.Done():
			return &domain.Error{Code: domain.Canceled, Op: "backtest", Msg: "stopped", Err: ctx.Err()}
		}
		b.reset()
		err := src.next(ctx, b)
		b.seal()
		if len(b.orders) > 0 {
			full <- b // it has room for all there are
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func judgeAll(full <-chan *pastBatch, free chan<- *pastBatch, columns []*column, files *scoreFiles) error {
	for b := range full {
		var others sync.WaitGroup
		for _, c := range columns[1:] {
			others.Go(func() { c.judge(b) })
		}
		columns[0].judge(b)
		others.Wait()
		if err := files.write(b, columns[len(columns)-1]); err != nil {
			return err
		}
		free <- b
	}
	return nil
}
