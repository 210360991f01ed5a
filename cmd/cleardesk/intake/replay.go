package intake

import (
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"cleardesk/domain"
)

// ReplayLine is an order line with the name its file has for it.
type ReplayLine struct {
	OrderLine
	ID string // "": none was told
}

// Cut is a later cancellation of what a store ordered: so much less of a product.
type Cut struct {
	Row      int
	At       time.Time
	Store    domain.StoreCode
	Product  domain.ProductCode
	Quantity domain.Quantity
}

const replayID = orderLineNo + 1

// ReplayOrders are order files whose lines may carry a line_id, which is theirs and
// means nothing here.
func ReplayOrders() Kind[ReplayLine] {
	orders := Orders()
	return Kind[ReplayLine]{
		name: orders.name, key: orders.key, nested: -1,
		columns: append(slices.Clone(orders.columns), Column{"line_id", false}),
		parse: func(f *fields) ReplayLine {
			return ReplayLine{OrderLine: parseOrderLine(f), ID: f.code(replayID)}
		},
	}
}

const (
	cutAt = iota
	cutStore
	cutProduct
	cutQuantity
)

// Cuts are files of cancellations: when, of which store, what and how much of it. A
// column for the order is not looked for, since sellers' own files have none.
func Cuts() Kind[Cut] {
	return Kind[Cut]{
		name: "cancellations", key: cutStore, nested: -1,
		columns: []Column{
			cutAt: {"placed_at", true}, cutStore: {"store", true}, cutProduct: {"product", true}, cutQuantity: {"quantity", true},
		},
		parse: func(f *fields) Cut {
			return Cut{
				Row: f.line, At: f.moment(cutAt), Store: domain.StoreCode(f.code(cutStore)),
				Product: domain.ProductCode(f.code(cutProduct)), Quantity: f.quantity(cutQuantity),
			}
		},
	}
}

// OpenOnce opens path to be read once, from front to back: unlike Open it does not
// look through a file first, so its encoding is decided on the go and Revisit cannot
// be had. The errors are those of Open.
func OpenOnce(ctx context.Context, path string, o Options) (*Source, error) {
	if path == Stdin {
		o.Stdin = struct{ io.Reader }{o.Stdin} // no file, even if it is one
		return Open(ctx, path, o)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	s := &Source{
		name: filepath.Base(path), file: f, expect: -1, ctx: ctx, meter: meter{tell: o.Progress, start: time.Now()},
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		err = s.wrap(err)
	case info.IsDir():
		err = s.fail("it is a folder, not a file")
	default:
		if info.Mode().IsRegular() {
			s.meter.total = info.Size()
		}
		err = s.startPipe(f, false)
	}
	if err != nil {
		_ = s.Close() // nothing was written
		return nil, err
	}
	return s, nil
}

// NewShared lays the columns of kind over src by a mapping that is shared by files of
// several kinds: what is meant for another kind, or for a column this file does not
// have, is passed over. The errors are those of NewReader.
func NewShared[T any](src *Source, kind Kind[T], b Binding) (*Reader[T], error) {
	own := maps.Clone(b.Map)
	maps.DeleteFunc(own, func(ours, _ string) bool { return !slices.Contains(kind.Columns(), ours) })
	if src.format == CSV {
		rec, err := src.scan.readHeader()
		if err != nil {
			return nil, src.wrap(err)
		}
		src.scan.next = &rec // to be read again
		var have []string
		for _, h := range splitCSV(nil, rec, src.scan.delim) {
			have = append(have, fold(unguard(h)))
		}
		maps.DeleteFunc(own, func(_, theirs string) bool { return !slices.Contains(have, fold(theirs)) })
	}
	return NewReader(src, kind, Binding{Map: own, Zone: b.Zone})
}
