package intake

import (
	"bytes"
	"errors"
	"io"
	"time"

	"cleardesk/domain"
)

// LineReader reads order lines one by one without allocating for each: codes that came
// before are shared, and so are the number, store and time of the lines of an order.
// What is not written the plain way is read as Reader reads it.
type LineReader struct {
	r    *Reader[ReplayLine]
	at   [replayID + 1]int // places of the columns, -1: absent
	want int               // columns of a record

	last     ReplayLine // shared by the lines of an order
	lastNo   []byte
	lastCode []byte // of the store
	lastTime []byte
	products map[string]domain.ProductCode
	id       []byte
	cells    [][]byte
}

// NewLineReader reads the order lines of src. The errors are those of NewShared.
func NewLineReader(src *Source, b Binding) (*LineReader, error) {
	r, err := NewShared(src, ReplayOrders(), b)
	if err != nil {
		return nil, err
	}
	lr := &LineReader{r: r, products: map[string]domain.ProductCode{}, want: r.lay.width}
	copy(lr.at[:], r.lay.at)
	return lr, nil
}

// Next reads the next line into l, or tells what is wrong with it. The line's id is
// given apart and holds until the next call; l.ID is not set. At the end it gives io.EOF.
func (lr *LineReader) Next(l *ReplayLine) (id []byte, rej *Reject, err error) {
	for {
		rec, err := lr.record()
		if err != nil {
			return nil, nil, err
		}
		if lr.plain(&rec, l) {
			lr.r.src.meter.rows++
			return lr.id, nil, nil
		}
		if len(bytes.TrimSpace(rec.raw)) == 0 && rec.bad == "" {
			continue
		}
		rej, skip, err := lr.careful(rec, l)
		if skip {
			continue
		}
		if rej != nil {
			lr.r.src.meter.rejected++
		} else {
			lr.r.src.meter.rows++
		}
		return append(lr.id[:0], l.ID...), rej, err
	}
}

// record cuts the next record. Unlike the scanner's own read it looks at none ahead,
// which would be kept on the heap.
func (lr *LineReader) record() (record, error) {
	s := lr.r.src.scan
	if s.next != nil {
		return s.read()
	}
	for {
		rec, ok := s.cut()
		switch {
		case ok:
			return rec, nil
		case errors.Is(s.err, io.EOF):
			lr.r.src.meter.finish(lr.r.src.read)
			return record{}, io.EOF
		case s.err != nil:
			return record{}, lr.r.src.wrap(s.err)
		}
		s.fill()
	}
}

// careful reads a record as Reader does.
func (lr *LineReader) careful(rec record, l *ReplayLine) (rej *Reject, skip bool, err error) {
	r := lr.r
	if r.src.format == JSONLines {
		rej, err = r.fromJSON(rec)
	} else {
		rej, skip = r.fromCSV(rec)
	}
	if skip || err != nil || rej != nil {
		return rej, skip, err
	}
	*l = r.kind.parse(r.f)
	if r.f.bad != "" {
		return r.refuse(rec, r.f.bad), false, nil
	}
	return nil, false, nil
}

// plain reads a CSV record of plain cells, and tells whether it could.
func (lr *LineReader) plain(rec *record, l *ReplayLine) bool {
	if lr.r.src.format != CSV || rec.quoted || rec.bad != "" || !lr.split(rec.raw) {
		return false
	}
	if !lr.shared() {
		return false
	}
	*l = lr.last
	l.Row = rec.line
	var ok bool
	if l.Product, ok = lr.products[string(lr.cell(orderProduct))]; !ok {
		if l.Product, ok = lr.newProduct(); !ok {
			return false
		}
	}
	quantity, ok1 := decimal(lr.cell(orderQuantity), 3)
	price, ok2 := decimal(lr.cell(orderPrice), 2)
	if !ok1 || !ok2 || quantity == 0 || quantity > mostPlain || price > mostPlain {
		return false
	}
	l.Quantity, l.Price = domain.Quantity(quantity), domain.Money(price)
	if len(lr.cell(orderStepSeen))+len(lr.cell(orderLineNo)) > 0 {
		return false
	}
	lr.id = append(lr.id[:0], lr.cell(replayID)...)
	return simple(lr.id)
}

// mostPlain bounds thousandths and fen that need no look at what they amount to.
const mostPlain = 30_000_000

// split cuts a record into its cells.
func (lr *LineReader) split(raw []byte) bool {
	lr.cells = lr.cells[:0]
	for {
		i := bytes.IndexByte(raw, lr.r.src.scan.delim)
		if i < 0 {
			lr.cells = append(lr.cells, raw)
			return len(lr.cells) == lr.want
		}
		lr.cells = append(lr.cells, raw[:i])
		raw = raw[i+1:]
	}
}

func (lr *LineReader) cell(col int) []byte {
	if lr.at[col] < 0 {
		return nil
	}
	return lr.cells[lr.at[col]]
}

// shared reads what the lines of an order have in common.
func (lr *LineReader) shared() bool {
	if no := lr.cell(orderNo); !bytes.Equal(no, lr.lastNo) || lr.last.OrderNo == "" {
		if len(no) == 0 || !simple(no) {
			return false
		}
		lr.lastNo = append(lr.lastNo[:0], no...)
		lr.last.OrderNo = domain.OrderNo(no)
	}
	if store := lr.cell(orderStore); !bytes.Equal(store, lr.lastCode) || lr.last.Store == "" {
		if len(store) == 0 || !simple(store) {
			return false
		}
		lr.lastCode = append(lr.lastCode[:0], store...)
		lr.last.Store = domain.StoreCode(store)
	}
	if at := lr.cell(orderPlacedAt); !bytes.Equal(at, lr.lastTime) || lr.last.PlacedAt.IsZero() {
		t, err := ParseTime(string(at), lr.zone())
		if err != nil {
			return false
		}
		lr.lastTime = append(lr.lastTime[:0], at...)
		lr.last.PlacedAt = t
	}
	return true
}

func (lr *LineReader) zone() *time.Location { return lr.r.f.zone }

func (lr *LineReader) newProduct() (domain.ProductCode, bool) {
	cell := lr.cell(orderProduct)
	if len(cell) == 0 || !simple(cell) {
		return "", false
	}
	code := domain.ProductCode(cell)
	lr.products[string(code)] = code
	return code, true
}

// simple tells whether a cell is a code as most are: short, of letters, digits, and
// marks within that mean nothing to anybody.
func simple(cell []byte) bool {
	if len(cell) > maxCode {
		return false
	}
	for i, c := range cell {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i > 0 && (c == '-' || c == '.' || c == '/' || c == ':'):
		default:
			return false
		}
	}
	return true
}

// decimal reads digits with at most so many decimals.
func decimal(cell []byte, places int) (int64, bool) {
	var n int64
	point := -1
	if len(cell) == 0 || len(cell) > 12 {
		return 0, false
	}
	for i, c := range cell {
		switch {
		case c >= '0' && c <= '9':
			n = n*10 + int64(c-'0')
		case c == '.' && point < 0 && i > 0 && i < len(cell)-1:
			point = i
		default:
			return 0, false
		}
	}
	decimals := 0
	if point >= 0 {
		decimals = len(cell) - 1 - point
	}
	if decimals > places {
		return 0, false
	}
	for range places - decimals {
		n *= 10
	}
	return n, true
}
